"""How a dataset, or one row of it, is cited: CITATION.cff (1.2.0), BibTeX, APA and CSL-JSON, all from the metadata."""

import json
import re
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.publish.contributors import Contributor
    from builder.publish.metadata import Metadata

CITATION_FILE = "CITATION.cff"
BIBTEX_FILE = "docs/citation.bib"

_TEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "$": r"\$", "&": r"\&", "#": r"\#",
    "%": r"\%", "_": r"\_", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}",
}  # fmt: skip
_LIGATURE = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=[`?!])(?=`)|(?<=,)(?=,)")
_NOT_PRINTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_LONGEST_IN_TITLE = 160


class Style(StrEnum):
    bibtex = "bibtex"
    apa = "apa"
    csl = "csl"
    cff = "cff"


class CitedRow(NamedTuple):
    """A row with what a citation says of it; ``who`` is the speaker as resolved, or as the article names one."""

    key: str
    noun: str
    text: str | None
    start: int | None
    end: int | None
    who: str | None
    article_title: str
    publisher: str | None
    published: date | None
    source: str | None

    @property
    def place(self) -> str:
        """Its span, in words."""
        return "" if self.start is None else f"characters {self.start}–{self.end}"

    @property
    def label(self) -> str:
        """“What it says” (who says it), one line, cut to what a title can hold."""
        if self.text is None:
            return f"{self.noun} {self.key}"
        text = " ".join(self.text.split())
        short = text if len(text) <= _LONGEST_IN_TITLE else text[:_LONGEST_IN_TITLE].rsplit(" ", 1)[0] + " …"
        return f"“{short}”" + (f" ({self.who})" if self.who else "")


def citation_cff(metadata: "Metadata", row: CitedRow | None = None) -> str:
    """As CITATION.cff of type dataset. A row becomes a reference."""
    import yaml  # noqa: PLC0415 (only a project's own package has citation files)

    content = {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite it as below.",
        "type": "dataset",
        "title": metadata.title,
        "abstract": metadata.statement,
        "authors": list(map(_cff_author, metadata.creators)),
        "version": metadata.version,
        "date-released": metadata.released,
        "license": metadata.license,
        "keywords": list(metadata.keywords),
        "doi": metadata.doi,
        "url": metadata.homepage,
        "references": [_reference(row)] if row else None,
    }
    given = {name: value for name, value in content.items() if value}
    text: str = yaml.safe_dump(given, sort_keys=False, allow_unicode=True, width=120)
    return text


def _cff_author(creator: "Contributor") -> dict[str, str]:
    if not creator.family_name:
        return {"name": creator.name}
    author = {
        "family-names": creator.family_name,
        "given-names": creator.given_name,
        "orcid": creator.orcid_address,
        "affiliation": creator.organization,
    }
    return {name: value for name, value in author.items() if value}


def _reference(row: CitedRow) -> dict[str, Any]:
    notes = [f"{row.noun.capitalize()} {row.key}", row.place, row.text and f"“{row.text}”", row.who]
    reference = {
        "type": "newspaper-article",
        "title": row.article_title,
        "authors": [{"name": row.publisher or "Unknown"}],
        "date-published": row.published,
        "url": _url(row.source),
        "notes": "; ".join(note for note in notes if note),
    }
    return {name: value for name, value in reference.items() if value}


