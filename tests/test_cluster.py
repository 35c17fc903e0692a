"""The same shards on a Dask cluster of several processes, one of which is lost in the middle."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from conftest import Run, published
from test_corpus import SMALL, article

distributed = pytest.importorskip("distributed")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "corpus.jsonl").write_text("\n".join(json.dumps(article(number)) for number in range(200)), encoding="utf-8")
    (tmp_path / "small.py").write_text(SMALL, encoding="utf-8")
    return tmp_path


@pytest.mark.slow
def test_cluster_that_loses_a_worker_gives_the_same_bytes(run: Run, corpus: Path) -> None:
    local = [sys.executable, "small.py", "build", "corpus.jsonl", "--out", "local", "--jobs", "1"]
    assert subprocess.run(local, cwd=corpus, capture_output=True, check=False).returncode == 0
    with distributed.LocalCluster(n_workers=3, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        first = next(iter(cluster.workers.values())).pid
        timer = threading.Timer(2, os.kill, (first, signal.SIGKILL))
        timer.start()
        command = [
            sys.executable,
            "small.py",
            "build",
            "corpus.jsonl",
            "--out",
            "cluster",
            "--scheduler",
            cluster.scheduler_address,
        ]
        done = subprocess.run(command, cwd=corpus, capture_output=True, text=True, check=False)
        timer.join()
        time.sleep(0.1)
    assert done.returncode == 0, done.stderr
    assert published(corpus / "local") == published(corpus / "cluster")
