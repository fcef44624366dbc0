"""The library page: what is kept, found, opened, copied and deleted."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from streamlit.testing.v1 import AppTest

from tests.handmade import jaffar_express
from tests.listing import stand_in
from tests.test_desk import HOSTILE
from tests.test_panels import hostile
from toolkit import edits
from toolkit.model import Annotations, Article, Engine, Span
from toolkit.store import Entry, Library
from toolkit.ui.library_page import entries, hits
from toolkit.ui.versions import changed, made_by

NOTES = jaffar_express()
OTHER = Annotations(
    Article("The harbour was closed.", headline="Harbour", language="fr"), Engine("0", "", "")
)
NOW = datetime(2025, 3, 12, 18, tzinfo=UTC)


def entry(**fields) -> Entry:
    told = {
        "id": 3,
        "title": "Port strike",
        "slug": "port",
        "source": "Wire",
        "language": "en",
        "created": "2025-03-12T09:00:00.000Z",
        "changed": "2025-03-12T10:42:00.000Z",
        "words": 399,
        "edits": 2,
        "revision": 5,
    }
    return Entry(**{**told, **fields})


@pytest.mark.parametrize(
    ("fields", "title", "detail"),
    [
        ({}, "Port strike", "port · Wire · English · 399 words · 2 edits"),
        ({"edits": 0, "source": ""}, "Port strike", "port · English · 399 words · not edited"),
        ({"slug": "Port strike"}, "Port strike", "Wire · English · 399 words · 2 edits"),
        ({"title": ""}, "Without a headline", "port · Wire · English · 399 words · 2 edits"),
    ],
)
def test_an_article_is_told_in_a_row(fields, title, detail):
    (row,) = entries([entry(**fields)], NOW)
    assert (row.id, row.title, row.detail, row.aside) == ("article:3", title, detail, "10:42")
    assert row.actions == ("copy", "export", "delete")


@pytest.mark.parametrize(
    ("iso", "zone", "words"),
    [
        ("2025-03-12T10:42:00.000Z", UTC, "10:42"),
        ("2025-03-12T10:42:00.000Z", timezone(timedelta(hours=2)), "12:42"),
        ("2025-03-11T23:30:00.000Z", timezone(timedelta(hours=1)), "00:30"),
        ("2025-03-11T23:30:00.000Z", UTC, "11 March 2025, 23:30"),
    ],
)
def test_when_it_was_changed(iso, zone, words):
    assert changed(iso, NOW.astimezone(zone)) == words


@pytest.fixture
def shelf(monkeypatch, tmp_path):
    path = tmp_path / "library.sqlite"
    monkeypatch.setenv("NEWSDESK_LIBRARY", str(path))
    with Library(path) as library:
        yield library


@pytest.fixture
def lists(monkeypatch):
    return stand_in(monkeypatch)


def test_hits_tell_where_they_stand_and_what_was_found(shelf):
    id = shelf.add(NOTES)
    articles, quotes = hits(shelf.search("hostages"), shelf.search_quotes("security", speaker="hyder"))
    assert articles.title == "1 article"
    assert ("hostages", True) in articles.rows[0].words[0]
    first = quotes.rows[0]
    assert (first.title, first.at) == (
        "Kamal Hyder",
        shelf.search_quotes("security", speaker="hyder")[0].content,
    )
    assert first.id.startswith(f"quote:{id}:")
    assert any(is_found for _, is_found in first.words[0])


def page():
    from toolkit.ui import library_page

    library_page.show()


def run() -> AppTest:
    at = AppTest.from_function(page, default_timeout=30).run()
    assert not at.exception
    return at


def test_an_empty_library_says_what_to_do(shelf, lists):
    at = run()
    assert not lists.shown
    assert len(at.text_input) == 2


def test_an_article_is_opened_on_the_desk(shelf, lists):
    shelf.add(NOTES)
    other = shelf.add(OTHER)
    at = run()
    assert lists.titles("nd-entries")[0] == "Harbour"
    at.query_params["view"] = "library"
    lists.press("nd-entries", f"article:{other}")
    at.run()
    assert not at.exception
    assert at.session_state["nd-work"].id == other
    assert "view" not in at.query_params


def test_a_quote_is_opened_at_its_place(shelf, lists):
    id = shelf.add(NOTES)
    shelf.append(id, [edits.confirm(NOTES.quotes[4])], 1)
    at = run()
    at.text_input[1].set_value("hyder").run()
    assert [i.startswith("quote:") for i in lists.ids("nd-hits")] == [True, True]
    lists.press("nd-hits", lists.ids("nd-hits")[1])
    at.run()
    assert not at.exception
    assert (at.session_state["nd-work"].id, at.session_state["nd-work"].focus) == (id, "q6")


@pytest.mark.parametrize("words", ["nobody-has-this", '"', "NOT OR (", "*"])
def test_a_search_that_finds_nothing_says_so(shelf, lists, words):
    shelf.add(NOTES)
    at = run()
    lists.shown.clear()
    at.text_input[0].set_value(words).run()
    assert not at.exception
    assert not lists.shown


def test_an_article_is_duplicated_with_its_decisions(shelf, lists):
    id = shelf.add(NOTES)
    shelf.append(id, [edits.confirm(NOTES.quotes[4])], 1)
    at = run()
    lists.press("nd-entries", f"article:{id}", "copy")
    at.run().run()
    assert [each.edits for each in shelf.entries()] == [1, 1]


def test_a_copy_says_that_it_is_one(shelf, lists):
    id = shelf.add(OTHER)
    at = run()
    lists.press("nd-entries", f"article:{id}", "copy")
    at.run().run()
    assert sorted(lists.titles("nd-entries")) == ["Harbour", "Harbour (copy)"]


def test_the_search_is_there_when_one_comes_back_from_an_article(shelf, lists):
    shelf.add(NOTES)
    at = AppTest.from_function(turning, default_timeout=30).run()
    at.text_input[0].set_value("hostages").run()
    at.text_input[1].set_value("hyder").run()
    at.session_state["elsewhere"] = True
    at.run()
    assert not at.text_input
    at.session_state["elsewhere"] = False
    at.run()
    assert not at.exception
    assert [field.value for field in at.text_input] == ["hostages", "hyder"]
    at.text_input[0].set_value("").run()
    assert at.text_input[0].value == ""


def turning():
    import streamlit as st

    from toolkit.ui import library_page

    if not st.session_state.get("elsewhere"):
        library_page.show()


# Versions


@pytest.fixture
def updated(shelf):
    """An article with a decision, then an update of its text."""
    id = shelf.add(OTHER)
    revision = shelf.append(id, [edits.add_mention(Span(4, 11), "FACILITY")], 1)
    article = replace(OTHER.article, text="The harbour was opened again.", sha256="")
    shelf.update(id, replace(OTHER, article=article), (), revision)
    return id


def test_only_an_article_with_several_versions_offers_them(shelf, updated):
    other = shelf.add(NOTES)
    rows = {row.id: row.actions for row in entries(shelf.entries(), NOW)}
    assert "versions" in rows[f"article:{updated}"]
    assert "versions" not in rows[f"article:{other}"]


def test_older_versions_are_listed_read_and_restored(shelf, updated, lists):
    at = run()
    lists.press("nd-entries", f"article:{updated}")
    at.run()
    lists.press("nd-entries", f"article:{updated}", "versions")
    at.run().run()
    key = f"nd-versions-{updated}"
    assert lists.titles(key) == ["Version 2: an update of the text", "Version 1: as it was opened"]
    lists.press(key, "1")
    at.run().run()
    assert not at.exception
    assert "was closed" in "".join(each.value for each in at.get("html"))
    assert shelf.load(updated).version == 2, "reading changes nothing"
    at.button(key="nd-restore").click().run()
    assert not at.exception
    assert lists.titles(key)[0] == "Version 3: version 1 restored"
    kept = shelf.load(updated)
    assert (kept.machine.article.text, len(kept.edits)) == (OTHER.article.text, 1)
    assert at.session_state["nd-work"].notes.article.text == OTHER.article.text
    at.button(key="nd-versions-done").click().run()
    assert not [b for b in at.button if b.key == "nd-versions-done"]


def test_a_version_is_not_restored_over_another_window(shelf, updated, lists):
    at = run()
    lists.press("nd-entries", f"article:{updated}")
    at.run()
    lists.press("nd-entries", f"article:{updated}", "versions")
    at.run().run()
    lists.press(f"nd-versions-{updated}", "1")
    at.run().run()
    shelf.append(updated, [edits.add_mention(Span(4, 11), "FACILITY")], 3)
    at.button(key="nd-restore").click().run()
    assert not at.exception
    assert "another window" in "".join(each.value for each in at.get("html"))
    assert shelf.load(updated).version == 2


@pytest.mark.parametrize(
    ("origin", "words"),
    [
        ("opened", "as it was opened"),
        ("update", "an update of the text"),
        ("returned", "a Word brief that came back"),
        ("restored 12", "version 12 restored"),
        ("something new", "something new"),
    ],
)
def test_what_made_a_version_is_told(origin, words):
    assert made_by(origin) == words


def test_an_article_is_deleted_only_after_a_second_press(shelf, lists):
    id = shelf.add(NOTES)
    at = run()
    lists.press("nd-entries", f"article:{id}")
    at.run()
    lists.press("nd-entries", f"article:{id}", "delete")
    at.run().run()
    assert shelf.entries()
    at.button(key="nd-keep").click().run()
    assert not [b for b in at.button if b.key == "nd-delete"]
    lists.press("nd-entries", f"article:{id}", "delete")
    at.run().run()
    at.button(key="nd-delete").click().run()
    assert not at.exception
    assert shelf.entries() == ()
    assert "nd-work" not in at.session_state


def test_an_article_is_exported_without_being_opened(shelf, lists):
    id = shelf.add(NOTES)
    at = run()
    lists.press("nd-entries", f"article:{id}", "export")
    at.run().run()
    assert not at.exception
    assert "nd-work" not in at.session_state
    at.button(key="nd-exported").click().run()
    assert not at.exception


def test_what_is_gone_meanwhile_is_told(shelf, lists):
    id = shelf.add(NOTES)
    at = run()
    shelf.delete(id)
    lists.press("nd-entries", f"article:{id}", "copy")
    at.run()
    assert not at.exception


def problems(at: AppTest) -> str:
    assert not at.exception
    return "".join(each.value for each in at.get("html") if "nd-problem" in each.value)


@pytest.mark.parametrize(("action", "is_open"), [("versions", False), ("export", True), ("delete", False)])
def test_what_was_deleted_elsewhere_is_told_once_and_asks_nothing(shelf, lists, updated, action, is_open):
    other = shelf.add(NOTES)
    at = run()
    if is_open:
        lists.press("nd-entries", f"article:{updated}")
        at.run()
    lists.press("nd-entries", f"article:{updated}", action)
    at.run().run()
    with Library(shelf.path) as elsewhere:
        elsewhere.delete(updated)
    at.run()
    assert "not in the library" in problems(at)
    assert lists.ids("nd-entries") == [f"article:{other}"]
    assert not at.button
    at.run()
    assert not problems(at)


def test_a_version_of_what_was_deleted_elsewhere_is_told_and_left(shelf, lists, updated):
    at = run()
    lists.press("nd-entries", f"article:{updated}", "versions")
    at.run().run()
    lists.press(f"nd-versions-{updated}", "1")
    at.run().run()
    shelf.delete(updated)
    at.button(key="nd-restore").click().run()
    assert "not in the library" in problems(at)
    assert not at.button
    assert not problems(at.run())


def test_what_was_deleted_elsewhere_at_the_last_moment_is_closed_here_too(shelf, lists):
    id = shelf.add(NOTES)
    at = run()
    lists.press("nd-entries", f"article:{id}")
    at.run()
    lists.press("nd-entries", f"article:{id}", "delete")
    at.run().run()
    shelf.delete(id)
    at.button(key="nd-delete").click().run()
    assert "not in the library" in problems(at)
    assert "nd-work" not in at.session_state


def test_a_row_tells_what_is_not_saved():
    (row,) = entries([entry()], NOW, {3: 2})
    assert row.detail.endswith("2 edits · 2 changes not saved")


def test_a_restored_version_tells_what_is_not_in_it(shelf, lists, updated):
    shelf.append(updated, [edits.add_mention(Span(4, 11), "FACILITY"), edits.note(Span(0, 3), "Who?")], 3)
    at = run()
    lists.press("nd-entries", f"article:{updated}", "versions")
    at.run().run()
    lists.press(f"nd-versions-{updated}", "1")
    at.run().run()
    at.button(key="nd-restore").click().run()
    told = "".join(each.value for each in at.get("html"))
    assert "Version 1 is restored without 1 decision made since" in told
    assert [each.edit.act for each in shelf.load(updated).lost] == ["note"]


@pytest.mark.parametrize("words", [HOSTILE[0], HOSTILE[4], HOSTILE[5], HOSTILE[7]])
def test_hostile_words_stay_words_in_the_library(shelf, lists, words):
    id = shelf.add(replace(hostile(words)))
    at = run()
    lists.press("nd-entries", f"article:{id}", "delete")
    at.run().run()
    assert not at.exception
    assert not at.markdown
    assert not [button for button in at.button if words in button.label]
    at.text_input[1].set_value(words).run()
    assert not at.exception
