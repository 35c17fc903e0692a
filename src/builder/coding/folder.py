"""The folder ``coding/``: one file a coder, samples and imports below it. All of it is input from outside."""

import os
import sqlite3
import stat
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from builder.coding.decisions import MAX_LINE_BYTES, NAME, Line, read_object
from builder.coding.runs import Reject, Run, parse_head, parse_reject
from builder.errors import InputError

FOLDER = "coding"
SAMPLES = "samples"
IMPORTS = "imports"
SUFFIX = ".jsonl"
MOST_LINES_OF_AN_ARTICLE = 50_000
"""An article's decisions are weighed together in memory."""

DECISION, SAMPLE, IMPORT = "decision", "sample", "import"
_PLACES = {DECISION: "", SAMPLE: SAMPLES, IMPORT: IMPORTS}


class Found(NamedTuple):
    kind: str
    line: Line


def name_of(path: Path) -> str:
    """The pseudonym or name that a file is called after. Raises InputError for one that could be a path."""
    if not NAME.fullmatch(path.name.removesuffix(SUFFIX)):
        raise InputError(f"{path}: the name of a file of decisions must match {NAME.pattern}")
    return path.name.removesuffix(SUFFIX)


def files_of(folder: Path, kind: str) -> list[Path]:
    """Files of one kind by name. Raises InputError for what is no plain file, or is called like none, as a hidden file is."""
    below = folder / _PLACES[kind]
    if not below.is_dir():
        return []
    paths = sorted(path for path in below.iterdir() if path.name.endswith(SUFFIX))
    for path in paths:
        name_of(path)
        if not stat.S_ISREG(path.lstat().st_mode):
            raise InputError(f"{path}: no plain file")
    return paths


def read_lines(path: Path) -> Iterator[Line]:
    """Lines that are not blank. Raises InputError for one that is too long to be one."""
    try:
        with path.open("rb") as file:
            number = 0
            while raw := file.readline(MAX_LINE_BYTES + 2):
                number += 1
                if len(raw) > MAX_LINE_BYTES + 1:
                    raise InputError(f"{path}, line {number}: longer than {MAX_LINE_BYTES:,} bytes")
                if raw.strip():
                    yield Line(str(path), number, raw.rstrip(b"\r\n"))
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error


