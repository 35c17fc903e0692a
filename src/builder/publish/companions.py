"""What stands beside the tables of a package, all made from its descriptor and its rows."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from itertools import chain

import pyarrow as pa
import pyarrow.parquet as pq

from builder.publish.citation import BIBTEX_FILE, CITATION_FILE, apa, bibtex, citation_cff
from builder.publish.codebook import CODEBOOK_FILE, codebook
from builder.publish.croissant import CROISSANT_FILE, croissant
from builder.publish.datacard import DATA_CARD_FILE, data_card
from builder.publish.metadata import described_metadata
from builder.publish.package import DESCRIPTOR, PackageFiles, read_tables
from builder.publish.repositories import CHECKSUMS_FILE, RO_CRATE_FILE, ZENODO_FILE, checksums, ro_crate, zenodo

PAGE_FILE = "page/index.html"
_EXAMPLE_ROWS = 1000


def with_companions(texts: Mapping[str, str], files: PackageFiles, rows: Mapping[str, int], own: bool) -> dict[str, str]:
    """``texts`` (descriptor and schemas, by path) with all that is made from them.

    A project's ``own`` package gets, beside what every package carries, its citation files, its documentation and its page.
    """
    descriptor = json.loads(texts[DESCRIPTOR])
    packaged = {**texts, CROISSANT_FILE: croissant(descriptor), RO_CRATE_FILE: ro_crate(descriptor)}
    digests = {path: print_.sha256 for path, print_ in files.fingerprints.items()}
    digests |= {path: hashlib.sha256(text.encode()).hexdigest() for path, text in packaged.items()}
    packaged[CHECKSUMS_FILE] = checksums(digests)
    if not own:
        return packaged
    metadata = described_metadata(descriptor)
    examples = {name: _first_rows(files, name) for name in files.parquet}
    return {
        **packaged,
        CITATION_FILE: citation_cff(metadata),
        BIBTEX_FILE: bibtex(metadata),
        ZENODO_FILE: zenodo(descriptor),
        CODEBOOK_FILE: codebook(examples),
        DATA_CARD_FILE: data_card(descriptor, rows),
        **dict(_page(texts[DESCRIPTOR], files)),
    }


def _first_rows(files: PackageFiles, table: str) -> pa.Table:
    """Of a table's first file, as many rows as an example may be chosen from."""
    with pq.ParquetFile(files.root / files.parquet[table][0]) as file:
        batches = [next(file.iter_batches(_EXAMPLE_ROWS))] if file.metadata.num_rows else []
        return pa.Table.from_batches(batches, file.schema_arrow)


def _page(descriptor: str, files: PackageFiles) -> Iterator[tuple[str, str]]:
    """The reading page, where it fits in one file; a larger package gets its pages by ``builder page`` only."""
    from builder.page import ONE_FILE_BYTES, reading_pages  # noqa: PLC0415 (jinja2 is slow to import, and few builds need it)

    if sum(files.fingerprints[path].n_bytes for path in chain.from_iterable(files.parquet.values())) > ONE_FILE_BYTES:
        return
    content = json.loads(descriptor)
    pages = list(reading_pages(read_tables(files), content, apa(described_metadata(content))))
    if len(pages) == 1:
        yield PAGE_FILE, pages[0][1]
