"""Rows of Parquet and Arrow files with the columns that JSON lines have."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pyarrow as pa
import pyarrow.parquet as pq

from builder.reading.fields import FIELDS
from builder.reading.rejects import Reject
from builder.reading.units import Found, HowToRead, Reader, object_unit

_ROWS = 256


def table_rows(format: Literal["parquet", "ipc"]) -> Reader:
    def read(path: Path, source: str, how: HowToRead) -> Found:
        number = 0
        try:
            for batch in _batches(path, format):
                for row in batch.to_pylist():
                    number += 1
                    yield object_unit(source, f"row {number}", row)
        except pa.ArrowException as error:
            yield Reject(source, f"after row {number}" if number else None, " ".join(str(error).split()))

    return read


def _batches(path: Path, format: Literal["parquet", "ipc"]) -> Iterator[pa.RecordBatch]:
    """The columns an article has, some rows at a time."""
    wanted = ["text", *FIELDS]
    if format == "parquet":
        file = pq.ParquetFile(path)
        yield from file.iter_batches(_ROWS, columns=[name for name in wanted if name in file.schema_arrow.names])
        return
    with pa.memory_map(str(path)) as source:
        reader = pa.ipc.open_file(source)
        columns = [name for name in wanted if name in reader.schema.names]
        for number in range(reader.num_record_batches):
            batch = reader.get_batch(number).select(columns)
            yield from (batch.slice(start, _ROWS) for start in range(0, len(batch), _ROWS))
