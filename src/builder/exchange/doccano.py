"""doccano (https://github.com/doccano/doccano): JSON lines with ``text`` and ``label``, a list of [start, end, label].

Its browser counts offsets in UTF-16 code units, and its file says nothing of the unit nor of the words, so that a wrong unit is
not found out. Keys beside these two are kept by doccano as metadata, and come back with the document: ``article_id``, and
``rows``, the other columns of the rows that went out.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from builder.exchange.claimed import Claimed, Columns, Document, Empty, Labels, Read, Refused, extra_columns, label_of, no_label
from builder.exchange.files import is_place, json_lines, text_or_none
from builder.exchange.texts import articles_of
from builder.exchange.units import Utf16
from builder.export.writing import Content

_FILE = "doccano.jsonl"

_Key = tuple[Any, Any, Any]
"""Start, end and table, as the file has them."""


def write(content: Content, out: Path) -> list[str]:
    with (out / _FILE).open("w", encoding="utf-8", newline="\n") as file:
        for article in articles_of(content):
            units = Utf16(article.text)
            labels, columns = [], []
            for table, _, row in article.rows():
                start, end = (units.from_code_points(row[name]) for name in ("start", "end"))
                labels.append([start, end, label_of(table, row)])
                columns.append({"start": start, "end": end, "table": table, **extra_columns(table, row)})
            document = {"text": article.text, "label": labels, "article_id": article.article_id, "rows": columns}
            file.write(json.dumps(document, ensure_ascii=False) + "\n")
    return []


def read(path: Path, labels: Labels, utf16: bool = True) -> Iterator[Read]:
    """``utf16`` is false for offsets in code points, as programs write them that make doccano's files themselves."""
    for place, content in json_lines(path):
        text = text_or_none(content.get("text", content.get("data")))
        if text is None:
            yield Refused(place, "no text")
            continue
        kept = {**_object(content.get("meta")), **_object(content.get("metadata")), **content}
        document = Document(text_or_none(kept.get("article_id")), text)
        yield Empty(place, document)
        yield from _rows(place, document, _labels(content), _columns(kept.get("rows")), labels, utf16)


def _rows(
    place: str, document: Document, given: list[Any], columns: Mapping[_Key, list[Columns]], labels: Labels, utf16: bool
) -> Iterator[Read]:
    units = Utf16(str(document.text))
    for number, each in enumerate(given, 1):
        here = f"{place}, label {number}"
        if not isinstance(each, list) or len(each) != 3 or not (is_place(each[0]) and is_place(each[1])):
            yield Refused(here, "not [start, end, label]")
            continue
        *_, label = each
        meaning = labels.meaning(label)
        if meaning is None:
            yield Refused(here, no_label(label))
            continue
        table, kind = meaning
        start, end = map(units.to_code_points, each[:2]) if utf16 else each[:2]
        words = str(document.text)[start:end] if start is not None and end is not None and 0 <= start < end else None
        own = columns.get((each[0], each[1], table), [])
        yield Claimed(here, document, table, words or None, start, end, {**(own.pop(0) if own else {}), **kind})


def _labels(content: Mapping[str, Any]) -> list[Any]:
    """Those of the form with relations have offsets by name."""
    given = content.get("label", content.get("labels"))
    if given is None:
        entities = content.get("entities")
        given = [
            [each.get("start_offset"), each.get("end_offset"), each.get("label")] if isinstance(each, dict) else each
            for each in (entities if isinstance(entities, list) else [])
        ]
    return given if isinstance(given, list) else [given]


def _columns(rows: Any) -> dict[_Key, list[Columns]]:
    found: dict[_Key, list[Columns]] = {}
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict) and is_place(row.get("start")) and is_place(row.get("end")):
            columns = dict(row)
            key = columns.pop("start"), columns.pop("end"), str(columns.pop("table", None))
            found.setdefault(key, []).append(columns)
    return found


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
