/** The list of articles: search in titles, publishers, names and texts, sort by any column. `href(id)` leads to an article. */
function articleList(rows, href) {
  const count = (name) => (row) => row.counts[name];
  const list = sortableTable({
    caption: "Articles",
    filterLabel: "Search",
    columns: [
      {
        label: "Title",
        of: (row) => row.values.title ?? row.id,
        cell: (row, title) => element("a", { href: href(row.id) }, foreign(title)),
      },
      { label: "Publisher", of: (row) => row.values.publisher },
      { label: "Published", of: (row) => row.values.published },
      { label: "Quotes", of: count("quotes") },
      { label: "Participants", of: count("participants") },
      { label: "Agencies", of: count("agencies") },
      { label: "Dates", of: count("dates") },
    ],
    items: rows.map((row) => ({ ...row, search: [row.id, ...row.names, row.text].join("\n") })),
  });
  return element(
    "div",
    { class: "list" },
    element("h1", { tabindex: "-1" }, "Articles"),
    element(
      "p",
      { class: "lead" },
      `${plural(rows.length, "article")}. Search by title, publisher, the name of a participant or an agency${DATA.list ? "" : ", or any word of the text"}.`,
    ),
    list.node,
  );
}

/** A list entry of an article that stands in this file. */
function entryOf(packed) {
  const name = (table) => DATA.tables[table].columns.indexOf("name");
  const names = ["participants", "agencies"].flatMap((table) => packed.rows[table].map((cells) => cells[name(table)]));
  const counts = Object.fromEntries(Object.entries(packed.rows).map(([table, rows]) => [table, rows.length]));
  return { id: packed.id, row: packed.rows.articles[0], names, counts, text: packed.text };
}
