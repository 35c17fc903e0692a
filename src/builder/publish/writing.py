"""A file that stands there whole or not at all, and that follows no link."""

import os
from pathlib import Path
from secrets import token_hex


def write_whole(path: Path, content: bytes, *, synced: bool = False, private: bool = False) -> Path:
    """Returns the path; ``private`` is for nobody else to read.

    Where a link has this name, the link is replaced, and what it leads to is left alone.
    """
    draft = path.with_name(f".{token_hex(8)}.draft")
    try:
        with draft.open("xb") as file:
            if private:
                draft.chmod(0o600)
            file.write(content)
            if synced:
                file.flush()
                os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return path
