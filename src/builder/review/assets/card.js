const card = element("section", { id: "card", class: "card review", tabindex: "-1", "aria-label": "Row to judge" });
const bad = new Set();
let open = null;

function button(label, key, action, attributes = {}) {
  return element("button", { type: "button", onclick: action, "aria-keyshortcuts": key, ...attributes }, label, " ", element("kbd", {}, key));
}

function showCard(item) {
  bad.clear();
  open = null;
  const about = DATA.tables[item.table];
  const position = `${visible().indexOf(item) + 1} of ${visible().length}`;
  const eyebrow = [about.title, item.revealed ? item.kind : null, position].filter(Boolean).join(" · ");
  card.replaceChildren(
    ...[
      element("p", { class: "eyebrow", title: about.about }, eyebrow),
      item.text === undefined ? null : element("blockquote", {}, item.text),
      item.decision ? element("p", { class: "verdict" }, `Your verdict: ${WORDS[item.decision.verdict]}`) : null,
      voices(item),
      item.revealed ? columnsOf(item) : null,
      sameElsewhere(item),
      actions(item),
    ].filter(Boolean),
  );
  if (!item.revealed) openForm(item, {}, compare);
}

/** What other coders said; shown to those who settle disputes only. */
function voices(item) {
  if (!item.voices?.length) return null;
  const lines = item.voices.map((voice) => {
    const what = voice.verdict === "wrong" ? voice.columns.join(", ") : Object.entries(voice.set ?? {}).map(([name, value]) => `${name} = ${shown(value)}`).join(", ");
    return element("li", {}, element("b", {}, voice.coder), `: ${WORDS[voice.verdict]}`, what ? ` (${what})` : "", voice.reason ? `. ${voice.reason}` : "");
  });
  return element("ul", { class: "voices-list", "aria-label": "Verdicts of coders" }, ...lines);
}

function columnsOf(item) {
  const values = { ...item.seen, ...(item.decision?.set ?? {}) };
  const names = [...DATA.tables[item.table].columns.map((column) => column.name), ...(item.text === undefined ? [] : ["text"])];
  const rows = names.map((name, place) => {
    const before = item.decision?.set && name in item.decision.set && !item.added ? element("del", {}, shown(name === "text" ? item.text : item.seen[name])) : null;
    const key = place < 9 ? String(place + 1) : "";
    const value = name === "text" ? shown(item.decision?.set?.text ?? item.text) : shown(values[name]);
    return element(
      "li",
      {},
      element(
        "button",
        { type: "button", class: "column", "data-column": name, "aria-pressed": "false", onclick: () => toggle(name), title: "Mark this column as wrong" },
        element("kbd", {}, key),
        element("span", { class: "name" }, name),
        element("span", { class: "value" }, before, before ? " " : null, element("bdi", {}, clipped(value, 300))),
      ),
    );
  });
  for (const name of item.decision?.verdict === "wrong" ? item.decision.columns : []) queueMicrotask(() => toggle(name));
  return element("ul", { class: "columns-list", "aria-label": "Columns; press one to call it wrong" }, ...rows);
}

function toggle(name) {
  const node = card.querySelector(`[data-column="${name}"]`);
  if (!node) return;
  if (bad.has(name)) bad.delete(name);
  else bad.add(name);
  node.setAttribute("aria-pressed", String(bad.has(name)));
}

function actions(item) {
  const rejected = item.added ? null : button("No such row", "r", () => judge("reject"));
  const made = item.revealed
    ? [button("Right", "a", () => judge("accept"), { class: "main" }), button("Wrong", "w", () => judge("wrong")), button("Correct", "e", edit), rejected]
    : [button("Compare", "Enter", () => open?.submit(), { class: "main" }), rejected];
  return element(
    "div",
    { class: "actions", role: "group", "aria-label": "Verdict" },
    ...made,
    button("Unsure", "u", () => judge("unsure")),
    button("Undo", "z", undo),
    button("Back", "p", () => step(-1)),
    button("Next", "n", () => step(1)),
    button("Add a row", "m", add),
    button("Nothing is missing", "d", done, { "aria-pressed": String(Boolean(DATA.articles[item.article_id].done)) }),
  );
}

async function judge(verdict, more = {}) {
  const item = current;
  const columns = [...bad];
  if (verdict === "wrong" && !columns.length) return say("Press the columns that are wrong (keys 1 to 9), then w", "bad");
  if (item.added && verdict === "accept") return step(1);
  const fields = { ...anchorFields(item), verdict, ...more, ...(verdict === "wrong" ? { columns } : {}) };
  if (item.voices?.length) fields.adjudicates = item.voices.map((voice) => voice.id);
  const wasHidden = !item.revealed;
  if (!(await save(fields))) return undefined;
  history.push(item);
  return wasHidden ? show(item) : next(item);
}

async function undo() {
  const item = history.pop() ?? current;
  if (!item.decision) return say("Nothing to undo here");
  const fields = { ...anchorFields(item), verdict: "undo" };
  if (await save(fields)) show(item);
  return undefined;
}

async function done() {
  const { article_id, article_sha256 } = current;
  if (await save({ article_id, article_sha256, verdict: "done" })) show(current);
}

function edit() {
  if (!current.revealed) return;
  const values = { ...current.seen, ...(current.decision?.set ?? {}) };
  openForm(current, values, correct, true);
}

/** Columns whose value is another than the machine's. */
function changedValues(item, values) {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => !sameValue(value, item.seen[name] ?? null)));
}

function correct(item, values, passage, reason) {
  const set = changedValues(item, values);
  if (passage && (passage.start !== item.start || passage.end !== item.end)) set.text = spanAt(DATA.articles[item.article_id], passage.start, passage.end);
  const why = reason ? { reason } : {};
  return Object.keys(set).length ? judge("edit", { set, ...why }) : judge("accept", why);
}

function compare(item, values, _, reason) {
  return correct(item, values, null, reason);
}

function openForm(item, values, submit, withPassage = false) {
  const form = fields(item, values);
  let passage = null;
  const take = () => {
    passage = selected();
    say(passage ? `The passage will be “${clipped(DATA.articles[item.article_id].points.cut(passage.start, passage.end), 60)}”` : "Select words of the article first", passage ? "" : "bad");
  };
  const reason = element("input", { id: "field-reason", type: "text", autocomplete: "off" });
  const node = element(
    "form",
    { class: "values", "aria-label": "Values of the row" },
    form.node,
    element("div", { class: "field" }, element("label", { for: "field-reason" }, "reason"), reason),
    withPassage && item.text !== undefined ? element("button", { type: "button", onclick: take }, "Take selection as the passage") : null,
    element("button", { type: "submit", class: "main" }, "Save"),
  );
  const run = () => {
    const missing = form.missing();
    if (missing.length) return say(`Give a value for ${missing.join(", ")}`, "bad");
    return submit(item, form.read(), passage, reason.value.trim());
  };
  node.addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  card.querySelector("form")?.remove();
  card.append(node);
  open = { submit: run };
  node.querySelector("select, input, button")?.focus();
}
