"""Files by which repositories and archives read a package: Zenodo, RO-Crate, checksums; all made from the descriptor."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from builder import __released__
from builder.publish.contributors import Contributor
from builder.publish.metadata import LICENSES, described_metadata
from builder.publish.names import DESCRIPTOR

ZENODO_FILE = ".zenodo.json"
RO_CRATE_FILE = "ro-crate-metadata.json"
CHECKSUMS_FILE = "SHA256SUMS"

_NOT_RELEASED = (
    f"No day of release is given: datePublished, which RO-Crate asks for, is {__released__}, the day of the version of the "
    "builder, before which this was not made."
)


def zenodo(descriptor: Mapping[str, Any]) -> str:
    """What Zenodo takes instead of CITATION.cff where both are there; its description is HTML."""
    import html  # noqa: PLC0415 (only a project's own package has this file)

    metadata = described_metadata(descriptor)
    content = {
        "title": metadata.title,
        "upload_type": "dataset",
        "description": f"<p>{html.escape(metadata.statement, quote=False)}</p>",
        "creators": list(map(_zenodo_creator, metadata.creators)),
        "version": metadata.version,
        "publication_date": metadata.released and str(metadata.released),
        "license": metadata.license.lower(),
        "access_right": "open",
        "keywords": list(metadata.keywords),
    }
    return _json({name: value for name, value in content.items() if value})


def _zenodo_creator(creator: Contributor) -> dict[str, str]:
    content = {"name": creator.inverted, "affiliation": creator.organization, "orcid": creator.orcid}
    return {name: value for name, value in content.items() if value}


def ro_crate(descriptor: Mapping[str, Any]) -> str:
    """RO-Crate 1.1: the package as the root data set with its files, licence and creators."""
    metadata = described_metadata(descriptor)
    creators = [_crate_creator(creator, number) for number, creator in enumerate(metadata.creators, 1)]
    employers = {c.organization: _employer(c.organization) for c in metadata.creators if c.organization}
    files = [_crate_file(resource) for resource in descriptor["resources"]]
    license_name, license_url = LICENSES[metadata.license]
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": metadata.title,
        "description": metadata.statement if metadata.released else f"{metadata.statement} {_NOT_RELEASED}",
        "datePublished": str(metadata.released or __released__),
        "creativeWorkStatus": None if metadata.released else "Draft",
        "version": metadata.version,
        "license": {"@id": license_url},
        "author": [{"@id": creator["@id"]} for creator in creators],
        "keywords": ", ".join(metadata.keywords),
        "identifier": metadata.doi_address,
        "url": metadata.homepage,
        "hasPart": [{"@id": DESCRIPTOR}, *({"@id": file["@id"]} for file in files)],
    }
    about = {
        "@id": RO_CRATE_FILE,
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "about": {"@id": "./"},
    }
    graph = [
        about,
        {name: value for name, value in root.items() if value},
        {"@id": license_url, "@type": "CreativeWork", "name": license_name, "identifier": metadata.license},
        {"@id": DESCRIPTOR, "@type": "File", "name": "Data Package descriptor", "encodingFormat": "application/json"},
        *creators,
        *employers.values(),
        *files,
    ]
    return _json({"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph})


def _crate_file(resource: Mapping[str, Any]) -> dict[str, str]:
    return {
        "@id": resource["path"],
        "@type": "File",
        "name": resource["name"],
        "description": resource["description"],
        "encodingFormat": resource["mediatype"],
        "contentSize": str(resource["bytes"]),
        "sha256": resource["hash"].removeprefix("sha256:"),
    }


def _crate_creator(creator: Contributor, number: int) -> dict[str, Any]:
    content = {
        "@id": creator.orcid_address or f"#creator-{number}",
        "@type": "Person" if creator.is_person else "Organization",
        "name": creator.name,
        "givenName": creator.given_name,
        "familyName": creator.family_name,
        "affiliation": {"@id": _employer(creator.organization)["@id"]} if creator.organization else None,
    }
    return {name: value for name, value in content.items() if value}


def _employer(name: str) -> dict[str, Any]:
    return {"@id": f"#{quote(name)}", "@type": "Organization", "name": name}


def checksums(fingerprints: Mapping[str, str]) -> str:
    """SHA-256 by path, in the form that ``sha256sum --check`` reads."""
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(fingerprints.items()))


def _json(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
