"""Identifiers of articles that are taken, for a corpus of any size: in a temporary database, of which little is in memory."""

import sqlite3
from collections.abc import Sequence

from builder.errors import PublishError


class TakenIdentifiers:
    def __init__(self) -> None:
        self._database = sqlite3.connect("")
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("CREATE TABLE taken (article_id TEXT PRIMARY KEY, claim INTEGER) WITHOUT ROWID")
        self._claims = 0

    def claim(self, article_ids: Sequence[str]) -> frozenset[str]:
        """Take identifiers, no two of them equal, and return those that an earlier call has taken. Raises PublishError."""
        self._claims += 1
        before = self._database.total_changes
        try:
            rows = ((article_id, self._claims) for article_id in article_ids)
            self._database.executemany("INSERT OR IGNORE INTO taken VALUES (?, ?)", rows)
            if self._database.total_changes - before == len(article_ids):
                return frozenset()
            return frozenset(article_id for article_id in article_ids if self._claim_of(article_id) != self._claims)
        except sqlite3.Error as error:
            raise PublishError(f"identifiers of articles, in a temporary file: {error}; the package is as it was") from error

    def _claim_of(self, article_id: str) -> int:
        (claim,) = self._database.execute("SELECT claim FROM taken WHERE article_id = ?", (article_id,)).fetchone()
        return int(claim)
