"""The pages of a published package as files, and the page that stands beside a project's own."""

import json
from itertools import chain
from pathlib import Path

from builder.errors import InputError, PublishError
from builder.page.render import INDEX, ONE_FILE_BYTES, reading_pages
from builder.publish.citation import apa
from builder.publish.metadata import described_metadata
from builder.publish.package import PackageFiles, read_steadily
from builder.publish.stored import ArticleParts
from builder.publish.writing import write_whole


def write_pages(package: Path, out: Path) -> list[Path]:
    """The written files, the one to open first. Raises InputError without a package, PublishError where ``out`` is no place."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        written = read_steadily(package, lambda files: _write(files, out))
    except OSError as error:
        raise PublishError(f"{error.filename or out}: {error.strerror}") from error
    return [out / INDEX, *(path for path in written if path.name != INDEX)]


def _write(files: PackageFiles, out: Path) -> list[Path]:
    """No page stays where a file is not the listed one; of a package published meanwhile all is written again."""
    citation = apa(described_metadata(files.descriptor))
    written = []
    try:
        for name, html in reading_pages(ArticleParts(files), files.descriptor, citation):
            written.append(write_whole(out / name, html.encode()))
    except InputError:
        for path in written:
            path.unlink(missing_ok=True)
        raise
    return written


def one_page(descriptor: str, files: PackageFiles) -> str | None:
    """The page of all articles; None for a package that does not fit in one file: ``write_pages`` makes its pages."""
    if sum(files.fingerprints[path].n_bytes for path in chain.from_iterable(files.parquet.values())) > ONE_FILE_BYTES:
        return None
    content = json.loads(descriptor)
    name, html = next(reading_pages(ArticleParts(files), content, apa(described_metadata(content))))
    return html if name == INDEX else None
