"""Text of bytes, and the YAML block with metadata that may stand at its head."""

import re
from difflib import get_close_matches
from typing import Any

from builder.errors import InputError
from builder.reading.fields import FIELDS, shown
from builder.reading.plain_yaml import load_yaml
from builder.text.article import MAX_CHARACTERS

MAX_BYTES = 4 * MAX_CHARACTERS + 3
"""No UTF-8 file that is longer, its byte-order mark aside, can hold an acceptable text."""
TOO_LONG = f"more than {MAX_BYTES:,} bytes; an article may have at most {MAX_CHARACTERS:,} characters"

_ALMOST = 0.8
"""How like a known name another one is that is taken for a slip, as difflib counts it."""
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.{0,20000}?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)


def decode(raw: bytes) -> str:
    """Text of UTF-8 bytes without their byte-order mark. Raises InputError with the place of the first byte that is none."""
    if (place := raw.find(b"\0")) >= 0:
        raise InputError(f"binary, or not UTF-8: NUL at byte {place}")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        offset = error.start + (3 if raw.startswith(b"\xef\xbb\xbf") else 0)
        line = raw.count(b"\n", 0, offset) + 1
        raise InputError(f"not UTF-8: byte 0x{raw[offset]:02x} at byte {offset}, line {line}") from None


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """Metadata and the text after it; a text that merely opens with a rule of hyphens is left whole.

    Names of the user's own are kept; one that is almost a known one is refused, since it is more likely mistyped.
    """
    found = _FRONT_MATTER.match(text)
    if not found:
        return {}, text
    fields = load_yaml(found[1], "front matter", first_line=2)
    if not isinstance(fields, dict) or not fields.keys() & set(FIELDS):
        return {}, text
    for name in fields.keys() - set(FIELDS):
        if meant := get_close_matches(str(name), FIELDS, 1, _ALMOST):
            raise InputError(f"front matter: unknown field {shown(name)}; {meant[0]} is meant?")
    return fields, text[found.end() :]
