"""Rows of Parquet and Arrow files with the columns that JSON lines have."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.parquet as pq

from builder.errors import InputError
from builder.reading.fields import FIELDS
from builder.reading.rejects import Reject
from builder.reading.units import Found, HowToRead, Reader, Unit, object_unit

Format = Literal["parquet", "ipc"]

_ROWS = 256
_AS_BYTES = {pa.string(): pa.binary(), pa.large_string(): pa.large_binary()}


def table_rows(format: Format) -> Reader:
    """A damaged file can make the Arrow library crash: :mod:`builder.reading.apart` calls this in a process of its own."""

    def read(path: Path, source: str, how: HowToRead) -> Found:
        number = 0
        for batch in _batches(path, format):
            columns = {name: _checked(name, column) for name, column in zip(batch.schema.names, batch.columns, strict=True)}
            for row in range(len(batch)):
                number += 1
                yield _row(source, f"row {number}", {name: column[row] for name, column in columns.items()})

    return read


def _checked(name: str, column: pa.Array) -> pa.Array:
    """The column, nothing of which leads out of its buffers; text as bytes, so that one bad row is one reject."""
    if column.type in _AS_BYTES:
        column = column.view(_AS_BYTES[column.type])
    try:
        column.validate(full=True)
    except pa.ArrowException as error:
        raise InputError(f"damaged: column {name}: {' '.join(str(error).split())}") from error
    return column


def _row(source: str, place: str, cells: dict[str, pa.Scalar]) -> Unit | Reject:
    fields: dict[str, Any] = {}
    for name, cell in cells.items():
        try:
            fields[name] = _plain(cell.as_py())
        except (ValueError, OverflowError, LookupError, pa.ArrowException) as error:
            return Reject(source, place, f"{name}: cannot be read: {' '.join(str(error).split())}")
    return object_unit(source, place, fields)


def _plain(value: Any) -> Any:
    """A value that JSON can spell. Raises ValueError."""
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, str | int | float):
        return value
    raise ValueError(f"a value of type {type(value).__name__} is neither text nor a date")


def _batches(path: Path, format: Format) -> Iterator[pa.RecordBatch]:
    """The columns an article has, some rows at a time."""
    wanted = ["text", *FIELDS]
    if format == "parquet":
        file = pq.ParquetFile(path)
        yield from file.iter_batches(_ROWS, columns=[name for name in wanted if name in file.schema_arrow.names])
        return
    with pa.OSFile(str(path)) as source:
        reader = pa.ipc.open_file(source)
        columns = [name for name in wanted if name in reader.schema.names]
        for number in range(reader.num_record_batches):
            batch = reader.get_batch(number).select(columns)
            yield from (batch.slice(start, _ROWS) for start in range(0, len(batch), _ROWS))
