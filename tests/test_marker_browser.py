"""The text marker's browser half, in Chromium: alone on an empty page, and once within Streamlit.

All tests share one page, on which each puts up a stage of its own.
``pytest tests/test_marker_browser.py -k quick -s`` prints how long a long article takes to draw.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from tests.handmade import MACHINE, jaffar_express, repeated
from tests.tools import need
from toolkit.model import Annotations, Article, Engine, Entity, Mention, Quote, Span
from toolkit.ui.marker import marks, mention_id, parse, payload
from toolkit.ui.served import FOLDER

NOTES = jaffar_express()
TEXT = NOTES.article.text
HOME = "http://desk.invalid"  # an address that the browser takes from the files, without a server
PAGE = "<!doctype html><title></title><style>body { margin: 60px 24px; color-scheme: light dark }</style>"

# A stand-in for Streamlit: it mounts the module, answers actions on request, and has C and R on the document.
# Each stage has its own host and list of actions, so that a late timer of the one before reaches nobody.
STAGES = """
async (address) => {
  const { default: mount } = await import(address);
  document.addEventListener("keydown", (event) => ["c", "r"].includes(event.key) && cleared.push(event.key));
  window.stage = (data) => {
    window.unmount?.();
    const parentElement = document.createElement("div");
    document.body.replaceChildren(parentElement);
    getSelection().removeAllRanges();
    scrollTo({ top: 0, behavior: "instant" });
    const sent = [];
    Object.assign(window, { sent, cleared: [] });
    window.show = (data) => {
      window.data = data;
      const began = performance.now();
      window.unmount = mount({ parentElement, data, setTriggerValue: (name, value) => sent.push(value) });
      parentElement.getBoundingClientRect();
      return performance.now() - began;
    };
    window.answer = (more = {}) => show({ ...data, seen: sent.at(-1)?.number ?? 0, ...more });
    return show(data);
  };
  // Selects words as a mouse would leave them, and waits until the marker has heard of it.
  window.choose = async (words) => {
    const text = document.querySelector(".nm-text");
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    let at = -1;
    while (at < 0 && walker.nextNode()) at = walker.currentNode.data.indexOf(words);
    if (at < 0) throw new Error("no such words");
    const heard = new Promise((done) => document.addEventListener("selectionchange", done, { once: true }));
    getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length);
    text.focus();
    await heard;
  };
}
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = need("chromium", "chromium-browser", "google-chrome")
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-background-networking", "--disable-gpu"]
        chromium = playwright.chromium.launch(executable_path=program, args=flags)
        yield chromium
        chromium.close()


def _file(route: Route) -> None:
    name = urlsplit(route.request.url).path.lstrip("/")
    if name:
        route.fulfill(path=FOLDER / name, content_type="text/javascript")
    else:
        route.fulfill(body=PAGE, content_type="text/html")


@contextmanager
def opened(browser: Browser, **options) -> Iterator[tuple[Page, list[str]]]:
    """A page with the style sheet and the stages, and what goes wrong on it."""
    with browser.new_context(**options) as window:
        page = window.new_page()
        page.set_default_timeout(5_000)
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.route(f"{HOME}/**", _file)
        page.goto(HOME)
        page.add_style_tag(path=FOLDER / "marker.css")
        page.evaluate(STAGES, f"{HOME}/marker.js")
        yield page, problems


