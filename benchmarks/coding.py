#!/usr/bin/env python3
"""What people's decisions cost a build: with them, and again after one more.

    coding.py ARTICLES.jsonl [--number 10000] [--decisions 100000] [--characters 2000]

The articles are repeated under new identifiers, as benchmarks/scale.py does. Two coders accept the first rows of each article, in
turns. Figures are of one run on one machine; ratios of CPU seconds are what to look at.
"""

import argparse
import json
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from scale import Measured, build, write_corpus

from builder.coding.templates import templates
from builder.coding.view import View
from builder.publish.package import read_package
from builder.publish.reviewed import machine_parts


def rows_to_judge(package: Path, each: int) -> Iterator[dict[str, object]]:
    """The first rows of each article, as a coder is shown them."""
    for tables in machine_parts(read_package(package)):
        view = View(tables)
        for article_id in view.article_ids:
            yield from (template for _, template in islice(templates(view, article_id), each))


def judge(folder: Path, rows: Iterator[dict[str, object]]) -> int:
    coding = folder / "with" / "coding"
    coding.mkdir(parents=True)
    count = 0
    with (coding / "ada.jsonl").open("w", encoding="utf-8") as ada, (coding / "ben.jsonl").open("w", encoding="utf-8") as ben:
        for count, row in enumerate(rows, 1):
            name, file = ("ada", ada) if count % 2 else ("ben", ben)
            decision = {"id": f"{name}.{count}", "coder": name, "verdict": "accept", **row}
            file.write(json.dumps(decision, ensure_ascii=False) + "\n")
    return count


def one_more(folder: Path) -> None:
    """A third coder's verdict on the row that stands in the middle of the first one's."""
    lines = (folder / "with" / "coding" / "ada.jsonl").read_text(encoding="utf-8").splitlines()
    line = json.loads(lines[len(lines) // 2]) | {"id": "cleo.1", "coder": "cleo"}
    (folder / "with" / "coding" / "cleo.jsonl").write_text(json.dumps(line, ensure_ascii=False) + "\n", encoding="utf-8")


def compared(whole: Measured, other: Measured) -> str:
    return f"{other}; {other.over(whole)} of the build without decisions"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--number", type=int, default=10_000, help="articles")
    parser.add_argument("--decisions", type=int, default=100_000)
    parser.add_argument("--characters", type=int, default=2_000, help="most characters of an article")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_corpus(folder, arguments, arguments.number)
        without = build(folder, "without", "--jobs", "1")
        print(f"  without decisions {without}", flush=True)
        build(folder, "with", "--jobs", "1")
        count = judge(folder, rows_to_judge(folder / "without", arguments.decisions // arguments.number))
        again = build(folder, "without", "--jobs", "1")
        print(f"  nothing changed   {compared(without, again)}", flush=True)
        merged = build(folder, "with", "--jobs", "1")
        print(f"  {count:,} decisions {compared(without, merged)}", flush=True)
        one_more(folder)
        print(f"  one decision more {compared(without, build(folder, 'with', '--jobs', '1'))}", flush=True)


if __name__ == "__main__":
    main()
