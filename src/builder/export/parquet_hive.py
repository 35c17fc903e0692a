"""Parquet in folders by year of publication (``published_year=2020``), as Spark, DuckDB, polars and pandas read them."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from builder.export.writing import Content

YEAR = "published_year"
_YEAR_FIELD = pa.field(YEAR, pa.int32())
_LEAST_ROWS = 1 << 10
"""Rows of a year that are held before they are written; more texts of many years would fill the memory."""


def write(content: Content, out: Path) -> list[str]:
    dated = pa.concat_tables(part.select(["article_id", "published"]) for part in content.tables.parts("articles"))
    years = dated.append_column(YEAR, pc.year(dated["published"]).cast(pa.int32())).combine_chunks()
    for name in content.tables:
        schema = content.schemas[name].arrow.remove_metadata()
        by_year = "article_id" in schema.names
        ds.write_dataset(
            _batches(content.tables.parts(name), years if by_year else None),
            out / name,
            schema=schema.append(_YEAR_FIELD) if by_year else schema,
            format="parquet",
            partitioning=ds.partitioning(pa.schema([_YEAR_FIELD]), flavor="hive") if by_year else None,
            basename_template="part-{i}.parquet",
            min_rows_per_group=_LEAST_ROWS,
            use_threads=False,
        )
    return []


def _batches(parts: Iterable[pa.Table], years: pa.Table | None) -> Iterator[pa.RecordBatch]:
    for part in parts:
        rows = part.replace_schema_metadata(None)
        if years is not None:
            at = pc.index_in(rows["article_id"], years["article_id"])
            rows = rows.append_column(_YEAR_FIELD, years[YEAR].take(at))
        yield from rows.to_batches()