@pytest.fixture(scope="module")
def shared(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    with opened(browser, viewport={"width": 900, "height": 700}) as both:
        yield both


@pytest.fixture
def page(shared: tuple[Page, list[str]]) -> Iterator[Page]:
    page, problems = shared
    problems.clear()
    page.mouse.move(0, 0)
    yield page
    assert not problems


def stage(page: Page, notes: Annotations = NOTES, **options) -> float:
    """Mounts the marker on an empty page; returns the milliseconds that it took."""
    return page.evaluate("(data) => stage(data)", payload(notes, **{"revision": 1, **options}))


def bare(text: str, *quotes: Quote, entities: tuple[Entity, ...] = ()) -> Annotations:
    return Annotations(Article(text), Engine("", "", ""), entities=entities, quotes=quotes)


def text_of(page: Page) -> str:
    return page.evaluate("document.querySelector('.nm-text').textContent")


def choose(page: Page, words: str) -> None:
    page.evaluate("(words) => choose(words)", words)
    expect(page.get_by_role("toolbar", name="Mark the selected words as")).to_be_visible()


def last(page: Page) -> dict:
    return page.wait_for_function("sent.at(-1)").json_value()


def said(page: Page, notes: Annotations = NOTES) -> tuple[str, str, list[str], str]:
    """The last action as Python reads it: name, id, words, value."""
    action = parse(last(page), notes.article.text)
    assert action is not None
    return action.name, action.id, [notes.text(span) for span in action.spans], action.value


def run_of(page: Page, words: str):
    return page.locator(".nm-run", has_text=words).first


HOSTILE = (
    "Mayor <script>document.title='taken'</script> &amp; <img src=x onerror=alert(1)> said.\n\n\n"
    "   \tTabs  and   blanks \n  \n\u202eright to left\u202c \u05e9\u05dc\u05d5\u05dd 👩‍🚀👩🏽‍🚀 \U0001f468‍\U0001f469‍\U0001f467 e\u0301 \u0301alone\n"
    "A line\r\nand\x0b another\u2028one\u00a0\u3000end\n\n"
)


def test_the_text_on_the_page_is_the_article(page: Page):
    texts = [HOSTILE, "", "\n", "   ", "One", "\n\nOne\n", "😀", "a\n" * 50, TEXT]
    drawn = page.evaluate(
        """(all) => all.map((data) => {
          stage(data);
          return [document.querySelector(".nm-text").textContent, document.querySelectorAll(".nm-text :not(p, div, mark, span)").length];
        })""",
        [payload(bare(text), revision=1) for text in texts],
    )
    assert drawn == [[text, 0] for text in texts]
    stage(page)
    assert text_of(page) == TEXT
    assert page.title() == ""


def test_marks_cut_the_text_and_both_of_two_that_cross_are_seen(page: Page):
    text = "“I met Ana Ruiz 😀 and Bo”, said Ana"
    quote = Quote("q1", "direct", (Span(0, 25),), origin=MACHINE)
    inner = Quote("q2", "scare", (Span(2, 20),), origin=MACHINE)
    names = (Mention(Span(7, 15), MACHINE), Mention(Span(22, 35), MACHINE, score=0.2))
    notes = bare(text, quote, inner, entities=(Entity("e1", "PERSON", Span(7, 15), names),))
    stage(page, notes)
    assert text_of(page) == text
    runs = page.locator(".nm-run").evaluate_all(
        "(all) => all.map((run) => [run.textContent, ...['quote', 'within', 'name', 'doubtful'].filter((c) => run.classList.contains('nm-' + c))])"
    )
    assert runs == [
        ["“I", "quote"],
        [" met ", "quote", "within"],
        ["Ana Ruiz", "quote", "within", "name"],
        [" 😀 an", "quote", "within"],
        ["d ", "quote"],
        ["Bo”", "quote", "name", "doubtful"],
        [", said Ana", "name", "doubtful"],
    ]
    assert run_of(page, "Ana Ruiz").get_attribute("aria-description") == "Person: Ana Ruiz"
    assert page.locator(".nm-run").first.get_attribute("aria-description").startswith("Direct quote")


def test_letters_and_numbers_are_neither_selected_nor_counted(page: Page):
    stage(page)
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.nm-text'))")
    assert page.evaluate("getSelection().toString()").split() == TEXT.split()
    assert (
        page.locator(".nm-number").first.evaluate("(it) => getComputedStyle(it, '::after').content") != "none"
    )
    assert (
        page.locator(".nm-person").first.evaluate("(it) => getComputedStyle(it, '::after').content") == '"P"'
    )


def test_a_click_selects_the_innermost_and_again_the_next_outer(page: Page):
    text = "“I met Ana Ruiz”"
    mention = Mention(Span(7, 15), MACHINE)
    quote = Quote("q1", "direct", (Span(0, 16),), origin=MACHINE)
    stage(page, bare(text, quote, entities=(Entity("e1", "PERSON", Span(7, 15), (mention,)),)))
    for mark in ("e1:7-15", "q1", "e1:7-15"):
        run_of(page, "Ana").click()
        page.wait_for_function("(id) => sent.at(-1)?.id === id", arg=mark)
        assert last(page)["name"] == "select"
        page.evaluate("answer({ focus: sent.at(-1).id })")
    expect(page.locator(".nm-title")).to_have_text("Person: Ana Ruiz")


QUETTA = mention_id(NOTES.entities[5], NOTES.entities[5].mentions[0].span)
KEYS_OF_A_MARK = {
    "c": ("confirm", ""),
    "Enter": ("confirm", ""),
    "x": ("reject", ""),
    "v": ("reset", ""),
    "s": ("speaker", ""),
    "a": ("note", ""),
    "[": ("extent-grow", "left"),
    "]": ("extent-shrink", "left"),
    "{": ("extent-shrink", "right"),
    "}": ("extent-grow", "right"),
    "Alt+ArrowRight": ("extent-grow", "right"),
    "Alt+Shift+ArrowLeft": ("extent-grow", "left"),
}
KEYS_AT_ANY_TIME = {
    "n": ("next", ""),
    "p": ("previous", ""),
    "u": ("undo", ""),
    "Shift+U": ("redo", ""),
    "Control+z": ("undo", ""),
    "Control+Shift+Z": ("redo", ""),
}
KEYS_OF_A_NAME = {"m": ("merge", ""), "d": ("split", ""), "r": ("rename", "")}
KEYS_OF_WORDS = {
    "q": ("add-quote", ""),
    "p": ("add-mention", "PERSON"),
    "o": ("add-mention", "ORG"),
    "l": ("add-mention", "PLACE"),
    "g": ("add-mention", "GROUP"),
    "e": ("add-mention", "EVENT"),
    "w": ("add-mention", "WORK"),
    "f": ("add-mention", "FACILITY"),
}


def pressed(page: Page, keys: dict[str, tuple[str, str]], focus: str) -> dict[str, tuple]:
    """What each key does on a mark of a fresh stage: name, value, mark, words, revision, and what
    reached the document."""
    done = {}
    for key in keys:
        stage(page, focus=focus, revision=4)
        page.locator(".nm-current").first.focus()
        page.keyboard.press(key)
        name, id_, words, value = said(page)
        done[key] = (name, value, id_, words, *page.evaluate("[sent.at(-1).revision, cleared.length]"))
    return done


def test_a_key_on_a_mark(page: Page):
    words = [NOTES.text(span) for span in next(q for q in NOTES.quotes if q.id == "q5").content]
    of_the_mark = {key: (*done, "q5", words, 4, 0) for key, done in KEYS_OF_A_MARK.items()}
    assert pressed(page, KEYS_OF_A_MARK, "q5") == of_the_mark
    at_any_time = {key: (*done, "q5", [], 4, 0) for key, done in KEYS_AT_ANY_TIME.items()}
    assert pressed(page, KEYS_AT_ANY_TIME, "q5") == at_any_time
    of_a_name = {key: (*done, QUETTA, ["Quetta"], 4, 0) for key, done in KEYS_OF_A_NAME.items()}
    assert pressed(page, KEYS_OF_A_NAME, QUETTA) == of_a_name


def test_a_key_on_selected_words(page: Page):
    done = {}
    for key in KEYS_OF_WORDS:
        stage(page)
        choose(page, "provincial capital")
        page.keyboard.press(key)
        done[key] = said(page)
    assert done == {
        key: (name, "", ["provincial capital"], value) for key, (name, value) in KEYS_OF_WORDS.items()
    }


def test_with_words_selected_no_mark_is_changed(page: Page):
    stage(page, focus="q5")
    choose(page, "provincial capital")
    for key in ("c", "x", "m", "Enter", "r", "s", "k", "d"):
        page.keyboard.press(key)
        assert page.evaluate("[sent.length, cleared.length]") == [0, 0], key
    page.keyboard.press("q")
    assert page.evaluate("sent.map((one) => one.name)") == ["add-quote"], "the words are still selected"


def test_keys_of_streamlit_are_kept_off_only_within_the_marker(page: Page):
    stage(page)
    page.locator(".nm-text").focus()
    page.keyboard.press("c")
    page.keyboard.press("r")
    assert page.evaluate("cleared") == []
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("c")
    assert page.evaluate("[cleared, sent.length]") == [["c"], 1], "the first was the text's own"


def test_with_nothing_selected_a_key_is_for_what_the_page_looks_at(page: Page):
    stage(page)
    page.locator(".nm-text").focus()
    for key in ("Enter", "Delete", "k", "s", "c"):
        page.keyboard.press(key)
    page.keyboard.press("x")  # when that is answered, for the mark that the page has led to
    page.evaluate("answer({ focus: 'q2', revision: 2 })")
    assert page.evaluate("sent.map((one) => [one.name, one.id, one.revision])") == [
        ["confirm", "", 1],
        ["reject", "q2", 2],
    ]


def test_keys_are_letters_in_a_text_field(page: Page):
    stage(page, focus="q5")
    page.evaluate("document.body.append(document.createElement('input'))")
    page.locator("input").focus()
    page.keyboard.type("cxnu?")
    assert page.locator("input").input_value() == "cxnu?"
    assert page.evaluate("sent.length") == 0


def test_copying_is_left_alone_and_gives_the_article(page: Page):
    stage(page, bare(HOSTILE))
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.nm-text'))")
    page.evaluate(
        "document.addEventListener('copy', (e) => (window.copied = e.clipboardData.getData('text')))"
    )
    page.locator(".nm-text").focus()
    page.keyboard.press("Control+c")
    assert page.evaluate("copied") == HOSTILE
    assert page.evaluate("sent.length") == 0


WHOLE_WORDS = [
    ("The old town hall.", "d town ha", "old town hall"),
    ("The old town hall.", " town ", "town"),
    ("Al Jazeera’s man", "Al Jazeera", "Al Jazeera"),
    ("a US-led force", "US", "US"),
    ("😀 The mayor 👩‍🚀 spoke", "mayor", "mayor"),
    ("She ran 👩‍🚀 off", "👩", "👩‍🚀"),
    ("a cafe\u0301 here", "cafe", "cafe\u0301"),
    ("東京都知事は言った", "知事", "知事"),
    ("שלום עולם טוב", "עול", "עולם"),
    ("“Go,” he said", "“Go,”", "“Go,”"),
]


def test_a_selection_holds_whole_words(page: Page):
    sent = page.evaluate(
        """async (cases) => {
          const all = [];
          for (const [data, words] of cases) {
            stage(data);
            await choose(words);
            document.querySelector(".nm-bar [data-value=ORG]").click();
            all.push(sent);
          }
          return all;
        }""",
        [(payload(bare(text), revision=1), selected) for text, selected, _ in WHOLE_WORDS],
    )
    read = [[parse(one, text) for one in each] for each, (text, *_) in zip(sent, WHOLE_WORDS, strict=True)]
    found = [
        [(text[slice(*span)], one.name, one.value) for one in each if one for span in one.spans]
        for each, (text, *_) in zip(read, WHOLE_WORDS, strict=True)
    ]
    assert found == [[(words, "add-mention", "ORG")] for *_, words in WHOLE_WORDS]


def test_a_quote_over_paragraphs_has_a_piece_in_each_and_a_name_has_none(page: Page):
    notes = bare("He said 😀: “One.\n\n \n“Two.”  \nThree")
    stage(page, notes)
    page.evaluate(
        "() => { const p = document.querySelectorAll('.nm-text p'); getSelection().setBaseAndExtent(p[0].firstChild, 12, p[1].firstChild, 6) }"
    )
    page.locator(".nm-text").focus()
    page.keyboard.press("o")
    told = "A name stands in one paragraph; select less."
    expect(page.locator(".nm-live")).to_have_text(told)
    expect(page.locator(".nm-bar .nm-warning")).to_have_text(told)
    expect(page.locator(".nm-bar .nm-warning")).to_be_visible()
    page.keyboard.press("q")
    assert page.evaluate("sent.length") == 1
    assert said(page, notes) == ("add-quote", "", ["“One.", "“Two.”"], "")


def test_words_are_selected_by_mouse_and_marked_by_a_button(page: Page):
    stage(page)
    box = page.locator(".nm-text p").nth(3).bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 16)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 16, steps=4)
    expect(page.get_by_role("toolbar", name="Nothing is selected")).to_be_visible()
    page.mouse.up()
    page.locator(".nm-bar button", has_text="Place").click()
    name, _, words, value = said(page)
    assert (name, value) == ("add-mention", "PLACE")
    assert words[0].split() == words[0].strip().split(" ")
    assert f" {words[0]} " in TEXT


