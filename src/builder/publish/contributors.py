"""Who made a dataset: persons with given and family name and ORCID, or bodies."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from builder.errors import InputError

ORCID_SITE = "https://orcid.org/"
_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")


@dataclass(frozen=True, slots=True)
class Contributor:
    """``name`` is the whole name; of a body there is no more. ``orcid`` is the bare identifier."""

    name: str
    given_name: str | None = None
    family_name: str | None = None
    orcid: str | None = None
    organization: str | None = None

    @property
    def is_person(self) -> bool:
        return self.family_name is not None or self.orcid is not None

    @property
    def inverted(self) -> str:
        """Family name first, as bibliographies sort; of a body its name."""
        return f"{self.family_name}, {self.given_name}" if self.family_name and self.given_name else self.name

    @property
    def with_initials(self) -> str:
        """``Oduya, M. A.``, ``Lee, J.-P.``"""
        if not (self.family_name and self.given_name):
            return self.name
        parts = ("-".join(f"{piece[0]}." for piece in part.split("-") if piece) for part in self.given_name.split())
        return f"{self.family_name}, {' '.join(parts)}"

    @property
    def orcid_address(self) -> str | None:
        return f"{ORCID_SITE}{self.orcid}" if self.orcid else None


FIELDS = ("name", "given_name", "family_name", "orcid", "organization")


def contributor(given: Mapping[str, str]) -> Contributor:
    """From the fields as somebody has written them, :data:`FIELDS` of them. Raises InputError."""
    if unknown := sorted(given.keys() - set(FIELDS)):
        raise InputError(f"contributors: unknown field {unknown[0]!r}; known are {', '.join(FIELDS)}")
    parts = [given[part] for part in ("given_name", "family_name") if part in given]
    if not (name := given.get("name") or " ".join(parts)):
        raise InputError("contributors: each has a name, or a given_name and a family_name")
    orcid = given["orcid"].removeprefix(ORCID_SITE) if "orcid" in given else None
    if orcid is not None and not _is_orcid(orcid):
        raise InputError(f"contributors: {orcid!r:.40} is no ORCID such as 0000-0002-1825-0097")
    others = {field: given[field] for field in ("given_name", "family_name", "organization") if field in given}
    return Contributor(name, orcid=orcid, **others)


def _is_orcid(text: str) -> bool:
    """By its form and its check digit (ISO 7064, MOD 11-2)."""
    if not _ORCID.fullmatch(text):
        return False
    *digits, check = list(text.replace("-", ""))
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    return check == "0123456789X"[(12 - total % 11) % 11]


def described(contributor: Contributor) -> dict[str, Any]:
    """As Data Package 2.0 has contributors."""
    content = {
        "title": contributor.name,
        "givenName": contributor.given_name,
        "familyName": contributor.family_name,
        "path": contributor.orcid_address,
        "organization": contributor.organization,
        "roles": ["creator"],
    }
    return {name: value for name, value in content.items() if value}


_DESCRIBED = {
    "title": "name",
    "givenName": "given_name",
    "familyName": "family_name",
    "path": "orcid",
    "organization": "organization",
}


def from_described(content: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that :func:`described` was made from."""
    return {field: content[name] for name, field in _DESCRIBED.items() if name in content}
