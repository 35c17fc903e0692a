"""Cutting a stream of units into shards and parts whose borders depend on content alone.

An article that is added, changed or removed moves the borders beside it and no others, so that everything else is found again
among the results of an earlier build. A shard is what is extracted at once; a part is the shards of one set of files.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from builder.reading import Unit
from builder.reading.rejects import Reject

SHARD_BYTES = (1 << 18, 1 << 18, 1 << 21)
PART_BYTES = (3 << 20, 1 << 20, 1 << 23)
"""Least size, mean of what is added to it, and most; a single article may be longer.

The first part is twice the least size, so that a small corpus is one part and a changed article in a large one costs little.
"""


_OVERHEAD = 64


class Shard(NamedTuple):
    """``key`` names the content, whatever stands before it in its file. The last part ends with the last shard."""

    items: tuple[Unit | Reject, ...]
    key: str
    ends_part: bool

    @property
    def size(self) -> int:
        return sum(map(_size, self.items))


def shards(items: Iterable[Unit | Reject], salt: str) -> Iterator[Shard]:
    """``salt`` stands for everything else that the results depend on."""
    held: list[Unit | Reject] = []
    size = part_size = 0
    part_bytes = 2 * PART_BYTES[0], *PART_BYTES[1:]
    content = hashlib.blake2b(salt.encode(), digest_size=20)
    for item in items:
        digest = _digest(item)
        content.update(digest)
        held.append(item)
        size += _size(item)
        if _ends(digest[:8], size, _size(item), SHARD_BYTES):
            part_size += size
            ends_part = _ends(digest[8:], part_size, size, part_bytes)
            yield Shard(tuple(held), content.hexdigest(), ends_part)
            part_bytes = PART_BYTES if ends_part else part_bytes
            held, size, part_size = [], 0, 0 if ends_part else part_size
            content = hashlib.blake2b(salt.encode(), digest_size=20)
    if held:
        yield Shard(tuple(held), content.hexdigest(), ends_part=False)


def _ends(dice: bytes, size: int, added: int, bounds: tuple[int, int, int]) -> bool:
    """Whether the piece that has grown to ``size`` ends here: the longer what was added, the likelier."""
    least, mean, most = bounds
    return size >= most or (size >= least and int.from_bytes(dice, "big") * mean < added << 64)


def _size(item: Unit | Reject) -> int:
    """What it holds of memory: millions of empty lines are something too."""
    return _OVERHEAD + (len(item.raw) if isinstance(item, Unit) else len(item.reason))


def _digest(item: Unit | Reject) -> bytes:
    """16 bytes; the place in the file does not count, for it changes with what stands before."""
    if isinstance(item, Reject):
        return hashlib.blake2b(repr(("reject", item.source, item.reason)).encode(), digest_size=16).digest()
    head = f"{item.kind}\0{item.source}\0".encode("utf-8", "surrogateescape")
    return hashlib.blake2b(head + item.raw, digest_size=16).digest()
