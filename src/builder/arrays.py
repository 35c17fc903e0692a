"""Arrow arrays from Python values, and masks and numbers from Arrow arrays, buffer by buffer.

``pa.array`` and ``to_numpy`` would do the same, but they import pandas, which costs a build more than a second of text.
"""

from collections.abc import Sequence
from datetime import date
from itertools import repeat
from operator import is_not
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Mask = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

_EPOCH = date(1970, 1, 1).toordinal()


def to_array(values: Sequence[Any], type: pa.DataType) -> pa.Array:
    """Strings, whole numbers or days, None where there is none, as an array of ``type``."""
    valid = np.fromiter(map(is_not, values, repeat(None)), np.bool_, len(values)) if None in values else None
    if type == pa.string():
        data = _string_buffers(values if valid is None else ["" if value is None else value for value in values])
    elif type == pa.int64():
        data = [_buffer(np.fromiter(values if valid is None else [value or 0 for value in values], np.int64, len(values)))]
    else:
        days = [0 if value is None else value.toordinal() - _EPOCH for value in values]
        data = [_buffer(np.fromiter(days, np.int32, len(values)))]
    validity = None if valid is None else _buffer(np.packbits(valid, bitorder="little"))
    return pa.Array.from_buffers(type, len(values), [validity, *data])


def strings(values: Sequence[str]) -> pa.Array:
    return to_array(values, pa.string())


def integers(values: Ints) -> pa.Array:
    return pa.Array.from_buffers(pa.int64(), len(values), [None, _buffer(values)])


def as_mask(values: pa.Array) -> Mask:
    """Booleans; null counts as false."""
    mask = _bits(values, 1)
    return mask & _bits(values, 0) if values.null_count else mask


def as_integers(values: pa.Array, missing: int = 0) -> Ints:
    """Whole numbers of any width; null becomes ``missing``."""
    if not len(values):
        return np.empty(0, np.int64)
    stored = np.frombuffer(values.buffers()[1], f"i{values.type.bit_width // 8}")
    numbers = stored[values.offset : values.offset + len(values)].astype(np.int64)
    return np.where(_bits(values, 0), numbers, missing) if values.null_count else numbers


def as_utf8(values: pa.Array) -> tuple[Ints, npt.NDArray[np.uint8]]:
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


def _string_buffers(values: Sequence[str]) -> list[pa.Buffer]:
    content = "".join(values).encode("utf-8")
    offsets = np.zeros(len(values) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, values), np.int64, len(values)), out=offsets[1:])
    if offsets[-1] < len(content):
        offsets = _byte_places(content, offsets)
    return [_buffer(offsets.astype(np.int32)), pa.py_buffer(content)]


def _byte_places(content: bytes, places: Ints) -> Ints:
    """Where in UTF-8 the code points at ``places`` begin; the place after the last one is the end."""
    begins = np.flatnonzero((np.frombuffer(content, np.uint8) & 0xC0) != 0x80)
    found = np.full(len(places), len(content), np.int64)
    inside = places < len(begins)
    found[inside] = begins[places[inside]]
    return found


def _buffer(values: npt.NDArray[Any]) -> pa.Buffer:
    return pa.py_buffer(values)
