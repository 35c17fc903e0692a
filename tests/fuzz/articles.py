"""Random articles: pieces that meet in ways that no article has, and invented news that is cut, spliced and mutated.

    python tests/fuzz/articles.py --batches 1000 [--seed 1]

The articles of a batch are extracted together, in reverse, in random parts, and a few of them alone. The rows of an article must
be the same each time, byte for byte, and pass every check. A failure is printed with its seed, which makes it again.
"""

import argparse
import random
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import pyarrow as pa
from rows import extracted

from builder.text.article import Article, normalise
from builder.validate.findings import errors
from builder.validate.rows import check_rows

SEEDS = (Path(__file__).parent / "invented.txt").read_text(encoding="utf-8").split("\n====\n")
"""Invented news of several forms: agency copy, a column, a transcript, a statement, reports of figures."""

PIECES = [
    "“", "”", '"', "‘", "’", "'", "``", "''", "«", "»", "„", "(", ")", "[", "]", ", ", ". ", "? ", "! ", "...", "\n",
    "\n\n", " — ", "--", "-", ": ", "; ", " ", "…", "&", "A&", "/", "%", "$", "#", "*", "_", "=", "+", "@", "|", "\\",
    "{", "}", "<b>", "\t", "\u00a0", "Ada Lindqvist", "Lindqvist", "Foreign Minister", "Mr. ", "Dr. Omar Haddad",
    "Tomas Berg-Olsen Jr.", "the U.S. delegation", "Q.", "Russia", "Moscow",
    "the Departments of State, Defense, and Energy", "State Department", "the Harbour Board (HB)", "HB", "A:", "said",
    "told Interfax", "according to", "he", "she added that", "that", "the document reads", "asked", "we will go on", "I",
    "on Monday, May 3", "February 30, 2021", "last week", "the past ten years", "1998-W02", "3/4/21", "noon",
    "in 2019 and 2020", "quarter ended July 31", "a million years ago", "next century", "in 0000", "in 9999", "10000",
    "99999999999999999999", "the 80s", "May 4, 2021 (NORTHWIRE)—", "VIENNA, May 4 /TASS/. ", "\u202e", "\u200d",
    "e\u0301", "\U0001f6a2", "\x07", "\x1b[31m", "<script>", "=1+1", "\u2028", "\u2029", "\x85", "\x0b", "\ufeff",
    "\u00ad", "İ", "ß", "ﬁ", "Ǆ", "\u0345", "中文", "русский", "שלום", "\U000e0041",
]  # fmt: skip
ARTICLES = 40
"""In a batch."""

_DAYS = (None, None, date(2012, 5, 4), date(1900, 1, 1), date(2099, 12, 31), date(1000, 1, 1), date(2999, 12, 31))


def random_text(dice: random.Random) -> str:
    kind = dice.random()
    if kind < 0.35:
        text = dice.choice(("", " ")).join(dice.choices(PIECES, k=dice.randint(1, 40)))
    elif kind < 0.45:
        text = "".join(chr(dice.choice((dice.randint(1, 0x7F), dice.randint(1, 0x2FFF)))) for _ in range(dice.randint(1, 80)))
    else:
        text = _mutated(dice)
    return normalise(text) if normalise(text).strip() else "x"


def _mutated(dice: random.Random) -> str:
    text = _stretch(dice, dice.choice(SEEDS))
    for _ in range(dice.randint(0, 8)):
        place = dice.randrange(len(text) + 1)
        change = dice.randrange(5)
        if change == 0:
            text = text[:place] + dice.choice(PIECES) + text[place:]
        elif change == 1:
            text = text[:place] + text[place + dice.randint(1, 30) :]
        elif change == 2:
            text = text[:place] + _stretch(dice, dice.choice(SEEDS))[:200] + text[place:]
        elif change == 3:
            text = text[:place]
        else:
            text = text.replace(dice.choice('“”"’. ,\n'), dice.choice(PIECES), dice.randint(1, 3))
    return text or "x"


def _stretch(dice: random.Random, text: str) -> str:
    first = dice.randrange(len(text))
    return text if dice.random() < 0.2 else text[first : first + dice.randint(1, 900)]


def random_batch(seed: int) -> list[Article]:
    dice = random.Random(seed)
    return [Article(f"a{n}", random_text(dice), published=dice.choice(_DAYS)) for n in range(ARTICLES)]


def fault(batch: Sequence[Article], dice: random.Random) -> str | None:
    """What is wrong with the batch's rows, or None."""
    together = extracted(batch)
    if found := errors(check_rows(together)):
        return str(found[0])
    expected = {name: _by_article(table) for name, table in together.items()}
    everything = list(range(len(batch)))
    shuffled = dice.sample(everything, len(everything))
    cuts = sorted(dice.sample(everything[1:], 4))
    parts = [shuffled[a:b] for a, b in zip([0, *cuts], [*cuts, len(batch)], strict=True)]
    for part in ([*reversed(everything)], *parts, *([number] for number in dice.sample(everything, 3))):
        for name, rows in extracted([batch[number] for number in part]).items():
            if not rows.equals(pa.concat_tables([expected[name].get(f"a{n}", rows.slice(0, 0)) for n in part])):
                return f"articles {part}: other rows of {name} than together with all"
    return None


def _by_article(table: pa.Table) -> dict[str, pa.Table]:
    ids = table["article_id"].to_pylist()
    if not ids:
        return {}
    firsts = [row for row in range(len(ids)) if row == 0 or ids[row] != ids[row - 1]]
    return {ids[a]: table.slice(a, b - a) for a, b in zip(firsts, [*firsts[1:], len(ids)], strict=True)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--batches", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0, help="of the first batch")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop after so many")
    wanted = parser.parse_args()
    started, articles, failures, seed = time.monotonic(), 0, 0, wanted.seed
    for seed in range(wanted.seed, wanted.seed + wanted.batches):
        if time.monotonic() - started > wanted.seconds:
            break
        batch = random_batch(seed)
        articles += len(batch)
        try:
            wrong = fault(batch, random.Random(seed))
        except Exception as error:  # whatever it is, it is what this looks for
            wrong = f"{type(error).__name__}: {error}"
        if wrong:
            failures += 1
            print(f"seed {seed}: {wrong}", flush=True)
    print(f"{articles:,} articles, seeds {wanted.seed} to {seed}, {failures} failures, {time.monotonic() - started:.0f} s")
    sys.exit(failures > 0)


if __name__ == "__main__":
    main()
