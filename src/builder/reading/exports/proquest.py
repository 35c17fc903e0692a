"""Downloads of ProQuest as text: documents between rulers, with labelled fields, of which “Full text” is the article."""

import re
from collections.abc import Iterator
from itertools import dropwhile, takewhile

from builder.reading.days import written_day
from builder.reading.exports.lines import Exported, Lines, labelled, named, paragraphs

_RULER = re.compile(r"\s*_{20,}\s*")
_NUMBER = re.compile(r"\s*(?:Document|Documento|Dokument) \d+ (?:of|de|von) \d+\s*", re.IGNORECASE)
_WIDTH = 100
"""Characters of the longest line of a text that was wrapped; else each line is a paragraph."""


def is_proquest(lines: list[str]) -> bool:
    has_text = any((found := labelled(line, "proquest")) and found.role == "body" for line in lines)
    return has_text and any(map(_RULER.fullmatch, lines))


def articles(source: Lines) -> Iterator[Exported]:
    """The documents that have fields; the cover and the list of references have none."""
    documents = [_values(block, source.whole) for block in _blocks(source.lines)]
    documents = [values for values in documents if values.keys() & {"body", "publisher", "identifier"}]
    wrapped = not source.whole and all(len(line) <= _WIDTH for values in documents for line in values.get("body", ()))
    for values in documents:
        yield _article(values, whole=not wrapped)


def _blocks(lines: list[str]) -> Iterator[list[str]]:
    block: list[str] = []
    for line in [*lines, "_" * 20]:
        if _RULER.fullmatch(line):
            yield block
            block = []
        else:
            block.append(line)


def _values(block: list[str], whole: bool) -> dict[str, list[str]]:
    """Lines by role. Where blank lines part the fields, a line of the text that follows another one is no label."""
    labels = [labelled(line, "proquest") for line in block]
    last = max((i for i, found in enumerate(labels) if found), default=0)
    spaced = not whole and last > 0 and not block[last - 1].strip()
    role = "opening"
    values: dict[str, list[str]] = {role: []}
    for i, (line, found) in enumerate(zip(block, labels, strict=True)):
        if found and not (role == "body" and spaced and block[i - 1].strip()):
            role = found.role
            values[role] = [found.value]
        else:
            values[role].append(line)
    return values


def _value(lines: list[str]) -> str:
    """Of a field, up to the next blank line: what stands behind it belongs to none."""
    filled = takewhile(str.strip, dropwhile(lambda line: not line.strip(), lines))
    return " ".join(" ".join(filled).split())


def _article(values: dict[str, list[str]], whole: bool) -> Exported:
    one_line = {role: _value(lines) for role, lines in values.items()}
    published = written_day(one_line.get("published", ""))
    opening = [line for line in values["opening"] if line.strip() and not _NUMBER.fullmatch(line)]
    fields = named(
        title=one_line.get("title") or (opening[0] if opening else None),
        publisher=one_line.get("publisher", "").partition("; ")[0],
        published=published.isoformat() if published else None,
        byline=one_line.get("byline"),
        section=one_line.get("section"),
        url=one_line.get("url") if one_line.get("url", "").startswith(("http://", "https://")) else None,
        identifier=one_line.get("identifier"),
    )
    return Exported(fields, paragraphs(values.get("body", ()), whole))
