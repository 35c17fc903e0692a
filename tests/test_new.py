"""``builder new``: what it starts builds and validates at once, with the example and with articles of one's own."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from conftest import Run, contents

import builder

FRICTIONLESS = [str(Path(sys.executable).with_name("frictionless")), "validate", "datapackage.json"]

OWN = {
    "orchard.txt": "Growers Reopen Orchard Archive\nJune 3, 2022 (VALLEY POST)—“We kept every ledger since 1911,” Tilda Marsh, "
    "the archivist of the Growers' Union, said on Thursday. The Ministry of Agriculture paid for the roof.\n",
    "lighthouse.txt": "---\npublished: 2023-11-09\npublisher: Coast Gazette\n---\nThe lighthouse will be lit again next month, "
    'the Maritime Office said. "It is a promise kept," Bo Halvorsen told the Coast Gazette on Wednesday.\n',
    "wire.jsonl": '{"article_id": "wire-1", "published": "2021-02-01", "text": "The council met for two hours. '
    '\\"Nothing was decided,\\" said Councillor Ana Reyes."}\n',
}


@pytest.fixture
def started(tmp_path: Path, run: Run) -> Path:
    assert run("new", "2024").returncode == 0
    return tmp_path / "2024"


def test_a_new_project_builds_and_validates_at_once(started: Path, run: Run) -> None:
    assert run("build", cwd=started).returncode == 0
    assert run("validate", cwd=started).returncode == 0
    assert subprocess.run(FRICTIONLESS, cwd=started, capture_output=True, check=False).returncode == 0
    tables = builder.load(started / "datapackage.json")
    assert {"Marta Oduya", "Ilan Brandt"} <= set(tables["participants"]["name"])
    assert len(tables["quotes"]) >= 4
    before = contents(started)
    run("build", cwd=started)
    assert contents(started) == before


def test_three_articles_of_ones_own(started: Path, run: Run) -> None:
    (started / "sources" / "example-harbour-talks.txt").unlink()
    for name, text in OWN.items():
        (started / "sources" / name).write_text(text, encoding="utf-8")
    assert run("build", cwd=started).returncode == 0
    assert run("validate", cwd=started).returncode == 0
    assert subprocess.run(FRICTIONLESS, cwd=started, capture_output=True, check=False).returncode == 0
    tables = builder.load(started / "datapackage.json")
    assert sorted(tables["articles"]["article_id"]) == ["lighthouse", "orchard", "wire-1"]
    assert set(tables["quotes"]["article_id"]) == {"lighthouse", "orchard", "wire-1"}
    cited = run("cite", tables["quotes"]["quote_id"][0], "--format", "bibtex", cwd=started)
    assert cited.stdout.startswith("@misc{" + tables["quotes"]["quote_id"][0])
    assert "2024" in (started / "page" / "index.html").read_text(encoding="utf-8")


def test_its_workflow_and_requirements_are_whole(started: Path) -> None:
    workflow = yaml.safe_load((started / ".github" / "workflows" / "validate.yml").read_text(encoding="utf-8"))
    commands = [step.get("run") for step in workflow["jobs"]["validate"]["steps"]]
    assert {"builder build", "builder validate", "git diff --exit-code"} <= set(commands)
    assert (started / "requirements.txt").read_text() == f"article-tables=={builder.__version__}\n"
    assert not [name for name, content in contents(started).items() if b"@NAME@" in content or b"@VERSION@" in content]


def test_a_folder_that_is_not_empty_stays_as_it_is(tmp_path: Path, run: Run) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    before = contents(tmp_path)
    done = run("new", "mine")
    assert (done.returncode, done.stderr) == (2, "builder: mine: is there already, and not empty; nothing was changed\n")
    assert contents(tmp_path) == before
