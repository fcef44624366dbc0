"""The desk without a browser: safe HTML of the article, and the page's answers to what is opened."""

import io
import json
import re
from collections import Counter
from html.parser import HTMLParser
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from tests.strategies import annotations
from toolkit.brief import brief
from toolkit.errors import MissingModel
from toolkit.export import _unprintable as unprintable
from toolkit.export import render
from toolkit.model import Annotations, Article, Engine, Entity, Mention, Quote, Span
from toolkit.noted import notes_on
from toolkit.read import read
from toolkit.read.draft import MAX_CHARACTERS
from toolkit.store import Library
from toolkit.ui import front, opening, tongues
from toolkit.ui.markup import Html, element, escaped, joined
from toolkit.ui.preview import preview

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


def text_of(notes: Annotations) -> Parsed:
    """The text of annotations with its marks, as the page of the brief shows it."""
    return Parsed(marked(notes))


def marked(notes: Annotations) -> str:
    html = preview(brief(notes, sections=("article",)))
    start = html.index("<article")
    return html[start : html.index("</article>", start) + len("</article>")]


# HTML


def test_what_is_not_html_is_escaped():
    assert element("p", "a < b", Html("<br>"), title='"') == '<p title="&quot;">a &lt; b<br></p>'
    assert joined("<", ["&", Html("<i>")]) == "&lt;&amp;<i>"
    assert escaped(escaped("<")) == "&lt;"


def test_attributes_are_left_out_when_they_are_none_or_false():
    assert element("a", class_="x", aria_label=None, hidden=False, open=True) == '<a class="x" open></a>'


@given(annotations())
@settings(max_examples=60)
def test_the_text_on_the_page_is_the_article_whatever_is_marked(notes):
    text = text_of(notes)
    # What can't be printed is shown as a picture; all else is there once, in order.
    assert text.text == unprintable.shown(notes.article.text)
    assert set(text.tags) <= {"article", "p", "mark", "span", "data"}
    assert text.names <= {"class", "lang", "dir", "title", "aria-label", "data-number", "value"}


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
        text_of(notes),
        Parsed(front.title(made, "English")),
        Parsed(front.notice(words)),
        Parsed(front.review(2, words, words)),
        Parsed(front.kept("", words)),
    ):
        assert not {"script", "img", "b"} & set(html.tags)
        assert not {"onerror", "onmouseover", "src"} & html.names
    assert words in text_of(notes).text
    assert words in Parsed(front.title(made, "English")).text


def test_a_name_in_a_quote_is_marked_inside_it():
    text = "“Ana Ruiz left,” he said."
    notes = Annotations(
        Article(text),
        Engine("0", "", ""),
        entities=(Entity("e", "PERSON", Span(1, 9), (Mention(Span(1, 9), "machine:x@0"),)),),
        quotes=(Quote("q", "direct", (Span(0, 16),)),),
    )
    assert (
        '<mark class="direct" title="Direct">“</mark>'
        '<mark class="direct person" title="Direct, Person">Ana Ruiz</mark>'
        '<mark class="direct" title="Direct"> left,”</mark>'
    ) in marked(notes)


def test_crossing_marks_are_both_shown():
    text = "The Gulf War Memorial said no."
    notes = Annotations(
        Article(text),
        Engine("0", "", ""),
        entities=(Entity("e", "EVENT", Span(4, 12), (Mention(Span(4, 12), "machine:x@0"),)),),
        quotes=(Quote("q", "indirect", (Span(9, 21),)),),
    )
    found = re.findall(r'<mark class="([^"]*)"[^>]*>([^<]*)', marked(notes))
    assert ("event", "Gulf ") in found
    assert ("indirect event", "War") in found


def test_two_names_that_touch_are_two_marks():
    notes = Annotations(
        Article("Ana Bo"),
        Engine("0", "", ""),
        entities=tuple(
            Entity(name, "PERSON", span, (Mention(span, "machine:x@0"),))
            for name, span in (("a", Span(0, 3)), ("b", Span(3, 6)))
        ),
    )
    text = text_of(notes)
    assert text.tags["mark"] == 2


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

PANELS = ("Review", "Quotes", "Cast", "Numbers", "Summary", "Checks")

