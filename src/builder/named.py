"""What stands at a token among the names of a document."""

from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from builder.names import Name


def name_at(names: "Sequence[Name]", token: int) -> "Name | None":
    """The name that ``token`` is part of; ``names`` are ascending and apart from each other."""
    at = bisect_right(names, token, key=itemgetter(0)) - 1
    return names[at] if at >= 0 and token < names[at].stop else None
