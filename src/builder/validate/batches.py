"""The rows of a package's Parquet files, some whole articles at a time."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from builder.tables.arrays import as_mask
from builder.tables.arrow import ArrowTables
from builder.validate.files import READ_ERRORS, unreadable

_ARTICLES = 1 << 10
_ROWS = 1 << 14
_BATCH_BYTES = 1 << 22


class UnreadableError(Exception):
    """A file that is no Parquet, or only in part; carries the finding."""

    def __init__(self, path: Path, error: Exception) -> None:
        super().__init__(str(error))
        self.finding = unreadable(path.name, "a Parquet file", error)


class ArticleBatches:
    """Iterates over tables of the same articles; afterwards :attr:`left` says how many rows belong to none of them."""

    def __init__(self, paths: Mapping[str, Path]) -> None:
        self._articles = paths["articles"]
        self._readers = {name: _Rows(path) for name, path in paths.items() if name != "articles"}
        self.left: dict[str, int] = {}

    def __iter__(self) -> Iterator[ArrowTables]:
        for groups in _row_groups(self._articles):
            for batch in read_batches(self._articles, _ARTICLES, row_groups=groups):
                tables = {name: reader.take(batch["article_id"]) for name, reader in self._readers.items()}
                yield {"articles": pa.Table.from_batches([batch]), **tables}
        self.left = {name: rest for name, reader in self._readers.items() if (rest := reader.rest())}


def read_batches(path: Path, rows: int = _ROWS, **options: Any) -> Iterator[pa.RecordBatch]:
    """Well-formed rows, their texts UTF-8. Raises UnreadableError."""
    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(rows, **options):
                batch.validate(full=True)
                yield batch
    except READ_ERRORS as error:
        raise UnreadableError(path, error) from error


def _row_groups(path: Path) -> Iterator[list[int]]:
    """Row groups that follow each other and are small enough to be read at once, or a single one of any size."""
    with pq.ParquetFile(path) as file:
        groups = [file.metadata.row_group(number) for number in range(file.metadata.num_row_groups)]
    size = 0
    batch_of = []
    for group in groups:
        size += max(group.total_byte_size, group.num_rows * _BATCH_BYTES // _ARTICLES)
        batch_of.append(size // _BATCH_BYTES)
    for _, numbers in groupby(range(len(groups)), key=batch_of.__getitem__):
        yield list(numbers)


class _Rows:
    """Rows of a table, taken article by article in the order in which they stand."""

    def __init__(self, path: Path) -> None:
        self._batches = read_batches(path)
        self._pending = pa.Table.from_batches([], pq.read_schema(path))

    def take(self, ids: pa.Array) -> pa.Table:
        """The next rows, as long as they belong to one of the articles."""
        taken = []
        while True:
            if not self._pending.num_rows:
                batch = next(self._batches, None)
                if batch is None:
                    break
                self._pending = pa.Table.from_batches([batch])
            own = as_mask(pc.is_in(self._pending["article_id"].combine_chunks(), value_set=ids))
            count = len(own) if own.all() else int(own.argmin())
            taken.append(self._pending.slice(0, count))
            self._pending = self._pending.slice(count)
            if self._pending.num_rows:
                break
        whole = pa.concat_tables(taken or [self._pending])
        return whole.combine_chunks() if len(taken) > 1 else whole

    def rest(self) -> int:
        """How many rows no article has taken."""
        return int(self._pending.num_rows) + sum(len(batch) for batch in self._batches)