GERMAN = (
    "Der Bürgermeister der Stadt sagte am Montag: „Wir werden die Brücke noch in diesem Jahr reparieren, "
    "denn sie ist für viele Menschen wichtig.“ Die Opposition im Rathaus widersprach ihm und verlangte "
    "eine Untersuchung der Kosten."
)


@pytest.fixture
def fresh(monkeypatch, tmp_path):
    """A library of its own."""
    monkeypatch.setenv("NEWSDESK_LIBRARY", str(tmp_path / "library.sqlite"))
    return tmp_path / "library.sqlite"


@pytest.fixture
def desk(root, fresh):
    app = AppTest.from_file(str(root / "streamlit_app.py"), default_timeout=60).run()
    assert not app.exception
    return app


def again(root, **address: str) -> AppTest:
    """The page in another window."""
    app = AppTest.from_file(str(root / "streamlit_app.py"), default_timeout=60)
    for name, value in address.items():
        app.query_params[name] = value
    return app.run()


def paste(app: AppTest, text: str, *, update: bool = False) -> AppTest:
    app.text_area[0].set_value(text)
    if update:
        app.checkbox(key="nd-update").check()
    return press(app, "Read this text")


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def drawn(app: AppTest) -> dict[str, Any]:
    """What the text marker was given to draw."""
    assert not app.exception
    assert not app.error
    (marker,) = [e for e in app.get("bidi_component") if e.proto.component_name == "newsdesk.marker"]
    return json.loads(marker.proto.json)


def address(app: AppTest, name: str = "article") -> str:
    value = app.query_params[name]
    return value if isinstance(value, str) else value[0]


def statuses(app: AppTest) -> Counter[str]:
    return Counter(mark[7] for mark in drawn(app)["marks"])


def shown(app: AppTest) -> str:
    """All HTML on the page but the style sheet."""
    assert not app.exception
    assert not app.error
    return "".join(e.value for e in app.get("html") if not e.value.startswith("<style>"))


def words(app: AppTest) -> str:
    return Parsed(shown(app)).text


def problem(app: AppTest) -> str:
    """The one sentence about what went wrong, "" when nothing did."""
    found = re.findall(r'<p class="nd-notice nd-problem"[^>]*>(.*?)</p>', shown(app))
    assert len(found) < 2
    return Parsed(found[0]).text if found else ""


def test_it_opens_with_the_sample_and_keeps_it(desk):
    made = drawn(desk)
    assert "Kamal Hyder" in made["text"]
    assert {mark[1] for mark in made["marks"]} == {"quote", "mention", "figure"}
    assert "left to look at" in words(desk)
    assert "Saved" in words(desk)
    assert not problem(desk)
    assert address(desk) == "1"


def test_an_editor_goes_through_what_is_doubtful(desk):
    def left() -> int:
        return int(re.search(r"(\d+) things? left", words(desk))[1])

    before = left()
    press(desk, "Next")
    assert drawn(desk)["focus"]
    press(desk, "Confirm")
    assert left() < before
    assert statuses(desk)["confirmed"]
    press(desk, "Undo")
    assert left() == before
    assert not statuses(desk)["confirmed"]
    press(desk, "Redo")
    assert statuses(desk)["confirmed"]


def test_all_that_is_sure_is_confirmed_at_once(desk):
    sure = next(button for button in desk.button if "above 95%" in button.label)
    sure.click().run()
    assert "Undo takes it back" in words(desk)
    confirmed = statuses(desk)["confirmed"]
    assert sure.label == f"Confirm {confirmed} above 95%"
    press(desk, "Undo")
    assert not statuses(desk)["confirmed"]


def test_another_window_has_the_edits_and_the_first_is_told(desk, root):
    press(desk, "Reject")
    other = again(root, article="1")
    assert drawn(other)["marks"] == drawn(desk)["marks"]
    press(other, "Undo")
    press(desk, "Undo")
    assert "Another window changed this article" in words(desk)
    press(desk, "Show the latest")
    assert "Another window" not in words(desk)
    assert drawn(desk)["marks"] == drawn(other)["marks"]


