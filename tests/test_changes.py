"""Differences between two packages with known changes, row by row."""

import json
from pathlib import Path

import pytest
from conftest import Run

from builder.publish.differing import rows_that_differ
from builder.publish.package import read_package

PARAGRAPHS = (
    "The talks opened in Oslo on Monday.",
    "“We are ready to talk,” Foreign Minister Ann Lee of Norway said. “It will take time.”",
    "“Nobody has asked us,” said Tom Hill, the mayor of Bergen. He left on Tuesday.",
    "The council met again. “We wait for an answer from them,” said Hill. “We wait for an answer from them,” said Lee.",
    "“That was the last word of ours,” Lee told the River Courier on May 3, 2021.",
)
FIRST = "It rained in the night before."
EDITED = PARAGRAPHS[2].replace("has asked", "has ever asked")
NEW = "“There is a new plan,” said Hill."


def built(run: Run, folder: Path, name: str, *paragraphs: str) -> Path:
    """Two articles in a folder that is called the same for each package; the second one never changes."""
    (folder / "news.jsonl").write_text(
        "".join(
            json.dumps({"article_id": key, "published": "2021-05-04", "text": text}) + "\n"
            for key, text in (("a", "\n\n".join(paragraphs)), ("b", PARAGRAPHS[1]))
        ),
        encoding="utf-8",
    )
    assert run("build", "news.jsonl", "--out", name).returncode == 0
    return folder / name


def told(run: Run, old: Path, new: Path) -> list[tuple[str, ...]]:
    """Table, what, column and the two values of each change; of a row that is added or removed its key."""
    done = run("diff", old, new, "--format", "json")
    assert done.returncode == 0, done.stderr
    changes = [json.loads(line) for line in done.stdout.splitlines()]
    return [
        (c["table"], c["what"], c["column"], c["old"], c["new"]) if c["column"] else (c["table"], c["what"], c["key"])
        for c in changes
        if c["table"] != "articles"
    ]


def test_articles_that_are_the_same_are_not_held(run: Run, tmp_path: Path) -> None:
    packages = [read_package(built(run, tmp_path, name, text)) for name, text in (("old", PARAGRAPHS[2]), ("new", EDITED))]
    before, after = rows_that_differ(*packages)
    for tables in (before, after):
        assert all(set(table["article_id"].to_pylist()) <= {"a"} for table in tables.values())
        assert tables["quotes"].num_rows == 1
    assert not any(table.num_rows for table in rows_that_differ(packages[0], packages[0])[0].values())


def test_text_that_grows_shrinks_and_changes(run: Run, tmp_path: Path) -> None:
    old = built(run, tmp_path, "old", *PARAGRAPHS)
    new = built(run, tmp_path, "new", FIRST, *PARAGRAPHS[:2], EDITED, NEW, PARAGRAPHS[3])
    assert told(run, old, new) == [
        ("participants", "moved", "start", 78, 110),
        ("participants", "moved", "start", 89, 121),
        ("participants", "moved", "start", 152, 189),
        ("quotes", "moved", "quote_id", "a.q103", "a.q135"),
        ("quotes", "removed", "a.q125"),
        ("quotes", "added", "a.q157"),
        ("quotes", "moved", "quote_id", "a.q228", "a.q300"),
        ("quotes", "added", "a.q242"),
        ("quotes", "moved", "quote_id", "a.q274", "a.q346"),
        ("quotes", "removed", "a.q320"),
        ("quotes", "moved", "quote_id", "a.q38", "a.q70"),
        ("dates", "added", "a.d13"),
        ("dates", "moved", "date_id", "a.d194", "a.d231"),
        ("dates", "moved", "date_id", "a.d28", "a.d60"),
        ("dates", "removed", "a.d383"),
        ("mentions", "moved", "mention_id", "a.m152-160", "a.m189-197"),
        ("mentions", "moved", "mention_id", "a.m267-271", "a.m339-343"),
        ("mentions", "added", "a.m269-273"),
        ("mentions", "moved", "mention_id", "a.m313-316", "a.m385-388"),
        ("mentions", "removed", "a.m353-356"),
        ("mentions", "moved", "mention_id", "a.m78-85", "a.m110-117"),
        ("mentions", "moved", "mention_id", "a.m89-95", "a.m121-127"),
    ]


@pytest.mark.parametrize("paragraphs", [PARAGRAPHS, ("Nobody spoke.",)])
def test_same_articles_built_twice_differ_in_nothing(run: Run, tmp_path: Path, paragraphs: tuple[str, ...]) -> None:
    old, new = (built(run, tmp_path, name, *paragraphs) for name in ("old", "new"))
    assert told(run, old, new) == []
    assert run("diff", old, new).stdout == "no row differs\n"


def test_all_that_moved_alone_is_moved(run: Run, tmp_path: Path) -> None:
    old = built(run, tmp_path, "old", *PARAGRAPHS)
    new = built(run, tmp_path, "new", "Rain fell.", *PARAGRAPHS)
    assert {what for _, what, *_ in told(run, old, new)} == {"moved"}


def test_row_that_moved_and_says_something_else(run: Run, tmp_path: Path) -> None:
    """The surname alone is of nobody known once the sentence with the whole name is gone."""
    old = built(run, tmp_path, "old", *PARAGRAPHS)
    new = built(run, tmp_path, "new", *PARAGRAPHS[2:])
    changes = told(run, old, new)
    assert ("quotes", "moved", "quote_id", "a.q274", "a.q150") in changes
    assert ("quotes", "changed", "participant_id", "a.ann-lee", "a.lee") in changes
    assert ("quotes", "removed", "a.q38") in changes


def test_other_row_at_the_old_place_is_another_row(run: Run, tmp_path: Path) -> None:
    """The second quote comes to stand where the first one stood, under the same key."""
    one, other = "“We go on with it,” said Ann Lee.", "“We do wait here,” said Ann Lee."
    old = built(run, tmp_path, "old", one, other, FIRST)
    new = built(run, tmp_path, "new", other, FIRST)
    changes = told(run, old, new)
    assert ("quotes", "removed", "a.q1") in changes
    assert ("quotes", "moved", "quote_id", "a.q36", "a.q1") in changes
    assert not any(table == "quotes" and what == "changed" for table, what, *_ in changes)


def test_without_texts_rows_are_known_by_what_they_say(run: Run, tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    built(run, tmp_path, "unused", *PARAGRAPHS)
    assert run("build", "news.jsonl", "--no-text", "--out", "old").returncode == 0
    built(run, tmp_path, "unused", FIRST, *PARAGRAPHS)
    assert run("build", "news.jsonl", "--no-text", "--out", "new").returncode == 0
    changes = told(run, old, new)
    assert {what for table, what, *_ in changes if table in ("quotes", "mentions")} == {"moved"}
