"""Turns news articles into checked, citable tables of participants, agencies, quotes and dates."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from builder.api import extract
    from builder.pipeline import build
    from builder.publish.joining import joined
    from builder.publish.loading import load

__version__ = "0.2.0"
__released__ = "2026-12-01"
__all__ = ["__released__", "__version__", "build", "extract", "joined", "load"]

_MODULES = {
    "build": "builder.pipeline",
    "extract": "builder.api",
    "joined": "builder.publish.joining",
    "load": "builder.publish.loading",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for on first use: reading a package needs no extraction, and the command starts quickly."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415

    return getattr(import_module(_MODULES[name]), name)
