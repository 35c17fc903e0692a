"""Two files or folders change places in one step, where the system has such a step."""

import ctypes
import os
import sys
from pathlib import Path

_AT_FDCWD = -100
_EXCHANGE = 2
"""RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS are the same number."""


def exchange(one: Path, other: Path) -> bool:
    """False, and nothing has changed, where the system or the file system cannot do it, or either is missing."""
    paths = os.fsencode(one), os.fsencode(other)
    try:
        if sys.platform == "linux":
            done = ctypes.CDLL(None).renameat2(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _EXCHANGE)
        elif sys.platform == "darwin":  # pragma: no cover
            done = ctypes.CDLL(None).renamex_np(*paths, _EXCHANGE)
        else:  # pragma: no cover
            return False
    except (AttributeError, OSError):  # pragma: no cover (a C library without it)
        return False
    return bool(done == 0)
