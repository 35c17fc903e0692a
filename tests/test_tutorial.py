"""The tutorial does what it says: every block runs, one after the other, and prints what stands under it."""

import contextlib
import io
import re
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```\n(?:\n```text\n(.*?)```\n)?", TUTORIAL, re.DOTALL)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tutorial")
    shutil.copytree(ROOT / "datapackage", folder / "datapackage")
    shutil.copy(ROOT / "datapackage.json", folder)
    return folder


@pytest.fixture(scope="module")
def names() -> dict[str, Any]:
    """What the blocks before have defined."""
    return {}


@pytest.mark.parametrize(("code", "printed"), BLOCKS, ids=[f"block-{number}" for number in range(len(BLOCKS))])
def test_block(code: str, printed: str, package: Path, names: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    for module in re.findall(r"^import (\w+)", code, re.MULTILINE):
        if find_spec(module) is None:
            pytest.skip(f"{module} is not installed (extra 'tutorial')")
    monkeypatch.chdir(package)
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(compile(code, "docs/tutorial.md", "exec"), names)
    assert output.getvalue() == printed


def test_there_are_blocks() -> None:
    assert len(BLOCKS) >= 7
