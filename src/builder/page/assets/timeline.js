const DAY = 86_400_000;
const STRIP = { height: 96, margin: 24, axis: 66, label: 64 };

/** Dated statements and events in calendar order: a strip whose scale is finest at the publication date, and a list. */
function timeline(article, select) {
  const groups = datedGroups(article);
  if (!groups.length) return null;
  return element(
    "section",
    { class: "timeline" },
    element("h2", {}, "Timeline"),
    strip(article, groups),
    element("ol", {}, ...groups.map((group) => groupItem(article, group, select))),
  );
}

/** Dates that mean the same days, with what was said then. */
function datedGroups(article) {
  const groups = new Map();
  for (const date of article.rows.dates) {
    const { date_start: first, date_end: last } = date.values;
    if (first === null) continue;
    const key = `${first} ${last}`;
    if (!groups.has(key)) groups.set(key, { first, last, dates: [], quotes: [] });
    groups.get(key).dates.push(date);
  }
  for (const quote of article.rows.quotes) {
    const date = referred(article, quote, "date_id");
    if (date && date.values.date_start !== null)
      groups.get(`${date.values.date_start} ${date.values.date_end}`).quotes.push(quote);
  }
  return [...groups.values()].sort((one, other) => compare(one.first, other.first) || compare(one.last, other.last));
}

function groupItem(article, group, select) {
  const day = (date) => element("time", { datetime: date }, date);
  const days = group.first === group.last ? [day(group.first)] : [day(group.first), " to ", day(group.last)];
  return element(
    "li",
    {},
    element("h3", {}, ...days),
    element(
      "ul",
      {},
      ...group.dates.map((date) => element("li", { class: "event" }, rowLink(date, select, ...eventText(article, date)))),
      ...group.quotes.map((quote) =>
        element("li", { class: "statement" }, rowLink(quote, select, ...statementText(article, quote))),
      ),
    ),
  );
}

/** The expression with the words around it, as far as its line goes. */
function eventText(article, date) {
  const { start, end, text, function_in_document: use } = date.values;
  if (use === "CREATION_TIME") return ["Published: ", element("b", {}, foreign(text))];
  if (!article.slice) return [element("b", {}, foreign(text))];
  const before = article
    .slice(Math.max(0, start - 70), start)
    .split("\n")
    .at(-1);
  const after = article.slice(end, end + 60).split("\n")[0];
  const opening = before.length > 60 ? `…${before.slice(before.indexOf(" ", before.length - 60))}` : before;
  const closing = after.length > 50 ? `${after.slice(0, after.lastIndexOf(" ", 50))}…` : after;
  return [element("bdi", {}, opening, element("b", {}, text), closing)];
}

function statementText(article, quote) {
  return [foreign(speakerOf(article, quote) ?? "Nobody named"), ": ", foreign(`“${clipped(quote.values.text, 140)}”`)];
}

const TICKS = [
  [-36_525, "−100 years"],
  [-3652, "−10 years"],
  [-365, "−1 year"],
  [-30, "−1 month"],
  [-7, "−1 week"],
  [0, "published"],
  [7, "1 week"],
  [30, "1 month"],
  [365, "1 year"],
  [3652, "10 years"],
  [36_525, "100 years"],
];

/** Needs a publication date to centre on; without one there is only the list. */
function strip(article, groups) {
  if (article.about.published === null) return null;
  const published = Date.parse(article.about.published);
  const away = (day) => (Date.parse(day) - published) / DAY;
  const scaled = (days) => Math.sign(days) * Math.log10(1 + Math.abs(days));
  const low = Math.min(-8, ...groups.map((group) => away(group.first)));
  const high = Math.max(8, ...groups.map((group) => away(group.last)));
  const width = matchMedia("(max-width: 40rem)").matches ? 380 : 720;
  const x = (days) => STRIP.margin + ((width - 2 * STRIP.margin) * (scaled(days) - scaled(low))) / (scaled(high) - scaled(low));
  const drawing = svg("svg", {
    viewBox: `0 0 ${width} ${STRIP.height}`,
    role: "img",
    class: "strip",
    "aria-label": stripLabel(groups),
  });
  drawing.append(svg("line", { x1: 0, x2: width, y1: STRIP.axis, y2: STRIP.axis, class: "axis" }));
  for (const [days, label] of TICKS.filter(([days]) => days >= low && days <= high))
    drawing.append(...tick(x(days), x(0), label));
  const lanes = [];
  for (const group of groups) {
    const from = x(away(group.first));
    const to = Math.max(x(away(group.last)), from);
    let lane = lanes.findIndex((end) => end < from - 4);
    if (lane < 0) lane = lanes.length;
    lanes[lane] = to + 8;
    const y = STRIP.axis - 12 - 11 * (lane % 5);
    const kind = group.quotes.length ? "statement" : "event";
    drawing.append(
      to - from < 8
        ? svg("circle", { cx: (from + to) / 2, cy: y, r: 4.5, class: kind })
        : svg("rect", { x: from, y: y - 3.5, width: to - from, height: 7, rx: 3.5, class: kind }),
    );
  }
  return drawing;
}

/** A label stands where it does not touch that of the publication date, at `centre`. */
function tick(x, centre, label) {
  const now = x === centre;
  const line = svg("line", { x1: x, x2: x, y1: now ? 4 : STRIP.axis - 4, y2: STRIP.axis + 5, class: now ? "axis now" : "axis" });
  if (!now && Math.abs(x - centre) < STRIP.label) return [line];
  const text = svg("text", { x, y: STRIP.axis + 20, "text-anchor": "middle", class: now ? "now" : null });
  text.append(label);
  return [line, text];
}

function stripLabel(groups) {
  const said = groups.filter((group) => group.quotes.length).length;
  return `${plural(groups.length, "date")} from ${groups[0].first} to ${groups.at(-1).last}, ${said} of them with a statement. The list below says the same.`;
}

function svg(name, attributes) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null) node.setAttribute(key, value);
  return node;
}
