"""Makes the lexicon of word clusters: words, as they are written, grouped by what stands beside them in a large corpus.

The clusters (Brown et al. 1992, doi 10.5555/176313.176316) and how frequent words are come from the package
spacy-lookups-data. Run: ``pip install --no-deps spacy-lookups-data==1.0.5`` and ``python training/lexicons/word_clusters.py``.
The file is committed; run this only to renew it.
"""

import gzip
import importlib.util
import json
from collections import defaultdict
from pathlib import Path

LEXICON = Path(__file__).parent.parent.parent / "src" / "builder" / "knowledge" / "lexicon" / "word-clusters.tsv"
SOURCE = "Brown clusters of English words, by the package spacy-lookups-data 1.0.5 (MIT); frequent words of letters alone"
LEAST_PROBABILITY = -17.0
"""Natural logarithm of how often a word stands among all words; rarer ones brought nothing."""


def table(name: str) -> dict[str, float]:
    """A table of the package: a value for each word; without importing the package, which needs setuptools."""
    package = importlib.util.find_spec("spacy_lookups_data")
    if package is None or package.origin is None:
        raise SystemExit("spacy-lookups-data is not installed")
    with gzip.open(Path(package.origin).parent / "data" / f"en_lexeme_{name}.json.gz", "rt", encoding="utf-8") as file:
        found: dict[str, float] = json.load(file)
    return found


def main() -> None:
    probability = table("prob")
    rarest = min(probability.values())
    clusters: dict[int, list[str]] = defaultdict(list)
    for word, cluster in table("cluster").items():
        if cluster and word.isalpha() and probability.get(word, rarest) > LEAST_PROBABILITY:
            clusters[int(cluster)].append(word)
    lines = [f"{cluster}\t{' '.join(sorted(clusters[cluster]))}" for cluster in sorted(clusters)]
    text = "\n".join(
        [
            f"# source: {SOURCE}",
            "# the bits of a cluster's number, the lowest first, are the way to it from the root of the tree of all clusters",
            "cluster\twords",
            *lines,
            "",
        ]
    )
    LEXICON.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