def test_a_finger_marks_words_by_a_button_below_them(browser: Browser):
    phone = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}
    with opened(browser, **phone) as (page, problems):
        stage(page)
        choose(page, "provincial capital")
        words = page.evaluate("getSelection().getRangeAt(0).getBoundingClientRect().bottom")
        assert page.locator(".nm-bar").bounding_box()["y"] >= words
        page.locator(".nm-bar button", has_text="Place").tap()
        assert said(page) == ("add-mention", "", ["provincial capital"], "PLACE")
        assert not problems


def test_more_labels_are_in_a_menu(page: Page):
    stage(page)
    choose(page, "provincial capital")
    page.locator(".nm-bar button", has_text="More").click()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert said(page) == ("add-mention", "", ["provincial capital"], "LAW")


def test_the_kind_is_chosen_from_a_menu(page: Page):
    for mark, name, value in (("q5", "kind", "mixed"), (QUETTA, "label", "ORG")):
        stage(page, focus=mark)
        page.locator(".nm-current").first.focus()
        page.keyboard.press("k")
        expect(page.locator(".nm-menu [aria-checked=true]")).to_be_focused()
        page.keyboard.press("2")
        told, id_, _, chosen = said(page)
        assert (told, id_, chosen) == (name, mark, value)
        expect(page.locator(".nm-menu")).to_have_count(0)


