"""The brief page: what is told of an article, what goes into the document, and the names of its files."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime

import docx
import pytest
from hypothesis import given, settings
from streamlit.testing.v1 import AppTest

from tests.handmade import TEXT, jaffar_express
from tests.strategies import annotations
from tests.test_desk import HOSTILE, Parsed
from tests.test_panels import hostile
from toolkit import edits
from toolkit.brief import ALL_SECTIONS, brief
from toolkit.desk_note import desk_note, noting
from toolkit.errors import InvalidNotes, LibraryError, Stale
from toolkit.export import _unprintable as unprintable
from toolkit.export.docx import render
from toolkit.model import Annotations, Article, Engine
from toolkit.store import Library
from toolkit.ui.brief_page import described, file_stem
from toolkit.ui.held import Work
from toolkit.ui.preview import preview
from toolkit.wording import HEADINGS

NOTES = jaffar_express()
MADE = datetime(2025, 3, 15, 10, 22, tzinfo=UTC)


# The desk note


def test_the_last_desk_note_counts_and_an_empty_one_takes_it_away():
    assert desk_note(NOTES) == ""
    notes = edits.apply(NOTES, noting(NOTES, "  Call the ministry. "), noting(NOTES, "Hold for photos."))
    assert desk_note(notes) == "Hold for photos."
    assert desk_note(edits.apply(notes, noting(notes, ""))) == ""


def test_a_note_on_a_mark_is_no_desk_note():
    assert desk_note(edits.apply(NOTES, edits.note(NOTES.quotes[0], "Check the tape."))) == ""


def test_the_desk_note_comes_along_to_an_update_of_the_text():
    note = noting(NOTES, "Hold.")
    new = f"UPDATE. {TEXT[40:]}"
    kept, lost = edits.carried([note], TEXT, new)
    notes = edits.apply(Annotations(Article(new), Engine("0", "", "")), *kept)
    assert (desk_note(notes), lost) == ("Hold.", ())


# What is told of the article


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("slug", " jaffar-express ", "jaffar-express"),
        ("headline", "Two\nlines", "Two lines"),
        ("embargo", "2025-03-12 18:00", "2025-03-12 18:00"),
        ("embargo", "", ""),
        ("published", " 2025-03-12 ", "2025-03-12"),
        ("published", "2025-03-12 18:00", "2025-03-12 18:00"),
        ("published", "", ""),
        ("published", "2025", "2025"),
        ("published", "2025-03", "2025-03"),
        ("embargo", "2024-02-29", "2024-02-29"),
        ("embargo", "2025-03-12T18:00:00+05:00", "2025-03-12T18:00:00+05:00"),
        ("embargo", "2025-03-12 18:00Z", "2025-03-12 18:00Z"),
    ],
)
def test_fields_are_kept_on_one_line(name, value, kept):
    assert getattr(described(NOTES.article, name, value), name) == kept


@pytest.mark.parametrize("name", ["embargo", "published"])
@pytest.mark.parametrize(
    "value",
    [
        *("tomorrow", "12 March", "2025-03-12 18h", "12/03/2025", "20250312", "2025-3-12"),
        # What looks like a date, and no calendar or clock has it.
        *("2025-13-45", "2025-13", "2025-00", "2025-02-29", "2025-04-31", "0000-00-00", "٢٠٢٥-٠٣-١٢"),
        *("2025-03-12 25:00", "2025-03-12 24:00", "2025-03-12 18:60", "2025-03-12 18:00+99:99"),
    ],
)
def test_an_embargo_and_a_publication_are_dates(name, value):
    with pytest.raises(InvalidNotes) as told:
        described(NOTES.article, name, f" {value} ")
    assert str(told.value) == (
        f"“{value}” is no date; write it as 2025-03-12, or with a time as 2025-03-12 18:00."
    )


@pytest.mark.parametrize("name", ["text", "sha256", "language"])
def test_the_text_is_no_field(name):
    with pytest.raises(ValueError, match=name):
        described(NOTES.article, name, "x")


@pytest.fixture
def library(tmp_path):
    with Library(tmp_path / "library.sqlite") as library:
        yield library


def test_the_library_keeps_what_is_told_and_all_decisions(library):
    decided = edits.apply(NOTES, edits.confirm(NOTES.quotes[0]))
    id = library.add(decided)
    revision = library.append(id, [edits.reject(NOTES.quotes[1])], 1)
    revision = library.undo(id, revision)
    article = replace(NOTES.article, headline="Train attack", slug="train")
    revision = library.describe(id, article, revision)
    kept = library.load(id)
    assert kept.machine == replace(decided, article=article)
    assert (kept.revision, len(kept.undone)) == (revision, 1)
    assert library.entries()[0].title == "Train attack"
    assert [hit.id for hit in library.search("train attack")] == [id]
    assert library.describe(id, article, revision) == revision  # nothing new


def test_the_library_refuses_what_is_told_of_another_state_or_text(library):
    id = library.add(NOTES)
    with pytest.raises(Stale):
        library.describe(id, replace(NOTES.article, slug="x"), 7)
    with pytest.raises(LibraryError, match="another text"):
        library.describe(id, Article("Another text."), 1)
    assert library.load(id).machine == NOTES


# Files


@pytest.mark.parametrize(
    ("article", "stem"),
    [
        ({"slug": "port-strike", "published": "2025-03-12T18:00"}, "port-strike-2025-03-12"),
        ({"headline": "Port strike: “No deal”", "published": "2025-03"}, "port-strike-no-deal-2025-03"),
        ({"slug": "../../etc/passwd"}, "etc-passwd-2025-03-15"),
        ({"slug": "CON"}, "con-2025-03-15"),
        ({"slug": "a/b\\c:d*e?"}, "a-b-c-d-e-2025-03-15"),
        ({"slug": "🚂", "source": "wire.txt"}, "wire-txt-2025-03-15"),
        ({}, "brief-2025-03-15"),
        ({"headline": "الإضراب"}, "الإضراب-2025-03-15"),
    ],
)
def test_files_have_meaningful_names_that_any_disk_takes(article, stem):
    assert file_stem(Article("x", **article), today=date(2025, 3, 15)) == stem


# The document and its preview


@pytest.mark.parametrize("left_out", ALL_SECTIONS)
def test_a_section_is_left_out_of_the_document_and_of_the_preview(left_out):
    sections = [section for section in ALL_SECTIONS if section != left_out]
    document = docx.Document(io.BytesIO(render(NOTES, MADE, sections=sections)))
    headings = [p.text for p in document.paragraphs if p.style.style_id == "Heading1"]
    shown = preview(brief(NOTES, sections=sections))
    assert headings == [HEADINGS[section] for section in sections]
    assert [f"<h2>{HEADINGS[s]}</h2>" in shown for s in ALL_SECTIONS] == [s != left_out for s in ALL_SECTIONS]
    if left_out == "article":
        assert not list(document.comments)
        assert "¶" not in Parsed(shown).text


def test_the_preview_has_the_words_of_the_document():
    notes = edits.apply(NOTES, noting(NOTES, "Hold for photos."))
    notes = replace(notes, article=replace(notes.article, embargo="2025-03-12", byline="Ana Núñez"))
    notes = edits.apply(notes, edits.note(notes.quotes[0], "Check the tape.", by="Ana"))
    shown = Parsed(preview(brief(notes, made=MADE, sections=ALL_SECTIONS))).text
    document = docx.Document(io.BytesIO(render(notes, MADE)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    for words in (*cells, "Embargoed until 12 March 2025", "Hold for photos."):
        for line in words.splitlines():
            assert " ".join(line.split()) in " ".join(shown.split())
    assert "Hold for photos." in "\n".join(p.text for p in document.paragraphs)


@settings(max_examples=60, deadline=None)
@given(annotations())
def test_any_brief_is_shown_with_its_words_alone(notes):
    shown = Parsed(preview(brief(notes, sections=ALL_SECTIONS)))
    assert "script" not in shown.tags
    assert "href" not in shown.names
    text = "".join(unprintable.shown(notes.article.text).split())
    assert text in "".join(shown.text.split())


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words_in_the_preview(words):
    shown = Parsed(preview(brief(hostile(words), sections=ALL_SECTIONS)))
    assert not {"script", "img", "a"} & set(shown.tags)
    assert shown.text.count(words) > 5


# The page


def page(notes):
    from toolkit.ui import brief_page, work

    if work.current() is None:
        work.open_notes(notes)
    brief_page.show(work.current())


@pytest.fixture
def shelf(monkeypatch, tmp_path):
    path = tmp_path / "shelf.sqlite"
    monkeypatch.setenv("NEWSDESK_LIBRARY", str(path))
    return path


def run(notes: Annotations = NOTES) -> AppTest:
    at = AppTest.from_function(page, kwargs={"notes": notes}, default_timeout=30).run()
    assert not at.exception
    return at


def told(at: AppTest) -> str:
    """The notices on the page."""
    assert not at.exception
    return " ".join(each.value for each in at.get("html") if "nd-notice" in each.value)


def field(at: AppTest, label: str):
    return next(each for each in (*at.text_input, *at.text_area) if each.label == label)


def test_what_is_written_is_kept_as_the_editor_leaves_a_field(shelf):
    at = run()
    field(at, "Headline").set_value("Train attack").run()
    field(at, "Desk note").set_value("Hold for photos.").run()
    field(at, "Embargo").set_value("2025-03-12 18:00").run()
    assert not at.exception
    with Library(shelf) as library:
        kept = library.load(1)
        assert (kept.machine.article.headline, kept.machine.article.embargo) == (
            "Train attack",
            "2025-03-12 18:00",
        )
        assert desk_note(kept.notes()[0]) == "Hold for photos."
    # Another tab shows it.
    assert field(run(), "Headline").value == "Train attack"


def test_a_wrong_embargo_is_told_and_nothing_is_kept(shelf):
    at = run()
    field(at, "Embargo").set_value("noon").run()
    assert not at.exception
    assert field(at, "Embargo").value == "noon"
    assert "is no date" in told(at)
    assert at.session_state["nd-work"].notes.article.embargo == ""
    # It does not follow to the next article.
    at.session_state["nd-work"] = Work(0, 1, hostile("Other"), hostile("Other"))
    at.run()
    assert "is no date" not in told(at)


def test_each_date_tells_what_is_wrong_with_it_until_it_is_right(shelf):
    at = run()
    field(at, "Published").set_value("2025-13-45").run()
    field(at, "Embargo").set_value("noon").run()
    field(at, "Headline").set_value("Train attack").run()
    assert "“2025-13-45” is no date" in told(at)
    assert "“noon” is no date" in told(at)
    article = at.session_state["nd-work"].notes.article
    assert (article.headline, article.embargo) == ("Train attack", "")
    assert not [b for b in at.button if b.key == "nd-redate"], "it is of the same day as before"
    field(at, "Published").set_value("2025-03-12").run()
    assert "2025-13-45" not in told(at)
    assert "“noon” is no date" in told(at)


def test_a_right_embargo_takes_the_problem_away(shelf):
    at = run()
    field(at, "Embargo").set_value("noon").run()
    field(at, "Embargo").set_value("2025-03-12").run()
    assert "is no date" not in told(at)
    assert at.session_state["nd-work"].notes.article.embargo == "2025-03-12"


def test_when_it_was_published_is_kept_and_the_article_is_read_again_when_asked(shelf):
    at = run()
    before = at.session_state["nd-work"].notes.figures
    field(at, "Headline").set_value("Train attack").run()
    assert not [b for b in at.button if b.key == "nd-redate"]
    field(at, "Published").set_value("2025-03-13 18:00").run()
    assert not at.exception
    with Library(shelf) as library:
        assert library.load(1).machine.article.published == "2025-03-13 18:00"
    # Nothing is analysed until the editor asks for it.
    assert at.session_state["nd-work"].notes.figures == before
    assert "nd-reading" not in at.session_state
    at.button(key="nd-redate").click().run()
    assert not at.exception
    reading = at.session_state["nd-reading"]
    assert (reading.article.published, reading.replaces) == ("2025-03-13 18:00", 1)
    assert not [b for b in at.button if b.key == "nd-redate"]


def test_a_wrong_publication_is_told_at_its_field_and_nothing_is_kept(shelf):
    at = run()
    before = NOTES.article.published
    field(at, "Published").set_value("last Tuesday").run()
    assert told(at).count("is no date") == 1
    assert at.session_state["nd-work"].notes.article.published == before
    assert not [b for b in at.button if b.key == "nd-redate"]


def test_what_is_written_after_another_window_was_first_waits_and_is_taken_over(shelf):
    at = run()
    with Library(shelf) as library:
        library.append(1, [edits.confirm(NOTES.quotes[0])], 1, by="Ana")
        field(at, "Slug").set_value("mine").run()
        field(at, "Desk note").set_value("Hold for photos.").run()
        assert "Another window changed this article first" in told(at)
        assert library.load(1).machine.article.slug == NOTES.article.slug
        assert [b.label for b in at.button if b.key == "nd-take-over"] == ["Take over with my 2 changes"]
        at.button(key="nd-take-over").click().run()
        assert not at.exception
        kept = library.load(1)
        assert kept.machine.article.slug == "mine"
        assert desk_note(kept.notes()[0]) == "Hold for photos."
        assert kept.notes()[0].quotes[0].status == "confirmed"
    assert "Another window" not in told(at)
    assert (field(at, "Slug").value, field(at, "Desk note").value) == ("mine", "Hold for photos.")


def test_a_field_follows_what_another_window_kept(shelf):
    at = run()
    field(at, "Slug").set_value("mine").run()
    work = at.session_state["nd-work"]
    at.session_state["nd-work"] = replace(
        work, notes=replace(work.notes, article=replace(work.notes.article, slug="theirs"))
    )
    at.run()
    assert field(at, "Slug").value == "theirs"


@pytest.mark.parametrize("words", [HOSTILE[0], HOSTILE[4], HOSTILE[5], HOSTILE[7]])
def test_hostile_words_stay_words_on_the_page(shelf, words):
    at = run(hostile(words))
    assert not at.markdown
    labels = [each.label for each in (*at.text_input, *at.text_area, *at.checkbox)]
    assert not [label for label in labels if words in label]
    assert field(at, "Headline").value == words
