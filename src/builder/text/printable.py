"""Text of others on a terminal: what would steer it is spelt."""

import re

_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    r"""Control characters and marks that turn the direction of writing become ``\u001b`` and so on, as JSON spells them."""
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
