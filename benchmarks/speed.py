"""Text per CPU second of the whole build, beside what a user would pick instead, in one run on one core.

    python benchmarks/speed.py ARTICLES.jsonl [--rounds 3] [--others 40]

Every contestant runs in a process of its own, start-up and imports included, and is charged the CPU seconds of that process:
the whole build (read, extract, check, write CSV and Parquet, read back), a bare tokenising pass over the same text, and, where
they are installed, spaCy's small English model with textacy's quotations and dateparser (on the first ``--others`` articles).
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

TOKENS = r"""
import json, re, sys
for line in open(sys.argv[1], encoding="utf-8"):
    re.findall(r"\w+|[^\w\s]", json.loads(line)["text"])
"""

PIPELINE = """
import json, sys
import spacy, textacy.extract
from dateparser.search import search_dates
pipeline = spacy.load("en_core_web_sm")
for line in open(sys.argv[1], encoding="utf-8"):
    text = json.loads(line)["text"]
    document = pipeline(text)
    names = [(entity.text, entity.label_) for entity in document.ents]
    try:
        quotes = list(textacy.extract.direct_quotations(document))
    except ValueError:
        quotes = []
    search_dates(text, languages=["en"])
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--others", type=int, default=40, help="articles given to the spaCy pipeline")
    arguments = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    lines = arguments.articles.read_bytes().splitlines(keepends=True)
    with tempfile.TemporaryDirectory() as folder:
        few = Path(folder) / "few.jsonl"
        few.write_bytes(b"".join(lines[: arguments.others]))
        build = [sys.executable, "-m", "builder", "build", str(arguments.articles), "--out"]
        rows = {
            "whole build": rate(lambda n: [*build, f"{folder}/package-{n}"], arguments.articles, arguments.rounds),
            "bare tokenising": rate(
                lambda _: [sys.executable, "-c", TOKENS, str(arguments.articles)], arguments.articles, arguments.rounds
            ),
        }
        if all(find_spec(module) for module in ("spacy", "textacy", "dateparser", "en_core_web_sm")):
            rows["spaCy + textacy + dateparser"] = rate(lambda _: [sys.executable, "-c", PIPELINE, str(few)], few, 1)
        else:
            print("spaCy, textacy, dateparser or en_core_web_sm is not installed: not measured")
    ours = rows["whole build"]
    print(f"{'':30} {'MB a CPU second':>16} {'whole build / this':>20}")
    for name, megabytes in rows.items():
        print(f"{name:30} {megabytes:16.3f} {ours / megabytes:20.3f}")


def rate(command: Callable[[int], list[str]], articles: Path, rounds: int) -> float:
    """Median megabytes (10^6 bytes of the file) per CPU second over ``rounds`` runs."""
    seconds = []
    for n in range(rounds):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command(n), check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    return articles.stat().st_size / 1e6 / statistics.median(seconds)


if __name__ == "__main__":
    main()
