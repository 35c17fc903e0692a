"""Articles made of invented sentences, for forms of names that the annotated sets seldom have."""

import re
from pathlib import Path

from name_maker import NameMaker
from renaming import Gold

TEMPLATES = Path(__file__).parent / "names-templates.txt"
_PIECE = re.compile(r"\[([^]]*)\]|(\{[^}]*\})")
_SLOT = re.compile(r"\{(\w)(\d?)(?:\.(\w+))?\}")


class Cast:
    """What the slots of one article stand for; a slot stands for the same in all its sentences."""

    def __init__(self, maker: NameMaker) -> None:
        self._maker = maker
        self._values: dict[str, str] = {}

    def fill(self, text: str) -> str:
        return _SLOT.sub(self._value, text)

    def _value(self, slot: re.Match[str]) -> str:
        letter, number, form = slot[1], slot[2], slot[3]
        if letter == "P":
            return self._person(number, form)
        name = self._values.setdefault(letter + number, self._new(letter))
        if form == "short":
            return "".join(word[0] for word in name.split() if word[0].isupper())
        if form == "club":
            return self._maker.one_of(self._maker.short_bodies)
        return name.upper() if form == "UPPER" else name

    def _person(self, number: str, form: str | None) -> str:
        first = self._values.setdefault(f"first{number}", self._maker.first_name())
        last = self._values.setdefault(f"last{number}", self._maker.surname())
        forms = {"first": first, "last": last, "LAST": last.upper(), "handle": (first + last).replace(" ", "")}
        full = f"{first} {last}"
        return full.upper() if form == "UPPER" else forms.get(form or "", full)

    def _new(self, letter: str) -> str:
        maker = self._maker
        if letter == "B":
            return maker.body()
        if letter == "A":
            return maker.acronym()
        if letter in "WV":
            return maker.word()
        if letter == "Y":
            return str(maker.number(1860, 2019))
        if letter == "D":
            return str(maker.number(2, 900))
        return maker.one_of({"L": maker.cities, "C": maker.countries, "N": maker.peoples, "T": maker.topics}[letter])


def make_articles(count: int, sentences: int) -> list[Gold]:
    """The same articles each time."""
    maker = NameMaker()
    maker.seed(TEMPLATES.name)
    templates = [line for line in TEMPLATES.read_text(encoding="utf-8").split("\n") if line and line[0] != "#"]
    return [_article(Cast(maker), [maker.one_of(templates) for _ in range(sentences)]) for _ in range(count)]


def _article(cast: Cast, templates: list[str]) -> Gold:
    text = ""
    names: list[tuple[int, int, str]] = []
    for template in templates:
        at = 0
        for piece in _PIECE.finditer(template):
            text += template[at : piece.start()]
            filled = cast.fill(piece[0].strip("[]"))
            kind = _kind(piece[0])
            if kind:
                names.append((len(text), len(text) + len(filled), kind))
            text += filled
            at = piece.end()
        text += template[at:] + "\n"
    return Gold(text, names)


def _kind(piece: str) -> str:
    """What a slot or bracket names; empty for what is no person and no organisation."""
    if piece[0] == "[" or piece[1] in "ABW":
        return "organisation"
    return "person" if piece[1] == "P" and ".handle" not in piece else ""
