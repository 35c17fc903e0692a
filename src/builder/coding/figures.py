"""What reviews say of the machine's rows, table by table and column by column, and how far two coders agree."""

import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from builder.coding.agreement import Interval, ac1, alpha, effective_count, f1, kappa, percent, span_f1, wilson
from builder.coding.forms import layout
from builder.tables.schema import ARTICLE_TABLES

ROW = "(row)"
"""The row as such: that there is such a row."""
RIGHT, WRONG = "right", "wrong"
_JUDGED = ("accept", "wrong", "edit", "reject")
_RESAMPLES = 1000

Review = Mapping[str, Any]
"""A row of the table ``reviews``."""


class Judgement(NamedTuple):
    """What one coder says of one machine row: by column, right or wrong; a rejected row has no columns.

    ``table`` has the rule of an imported row behind it, so that each import has figures of its own.
    """

    table: str
    article_id: str
    row: str
    labels: dict[str, str]


class Accuracy(NamedTuple):
    table: str
    column: str
    rows: int
    share: float
    interval: Interval | None
    by_article: Interval | None
    """From resampling articles; None where there is one only."""


class Agreement(NamedTuple):
    """Figures are None where they are not defined: all the same, or nothing of the kind."""

    table: str
    column: str
    rows: int
    percent: float | None
    alpha: float | None
    kappa: float | None
    ac1: float | None
    wrong_f1: float | None


class SpanAgreement(NamedTuple):
    table: str
    strict: float | None
    overlapping: float | None


def standing(reviews: Iterable[Review]) -> list[Review]:
    """Reviews that are the last word of their coder on their row, of articles that are there."""
    return [row for row in reviews if row["article_id"] is not None and not _is_replaced(row)]


def _is_replaced(row: Review) -> bool:
    return row["merge_status"] == "superseded" and not str(row["explanation"] or "").startswith("settled by")


def judgement(row: Review) -> Judgement | None:
    """None for a verdict that says nothing of a machine row."""
    if row["verdict"] not in _JUDGED or row["table_name"] is None:
        return None
    table, decision = row["table_name"], json.loads(row["decision"])
    source = decision.get("source")
    group = f"{table}, {source}" if source else table
    place = row["row_id"] or f"{row['start']}-{row['text']}"
    if row["verdict"] == "reject":
        return Judgement(group, row["article_id"], place, {ROW: WRONG})
    bad = set((row["columns"] or "").split(",")) - {""}
    seen = decision.get("seen") or {}
    columns = [*(name for name in layout(table).columns if name in seen), *(["text"] if layout(table).anchored else [])]
    return Judgement(group, row["article_id"], place, {ROW: RIGHT, **{n: WRONG if n in bad else RIGHT for n in columns}})


def judgements(reviews: Iterable[Review], coder: str) -> dict[tuple[str, str, str], Judgement]:
    found = (judgement(row) for row in standing(reviews) if row["coder_id"] == coder)
    return {each[:3]: each for each in found if each}


def settled(reviews: Iterable[Review]) -> list[tuple[Judgement, str | None]]:
    """One judgement a row, with the sample it was drawn in: the adjudicator's, else what the coders say together.

    Where coders differ, a column that one of them calls wrong counts as wrong.
    """
    by_row: dict[tuple[str, str, str], list[tuple[Review, Judgement]]] = defaultdict(list)
    for row in standing(reviews):
        if (found := judgement(row)) is not None:
            by_row[found[:3]].append((row, found))
    made = []
    for voices in by_row.values():
        final = [pair for pair in voices if pair[0]["adjudicates"]] or voices
        labels: dict[str, str] = {}
        for _, found in final:
            labels |= {name: label for name, label in found.labels.items() if labels.get(name) != WRONG}
        sample = next((row["sample_id"] for row, _ in voices if row["sample_id"]), None)
        made.append((final[0][1]._replace(labels=labels), sample))
    return made


def accuracies(reviews: Iterable[Review], samples: Iterable[Mapping[str, Any]]) -> list[Accuracy]:
    """Of the machine's rows, not of the corrected ones; a row of a sample counts by its inclusion probability."""
    weights = {(row["sample_id"], row["row_id"]): 1 / row["inclusion_probability"] for row in samples}
    cases: dict[tuple[str, str], list[tuple[str, bool, float]]] = defaultdict(list)
    for found, sample in settled(reviews):
        weight = weights.get((sample, found.row), 1.0)
        for column, label in found.labels.items():
            cases[found.table, column].append((found.article_id, label == RIGHT, weight))
    return [_accuracy(*key, cases[key]) for key in sorted(cases, key=_order)]


