"""Downloads of ProQuest as text: documents between rulers, with labelled fields, of which “Full text” is the article."""

import re
from collections.abc import Iterator

from builder.reading.days import written_day
from builder.reading.exports.lines import Exported, Lines, labelled, named, paragraphs

_RULER = re.compile(r"\s*_{20,}\s*")
_NUMBER = re.compile(r"\s*(?:Document|Documento|Dokument) \d+ (?:of|de|von) \d+\s*", re.IGNORECASE)


def is_proquest(lines: list[str]) -> bool:
    has_text = any((found := labelled(line, "proquest")) and found[0] == "body" for line in lines)
    return has_text and any(map(_RULER.fullmatch, lines))


def articles(source: Lines) -> Iterator[Exported]:
    """The documents that have fields; the cover and the list of references have none."""
    block: list[str] = []
    for line in [*source.lines, "_" * 20]:
        if not _RULER.fullmatch(line):
            block.append(line)
            continue
        if any((found := labelled(line, "proquest")) and found[0] in ("body", "publisher") for line in block):
            yield _article(block, source.whole)
        block = []


def _article(block: list[str], whole: bool) -> Exported:
    values: dict[str, list[str]] = {}
    current = values.setdefault("opening", [])
    for line in block:
        if found := labelled(line, "proquest"):
            current = values[found[0]] = [found[1]]
        else:
            current.append(line)
    told = {role: " ".join(" ".join(lines).split()) for role, lines in values.items()}
    published = written_day(told.get("published", ""))
    opening = [line for line in values["opening"] if line.strip() and not _NUMBER.fullmatch(line)]
    fields = named(
        title=told.get("title") or (opening[0] if opening else None),
        publisher=told.get("publisher", "").partition("; ")[0],
        published=published.isoformat() if published else None,
        byline=told.get("byline"),
        section=told.get("section"),
        url=told.get("url") if told.get("url", "").startswith(("http://", "https://")) else None,
        identifier=told.get("identifier"),
    )
    return Exported(fields, paragraphs(values.get("body", ()), whole))
