"""Stata: a .dta file a table (format 118, Stata 14 and later), with labels of variables and, for fixed sets, of values."""

from pathlib import Path

import pandas as pd

from builder.export.writing import Content, numbered
from builder.tables.schema import TableSchema

RESERVED = frozenset(
    "aggregate array boolean break byte case catch class colvector complex const continue default delegate delete do double else "
    "end enum explicit export external float for friend function global goto if in inline int local long namespace new null "
    "pragma private protected public quad rowvector short string struct super switch template this throw transmorphic try "
    "typedef typename union unsigned using vector version virtual void volatile while with".split()
)
"""Names that no variable may have (Stata's manual, [U] 11.3 and [M-2] reswords)."""
LONGEST_LABEL = 80


def write(content: Content, out: Path) -> list[str]:
    notes = []
    for name, table in content.tables.items():
        schema = content.schemas[name]
        renamed = {column: f"{column}_" for column in schema.column_names if column in RESERVED}
        notes += [f"{name}.{old} is called {new}: Stata reserves the name" for old, new in renamed.items()]
        frame, texts, days = _plain(table.to_pandas(), schema)
        labels = {renamed.get(c.name, c.name): c.title[:LONGEST_LABEL] for c in schema.columns}
        frame.rename(columns=renamed).to_stata(
            out / f"{name}.dta",
            write_index=False,
            version=118,
            data_label=schema.title[:LONGEST_LABEL],
            variable_labels=labels,
            convert_dates={renamed.get(day, day): "td" for day in days},
            value_labels={renamed.get(c.name, c.name): dict(enumerate(c.labels, 1)) for c in schema.columns if c.enum},
            convert_strl=[renamed.get(text, text) for text in texts],
        )
    return notes


def _plain(frame: pd.DataFrame, schema: TableSchema) -> tuple[pd.DataFrame, list[str], list[str]]:
    """Columns in types that Stata has, the names of those with long texts, and of those with days. A missing text is ""."""
    texts, days = [], []
    plain: dict[str, pd.Series] = {}
    for column in schema.columns:
        values = frame[column.name]
        if column.enum:
            plain[column.name] = numbered(values, column)
        elif column.type in ("integer", "number"):
            plain[column.name] = values.astype("float64")
        elif column.type == "date":
            days.append(column.name)
            plain[column.name] = pd.to_datetime(values.astype("string")).astype("datetime64[ns]")
        else:
            plain[column.name] = values.astype("object").where(values.notna(), "")
            texts.append(column.name)
    return pd.DataFrame(plain), texts, days
