"""A corpus of many shards and parts: the same bytes whatever runs, is killed, or was there before."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import pytest
from conftest import Done, Run, published
from hypothesis import given
from hypothesis import strategies as st

import builder
from builder import extraction
from builder.corpus.identifiers import TakenIdentifiers
from builder.corpus.sharding import Shard, shards
from builder.corpus.workers import Workers, local_workers
from builder.errors import PublishError
from builder.reading import Unit
from builder.reading.rejects import Reject
from builder.tables.schema import TABLES
from builder.text.article import Article
from builder.validate.findings import errors
from builder.validate.package import validate_package

SMALL = """
import builder.corpus.sharding, builder.pipeline
builder.corpus.sharding.SHARD_BYTES = (1 << 11, 1 << 11, 1 << 13)
builder.corpus.sharding.PART_BYTES = (1 << 13, 1 << 13, 1 << 15)
builder.pipeline.SMALL_BYTES = 0
if __name__ == "__main__":
    from builder.cli import main
    main()
"""
"""Makes shards and parts small; ``builder`` with that is what the tests run."""

PEOPLE = ("Ada Lindqvist", "Tomas Berg", "Ines Carvalho", "Omar Haddad", "Mei Tanaka")


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builder.pipeline.SMALL_BYTES", 0)
    monkeypatch.setattr("builder.corpus.sharding.SHARD_BYTES", (1 << 11, 1 << 11, 1 << 13))
    monkeypatch.setattr("builder.corpus.sharding.PART_BYTES", (1 << 13, 1 << 13, 1 << 15))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Some 120 articles of four years, with a broken line and a taken identifier among them."""
    lines = [json.dumps(article(number)) for number in range(120)]
    lines[40] = '{"article_id": "broken'
    lines[90] = lines[3]
    (tmp_path / "corpus.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path / "corpus.jsonl"


def article(number: int) -> dict[str, object]:
    dice = random.Random(number)
    person, day = dice.choice(PEOPLE), dice.randint(1, 28)
    lines = [f"Ministers Meet for Round {number}"]
    lines += [f"“We will see about point {point},” {person} said on March {day}." for point in range(dice.randint(1, 9))]
    published = f"{2018 + number % 4}-04-{day:02}" if number % 10 else None
    return {"article_id": f"a{number}", "text": "\n".join(lines), "published": published}


def sharded(units: Iterable[Unit | Reject]) -> list[Shard]:
    return list(shards(units, "salt"))


units = st.lists(
    st.binary(max_size=3000).map(lambda raw: Unit("json", "x.jsonl", None, raw))
    | st.text().map(lambda text: Reject("x", None, text)),
    max_size=60,
)


@given(units, st.data())
def test_shards_hold_every_unit_once_and_differ_only_near_a_change(items: list[Unit | Reject], data: st.DataObject) -> None:
    whole = sharded(items)
    assert [item for shard in whole for item in shard.items] == items
    assert all(shard.items for shard in whole)
    if items:
        place = data.draw(st.integers(0, len(items) - 1))
        before = items[:place]
        kept = [shard.key for shard in sharded([*before, Unit("json", "x.jsonl", None, b"new"), *items[place:]])]
        untouched = 0
        for shard in whole:
            untouched += len(shard.items)
            if untouched <= place:
                assert shard.key in kept


names = st.sets(st.sampled_from("abcdefgh"))


@given(st.lists(names))
def test_identifiers_are_taken_once(claims: list[set[str]]) -> None:
    identifiers, taken = TakenIdentifiers(), set[str]()
    for claim in claims:
        assert identifiers.claim(sorted(claim)) == claim & taken
        taken |= claim


def test_shards_far_from_a_change_stay(small: None) -> None:
    items = [Unit("json", "x.jsonl", f"line {n}", json.dumps(article(n)).encode()) for n in range(600)]
    keys = {shard.key for shard in sharded(items)}
    changed = {shard.key for shard in sharded([*items[:300], Unit("json", "x.jsonl", None, b"changed"), *items[301:]])}
    assert len(keys) > 50
    assert len(keys - changed) < 6


@pytest.mark.slow
def test_any_number_of_processes_gives_the_same_bytes(run: Run, corpus: Path, small: None) -> None:
    assert run("build", corpus, "--out", "one", "--jobs", 1).returncode == 0
    assert run("build", corpus, "--out", "two", "--jobs", 2).returncode == 0
    one = published(corpus.parent / "one")
    assert one == published(corpus.parent / "two")
    assert len([name for name in one if name.startswith("datapackage/quotes/part-")]) >= 3
    assert run("validate", "one").returncode == 0


def test_parts_hold_the_rows_of_the_undivided_package(run: Run, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("build", corpus, "--out", "whole").returncode == 0
    monkeypatch.setattr("builder.corpus.sharding.SHARD_BYTES", (1 << 11, 1 << 11, 1 << 13))
    monkeypatch.setattr("builder.corpus.sharding.PART_BYTES", (1 << 13, 1 << 13, 1 << 15))
    assert run("build", corpus, "--out", "parts", "--csv").returncode == 0
    assert run("validate", "parts").returncode == 0
    for format_ in ("parquet", "csv"):
        whole, parts = (builder.load(corpus.parent / name / "datapackage.json", format=format_) for name in ("whole", "parts"))
        for name in TABLES:
            pd.testing.assert_frame_equal(whole[name], parts[name])


def test_parts_by_year_are_read_as_one(run: Run, corpus: Path, small: None) -> None:
    assert run("build", corpus, "--out", "package", "--partition-by", "published-year", "--jobs", 1).returncode == 0
    assert run("validate", "package").returncode == 0
    data = corpus.parent / "package" / "datapackage"
    years = {path.name for path in (data / "quotes").iterdir()}
    assert years == {*(f"published_year={year}" for year in range(2018, 2022)), "published_year=unknown"}
    articles = pd.read_parquet(data / "articles")
    assert len(articles) == 118
    dated = articles[articles["published"].notna()]
    assert (dated["published"].map(lambda day: str(day.year)) == dated["published_year"].astype(str)).all()


def test_rejects_are_rows_in_the_order_of_the_sources(run: Run, corpus: Path, small: None) -> None:
    done = run("build", corpus, "--out", "package", "--jobs", 1)
    assert "rejected: corpus.jsonl, line 41: broken JSON" in done.stderr
    rejects = builder.load(corpus.parent / "package" / "datapackage.json")["rejects"]
    assert rejects["place"].tolist() == ["line 41", "line 91"]
    assert rejects["reason"].iloc[1] == "article_id 'a3' is already that of an earlier article"


def test_article_that_extraction_fails_on_costs_no_other(run: Run, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = extraction.extract_articles

    def failing(articles: list[Article]) -> object:
        if any(article.article_id in ("a7", "a50") for article in articles):
            raise ZeroDivisionError("seven\nor fifty")
        return real(articles)

    assert run("build", corpus, "--out", "whole").returncode == 0
    monkeypatch.setattr(extraction, "extract_articles", failing)
    assert run("build", corpus, "--out", "package").returncode == 0
    whole, package = (builder.load(corpus.parent / name / "datapackage.json") for name in ("whole", "package"))
    lost = package["rejects"][package["rejects"]["reason"].str.startswith("extraction failed")]
    assert lost["reason"].tolist() == ["extraction failed: ZeroDivisionError: seven or fifty"] * 2
    kept = whole["quotes"][~whole["quotes"]["article_id"].isin(["a7", "a50"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(kept, package["quotes"])


def build_small(folder: Path, out: str, *arguments: str) -> list[str]:
    (folder / "small.py").write_text(SMALL, encoding="utf-8")
    return [sys.executable, "small.py", "build", "corpus.jsonl", "--out", out, *arguments]


KILLS = int(os.environ.get("BUILDER_KILLS", "6"))
"""How often a build is killed; the moments differ from run to run of this test only with the speed of the machine."""


@pytest.mark.slow
def test_killed_at_any_moment_and_run_again_gives_the_same_bytes(corpus: Path) -> None:
    """Every tenth of the kills starts from nothing, so that early and late stages are both met."""
    folder = corpus.parent
    started = time.perf_counter()
    assert subprocess.run(build_small(folder, "whole", "--jobs", "2"), cwd=folder, check=False).returncode == 0
    duration = time.perf_counter() - started
    expected = published(folder / "whole")
    command = build_small(folder, "package", "--jobs", "2")
    dice = random.Random(0)
    for kill in range(KILLS):
        if kill % 10 == 0:
            shutil.rmtree(folder / "package", ignore_errors=True)
        process = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        time.sleep(dice.uniform(0, duration))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if (folder / "package" / "datapackage.json").exists():
            assert not errors(validate_package(folder / "package"))
    assert subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode == 0
    assert published(folder / "package") == expected


def test_growing_does_only_what_changed(run: Run, corpus: Path, small: None) -> None:
    run("build", corpus, "--out", "package", "--jobs", 1)
    lines = corpus.read_text(encoding="utf-8").split("\n")
    changed = [
        *lines[:60],
        json.dumps({**article(60), "text": "Another text, said “so be it”."}),
        *lines[62:],
        json.dumps(article(500)),
    ]
    corpus.write_text("\n".join(changed), encoding="utf-8")
    report = corpus.parent / "report.json"
    assert run("build", corpus, "--out", "package", "--jobs", 1, "--report", report).returncode == 0
    counts = json.loads(report.read_text(encoding="utf-8"))
    assert 0 < counts["shards"] - counts["shards_reused"] <= 6
    assert counts["shards_reused"] > 8
    run("build", corpus, "--out", "scratch", "--jobs", 1)
    assert published(corpus.parent / "package") == published(corpus.parent / "scratch")


def written(package: Path) -> dict[tuple[int, int], str]:
    """Names of the files that each file was written as."""
    files = (package / "datapackage").rglob("part-*.parquet")
    return {(path.stat().st_ino, path.stat().st_mtime_ns): path.name for path in files}


@pytest.mark.slow
@pytest.mark.parametrize("options", [[], ["--partition-by", "published-year"]])
def test_parts_that_hold_the_same_are_kept(
    run: Run, corpus: Path, small: None, monkeypatch: pytest.MonkeyPatch, options: list[str]
) -> None:
    """Also under another number: so many articles are put first that they are a part."""
    monkeypatch.setattr("builder.corpus.sharding.PART_BYTES", (1 << 12, 1 << 12, 1 << 13))
    run("build", corpus, "--out", "package", "--jobs", 1, *options)
    before = written(corpus.parent / "package")
    more = "".join(json.dumps(article(number)) + "\n" for number in range(600, 630))
    corpus.write_text(more + corpus.read_text(encoding="utf-8"), encoding="utf-8")
    run("build", corpus, "--out", "package", "--jobs", 1, *options)
    after = written(corpus.parent / "package")
    same = before.keys() & after.keys()
    assert len(same) > len(before) / 3
    assert any(before[file] != after[file] for file in same)
    run("build", corpus, "--out", "scratch", "--jobs", 1, *options)
    assert published(corpus.parent / "package") == published(corpus.parent / "scratch")


def test_part_that_was_spoilt_is_written_again(run: Run, corpus: Path, small: None) -> None:
    run("build", corpus, "--out", "package", "--jobs", 1)
    whole = published(corpus.parent / "package")
    spoilt, lost = sorted((corpus.parent / "package" / "datapackage" / "quotes").iterdir())[:2]
    spoilt.write_bytes(spoilt.read_bytes()[::-1])
    lost.unlink()
    run("build", corpus, "--out", "package", "--jobs", 1)
    assert published(corpus.parent / "package") == whole


def test_other_options_use_no_stored_results(run: Run, corpus: Path, small: None) -> None:
    run("build", corpus, "--out", "package", "--jobs", 1)
    assert run("build", corpus, "--out", "package", "--jobs", 1, "--no-text").returncode == 0
    assert builder.load(corpus.parent / "package" / "datapackage.json")["articles"]["text"].isna().all()
    shutil.rmtree(corpus.parent / "package" / ".builder")
    assert run("validate", "package").returncode == 0


def _die_once(marker: Path) -> str:
    if not marker.exists():
        marker.touch()
        os._exit(9)
    return marker.name


def _die(_: Path) -> None:
    os._exit(9)


@pytest.mark.slow
def test_worker_that_dies_is_replaced(tmp_path: Path) -> None:
    workers = local_workers(2)
    tasks = [tmp_path / f"{number}" for number in range(5)]
    for task in tasks[1:4]:
        task.touch()
    assert [result for _, result in workers.map(_die_once, tasks)] == [task.name for task in tasks]
    workers.close()


@pytest.mark.slow
def test_workers_that_die_again_and_again_end_the_run(tmp_path: Path) -> None:
    workers = local_workers(2)
    with pytest.raises(PublishError, match="worker processes died"):
        list(workers.map(_die, [tmp_path, tmp_path]))
    workers.close()


def test_results_come_in_the_order_of_the_tasks_and_few_are_held() -> None:
    running: list[int] = []
    workers = local_workers(1)
    for task, result in Workers(lambda: workers._executor, 2).map(lambda n: running.append(n) or n, range(20)):
        assert task == result
        assert len(running) - task <= 6


def test_log_for_programs(run: Run, corpus: Path, small: None) -> None:
    done: Done = run("build", corpus, "--out", "package", "--jobs", 1, "--log-format", "json")
    events = [json.loads(line) for line in done.stderr.splitlines()]
    assert [event["name"] for event in events if event["event"] == "stage"] == ["extract", "write", "check", "swap"]
    progress = [event for event in events if event["event"] == "progress"]
    assert progress[-1]["articles"] == 118
    assert progress[-1]["seconds_left"] == 0
    assert [event["place"] for event in events if event["event"] == "reject"] == ["line 41", "line 91"]
    assert events[-1]["event"] == "done"
    assert events[-1]["rows"]["articles"] == 118
