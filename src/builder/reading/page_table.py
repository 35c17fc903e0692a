"""A table of addresses beside saved pages, as GDELT and Media Cloud export it: its word goes before the page's own."""

import sqlite3
from collections.abc import Callable

from builder.errors import InputError
from builder.reading.addresses import addresses_of, same_address
from builder.reading.columns import Columns, arranged
from builder.reading.json_files import json_object
from builder.reading.rejects import Reject
from builder.reading.units import Found, Unit


class PageTable:
    """The rows by address, in a temporary database, of which little is in memory however long the table is."""

    def __init__(self, name: str, rows: Found, columns: Columns, note: Callable[[str, str], None]) -> None:
        """Raises InputError where the table has no row with an address."""
        self._name, self._note = name, note
        self._rejects: list[Reject] = []
        self._database = sqlite3.connect("")
        self._database.execute(
            "CREATE TABLE pages (address TEXT PRIMARY KEY, number INTEGER, place TEXT, fields BLOB, used INTEGER) WITHOUT ROWID"
        )
        for number, row in enumerate(rows, 1):
            self._rejects += [row] if isinstance(row, Reject) else self._add(row, number, columns)
        if not self._database.execute("SELECT count(*) FROM pages").fetchone()[0]:
            first = f": {self._rejects[0]}" if self._rejects else ""
            raise InputError(f"{name}: no row with the address of a page{first}")

    def _add(self, row: Unit, number: int, columns: Columns) -> list[Reject]:
        """Why the row is of no use; nothing where it is."""
        try:
            fields, _ = arranged(json_object(row.raw), columns, needs_text=False)
        except InputError as error:
            return [Reject(row.source, row.place, str(error))]
        url = fields.get("url")
        address = same_address(url) if isinstance(url, str) else None
        if address is None:
            return [Reject(row.source, row.place, "no address of a page; --url-column names the column that holds it")]
        raw = row.raw.strip()
        entry = (address, number, row.place, raw)
        added = self._database.execute("INSERT OR IGNORE INTO pages VALUES (?, ?, ?, ?, 0)", entry).rowcount
        if added:
            return []
        place, other = self._database.execute("SELECT place, fields FROM pages WHERE address = ?", (address,)).fetchone()
        return [] if raw == other else [Reject(row.source, row.place, f"the same address as {place}, which holds")]

    def joined(self, unit: Unit) -> Unit:
        """A page with the row of its address; one without is noted, and stays as it is."""
        for address in addresses_of(unit.raw, unit.source):
            if found := self._row_of(address):
                return unit._replace(kind="page", raw=found + b"\n" + unit.raw)
        self._note(unit.source, f"no row of {self._name} has its address; what the page says of itself holds")
        return unit

    def _row_of(self, address: str) -> bytes | None:
        same = same_address(address)
        if same is None:
            return None
        found = self._database.execute("SELECT fields FROM pages WHERE address = ?", (same,)).fetchone()
        if found is None:
            return None
        self._database.execute("UPDATE pages SET used = 1 WHERE address = ?", (same,))
        raw: bytes = found[0]
        return raw

    def unused(self) -> Found:
        """Rows that were of no use, and those whose page was not there."""
        yield from self._rejects
        for (place,) in self._database.execute("SELECT place FROM pages WHERE NOT used ORDER BY number"):
            yield Reject(self._name, place, "no saved page has this address; nothing is fetched")
