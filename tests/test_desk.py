"""The desk without a browser: safe HTML of the article, and the page's answers to what is opened."""

import re
from collections import Counter
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from tests import handmade
from tests.strategies import annotations
from toolkit.brief import brief
from toolkit.errors import MissingModel
from toolkit.model import Annotations, Article, Engine, Entity, Mention, Quote, Span
from toolkit.read.draft import MAX_CHARACTERS
from toolkit.ui import front, tongues
from toolkit.ui.anchors import anchors
from toolkit.ui.margin import margin
from toolkit.ui.marked_text import marked_text
from toolkit.ui.markup import Html, element, escaped, joined

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</mark></p></article><b>out</b>",
    "&lt;b&gt; &amp; &#60;",
    "$x^2$ and $$y$$",
    ":smile: :red[text] :material/home:",
    "**bold** _it_ `code` # no heading",
    "[link](https://example.org) ![image](https://example.org/a.png)",
    "\" onmouseover='x' title=\"",
)


class Parsed(HTMLParser):
    """What a browser would make of HTML: tags, attributes, text; and whether it is well formed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self.names: set[str] = set()
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.tags[tag] += 1
        self.open.append(tag)
        self.names |= {name for name, _ in attrs}
        self.ids += [value for name, value in attrs if name == "id"]
        self.hrefs += [value for name, value in attrs if name == "href"]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)


def page(notes: Annotations) -> tuple[Parsed, Parsed]:
    """The text and the margin of annotations."""
    made = brief(notes)
    places = anchors(notes, made)
    return Parsed(marked_text(made, places)), Parsed(margin(notes, made, places))


# HTML


def test_what_is_not_html_is_escaped():
    assert element("p", "a < b", Html("<br>"), title='"') == '<p title="&quot;">a &lt; b<br></p>'
    assert joined("<", ["&", Html("<i>")]) == "&lt;&amp;<i>"
    assert escaped(escaped("<")) == "&lt;"


def test_attributes_are_left_out_when_they_are_none_or_false():
    assert element("a", class_="x", aria_label=None, hidden=False, open=True) == '<a class="x" open></a>'


@given(annotations())
@settings(max_examples=150)
def test_the_text_on_the_page_is_the_article_whatever_is_marked(notes):
    text, _ = page(notes)
    # A browser shows blank lines as the gap between paragraphs; all else is there once, in order.
    assert re.sub(r"\s", "", text.text) == re.sub(r"\s", "", notes.article.text)
    assert set(text.tags) <= {"article", "p", "mark", "a"}
    assert text.names <= {
        "id",
        "class",
        "title",
        "href",
        "lang",
        "dir",
        "aria-label",
        "aria-labelledby",
        "data-number",
    }
    assert not [name for name, times in Counter(text.ids).items() if times > 1]


@given(st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=4).map(" ".join))
@settings(max_examples=40)
def test_hostile_words_stay_words_in_every_place(words):
    whole = Span(0, len(words))
    notes = Annotations(
        Article(words, headline=words, byline=words, source=words, slug=words, dateline=words),
        Engine("0", "", ""),
        entities=(Entity("<e>", "PERSON", whole, (Mention(whole, "machine:x@0"),)),),
        quotes=(Quote('"q', "direct", (whole,), source=(whole,)), Quote("w", "scare", (whole,))),
    )
    made = brief(notes)
    for html in (
        *page(notes),
        Parsed(front.title(made, "English")),
        Parsed(front.summary(made)),
        Parsed(front.key(made)),
    ):
        assert not {"script", "img", "b"} & set(html.tags)
        assert not {"onerror", "onmouseover", "src"} & html.names
    assert words in page(notes)[0].text
    assert words in page(notes)[1].text
    assert words in Parsed(front.title(made, "English")).text


def test_a_name_in_a_quote_is_marked_inside_it():
    text = "“Ana Ruiz left,” he said."
    notes = Annotations(
        Article(text),
        Engine("0", "", ""),
        entities=(Entity("e", "PERSON", Span(1, 9), (Mention(Span(1, 9), "machine:x@0"),)),),
        quotes=(Quote("q", "direct", (Span(0, 16),)),),
    )
    made = brief(notes)
    html = re.sub(r' (?:id|title|href|aria-label)="[^"]*"', "", marked_text(made, anchors(notes, made)))
    assert (
        '<mark class="nd-q nd-direct">“<mark class="nd-e nd-person">Ana Ruiz</mark> left,”'
        '<a class="nd-ref" data-number="1"></a></mark> he said.'
    ) in html


def test_crossing_marks_are_both_shown():
    text = "The Gulf War Memorial said no."
    notes = Annotations(
        Article(text),
        Engine("0", "", ""),
        entities=(Entity("e", "EVENT", Span(4, 12), (Mention(Span(4, 12), "machine:x@0"),)),),
        quotes=(Quote("q", "indirect", (Span(9, 21),)),),
    )
    made = brief(notes)
    marked = re.findall(r'class="(nd-[^"]*)"[^>]*>([^<]*)', marked_text(made, anchors(notes, made)))
    assert ("nd-e nd-event", "Gulf ") in marked
    assert ("nd-e nd-event", "War") in marked


def test_two_names_that_touch_are_two_marks():
    notes = Annotations(
        Article("Ana Bo"),
        Engine("0", "", ""),
        entities=tuple(
            Entity(name, "PERSON", span, (Mention(span, "machine:x@0"),))
            for name, span in (("a", Span(0, 3)), ("b", Span(3, 6)))
        ),
    )
    text, _ = page(notes)
    assert text.tags["mark"] == 2


def test_rows_and_places_point_at_each_other():
    text, beside = page(handmade.jaffar_express())
    for href in text.hrefs:
        assert href.removeprefix("#") in beside.ids
    for href in beside.hrefs:
        assert href.removeprefix("#") in text.ids
    assert len(text.hrefs) == 6, (
        "one number for each statement, none for quoted words, none for a rejected one"
    )


def test_the_margin_tells_unnamed_and_unknown_honestly():
    _, beside = page(handmade.jaffar_express())
    words = re.sub(r"\s+", " ", " ".join(beside.words))
    assert "A military spokesperson unnamed" in words
    assert "Unknown : The BLA" in words
    assert "found by surname" in words
    assert "Quoted words, not statements 1 “terrorist”" in words
    assert "services resumed in October" not in words


@pytest.mark.parametrize(
    ("text", "spaced"),
    [
        ("One line.\n", False),
        ("A  gap.\n", True),
        ("\tA tab.\n", True),
        ("  Set in.\n", True),
        ("End \n", False),
    ],
)
def test_blanks_that_a_browser_folds_are_kept(text, spaced):
    notes = Annotations(Article(text), Engine("0", "", ""))
    made = brief(notes)
    assert ("nd-spaced" in marked_text(made, anchors(notes, made))) is spaced


@pytest.mark.parametrize(
    ("code", "name"), [("en", "English"), ("de", "German"), ("", "Undetermined language"), ("qx", "qx")]
)
def test_languages_have_names(code, name):
    assert tongues.name(code) == name


@pytest.mark.parametrize(
    ("code", "told"),
    [("en", ""), ("de", "toolkit/languages/de.toml"), ("und", "say under Language"), ("", "say under")],
)
def test_what_is_missing_in_a_language_is_said(code, told):
    assert told in tongues.missing(code)
    assert bool(tongues.missing(code)) is bool(told)


# The page

GERMAN = (
    "Der Bürgermeister der Stadt sagte am Montag: „Wir werden die Brücke noch in diesem Jahr reparieren, "
    "denn sie ist für viele Menschen wichtig.“ Die Opposition im Rathaus widersprach ihm und verlangte "
    "eine Untersuchung der Kosten."
)


@pytest.fixture
def desk(root):
    app = AppTest.from_file(str(root / "streamlit_app.py"), default_timeout=60).run()
    assert not app.exception
    return app


def paste(app: AppTest, text: str) -> AppTest:
    app.text_area[0].set_value(text)
    next(button for button in app.button if button.label == "Read this text").click()
    return app.run()


def shown(app: AppTest) -> str:
    """All HTML on the page but the style sheet."""
    assert not app.exception
    assert not app.error
    return "".join(e.value for e in app.get("html") if not e.value.startswith("<style>"))


def problem(app: AppTest) -> str:
    """The one sentence about what went wrong, "" when nothing did."""
    found = re.findall(r'<p class="nd-notice nd-problem"[^>]*>(.*?)</p>', shown(app))
    assert len(found) < 2
    return Parsed(found[0]).text if found else ""


def test_it_opens_with_the_sample(desk):
    html = shown(desk)
    assert "nd-person" in html
    assert 'class="nd-q nd-direct"' in html
    assert "Kamal Hyder" in Parsed(html).text
    assert not problem(desk)
    assert [button.label for button in desk.get("download_button")] == ["JSON", "Download brief"]


def test_no_words_of_the_article_reach_a_markdown_element(desk):
    paste(desk, "\n".join(HOSTILE) + "\n“We will **fight** :smile:,” said Anna Larsson of $x$.")
    html = shown(desk)
    for words in HOSTILE:
        assert words in Parsed(html).text
    for element_ in (*desk.markdown, *desk.caption, *desk.header, *desk.title):
        assert "alert" not in element_.value
    for widget in (*desk.button, *desk.selectbox, *desk.slider):
        assert "alert" not in widget.label


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("story.exe", b"MZ\0\0", ".exe is not supported"),
        ("old.doc", b"\xd0\xcf\x11\xe0", "save it as .docx"),
        ("broken.docx", b"not a zip", "broken.docx"),
        ("empty.txt", b"", "empty.txt is empty"),
        ("<b>x</b>.pdf", b"%PDF-1.4", "<b>x</b>.pdf can't be read"),
    ],
)
def test_a_bad_upload_is_one_sentence_and_the_article_stays(desk, name, data, told):
    desk.file_uploader[0].set_value((name, data, "application/octet-stream"))
    desk.run()
    assert told in problem(desk)
    assert "Kamal Hyder" in Parsed(shown(desk)).text


def test_an_upload_is_shown(desk):
    desk.file_uploader[0].set_value(("note.txt", "“We won,” said Anna Larsson.".encode(), "text/plain"))
    desk.run()
    assert not problem(desk)
    assert "Anna Larsson" in Parsed(shown(desk)).text
    assert "Kamal Hyder" not in Parsed(shown(desk)).text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "holds no words"),
        (" \n\t ", "holds no words"),
        ("https://example.org/story", "web address"),
        ("word " * (MAX_CHARACTERS // 5 + 1), "split it into articles"),
    ],
)
def test_a_paste_that_is_no_article_is_one_sentence(desk, text, told):
    paste(desk, text)
    assert told in problem(desk)


@pytest.mark.parametrize("name", ["README.md", "/etc/hostname", "streamlit_app.py"])
def test_a_pasted_name_of_a_file_is_a_text(desk, name):
    paste(desk, name)
    assert not problem(desk)
    assert name in Parsed(shown(desk)).text


def test_a_problem_goes_away_with_the_next_article(desk):
    assert problem(paste(desk, ""))
    assert not problem(paste(desk, "“We won,” said Anna Larsson."))


def test_a_language_without_a_pipeline_says_what_is_missing(desk):
    paste(desk, GERMAN)
    text = Parsed(shown(desk)).text
    assert "There is no pipeline for German yet" in text
    assert "toolkit/languages/de.toml" in text
    assert "Unknown" in text
    assert 'class="nd-q nd-direct"' in shown(desk)


def test_an_undetermined_language_can_be_said(desk):
    paste(desk, "Anna Larsson said no.")
    assert "The language could not be told" in Parsed(shown(desk)).text
    desk.selectbox[0].select("en").run()
    assert "The language could not be told" not in Parsed(shown(desk)).text
    assert desk.session_state["nd-article"].language == "und", "what was read stays as it was read"


def test_the_length_of_the_summary_changes_without_a_new_analysis(desk, monkeypatch):
    def again(*_, **__):
        raise AssertionError("the article was analysed again")

    monkeypatch.setattr("toolkit.ui.analysis.annotate", again)
    before = re.findall(r'<div class="nd-summary">.*?</div>', shown(desk))
    desk.slider[0].set_value(150).run()
    longer = re.findall(r'<div class="nd-summary">.*?</div>', shown(desk))
    assert len(longer[0]) > len(before[0])
    desk.button_group[0].set_value("sentences").run()
    desk.slider[0].set_value(1).run()
    assert "1 sentence, " in shown(desk)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (MissingModel("No model; install <it>."), "No model; install <it>."),
        (ValueError("secret"), "reason is in the log"),
    ],
)
def test_when_the_analysis_fails_the_text_is_there_and_says_why(desk, monkeypatch, error, told):
    def fails(*_, **__):
        raise error

    monkeypatch.setattr("toolkit.ui.analysis.annotate", fails)
    paste(desk, f"Never seen before, {type(error).__name__}.")
    assert told in problem(desk)
    assert "Never seen before" in Parsed(shown(desk)).text
    assert not desk.get("download_button")


def test_without_samples_it_asks_for_an_article(tmp_path):
    script = (
        "from pathlib import Path\nfrom toolkit.ui import desk\n"
        f"desk.show(samples=Path({str(tmp_path / 'none')!r}))"
    )
    app = AppTest.from_string(script, default_timeout=60).run()
    assert "Open an article" in shown(app)
