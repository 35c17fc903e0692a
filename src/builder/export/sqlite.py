"""SQLite: a database with the keys, references and rules of the schemas."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow as pa

from builder.export.writing import Content
from builder.tables.schema import Column, TableSchema

_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "date": "TEXT"}
"""A day is a text such as 2020-07-29, as SQLite's own functions for dates take it."""


def write(content: Content, out: Path) -> list[str]:
    with closing(sqlite3.connect(out / f"{content.descriptor['name']}.sqlite")) as database, database:
        database.execute("CREATE TABLE codebook (table_name TEXT, column_name TEXT, title TEXT, type TEXT, description TEXT)")
        for name in content.tables:
            schema = content.schemas[name]
            database.execute(_create(schema))
            described = [(name, column.name, column.title, column.type, column.description) for column in schema.columns]
            database.executemany("INSERT INTO codebook VALUES (?, ?, ?, ?, ?)", described)
            places = ", ".join("?" * len(schema.columns))
            for batch in chain.from_iterable(part.to_batches() for part in content.tables.parts(name)):
                columns = [_values(batch.column(column.name), column) for column in schema.columns]
                database.executemany(f'INSERT INTO "{name}" VALUES ({places})', zip(*columns, strict=True))
    return []


def _values(cells: pa.Array, column: Column) -> list[Any]:
    values: list[Any] = (cells.cast("string") if column.type == "date" else cells).to_pylist()
    return values


def _create(schema: TableSchema) -> str:
    lines = [*(_column(column, schema) for column in schema.columns), *_references(schema)]
    return f'CREATE TABLE "{schema.name}" (\n  ' + ",\n  ".join(lines) + "\n)"


def _column(column: Column, schema: TableSchema) -> str:
    rules = " PRIMARY KEY" if column.name == schema.primary_key else ""
    rules += " NOT NULL" if column.required else ""
    if column.enum:
        values = ", ".join("'" + value.replace("'", "''") + "'" for value in column.enum)
        rules += f' CHECK ("{column.name}" IN ({values}))'
    return f'"{column.name}" {_TYPES[column.type]}{rules}'


def _references(schema: TableSchema) -> Iterator[str]:
    for key in schema.foreign_keys:
        yield f'FOREIGN KEY ("{key.column}") REFERENCES "{key.table}" ("{key.key}") DEFERRABLE INITIALLY DEFERRED'
