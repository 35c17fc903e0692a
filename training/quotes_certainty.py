"""Finds the grades of ``quotes.certainty`` and states in ``schema/quotes.json`` how much of each is right.

    python training/quotes_certainty.py SET        after training/quotes.py SET

The models are trained again without a quarter of the articles, and their scores measured on that quarter.
"""

import json
import sys
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from quotes import MODELS, Example, intersection_over_union, is_true, read_examples, train_all, trim

from builder.extraction.quotes import certainty
from builder.extraction.quotes.find import KINDS, Models, find_columns
from builder.text.span import Span

SCHEMA = Path(__file__).parent.parent / "schema" / "quotes.json"
HELD_BACK = 4
"""One article in so many is held back from the models that the grades of certainty are found with."""
HIGH = {"marked": 0.93, "indirect": 0.82}
"""Share of right rows that the grade high must reach; ``LOW``: that of the grade low at most."""
LOW = {"marked": 0.65, "indirect": 0.42}


class Graded(NamedTuple):
    """Rows that the finder makes of held-back articles: kind, score, and whether text and speaker are right."""

    kind: npt.NDArray[np.int32]
    score: npt.NDArray[np.int32]
    right: npt.NDArray[np.bool_]


def grade_rows(examples: list[Example], models: Models) -> Graded:
    """Every row of articles that the models have not seen, with its score and whether gold has it."""
    kinds, scores, right = [], [], []
    for example in examples:
        document = example.layout.batch.documents[0]
        _, phrases, found = find_columns([document], example.layout.names, [[]], None, None, models)
        speaker = phrases.mentions(np.maximum(found.head, 0)).where(found.head >= 0)
        columns = zip(found.kind.tolist(), *found.quote, *speaker, strict=True)
        for kind, first, stop, by, by_stop in columns:
            span = document.span(first, stop)
            said_by = document.span(by, by_stop) if by >= 0 else None
            right.append(is_right(example, kind, span, said_by))
        kinds.append(found.kind)
        scores.append(found.score)
    return Graded(np.concatenate(kinds), np.concatenate(scores), np.array(right))


def is_right(example: Example, kind: int, span: Span, speaker: Span | None) -> bool:
    """As the benchmark counts: marked quotes agree in four fifths, half of a reported clause is reported; and the speaker."""
    text = example.layout.batch.documents[0].text
    if KINDS[kind] == "indirect":
        found = [
            report["source"]
            for report in example.reported
            if any(min(end, span.end) - max(start, span.start) >= (span.end - span.start) / 2 for start, end in report["content"])
        ]
    else:
        wanted = trim(text, *span)
        quotes = [quote for quote in example.truth if is_true(quote)]
        found = [q["sources"] for q in quotes if intersection_over_union(trim(text, q["start"], q["end"]), wanted) >= 0.8]
    return any(
        not sources or (speaker is not None and any(speaker.overlaps(Span(*source)) for source in sources)) for sources in found
    )


def cuts_of(rows: Graded) -> dict[str, dict[str, int]]:
    """For each family the least scores of the grades medium and high."""
    indirect = rows.kind == KINDS.index("indirect")
    found = {}
    for family, chosen in (("indirect", indirect), ("marked", ~indirect)):
        mine = chosen & (rows.score != certainty.UNSCORED)
        score, right = rows.score[mine], rows.right[mine]
        tried = np.unique(score).tolist()
        high = next((cut for cut in tried if right[score >= cut].mean() >= HIGH[family]), tried[-1])
        below = [cut for cut in tried[1:] if cut < high and right[score < cut].mean() <= LOW[family]]
        found[family] = {"high": high, "medium": below[-1] if below else tried[0]}
    return found


def shares_right(rows: Graded, cuts: dict[str, dict[str, int]]) -> dict[str, dict[str, dict[str, float | int]]]:
    """By kind and grade the rows, and the share of them that is right."""
    found: dict[str, dict[str, dict[str, float | int]]] = {}
    for number, kind in enumerate(KINDS):
        grade = certainty.graded(rows.score, cuts["indirect" if kind == "indirect" else "marked"])
        for level, name in enumerate(certainty.GRADES):
            right = rows.right[(rows.kind == number) & (grade == level)]
            share = round(float(right.mean()), 2) if len(right) else None
            found.setdefault(kind, {})[name] = {"rows": len(right), "right": share}
    return found


def calibrate(examples: list[Example]) -> None:
    """Writes the cuts of the grades, and what share of each grade's rows is right, of models that saw three quarters."""
    held = examples[::HELD_BACK]
    seen = [example for number, example in enumerate(examples) if number % HELD_BACK]
    rows = grade_rows(held, Models(**{name.removeprefix("quotes-"): model for name, model in train_all(seen).items()}))
    cuts = cuts_of(rows)
    figures = {"articles": len(held), "cuts": cuts, "right": shares_right(rows, cuts)}
    (MODELS / f"{certainty.CUTS}.json").write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def describe(figures: dict[str, Any]) -> str:
    """The description of the column."""
    shares = []
    for kind, grades in figures["right"].items():
        parts = [
            f"{grade} {grades[grade]['right']:.2f}" for grade in ("high", "medium", "low") if grades[grade]["right"] is not None
        ]
        shares.append(f"{kind} {', '.join(parts)}")
    return (
        "How sure the row is, by the weakest of the scores of the models that found it: high, medium or low. Share of rows with "
        f"both text and speaker right among {figures['articles']} articles of US political news held back from training, as "
        f"annotated there: {'; '.join(shares)}. Rows of a rule without a model (statement, turn, signed-quote) are medium."
    )


def main(folder: Path) -> None:
    calibrate(list(read_examples(folder)))
    figures = json.loads((MODELS / f"{certainty.CUTS}.json").read_text(encoding="utf-8"))
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    (field,) = (field for field in schema["fields"] if field["name"] == "certainty")
    field["description"] = describe(figures)
    SCHEMA.write_text(json.dumps(schema, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
