const filters = { table: "", kind: "", rule: "", status: "", words: "" };
const list = element("ol", { class: "queue-list" });
const listCount = element("p", { class: "count", role: "status" });

/** Rows that the filters leave, in their order. */
function visible() {
  return items.filter(
    (item) =>
      (!filters.table || item.table === filters.table) &&
      (!filters.kind || item.kind === filters.kind) &&
      (!filters.rule || item.rule === filters.rule) &&
      (!filters.status || (filters.status === "open" ? !item.decision : item.decision?.verdict === filters.status)) &&
      (!filters.words || (item.text ?? "").toLowerCase().includes(filters.words.toLowerCase())),
  );
}

function choices(name, values) {
  const select = element("select", { id: `filter-${name}` }, element("option", { value: "" }, `any ${name}`), ...values.map(([value, label]) => element("option", { value }, label)));
  select.addEventListener("change", () => {
    filters[name] = select.value;
    refilter();
  });
  return element("span", { class: "filter-field" }, element("label", { for: `filter-${name}`, class: "unseen" }, name), select);
}

function distinct(name) {
  if (BLIND && name !== "table") return [];
  return [...new Set(items.map((item) => item[name]).filter(Boolean))].sort().map((value) => [value, value]);
}

function filterBar() {
  const words = element("input", { id: "filter-words", class: "filter", type: "search", placeholder: "words", "aria-label": "Words of the row" });
  words.addEventListener("input", () => {
    filters.words = words.value;
    refilter();
  });
  const statuses = [["open", "not judged"], ...Object.entries(WORDS)];
  const bars = [choices("table", distinct("table")), choices("kind", distinct("kind")), choices("rule", distinct("rule")), choices("status", statuses), words];
  const bulk = BLIND ? null : element("button", { type: "button", id: "bulk", onclick: acceptVisible }, "All these are right");
  const download_ = DATA.post ? null : element("button", { type: "button", id: "download", class: "main", onclick: download }, "Download decisions");
  return element("div", { class: "filters", role: "search" }, ...bars, bulk, download_);
}

function refilter() {
  const rows = visible();
  showList();
  if (rows.length && !rows.includes(current)) show(rows[0]);
}

const MOST_LISTED = 200;

function showList() {
  const rows = visible();
  const judged = items.filter((item) => item.decision).length;
  listCount.textContent = `${plural(rows.length, "row")} shown; ${judged} of ${items.length} judged`;
  const from = Math.max(0, Math.min(rows.indexOf(current) - 20, rows.length - MOST_LISTED));
  list.start = from + 1;
  list.replaceChildren(
    ...rows.slice(from, from + MOST_LISTED).map((item) => {
      const mark = item.decision ? element("span", { class: "done" }, WORDS[item.decision.verdict]) : null;
      const open_ = element("button", { type: "button", class: "row", onclick: () => show(item), "aria-current": item === current ? "true" : null }, element("bdi", {}, clipped(item.text ?? item.key, 50)), " ", mark);
      return element("li", {}, open_);
    }),
  );
  list.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
}

/** Only rows that are shown in the list and not judged yet; each is a decision of its own. */
async function acceptVisible() {
  for (const item of visible().slice(0, MOST_LISTED).filter((one) => !one.decision && !one.added)) {
    if (!(await save({ ...anchorFields(item), verdict: "accept" }))) return;
    history.push(item);
  }
  show(current);
}

/** A way to the other rows of the same words. */
function sameElsewhere(item) {
  const others = items.filter((other) => other !== item && other.table === item.table && item.text !== undefined && other.text === item.text);
  if (!others.length) return null;
  const open_ = () => {
    filters.words = item.text;
    document.getElementById("filter-words").value = item.text;
    refilter();
  };
  return element("button", { type: "button", class: "same", onclick: open_ }, `${plural(others.length, "other row")} with the same words`);
}
