"""Paragraphs of Rich Text Format files."""

import re

from striprtf.striprtf import rtf_to_text

from builder.errors import InputError

_INSTRUCTION = re.compile(r"\{\\\*\\fldinst(?:[^{}]|\{[^{}]*\}){0,4000}\}")
"""Of a field, such as the address of a link; what is shown follows it."""
_CELL_ENDS = re.compile(r"(?<!\\)\\(?:nest)?cell(?![a-z])")


def rtf_lines(raw: bytes) -> list[str]:
    """A line for each paragraph and each cell of a table. Raises InputError for what is no Rich Text Format."""
    if not raw.lstrip().startswith(b"{\\rtf"):
        raise InputError("no Rich Text Format")
    shown = _CELL_ENDS.sub(r"\\par", _INSTRUCTION.sub("", raw.decode("latin-1")))
    try:
        text: str = rtf_to_text(shown, errors="replace")  # type: ignore[no-untyped-call]
    except (LookupError, ValueError, IndexError, RecursionError) as error:
        raise InputError(f"Rich Text Format that cannot be read: {error}") from None
    return _whole(text).split("\n")


def _whole(text: str) -> str:
    """Characters beyond the basic plane stand in the file as two halves, each an escape; put together again."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
