"""Trains the network that finds names and writes ``src/builder/knowledge/models/names.npz``.

Run: ``pip install torch`` and ``python training/names.py SET...``; each SET is a folder with ``articles.jsonl`` and
``gold.jsonl``. With ``--folds N`` nothing is written: the network is trained N times without a part of the articles and
measured on that part. The same sets, seed and version of torch give the same file; the one that is kept was made from the
names of CoNLL-2003 and of CrossNER politics (``names-conll2003-train names-politics-train --weights 1 2 --copies 1 4``).
"""

import argparse
import json
import multiprocessing
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from renaming import Gold, Renamer
from templates import make_articles
from torch import nn

from builder.extraction.names.candidates import Grid, lay_out
from builder.extraction.names.decoding import ALONE, BEGIN, END, INSIDE, KINDS
from builder.extraction.names.finding import names_on
from builder.extraction.names.gazetteer import marks
from builder.extraction.names.network import INPUT_UNIT, LARGEST_INPUT, PARTS, WEIGHT_UNIT, Layers, Network
from builder.extraction.names.rules import THE, before_name
from builder.extraction.names.scoring import first_look
from builder.extraction.names.signs import OPINIONS, POSITIONS, SIGNS, opinions, signs, spread, windows
from builder.extraction.names.words import ROWS
from builder.text.document import Document

MODEL = Path(__file__).parent.parent / "src" / "builder" / "knowledge" / "models" / "names.npz"

WIDTH = 32
HIDDEN = 128
EPOCHS = 7
BATCH = 1024
RATE = 4e-3
BETAS = (0.9, 0.999)
LARGEST_VALUE = LARGEST_INPUT / INPUT_UNIT
FEATURE_DROPOUT = 0.1
WORD_DROPOUT = 0.3
"""How often a word is hidden from the network that then knows only its form and its lexicons."""
HIDDEN_DROPOUT = 0.3
MADE_ARTICLES = 300
MADE_SENTENCES = 20
SEED = 20200729
WORKERS = 2
"""Networks trained at once, each in a process of its own; how many makes no difference to the weights."""
CROSS_FITTING = 3
"""Parts of the articles; a network that has not seen a part makes the scores from which the second layers learn there."""


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
        torch.from_numpy(seen.by_candidate(grid.stretches)),
        real(spread(signs(grid, marks(grid)))),
        torch.from_numpy(parts[grid.places]),
        names,
    )


class Look(nn.Module):
    """Layers of builder.extraction.names.network in real numbers."""

    def __init__(self, extra: int) -> None:
        super().__init__()
        self.hidden = nn.Linear(POSITIONS * WIDTH + SIGNS + extra, HIDDEN)
        self.output = nn.Linear(HIDDEN, len(PARTS))

    def forward(self, *inputs: torch.Tensor) -> torch.Tensor:
        hidden = torch.relu(self.hidden(torch.cat(inputs, dim=1)))
        output: torch.Tensor = self.output(nn.functional.dropout(hidden, HIDDEN_DROPOUT, self.training))
        return output


class Trainee(nn.Module):
    """The network of builder.extraction.names.network in real numbers; vectors of features are kept apart from its layers."""

    def __init__(self) -> None:
        super().__init__()
        self.features = Features()
        self.first = Look(0)
        self.second = Look(OPINIONS)


class Trained(NamedTuple):
    """Rows of features in a batch and their values."""

    numbers: torch.Tensor
    values: torch.Tensor


