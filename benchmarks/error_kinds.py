"""Counts the kinds of error that a package makes on a benchmark set, matched as the set's scorer matches."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow.parquet as pq

Row = dict[str, Any]

SAME_QUOTE, SAME_INDIRECT = 0.8, 0.5
"""Least intersection over union at which two spans are the same marked or indirect quote, as in the scorer."""


def quote_rows(package: Path) -> dict[str, list[Row]]:
    by_article: dict[str, list[Row]] = {}
    for row in pq.read_table(package / "datapackage" / "quotes.parquet").to_pylist():
        by_article.setdefault(row["article_id"], []).append(row)
    return by_article


def error_kinds(
    scorer: ModuleType, gold: list[Row], texts: dict[str, str], found: Any, quotes: dict[str, list[Row]]
) -> Counter[str]:
    kinds: Counter[str] = Counter()
    for row in gold:
        identifier = row["article_id"]
        text = texts[identifier]
        if "agencies" in row:
            kinds.update(coding_errors(scorer, text, row, found[identifier]))
        elif "quotes" in row:
            kinds.update(quote_errors(scorer, text, row["quotes"], quotes.get(identifier, [])))
        elif "dates" in row:
            kinds.update(date_errors(row["dates"], found[identifier]["dates"]))
        else:
            kinds.update(name_errors(scorer, text, row, found[identifier]))
    return kinds


def quote_errors(scorer: ModuleType, text: str, gold: list[Row], rows: list[Row]) -> Iterator[str]:
    """Matched as the scorer matches: marks and punctuation at the ends aside, intersection over union of at least 0.8."""
    direct = [row for row in rows if row["kind"] != "indirect"]
    free = {i: scorer.trim(text, row["start"], row["end"]) for i, row in enumerate(direct)}
    for quote in (g for g in gold if g["quote"]):
        span = scorer.trim(text, quote["start"], quote["end"])
        best = max(free, key=lambda i: scorer.iou(free[i], span), default=None)
        overlap = scorer.iou(free[best], span) if best is not None else 0
        if best is None or overlap < SAME_QUOTE:
            yield "quote: other boundaries" if overlap else "quote: missed"
            continue
        said = direct[best]
        del free[best]
        if quote["sources"]:
            yield from speaker_errors(scorer, quote["sources"], said)
    for span in free.values():
        unsaid = any(scorer.overlaps(span, (g["start"], g["end"])) and not g["quote"] for g in gold)
        yield "quote: words of nobody taken for a quote" if unsaid else "quote: not in the gold"


def speaker_errors(scorer: ModuleType, sources: list[tuple[int, int]], said: Row) -> Iterator[str]:
    if said["speaker_start"] is None:
        yield "speaker: none found"
    elif not any(scorer.overlaps((said["speaker_start"], said["speaker_end"]), source) for source in sources):
        yield f"speaker: another one ({said['attribution']})"


def date_errors(gold: list[Row], predicted: list[Row]) -> Iterator[str]:
    free = list(predicted)
    for date in gold:
        near = [row for row in free if row["start"] < date["end"] and date["start"] < row["end"]]
        if not near:
            yield f"date: missed {date['type']}"
            continue
        best = next((row for row in near if (row["start"], row["end"]) == (date["start"], date["end"])), near[0])
        free.remove(best)
        if (best["start"], best["end"]) != (date["start"], date["end"]):
            yield "date: other boundaries"
        if best["type"] != date["type"]:
            yield f"date: {date['type']} taken for {best['type']}"
        elif best["value"] != date["value"]:
            yield f"date: other value of a {date['type']}"
    for row in free:
        yield f"date: not in the gold, {row['type']}"


def name_errors(scorer: ModuleType, text: str, gold: Row, predicted: Row) -> Iterator[str]:
    want = {kind: {scorer.bare(text, *span) for span in gold[kind]} for kind in ("persons", "organisations")}
    got = {kind: {scorer.bare(text, *span) for span in predicted[kind]} for kind in ("persons", "organisations")}
    for kind, other in (("persons", "organisations"), ("organisations", "persons")):
        for span in want[kind] - got[kind]:
            yield f"{kind}: {miss(scorer, span, got[kind], got[other])}"
        for span in got[kind] - want[kind]:
            if not any(scorer.overlaps(span, gold_span) for gold_span in want[kind] | want[other]):
                yield f"{kind}: not in the gold"


def miss(scorer: ModuleType, span: tuple[int, int], same: set[tuple[int, int]], other: set[tuple[int, int]]) -> str:
    if span in other:
        return "taken for the other kind"
    return "other boundaries" if any(scorer.overlaps(span, found) for found in same | other) else "missed"


def coding_errors(scorer: ModuleType, text: str, gold: Row, got: Row) -> Iterator[str]:
    """Of a coded article: quotes and who speaks, then each table's rows and what they say."""
    for kinds, least, what in (
        (("direct", "partial"), SAME_QUOTE, "marked quote"),
        (("indirect",), SAME_INDIRECT, "indirect quote"),
    ):
        wanted, found = ([quote for quote in side["quotes"] if quote["kind"] in kinds] for side in (gold, got))
        both = scorer.best_spans(text, wanted, found, least)
        yield from [f"{what}: missed"] * (len(wanted) - len(both)) + [f"{what}: not in the gold"] * (len(found) - len(both))
        for want, have in both:
            yield from who_errors(scorer, what, want["who"], have["who"])
    for table in ("persons", "parties", "agencies"):
        yield from table_errors(scorer, table, gold[table], got[table])


def who_errors(scorer: ModuleType, what: str, want: str | None, have: str | None) -> Iterator[str]:
    if want and not have:
        yield f"{what}: given to nobody"
    elif have and not (want and scorer.same_name(want, have)):
        yield f"{what}: given to {'somebody else' if want else 'somebody, and the gold names nobody'}"


def table_errors(scorer: ModuleType, table: str, wanted: list[Row], found: list[Row]) -> Iterator[str]:
    def same(want: Row, have: Row) -> bool:
        return bool(scorer.same_name(want["name"], have["name"])) and (table != "parties" or want["kind"] == have["kind"])

    both = scorer.pairs(wanted, found, same)
    yield from [f"{table}: missed"] * (len(wanted) - len(both)) + [f"{table}: not in the gold"] * (len(found) - len(both))
    for want, have in both:
        if want["country"] != have["country"]:
            yield f"{table}: {differing_country(want['country'], have['country'])}"
        if table == "agencies" and want["kind"] != have["kind"]:
            yield f"agencies: {want['kind']} taken for {have['kind']}"
        if table == "persons" and bool(want["role"]) != bool(have["role"]):
            yield f"persons: {'no role' if want['role'] else 'a role where the gold has none'}"


def differing_country(want: str | None, have: str | None) -> str:
    if want is None:
        return "a country where the gold has none"
    return "another country" if have else "no country"
