"""Decisions of people as lines of a file, for tests that say who judged what."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from builder.coding.anchors import anchor_at
from builder.coding.forms import span_form
from builder.coding.templates import templates
from builder.coding.view import View
from builder.publish.package import read_package
from builder.publish.reviewed import machine_parts


def machine_view(package: Path) -> View:
    (tables,) = machine_parts(read_package(package))
    return View(tables)


class Coder:
    """Decides on the machine's rows of the package in ``folder``, and keeps the decisions in ``folder/coding``."""

    def __init__(self, name: str, folder: Path, package: Path | None = None) -> None:
        self.name, self.path = name, folder / "coding" / f"{name}.jsonl"
        self.package = package or folder
        self.path.parent.mkdir(exist_ok=True)
        self.count = len(self.path.read_text(encoding="utf-8").splitlines()) if self.path.exists() else 0

    def template(self, key: str) -> dict[str, Any]:
        view = machine_view(self.package)
        for article_id in view.article_ids:
            for row_id, template in templates(view, article_id):
                if row_id == key:
                    return template
        raise KeyError(key)

    def decide(self, key: str, verdict: str, **fields: Any) -> str:
        return self.say({**self.template(key), "verdict": verdict, **fields})

    def add(self, table: str, passage: str, values: Mapping[str, Any], nth: int = 0) -> str:
        """A row at the ``nth`` place of a passage in the first article."""
        view = machine_view(self.package)
        text, article_id = str(view.text(view.article_ids[0])), view.article_ids[0]
        start = -1
        for _ in range(nth + 1):
            start = text.index(passage, start + 1)
        anchor = anchor_at(text, start, start + len(passage))
        fields = {"table": table, "article_id": article_id, "article_sha256": view.sha256(article_id), "start": start}
        fields |= {"end": start + len(passage), "text": passage, "prefix": anchor.prefix, "suffix": anchor.suffix}
        return self.say({**fields, "verdict": "add", "set": dict(values)})

    def say(self, fields: Mapping[str, Any]) -> str:
        self.count += 1
        id_ = f"{self.name}.{self.count}"
        line = {"id": id_, "coder": self.name, "time": "2021-05-05T10:00:00Z", **fields}
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
        return id_

    def span(self, passage: str) -> dict[str, Any]:
        view = machine_view(self.package)
        text = str(view.text(view.article_ids[0]))
        start = text.index(passage)
        return span_form(text, start, start + len(passage))