class Features:
    """Vectors of features, with an optimiser (Adam) that works on the rows of a batch only. The last row is the empty place."""

    def __init__(self) -> None:
        self.rows = torch.randn(ROWS + 1, WIDTH) * 0.05
        self.rows[ROWS] = 0
        self._mean, self._square = torch.zeros(2, ROWS + 1, WIDTH)
        self._steps = 0

    def vectors(self, features: torch.Tensor, slots: torch.Tensor) -> tuple[torch.Tensor, Trained]:
        """Of the words in ``slots`` (candidates x positions), some features left out, and what :meth:`step` learns from them."""
        used, where = torch.unique(slots, return_inverse=True)
        present = features[used[used < len(features)]]
        numbers, at = torch.unique(present, return_inverse=True)
        numbers = torch.cat([numbers, torch.tensor([ROWS])])
        values = self.rows[numbers].requires_grad_()
        chance = torch.full((present.shape[1],), FEATURE_DROPOUT)
        chance[:2] = WORD_DROPOUT
        of_words = (values[at] * (torch.rand(present.shape) >= chance).unsqueeze(2)).sum(1)
        if len(used) > len(present):
            of_words = torch.cat([of_words, values[-1:]])
        return of_words.clamp(-LARGEST_VALUE, LARGEST_VALUE)[where].flatten(1), Trained(numbers, values)

    def step(self, trained: Trained, rate: float) -> None:
        numbers, gradient = trained.numbers, trained.values.grad
        assert gradient is not None
        self._steps += 1
        mean = self._mean[numbers].lerp_(gradient, 1 - BETAS[0])
        square = self._square[numbers].lerp_(gradient.square(), 1 - BETAS[1])
        self._mean[numbers], self._square[numbers] = mean, square
        rate *= (1 - BETAS[1] ** self._steps) ** 0.5 / (1 - BETAS[0] ** self._steps)
        self.rows[numbers] = trained.values.detach() - rate * mean / square.sqrt_().add_(1e-8)


