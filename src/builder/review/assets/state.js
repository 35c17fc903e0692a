const DATA = JSON.parse(document.getElementById("data").textContent);
const BLIND = Boolean(DATA.options.blind);
const NAMED = { affiliations: ["participant_id", "agency_id"] };

for (const article of Object.values(DATA.articles)) article.points = pointsOf(article.text);

/** Rows with the coder's own decision on each; added rows come after the machine's. */
const items = DATA.items.map((item) => ({ ...item, decision: null, revealed: !BLIND }));
const history = [];
let current = null;

/** What tells a row from others: its place, and for affiliations the two sides. */
function placeOf(row) {
  const form = row.seen ?? row.set ?? {};
  const names = (NAMED[row.table] ?? []).map((column) => form[column]?.name ?? "");
  return [row.table, row.article_id, row.article_sha256, row.start, row.end, row.source ?? "", ...names].join("\u0001");
}

const byPlace = new Map(items.map((item) => [placeOf(item), item]));

/** Takes in a decision that is saved. */
function remember(decision) {
  if (decision.verdict === "done") {
    DATA.articles[decision.article_id].done = true;
    return null;
  }
  if (!decision.table) return null;
  let item = byPlace.get(placeOf(decision));
  if (!item && (decision.verdict === "add" || decision.verdict === "undo")) {
    item = { ...decision, key: null, kind: decision.set?.kind ?? null, rule: "added", seen: decision.set ?? {}, added: true, revealed: true };
    items.push(item);
    byPlace.set(placeOf(decision), item);
  }
  if (item) item.decision = decision.verdict === "undo" ? null : decision;
  if (item?.decision) item.revealed = true;
  return item ?? null;
}

for (const decision of DATA.mine) remember(decision);

const WORDS = {
  accept: "right",
  wrong: "wrong",
  edit: "corrected",
  reject: "no such row",
  add: "added",
  unsure: "unsure",
};

/** A value of a decision in words. */
function shown(value) {
  if (value === null || value === undefined) return "–";
  if (typeof value === "object") return value.name ?? value.text;
  return String(value);
}

function sameValue(one, other) {
  if (one === null || other === null || typeof one !== "object" || typeof other !== "object") return one === other;
  const place = (value) => (value.start === undefined ? "" : value.start);
  return (one.name ?? one.text) === (other.name ?? other.text) && place(one) === place(other);
}
