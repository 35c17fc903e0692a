"""How names of one body relate: same name in other words, acronym, short form."""

from builder.extraction.agencies.kinds import LEGAL_FORMS, heads
from builder.knowledge.bodies import fold
from builder.knowledge.countries import country_of

_INVERTIBLE = frozenset(("department", "dept", "ministry"))
_SHORTEST_INITIALS = 2
_SHORTEST_CONTRACTION = 4
_MOST_WORDS = 10
_LINKS = frozenset("of the for and on in to de la du des der & a".split())


def canonical(name: str) -> str:
    """Equal for names that differ only in article, apostrophe, legal form or the order of "Department of State"."""
    words = [word.strip(".,") for word in fold(name).lower().replace("&", "and").split()]
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words.pop()
    if len(words) > 1 and words[-1] in _INVERTIBLE:
        words = [words[-1], "of", *words[:-1]]
    return " ".join(words).replace(" of the ", " of ")


def is_acronym(name: str) -> bool:
    """ "NATO", "U.N.", "AfD", "SDLP": one word, mostly capitals."""
    if " " in name:
        return False
    letters = [c for c in name if c.isalpha()]
    capitals = sum(map(str.isupper, letters))
    return 2 <= len(letters) <= 8 and capitals >= 2 and capitals * 2 > len(letters)


def initials(name: str) -> tuple[str, str]:
    """The capitals of a name's words, without and with those of its linking words: "Bank of Japan" -> ("bj", "boj")."""
    words = [word for part in name.split() for word in part.split("-") if word and word[0].isalpha()]
    return "".join(w[0] for w in words if w.lower() not in _LINKS).lower(), "".join(w[0] for w in words).lower()


def letters_of(acronym: str) -> str:
    return "".join(c for c in acronym if c.isalpha()).lower()


def contracts(word: str, name: str) -> bool:
    """ "Afreximbank" of "African Export-Import Bank": a word whose letters stand in the name, in order, the first one first."""
    letters = iter(letters_of(fold(name)))
    short = letters_of(word)
    if not _SHORTEST_CONTRACTION <= len(short) < len(name) or " " in word or short[0] != letters_of(fold(name))[0]:
        return False
    return all(letter in letters for letter in short)


def is_part_of_name(form: str, name: str) -> bool:
    """Whether all words of ``form`` belong to ``name``."""
    return _content(form) <= _content(name)


def _content(name: str) -> frozenset[str]:
    return frozenset(word.strip(".,'s") for word in fold(name).lower().split() if word not in _LINKS)


def edge_words(name: str) -> tuple[str, str]:
    """Equal for names with the same first word, and for names with the same last word; the two are never equal."""
    words = fold(name).lower().split()
    return f"{words[0]} ", f" {words[-1]}"


def short_forms(name: str) -> tuple[str, ...]:
    """What may stand for a name of several words later: its initials in capitals; its beginnings and ends in small letters."""
    words = fold(name).lower().split()
    if not 1 < len(name.split()) <= _MOST_WORDS:
        return ()
    parts = []
    for size in range(len(words) - 1, 0, -1):
        parts += [words[:size]] if _is_owner(words, size) else [words[:size], words[-size:]]
    letters = [acronym.upper() for acronym in initials(name) if len(acronym) >= _SHORTEST_INITIALS]
    return *letters, *(" ".join(part) for part in parts if part[0] not in _LINKS and part[-1] not in _LINKS)


def _is_owner(words: list[str], size: int) -> bool:
    """Whether the last words are another body, to which the one named belongs: "University of the [Chamber of Commerce]"."""
    before = words[-size - 1] if words[-size - 1] != "the" or len(words) < size + 2 else words[-size - 2]
    return before == "of" and not heads().keys().isdisjoint(words[-size:])


def written_short(name: str) -> tuple[str, ...]:
    """The short forms, as :func:`short_forms` writes them, that a name may be."""
    found = (letters_of(name).upper(),) if is_acronym(name) else ()
    return (*found, name.removeprefix("The ").lower()) if _stands_alone(name) else found


def _stands_alone(name: str) -> bool:
    """One word is a short form only where it is a head noun ("the Commission") or says more than where ("Brookings")."""
    return " " in name or name.lower() in heads() or country_of(name) is None