def test_an_edit_is_taken_over(desk, root):
    other = again(root, article="1")
    press(other, "Reject")
    press(desk, next(b.label for b in desk.button if "above 95%" in b.label))
    press(desk, "Take over with my 1 change")
    assert statuses(desk)["confirmed"]
    assert len(drawn(desk)["marks"]) == len(drawn(other)["marks"])


def test_a_bare_address_brings_what_was_worked_on_last(desk, root):
    paste(desk, "“We won,” said Anna Larsson, the head of the harbour of the town.")
    assert address(desk) == "2"
    assert "Anna Larsson" in drawn(again(root))["text"]
    assert "Kamal Hyder" in drawn(again(root, article="1"))["text"]


def test_where_others_work_a_bare_address_brings_the_sample(desk, root, monkeypatch):
    paste(desk, "“We won,” said Anna Larsson, the head of the harbour of the town.")
    monkeypatch.setattr("toolkit.ui.tab.is_shared", lambda: True)
    assert "Kamal Hyder" in drawn(again(root))["text"]


def test_an_address_of_no_article_says_so(desk, root):
    app = again(root, article="77")
    assert "not in the library" in problem(app)
    assert "Kamal Hyder" in drawn(app)["text"]


def test_without_a_library_it_works_and_says_so(root, fresh):
    fresh.write_text("no library at all, and long enough to be told from one")
    app = again(root)
    press(app, "Confirm")
    assert statuses(app)["confirmed"]
    assert "Not saved" in words(app)
    assert fresh.read_text().startswith("no library")


def test_an_update_of_the_text_keeps_what_was_decided(desk, samples):
    press(desk, next(b.label for b in desk.button if "above 95%" in b.label))
    confirmed = statuses(desk)["confirmed"]
    text = (samples / "jaffar-express.txt").read_text(encoding="utf-8")
    paste(desk, f"{text}\nThe line was repaired on Monday.", update=True)
    assert "repaired on Monday" in drawn(desk)["text"]
    assert statuses(desk)["confirmed"] == confirmed > 0
    assert address(desk) == "1"


def test_no_words_of_the_article_reach_a_markdown_element(desk):
    paste(desk, "\n".join(HOSTILE) + "\n“We will **fight** :smile:,” said Anna Larsson of $x$.")
    for line in HOSTILE:
        assert line in drawn(desk)["text"]
    for name in (*PANELS, "Brief"):
        if name == "Brief":
            press(desk, name)
        else:
            desk.session_state["nd-panels"] = name
            desk.run()
        assert not desk.exception
        for element_ in (*desk.markdown, *desk.caption, *desk.header, *desk.title):
            assert "alert" not in element_.value
        for widget in (*desk.button, *desk.selectbox, *desk.slider, *desk.checkbox, *desk.text_input):
            assert "alert" not in widget.label


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("story.exe", b"MZ\0\0", "is a program"),
        ("old.doc", b"\xd0\xcf\x11\xe0", "save it as .docx"),
        ("broken.docx", b"not a zip", "broken.docx"),
        ("empty.txt", b"", "empty.txt is empty"),
        ("<b>x</b>.xyz", b"xyz", "<b>x</b>.xyz can't be read"),
    ],
)
def test_a_bad_upload_is_one_sentence_and_the_article_stays(desk, name, data, told):
    desk.file_uploader[0].set_value((name, data, "application/octet-stream"))
    desk.run()
    assert told in problem(desk)
    assert "Kamal Hyder" in drawn(desk)["text"]


def test_an_upload_is_shown(desk):
    desk.file_uploader[0].set_value(("note.txt", "“We won,” said Anna Larsson.".encode(), "text/plain"))
    desk.run()
    assert not problem(desk)
    assert "Anna Larsson" in drawn(desk)["text"]
    assert "note" in words(desk)


STORY = "“We won,” said Anna Larsson, the head of the harbour. The ships go out on Monday."


