/** Every span of an article as `{start, end, kind, row, mention}`: what to show there, and the row it belongs to. */
function spansOf(article) {
  const spans = [];
  const add = (row, kind, start = "start", end = "end", mention = null) => {
    const at = (mention ?? row).values;
    if (at[start] !== null) spans.push({ start: at[start], end: at[end], kind, row, mention });
  };
  const mentioned = new Set();
  for (const mention of article.rows.mentions) {
    const row = whose(article, mention);
    if (!row) continue;
    mentioned.add(`${row.table} ${row.key} ${mention.values.start} ${mention.values.end}`);
    add(row, KIND[row.table], "start", "end", mention);
  }
  for (const row of [...article.rows.participants, ...article.rows.agencies]) {
    if (!mentioned.has(`${row.table} ${row.key} ${row.values.start} ${row.values.end}`)) add(row, KIND[row.table]);
  }
  for (const row of article.rows.participants) add(row, "role", "role_start", "role_end");
  for (const row of article.rows.quotes) {
    add(row, "quote");
    add(row, "speaker", "speaker_start", "speaker_end");
    add(row, "cue", "cue_start", "cue_end");
  }
  for (const row of article.rows.dates) add(row, "date");
  for (const row of article.rows.affiliations) add(row, "evidence");
  for (const row of article.rows.articles) add(row, "dateline", "dateline_start", "dateline_end");
  return spans.sort(outerFirst);
}

const KIND = {
  participants: "participant",
  agencies: "agency",
  quotes: "quote",
  dates: "date",
  affiliations: "evidence",
  articles: "dateline",
};
const OUTER_TO_INNER = ["dateline", "evidence", "quote", "role", "speaker", "agency", "participant", "date", "cue"];

function outerFirst(one, other) {
  return one.start - other.start || other.end - one.end || OUTER_TO_INNER.indexOf(one.kind) - OUTER_TO_INNER.indexOf(other.kind);
}

/** Lines of the text as `{start, end}`, without their line ends. */
function linesOf(article) {
  const lines = [];
  let start = 0;
  for (const line of article.text.split("\n")) {
    const end = start + (/[\ud800-\udfff]/.test(line) ? Array.from(line).length : line.length);
    lines.push({ start, end });
    start = end + 1;
  }
  return lines;
}

/** For each line the parts of spans on it, in `outerFirst` order; a span over several lines has a part on each. */
function partsByLine(lines, spans) {
  const parts = lines.map(() => []);
  let first = 0;
  for (const span of spans) {
    while (lines[first].end < span.start) first += 1;
    for (let place = first; place < lines.length && lines[place].start < span.end; place += 1) {
      const part = { span, start: Math.max(span.start, lines[place].start), end: Math.min(span.end, lines[place].end) };
      if (part.start < part.end) parts[place].push(part);
    }
  }
  return parts.map((list) => list.sort((one, other) => one.start - other.start || other.end - one.end));
}

/**
 * Fills `parent` with the line's text, each part as a `mark` in the marks that hold it. Parts that cross are cut where
 * the outer one ends. `open(span)` makes the element of a piece.
 */
function fillLine(parent, article, line, parts, open) {
  const stack = [{ node: parent, end: Infinity }];
  const places = new Set([line.start, line.end]);
  for (const part of parts) places.add(part.start).add(part.end);
  let next = 0;
  let written = line.start;
  for (const place of [...places].sort((one, other) => one - other)) {
    if (place > written) stack.at(-1).node.append(article.slice(written, place));
    written = place;
    const opening = closeEndedAt(stack, place);
    for (; next < parts.length && parts[next].start === place; next += 1) opening.push(parts[next]);
    opening.sort((one, other) => other.end - one.end);
    for (const part of opening) {
      const node = open(part.span);
      stack.at(-1).node.append(node);
      stack.push({ node, part, end: part.end });
    }
  }
}

/** Takes off the stack all that ends at `place` and what stands on it; returns the parts that go on and must be opened again. */
function closeEndedAt(stack, place) {
  const lowest = stack.findIndex((entry) => entry.end === place);
  if (lowest < 0) return [];
  return stack
    .splice(lowest)
    .filter((entry) => entry.end > place)
    .map((entry) => entry.part);
}
