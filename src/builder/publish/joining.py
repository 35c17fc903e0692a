"""Tables with the names of what they refer to beside them, ready to analyse."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from builder.errors import InputError
from builder.publish.loading import load
from builder.tables.schema import table_schemas

DESCRIBED_BY: Mapping[str, tuple[str, ...]] = {
    "articles": ("title", "publisher", "published"),
    "participants": ("name", "kind", "country_iso3"),
    "agencies": ("name", "kind", "country_iso3", "registry_key"),
    "dates": ("value", "date_start", "date_end"),
}
"""What is beside of a row that another one refers to."""


def joined(table: str, path: str | Path = "datapackage.json") -> pd.DataFrame:
    """The rows of ``table`` in their order, with what :data:`DESCRIBED_BY` lists of each row that they refer to.

    The columns are called as the key without ``_id`` and the column: ``participant_name``, ``addressee_agency_kind``. Raises
    InputError for a table that is none, and where there is no package.
    """
    schemas = table_schemas()
    if table not in schemas:
        raise InputError(f"no table {table!r}; there are {', '.join(schemas)}")
    tables = load(path)
    frame = tables[table]
    for key in schemas[table].foreign_keys:
        if key.table in DESCRIBED_BY:
            wanted = tables[key.table].set_index(key.key)[[c for c in DESCRIBED_BY[key.table] if c in tables[key.table]]]
            beside = wanted.reindex(frame[key.column]).add_prefix(f"{key.column.removesuffix('_id')}_")
            beside.index = frame.index
            frame = pd.concat([frame, beside[[name for name in beside if name not in frame]]], axis=1)
    return frame
