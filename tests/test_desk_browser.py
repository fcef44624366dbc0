"""The desk in a real browser: an editor corrects the sample from the first mark to the brief.

``NEWSDESK_PICTURE=docs/desk.png pytest tests/test_desk_browser.py`` takes the README's picture anew.
"""

import io
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import docx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.tools import need

HOSTILE = (
    "Mayor <script>document.title='taken'</script> paid $x^2$ and $$y$$, :smile: **bold** `code`.\n\n"
    "   # No heading  <img src=x onerror=\"document.title='taken'\"> [link](https://example.org)\n\n"
    "“We are **going** home,” said Anna Larsson, the head of the harbour."
)
PATIENCE = 30_000  # milliseconds: the first analysis loads a language model
SHORTLY = 600  # milliseconds between what an editor sees and the next key


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = need("chromium", "chromium-browser", "google-chrome")
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-background-networking", "--disable-gpu"]
        chromium = playwright.chromium.launch(executable_path=program, args=flags)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def address(browser: Browser, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The desk, served on a free port of loopback, with a library of its own."""
    library = tmp_path_factory.mktemp("desk") / "library.sqlite"
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port = server.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py"]
    options = ["--server.headless=true", f"--server.port={port}", "--server.fileWatcherType=none"]
    where = {**os.environ, "NEWSDESK_LIBRARY": str(library)}
    with subprocess.Popen([*command, *options], cwd=root, env=where, stdout=subprocess.DEVNULL) as desk:
        try:
            _wait(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            desk.terminate()


def _wait(url: str) -> None:
    for _ in range(150):
        try:
            with urlopen(url, timeout=1):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    pytest.fail("the desk did not start in 30 seconds")


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    page.goto(address)
    yield page
    page.close()


def mark(page: Page, words: str) -> Locator:
    """The first piece of a mark that has these words."""
    # A pattern, for a string would be sought in any case.
    return page.locator(".nm-run", has_text=re.compile(re.escape(words))).first


def select_words(page: Page, first: str, last: str) -> None:
    """Drags the mouse over the text from some words to others."""
    boxes = page.evaluate(
        """([first, last]) => {
            const text = document.querySelector(".nm-text");
            const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
            const at = (words, isEnd) => {
                walker.currentNode = text;
                while (walker.nextNode()) {
                    const start = walker.currentNode.data.indexOf(words);
                    if (start < 0) continue;
                    if (!isEnd) walker.currentNode.parentElement.scrollIntoView({ block: "center", behavior: "instant" });
                    const range = document.createRange();
                    range.setStart(walker.currentNode, start);
                    range.setEnd(walker.currentNode, start + words.length);
                    const box = range.getBoundingClientRect();
                    return isEnd ? [box.right - 1, box.top + box.height / 2] : [box.left + 1, box.top + box.height / 2];
                }
            };
            return [at(first, false), at(last, true)];
        }""",
        [first, last],
    )
    page.mouse.move(*boxes[0])
    page.mouse.down()
    page.mouse.move(*boxes[1], steps=8)
    page.mouse.up()


def test_an_editor_corrects_an_article(page: Page, samples: Path) -> None:
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.on("websocket", lambda opened: requested.append(opened.url))
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.reload()
    review = page.locator(".st-key-nd-review")

    # The marks are there, and the text is the article's.
    expect(mark(page, "Jeeyand Baloch")).to_be_visible()
    expect(review).to_contain_text("left to look at")
    if picture := os.environ.get("NEWSDESK_PICTURE"):
        page.screenshot(path=picture)
    sample = (samples / "jaffar-express.txt").read_text(encoding="utf-8")
    assert page.locator(".nm-text").evaluate("text => text.textContent") == sample

    # A speaker is set right by keyboard alone.
    wrong = "the group was ready to free passengers"
    page.locator(".nm-text").focus()
    while mark(page, wrong).evaluate("mark => mark !== document.activeElement"):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("s")
    field = page.get_by_role("combobox", name="Who said")
    expect(field).to_be_focused()
    page.keyboard.type("kam hyd")
    page.keyboard.press("Enter")
    expect(field).to_have_count(0)
    expect(mark(page, wrong)).to_have_attribute(
        "aria-description", re.compile("Kamal Hyder.*set by the editor")
    )
    assert mark(page, wrong).evaluate("mark => mark === document.activeElement"), (
        "the text has the focus again"
    )
    expect(review).to_contain_text("Saved")

    # A quote that was missed is marked by mouse, and undone and done again by key.
    missed = "separatist group seeking"
    select_words(page, missed, missed)
    page.get_by_role("toolbar").get_by_role("button", name="Quote", exact=True).click()
    expect(mark(page, missed)).to_have_attribute("aria-description", re.compile("quote.*marked by editor"))
    page.keyboard.press("u")
    expect(mark(page, missed)).to_have_count(0)
    page.keyboard.press("Shift+U")
    expect(mark(page, missed)).to_be_visible()

    # Two names become one.
    mark(page, "Peshawar").click()
    page.keyboard.press("m")
    same = page.get_by_role("combobox", name="Who is the same as")
    expect(same).to_be_focused()
    page.keyboard.type("sibi")
    page.keyboard.press("Enter")
    merged = re.compile("Place: Sibi, marked by editor")
    expect(mark(page, "Peshawar")).to_have_attribute("aria-description", merged)

    # What is doubtful is confirmed, and so are those that are sure, at once.
    page.keyboard.press("Escape")
    page.get_by_role("button", name=re.compile("above 95%")).click()
    expect(review).to_contain_text("Undo takes it back")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name=re.compile("above 95%"))).to_be_visible()

    # A reload brings it all back.
    page.reload()
    expect(mark(page, wrong)).to_have_attribute(
        "aria-description", re.compile("Kamal Hyder.*set by the editor")
    )
    expect(mark(page, missed)).to_be_visible()
    expect(mark(page, "Peshawar")).to_have_attribute("aria-description", merged)

    # The brief tells what the editor decided.
    page.get_by_role("button", name="Brief", exact=True).click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download Word").click()
    assert waiting.value.suggested_filename.startswith("jaffar-express")
    document = docx.Document(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    assert any("Kamal Hyder" in comment.text for comment in document.comments)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert any(missed in cell for cell in cells)

    assert not problems
    hosts = {urlsplit(url).hostname for url in requested if not url.startswith(("data:", "blob:"))}
    assert hosts == {"127.0.0.1"}


def test_a_hostile_text_is_shown_letter_for_letter(page: Page) -> None:
    text = page.locator(".nm-text")
    expect(text).to_be_visible()
    page.get_by_role("button", name="Open", exact=True).click()
    page.get_by_label("Or a text").fill(HOSTILE)
    page.get_by_role("button", name="Read this text").click()
    expect(text).to_contain_text("Anna Larsson")
    expect(mark(page, "Anna Larsson")).to_be_visible()
    assert text.evaluate("text => text.textContent") == f"{HOSTILE}\n"
    for name in ("Quotes", "Cast", "Checks"):
        page.get_by_role("tab", name=name).click()
        expect(page.locator(".st-key-nd-side")).to_contain_text(re.compile("[a-z]"))
    assert page.locator(".st-key-nd-desk :is(script, img, b, code, .katex)").count() == 0
    mark(page, "Anna Larsson").click()
    page.keyboard.press("m")
    page.get_by_role("combobox").press("Escape")
    expect(page.get_by_role("combobox", name="Who is the same as")).to_have_count(0)
    assert page.title() == "Newsdesk"


def test_the_keys_of_streamlit_do_nothing_here(page: Page) -> None:
    expect(page.locator(".nm-run").first).to_be_visible()
    page.locator(".nd-wordmark").click()
    page.keyboard.press("r")
    page.keyboard.press("c")
    expect(page.get_by_role("dialog")).to_have_count(0)


BEARERS = (
    "Anna Halvorsen, the mayor of Ashby, opened the bridge on Monday.\n\n"
    "Thomas Halvorsen, an engineer, came as well and praised the work of the town.\n\n"
    "“The bridge is safe,” Halvorsen said. The Ashby bridge was closed for years.\n\n"
    "The old road was never mended, and nobody was told. Lucia Brandt left."
)


def opened(page: Page, text: str) -> None:
    """The desk with a pasted text, analysed."""
    expect(page.locator(".nm-text")).to_be_visible()
    page.get_by_role("button", name="Open", exact=True).click()
    page.get_by_label("Or a text").fill(text)
    page.get_by_role("button", name="Read this text").click()
    page.wait_for_timeout(3 * SHORTLY)  # the same text may stand there already, from before
    expect(mark(page, "Lucia Brandt")).to_be_visible()


def test_a_surname_of_two_people_is_asked_for(page: Page) -> None:
    opened(page, BEARERS)
    review = page.locator(".st-key-nd-review")
    mark(page, "The bridge is safe").click()
    expect(review).to_contain_text("“Halvorsen” may be Anna Halvorsen or Thomas Halvorsen")
    # The one place goes over to the other of them by one key.
    said = page.locator(".nm-text p").nth(2).locator(".nm-person", has_text="Halvorsen").first
    expect(said).to_have_attribute("aria-description", re.compile("Thomas Halvorsen"))
    said.click()
    page.keyboard.press("t")
    field = page.get_by_role("combobox", name="Who is meant here by")
    expect(field).to_be_focused()
    page.keyboard.type("anna")
    page.keyboard.press("Enter")
    expect(said).to_have_attribute("aria-description", re.compile("Anna Halvorsen, marked by"))
    expect(mark(page, "Thomas Halvorsen")).to_have_attribute(
        "aria-description", re.compile("Thomas Halvorsen")
    )


def test_a_proposed_speaker_is_told_as_such_and_confirmed_by_key(page: Page) -> None:
    opened(page, BEARERS)
    missed = "The old road was never mended, and nobody was told."
    select_words(page, missed, missed)
    page.keyboard.press("q")
    made = mark(page, "The old road was never")
    expect(made).to_have_attribute("aria-description", re.compile("proposed as the speaker"))
    review = page.locator(".st-key-nd-review")
    expect(review).to_contain_text("The speaker is a proposal")
    expect(made).to_have_class(re.compile("nm-current"))
    page.wait_for_timeout(SHORTLY)
    page.keyboard.press("c")
    expect(made).to_have_attribute("aria-description", re.compile("set by the editor"))


def test_a_field_goes_with_its_mark_and_a_note_is_kept(page: Page) -> None:
    opened(page, BEARERS)
    mark(page, "Anna Halvorsen").click()
    page.keyboard.press("m")
    field = page.get_by_role("combobox", name="Who is the same as")
    expect(field).to_be_focused()
    mark(page, "Lucia Brandt").click()
    expect(field).to_have_count(0)
    page.wait_for_timeout(SHORTLY)
    page.keyboard.press("a")
    note = page.get_by_role("textbox", name="A note on")
    expect(note).to_be_focused()
    page.keyboard.type("Ask the town hall")
    mark(page, "Anna Halvorsen").click()
    expect(note).to_have_count(0)
    mark(page, "Lucia Brandt").click()
    page.wait_for_timeout(SHORTLY)
    page.keyboard.press("a")
    expect(note).to_have_value("Ask the town hall")
    page.keyboard.press("Escape")


def test_a_name_is_written_in_any_words_of_the_article(page: Page) -> None:
    opened(page, BEARERS)
    brandt = mark(page, "Lucia Brandt")
    brandt.click()
    for typed, told in (("brandt", "Person: Brandt"), ("lucia  brandt", "Person: Lucia Brandt")):
        page.wait_for_timeout(SHORTLY)
        page.keyboard.press("r")
        field = page.get_by_role("combobox", name="How to write")
        expect(field).to_be_focused()
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
        expect(brandt).to_have_attribute("aria-description", re.compile(told))
        page.wait_for_timeout(SHORTLY)
    page.keyboard.press("r")
    expect(field).to_be_focused()
    page.keyboard.type("Lucia <b>Nobody</b>")
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-nd-review")).to_contain_text("don’t stand in the article")
    page.wait_for_timeout(SHORTLY)
    page.keyboard.press("r")
    expect(field).to_be_focused()
    page.wait_for_timeout(SHORTLY)
    select_words(page, "left", "left")
    page.keyboard.press("p")
    expect(brandt).to_have_attribute("aria-description", re.compile("Person: left,"))


@pytest.mark.parametrize(("width", "height"), [(720, 450), (400, 640), (1440, 900)])
def test_the_menu_stands_in_the_window_and_beside_its_words(page: Page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})  # 720 by 450 is a screen at 200%
    opened(page, BEARERS)
    for words in ("Anna Halvorsen", "The bridge is safe", "Lucia Brandt"):
        run = mark(page, words)
        expect(run).to_be_visible()
        run.click()
        page.wait_for_timeout(SHORTLY)
        page.keyboard.press("k")
        menu = page.get_by_role("menu")
        expect(menu).to_be_visible()
        page.wait_for_timeout(SHORTLY)
        box, own = page.locator(".nm-bar").bounding_box(), run.bounding_box()
        assert box
        assert own
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= height
        assert box["y"] + box["height"] <= own["y"] + 1 or own["y"] + own["height"] <= box["y"] + 1
        if pictures := os.environ.get("NEWSDESK_PICTURES"):
            page.screenshot(path=f"{pictures}/menu-{width}-{words.split()[0]}.png")
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
