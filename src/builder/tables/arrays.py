"""Arrow arrays from Python values, and masks and numbers from Arrow arrays, buffer by buffer.

``pa.array`` and ``to_numpy`` would do the same, but they import pandas, which costs a build more than a second of text.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Mask = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]

_EPOCH = date(1970, 1, 1).toordinal()
_SHORT = 32
"""Bytes of strings that are quicker cut byte by byte than one by one, on average."""


def to_array(values: Sequence[Any], type: pa.DataType) -> pa.Array:
    """Strings, numbers or days, None where there is none, as an array of ``type``."""
    given = np.array([value is not None for value in values], np.bool_) if None in values else None
    if type == pa.string():
        return _strings(values, given)
    if type == pa.int64():
        return integers(np.array([value or 0 for value in values], np.int64), given)
    if type == pa.float64():
        return pa.Array.from_buffers(
            type, len(values), [_validity(given), _buffer(np.array([v or 0 for v in values], np.float64))]
        )
    days = [0 if value is None else value.toordinal() - _EPOCH for value in values]
    return pa.Array.from_buffers(type, len(values), [_validity(given), _buffer(np.array(days, np.int32))])


def strings(values: Sequence[str]) -> pa.Array:
    return to_array(values, pa.string())


def integers(values: Ints, given: Mask | None = None) -> pa.Array:
    """Null where they are not ``given``."""
    return pa.Array.from_buffers(pa.int64(), len(values), [_validity(given), _buffer(np.ascontiguousarray(values, np.int64))])


def joined(left: pa.Array, between: str, right: pa.Array) -> pa.Array:
    """Strings from those of two arrays, or the numbers of the second; null where one of them is."""
    return pc.binary_join_element_wise(left, right.cast(pa.string()), strings([between])[0])


def cut(content: bytes, starts: Ints, ends: Ints, given: Mask) -> pa.Array:
    """Strings from ``starts`` to ``ends`` of UTF-8, null where they are not ``given``; both must be 0 there."""
    lengths = ends - starts
    offsets = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=offsets[1:])
    if offsets[-1] <= _SHORT * len(lengths):
        places = np.repeat(starts - offsets[:-1], lengths) + np.arange(offsets[-1])
        pieces = _buffer(np.frombuffer(content, np.uint8)[places])
    else:
        pieces = pa.py_buffer(b"".join([content[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]))
    return pa.Array.from_buffers(pa.string(), len(lengths), [_validity(given), _buffer(offsets.astype(np.int32)), pieces])


def as_mask(values: pa.Array) -> Mask:
    """Booleans; null counts as false."""
    mask = _bits(values, 1)
    return mask & _bits(values, 0) if values.null_count else mask


def has_value(values: pa.Array) -> Mask:
    """False where there is null."""
    return _bits(values, 0) if values.null_count else np.ones(len(values), np.bool_)


def as_integers(values: pa.Array, missing: int = 0) -> Ints:
    """Whole numbers of any width; null becomes ``missing``."""
    if not len(values):
        return np.empty(0, np.int64)
    stored = np.frombuffer(values.buffers()[1], f"i{values.type.bit_width // 8}")
    numbers = stored[values.offset : values.offset + len(values)].astype(np.int64)
    return np.where(_bits(values, 0), numbers, missing) if values.null_count else numbers


def as_utf8(values: pa.Array) -> tuple[Ints, Bytes]:
    """Offsets and bytes of a string array; offsets count from the first byte returned."""
    _, offset_buffer, data = values.buffers()
    if not len(values) or data is None:
        return np.zeros(len(values) + 1, np.int64), np.empty(0, np.uint8)
    offsets = np.frombuffer(offset_buffer, np.int32)[values.offset : values.offset + len(values) + 1].astype(np.int64)
    return offsets - offsets[0], np.frombuffer(data, np.uint8)[offsets[0] : offsets[-1]]


def _bits(values: pa.Array, buffer: int) -> Mask:
    if not len(values):
        return np.empty(0, np.bool_)
    bits = np.unpackbits(np.frombuffer(values.buffers()[buffer], np.uint8), bitorder="little")
    return bits[values.offset : values.offset + len(values)].astype(np.bool_)


def continuations(content: Bytes) -> Ints:
    """For each byte of UTF-8 that continues a code point, the number of that code point."""
    places = np.flatnonzero((content & 0xC0) == 0x80)
    return places - np.arange(1, len(places) + 1)


def byte_places(continuations: Ints, places: Ints) -> Ints:
    """Where the code points at ``places`` begin; the place after the last one is the end."""
    return places + np.searchsorted(continuations, places)


def _strings(values: Sequence[Any], given: Mask | None) -> pa.Array:
    if given is not None:
        values = ["" if value is None else value for value in values]
    content = "".join(values).encode("utf-8")
    offsets = np.zeros(len(values) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, values), np.int64, len(values)), out=offsets[1:])
    if offsets[-1] < len(content):
        offsets = byte_places(continuations(np.frombuffer(content, np.uint8)), offsets)
    return pa.Array.from_buffers(
        pa.string(), len(values), [_validity(given), _buffer(offsets.astype(np.int32)), pa.py_buffer(content)]
    )


def _validity(given: Mask | None) -> pa.Buffer | None:
    return None if given is None or given.all() else _buffer(np.packbits(given, bitorder="little"))


def _buffer(values: npt.NDArray[Any]) -> pa.Buffer:
    return pa.py_buffer(values)