@pytest.mark.parametrize(
    ("above", "headline"),
    [
        ("Harbour opens again\n\n", "Harbour opens again"),
        ("\n  Harbour opens:\tall ships go out \r\n \r\n", "Harbour opens: all ships go out"),
        ("“We won,” says harbour\n\n\n", "“We won,” says harbour"),
        ("", ""),
        ("Harbour opens again\n", ""),  # no empty line
        ("Harbour opens again.\n\n", ""),
        ("“Harbour opens again.”\n\n", ""),
        ("She said:\n\n", ""),
        ("Harbour\n\n", ""),  # a word may be a label
        ("12 34\n\n", ""),
        (f"{'Harbour opens ' * 11}\n\n", ""),
    ],
)
def test_a_headline_above_a_text_is_told_alike_of_a_paste_and_a_file(above, headline):
    text = f"{above}{STORY}\n"
    file, paste = read(text.encode(), name="note.txt"), opening.pasted(text)
    assert (file.headline, paste.headline) == (headline, headline)
    assert file.text == paste.text.removesuffix("\n"), "it stays in the text"


def test_lines_without_running_text_have_no_headline():
    assert opening.pasted("One line here\n\nAnother line here\n").headline == ""


def upload(app: AppTest, data: bytes, name: str = "brief.docx") -> AppTest:
    app.file_uploader[0].set_value((name, data, "application/octet-stream"))
    return app.run()


def commented(data: bytes, words: str, said: str, *, instead: str = "") -> bytes:
    """A brief on which somebody wrote a comment, on words of the article, which they may have changed, and
    another on the title."""
    document = docx.Document(io.BytesIO(data))
    (line,) = [p for p in document.paragraphs if p.style.name == "Article" and words in p.text]
    run = next(run for run in line.runs if words in run.text)
    run.text = run.text.replace(words, instead or words)
    document.add_comment(runs=[run], text=said, author="Ben")
    title = next(p for p in document.paragraphs if p.runs and p.style.name != "Article")
    document.add_comment(runs=[title.runs[0]], text="Shorter?", author="Ben")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def notes_of(app: AppTest) -> list[tuple[str, str]]:
    assert not app.exception
    return [(n.words, n.by) for n in notes_on(app.session_state["nd-work"].notes)]


def test_a_brief_comes_back_with_its_comments_as_notes(desk):
    press(desk, "Reject")
    before = desk.session_state["nd-work"]
    sent = render(before.notes, ".docx")
    press(desk, "Undo")
    press(desk, "Confirm")
    back = commented(sent, "railway station", "Which one?")
    for _ in range(2):  # the same file again changes nothing
        upload(desk, back)
        now = desk.session_state["nd-work"]
        assert not problem(desk)
        assert (now.id, now.notes.article.sha256) == (1, before.notes.article.sha256)
        assert notes_of(desk) == [("Which one?", "Ben")]
        # The rejection that the brief went out with was taken back since.
        assert [(lost.edit.act, lost.edit.value) for lost in now.unfit] == [
            ("reject", ""),
            ("note", "Shorter?"),
        ]
        assert not statuses(desk)["rejected"]
        assert {q.status for q in now.notes.quotes} | {
            m.status for e in now.notes.entities for m in e.mentions
        } > {"confirmed"}
    assert "as it was sent" in words(desk)


def test_a_brief_with_a_changed_text_is_read_again_and_keeps_what_was_decided(desk):
    press(desk, next(b.label for b in desk.button if "above 95%" in b.label))
    confirmed = statuses(desk)["confirmed"]
    sent = render(desk.session_state["nd-work"].notes, ".docx")
    back = commented(sent, "railway station", "Changed.", instead="bus station")
    upload(desk, back)
    assert "bus station" in drawn(desk)["text"]
    assert address(desk) == "1"
    assert confirmed - 5 < statuses(desk)["confirmed"] <= confirmed
    assert [by for _, by in notes_of(desk)] == ["Ben"]
    assert "came back with a changed text" in words(desk)
    shelf = desk.session_state["nd-work"]
    assert [lost.edit.value for lost in shelf.unfit][-1] == "Shorter?"


def test_a_brief_of_another_desk_brings_its_decisions(desk, root, monkeypatch, tmp_path):
    press(desk, "Reject")
    back = commented(render(desk.session_state["nd-work"].notes, ".docx"), "railway station", "Hm?")
    monkeypatch.setenv("NEWSDESK_LIBRARY", str(tmp_path / "other.sqlite"))
    other = again(root)
    assert not any(q.status == "rejected" for q in other.session_state["nd-work"].notes.quotes)
    before = len(other.session_state["nd-work"].notes.edits)
    upload(other, back)
    assert len(other.session_state["nd-work"].notes.edits) == before + 2
    assert notes_of(other) == [("Hm?", "Ben")]


