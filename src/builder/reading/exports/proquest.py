"""Downloads of ProQuest as text: documents between rulers, with labelled fields, of which “Full text” is the article."""

import re
from collections.abc import Iterator

from builder.reading.days import written_day
from builder.reading.exports.lines import Exported, Lines, labelled, named, paragraphs

_RULER = re.compile(r"\s*_{20,}\s*")
_NUMBER = re.compile(r"\s*(?:Document|Documento|Dokument) \d+ (?:of|de|von) \d+\s*", re.IGNORECASE)


def is_proquest(lines: list[str]) -> bool:
    has_text = any((found := labelled(line, "proquest")) and found.role == "body" for line in lines)
    return has_text and any(map(_RULER.fullmatch, lines))


def articles(source: Lines) -> Iterator[Exported]:
    """The documents that have fields; the cover and the list of references have none."""
    block: list[str] = []
    for line in [*source.lines, "_" * 20]:
        if not _RULER.fullmatch(line):
            block.append(line)
            continue
        if any((found := labelled(line, "proquest")) and found.role in ("body", "publisher") for line in block):
            yield _article(block, source.whole)
        block = []


def _article(block: list[str], whole: bool) -> Exported:
    values: dict[str, list[str]] = {}
    current = values.setdefault("opening", [])
    for line in block:
        if found := labelled(line, "proquest"):
            current = values[found.role] = [found.value]
        else:
            current.append(line)
    one_line = {role: " ".join(" ".join(lines).split()) for role, lines in values.items()}
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
