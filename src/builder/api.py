"""An article's tables in memory, for use from Python."""

from datetime import date

from builder.extraction import extract_articles
from builder.publish.loading import Frames, frames
from builder.reading.days import DayOrder
from builder.reading.fields import Defaults, make_article
from builder.tables.rows import make_tables


def extract(
    text: str,
    *,
    article_id: str = "article",
    title: str | None = None,
    publisher: str | None = None,
    published: date | str | None = None,
    language: str | None = None,
    url: str | None = None,
    rights: str | None = None,
    dates: DayOrder | None = None,
) -> Frames:
    """The tables of one article, as :func:`builder.load` gives them. Raises InputError for what no package can hold.

    ``dates`` says what comes first in 5/6/2020 where language and publisher do not tell: "dmy", the day, or "mdy".
    """
    fields = {
        "title": title, "publisher": publisher, "published": published, "language": language, "url": url, "rights": rights,
    }  # fmt: skip
    article = make_article(text, fields, Defaults(day_order=dates), article_id=article_id, source=None)
    return frames(make_tables(extract_articles([article])))
