"""The lexicons in this folder: word lists that a reader can review; :mod:`builder.text.word_list` says how they are written."""

from functools import cache
from pathlib import Path

from builder.text import word_list

_FOLDER = Path(__file__).parent


@cache
def entries(file: str) -> frozenset[str]:
    """The entries of a ``.txt`` lexicon. Raises LexiconError with file and line."""
    return word_list.entries(_FOLDER / file)


@cache
def columns(file: str) -> dict[str, list[str]]:
    """The cells of a ``.tsv`` lexicon by column name, each column from top to bottom. Raises LexiconError with file and line."""
    return word_list.columns(_FOLDER / file)


@cache
def rows(file: str) -> tuple[dict[str, str], ...]:
    """The rows of a ``.tsv`` lexicon as dicts by column name; an empty cell is ''. Raises LexiconError with file and line."""
    return word_list.rows(_FOLDER / file)
