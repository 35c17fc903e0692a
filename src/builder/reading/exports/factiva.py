"""Downloads of Dow Jones Factiva, with labels (HD, PD, SN, LP, TD) or in the article format without them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from builder.reading.days import written_day
from builder.reading.exports.lines import Exported, Labelled, Lines, marks, named, paragraphs

_ENDS = re.compile(r"\s*(?:AN\s+)?[^\W\d_]{2,12} ([A-Za-z][A-Za-z0-9]{7}[0-9]{8}[a-z0-9]{5,})\s*")
"""“Document” in the language of the site, and the accession number: eight characters of the newspaper, the day, and more."""
_LABEL = re.compile(r"\s{0,3}([A-Z]{2,3})(?:(?:\t| {2,})\s*(.*)|\s*)")
"""A label stands alone or apart from its value; a word of the text has one space behind it."""
_WORDS = re.compile(
    r"\s*[\d,. ]*\d ?(?:words|mots|Wörter|palabras|parole|palavras|woorden|ord|слов[ао]?|字|文字|語)\s*", re.IGNORECASE
)
_COPYRIGHT = re.compile(r"\s*(?:Copyright\b|©|\(c\) |\(Copyright)", re.IGNORECASE)
_LONGEST_HEAD = 25
"""Lines before the text of an article without labels."""


def is_factiva(lines: list[str]) -> bool:
    return any(map(_ENDS.fullmatch, lines)) and _is_article(lines)


def _is_article(lines: list[str]) -> bool:
    return any(map(_WORDS.fullmatch, lines)) or _has_labels(lines)


def _has_labels(lines: list[str]) -> bool:
    return any((found := _label(line)) and found.role == "headline" for line in lines)


def articles(source: Lines) -> Iterator[Exported]:
    """The articles of a download in their order, also a last one that was cut off; a summary of the search may follow it."""
    first = number = 0
    for last, line in enumerate(source.lines):
        if ends := _ENDS.fullmatch(line):
            number += 1
            yield _article(source, first, last, number, ends[1])
            first = last + 1
    if _is_article(source.lines[first:]):
        yield _article(source, first, len(source.lines), number + 1, None)


def _article(source: Lines, first: int, last: int, number: int, accession: str | None) -> Exported:
    block = source.lines[first:last]
    if _has_labels(block):
        return _with_labels(block, source.whole, accession)
    roles = {i - first: role for i, role in source.roles.items() if first <= i < last}
    return _without_labels(_Block(block, roles, number), source.whole, accession)


class _Block(NamedTuple):
    """Of one article: its lines, what the page says of some, and which one of the download it is."""

    lines: list[str]
    roles: dict[int, str]
    number: int

    def of_role(self, role: str) -> str | None:
        return next((self.lines[i].strip() for i, name in sorted(self.roles.items()) if name == role), None)

    def body(self, copyright: int | None) -> list[str]:
        """What follows the copyright, or else begins a page's first paragraph. Its last line that is none names who sells it."""
        marked = [i for i, name in self.roles.items() if name == "paragraph"]
        first = copyright + 1 if copyright is not None else min(marked, default=len(self.lines))
        filled = [i for i in range(first, len(self.lines)) if self.lines[i].strip()]
        if "paragraph" in self.roles.values() and filled and self.roles.get(filled[-1]) != "paragraph":
            filled.pop()
        return self.lines[first : filled[-1] + 1] if filled else []


def _label(line: str) -> Labelled | None:
    found = _LABEL.fullmatch(line)
    role = marks("factiva").get(found[1].lower()) if found else None
    return Labelled(role, found[2] or "") if found and role else None


def _with_labels(block: list[str], whole: bool, accession: str | None) -> Exported:
    values: dict[str, list[str]] = {}
    current: list[str] = []
    for line in block:
        if found := _label(line):
            current = values.setdefault(found.role, [])
            current.append(found.value)
        else:
            current.append(line)
    one_line = {role: " ".join(lines) for role, lines in values.items()}
    published = written_day(one_line.get("published", ""))
    fields = named(
        title=one_line.get("headline"),
        publisher=one_line.get("publisher"),
        published=published.isoformat() if published else None,
        byline=one_line.get("byline"),
        section=one_line.get("section"),
        length=one_line.get("length"),
        identifier=accession,
    )
    return Exported(fields, paragraphs([*values.get("lead", ()), "", *values.get("body", ())], whole))


def _without_labels(article: _Block, whole: bool, accession: str | None) -> Exported:
    """Title, “By” whom, number of words, day, newspaper and more on a line each; the copyright is the last of the head."""
    block = article.lines
    filled = [i for i, line in enumerate(block) if line.strip()]
    words = next((i for i in filled if _WORDS.fullmatch(block[i])), None)
    if words is None:
        return Exported(named(identifier=accession), "")
    head = [i for i in filled if words < i][:_LONGEST_HEAD]
    last = next((i for i in head if _COPYRIGHT.match(block[i])), None)
    title, byline = _title_and_byline([block[i].strip() for i in filled if i < words])
    day = next((i for i in head if written_day(block[i])), None)
    after = [block[i].strip() for i in head if day is not None and day < i and (last is None or i < last)]
    publisher = next((line for line in after if not re.fullmatch(r"\d{1,2}:\d{2}.*", line)), None)
    published = written_day(block[day]) if day is not None else None
    title = article.of_role("headline") or title
    fields = named(
        title=title and title.removeprefix(f"{article.number}) "),
        publisher=publisher,
        published=published.isoformat() if published else None,
        byline=article.of_role("byline") or byline,
        length=block[words],
        identifier=accession,
    )
    return Exported(fields, paragraphs(article.body(last), whole))


def _title_and_byline(opening: list[str]) -> tuple[str | None, str | None]:
    """Of the last lines before the number of words: section, title and byline, of which the first and the last may be missing.

    The title is the longest line before one that says “By”. A cover may stand before the first article.
    """
    if not opening:
        return None, None
    opening = opening[-3:]
    before = opening[:-1] if len(opening) > 1 and opening[-1].lower().startswith("by ") else opening
    at = max(range(len(before)), key=lambda i: len(before[i]))
    return before[at], " ".join(opening[at + 1 :]) or None