@pytest.mark.parametrize("harm", ["cut", "other"])
def test_a_word_file_that_is_no_brief_of_ours_is_an_article_or_a_sentence(desk, samples, harm):
    if harm == "other":
        upload(desk, (samples / "port-strike.docx").read_bytes(), "port-strike.docx")
        assert not problem(desk)
        assert address(desk) == "2"
    else:
        upload(desk, render(desk.session_state["nd-work"].notes, ".docx")[:-400])
        assert problem(desk)
        assert address(desk) == "1"


@pytest.mark.parametrize("text", ["\u200b", "\u200b\u200d \n\ufeff", "\u2060\u00ad"])
def test_a_paste_that_nobody_can_see_makes_no_row(desk, fresh, text):
    paste(desk, text)
    assert "holds no words" in problem(desk)
    with Library(fresh) as library:
        assert len(library.entries()) == 1


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
    assert drawn(desk)["text"] == f"{name}\n"


def test_a_problem_goes_away_with_the_next_article(desk):
    assert problem(paste(desk, ""))
    assert not problem(paste(desk, "“We won,” said Anna Larsson."))


def test_a_language_without_a_pipeline_says_what_is_missing(desk):
    paste(desk, GERMAN)
    assert "There is no pipeline for German yet" in words(desk)
    assert "toolkit/languages/de.toml" in words(desk)
    assert [mark[3] for mark in drawn(desk)["marks"] if mark[1] == "quote"] == ["direct"]


def test_an_undetermined_language_can_be_said(desk):
    paste(desk, "Anna Larsson said no.")
    assert "The language could not be told" in words(desk)
    language = next(box for box in desk.selectbox if box.label == "The article is in")
    language.select("en").run()
    assert "The language could not be told" not in words(desk)
    assert drawn(desk)["language"] == "en"
    assert address(desk) == "2", "it is the same article"


def test_the_editors_name_stands_in_the_edits_and_is_remembered(desk, root):
    desk.text_input(key="nd-editor").set_value("Ana Núñez").run()
    press(desk, "Reject")
    assert desk.session_state["nd-work"].edits[-1].by == "Ana Núñez"
    assert again(root).text_input(key="nd-editor").value == "Ana Núñez"


def test_the_name_is_asked_for_once(desk, root):
    desk.text_input(key="nd-first-name").set_value(" Ana ").run()
    assert not [field for field in desk.text_input if field.key == "nd-first-name"]
    desk.run()
    assert desk.text_input(key="nd-editor").value == "Ana"
    assert not [field for field in again(root).text_input if field.key == "nd-first-name"]


def test_an_edit_and_a_length_need_no_new_analysis(desk, monkeypatch):
    def fails(*_, **__):
        raise AssertionError("the article was analysed again")

    monkeypatch.setattr("toolkit.ui.analysis.annotate", fails)
    press(desk, "Confirm")
    desk.session_state["nd-panels"] = "Summary"
    desk.run()
    before = desk.session_state["nd-work"].notes.summary
    desk.slider[0].set_value(150).run()
    assert len(desk.session_state["nd-work"].notes.summary.sentences) > len(before.sentences)


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
    assert "Never seen before" in drawn(desk)["text"]
    assert drawn(desk)["marks"] == []


@pytest.mark.parametrize("view", ["library", "brief", "nowhere"])
def test_the_other_pages_are_a_click_away(desk, root, view):
    app = again(root, article="1", view=view)
    assert not app.exception
    assert not problem(app)
    assert drawn(press(app, "Desk"))["text"]


def test_without_samples_it_asks_for_an_article(tmp_path, fresh):
    script = (
        "from pathlib import Path\nfrom toolkit.ui import desk\n"
        f"desk.show(samples=Path({str(tmp_path / 'none')!r}))"
    )
    app = AppTest.from_string(script, default_timeout=60).run()
    assert "Open an article" in words(app)
