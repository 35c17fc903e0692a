"""What several tests share: the command as a user runs it, and a small project."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner
from hypothesis import settings

from builder.cli import app

settings.register_profile("builder", deadline=None)
settings.load_profile("builder")

ROOT = Path(__file__).parents[1]

ARTICLE = """Ministers Agree on Harbour Treaty
May 4, 2021 (NORTHWIRE)—The Ministry of Transport signed the treaty on Monday, May 3.
“We have waited ten years for this,” Foreign Minister Ada Lindqvist told reporters. “It was worth it.”
"""


class Done(NamedTuple):
    """What a command left."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Done]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs ``builder ARGUMENTS`` in this process and, by default, in ``tmp_path``."""

    def run_builder(*arguments: object, cwd: Path = tmp_path) -> Done:
        with monkeypatch.context() as patch:
            patch.chdir(cwd)
            result = CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)
        return Done(result.exit_code, result.stdout, result.stderr)

    return run_builder


def run_process(*arguments: object, cwd: Path, env: Mapping[str, str] | None = None, **options: Any) -> Done:
    """Runs ``builder ARGUMENTS`` as a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "builder", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
        **options,
    )
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with ``sources/`` that holds one article."""
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "harbour.txt").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder`` with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
