"""LangExtract (https://github.com/google/langextract): JSON lines of annotated documents, as it saves them.

Its offsets are code points, and may be those of other words than the model gave (``match_fuzzy``); what it says of that is not
relied on: the words themselves must stand there.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from builder.exchange.claimed import Claimed, Columns, Document, Empty, Labels, Read, Refused, no_label
from builder.exchange.files import is_place, json_lines, text_or_none


def read(path: Path, labels: Labels) -> Iterator[Read]:
    for place, content in json_lines(path):
        document = Document(text_or_none(content.get("document_id")), text_or_none(content.get("text")))
        yield Empty(place, document)
        extractions = content.get("extractions") or []
        if not isinstance(extractions, list):
            yield Refused(place, "extractions is no list")
            continue
        for number, each in enumerate(extractions, 1):
            yield _claimed(f"{place}, extraction {number}", document, each, labels)


def _claimed(place: str, document: Document, extraction: Any, labels: Labels) -> Read:
    if not isinstance(extraction, dict):
        return Refused(place, "no extraction")
    meaning = labels.meaning(extraction.get("extraction_class"))
    if meaning is None:
        return Refused(place, no_label(extraction.get("extraction_class")))
    text = text_or_none(extraction.get("extraction_text"))
    if text is None:
        return Refused(place, "extraction_text is missing")
    interval = extraction.get("char_interval")
    start, end = (interval.get(name) if isinstance(interval, dict) else None for name in ("start_pos", "end_pos"))
    if not (is_place(start) and is_place(end)):
        start = end = None
    table, kind = meaning
    return Claimed(place, document, table, text, start, end, {**_attributes(extraction.get("attributes")), **kind})


def _attributes(given: Any) -> Columns:
    """A list of one is that one."""
    attributes = given if isinstance(given, dict) else {}
    return {str(name): value[0] if isinstance(value, list) and len(value) == 1 else value for name, value in attributes.items()}
