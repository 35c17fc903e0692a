"""A published package as pandas frames; needs nothing that makes one."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import pandas as pd

from builder.package import PackageFiles, read_package
from builder.schema import TableSchema, table_schemas
from builder.tables import ArrowTables

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
    places: Mapping[str, str] = files.csv if format == "csv" else files.parquet
    path = files.root / places[schema.name]
    if format == "parquet":
        return pd.read_parquet(path)
    return pd.read_csv(path, dtype=schema.dtypes, keep_default_na=False, na_values=[""])
