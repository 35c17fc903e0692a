"""How accurate the builder is, as measured on texts that nobody of the project wrote.

``kept-apart.json`` holds figures of the parts of the sets that those who write the rules never see, ``accuracy.json`` those of
the development parts; ``benchmarks/accuracy.py`` brings both, and each says the version of the builder that it is of.
"""

import json
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

KEPT_APART_FILE = "kept-apart.json"
DEVELOPMENT_FILE = "accuracy.json"

MEASURES: Mapping[str, str] = {
    "quotes_f1": "marked quotes, F1",
    "quote_kind": "direct and partial quotes told apart",
    "speaker": "marked quotes found with the right speaker's mention",
    "who": "marked quotes found and given to the right person or body",
    "wrong_who": "marked quotes given to somebody else (less is better)",
    "indirect_f1": "indirect quotes, F1",
    "indirect_who": "indirect quotes given to the right person or body, F1",
    "reported_f1": "reported speech with and without marks, F1",
    "persons_f1": "persons, F1",
    "persons_country_f1": "countries of persons, F1",
    "role_f1": "roles of persons, F1",
    "organisations_f1": "organisations, F1",
    "agencies_f1": "agencies, F1",
    "agency_kind": "agencies found with the right kind",
    "agencies_country_f1": "countries of agencies, F1",
    "parties_f1": "states, delegations and groups that take part, F1",
    "parties_country_f1": "countries of parties, F1",
    "affiliations_f1": "affiliations, F1",
    "dates_strict_f1": "dates, exact span, F1",
    "dates_relaxed_f1": "dates, overlapping span, F1",
    "dates_value_f1": "dates with the right value, F1",
}
"""What the scorer measures, in the order in which it is told."""

HOLDS_FOR = (
    "The figures hold for news in English from newspapers and agencies of the world and for statements of governments; for "
    "other kinds of text, older news and other languages nothing was measured."
)


def figure_rows() -> Iterator[str]:
    """A Markdown table: for each set and measure the figure on the part that is kept apart and on the development part."""
    apart, development = _read(KEPT_APART_FILE), _read(DEVELOPMENT_FILE)
    yield f"| texts | measure | kept apart (version {apart['version']}) | development (version {development['version']}) |"
    yield "|---|---|---|---|"
    by_name = [{figures["what"]: figures for figures in measured["sets"]} for measured in (apart, development)]
    for name in dict.fromkeys(chain(*by_name)):
        sides = [sets.get(name, {}) for sets in by_name]
        label = f"{name}, {' and '.join(str(side['articles']) for side in sides if side)} articles"
        for key in (key for key in MEASURES if any(key in side for side in sides)):
            cells = [f"{side[key]:.3f}" if key in side else "" for side in sides]
            yield f"| {label} | {MEASURES[key]} | {cells[0]} | {cells[1]} |"
            label = ""


def _read(file: str) -> Any:
    return json.loads(Path(__file__).with_name(file).read_text(encoding="utf-8"))
