"""Makes the lexicon of the order in which the countries of the world write day and month in figures, from the CLDR.

Run: ``pip install babel pycountry`` and ``python training/lexicons/day_orders.py``. The file is committed; run this only to
change it. A country that writes the year first tells nothing of 5/6/2020 and has no row.
"""

from pathlib import Path

import pycountry
from babel import Locale, UnknownLocaleError
from babel.core import get_global

LEXICON = Path(__file__).parent.parent.parent / "src" / "builder" / "knowledge" / "lexicon" / "day-orders.tsv"


def order_in(territory: str) -> str | None:
    """The order of the short date, in the country's English if the CLDR has it, else in its first language."""
    likely = get_global("likely_subtags").get(f"und_{territory}", "und").split("_")[0]
    for language in ("en", likely):
        try:
            pattern = Locale(language, territory).date_formats["short"].pattern
        except UnknownLocaleError:
            continue
        letters = "".join(dict.fromkeys(letter for letter in pattern if letter in "dMy"))
        return {"dMy": "dmy", "Mdy": "mdy"}.get(letters)
    return None


def main() -> None:
    rows = [(country.alpha_2, country.alpha_3, order_in(country.alpha_2)) for country in pycountry.countries]
    lines = ["\t".join(row) for row in sorted(rows) if row[2]]
    head = "# source: CLDR (Unicode License v3) by babel, short dates; ISO 3166-1 codes by pycountry"
    LEXICON.write_text("\n".join([head, "territory\tcountry_iso3\torder", *lines]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
