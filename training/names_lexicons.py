"""Packs what the name finder takes from the lexicons into ``src/builder/knowledge/models/names-lexicons.npz``.

Run after a change of one of these lexicons: ``python training/names_lexicons.py``. Equal lexicons give an equal file.
"""

from pathlib import Path

import numpy as np

from builder.extraction.names.gazetteer import packed_names
from builder.extraction.names.known import packed_words

PACKED = Path(__file__).parent.parent / "src" / "builder" / "knowledge" / "models" / "names-lexicons.npz"

if __name__ == "__main__":
    np.savez(PACKED, **packed_words(), **packed_names())
