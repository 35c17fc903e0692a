"""The review page as one HTML file: it fetches nothing, and talks to no one but the server it came from."""

import hashlib
import json
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from builder import __version__
from builder.review.work import Work, table_forms

SCRIPTS = ("dom", "points", "state", "saving", "text", "form", "card", "adding", "queue", "main")
"""Each uses only what stands before it."""

_IN_SCRIPT_ELEMENT = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})
_ENVIRONMENT = Environment(loader=PackageLoader("builder.review", "assets"), autoescape=True, undefined=StrictUndefined)


def review_page(work: Work, coder: str, title: str, options: Mapping[str, Any], post: str | None) -> str:
    """``post`` is where decisions are sent; None for a page from which they are downloaded."""
    style, script = _style(), _script()
    data = {
        "coder": coder,
        "title": title,
        "builder": __version__,
        "post": post,
        "tables": table_forms(),
        "options": dict(options),
        "items": work.items,
        "articles": work.articles,
        "mine": work.mine,
    }
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; base-uri 'none'; form-action 'none'; "
        f"connect-src {chr(39) + 'self' + chr(39) if post else chr(39) + 'none' + chr(39)}; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )
    return _ENVIRONMENT.get_template("review.html.j2").render(
        title=title, policy=policy, style=Markup(style), script=Markup(script), data=Markup(_json(data))
    )


def _json(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).translate(_IN_SCRIPT_ELEMENT)


def _digest(content: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(content.encode()).digest()).decode()


@cache
def _style() -> str:
    """The reading page's own, and what is only here."""
    return _asset("builder.page", "page.css") + _asset("builder.review", "review.css")


@cache
def _script() -> str:
    parts = [_asset("builder.page" if name == "dom" else "builder.review", f"{name}.js") for name in SCRIPTS]
    return '"use strict";\n(() => {\n' + "\n".join(parts) + "})();\n"


def _asset(package: str, name: str) -> str:
    return (files(package) / "assets" / name).read_text(encoding="utf-8")
