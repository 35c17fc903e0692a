"""``builder new``: what it starts builds and validates at once, with the example and with articles of one's own."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest
import yaml
from conftest import ROOT, Run, contents

import builder
from builder.new import origin

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
    lines = (started / "requirements.txt").read_text().splitlines()
    assert [line for line in lines if not line.startswith("#")] == [
        f"./wheels/article_tables-{builder.__version__}-py3-none-any.whl"
    ]
    assert not [name for name, content in contents(started).items() if b"@NAME@" in content or b"@BUILDER@" in content]


@pytest.mark.parametrize(
    ("noted", "requirement"),
    [
        (
            {"url": "https://example.org/tables.git", "vcs_info": {"vcs": "git", "commit_id": "4f5e"}},
            "article-tables @ git+https://example.org/tables.git@4f5e",
        ),
        (
            {"url": "https://example.org/article_tables-1-py3-none-any.whl", "archive_info": {}},
            "article-tables @ https://example.org/article_tables-1-py3-none-any.whl",
        ),
        ({"url": "file:///nowhere/article_tables-1-py3-none-any.whl"}, None),
        ({}, None),
    ],
)
def test_a_project_installs_what_its_maker_has(
    noted: dict[str, object], requirement: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "article_tables-1.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: article-tables\nVersion: 1\n")
    (folder / "direct_url.json").write_text(json.dumps(noted))
    monkeypatch.syspath_prepend(tmp_path)
    found = origin()
    assert found.requirement == (requirement or f"./wheels/article_tables-{builder.__version__}-py3-none-any.whl")
    assert found.is_complete == (requirement is not None)


@pytest.mark.slow
def test_its_ci_passes_in_an_empty_environment_without_an_index(tmp_path: Path) -> None:
    """What ``new`` of an installed wheel writes, installed and run as its workflow says."""
    pytest.importorskip("hatchling", reason="hatchling is not installed (extra 'dev')")
    maker = _environment(tmp_path / "maker")
    python(maker, "-m", "pip", "wheel", "-q", "--no-index", "--no-deps", "--no-build-isolation", "-w", tmp_path, ROOT)
    python(maker, "-m", "pip", "install", "-q", "--no-index", *tmp_path.glob("*.whl"))
    python(maker, "-m", "builder", "new", tmp_path / "mine")
    done("git", "init", "-q", cwd=tmp_path / "mine")
    workflow = yaml.safe_load((tmp_path / "mine/.github/workflows/validate.yml").read_text(encoding="utf-8"))
    commands = [step["run"] for step in workflow["jobs"]["validate"]["steps"] if "run" in step]
    fresh = _environment(tmp_path / "fresh")
    path = {"PATH": f"{fresh / 'bin'}:{os.environ['PATH']}", "PIP_NO_INDEX": "1"}
    for command in commands[:-1]:
        done("bash", "-ec", command, cwd=tmp_path / "mine", **path)
    done("git", "add", "-A", cwd=tmp_path / "mine")
    for command in commands:
        done("bash", "-ec", command, cwd=tmp_path / "mine", **path)


@pytest.mark.slow
def test_from_a_checkout_it_says_how_its_requirements_are_met(tmp_path: Path) -> None:
    pytest.importorskip("hatchling", reason="hatchling is not installed (extra 'dev')")
    maker = _environment(tmp_path / "maker")
    python(maker, "-m", "pip", "install", "-q", "--no-index", "--no-deps", "--no-build-isolation", ROOT)
    said = python(maker, "-m", "builder", "new", tmp_path / "my data")
    (command,) = [line.partition(": ")[2] for line in said.splitlines() if line.startswith("its CI needs")]
    path = {"PATH": f"{maker / 'bin'}:{os.environ['PATH']}", "PIP_NO_INDEX": "1"}
    done("bash", "-ec", command.replace("pip wheel", "python -m pip wheel --no-build-isolation"), cwd=tmp_path, **path)
    done("bash", "-ec", "python -m pip install -r requirements.txt", cwd=tmp_path / "my data", **path)


def _environment(folder: Path) -> Path:
    """An environment without this project; what the project needs is taken from the one that runs the tests."""
    venv.create(folder, symlinks=True)
    (borrowed := folder / "borrowed").mkdir()
    for place in map(Path, {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}):
        for entry in place.iterdir():
            if "article" not in entry.name and entry.suffix != ".pth":
                (borrowed / entry.name).symlink_to(entry)
    (site,) = folder.glob("lib/python*/site-packages")
    (site / "borrowed.pth").write_text(f"{borrowed}\n")
    return folder


def python(environment: Path, *arguments: object) -> str:
    return done(environment / "bin" / "python", *arguments)


def done(*command: object, cwd: Path | None = None, **env: str) -> str:
    """What the command says, which must not fail."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "GIT_"))}
    run = subprocess.run(
        list(map(str, command)), cwd=cwd, env={**clean, **env}, capture_output=True, encoding="utf-8", check=False
    )
    assert run.returncode == 0, f"{command}: {run.stdout}{run.stderr}"
    return run.stdout


def test_a_folder_that_is_not_empty_stays_as_it_is(tmp_path: Path, run: Run) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    before = contents(tmp_path)
    done = run("new", "mine")
    assert (done.returncode, done.stderr) == (2, "builder: mine: is there already, and not empty; nothing was changed\n")
    assert contents(tmp_path) == before
