/** What a row says, in words; all functions take rows as `unpackRow` makes them. */
const NOUN = {
  articles: "Article",
  participants: "Participant",
  agencies: "Agency",
  affiliations: "Affiliation",
  quotes: "Quote",
  dates: "Date",
  mentions: "Mention",
};

/** The name of the participant or agency that a foreign key of the row points at, or null. */
function nameOf(article, row, column) {
  return referred(article, row, column)?.values.name ?? null;
}

/** The resolved speaker, else the words that the article gives for one, else null. */
function speakerOf(article, quote) {
  return whose(article, quote)?.values.name ?? quote.values.speaker;
}

function daysOf(date) {
  const { date_start: first, date_end: last } = date.values;
  if (first === null) return null;
  return first === last ? first : `${first} to ${last}`;
}

function headline(article, row) {
  const { values } = row;
  switch (row.table) {
    case "quotes":
      return speakerOf(article, row) ?? "Nobody named";
    case "affiliations":
      return `${nameOf(article, row, "participant_id")} – ${nameOf(article, row, "agency_id")}`;
    case "mentions":
      return whose(article, row)?.values.name ?? null;
    case "articles":
      return values.title ?? values.article_id;
    default:
      return values.name ?? values.text;
  }
}

/** Sentences about the row as strings; the first one tells its kind. */
function facts(article, row) {
  return FACTS[row.table](article, row, row.values).filter((fact) => fact !== null && fact !== "");
}

const FACTS = {
  quotes: (article, row, values) => [
    `${values.kind} quote, ${attribution(values)}`,
    values.addressee_agency_id && `said to ${nameOf(article, row, "addressee_agency_id")}`,
    values.date_id && `said ${whenSaid(referred(article, row, "date_id"))}`,
  ],
  participants: (article, row, values) => [[values.kind, values.country_iso3].filter(Boolean).join(", "), values.role],
  agencies: (article, row, values) => [
    [values.kind, values.country_iso3].filter(Boolean).join(", "),
    values.parent_agency_id && `part of ${nameOf(article, row, "parent_agency_id")}`,
    values.registry_key && `known body, registry key ${values.registry_key}`,
  ],
  affiliations: (article, row, values) => [values.relation],
  dates: (article, row, values) => [
    [values.type.toLowerCase(), values.value].join(" "),
    daysOf(row),
    values.anchor_date_id && `counted from ${referred(article, row, "anchor_date_id")?.values.text}`,
  ],
  mentions: (article, row, values) => [`“${values.text}”, ${values.form}`],
  articles: (article, row, values) => [values.publisher, values.published],
};

function attribution(values) {
  if (values.attribution === "unattributed") return "no speaker found";
  if (values.attribution === "continued") return "goes on from the one before";
  return values.speaker ? `speaker given as “${values.speaker}” (${values.attribution})` : values.attribution;
}

function whenSaid(date) {
  const days = daysOf(date);
  return days ? `${date.values.text} (${days})` : date.values.text;
}
