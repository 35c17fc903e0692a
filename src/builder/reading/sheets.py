"""Rows of CSV, TSV and Excel files with a column of text, some at a time."""

import codecs
import re
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Any

import pyarrow as pa

from builder.errors import InputError
from builder.reading.documents.zipped import MAX_RATIO, refuse_lies
from builder.reading.encodings import decoded
from builder.reading.rejects import Reject
from builder.reading.units import Found, HowToRead, Reader, object_unit

BLOCK_BYTES = (1 << 22, 1 << 27)
"""Read at once; the first is enough unless a row is longer. Arrow holds up to 32 of them. No row may be longer than the last."""
_DELIMITERS = ",;\t|"
_QUOTED = re.compile(r'"[^"]*"')
_SAMPLE_BYTES = 1 << 18
MOST_ROWS = 1_048_576
"""What a sheet may have in Excel; a row of a higher number would be sought through as many empty ones."""
MAX_SHEET_BYTES = 1 << 31
"""What an Excel file may unpack to."""


def csv_rows(usual: str) -> Reader:
    """Rows below the line of names; all cells are strings, and empty ones are missing. ``usual`` is the usual delimiter."""

    def read(path: Path, source: str, how: HowToRead) -> Found:
        encoding, sample = _beginning(path, source, how)
        delimiter = _delimiter(sample, usual)
        done = 0
        for block in BLOCK_BYTES:
            try:
                for found in islice(_records(path, source, delimiter, encoding, block), done, None):
                    done += 1
                    yield found
                return
            except (pa.ArrowException, UnicodeDecodeError) as error:
                said = " ".join(str(error).split())
                if "straddling" not in said or block == BLOCK_BYTES[-1]:
                    yield Reject(source, f"after row {done}" if done else None, said)
                    return

    return read


def _beginning(path: Path, source: str, how: HowToRead) -> tuple[str, str]:
    """The encoding, as a byte-order mark or the user says or as the first bytes suggest that are not ASCII, and the beginning."""
    with path.open("rb") as file:
        raw = telling = _lines(file)
        while telling.isascii() and b"\0" not in telling and (more := _lines(file)):
            telling = more
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", raw.decode("utf-16", "ignore")
    if how.encoding:
        return how.encoding, raw.decode(how.encoding, "ignore")
    text, guessed = decoded(telling[: len(telling) // 2 * 2] if b"\0" in telling else telling)
    how.tell_guess(source, guessed)
    return guessed or "utf8", text if telling is raw else raw.decode("ascii")


def _lines(file: IO[bytes]) -> bytes:
    """Some whole lines; of one without end a part that ends with a word."""
    lines = file.read(_SAMPLE_BYTES) + file.readline(_SAMPLE_BYTES)
    return lines if len(lines) < 2 * _SAMPLE_BYTES else lines[: lines.rfind(b" ") + 1] or lines


def _delimiter(sample: str, usual: str) -> str:
    """What parts most names of the first line: a spreadsheet writes semicolons where a comma marks decimals."""
    names: str = _QUOTED.sub("", sample).lstrip("\ufeff\r\n").partition("\n")[0]
    most: str = max(usual + _DELIMITERS, key=names.count)
    return most


def _records(path: Path, source: str, delimiter: str, encoding: str, block: int) -> Found:
    """Rows by their numbers, whatever the size of a block: those with too few or too many cells in their places."""
    number = 0
    wrong: dict[int, str] = {}
    for batch in _batches(path, delimiter, encoding, block, wrong):
        for row in batch.to_pylist():
            number += 1
            while number in wrong:
                yield Reject(source, f"row {number}", wrong.pop(number))
                number += 1
            yield object_unit(source, f"row {number}", row)
    yield from (Reject(source, f"row {last}", wrong[last]) for last in sorted(wrong))


def _batches(path: Path, delimiter: str, encoding: str, block: int, wrong: dict[int, str]) -> Iterator[pa.RecordBatch]:
    import pyarrow.csv as arrow_csv  # noqa: PLC0415 (few builds read CSV)

    def invalid(row: Any) -> str:
        wrong[row.number - 1] = f"{row.actual_columns} cells where the header has {row.expected_columns}"  # the header is row 1
        return "skip"

    parsing = arrow_csv.ParseOptions(delimiter=delimiter, newlines_in_values=True, invalid_row_handler=invalid)
    reading = arrow_csv.ReadOptions(block_size=block, encoding=encoding, use_threads=False)
    with arrow_csv.open_csv(path, read_options=reading, parse_options=parsing) as reader:
        names = reader.schema.names
    if len(set(names)) < len(names):
        raise pa.ArrowInvalid(f"two columns have one name: {', '.join(names):.200}")
    converting = arrow_csv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()),
        strings_can_be_null=True,
        null_values=[""],
        quoted_strings_can_be_null=True,
    )
    with arrow_csv.open_csv(path, read_options=reading, parse_options=parsing, convert_options=converting) as reader:
        yield from reader


def excel_rows(path: Path, source: str, how: HowToRead) -> Found:
    """Rows below the line of names, of the first sheet; needs the extra ``excel``."""
    try:
        from openpyxl import load_workbook  # noqa: PLC0415 (an extra)
    except ImportError:
        raise InputError("Excel files need the extra 'excel': pip install 'article-tables[excel]'") from None
    _refuse_bomb(path)
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(max_row=MOST_ROWS, values_only=True)
        names = [str(name) if name is not None else f"column {i}" for i, name in enumerate(next(rows, ()), 1)]
        for number, cells in enumerate(rows, 1):
            if any(cell is not None for cell in cells):
                yield object_unit(source, f"row {number}", dict(zip(names, cells, strict=False)))
        for sheet in book.worksheets[1:]:
            if any(sheet.iter_rows(max_row=1, values_only=True)):
                yield Reject(source, f"sheet {sheet.title}", "only the first sheet is read; save this one as a file of its own")
        book.close()
    except (ValueError, KeyError, IndexError, TypeError, zipfile.BadZipFile, SyntaxError) as error:
        yield Reject(source, None, f"an Excel file that cannot be read: {error}")


def _refuse_bomb(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            unpacked, packed = sum(info.file_size for info in members), sum(info.compress_size for info in members)
            if unpacked > MAX_SHEET_BYTES or unpacked > max(1 << 20, MAX_RATIO * packed):
                raise InputError(f"would unpack to {unpacked:,} bytes from {packed:,}; that is no sheet of articles")
            refuse_lies(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise InputError(f"not an Excel file: {error}") from None