def bibtex(metadata: "Metadata", row: CitedRow | None = None) -> str:
    """One entry; ``@misc``, since styles that know ``@dataset`` are few."""
    address = f", \\url{{{_address(metadata.address)}}}" if metadata.address else ""
    fields = {
        "author": " and ".join(map(_bibtex_author, metadata.creators)),
        "title": f"{{{tex(row.label if row else metadata.title)}}}",
        "year": f"{metadata.released:%Y}" if metadata.released else "",
        "version": tex(metadata.version),
        "doi": tex(metadata.doi or ""),
        "howpublished": (f"In: {{{tex(metadata.title)}}}. " if row else "") + "Dataset" + address,
        "note": tex(f"Version {metadata.version}. {_row_note(row)}Licence of the tables: {metadata.license}."),
        "abstract": tex(row.text or "") if row else "",
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@misc{{{row.key if row else metadata.name},\n" + ",\n".join(lines) + "\n}\n"


def _bibtex_author(creator: "Contributor") -> str:
    """A body's name in braces, which hold it together; of a person the family name alone, so that styles can make initials."""
    if not (creator.family_name and creator.given_name):
        return f"{{{tex(creator.name)}}}"
    given = tex(creator.given_name)
    return f"{{{tex(creator.family_name)}}}, " + (f"{{{given}}}" if re.search(r",|\band\b", given) else given)


def _row_note(row: CitedRow | None) -> str:
    return f"{row.noun.capitalize()} {row.key}; {_article(row)}. " if row else ""


def _article(row: CitedRow) -> str:
    """``characters 10–20 of “Title” (Publisher, 2020-07-29)``."""
    from_whom = ", ".join(str(part) for part in (row.publisher, row.published, _url(row.source)) if part)
    where = f"{row.place} of " if row.place else ""
    return f"{where}“{row.article_title}”" + (f" ({from_whom})" if from_whom else "")


def apa(metadata: "Metadata", row: CitedRow | None = None) -> str:
    """One line in the seventh edition's form for a data set; plain text, so nothing is in italics."""
    year = f"{metadata.released:%Y}" if metadata.released else "n.d."
    work = f"{metadata.title} (Version {metadata.version}) [Data set]"
    if row:
        work = f"{row.label} [{row.noun.capitalize()} {row.key}, {_article(row)}]. In {work}"
    return f"{_sentence(_names([c.with_initials for c in metadata.creators]))} ({year}). {work}." + (
        f" {metadata.address}" if metadata.address else ""
    )


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def _names(names: "Sequence[str]") -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + f", & {names[-1]}"


def csl_json(metadata: "Metadata", row: CitedRow | None = None) -> str:
    """A list of one CSL-JSON item; of a row, the ``original-…`` variables tell the article and who spoke."""
    item: dict[str, Any] = {
        "id": metadata.name,
        "type": "dataset",
        "title": metadata.title,
        "author": list(map(_csl_author, metadata.creators)),
        "issued": metadata.released and _date_parts(metadata.released),
        "version": metadata.version,
        "abstract": metadata.statement,
        "keyword": ", ".join(metadata.keywords),
        "DOI": metadata.doi,
        "URL": metadata.homepage,
    }
    if row:
        item |= {
            "id": row.key,
            "title": row.label,
            "container-title": metadata.title,
            "abstract": row.text,
            "section": row.place,
            "original-author": [{"literal": row.who}] if row.who else None,
            "original-title": row.article_title,
            "original-publisher": row.publisher,
            "original-date": row.published and _date_parts(row.published),
            "note": f"{row.noun.capitalize()} {row.key}; {_article(row)}",
        }
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=2) + "\n"


def _csl_author(creator: "Contributor") -> dict[str, str]:
    if creator.family_name and creator.given_name:
        return {"family": creator.family_name, "given": creator.given_name}
    return {"literal": creator.name}


def _date_parts(day: date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]}


def _url(source: str | None) -> str | None:
    """The source where that is a web address, not a file's name."""
    return source if source and source.startswith(("http://", "https://")) else None


def _address(url: str) -> str:
    """An address that ends neither its braces nor its line."""
    return re.sub(r"[\s\\{}%]", lambda found: "\\%" if found[0] == "%" else f"\\%{ord(found[0]):02X}", url)


def tex(text: str) -> str:
    """``text`` as TeX sets it: nothing is a command, a group or a ligature, braces count as BibTeX counts them, one line."""
    clean = _NOT_PRINTED.sub("", " ".join(text.split()))
    return "".join(_TEX.get(c, c) for c in _LIGATURE.sub("\x00", clean)).replace("\x00", "{}")
