"""What several tests share: the command as a user runs it, and a small project."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
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


def run_in(cwd: Path, *arguments: object) -> Done:
    """Runs ``builder ARGUMENTS`` in this process."""
    with contextlib.chdir(cwd):
        result = CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)
    return Done(result.exit_code, result.stdout, result.stderr)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs ``builder ARGUMENTS`` in this process and, by default, in ``tmp_path``."""

    def run_builder(*arguments: object, cwd: Path = tmp_path) -> Done:
        return run_in(cwd, *arguments)

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


@pytest.fixture(scope="session")
def _built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    (folder / "sources").mkdir()
    (folder / "sources" / "harbour.txt").write_text(ARTICLE, encoding="utf-8")
    assert run_in(folder, "build").returncode == 0
    return folder


@pytest.fixture
def built(_built_once: Path, tmp_path: Path) -> Path:
    """The project of ``project``, with its package."""
    shutil.copytree(_built_once, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture(scope="session")
def _packages(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Builds each text of JSON lines once, and has the package proved."""

    @cache
    def build(lines: str) -> Path:
        folder = tmp_path_factory.mktemp("packages")
        (folder / "articles.jsonl").write_text(lines, encoding="utf-8")
        for arguments in (("build", "articles.jsonl", "--out", "package"), ("validate", "package")):
            done = run_in(folder, *arguments)
            assert done.returncode == 0, done.stdout + done.stderr
        return folder

    return build


@pytest.fixture
def package_of(_packages: Callable[[str], Path], tmp_path: Path) -> Callable[[Sequence[Mapping[str, Any]]], Path]:
    """``tmp_path/package``, built from these articles, which stand in ``tmp_path/articles.jsonl``."""

    def copy(articles: Sequence[Mapping[str, Any]]) -> Path:
        lines = "".join(json.dumps(article, ensure_ascii=False) + "\n" for article in articles)
        shutil.copytree(_packages(lines), tmp_path, dirs_exist_ok=True)
        return tmp_path / "package"

    return copy


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A Chromium that this process drives; tests that ask for it are skipped where there is none."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed (extra 'browser')")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if not chromium or not driver:
        pytest.skip("no Chromium with chromedriver on this machine")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1400,1000"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    opened = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    yield opened
    opened.quit()


def published(package: Path) -> dict[str, bytes]:
    """The files of a package with their bytes, without what the next build may go on from."""
    return {name: content for name, content in contents(package).items() if not name.startswith(".builder/")}


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder`` with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
