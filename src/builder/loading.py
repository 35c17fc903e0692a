"""A published package as pandas frames; needs nothing that makes one."""

from pathlib import Path
from typing import Literal

import pandas as pd

from builder.errors import InputError
from builder.package import PackageFiles, read_package
from builder.schema import TableSchema, table_schemas
from builder.tables import ArrowTables, read_table

Format = Literal["parquet", "csv"]


def load(path: str | Path = "datapackage.json", format: Format = "parquet") -> dict[str, pd.DataFrame]:
    """The tables by name. Strings are ``string``, whole numbers ``Int64``, dates Arrow dates; both formats give equal frames.

    Raises InputError where there is no package.
    """
    files = read_package(Path(path))
    return {name: _read(files, schema, format) for name, schema in table_schemas().items()}


def frames(tables: ArrowTables) -> dict[str, pd.DataFrame]:
    """The same frames from tables in memory."""
    return {name: table.to_pandas() for name, table in tables.items()}


def _read(files: PackageFiles, schema: TableSchema, format: Format) -> pd.DataFrame:
    if format == "csv":
        if schema.name not in files.csv:
            raise InputError(f"{files.root}: this package has no CSV files")
        return pd.read_csv(files.root / files.csv[schema.name], dtype=schema.dtypes, keep_default_na=False, na_values=[""])
    return read_table(files, schema.name).to_pandas()
