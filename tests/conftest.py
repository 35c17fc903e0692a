"""What several tests share: the command as a user runs it, and a small project."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("builder", deadline=None)
settings.load_profile("builder")

ROOT = Path(__file__).parents[1]

ARTICLE = """Ministers Agree on Harbour Treaty
May 4, 2021 (NORTHWIRE)—The Ministry of Transport signed the treaty on Monday, May 3.
“We have waited ten years for this,” Foreign Minister Ada Lindqvist told reporters. “It was worth it.”
"""

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs ``builder ARGUMENTS`` in ``tmp_path`` as a process of its own."""

    def run_builder(
        *arguments: object, cwd: Path = tmp_path, env: Mapping[str, str] | None = None, **options: object
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # type: ignore[call-overload,no-any-return]
            [sys.executable, "-m", "builder", *map(str, arguments)],
            cwd=cwd,
            env={**os.environ, **(env or {})},
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=300,
            **options,
        )

    return run_builder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with ``sources/`` that holds one article."""
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "harbour.txt").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder`` with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
