"""Many articles in a ``.jsonl`` file, one JSON object a line."""

import json
from collections.abc import Iterator
from pathlib import Path

from builder.article import MAX_CHARACTERS, Article
from builder.errors import InputError
from builder.reading.fields import Defaults, make_article
from builder.reading.text import decode

MAX_LINE_BYTES = 6 * MAX_CHARACTERS
"""Room for the longest text in which every character is written as an escape."""


def read_json_lines(path: Path, source: str, defaults: Defaults) -> Iterator[Article]:
    """The articles in the order of their lines; fields the builder does not know are passed over, blank lines too.

    Raises InputError that names the file and the line.
    """
    with path.open("rb") as file:
        number = 0
        while raw := file.readline(MAX_LINE_BYTES + 1):
            number += 1
            if raw.isspace():
                continue
            try:
                yield _article(raw, source, defaults)
            except InputError as error:
                raise InputError(f"{path}, line {number}: {error}") from error


def _article(raw: bytes, source: str, defaults: Defaults) -> Article:
    if len(raw) > MAX_LINE_BYTES:
        raise InputError(f"more than {MAX_LINE_BYTES:,} bytes")
    try:
        fields = json.loads(decode(raw))
    except json.JSONDecodeError as error:
        raise InputError(f"broken JSON at character {error.pos}: {error.msg}") from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"JSON that cannot be read: {error}") from None
    if not isinstance(fields, dict):
        raise InputError("not a JSON object")
    text = fields.get("text")
    if not isinstance(text, str):
        raise InputError("text is missing" if text is None else "text is not a string")
    return make_article(text, fields, defaults, article_id=None, source=source)
