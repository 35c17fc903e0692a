"""The pages of a published package as files, and the page that stands beside a project's own."""

import json
from itertools import chain
from pathlib import Path

from builder.errors import PublishError
from builder.page.render import ONE_FILE_BYTES, reading_pages
from builder.publish.citation import apa
from builder.publish.metadata import described_metadata
from builder.publish.package import PackageFiles, read_steadily, read_tables
from builder.publish.writing import write_whole


def write_pages(package: Path, out: Path) -> list[Path]:
    """The written files, the one to open first. Raises InputError without a package, PublishError where ``out`` is no place."""
    files, tables = read_steadily(package, lambda files: (files, read_tables(files)))
    citation = apa(described_metadata(files.descriptor))
    written = []
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, html in reading_pages(tables, files.descriptor, citation):
            written.append(write_whole(out / name, html.encode()))
    except OSError as error:
        raise PublishError(f"{error.filename or out}: {error.strerror}") from error
    return written


def one_page(descriptor: str, files: PackageFiles) -> str | None:
    """The page of all articles; None for a package that does not fit in one file: ``write_pages`` makes its pages."""
    if sum(files.fingerprints[path].n_bytes for path in chain.from_iterable(files.parquet.values())) > ONE_FILE_BYTES:
        return None
    content = json.loads(descriptor)
    pages = list(reading_pages(read_tables(files), content, apa(described_metadata(content))))
    return pages[0][1] if len(pages) == 1 else None
