"""A checked package as one archive, and what to do with it."""

import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from builder.errors import PublishError
from builder.publish.changes import changes
from builder.publish.cite import read_described, read_descriptor
from builder.publish.metadata import Metadata
from builder.publish.names import DESCRIPTOR
from builder.publish.package import descriptor_path, fingerprint
from builder.publish.repositories import CHECKSUMS_FILE, RO_CRATE_FILE, ZENODO_FILE
from builder.validate.beside import Page
from builder.validate.findings import errors
from builder.validate.package import validate_package

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time that every member bears, so that the same package gives the same archive."""

_ADVICE = """Upload the archive, and set what the repository asks for from the files beside the package:
  Zenodo     upload the archive; {metadata} has title, creators, licence and keywords
  OSF        upload the archive; the description is that of {descriptor}
  Dataverse  upload the files unpacked; schema/*.json are the list of variables"""
_HAS_DOI = "Its DOI is {doi}: upload it as a version of that, so that citations lead to it."
_NO_DOI = "Then put the DOI into the metadata (doi: 10...) and build again, so that citations name it."
_NOT_RELEASED = "The metadata name no day of release; set released, and build and release again."


_BESIDE = ("CITATION.cff", ".zenodo.json", "LICENSE", "CHANGELOG.md", CHECKSUMS_FILE)


class Packed(NamedTuple):
    archive: Path
    sha256: str
    advice: str


def pack(package: Path, previous: Path | None, out: Path, page: Page) -> Packed:
    """Raises PublishError where the package does not pass its checks or has changed under the version of ``previous``."""
    if wrong := errors(validate_package(package, False, page)):
        raise PublishError(f"{package}: {len(wrong)} findings; `builder validate` lists them. First: {wrong[0]}")
    about = read_described(package)
    if previous is not None and read_described(previous).version == about.version and (found := changes(previous, package)):
        raise PublishError(
            f"{len(found)} changes under one version, {about.version}; `builder diff` lists them. Raise the version"
        )
    root = descriptor_path(package).parent
    archive = out / f"{about.name}-{about.version}.zip"
    try:
        out.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
            for name in _members(root, package):
                info = zipfile.ZipInfo(name, _EPOCH)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.file_size = (root / name).stat().st_size
                with (root / name).open("rb") as file, packed.open(info, "w") as member:
                    shutil.copyfileobj(file, member)
    except OSError as error:
        raise PublishError(f"{error.filename or archive}: {error.strerror}") from error
    return Packed(archive, fingerprint(archive).sha256, "\n".join(_advice(root, about)))


def _advice(root: Path, about: Metadata) -> Iterator[str]:
    if not about.released:
        yield _NOT_RELEASED
    own = next((name for name in (ZENODO_FILE, RO_CRATE_FILE) if (root / name).is_file()), DESCRIPTOR)
    yield _ADVICE.format(descriptor=DESCRIPTOR, metadata=own)
    yield _HAS_DOI.format(doi=about.doi_address) if about.doi_address else _NO_DOI


def _members(root: Path, package: Path) -> list[str]:
    """What the descriptor lists and what stands beside it: schemas, citation, documentation, page and checksums."""
    listed = [resource["path"] for resource in read_descriptor(package)["resources"]]
    checked = [line.partition("  ")[2] for line in (root / CHECKSUMS_FILE).read_text(encoding="utf-8").splitlines()]
    folders = (path for folder in ("docs", "page", "schema") for path in sorted((root / folder).glob("*.*")))
    files = (name for name in _BESIDE if (root / name).is_file())
    beside = [*(path.relative_to(root).as_posix() for path in folders), *files]
    return sorted({DESCRIPTOR, *listed, *checked, *beside})
