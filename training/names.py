"""Trains the network that finds names and writes ``src/builder/knowledge/models/names.npz`` and ``names.json`` beside it.

Run, where DATA holds the sets, with torch of the version that ``names.json`` tells (about half a minute of two cores)::

    OMP_NUM_THREADS=1 python training/names.py DATA/names-conll2003-train DATA/names-conll2003-dev DATA/names-politics-train \
        DATA/names-politics-dev DATA/names-world-train DATA/names-world-dev --weights 1 1 2 2 1 1

Sums of real numbers depend on how many threads make them, so that torch is to have one from its start.

Each set is a folder with ``articles.jsonl`` and ``gold.jsonl``. Equal inputs give an equal file; ``names.json`` is the record
of what they were, and tests/test_names_weights.py fails when the weights, the lexicons that the network sees
(``names-lexicons.npz``: run training/names_lexicons.py first) or these scripts are no longer those of the record. Then train
again with the command above. With ``--folds N`` nothing is written: the network is trained N times without a part of the
articles and measured on that part; with ``--out`` the files are written into another folder.
"""

import argparse
import json
import multiprocessing
import os
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from names_data import prepare, read_set, real, split, with_copies
from names_fitting import begin, fit, network
from renaming import Gold
from templates import make_articles

from builder.extraction.names.candidates import Grid, lay_out
from builder.extraction.names.decoding import KINDS
from builder.extraction.names.finding import names_on
from builder.extraction.names.gazetteer import marks
from builder.extraction.names.network import Network
from builder.extraction.names.rules import THE, before_name
from builder.extraction.names.scoring import first_look
from builder.extraction.names.signs import OPINIONS, opinions
from builder.text.document import Document

HERE = Path(__file__).parent
MODELS = HERE.parent / "src" / "builder" / "knowledge" / "models"
LEXICONS = MODELS / "names-lexicons.npz"
SOURCES = ("names.py", "names_data.py", "names_fitting.py", "name_maker.py", "renaming.py", "templates.py", "names-templates.txt")

MADE_ARTICLES = 450
MADE_SENTENCES = 20
SEED = 20200729
WORKERS = 2
"""Networks trained at once, each in a process of its own; how many makes no difference to the weights."""
CROSS_FITTING = 3
"""Parts of the articles; a network that has not seen a part makes the scores from which the second look learns there."""


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


def write(trained: Network, folder: Path) -> None:
    arrays: dict[str, npt.NDArray[np.integer]] = {"rows": trained.rows.astype(np.int8), "empty": trained.empty.astype(np.int8)}
    for which, made in (("first", trained.first), ("second", trained.second)):
        arrays[f"{which}_hidden"] = made.hidden.astype(np.int8)
        arrays[f"{which}_hidden_bias"] = made.hidden_bias.astype(np.int32)
        arrays[f"{which}_output"] = made.output.astype(np.int8)
        arrays[f"{which}_output_bias"] = made.output_bias.astype(np.int32)
    np.savez(folder / "names.npz", **arrays)


def record(folder: Path, sets: Sequence[Path], weights: Sequence[int], copies: Sequence[int]) -> dict[str, object]:
    """From what the weights in the folder were made."""
    return {
        "weights": digest(folder / "names.npz"),
        "lexicons": digest(LEXICONS),
        "sources": {name: digest(HERE / name) for name in SOURCES},
        "sets": [
            {
                "name": path.name,
                "weight": weight,
                "copies": count,
                **{file: digest(path / file) for file in ("articles.jsonl", "gold.jsonl")},
            }
            for path, weight, count in zip(sets, weights, copies, strict=True)
        ],
        "torch": torch.__version__.partition("+")[0],
    }


def digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", type=Path, nargs="+")
    parser.add_argument("--weights", type=int, nargs="+", help="how often each set is used in one pass; 1 if not given")
    parser.add_argument("--copies", type=int, nargs="+", help="copies with other names of each article; 0 if not given")
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--measure", type=Path, nargs="*", default=[], help="sets that the new network is measured on")
    parser.add_argument("--out", type=Path, default=MODELS)
    arguments = parser.parse_args()
    if os.environ.get("OMP_NUM_THREADS") != "1":
        parser.error("set OMP_NUM_THREADS=1: with other numbers of threads equal inputs give other weights")
    weights = arguments.weights or [1] * len(arguments.sets)
    copies = arguments.copies or [0] * len(arguments.sets)
    sets = [*map(read_set, arguments.sets), make_articles(MADE_ARTICLES, MADE_SENTENCES)]
    if arguments.folds:
        cross_validate(arguments.sets, sets, [*weights, 1], [*copies, 0], arguments.folds)
        return
    trained = train(sets, [*weights, 1], [*copies, 0])
    write(trained, arguments.out)
    made = record(arguments.out, arguments.sets, weights, copies)
    (arguments.out / "names.json").write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    for folder in arguments.measure:
        report(folder.name, measure(trained, read_set(folder)))


if __name__ == "__main__":
    main()
