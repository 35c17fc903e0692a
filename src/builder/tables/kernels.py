"""The compute functions of Arrow that a build needs.

``pyarrow.compute`` is the public place of ``call_function`` and of its options, but to import it makes three hundred documented
functions, which takes as long as a fifth of a megabyte of text; so they are taken from where it has them.
"""

from typing import Any

import pyarrow as pa
from pyarrow._compute import (
    CastOptions,
    JoinOptions,
    MatchSubstringOptions,
    SetLookupOptions,
    TakeOptions,
    call_function,
)


def take(rows: Any, places: pa.Array) -> Any:
    """The rows of an array or a table at ``places``; null where a place is null."""
    return call_function("take", [rows, places], TakeOptions(boundscheck=True))


def spelt(numbers: pa.Array) -> pa.Array:
    """Whole numbers as strings."""
    return call_function("cast", [numbers], CastOptions.safe(pa.string()))


def joined(left: pa.Array, right: pa.Array, between: pa.Scalar) -> pa.Array:
    """Strings of two arrays put together row by row; null where one of them is."""
    return call_function("binary_join_element_wise", [left, right, between], JoinOptions())


def is_in(values: pa.Array, choices: pa.Array) -> pa.Array:
    return call_function("is_in", [values], SetLookupOptions(choices, skip_nulls=False))


def index_in(values: pa.Array, keys: pa.Array) -> pa.Array:
    """The place of each value among the ``keys``; null for one that is not there."""
    return call_function("index_in", [values], SetLookupOptions(keys, skip_nulls=False))


def matches(values: pa.Array, pattern: str) -> pa.Array:
    """Whether the regular expression is found; null where there is no text."""
    return call_function("match_substring_regex", [values], MatchSubstringOptions(pattern))


def count_distinct(values: pa.Array) -> int:
    """How many different values there are, null being one."""
    return len(call_function("unique", [values]))


def code_points(texts: pa.Array) -> pa.Array:
    """How many each text has."""
    return call_function("utf8_length", [texts])
