"""Pieces of sources that should hold one article each, not yet looked into."""

from typing import Literal, NamedTuple

Kind = Literal["text", "json", "html"]


class Unit(NamedTuple):
    """``source`` is the name by which the package knows the file, ``place`` where in it the unit stands, None for all of it."""

    kind: Kind
    source: str
    place: str | None
    raw: bytes