def test_arrows_lead_from_mark_to_mark_and_are_one_tab_stop(page: Page):
    stage(page)
    assert page.locator(".nm-text [tabindex='0']").count() == 0
    page.keyboard.press("Tab")
    expect(page.locator(".nm-text")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    current = page.locator(".nm-current").first
    expect(current).to_be_focused()
    assert page.locator(".nm-text [tabindex='0']").count() == 1
    second = sorted(marks(NOTES), key=lambda m: (m.spans[0].start, -m.spans[-1].end))[1]
    page.wait_for_function("sent.length > 0")
    assert page.evaluate("sent.map((one) => [one.name, one.id])") == [["select", second.id]]
    page.evaluate("answer({ focus: sent.at(-1).id })")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator(".nm-text")).to_be_focused()
    page.wait_for_function("sent.at(-1).id === ''")


def test_words_are_selected_with_the_keyboard_alone(page: Page):
    stage(page, focus="q5")
    run_of(page, "The army").focus()
    for key in ("Shift+ArrowRight", "ArrowRight", "Shift+ArrowRight"):
        page.keyboard.press(key)
    page.keyboard.press("g")
    assert said(page) == ("add-mention", "", ["army has"], "GROUP")
    page.evaluate("answer()")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("q")
    words = said(page)[2][0]
    assert words.isalpha()
    assert TEXT.index(words) > TEXT.index("army")


