"""Members of zip files that strangers made, read within declared limits."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from xml.etree.ElementTree import ParseError

from builder.errors import InputError
from builder.text.article import MAX_CHARACTERS

MAX_MEMBER_BYTES = 20 * MAX_CHARACTERS
"""Room for the longest text with the markup around each of its words."""
MAX_RATIO = 200
"""A member may unpack to so many times its packed size; what unpacks to more is no text."""
MAX_MEMBERS = 20_000
_FREE_BYTES = 1 << 20
"""Up to this size any ratio will do: empty tables pack well."""
_PIECE = 1 << 20


@contextmanager
def opened(raw: bytes) -> Iterator[zipfile.ZipFile]:
    """The archive. Raises InputError for what is none, or lists more than ``MAX_MEMBERS``, and for broken markup inside it."""
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            if len(archive.infolist()) > MAX_MEMBERS:
                raise InputError(f"holds more than {MAX_MEMBERS:,} files")
            yield archive
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise InputError(f"not a file that can be unpacked: {error}") from None
    except ParseError as error:
        raise InputError(f"broken markup: {error}") from None


def member(archive: zipfile.ZipFile, name: str) -> bytes:
    """A member's bytes. Raises InputError where it is missing or its declared size is beyond the limits."""
    try:
        info = archive.getinfo(name)
    except KeyError:
        raise InputError(f"holds no {name}") from None
    if info.file_size > MAX_MEMBER_BYTES or info.file_size > max(_FREE_BYTES, MAX_RATIO * info.compress_size):
        raise InputError(f"{name} would unpack to {info.file_size:,} bytes from {info.compress_size:,}; that is no text")
    with archive.open(info) as file:
        return file.read(info.file_size + 1)  # no more is unpacked, whatever there is; ZipFile.read unpacks all first


def refuse_lies(archive: zipfile.ZipFile) -> None:
    """Raises BadZipFile where a member holds something else than it declares: others may unpack it without a limit."""
    for info in archive.infolist():
        with archive.open(info) as file:
            while file.read(_PIECE):
                pass
