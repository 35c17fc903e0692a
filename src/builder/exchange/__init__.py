"""Annotations to and from other tools; one module a form, with ``write(content, out)``, ``read(path, labels, ...)`` or both."""

from collections.abc import Mapping

EXPORTED: Mapping[str, str] = {
    "web-annotation": "W3C Web Annotation, a line a row, with the texts",
    "cas": "UIMA CAS as JSON, as INCEpTION reads it; extra cassis",
    "doccano": "JSON lines for doccano",
    "label-studio": "tasks for Label Studio, and its labelling configuration",
    "brat": ".txt, .ann and annotation.conf for brat",
    "timeml": "the dates as TimeML; one way",
}
"""What each form is, by the name of its module."""

IMPORTED: Mapping[str, str] = {
    "rows": "CSV or JSON lines with the columns of a table",
    "web-annotation": "W3C Web Annotation: JSON, a page, a collection, or a line each",
    "cas": "UIMA CAS: JSON, or XMI with TypeSystem.xml beside it; a file or a folder; extra cassis",
    "doccano": "JSON lines of doccano",
    "label-studio": "JSON of Label Studio",
    "brat": "a .ann file with its .txt, or a folder of them",
    "langextract": "JSON lines of LangExtract",
}
EXTRAS: Mapping[str, str] = {"cas": "cassis"}
