"""What the figures show, counted from the rows; nothing here draws."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from builder.publish.speakers import body_keys, fullest, person_keys
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


class Names(NamedTuple):
    """What participants and agencies are called, by their ids; one id may stand in both tables."""

    participants: dict[str, str]
    agencies: dict[str, str]

    def speaker(self, quote: Row) -> str | None:
        if quote["participant_id"]:
            return self.participants[quote["participant_id"]]
        return self.agencies[quote["agency_id"]] if quote["agency_id"] else None


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
        speakers = [speaker for quote in quotes if (speaker := names.speaker(quote))]
        result.append(Dated(first, last, len(rows), len(quotes), _commonest(speakers or [row["text"] for row in rows])))
    return result


def speaker_network(tables: ArrowTables, most: int) -> Network:
    """The ``most`` speakers with most quotes and ties. Those of one ``person_key`` are taken together, under the fullest name."""
    names = _joined_names(tables)
    quotes: Counter[str] = Counter()
    links: Counter[tuple[str, str, str]] = Counter()
    for row in tables["quotes"].to_pylist():
        if speaker := names.speaker(row):
            quotes[speaker] += 1
            if row["addressee_agency_id"]:
                links[speaker, names.agencies[row["addressee_agency_id"]], SPOKE_TO] += 1
    for row in tables["affiliations"].to_pylist():
        links[names.participants[row["participant_id"]], names.agencies[row["agency_id"]], BELONGS_TO] += 1
    for row in tables["agencies"].to_pylist():
        name, parent = names.agencies[row["agency_id"]], row["parent_agency_id"]
        if parent and name in quotes and name != names.agencies[parent]:
            links[name, names.agencies[parent], BELONGS_TO] += 1
    weights = quotes + Counter(speaker for speaker, _, _ in links.elements())
    kept = sorted(weights, key=lambda name: (-weights[name], name))[:most]
    return Network(
        {name: quotes[name] for name in sorted(kept)},
        [Link(*key, weight) for key, weight in sorted(links.items()) if key[0] in kept],
    )


def _names(tables: ArrowTables) -> Names:
    pairs = (("participants", "participant_id"), ("agencies", "agency_id"))
    return Names(*(dict(zip(tables[t][key].to_pylist(), tables[t]["name"].to_pylist(), strict=True)) for t, key in pairs))


def _joined_names(tables: ArrowTables) -> Names:
    """The fullest name of each ``person_key``, with the country where two keys share it."""
    keyed = [person_keys(tables["participants"].to_pandas()), body_keys(tables["agencies"].to_pandas())]
    labels = pd.concat(keyed).groupby("person_key").agg(name=("name", fullest), country=("country_iso3", "first"))
    shared = labels["name"].duplicated(keep=False) & labels["country"].notna()
    labels["name"] = labels["name"].where(~shared, labels["name"] + " (" + labels["country"].fillna("") + ")")
    return Names(*(of["person_key"].map(labels["name"]).to_dict() for of in keyed))


def _commonest(values: Iterable[str]) -> str:
    """The commonest value; of equals the first in alphabetical order."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value))
