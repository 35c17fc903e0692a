"""Whether decisions find their rows again in changed texts: seven kinds of edit, each row's true place known.

    python benchmarks/anchoring.py PACKAGE

PACKAGE is a build of quotes-dev. Every edit is made of pieces that are kept and pieces that are new, so that the true place of
each character is known. A row is right when it is found at its true place, rightly orphaned when a character of it was changed,
wrong when it is found anywhere else.
"""

import argparse
import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from builder.coding.anchors import anchor_at, find_again
from builder.publish.package import read_package, read_tables
from builder.tables.schema import ARTICLE_TABLES

Piece = tuple[str, int | None]
"""A text, and where it stood before; None for one that is new."""
Edit = Callable[[str, random.Random], list[Piece]]


def pieces(text: str, cuts: dict[tuple[int, int], str]) -> list[Piece]:
    """``text`` with some of its stretches replaced."""
    made: list[Piece] = []
    done = 0
    for (start, end), new in sorted(cuts.items()):
        if start < done:
            continue
        made += [(text[done:start], done), (new, None)]
        done = end
    return [*made, (text[done:], done)]


def words(text: str) -> Iterator[tuple[int, int]]:
    start = None
    for place, character in enumerate(text + " "):
        if character.isalnum():
            start = place if start is None else start
        elif start is not None:
            yield start, place
            start = None


def typos(text: str, dice: random.Random) -> list[Piece]:
    """Letters doubled in one word of a hundred."""
    return pieces(text, {(start, start): text[start] for start, _ in words(text) if dice.random() < 0.01})


def other_words(text: str, dice: random.Random) -> list[Piece]:
    """Three words of a hundred are others of the same text."""
    places = list(words(text))
    cuts = {}
    for start, end in places:
        if dice.random() < 0.03:
            other = text[slice(*dice.choice(places))]
            if other != text[start:end]:
                cuts[start, end] = other
    return pieces(text, cuts)


def paragraph_in_front(text: str, _: random.Random) -> list[Piece]:
    return [("Correction: an earlier version of this article gave another figure.\n\n", None), (text, 0)]


def paragraph_removed(text: str, dice: random.Random) -> list[Piece]:
    lines = line_places(text)
    return pieces(text, {dice.choice(lines): ""})


def paragraph_moved(text: str, dice: random.Random) -> list[Piece]:
    lines = line_places(text)
    start, end = dice.choice(lines)
    rest = pieces(text, {(start, end): ""})
    return [*rest, (text[start:end], start)]


def paragraph_repeated(text: str, dice: random.Random) -> list[Piece]:
    """A pull quote: the same words stand twice."""
    start, end = dice.choice(line_places(text))
    return [(text[:end], 0), (text[start:end], None), (text[end:], end)]


def other_marks(text: str, _: random.Random) -> list[Piece]:
    """Curly marks become straight, and dashes hyphens."""
    plain = {"“": '"', "”": '"', "‘": "'", "’": "'", "—": "--", "–": "-"}
    return pieces(text, {(place, place + 1): plain[c] for place, c in enumerate(text) if c in plain})


EDITS: tuple[Edit, ...] = (
    typos, other_words, paragraph_in_front, paragraph_removed, paragraph_moved, paragraph_repeated, other_marks,
)  # fmt: skip


def line_places(text: str) -> list[tuple[int, int]]:
    places, start = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            places.append((start, start + len(line)))
        start += len(line)
    return places


def true_place(made: list[Piece], start: int, end: int) -> int | None:
    """Where the row stands; None where a character of it is gone, or something stands between them."""
    at = 0
    for text, old in made:
        if old is not None and old <= start and end <= old + len(text):
            return at + start - old
        at += len(text)
    return None


def outcome(found: int | None, true: int | None) -> str:
    if found is None:
        return "rightly orphaned" if true is None else "lost"
    return "right" if found == true else "wrong"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", type=Path)
    tables = read_tables(read_package(parser.parse_args().package))
    texts = {row["article_id"]: row["text"] for row in tables["articles"].select(["article_id", "text"]).to_pylist()}
    spans = [
        (row["article_id"], row["start"], row["end"])
        for name in ARTICLE_TABLES
        if name != "articles"
        for row in tables[name].select(["article_id", "start", "end"]).to_pylist()
    ]
    totals: Counter[str] = Counter()
    for edit in EDITS:
        made = {article_id: edit(text, random.Random(article_id)) for article_id, text in texts.items()}
        counts: Counter[str] = Counter()
        for article_id, start, end in spans:
            new = "".join(text for text, _ in made[article_id])
            anchor = anchor_at(texts[article_id], start, end)
            found, true = find_again(new, anchor), true_place(made[article_id], start, end)
            counts[outcome(found, true)] += 1
        totals += counts
        show(edit.__name__, counts)
    show("all", totals)


def show(name: str, counts: Counter[str]) -> None:
    total = sum(counts.values())
    good = counts["right"] + counts["rightly orphaned"]
    print(f"{name:<20} {total:>7,} rows  {good / total:8.4%} right  {counts['lost']:>5} lost  {counts['wrong']:>3} wrong")


if __name__ == "__main__":
    main()
