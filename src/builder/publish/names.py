"""The files that a package may consist of, by their paths below its folder, and the folders of its own that are no part of it."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from builder.tables.schema import CODING_TABLES, TABLES

DESCRIPTOR = "datapackage.json"
DATA_FOLDER = "datapackage"
WORK_FOLDER = ".builder"
"""Below it stands what a build is making, and what the next one may go on from. Readers take no notice of it."""
STAGED = "staged"
"""Below the work folder: the package that is being made, and, after a swap in place, what it took the place of."""

_TABLE = "|".join((*TABLES, *CODING_TABLES))
_FILES = re.compile(
    rf"{DATA_FOLDER}/(?:{_TABLE})\.(?:csv|parquet)"
    rf"|{DATA_FOLDER}/(?:{_TABLE})/(?:published_year=(?:-?\d+|unknown)/)?part-\d+\.parquet"
    rf"|schema/(?:{_TABLE})\.json"
    r"|datapackage\.json|croissant\.json|ro-crate-metadata\.json|SHA256SUMS"
    r"|CITATION\.cff|\.zenodo\.json|docs/(?:citation\.bib|codebook\.md|data-card\.md)|page/index\.html"
)


def is_package_file(path: str) -> bool:
    """Whether the builder gives files this name."""
    return _FILES.fullmatch(path) is not None


def files_below(folder: Path) -> Iterator[str]:
    """All that is no folder, links included, none of which is followed."""
    for place, folders, names in os.walk(folder):
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        for name in sorted([*names, *links]):
            yield (Path(place) / name).relative_to(folder).as_posix()
