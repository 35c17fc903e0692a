"""Addresses of web pages: when two are the same, and which ones a saved page gives itself."""

import html
import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_cid|mc_eid|_ga", re.IGNORECASE)
"""What newsletters, advertisements and social networks add to an address, and no site needs to find a page."""
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_KEPT_IN_PATH = "%/!$&'()*+,;=:@~-._"
_HEAD_BYTES = 1 << 18
"""How far into a page its own addresses are looked for."""
_SAVED = re.compile(rb"<!--[^<>]{0,300}?(?:saved from url=\(\d{1,6}\)|url:[ \t]*)(https?://[^\s<>\"]{1,2000})", re.IGNORECASE)
"""Comments of browsers (<!-- saved from url=(0024)https://... -->) and of SingleFile (url: https://...)."""
_TAG = re.compile(rb"<(?:link|meta)\b[^>]{1,3000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")


def same_address(address: str) -> str | None:
    """What two addresses of one page have in common; None for what is no web address.

    Scheme, ``www.``, a usual port, a trailing slash, the fragment, the order of the query and what only counts visitors do not
    matter; case of the path and every other part of the query do, for they may tell two articles apart.
    """
    try:
        parts = urlsplit(address.strip())
        host, port = (parts.hostname or "").strip("."), parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    place = host.removeprefix("www.") + (f":{port}" if port not in (None, 80, 443) else "")
    path = quote(_ESCAPE.sub(_needed, parts.path), safe=_KEPT_IN_PATH, errors="surrogateescape").rstrip("/")
    query = sorted(
        (name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(name)
    )
    fragment = f"#{parts.fragment}" if parts.fragment.startswith("!") else ""
    return place + path + (f"?{urlencode(query, errors='surrogateescape')}" if query else "") + fragment


def _needed(escape: re.Match[str]) -> str:
    """An escape in capitals, or the character that needs none (RFC 3986, 6.2.2)."""
    char = chr(int(escape[1], 16))
    return char if char.isascii() and (char.isalnum() or char in "-._~") else escape[0].upper()


def addresses_of(page: bytes, source: str) -> Iterator[str]:
    """Where a saved page comes from, the surest first: its source, the note of whoever saved it, what it names itself."""
    yield source
    head = page[:_HEAD_BYTES]
    if found := _SAVED.search(head):
        yield found[1].decode("utf-8", "replace")
    yield from _named(head)
    if "/" in source:
        yield f"https://{source}"  # a mirror keeps host/path as folders
        yield f"https://{source.rpartition('.')[0]}"


def _named(head: bytes) -> Iterator[str]:
    """The canonical address, then the one for social networks."""
    tags = [_attributes(tag[0].decode("utf-8", "replace")) for tag in _TAG.finditer(head)]
    for tag in tags:
        if "canonical" in tag.get("rel", "").lower().split() and "href" in tag:
            yield tag["href"]
    for tag in tags:
        if "og:url" in (tag.get("property", "").lower(), tag.get("name", "").lower()) and "content" in tag:
            yield tag["content"]


def _attributes(tag: str) -> dict[str, str]:
    return {name.lower(): html.unescape(one or other or bare) for name, one, other, bare in _ATTRIBUTE.findall(tag)}
