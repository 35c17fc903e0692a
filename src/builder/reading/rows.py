"""Rows of Parquet and Arrow files with a column of text, under any names that :mod:`builder.reading.columns` knows."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.parquet as pq

from builder.errors import InputError
from builder.reading.rejects import Reject
from builder.reading.units import Found, HowToRead, Reader, Unit, object_unit

Format = Literal["parquet", "ipc", "stream"]

_ROWS = 256
_AS_BYTES = {pa.string(): pa.binary(), pa.large_string(): pa.large_binary()}


def table_rows(format: Format) -> Reader:
    """A damaged file can make the Arrow library crash: :mod:`builder.reading.apart` calls this in a process of its own."""

    def read(path: Path, source: str, how: HowToRead) -> Found:
        number = 0
        for batch in _batches(path, format):
            names = batch.schema.names
            if len(set(names)) < len(names):
                raise InputError(f"two columns have one name: {', '.join(names):.200}")
            pictures = {field.name for field in batch.schema if _is_binary(field.type)}
            columns = {name: _checked(name, column) for name, column in zip(names, batch.columns, strict=True)}
            for row in range(len(batch)):
                number += 1
                yield _row(source, f"row {number}", {name: column[row] for name, column in columns.items()}, pictures)

    return read


def _is_binary(type: pa.DataType) -> bool:
    """Bytes by declaration: what is no text there is a picture or the like, and no fault of the row."""
    return bool(pa.types.is_binary(type) or pa.types.is_large_binary(type) or pa.types.is_fixed_size_binary(type))


def _checked(name: str, column: pa.Array) -> pa.Array:
    """The column, nothing of which leads out of its buffers; text as bytes, so that one bad row is one reject."""
    if column.type in _AS_BYTES:
        column = column.view(_AS_BYTES[column.type])
    try:
        column.validate(full=True)
    except pa.ArrowException as error:
        raise InputError(f"damaged: column {name}: {' '.join(str(error).split())}") from error
    return column


def _row(source: str, place: str, cells: dict[str, pa.Scalar], pictures: set[str]) -> Unit | Reject:
    fields: dict[str, Any] = {}
    for name, cell in cells.items():
        try:
            fields[name] = _plain(cell.as_py())
        except (ValueError, OverflowError, LookupError, pa.ArrowException) as error:
            if name in pictures:
                continue
            return Reject(source, place, f"{name}: cannot be read: {' '.join(str(error).split())}")
    return object_unit(source, place, fields)


def _plain(value: Any) -> Any:
    """A value that JSON can spell. Raises ValueError."""
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal | timedelta):
        return str(value)
    if isinstance(value, dict):
        return {name: _plain(inside) for name, inside in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inside) for inside in value]
    if value is None or isinstance(value, str | int | float):
        return value
    raise ValueError(f"a value of type {type(value).__name__} is neither text nor a date")


def _batches(path: Path, format: Format) -> Iterator[pa.RecordBatch]:
    """All columns, some rows at a time."""
    if format == "parquet":
        yield from pq.ParquetFile(path).iter_batches(_ROWS)
        return
    with pa.OSFile(str(path)) as source:
        for batch in _ipc_batches(source, format):
            yield from (batch.slice(start, _ROWS) for start in range(0, len(batch), _ROWS))


def _ipc_batches(source: pa.NativeFile, format: Format) -> Iterator[pa.RecordBatch]:
    if format == "stream":
        yield from pa.ipc.open_stream(source)
        return
    reader = pa.ipc.open_file(source)
    for number in range(reader.num_record_batches):
        yield reader.get_batch(number)
