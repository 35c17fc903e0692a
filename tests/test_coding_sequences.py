"""Whatever people decide, and however texts change in between: every decision stays, and one package comes of it."""

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from conftest import ARTICLE, contents, run_in
from decided import Coder, machine_view
from hypothesis import given, settings
from hypothesis import strategies as st

import builder
from builder.coding.templates import templates

STATUSES = {"applied", "not-needed", "conflict", "orphaned", "disputed", "superseded"}
OTHER_VALUES = {
    "participants": {"kind": "group"},
    "agencies": {"kind": "other"},
    "affiliations": {"relation": "member"},
    "quotes": {"kind": "partial"},
    "dates": {"type": "SET"},
    "mentions": {"form": "alias"},
}
FILLER = "and so on\n" * 30_000
"""With it each article is more than a shard."""
SOURCES = {"harbour": ARTICLE + FILLER, "pilots": ARTICLE.replace("Harbour", "Pilot").replace("Ada Lindqvist", "Bo Ek") + FILLER}
EDITS = (
    ("May 4", "Corrected: an earlier version was wrong.\n\nMay 4"),
    ("ten years", "twelve years"),
    ("“It was worth it.”", ""),
    ("Ministry of Transport", "Ministry of the Sea"),
    ("“It was worth it.”", "“It was worth it.” “It was worth it.”"),
)


class Judge(NamedTuple):
    coder: str
    row: int
    verdict: str


class Add(NamedTuple):
    coder: str
    words: str


class Change(NamedTuple):
    article: str
    edit: int


class Build(NamedTuple):
    """The package as it now is."""


CODERS = st.sampled_from(["ada", "ben", "zoe"])
STEPS = st.lists(
    st.one_of(
        st.builds(Judge, CODERS, st.integers(0, 40), st.sampled_from("accept wrong edit reject unsure undo done".split())),
        st.builds(Judge, CODERS, st.integers(0, 3), st.sampled_from("accept wrong edit reject".split())),
        st.builds(Add, CODERS, st.sampled_from(["treaty", "ten years", "reporters", "Monday, May 3"])),
        st.builds(Change, st.sampled_from(sorted(SOURCES)), st.integers(0, len(EDITS) - 1)),
        st.builds(Build),
    ),
    min_size=3,
    max_size=14,
)


def start(folder: Path) -> None:
    (folder / "sources").mkdir()
    for name, text in SOURCES.items():
        (folder / "sources" / f"{name}.txt").write_text(text, encoding="utf-8")


def judge(folder: Path, step: Judge) -> str:
    view = machine_view(folder)
    rows = [template for article_id in view.article_ids for _, template in templates(view, article_id)]
    row: dict[str, Any] = rows[step.row % len(rows)]
    more: dict[str, Any] = {}
    if step.verdict == "wrong":
        more["columns"] = [min(row["seen"])]
    elif step.verdict == "edit":
        more["set"] = OTHER_VALUES.get(row["table"], {"title": "Another title"})
    verdict = "unsure" if row["table"] == "articles" and step.verdict == "reject" else step.verdict
    return Coder(step.coder, folder).say({**row, "verdict": verdict, **more})


def add(folder: Path, step: Add) -> list[str]:
    try:
        return [Coder(step.coder, folder).add("dates", step.words, {"type": "DATE", "value": "PAST_REF"})]
    except ValueError:
        return []


def change(folder: Path, step: Change) -> None:
    path = folder / "sources" / f"{step.article}.txt"
    old, new = EDITS[step.edit]
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def rebuilt(folder: Path, said: Sequence[str], *options: str) -> None:
    """Builds, and has every decision told once."""
    done = run_in(folder, "build", *options)
    assert done.returncode == 0, done.stderr
    found = builder.load(folder / "datapackage.json").get("reviews")
    assert sorted(said) == ([] if found is None else sorted(found["review_id"]))
    assert found is None or set(found["merge_status"]) <= STATUSES


def other_way_round(folder: Path, other: Path) -> None:
    """The same sources and decisions, whose files were made in another order."""
    for below in ("sources", "coding"):
        (other / below).mkdir()
        for path in sorted((folder / below).glob("*"), reverse=True):
            shutil.copyfile(path, other / below / path.name)


@settings(max_examples=10)
@given(STEPS)
def test_any_sequence_keeps_every_decision_and_gives_one_package(steps: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        folder, other, said = Path(one), Path(two), list[str]()
        start(folder)
        (folder / "coding").mkdir()
        rebuilt(folder, said, "--jobs", "1")
        for step in steps:
            if isinstance(step, Judge):
                said.append(judge(folder, step))
            elif isinstance(step, Add):
                said += add(folder, step)
            elif isinstance(step, Change):
                change(folder, step)
            else:
                rebuilt(folder, said, "--jobs", "1")
        rebuilt(folder, said, "--jobs", "1")
        checked = run_in(folder, "validate")
        assert checked.returncode == 0, checked.stdout
        other_way_round(folder, other)
        rebuilt(other, said, "--jobs", "2")
        assert contents(folder / "datapackage") == contents(other / "datapackage")
