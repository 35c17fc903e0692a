"""Where this builder was installed from, so that a new project can install the same one: it is on no package index."""

import json
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit
from urllib.request import url2pathname

from builder import __version__

DISTRIBUTION = "article-tables"
WHEELS = "wheels"
_WHEEL = f"{WHEELS}/{DISTRIBUTION.replace('-', '_')}-{__version__}-py3-none-any.whl"


class Origin(NamedTuple):
    """A line of requirements; the wheel that it names by its place in the project, where that is at hand; the source folder."""

    requirement: str
    wheel: Path | None = None
    checkout: Path | None = None

    @property
    def is_complete(self) -> bool:
        """Whether the requirement can be installed as it stands."""
        return self.wheel is not None or not self.requirement.startswith("./")


def origin() -> Origin:
    """By what the installer has noted (PEP 610); without a note, the place where a wheel is to be put."""
    try:
        noted = json.loads(distribution(DISTRIBUTION).read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        noted = {}
    url = str(noted.get("url", ""))
    if "vcs_info" in noted:
        return Origin(f"{DISTRIBUTION} @ {noted['vcs_info']['vcs']}+{url}@{noted['vcs_info']['commit_id']}")
    if url.startswith(("https:", "http:")):
        return Origin(f"{DISTRIBUTION} @ {url}")
    path = Path(url2pathname(urlsplit(url).path)) if url.startswith("file:") else Path()
    if path.suffix == ".whl" and path.is_file():
        return Origin(f"./{WHEELS}/{path.name}", wheel=path)
    return Origin(f"./{_WHEEL}", checkout=path if url and path.is_dir() else None)
