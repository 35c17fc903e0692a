"""A published package as pandas frames; needs nothing that makes one."""

from io import BytesIO
from pathlib import Path
from typing import Literal

import pandas as pd
import pyarrow as pa

from builder.errors import InputError
from builder.publish.package import PackageFiles, read_file, read_steadily, read_table
from builder.tables.arrow import ArrowTables
from builder.tables.schema import TableSchema, table_schemas

Format = Literal["parquet", "csv"]


class Frames(dict[str, pd.DataFrame]):
    """Tables by name. A notebook shows what there is of each; each frame shows itself."""

    def overview(self) -> pd.DataFrame:
        schemas = table_schemas()
        rows = [(name, len(frame), schemas[name].description) for name, frame in self.items()]
        return pd.DataFrame(rows, columns=["table", "rows", "holds"]).set_index("table")

    def __repr__(self) -> str:
        return str(self.overview().to_string())

    def _repr_html_(self) -> str:
        with pd.option_context("display.max_colwidth", None):
            return str(self.overview().to_html())


def load(path: str | Path = "datapackage.json", format: Format = "parquet") -> Frames:
    """The tables by name. Both formats give equal frames.

    Strings are ``string``, whole numbers ``Int64``, dates Arrow dates; a column with a fixed set of values is categorical, with
    all of that set as categories, in the schema's order.

    Every file has the hash that the descriptor lists, so all tables are of one package, also while another is published.

    Raises InputError where there is no package, or one that is damaged.
    """
    return read_steadily(Path(path), lambda files: _frames(files, format))


def frames(tables: ArrowTables) -> Frames:
    """The same frames from tables in memory."""
    return Frames({name: _categorical(table.to_pandas(), table_schemas()[name]) for name, table in tables.items()})


def _frames(files: PackageFiles, format: Format) -> Frames:
    return Frames(
        {
            name: _categorical(_read(files, schema, format), schema)
            for name, schema in table_schemas().items()
            if name in files.parquet
        }
    )


def _categorical(frame: pd.DataFrame, schema: TableSchema) -> pd.DataFrame:
    return frame.astype({column.name: pd.CategoricalDtype(column.enum) for column in schema.columns if column.enum})


def _read(files: PackageFiles, schema: TableSchema, format: Format) -> pd.DataFrame:
    if format == "parquet":
        return read_table(files, schema.name).to_pandas()
    if schema.name not in files.csv:
        raise InputError(f"{files.root}: this package has no CSV files")
    content = read_file(files, files.csv[schema.name])
    try:
        return pd.read_csv(BytesIO(content), dtype=schema.dtypes, keep_default_na=False, na_values=[""])
    except (ValueError, pa.ArrowException) as error:
        raise InputError(f"{files.root / files.csv[schema.name]}: {' '.join(str(error).split())}") from error
