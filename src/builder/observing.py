"""What a build says on stderr while it runs: lines for people, with a progress bar on a terminal, or JSON for programs."""

import json
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from builder.text.printable import printable

if TYPE_CHECKING:
    from rich.progress import Progress

    from builder.pipeline import Build
    from builder.reading.rejects import Reject

_MOST_LINES = 10


class LogFormat(StrEnum):
    text = "text"
    json = "json"


class TextObserver:
    """The first rejects and undated articles by name, the others by number."""

    def __init__(self, bar: "Progress | None" = None, total_bytes: int = 0) -> None:
        self._bar = bar
        self._task = bar.add_task("reading", total=total_bytes or None) if bar else None
        self._started = time.monotonic()
        self._notes = 0

    def stage(self, name: str) -> None:
        if self._bar and self._task is not None:
            self._bar.update(self._task, description=name)

    def shard(self, articles: int, characters: int, read_bytes: int) -> None:
        if self._bar and self._task is not None:
            rate = articles / max(time.monotonic() - self._started, 1e-9)
            self._bar.update(self._task, advance=read_bytes, description=f"{articles:,} articles, {rate:,.0f} a second")

    def reject(self, reject: "Reject") -> None:
        """Said at the end: where nothing is published, the error says it."""

    def note(self, source: str, note: str) -> None:
        self._notes += 1
        if self._notes <= _MOST_LINES:
            _say(f"{source}: {note}")

    def done(self, build: "Build") -> None:
        rejects = build.corpus.rejects
        for reject in rejects[:_MOST_LINES]:
            _say(f"rejected: {reject}")
        if len(rejects) > _MOST_LINES:
            _say(f"... and {len(rejects) - _MOST_LINES:,} more; all are in the table rejects")
        if self._notes > _MOST_LINES:
            _say(f"... and {self._notes - _MOST_LINES:,} more files of which something was assumed")
        for run, rows, rejected in build.coded.imported() if build.coded else ():
            _say(f"import:{run}: {rows:,} rows, {rejected:,} rejected" + ("; they are in the table rejects" if rejected else ""))
        undated = build.corpus.first_undated
        for article_id in undated:
            _say(f"{article_id}: no publication date, so its relative dates stay unresolved")
        if build.corpus.undated > len(undated):
            _say(f"... and {build.corpus.undated - len(undated):,} more articles without a date")


class JsonObserver:
    """One JSON object a line."""

    def __init__(self, total_bytes: int) -> None:
        self._total = total_bytes
        self._read = 0
        self._started = time.monotonic()

    def stage(self, name: str) -> None:
        _log("stage", name=name)

    def shard(self, articles: int, characters: int, read_bytes: int) -> None:
        self._read += read_bytes
        seconds = max(time.monotonic() - self._started, 1e-9)
        left = seconds * max(self._total - self._read, 0) / self._read if self._read else None
        _log(
            "progress",
            articles=articles,
            characters=characters,
            articles_per_second=round(articles / seconds, 1),
            seconds_left=None if left is None else round(left, 1),
        )

    def reject(self, reject: "Reject") -> None:
        _log("reject", **reject._asdict())

    def note(self, source: str, note: str) -> None:
        _log("note", source=source, note=note)

    def done(self, build: "Build") -> None:
        _log("done", **{name: value for name, value in build.report().items() if name != "rejects"})


@contextmanager
def observing(log_format: LogFormat, paths: Sequence[Path]) -> Iterator[TextObserver | JsonObserver]:
    if log_format is LogFormat.json:
        yield JsonObserver(_total_bytes(paths))
    elif sys.stderr.isatty():
        with _bar() as bar:
            yield TextObserver(bar, _total_bytes(paths))
    else:
        yield TextObserver()


@contextmanager
def _bar() -> "Iterator[Progress]":
    from rich.console import Console  # noqa: PLC0415 (slow to import, and only a terminal needs it)
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield bar


def _total_bytes(paths: Sequence[Path]) -> int:
    """What there is to read, as far as sizes on disk tell."""
    with suppress(OSError):
        files = (file for path in paths for file in (path.rglob("*") if path.is_dir() else [path]))
        return sum(file.stat().st_size for file in files if file.is_file())
    return 0


def _log(event: str, **values: Any) -> None:
    _say(json.dumps({"event": event, **values}, ensure_ascii=False))


def _say(line: str) -> None:
    print(printable(line.replace("\n", " ")), file=sys.stderr)
