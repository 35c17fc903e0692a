"""The command as a user runs it: what it publishes, the same every time, and what it leaves when it fails."""

import json
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest
from conftest import ARTICLE, ROOT, Run, contents, run_process

import builder
from builder.publish.swap import Publication
from builder.tables.schema import TABLES


def package(folder: Path) -> dict[str, bytes]:
    """The published files, without what the project is made from."""
    return {name: content for name, content in contents(folder).items() if not name.startswith(("sources/", "coding/"))}


def test_build_of_a_project(run: Run, project: Path) -> None:
    done = run("build")
    assert (done.returncode, done.stderr) == (0, "")
    files = {f"datapackage/{name}.{kind}" for name in TABLES for kind in ("csv", "parquet")}
    files |= {f"schema/{name}.json" for name in TABLES}
    files |= {"datapackage.json", "croissant.json", "ro-crate-metadata.json", "SHA256SUMS", "CITATION.cff", ".zenodo.json"}
    files |= {"docs/citation.bib", "docs/codebook.md", "docs/data-card.md", "page/index.html"}
    assert set(package(project)) == files
    rows = {line.split()[0]: line.split()[1] for line in done.stdout.splitlines() if "datapackage/" in line}
    assert rows["articles"] == "1"
    assert int(rows["quotes"]) == len(pd.read_parquet(project / "datapackage" / "quotes.parquet")) >= 2
    assert (run("validate").returncode, run("validate", project).returncode) == (0, 0)


