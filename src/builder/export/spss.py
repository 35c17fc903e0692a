"""SPSS: a .sav file a table, with variable labels, and numbers with value labels where a column has a fixed set of values."""

from pathlib import Path

import pandas as pd

from builder.export.writing import Content, numbered
from builder.tables.schema import TableSchema

LONGEST_TEXT = 32_767
"""Bytes that a string variable may have."""
RESERVED = frozenset("ALL AND BY EQ GE GT LE LT NE NOT OR TO WITH".split())


def write(content: Content, out: Path) -> list[str]:
    import pyreadstat  # noqa: PLC0415 (an extra)

    notes = []
    for name, table in content.tables.items():
        if not table.num_rows:
            notes.append(f"{name} has no rows, and no file")
            continue
        schema = content.schemas[name]
        renamed = {column: f"{column}_" for column in schema.column_names if column.upper() in RESERVED}
        notes += [f"{name}.{old} is called {new}: SPSS reserves the name" for old, new in renamed.items()]
        frame, values, cut = _plain(table.to_pandas(), schema)
        notes += [f"{name}.{column}: {count} texts are cut at {LONGEST_TEXT:,} bytes" for column, count in cut.items()]
        pyreadstat.write_sav(
            frame.rename(columns=renamed),
            str(out / f"{name}.sav"),
            file_label=schema.title,
            column_labels={renamed.get(c.name, c.name): c.title for c in schema.columns},
            variable_value_labels={renamed.get(column, column): labels for column, labels in values.items()},
        )
    return notes


def _plain(frame: pd.DataFrame, schema: TableSchema) -> tuple[pd.DataFrame, dict[str, dict[int | float, str]], dict[str, int]]:
    """Columns in types that SPSS has, the labels of numbered values, and how many texts were cut."""
    labels: dict[str, dict[int | float, str]] = {}
    cut: dict[str, int] = {}
    plain: dict[str, pd.Series] = {}
    for column in schema.columns:
        values = frame[column.name]
        if column.enum:
            labels[column.name] = dict(enumerate(column.labels, 1))
            plain[column.name] = numbered(values, column)
        elif column.type in ("integer", "number"):
            plain[column.name] = values.astype("float64")
        elif column.type == "date":
            plain[column.name] = values.astype("object").where(values.notna(), None)
        else:
            long = values.str.encode("utf-8").str.len().gt(LONGEST_TEXT).fillna(False)
            if count := int(long.sum()):
                cut[column.name] = count
            plain[column.name] = values.astype("object").where(values.notna(), "").map(_cut)
    return pd.DataFrame(plain), labels, cut


def _cut(text: str) -> str:
    return text.encode("utf-8")[:LONGEST_TEXT].decode("utf-8", "ignore")
