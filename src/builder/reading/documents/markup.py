"""Lines of HTML, for downloads and books: what a browser would set on a line of its own is one."""

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from types import MappingProxyType
from typing import NamedTuple

_BLOCKS = frozenset(
    "address article aside blockquote body dd div dl dt footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section "
    "table td th title tr ul".split()
)
_UNSEEN = frozenset(("script", "style", "template", "noscript"))
_BLOCK, _BREAK, _ROLE = "\0", "\1", "\2"
_SEPARATORS = re.compile(f"[{_BLOCK}{_BREAK}{_ROLE}]")
_WITH_ROLE = re.compile(f"{_ROLE}([a-z]+){_ROLE}")


class Marked(NamedTuple):
    """Lines with blank ones between blocks, and what the page says of some: a role by the number of the line."""

    lines: list[str]
    roles: dict[int, str]


def html_lines(page: str) -> list[str]:
    """A line for each block, or piece of one, its white space put together."""
    return [line for line in marked_lines(page).lines if line]


def marked_lines(page: str, roles: Mapping[str, str] = MappingProxyType({})) -> Marked:
    """``roles`` are the roles of elements by their ``id`` or one of their classes."""
    parser = _Lines(roles)
    parser.feed(page)
    parser.close()
    found = Marked([], {})
    for block in "".join(parser.pieces).split(_BLOCK):
        role = _WITH_ROLE.search(block)
        lines = [" ".join(line.split()) for line in _WITH_ROLE.sub("", block).split(_BREAK)]
        if filled := [line for line in lines if line]:
            if role:
                found.roles[len(found.lines)] = role[1]
            found.lines.extend((*filled, ""))
    return found


class _Lines(HTMLParser):
    def __init__(self, roles: Mapping[str, str]) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._roles = roles
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "br":
            self.pieces.append(_BREAK)
        elif tag in _BLOCKS:
            self.pieces.append(_BLOCK)
            names = (name for attribute, value in attrs if attribute in ("id", "class") for name in (value or "").split())
            if role := next((self._roles[name] for name in names if name in self._roles), None):
                self.pieces.append(f"{_ROLE}{role}{_ROLE}")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in _BLOCKS:
            self.pieces.append(_BLOCK)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.pieces.append(_SEPARATORS.sub("", data))
