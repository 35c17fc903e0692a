"""Word lists as reviewable text, checked when they are loaded.

A lexicon is a UTF-8 file here. Lines that start with ``#`` are comments; the first must be ``# source: ...``. In a ``.txt``
file every other line is one entry; in a ``.tsv`` file the first such line names the columns. Entries are unique and trimmed.
"""

from functools import cache
from importlib.resources import files

from builder.errors import LexiconError


def _lines(file: str) -> list[tuple[int, str]]:
    """Number and text of each line that is no comment."""
    text = (files(__name__) / file).read_text(encoding="utf-8")
    raw = text.split("\n")
    if not raw[0].startswith("# source: "):
        raise LexiconError(f"lexicon/{file}:1: the first line must be '# source: ...'")
    kept = [(n, line) for n, line in enumerate(raw, 1) if line and line[0] != "#"]
    if "\r" in text or " \n" in text or "\n " in text or len({line for _, line in kept}) < len(kept):
        _refuse(file, kept)
    return kept


def _refuse(file: str, lines: list[tuple[int, str]]) -> None:
    seen: set[str] = set()
    for n, line in lines:
        if line != line.strip(" ") or "\r" in line:
            raise LexiconError(f"lexicon/{file}:{n}: white space at the end or start of {line!r}")
        if line in seen:
            raise LexiconError(f"lexicon/{file}:{n}: {line!r} stands twice")
        seen.add(line)


@cache
def entries(file: str) -> frozenset[str]:
    """The entries of a ``.txt`` lexicon. Raises LexiconError with file and line."""
    return frozenset(line for _, line in _lines(file))


@cache
def rows(file: str) -> tuple[dict[str, str], ...]:
    """The rows of a ``.tsv`` lexicon as dicts by column name; an empty cell is ''. Raises LexiconError with file and line."""
    (_, head), *body = _lines(file)
    names = head.split("\t")
    for n, line in body:
        if line.count("\t") != len(names) - 1:
            raise LexiconError(f"lexicon/{file}:{n}: {line.count(chr(9)) + 1} cells where the header has {len(names)}")
    return tuple(dict(zip(names, line.split("\t"), strict=True)) for _, line in body)
