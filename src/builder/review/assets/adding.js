/** A row that the machine does not have, from the words that are selected. */
function add() {
  const place = selected();
  if (!place) return say("Select the words of the row in the article first, then press m", "bad");
  const article = DATA.articles[current.article_id];
  const passage = spanAt(article, place.start, place.end);
  const tables = Object.keys(DATA.tables).filter((name) => name !== "articles");
  const select = element("select", { id: "add-table" }, ...tables.map((name) => element("option", { value: name, selected: name === current.table }, DATA.tables[name].title)));
  const holder = element("div", {});
  card.replaceChildren(
    element("p", { class: "eyebrow" }, "A row to add"),
    element("blockquote", {}, passage.text),
    element("div", { class: "field" }, element("label", { for: "add-table" }, "table"), select),
    holder,
    element("div", { class: "actions" }, button("Cancel", "Escape", () => show(current))),
  );
  const fill = () => {
    const item = { ...passage, table: select.value, article_id: article.id, article_sha256: article.sha256, revealed: true };
    const first = select.value === "participants" || select.value === "agencies" ? { name: passage.text } : {};
    openForm(item, first, saveAdded);
  };
  select.addEventListener("change", fill);
  fill();
  return undefined;
}

async function saveAdded(item, values) {
  const { table, article_id, article_sha256, start, end, text, prefix, suffix } = item;
  const added = await save({ table, article_id, article_sha256, start, end, text, prefix, suffix, verdict: "add", set: values });
  if (!added) return;
  history.push(added);
  show(added);
}
