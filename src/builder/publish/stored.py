"""The tables of a package on disk, read as far as they are asked for: no program needs memory for all rows."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

import pyarrow as pa

from builder.publish.package import PackageFiles, read_file, read_parquet, read_table
from builder.tables.arrow import ArrowTables
from builder.tables.schema import ARTICLE_TABLES, table_schemas


class ArticleParts(Sequence[ArrowTables]):
    """The tables of articles in parts of whole articles. Reading one raises InputError where it is not as the descriptor says."""

    def __init__(self, files: PackageFiles) -> None:
        self._files = files

    def __len__(self) -> int:
        return len(self._files.parquet["articles"])

    def __getitem__(self, number: int) -> ArrowTables:  # type: ignore[override]
        schemas = table_schemas()
        return {name: read_parquet(self._files, self._files.parquet[name][number], schemas[name]) for name in ARTICLE_TABLES}


class StoredTables(Mapping[str, pa.Table]):
    """All tables by name, each read when it is asked for, or in parts. Reading raises InputError as above."""

    def __init__(self, files: PackageFiles) -> None:
        self._files = files
        self.articles = ArticleParts(files)

    def __len__(self) -> int:
        return len(self._files.parquet)

    def __iter__(self) -> Iterator[str]:
        return iter(self._files.parquet)

    def __getitem__(self, name: str) -> pa.Table:
        return read_table(self._files, name)

    def check(self) -> None:
        """Raises InputError where a file is not the one that the descriptor lists: before anything is made of the others."""
        for path in chain.from_iterable(self._files.parquet.values()):
            read_file(self._files, path)

    def parts(self, name: str) -> Iterator[pa.Table]:
        """A table's rows, a file at a time."""
        for path in self._files.parquet[name]:
            yield read_parquet(self._files, path, table_schemas()[name])