class Index:
    """All lines below ``coding/`` by article, in a temporary database, of which little is in memory."""

    def __init__(self, folder: Path) -> None:
        self._database = sqlite3.connect("")
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("CREATE TABLE lines (article TEXT, kind TEXT, file TEXT, number INTEGER, raw BLOB)")
        self._database.execute("CREATE TABLE ids (id TEXT PRIMARY KEY, place TEXT) WITHOUT ROWID")
        self._database.execute("CREATE TABLE adjudicators (coder TEXT PRIMARY KEY) WITHOUT ROWID")
        self.files = {kind: files_of(folder, kind) for kind in _PLACES}
        self.runs: dict[str, Run] = {}
        self.run_rejects: dict[str, list[Reject]] = defaultdict(list)
        """Those that the imports tell themselves."""
        self.run_rows: dict[str, int] = defaultdict(int)
        for kind, paths in self.files.items():
            for path in paths:
                self._add(kind, path)
        self._database.execute("CREATE INDEX of_article ON lines (article)")
        self._refuse_too_many()
        self._asked: set[str] = set()
        self.articles = frozenset(article for (article,) in self._database.execute("SELECT DISTINCT article FROM lines"))

    def __bool__(self) -> bool:
        return any(self.files.values())

    def of(self, article_ids: Iterable[str]) -> list[Found]:
        """Lines about these articles, in an order that does not depend on that of the files."""
        wanted = [article_id for article_id in article_ids if article_id in self.articles]
        self._asked.update(wanted)
        return sorted(found for article_id in wanted for found in self._of(article_id))

    def of_other_articles(self) -> list[Found]:
        """Lines about articles that no one has asked for."""
        return sorted(found for article_id in self.articles - self._asked for found in self._of(article_id))

    def _of(self, article_id: str) -> Iterator[Found]:
        rows = self._database.execute("SELECT kind, file, number, raw FROM lines WHERE article = ?", (article_id,))
        return (Found(kind, Line(file, number, raw)) for kind, file, number, raw in rows)

    def coders(self) -> list[tuple[str, int, int, bool]]:
        """Coder, number of decisions, of articles, and whether the coder has settled disputes."""
        rows = self._database.execute(
            "SELECT file, count(*), count(DISTINCT article) FROM lines WHERE kind = ? GROUP BY file ORDER BY file", (DECISION,)
        )
        counts = {name_of(Path(file)): (decisions, articles) for file, decisions, articles in rows}
        final = {coder for (coder,) in self._database.execute("SELECT coder FROM adjudicators")}
        names = [name_of(path) for path in self.files[DECISION]]
        return [(name, *counts.get(name, (0, 0)), name in final) for name in names]

    def _add(self, kind: str, path: Path) -> None:
        name = name_of(path)
        with self._database:
            for line in read_lines(path):
                if kind == IMPORT and name not in self.runs:
                    self.runs[name] = parse_head(line, name)
                    continue
                content = read_object(line)
                if kind == IMPORT and self._is_reject(line, content, name):
                    continue
                article = content.get("article_id")
                if not isinstance(article, str):
                    raise InputError(f"{line.place}: article_id is missing")
                if kind == DECISION:
                    self._claim(line, content, name)
                self._database.execute(
                    "INSERT INTO lines VALUES (?, ?, ?, ?, ?)", (article, kind, line.file, line.number, line.raw)
                )

    def _is_reject(self, line: Line, content: dict[str, Any], run: str) -> bool:
        """Whether the line of an import is a reject. Raises InputError for one that contradicts the first line."""
        if "reject" in content:
            self.run_rejects[run].append(parse_reject(line, content))
            return True
        self.run_rows[run] += "table" in content
        if "instead_of" in content and content["instead_of"] != list(self.runs[run].instead_of):
            raise InputError(f"{line.place}: instead_of is not that of the first line")
        return False

    def _claim(self, line: Line, content: dict[str, object], coder: str) -> None:
        """One coder a file, and an identifier once."""
        if content.get("coder") != coder:
            raise InputError(f"{line.place}: the coder is {content.get('coder')!r}, and the file is that of {coder!r}")
        if content.get("adjudicates"):
            self._database.execute("INSERT OR IGNORE INTO adjudicators VALUES (?)", (coder,))
        try:
            self._database.execute("INSERT INTO ids VALUES (?, ?)", (str(content.get("id")), line.place))
        except sqlite3.IntegrityError:
            (place,) = self._database.execute("SELECT place FROM ids WHERE id = ?", (str(content.get("id")),)).fetchone()
            raise InputError(f"{line.place}: id {content.get('id')!r} is already that of {place}") from None

    def _refuse_too_many(self) -> None:
        found = self._database.execute(
            "SELECT article, file, max(number) FROM lines GROUP BY article HAVING count(*) > ?", (MOST_LINES_OF_AN_ARTICLE,)
        ).fetchone()
        if found:
            article, file, number = found
            raise InputError(f"{file}, line {number}: more than {MOST_LINES_OF_AN_ARTICLE:,} lines are about article {article!r}")


def append_line(path: Path, content: bytes) -> None:
    """Write a line, and have it on disk on return. A cut-off line before it is set aside: no one was told that it was saved."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
    try:
        _set_aside_cut_line(handle, path)
        written = os.write(handle, content + b"\n")
        if written != len(content) + 1:
            raise OSError(f"only {written} bytes were written")
        os.fsync(handle)
    finally:
        os.close(handle)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _set_aside_cut_line(handle: int, path: Path) -> None:
    """The bytes after the last line end, where a crash left some, go to a file beside it."""
    size = os.fstat(handle).st_size
    if not size or os.pread(handle, 1, size - 1) == b"\n":
        return
    back = min(size, MAX_LINE_BYTES + 1)
    tail = os.pread(handle, back, size - back)
    cut = tail[tail.rfind(b"\n") + 1 :]
    try:
        read_object(Line(str(path), 1, cut))
    except InputError:
        with path.with_suffix(".cut").open("ab") as aside:
            aside.write(cut + b"\n")
            os.fsync(aside.fileno())
        os.ftruncate(handle, size - len(cut))
    else:
        os.write(handle, b"\n")
