"""Articles in several scripts, and what tests of imports and exports do with them."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
from conftest import Run

from builder.coding.runs import IMPORTED_TABLES
from builder.publish.package import read_package, read_tables
from builder.tables.schema import table_schemas

SPOKEN = (
    "Foreign Minister Ann Lee of Norway said on Monday, May 3: “We are ready 🚢 to talk.” “No one waits for us,” Lee told "
    "the Harbour Agency. Ole Dahl, spokesman for the Ministry of Transport, was silent."
)

ARTICLES = [
    {"article_id": "one", "published": "2021-05-04", "text": f"🚢🌊 Talks Begin\n\n{SPOKEN}\n"},
    {
        "article_id": "two",
        "published": "2022-06-07",
        "text": (
            "Cafe\u0301 Meeting — שלום — مرحبا 👩🏽‍🔬\nThe Ministry of Transport of Norway said in Oslo on June 6, 2022: "
            "“Cafe\u0301 السلام עולם is open.”\nAmbassador Zoe\u0308 Berg added: “It was\nworth it,” and left for ten years."
        ),
    },
]

BOTH_WAYS = [("doccano", "doccano.jsonl"), ("label-studio", "tasks.json"), ("brat", "."), ("web-annotation", "annotations.jsonl")]

NOT_KEPT = {"rule", "country_rule", "certainty", "coding_status"}
"""Columns that say how this program made a row."""


class Held(dict[str, pa.Table]):
    """Tables made by a test, as exporters take those of a package."""

    @property
    def articles(self) -> list["Held"]:
        return [self]


def build(run: Run) -> None:
    """Builds, and has the package proved."""
    done = run("build", "articles.jsonl", "--out", "package")
    assert done.returncode == 0, done.stderr
    checked = run("validate", "package")
    assert checked.returncode == 0, checked.stdout


def imported(run: Run, source: Path, form: str, *options: object, code: int = 0) -> str:
    done = run("import", source, "package", "--format", form, "--as", "other", *options)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def rows(package: Path, rule: str | None = None) -> dict[str, list[dict[str, Any]]]:
    """Rows that say something, with the names of what they refer to in place of keys; only those of a rule where one is given."""
    tables = {name: table.to_pylist() for name, table in read_tables(read_package(package)).items()}
    names = {row[key]: (row["article_id"], row.get("name", row["text"]), row["start"]) for _, key, row in keyed(tables)}
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in IMPORTED_TABLES}
    for name, key, row in keyed(tables):
        if rule is None or row["rule"] == rule:
            kept = {column: value for column, value in row.items() if column not in NOT_KEPT and column != key}
            for reference in table_schemas()[name].foreign_keys:
                if reference.column != "article_id" and kept[reference.column] is not None:
                    kept[reference.column] = names[kept[reference.column]]
            found[name].append(kept)
    return {name: sorted(every, key=repr) for name, every in found.items()}


def keyed(tables: Mapping[str, list[dict[str, Any]]]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(name, str(table_schemas()[name].primary_key), row) for name in IMPORTED_TABLES for row in tables[name]]


def table(package: Path, name: str) -> list[dict[str, Any]]:
    return read_tables(read_package(package))[name].to_pylist()


def round_trip(run: Run, package: Path, form: str, source: str) -> None:
    before = rows(package)
    assert all(before.values()), "the articles have rows of every table"
    done = run("export", "package", "--format", form, "--out", "out")
    assert done.returncode == 0, done.stderr
    imported(run, package.parent / "out" / source, form, "--instead-of", ",".join(IMPORTED_TABLES))
    build(run)
    assert rows(package, "import:other") == before
    assert rows(package) == before
    assert not table(package, "rejects")


def write_rows(folder: Path, *every: Mapping[str, Any], name: str = "quotes.jsonl") -> Path:
    path = folder / name
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in every), encoding="utf-8")
    return path


def quote(text: str, **columns: Any) -> dict[str, Any]:
    return {"article_id": "one", "text": text, "kind": "direct", **columns}
