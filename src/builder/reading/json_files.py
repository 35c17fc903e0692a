"""Articles in one JSON value: an array of objects, or an object that holds one, as the interfaces of news services answer."""

import json
import re
from pathlib import Path
from typing import Any

from builder.errors import InputError
from builder.reading.rejects import Reject
from builder.reading.text import decode
from builder.reading.units import Found, HowToRead, object_unit

MAX_BYTES = 1 << 29
_CUT_OFF = re.compile(r"\[\+\d+ chars\]\s*\Z")
"""How NewsAPI ends what it gives of a text."""
LISTS = ("articles", "results", "docs", "documents", "stories", "items", "hits", "data", "response")
"""Keys under which services keep their list of articles."""


def json_articles(path: Path, source: str, how: HowToRead) -> Found:
    """A unit for each object of the list, or one for an object that is an article itself. Raises InputError."""
    if path.stat().st_size > MAX_BYTES:
        raise InputError(f"more than {MAX_BYTES:,} bytes of one JSON value; write an article a line (.jsonl)")
    text = how.decode(source, path.read_bytes())
    try:
        value = json.loads(text, object_pairs_hook=unrepeated)
    except json.JSONDecodeError as error:
        raise InputError(f"broken JSON at line {error.lineno}, character {error.colno}: {error.msg}") from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"JSON that cannot be read: {error}") from None
    objects = _objects(value)
    if cut := sum(isinstance(found, dict) and bool(_CUT_OFF.search(str(found.get("content")))) for found in objects):
        how.note(source, f"the service has cut off {cut:,} of its texts, which end with “[+… chars]”")
    for number, found in enumerate(objects, 1):
        place = f"item {number}"
        if isinstance(found, dict):
            yield object_unit(source, place, found)
        else:
            yield Reject(source, place, "not a JSON object")


def unrepeated(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object's keys and values. Raises InputError for a key that stands twice, of which one value would be lost."""
    row = dict(pairs)
    if len(row) < len(pairs):
        names = [name for name, _ in pairs]
        raise InputError(f"key {next(name for name in names if names.count(name) > 1)!r:.40} stands twice in one object")
    return row


def json_object(raw: bytes) -> dict[str, Any]:
    """Of a line of JSON. Raises InputError."""
    try:
        row = json.loads(decode(raw), object_pairs_hook=unrepeated)
    except json.JSONDecodeError as error:
        raise InputError(f"broken JSON at character {error.pos}: {error.msg}") from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"JSON that cannot be read: {error}") from None
    if not isinstance(row, dict):
        raise InputError("not a JSON object")
    return row


def _objects(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        inside = next((value[key] for key in LISTS if isinstance(value.get(key), list | dict)), None)
        return [value] if inside is None else _objects(inside)
    raise InputError("neither a JSON object nor an array of them")
