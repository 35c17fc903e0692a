"""What a package says about itself: title, licence, contributors and so on, from a YAML file or by default."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from builder.errors import InputError
from builder.publish.contributors import Contributor, contributor, from_described
from builder.reading.fields import shown
from builder.reading.plain_yaml import load_yaml
from builder.text.article import ARTICLE_ID

LICENSES = {
    "CC-BY-4.0": ("Creative Commons Attribution 4.0 International", "https://creativecommons.org/licenses/by/4.0/"),
    "CC0-1.0": ("CC0 1.0 Universal", "https://creativecommons.org/publicdomain/zero/1.0/"),
}
"""Licences by SPDX identifier that tables may be published under."""

ANONYMOUS = Contributor("Anonymous")
DOI_SITE = "https://doi.org/"
_DOI = re.compile(r"10\.\d{4,9}/[!-~]+")
TEXT_RIGHTS = "The texts of the articles belong to their publishers; the licence of the tables does not extend to them."


@dataclass(frozen=True, slots=True)
class Source:
    """Where the articles come from."""

    title: str
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """About the dataset. ``rights`` holds for the articles' texts, ``license`` for the tables made from them.

    Where ``rights`` is None the common sentence stands in its place; empty, the description says it already.
    """

    name: str = "article-dataset"
    title: str = "Article dataset"
    description: str = "Participants, agencies, quotes and dates read from news articles."
    version: str = "0.1.0"
    released: date | None = None
    license: str = "CC-BY-4.0"
    rights: str | None = None
    language: str = "en"
    homepage: str | None = None
    doi: str | None = None
    keywords: tuple[str, ...] = ("news articles", "quotes", "participants", "agencies", "temporal expressions")
    contributors: tuple[Contributor, ...] = ()
    sources: tuple[Source, ...] = ()

    @property
    def statement(self) -> str:
        """The description, and whose the texts are."""
        rights = TEXT_RIGHTS if self.rights is None else self.rights
        return f"{self.description} {rights}".strip()

    @property
    def creators(self) -> tuple[Contributor, ...]:
        return self.contributors or (ANONYMOUS,)

    @property
    def doi_address(self) -> str | None:
        return f"{DOI_SITE}{self.doi}" if self.doi else None

    @property
    def address(self) -> str | None:
        """Where the dataset is found: by its DOI, which lasts, else its page."""
        return self.doi_address or self.homepage


def described_metadata(descriptor: Mapping[str, Any]) -> Metadata:
    """The metadata that a published ``datapackage.json`` was made from, as far as it tells them. Raises InputError."""
    try:
        return replace(_metadata(_described(descriptor)), rights="")
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"datapackage.json: not the metadata of a package of this builder ({error!r:.200})") from error


def _described(descriptor: Mapping[str, Any]) -> dict[str, Any]:
    content = {name: descriptor[name] for name in ("name", "title", "description", "version")}
    content |= {name: descriptor[name] for name in ("homepage", "sources") if name in descriptor}
    content["keywords"] = descriptor.get("keywords", [])
    content["license"] = descriptor["licenses"][0]["name"]
    content["contributors"] = [from_described(each) for each in descriptor.get("contributors", ())]
    if "id" in descriptor:
        content["doi"] = descriptor["id"]
    if "created" in descriptor:
        content["released"] = date.fromisoformat(descriptor["created"][:10])
    return content


def read_metadata(path: Path) -> Metadata:
    """Raises InputError that names the file and the field."""
    try:
        content = load_yaml(path.read_bytes(), str(path))
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error
    if not isinstance(content, dict):
        raise InputError(f"{path}: not a mapping of fields to values")
    try:
        return _metadata(content)
    except InputError as error:
        raise InputError(f"{path}: {error}") from error


def _metadata(content: Mapping[str, Any]) -> Metadata:
    known = {field.name for field in fields(Metadata)}
    if unknown := [name for name in content if name not in known]:
        raise InputError(f"unknown field {unknown[0]!r}; known are {', '.join(sorted(known))}")
    values: dict[str, Any] = {}
    for name, value in content.items():
        if name == "keywords":
            values[name] = tuple(_text(name, item) for item in _list(name, value))
        elif name == "contributors":
            values[name] = tuple(_contributor(item) for item in _list(name, value))
        elif name == "doi":
            values[name] = _doi(value)
        elif name == "sources":
            values[name] = tuple(_source(item) for item in _list(name, value))
        elif name == "released":
            values[name] = _day(value)
        else:
            values[name] = _text(name, value)
    metadata = Metadata(**values)
    if not ARTICLE_ID.fullmatch(metadata.name):
        raise InputError(f"name {metadata.name!r} must match [a-z0-9][a-z0-9-]*")
    if metadata.license not in LICENSES:
        raise InputError(f"license {metadata.license!r} is none of {', '.join(LICENSES)}")
    return metadata


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise InputError(f"{name} must be text, not {shown(value)}")
    return " ".join(value.split())


def _list(name: str, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise InputError(f"{name} must be a list, not {shown(value)}")
    return value


def _contributor(item: Any) -> Contributor:
    """A name, or a mapping of the fields that a contributor has."""
    given = item if isinstance(item, dict) else {"name": item}
    return contributor({str(name): _text("contributors", value) for name, value in given.items()})


def _doi(value: Any) -> str:
    doi = _text("doi", value).removeprefix(DOI_SITE)
    if not _DOI.fullmatch(doi):
        raise InputError(f"doi {doi!r:.60} is none such as 10.5281/zenodo.1234567")
    return doi


def _source(item: Any) -> Source:
    if not isinstance(item, dict) or "title" not in item or item.keys() - {"title", "path"}:
        raise InputError(f"each of sources has a title and may have a path, unlike {shown(item)}")
    return Source(*(_text(f"sources: {name}", item[name]) for name in ("title", "path") if name in item))


def _day(value: Any) -> date:
    """Of the text in the file, or of a day."""
    try:
        return value if isinstance(value, date) else date.fromisoformat(value)
    except (TypeError, ValueError):
        raise InputError(f"released must be a day (YYYY-MM-DD), not {shown(value)}") from None
