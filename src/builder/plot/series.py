"""What the figures show, counted from the rows; nothing here draws."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from builder.tables.arrow import ArrowTables

Row = dict[str, Any]

BELONGS_TO = "belongs to or includes"
SPOKE_TO = "spoke to"


class Dated(NamedTuple):
    """Days that the articles speak of, with the number of expressions and of quotes said then."""

    first: date
    last: date
    expressions: int
    quotes: int
    label: str


class Link(NamedTuple):
    """``weight`` rows tie a speaker to an agency."""

    speaker: str
    agency: str
    kind: str
    weight: int


class Network(NamedTuple):
    """Speakers with their number of quotes, and what ties them to agencies."""

    speakers: dict[str, int]
    links: list[Link]


def dated_statements(tables: ArrowTables) -> list[Dated]:
    """One for each stretch of days, in calendar order; its label is the commonest speaker, else the commonest expression."""
    names = _names(tables)
    said_on: dict[str, list[Row]] = defaultdict(list)
    for quote in tables["quotes"].to_pylist():
        if quote["date_id"]:
            said_on[quote["date_id"]].append(quote)
    groups: dict[tuple[date, date], list[Row]] = defaultdict(list)
    for row in tables["dates"].to_pylist():
        if row["date_start"]:
            groups[row["date_start"], row["date_end"]].append(row)
    result = []
    for (first, last), rows in sorted(groups.items()):
        quotes = [quote for row in rows for quote in said_on[row["date_id"]]]
        speakers = [speaker for quote in quotes if (speaker := _speaker(quote, names))]
        result.append(Dated(first, last, len(rows), len(quotes), _commonest(speakers or [row["text"] for row in rows])))
    return result


def speaker_network(tables: ArrowTables, most: int) -> Network:
    """The ``most`` speakers with most quotes and ties. Those of one name in several articles are taken together."""
    names = _names(tables)
    quotes: Counter[str] = Counter()
    links: Counter[tuple[str, str, str]] = Counter()
    for row in tables["quotes"].to_pylist():
        if speaker := _speaker(row, names):
            quotes[speaker] += 1
            if row["addressee_agency_id"]:
                links[speaker, names[row["addressee_agency_id"]], SPOKE_TO] += 1
    for row in tables["affiliations"].to_pylist():
        links[names[row["participant_id"]], names[row["agency_id"]], BELONGS_TO] += 1
    for row in tables["agencies"].to_pylist():
        if row["parent_agency_id"] and row["name"] in quotes:
            links[row["name"], names[row["parent_agency_id"]], BELONGS_TO] += 1
    weights = quotes + Counter(speaker for speaker, _, _ in links.elements())
    kept = sorted(weights, key=lambda name: (-weights[name], name))[:most]
    return Network(
        {name: quotes[name] for name in sorted(kept)},
        [Link(*key, weight) for key, weight in sorted(links.items()) if key[0] in kept],
    )


def _names(tables: ArrowTables) -> dict[str, str]:
    names: dict[str, str] = {}
    for table, key in (("participants", "participant_id"), ("agencies", "agency_id")):
        names |= dict(zip(tables[table][key].to_pylist(), tables[table]["name"].to_pylist(), strict=True))
    return names


def _speaker(quote: Row, names: dict[str, str]) -> str | None:
    key = quote["participant_id"] or quote["agency_id"]
    return names[key] if key else None


def _commonest(values: Iterable[str]) -> str:
    """The commonest value; of equals the first in alphabetical order."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value))
