"""What a line at the head of an article is: a headline, a byline, the day of publication, the name of a section or site."""

import re
from functools import cache
from pathlib import Path

from builder.text.head.dateline import outlet_words
from builder.text.head.forms import DATE, TIME, is_capitalised
from builder.text.word_list import entries

_MAX_TITLE_WORDS = 30
_MAX_BYLINE_WORDS = 16

_DAY_LINE = re.compile(
    rf"(?:(?:first |last |date )?(?:published|posted|updated|modified|date|issued|released|created|uploaded)(?: on| at)?[: ]+)?"
    rf"(?:{TIME}[,]? (?:on )?)?(?P<day>{DATE}|\d{{4}}[./]\d\d?[./]\d\d?)(?:T[\d:.+Z-]{{4,}})?"
    rf"(?:[,|·•–—/-]? ?[-–—|·•]? ?{TIME})?\.?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\d{4}")
_BYLINE = re.compile(
    r"(?:(?:Reported|Written|Story|Text|Words|Analysis|Report|Posted|Published) )?(?:By|BY|by):? (?=\W?[^\W\d_a-zß-ÿ])"
)
_IN_BYLINES = frozenset(
    "a al and at correspondent da de den der di editor for in news of political reporter staff the van via von with "
    "writer".split()
)
_MAKING = (
    r"(?:reporting|writing|editing|translation|translated|compiled|edited|written|photograph(?:y|s|ed)?|illustrations?)"
    r"(?: and (?:writing|editing|reporting))?"
)
_MADE = r"(?:photos?|photographs?|pictures?|images?|video|illustration|credit|source|photo credits?|image credits?)"
_CREDIT = re.compile(rf"\W?(?:(?:additional |with )?{_MAKING} by\b|(?:file )?{_MADE}(?: by)?(?: ?[:©|/] ?|: )\S)", re.IGNORECASE)
_TAKEN_BY = re.compile(rf"\W?(?:file )?{_MADE} by:? ", re.IGNORECASE)
_CONTRIBUTED = re.compile(
    r" contributed (?:reporting|to th(?:is|e) (?:report|story|article|dispatch))(?: (?:to|from|in) [^.;]+)?\.?\W?$", re.IGNORECASE
)
_OF_SOURCE = re.compile(
    r"\W?(?P<name>[^/|]+?) ?[/|] ?(?:[A-Z]{2,6}|Reuters|(?:[\w.]+ ){0,3}(?:Images|Photos?|Pictures|Pool|Press))\W?", re.ASCII
)
_TURN = re.compile(r"(?:Q|A|QUESTION|ANSWER) ?\d*: ", re.IGNORECASE)
"""Opens a turn of an interview or a transcript."""
_LONGEST_CREDIT = 300
_CRUMBS = re.compile(r" [>»›|] ")


def day_in(line: str) -> tuple[int, int] | None:
    """Where the day stands in a line that holds nothing else but a time and "Published:"; it must have its year."""
    found = _DAY_LINE.fullmatch(line)
    return found.span("day") if found and _YEAR.search(found["day"]) else None


def is_byline(line: str) -> bool:
    """ "By Ann Lee and Tom Hill in OSLO | 3 March 2019"."""
    found = _BYLINE.match(line)
    if not found or line.endswith((".", "?", "!", ":")):
        return False
    return _names_only(line[found.end() :])


def _names_only(words: str) -> bool:
    """Whether they are few and capitalised, but for what joins names in bylines."""
    parts = words.split()
    return len(parts) <= _MAX_BYLINE_WORDS and all(
        is_capitalised(word) or word.lower() in _IN_BYLINES or not word[:1].isalpha() for word in parts
    )


def is_credit(line: str) -> bool:
    """ "(Reporting by Ann Lee; editing by Tom Hill)", "Photo: Nordwire", "Ann Lee/Nord Images"."""
    if len(line) > _LONGEST_CREDIT:
        return False
    taken = _TAKEN_BY.match(line)
    of_source = _OF_SOURCE.fullmatch(line)
    return (
        _CREDIT.match(line) is not None
        or _CONTRIBUTED.search(line) is not None
        or (taken is not None and _names_only(line[taken.end() :]))
        or (of_source is not None and reads_as_name(of_source["name"]))
    )


def reads_as_name(line: str) -> bool:
    """Two to four capitalised words and nothing else, as a byline without "by"."""
    words = line.split()
    return 2 <= len(words) <= 4 and all(map(is_capitalised, words)) and re.sub("[ .'’-]", "", line).isalpha()


def is_chrome(line: str) -> bool:
    """A section, a site's name, a path through it: what a page says beside its article."""
    bare = line.strip("#*|>[]() -–—:").lower()
    return bare in _page_words() or _names_outlet(line) or bool(_CRUMBS.search(line) and _is_path(line))


def _is_path(line: str) -> bool:
    return any(part.strip().lower() in _page_words() or _names_outlet(part.strip()) for part in _CRUMBS.split(line))


def _names_outlet(line: str) -> bool:
    """ "The River Courier"; a headline has words in small letters or is longer."""
    words = line.split()
    return 1 < len(words) <= 4 and words[-1].lower() in outlet_words() and all(map(is_capitalised, words))


def reads_as_title(line: str) -> bool:
    """Whether a line may be a headline: not too long, and no sentence of the report."""
    words = line.split()
    if (
        not 2 <= len(words) <= _MAX_TITLE_WORDS
        or _TURN.match(line)
        or line[:1] in "-–—•*("
        or line.rstrip("”’\"')").endswith((":", ",", ";"))
    ):
        return False
    return not ends_as_sentence(line) or (_is_title_case(words) and not _BYLINE.match(line))


def ends_as_sentence(line: str) -> bool:
    """Whether a line ends with the full stop of a sentence."""
    return line.rstrip("”’\"')").endswith(".") and not line.endswith(("...", "U.S.", "U.N."))


def _is_title_case(words: list[str]) -> bool:
    """All of the longer words but one are capitalised."""
    longer = [word for word in words if len(word) > 3]
    return sum(map(is_capitalised, longer)) >= len(longer) - 1


@cache
def _page_words() -> frozenset[str]:
    """Names of sections and buttons, in small letters."""
    return entries(Path(__file__).with_name("page-words.txt"))