def test_committed_package_is_what_the_builder_makes(run: Run, tmp_path: Path) -> None:
    """Another version of the Parquet library keeps the files of the one in place, if their rows are the same."""
    for name in ("sources", "coding", "datapackage"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copyfile(ROOT / "datapackage.json", tmp_path / "datapackage.json")
    assert run("build").returncode == 0
    for name, content in package(tmp_path).items():
        assert content == (ROOT / name).read_bytes(), name


@pytest.mark.parametrize(
    "env", [{"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}]
)
def test_same_bytes_everywhere(run: Run, project: Path, env: dict[str, str]) -> None:
    run("build", "sources", "--out", "here")
    (project / "deep" / "er").mkdir(parents=True)
    run_process("build", "../../sources", "--out", "../../there", cwd=project / "deep" / "er", env=env)
    assert contents(project / "here")
    assert contents(project / "here") == contents(project / "there")


def test_second_build_changes_no_file(run: Run, project: Path) -> None:
    run("build")
    before = {path: path.stat().st_mtime_ns for path in project.rglob("*") if path.is_file()}
    run("build")
    assert {path: path.stat().st_mtime_ns for path in project.rglob("*") if path.is_file()} == before


def test_package_is_valid_wherever_it_is_moved(run: Run, project: Path) -> None:
    run("build", "sources/harbour.txt", "--out", "package")
    shutil.move(project / "package", project / "moved")
    assert run("validate", "moved").returncode == 0
    assert run("validate", "moved/datapackage.json", cwd=project).returncode == 0


@pytest.mark.parametrize(("folder", "path"), [("sources", "."), ("sources/deep", "..")])
def test_a_folder_is_named_however_it_is_given(run: Run, project: Path, folder: str, path: str) -> None:
    (project / folder).mkdir(exist_ok=True)
    assert run("build", path, "--out", project / "package", cwd=project / folder).returncode == 0
    assert json.loads((project / "package" / "datapackage.json").read_text())["sources"] == [{"title": "sources"}]


def test_without_text(run: Run, project: Path) -> None:
    run("build", "sources", "--out", "with")
    assert run("build", "sources", "--out", "without", "--no-text").returncode == 0
    with_text, without = (builder.load(project / name / "datapackage.json") for name in ("with", "without"))
    assert without["articles"]["text"].isna().all()
    assert with_text["articles"].drop(columns="text").equals(without["articles"].drop(columns="text"))
    assert all(with_text[name].equals(without[name]) for name in with_text if name != "articles")
    assert run("validate", "without").returncode == 0


def test_missing_date_is_said(run: Run, project: Path) -> None:
    (project / "sources" / "undated.txt").write_text("The talks ended on Monday.\n", encoding="utf-8")
    done = run("build")
    assert done.returncode == 0
    assert done.stderr == "undated: no publication date, so its relative dates stay unresolved\n"


def test_build_again_removes_what_is_no_longer_published(run: Run, project: Path) -> None:
    """A name decides whose a file is, and not what a descriptor says, which may be anybody's."""
    run("build", "sources", "--out", "package")
    descriptor = project / "package" / "datapackage.json"
    old = json.loads(descriptor.read_bytes())
    listed = {"name": "quotes-parquet-1", "path": "datapackage/mine.csv", "hash": f"sha256:{'0' * 64}", "bytes": 0}
    old["resources"].append(listed)
    descriptor.write_text(json.dumps(old), encoding="utf-8")
    for name in ("datapackage/quotes/part-00007.parquet", "datapackage/mine.csv"):
        (project / "package" / name).parent.mkdir(exist_ok=True)
        (project / "package" / name).write_text("kept?", encoding="utf-8")
    assert run("build", "sources", "--out", "package").returncode == 0
    assert not (project / "package/datapackage/quotes").exists()
    assert (project / "package/datapackage/mine.csv").exists()


def test_two_builds_into_one_folder(run: Run, project: Path) -> None:
    run("build")
    before = contents(project)
    with Publication(project):
        done = run("build")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "builder: .: another build is writing here; wait for it to end\n"
    assert contents(project) == before


def test_full_disk(run: Run, project: Path) -> None:
    run("build")
    before = contents(project)
    (project / "sources" / "long.txt").write_text("A long report.\n" * 10_000, encoding="utf-8")

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    done = run_process("build", cwd=project, preexec_fn=limit)
    assert done.returncode == 2
    assert "the package is as it was" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    (project / "sources" / "long.txt").unlink()
    assert contents(project) == before


@pytest.mark.parametrize("target", ["taken", "taken/below", "/proc/package"])
def test_target_that_cannot_be_written(run: Run, project: Path, target: str) -> None:
    (project / "taken").write_text("a file", encoding="utf-8")
    before = contents(project)
    done = run("build", "sources", "--out", target)
    assert done.returncode == 2
    assert target in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert contents(project) == before


def test_killed_build_leaves_the_old_package(run: Run, project: Path) -> None:
    run("build", "sources", "--out", "package")
    before = contents(project / "package")
    shutil.copytree(project / "package", project / "whole")
    for number in range(300):
        (project / "sources" / f"a{number}.txt").write_text(f"Report {number}\nThe minister said “we will see” on May 3.\n")
    run("build", "sources", "--out", "whole")
    command = [sys.executable, "-m", "builder", "build", "sources", "--out", "package"]
    for tenths in range(2, 12, 2):
        process = subprocess.Popen(command, cwd=project, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(tenths / 10)
        process.send_signal(signal.SIGKILL)
        process.wait()
        now = {name: content for name, content in contents(project / "package").items() if not name.startswith(".builder/")}
        assert now in (before, contents(project / "whole"))
    assert run("build", "sources", "--out", "package").returncode == 0
    assert contents(project / "package") == contents(project / "whole")


@pytest.mark.parametrize("format_", ["csv", "parquet"])
def test_loading_needs_nothing_that_builds(project: Path, run: Run, format_: str) -> None:
    run("build")
    script = f"""
import sys
for name in ("extraction", "document", "names", "quotes", "dates", "agencies", "participants", "resolution", "learned"):
    sys.modules[f"builder.{{name}}"] = None
import builder
tables = builder.load("datapackage.json", format="{format_}")
print(len(tables), len(tables["quotes"]), tables["quotes"]["start"].dtype, tables["articles"]["published"].dtype)
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=project, capture_output=True, text=True, check=True)
    quotes = len(pd.read_parquet(project / "datapackage" / "quotes.parquet"))
    assert done.stdout.split() == ["8", str(quotes), "Int64", "date32[day][pyarrow]"]


def test_building_imports_nothing_slow_that_it_does_not_need(project: Path) -> None:
    slow = ("frictionless", "matplotlib", "multiprocessing", "yaml")
    script = f"import sys, builder; builder.build(); print([m for m in {slow} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], cwd=project, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['yaml']"


def test_both_formats_give_the_same_frames() -> None:
    csv, parquet = (builder.load(ROOT / "datapackage.json", format=format_) for format_ in ("csv", "parquet"))
    for name in TABLES:
        pd.testing.assert_frame_equal(csv[name], parquet[name])


def test_extract_gives_the_tables_of_an_article(project: Path, run: Run) -> None:
    run("build")
    text = (project / "sources" / "harbour.txt").read_text(encoding="utf-8")
    tables = builder.extract(text, article_id="harbour", url="harbour.txt")
    published = builder.load(project / "datapackage.json")
    for name, table in tables.items():
        pd.testing.assert_frame_equal(table, published[name])


def test_interrupted_command_says_so(project: Path) -> None:
    lines = (json.dumps({"article_id": f"a{number}", "text": ARTICLE}) for number in range(3_000))
    (project / "sources" / "many.jsonl").write_text("\n".join(lines), encoding="utf-8")
    heeds = "import signal, builder.cli; signal.signal(signal.SIGINT, signal.default_int_handler); builder.cli.main()"
    command = [sys.executable, "-c", heeds, "build"]  # a shell's background jobs ignore the signal
    process = subprocess.Popen(command, cwd=project, stderr=subprocess.PIPE, text=True)
    while process.poll() is None and not (project / ".builder").exists():
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate()
    assert (process.returncode, "interrupted" in said.lower()) == (130, True), said
    assert not (project / "datapackage.json").exists()
    assert not (project / ".builder").exists()
