"""DuckDB: a database with the types of the schemas and a comment on each table and column."""

from pathlib import Path

from builder.export.writing import Content


def write(content: Content, out: Path) -> list[str]:
    import duckdb  # noqa: PLC0415 (an extra)

    with duckdb.connect(str(out / f"{content.descriptor['name']}.duckdb")) as database:
        for name in content.tables:
            schema = content.schemas[name]
            database.register("rows", schema.arrow.empty_table())
            database.execute(f'CREATE TABLE "{name}" AS SELECT * FROM rows')
            for part in content.tables.parts(name):
                database.register("rows", part)
                database.execute(f'INSERT INTO "{name}" SELECT * FROM rows')
            database.unregister("rows")
            database.execute(f'COMMENT ON TABLE "{name}" IS {_quoted(schema.description)}')
            for column in schema.columns:
                database.execute(f'COMMENT ON COLUMN "{name}"."{column.name}" IS {_quoted(column.description)}')
    return []


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
