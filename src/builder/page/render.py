"""One HTML file for a few articles; a list and one file each for many."""

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from builder.page.payload import Packed, dataset, list_entry, pack_articles, quote_entries, table_descriptions
from builder.tables.arrow import ArrowTables

ONE_FILE_BYTES = 4_500_000
"""Up to this much data, all articles stand in one file, which opens at once and can be sent by mail."""

INDEX = "index.html"
SCRIPTS = ("dom", "data", "marks", "describe", "card", "tables", "voices", "timeline", "list", "quotes", "reader", "main")
"""The page's scripts, each one using only what stands before it."""

_IN_SCRIPT_ELEMENT = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})
_ENVIRONMENT = Environment(
    loader=PackageLoader("builder.page", "assets"), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
)


def reading_pages(
    parts: Sequence[ArrowTables], descriptor: Mapping[str, Any], citation: str, one_file_bytes: int = ONE_FILE_BYTES
) -> Iterator[tuple[str, str]]:
    """File names with their HTML; :data:`INDEX`, which comes last, is the one to open. ``citation`` is a line of plain text.

    ``parts`` are gone through more than once, one part of whole articles after the other.
    """
    articles = chain.from_iterable(map(pack_articles, parts))
    whole, size = [], 0
    for article in articles:
        whole.append(article)
        size += len(_json(article).encode())
        if size > one_file_bytes and len(whole) > 1:
            break
    else:
        yield INDEX, _page(descriptor, citation, {"articles": whole})
        return
    entries = []
    for article in chain(whole, articles):
        entries.append(list_entry(article))
        yield page_name(str(article["id"])), _page(descriptor, citation, {"articles": [article], "index": INDEX})
    names = [_quotes_name(number) for number, _ in enumerate(_quote_parts(parts, one_file_bytes))]
    for number, part in enumerate(_quote_parts(parts, one_file_bytes)):
        yield names[number], _page(descriptor, citation, {"quotes": {**part, "names": names, "here": number}, "index": INDEX})
    yield INDEX, _page(descriptor, citation, {"list": entries, "search": names[0]})


def _quote_parts(parts: Sequence[ArrowTables], most_bytes: int) -> Iterator[Packed]:
    """The quotes of all articles, in files of bounded size: a browser holds one of them at a time."""
    part: Packed = {"articles": [], "rows": []}
    size = 0
    for article, quotes in chain.from_iterable(map(quote_entries, parts)):
        size += len(_json([article, quotes]).encode())
        if size > most_bytes and part["articles"]:
            yield part
            part, size = {"articles": [], "rows": []}, len(_json([article, quotes]).encode())
        part["rows"] += [[len(part["articles"]), *quote] for quote in quotes]
        part["articles"].append(article)
    yield part


def _quotes_name(number: int) -> str:
    """No article's page begins with the mark but that of the article ``index``."""
    return f"_quotes-{number + 1}.html" if number else "_quotes.html"


def page_name(article_id: str) -> str:
    """``index.html`` is the list; no identifier begins with the mark that sets an article of that name apart."""
    return "_index.html" if article_id == "index" else f"{article_id}.html"


def _page(descriptor: Mapping[str, Any], citation: str, content: Packed) -> str:
    style, script = _style(), _script()
    data = {"dataset": dataset(descriptor), "tables": table_descriptions(), **content}
    return _ENVIRONMENT.get_template("page.html.j2").render(
        title=descriptor["title"],
        version=descriptor["version"],
        language="en",
        citation=citation,
        policy=_policy(style, script),
        style=Markup(style),
        script=Markup(script),
        data=Markup(_json(data)),
    )


def _json(content: Any) -> str:
    """JSON that no text can turn into markup: it stands in a ``script`` element as it is."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).translate(_IN_SCRIPT_ELEMENT)


def _policy(style: str, script: str) -> str:
    """Only this very style and script run; nothing is fetched, sent, framed or evaluated."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_fingerprint(style)}'",
            f"script-src '{_fingerprint(script)}'",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def _fingerprint(content: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(content.encode()).digest()).decode()


@cache
def _style() -> str:
    return _asset("page.css")


@cache
def _script() -> str:
    return '"use strict";\n(() => {\n' + "\n".join(_asset(f"{name}.js") for name in SCRIPTS) + "})();\n"


def _asset(name: str) -> str:
    return (files("builder.page") / "assets" / name).read_text(encoding="utf-8")
