"""Paragraphs of lines that a page's width has broken: hyphenation undone, lines joined, running heads dropped."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

_BROKEN = re.compile(r"(?<=[^\W\d_])-\n(?=[a-zß-ÿ])")
_NUMBER = re.compile(r"\d+")
_EDGE = 2
"""Lines at the top and the bottom of a page that may be running heads."""
_SHORT = 0.7
"""A line shorter than this share of the page's usual one may end a paragraph."""
_LEAST_PAGES = 3


def is_hyphenated(text: str) -> bool:
    """Whether words are broken at the ends of lines, as on a printed page."""
    lines = text.count("\n")
    return len(_BROKEN.findall(text)) >= max(2, lines // 25)


def unwrapped(pages: Sequence[str]) -> str:
    """The text of pages: paragraphs with a blank line between them."""
    heads = _running_heads(pages)
    lines = [line for page in pages for line in _without(page.split("\n"), heads)]
    return "\n\n".join(_joined(paragraph) for paragraph in _paragraphs(lines))


def _plain(line: str) -> str:
    return _NUMBER.sub("#", " ".join(line.split()))


def _running_heads(pages: Sequence[str]) -> frozenset[str]:
    """What stands at the edge of most pages, numbers aside."""
    if len(pages) < _LEAST_PAGES:
        return frozenset()
    counted: Counter[str] = Counter()
    for page in pages:
        lines = [_plain(line) for line in page.split("\n") if line.strip()]
        counted.update(set(lines[:_EDGE] + lines[-_EDGE:]))
    return frozenset(line for line, count in counted.items() if count > len(pages) / 2)


def _without(lines: list[str], heads: frozenset[str]) -> list[str]:
    filled = [i for i, line in enumerate(lines) if line.strip()]
    edges = {i for i in filled[:_EDGE] + filled[-_EDGE:] if _plain(lines[i]) in heads}
    return [line for i, line in enumerate(lines) if i not in edges]


def _paragraphs(lines: list[str]) -> Iterator[list[str]]:
    """Parted by blank lines; without any, a short line that closes a sentence ends one."""
    stripped = [line.strip() for line in lines]
    if "" in stripped[1:-1]:
        yield from (list(group) for filled, group in groupby(stripped, bool) if filled)
        return
    usual = sorted(map(len, stripped))[len(stripped) * 3 // 4] if stripped else 0
    paragraph: list[str] = []
    for line in filter(None, stripped):
        paragraph.append(line)
        if len(line) < _SHORT * usual and line[-1] in '.!?”"’)':
            yield paragraph
            paragraph = []
    if paragraph:
        yield paragraph


def _joined(lines: list[str]) -> str:
    return " ".join(_BROKEN.sub("", "\n".join(lines)).split())
