"""The review page: what its server lets in and keeps, and the page as a coder uses it (skipped where there is no Chromium)."""

import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from decided import Coder
from marked import css

import builder

PERSON = "harbour.ada-lindqvist"


class Server:
    """``builder review`` as a process of its own."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        command = [sys.executable, "-m", "builder", *(arguments or ("review",)), "--no-open"]
        self.process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True, env=os.environ)
        assert self.process.stdout
        self.address = self.process.stdout.readline().strip()
        self.origin, _, self.token = self.address.rstrip("/").rpartition("/")

    def post(self, content: object, path: str | None = None, **headers: str) -> tuple[int, dict[str, Any]]:
        data = content if isinstance(content, bytes) else json.dumps(content).encode()
        own = {"Content-Type": "application/json", "Origin": self.origin, **{n.replace("_", "-"): v for n, v in headers.items()}}
        request = urllib.request.Request(self.origin + (path or f"/{self.token}/decisions"), data, own)
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read())

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()


Start = Callable[..., Server]


@pytest.fixture
def start(built: Path) -> Iterator[Start]:
    servers: list[Server] = []

    def start_server(*arguments: str) -> Server:
        servers.append(Server(built, *arguments))
        return servers[-1]

    yield start_server
    for server in servers:
        server.kill()


def lines(project: Path, coder: str = "ada") -> list[dict[str, Any]]:
    path = project / "coding" / f"{coder}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def test_what_is_posted_is_on_disk_whatever_is_killed(project: Path, start: Start, run: Run) -> None:
    template = Coder("ada", project).template(PERSON)
    server = start("review", "--coder", "ada")
    code, answer = server.post({**template, "verdict": "accept"})
    server.kill()
    assert code == 200
    assert lines(project) == [answer["saved"]]
    with (project / "coding" / "ada.jsonl").open("ab") as file:
        file.write(b'{"id": "cut')
    assert run("build").returncode == 2
    again = start("review", "--coder", "ada")
    assert again.post({**template, "verdict": "unsure"})[0] == 200
    assert [line["verdict"] for line in lines(project)] == ["accept", "unsure"]
    assert (project / "coding" / "ada.cut").read_bytes() == b'{"id": "cut\n'
    assert run("build").returncode == 0


def test_only_its_own_page_may_post(project: Path, start: Start) -> None:
    template = Coder("ada", project).template(PERSON)
    decision = {**template, "verdict": "accept"}
    server = start("review", "--coder", "ada")
    assert server.post(decision, Origin="http://example.org")[0] == 403
    assert server.post(decision, Origin="null")[0] == 403
    assert server.post(decision, path="/guessed/decisions")[0] == 404
    assert server.post(decision, Host="example.org")[0] == 404
    assert server.post(decision, Content_Type="text/plain")[0] == 415
    assert server.post(b"x" * (2 << 20))[0] == 413
    assert server.post(b"[")[0] == 400
    code, answer = server.post({**decision, "article_sha256": "0" * 64})
    assert (code, answer["error"]) == (400, "the decision is about a text that is not shown here; reload the page")
    assert server.post({**decision, "verdict": "perhaps"})[0] == 400
    assert server.post({**decision, "coder": "ben", "id": "mine"})[0] == 200
    assert [(line["coder"], line["id"] == "mine") for line in lines(project)] == [("ada", False)]
    with pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(server.origin + "/")


def test_two_coders_do_not_disturb_each_other(project: Path, start: Start) -> None:
    template = Coder("ada", project).template(PERSON)
    ada, ben = start("review", "--coder", "ada"), start("review", "--coder", "ben")
    for _ in range(5):
        assert ada.post({**template, "verdict": "accept"})[0] == 200
        assert ben.post({**template, "verdict": "reject"})[0] == 200
    assert {line["verdict"] for line in lines(project, "ada")} == {"accept"}
    assert {line["verdict"] for line in lines(project, "ben")} == {"reject"}
    page = urllib.request.urlopen(ben.address).read().decode()
    assert '"coder":"ben"' in page
    assert '"coder":"ada"' not in page


def test_bad_arguments_are_one_line(project: Path, run: Run) -> None:
    run("build")
    for arguments, message in [
        (("--coder", "../ada"), "builder: the coder's name, '../ada', must match"),
        (("--coder", "ada", "--sample", "none"), "builder: coding/samples/none.jsonl: no such sample"),
        (("--coder", "ada", "--article", "none"), "builder: .: no row to judge"),
        (("--coder", "ada", "--tables", "people"), "builder: 'people' is none of"),
    ]:
        done = run("review", *arguments)
        assert done.returncode == 2
        assert done.stderr.startswith(message)
    assert run("adjudicate", "--coder", "chair").stderr.startswith("builder: no row is disputed")


# In the browser


def open_page(browser: Any, address: str, width: int = 1440) -> None:
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]})
    browser.get("about:blank")
    browser.get(address)


def press(browser: Any, *keys: str) -> None:
    from selenium.webdriver import ActionChains  # noqa: PLC0415

    for key in keys:
        ActionChains(browser).send_keys(key).perform()


def wait_for(browser: Any, text: str) -> None:
    from selenium.webdriver.support.ui import WebDriverWait  # noqa: PLC0415

    WebDriverWait(browser, 10).until(lambda b: text in css(b, "#saved")[0].text)


def shown(browser: Any) -> str:
    return str(css(browser, "#card blockquote")[0].text)


def select_words(browser: Any, words: str) -> None:
    browser.execute_script(
        """
        const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const at = node.data.indexOf(arguments[0]);
          if (at < 0) continue;
          getSelection().setBaseAndExtent(node, at, node, at + arguments[0].length);
          return;
        }""",
        words,
    )


def choose(browser: Any, selector: str, value: str) -> None:
    from selenium.webdriver.support.ui import Select  # noqa: PLC0415

    Select(css(browser, selector)[0]).select_by_visible_text(value)


def test_judging_by_keys(browser: Any, project: Path, start: Start, run: Run) -> None:
    server = start("review", "--coder", "ada", "--tables", "quotes")
    open_page(browser, server.address)
    first = shown(browser)
    press(browser, "a")
    wait_for(browser, "Saved: accept")
    assert shown(browser) != first
    press(browser, "w")
    wait_for(browser, "Press the columns that are wrong")
    press(browser, "1", "w")
    wait_for(browser, "Saved: wrong")
    assert [(line["verdict"], line.get("columns")) for line in lines(project)] == [("accept", None), ("wrong", ["kind"])]
    press(browser, "z")
    wait_for(browser, "Saved: undo")
    press(browser, "e")
    choose(browser, "#field-kind", "partial")
    css(browser, "form.values button[type=submit]")[0].click()
    wait_for(browser, "Saved: edit")
    assert lines(project)[-1]["set"] == {"kind": "partial"}
    press(browser, "d")
    wait_for(browser, "Saved: done")
    assert run("build").returncode == 0
    statuses = list(builder.load(project / "datapackage.json")["reviews"]["merge_status"])
    assert statuses == ["applied", "superseded", "superseded", "applied", "applied"]
    assert run("validate").returncode == 0


def test_adding_by_selection_counts_code_points(browser: Any, project: Path, start: Start, run: Run) -> None:
    path = project / "sources" / "harbour.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("on Monday", "🙂🙂 e\u0301 on Monday"), encoding="utf-8")
    assert run("build").returncode == 0
    server = start("review", "--coder", "ada", "--tables", "quotes")
    open_page(browser, server.address)
    press(browser, "m")
    wait_for(browser, "Select the words")
    select_words(browser, "reporters")
    press(browser, "m")
    choose(browser, "#add-table", "Participants")
    choose(browser, "#field-kind", "group")
    css(browser, "form.values button[type=submit]")[0].click()
    wait_for(browser, "Saved: add")
    (line,) = lines(project)
    text = path.read_text(encoding="utf-8")
    assert text[line["start"] : line["end"]] == "reporters"
    assert line["prefix"] == text[line["start"] - 32 : line["start"]]
    assert run("build").returncode == 0
    tables = builder.load(project / "datapackage.json")
    assert "harbour.reporters" in set(tables["participants"]["participant_id"])


def test_filters_and_bulk_accept_of_what_is_shown(browser: Any, project: Path, start: Start) -> None:
    server = start("review", "--coder", "ada")
    open_page(browser, server.address)
    choose(browser, "#filter-table", "mentions")
    count = len(css(browser, ".queue-list li"))
    assert 0 < count < len(json.loads(css(browser, "#data")[0].get_attribute("textContent"))["items"])
    css(browser, "#bulk")[0].click()
    from selenium.webdriver.support.ui import WebDriverWait  # noqa: PLC0415

    WebDriverWait(browser, 10).until(lambda _: len(lines(project)) == count)
    assert {line["table"] for line in lines(project)} == {"mentions"}
    choose(browser, "#filter-status", "not judged")
    assert css(browser, ".queue-list li") == []


def test_blind_coding_shows_values_after_the_verdict(browser: Any, project: Path, start: Start) -> None:
    server = start("review", "--coder", "ada", "--tables", "quotes", "--blind")
    open_page(browser, server.address)
    assert css(browser, "#card .columns-list") == []
    assert css(browser, "mark.beside") == []
    choose(browser, "#field-kind", "direct")
    css(browser, "form.values button[type=submit]")[0].click()
    wait_for(browser, "Give a value for attribution")
    choose(browser, "#field-attribution", "unattributed")
    css(browser, "form.values button[type=submit]")[0].click()
    wait_for(browser, "Saved:")
    assert css(browser, "#card .columns-list")
    (line,) = lines(project)
    assert line["blind"] is True
    assert line["verdict"] == "edit"


def test_nothing_is_called_saved_when_the_server_is_gone(browser: Any, project: Path, start: Start) -> None:
    server = start("review", "--coder", "ada", "--tables", "quotes")
    open_page(browser, server.address)
    press(browser, "a")
    wait_for(browser, "Saved: accept")
    before = shown(browser)
    server.kill()
    press(browser, "a")
    wait_for(browser, "NOT saved")
    assert shown(browser) == before
    assert len(lines(project)) == 1
    again = start("review", "--coder", "ada", "--tables", "quotes")
    open_page(browser, again.address)
    assert "1 of" in css(browser, ".queue .count")[0].text
    browser.get("about:blank")


def test_page_as_a_file_gives_decisions_to_download(browser: Any, project: Path, run: Run) -> None:
    run("build")
    assert run("review", "--coder", "ada", "--tables", "quotes", "--out", "page.html").returncode == 0
    open_page(browser, (project / "page.html").as_uri())
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(project / "down")})
    press(browser, "a")
    wait_for(browser, "1 decision in this page")
    css(browser, "#download")[0].click()
    wait_for(browser, "Downloaded as ada.jsonl")
    from selenium.webdriver.support.ui import WebDriverWait  # noqa: PLC0415

    WebDriverWait(browser, 10).until(lambda _: (project / "down" / "ada.jsonl").exists())
    (project / "coding").mkdir()
    (project / "down" / "ada.jsonl").rename(project / "coding" / "ada.jsonl")
    assert run("build").returncode == 0
    assert list(builder.load(project / "datapackage.json")["reviews"]["merge_status"]) == ["applied"]


def test_settling_shows_what_coders_said(browser: Any, project: Path, start: Start, run: Run) -> None:
    Coder("ada", project).decide(PERSON, "accept")
    Coder("ben", project).decide(PERSON, "wrong", columns=["role"])
    assert run("build").returncode == 0
    server = start("adjudicate", "--coder", "chair")
    open_page(browser, server.address)
    assert [node.text for node in css(browser, ".voices-list li")] == ["ada: right", "ben: wrong (role)"]
    press(browser, "a")
    wait_for(browser, "Saved: accept")
    assert lines(project, "chair")[0]["adjudicates"] == ["ada.1", "ben.1"]
    assert run("build").returncode == 0
    statuses = builder.load(project / "datapackage.json")["reviews"].set_index("coder_id")["merge_status"]
    assert statuses.to_dict() == {"ada": "superseded", "ben": "superseded", "chair": "applied"}


@pytest.mark.parametrize("width", [1440, 390])
def test_page_fits_and_is_accessible(browser: Any, project: Path, start: Start, width: int) -> None:
    server = start("review", "--coder", "ada")
    open_page(browser, server.address, width)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    if shots := os.environ.get("BUILDER_SHOTS"):
        browser.save_screenshot(f"{shots}/review-{width}.png")
    axe = os.environ.get("BUILDER_AXE")
    if axe is None:
        pytest.skip("BUILDER_AXE does not name axe.min.js")
    browser.execute_cdp_cmd("Page.setBypassCSP", {"enabled": True})
    browser.execute_script(Path(axe).read_text(encoding="utf-8"))
    press(browser, "e")
    found = browser.execute_async_script(
        "axe.run().then((r) => arguments[0](r.violations.map((v) => v.id + ': ' + v.nodes[0].html)))"
    )
    assert found == []
