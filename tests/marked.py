"""An invented article with rows of every table set by hand, so that what shows, cites or describes them is tested alone."""

from datetime import date
from typing import Any

import pyarrow as pa
from rows import row, tables_of

from builder.page import reading_pages
from builder.tables.schema import ARTICLE_TABLES
from builder.text.article import Article

TEXT = "\n".join(
    (
        "Norway, Iceland Hold Talks on Arctic Rescue",
        "March 4, 2021 (NORDNEWS)—The Norway-Iceland Working Group met for nine hours on March 2. "
        "The Norwegian delegation included officials from the Coast Guard.",
        "Ingrid Solheim, the 🧊 envoy of the Coast Guard, told Polar Wire on Wednesday that "
        "<script>window.hacked = 1</script> the talks “were the longest in ten years” and will go on.",
        "“I have seldom seen such patience,” she said. “Nobody looked at the clock & nobody paid $5_000 for 100% of {it}.",
        "“Not one of us,” Solheim added.",
        "",
    )
)
ARTICLE_ID = "nordnews-2021-03-04"
CITATION = "The Arctic Project (2021). Arctic rescue talks & more (Version 1.2.0) [Data set]."
DESCRIPTOR: dict[str, Any] = {
    "name": "arctic-rescue",
    "title": "Arctic rescue talks & more",
    "version": "1.2.0",
    "description": "Who said what at the talks.",
    "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
    "contributors": [{"title": "The Arctic Project", "roles": ["creator"]}],
}


def tables(articles: int = 1, text: str = TEXT) -> dict[str, pa.Table]:
    """The tables of as many copies of the article; the first has ``ARTICLE_ID``."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in ARTICLE_TABLES}
    for number in range(articles):
        _Rows(rows, ARTICLE_ID + (f"-{number}" if number else ""), text).add_all()
    return tables_of(rows)


def page(**arguments: Any) -> str:
    """The reading page of the tables."""
    ((name, text),) = reading_pages([tables(**arguments)], DESCRIPTOR, CITATION)
    assert name == "index.html"
    return text


def css(browser: Any, selector: str) -> list[Any]:
    """The elements of the page that a browser shows."""
    return list(browser.find_elements("css selector", selector))


class _Rows:
    def __init__(self, rows: dict[str, list[dict[str, Any]]], article_id: str, text: str) -> None:
        self.rows, self.article_id, self.text = rows, article_id, text

    def at(self, words: str, nth: int = 0) -> tuple[str, int, int]:
        start = -1
        for _ in range(nth + 1):
            start = self.text.index(words, start + 1)
        return words, start, start + len(words)

    def key(self, local: str) -> str:
        return f"{self.article_id}.{local}"

    def add(self, table: str, *cells: Any) -> None:
        self.rows[table].append(row(table, *cells))

    def add_all(self) -> None:
        dateline = self.at("March 4, 2021 (NORDNEWS)")
        title = self.text.split("\n", maxsplit=1)[0]
        article = Article(self.article_id, self.text)
        self.add(
            "articles", self.article_id, title, "NORDNEWS", self.key("nordnews"), date(2021, 3, 4), *dateline, "en", self.text,
            len(self.text), article.sha256, "nordnews.txt", "The publisher's.", None, "title-line",
        )  # fmt: skip
        self.participant("norway", "state", "Norway", country="NOR")
        self.participant("ingrid-solheim", "person", "Ingrid Solheim", role="the 🧊 envoy of the Coast Guard", country="NOR")
        self.participant("norwegian-delegation", "delegation", "Norwegian delegation", country="NOR")
        self.mention("she", participant="ingrid-solheim", form="pronoun")
        self.mention("Solheim", 1, participant="ingrid-solheim")
        self.agency("nordnews", "news-media", "NORDNEWS")
        self.agency("coast-guard", "military", "Coast Guard")
        self.agency("polar-wire", "news-media", "Polar Wire")
        evidence = self.at("The Norwegian delegation included officials from the Coast Guard")
        self.add(
            "affiliations",
            self.key("delegation.coast-guard"), self.article_id, self.key("norwegian-delegation"),
            self.key("coast-guard"), "includes", *evidence, "included-officials",
        )  # fmt: skip
        published = self.date("March 4, 2021", "2021-03-04", date(2021, 3, 4), function="CREATION_TIME")
        self.date("nine hours", "PT9H", None, kind="DURATION")
        self.date("March 2", "2021-03-02", date(2021, 3, 2), anchor=published)
        said_on = self.date("Wednesday", "2021-03-03", date(2021, 3, 3), anchor=published)
        solheim: dict[str, Any] = {"participant": "ingrid-solheim"}
        told: dict[str, Any] = {"cue": "told", "to": "polar-wire", "date_id": said_on, **solheim}
        reported = "<script>window.hacked = 1</script> the talks “were the longest in ten years” and will go on"
        self.quote("indirect", reported, "named", "Ingrid Solheim", **told)
        self.quote("partial", "were the longest in ten years", "named", "Ingrid Solheim", **told)
        first = self.quote("direct", "I have seldom seen such patience,", "pronoun", "she", cue="said", **solheim)
        second = "Nobody looked at the clock & nobody paid $5_000 for 100% of {it}."
        self.quote("direct", second, "continued", "she", cue="said", continues=first, **solheim)
        self.quote("direct", "Not one of us,", "named", "Solheim", 1, cue="added", **solheim)
        self.rows["mentions"].sort(key=lambda row: (row["article_id"], row["start"]))

    def participant(self, key: str, kind: str, name: str, role: str | None = None, country: str | None = None) -> None:
        where = self.at(role) if role else (None, None, None)
        self.add("participants", self.key(key), self.article_id, kind, name, *self.at(name), *where, country, "full-name")
        self.mention(name, participant=key)

    def agency(self, key: str, kind: str, name: str) -> None:
        self.add("agencies", self.key(key), self.article_id, kind, name, *self.at(name), None, None, None, "head-noun")
        self.mention(name, agency=key)

    def mention(
        self, words: str, nth: int = 0, participant: str | None = None, agency: str | None = None, form: str = "name"
    ) -> None:
        span = self.at(words, nth)
        whose = (participant and self.key(participant), agency and self.key(agency))
        self.add("mentions", self.key(f"m{span[1]}"), self.article_id, *span, *whose, form, "name-again")

    def date(
        self,
        words: str,
        value: str,
        day: date | None,
        kind: str = "DATE",
        function: str | None = None,
        anchor: str | None = None,
    ) -> str:
        span = self.at(words)
        key = self.key(f"d{span[1]}")
        calendar = (value, day, day, "day") if day else (None, None, None, None)
        self.add("dates", key, self.article_id, *span, kind, value, None, function, anchor, *calendar, "month-day")
        return key

    def quote(
        self,
        kind: str,
        words: str,
        attribution: str,
        speaker: str,
        nth: int = 0,
        *,
        participant: str,
        cue: str,
        continues: str | None = None,
        to: str | None = None,
        date_id: str | None = None,
    ) -> str:
        span = self.at(words)
        key = self.key(f"q{span[1]}")
        self.add(
            "quotes", key, self.article_id, kind, *span, attribution, *self.at(speaker, nth), self.key(participant), None,
            *self.at(cue), continues, to and self.key(to), date_id, "inverted-cue",
        )  # fmt: skip
        return key
