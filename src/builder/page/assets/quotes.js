const MOST_SHOWN = 100;
const QUOTES_ADDRESS = ":quotes/";

/**
 * Search over the quotes of all articles. `quotes` are `{id, key, text, who, title, published}`; `href(quote)` leads to the
 * quote in its article. The address keeps the words that are asked for, behind `opens`. `parts` are the files among which the
 * quotes of a large corpus are divided.
 */
function quoteSearch(quotes, href, opens, asked, parts) {
  const haystacks = quotes.map((quote) => plain([quote.text, quote.who, quote.title, quote.published].filter(Boolean).join("\n")));
  const count = element("p", { class: "count", role: "status" });
  const results = element("ol", { class: "results" });
  const more = element("button", { type: "button", class: "more", onclick: () => show(MOST_SHOWN) }, "Show more");
  const others = partLinks(parts);
  const field = element("input", {
    type: "search",
    class: "filter",
    value: asked,
    placeholder: "Words, speaker, title or day",
    "aria-label": "Search quotes",
    autocomplete: "off",
    spellcheck: "false",
    oninput: () => {
      history.replaceState(null, "", `#${opens}${encodeURIComponent(field.value)}`);
      search();
    },
  });
  let found = [];
  let shown = 0;

  function search() {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    found = quotes.filter((_, place) => words.every((word) => haystacks[place].includes(word)));
    shown = 0;
    results.replaceChildren();
    count.textContent =
      found.length === quotes.length ? plural(found.length, "quote") : `${found.length.toLocaleString("en")} of ${plural(quotes.length, "quote")}`;
    others?.ask(field.value);
    show(0);
  }

  /** Only so many are in the document at once; the first new one takes the focus of the button that asked for it. */
  function show(already) {
    const next = found.slice(shown, shown + MOST_SHOWN).map((quote) => quoteResult(quote, href));
    results.append(...next);
    shown += next.length;
    more.hidden = shown >= found.length;
    if (already) next[0]?.querySelector("a").focus();
  }

  search();
  return element(
    "div",
    { class: "list" },
    element("h1", { tabindex: "-1" }, "Quotes"),
    element("p", { class: "lead" }, "Every word given must stand in the quote, its speaker's name, or the title or day of its article."),
    element("div", { class: "controls" }, field, count),
    others?.node,
    results,
    more,
  );
}

function quoteResult(quote, href) {
  const about = [quote.who ?? "nobody named", quote.title ?? quote.id, quote.published].filter(Boolean);
  return element(
    "li",
    {},
    element("a", { href: href(quote) }, foreign(quote.text)),
    element("p", {}, foreign(about.join(" · "))),
  );
}

/** Links to the files that hold the other quotes; each takes the words that are looked for along. */
function partLinks(parts) {
  if (!parts || parts.names.length < 2) return null;
  const links = parts.names.map((name, place) =>
    element("a", { href: name, "aria-current": place === parts.here ? "page" : null }, `Part ${place + 1}`),
  );
  const note = `Part ${parts.here + 1} of ${parts.names.length} of the quotes; the same words in another part:`;
  return {
    node: element("nav", { "aria-label": "Parts" }, element("span", {}, note), ...links),
    ask: (words) => links.forEach((link, place) => link.setAttribute("href", `${parts.names[place]}#${encodeURIComponent(words)}`)),
  };
}

/** For comparing: small letters without accents. */
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** The quotes of an article that stands in this file. */
function quotesOf(packed) {
  const article = unpackArticle(packed);
  const { title, published } = article.about;
  return article.rows.quotes
    .filter((row) => row.values.text !== null)
    .map((row) => ({ id: article.id, key: row.key, text: row.values.text, who: speakerOf(article, row), title, published }));
}

/** Those of a file of quotes: articles as `[id, title, published]`, quotes as `[number of the article, key, text, speaker]`. */
function unpackQuotes({ articles, rows }) {
  return rows.map(([number, key, text, who]) => {
    const [id, title, published] = articles[number];
    return { id, key: `${id}.${key}`, text, who, title, published };
  });
}
