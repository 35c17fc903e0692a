"""How sure a row is: the weakest of the models' scores that made it, graded by cuts found on articles held back from training."""

from collections.abc import Mapping

import numpy as np

from builder.extraction.quotes.words import Ints
from builder.knowledge.learned import stored_figures

GRADES = ("low", "medium", "high")
CUTS = "quotes-certainty"
"""The file of the cuts and of what share of the rows of each grade is right; ``training/quotes.py`` writes it."""
LEAST = -(1 << 15)
UNSCORED = LEAST
"""Score of a row that a rule made from the layout, without a model: medium."""


def weakest(*scores: Ints) -> Ints:
    """Scores of models that must all be right."""
    found: Ints = np.minimum.reduce(scores).astype(np.int32)
    return found


def grades(score: Ints, family: str) -> Ints:
    """Numbers of GRADES for rows of a family, ``marked`` or ``indirect``."""
    return graded(score, stored_figures(CUTS)["cuts"][family])


def graded(score: Ints, cuts: Mapping[str, int]) -> Ints:
    """The same by the least scores of medium and high."""
    return np.where(score == UNSCORED, 1, (score >= cuts["medium"]) + (score >= cuts["high"]).astype(np.int32))
