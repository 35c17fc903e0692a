"""The reading page as a reader sees it in a browser (skipped where there is no Chromium)."""

import json
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from marked import ARTICLE_ID, CITATION, DESCRIPTOR, TEXT, css, page, tables

from builder.page import reading_pages
from builder.tables.arrow import without_text

Show = Callable[..., Any]


@pytest.fixture
def show(browser: Any, tmp_path: Path) -> Iterator[Show]:
    """Opens an HTML text; at the end, nothing may stand in the console and nothing may have been asked of a network."""
    browser.get("about:blank")
    for kind in ("browser", "performance"):
        browser.get_log(kind)

    def open_page(text: str, address: str = "", *, width: int = 1400, dark: bool = False, media: str = "") -> Any:
        path = tmp_path / "index.html"
        path.write_text(text, encoding="utf-8")
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        calm = {"name": "prefers-reduced-motion", "value": "reduce"}
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": [scheme, calm]})
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        browser.get("about:blank")
        browser.get(path.as_uri() + address)
        return browser

    yield open_page
    assert browser.get_log("browser") == []
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = {event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"}
    assert {url for url in asked if not url.startswith(("file://", "about:", "data:,"))} == set()
    assert len({url.partition("#")[0] for url in asked if url.startswith("file://")}) <= 1


def keys(browser: Any, *pressed: str) -> None:
    from selenium.webdriver import ActionChains, Keys  # noqa: PLC0415

    actions = ActionChains(browser)
    for key in pressed:
        actions.send_keys(getattr(Keys, key, key))
    actions.perform()


def enter(browser: Any, node: Any) -> None:
    """Presses the key on a link or button, and waits until the page shows something else."""
    shown = "return document.getElementById(':page').textContent"
    before = browser.execute_script(shown)
    browser.execute_script("arguments[0].focus()", node)
    keys(browser, "ENTER")
    late = time.monotonic() + 5
    while browser.execute_script(shown) == before and time.monotonic() < late:
        pass


def marked(browser: Any, kind: str) -> dict[str, str]:
    """What the page marks for each row by this kind; pieces of one mark put together again."""
    script = """
      const texts = {};
      for (const node of document.querySelectorAll(`mark[data-kind=${arguments[0]}]`))
        texts[node.dataset.row] = (texts[node.dataset.row] ?? "") + node.textContent;
      return texts;"""
    return dict(browser.execute_script(script, kind))


def test_marks_are_what_the_rows_hold(show: Show) -> None:
    browser = show(page())
    rows = {name: table.to_pylist() for name, table in tables().items()}
    assert marked(browser, "quote") == {row["quote_id"]: row["text"] for row in rows["quotes"]}
    assert marked(browser, "cue") == {row["quote_id"]: row["cue"] for row in rows["quotes"]}
    assert marked(browser, "date") == {row["date_id"]: row["text"] for row in rows["dates"]}
    assert marked(browser, "evidence") == {row["affiliation_id"]: row["text"] for row in rows["affiliations"]}
    assert marked(browser, "role") == {row["participant_id"]: row["role"] for row in rows["participants"] if row["role"]}
    for kind, column in (("participant", "participant_id"), ("agency", "agency_id")):
        mentions: dict[str, str] = {}
        for row in rows["mentions"]:
            if row[column]:
                mentions[row[column]] = mentions.get(row[column], "") + row["text"]
        assert marked(browser, kind) == mentions
    shown = browser.execute_script(
        "return [document.querySelector('h1').textContent,"
        " ...[...document.querySelectorAll('.text p')].map((p) => p.textContent)].join('\\n')"
    )
    assert shown == TEXT


def test_marks_that_cross_are_both_whole(show: Show) -> None:
    crossing = tables()
    mentions = crossing["mentions"].to_pylist()
    start = TEXT.index("in ten years”") + 3
    mentions.append(dict(mentions[0], mention_id=f"{ARTICLE_ID}.m9", text="ten years” and", start=start, end=start + 14))
    crossing["mentions"] = crossing["mentions"].from_pylist(mentions, crossing["mentions"].schema)
    browser = show(dict(reading_pages([crossing], DESCRIPTOR, CITATION))["index.html"])
    assert marked(browser, "quote") == {row["quote_id"]: row["text"] for row in crossing["quotes"].to_pylist()}
    assert marked(browser, "participant")[f"{ARTICLE_ID}.norway"] == "Norwayten years” and"


def test_rows_of_one_key_in_two_tables_stay_apart(show: Show) -> None:
    twins = tables()
    for name, column in (("agencies", "agency_id"), ("mentions", "agency_id"), ("quotes", "addressee_agency_id")):
        rows = twins[name].to_pylist()
        for row in rows:
            if row[column] == f"{ARTICLE_ID}.polar-wire":
                row[column] = f"{ARTICLE_ID}.norway"
        twins[name] = twins[name].from_pylist(rows, twins[name].schema)
    browser = show(dict(reading_pages([twins], DESCRIPTOR, CITATION))["index.html"])
    assert marked(browser, "participant")[f"{ARTICLE_ID}.norway"] == "Norway"
    assert marked(browser, "agency")[f"{ARTICLE_ID}.norway"] == "Polar Wire"
    css(browser, "mark.quote.partial")[0].click()
    assert "said to Polar Wire" in css(browser, ".card")[0].text


def test_click_on_a_quote_shows_its_row(show: Show) -> None:
    browser = show(page())
    quote = css(browser, "mark.quote.direct")[0]
    quote.click()
    card = css(browser, ".card")[0].text
    assert "Ingrid Solheim" in card
    assert "“she”" in card
    assert "inverted-cue" in card
    (line,) = css(browser, "tr[aria-current]")
    assert "I have seldom seen such patience," in line.text
    assert browser.execute_script("return location.hash") == "#" + quote.get_attribute("data-row")


def test_hover_shows_who_said_it_and_when(show: Show) -> None:
    from selenium.webdriver import ActionChains  # noqa: PLC0415

    browser = show(page())
    ActionChains(browser).move_to_element(css(browser, "mark.quote.partial")[0]).perform()
    (tip,) = css(browser, "#tip")
    shown = tip.text
    assert [words for words in ("Ingrid Solheim", "Polar Wire", "2021-03-03", "inverted-cue") if words not in shown] == []


def test_address_of_a_row_opens_it(show: Show) -> None:
    browser = show(page(articles=3), f"#{ARTICLE_ID}-2.ingrid-solheim")
    assert css(browser, ".card-title")[0].text == "Ingrid Solheim"
    assert css(browser, "mark.selected")[0].text == "Ingrid Solheim"


def test_keyboard_goes_from_mark_to_row_and_back(show: Show) -> None:
    browser = show(page())
    browser.execute_script("document.querySelector('.legend button:last-child').focus()")
    keys(browser, "TAB")
    active = "return document.activeElement.textContent"
    assert browser.execute_script(active) == "Norway"
    keys(browser, "ENTER")
    assert browser.execute_script("return document.activeElement.className") == "card-title"
    keys(browser, "ESCAPE")
    assert browser.execute_script(active) == "Norway"
    assert css(browser, ".card") == []


def test_table_filters_sorts_and_leads_to_the_place(show: Show) -> None:
    browser = show(page())
    (field,) = [field for field in css(browser, ".filter") if field.is_displayed()]
    field.send_keys("solheim partial")
    lines = [line for line in css(browser, ".tables tbody tr") if line.is_displayed()]
    assert len(lines) == 1
    assert css(browser, ".count")[0].text == "1 of 5 rows"
    css(browser, ".tables tbody tr:not([hidden]) a")[0].click()
    assert browser.execute_script("return document.activeElement.textContent") == "were the longest in ten years"
    field.clear()
    field.send_keys(" ")
    kind = next(button for button in css(browser, ".tables thead button") if button.text.startswith("Kind"))
    kind.click()
    kind.click()
    kinds = [line.text.split()[0] for line in css(browser, ".tables tbody td:nth-child(3)")]
    assert kinds == ["partial", "indirect", "direct", "direct", "direct"]
    assert css(browser, "th[aria-sort=descending]")[0].text.startswith("Kind")


def test_script_in_an_article_does_nothing(show: Show) -> None:
    browser = show(page())
    assert browser.execute_script("return window.hacked === undefined")
    assert browser.execute_script("return document.scripts.length") == 2
    assert "<script>window.hacked = 1</script>" in css(browser, ".text")[0].text


def test_who_speaks_and_when(show: Show) -> None:
    browser = show(page())
    (speaker,) = css(browser, ".voices tbody tr")
    assert speaker.text.split() == ["Ingrid", "Solheim", "36", "100%", "5"]
    days = [heading.text for heading in css(browser, ".timeline h3")]
    assert days == ["2021-03-02", "2021-03-03", "2021-03-04"]
    assert len(css(browser, ".timeline .statement")) == 3


@pytest.mark.parametrize("width", [1400, 360])
@pytest.mark.parametrize("dark", [False, True])
def test_contrast_and_width(show: Show, width: int, dark: bool) -> None:
    browser = show(page(), f"#{ARTICLE_ID}.ingrid-solheim", width=width, dark=dark)
    browser.execute_script("document.querySelector('details').open = true")
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    assert browser.execute_script(LOW_CONTRAST) == []


LOW_CONTRAST = """
  const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => parse(colour).slice(0, 3).map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (node) => {
    for (; node; node = node.parentElement) {
      const colour = getComputedStyle(node).backgroundColor;
      if ((parse(colour)[3] ?? 1) > 0.5) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const low = [];
  const walker = document.createTreeWalker(document.querySelector("body"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !node.checkVisibility() || node.closest("script, .unseen, svg")) continue;
    const [one, other] = [light(getComputedStyle(node).color), light(ground(node))];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (ratio < 4.5) low.push([walker.currentNode.data, ratio]);
  }
  return low;"""


def test_structure_that_a_screen_reader_needs(show: Show) -> None:
    browser = show(page(), f"#{ARTICLE_ID}.ingrid-solheim")
    levels = browser.execute_script("return [...document.querySelectorAll('h1, h2, h3')].map((h) => +h.tagName[1])")
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    nameless = browser.execute_script(
        "return [...document.querySelectorAll('button, a, input, [role=tab]')]"
        ".filter((n) => !(n.textContent.trim() || n.getAttribute('aria-label'))).length"
    )
    assert nameless == 0
    assert browser.execute_script("return new Set([...document.querySelectorAll('[id]')].map((n) => n.id)).size") == len(
        css(browser, "[id]")
    )
    assert css(browser, "mark[tabindex]")[0].get_attribute("aria-description").startswith("Participant: state")


def test_print_shows_every_table_and_no_controls(show: Show) -> None:
    browser = show(page(), media="print")
    browser.execute_script("dispatchEvent(new Event('beforeprint'))")
    assert all(table.is_displayed() for table in css(browser, ".tables table"))
    assert len(css(browser, ".tables table")) == 6
    assert not any(control.is_displayed() for control in css(browser, ".filter, .legend, [role=tablist]"))


def test_without_the_text_there_are_the_tables(show: Show) -> None:
    ((_, text),) = reading_pages([without_text(tables())], DESCRIPTOR, CITATION)
    browser = show(text)
    assert "without the article's text" in css(browser, ".notice")[0].text
    assert css(browser, "mark") == []
    css(browser, ".tables tbody a")[2].click()
    assert "I have seldom seen such patience," in css(browser, ".card")[0].text


def test_list_of_two_hundred_articles_searches_and_opens(show: Show) -> None:
    text = page(articles=200)
    assert len(text.encode()) < 5_000_000
    began = time.monotonic()
    browser = show(text)
    assert len(css(browser, ".list tbody tr")) == 200
    assert time.monotonic() - began < 2
    css(browser, ".filter")[0].send_keys(f"{ARTICLE_ID}-17")
    found = [line for line in css(browser, ".list tbody tr a") if line.is_displayed()]
    assert len(found) == 11
    found[0].click()
    assert "Norway, Iceland" in css(browser, "h1")[0].text
    assert browser.execute_script("return document.activeElement.tagName") == "H1"
    browser.back()
    assert css(browser, "h1")[0].text == "Articles"


def test_search_over_all_quotes_by_keyboard(show: Show) -> None:
    browser = show(page(articles=60))
    enter(browser, css(browser, "nav a")[0])
    assert css(browser, "h1")[0].text == "Quotes"
    assert browser.execute_script("return document.activeElement.tagName") == "H1"
    assert css(browser, ".count")[0].text == "300 quotes"
    assert len(css(browser, ".results li")) == 100
    enter(browser, css(browser, ".more")[0])
    assert len(css(browser, ".results li")) == 200
    assert browser.execute_script("return [...document.querySelectorAll('.results a')].indexOf(document.activeElement)") == 100
    css(browser, ".filter")[0].send_keys("SÉLDOM patience solheim")
    assert css(browser, ".count")[0].text == "60 of 300 quotes"
    (link, *_) = css(browser, ".results a")
    assert link.text == "I have seldom seen such patience,"
    enter(browser, link)
    assert css(browser, "mark.selected")[0].text == "I have seldom seen such patience,"
    browser.back()
    time.sleep(0.2)
    assert css(browser, ".count")[0].text == "60 of 300 quotes"
    assert browser.execute_script(LOW_CONTRAST) == []


def test_file_of_quotes_searches_what_its_address_asks_for(show: Show) -> None:
    pages = dict(reading_pages([tables(40)], DESCRIPTOR, CITATION, one_file_bytes=5_000))
    browser = show(pages["_quotes-2.html"], "#seldom%20patience")
    assert css(browser, ".filter")[0].get_attribute("value") == "seldom patience"
    assert all(line.text.startswith("I have seldom") for line in css(browser, ".results li"))
    parts = css(browser, "nav[aria-label=Parts] a")
    assert parts[0].get_attribute("href").endswith("/_quotes.html#seldom%20patience")
    assert parts[1].get_attribute("aria-current") == "page"
    assert (
        css(browser, ".results a")[0]
        .get_attribute("href")
        .endswith(".html#" + css(browser, ".results a")[0].get_attribute("hash")[1:])
    )
