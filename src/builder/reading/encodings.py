"""Text of bytes whose encoding nobody has said."""

import codecs
import re

from builder.errors import InputError

ENCODINGS = ("utf_8", "utf_16", "utf_16_le", "utf_16_be", "cp1252", "latin_1")
"""What is looked for where no encoding is named: what English news is kept in."""

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_SAMPLE = 1 << 16
"""Bytes around the first that is not ASCII, which alone tell an encoding."""


def decoded(raw: bytes, encoding: str | None = None) -> tuple[str, str | None]:
    """The text, and the encoding where it had to be guessed. Raises InputError for what is no text, or not of ``encoding``.

    A byte-order mark tells, then UTF-8 is tried, then what :data:`ENCODINGS` lists.
    """
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return _strict(raw, name), None
    if encoding is not None:
        return _strict(raw, encoding), None
    if b"\0" not in raw:
        try:
            return raw.decode("utf-8"), None
        except UnicodeDecodeError:
            pass
        if place := _CONTROL.search(raw):
            raise InputError(f"binary: byte 0x{raw[place.start()]:02x} at byte {place.start()}")
    from charset_normalizer import from_bytes  # noqa: PLC0415 (few sources are not UTF-8)

    first = _BEYOND_ASCII.search(raw)
    start = max(0, first.start() - _SAMPLE // 2) // 2 * 2 if first else 0
    best = from_bytes(raw[start : start + _SAMPLE], cp_isolation=list(ENCODINGS[1:])).best()
    if best is None or (b"\0" in raw and not best.encoding.startswith("utf_16")):
        raise InputError(f"binary, or of an encoding that is none of {', '.join(ENCODINGS)}; name it with --encoding")
    return _strict(raw, best.encoding), best.encoding


def _strict(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding).removeprefix("\ufeff")
    except LookupError:
        raise InputError(f"no such encoding: {encoding}") from None
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputError(f"not {encoding}: byte 0x{raw[error.start]:02x} at byte {error.start}, line {line}") from None
