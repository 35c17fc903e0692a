"""Who is quoted in a package, over all its articles, with an explained key by which the same person may be put together."""

from collections.abc import Mapping

import pandas as pd

from builder.text.slug import slug

KEY_RULES: Mapping[str, str] = {
    "name": "The whole name and the country: persons whose names and countries are equal are offered as one.",
    "last-name": "A name of one word that is the last word of the name of one person only of the same or no country.",
    "body": "The key of the registry of a known body, else its name and country.",
}
"""How a ``person_key`` was made. It offers; nobody is merged, and ``ids`` says which rows it puts together."""

COLUMNS = ("person_key", "key_rule", "name", "names", "kind", "country_iso3", "quotes", "articles", "first", "last", "ids")


def person_keys(participants: pd.DataFrame) -> pd.DataFrame:
    """``person_key`` and ``key_rule`` of each person by ``participant_id``."""
    persons = participants.loc[participants["kind"] == "person", ["participant_id", "name", "country_iso3"]]
    persons = persons.assign(person_key=[_key(*row) for row in persons[["name", "country_iso3"]].itertuples(index=False)])
    persons["key_rule"] = "name"
    full = persons[persons["name"].str.contains(" ")]
    by_last: dict[str, set[tuple[str, str]]] = {}
    for name, country, key in full[["name", "country_iso3", "person_key"]].itertuples(index=False):
        by_last.setdefault(slug(name.split()[-1]), set()).add((key, "" if pd.isna(country) else country))
    for at in persons.index[~persons["name"].str.contains(" ")]:
        country = persons.at[at, "country_iso3"]
        fitting = {
            key for key, of in by_last.get(slug(persons.at[at, "name"]), ()) if pd.isna(country) or of in ("", country)
        }  # fmt: skip
        if len(fitting) == 1:
            persons.loc[at, ["person_key", "key_rule"]] = [fitting.pop(), "last-name"]
    return persons.set_index("participant_id")[["person_key", "key_rule"]]


def speakers(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """A row a speaker, the most quoted first; columns :data:`COLUMNS`. Quotes that nobody is known for are left out."""
    quotes = tables["quotes"][["quote_id", "article_id", "participant_id", "agency_id"]]
    quotes = quotes.merge(tables["articles"][["article_id", "published"]], on="article_id")
    rows = pd.concat([_of_persons(quotes, tables["participants"]), _of_bodies(quotes, tables["agencies"])], ignore_index=True)
    if rows.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    found = rows.groupby("person_key", sort=False).agg(
        key_rule=("key_rule", "first"),
        name=("name", lambda names: max(names, key=lambda name: (len(name), name))),
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


def _of_persons(quotes: pd.DataFrame, participants: pd.DataFrame) -> pd.DataFrame:
    said = quotes.dropna(subset="participant_id").merge(participants[["participant_id", "name", "kind", "country_iso3"]])
    said = said.merge(person_keys(participants), left_on="participant_id", right_index=True, how="left")
    others = said["person_key"].isna()
    made = [_key(name, country) for name, country in said[["name", "country_iso3"]].itertuples(index=False)]
    said["person_key"] = said["person_key"].where(~others, pd.Series(made, index=said.index, dtype="string"))
    return said.assign(key_rule=said["key_rule"].fillna("name"), id=said["participant_id"])


def _of_bodies(quotes: pd.DataFrame, agencies: pd.DataFrame) -> pd.DataFrame:
    columns = ["agency_id", "name", "kind", "country_iso3", "registry_key"]
    said = quotes.dropna(subset="agency_id").merge(agencies[columns])
    made = [_key(name, country) for name, country in said[["name", "country_iso3"]].itertuples(index=False)]
    keys = said["registry_key"].fillna(pd.Series(made, index=said.index, dtype="string"))
    return said.assign(person_key=keys, key_rule="body", id=said["agency_id"])


def _key(name: str, country: str | None) -> str:
    return f"{slug(name)}.{country.lower()}" if isinstance(country, str) else slug(name)
