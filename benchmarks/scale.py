#!/usr/bin/env python3
"""How a build grows with the number of articles: seconds an article, memory, cores, resuming, rebuilding, validating.

    scale.py ARTICLES.jsonl [NUMBER ...]      numbers of articles, by default 1000 and 10000

The articles are repeated under new identifiers. Every figure is of this run on this machine; ratios are what to look at.
"""

import json
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

MEASURED = """
import resource, sys
from builder.cli import app
try:
    app(sys.argv[1:], standalone_mode=False)
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, file=open("memory", "w"))
"""


class Measured(NamedTuple):
    seconds: float
    parent_megabytes: int


def repeated(source: Path, number: int) -> Iterator[str]:
    articles = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    for count, article in enumerate(islice(cycle(articles), number)):
        yield json.dumps({**article, "article_id": f"a{count}"}, ensure_ascii=False) + "\n"


def run(folder: Path, *arguments: str) -> Measured:
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", MEASURED, *arguments], cwd=folder, check=True, capture_output=True)
    return Measured(time.perf_counter() - started, int((folder / "memory").read_text()))


def build(folder: Path, out: str, *options: str) -> Measured:
    return run(folder, "build", "corpus.jsonl", "--out", out, *options)


def killed(folder: Path, after: float) -> None:
    command = [sys.executable, "-m", "builder", "build", "corpus.jsonl", "--out", "resumed"]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait()


def measure(source: Path, number: int, folder: Path) -> None:
    corpus = folder / "corpus.jsonl"
    corpus.write_text("".join(repeated(source, number)), encoding="utf-8")
    megabytes = corpus.stat().st_size / 1e6
    one, two = build(folder, "one", "--jobs", "1"), build(folder, "two", "--jobs", "2")
    print(f"{number} articles, {megabytes:.1f} MB")
    print(f"  one core: {one.seconds:.1f} s, {1000 * one.seconds / number:.2f} ms an article, {one.parent_megabytes} MB")
    print(f"  two cores: {two.seconds:.1f} s, {one.seconds / two.seconds:.2f} times as fast, {two.parent_megabytes} MB")
    killed(folder, two.seconds / 2)
    print(f"  resumed after a kill at half time: {build(folder, 'resumed').seconds / two.seconds:.2f} of the whole")
    with corpus.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"article_id": "added", "text": "One more article, said “to be added”."}) + "\n")
    print(f"  with one more article: {build(folder, 'two').seconds / two.seconds:.3f} of the whole")
    validated = run(folder, "validate", "two", "--no-frictionless")
    print(f"  validated: {validated.seconds:.1f} s, {validated.parent_megabytes} MB")
    for name in ("one", "two", "resumed"):
        shutil.rmtree(folder / name)


def main() -> None:
    source, numbers = Path(sys.argv[1]), [int(number) for number in sys.argv[2:]] or [1000, 10_000]
    for number in numbers:
        with tempfile.TemporaryDirectory() as folder:
            measure(source, number, Path(folder))


if __name__ == "__main__":
    main()
