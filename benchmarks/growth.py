"""Shows that time grows with the length of one article: doubles it from 10 kB to 10 MB.

    python benchmarks/growth.py ARTICLES.jsonl

The article is made of the given texts, one after the other, repeated as needed. Extraction only, in this process; CPU seconds.
"""

import argparse
import json
import time
from itertools import cycle
from pathlib import Path

from builder.extraction import extract_articles
from builder.text.article import Article, normalise

SMALLEST, LARGEST = 10_000, 10_240_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path)
    arguments = parser.parse_args()
    with arguments.articles.open(encoding="utf-8") as lines:
        texts = [normalise(json.loads(line)["text"]) for line in lines]
    extract_articles([Article("warm-up", texts[0])])
    print(f"{'characters':>12} {'seconds':>9} {'us a character':>15} {'times the half':>15}")
    size, before = SMALLEST, None
    while size <= LARGEST:
        article = Article("growth", long_text(texts, size))
        start = time.process_time()
        extract_articles([article])
        seconds = time.process_time() - start
        print(f"{size:12,} {seconds:9.3f} {seconds / size * 1e6:15.3f} {seconds / before if before else float('nan'):15.2f}")
        size, before = size * 2, seconds


def long_text(texts: list[str], size: int) -> str:
    pieces, length = [], 0
    for text in cycle(texts):
        pieces.append(text)
        length += len(text) + 2
        if length >= size:
            return "\n\n".join(pieces)[:size]
    raise ValueError("no texts")


if __name__ == "__main__":
    main()
