from datetime import date
from itertools import pairwise

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.tables.arrays import as_integers, as_mask, as_utf8, to_array

VALUES = {
    pa.string(): st.text(st.characters(exclude_categories=["Cs"])),
    pa.int64(): st.integers(-(2**63), 2**63 - 1),
    pa.date32(): st.dates(date(1, 1, 1), date(9999, 12, 31)),
}


@pytest.mark.parametrize("type_", VALUES, ids=str)
@given(data=st.data())
def test_arrays_are_those_of_the_library(type_: pa.DataType, data: st.DataObject) -> None:
    values = data.draw(st.lists(st.none() | VALUES[type_]))
    array = to_array(values, type_)
    array.validate(full=True)
    assert array.to_pylist() == values


@given(st.lists(st.none() | st.booleans()), st.integers(0, 9))
def test_mask_of_a_slice(values: list[bool | None], start: int) -> None:
    assert as_mask(pa.array(values, pa.bool_())[start:]).tolist() == [bool(value) for value in values[start:]]


@given(st.lists(st.none() | st.integers(-9, 9)), st.integers(0, 9))
def test_integers_of_a_slice(values: list[int | None], start: int) -> None:
    for type_ in (pa.int64(), pa.int32()):
        expected = [-1 if value is None else value for value in values[start:]]
        assert as_integers(pa.array(values, type_)[start:], missing=-1).tolist() == expected


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))), st.integers(0, 9))
def test_bytes_of_a_slice(values: list[str], start: int) -> None:
    offsets, content = as_utf8(pa.array(values, pa.string())[start:])
    raw = content.tobytes()
    assert [raw[a:b].decode() for a, b in pairwise(offsets)] == values[start:]
