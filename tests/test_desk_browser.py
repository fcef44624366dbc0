"""The desk in a real browser: read the sample, set the summary, paste something hostile, take the brief.

``NEWSDESK_PICTURE=docs/desk.png pytest tests/test_desk_browser.py`` takes the README's picture anew.
"""

import io
import os
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
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.tools import need

HOSTILE = (
    "Mayor <script>document.title='taken'</script> paid $x^2$ and $$y$$, :smile: **bold** `code`.\n\n"
    "   # No heading  <img src=x onerror=\"document.title='taken'\"> [link](https://example.org)\n\n"
    "“We are **going** home,” said Anna Larsson, the head of the harbour."
)
PATIENCE = 20_000  # milliseconds: the first analysis loads a language model


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = need("chromium", "chromium-browser", "google-chrome")
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-background-networking", "--disable-gpu"]
        chromium = playwright.chromium.launch(executable_path=program, args=flags)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def address(browser: Browser, root: Path) -> Iterator[str]:
    """The desk, served on a free port of loopback."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port = server.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py"]
    options = ["--server.headless=true", f"--server.port={port}", "--server.fileWatcherType=none"]
    with subprocess.Popen([*command, *options], cwd=root, stdout=subprocess.DEVNULL) as desk:
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
    page.goto(address)
    yield page
    page.close()


def test_an_editor_reads_sets_pastes_and_takes_the_brief(page: Page, samples: Path) -> None:
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.on("websocket", lambda opened: requested.append(opened.url))
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.reload()

    # The marks, and the way from a row to its place.
    article, beside = page.locator(".nd-article"), page.locator(".st-key-nd-margin")
    expect(article.locator("mark.nd-person").first).to_be_visible(timeout=PATIENCE)
    quote = article.locator("mark.nd-direct", has_text="People would like to have more security")
    expect(quote).to_be_attached()
    if picture := os.environ.get("NEWSDESK_PICTURE"):
        page.screenshot(path=picture)
    beside.locator("a", has_text="People would like to have more security").first.click()
    expect(quote).to_be_in_viewport()
    assert page.evaluate("document.querySelector(':target').className") == "nd-q nd-direct"

    # The numbers are drawn, not written: what is selected is the article.
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.nd-article'))")
    selected = page.evaluate("getSelection().toString()")
    sample = (samples / "jaffar-express.txt").read_text(encoding="utf-8")
    assert selected.split() == sample.split()

    # The summary's length.
    summary = page.locator(".nd-summary")
    page.get_by_role("radio", name="Sentences").click()
    slider = page.get_by_role("slider", name="At most so many sentences")
    expect(slider).to_have_value("3", timeout=PATIENCE)
    expect(summary).to_contain_text("3 sentences", timeout=PATIENCE)
    slider.press("ArrowLeft")
    expect(summary).to_contain_text("2 sentences", timeout=PATIENCE)

    # A hostile text is shown letter for letter.
    page.get_by_test_id("stPopoverButton").click()
    page.get_by_label("Or a text").fill(HOSTILE)
    page.get_by_role("button", name="Read this text").click()
    expect(article).to_contain_text("Anna Larsson")
    expect(beside).to_contain_text("Anna Larsson", timeout=PATIENCE)
    assert article.inner_text() == HOSTILE
    assert (
        page.locator(
            ":is(.nd-article, .st-key-nd-margin, .st-key-nd-lede) :is(script, img, b, code, .katex)"
        ).count()
        == 0
    )
    assert page.title() == "Newsdesk"

    # The brief.
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download brief").click()
    assert waiting.value.suggested_filename.endswith(".docx")
    document = docx.Document(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "<script>document.title='taken'</script>" in words
    assert any("Anna Larsson" in comment.text for comment in document.comments)

    assert not problems
    assert {urlsplit(url).hostname for url in requested if not url.startswith(("data:", "blob:"))} == {
        "127.0.0.1"
    }