def fit(sets: Sequence[Data], opinions_of: Sequence[torch.Tensor] | None, weights: Sequence[int]) -> Trainee:
    """Trains on the sets, each repeated as often as its weight says; the second look only where there are opinions of a first."""
    trainee = Trainee()
    optimiser = torch.optim.Adam(trainee.parameters(), RATE, BETAS, weight_decay=1e-5)
    steps = EPOCHS * sum(weight * -(-len(data.parts) // BATCH) for data, weight in zip(sets, weights, strict=True))
    plan = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, steps, pct_start=0.1, cycle_momentum=False)
    trainee.train()
    for _ in range(EPOCHS):
        batches = [
            (number, rows)
            for number, (data, weight) in enumerate(zip(sets, weights, strict=True))
            for _ in range(weight)
            for rows in torch.randperm(len(data.parts)).split(BATCH)
        ]
        for index in torch.randperm(len(batches)).tolist():
            number, rows = batches[index]
            data = sets[number]
            vectors, trained = trainee.features.vectors(data.features, data.slots[rows])
            inputs, parts = (vectors, data.signs[rows]), data.parts[rows]
            loss = nn.functional.cross_entropy(trainee.first(*inputs), parts)
            if opinions_of:
                loss += nn.functional.cross_entropy(trainee.second(*inputs, opinions_of[number][rows]), parts)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            trainee.features.step(trained, optimiser.param_groups[0]["lr"])
            plan.step()
    return trainee.eval()


def real(values: npt.NDArray[np.number]) -> torch.Tensor:
    return torch.from_numpy(values.astype(np.float32) / INPUT_UNIT)


def whole(values: torch.Tensor, unit: int, largest: int) -> npt.NDArray[np.int64]:
    return np.clip(np.rint(values.detach().double().numpy() * unit), -largest, largest).astype(np.int64)


def layers(look: Look) -> Layers:
    """The layers in whole numbers; a bias has the unit of the sum that it is added to, and room for 24 bits."""
    unit = INPUT_UNIT * WEIGHT_UNIT
    return Layers(
        whole(look.hidden.weight.T, WEIGHT_UNIT, 127).astype(np.float32),
        whole(look.hidden.bias, unit, 1 << 20).astype(np.float32),
        whole(look.output.weight.T, WEIGHT_UNIT, 127).astype(np.float32),
        whole(look.output.bias, unit, 1 << 20).astype(np.float32),
    )


def network(trainee: Trainee) -> Network:
    rows = whole(trainee.features.rows, INPUT_UNIT, 127).astype(np.int8)
    return Network(rows[:ROWS], rows[ROWS], layers(trainee.first), layers(trainee.second))


def train(sets: Sequence[Sequence[Gold]], weights: Sequence[int], copies: Sequence[int]) -> Network:
    """The second look learns from what first looks, of networks that have not seen an article, say of it."""
    with ProcessPoolExecutor(WORKERS, multiprocessing.get_context("spawn")) as pool:
        found = [pool.submit(first_opinions, sets, weights, copies, part) for part in range(CROSS_FITTING)]
        opinions_of = list(map(sum, zip(*(part.result() for part in found), strict=True)))
    begin(SEED)
    return network(fit([prepare(each) for each in with_copies(sets, copies)], opinions_of, weights))


def first_opinions(
    sets: Sequence[Sequence[Gold]], weights: Sequence[int], copies: Sequence[int], left_out: int
) -> list[torch.Tensor]:
    """Of each set, what a network without one part of the articles makes of that part; zeros elsewhere."""
    begin(SEED + 1 + left_out)
    kept, held = split(sets, left_out, CROSS_FITTING)
    scorer = network(fit([prepare(each) for each in with_copies(kept, copies)], None, weights))
    found = []
    for articles, of_part, count in zip(with_copies(sets, copies), with_copies(held, copies), copies, strict=True):
        all_articles, grid = (lay_out([Document(article.text) for article in each]) for each in (articles, of_part))
        rows = torch.from_numpy(all_articles.document[all_articles.places] // (count + 1) % CROSS_FITTING == left_out)
        found.append(torch.zeros(len(rows), OPINIONS))
        found[-1][rows] = real(opinions(grid, first_look(grid, marks(grid), scorer)))
    return found


def begin(seed: int) -> None:
    """Equal seeds make equal weights: random numbers start anew and sums are taken in one order."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)


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


def measure(trained: Network, articles: Sequence[Gold]) -> Counter[str]:
    """Counts of names found, of names there are and of names found right, for each kind."""
    data = prepare(articles)
    found = {(first, stop - 1, kind) for first, stop, kind, _ in names_on(data.grid, trained).found() if kind in KINDS}
    gold = {_without_the(data.grid, *name) for name in data.names}
    counts: Counter[str] = Counter()
    for label, names in (("found", found), ("gold", gold), ("right", found & gold)):
        counts.update(f"{kind} {label}" for _, _, kind in names)
    return counts


def _without_the(grid: Grid, first: int, last: int, kind: str) -> tuple[int, int, str]:
    return first + (first < last and grid.words.signs(before_name)[first] & THE != 0), last, kind


def report(name: str, counts: Counter[str]) -> None:
    for kind in KINDS:
        right, found, gold = (counts[f"{kind} {label}"] for label in ("right", "found", "gold"))
        print(f"{name} {kind}: precision {right / found:.4f} recall {right / gold:.4f} F1 {2 * right / (found + gold):.4f}")


def cross_validate(
    folders: Sequence[Path], sets: Sequence[Sequence[Gold]], weights: Sequence[int], copies: Sequence[int], folds: int
) -> None:
    totals: list[Counter[str]] = [Counter() for _ in sets]
    for part in range(folds):
        kept, held = split(sets, part, folds)
        trained = train(kept, weights, copies)
        for total, articles in zip(totals, held, strict=True):
            total.update(measure(trained, articles))
    for folder, total in zip(folders, totals, strict=False):
        report(folder.name, total)


def write(trained: Network) -> None:
    arrays: dict[str, npt.NDArray[np.integer]] = {"rows": trained.rows.astype(np.int8), "empty": trained.empty.astype(np.int8)}
    for which, made in (("first", trained.first), ("second", trained.second)):
        arrays[f"{which}_hidden"] = made.hidden.astype(np.int8)
        arrays[f"{which}_hidden_bias"] = made.hidden_bias.astype(np.int32)
        arrays[f"{which}_output"] = made.output.astype(np.int8)
        arrays[f"{which}_output_bias"] = made.output_bias.astype(np.int32)
    np.savez(MODEL, **arrays)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", type=Path, nargs="+")
    parser.add_argument("--weights", type=int, nargs="+", help="how often each set is used in one pass; 1 if not given")
    parser.add_argument("--copies", type=int, nargs="+", help="copies with other names of each article; 1 if not given")
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--measure", type=Path, nargs="*", default=[], help="sets that the new network is measured on")
    arguments = parser.parse_args()
    sets = [read_set(folder) for folder in arguments.sets]
    weights = arguments.weights or [1] * len(sets)
    copies = arguments.copies or [1] * len(sets)
    sets.append(make_articles(MADE_ARTICLES, MADE_SENTENCES))
    weights, copies = [*weights, 1], [*copies, 0]
    if arguments.folds:
        cross_validate(arguments.sets, sets, weights, copies, arguments.folds)
        return
    trained = train(sets, weights, copies)
    write(trained)
    for folder in arguments.measure:
        report(folder.name, measure(trained, read_set(folder)))


if __name__ == "__main__":
    main()
