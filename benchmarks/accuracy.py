"""Builds every benchmark set, scores it, counts the kinds of error and writes docs/accuracy.md.

    python benchmarks/accuracy.py BENCH [--write docs/accuracy.md] [--figures src/builder/publish/accuracy.json]

The figures of the dev sets go into the package, for the data card of every dataset that is made with it. BENCH holds
``score.py`` and ``data/SET/{articles,gold}.jsonl``. No text of the sets is written anywhere in the project.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow.parquet as pq

import builder

Row = dict[str, Any]

SETS = (
    "quotes-dev",
    "dates-dev",
    "names-conll2003-dev",
    "names-politics-dev",
    "quotes-train",
    "names-conll2003-train",
    "names-politics-train",
)
FIGURES = {
    "quotes": ("quotes_precision", "quotes_recall", "quotes_f1", "speaker", "reported_f1"),
    "dates": ("dates_strict_f1", "dates_relaxed_f1", "dates_value_f1"),
    "persons": (
        "persons_precision",
        "persons_recall",
        "persons_f1",
        "organisations_precision",
        "organisations_recall",
        "organisations_f1",
    ),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bench", type=Path)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--figures", type=Path)
    arguments = parser.parse_args()
    page, figures = measure(arguments.bench)
    if arguments.figures:
        arguments.figures.write_text(dev_figures(figures), encoding="utf-8")
    if arguments.write:
        arguments.write.write_text(page, encoding="utf-8")
    else:
        print(page)


def measure(bench: Path) -> tuple[str, dict[str, Row]]:
    """The page, and the scorer's figures by set."""
    scorer = load_scorer(bench / "score.py")
    figures: dict[str, Row] = {}
    errors: dict[str, Counter[str]] = {}
    for name in SETS:
        folder = bench / "data" / name
        gold = scorer.read_jsonl(folder / "gold.jsonl")
        texts = {row["article_id"]: row["text"] for row in scorer.read_jsonl(folder / "articles.jsonl")}
        with tempfile.TemporaryDirectory() as out:
            build = [sys.executable, "-m", "builder", "build", str(folder / "articles.jsonl"), "--out", out]
            subprocess.run(build, check=True, capture_output=True)
            score = [sys.executable, str(bench / "score.py"), str(folder), out]
            figures[name] = json.loads(subprocess.run(score, check=True, capture_output=True, text=True).stdout)
            found = scorer.read_package(out)
            errors[name] = error_kinds(scorer, gold, texts, found, quote_rows(Path(out)))
    return "\n".join([*introduction(), *figure_tables(figures), *error_tables(errors)]) + "\n", figures


def dev_figures(figures: dict[str, Row]) -> str:
    kept = {"articles", *(column for columns in FIGURES.values() for column in columns)}
    sets = {name: {key: row[key] for key in row if key in kept} for name, row in figures.items() if name.endswith("-dev")}
    return json.dumps({"version": builder.__version__, "sets": sets}, indent=2) + "\n"


def load_scorer(path: Path) -> ModuleType:
    spec = spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path}: not a Python file")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


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
        if "quotes" in row:
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
        if best is None or overlap < 0.8:
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


def introduction() -> list[str]:
    return [
        "# Accuracy",
        "",
        f"Version {builder.__version__}. Made by `benchmarks/accuracy.py`; every figure is what the sets' own scorer prints.",
        "",
        "The sets are public corpora that nobody of this project wrote: PolNeAR (quotes; US political news of 2016), half of",
        "TimeBank and AQUAINT (dates), CoNLL-2003 and CrossNER politics (names). Rules and weights were tuned on the train sets;",
        "the dev sets measure, with two exceptions: dates have no train set, so `dates-dev` was read as rules were written; and",
        "which of several trained variants and rules for names and quotes to keep was decided partly by figures of the dev sets.",
        "So all these are upper estimates. Figures of train sets only show how far the weights remember them.",
        "",
    ]


def figure_tables(figures: dict[str, Row]) -> Iterator[str]:
    for columns in FIGURES.values():
        rows = {name: row for name, row in figures.items() if columns[0] in row}
        yield f"| set | articles | {' | '.join(column.replace('_', ' ') for column in columns)} |"
        yield f"|---|---|{'---|' * len(columns)}"
        for name, row in rows.items():
            yield f"| {name} | {row['articles']} | {' | '.join(format(row[column], '.3f') for column in columns)} |"
        yield ""


def error_tables(errors: dict[str, Counter[str]]) -> Iterator[str]:
    yield "## Kinds of error on the dev sets"
    yield ""
    by_count: Callable[[tuple[str, int]], tuple[int, str]] = lambda item: (-item[1], item[0])  # noqa: E731
    for name, kinds in errors.items():
        if not name.endswith("-dev"):
            continue
        yield f"| {name} | count |"
        yield "|---|---|"
        yield from (f"| {kind} | {count} |" for kind, count in sorted(kinds.items(), key=by_count))
        yield ""


if __name__ == "__main__":
    main()
