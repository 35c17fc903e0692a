"""Runs the examples that stand beside the rules, and holds each rule to a hit and a near miss."""

import importlib
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import pyarrow as pa
import pytest
import yaml
from rows import extracted

from builder.text.article import Article, normalise

FEATURES = {
    "dates": ("dates",),
    "quotes": ("quotes",),
    "agencies": ("agencies",),
    "participants": ("participants", "affiliations"),
}
"""The tables in which a feature's examples are looked for; names are tested in test_names, resolution in test_resolution."""


@cache
def examples(feature: str) -> list[dict[str, Any]]:
    loaded = yaml.safe_load((files(f"builder.extraction.{feature}") / "examples.yaml").read_text(encoding="utf-8"))
    assert isinstance(loaded, list)
    return loaded


def cases() -> Iterator[Any]:
    for feature in FEATURES:
        for number, example in enumerate(examples(feature), 1):
            yield pytest.param(feature, example, id=f"{feature}-{number}")


def extract(example: dict[str, Any]) -> dict[str, pa.Table]:
    published = example.get("published")
    assert published is None or isinstance(published, date)
    return extracted([Article("example", normalise(example["text"]), published=published)])


@pytest.mark.parametrize(("feature", "example"), list(cases()))
def test_example(feature: str, example: dict[str, Any]) -> None:
    assert set(example) <= {"text", "published", "expect", "near"}, "a misspelt field would make the example empty"
    tables = extract(example)
    rows = [row for table in FEATURES[feature] for row in tables[table].to_pylist()]
    expected = example["expect"]
    if expected == "nothing":
        assert rows == []
        return
    assert expected, "an example that expects no row says 'nothing'"
    shown = [{name: plain(row[name]) for name in want if name in row} for row, want in zip(rows, expected, strict=False)]
    assert shown == [{name: plain(value) for name, value in want.items()} for want in expected]
    assert len(rows) == len(expected), [row["text"] for row in rows]


def plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("feature", FEATURES)
def test_each_rule_has_a_hit_and_a_near_miss(feature: str) -> None:
    rules = set(importlib.import_module(f"builder.extraction.{feature}").RULES)
    hits = {
        want["rule"]
        for example in examples(feature)
        if example["expect"] != "nothing"
        for want in example["expect"]
        if "rule" in want
    }
    near = {rule for example in examples(feature) for rule in str(example.get("near", "")).replace(",", " ").split()}
    assert rules - hits == set(), "rules without a hit"
    assert rules - near == set(), "rules without a near miss"
    assert (hits | near) - rules == set(), "rules that do not exist"
