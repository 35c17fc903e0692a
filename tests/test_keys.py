import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.tables.keys import name_keys
from builder.text.slug import slug


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Mikhail Ulyanov", "mikhail-ulyanov"), ("U.S. State Department", "u-s-state-department"), ("Žižek", "zizek"), ("…", "")],
)
def test_slug(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_a_taken_name_adds_its_place() -> None:
    assert name_keys("a", [("Clinton", 3), ("Clinton", 90), ("Clinton 90", 120)]) == [
        "a.clinton",
        "a.clinton-90",
        "a.clinton-90-120",
    ]


def test_a_name_without_letters_is_named_by_its_place() -> None:
    assert name_keys("a", [("…", 3), ("…", 9)]) == ["a.at-3", "a.at-9"]


@given(st.lists(st.tuples(st.text(max_size=8), st.integers(0, 50)), max_size=20))
def test_keys_are_unique_and_well_formed(named: list[tuple[str, int]]) -> None:
    keys = name_keys("a-1", named)
    assert len(set(keys)) == len(named)
    assert all(re.fullmatch(r"a-1\.[a-z0-9][a-z0-9.-]*", key) for key in keys)
