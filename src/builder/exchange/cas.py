"""UIMA CAS as INCEpTION reads and writes it (https://inception-project.github.io), by way of dkpro-cassis.

Its offsets are UTF-16 code units; cassis converts them. A row is an annotation of the layer ``ArticleRow``, whose type system
goes out with the texts; rows also come back from any layer with a feature ``label`` or ``value``, such as that of named entities.
"""

import json
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.parsers import expat

import cassis

from builder.errors import InputError
from builder.exchange.claimed import (
    Claimed,
    Document,
    Empty,
    Labels,
    Read,
    Refused,
    extra_columns,
    label_of,
    no_label,
    noted_columns,
)
from builder.exchange.files import read_bytes, read_json, text_or_none
from builder.exchange.texts import ArticleRows, articles_of
from builder.export.writing import Content

_ROW = "webanno.custom.ArticleRow"
_ABOUT = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
_TYPES = "TypeSystem.xml"
_SUFFIXES = (".json", ".xmi")
_TEXT = "uima.cas.String"


def write(content: Content, out: Path) -> list[str]:
    types = _types()
    types.to_xml(out / _TYPES)
    for article in articles_of(content):
        _cas(article, types).to_json(out / f"{article.article_id}.json")
    return []


def _types() -> Any:
    types = cassis.TypeSystem()
    row = types.create_type(_ROW, "uima.tcas.Annotation", description="A row of the tables")
    types.create_feature(row, "label", _TEXT, description="TABLE-KIND")
    types.create_feature(row, "columns", _TEXT, description="The row's other columns as JSON")
    about = types.create_type(_ABOUT, "uima.tcas.DocumentAnnotation")
    for name in ("documentId", "documentTitle"):
        types.create_feature(about, name, _TEXT)
    return types


def _cas(article: ArticleRows, types: Any) -> Any:
    cas = cassis.Cas(typesystem=types)
    cas.sofa_string, cas.sofa_mime = article.text, "text/plain"
    name = article.article_id
    cas.add(types.get_type(_ABOUT)(begin=0, end=len(article.text), documentId=name, documentTitle=name))
    row_type = types.get_type(_ROW)
    for table, _, row in article.rows():
        columns = json.dumps(extra_columns(table, row), ensure_ascii=False)
        cas.add(row_type(begin=row["start"], end=row["end"], label=label_of(table, row), columns=columns))
    return cas


def read(path: Path, labels: Labels) -> Iterator[Read]:
    """Of a file, or of all in a folder. Raises InputError for one that is damaged, or has offsets that are no places."""
    for file in _files(path):
        cas = _load(file)
        text = text_or_none(cas.sofa_string)
        if text is None:
            yield Refused(file.name, "no text")
            continue
        annotations = list(cas.select("uima.tcas.Annotation"))
        about = next((each for each in annotations if each.type.name == _ABOUT), None)
        named = [text_or_none(getattr(about, name, None)) for name in ("documentId", "documentTitle")]
        document = Document(next(filter(None, named), file.stem).removesuffix(".txt"), text)
        yield Empty(file.name, document)
        number = 0
        for annotation in annotations:
            label = next(filter(None, (text_or_none(getattr(annotation, name, None)) for name in ("label", "value"))), None)
            if label is not None and annotation is not about:
                number += 1
                yield _claimed(f"{file.name}, annotation {number}", document, text, annotation, label, labels)


def _claimed(place: str, document: Document, text: str, annotation: Any, label: str, labels: Labels) -> Read:
    meaning = labels.meaning(label)
    if meaning is None:
        return Refused(place, no_label(label))
    start, end = annotation.begin, annotation.end
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
        return Refused(place, f"{start} to {end} is no passage of a text of {len(text):,} characters")
    table, kind = meaning
    columns = {**noted_columns([getattr(annotation, "columns", None)]), **kind}
    return Claimed(place, document, table, text[start:end], start, end, columns)


def _files(path: Path) -> list[Path]:
    try:
        files = sorted(each for each in path.iterdir() if each.suffix in _SUFFIXES) if path.is_dir() else [path]
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error
    if not files or any(file.suffix not in _SUFFIXES for file in files):
        raise InputError(f"{path}: no .json or .xmi file of a CAS")
    return files


def _load(file: Path) -> Any:
    types = file.with_name(_TYPES)
    if file.suffix == ".json":
        read_json(file)
    else:
        _refuse_entities(file)
        _refuse_entities(types)
    try:
        with warnings.catch_warnings(), file.open("rb") as source:
            warnings.simplefilter("error")
            if file.suffix == ".json":
                return cassis.load_cas_from_json(source)
            with types.open("rb") as described:
                system = cassis.load_typesystem(described)
            return cassis.load_cas_from_xmi(source, typesystem=system, lenient=True)
    except Exception as error:
        what = " ".join(str(error).split())[:150] or type(error).__name__
        raise InputError(f"{file}: no CAS that can be read: {what}") from error


def _refuse_entities(file: Path) -> None:
    """A document type may define entities that grow without end, and a CAS needs none."""

    def refuse(*_: Any) -> None:
        raise InputError(f"{file}: a document type, which a CAS does not have")

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(read_bytes(file), True)
    except expat.ExpatError as error:
        raise InputError(f"{file}: no XML that can be read: {error}") from None
