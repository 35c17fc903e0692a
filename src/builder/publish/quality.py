"""What people's decisions say of a package's rows, in words and tables: for the data card and for the command line."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from builder.coding.agreement import Interval
from builder.coding.figures import ROW, WRONG, Accuracy, Agreement, accuracies, agreements, span_agreements, standing

_LEAST_ROWS = 10
"""Columns of which fewer rows were judged are counted and not rated in the data card."""


def coding_section(tables: Mapping[str, Sequence[Mapping[str, Any]]], rows: Mapping[str, int], note: str | None) -> Iterator[str]:
    """Lines of Markdown from the rows of ``reviews``, ``coders`` and ``samples``; ``rows`` counts each table's."""
    reviews, samples = tables["reviews"], tables["samples"]
    judged = {(row["table_name"], row["row_id"]) for row in standing(reviews) if row["row_id"] is not None}
    coders = [str(row["coder_id"]) for row in tables["coders"]]
    yield f"{len(judged):,} rows were judged by people, under the pseudonyms {', '.join(coders)}: "
    counts = ((name, sum(table == name for table, _ in judged)) for name in rows)
    yield "; ".join(f"{count:,} in {name}, which has {rows[name]:,} rows" for name, count in counts if count) + "."
    if note:
        yield f"\n{note}"
    yield from ("", *_outcomes(reviews))
    yield from ("", *_accuracy_table(accuracies(reviews, samples)))
    independent = sorted(str(row["coder_id"]) for row in tables["coders"] if row["adjudicates"] == "no")
    for one, other in combinations(independent, 2):
        if figures := agreements(reviews, one, other):
            yield from ("", *_agreement_table(one, other, figures), *_span_lines(reviews, one, other))
    yield from ("", *_limits(samples))


def _outcomes(reviews: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    counts: dict[str, int] = {}
    for row in reviews:
        counts[row["merge_status"]] = counts.get(row["merge_status"], 0) + 1
    yield "What became of the decisions: " + ", ".join(f"{name} {count:,}" for name, count in sorted(counts.items())) + "."


def _accuracy_table(figures: Iterable[Accuracy]) -> Iterator[str]:
    yield (
        "How far the machine's rows were right, before any correction. A row on which coders differ counts as wrong where one of "
        "them says so; (row) is that there is such a row at all. Each import's rows have figures of their own. "
        "Intervals are Wilson's, of 95 per cent, weighted by inclusion "
        f"probability where rows were drawn; columns with fewer than {_LEAST_ROWS} judged rows are left out.\n"
    )
    yield "| table | column | rows | right | interval | by articles |"
    yield "|---|---|---|---|---|---|"
    for each in figures:
        if each.rows >= _LEAST_ROWS or each.column == ROW:
            cells = each.table, each.column, f"{each.rows:,}", f"{each.share:.3f}", interval(each.interval)
            yield "| " + " | ".join(cells) + f" | {interval(each.by_article)} |"


def _agreement_table(one: str, other: str, figures: Iterable[Agreement]) -> Iterator[str]:
    yield f"Agreement of {one} and {other}, on what is right and what is wrong in the rows that both judged:\n"
    yield "| table | column | rows | agree | alpha | kappa | AC1 | F1 of wrong |"
    yield "|---|---|---|---|---|---|---|---|"
    for each in figures:
        if each.rows >= _LEAST_ROWS or each.column == ROW:
            numbers = each.percent, each.alpha, each.kappa, each.ac1, each.wrong_f1
            yield f"| {each.table} | {each.column} | {each.rows:,} | " + " | ".join(map(figure, numbers)) + " |"
    yield ""
    yield (
        "Alpha (Krippendorff) and kappa (Cohen) are low or not defined where nearly all rows are right, whatever the coders do; "
        f"AC1 (Gwet) is not. F1 of {WRONG} says how far they find the same errors."
    )


def _span_lines(reviews: Sequence[Mapping[str, Any]], one: str, other: str) -> Iterator[str]:
    spans = span_agreements(reviews, one, other)
    shares = [f"{each.table} {figure(each.strict)} / {figure(each.overlapping)}" for each in spans]
    if shares:
        yield ""
        yield f"F1 of the places that {one} and {other} say hold a row (equal / overlapping): {'; '.join(shares)}."


def _limits(samples: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if samples:
        names = sorted({str(row["sample_id"]) for row in samples})
        yield (
            f"Rows of the samples {', '.join(names)} were drawn by chance, with the probabilities in table `samples`. They say "
            "how many of the machine's rows are right, not how many rows are missing; that is known of articles with the verdict "
            "done only."
        )
    else:
        yield (
            "No sample was drawn: the figures are of the rows that people chose to judge, and say nothing of others. Rows that "
            "are missing are known of articles with the verdict done only."
        )


def imports_section(runs: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Lines of Markdown from the rows of ``runs``."""
    yield "Rows of other tools or models are in the tables, with the rule import:NAME; each passage was proved in its article.\n"
    yield "| import | made by | read from | instead of | rows | rejected |"
    yield "|---|---|---|---|---|---|"
    for run in runs:
        cells = (run["run_id"], run["model"] or "not said", f"{run['source']} ({run['format']})", run["instead_of"] or "nothing")
        line = " | ".join(" ".join(cell.replace("|", "/").split()) for cell in cells)
        yield f"| {line} | {run['rows']:,} | {run['rejected']:,} |"


def interval(bounds: Interval | None) -> str:
    return "not defined" if bounds is None else f"{bounds.low:.3f} to {bounds.high:.3f}"


def figure(number: float | None) -> str:
    return "not defined" if number is None else f"{number:.3f}"
