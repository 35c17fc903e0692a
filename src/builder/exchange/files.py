"""Files of other tools as JSON; each is input from outside, and what is wrong with it is one line with file and place."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from builder.errors import InputError

MOST_BYTES = 1 << 28
"""Of a file that must be read whole."""
MOST_LINE_BYTES = 1 << 26
MOST_DIGITS = 15
"""Of an offset."""
_BOM = b"\xef\xbb\xbf"


def read_bytes(path: Path) -> bytes:
    """Raises InputError for what is no file, or too large a one."""
    try:
        if not path.is_file():
            raise InputError(f"{path}: no file")
        if path.stat().st_size > MOST_BYTES:
            raise InputError(f"{path}: larger than {MOST_BYTES:,} bytes; give it in pieces, or as a line each")
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error


def fingerprint_of(path: Path) -> str:
    """SHA-256 of a file, or of the names and SHA-256s of the files of a folder. Raises InputError."""
    try:
        if path.is_dir():
            files = sorted(each for each in path.iterdir() if each.is_file())
            whole = "".join(f"{each.name}\0{fingerprint_of(each)}\n" for each in files)
            return hashlib.sha256(whole.encode("utf-8", "surrogateescape")).hexdigest()
        if not path.is_file():
            raise InputError(f"{path}: no file")
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error


def read_text(path: Path) -> str:
    """UTF-8, with its line ends as they stand."""
    return decoded(read_bytes(path), str(path))


def decoded(raw: bytes, place: str) -> str:
    try:
        return raw.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"{place}: not UTF-8 at byte {error.start}") from None


def read_json(path: Path) -> Any:
    return parsed(read_bytes(path), str(path))


def json_lines(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Objects with their place. Raises InputError for a line that is none."""
    try:
        if not path.is_file():
            raise InputError(f"{path}: no file")
        with path.open("rb") as file:
            number = 0
            while raw := file.readline(MOST_LINE_BYTES + 2):
                number += 1
                if len(raw) > MOST_LINE_BYTES + 1:
                    raise InputError(f"{path}, line {number}: longer than {MOST_LINE_BYTES:,} bytes")
                if raw.strip():
                    content = parsed(raw, f"{path}, line {number}")
                    if not isinstance(content, dict):
                        raise InputError(f"{path}, line {number}: not a JSON object")
                    yield f"line {number}", content
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error


def parsed(raw: bytes, place: str) -> Any:
    try:
        content = json.loads(decoded(raw, place), parse_constant=_no_constant)
        if b"\\ud" in raw.lower():
            json.dumps(content, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise InputError(f"{place}: no JSON that can be read: {' '.join(str(error).split())[:120]}") from None
    return content


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def is_place(value: object) -> bool:
    return type(value) is int and abs(value) < 10**MOST_DIGITS


def text_or_none(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