def test_keys_typed_ahead_wait_for_the_answer(page: Page):
    stage(page, focus="q1")
    run_of(page, "rescue").focus()
    page.keyboard.type("cx")
    assert page.evaluate("sent.map((one) => one.name)") == ["confirm"]
    page.evaluate("answer({ focus: 'q2', revision: 2 })")
    assert page.evaluate("sent.slice(1).map((one) => [one.name, one.id, one.revision])") == [
        ["reject", "q2", 2]
    ]


def test_a_selection_that_is_not_answered_yet_holds_nothing_up(page: Page):
    stage(page)
    run_of(page, "The army").click()
    page.wait_for_function("sent.length > 0")
    page.keyboard.press("c")
    assert page.evaluate("sent.map((one) => [one.name, one.id])") == [["select", "q5"], ["confirm", "q5"]]
    page.evaluate("answer({ focus: 'q1', revision: 2, seen: 1 })")
    assert page.locator(".nm-current").first.text_content().startswith("“The army")
    page.evaluate("answer({ focus: 'q1', revision: 2 })")
    assert page.locator(".nm-current").first.text_content().startswith("the rescue")


def test_a_key_is_for_the_mark_that_was_chosen_though_the_page_leads_elsewhere_meanwhile(page: Page):
    stage(page, focus="q1")
    run_of(page, "rescue").focus()
    page.keyboard.type("cx")  # the second is for what comes next
    run_of(page, "The army").click()
    page.keyboard.type("x")
    sent = "sent.slice(1).map((one) => [one.name, one.id, one.revision])"
    page.evaluate("answer({ focus: 'q2', revision: 2 })")
    assert page.evaluate(sent) == [["reject", "q2", 2]]
    page.evaluate("answer({ focus: 'q3', revision: 3 })")
    assert page.evaluate(sent) == [["reject", "q2", 2], ["select", "q5", 3], ["reject", "q5", 3]]


def test_a_key_for_a_chosen_mark_that_is_gone_falls_on_no_other(page: Page):
    stage(page, focus="q1")
    run_of(page, "rescue").focus()
    page.keyboard.type("c")
    run_of(page, "The army").click()
    page.keyboard.type("x")
    left = payload(replace(NOTES, quotes=NOTES.quotes[:4]), revision=2)["marks"]
    page.evaluate("(marks) => answer({ focus: 'q2', revision: 2, marks })", left)
    assert page.evaluate("sent.slice(1).map((one) => [one.name, one.id])") == [["select", ""]]


