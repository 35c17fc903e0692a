/** Who speaks how much: quotes and words by speaker, as a table whose bars show the kinds of quote apart. */
function voices(article, select) {
  const speakers = wordsBySpeaker(article);
  if (!speakers.length) return null;
  const all = speakers.reduce((sum, speaker) => sum + speaker.words, 0);
  const longest = speakers[0].words;
  const head = ["Speaker", "Words", null, "Share", "Quotes"].map((label) =>
    label === null ? element("td", { "aria-hidden": "true" }) : element("th", { scope: "col" }, label),
  );
  const lines = speakers.map((speaker) => {
    const name = speaker.row ? rowLink(speaker.row, select, foreign(speaker.name)) : foreign(speaker.name);
    return element(
      "tr",
      {},
      element("th", { scope: "row" }, name),
      element("td", { class: "number" }, String(speaker.words)),
      element("td", { class: "bar-cell", "aria-hidden": "true" }, bar(speaker, longest)),
      element("td", { class: "number" }, `${Math.round((100 * speaker.words) / all)}%`),
      element("td", { class: "number" }, String(speaker.quotes)),
    );
  });
  const kinds = ["direct", "partial", "indirect"].map((kind) =>
    element("span", {}, element("i", { class: `swatch ${kind}` }), kind),
  );
  return element(
    "section",
    { class: "voices" },
    element("h2", {}, "Who speaks how much"),
    element("p", { class: "key", "aria-hidden": "true" }, ...kinds),
    element(
      "table",
      {},
      element("caption", { class: "unseen" }, "Quoted and reported words by speaker"),
      element("thead", {}, element("tr", {}, ...head)),
      element("tbody", {}, ...lines),
    ),
  );
}

function bar(speaker, longest) {
  const node = element("div", { class: "bar" });
  for (const [kind, words] of Object.entries(speaker.byKind)) {
    const piece = element("i", { class: kind });
    piece.style.width = `${(100 * words) / longest}%`;
    node.append(piece);
  }
  return node;
}

/** Words inside another quote (a fragment in a reported clause) count once, with the outer one. */
function wordsBySpeaker(article) {
  const speakers = new Map();
  let covered = 0;
  const ordered = [...article.rows.quotes].sort(
    (one, other) => one.values.start - other.values.start || other.values.end - one.values.end,
  );
  for (const quote of ordered) {
    const { values } = quote;
    const row = whose(article, quote);
    const key = row ?? values.speaker;
    const name = speakerOf(article, quote) ?? "nobody named";
    if (!speakers.has(key)) speakers.set(key, { name, row, quotes: 0, words: 0, byKind: { direct: 0, partial: 0, indirect: 0 } });
    const speaker = speakers.get(key);
    speaker.quotes += 1;
    if (values.end <= covered) continue;
    covered = values.end;
    const words = values.text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
    speaker.words += words;
    speaker.byKind[values.kind] += words;
  }
  return [...speakers.values()].sort((one, other) => other.words - one.words);
}
