"""Two articles, and packages of them, that tests of exports, differences and releases have in common."""

import json
from pathlib import Path

import pandas as pd
from conftest import Run

import builder

ARTICLES = [
    {
        "article_id": "one",
        "published": "2021-05-04",
        "text": "Foreign Minister Ann Lee of Norway said on Monday: “We are ready to talk.” “=1+1 is no formula,” Lee added.",
    },
    {"article_id": "two", "published": "2022-06-07", "text": "“We wait for an answer from them,” Lee said in Oslo. It rained."},
]


def built(run: Run, folder: Path, name: str, articles: list[dict[str, str]], *options: str) -> Path:
    lines = "\n".join(json.dumps(article, ensure_ascii=False) for article in articles)
    (folder / f"{name}.jsonl").write_text(lines + "\n", encoding="utf-8")
    assert run("build", f"{name}.jsonl", "--out", name, *options).returncode == 0
    return folder / name


def frames(package: Path) -> dict[str, pd.DataFrame]:
    return builder.load(package / "datapackage.json")
