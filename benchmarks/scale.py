#!/usr/bin/env python3
"""How a build grows with the number of articles, and what is spared by a second core, by resuming and by building again.

    scale.py ARTICLES.jsonl [--numbers 1000 10000 100000] [--compare 10000] [--characters N]

The articles are repeated under new identifiers, each cut to ``--characters`` if that is given. Every figure is of one run on one
machine; ratios are what to look at, in CPU seconds where other programs run beside.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple


class Measured(NamedTuple):
    """Of the command's own process: ``cpu_seconds`` and the most ``megabytes`` that it held do not count those of workers."""

    seconds: float
    cpu_seconds: float
    megabytes: int

    def __str__(self) -> str:
        return f"{self.seconds:8.1f} s, {self.cpu_seconds:8.1f} CPU s, {self.megabytes} MB"

    def over(self, other: "Measured") -> str:
        return f"{self.seconds / other.seconds:.3f} (CPU {self.cpu_seconds / other.cpu_seconds:.3f})"


def run(folder: Path, module: str, *arguments: str) -> Measured:
    started = time.perf_counter()
    process = start(folder, module, *arguments)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{module} {' '.join(arguments)}: status {status}")
    return Measured(time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024)


def start(folder: Path, module: str, *arguments: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def build(folder: Path, out: str, *options: str) -> Measured:
    return run(folder, "builder", "build", "corpus.jsonl", "--out", out, *options)


def killed(folder: Path, after: float, *arguments: str) -> None:
    process = start(folder, "builder", *arguments)
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait()


def repeated(source: Path, number: int, characters: int | None) -> Iterator[str]:
    articles = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    for count, article in enumerate(islice(cycle(articles), number)):
        fields = {**article, "article_id": f"a{count}", "text": article["text"][:characters]}
        yield json.dumps(fields, ensure_ascii=False) + "\n"


def write_corpus(folder: Path, arguments: argparse.Namespace, number: int) -> None:
    with (folder / "corpus.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(repeated(arguments.articles, number, arguments.characters))
    print(f"{number:,} articles, {(folder / 'corpus.jsonl').stat().st_size / 1e6:.1f} MB", flush=True)


def change_one(corpus: Path) -> None:
    """A sentence more in the article in the middle."""
    lines = corpus.read_text(encoding="utf-8").splitlines(keepends=True)
    article = json.loads(lines[len(lines) // 2])
    article["text"] += "\nOne more sentence, she said on Monday, was “to be added”."
    lines[len(lines) // 2] = json.dumps(article, ensure_ascii=False) + "\n"
    corpus.write_text("".join(lines), encoding="utf-8")


def grow(folder: Path, arguments: argparse.Namespace, number: int) -> None:
    write_corpus(folder, arguments, number)
    whole = build(folder, "package", "--jobs", "1")
    print(f"  build    {whole}; {1000 * whole.cpu_seconds / number:.2f} CPU ms an article", flush=True)
    print(f"  validate {run(folder, 'builder', 'validate', 'package')}", flush=True)


def compare(folder: Path, arguments: argparse.Namespace, number: int) -> None:
    write_corpus(folder, arguments, number)
    one, two = build(folder, "one", "--jobs", "1"), build(folder, "two", "--jobs", "2")
    print(f"  one core     {one}\n  two cores    {two}; {one.seconds / two.seconds:.2f} times as fast", flush=True)
    killed(folder, one.seconds / 2, "build", "corpus.jsonl", "--out", "resumed", "--jobs", "1")
    print(f"  resumed after a kill at half time: {build(folder, 'resumed', '--jobs', '1').over(one)} of the whole", flush=True)
    change_one(folder / "corpus.jsonl")
    print(f"  one article changed: {build(folder, 'one', '--jobs', '1').over(one)} of the whole", flush=True)
    build(folder, "one", "--csv")
    ours, theirs = run(folder, "builder", "validate", "one"), run(folder, "frictionless", "validate", "one/datapackage.json")
    print(f"  validate     {ours}\n  frictionless {theirs}; {theirs.over(ours)} times as long", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--numbers", type=int, nargs="*", default=[1000, 10_000, 100_000], help="articles to grow to")
    parser.add_argument("--compare", type=int, default=10_000, help="articles for the ratios; 0 for none")
    parser.add_argument("--characters", type=int, help="most characters of an article")
    arguments = parser.parse_args()
    for measure, numbers in ((grow, arguments.numbers), (compare, [arguments.compare] if arguments.compare else [])):
        for number in numbers:
            with tempfile.TemporaryDirectory() as folder:
                measure(Path(folder), arguments, number)


if __name__ == "__main__":
    main()
