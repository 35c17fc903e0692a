"""The works of others that word lists are made from are named with their licences."""

import re
from pathlib import Path

import builder

ROOT = Path(__file__).parents[1]
WORKS = ("GeoNames", "WordNet", "CLDR", "Faker", "Brill tagger", "SCOWL", "MiniLM", "spacy-lookups-data", "Census", "Factbook")
LICENCE = re.compile(r"\b(?:MIT|CC-BY|Apache|Unicode License|licen[cs]e\b|public domain)", re.IGNORECASE)


def test_every_work_under_a_licence_is_in_the_notice() -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    for path in sorted((Path(builder.__file__).parent / "knowledge" / "lexicon").glob("*.t*")):
        source = path.read_text(encoding="utf-8").splitlines()[0]
        if LICENCE.search(source):
            named = [work for work in WORKS if work.lower() in source.lower()]
            assert named, f"{path.name}: a source that NOTICE does not know: {source}"
            assert all(work in notice for work in named)
