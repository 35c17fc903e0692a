"""``datapackage.json`` by Data Package v2; ``checksum`` is ours, and makes a change to the descriptor itself show."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from builder.publish.contributors import described
from builder.publish.metadata import LICENSES, Metadata
from builder.publish.package import PARQUET_SUFFIX, PackageFiles, seal
from builder.tables.schema import TableSchema, table_schemas

SCHEMA_FOLDER = "schema"

_DIALECT = {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "skipInitialSpace": False}


def describe(metadata: Metadata, sources: Sequence[str], files: PackageFiles, coding_note: str | None = None) -> str:
    """The descriptor as JSON; ``sources`` hold where the metadata names none, ``coding_note`` is what coders say of theirs."""
    content = _about(metadata, sources)
    if coding_note:
        content["coding_note"] = coding_note
    content["checksum"] = "sha256:"
    content["resources"] = [resource for schema in _published(files) for resource in _resources(schema, files)]
    return seal(json.dumps(content, ensure_ascii=False, indent=2) + "\n")


def _published(files: PackageFiles) -> list[TableSchema]:
    return [schema for schema in table_schemas().values() if schema.name in files.parquet]


def _about(metadata: Metadata, sources: Sequence[str]) -> dict[str, Any]:
    name, url = LICENSES[metadata.license]
    content: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": metadata.name,
        "id": metadata.doi_address,
        "title": metadata.title,
        "description": metadata.statement,
        "version": metadata.version,
        "created": metadata.released and f"{metadata.released}T00:00:00Z",
        "homepage": metadata.homepage,
        "keywords": list(metadata.keywords),
        "licenses": [{"name": metadata.license, "title": name, "path": url}],
        "contributors": list(map(described, metadata.contributors)),
        "sources": [{"title": s.title, **({"path": s.path} if s.path else {})} for s in metadata.sources]
        or [{"title": source} for source in sources],
    }
    return {key: value for key, value in content.items() if value}


def _resources(schema: TableSchema, files: PackageFiles) -> Iterator[dict[str, Any]]:
    if schema.name in files.csv:
        yield _csv_resource(schema, files.csv[schema.name], files)
    parts = files.parquet[schema.name]
    for number, path in enumerate(parts):
        yield _parquet_resource(schema, path, files, f"-{number:05}" if len(parts) > 1 else "")


def _csv_resource(schema: TableSchema, path: str, files: PackageFiles) -> dict[str, Any]:
    return {
        "name": schema.name,
        "type": "table",
        "title": schema.title,
        "description": schema.description,
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": _DIALECT,
        **_check(path, files),
        "schema": f"{SCHEMA_FOLDER}/{schema.name}.json",
    }


def _parquet_resource(schema: TableSchema, path: str, files: PackageFiles, part: str) -> dict[str, Any]:
    return {
        "name": schema.name + PARQUET_SUFFIX + part,
        "type": "file",
        "title": f"{schema.title} (Parquet)",
        "description": f"Rows of table {schema.name}, whose columns are those of {SCHEMA_FOLDER}/{schema.name}.json.",
        "path": path,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        **_check(path, files),
    }


def _check(path: str, files: PackageFiles) -> dict[str, Any]:
    sha256, n_bytes = files.fingerprints[path]
    return {"hash": f"sha256:{sha256}", "bytes": n_bytes}
