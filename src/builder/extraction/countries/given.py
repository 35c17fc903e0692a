"""A country and what told it."""

from typing import NamedTuple


class Given(NamedTuple):
    """A country and the rule that gave it; see :data:`builder.extraction.countries.RULES`."""

    country_iso3: str | None
    rule: str | None


UNKNOWN = Given(None, None)
