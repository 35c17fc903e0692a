"""Label Studio (https://labelstud.io/guide/task_format): a list of tasks, each with its regions.

Offsets of regions in a text are code points in newer versions and UTF-16 code units in older ones; a region has its words, so
that either is proved. A region's note (``meta.text``) holds the row's other columns, and comes back with it.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from builder.errors import InputError
from builder.exchange.claimed import (
    Claimed,
    Document,
    Empty,
    Labels,
    Read,
    Refused,
    all_labels,
    extra_columns,
    label_of,
    no_label,
    noted_columns,
)
from builder.exchange.files import is_place, read_json, text_or_none
from builder.exchange.texts import ArticleRows, articles_of
from builder.exchange.units import Utf16
from builder.export.writing import Content

_TASKS, _CONFIG = "tasks.json", "config.xml"
_VIEW = """<View>
  <Labels name="label" toName="text">
{choices}
  </Labels>
  <Text name="text" value="$text"/>
</View>
"""
_OF_TEXT = frozenset({"labels", "hypertextlabels"})


def write(content: Content, out: Path) -> list[str]:
    with (out / _TASKS).open("w", encoding="utf-8", newline="\n") as file:
        for number, article in enumerate(articles_of(content)):
            file.write(("[\n" if not number else ",\n") + json.dumps(_task(article), ensure_ascii=False))
        file.write("\n]\n")
    choices = "\n".join(f"    <Label value={quoteattr(label)}/>" for label in all_labels())
    (out / _CONFIG).write_text(_VIEW.format(choices=choices), encoding="utf-8", newline="\n")
    return []


def _task(article: ArticleRows) -> dict[str, Any]:
    regions = [
        {
            "id": key,
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
            "value": {"start": row["start"], "end": row["end"], "text": row["text"], "labels": [label_of(table, row)]},
            "meta": {"text": [json.dumps(extra_columns(table, row), ensure_ascii=False)]},
        }
        for table, key, row in article.rows()
    ]
    prediction = {"model_version": "article-tables", "result": regions}
    return {"data": {"text": article.text, "article_id": article.article_id}, "predictions": [prediction]}


def read(path: Path, labels: Labels) -> Iterator[Read]:
    """What people have annotated; of a task that no one has, what was predicted."""
    content = read_json(path)
    tasks = content if isinstance(content, list) else [content]
    if not all(isinstance(task, dict) and isinstance(task.get("data"), dict) for task in tasks):
        raise InputError(f"{path}: not a list of tasks with data, which Label Studio exports as JSON")
    for number, task in enumerate(tasks, 1):
        place = f"task {number}"
        text = text_or_none(task["data"].get("text"))
        if text is None:
            yield Refused(place, "data.text is missing")
            continue
        document = Document(text_or_none(task["data"].get("article_id")), text)
        yield Empty(place, document)
        units = Utf16(text)
        for region, item in enumerate(_regions(task), 1):
            yield from _claimed(f"{place}, region {region}", document, units, item, labels)


def _regions(task: Mapping[str, Any]) -> Iterator[Any]:
    annotations = [each for each in _list(task.get("annotations")) if isinstance(each, dict) and not each.get("was_cancelled")]
    for each in annotations or _list(task.get("predictions"))[-1:]:
        yield from _list(each.get("result")) if isinstance(each, dict) else ()


def _claimed(place: str, document: Document, units: Utf16, region: Any, labels: Labels) -> Iterator[Read]:
    if not isinstance(region, dict) or str(region.get("type")) not in _OF_TEXT:
        kind = str(region.get("type"))[:40] if isinstance(region, dict) else "region"
        yield Refused(place, f"{kind!r} is no passage with a label")
        return
    value = region["value"] if isinstance(region.get("value"), dict) else {}
    start, end, text = _place(value, "start"), _place(value, "end"), text_or_none(value.get("text"))
    if start is None or end is None or text is None:
        yield Refused(place, "start, end and text of the passage are not all there")
        return
    also = units.to_code_points(start), units.to_code_points(end)
    for label in _list(value.get(region["type"])) or [None]:
        meaning = labels.meaning(label)
        if meaning is None:
            yield Refused(place, no_label(label))
        else:
            table, own = meaning
            columns = {**noted_columns(_list(_note(region))), **own}
            yield Claimed(place, document, table, text, start, end, columns, also)


def _place(value: Mapping[str, Any], name: str) -> int | None:
    return value[name] if is_place(value.get(name)) else None


def _note(region: Mapping[str, Any]) -> Any:
    meta = region.get("meta")
    return meta.get("text") if isinstance(meta, dict) else None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
