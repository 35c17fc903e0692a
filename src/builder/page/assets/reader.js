const LEGEND = [
  ["quote", "Quotes", true],
  ["participant", "Participants", true],
  ["agency", "Agencies", true],
  ["date", "Dates", true],
  ["role", "Roles", true],
  ["cue", "Cues", true],
  ["evidence", "Affiliations", false],
];
const FOCUSABLE = new Set(["quote", "participant", "agency", "date", "evidence"]);

/** One article as a view: `{node, focus(), selectKey(key), clear()}`. */
function reader(article, navigation) {
  const pieces = new Map();
  const spanOfPiece = new WeakMap();
  let cameFrom = null;

  const jump = (row) => select(row, { go: true });
  const card = element("div", { class: "card-place", "aria-live": "polite" });
  const tables = articleTables(article, jump);
  const text = article.text === null ? noText() : element("div", { class: "text" });
  const title = element("h1", { tabindex: "-1", dir: "auto" });
  const lines = article.text === null ? [] : fillText(title, text);
  if (!lines.titled) title.append(article.about.title ?? article.id);

  function fillText(title, text) {
    const lines = linesOf(article);
    const parts = partsByLine(lines, spansOf(article));
    lines.titled = article.about.title !== null && article.slice(lines[0].start, lines[0].end) === article.about.title;
    lines.forEach((line, place) => {
      const parent = lines.titled && place === 0 ? title : element("p", { dir: "auto" });
      fillLine(parent, article, line, parts[place], openPiece);
      if (parent !== title) text.append(parent);
    });
    return lines;
  }

  function openPiece(span) {
    const first = !pieces.has(span);
    const node = element("mark", { class: pieceClass(span), "data-row": span.row.key, "data-kind": span.kind });
    if (first && FOCUSABLE.has(span.kind)) {
      node.tabIndex = 0;
      node.setAttribute("role", "link");
      node.setAttribute("aria-description", `${NOUN[span.row.table]}: ${facts(article, span.row).join(", ")}`);
    }
    spanOfPiece.set(node, span);
    if (first) pieces.set(span, []);
    pieces.get(span).push(node);
    return node;
  }

  function pieceClass(span) {
    return span.kind === "quote" ? `quote ${span.row.values.kind}` : span.kind;
  }

  /** Shows the row: its card, its line in the tables, its places in the text. */
  function select(row, { mention = null, go = false } = {}) {
    clear();
    if (go && document.activeElement !== document.body) cameFrom = document.activeElement;
    if (row.table === "mentions") [row, mention] = [whose(article, row), row];
    const places = [...pieces].filter(([span]) => belongs(span, row));
    for (const [span, nodes] of places)
      for (const node of nodes) node.classList.add(isOwn(span, row, mention) ? "selected" : "linked");
    card.replaceChildren(rowCard(article, row, mention, jump, close));
    tables.show(row);
    remember((mention ?? row).key);
    const own = places.find(([span]) => isOwn(span, row, mention)) ?? places[0];
    if (go && own) {
      bringIntoView(own[1][0]);
      own[1][0].focus({ preventScroll: true });
    }
    tip.hide();
  }

  function clear() {
    for (const node of text.parentNode?.querySelectorAll("mark.selected, mark.linked") ?? [])
      node.classList.remove("selected", "linked");
    card.replaceChildren();
    tables.clear();
  }

  function close() {
    const back = cameFrom?.isConnected ? cameFrom : null;
    cameFrom = null;
    clear();
    remember(article.id);
    back?.focus();
  }

  function pieceAt(event) {
    const node = event.target.closest?.("mark");
    return node ? { node, span: spanOfPiece.get(node) } : null;
  }

  function onClick(event) {
    const piece = pieceAt(event);
    if (!piece || !getSelection().isCollapsed) return;
    cameFrom = null;
    select(piece.span.row, { mention: piece.span.mention });
  }

  function onKey(event) {
    const piece = pieceAt(event);
    if (!piece || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    select(piece.span.row, { mention: piece.span.mention });
    cameFrom = piece.node;
    card.querySelector(".card-title").focus();
  }

  /** A finger's tap selects at once; only a mouse and the keyboard's focus show the short form first. */
  function onPoint(event) {
    const piece = event.pointerType === "touch" ? null : pieceAt(event);
    if (piece) tip.show(article, piece.span, piece.node);
    else tip.hide();
  }

  const story = element(
    "article",
    {
      class: "story",
      lang: article.about.language ?? "en",
      onclick: onClick,
      onkeydown: onKey,
      onpointerover: onPoint,
      onpointerleave: () => tip.hide(),
      onfocusin: onPoint,
      onfocusout: () => tip.hide(),
    },
    element("header", {}, navigation, title, byline(article)),
    text,
  );
  const node = element(
    "div",
    { class: "reader" },
    element(
      "div",
      { class: "column" },
      legend(story),
      story,
      element("div", { class: "figures" }, voices(article, jump), timeline(article, jump)),
    ),
    element("aside", { "aria-label": "Rows" }, card, tables.node),
  );
  return {
    node,
    close,
    focus: () => title.focus({ preventScroll: true }),
    print: () => tables.makeAll(),
    selectKey: (key) => key !== article.id && rowOf(article, key) && jump(rowOf(article, key)),
  };
}

/** Puts the address of a row in the address bar, where the page that holds this one lets it. */
function remember(key) {
  try {
    history.replaceState(null, "", `#${key}`);
  } catch (error) {
    if (error.name !== "SecurityError") throw error;
  }
}

/** Does this span show where the selected row stands, or what of the text belongs to it? */
function belongs(span, row) {
  return (
    span.row === row ||
    (row.table === "participants" && span.kind === "quote" && span.row.values.participant_id === row.key) ||
    (row.table === "agencies" && span.kind === "quote" && span.row.values.agency_id === row.key)
  );
}

function isOwn(span, row, mention) {
  if (span.row !== row) return false;
  if (mention) return span.mention === mention;
  return span.start === row.values.start && span.end === row.values.end;
}

function byline(article) {
  const { publisher, published, source, rights } = article.about;
  const words = [
    publisher,
    published,
    article.text === null ? null : plural(article.about.n_characters, "character"),
    source && linked(source),
  ].filter(Boolean);
  const line = element("p", { class: "byline" });
  words.forEach((word, place) => line.append(place ? " · " : "", typeof word === "string" ? foreign(word) : word));
  return element("div", {}, line, rights ? element("p", { class: "rights" }, foreign(rights)) : null);
}

/** A source is a file name, or an address; only web addresses become links. */
function linked(source) {
  return /^https?:\/\//i.test(source)
    ? element("a", { href: source, rel: "noreferrer noopener" }, foreign(source))
    : foreign(source);
}

function noText() {
  return element(
    "p",
    { class: "notice text" },
    "This package was built without the article's text, which may not be passed on. The tables hold what was read from it, with its place in the text.",
  );
}

function legend(story) {
  const buttons = LEGEND.map(([kind, label, shown]) => {
    story.classList.toggle(`without-${kind}`, !shown);
    const button = element(
      "button",
      { type: "button", class: `key ${kind}`, "aria-pressed": String(shown), onclick: () => toggle(button, kind) },
      element("span", {}, label),
    );
    return button;
  });
  function toggle(button, kind) {
    const hidden = story.classList.toggle(`without-${kind}`);
    button.setAttribute("aria-pressed", String(!hidden));
  }
  return element("div", { class: "legend", role: "group", "aria-label": "Marks shown" }, ...buttons);
}
