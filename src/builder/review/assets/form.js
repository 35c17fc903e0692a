/** Fields for the values of a row. `values` are shown first; `read()` gives all that can be judged. */
function fields(item, values) {
  const article = DATA.articles[item.article_id];
  const inputs = DATA.tables[item.table].columns.map((column) => field(column, values[column.name] ?? null, article));
  const node = element("div", { class: "fields" }, ...inputs.map((input) => input.node));
  return {
    node,
    read: () => Object.fromEntries(inputs.map((input) => [input.name, input.value()])),
    missing: () => inputs.filter((input) => input.required && input.value() === null).map((input) => input.name),
  };
}

function field(column, value, article) {
  const id = `field-${column.name}`;
  const label = element("label", { for: id, title: column.about }, column.name, column.required ? " *" : "");
  const made = column.span ? spanField(id, value, article) : column.table ? referenceField(id, column, value, article) : plainField(id, column, value);
  return { name: column.name, required: column.required, value: made.value, node: element("div", { class: "field" }, label, made.node) };
}

function plainField(id, column, value) {
  if (column.values.length) {
    const options = ["", ...column.values].map((name) => element("option", { value: name, selected: name === (value ?? "") }, name || "–"));
    const select = element("select", { id }, ...options);
    return { node: select, value: () => select.value || null };
  }
  const input = element("input", { id, type: "text", autocomplete: "off", placeholder: column.type === "date" ? "2021-05-04" : null });
  input.value = value ?? "";
  const read = () => (column.type === "integer" || column.type === "number" ? Number(input.value) : input.value.trim());
  return { node: input, value: () => (input.value.trim() ? read() : null) };
}

/** A row that is named: by the machine, or added before. */
function referenceField(id, column, value, article) {
  const added = items.filter((item) => item.added && item.decision && item.table === column.table && item.article_id === article.id);
  const own = added.map((item) => ({ key: "", name: item.decision.set.name ?? item.text, start: item.start }));
  const rows = [...(article.names[column.table] ?? []), ...own];
  const chosen = rows.findIndex((row) => value && row.name === value.name && (value.start === undefined || value.start === row.start));
  const options = rows.map((row, place) => element("option", { value: place, selected: place === chosen }, clipped(row.name, 60)));
  const select = element("select", { id }, element("option", { value: "" }, "–"), ...options);
  if (chosen < 0) select.value = "";
  return { node: select, value: () => (select.value === "" ? null : referenceTo(article, column.table, rows[Number(select.value)])) };
}

function referenceTo(article, table, row) {
  if (table !== "quotes" && table !== "dates") return { key: row.key, name: row.name };
  const { start, prefix, suffix } = spanAt(article, row.start, row.start + countPoints(row.name));
  return { key: row.key, name: row.name, start, prefix, suffix };
}

function spanField(id, value, article) {
  let held = value;
  const output = element("output", { id }, shown(held));
  const take = () => {
    const place = selected();
    if (!place) return say("Select words of the article first", "bad");
    held = spanAt(article, place.start, place.end);
    output.textContent = held.text;
    return undefined;
  };
  const clear = () => {
    held = null;
    output.textContent = "–";
  };
  const buttons = [
    element("button", { type: "button", onclick: take, "aria-label": `Take selection for ${id.slice(6)}` }, "Take selection"),
    element("button", { type: "button", onclick: clear, "aria-label": `None for ${id.slice(6)}` }, "None"),
  ];
  return { node: element("div", { class: "span-field" }, output, ...buttons), value: () => held };
}