# What the field is told of, by the keys that came before it.
AHEAD = [
    (["s", "k", "a", "m", " ", "Shift+H", "y", "d"], ["speaker"], "kam Hyd", ""),
    (["s", "x", "Backspace", "c", "n", "?"], ["speaker"], "cn?", ""),
    (["s", "j", "Enter", "ArrowDown", "Tab"], ["speaker"], "j", ""),
    (["s", "Escape"], ["speaker"], "", "Escape"),
    (["a", "u", "x"], ["note"], "ux", ""),
]


@pytest.mark.parametrize(("keys", "asked", "typed", "left"), AHEAD)
@pytest.mark.parametrize("is_first", [True, False], ids=["before the answer", "after it"])
def test_keys_typed_for_a_field_that_is_about_to_open_go_to_it(
    page: Page, keys, asked, typed, left, is_first
):
    stage(page, focus="q5")
    run_of(page, "The army").focus()
    for key in keys:
        page.keyboard.press(key)
    told = page.evaluate(
        """(isFirst) => {
          const detail = { number: 7, typed: "", left: "" };
          const open = () => document.dispatchEvent(new CustomEvent("newsdesk-field", { detail }));
          if (isFirst) open();
          answer({ field: 7 });
          if (!isFirst) open();
          return detail;
        }""",
        is_first,
    )
    assert (told["typed"], told["left"]) == (typed, left)
    assert page.evaluate("sent.map((one) => one.name)") == asked
    page.keyboard.press("c")
    if left:
        assert page.evaluate("sent.map((one) => one.name)") == asked, "until Python knows that the field went"
        page.evaluate("answer({ field: 0 })")
    assert page.evaluate("sent.at(-1).name") == "confirm", "the keys are the text's again"


def test_keys_for_a_field_that_is_not_asked_for_yet_are_kept_with_it(page: Page):
    stage(page, focus="q1")
    run_of(page, "rescue").focus()
    page.keyboard.type("csdux")
    page.evaluate("answer({ focus: 'q5', revision: 2 })")
    assert page.evaluate("sent.map((one) => [one.name, one.id])") == [["confirm", "q1"], ["speaker", "q5"]]
    typed = page.evaluate(
        """() => {
          const detail = { number: 1, typed: "", left: "" };
          document.dispatchEvent(new CustomEvent("newsdesk-field", { detail }));
          return detail.typed;
        }"""
    )
    assert typed == "dux"


def test_keys_for_a_field_that_does_not_come_are_dropped(page: Page):
    stage(page, focus="q5")
    run_of(page, "The army").focus()
    page.keyboard.type("sxd")
    page.evaluate("answer({ revision: 2 })")
    page.keyboard.press("u")
    assert page.evaluate("sent.map((one) => one.name)") == ["speaker", "undo"]


def test_the_bar_has_its_own_room_and_nothing_comes_under_the_pointer(page: Page):
    stage(page, repeated(NOTES, 4))
    bar = page.locator(".nm-bar")
    empty = bar.bounding_box()
    assert empty["y"] + empty["height"] == page.viewport_size["height"]
    # Every piece of a mark in the window can be clicked, with another mark selected.
    for selected in ("q5.2", "q6.3"):
        page.evaluate("(focus) => show({ ...data, focus, jump: (data.jump ?? 0) + 1 })", selected)
        expect(page.locator(".nm-current").first).to_be_in_viewport()
        assert bar.bounding_box() == empty
        covered = page.locator(".nm-run").evaluate_all(
            """(runs) => runs.filter((run) => {
              const { left, right, top, bottom } = run.getClientRects()[0];
              const end = document.querySelector(".nm-bar").getBoundingClientRect().top;
              if (top < 0 || bottom > end) return false;
              return !run.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
            }).map((run) => run.textContent)"""
        )
        assert covered == []
    choose(page, "provincial capital")
    assert bar.bounding_box() == empty
    # A second click at the same place, just above the bar, decides nothing.
    stage(page, repeated(NOTES, 4))
    lowest = page.evaluate(
        """() => {
          const end = document.querySelector(".nm-bar").getBoundingClientRect().top;
          const rects = [...document.querySelectorAll(".nm-run")].flatMap((run) => [...run.getClientRects()]);
          const { left, right, top, bottom } = rects.filter((rect) => rect.bottom < end).at(-1);
          return [(left + right) / 2, (top + bottom) / 2];
        }"""
    )
    page.mouse.dblclick(*lowest)
    page.wait_for_function("sent.length > 0")
    assert set(page.evaluate("sent.map((one) => one.name)")) == {"select"}


