"""Countries: which country an article is about, and by which rule a body or a person is given one."""

from builder.extraction.countries.setting import NO_SETTING, Setting, find_setting

__all__ = ["NO_SETTING", "RULES", "Setting", "find_setting"]

RULES: dict[str, str] = {
    "registry": "The country of a known body whose name is its own.",
    "name": "A country, its adjective or a part of it in the name: Bank of Norway, Ohio Health Department.",
    "beside": "A country right before the name or office, or after its “of”: the Norwegian envoy, Russia's Duma.",
    "place": "A city or division of one country alone, in the name or after its “in”: Nagoya University, the court in Bangui.",
    "whole": "The country of the body that this one is a part of, or that the person belongs to.",
    "article": "The country that the article is about, where an office or body is named without one.",
}
"""Which rule gave a row its country (column ``country_rule``); the schemas say in which order they are asked."""
