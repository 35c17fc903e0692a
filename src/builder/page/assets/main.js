const page = document.getElementById(":page");
const packedById = new Map((DATA.articles ?? []).map((packed) => [packed.id, packed]));
const isList = Boolean(DATA.list) || packedById.size > 1;
let shown = null;

/** `#ARTICLE` opens an article, `#ARTICLE.ROW` a row of it, anything else the list, or the only article. */
function route() {
  const address = location.hash.slice(1);
  const id = address.split(".")[0];
  if (packedById.has(id)) openArticle(id, address);
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

function openList() {
  const moved = shown !== null;
  shown = { id: null };
  tip.hide();
  const entries = DATA.list ?? DATA.articles.map(entryOf);
  page.replaceChildren(articleList(entries.map(listRow), (id) => (DATA.list ? `${id === "index" ? "_index" : id}.html` : `#${id}`)));
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
