function show(item) {
  current = item;
  showText(item);
  showCard(item);
  showList();
}

function step(by) {
  const rows = visible();
  const place = rows.indexOf(current) + by;
  if (rows[place]) show(rows[place]);
  else say(by > 0 ? "This is the last row" : "This is the first row");
}

/** The next row that is not judged, after this one or from the start. */
function next(item) {
  const rows = visible();
  const place = rows.indexOf(item);
  const found = [...rows.slice(place + 1), ...rows.slice(0, Math.max(place, 0))].find((row) => !row.decision);
  if (found) show(found);
  else {
    show(item);
    say(`${status.textContent ? `${status.textContent}. ` : ""}All rows that are shown are judged.`, "good");
  }
}

const KEYS = {
  a: () => current.revealed && judge("accept"),
  w: () => current.revealed && judge("wrong"),
  e: edit,
  r: () => judge("reject"),
  u: () => judge("unsure"),
  z: undo,
  n: () => step(1),
  p: () => step(-1),
  m: add,
  d: done,
  "/": () => document.getElementById("filter-words").focus(),
  Escape: () => show(current),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.closest("input, select, textarea");
  if (typing && event.key !== "Escape") return;
  if (/^[1-9]$/.test(event.key)) {
    const column = card.querySelectorAll("[data-column]")[Number(event.key) - 1];
    if (column) toggle(column.dataset.column);
  } else if (KEYS[event.key]) {
    event.preventDefault();
    KEYS[event.key]();
  }
});

const mode = [BLIND ? "blind" : null, DATA.options.sample ? `sample ${DATA.options.sample}` : null, DATA.options.adjudicate ? "settling disputes" : null].filter(Boolean);
document.getElementById("who").textContent = [`coder ${DATA.coder}`, ...mode].join(" · ");
document.getElementById("main").replaceChildren(
  element("div", { class: "reviewer" }, textPlace, element("div", { class: "side" }, card, element("section", { class: "queue", "aria-label": "Rows" }, filterBar(), listCount, list))),
);
if (items.length) next(items.at(-1));
else say("No row to judge");
