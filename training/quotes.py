"""Trains the models of ``builder.extraction.quotes`` from articles with gold quotes and writes them to the package.

    python training/quotes.py SET        SET holds articles.jsonl and gold.jsonl, as the benchmark's quotes-train does

Run ``training/quotes_certainty.py`` with the same set afterwards. Needs scipy.
Weights are regularised log-linear ones found by L-BFGS, rounded to whole numbers.
"""

import json
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from builder.extraction.names import Name, find_names
from builder.extraction.quotes import ends, extents, genuine, reported, speakers, subjects
from builder.extraction.quotes.batch import Batch
from builder.extraction.quotes.heads import whole
from builder.extraction.quotes.layout import Layout
from builder.extraction.quotes.marks import find_passages
from builder.extraction.quotes.words import CueClass
from builder.knowledge.learned import LinearModel, UInts
from builder.text.document import Document
from builder.text.span import Span

SCALE = 24
CROSS_FITTING = 4
MODELS = Path(__file__).parent.parent / "src" / "builder" / "knowledge" / "models"
EDGE = " \n\t“”\"'‘’„«».,;:!?—–-…"
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


class Example(NamedTuple):
    """``quotes[i]`` is the gold quote that passage ``i`` of the layout matches, if any."""

    layout: Layout
    quotes: list[dict[str, Any] | None]
    truth: list[dict[str, Any]]
    reported: list[dict[str, Any]]


def read_examples(folder: Path) -> Iterator[Example]:
    with (folder / "articles.jsonl").open(encoding="utf-8") as articles, (folder / "gold.jsonl").open(encoding="utf-8") as gold:
        for article, truth in zip(map(json.loads, articles), map(json.loads, gold), strict=True):
            assert article["article_id"] == truth["article_id"]
            document = Document(article["text"])
            yield make_example(document, find_names([document])[0], truth)


def make_example(document: Document, names: list[Name], truth: dict[str, Any]) -> Example:
    batch = Batch([document])
    passages = find_passages(batch)
    quotes = truth["quotes"]
    wanted = [trim(document.text, quote["start"], quote["end"]) for quote in quotes]
    matched: list[dict[str, Any] | None] = []
    for first, stop in zip(passages.first.tolist(), passages.stop.tolist(), strict=True):
        span = trim(document.text, *document.span(first, stop))
        ratios = [intersection_over_union(span, want) for want in wanted]
        best = int(np.argmax(ratios)) if ratios else -1
        matched.append(quotes[best] if ratios and ratios[best] >= 0.8 else None)
    return Example(Layout(batch, passages, [names]), matched, quotes, truth["reported"])


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in EDGE:
        start += 1
    while end > start and text[end - 1] in EDGE:
        end -= 1
    return start, end


def intersection_over_union(a: tuple[int, int], b: tuple[int, int]) -> float:
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared / (max(a[1], b[1]) - min(a[0], b[0])) if shared > 0 else 0.0


def is_true(quote: dict[str, Any] | None) -> bool:
    return quote is not None and quote["quote"]


def speaker_labels(example: Example, pairs: speakers.Candidates) -> npt.NDArray[np.bool_]:
    """A pair is right if it is the head of the gold source, or goes on from a quote with the same source."""
    right = np.zeros(len(pairs.passage), np.bool_)
    heads = [head_of_source(example.layout, quote["sources"][:1]) if is_true(quote) else None for quote in example.quotes]
    for row, (passage, head) in enumerate(zip(pairs.passage.tolist(), pairs.head.tolist(), strict=True)):
        quote = example.quotes[passage]
        if quote is None or not quote["quote"] or not quote["sources"]:
            continue
        if head == speakers.CONTINUES:
            before = example.quotes[passage - 1] if passage else None
            right[row] = before is not None and before["quote"] and before["sources"] == quote["sources"]
        else:
            right[row] = head == heads[passage]
    return right


def head_of_source(layout: Layout, spans: list[list[int]]) -> int | None:
    """The head of the first phrase in the spans: what their first head belongs to, as far as they hold it."""
    document, heads = layout.batch.documents[0], layout.heads.tokens
    at = [(int(np.searchsorted(heads, document.token_at(start))), end) for start, end in sorted(spans)]
    inside = (int(heads[k]) for k, end in at if k < len(heads) and heads[k] < len(document) and document.starts[heads[k]] < end)
    first = next(inside, None)
    if first is None:
        return None
    owner = int(whole(layout, np.array([first], np.int32))[0])
    return owner if any(document.starts[owner] < end and document.ends[owner] > start for start, end in spans) else first


def feature_matrix(features: UInts, bits: int) -> csr_matrix:
    templates, rows = features.shape
    indices = features.T.astype(np.int64).ravel()
    ends = np.arange(0, indices.size + 1, templates)
    return csr_matrix((np.ones(indices.size), indices, ends), shape=(rows, 1 << bits))


