/** What a row says, in words; all functions take rows as `unpackRow` makes them. */
const NOUN = {
  articles: "Article", participants: "Participant", agencies: "Agency", affiliations: "Affiliation", quotes: "Quote", dates: "Date", mentions: "Mention",
};

function nameOf(article, key) {
  return article.byKey.get(key)?.values.name ?? null;
}

/** The resolved speaker, else the words that the article gives for one, else null. */
function speakerOf(article, quote) {
  const { participant_id: participant, agency_id: agency, speaker } = quote.values;
  return nameOf(article, participant) ?? nameOf(article, agency) ?? speaker;
}

function daysOf(date) {
  const { date_start: first, date_end: last } = date.values;
  if (first === null) return null;
  return first === last ? first : `${first} to ${last}`;
}

function headline(article, row) {
  const { values } = row;
  switch (row.table) {
    case "quotes": return speakerOf(article, row) ?? "Nobody named";
    case "affiliations": return `${nameOf(article, values.participant_id)} – ${nameOf(article, values.agency_id)}`;
    case "mentions": return nameOf(article, values.participant_id ?? values.agency_id);
    case "articles": return values.title ?? values.article_id;
    default: return values.name ?? values.text;
  }
}

/** Sentences about the row as strings; the first one tells its kind. */
function facts(article, row) {
  const { values } = row;
  return FACTS[row.table](article, values).filter((fact) => fact !== null && fact !== "");
}

const FACTS = {
  quotes: (article, values) => [
    `${values.kind} quote, ${attribution(values)}`,
    values.addressee_agency_id && `said to ${nameOf(article, values.addressee_agency_id)}`,
    values.date_id && `said ${whenSaid(article, values.date_id)}`,
  ],
  participants: (article, values) => [[values.kind, values.country_iso3].filter(Boolean).join(", "), values.role],
  agencies: (article, values) => [
    [values.kind, values.country_iso3].filter(Boolean).join(", "),
    values.parent_agency_id && `part of ${nameOf(article, values.parent_agency_id)}`,
    values.registry_key && `known body, registry key ${values.registry_key}`,
  ],
  affiliations: (article, values) => [values.relation],
  dates: (article, values) => [
    [values.type.toLowerCase(), values.value].join(" "),
    values.date_start && daysOf({ values }),
    values.anchor_date_id && `counted from ${article.byKey.get(values.anchor_date_id)?.values.text}`,
  ],
  mentions: (article, values) => [`“${values.text}”, ${values.form}`],
  articles: (article, values) => [values.publisher, values.published],
};

function attribution(values) {
  if (values.attribution === "unattributed") return "no speaker found";
  if (values.attribution === "continued") return "goes on from the one before";
  return values.speaker ? `speaker given as “${values.speaker}” (${values.attribution})` : values.attribution;
}

function whenSaid(article, key) {
  const date = article.byKey.get(key);
  if (!date) return "";
  const days = daysOf(date);
  return days ? `${date.values.text} (${days})` : date.values.text;
}
