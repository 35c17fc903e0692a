"""``builder page``: the pages of a published package, as files."""

from pathlib import Path

from builder.errors import PublishError
from builder.page.render import reading_pages
from builder.publish.cite import cite, read_descriptor
from builder.publish.package import read_package, read_tables


def write_pages(package: Path, out: Path) -> list[Path]:
    """The written files, the one to open first. Raises InputError without a package, PublishError where ``out`` is no place."""
    tables = read_tables(read_package(package))
    written = []
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, html in reading_pages(tables, read_descriptor(package), cite(package).strip()):
            (out / name).write_text(html, encoding="utf-8", newline="\n")
            written.append(out / name)
    except OSError as error:
        raise PublishError(f"{error.filename or out}: {error.strerror}") from error
    return written
