"""brat standoff (https://brat.nlplab.org/standoff.html): a .txt and a .ann file for each article.

Offsets are code points. A passage that goes over a line's end is one of several fragments. A note (``AnnotatorNotes``) holds
the row's other columns as JSON, and comes back with it.
"""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from builder.errors import InputError
from builder.exchange.claimed import (
    Claimed,
    Columns,
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
from builder.exchange.files import MOST_DIGITS, read_text
from builder.exchange.texts import ArticleRows, articles_of, write_texts
from builder.export.writing import Content

_CONFIG = "annotation.conf"
_SPAN = re.compile(rf"\d{{1,{MOST_DIGITS}}} \d{{1,{MOST_DIGITS}}}(;\d{{1,{MOST_DIGITS}}} \d{{1,{MOST_DIGITS}}})*")
_NOTE = "AnnotatorNotes"

Fragments = list[tuple[int, int]]


class _Bound(NamedTuple):
    """A text-bound annotation."""

    place: str
    label: str
    fragments: Fragments
    text: str


def write(content: Content, out: Path) -> list[str]:
    write_texts(content, out)
    shortened = 0
    for article in articles_of(content):
        lines, cut = _lines(article)
        shortened += cut
        (out / f"{article.article_id}.ann").write_text("".join(lines), encoding="utf-8", newline="\n")
    sections = ["[entities]", *all_labels(), "[relations]", "[events]", "[attributes]", ""]
    (out / _CONFIG).write_text("\n".join(sections), encoding="utf-8", newline="\n")
    if not shortened:
        return []
    return [f"{shortened:,} passages begin or end with a line's end, which brat cannot mark, and are shorter there"]


def _lines(article: ArticleRows) -> tuple[list[str], int]:
    lines = []
    cut = 0
    for number, (table, _, row) in enumerate(article.rows(), 1):
        fragments = _fragments(article.text, row["start"], row["end"])
        cut += not fragments or (fragments[0][0], fragments[-1][1]) != (row["start"], row["end"])
        if fragments:
            places = ";".join(f"{start} {end}" for start, end in fragments)
            lines.append(f"T{number}\t{label_of(table, row)} {places}\t{_joined(article.text, fragments)}\n")
            lines.append(f"#{number}\t{_NOTE} T{number}\t{json.dumps(extra_columns(table, row), ensure_ascii=False)}\n")
    return lines, cut


def _fragments(text: str, start: int, end: int) -> Fragments:
    """The lines of a passage, without their ends."""
    return [(start + line.start(), start + line.end()) for line in re.finditer(r"[^\n]+", text[start:end])]


def _joined(text: str, fragments: Fragments) -> str:
    return " ".join(text[start:end] for start, end in fragments)


def read(path: Path, labels: Labels) -> Iterator[Read]:
    """Of a .ann file, or of all in a folder. Raises InputError where a text is missing."""
    for file in _files(path):
        text = read_text(file.with_suffix(".txt"))
        document = Document(file.stem, text)
        yield Empty(file.name, document)
        yield from _file(file, document, text, labels)


def _files(path: Path) -> Sequence[Path]:
    try:
        files = sorted(path.glob("*.ann")) if path.is_dir() else [path]
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error
    if not files or (path.suffix not in (".ann", "") and not path.is_dir()):
        raise InputError(f"{path}: no .ann file of brat")
    return files


def _file(file: Path, document: Document, text: str, labels: Labels) -> Iterator[Read]:
    bound: dict[str, _Bound] = {}
    notes: dict[str, Columns] = {}
    for number, line in enumerate(read_text(file).split("\n"), 1):
        place = f"{file.name}, line {number}"
        fields = line.rstrip("\r").split("\t", 2)
        if not line.strip():
            continue
        label, _, where = fields[1].partition(" ") if len(fields) == 3 else ("", "", "")
        if fields[0].startswith("T") and _SPAN.fullmatch(where) and fields[0] not in bound:
            bound[fields[0]] = _Bound(place, label, _parsed(where), fields[2])
        elif fields[0].startswith("#") and label == _NOTE and noted_columns([fields[-1]]):
            notes[where] = noted_columns([fields[-1]])
        elif not (fields[0].startswith("#") and fields[-1] == "{}"):
            yield Refused(place, f"{fields[0][:20]!r} is no passage with a label, and is not taken")
    for name, each in bound.items():
        yield _claimed(each, notes.get(name, {}), document, text, labels)


def _parsed(where: str) -> Fragments:
    return [(int(start), int(end)) for start, end in (fragment.split(" ") for fragment in where.split(";"))]


def _claimed(bound: _Bound, columns: Columns, document: Document, text: str, labels: Labels) -> Read:
    meaning = labels.meaning(bound.label)
    if meaning is None:
        return Refused(bound.place, no_label(bound.label))
    start, end = bound.fragments[0][0], bound.fragments[-1][1]
    between = [text[one[1] : other[0]] for one, other in zip(bound.fragments, bound.fragments[1:], strict=False)]
    if any(part.strip() or not part for part in between):
        return Refused(bound.place, "its fragments have other words between them; a row is one passage")
    whole = len(bound.fragments) > 1 and _joined(text, bound.fragments) == bound.text
    table, kind = meaning
    return Claimed(bound.place, document, table, text[start:end] if whole else bound.text, start, end, {**columns, **kind})
