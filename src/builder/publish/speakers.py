"""Who is quoted in a package, over all its articles, with an explained key by which the same person may be put together."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

import pandas as pd

from builder.text.slug import slug

KEY_RULES: Mapping[str, str] = {
    "name": "The whole name and the country: those whose names and countries are equal are offered as one.",
    "name-alone": "A whole name without a country, of which others have one country only.",
    "last-name": "A name of one word that is the last word of the name of one person only of the same or no country.",
    "body": "The key of the registry of a known body, else its name and country.",
}
"""How a ``person_key`` was made. It offers; nobody is merged, and ``ids`` says which rows it puts together."""

COLUMNS = ("person_key", "key_rule", "name", "names", "kind", "country_iso3", "quotes", "articles", "first", "last", "ids")


_TOLD = ["name", "kind", "country_iso3"]


def person_keys(participants: pd.DataFrame) -> pd.DataFrame:
    """``person_key`` and ``key_rule`` of each participant by ``participant_id``, with its name, kind and country."""
    keyed = participants.set_index("participant_id")[_TOLD].astype("string")
    keyed["person_key"] = _keys(keyed)
    keyed["key_rule"] = "name"
    persons = keyed[keyed["kind"] == "person"]
    if len(persons):
        keyed.loc[persons.index, ["person_key", "key_rule"]] = _joined(persons)
    return keyed


def body_keys(agencies: pd.DataFrame) -> pd.DataFrame:
    """The same of each agency by ``agency_id``."""
    keyed = agencies.set_index("agency_id")[_TOLD].astype("string")
    registered = agencies.set_index("agency_id")["registry_key"].astype("string")
    return keyed.assign(person_key=registered.fillna(_keys(keyed)), key_rule="body")


def _keys(rows: pd.DataFrame) -> "pd.Series[str]":
    made = [_key(slug(name), country) for name, country in _cells(rows)]
    return pd.Series(made, rows.index, "string")


def _key(name: str, country: str) -> str:
    return f"{name}.{country.lower()}" if country else name


def _joined(persons: pd.DataFrame) -> list[tuple[str, str]]:
    """Key and rule of persons, where a name that says less is that of another who can be told."""
    rows = [(slug(name), slug(name.split()[-1]), country) for name, country in _cells(persons)]
    countries: defaultdict[str, set[str]] = defaultdict(set)
    for name, last, country in rows:
        if name != last:
            countries[name].add(country)
    whole: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for name, last, country in rows:
        if name != last:
            whole[last].add((name, country or _only(countries[name])))
    found = []
    for name, last, country in rows:
        fitting = [(full, of) for full, of in whole[last] if not country or of in ("", country)] if name == last else []
        if len(fitting) == 1:
            found.append((_key(*fitting[0]), "last-name"))
        elif name != last and not country and _only(countries[name]):
            found.append((_key(name, _only(countries[name])), "name-alone"))
        else:
            found.append((_key(name, country), "name"))
    return found


def _cells(rows: pd.DataFrame) -> Iterator[tuple[str, str]]:
    return zip(rows["name"], rows["country_iso3"].fillna(""), strict=True)


def _only(countries: set[str]) -> str:
    """The one country, where there is one."""
    known = countries - {""}
    return next(iter(known)) if len(known) == 1 else ""


def speakers(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """A row a speaker, the most quoted first; columns :data:`COLUMNS`. Quotes that nobody is known for are left out."""
    quotes = tables["quotes"][["quote_id", "article_id", "participant_id", "agency_id"]]
    quotes = quotes.merge(tables["articles"][["article_id", "published"]], on="article_id")
    keyed = {"participant_id": person_keys(tables["participants"]), "agency_id": body_keys(tables["agencies"])}
    said = [
        quotes.dropna(subset=column).merge(of, left_on=column, right_index=True).assign(id=quotes[column])
        for column, of in keyed.items()
    ]
    rows = pd.concat(said, ignore_index=True)
    if rows.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    found = rows.groupby("person_key", sort=False).agg(
        key_rule=("key_rule", "first"),
        name=("name", fullest),
        names=("name", lambda names: " | ".join(sorted(set(names)))),
        kind=("kind", "first"),
        country_iso3=("country_iso3", "first"),
        quotes=("quote_id", "nunique"),
        articles=("article_id", "nunique"),
        first=("published", "min"),
        last=("published", "max"),
        ids=("id", lambda ids: " ".join(sorted(set(ids)))),
    )
    found = found.reset_index().sort_values(["quotes", "person_key"], ascending=[False, True], ignore_index=True)
    return found[list(COLUMNS)]


def fullest(names: "pd.Series[str]") -> str:
    """The longest name; of equals the last in alphabetical order."""
    longest: str = max(names, key=lambda name: (len(name), name))
    return longest
