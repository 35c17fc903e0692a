"""Makes the lexicon of month names in the languages that newspaper databases write their dates in, from the CLDR.

Run: ``pip install babel`` and ``python training/lexicons/months.py``. The file is committed; run this only to change it.
"""

from pathlib import Path

from babel import Locale

LEXICON = Path(__file__).parent.parent.parent / "src" / "builder" / "knowledge" / "lexicon" / "month-names.tsv"
LANGUAGES = ("en", "de", "es", "fr", "it", "nl", "pt", "da", "sv", "no")


def main() -> None:
    rows = {
        (names[month].rstrip(".").lower(), month)
        for language in LANGUAGES
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for names in [Locale(language).months[context][width]]
        for month in names
    }
    rows |= {("sept", 9)}
    months: dict[str, set[int]] = {}
    for name, month in rows:
        months.setdefault(name, set()).add(month)
    lines = [f"{name}\t{min(of)}" for name, of in sorted(months.items()) if len(of) == 1]
    head = f"# source: CLDR (Unicode License v3) by babel, names of months in {', '.join(LANGUAGES)}, in small letters"
    LEXICON.write_text("\n".join([head, "name\tmonth", *lines]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
