"""Makes the lexicon of common nouns for persons from WordNet 3.0.

Run: ``python training/lexicons/person_nouns.py FOLDER``, with the folder that holds WordNet's ``data.noun``, ``index.noun`` and
``cntlist.rev`` (the package ``wordnet-base`` of Debian puts them into ``/usr/share/wordnet``). The file is committed; run this
only to renew it.
"""

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

LEXICON = Path(__file__).parent.parent.parent / "src" / "builder" / "knowledge" / "lexicon" / "person-nouns.txt"
PERSON = 18
"""WordNet's number of the file of nouns for persons."""
SHORTEST = 4
NOUN, VERB, ADJECTIVES = "1", "2", ("3", "5")

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_RUDE = re.compile(r"offensive|slur|disparag|derog|obscene|vulgar|slang|contempt|insult|pejorative|epithet")
_NOT_OF_THE_NEWS = re.compile(
    r"\((?:archaic|folklore|\w+ mythology|obsolete|informal|old-fashioned|biblical)[^)]*\)|imaginary|legendary being|spirit"
)
_INSTANCE = " @i "
_AGENT = re.compile(r"(?:er|or|ist|ian|man|men|woman|person|ant|eer|crat|ess|ee)$")
_REFUSED = frozenset("negro negress gypsy slut whore dumbass bastard cripple spastic mulatto squaw moron imbecile".split())
_ADDED = ("figure",)
"""Persons in the news in spite of their first sense."""


class Sense(NamedTuple):
    file: int
    words: list[str]
    rest: str


def senses(folder: Path) -> dict[str, Sense]:
    found = {}
    for line in (folder / "data.noun").read_text(encoding="utf-8").splitlines():
        if not line.startswith(" "):
            fields = line.split(" ")
            found[fields[0]] = Sense(int(fields[1]), fields[4 : 4 + 2 * int(fields[3], 16) : 2], line)
    return found


def uses(folder: Path) -> dict[str, Counter[str]]:
    """How often each word was tagged as each part of speech."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for line in (folder / "cntlist.rev").read_text(encoding="utf-8").splitlines():
        key, _, count = line.split(" ")
        word, _, sense = key.partition("%")
        found[word][sense[0]] += int(count)
    return found


def person_nouns(folder: Path) -> Iterator[str]:
    """Words whose first sense is a person, no more frequent as verbs or adjectives; the rare only with an agent's ending."""
    known, used = senses(folder), uses(folder)
    for line in (folder / "index.noun").read_text(encoding="utf-8").splitlines():
        word, _, rest = line.partition(" ")
        if len(word) < SHORTEST or not _WORD.fullmatch(word):
            continue
        first = known[rest.split()[-int(rest.split()[1]) :][0]]
        if first.file != PERSON or _INSTANCE in first.rest or word not in first.words:
            continue
        if _RUDE.search(first.rest) or _NOT_OF_THE_NEWS.search(first.rest):
            continue
        times = used[word]
        if word in _REFUSED or not (times[NOUN] or _AGENT.search(word)):
            continue
        if times[NOUN] >= max(times[VERB], *(times[kind] for kind in ADJECTIVES)):
            yield word


def main() -> None:
    source = (
        "# source: WordNet 3.0 (Princeton University, WordNet licence): nouns whose first sense is a person, made by "
        "training/lexicons/person_nouns.py"
    )
    LEXICON.write_text("\n".join([source, *sorted({*_ADDED, *person_nouns(Path(sys.argv[1]))})]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
