"""Decisions, originals, samples and coders as tables of the package."""

from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

from builder.coding.merge import Review
from builder.coding.patch import Original, rows_table
from builder.coding.samples import Drawn

_SHOWN = 500


def reviews_table(reviews: Sequence[Review], known: bool = True) -> pa.Table:
    """``known`` is false for decisions on articles that the package does not have."""
    return rows_table("reviews", [_review(review, known) for review in reviews])


def _review(review: Review, known: bool) -> dict[str, Any]:
    decision, anchor = review.decision, review.decision.anchor
    named = decision.columns or tuple(decision.set or ()) if decision.verdict in ("wrong", "edit") else ()
    return {
        "review_id": decision.id,
        "coder_id": decision.coder,
        "article_id": decision.article_id if known else None,
        "table_name": decision.table,
        "row_id": review.row_id,
        "verdict": decision.verdict,
        "columns": ",".join(sorted(named)) or None,
        "reason": decision.reason or None,
        "note": decision.note or None,
        "decided": decision.time,
        "sample_id": decision.sample,
        "blind": "yes" if decision.blind else "no",
        "adjudicates": ",".join(decision.adjudicates) or None,
        "text": anchor.text if anchor else None,
        "start": review.start,
        "end": review.start + len(anchor.text) if anchor and review.start is not None else None,
        "anchor": review.anchor,
        "merge_status": review.merge_status,
        "explanation": review.explanation,
        "line": decision.line.number,
        "decision": decision.line.raw.decode("utf-8"),
    }


def originals_table(originals: Sequence[Original]) -> pa.Table:
    return rows_table("originals", [original._asdict() for original in originals])


def coders_table(coders: Iterable[tuple[str, int, int, bool]]) -> pa.Table:
    rows = [
        {"coder_id": name, "decisions": decisions, "articles": articles, "adjudicates": "yes" if final else "no"}
        for name, decisions, articles, final in coders
    ]
    return rows_table("coders", rows)


def samples_table(drawn: Sequence[Drawn], known: bool = True) -> pa.Table:
    return rows_table("samples", [_sample(each, known) for each in drawn])


def _sample(drawn: Drawn, known: bool) -> dict[str, Any]:
    decision, anchor = drawn.row, drawn.row.anchor
    return {
        "sample_id": decision.coder,
        "position": drawn.position,
        "table_name": decision.table,
        "article_id": decision.article_id if known else None,
        "row_id": drawn.row_id,
        "stratum": drawn.stratum,
        "stratum_rows": drawn.stratum_rows,
        "stratum_drawn": drawn.stratum_drawn,
        "inclusion_probability": drawn.stratum_drawn / drawn.stratum_rows,
        "text": anchor.text if anchor else None,
        "start": drawn.start,
        "end": drawn.start + len(anchor.text) if anchor and drawn.start is not None else None,
    }
