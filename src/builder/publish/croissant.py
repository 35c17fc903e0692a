"""``croissant.json`` (Croissant 1.1, which is a schema.org Dataset too), made from the descriptor.

The record sets read the Parquet files, whose types need no guessing.
"""

import json
from collections.abc import Mapping
from typing import Any

from builder.publish.citation import apa
from builder.publish.contributors import Contributor
from builder.publish.metadata import LICENSES, Metadata, described_metadata
from builder.publish.package import PARQUET_SUFFIX
from builder.tables.schema import Column, TableSchema, table_schemas

CROISSANT_FILE = "croissant.json"

_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "description": {"@container": "@language"},
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "name": {"@container": "@language"},
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""The context that Croissant 1.1 prescribes."""

_DATA_TYPES = {"string": "sc:Text", "integer": "sc:Integer", "number": "sc:Float", "date": "sc:Date"}


def croissant(descriptor: Mapping[str, Any]) -> str:
    metadata = described_metadata(descriptor)
    resources = descriptor["resources"]
    content = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        **_about(metadata),
        "distribution": [_file(resource) for resource in resources],
        "recordSet": [_record_set(schema, resources) for schema in _published(resources)],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _published(resources: list[Mapping[str, Any]]) -> list[TableSchema]:
    names = {resource["name"].partition(PARQUET_SUFFIX)[0] for resource in resources}
    return [schema for schema in table_schemas().values() if schema.name in names]


def _about(metadata: Metadata) -> dict[str, Any]:
    about = {
        "name": metadata.name,
        "alternateName": metadata.title,
        "description": metadata.statement,
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "citeAs": apa(metadata),
        "creator": list(map(_creator, metadata.creators)),
        "datePublished": metadata.released and str(metadata.released),
        "keywords": list(metadata.keywords),
        "license": LICENSES[metadata.license][1],
        "identifier": metadata.doi_address,
        "url": metadata.address,
        "version": metadata.version,
    }
    return {name: value for name, value in about.items() if value}


def _creator(creator: Contributor) -> dict[str, str]:
    kind = "sc:Person" if creator.is_person else "sc:Organization"
    return {"@type": kind, "name": creator.name, **({"url": creator.orcid_address} if creator.orcid_address else {})}


def _file(resource: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": resource["path"],
        "name": resource["name"],
        "description": resource["description"],
        "contentUrl": resource["path"],
        "contentSize": f"{resource['bytes']} B",
        "encodingFormat": "text/csv" if resource["format"] == "csv" else "application/x-parquet",
        "sha256": resource["hash"].removeprefix("sha256:"),
    }


def _record_set(schema: TableSchema, resources: list[Mapping[str, Any]]) -> dict[str, Any]:
    """Of a table in several parts the first one: what Croissant calls a file set must stand in an archive."""
    path = next(r["path"] for r in resources if r["name"].startswith(schema.name + PARQUET_SUFFIX))
    record_set: dict[str, Any] = {
        "@type": "cr:RecordSet",
        "@id": schema.name,
        "name": schema.name,
        "description": schema.description,
    }
    if schema.primary_key:
        record_set["key"] = {"@id": f"{schema.name}/{schema.primary_key}"}
    references = _references(schema)
    record_set["field"] = [_field(schema.name, column, path, references.get(column.name)) for column in schema.columns]
    return record_set


def _references(schema: TableSchema) -> dict[str, str]:
    """Fields that foreign keys refer to, by column. Articles only: readers of Croissant join along references, and repeat rows
    where a key may be null, or end where keys go in a circle."""
    keys = [key for key in schema.foreign_keys if key.table == "articles"]
    return {key.column: f"{key.table}/{key.key}" for key in keys}


def _field(table: str, column: Column, path: str, reference: str | None) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"{table}/{column.name}",
        "name": column.name,
        "description": column.description,
        "dataType": _DATA_TYPES[column.type],
        **({"references": {"field": {"@id": reference}}} if reference else {}),
        "source": {"fileObject": {"@id": path}, "extract": {"column": column.name}},
    }
