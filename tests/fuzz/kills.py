"""Builds that are killed at random moments, beside a reader that must never see a mixture.

    python tests/fuzz/kills.py --kills 1000 [--seed 1] [--builders 2] [--beside]

Two corpora are built into one folder in turn. After each kill the package that stands there must be one of the two, whole; all
the while another process calls ``builder.load`` and ``builder validate``, neither of which may fail or see rows of both. With
``--beside`` the folder holds a file of somebody else too, so that it is not replaced as a whole: then the files beside the data
may be behind until the next build, and it is ``builder.load`` alone that must always give one package.
"""

import argparse
import hashlib
import json
import os
import random
import signal
import sys
import tempfile
import time
from contextlib import redirect_stderr, redirect_stdout, suppress
from io import StringIO
from pathlib import Path

import builder
from builder.errors import BuilderError
from builder.validate.findings import errors
from builder.validate.package import validate_package

SEEDS = (Path(__file__).parent / "invented.txt").read_text(encoding="utf-8").split("\n====\n")


def write_corpus(path: Path, articles: int) -> None:
    """The articles of the two corpora have other words and other identifiers; only their number tells which one it is."""
    rows = [{"article_id": f"c{articles}-{n}", "text": f"{SEEDS[n]}\nNumber {articles}."} for n in range(articles)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def build(sources: Path, package: Path) -> None:
    """In a process that may be killed; a second builder is refused, which is right."""
    with suppress(BuilderError), redirect_stderr(StringIO()), redirect_stdout(StringIO()):
        builder.build([sources], package)


def forked(call: object, *arguments: object) -> int:
    process = os.fork()
    if process == 0:
        code = 1
        try:
            call(*arguments)  # type: ignore[operator]
            code = 0
        finally:
            os._exit(code)
    return process


def read(package: Path) -> str | None:
    """What is wrong with what a reader sees."""
    frames = builder.load(package)
    owners = {key.rpartition("-")[0] for name in frames if "article_id" in frames[name] for key in frames[name]["article_id"]}
    if len(owners) != 1 or f"c{len(frames['articles'])}" not in owners:
        return f"a mixture: {sorted(owners)}"
    return None


def read_on(package: Path, beside: bool) -> None:
    """Until it is killed; a failure ends the process with code 1."""
    while True:
        wrong = read(package)
        if not beside and not wrong and (found := errors(validate_package(package))):
            wrong = str(found[0])
        if wrong:
            print("reader:", wrong, flush=True)
            os._exit(1)


def whole(package: Path) -> str | None:
    """Whether every file has the sum that is listed for it, and no other is there."""
    sums = dict(reversed(line.split("  ", 1)) for line in (package / "SHA256SUMS").read_text().splitlines())
    for name, digest in sums.items():
        if hashlib.sha256((package / name).read_bytes()).hexdigest() != digest:
            return f"after a kill: {name} is another"
    there = {path.relative_to(package).as_posix() for path in package.rglob("*") if path.is_file()}
    stray = {name for name in there - sums.keys() if not name.startswith(".builder/")} - {"SHA256SUMS"}
    return f"after a kill: {stray} too many" if stray else None


def run(wanted: argparse.Namespace, folder: Path) -> int:
    package, dice, failures = folder / "package", random.Random(wanted.seed), 0
    corpora = [folder / "five.jsonl", folder / "six.jsonl"]
    for corpus, articles in zip(corpora, (5, 6), strict=True):
        write_corpus(corpus, articles)
    build(corpora[0], package)
    started = time.monotonic()
    build(corpora[1], package)
    usual = time.monotonic() - started
    if wanted.beside:
        (package / "notes.txt").write_text("mine")
    reader = forked(read_on, package, wanted.beside)
    for number in range(wanted.kills):
        builders = [forked(build, corpora[(number + n) % 2], package) for n in range(wanted.builders)]
        time.sleep(dice.uniform(0, 1.5 * wanted.builders * usual))
        for process in builders:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
        wrong = read(package) if wanted.beside else read(package) or whole(package)
        if os.waitpid(reader, os.WNOHANG)[0]:
            wrong, reader = wrong or "the reader failed", forked(read_on, package, wanted.beside)
        if wrong:
            failures += 1
            print(f"kill {number}: {wrong}", flush=True)
    os.kill(reader, signal.SIGKILL)
    os.waitpid(reader, 0)
    build(corpora[0], package)
    left = sorted(path.name for path in folder.iterdir() if path.name not in ("package", "five.jsonl", "six.jsonl"))
    if read(package) or left:
        failures += 1
        print(f"after all: {read(package)}, left {left}")
    return failures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--builders", type=int, default=1)
    parser.add_argument("--beside", action="store_true")
    wanted = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        failures = run(wanted, Path(folder))
    where = "beside another file" if wanted.beside else "in a folder of its own"
    print(
        f"{wanted.kills:,} kills of {wanted.builders} at once, {where}: {failures} failures, {time.monotonic() - started:.0f} s"
    )
    sys.exit(failures > 0)


if __name__ == "__main__":
    main()