def fit_ranker(features: UInts, group: npt.NDArray[np.integer], right: npt.NDArray[np.bool_], l2: float, bits: int) -> Floats:
    """Weights under which the right rows of each group get the most of a softmax over the group; rows of a group are together."""
    solvable = np.bincount(group, right)[group] > 0
    matrix, group, right = feature_matrix(features[:, solvable], bits), group[solvable], right[solvable]
    starts = np.flatnonzero(np.append(True, group[1:] != group[:-1]))
    sizes = np.diff(np.append(starts, len(group)))

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = matrix @ weights
        exponents = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
        total = np.add.reduceat(exponents, starts)
        good = np.add.reduceat(exponents * right, starts)
        gradient = exponents / np.repeat(total, sizes) - exponents * right / np.repeat(good, sizes)
        return -np.log(good / total).sum() + l2 / 2 * weights @ weights, matrix.T @ gradient + l2 * weights

    return descend(loss, 1 << bits, iterations=60)


def fit_binary(features: UInts, right: npt.NDArray[np.bool_], l2: float, bits: int) -> Floats:
    """Logistic regression without an intercept."""
    matrix, sign = feature_matrix(features, bits), np.where(right, 1.0, -1.0)

    def loss(weights: Floats) -> tuple[float, Floats]:
        margins = sign * (matrix @ weights)
        gradient = matrix.T @ (-sign / (1 + np.exp(np.minimum(margins, 500))))
        return np.logaddexp(0, -margins).sum() + l2 / 2 * weights @ weights, gradient + l2 * weights

    return descend(loss, 1 << bits, iterations=60)


def descend(loss: Any, size: int, iterations: int) -> Floats:
    found = minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B", options={"maxiter": iterations})
    weights: Floats = found.x
    return weights


def rounded_model(classes: list[str], weights: list[Floats]) -> LinearModel:
    rounded = np.clip(np.rint(np.stack(weights, axis=1) * SCALE), -127, 127).astype(np.int8)
    return LinearModel(tuple(classes), rounded)


def train_speakers(examples: list[Example]) -> Floats:
    """Learns from sources as a model finds them that was trained on other articles."""
    features, groups, labels, offset = [], [], [], 0
    for part in range(CROSS_FITTING):
        others = [example for number, example in enumerate(examples) if number % CROSS_FITTING != part]
        source_model = rounded_model(["source"], [train_sources(others)])
        for example in examples[part::CROSS_FITTING]:
            pairs = speakers.candidates(example.layout)
            edge = speakers.edges(example.layout)
            source = speakers.sources(example.layout, edge, source_model)
            features.append(speakers.TEMPLATES.features(speakers.columns(example.layout, edge, source, pairs)))
            labels.append(speaker_labels(example, pairs))
            groups.append(pairs.passage + offset)
            offset += len(example.quotes)
    return fit_ranker(
        np.concatenate(features, axis=1), np.concatenate(groups), np.concatenate(labels), 1.0, speakers.TEMPLATES.bits
    )


def train_genuine(examples: list[Example]) -> Floats:
    features = [genuine.TEMPLATES.features(genuine.columns(e.layout, speakers.edges(e.layout))) for e in examples]
    labels = np.array([is_true(quote) for example in examples for quote in example.quotes])
    return fit_binary(np.concatenate(features, axis=1), labels, 6.0, genuine.TEMPLATES.bits)


class Attribution(NamedTuple):
    """A gold attribution whose cue is in the lexicon, at ``row`` of the candidates.

    ``label``: the longest part of the content in the cue's sentence is after (1) or before (2) it and stops at ``end``;
    ``unmarked``: less than half of the content stands between marks.
    """

    row: int
    label: int
    unmarked: bool
    sources: list[list[int]]
    end: int


def attributions(example: Example, at: npt.NDArray[np.integer]) -> Iterator[Attribution]:
    layout, document = example.layout, example.layout.batch.documents[0]
    row = {token: i for i, token in enumerate(at.tolist())}
    for report in example.reported:
        inside = [k for s, e in report["cue"] for k in range(document.token_at(s), document.token_at(e - 1) + 1) if k in row]
        if inside:
            cue = next((k for k in inside if layout.cues[k] <= CueClass.ATTEND), inside[0])
            sentence = document.span(*document.sentence(cue))
            near = [part for part in report["content"] if sentence.overlaps(Span(*part))] or report["content"][:1]
            start, end = max(near, key=lambda part: part[1] - part[0])
            label = 1 if start > document.starts[cue] else 2
            unmarked = quoted_share(report["content"], example.truth) < 0.5
            yield Attribution(row[cue], label, unmarked, report["source"], end)


