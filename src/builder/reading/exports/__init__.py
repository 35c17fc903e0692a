"""Downloads of newspaper databases: one file, many articles."""

from collections.abc import Callable, Iterator, Mapping

from builder.reading.exports import factiva, nexis, proquest
from builder.reading.exports.lines import Exported, Lines

_DATABASES: Mapping[str, tuple[Callable[[list[str]], bool], Callable[[Lines], Iterator[Exported]]]] = {
    "Nexis": (nexis.is_nexis, nexis.articles),
    "Factiva": (factiva.is_factiva, factiva.articles),
    "ProQuest": (proquest.is_proquest, proquest.articles),
}


def exported(source: Lines) -> Iterator[Exported] | None:
    """The articles of a download; None for a text that is none."""
    for recognised, articles in _DATABASES.values():
        if recognised(source.lines):
            return articles(source)
    return None
