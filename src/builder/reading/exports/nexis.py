"""Downloads of Nexis: Nexis Uni and Nexis Advance (.docx, .rtf, .txt), and LexisNexis Academic before them (.txt, .html).

The newer form ends each article with “End of Document” and sets “Body” before its text; the older one opens each with
“1 of 10 DOCUMENTS” and closes its head with “LENGTH:”. The marks stand in ``export-marks.tsv``, as the exporter translates them.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import takewhile

from builder.reading.days import written_day
from builder.reading.exports.lines import CONTINUED, Exported, Labelled, Lines, labelled, marks, named, paragraphs

_OPENS = re.compile(r"\s*(?:(\d+) of \d+ DOCUMENTS?|Dokument (\d+) von \d+|Document (\d+) de \d+)\s*")
_SELECTED = re.compile(r".*Selected Items: \d+-(\d+)\s*")
_COPYRIGHT = re.compile(r"\s*(?:Copyright\b|©|\(c\) |All Rights Reserved)", re.IGNORECASE)
_HEAD = frozenset(("byline", "section", "length", "headline", "dateline", "highlight", "series", "source"))
_TAIL = frozenset(("load-date", "graphic", "language", "type"))
_HEADINGS = frozenset(("classification", "graphic"))
"""Headings of what follows the text of the newer form."""
_INDEX = frozenset(("index",))
_MOST_LEFT_OUT = 1000
_LONGEST_DAY = 60
"""Characters of the line that gives the day of publication."""


def is_nexis(lines: list[str]) -> bool:
    return any(map(_OPENS.fullmatch, lines)) or (_has(lines, "end") and (_has(lines, "body") or _has_length(lines)))


def articles(source: Lines) -> Iterator[Exported]:
    """The articles of a download in their order; one without text is None of them, but comes with an empty text."""
    if any(map(_OPENS.fullmatch, source.lines)):
        for block in _after(source.lines):
            yield _older(block, source) if block else Exported({}, "")
    else:
        for block in _before_ends(_unbroken(source)):
            yield _newer(block)


def _is(line: str, role: str) -> bool:
    return marks("nexis").get(line.strip().lower()) == role


def _has(lines: list[str], role: str) -> bool:
    return any(_is(line, role) for line in lines)


def _has_length(lines: list[str]) -> bool:
    return any((found := labelled(line, "nexis")) is not None and found.role == "length" for line in lines)


def _after(lines: list[str]) -> Iterator[list[str]]:
    """What follows each opening mark, up to the next one; nothing for a document that the numbers leave out."""
    opened = [(i, int(next(filter(None, found.groups())))) for i, line in enumerate(lines) if (found := _OPENS.fullmatch(line))]
    stops = [*(i for i, _ in opened[1:]), len(lines)]
    selected = next((int(found[1]) for line in lines[: opened[0][0]] if (found := _SELECTED.fullmatch(line))), 0)
    following = [*(number for _, number in opened[1:]), selected + 1]
    for (first, number), stop, after in zip(opened, stops, following, strict=True):
        yield lines[first + 1 : stop] or [""]
        yield from ([] for _ in range(min(after - number - 1, _MOST_LEFT_OUT)))


def _before_ends(lines: list[str]) -> Iterator[list[str]]:
    first = 0
    for i, line in enumerate(lines):
        if _is(line, "end"):
            yield lines[first:i]
            first = i + 1
    if any(not line.isspace() and line for line in lines[first:]) and _has(lines[first:], "body"):
        yield lines[first:]


def _unbroken(source: Lines) -> list[str]:
    """The lines, with what goes on put to the paragraph before: of old articles each printed line is a paragraph of the file.

    A word that was searched for and found may begin one, too.
    """
    if CONTINUED not in source.roles.values():
        return source.lines
    lines: list[str] = []
    for i, line in enumerate(source.lines):
        goes_on = source.roles.get(i) == CONTINUED or (line[:1].islower() and bool(lines) and lines[-1][-1:].isalnum())
        if goes_on and lines:
            lines[-1] += f" {line.strip()}"
        else:
            lines.append(line)
    return lines


def _newer(block: list[str]) -> Exported:
    """Title, publisher and day stand on lines of their own, then copyright and labelled lines, then “Body”."""
    at = next((i for i, line in enumerate(block) if _is(line, "body")), None)
    if at is None:
        at = _last_label(block)
    head, rest = [line for line in block[: at + 1] if line.strip()], block[at + 1 :]
    by_role = _first_values(found for line in head if (found := labelled(line, "nexis")))
    plain = [line for line in head if not labelled(line, "nexis") and not _is(line, "body")]
    place = _day_line(plain)
    title, publisher = (plain[place - 2] if place and place > 1 else None), (plain[place - 1] if place else None)
    body = takewhile(lambda line: not _ends_newer(line), rest)
    return Exported(_fields(by_role, title, publisher, plain[place] if place is not None else None), paragraphs(body, whole=True))


def _last_label(block: list[str]) -> int:
    """The last of the labelled lines that follow each other in the head; -1 where there is none."""
    last = -1
    for i, line in enumerate(block):
        if (found := labelled(line, "nexis")) and found.role in _HEAD:
            last = i
        elif last >= 0 and line.strip():
            break
    return last


def _older(block: list[str], source: Lines) -> Exported:
    """Publisher and day stand first, then the title, then labelled lines, of which the length is the last."""
    length = next((i for i, line in enumerate(block) if (found := labelled(line, "nexis")) and found.role == "length"), None)
    head = block[: length + 1] if length is not None else list(takewhile(lambda line: not _ends_body(line), block))
    by_role = _first_values(_continued(block, source.whole))
    place = _day_line(head)
    before = [line for line in head[:place] if line.strip()] if place is not None else []
    title = _title(head[place + 1 :], source) if place is not None else None
    after = block[_head_end(block, length, source.whole) :] if length is not None else []
    body = takewhile(lambda line: not _ends_body(line) and not _is_capital(line, _INDEX), after)
    day = head[place] if place is not None else None
    return Exported(
        _fields(by_role, title or by_role.get("headline"), before[0] if before else None, day), paragraphs(body, source.whole)
    )


def _head_end(block: list[str], length: int, whole: bool) -> int:
    """Where the head ends: behind the length and the labelled lines that may follow it."""
    end = length + 1
    while (first := next((i for i in range(end, len(block)) if block[i].strip()), None)) is not None:
        if not _is_capital(block[first], _HEAD):
            break
        end = first + 1 + (0 if whole else len(list(takewhile(str.strip, block[first + 1 :]))))
    return end


def _is_capital(line: str, roles: Collection[str]) -> bool:
    """Whether the line is labelled so, in capitals as the older form has them: "Company:" may open a line of the text."""
    found = labelled(line, "nexis")
    return bool(found and found.role in roles and line.partition(":")[0].isupper())


def _ends_newer(line: str) -> bool:
    found = labelled(line, "nexis")
    return any(_is(line, heading) for heading in _HEADINGS) or bool(found and found.role == "load-date" and not line.isupper())


def _ends_body(line: str) -> bool:
    return _is_capital(line, _TAIL) or _is(line, "classification") or bool(_COPYRIGHT.match(line))


def _day_line(lines: list[str]) -> int | None:
    """The last short line that gives a day; a table of contents or the request stands before it."""
    found = [i for i, line in enumerate(lines) if len(line.strip()) <= _LONGEST_DAY and written_day(line)]
    return found[-1] if found else None


def _title(lines: list[str], source: Lines) -> str | None:
    """The first paragraph after the day's; what stands right below the day is the edition."""
    if not source.whole or source.blocks:
        below = len(list(takewhile(str.strip, lines)))
        lines = lines[below:]
    text = list(takewhile(lambda line: not labelled(line, "nexis"), lines))
    return paragraphs(text, source.whole).partition("\n\n")[0] or None


def _continued(block: list[str], whole: bool) -> Iterator[Labelled]:
    """Labelled values, those of wrapped lines up to the next blank one."""
    for i, line in enumerate(block):
        if found := labelled(line, "nexis"):
            more = [] if whole else takewhile(lambda line: line.strip() and not labelled(line, "nexis"), block[i + 1 :])
            yield Labelled(found.role, " ".join([found.value, *map(str.strip, more)]))


def _first_values(values: Iterable[Labelled]) -> dict[str, str]:
    """By role; what the head says holds, for a line of the text may look like a labelled one."""
    by_role: dict[str, str] = {}
    for role, value in values:
        by_role.setdefault(role, value)
    return by_role


def _fields(by_role: dict[str, str], title: str | None, publisher: str | None, day: str | None) -> dict[str, str]:
    published = written_day(day) if day else None
    return named(
        title=title,
        publisher=publisher,
        published=published.isoformat() if published else None,
        byline=by_role.get("byline"),
        section=by_role.get("section"),
        length=by_role.get("length"),
    )
