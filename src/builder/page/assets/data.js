const DATA = JSON.parse(document.getElementById("data").textContent);

/** Cuts by code points, in which all offsets count; a text without astral characters is cut as it is. */
function slicer(text) {
  if (!/[\ud800-\udfff]/.test(text)) return (start, end) => text.slice(start, end);
  const points = Array.from(text);
  return (start, end) => points.slice(start, end).join("");
}

function unpackRow(table, cells, article) {
  const about = DATA.tables[table];
  const row = { table, key: null, values: {} };
  about.columns.forEach((column, place) => (row.values[column] = cells[place]));
  row.values.article_id = article.id;
  for (const column of [about.key, ...Object.keys(about.references)]) {
    if (column !== "article_id" && row.values[column] !== null) row.values[column] = `${article.id}.${row.values[column]}`;
  }
  for (const [column, [start, end]] of Object.entries(about.spans)) {
    if (article.slice && row.values[column] === null && row.values[start] !== null) {
      row.values[column] = article.slice(row.values[start], row.values[end]);
    }
  }
  row.key = row.values[about.key];
  return row;
}

/** An article with its rows as objects: `rows` by table, `byKey` by table and key. */
function unpackArticle(packed) {
  const article = {
    id: packed.id,
    text: packed.text,
    slice: packed.text === null ? null : slicer(packed.text),
    rows: {},
    byKey: {},
  };
  for (const [table, rows] of Object.entries(packed.rows)) {
    article.rows[table] = rows.map((cells) => unpackRow(table, cells, article));
    article.byKey[table] = new Map(article.rows[table].map((row) => [row.key, row]));
  }
  article.about = article.rows.articles[0].values;
  return article;
}

/** The row that a foreign key of `row` points at, or null. */
function referred(article, row, column) {
  return article.byKey[DATA.tables[row.table].references[column]].get(row.values[column]) ?? null;
}

/** Whose quote, mention or side of an affiliation the row is: a participant, an agency, or null. */
function whose(article, row) {
  return referred(article, row, "participant_id") ?? referred(article, row, "agency_id");
}

/** The row of this key in whichever table has it first, or null. */
function rowOf(article, key) {
  for (const rows of Object.values(article.byKey)) if (rows.has(key)) return rows.get(key);
  return null;
}

function listRow(entry) {
  const row = { id: entry.id, counts: entry.counts, names: entry.names, text: entry.text, values: {} };
  DATA.tables.articles.columns.forEach((column, place) => (row.values[column] = entry.row[place]));
  return row;
}
