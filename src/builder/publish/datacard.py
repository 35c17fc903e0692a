"""``docs/data-card.md``: where a dataset comes from, how it was coded, how far it can be trusted, and under what terms."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from builder import __version__
from builder.publish import accuracy
from builder.publish.citation import apa
from builder.publish.metadata import described_metadata

DATA_CARD_FILE = "docs/data-card.md"

_CARD = """# Data card: {title}

Version {version}, made by article-tables {builder}. This page is made by `builder build` from `datapackage.json`.

{statement}

## Collection

{sources}

Each text stands in `articles.text` as it was received (null where it may not be passed on): decoded as UTF-8, line ends as line
feeds, nothing else changed. Its SHA-256 is in `articles.sha256`.

## Contents

| table | rows |
|---|---|
{rows}

The [codebook](codebook.md) says what each column holds, with an example, and lists the rules.

## Coding

{coding}The rows were read from the texts by rules and by small trained models that ship with the builder; the
column `rule` names what made each row. A verbatim column repeats the text of its span, character for character, and every
build proves it. The rows of an article stand for what that article says: two articles' participants or agencies are never
merged, though `registry_key` and equal names let a reader do so.

## Accuracy

{accuracy}

## Licence

The tables: {license}. Quoted text belongs to its publishers; it is reproduced as evidence, so that each row can be checked.

## Known limits

- English news prose. Other languages are not refused, and are read badly.
- Reported speech without quotation marks (`kind = indirect`) is the least certain table content.
- Pronouns are resolved only where a quote needs its speaker.
- Dates outside the Gregorian calendar are not read; a relative date without a publication date stays unresolved.
- Who is a party and who is only named is decided from the article's own words.

## What was not validated

- That what the articles say is true, or that a quote was said.
- That the publishers' texts are complete and unchanged.
- The speaker of every quote, row by row: the figures above are of other texts.
- Country codes and kinds of agencies, beyond the builder's own word lists.

## Citing

{citation}

One row is cited by its key and its span: `builder cite ROW_ID`.
"""


def data_card(descriptor: Mapping[str, Any], rows: Mapping[str, int], coding: Iterable[str] = ()) -> str:
    """``rows`` counts each table's; ``coding`` are lines about what people decided."""
    judged = "\n".join(coding)
    metadata = described_metadata(descriptor)
    return _CARD.format(
        coding=f"{judged}\n\n" if judged else "No person coded these rows. ",
        title=metadata.title,
        version=metadata.version,
        builder=__version__,
        statement=metadata.statement,
        sources="\n".join(f"- {source.title}" + (f" (`{source.path}`)" if source.path else "") for source in metadata.sources),
        rows="\n".join(f"| {name} | {count:,} |" for name, count in rows.items()),
        accuracy="\n".join(_accuracy()),
        license=f"[{metadata.license}]({descriptor['licenses'][0]['path']})",
        citation=apa(metadata),
    )


def _accuracy() -> Iterator[str]:
    """The builder's figures on public corpora; a dataset has none of its own."""
    yield f"Of this dataset nothing was measured. {accuracy.HOLDS_FOR}\n"
    yield from accuracy.figure_rows()
    yield "\nRules were tried on the development texts, so that their figures are upper estimates; those who write them never see"
    yield "the texts that are kept apart."
