"""How dates, times and names are written in the head of an article; patterns that the other modules of this room share."""

import re

WEEKDAY = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}\.?)"
MONTH = (
    r"(?:(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?)"
)
DATE = (
    rf"(?:(?:{WEEKDAY},? )?(?:{MONTH} ?\d{{1,2}}(?:st|nd|rd|th)?(?!\d|:\d)(?:,? ?\d{{4}}\b)?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[ -]{MONTH}(?:,?[ -]\d{{4}}\b)?"
    r"|\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{4}))"
)
"""A day of a month, with or without its year."""

TIME = r"(?:(?:at )?\d{1,2}(?:[:.]\d\d){0,2} ?(?:[ap]\.?m\.?)?(?: ?\(?(?:[A-Z]{2,4}|Z)(?:[+-]\d{1,2})?\)?)?)"
"""A time of the clock with its zone."""

_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-Þ]")


def is_capitalised(word: str) -> bool:
    """Whether a word's first letter is a capital one ("'Tis" and "(Oslo" too)."""
    letters = word.lstrip("'’‘\"“(")
    return bool(_CAPITAL.match(letters)) or (letters[:1].isupper())