def quoted_share(content: list[list[int]], quotes: list[dict[str, Any]]) -> float:
    shared = sum(max(0, min(end, q["end"]) - max(start, q["start"])) for start, end in content for q in quotes if q["quote"])
    return shared / max(1, sum(end - start for start, end in content))


def train_cues(examples: list[Example]) -> list[Floats]:
    features, labels = [], []
    for example in examples:
        at = reported.candidates(example.layout)
        features.append(reported.TEMPLATES.features(reported.columns(example.layout, at)))
        label = np.zeros(len(at), np.int32)
        for attribution in attributions(example, at):
            if attribution.unmarked:
                label[attribution.row] = attribution.label
        labels.append(label)
    stacked, wanted = np.concatenate(features, axis=1), np.concatenate(labels)
    return [fit_binary(stacked, wanted == label, 4.0, reported.TEMPLATES.bits) for label in (1, 2)]


def train_sources(examples: list[Example]) -> Floats:
    features, groups, right, offset = [], [], [], 0
    for example in examples:
        at = reported.candidates(example.layout)
        gold = list(attributions(example, at))
        told = at[[attribution.row for attribution in gold]]
        direction = np.array([attribution.label - 1 for attribution in gold], np.int32)
        pairs = subjects.candidates(example.layout, told)
        features.append(subjects.TEMPLATES.features(subjects.columns(example.layout, told, direction, pairs)))
        right.append(source_labels(example.layout, pairs, [attribution.sources for attribution in gold]))
        groups.append(pairs.cue + offset)
        offset += len(told)
    return fit_ranker(
        np.concatenate(features, axis=1), np.concatenate(groups), np.concatenate(right), 1.0, subjects.TEMPLATES.bits
    )


def train_ends(examples: list[Example]) -> Floats:
    features, groups, right, offset = [], [], [], 0
    for example in examples:
        document, at = example.layout.batch.documents[0], reported.candidates(example.layout)
        gold = [a for a in attributions(example, at) if a.unmarked and a.label == 1]
        told = at[[attribution.row for attribution in gold]]
        first, stop = extents.after_cue(example.layout, told)
        pairs = ends.candidates(example.layout, first, stop)
        wanted = np.array([document.token_at(attribution.end - 1) + 1 for attribution in gold], np.int32)
        features.append(ends.TEMPLATES.features(ends.columns(example.layout, told, first, stop, pairs)))
        right.append(pairs.place == np.minimum(wanted, stop)[pairs.clause])
        groups.append(pairs.clause + offset)
        offset += len(told)
    return fit_ranker(np.concatenate(features, axis=1), np.concatenate(groups), np.concatenate(right), 1.0, ends.TEMPLATES.bits)


def source_labels(layout: Layout, pairs: subjects.Candidates, sources: list[Any]) -> npt.NDArray[np.bool_]:
    heads = np.array(
        [subjects.NOBODY if head is None else head for head in (head_of_source(layout, s) for s in sources)], np.int32
    )
    right: npt.NDArray[np.bool_] = pairs.head == heads.take(pairs.cue)
    return right & ((pairs.head != subjects.NOBODY) | np.array([not s for s in sources], np.bool_).take(pairs.cue))


def train_all(examples: list[Example]) -> dict[str, LinearModel]:
    """The models by name."""
    marked = [example for example in examples if example.quotes]
    return {
        "quotes-speaker": rounded_model(["speaker"], [train_speakers(marked)]),
        "quotes-genuine": rounded_model(["genuine"], [train_genuine(marked)]),
        "quotes-cue": rounded_model(["after", "before"], train_cues(examples)),
        "quotes-end": rounded_model(["end"], [train_ends(examples)]),
        "quotes-source": rounded_model(["source"], [train_sources(examples)]),
    }


def record_inputs(folder: Path, models: dict[str, LinearModel]) -> None:
    """What the weights were made of, and the weights themselves, by their hashes."""
    inputs = {name: sha256((folder / name).read_bytes()).hexdigest() for name in ("articles.jsonl", "gold.jsonl")}
    inputs["names.npz"] = sha256((MODELS / "names.npz").read_bytes()).hexdigest()
    weights = {name: sha256(model.weights.tobytes()).hexdigest() for name, model in models.items()}
    record = {"set": folder.name, "inputs": inputs, "weights": weights}
    (MODELS / "quotes-record.json").write_text(json.dumps(record, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def main(folder: Path) -> None:
    examples = list(read_examples(folder))
    models = train_all(examples)
    for name, model in models.items():
        np.savez_compressed(MODELS / f"{name}.npz", classes=np.array(model.classes), weights=model.weights)
    record_inputs(folder, models)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
