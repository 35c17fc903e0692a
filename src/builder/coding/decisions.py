"""Lines of ``coding/CODER.jsonl``: one decision each, appended and never changed.

They are input from outside. Each is checked field by field, and what is wrong raises InputError with file and line.
"""

import json
import re
from dataclasses import dataclass
from typing import Any, NamedTuple

from builder.coding.anchors import CONTEXT, Anchor
from builder.coding.forms import Form, is_table, layout, wrong_form
from builder.errors import InputError
from builder.text.article import ARTICLE_ID

FORMAT = 1
"""Of the lines; a line without it has 1."""
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
"""Of a coder, a sample or an import: a pseudonym that is a file's name everywhere, and no path."""
MAX_LINE_BYTES = 1 << 20
VERDICTS = ("accept", "wrong", "edit", "reject", "add", "unsure", "done", "undo")

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_FIELDS = frozenset(
    "id time coder table article_id article_sha256 start end text prefix suffix verdict seen set columns reason note sample "
    "blind builder format adjudicates source".split()
)
_TEXTS = ("reason", "note", "builder", "source")


class Line(NamedTuple):
    """A line of a file below ``coding/``, as it stands there."""

    file: str
    number: int
    raw: bytes

    @property
    def place(self) -> str:
        return f"{self.file}, line {self.number}"


@dataclass(frozen=True, slots=True)
class Decision:
    """One coder's verdict on one row, or on an article."""

    line: Line
    id: str
    coder: str
    table: str | None
    article_id: str
    sha256: str
    anchor: Anchor | None
    verdict: str
    seen: Form | None
    set: Form | None
    columns: tuple[str, ...]
    time: str | None
    reason: str | None
    note: str | None
    sample: str | None
    blind: bool
    adjudicates: tuple[str, ...]
    source: str | None
    """The rule of an imported row (``import:NAME``); None for a row of the machine."""


def read_object(line: Line) -> dict[str, Any]:
    """Raises InputError for what is no JSON object."""
    if len(line.raw) > MAX_LINE_BYTES:
        raise InputError(f"{line.place}: longer than {MAX_LINE_BYTES:,} bytes")
    try:
        content = _JSON.decode(line.raw.decode("utf-8"))
        if b"\\ud" in line.raw or b"\\uD" in line.raw:
            json.dumps(content, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as error:
        cut = "" if line.raw.rstrip().endswith(b"}") else " (cut off in the middle?)"
        raise InputError(f"{line.place}: no JSON that can be read{cut}: {' '.join(str(error).split())[:120]}") from None
    if not isinstance(content, dict):
        raise InputError(f"{line.place}: not a JSON object")
    return content


def parse_decision(line: Line) -> Decision:
    """Raises InputError for a line that is no decision of this format."""
    content = read_object(line)
    if wrong := _wrong(content):
        raise InputError(f"{line.place}: {wrong}")
    table = content.get("table")
    anchored = table is not None and layout(table).anchored and content["verdict"] != "done"
    return Decision(
        line=line,
        id=content["id"],
        coder=content["coder"],
        table=table,
        article_id=content["article_id"],
        sha256=content["article_sha256"],
        anchor=Anchor(content["text"], content["start"], content["prefix"], content["suffix"]) if anchored else None,
        verdict=content["verdict"],
        seen=content.get("seen"),
        set=content.get("set"),
        columns=tuple(content.get("columns") or ()),
        time=content.get("time"),
        reason=content.get("reason"),
        note=content.get("note"),
        sample=content.get("sample"),
        blind=bool(content.get("blind")),
        adjudicates=tuple(content.get("adjudicates") or ()),
        source=content.get("source"),
    )


def _wrong(content: dict[str, Any]) -> str | None:
    """The first thing that is wrong with a decision."""
    if content.get("format", FORMAT) != FORMAT:
        return f"format {content['format']!r} is not known to this version of builder, which reads format {FORMAT}"
    if unknown := content.keys() - _FIELDS:
        return f"unknown field {min(unknown)!r}"
    return _wrong_head(content) or _wrong_anchor(content) or _wrong_verdict(content)


def _wrong_head(content: dict[str, Any]) -> str | None:
    if not _matches(_ID, content.get("id")):
        return "id must be letters, digits, '.', '_' or '-'"
    if not _matches(NAME, content.get("coder")):
        return f"coder {content.get('coder')!r} must match {NAME.pattern}"
    if not _matches(ARTICLE_ID, content.get("article_id")):
        return f"article_id {content.get('article_id')!r} must match {ARTICLE_ID.pattern}"
    if not _matches(_SHA256, content.get("article_sha256")):
        return "article_sha256 must be 64 hexadecimal digits"
    if content.get("time") is not None and not _matches(_TIME, content["time"]):
        return "time must be like 2021-05-04T10:00:00Z"
    if content.get("sample") is not None and not _matches(NAME, content["sample"]):
        return f"sample {content['sample']!r} must match {NAME.pattern}"
    for name in _TEXTS:
        if not isinstance(content.get(name), str | None):
            return f"{name} is not a text"
    if not isinstance(content.get("blind", False), bool | None):
        return "blind must be true or false"
    ids = content.get("adjudicates") or []
    if not isinstance(ids, list) or not all(_matches(_ID, each) for each in ids):
        return "adjudicates must be a list of decisions' ids"
    return None


def _wrong_anchor(content: dict[str, Any]) -> str | None:
    table, verdict = content.get("table"), content.get("verdict")
    if verdict not in VERDICTS:
        return f"verdict {verdict!r} is none of {', '.join(VERDICTS)}"
    if table is None and verdict in ("done", "undo"):
        return None
    if not is_table(table):
        return f"table {table!r} is not a table of articles' rows"
    if verdict == "done" or not layout(str(table)).anchored:
        return "an article cannot be added or rejected" if verdict in ("add", "reject") else None
    start, end, text = content.get("start"), content.get("end"), content.get("text")
    if type(start) is not int or type(end) is not int or not isinstance(text, str) or not text:
        return "start, end and text must say where the row stands"
    if start < 0 or end - start != len(text):
        return f"text has {len(text)} characters, and start {start}, end {end} are not its place"
    for side in ("prefix", "suffix"):
        if not isinstance(content.get(side), str) or len(content[side]) > CONTEXT:
            return f"{side} must be a text of at most {CONTEXT} characters"
    return None


def _wrong_verdict(content: dict[str, Any]) -> str | None:
    verdict, table = content["verdict"], content.get("table")
    columns = content.get("columns") or []
    if not isinstance(columns, list) or not all(isinstance(name, str) for name in columns):
        return "columns must be a list of names"
    if verdict in ("done", "undo") or table is None:
        return None
    about = layout(table)
    if unknown := [name for name in columns if name not in about.columns and not (name == "text" and about.anchored)]:
        return f"columns has {unknown[0]!r}, which is no column of {table} that can be judged"
    if verdict != "add" and (wrong := wrong_form(table, content.get("seen"), "seen")):
        return wrong
    if verdict in ("edit", "add") and (wrong := wrong_form(table, content.get("set"), "set")):
        return wrong
    if verdict == "wrong" and not columns:
        return "columns must name what is wrong"
    if verdict == "add" and (missing := layout(table).required - content["set"].keys()):
        return f"set must have {min(missing)!r} for a row of {table}"
    return None


def _matches(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for place, name in enumerate(names) if name in names[:place])
        raise ValueError(f"the key {twice[:40]!r} stands there twice")
    return content


_JSON = json.JSONDecoder(object_pairs_hook=_each_key_once, parse_constant=_no_constant)
