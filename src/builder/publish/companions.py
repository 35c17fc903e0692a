"""What stands beside the tables of a package, all made from its descriptor and its rows."""

import hashlib
import json
from collections.abc import Mapping

import pyarrow as pa
import pyarrow.parquet as pq

from builder.publish.citation import BIBTEX_FILE, CITATION_FILE, bibtex, citation_cff
from builder.publish.codebook import CODEBOOK_FILE, codebook
from builder.publish.croissant import CROISSANT_FILE, croissant
from builder.publish.datacard import DATA_CARD_FILE, data_card
from builder.publish.metadata import described_metadata
from builder.publish.names import DESCRIPTOR
from builder.publish.package import PackageFiles, read_table
from builder.publish.repositories import CHECKSUMS_FILE, RO_CRATE_FILE, ZENODO_FILE, checksums, ro_crate, zenodo
from builder.tables.schema import ARTICLE_TABLES

_EXAMPLE_ROWS = 1000


def with_companions(
    texts: Mapping[str, str],
    files: PackageFiles,
    rows: Mapping[str, int],
    own: bool,
    page: Mapping[str, str],
) -> dict[str, str]:
    """``texts`` (descriptor and schemas, by path) with all that is made from them, and the checksums of everything.

    A project's ``own`` package gets, beside what every package carries, its citation files, its documentation and its ``page``.
    """
    descriptor = json.loads(texts[DESCRIPTOR])
    everything = {**texts, CROISSANT_FILE: croissant(descriptor), RO_CRATE_FILE: ro_crate(descriptor)}
    if own:
        metadata = described_metadata(descriptor)
        examples = {name: _first_rows(files, name) for name in files.parquet}
        everything |= {
            CITATION_FILE: citation_cff(metadata),
            BIBTEX_FILE: bibtex(metadata),
            ZENODO_FILE: zenodo(descriptor),
            CODEBOOK_FILE: codebook(examples),
            DATA_CARD_FILE: data_card(descriptor, rows, _coding(files, rows, descriptor.get("coding_note"))),
            **page,
        }
    digests = {path: print_.sha256 for path, print_ in files.fingerprints.items()}
    digests |= {path: hashlib.sha256(text.encode()).hexdigest() for path, text in everything.items()}
    return {**everything, CHECKSUMS_FILE: checksums(digests)}


def _coding(files: PackageFiles, rows: Mapping[str, int], note: str | None) -> list[str]:
    """What people decided and what was imported, in words; nothing for a package without either."""
    if not rows.get("reviews") and not rows.get("runs"):
        return []
    from builder.publish.quality import coding_section, imports_section  # noqa: PLC0415 (few packages need it)

    imports = list(imports_section(read_table(files, "runs").to_pylist())) if rows.get("runs") else []
    if not rows.get("reviews"):
        return ["No person coded these rows.", "", *imports]
    tables = {name: read_table(files, name).to_pylist() for name in ("reviews", "coders", "samples")}
    coded = coding_section(tables, {name: rows[name] for name in ARTICLE_TABLES}, note)
    return [*coded, *(["", *imports] if imports else [])]


def _first_rows(files: PackageFiles, table: str) -> pa.Table:
    """Of a table's first file, as many rows as an example may be chosen from."""
    with pq.ParquetFile(files.root / files.parquet[table][0]) as file:
        batches = [next(file.iter_batches(_EXAMPLE_ROWS))] if file.metadata.num_rows else []
        return pa.Table.from_batches(batches, file.schema_arrow)
