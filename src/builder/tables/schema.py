"""Columns, types, keys and rules of the tables, read from ``schema/NAME.json``: the only place where they stand."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pyarrow as pa

from builder.errors import SchemaError

ARTICLE_TABLES = ("articles", "participants", "agencies", "affiliations", "quotes", "dates", "mentions")
"""The tables of articles, in the order in which they are published."""
TABLES = (*ARTICLE_TABLES, "rejects")
"""The tables of every package."""
CODING_TABLES = ("reviews", "originals", "coders", "samples", "runs")
"""Those of a package with decisions of people, or with imported rows."""
ARROW_TYPES = MappingProxyType({"string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "date": pa.date32()})
PANDAS_TYPES = MappingProxyType({"string": "string", "integer": "Int64", "number": "Float64", "date": "date32[day][pyarrow]"})


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``verbatim`` names the columns (start, end) of the span whose text it repeats."""

    name: str
    title: str
    type: str
    description: str
    required: bool = False
    unique: bool = False
    minimum: int | None = None
    pattern: str | None = None
    enum: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    """What each value of ``enum`` is called, in its order."""
    verbatim: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """``column`` of the table holds values of ``key`` of ``table``, or null."""

    column: str
    table: str
    key: str


@dataclass(frozen=True)
class TableSchema:
    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    primary_key: str | None
    foreign_keys: tuple[ForeignKey, ...]
    exclusive: tuple[tuple[str, str], ...]
    """Pairs of columns of which at most one has a value."""
    source: str
    """The file as it stands, which a package carries unchanged."""

    @property
    def column_names(self) -> list[str]:
        return [column.name for column in self.columns]

    @cached_property
    def arrow(self) -> pa.Schema:
        """Arrow schema with the descriptions as field metadata, and what pandas needs to get nullable types back."""
        fields = [
            pa.field(c.name, ARROW_TYPES[c.type], nullable=not c.required, metadata={"description": c.description})
            for c in self.columns
        ]
        return pa.schema(fields, metadata={"description": self.description, "pandas": json.dumps(self._pandas_metadata())})

    @property
    def dtypes(self) -> dict[str, str]:
        """The pandas dtype of each column, as ``pd.read_csv(dtype=...)`` takes it."""
        return {column.name: PANDAS_TYPES[column.type] for column in self.columns}

    def _pandas_metadata(self) -> dict[str, Any]:
        columns = [
            {"name": c.name, "field_name": c.name, "pandas_type": c.type, "numpy_type": PANDAS_TYPES[c.type], "metadata": None}
            for c in self.columns
        ]
        return {"index_columns": [], "column_indexes": [], "columns": columns, "pandas_version": "2.2.0"}


def schema_folder() -> Path:
    """Where the schemas are: in an installed wheel inside the package, in a checkout at its root."""
    installed = Path(__file__).parents[1] / "table_schemas"
    return installed if installed.is_dir() else Path(__file__).parents[3] / "schema"


@cache
def table_schemas() -> Mapping[str, TableSchema]:
    """The schema of every table that a package may have, in the order in which they are published. Raises SchemaError."""
    return MappingProxyType({name: read_schema(schema_folder() / f"{name}.json") for name in (*TABLES, *CODING_TABLES)})


def read_schema(path: Path) -> TableSchema:
    """Raises SchemaError for a file that is missing or says something the builder cannot honour."""
    try:
        source = path.read_text(encoding="utf-8")
        content = json.loads(source)
        return _table(content, source)
    except OSError as error:
        raise SchemaError(f"{path}: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SchemaError(f"{path}: {error!r}") from error


def _table(content: dict[str, Any], source: str) -> TableSchema:
    columns = tuple(_column(field) for field in content["fields"])
    (primary_key,) = content.get("primaryKey", [None])
    table = TableSchema(
        name=content["name"],
        title=content["title"],
        description=content["description"],
        columns=columns,
        primary_key=primary_key,
        foreign_keys=tuple(_foreign_key(key, content["name"]) for key in content.get("foreignKeys", [])),
        exclusive=tuple((one, other) for one, other in content.get("exclusive", [])),
        source=source,
    )
    known = set(table.column_names)
    used = {*(key.column for key in table.foreign_keys), *(n for c in columns for n in c.verbatim or ())}
    if primary_key is not None:
        used.add(primary_key)
    if not used <= known or content["missingValues"] != [""]:
        raise ValueError(f"unknown columns {sorted(used - known)} or missing values other than ''")
    return table


def _column(field: dict[str, Any]) -> Column:
    if field["type"] not in ARROW_TYPES:
        raise ValueError(f"column {field['name']} has the unknown type {field['type']!r}")
    rules = dict(field.get("constraints", {}))
    rules["enum"] = tuple(rules.get("enum", ()))
    categories = field.get("categories", [])
    if tuple(category["value"] for category in categories) != rules["enum"]:
        raise ValueError(f"column {field['name']} has other categories than its enum")
    start_end = field.get("verbatim")
    return Column(
        name=field["name"],
        title=field["title"],
        type=field["type"],
        description=field["description"],
        labels=tuple(category["label"] for category in categories),
        verbatim=(start_end[0], start_end[1]) if start_end else None,
        **rules,
    )


def _foreign_key(key: dict[str, Any], own_table: str) -> ForeignKey:
    (column,) = key["fields"]
    (referenced,) = key["reference"]["fields"]
    return ForeignKey(column, key["reference"]["resource"] or own_table, referenced)
