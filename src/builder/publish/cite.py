"""``builder cite``: a published dataset, or one row of it, in the form that is asked for."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow.compute as pc

from builder.errors import InputError
from builder.publish.citation import CitedRow, Style, apa, bibtex, citation_cff, csl_json
from builder.publish.metadata import Metadata, described_metadata
from builder.publish.package import PackageFiles, read_package, read_parquet, read_steadily
from builder.tables.schema import TableSchema, table_schemas

_NOUNS = {
    "articles": "article", "participants": "participant", "agencies": "agency", "affiliations": "affiliation",
    "quotes": "quote", "dates": "date", "mentions": "mention",
}  # fmt: skip


_FORMS = {Style.bibtex: bibtex, Style.csl: csl_json, Style.cff: citation_cff}


def cite(package: Path, row_id: str | None = None, style: Style = Style.apa) -> str:
    """The citation, ending with a line feed. Raises InputError where there is no such package or row."""
    files, row = read_steadily(package, lambda files: (files, cited_row(files, row_id) if row_id is not None else None))
    metadata = described_metadata(files.descriptor)
    return apa(metadata, row) + "\n" if style is Style.apa else _FORMS[style](metadata, row)


def read_descriptor(package: Path) -> Mapping[str, Any]:
    """The descriptor of a package. Raises InputError."""
    return read_package(package).descriptor


def read_described(package: Path) -> Metadata:
    return described_metadata(read_descriptor(package))


def cited_row(files: PackageFiles, row_id: str) -> CitedRow:
    """The row of this key, whatever its table."""
    article = _find(files, "articles", row_id.split(".", 1)[0])
    if article is None:
        raise InputError(f"{row_id}: no row of this package has this key")
    if article["article_id"] == row_id:
        return _cited(row_id, "articles", {}, article, None)
    for name in _NOUNS:
        if name != "articles" and (row := _find(files, name, row_id)):
            return _cited(row_id, name, row, article, _who(files, row))
    raise InputError(f"{row_id}: no row of this package has this key")


def _cited(key: str, table: str, row: dict[str, Any], article: dict[str, Any], who: str | None) -> CitedRow:
    return CitedRow(
        key=key,
        noun=_NOUNS[table],
        text=row.get("text"),
        start=row.get("start"),
        end=row.get("end"),
        who=who,
        article_title=article["title"] or article["article_id"],
        publisher=article["publisher"],
        published=article["published"],
        source=article["source"],
    )


def _who(files: PackageFiles, row: dict[str, Any]) -> str | None:
    """Who said a quote: the participant's or agency's name, else the words of the article; None for other rows."""
    if "speaker" not in row:
        return None
    for table, column in (("participants", "participant_id"), ("agencies", "agency_id")):
        if row[column] and (named := _find(files, table, row[column])):
            return str(named["name"])
    speaker: str | None = row["speaker"]
    return speaker


def _find(files: PackageFiles, table: str, key: str) -> dict[str, Any] | None:
    schema: TableSchema = table_schemas()[table]
    for path in files.parquet[table]:
        columns = [name for name in schema.column_names if not (table == "articles" and name == "text")]
        rows = read_parquet(files, path, schema, columns).filter(pc.field(schema.primary_key) == key).to_pylist()
        if rows:
            found: dict[str, Any] = rows[0]
            return found
    return None
