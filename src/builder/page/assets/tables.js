/** The columns that the reading tables show; the first one leads to the place in the text. */
const SHOWN = {
  quotes: [
    ["Speaker", (article, row) => speakerOf(article, row) ?? "–"],
    ["Quote", (article, row) => row.values.text],
    ["Kind", (article, row) => row.values.kind],
    ["Said on", (article, row) => (row.values.date_id === null ? null : daysOf(referred(article, row, "date_id")))],
    ["Said to", (article, row) => nameOf(article, row, "addressee_agency_id")],
  ],
  participants: [
    ["Name", (article, row) => row.values.name],
    ["Kind", (article, row) => row.values.kind],
    ["Role", (article, row) => row.values.role],
    ["Country", (article, row) => row.values.country_iso3],
    ["Mentions", (article, row) => countOf(article.rows.mentions, "participant_id", row.key)],
    ["Quotes", (article, row) => countOf(article.rows.quotes, "participant_id", row.key)],
  ],
  agencies: [
    ["Name", (article, row) => row.values.name],
    ["Kind", (article, row) => row.values.kind],
    ["Part of", (article, row) => nameOf(article, row, "parent_agency_id")],
    ["Country", (article, row) => row.values.country_iso3],
    ["Mentions", (article, row) => countOf(article.rows.mentions, "agency_id", row.key)],
    ["Quotes", (article, row) => countOf(article.rows.quotes, "agency_id", row.key)],
  ],
  dates: [
    ["Expression", (article, row) => row.values.text],
    ["Type", (article, row) => row.values.type],
    ["Value", (article, row) => row.values.value],
    ["Days meant", (article, row) => daysOf(row)],
  ],
  affiliations: [
    ["Participant", (article, row) => nameOf(article, row, "participant_id")],
    ["Relation", (article, row) => row.values.relation],
    ["Agency", (article, row) => nameOf(article, row, "agency_id")],
  ],
  mentions: [
    ["Mention", (article, row) => row.values.text],
    ["Refers to", (article, row) => whose(article, row)?.values.name],
    ["Form", (article, row) => row.values.form],
  ],
};

function countOf(rows, column, key) {
  if (!rows.counts) rows.counts = {};
  if (!rows.counts[column]) {
    rows.counts[column] = new Map();
    for (const { values } of rows) rows.counts[column].set(values[column], (rows.counts[column].get(values[column]) ?? 0) + 1);
  }
  return rows.counts[column].get(key) ?? 0;
}

const LONGEST_NARROW = 12;

const compare = new Intl.Collator("en", { numeric: true, sensitivity: "base" }).compare;

/**
 * A table that filters and sorts. `columns` are `{label, of(item), cell(item, value)?}`; every item has an `id`, by which
 * `line(id)` finds its table row.
 */
function sortableTable({ caption, columns, items, onrow, filterLabel = "Filter" }) {
  const lines = items.map((item, place) => tableLine(item, place, columns, onrow));
  const body = element("tbody", {}, ...lines.map((line) => line.node));
  const count = element("p", { class: "count", role: "status" }, countText(lines.length, lines.length));
  const filter = element("input", {
    type: "search",
    class: "filter",
    placeholder: filterLabel,
    "aria-label": `${filterLabel} ${caption.toLowerCase()}`,
    autocomplete: "off",
    spellcheck: "false",
    oninput: () => {
      const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const line of lines) line.node.hidden = !words.every((word) => line.haystack.includes(word));
      count.textContent = countText(lines.filter((line) => !line.node.hidden).length, lines.length);
    },
  });
  const heads = columns.map((column, place) =>
    element(
      "th",
      { scope: "col", class: typeof lines[0]?.cells[place] === "number" ? "number" : null },
      element("button", { type: "button", onclick: () => sortBy(place) }, column.label),
    ),
  );

  function sortBy(place) {
    const down = heads[place].getAttribute("aria-sort") === "ascending";
    heads.forEach((head, other) =>
      other === place ? head.setAttribute("aria-sort", down ? "descending" : "ascending") : head.removeAttribute("aria-sort"),
    );
    const order = (one, other) => compareCells(one.cells[place], other.cells[place], down ? -1 : 1) || one.place - other.place;
    body.append(...[...lines].sort(order).map((line) => line.node));
  }

  const table = element(
    "table",
    {},
    element("caption", { class: "unseen" }, caption),
    element("thead", {}, element("tr", {}, ...heads)),
    body,
  );
  const byId = new Map(lines.map((line) => [line.id, line.node]));
  return {
    node: element(
      "div",
      { class: "sortable" },
      element("div", { class: "controls" }, filter, count),
      element("div", { class: "scroller" }, table),
    ),
    line: (id) => byId.get(id),
  };
}

