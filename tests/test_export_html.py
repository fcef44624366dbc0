"""The HTML brief: the article character for character, nothing from elsewhere, marks and links that hold."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from handmade import TEXT, jaffar_express, repeated, stretch
from hypothesis import example, given, settings
from strategies import annotations, odd_texts
from tools import need

from toolkit import edits
from toolkit.brief import ALL_SECTIONS, SECTIONS, brief
from toolkit.desk_note import noting
from toolkit.export._html_places import places
from toolkit.export.html import parts, render
from toolkit.model import (
    Annotations,
    Article,
    Budget,
    Engine,
    Figure,
    Measure,
    Quote,
    Span,
    Speaker,
    Summary,
)

MADE = datetime(2025, 3, 15, 10, 22, tzinfo=UTC)
ENGINE = Engine("0.1.0", "3.8.7", "en_core_web_sm")
NOTES = jaffar_express()
VOID = {"meta", "br"}
HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(1)> </article></main> & &amp; &lt;b&gt; "
    "\" ' ]]> <!-- --> <style>*{}</style> javascript:alert(1) {{x}} \u202egnp.exe\u202c \x00\x1b[0m"
)


class Page(HTMLParser):
    """A page as a reader's program sees it: tags with attributes, and the text of the article."""

    def __init__(self, data: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.article = ""
        self.said = ""
        self.text = ""
        self.inside = False
        self.control = False
        self.feed(data.decode("utf-8"))
        self.close()
        assert not self.open, "each element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.tags.append((tag, attributes))
        self.inside = self.inside or tag == "article"
        self.control = tag == "data"
        if self.control and self.inside:
            self.article += chr(int(attributes["value"].removeprefix("U+"), 16))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self.inside = self.inside and tag != "article"
        self.control = False

    def handle_data(self, data: str) -> None:
        if self.inside and not self.control:
            self.article += data
        if "style" not in self.open:
            self.text += data

    def all(self, name: str, value: str | None = None) -> list[str]:
        """The values of an attribute, in order."""
        return [a[name] for _, a in self.tags if name in a and value in (None, a[name])]

    def count(self, tag: str, **attributes: str) -> int:
        return sum(t == tag and attributes.items() <= a.items() for t, a in self.tags)


def page(notes: Annotations = NOTES, **options: object) -> Page:
    return Page(render(notes, MADE, **options))  # type: ignore[arg-type]


def plain(text: str, **article: str) -> Annotations:
    return Annotations(Article(text, **article), ENGINE)


# The article, character for character


@given(odd_texts)
@settings(max_examples=40)
@example("")
@example("\n\n \n")
@example("a\r\nb\rc\n")
@example("\n first\n\n\tsecond  \n")
@example("\x00␀\x7f\u2028\ufffe\U0010ffff\x85&#0;&#13;")
@example("<article></article>&lt;&amp;lt;")
def test_the_article_comes_back_character_for_character(text: str) -> None:
    assert page(plain(text)).article == text


@given(annotations())
@settings(max_examples=40)
def test_marks_change_no_character_and_links_lead_somewhere(notes: Annotations) -> None:
    found = page(notes)
    assert found.article == notes.article.text
    ids = found.all("id")
    assert len(ids) == len(set(ids))
    assert {href.removeprefix("#") for href in found.all("href")} <= set(ids)
    assert all(href.startswith("#") for href in found.all("href"))


# What is in it


def test_who_said_what_and_its_places_link_to_each_other() -> None:
    found = page()
    for number in range(1, 7):
        assert found.count("a", href=f"#said-{number}") == 2  # by its number and by its place
        assert found.count("a", href=f"#row-{number}", **{"data-number": str(number)}) == 1
        assert found.count("tr", id=f"row-{number}") == 1
    assert found.count("a", href="#row-7") == 0  # the rejected one, and the scare quote
    assert "resumed in October" in found.article


def test_each_place_leads_to_the_exact_words() -> None:
    figures = (
        Figure("f1", "number", stretch("27", "27"), measures=(Measure(27),)),
        Figure("f2", "date", stretch("August 2024", "2024"), date="2024-08"),
    )
    notes = replace(NOTES, figures=figures, sentences=(stretch("In August 2024", "in October."),))
    notes = edits.apply(notes, edits.note(stretch("August", "August"), "Which?"))
    found = page(notes)
    where = {a["href"].removeprefix("#") for t, a in found.tags if a.get("class") == "where"}
    assert {"figure-1", "figure-2", "check-1", "note-1", "aside-1", "said-1", "p-1"} <= where
    html = render(notes, MADE).decode()
    for name, words in (("figure-1", "27"), ("figure-2", "August 2024"), ("aside-1", "“terrorist”")):
        assert f'<span id="{name}">{words}</span>' in html
    assert re.search(r'<span id="check-\d">\[here\]</span>', html)
    assert '<span id="note-1"></span>' in html  # within "August 2024": a mere point


@given(annotations())
@settings(max_examples=30)
def test_without_links_a_page_has_no_ids(notes: Annotations) -> None:
    content = brief(notes, sections=ALL_SECTIONS)
    found = Page(parts(content, places(content, linked=False)).encode())
    assert found.article == notes.article.text
    assert found.all("id") == found.all("href") == []


def test_a_quote_in_pieces_is_one_link_and_two_on_one_place_are_two() -> None:
    first, second = Span(0, 4), Span(10, 14)
    notes = replace(
        plain("“Go” said, “now”."),
        quotes=(
            Quote("a", "direct", (first, second), origin="machine:quotes@2"),
            Quote("b", "indirect", (Span(0, 16),), origin="machine:quotes@2"),
        ),
    )
    found = page(notes)
    assert sorted(i for i in found.all("id") if i.startswith("said-")) == ["said-1", "said-2"]
    assert sorted(found.all("data-number")[1:]) == ["1", "2"]  # the first is the legend's


def test_what_an_editor_decided_is_told_from_what_the_machine_suggests() -> None:
    found = page()
    classes = [(a["class"], a["data-number"]) for t, a in found.tags if t == "a" and "data-number" in a]
    assert classes == [
        *(("ref machine", n) for n in "12"),
        ("ref editor", "3"),
        *(("ref machine", n) for n in "45"),
        ("ref editor", "6"),
    ]
    assert found.count("small", **{"class": "editor"}) == 2
    assert "marked by Ana Núñez" in found.text
    assert found.text.count("suggested by the machine, not checked") == 4 + 1  # and in the legend


def test_the_legend_tells_the_marks_that_occur_and_no_other() -> None:
    found = page()
    legend = found.text[found.text.index("The articlePerson") :][:200]
    for word in (
        "Organisation",
        "Place",
        "Group",
        "Facility",
        "Product",
        "Direct",
        "Indirect",
        "Quoted words",
    ):
        assert word in legend
    assert "Partly quoted" not in legend
    assert "Law" not in legend
    assert page(plain("Nothing here.")).count("ul", **{"class": "legend"}) == 0


def test_each_mark_differs_without_its_colour() -> None:
    """In the style sheet each class has a line of its own, or one and a letter."""
    sheet = re.sub(
        r"var\([^)]*\)|\s", "", render(NOTES, MADE).decode().split("<style>")[1].split("</style>")[0]
    )
    lines = [re.search(rf"\}}\.{n}\{{([^}}]*)", sheet)[1] for n in ("person", "org", "place", "group")]  # type: ignore[index]
    letters = re.findall(r'\.(?:facility|product|event|work|law)::after\{content:"(\w)"', sheet)
    kinds = re.findall(r"\.(?:direct|mixed|indirect)\{[^}]*border-block-start:1px(\w+)", sheet)
    assert len(set(lines)) == 4
    assert len(set(letters)) == 5
    assert len(set(kinds)) == 3


def test_embargo_and_desk_note_come_first() -> None:
    notes = replace(NOTES, article=replace(NOTES.article, embargo="2025-03-16T06:00Z"))
    text = page(edits.apply(notes, noting(notes, "Call the <b>ministry</b>."))).text
    order = ["Embargoed until 16 March 2025", "Desk note Call the <b>ministry</b>.", "Who said what"]
    assert sorted(order, key=text.index) == order


@pytest.mark.parametrize("kept", [(), ("article",), ("summary", "cast"), SECTIONS])
def test_only_the_sections_that_are_wanted(kept: tuple[str, ...]) -> None:
    found = page(sections=kept)
    assert [a["id"] for t, a in found.tags if t == "section"] == list(kept)
    assert {href.removeprefix("#") for href in found.all("href")} <= set(found.all("id"))
    assert (found.article == TEXT) == ("article" in kept)


def test_an_empty_article_makes_a_whole_page() -> None:
    found = page(plain(""))
    for words in ("No summary was made.", "No statement was found.", "The article has no text."):
        assert words in found.text
    assert "Article without a headline" in found.text


# To be read by everyone, and to be trusted


def test_headings_landmarks_and_tables_are_there_for_a_screen_reader() -> None:
    found = page()
    headings = [t for t, _ in found.tags if re.fullmatch(r"h\d", t)]
    assert headings == ["h1", "h2", "h2", "h2", "h2", "h3", "h2", "h3", "h2", "h2"]
    for landmark in ("header", "nav", "main", "footer", "article"):
        assert found.count(landmark) == 1
    assert found.count("html", lang="en") == found.count("article", lang="en") == 1
    assert found.count("table") == found.count("caption") == 2
    assert found.count("th", scope="row") == len(NOTES.quotes) - 2 + 4
    assert all("scope" in a for t, a in found.tags if t == "th")
    first_link = next(a for t, a in found.tags if t == "a")
    assert first_link["href"] == "#brief"
    assert found.count("main", id="brief") == 1


@pytest.mark.parametrize(("language", "expected"), [("fr", "fr"), ("und", ""), ("", ""), ("ar", "ar")])
def test_the_articles_words_are_in_its_language(language: str, expected: str) -> None:
    found = page(replace(NOTES, article=replace(NOTES.article, language=language)))
    assert found.count("article", lang=expected) == 1
    assert found.count("q", lang=expected) == found.count("q") > 0


def hostile() -> Annotations:
    text = f"{HOSTILE}\n\n“{HOSTILE}” said {HOSTILE}."
    whole = Span(0, len(HOSTILE))
    return Annotations(
        Article(text, HOSTILE, HOSTILE, HOSTILE, HOSTILE, "2025", "2025-03", HOSTILE, HOSTILE),
        Engine(HOSTILE, HOSTILE, HOSTILE),
        speakers=(Speaker("s", whole, whole, whole),),
        quotes=(
            Quote("q", "mixed", (whole,), "speech", (whole,), (whole,), ("s",), origin=f"editor:{HOSTILE}"),
        ),
    )


def test_hostile_words_stay_words() -> None:
    notes = hostile()
    found = page(edits.apply(notes, noting(notes, HOSTILE)))
    assert found.article == notes.article.text
    used = {t for t, _ in found.tags}
    assert not used & {"script", "img", "iframe", "object", "link", "base", "form", "svg", "b"}
    assert not [
        name for _, a in found.tags for name in a if name.startswith("on") or name in ("src", "style")
    ]
    assert found.count("style") == 1
    assert "\u202e" not in render(notes, MADE).decode()
    assert "\x00" not in render(notes, MADE).decode()


def test_nothing_comes_from_elsewhere_and_the_browser_is_told_so() -> None:
    text = render(NOTES, MADE).decode()
    assert not re.search(r"https?:|//|url\(|@import|@font-face", text)
    policy = page().all("content")[0]
    sheet = text.split("<style>")[1].split("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    assert policy.startswith("default-src 'none';")
    assert f"style-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy


def test_a_long_article_grows_no_faster_than_its_text() -> None:
    once, ten = (len(render(repeated(NOTES, n), MADE)) for n in (10, 100))
    assert ten < 11 * once


def test_a_browser_shows_it_in_its_style_and_with_the_same_text(tmp_path: Path) -> None:
    playwright = pytest.importorskip("playwright.sync_api")
    chromium = need("chromium", "chromium-browser", "google-chrome")
    path = tmp_path / "brief.html"
    path.write_bytes(render(NOTES, MADE))
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-background-networking"]
        )
        tab = browser.new_page(color_scheme="dark", viewport={"width": 360, "height": 700})
        told: list[str] = []
        tab.on("console", lambda message: told.append(message.text))
        tab.goto(path.as_uri())
        assert tab.evaluate("document.querySelector('article').textContent") == TEXT
        assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(24, 22, 20)"
        assert tab.evaluate("document.documentElement.scrollWidth") <= 360
        # From right to left nothing hangs out of the page, and a bar stands where its sentence begins.
        words = "«لن نقطع المياه عن أي قرية هذا الصيف»"
        whole = (Span(0, len(words)),)
        arabic = Annotations(
            Article(words, language="ar"),
            ENGINE,
            quotes=(Quote("q1", "scare", whole),),
            summary=Summary("lead", whole, Budget("sentences", 1)),
        )
        path.write_bytes(render(arabic, MADE))
        tab.goto(path.as_uri())
        assert tab.evaluate("document.documentElement.scrollWidth") <= 360
        bar = "getComputedStyle(document.querySelector('.summary p')).borderRightWidth"
        assert tab.evaluate(bar) == "4px"
        assert told == []
        browser.close()


@pytest.mark.parametrize("shown", [lambda: page(NOTES), lambda: page(NOTES, sections=("statements", "cast"))])
def test_no_two_landmarks_have_one_name(shown) -> None:
    tags = shown().tags
    titles = {a["id"]: a for _, a in tags if a.get("id", "").endswith("-title")}
    named = [
        a.get("aria-labelledby") or a.get("aria-label")
        for tag, a in tags
        if (tag == "section" or a.get("role") == "region") and ("aria-label" in a or "aria-labelledby" in a)
    ]
    assert len(named) == len(set(named)) > 1
    assert set(named) <= set(titles)
    # A frame scrolls by keyboard and has a name, but is a group in its section.
    frames = [a for _, a in tags if a.get("class") == "frame"]
    assert frames
    assert all((a["role"], a["tabindex"]) == ("group", "0") and a["aria-label"] for a in frames)
