"""Findings about what stands beside the tables: each file is what the builder makes of the package, and no other is there."""

from collections.abc import Callable, Iterator

import pyarrow as pa
import pyarrow.parquet as pq

from builder.errors import BuilderError
from builder.publish.citation import CITATION_FILE
from builder.publish.companions import with_companions
from builder.publish.descriptor import SCHEMA_FOLDER
from builder.publish.names import DATA_FOLDER, DESCRIPTOR, files_below
from builder.publish.package import PackageFiles
from builder.publish.repositories import CHECKSUMS_FILE
from builder.tables.schema import table_schemas
from builder.validate.findings import Finding

Page = Callable[[str, PackageFiles], dict[str, str]]
"""Makes the page of a package from its descriptor; none where it has none."""


def check_beside(files: PackageFiles, descriptor: str, page: Page | None) -> Iterator[Finding]:
    """To be asked of a package whose descriptor and data are in order."""
    yield from stray_files(files)
    texts = {DESCRIPTOR: descriptor}
    texts |= {f"{SCHEMA_FOLDER}/{name}.json": schema.source for name, schema in table_schemas().items() if name in files.parquet}
    own = f"  {CITATION_FILE}\n" in (_text(files, CHECKSUMS_FILE) or "")
    try:
        rows = {name: sum(map(_rows, (files.root / path for path in paths))) for name, paths in files.parquet.items()}
        made = page(descriptor, files) if page and own else {}
        expected = with_companions(texts, files, rows, own, made)
    except (BuilderError, pa.ArrowException, LookupError, ValueError, TypeError) as error:
        yield _finding(DESCRIPTOR, "what files beside the tables can be made of", repr(error)[:200])
        return
    for name, text in expected.items():
        if name not in texts and (page or name not in made) and (found := _text(files, name)) != text:
            yield _finding(name, "what builder makes of this package", "none" if found is None else "something else")


def stray_files(files: PackageFiles) -> Iterator[Finding]:
    """Readers of the whole folder would take them for rows; hidden files they pass over."""
    listed = set(files.fingerprints)
    for name in files_below(files.root / DATA_FOLDER):
        path = f"{DATA_FOLDER}/{name}"
        if path not in listed and not any(part.startswith(".") for part in name.split("/")):
            yield _finding(path, "only files that the descriptor lists", "another", "stray")


def _rows(path: object) -> int:
    return int(pq.read_metadata(path).num_rows)


def _text(files: PackageFiles, name: str) -> str | None:
    try:
        return (files.root / name).read_bytes().decode() if (files.root / name).is_file() else None
    except (OSError, ValueError):
        return None


def _finding(file: str, expected: str, found: str, check: str = "beside") -> Finding:
    return Finding("error", file, None, None, check, expected, found)
