"""Linear models with integer weights and hashed features.

Scores are sums of integers, so they are the same on every machine and in any order of addition. Features are hashed, so a
weight file holds numbers only, no words of the texts it was trained on. Weights are made by the scripts in ``training/``.
"""

import json
import zlib
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from builder.errors import LexiconError

Integers = npt.NDArray[np.integer]
UInts = npt.NDArray[np.uint32]


def word_hash(word: str) -> int:
    """A 31-bit hash of a string, the same in every process."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass")) & 0x7FFFFFFF


def lower_hashes(words: list[str]) -> npt.NDArray[np.int32]:
    """The :func:`word_hash` of each word in lower case; no word has white space."""
    encoded = "\n".join(words).lower().encode("utf-8", "surrogatepass").split(b"\n")
    return np.fromiter(map(zlib.crc32, encoded[: len(words)]), np.uint32, len(words)).view(np.int32) & 0x7FFFFFFF


def combine(template: int, *columns: Integers) -> UInts:
    """Hash of one feature template's values, element by element; ``template`` keeps equal values of two templates apart."""
    state: UInts = np.full(len(columns[0]), (template * 0x9E3779B1 + 0x7F4A7C15) & 0xFFFFFFFF, np.uint32)
    for column in columns:
        state ^= column.astype(np.uint32)
        state *= np.uint32(0x85EBCA6B)
        state ^= state >> np.uint32(15)
    state *= np.uint32(0xC2B2AE35)
    state ^= state >> np.uint32(13)
    return state


class LinearModel(NamedTuple):
    """``weights[feature, class]``."""

    classes: tuple[str, ...]
    weights: npt.NDArray[np.int8]


def stored_arrays(name: str) -> dict[str, npt.NDArray[Any]]:
    """The arrays in ``models/NAME.npz``. Raises LexiconError if it cannot be read as such."""
    try:
        raw = (Path(__file__).with_name("models") / f"{name}.npz").read_bytes()
        with np.load(BytesIO(raw), allow_pickle=False) as stored:
            return {array: stored[array] for array in stored.files}
    except (OSError, ValueError, BadZipFile) as error:
        raise LexiconError(f"models/{name}.npz: not a file of arrays: {error}") from None


@cache
def stored_figures(name: str) -> Any:
    """What stands in ``models/NAME.json``, beside the weights that it is about. Raises LexiconError if it cannot be read."""
    try:
        return json.loads((Path(__file__).with_name("models") / f"{name}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise LexiconError(f"models/{name}.json: not a file of figures: {error}") from None


@cache
def load(name: str) -> LinearModel:
    """The model in ``models/NAME.npz``: arrays ``classes`` (strings) and ``weights``. Raises LexiconError if it is not one."""
    arrays = stored_arrays(name)
    try:
        classes, weights = tuple(str(c) for c in arrays["classes"]), arrays["weights"]
    except KeyError as error:
        raise LexiconError(f"models/{name}.npz: not a model: {error}") from None
    if weights.ndim != 2 or weights.shape[1] != len(classes) or weights.shape[0] & (weights.shape[0] - 1):
        raise LexiconError(f"models/{name}.npz: weights of shape {weights.shape} for {len(classes)} classes")
    return LinearModel(classes, weights)
