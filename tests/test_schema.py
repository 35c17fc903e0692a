import json
from pathlib import Path

import pyarrow as pa
import pytest
import yaml
from conftest import ROOT
from frictionless import Schema as FrictionlessSchema

import builder
from builder.errors import SchemaError
from builder.reading.rejects import Reject
from builder.tables.schema import CODING_TABLES, TABLES, read_schema, schema_folder, table_schemas


def test_rejects_have_the_columns_of_their_schema() -> None:
    assert list(Reject._fields) == table_schemas()["rejects"].column_names


def test_every_table_has_a_schema_and_every_schema_a_table() -> None:
    assert {path.stem for path in schema_folder().glob("*.json")} == set(table_schemas()) == {*TABLES, *CODING_TABLES}


def test_arrow_schema_says_what_the_columns_hold() -> None:
    arrow = table_schemas()["quotes"].arrow
    assert arrow.field("start").type == pa.int64()
    assert not arrow.field("start").nullable
    assert arrow.field("speaker").nullable
    assert arrow.field("speaker").metadata[b"description"].startswith(b"The mention")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"fields": [{"name": "a", "type": "geopoint", "description": ""}]}, "unknown type 'geopoint'"),
        ({"primaryKey": ["nothing"]}, "unknown columns ['nothing']"),
        ({"missingValues": ["NA"]}, "missing values"),
    ],
)
def test_schema_the_builder_cannot_honour_is_refused(tmp_path: Path, change: dict[str, object], message: str) -> None:
    content = json.loads((schema_folder() / "dates.json").read_text(encoding="utf-8"))
    path = tmp_path / "dates.json"
    path.write_text(json.dumps({**content, **change}), encoding="utf-8")
    with pytest.raises(SchemaError) as raised:
        read_schema(path)
    assert str(raised.value).startswith(str(path))
    assert message in str(raised.value)


def test_missing_schema_is_named(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match=r"none\.json: No such file"):
        read_schema(tmp_path / "none.json")


def test_version_and_its_day_are_the_same_everywhere() -> None:
    dataset = yaml.safe_load((ROOT / "sources" / "dataset.yaml").read_text(encoding="utf-8"))
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    descriptor = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = {builder.__version__, dataset["version"], citation["version"], descriptor["version"]}
    assert versions == {builder.__version__}
    assert str(dataset["released"]) == builder.__released__
    assert f"## {builder.__version__} ({builder.__released__})\n" in changes


@pytest.mark.parametrize("name", [*TABLES, *CODING_TABLES])
def test_each_column_has_a_title_an_example_that_fits_and_labels(name: str) -> None:
    path = schema_folder() / f"{name}.json"
    schema = FrictionlessSchema.from_descriptor(str(path))
    for told, field in zip(json.loads(path.read_text(encoding="utf-8"))["fields"], schema.fields, strict=True):
        assert told["title"], told["name"]
        _, wrong = field.read_cell(str(told["example"]))
        assert not wrong, told["name"]
        assert type(told["example"]) is {"integer": int, "number": float}.get(told["type"], str)
    titles = [column.title for column in table_schemas()[name].columns]
    assert len(set(titles)) == len(titles)


def test_other_categories_than_the_enum_are_refused(tmp_path: Path) -> None:
    content = json.loads((schema_folder() / "mentions.json").read_text(encoding="utf-8"))
    next(field for field in content["fields"] if field["name"] == "form")["categories"].pop()
    (tmp_path / "mentions.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(SchemaError, match="form has other categories than its enum"):
        read_schema(tmp_path / "mentions.json")
