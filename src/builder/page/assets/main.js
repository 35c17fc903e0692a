const page = document.getElementById(":page");
const packedById = new Map((DATA.articles ?? []).map((packed) => [packed.id, packed]));
const isList = Boolean(DATA.list) || packedById.size > 1;
let shown = null;

/** `#ARTICLE` opens an article, `#ARTICLE.ROW` a row of it, `#:quotes/WORDS` the search, anything else the list, or the only article. */
function route() {
  const address = location.hash.slice(1);
  const id = address.split(".")[0];
  if (DATA.quotes) openQuotes(unpackQuotes(DATA.quotes), address);
  else if (packedById.has(id)) openArticle(id, address);
  else if (DATA.articles && isList && address.startsWith(QUOTES_ADDRESS)) openQuotes(DATA.articles.flatMap(quotesOf), address);
  else if (isList) openList();
  else openArticle(packedById.keys().next().value, address);
}

function openArticle(id, address) {
  if (shown?.id !== id) {
    const article = unpackArticle(packedById.get(id));
    const moved = shown !== null;
    shown = { id, view: reader(article, navigation(id)) };
    page.replaceChildren(shown.view.node);
    document.title = `${article.about.title ?? id} – ${DATA.dataset.title}`;
    window.scrollTo(0, 0);
    if (moved) shown.view.focus();
  }
  shown.view.selectKey(address);
}

function openQuotes(quotes, address) {
  const moved = shown !== null;
  shown = { id: null };
  tip.hide();
  const opens = DATA.quotes ? "" : QUOTES_ADDRESS;
  const href = (quote) => (DATA.quotes ? `${fileOf(quote.id)}#${quote.key}` : `#${quote.key}`);
  const back = element("nav", { "aria-label": "Articles" }, element("a", { href: DATA.index ?? "#" }, "All articles"));
  page.replaceChildren(back, quoteSearch(quotes, href, opens, wordsIn(address.slice(opens.length)), DATA.quotes));
  document.title = `Quotes – ${DATA.dataset.title}`;
  if (moved) page.querySelector("h1").focus();
}

function wordsIn(address) {
  try {
    return decodeURIComponent(address);
  } catch {
    return "";
  }
}

/** The file of an article where each has one of its own. */
function fileOf(id) {
  return `${id === "index" ? "_index" : id}.html`;
}

function openList() {
  const moved = shown !== null;
  shown = { id: null };
  tip.hide();
  const entries = DATA.list ?? DATA.articles.map(entryOf);
  const search = element("nav", { "aria-label": "Quotes" }, element("a", { href: DATA.search ?? `#${QUOTES_ADDRESS}` }, "Search all quotes"));
  page.replaceChildren(search, articleList(entries.map(listRow), (id) => (DATA.list ? fileOf(id) : `#${id}`)));
  document.title = DATA.dataset.title;
  if (moved) page.querySelector("h1").focus();
}

/** Links to the list and to the neighbours of an article; null where it stands alone. */
function navigation(id) {
  if (DATA.index) return element("nav", { "aria-label": "Articles" }, element("a", { href: DATA.index }, "All articles"));
  if (!isList) return null;
  const ids = [...packedById.keys()];
  const place = ids.indexOf(id);
  const neighbour = (at, label) => (ids[at] ? element("a", { href: `#${ids[at]}` }, label) : null);
  return element(
    "nav",
    { "aria-label": "Articles" },
    element("a", { href: "#" }, "All articles"),
    neighbour(place - 1, "Previous"),
    neighbour(place + 1, "Next"),
  );
}

document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  page.focus();
});
document.getElementById("home").href = DATA.index ?? "#";
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (!tip.node.hidden) tip.hide();
  shown?.view?.close();
});
addEventListener("beforeprint", () => shown?.view?.print());
addEventListener("hashchange", route);
route();