def _order(key: tuple[str, str]) -> tuple[int, str, int, str]:
    table, _, source = key[0].partition(", ")
    return ARTICLE_TABLES.index(table), source, key[1] != ROW, key[1]


def _accuracy(table: str, column: str, cases: Sequence[tuple[str, bool, float]]) -> Accuracy:
    share = _share(cases)
    interval = wilson(share, effective_count([weight for _, _, weight in cases]))
    return Accuracy(table, column, len(cases), share, interval, _resampled(cases))


def _share(cases: Sequence[tuple[str, bool, float]]) -> float:
    return sum(weight for _, right, weight in cases if right) / sum(weight for _, _, weight in cases)


def _resampled(cases: Sequence[tuple[str, bool, float]]) -> Interval | None:
    """The middle 95 per cent of the shares in articles drawn with replacement; the draws are the same in every build."""
    by_article: dict[str, list[tuple[str, bool, float]]] = defaultdict(list)
    for case in cases:
        by_article[case[0]].append(case)
    articles = sorted(by_article)
    if len(articles) < 2:
        return None
    totals = {name: (_weight(own, True), _weight(own, False)) for name, own in by_article.items()}
    dice = random.Random(0)
    shares = []
    for _ in range(_RESAMPLES):
        drawn = [totals[name] for name in dice.choices(articles, k=len(articles))]
        right = sum(pair[0] for pair in drawn)
        shares.append(right / (right + sum(pair[1] for pair in drawn)))
    shares.sort()
    return Interval(shares[int(0.025 * _RESAMPLES)], shares[int(0.975 * _RESAMPLES) - 1])


def _weight(cases: Iterable[tuple[str, bool, float]], wanted: bool) -> float:
    return sum(weight for _, right, weight in cases if right == wanted)


def agreements(reviews: Sequence[Review], one: str, other: str) -> list[Agreement]:
    """On rows that both have judged; columns of a row that either rejects are not compared."""
    mine, theirs = judgements(reviews, one), judgements(reviews, other)
    pairs: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for key in mine.keys() & theirs.keys():
        for column in mine[key].labels.keys() & theirs[key].labels.keys():
            pairs[key[0], column].append((mine[key].labels[column], theirs[key].labels[column]))
    return [_agreement(*key, pairs[key]) for key in sorted(pairs, key=_order)]


def _agreement(table: str, column: str, pairs: list[tuple[str, str]]) -> Agreement:
    figures = percent(pairs), alpha(pairs), kappa(pairs), ac1(pairs), f1(pairs, WRONG)
    return Agreement(table, column, len(pairs), *figures)


def disagreements(reviews: Sequence[Review], one: str, other: str) -> Iterator[dict[str, str]]:
    """A line for each row and column that the two see differently."""
    mine, theirs = judgements(reviews, one), judgements(reviews, other)
    for key in sorted(mine.keys() & theirs.keys()):
        for column in sorted(mine[key].labels.keys() & theirs[key].labels.keys()):
            labels = mine[key].labels[column], theirs[key].labels[column]
            if labels[0] != labels[1]:
                table, article_id, row = key
                yield {"table": table, "article_id": article_id, "row": row, "column": column, one: labels[0], other: labels[1]}


def span_agreements(reviews: Sequence[Review], one: str, other: str) -> list[SpanAgreement]:
    """Of the rows that each says are there, in articles that both have coded."""
    spans = {coder: _spans(reviews, coder) for coder in (one, other)}
    made = []
    for table in ARTICLE_TABLES:
        own, theirs = (spans[coder].get(table, []) for coder in (one, other))
        both = {span[0] for span in own} & {span[0] for span in theirs}
        left, right = ([span for span in group if span[0] in both] for group in (own, theirs))
        if left or right:
            made.append(SpanAgreement(table, span_f1(left, right), span_f1(left, right, overlapping=True)))
    return made


def _spans(reviews: Sequence[Review], coder: str) -> dict[str, list[tuple[str, int, int]]]:
    spans: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for row in standing(reviews):
        if row["coder_id"] == coder and row["verdict"] in ("accept", "wrong", "edit", "add") and row["start"] is not None:
            moved = (json.loads(row["decision"]).get("set") or {}).get("text") if row["verdict"] == "edit" else None
            start, end = (moved["start"], moved["end"]) if moved and row["anchor"] == "exact" else (row["start"], row["end"])
            spans[row["table_name"]].append((row["article_id"], start, end))
    return spans
