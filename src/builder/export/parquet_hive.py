"""Parquet in folders by year of publication (``published_year=2020``), as Spark, DuckDB, polars and pandas read them."""

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from builder.export.writing import Content

YEAR = "published_year"


def write(content: Content, out: Path) -> list[str]:
    articles = content.tables["articles"]
    years = pa.table({"article_id": articles["article_id"], YEAR: pc.year(articles["published"]).cast(pa.int32())})
    for name, table in content.tables.items():
        if "article_id" not in table.schema.names:
            dated, partitioning = table, None
        else:
            at = pc.index_in(table["article_id"], years["article_id"])
            dated = table.append_column(YEAR, years[YEAR].take(at))
            partitioning = ds.partitioning(pa.schema([(YEAR, pa.int32())]), flavor="hive")
        ds.write_dataset(
            dated.replace_schema_metadata(None),
            out / name,
            format="parquet",
            partitioning=partitioning,
            basename_template="part-{i}.parquet",
            use_threads=False,
        )
    return []
