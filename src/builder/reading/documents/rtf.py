"""Paragraphs of Rich Text Format files."""

from striprtf.striprtf import rtf_to_text

from builder.errors import InputError


def rtf_lines(raw: bytes) -> list[str]:
    """A line for each paragraph. Raises InputError for what is no Rich Text Format."""
    if not raw.lstrip().startswith(b"{\\rtf"):
        raise InputError("no Rich Text Format")
    try:
        text: str = rtf_to_text(raw.decode("latin-1"), errors="replace")  # type: ignore[no-untyped-call]
    except (LookupError, ValueError, IndexError, RecursionError) as error:
        raise InputError(f"Rich Text Format that cannot be read: {error}") from None
    return _whole(text).split("\n")


def _whole(text: str) -> str:
    """Characters beyond the basic plane stand in the file as two halves, each an escape; put together again."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