/** Empty cells come last in either direction. */
function compareCells(one, other, direction) {
  if (one === null || other === null) return (one === null) - (other === null);
  return direction * (typeof one === "number" ? one - other : compare(one, other));
}

function countText(shown, all) {
  return shown === all ? plural(all, "row") : `${shown.toLocaleString("en")} of ${plural(all, "row")}`;
}

function tableLine(item, place, columns, onrow) {
  const cells = columns.map((column) => column.of(item) ?? null);
  const node = element("tr", { onclick: onrow ? (event) => event.target.closest("a") || onrow(item) : null });
  columns.forEach((column, at) => {
    const value = cells[at];
    const content = column.cell ? column.cell(item, value) : value === null ? null : foreign(String(value));
    node.append(element("td", { class: cellClass(value), "data-label": column.label }, content));
  });
  const haystack = [...cells, item.search]
    .filter((cell) => cell !== null && cell !== undefined)
    .join("\n")
    .toLowerCase();
  return { id: item.id, place, cells, node, haystack };
}

function cellClass(value) {
  if (typeof value === "number") return "number";
  return value !== null && value.length <= LONGEST_NARROW ? "narrow" : null;
}

/** The article's tables as tabs; each is made when first shown. Returns `{node, show(row)}`. */
function articleTables(article, select) {
  const names = Object.keys(SHOWN);
  const made = {};
  const tabs = names.map((name) => tabOf(name));
  const panels = names.map((name) =>
    element(
      "div",
      { role: "tabpanel", id: `:panel-${name}`, "aria-labelledby": `:tab-${name}`, hidden: true },
      element("h3", { class: "print-only" }, DATA.tables[name].title),
    ),
  );

  function tabOf(name) {
    const rows = article.rows[name].length;
    return element(
      "button",
      {
        role: "tab",
        type: "button",
        id: `:tab-${name}`,
        "aria-controls": `:panel-${name}`,
        class: KIND[name] ?? null,
        onclick: () => open(name),
        onkeydown: walk,
      },
      DATA.tables[name].title,
      " ",
      element("span", { class: "badge" }, String(rows)),
    );
  }

  function walk(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const place = (tabs.indexOf(event.currentTarget) + step + tabs.length) % tabs.length;
    open(names[place]);
    tabs[place].focus();
  }

  function make(name) {
    const said = SHOWN[name].filter(
      ([, of], place) => place === 0 || article.rows[name].some((row) => (of(article, row) ?? null) !== null),
    );
    const columns = said.map(([label, of], place) => ({
      label,
      of: (row) => of(article, row),
      cell: place === 0 ? (row, value) => rowLink(row, select, foreign(String(value ?? row.key))) : undefined,
    }));
    const items = article.rows[name].map((row) => Object.assign(row, { id: row.key, search: `${row.values.rule} ${row.key}` }));
    made[name] = sortableTable({ caption: DATA.tables[name].title, columns, items, onrow: select });
    panels[names.indexOf(name)].append(made[name].node);
  }

  function open(name) {
    if (!made[name]) make(name);
    names.forEach((other, place) => {
      tabs[place].setAttribute("aria-selected", String(other === name));
      tabs[place].tabIndex = other === name ? 0 : -1;
      panels[place].hidden = other !== name;
    });
  }

  const node = element(
    "section",
    { class: "tables", "aria-label": "Tables" },
    element("h2", { class: "unseen" }, "Tables"),
    element("div", { role: "tablist", "aria-label": "Tables" }, ...tabs),
    ...panels,
  );
  open("quotes");
  return {
    node,
    makeAll: () => names.filter((name) => !made[name]).forEach(make),
    show(row) {
      if (!(row.table in SHOWN)) return;
      open(row.table);
      markLine(node, made[row.table].line(row.key));
    },
    clear: () => markLine(node, null),
  };
}

function markLine(tables, line) {
  for (const other of tables.querySelectorAll("tr[aria-current]")) other.removeAttribute("aria-current");
  if (!line) return;
  line.hidden = false;
  line.setAttribute("aria-current", "true");
  const scroller = line.closest(".scroller");
  scroller.scrollTop = line.offsetTop - scroller.clientHeight / 3;
}
