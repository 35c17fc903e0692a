"""W3C Web Annotation (https://www.w3.org/TR/annotation-model/): a TextQuoteSelector and a TextPositionSelector for each row.

Its offsets are code points of the text, as those of the tables are. An annotation's target is ``texts/ARTICLE_ID.txt``;
its bodies are a tag, ``TABLE-KIND``, and the row's other columns as JSON.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from builder.coding.anchors import anchor_at
from builder.exchange.claimed import (
    Claimed,
    Columns,
    Document,
    Labels,
    Read,
    Refused,
    extra_columns,
    label_of,
    no_label,
    noted_columns,
)
from builder.exchange.files import is_place, json_lines, read_json, text_or_none
from builder.exchange.texts import articles_of, write_texts
from builder.export.writing import Content

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_FILE = "annotations.jsonl"
_TEXTS = "texts"
_MOST_SELECTORS = 64
_LISTS = ("items", "first", "annotations", "rows")
"""Where a page, a collection, or an answer of Hypothesis's API keeps its annotations."""


def write(content: Content, out: Path) -> list[str]:
    write_texts(content, out / _TEXTS)
    with (out / _FILE).open("w", encoding="utf-8", newline="\n") as file:
        for article in articles_of(content):
            for table, key, row in article.rows():
                annotation = _annotation(article.article_id, article.text, table, key, row)
                file.write(json.dumps(annotation, ensure_ascii=False, separators=(",", ":")) + "\n")
    return []


def _annotation(article_id: str, text: str, table: str, key: str, row: Mapping[str, Any]) -> dict[str, Any]:
    anchor = anchor_at(text, row["start"], row["end"])
    quote = {"type": "TextQuoteSelector", "exact": anchor.text, "prefix": anchor.prefix, "suffix": anchor.suffix}
    position = {"type": "TextPositionSelector", "start": row["start"], "end": row["end"]}
    columns = json.dumps(extra_columns(table, row), ensure_ascii=False)
    return {
        "@context": _CONTEXT,
        "id": f"#{key}",
        "type": "Annotation",
        "motivation": "classifying",
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": label_of(table, row)},
            {"type": "TextualBody", "purpose": "describing", "format": "application/json", "value": columns},
        ],
        "target": {"source": f"{_TEXTS}/{article_id}.txt", "selector": [quote, position]},
    }


def read(path: Path, labels: Labels) -> Iterator[Read]:
    for place, annotation in _annotations(path):
        yield _claimed(place, annotation, labels)


def _annotations(path: Path) -> Iterator[tuple[str, Any]]:
    if path.suffix.lower() in (".jsonl", ".ndjson"):
        yield from json_lines(path)
        return
    content = read_json(path)
    for _ in range(3):
        inner = next((content[name] for name in _LISTS if name in content), None) if isinstance(content, dict) else None
        content = inner if isinstance(inner, dict | list) else content
    if not isinstance(content, list):
        content = [content]
    for number, annotation in enumerate(content, 1):
        yield f"annotation {number}", annotation


def _claimed(place: str, annotation: Any, labels: Labels) -> Read:
    if not isinstance(annotation, dict):
        return Refused(place, "no annotation")
    tags, columns = _bodies(annotation)
    meaning = next(filter(None, map(labels.meaning, tags)), None)
    if meaning is None:
        return Refused(place, no_label(tags[0]) if tags else "no body that is a tag")
    targets = _listed(annotation.get("target"))
    if len(targets) != 1 or not isinstance(targets[0], dict):
        return Refused(place, "not one target with a selector, as a row has")
    selectors = _selectors(targets[0].get("selector"))
    quote = next((each for each in selectors if each.get("type") == "TextQuoteSelector"), {})
    position = next((each for each in selectors if each.get("type") == "TextPositionSelector"), {})
    start, end = (position.get(name) if is_place(position.get(name)) else None for name in ("start", "end"))
    text = text_or_none(quote.get("exact"))
    if text is None:
        return Refused(place, "no TextQuoteSelector with what is selected, so that the place cannot be proved")
    prefix, suffix = (text_or_none(quote.get(side)) or "" for side in ("prefix", "suffix"))
    table, kind = meaning
    document = Document(_article_id(targets[0].get("source")))
    return Claimed(place, document, table, text, start, end, {**columns, **kind}, prefix=prefix, suffix=suffix)


def _bodies(annotation: Mapping[str, Any]) -> tuple[list[str], Columns]:
    """Tags, and the columns that stand there as JSON; Hypothesis keeps its tags beside the body."""
    tags = [tag for tag in _listed(annotation.get("tags")) if isinstance(tag, str)]
    columns: Columns = {}
    for body in _listed(annotation.get("body")):
        if isinstance(body, str):
            tags.append(body)
        elif isinstance(body, dict) and isinstance(body.get("value"), str):
            if body.get("format") == "application/json":
                columns |= noted_columns([body["value"]])
            else:
                tags.append(body["value"])
    return tags, columns


def _selectors(selector: Any) -> list[dict[str, Any]]:
    """Those of a target with those that refine them."""
    found: list[dict[str, Any]] = []
    waiting = _listed(selector)
    while waiting and len(found) < _MOST_SELECTORS:
        each = waiting.pop(0)
        if isinstance(each, dict):
            found.append(each)
            waiting += _listed(each.get("refinedBy"))
    return found


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else [] if value is None else [value]


def _article_id(source: Any) -> str | None:
    """The last part of the address, without ``.txt``."""
    address = source.get("id") if isinstance(source, dict) else source
    if not isinstance(address, str):
        return None
    try:
        return PurePosixPath(unquote(urlsplit(address).path)).name.removesuffix(".txt") or None
    except ValueError:
        return None
