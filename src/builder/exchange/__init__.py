"""Annotations to and from other tools; one module a form, with ``write(content, out)``, ``read(path, labels, ...)`` or both."""

from collections.abc import Mapping

EXPORTED: Mapping[str, str] = {
    "web-annotation": "W3C Web Annotation, a line a row, with the texts",
}
"""What each form is, by the name of its module."""

IMPORTED: Mapping[str, str] = {
    "rows": "CSV or JSON lines with the columns of a table",
    "web-annotation": "W3C Web Annotation: JSON, a page, a collection, or a line each",
}
EXTRAS: Mapping[str, str] = {}