def test_words_of_the_selected_mark_are_offered(page: Page):
    stage(page, focus="q5")
    run = run_of(page, "The army")
    run.click()
    box = run.evaluate("(run) => { const { left, top } = run.getClientRects()[0]; return [left, top]; }")
    page.mouse.move(box[0] + 20, box[1] + 12)
    page.mouse.down()
    page.mouse.move(box[0] + 150, box[1] + 12, steps=6)
    page.mouse.up()
    expect(page.get_by_role("toolbar", name="Mark the selected words as")).to_contain_text("army")
    page.keyboard.press("p")
    assert said(page)[0] == "add-mention"


def test_the_bar_keeps_the_focus_of_who_works_in_it(page: Page):
    stage(page, focus="q5")
    run_of(page, "The army").focus()
    page.keyboard.press("Tab")
    confirm = page.locator(".nm-bar [data-name=confirm]")
    expect(confirm).to_be_focused()
    page.keyboard.press("Enter")
    page.evaluate("answer({ focus: 'q1', revision: 2 })")
    expect(confirm).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".nm-bar [data-name=reject]")).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("Escape")
    expect(page.locator(".nm-bar [data-name=reject]")).to_be_focused()
    # Where nothing is left to do, the text has it.
    page.evaluate("answer({ focus: '', revision: 3, marks: [] })")
    expect(page.locator(".nm-text")).to_be_focused()
    assert page.evaluate("sent.map((one) => one.name)") == ["confirm"]


def test_an_edit_draws_only_its_paragraph_and_keeps_focus_selection_and_scroll(page: Page):
    stage(page, repeated(NOTES, 4), focus="q5.2")
    page.evaluate(
        """() => {
          document.querySelectorAll(".nm-text p").forEach((p) => (p.firstChild.kept = true));
          const run = document.querySelector(".nm-current");
          run.focus({ preventScroll: true });
          getSelection().setBaseAndExtent(run.firstChild, 9, run.firstChild, 5);
          window.before = [scrollY, getSelection().toString()];
        }"""
    )
    assert page.evaluate("before[0]") > 500
    confirmed = repeated(NOTES, 4)
    confirmed = replace(
        confirmed,
        quotes=tuple(replace(q, status="confirmed") if q.id == "q5.2" else q for q in confirmed.quotes),
    )
    page.evaluate("(data) => show(data)", payload(confirmed, revision=2, focus="q5.2"))
    fresh = page.locator(".nm-text p").evaluate_all("(all) => all.filter((p) => !p.firstChild.kept).length")
    assert fresh == 1
    assert page.evaluate("[scrollY, getSelection().toString()]") == page.evaluate("before")
    assert page.evaluate("getSelection().anchorOffset > getSelection().focusOffset")
    assert page.evaluate("document.activeElement.classList.contains('nm-current')")
    assert page.locator(".nm-current + .nm-number").get_attribute("data-number").endswith("✓")


def test_the_page_leads_to_a_mark_without_taking_the_focus(page: Page):
    stage(page, repeated(NOTES, 4))
    page.evaluate(
        "document.body.prepend(Object.assign(document.createElement('input'), { style: 'position: fixed' }))"
    )
    page.locator("input").focus()
    page.evaluate("show({ ...data, focus: 'q6.3', jump: 1 })")
    expect(page.locator(".nm-current").first).to_be_in_viewport()
    expect(page.locator("input")).to_be_focused()
    page.evaluate("scrollTo(0, 0)")
    page.evaluate("show({ ...data, jump: 2 })")
    expect(page.locator(".nm-current").first).to_be_in_viewport()


def test_a_mark_that_is_gone_is_let_go(page: Page):
    stage(page, focus="q5")
    run_of(page, "The army").focus()
    without = replace(NOTES, quotes=tuple(q for q in NOTES.quotes if q.id != "q5"))
    page.evaluate("(data) => show(data)", payload(without, revision=2, focus="q5"))
    assert page.locator(".nm-current").count() == 0
    expect(page.locator(".nm-text")).to_be_focused()
    assert text_of(page) == TEXT


def test_another_article_takes_the_place_of_the_first(page: Page):
    stage(page, focus="q5")
    page.evaluate("(data) => show(data)", payload(bare("Another 😀 text"), revision=1))
    assert text_of(page) == "Another 😀 text"
    assert page.locator(".nm-run").count() == 0


