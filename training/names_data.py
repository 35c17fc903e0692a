"""Annotated articles as the network that finds names sees them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from renaming import Gold, Renamer

from builder.extraction.names.candidates import Grid, lay_out
from builder.extraction.names.decoding import ALONE, BEGIN, END, INSIDE, KINDS
from builder.extraction.names.gazetteer import marks
from builder.extraction.names.network import INPUT_UNIT
from builder.extraction.names.signs import signs, spread, windows
from builder.text.document import Document


def read_set(folder: Path) -> list[Gold]:
    with (folder / "gold.jsonl").open(encoding="utf-8") as lines:
        gold = {row["article_id"]: row for row in map(json.loads, lines)}
    found = []
    with (folder / "articles.jsonl").open(encoding="utf-8") as lines:
        for article in map(json.loads, lines):
            row = gold[article["article_id"]]
            names = [(start, end, kind) for kind in KINDS for start, end in row[f"{kind}s"]]
            found.append(Gold(article["text"], names))
    return found


@dataclass(frozen=True)
class Data:
    """Articles as the network sees them. ``slots`` are rows of ``features``; the last one is the empty place."""

    grid: Grid
    features: torch.Tensor
    slots: torch.Tensor
    signs: torch.Tensor
    parts: torch.Tensor
    names: set[tuple[int, int, str]]


def prepare(articles: Sequence[Gold]) -> Data:
    documents = [Document(article.text) for article in articles]
    grid = lay_out(documents)
    names = set()
    parts = np.zeros(len(grid), np.int64)
    for first, document, article in zip(grid.firsts, documents, articles, strict=True):
        for start, end, kind in article.names:
            begin, last = first + document.token_at(start), first + document.token_at(end - 1)
            names.add((begin, last, kind))
            shift = 4 * KINDS.index(kind)
            parts[begin : last + 1] = shift + INSIDE
            parts[begin], parts[last] = shift + BEGIN, shift + END
            if begin == last:
                parts[begin] = shift + ALONE
    seen = windows(grid)
    features = grid.words.features(seen.used).astype(np.int64)
    return Data(
        grid,
        torch.from_numpy(features),
        torch.from_numpy(seen.by_candidate(grid.places, grid.stretches)),
        real(spread(signs(grid, marks(grid)))),
        torch.from_numpy(parts[grid.places]),
        names,
    )


def real(values: npt.NDArray[np.number]) -> torch.Tensor:
    return torch.from_numpy(values.astype(np.float32) / INPUT_UNIT)


def with_copies(sets: Sequence[Sequence[Gold]], copies: Sequence[int]) -> list[list[Gold]]:
    """The sets with so many copies after each article; a copy depends on its article alone."""
    renamer = Renamer()
    return [
        [each for article in articles for each in (article, *renamer.copies(article, count))]
        for articles, count in zip(sets, copies, strict=True)
    ]


def split(sets: Sequence[Sequence[Gold]], part: int, parts: int) -> tuple[list[list[Gold]], list[list[Gold]]]:
    """The sets without, and only with, every article whose number leaves ``part`` when divided by ``parts``."""
    kept = [[article for i, article in enumerate(articles) if i % parts != part] for articles in sets]
    held = [[article for i, article in enumerate(articles) if i % parts == part] for articles in sets]
    return kept, held
