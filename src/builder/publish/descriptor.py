"""``datapackage.json`` by Data Package v2; ``checksum`` is ours, and makes a change to the descriptor itself show."""

import json
from collections.abc import Sequence
from typing import Any

from builder.metadata import LICENSES, Metadata
from builder.package import PARQUET_SUFFIX, Fingerprint, seal
from builder.publish.files import DATA_FOLDER
from builder.schema import TableSchema, table_schemas

SCHEMA_FOLDER = "schema"
TEXT_RIGHTS = "The texts of the articles belong to their publishers; the licence of the tables does not extend to them."

_DIALECT = {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "skipInitialSpace": False}


def describe(metadata: Metadata, sources: Sequence[str], files: dict[str, Fingerprint]) -> str:
    """The descriptor as JSON; ``files`` are the published files by name, ``sources`` hold where the metadata names none."""
    content = _about(metadata, sources)
    content["checksum"] = "sha256:"
    content["resources"] = [
        resource
        for schema in table_schemas().values()
        for resource in (
            _csv_resource(schema, files[f"{schema.name}.csv"]),
            _parquet_resource(schema, files[f"{schema.name}.parquet"]),
        )
    ]
    return seal(json.dumps(content, ensure_ascii=False, indent=2) + "\n")


def _about(metadata: Metadata, sources: Sequence[str]) -> dict[str, Any]:
    name, url = LICENSES[metadata.license]
    content: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": metadata.name,
        "title": metadata.title,
        "description": f"{metadata.description} {metadata.rights or TEXT_RIGHTS}",
        "version": metadata.version,
        "homepage": metadata.homepage,
        "keywords": list(metadata.keywords),
        "licenses": [{"name": metadata.license, "title": name, "path": url}],
        "contributors": [{"title": title, "roles": ["creator"]} for title in metadata.contributors],
        "sources": [{"title": s.title, **({"path": s.path} if s.path else {})} for s in metadata.sources]
        or [{"title": source} for source in sources],
    }
    return {key: value for key, value in content.items() if value}


def _csv_resource(schema: TableSchema, file: Fingerprint) -> dict[str, Any]:
    return {
        "name": schema.name,
        "type": "table",
        "title": schema.title,
        "description": schema.description,
        "path": f"{DATA_FOLDER}/{schema.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": _DIALECT,
        **_check(file),
        "schema": f"{SCHEMA_FOLDER}/{schema.name}.json",
    }


def _parquet_resource(schema: TableSchema, file: Fingerprint) -> dict[str, Any]:
    return {
        "name": schema.name + PARQUET_SUFFIX,
        "type": "file",
        "title": f"{schema.title} (Parquet)",
        "description": f"The same rows as {schema.name}.csv.",
        "path": f"{DATA_FOLDER}/{schema.name}.parquet",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        **_check(file),
    }


def _check(file: Fingerprint) -> dict[str, Any]:
    return {"hash": f"sha256:{file.sha256}", "bytes": file.n_bytes}
