"""Writes a package in one of the forms."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import pandas as pd

from builder.errors import PublishError
from builder.publish.cite import cite, read_descriptor
from builder.publish.package import read_package
from builder.publish.stored import StoredTables
from builder.tables.schema import Column, TableSchema, table_schemas

EXTRAS: Mapping[str, str] = {"xlsx": "excel"}


@dataclass(frozen=True)
class Content:
    """A package as exporters need it: tables and schemas by name, its descriptor and how it is cited."""

    tables: StoredTables
    schemas: Mapping[str, TableSchema]
    descriptor: Mapping[str, Any]
    citation: str


def export(package: Path, form: str, out: Path, place: str = "builder.export", extras: Mapping[str, str] = EXTRAS) -> list[str]:
    """Write the package into the folder ``out``, which must be new or empty; what could not be kept as it is, a line each.

    ``place`` holds the modules of the forms, and ``extras`` those of them that need an extra of another name.

    Raises InputError without a package, PublishError where ``out`` is no place or an extra is missing.
    """
    files = read_package(package)
    tables = StoredTables(files)
    tables.check()
    content = Content(tables, table_schemas(), read_descriptor(package), cite(package).strip())
    try:
        out.mkdir(parents=True, exist_ok=True)
        if any(out.iterdir()):
            raise PublishError(f"{out}: not empty; name a new folder")
        notes: list[str] = import_module(f"{place}.{form.replace('-', '_')}").write(content, out)
    except ImportError as error:
        extra = extras.get(form, form)
        raise PublishError(f"{form} needs the extra {extra!r}: pip install 'article-tables[{extra}]' ({error})") from None
    except OSError as error:
        raise PublishError(f"{error.filename or out}: {error.strerror}") from error
    return notes


def numbered(values: pd.Series, column: Column) -> pd.Series:
    """Each value as its number among the column's ``enum``, from 1 on, as programs with value labels keep it; missing is NaN."""
    numbers = {value: number for number, value in enumerate(column.enum, 1)}
    return values.map(numbers).astype("float64")
