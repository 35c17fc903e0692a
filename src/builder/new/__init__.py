"""``builder new``: a project for somebody's own articles, which builds and validates as it is."""

import shutil
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from slugify import slugify

from builder.errors import PublishError
from builder.new.origin import WHEELS, Origin, origin

__all__ = ["WHEELS", "Origin", "origin", "start_project"]

_TEMPLATE = files("builder.new") / "template"
_PLACES = {"gitignore": ".gitignore", "workflow.yml": ".github/workflows/validate.yml"}
"""Files whose names would mean something in this repository too."""


def start_project(directory: Path, builder: Origin) -> list[Path]:
    """The files written; ``builder`` is what the project installs.

    Raises PublishError where ``directory`` holds anything already, or cannot be written.
    """
    try:
        if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
            raise PublishError(f"{directory}: is there already, and not empty; nothing was changed")
        name = slugify(directory.resolve().name) or "article-dataset"
        written = []
        for path, source in _files(_TEMPLATE):
            target = directory / _PLACES.get(path, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            text = source.read_text(encoding="utf-8").replace("@NAME@", name).replace("@BUILDER@", builder.requirement)
            target.write_text(text, encoding="utf-8", newline="\n")
            written.append(target)
        if builder.wheel:
            (directory / WHEELS).mkdir()
            written.append(Path(shutil.copy(builder.wheel, directory / WHEELS)))
    except OSError as error:
        raise PublishError(f"{error.filename or directory}: {error.strerror}") from error
    return written


def _files(folder: Traversable, prefix: str = "") -> list[tuple[str, Traversable]]:
    """Every file below ``folder`` with its path, in the order of their names."""
    found = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            found += _files(entry, f"{prefix}{entry.name}/")
        else:
            found.append((f"{prefix}{entry.name}", entry))
    return found
