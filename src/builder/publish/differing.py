"""Which articles of two packages differ in any of their rows, and the rows of those alone: all others need not be held."""

import hashlib
from collections.abc import Iterator, Mapping
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from builder.errors import InputError
from builder.publish.package import PackageFiles
from builder.tables.schema import ARTICLE_TABLES


def rows_that_differ(old: PackageFiles, new: PackageFiles) -> tuple[dict[str, pa.Table], dict[str, pa.Table]]:
    """Of both packages, all rows of the articles that are not the same in both. Raises InputError."""
    before, after = _digests(old), _digests(new)
    ids = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    return _rows_of(old, ids), _rows_of(new, ids)


def _parts(files: PackageFiles) -> Iterator[Mapping[str, pa.Table]]:
    """As they stand: an older version may have other columns, and those that only one has count as changed."""
    try:
        for paths in zip(*(files.parquet[name] for name in ARTICLE_TABLES), strict=True):
            yield {name: pq.read_table(files.root / path) for name, path in zip(ARTICLE_TABLES, paths, strict=True)}
    except (pa.ArrowException, OSError, KeyError) as error:
        raise InputError(f"{files.root}: a table that cannot be read: {' '.join(str(error).split())}") from None


def _digests(files: PackageFiles) -> dict[str, bytes]:
    """Of each article what all of its rows say, with the names and types of their columns."""
    found: dict[str, bytes] = {}
    for part in _parts(files):
        for name, table in part.items():
            columns = f"{name}\n{table.schema.remove_metadata()}".encode()
            for article_id, rows in _by_article(table):
                digest = hashlib.blake2b(found.get(article_id, b"") + columns, digest_size=16)
                digest.update(rows.serialize())
                found[article_id] = digest.digest()
    return found


def _by_article(table: pa.Table) -> Iterator[tuple[str, pa.RecordBatch]]:
    """Rows that follow each other and are of one article."""
    for batch in table.combine_chunks().to_batches():
        ids = batch["article_id"]
        changes = pc.fill_null(pc.not_equal(ids[1:], ids[:-1]), True).to_numpy(zero_copy_only=False)
        starts = [0, *(np.flatnonzero(changes) + 1).tolist(), len(batch)]
        for start, end in pairwise(starts) if len(batch) else ():
            yield str(ids[start]), batch.slice(start, end - start)


def _rows_of(files: PackageFiles, ids: list[str]) -> dict[str, pa.Table]:
    wanted = pa.array(ids, pa.string())
    kept: dict[str, list[pa.Table]] = {name: [] for name in ARTICLE_TABLES}
    for part in _parts(files):
        for name, table in part.items():
            kept[name].append(table.filter(pc.is_in(table["article_id"], value_set=wanted)))
    return {name: pa.concat_tables(tables) for name, tables in kept.items()}
