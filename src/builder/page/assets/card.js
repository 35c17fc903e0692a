/** A link that selects a row; its address works in a new window too. */
function rowLink(row, select, ...children) {
  return element("a", { href: `#${row.key}`, onclick: (event) => (event.preventDefault(), select(row)) }, ...children);
}

/** The card of a row: what it says in words, then every column that holds something. */
function rowCard(article, row, mention, select, close) {
  const heading = element("h2", { class: "card-title", tabindex: "-1" }, foreign(headline(article, row) ?? row.key));
  return element(
    "section",
    { class: `card ${KIND[row.table] ?? ""}`, "aria-label": `Selected ${NOUN[row.table].toLowerCase()}` },
    element("button", { class: "close", type: "button", onclick: close, "aria-label": "Close the selected row" }, "×"),
    element("p", { class: "eyebrow" }, NOUN[row.table]),
    heading,
    row.table === "quotes" ? element("blockquote", {}, foreign(row.values.text)) : null,
    factList(article, row, mention),
    element("details", {}, element("summary", {}, "All columns"), columnList(article, row, select)),
  );
}

function factList(article, row, mention) {
  const list = element("ul", { class: "facts" });
  if (mention) list.append(element("li", {}, foreign(facts(article, mention)[0]), `, rule ${mention.values.rule}`));
  for (const fact of facts(article, row)) list.append(element("li", {}, foreign(fact)));
  list.append(element("li", {}, "rule ", element("code", {}, row.values.rule)));
  return list;
}

function columnList(article, row, select) {
  const about = DATA.tables[row.table];
  const list = element("dl", { class: "columns" });
  about.columns.forEach((column, place) => {
    const value = row.values[column];
    if (value === null) return;
    const target = column in about.references ? referred(article, row, column) : null;
    const shown = target ? rowLink(target, select, value) : foreign(String(value));
    list.append(element("dt", { title: about.about[place] }, column), element("dd", {}, shown));
  });
  return list;
}

/** The short form of the card that hovering and focus show. */
const tip = {
  node: document.getElementById("tip"),

  show(article, span, anchor) {
    const { row, mention } = span;
    const lines = mention ? [...facts(article, mention), ...facts(article, row)] : facts(article, row);
    this.node.replaceChildren(
      element("strong", {}, `${NOUN[row.table]}: `, foreign(clipped(headline(article, row) ?? "", 80))),
      ...lines.slice(0, 4).map((line) => element("span", {}, foreign(clipped(line, 160)))),
      element("span", { class: "rule" }, `rule ${(mention ?? row).values.rule}`),
    );
    this.node.hidden = false;
    const box = anchor.getClientRects()[0] ?? anchor.getBoundingClientRect();
    const left = Math.min(box.left, document.documentElement.clientWidth - this.node.offsetWidth - 8);
    const below = box.bottom + 6;
    const fits = below + this.node.offsetHeight < document.documentElement.clientHeight;
    this.node.style.left = `${Math.max(8, left) + scrollX}px`;
    this.node.style.top = `${(fits ? below : Math.max(0, box.top - this.node.offsetHeight - 6)) + scrollY}px`;
  },

  hide() {
    this.node.hidden = true;
  },
};
