"""The tutorial does what it says: every block runs, one after the other, and prints what stands under it."""

import contextlib
import io
import re
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Run

TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(python|sh)\n(.*?)```\n(?:\n```text\n(.*?)```\n)?", TUTORIAL, re.DOTALL)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    for folder in ("datapackage", "sources", "coding"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "datapackage.json", tmp_path)
    return tmp_path


def commands(lines: str, run: Run) -> str:
    """What the last command prints."""
    for line in lines.splitlines():
        done = run(*line.split()[1:])
        assert done.returncode == 0, (line, done.stderr)
    return done.stdout


def python(code: str, names: dict[str, Any]) -> str:
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(compile(code, "docs/tutorial.md", "exec"), names)
    return output.getvalue()


def test_every_block(package: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one test, for each block goes on from those before; one that needs what is not installed is passed over."""
    monkeypatch.chdir(package)
    names: dict[str, Any] = {}
    for kind, code, printed in BLOCKS:
        modules = re.findall(r"^import (\w+)", code, re.MULTILINE) if kind == "python" else []
        if all(map(find_spec, modules)):
            output = commands(code, run) if kind == "sh" else python(code, names)
            assert not printed or output == printed, code


def test_there_are_blocks() -> None:
    assert len(BLOCKS) >= 12
