"""How long the desk takes in a real browser: from a pasted text to its marks, and from a key to the repaint.

The same is measured of a page that has nothing but one component which counts keys: what that takes is
Streamlit's own. A key has a first and a last repaint of the text and of what stands above it: what the
browser shows by itself comes at once, and what Python answers later.
"""

from __future__ import annotations

import contextlib
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.load import article, desk
from toolkit.errors import ToolkitError

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_TIMES = 20  # each key
_PATIENCE = 120_000  # milliseconds
_KEYS = {"next": "n", "confirm": "c", "undo": "u", "to the next mark": "ArrowRight"}
_BARE = '''
import streamlit as st

JS = """export default ({ data, setTriggerValue, parentElement }) => {
    parentElement.querySelector(".bare").textContent = data;
    document.onkeydown = () => setTriggerValue("press", data + 1);
};"""
bare = st.components.v2.component("bare", html="<p class=bare></p>", js=JS, isolate_styles=False)

@st.fragment
def counted():
    count = st.session_state.setdefault("count", 0)
    bare(key="bare", data=count, on_press_change=lambda: st.session_state.update(count=count + 1))

counted()
'''
# When a key was sent, and when something below one of these elements changed first and last.
_PROBE = """roots => {
    window.probe = { pressed: 0, first: 0, painted: 0 };
    const isBelow = node => (node.closest ? node : node.parentElement)?.closest(roots);
    const seen = new MutationObserver(changes => {
        if (changes.some(change => isBelow(change.target)))
            requestAnimationFrame(() => {
                probe.painted = performance.now();
                probe.first ||= probe.painted;
            });
    });
    seen.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
}"""
_QUIET = "probe.painted > probe.pressed && performance.now() - probe.painted > 300"
_IDLE = "document.querySelector('[data-test-script-state=notRunning]')"


def table(sizes: list[int]) -> Iterator[str]:
    """A line for the bare page, and for the desk with an article of each size, in words."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        raise ToolkitError("There is no Chromium on this machine; install it and try again.")
    from playwright.sync_api import sync_playwright

    yield "page                   text, s  marks, s | " + " | ".join(f"{key:>20}" for key in _KEYS)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        script = Path(folder, "bare.py")
        script.write_text(_BARE, encoding="utf-8")
        with desk(str(script)) as running, _page(browser, running.address) as page:
            page.evaluate(_PROBE, ".bare")
            own = _pressed(page, "b")
            what = "ms: the first repaint, the last, its 95th percentile; Streamlit's share of the last"
            yield f"{'Streamlit alone':<40} | {_told(own)} {what}"
        with desk() as running:
            for words in sizes:
                with _page(browser, running.address) as page:
                    yield _of(page, words, _last(own))
        browser.close()


@contextlib.contextmanager
def _page(browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.set_default_timeout(_PATIENCE)
    page.goto(f"http://{address}")
    page.locator(".bare, .nm-text").wait_for()
    page.wait_for_function(_IDLE)
    yield page
    page.close()


def _of(page: Page, words: int, own: float) -> str:
    text = article(words, words)
    page.get_by_role("button", name="Open", exact=True).click()
    page.get_by_label("Or a text").fill(text)
    began = time.monotonic()
    page.get_by_role("button", name="Read this text").click()
    page.wait_for_function(
        "start => document.querySelector('.nm-text').textContent.startsWith(start)", arg=text[:300]
    )
    shown = time.monotonic() - began
    page.locator(".nm-run").first.wait_for()
    marked = time.monotonic() - began
    page.wait_for_function(_IDLE)
    page.locator(".nm-text").focus()
    page.evaluate(_PROBE, ".nm, .nm-text, .st-key-nd-review")
    cells = []
    for key in _KEYS.values():
        took = _pressed(page, key)
        cells.append(f"{_told(took)} {min(1.0, own / _last(took)):>6.0%}")
    return f"desk, {words:>6,} words {shown:>13.2f} {marked:>9.2f} | " + " | ".join(f"{c:>20}" for c in cells)


def _pressed(page: Page, key: str) -> list[tuple[float, float]]:
    """Milliseconds to the first repaint and to the last, each time."""
    took = []
    for _ in range(_TIMES):
        page.evaluate("probe.first = 0, probe.pressed = performance.now()")
        page.keyboard.press(key)
        page.wait_for_function(_QUIET)
        page.wait_for_function(_IDLE)
        first, last = page.evaluate("[probe.first - probe.pressed, probe.painted - probe.pressed]")
        took.append((float(first), float(last)))
    return took


def _told(took: list[tuple[float, float]]) -> str:
    """The medians of both, and the 95th percentile of the last."""
    last = sorted(last for _, last in took)
    first = statistics.median(first for first, _ in took)
    return f"{first:>4.0f} {_last(took):>4.0f} {last[int(0.95 * (len(last) - 1))]:>4.0f}"


def _last(took: list[tuple[float, float]]) -> float:
    return statistics.median(last for _, last in took)