def test_a_drawing_that_was_overtaken_takes_nothing_away(page: Page):
    stage(page)
    page.evaluate("() => { const first = window.unmount; show(data); first(); }")
    assert text_of(page) == TEXT
    page.evaluate("unmount()")
    assert page.locator(".nm").count() == 0
    page.keyboard.press("n")
    assert page.evaluate("sent.length") == 0


def test_hovering_tells_of_all_marks_there(page: Page):
    text = "“I met Ana Ruiz”"
    mention = Mention(Span(7, 15), MACHINE, score=0.5)
    quote = Quote("q1", "direct", (Span(0, 16),), origin=MACHINE)
    stage(page, bare(text, quote, entities=(Entity("e1", "PERSON", Span(7, 15), (mention,)),)))
    run_of(page, "Ana").hover()
    expect(page.locator(".nm-tip")).to_have_text(
        "Person: Ana Ruiz, 50% sureDirect quote: the speaker was not found"
    )


def test_the_keys_are_listed_and_the_focus_comes_back(page: Page):
    stage(page, focus="q5")
    run_of(page, "The army").focus()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys of the text")
    expect(dialog).to_contain_text("Confirm")
    page.keyboard.press("c")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(run_of(page, "The army")).to_be_focused()
    assert page.evaluate("[sent.length, cleared.length]") == [0, 0]


def test_nothing_leaves_a_narrow_window(page: Page):
    usual = page.viewport_size
    try:
        for width in (320, 400):
            page.set_viewport_size({"width": width, "height": 640})
            stage(page, focus="q5")
            for act in (
                lambda: choose(page, "told"),
                lambda: run_of(page, "The army").click(),
                lambda: page.keyboard.press("k"),
            ):
                act()
                box = page.locator(".nm-bar").bounding_box()
                assert box["x"] >= 0
                assert box["x"] + box["width"] <= width
            page.keyboard.press("Escape")
            page.keyboard.press("?")
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    finally:
        page.set_viewport_size(usual)


def test_a_long_article_is_drawn_quickly(page: Page):
    notes = repeated(NOTES, 30)
    found = marks(notes)
    words = len(notes.article.text.split())
    assert words > 8_000
    assert len(found) > 1_000
    first = stage(page, notes)
    changed = replace(
        notes, quotes=tuple(replace(q, status="confirmed") if q.id == "q5.12" else q for q in notes.quotes)
    )
    data = payload(changed, revision=2)
    again = page.evaluate("(data) => show(data)", data)
    print(f"\n{words} words, {len(found)} marks: first {first:.0f} ms, after an edit {again:.0f} ms")
    # Generous: machines that test are busy. The aims are 300 and 50.
    assert first < 1500
    assert again < 250


APP = """
import streamlit as st
from tests.handmade import jaffar_express
from toolkit.ui.marker import marker

st.session_state.setdefault("log", [])
done = st.session_state.log
focus = next((a.id for a in reversed(done) if a.name == "select"), "")
returned = marker(jaffar_express(), revision=len(done), key="text", focus=focus, on_action=done.append)
st.text("|".join(f"{a.name} {a.id} {a.revision}" for a in done) or "nothing")
st.text(f"returned {returned.name if returned else None}")
"""


def test_an_action_reaches_python_within_streamlit(browser: Browser, tmp_path: Path, root: Path):
    (tmp_path / "app.py").write_text(APP, encoding="utf-8")
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port = server.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(tmp_path / "app.py"), "--server.headless=true"]
    options = [f"--server.port={port}", "--server.fileWatcherType=none"]
    with (
        opened(browser) as (page, problems),
        subprocess.Popen(
            [*command, *options], cwd=root, env=_environment(root), stdout=subprocess.DEVNULL
        ) as desk,
    ):
        try:
            _wait(f"http://127.0.0.1:{port}/_stcore/health")
            page.goto(f"http://127.0.0.1:{port}")
            run_of(page, "The army").click(timeout=20_000)
            log = page.get_by_test_id("stText").first
            expect(log).to_have_text("select q5 0")
            page.wait_for_timeout(600)  # the log may stand before the marker has the new revision
            page.keyboard.type("cx")
            expect(log).to_have_text("select q5 0|confirm q5 1|reject q5 2")
            expect(page.get_by_test_id("stText").last).to_have_text("returned reject")
            expect(page.get_by_role("dialog")).to_have_count(0)
            assert text_of(page) == TEXT
            assert not problems
        finally:
            desk.terminate()


def _environment(root: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(root)}


def _wait(url: str) -> None:
    for _ in range(150):
        try:
            with urlopen(url, timeout=1):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    pytest.fail("the page did not start in 30 seconds")
