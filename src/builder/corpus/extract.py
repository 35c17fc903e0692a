"""All shards of a corpus, in a fixed order, each worked on once: what an earlier build has stored is not done again."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from builder.corpus.identifiers import TakenIdentifiers
from builder.corpus.shard import Options, Summary, extract_shard
from builder.corpus.sharding import Shard
from builder.corpus.store import Store
from builder.corpus.workers import Workers
from builder.errors import InputError
from builder.reading import Unit
from builder.reading.rejects import Reject

MOST_NAMED = 10
"""Articles without a date that are kept by name."""

MOST_REJECTS_OF_A_SOURCE = 1000
MOST_REJECTS = 200_000


class Observer(Protocol):
    """Told what happens while it happens."""

    def stage(self, name: str) -> None: ...

    def shard(self, articles: int, characters: int, read_bytes: int) -> None: ...

    def reject(self, reject: Reject) -> None: ...

    def note(self, source: str, note: str) -> None: ...


@dataclass
class Corpus:
    """What came of the sources; ``parts`` are keys of stored results, in order."""

    parts: list[list[str]] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    undated: int = 0
    first_undated: list[str] = field(default_factory=list)
    articles: int = 0
    characters: int = 0
    warnings: int = 0
    shards: int = 0
    reused_shards: int = 0
    worker_seconds: float = 0.0
    _rejects_of: Counter[str] = field(default_factory=Counter)

    def add_reject(self, reject: Reject) -> bool:
        """Whether it is listed: of one source, and in all, only so many are."""
        self._rejects_of[reject.source] += 1
        listed = self._rejects_of[reject.source] <= MOST_REJECTS_OF_A_SOURCE and len(self.rejects) < MOST_REJECTS
        if listed:
            self.rejects.append(reject)
        return listed

    def unlisted(self) -> Iterator[tuple[str, int]]:
        """How many more there are of a source."""
        listed = Counter(reject.source for reject in self.rejects)
        return ((source, count - listed[source]) for source, count in self._rejects_of.items() if count > listed[source])


def extract_corpus(
    shards: Iterable[Shard], options: Options, store: Store, workers: Workers, observer: Observer, *, strict: bool
) -> Corpus:
    """Raises InputError at the first reject where ``strict`` is set, or at the end where there is no article at all."""
    corpus = Corpus()
    identifiers = TakenIdentifiers()
    part: list[str] = []
    work = partial(_work, options=options, store=store)
    for shard, made in workers.map(work, shards, known=partial(_stored, store=store, corpus=corpus)):
        key, summary = _without_taken(shard, made, identifiers.claim(made.article_ids), options, store)
        part.append(key)
        _count(corpus, summary)
        for reject in _rejects(shard, summary):
            if strict:
                raise InputError(str(reject))
            if corpus.add_reject(reject):
                observer.reject(reject)
        observer.shard(corpus.articles, corpus.characters, shard.size)
        if shard.ends_part:
            corpus.parts.append(part)
            part = []
    if part:
        corpus.parts.append(part)
    corpus.rejects += [
        Reject(source, None, f"{more:,} more like these, which are not listed") for source, more in corpus.unlisted()
    ]
    if not corpus.articles:
        first = str(corpus.rejects[0]) if corpus.rejects else "no article found"
        raise InputError(first + (f" (and {len(corpus.rejects) - 1} more)" if len(corpus.rejects) > 1 else ""))
    return corpus


def _stored(shard: Shard, store: Store, corpus: Corpus) -> Summary | None:
    """What an earlier build has made of the shard."""
    summary = store.summary(shard.key)
    if summary is None:
        return None
    corpus.reused_shards += 1
    return summary._replace(seconds=0.0)


def _work(shard: Shard, options: Options, store: Store) -> Summary:
    result = extract_shard(shard.items, options)
    store.save(shard.key, result)
    return result.summary


def _without_taken(shard: Shard, summary: Summary, taken: frozenset[str], options: Options, store: Store) -> tuple[str, Summary]:
    """The shard's result again without the articles whose identifier an earlier shard has used; rarely needed."""
    if not taken:
        return shard.key, summary
    key = hashlib.blake2b("\0".join([shard.key, *sorted(taken)]).encode(), digest_size=20).hexdigest()
    stored = store.summary(key)
    if stored is None:
        result = extract_shard(shard.items, options, taken)
        store.save(key, result)
        stored = result.summary
    return key, stored


def _count(corpus: Corpus, summary: Summary) -> None:
    corpus.articles += len(summary.article_ids)
    corpus.characters += summary.characters
    corpus.undated += len(summary.undated)
    corpus.first_undated += summary.undated[: MOST_NAMED - len(corpus.first_undated)]
    corpus.warnings += summary.warnings
    corpus.shards += 1
    corpus.worker_seconds += summary.seconds


def _rejects(shard: Shard, summary: Summary) -> Iterator[Reject]:
    for index, reason in summary.rejects:
        item = shard.items[index]
        yield Reject(item.source, item.place, reason) if isinstance(item, Unit) else item
