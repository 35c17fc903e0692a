"""TimeML (http://www.timeml.org): a file for each article, its dates as TIMEX3 in the text. One way only."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from builder.exchange.texts import ArticleRows, articles_of
from builder.export.writing import Content

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 has no place for."""
_REPLACED = "\ufffd"
_PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<TimeML>
<DOCID>{id}</DOCID>
{created}<TEXT>{text}</TEXT>
</TimeML>
"""


def write(content: Content, out: Path) -> list[str]:
    notes = []
    for article in articles_of(content, ("dates",)):
        inside, left_out = _marked(article)
        if left_out:
            notes.append(f"{article.article_id}: {left_out} dates overlap others, and are left out")
        if _NO_XML.search(article.text):
            notes.append(f"{article.article_id}: characters that XML cannot hold are written as U+FFFD")
        created = f"<DCT>{_created(article)}</DCT>\n" if article.published else ""
        page = _PAGE.format(id=escape(article.article_id), created=created, text=inside)
        (out / f"{article.article_id}.tml").write_text(page, encoding="utf-8", newline="\n")
    return notes


def _created(article: ArticleRows) -> str:
    day = article.published.isoformat()
    return f'<TIMEX3 tid="t0" type="DATE" value="{day}" functionInDocument="CREATION_TIME">{day}</TIMEX3>'


def _marked(article: ArticleRows) -> tuple[str, int]:
    """The text with its dates, and how many overlap those before them."""
    numbers = {row["date_id"]: number for number, row in enumerate(article.tables["dates"], 1)}
    pieces, last, left_out = [], 0, 0
    for row in sorted(article.tables["dates"], key=lambda row: (row["start"], -row["end"])):
        if row["start"] < last:
            left_out += 1
            continue
        pieces += [_text(article.text[last : row["start"]]), _timex(row, numbers)]
        last = row["end"]
    return "".join([*pieces, _text(article.text[last:])]), left_out


def _timex(row: Mapping[str, Any], numbers: Mapping[str, int]) -> str:
    anchor = row["anchor_date_id"]
    attributes = {
        "tid": f"t{numbers[row['date_id']]}",
        "type": row["type"],
        "value": row["value"],
        "mod": row["mod"],
        "functionInDocument": row["function_in_document"],
        "anchorTimeID": f"t{numbers[anchor]}" if anchor in numbers else None,
    }
    written = " ".join(f"{name}={quoteattr(_NO_XML.sub(_REPLACED, value))}" for name, value in attributes.items() if value)
    return f"<TIMEX3 {written}>{_text(row['text'])}</TIMEX3>"


def _text(text: str) -> str:
    return escape(_NO_XML.sub(_REPLACED, text))
