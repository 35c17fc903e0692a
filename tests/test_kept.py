"""What a build keeps for the next one counts only as it was written, and only where this user wrote it."""

import random
from pathlib import Path

import pytest
from conftest import ARTICLE, Run

from builder.corpus.kept import KeptParts
from builder.corpus.parts import PartTask
from builder.corpus.seals import own_key, sealed
from builder.corpus.shard import Options, extract_shard
from builder.corpus.store import DiskStore, MemoryStore
from builder.errors import PublishError
from builder.reading import Unit
from builder.reading.fields import Defaults

KEY = b"k" * 32
NAME = "a" * 40


@pytest.fixture
def store(tmp_path: Path) -> DiskStore:
    store = DiskStore(tmp_path / "shards", KEY)
    store.save(NAME, extract_shard([Unit("text", "harbour.txt", None, ARTICLE.encode())], Options(Defaults())))
    return store


def test_whole_result_counts(store: DiskStore) -> None:
    assert store.summary(NAME) is not None
    assert store.tables(NAME)["articles"].num_rows == 1


@pytest.mark.parametrize("seed", range(24))
def test_damaged_result_is_none(store: DiskStore, tmp_path: Path, seed: int) -> None:
    path, dice = tmp_path / "shards" / f"{NAME}.shard", random.Random(seed)
    raw = bytearray(path.read_bytes())
    if seed % 4:
        raw[dice.randrange(len(raw))] ^= 1 << dice.randrange(8)
    else:
        del raw[dice.randrange(len(raw)) :]
    path.write_bytes(raw)
    assert store.summary(NAME) is None
    with pytest.raises(PublishError, match="damaged since it was written; run the command again"):
        store.tables(NAME)


def test_result_of_somebody_else_is_none(store: DiskStore, tmp_path: Path) -> None:
    path = tmp_path / "shards" / f"{NAME}.shard"
    assert DiskStore(tmp_path / "shards", b"another secret").summary(NAME) is None
    path.rename(tmp_path / "shards" / f"{'b' * 40}.shard")
    assert store.summary("b" * 40) is None


def test_forged_list_of_parts_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "package/.builder").mkdir(parents=True)
    (tmp_path / "victim").write_text("keep")
    forged = b'{"x": [["../../../victim", "part-00000", "../victim", 1, ["0", 4], null]]}'
    (tmp_path / "package/.builder/parts.json").write_bytes(sealed(b"another", "parts.json", forged))
    task = PartTask(0, ("x",), MemoryStore(), tmp_path / "staged", False)
    assert KeptParts(tmp_path / "package", KEY).reuse(task) is None
    assert not (tmp_path / "staged").exists()


def test_shards_behind_a_link_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "x.shard").write_text("keep")
    (tmp_path / "shards").symlink_to(tmp_path / "mine")
    with pytest.raises(PublishError, match="a link; this folder is the builder's own"):
        DiskStore(tmp_path / "shards", KEY)
    assert (tmp_path / "mine" / "x.shard").exists()


def test_secret_is_this_users_and_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert own_key() == own_key()
    (path,) = tmp_path.rglob("key")
    assert path.stat().st_mode & 0o077 == 0
    monkeypatch.setenv("XDG_STATE_HOME", "/dev/null/nowhere")
    assert own_key() != own_key()


def test_damaged_shards_of_a_large_corpus_are_made_again(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builder.pipeline.SMALL_BYTES", 10)
    (tmp_path / "harbour.txt").write_text(ARTICLE, encoding="utf-8")
    assert run("build", "harbour.txt", "--out", "package").returncode == 0
    csv = (tmp_path / "package/datapackage/quotes.csv").read_bytes()
    (shard,) = (tmp_path / "package/.builder/shards").glob("*.shard")
    raw = shard.read_bytes()
    shard.write_bytes(raw[: len(raw) // 2])
    assert run("build", "harbour.txt", "--out", "package").returncode == 0
    assert (tmp_path / "package/datapackage/quotes.csv").read_bytes() == csv
    assert shard.read_bytes().count(b"harbour") == raw.count(b"harbour")
