"""Word lists as reviewable text, checked when they are loaded.

A word list is a UTF-8 file. Lines that start with ``#`` are comments; the first must be ``# source: ...``. In a ``.txt``
file every other line is one entry; in a ``.tsv`` file the first such line names the columns. Entries are unique and trimmed.
"""

from itertools import repeat
from pathlib import Path

from builder.errors import LexiconError


def _place(file: Path) -> str:
    return f"{file.parent.name}/{file.name}"


def _lines(file: Path) -> list[str]:
    """The lines that are no comments."""
    text = file.read_text(encoding="utf-8")
    raw = text.split("\n")
    if not raw[0].startswith("# source: "):
        raise LexiconError(f"{_place(file)}:1: the first line must be '# source: ...'")
    kept = [line for line in raw if line and line[0] != "#"]
    if "\r" in text or " \n" in text or "\n " in text or len(set(kept)) < len(kept):
        _refuse(file, raw)
    return kept


def _refuse(file: Path, lines: list[str]) -> None:
    seen: set[str] = set()
    for n, line in enumerate(lines, 1):
        if not line or line[0] == "#":
            continue
        if line != line.strip(" ") or "\r" in line:
            raise LexiconError(f"{_place(file)}:{n}: white space at the end or start of {line!r}")
        if line in seen:
            raise LexiconError(f"{_place(file)}:{n}: {line!r} stands twice")
        seen.add(line)


def entries(file: Path) -> frozenset[str]:
    """The entries of a ``.txt`` file. Raises LexiconError with file and line."""
    return frozenset(_lines(file))


def columns(file: Path) -> dict[str, list[str]]:
    """The cells of a ``.tsv`` file by column name, each column from top to bottom. Raises LexiconError with file and line."""
    head, *body = _lines(file)
    names = head.split("\t")
    tabs = list(map(str.count, body, repeat("\t")))
    if tabs.count(len(names) - 1) < len(tabs):
        line, count = next((line, count) for line, count in zip(body, tabs, strict=True) if count != len(names) - 1)
        n = file.read_text(encoding="utf-8").split("\n").index(line) + 1
        raise LexiconError(f"{_place(file)}:{n}: {count + 1} cells where the header has {len(names)}")
    cells = "\t".join(body).split("\t") if body else []
    return {name: cells[at :: len(names)] for at, name in enumerate(names)}


def rows(file: Path) -> tuple[dict[str, str], ...]:
    """The rows of a ``.tsv`` file as dicts by column name; an empty cell is ''. Raises LexiconError with file and line."""
    by_name = columns(file)
    return tuple(dict(zip(by_name, cells, strict=True)) for cells in zip(*by_name.values(), strict=True))
