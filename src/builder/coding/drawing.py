"""Drawing a sample: of each stratum the rows with the lowest SHA-256 of seed, article, table and place.

The same seed draws the same rows on any machine, and nearly the same as a corpus grows.
"""

import hashlib
import heapq
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from builder.coding.agreement import Z95
from builder.coding.forms import layout
from builder.coding.templates import templates
from builder.coding.view import View
from builder.tables.schema import ARTICLE_TABLES, table_schemas

KIND = {"affiliations": "relation", "dates": "type", "mentions": "form"}
"""What plays the part of ``kind`` in a table that has no such column."""
STRATA = ("table", "kind", "rule", "certainty")
DRAWN_FROM = tuple(name for name in ARTICLE_TABLES if name != "articles")


class Plan(NamedTuple):
    """``per`` rows of each stratum, or ``size`` rows in all, of each stratum its share."""

    by: tuple[str, ...] = ("table", "kind")
    tables: tuple[str, ...] = DRAWN_FROM
    size: int | None = None
    per: int | None = None
    seed: str = "1"


class Candidate(NamedTuple):
    digest: bytes
    table: str
    article_id: str
    key: str


class Strata:
    """Counts rows by stratum, and holds the first of each."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._most = plan.per or plan.size or 1
        self.rows: dict[str, int] = defaultdict(int)
        self._lowest: dict[str, list[tuple[int, Candidate]]] = defaultdict(list)

    def add(self, view: View) -> None:
        for table in self._plan.tables:
            names = ["article_id", layout(table).key, "start", "end"]
            by = [name for name in (_column(table, way) for way in self._plan.by) if name]
            columns = [view.tables[table][name].to_pylist() for name in names + by]
            for article_id, key, start, end, *values in zip(*columns, strict=True):
                stratum = " / ".join([table, *("-" if value is None else str(value) for value in values)])
                self._count(stratum, Candidate(self._digest(article_id, table, start, end, key), table, article_id, key))

    def _digest(self, article_id: str, table: str, start: int, end: int, key: str) -> bytes:
        """The key tells apart rows at one place."""
        place = f"{self._plan.seed}\0{article_id}\0{table}\0{start}\0{end}"
        return hashlib.sha256(place.encode()).digest() + hashlib.sha256(key.encode()).digest()[:4]

    def _count(self, stratum: str, candidate: Candidate) -> None:
        self.rows[stratum] += 1
        lowest = self._lowest[stratum]
        entry = (-int.from_bytes(candidate.digest, "big"), candidate)
        if len(lowest) < self._most:
            heapq.heappush(lowest, entry)
        elif entry > lowest[0]:
            heapq.heapreplace(lowest, entry)

    def drawn(self) -> dict[str, list[Candidate]]:
        """By stratum, lowest first."""
        counts = self._allocation()
        return {
            stratum: [candidate for _, candidate in sorted(self._lowest[stratum], reverse=True)][: counts[stratum]]
            for stratum in sorted(self.rows)
        }

    def _allocation(self) -> dict[str, int]:
        """Shares of ``size`` by the largest remainders; no stratum is left out as long as there is room."""
        if self._plan.per:
            return {stratum: min(self._plan.per, rows) for stratum, rows in self.rows.items()}
        total, size = sum(self.rows.values()), self._plan.size or 0
        if not total:
            return {}
        room = max(0, min(size, total) - len(self.rows))
        shares = {stratum: room * rows / total for stratum, rows in self.rows.items()}
        first = 1 if size >= len(self.rows) else 0
        if not first:
            shares = {stratum: size * rows / total for stratum, rows in self.rows.items()}
        counts = {stratum: min(self.rows[stratum], first + int(share)) for stratum, share in shares.items()}
        left = min(size, total) - sum(counts.values())
        order = sorted(shares, key=lambda stratum: (-(shares[stratum] % 1), stratum))
        while left > 0:
            open_ = [stratum for stratum in order if counts[stratum] < self.rows[stratum]]
            for stratum in open_[:left]:
                counts[stratum] += 1
            left -= min(left, len(open_))
        return counts


def _column(table: str, way: str) -> str | None:
    """The column that divides the rows of a table in this way; None where it has none."""
    name = KIND.get(table, "kind") if way == "kind" else way
    return name if way != "table" and name in table_schemas()[table].column_names else None


def sample_lines(name: str, strata: Strata, views: Iterable[View]) -> list[bytes]:
    """The lines of the sample's file, in the order of the drawing."""
    drawn = strata.drawn()
    wanted = {(each.table, each.key): (each, stratum) for stratum, own in drawn.items() for each in own}
    by_article: dict[str, set[str]] = defaultdict(set)
    for each, _ in wanted.values():
        by_article[each.article_id].add(each.table)
    found: dict[Candidate, dict[str, Any]] = {}
    for view in views:
        for article_id in by_article.keys() & set(view.article_ids):
            tables = tuple(sorted(by_article[article_id]))
            for key, template in templates(view, article_id, tables):
                if (template["table"], key) in wanted:
                    each, stratum = wanted[template["table"], key]
                    sizes = {"stratum_rows": strata.rows[stratum], "stratum_drawn": len(drawn[stratum])}
                    found[each] = {**template, "row_id": key, "stratum": stratum, **sizes}
    return [_line(name, position, found[each]) for position, each in enumerate(sorted(found), 1)]


def _line(name: str, position: int, fields: Mapping[str, Any]) -> bytes:
    return json.dumps({"sample": name, "position": position, **fields}, ensure_ascii=False).encode()


def precision(
    drawn: Mapping[str, Sequence[Candidate]], rows: Mapping[str, int], share: float = 0.9
) -> Iterator[tuple[str, int, float | None]]:
    """By table, and for all: how many rows were drawn, and to how many points a ``share`` of right rows would be known.

    None where a stratum has no row in the sample.
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for stratum in drawn:
        groups[stratum.partition(" / ")[0]].append(stratum)
    for name, strata in [*groups.items(), ("all", list(drawn))]:
        total = sum(rows[stratum] for stratum in strata)
        count = sum(len(drawn[stratum]) for stratum in strata)
        if any(not drawn[stratum] for stratum in strata):
            yield name, count, None
            continue
        variance = sum((rows[s] / total) ** 2 * share * (1 - share) / len(drawn[s]) for s in strata)
        yield name, count, 100 * Z95 * math.sqrt(variance)
