const textPlace = element("div", { class: "text", id: "text", tabindex: "0", role: "region", "aria-label": "Article" });

/** The stretches of a row that are shown in the text: its passage, and what its columns repeat. */
function stretchesOf(item) {
  const stretches = item.start === undefined ? [] : [{ start: item.start, end: item.end, name: "passage" }];
  if (!item.revealed) return stretches;
  for (const column of DATA.tables[item.table].columns) {
    const value = (item.decision?.set ?? {})[column.name] ?? item.seen[column.name];
    if (column.span && value) stretches.push({ start: value.start, end: value.end, name: column.name });
  }
  return stretches;
}

/** Fills the text of the row's article; every piece knows where it begins. */
function showText(item) {
  const article = DATA.articles[item.article_id];
  const stretches = stretchesOf(item);
  const head = [article.publisher, article.published].filter(Boolean).join(", ");
  const nodes = [element("h1", { id: "title" }, article.title ?? article.id), element("p", { class: "byline" }, head)];
  let start = 0;
  for (const line of article.text.split("\n")) {
    const end = start + countPoints(line);
    const paragraph = element("p", {});
    const cuts = new Set([start, end]);
    for (const part of stretches) for (const cut of [part.start, part.end]) if (cut > start && cut < end) cuts.add(cut);
    const places = [...cuts].sort((one, other) => one - other);
    for (let at = 0; at + 1 < places.length; at += 1) paragraph.append(piece(article, places[at], places[at + 1], stretches));
    nodes.push(paragraph);
    start = end + 1;
  }
  textPlace.replaceChildren(...nodes);
  const mark = textPlace.querySelector("mark.passage");
  if (mark) bringIntoView(mark);
  else textPlace.scrollTop = 0;
}

function piece(article, start, end, stretches) {
  const names = stretches.filter((part) => part.start <= start && end <= part.end).map((part) => part.name);
  const text = article.points.cut(start, end);
  if (!names.length) return element("span", { "data-start": start }, text);
  const classes = names.map((name) => (name === "passage" ? "passage" : "beside")).join(" ");
  return element("mark", { "data-start": start, class: classes, title: names.join(", ") }, text);
}

/** The selected stretch of the article without white space at its ends; null where nothing is selected. */
function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed || !textPlace.contains(selection.anchorNode)) return null;
  const range = selection.getRangeAt(0);
  const ends = [placeOfPoint(range.startContainer, range.startOffset), placeOfPoint(range.endContainer, range.endOffset)];
  if (ends.includes(null)) return null;
  let [start, end] = ends;
  const { points } = DATA.articles[current.article_id];
  while (start < end && /\s/.test(points.cut(start, start + 1))) start += 1;
  while (end > start && /\s/.test(points.cut(end - 1, end))) end -= 1;
  return start < end ? { start, end } : null;
}

function placeOfPoint(node, offset) {
  const holder = node.nodeType === Node.TEXT_NODE ? node.parentElement : (node.childNodes[offset] ?? node.lastChild);
  const start = holder?.closest?.("[data-start]") ?? holder?.querySelector?.("[data-start]");
  if (!start) return null;
  const inside = node.nodeType === Node.TEXT_NODE ? countPoints(node.data.slice(0, offset)) : offset > 0 && !node.childNodes[offset] ? countPoints(start.textContent) : 0;
  return Number(start.dataset.start) + inside;
}
