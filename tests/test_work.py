"""What an editor does on the desk, without its page: edits kept, undone, refused, taken over."""

import sqlite3
import time
from dataclasses import replace
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from tests import handmade
from tests.strategies import annotations
from toolkit import edits, summarize
from toolkit.decision import Edit
from toolkit.desk_note import noting
from toolkit.edits.acts import ACTS
from toolkit.errors import LibraryError, Stale, UnfitEdit
from toolkit.model import Annotations, Article, Budget, Engine, Entity, Mention, Span
from toolkit.noted import notes_on
from toolkit.store import Library
from toolkit.ui import (
    fields,
    held,
    library_page,
    memory,
    opening,
    places,
    review_bar,
    review_list,
    reviewing,
    saving,
    tab,
    versions,
    windows,
    work,
)
from toolkit.ui.acting import edits_of, kind_of
from toolkit.ui.decisions import told
from toolkit.ui.marker import Action, mention_id
from toolkit.ui.panels.leading import target
from toolkit.ui.places import mark_at, mark_of, mention_named
from toolkit.ui.rows import Row

NOTES = handmade.jaffar_express()
TEXT = NOTES.article.text


class Window:
    """A browser's tab: what Streamlit remembers for it. ``enter`` makes it the one that is used."""

    def __init__(self, monkeypatch, **address: str) -> None:
        self.streamlit = SimpleNamespace(session_state={}, query_params=dict(address))
        self.monkeypatch = monkeypatch

    def enter(self) -> "Window":
        for module in (held, work, windows, tab, reviewing, fields, memory, versions, opening, library_page):
            self.monkeypatch.setattr(module, "st", self.streamlit)
        return self

    @property
    def address(self) -> dict[str, str]:
        return self.streamlit.query_params


@pytest.fixture
def window(monkeypatch, tmp_path):
    monkeypatch.setenv("NEWSDESK_LIBRARY", str(tmp_path / "library.sqlite"))
    return Window(monkeypatch).enter()


@pytest.fixture
def desk(window):
    work.open_notes(NOTES)
    return window


def now() -> work.Work:
    found = work.current()
    assert found
    return found


def place(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def send(name: str, mark: str = "", spans: tuple[Span, ...] = (), value: str = "", late: int = 0) -> None:
    review_bar.received(Action(now().revision - late, name, mark, spans, value))


# Kept


def test_an_opened_article_is_kept_and_its_address_names_it(desk):
    assert now().id == 1
    assert desk.address == {"article": "1"}
    assert now().notes == now().machine == NOTES
    assert not now().can_undo


def test_a_reload_brings_all_edits_and_what_was_undone(desk, monkeypatch):
    work.do(edits.confirm(NOTES.quotes[0]))
    work.do(edits.reject(NOTES.quotes[1]))
    work.undo()
    before = now()
    Window(monkeypatch, article="1").enter()
    assert work.open_addressed() == ""
    assert now().notes == before.notes
    assert now().revision == before.revision
    assert (now().can_undo, now().can_redo) == (True, True)
    work.redo()
    assert now().notes.quotes[1].status == "rejected"


@pytest.mark.parametrize("article", ["", "x", "-1", "99", "²", "9" * 40])
def test_an_address_of_nothing_opens_nothing(window, article):
    window.address["article"] = article
    told = work.open_addressed()
    assert work.current() is None
    assert bool(told) is (article == "99")


def test_an_address_that_is_behind_opens_nothing_and_a_step_back_does(desk):
    work.open_addressed()
    work.open_notes(Annotations(replace(NOTES.article, text="Other.", sha256=""), NOTES.engine))
    desk.address["article"] = "1"  # what the browser had when it asked
    work.open_addressed()
    assert now().id == 2
    assert desk.address["article"] == "2"
    work.open_addressed()
    desk.address["article"] = "1"
    work.open_addressed()
    assert now().id == 1


def test_edits_carry_the_editors_name(desk):
    work.do(edits.confirm(NOTES.quotes[0]))
    tab.call_editor("  Ana \n Núñez ")
    work.do(edits.confirm(NOTES.quotes[1]))
    assert [edit.by for edit in now().edits] == ["editor", "Ana Núñez"]
    tab.call_editor("")
    assert tab.editor() == "editor"


def test_the_library_remembers_the_name_and_the_address_goes_before(desk, monkeypatch):
    assert tab.asks_for_name()
    tab.call_editor(" Ana ")
    assert desk.address == {"article": "1"}
    assert not tab.asks_for_name()
    Window(monkeypatch).enter()
    assert tab.editor() == "Ana"
    Window(monkeypatch, by="Ben").enter()
    assert tab.editor() == "Ben"


def test_who_wants_no_name_is_asked_once(desk, monkeypatch):
    tab.ask_no_more()
    assert not tab.asks_for_name()
    Window(monkeypatch).enter()
    assert (tab.asks_for_name(), tab.editor()) == (False, "editor")


def test_several_edits_are_one_step(desk):
    work.do(edits.confirm(NOTES.quotes[0]), edits.confirm(NOTES.quotes[1]))
    work.undo()
    assert now().notes == NOTES
    assert not now().can_undo
    assert now().can_redo


def test_a_new_edit_drops_what_was_undone(desk):
    work.do(edits.confirm(NOTES.quotes[0]))
    work.undo()
    work.do(edits.confirm(NOTES.quotes[1]))
    assert not now().can_redo


def test_an_edit_that_fits_nothing_is_a_sentence_and_changes_nothing(desk):
    before = now()
    work.do(edits.confirm(replace(NOTES.quotes[0], content=(Span(0, 1),))))
    assert now().problem
    assert now().revision == before.revision


def test_an_article_that_is_not_kept_says_so_whatever_is_looked_at(desk, monkeypatch, tmp_path):
    other = Annotations(Article("Another story."), NOTES.engine)
    with monkeypatch.context() as patch:
        patch.setattr(
            Library, "add", lambda *_, **__: (_ for _ in ()).throw(LibraryError("The disk is full."))
        )
        work.open_notes(other)
    assert tab.library()
    assert (now().id, review_bar._unkept(now())) == (0, "The disk is full.")
    work.open_kept(1)
    assert review_bar._unkept(now()) == ""


def test_a_kept_article_that_is_damaged_is_told_and_not_a_traceback(desk, tmp_path):
    with sqlite3.connect(tmp_path / "library.sqlite") as db:
        db.execute("UPDATE version SET machine = x'00'")
    work.open_notes(NOTES)
    assert now().notes == NOTES
    assert "damaged" in review_bar._unkept(now())
    assert work.do(edits.confirm(NOTES.quotes[0]))


def test_an_article_that_another_window_runs_again_first_is_opened_as_that_has_it(desk, monkeypatch):
    newer = replace(NOTES, engine=Engine("9", "9", "9"))

    def late(self, id, machine, revision):
        raise Stale(revision, revision + 1)

    monkeypatch.setattr(Library, "rerun", late)
    work.open_notes(newer)
    assert (now().id, now().machine, now().is_stale, now().unkept) == (1, NOTES, False, "")


def test_opened_again_by_a_newer_machine_it_keeps_what_was_written_beside_the_text(desk):
    work.describe(replace(NOTES.article, headline="Train", embargo="2025-03-12"))
    work.open_notes(replace(NOTES, engine=Engine("9", "9", "9")))
    assert now().machine.engine.toolkit == "9"
    assert (now().notes.article.headline, now().notes.article.embargo) == ("Train", "2025-03-12")


def test_without_a_library_the_desk_works_and_says_so(window, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("NEWSDESK_LIBRARY", str(tmp_path / "file" / "library.sqlite"))
    work.open_notes(NOTES)
    assert "library" in now().unkept
    assert window.address == {}
    work.do(edits.confirm(NOTES.quotes[0]))
    assert now().notes.quotes[0].status == "confirmed"
    assert not now().saved_at
    work.undo()
    assert now().notes == NOTES


# Two windows


def behind(desk, monkeypatch, *edits_there) -> Window:
    """The desk after another window, which is given, made edits."""
    other = Window(monkeypatch, article="1").enter()
    work.open_addressed()
    for edit in edits_there:
        assert work.do(edit)
    desk.enter()
    return other


def test_a_second_window_is_told_and_nothing_of_it_is_kept(desk, monkeypatch):
    other = behind(desk, monkeypatch, edits.confirm(NOTES.quotes[0]))
    work.do(edits.reject(NOTES.quotes[1]))
    assert now().is_stale
    assert review_bar._unkept(now()) == windows.BEHIND
    work.do(edits.reject(NOTES.quotes[2]))
    assert now().changes == 2
    assert [q.status for q in tab.library().load(1).notes()[0].quotes[:2]] == ["confirmed", "suggested"]
    other.enter()
    assert now().notes.quotes[1].status == "suggested"


@pytest.mark.parametrize(
    ("choose", "status"), [(windows.latest, "suggested"), (windows.take_over, "rejected")]
)
def test_it_may_take_over_all_that_it_made_or_show_the_latest(desk, monkeypatch, choose, status):
    behind(desk, monkeypatch, edits.confirm(NOTES.quotes[0]))
    work.do(edits.reject(NOTES.quotes[1]))
    work.do(edits.reject(NOTES.quotes[3]))
    work.describe(replace(now().notes.article, slug="mine"))
    assert now().changes == 3
    choose()
    assert not now().is_stale
    assert [q.status for q in now().notes.quotes[:4]] == ["confirmed", status, "confirmed", status]
    assert now().notes.article.slug == ("mine" if status == "rejected" else NOTES.article.slug)
    work.open_kept(1)
    assert [q.status for q in now().notes.quotes[:4]] == ["confirmed", status, "confirmed", status]
    if status == "rejected":
        work.undo()
        assert [q.status for q in now().notes.quotes[:4]] == [
            "confirmed",
            "rejected",
            "confirmed",
            "suggested",
        ]


def test_what_waits_can_be_undone_and_what_is_kept_can_not(desk, monkeypatch):
    work.do(edits.confirm(NOTES.quotes[4]))
    behind(desk, monkeypatch, edits.confirm(NOTES.quotes[0]))
    work.do(edits.reject(NOTES.quotes[1]))
    work.undo()
    assert (now().changes, now().notes.quotes[1].status) == (0, "suggested")
    work.redo()
    assert (now().changes, now().notes.quotes[1].status) == (1, "rejected")
    work.undo()
    work.undo()
    assert "Choose first" in now().problem
    windows.take_over()
    assert [now().notes.quotes[n].status for n in (0, 1, 4)] == ["confirmed", "suggested", "confirmed"]


def test_what_no_longer_fits_is_listed_when_it_is_taken_over(desk, monkeypatch):
    other = behind(desk, monkeypatch).enter()
    text = f"Update. {TEXT[12:]}"
    article = replace(NOTES.article, text=text, sha256="")
    work.replaced(Annotations(article, NOTES.engine), 1)
    desk.enter()
    work.do(edits.note(Span(0, 10), "Check this"))
    work.do(edits.add_mention(place("Al Jazeera"), "ORG"))
    windows.take_over()
    for _ in range(2):
        assert now().notes.article.text == text
        assert [now().notes.text(e) for e in now().notes.entities] == ["Al Jazeera"]
        (lost,) = now().unfit
        assert told(lost.edit, lost.text) == f"Note on “{TEXT[:10]}”: “Check this”"
        work.open_kept(1)
    work.undo()
    assert now().notes.entities == ()
    other.enter()


def test_an_undo_of_a_stale_window_is_refused_and_not_repeated(desk, monkeypatch):
    work.do(edits.confirm(NOTES.quotes[0]))
    Window(monkeypatch, article="1").enter()
    work.open_addressed()
    work.do(edits.confirm(NOTES.quotes[1]))
    desk.enter()
    work.undo()
    assert now().is_stale
    assert not now().waiting


@pytest.mark.parametrize("is_behind", [False, True])
def test_what_another_window_deleted_can_be_kept_as_a_new_article(desk, monkeypatch, is_behind):
    work.do(edits.confirm(NOTES.quotes[4]))
    if is_behind:
        behind(desk, monkeypatch, edits.confirm(NOTES.quotes[0]))
    work.do(edits.reject(NOTES.quotes[1]))
    tab.library().delete(1)
    work.describe(replace(now().notes.article, slug="mine"))
    work.undo()
    work.redo()
    windows.take_over()  # what is offered to a window that is behind
    assert (now().is_gone, review_bar._unkept(now())) == (True, windows.GONE)
    before = now().notes
    windows.keep_anew()
    assert (now().is_gone, now().is_stale, now().changes, now().id > 0) == (False, False, 0, True)
    for _ in range(2):
        assert [q.status for q in now().notes.quotes] == [q.status for q in before.quotes]
        assert now().notes.article.slug == "mine"
        work.open_kept(now().id, again=True)


# The machine again


def test_another_run_keeps_what_was_decided(desk):
    work.do(edits.confirm(NOTES.quotes[0]))
    work.replaced(replace(NOTES, engine=Engine("9", "9", "9")), work.current().key)
    assert now().machine.engine.toolkit == "9"
    assert now().notes.quotes[0].status == "confirmed"
    assert now().can_undo


def test_an_update_of_the_text_carries_decisions_and_lists_what_is_lost(desk):
    work.do(edits.confirm(NOTES.quotes[4]))
    work.do(edits.note(Span(0, 10), "Check this"))
    text = f"Update. {TEXT[12:]}"
    work.replaced(Annotations(replace(NOTES.article, text=text, sha256=""), NOTES.engine), work.current().key)
    assert now().notes.article.text == text
    assert [NOTES.text(q) for q in now().notes.quotes] == [] or now().notes.quotes[0].status == "confirmed"
    assert "no longer stand" in now().unfit[0].reason


def test_what_an_update_lost_is_told_in_words_until_it_is_dismissed(desk):
    work.do(edits.note(Span(0, 10), "Check this", by="Ana"))
    text = f"Update. {TEXT[12:]}"
    work.replaced(Annotations(replace(NOTES.article, text=text, sha256=""), NOTES.engine), now().key)
    for _ in range(2):  # after a reload too
        (row,) = review_list.unfit(now()).rows
        assert row.title == f"Note on “{TEXT[:10]}”: “Check this”"
        assert "no longer stand" in row.remark
        assert "Ana" in row.remark
        work.do(edits.add_mention(Span(0, 6), "ORG"))
        work.undo()
        assert len(now().unfit) == 1
        work.open_kept(1)
    work.dismiss_lost()
    assert now().unfit == ()
    work.open_kept(1)
    assert now().unfit == ()


def test_a_decision_that_another_run_does_not_fit_is_dismissed_and_stays(desk):
    work.do(edits.merge(NOTES.entities[1], NOTES.entities[2]))
    bare = replace(NOTES, entities=(), engine=Engine("9", "9", "9"), speakers=(), quotes=())
    work.replaced(bare, now().key)
    assert [each.edit.act for each in now().unfit] == ["merge"]
    work.dismiss_lost()
    work.open_kept(1)
    assert now().unfit == ()
    work.replaced(NOTES, now().key)
    assert len(now().notes.entities) == len(NOTES.entities) - 1, "it holds again"


@pytest.mark.parametrize("has_library", [True, False])
def test_what_was_dismissed_is_not_told_again_after_an_update(window, monkeypatch, tmp_path, has_library):
    if not has_library:
        (tmp_path / "file").write_text("no folder")
        monkeypatch.setenv("NEWSDESK_LIBRARY", str(tmp_path / "file" / "library.sqlite"))
    work.open_notes(NOTES)
    work.do(edits.merge(NOTES.entities[1], NOTES.entities[2]))
    bare = replace(NOTES, entities=(), engine=Engine("9", "9", "9"), speakers=(), quotes=(), summary=None)
    work.replaced(bare, now().key)
    work.dismiss_lost()
    for text in (f"UPDATE. {TEXT}", f"UPDATE 2. {TEXT}"):
        work.replaced(Annotations(replace(NOTES.article, text=text, sha256=""), NOTES.engine), now().key)
        assert [edit.act for edit in now().edits] == ["merge"]
        assert now().unfit == ()


def test_an_update_lands_in_its_own_article_though_another_was_opened_meanwhile(desk):
    first = now().id
    work.open_notes(Annotations(Article("Another story."), NOTES.engine))
    text = f"Update. {TEXT[12:]}"
    work.replaced(Annotations(replace(NOTES.article, text=text, sha256=""), NOTES.engine), first)
    assert (now().id, now().notes.article.text) == (first, text)
    assert [entry.id for entry in tab.library().entries()] != []
    assert tab.library().load(first + 1).machine.article.text == "Another story."


def test_an_update_that_tells_no_embargo_has_the_old_one(desk):
    work.describe(replace(NOTES.article, embargo="2025-03-12T18:00", headline="Train"))
    update = Article(f"Update. {TEXT[12:]}", headline="Train stormed")
    work.replaced(Annotations(update, NOTES.engine), now().key)
    for _ in range(2):
        assert now().notes.article.embargo == "2025-03-12T18:00"
        assert now().notes.article.headline == "Train stormed"
        work.open_kept(now().id)


def test_what_notes_held_when_they_came_outlives_an_update(window):
    work.open_notes(edits.apply(NOTES, edits.reject(NOTES.quotes[0], by="Ana")))
    text = f"{TEXT} More."
    notes = replace(NOTES, article=replace(NOTES.article, text=text, sha256=""))
    work.replaced(notes, now().key)
    assert now().notes.quotes[0].status == "rejected"


def test_a_field_closes_when_the_article_changes_beneath_it(desk):
    work.do(edits.confirm(NOTES.quotes[0]))
    fields.open_field("speaker", NOTES.quotes[0].id)
    assert fields.opened()
    work.undo()
    assert fields.opened() is None


def test_a_field_for_a_mark_that_has_none_is_a_sentence(desk):
    fields.open_field("speaker", mention_id(NOTES.entities[0], NOTES.entities[0].mentions[0].span))
    assert fields.opened() is None
    assert now().problem


def test_at_a_check_a_key_decides_nothing_about_the_mark_beside_it(desk):
    check = next(item for item in reviewing.items(now().notes) if item.of == "text")
    reviewing.show(check)
    beside = now().focus or NOTES.quotes[0].id
    review_bar.received(Action(now().revision, "reject", beside))
    assert not now().edits
    assert "Dismiss" in now().problem or "dismisses" in now().problem


def test_after_an_undo_the_bar_shows_what_came_back(desk):
    first = next(item for item in reviewing.items(now().notes) if item.of != "text")
    reviewing.show(first)
    reviewing.decide("confirm")
    reviewing.turn(work.undo)
    assert reviewing.shown(now()) == first
    assert reviewing.mark_of(now().notes, first) == now().focus


def test_what_was_dropped_and_set_free_leaves_the_summary_as_it_was(window):
    ends = [i + 1 for i, c in enumerate(TEXT) if c in ".\n"]
    spans = tuple(Span(a, b) for a, b in zip([0, *ends], ends, strict=False) if TEXT[a:b].strip())
    work.open_notes(summarize(replace(NOTES, sentences=spans), words=60))
    before = now().notes.summary.sentences
    work.do(edits.drop(before[0]))
    assert now().notes.summary.sentences != before
    work.do(edits.free(before[0]))
    assert now().notes.summary.sentences == before


def test_a_correction_exchanges_no_sentences_of_a_summary(desk, monkeypatch):
    def of_kept_quotes(notes, **_):
        kept = tuple(q.content[0] for q in notes.quotes if q.status != "rejected")
        return replace(notes, summary=replace(notes.summary, sentences=kept))

    monkeypatch.setattr(held, "summarize", of_kept_quotes)
    work.shorten(Budget("sentences", 9))
    before = now().notes.summary.sentences
    work.do(edits.reject(NOTES.quotes[0]))
    for again in (work.undo, work.redo, lambda: work.shorten(Budget("sentences", 8))):
        again()
        assert now().notes.summary.sentences == before
    assert now().notes.quotes[0].status == "rejected"


def test_the_summary_has_the_length_that_was_chosen(desk):
    work.open_notes(replace(NOTES, article=replace(NOTES.article, language="fr"), sentences=(Span(0, 80),)))
    work.shorten(Budget("sentences", 1))
    assert now().notes.summary
    assert len(now().notes.summary.sentences) == 1
    assert not now().can_undo, "a length is no decision on the article"


# Actions of the text


@pytest.mark.parametrize(
    ("action", "act"),
    [
        (Action(0, "confirm", "q1"), "confirm"),
        (Action(0, "reject", "q1"), "reject"),
        (Action(0, "reset", "q1"), "reset"),
        (Action(0, "kind", "q1", value="direct"), "kind"),
        (Action(0, "extent-grow", "q1", value="right"), "extent"),
        (Action(0, "extent-shrink", "q1", value="left"), "extent"),
        (Action(0, "add-mention", spans=(Span(0, 10),), value="PERSON"), "add"),
        (Action(0, "add-quote", spans=(Span(0, 10),)), "add"),
    ],
)
def test_an_action_becomes_an_edit(action, act):
    made = edits_of(NOTES, action)
    assert made[0].act == act
    edits.apply(NOTES, *made)


@pytest.mark.parametrize(
    "action",
    [
        Action(0, "confirm", "gone"),
        Action(0, "label", "q1", value="ORG"),
        Action(0, "kind", mention_id(NOTES.entities[0], NOTES.entities[0].mentions[0].span), value="direct"),
        Action(0, "split", "q1"),
    ],
)
def test_an_action_on_nothing_is_refused(action):
    with pytest.raises(UnfitEdit):
        edits_of(NOTES, action)


def test_an_action_that_changes_nothing_makes_no_edit():
    assert edits_of(NOTES, Action(0, "help")) == ()


def test_a_missed_quote_gets_the_likely_speaker():
    quote = NOTES.quotes[4]
    sentence = Span(quote.content[0].start, TEXT.index("Kamal Hyder") + 20)
    notes = replace(edits.apply(NOTES, edits.reject(quote)), sentences=(sentence,))
    made = edits_of(notes, Action(0, "add-quote", spans=quote.content))
    assert made[0].value == "direct"
    assert NOTES.text(made[-1].to[0]) == "Kamal Hyder"


@pytest.mark.parametrize(
    ("words", "kind"),
    [("terrorist", "indirect"), ("“terrorist”", "direct"), ("a “terrorist” organisation", "mixed")],
)
def test_the_kind_of_a_missed_quote_is_told_by_its_marks(words, kind):
    notes = Annotations(replace(NOTES.article, text=words, sha256=""), NOTES.engine)
    assert kind_of(notes, (Span(0, len(words)),)) == kind


def test_a_late_action_is_refused_and_a_late_look_is_not(desk):
    work.do(edits.confirm(NOTES.quotes[0]))
    send("reject", "q2", late=1)
    assert "do it again" in now().problem
    assert now().notes.quotes[1].status == "suggested"
    work.say()
    send("select", "q2", late=1)
    assert not now().problem


def test_growing_a_mark_keeps_it_selected(desk):
    entity = NOTES.entities[0]
    mention = entity.mentions[0]
    send("extent-grow", mention_id(entity, mention.span), value="right")
    found = mention_named(now().notes, now().focus)
    assert found
    assert found[1].span.end > mention.span.end


@given(annotations(), st.data())
@settings(max_examples=60)
def test_a_mark_is_found_as_if_all_were_looked_at(notes, data):
    size = len(notes.article.text)
    marks = [(id, kind, spans) for id, kind, spans in places._marks(notes)]
    found = places.Places(notes)
    for of in ("", "quote", "entity", "figure", "text"):
        start = data.draw(st.integers(0, size))
        at = (Span(start, data.draw(st.integers(start, size))),)
        kinds = {"entity": "mention", "text": ""}
        wanted = kinds.get(of, of)
        known = [(id, spans) for id, kind, spans in marks if wanted in ("", kind)]
        exact = next((id for id, spans in known if spans == at), "")
        holds = [(s.end - s.start, id) for id, spans in known for s in spans if s.start <= start < s.end]
        inside = [(s, id) for id, spans in known for s in spans if at[0].contains(s)]
        assert found.mark_at(at, of) == (exact or min(holds or inside, default=(0, ""))[1])
        if marks:
            near = found.near(at)
            assert near in {id for id, _, _ in marks}


def test_what_is_doubtful_takes_no_time_in_a_long_article(desk):
    marks = 4000
    text = "Hill said. " * marks
    mentions = [Mention(Span(11 * n, 11 * n + 4), "machine:x@0", score=0.4) for n in range(marks)]
    entities = tuple(Entity(f"e{n}", "PERSON", m.span, (m,)) for n, m in enumerate(mentions))
    notes = Annotations(Article(text), NOTES.engine, entities=entities)
    assert len(reviewing.items(notes)) == marks
    begun = time.process_time()
    assert len(reviewing.doubtful(notes)) == marks
    assert time.process_time() - begun < 1  # looked at one by one it took many times that
    assert reviewing.doubtful(notes) == reviewing.doubtful(notes)


def test_what_was_reckoned_is_reckoned_again_only_for_other_notes(desk):
    made = []

    def reckon(notes):
        made.append(notes)
        return len(made)

    assert [memory.once("x", NOTES, reckon) for _ in range(3)] == [1, 1, 1]
    other = replace(NOTES, edits=())
    assert (memory.once("x", other, reckon), memory.once("x", NOTES, reckon)) == (2, 3)


def test_places_lead_to_marks():
    entity = NOTES.entities[0]
    first = entity.mentions[0].span
    assert mark_of(NOTES, entity) == mention_id(entity, first)
    assert mark_at(NOTES, (first,)) == mention_id(entity, first)
    assert mark_at(NOTES, NOTES.quotes[0].content, "quote") == "q1"
    assert mark_at(NOTES, ()) == ""
    assert mark_at(Annotations(NOTES.article, NOTES.engine), (Span(0, 3),)) == ""


# Fields


def choose(words: str) -> None:
    field = fields.opened()
    assert field
    choices = fields.choices_of(now().notes, field)
    at = next(i for i, choice in enumerate(choices) if choice.words == words)
    fields._done({"number": field.number, "choice": at}, field)


def test_a_speaker_is_chosen_from_the_cast(desk):
    send("speaker", "q1")
    choose("Jeeyand Baloch")
    assert now().notes.speaker(now().notes.quotes[0]) == "Jeeyand Baloch"
    assert fields.opened() is None


def test_what_was_chosen_counts_though_a_button_was_told_of_first(desk):
    send("speaker", "q1")
    field = fields.opened()
    at = [each.words for each in fields.choices_of(now().notes, field)].index("Jeeyand Baloch")
    work.chose("q5")
    assert fields.opened() is None
    answer = {"number": field.number, "choice": at}
    fields._done(answer, field)
    assert now().notes.speaker(now().notes.quotes[0]) == "Jeeyand Baloch"
    assert now().focus == "q5", "where the button led"
    made = now().revision
    fields._done(answer, field)
    assert now().revision == made, "a field answers once"


def test_what_was_chosen_from_an_older_state_is_not_done(desk):
    send("speaker", "q1")
    field = fields.opened()
    send("confirm", "q5")
    made = now().revision
    fields._done({"number": field.number, "choice": 0}, field)
    assert now().revision == made


def test_a_note_that_was_written_is_kept_whatever_was_told_of_first(desk):
    send("note", "q1")
    field = fields.opened()
    send("confirm", "q5")
    fields._done({"number": field.number, "words": "Ask her"}, field)
    assert fields.note_on(now().notes, "q1") == "Ask her"


def test_nobody_may_be_chosen(desk):
    send("speaker", "q5")
    choose(fields.NOBODY)
    assert now().notes.quotes[4].speakers == ()


def test_a_name_selected_in_the_text_becomes_the_speaker_in_one_step(desk):
    send("speaker", "q1")
    send("add-mention", spans=(place("Quetta"),), value="PERSON")
    assert now().notes.speaker(now().notes.quotes[0]) == "Quetta"
    assert now().focus == "q1"
    work.undo()
    assert now().notes == NOTES


def test_two_names_are_merged(desk):
    one, other = NOTES.entities[0], NOTES.entities[1]
    send("merge", mention_id(one, one.mentions[0].span))
    choose(" ".join(NOTES.text(other).split()))
    assert len(now().notes.entities) == len(NOTES.entities) - 1


def test_a_name_is_written_in_a_form_that_the_article_has(desk):
    entity = NOTES.entities[0]
    send("rename", mention_id(entity, entity.mentions[0].span))
    choose("Hyder")
    assert now().notes.text(now().notes.entities[0]) == "Hyder"


def test_a_note_is_kept_and_found_again(desk):
    send("note", "q1")
    field = fields.opened()
    assert field
    fields._done({"number": field.number, "words": "  Ring them. "}, field)
    assert fields.note_on(now().notes, "q1") == "Ring them."
    assert fields.note_on(now().notes, "q2") == ""


def test_notes_stand_in_a_list_and_lead_to_their_places(desk):
    work.do(noting(NOTES, "Hold for photos."))  # the desk note has its own field
    work.do(edits.note(NOTES.quotes[1], "Check the tape.", by="Ana"))
    work.do(edits.note(NOTES.quotes[1], "Tape checked.", by="Ben"))
    free = Span(0, 10)
    work.do(edits.note(free, "Who says?", by="Ana"), edits.note(free, "Reuters does.", by="Ben"))
    found = notes_on(now().notes)
    assert [(n.words, n.by) for n in found] == [
        ("Who says?", "Ana"),
        ("Reuters does.", "Ben"),
        ("Tape checked.", "Ben"),
    ]
    group = review_list.written(now().notes)
    assert group.title == "3 notes"
    assert target(now().notes, group.rows[2]) == NOTES.quotes[1].id
    assert target(now().notes, group.rows[0]), "a place without a mark leads to the nearest"
    work.do(edits.note(NOTES.quotes[1], ""), edits.note(free, ""))
    assert notes_on(now().notes) == ()


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (edits.confirm(NOTES.quotes[0]), "Confirmed “{quote}”"),
        (edits.speaker(NOTES.quotes[0], ()), "Said that “{quote}” was said by nobody who is named"),
        (
            Edit("speaker", "quote", NOTES.quotes[0].content, (place("Al Jazeera"),), "proposed"),
            "Took “Al Jazeera” for who may have said “{quote}”",
        ),
        (edits.kind(NOTES.quotes[0], "mixed"), "Called the quote “{quote}” partly quoted"),
        (edits.merge(NOTES.entities[6], NOTES.entities[5]), "Said that “Peshawar” is the same as “Quetta”"),
        (edits.label(NOTES.entities[5], "ORG"), "Called “Quetta” organisation"),
        (edits.add_quote((place("Al Jazeera"),), "scare"), "Marked “Al Jazeera” as a quote (quoted words)"),
        (edits.note(place("Al Jazeera"), "{at}"), "Note on “Al Jazeera”: “{at}”"),
        (edits.dismiss(place("Al Jazeera"), "no-speaker"), "Dismissed a check of “Al Jazeera”"),
    ],
)
def test_a_decision_is_told_in_words(edit, words):
    (said,) = NOTES.quotes[0].content
    quote = NOTES.text(said)
    short = quote if len(quote) <= 90 else f"{quote[:88].rstrip()} …"
    assert told(edit, TEXT) == words.replace("{quote}", short)


def test_every_decision_can_be_told():
    for act, of in ACTS:
        assert told(Edit(act, of, (Span(0, 5),), (Span(6, 9),), "x"), TEXT)


@pytest.mark.parametrize("sent", [None, 1, {}, {"number": 9, "choice": 0}, {"choice": 0},
                                  {"number": 1, "choice": 999}, {"number": 1, "choice": -1},
                                  {"number": 1, "choice": True}, {"number": 1, "words": 5}])  # fmt: skip
def test_what_was_not_offered_only_closes_the_field(desk, sent):
    send("speaker", "q1")
    field = fields.opened()
    assert field
    fields._done(sent, field)
    assert now().notes == NOTES
    assert fields.opened() is None


def test_a_field_closes_when_its_mark_goes(desk):
    send("speaker", "q1")
    work.open_notes(Annotations(replace(NOTES.article, text="Other.", sha256=""), NOTES.engine))
    assert fields.opened() is None


# The review


def test_deciding_leads_to_the_next(desk):
    left = reviewing.items(now().notes)
    assert len(left) > 2
    reviewing.step(1)
    assert reviewing.shown(now()) == left[0]
    reviewing.decide("dismiss" if left[0].check else "confirm")
    after = reviewing.items(now().notes)
    assert left[0].key not in [item.key for item in after]
    assert reviewing.shown(now()) == after[0]
    reviewing.step(-1)
    assert reviewing.shown(now()) == after[-1]


def test_who_clicks_in_the_text_stays_there(desk):
    reviewing.step(1)
    send("select", "q1")
    send("confirm", "q1")
    assert now().focus == "q1"
    assert not reviewing.is_going()


def test_all_can_be_decided_and_it_says_so(desk):
    for _ in range(100):
        item = reviewing.shown(now())
        if item is None:
            break
        reviewing.decide("dismiss" if item.check else "reject")
    assert reviewing.items(now().notes) == ()
    assert now().told == "Nothing is left to look at."
    reviewing.decide("confirm")
    reviewing.step(1)
    assert not now().problem


def test_a_key_with_nothing_selected_is_for_what_the_bar_shows(desk):
    kinds = set()
    for _ in range(100):
        item = reviewing.shown(now())
        if item is None:
            break
        work.chose("")
        before = now()
        send("confirm")
        kinds.add(item.of == "text")
        if item.of == "text":
            assert "I dismisses it" in now().problem
            reviewing.decide("dismiss")
        assert now().edits[-1].act == ("dismiss" if item.of == "text" else "confirm")
        assert len(now().edits) > len(before.edits)
    assert kinds == {True, False}
    send("reject")
    assert now().told == "Nothing is left to look at."


def test_all_that_is_sure_is_confirmed_in_one_step(window):
    quotes = tuple(replace(q, score=0.99, speaker_score=0.99) for q in NOTES.quotes)
    work.open_notes(replace(NOTES, quotes=quotes))
    certain = reviewing.sure(now().notes)
    reviewing.confirm_sure()
    assert len(now().edits) == len(certain) > 0
    assert "Undo" in now().told
    work.undo()
    assert now().notes == now().machine


def test_what_waits_stays_when_it_can_not_be_kept_after_a_take_over(desk, monkeypatch):
    behind(desk, monkeypatch, edits.confirm(NOTES.quotes[0]))
    work.do(edits.reject(NOTES.quotes[1]))
    work.describe(replace(now().notes.article, slug="mine"))
    with monkeypatch.context() as full:

        def refuse(*_, **__):
            raise LibraryError("The disk is full.")

        full.setattr(Library, "append", refuse)
        windows.take_over()
    assert (now().is_stale, now().changes, now().unkept) == (False, 2, "The disk is full.")
    saving.settle()
    assert (now().changes, now().unkept) == (0, "")
    work.open_kept(1)
    assert [q.status for q in now().notes.quotes[:2]] == ["confirmed", "rejected"]
    assert now().notes.article.slug == "mine"


def test_a_window_that_is_behind_restores_no_version_over_what_waits(desk, monkeypatch):
    behind(desk, monkeypatch, edits.confirm(NOTES.quotes[0]))
    work.do(edits.reject(NOTES.quotes[1]))
    versions.restore(1, 1)
    assert (now().is_stale, now().changes) == (True, 1)
    assert len(tab.library().versions(1)) == 1


# What waits, and a reload


def reloaded(window: Window, monkeypatch) -> Window:
    """The page of that address, loaded anew."""
    new = Window(monkeypatch, **window.address).enter()
    saving.recall()
    work.open_addressed()
    return new


@pytest.mark.parametrize(
    ("choose", "status"), [(windows.latest, "suggested"), (windows.take_over, "rejected")]
)
def test_what_waits_survives_a_reload(desk, monkeypatch, choose, status):
    work.do(edits.confirm(NOTES.quotes[4]))
    behind(desk, monkeypatch, edits.confirm(NOTES.quotes[0]))
    work.do(edits.reject(NOTES.quotes[1]))
    work.do(edits.reject(NOTES.quotes[3]))
    work.describe(replace(now().notes.article, slug="mine"))
    window = desk
    for _ in range(2):
        window = reloaded(window, monkeypatch)
        assert (now().is_stale, now().changes, now().notes.article.slug) == (True, 3, "mine")
        assert [now().notes.quotes[n].status for n in (0, 1, 3, 4)] == [
            "confirmed",
            "rejected",
            "rejected",
            "confirmed",
        ]
    work.undo()
    window = reloaded(window, monkeypatch)
    assert (now().changes, now().notes.quotes[3].status) == (2, "suggested")
    choose()
    assert [now().notes.quotes[n].status for n in (0, 1, 3)] == ["confirmed", status, "suggested"]
    assert window.address == {"article": "1"}
    reloaded(window, monkeypatch)
    assert not now().is_stale
    assert [now().notes.quotes[n].status for n in (0, 1, 3)] == ["confirmed", status, "suggested"]
    assert now().notes.article.slug == ("mine" if status == "rejected" else NOTES.article.slug)


def test_what_waits_survives_a_server_that_is_killed_in_a_take_over(desk, monkeypatch):
    behind(desk, monkeypatch, edits.confirm(NOTES.quotes[0]))
    work.do(edits.reject(NOTES.quotes[1]))

    def killed(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as end:
        end.setattr(Library, "append", killed)
        with pytest.raises(KeyboardInterrupt):
            windows.take_over()
    reloaded(desk, monkeypatch)
    assert (now().is_stale, now().changes, now().notes.quotes[1].status) == (True, 1, "rejected")
    windows.take_over()
    assert [q.status for q in now().notes.quotes[:2]] == ["confirmed", "rejected"]


def test_what_waits_stays_in_the_window_when_a_take_over_breaks_off(desk, monkeypatch):
    behind(desk, monkeypatch, edits.confirm(NOTES.quotes[0]))
    work.do(edits.reject(NOTES.quotes[1]))

    def broken(*_, **__):
        raise RuntimeError

    with monkeypatch.context() as once:
        once.setattr(Library, "append", broken)
        with pytest.raises(RuntimeError):
            windows.take_over()
    assert (now().is_stale, now().changes) == (True, 1)
    windows.take_over()
    assert [q.status for q in now().notes.quotes[:2]] == ["confirmed", "rejected"]


def test_a_take_over_that_is_done_in_two_goes_makes_nothing_twice(desk, monkeypatch):
    behind(desk, monkeypatch, edits.confirm(NOTES.quotes[0]))
    work.do(edits.note(Span(0, 9), "Who?"))
    work.describe(replace(now().notes.article, slug="mine"))

    def refused(*_, **__):
        raise LibraryError("Another program is writing.")

    with monkeypatch.context() as once:
        once.setattr(Library, "describe", refused)
        windows.take_over()
    assert (now().is_stale, now().changes, now().unkept) == (False, 1, "Another program is writing.")
    saving.settle()
    work.open_kept(1, again=True)
    assert [edit.act for edit in now().edits] == ["confirm", "note"]
    assert now().notes.article.slug == "mine"


def test_a_page_that_is_duplicated_loses_nothing_when_the_other_one_forgets(desk, monkeypatch):
    behind(desk, monkeypatch, edits.confirm(NOTES.quotes[0]))
    work.do(edits.reject(NOTES.quotes[1]))
    twin = reloaded(desk, monkeypatch)
    work.do(edits.reject(NOTES.quotes[2]))
    desk.enter()
    windows.latest()
    reloaded(twin, monkeypatch)
    assert (now().is_stale, now().changes) == (True, 2)


def test_a_window_has_one_word_however_often_it_changes(desk, monkeypatch):
    behind(desk, monkeypatch, edits.confirm(NOTES.quotes[0]))
    work.do(edits.note(Span(0, 9), "Who?"), edits.reject(NOTES.quotes[1]))
    words = [desk.address["waits"]]
    for act in (lambda: work.describe(replace(now().notes.article, slug="mine")), work.undo, work.redo):
        act()
        words.append(desk.address["waits"])
    window = reloaded(desk, monkeypatch)
    work.do(edits.reject(NOTES.quotes[2]))
    assert {*words, window.address["waits"]} == {words[0]}


def test_what_waits_of_an_older_text_survives_a_reload(desk, monkeypatch):
    other = behind(desk, monkeypatch).enter()
    text = f"Update. {TEXT[12:]}"
    work.replaced(Annotations(replace(NOTES.article, text=text, sha256=""), NOTES.engine), 1)
    desk.enter()
    work.do(edits.note(Span(0, 10), "Check this"))
    work.do(edits.add_mention(place("Al Jazeera"), "ORG"))
    reloaded(desk, monkeypatch)
    assert (now().notes.article.text, now().changes) == (TEXT, 2)
    windows.take_over()
    assert now().notes.article.text == text
    assert [now().notes.text(e) for e in now().notes.entities] == ["Al Jazeera"]
    assert [lost.edit.value for lost in now().unfit] == ["Check this"]
    other.enter()


def test_what_waits_and_fits_no_more_is_still_told_after_a_reload(desk, monkeypatch):
    behind(desk, monkeypatch, edits.extent(NOTES.quotes[0], (Span(0, 20),)))
    work.do(edits.reject(NOTES.quotes[1]))
    work.do(edits.reject(NOTES.quotes[0]))
    reloaded(desk, monkeypatch)
    assert (now().changes, len(now().edits)) == (2, 2), "that of the other window, and one that fits"
    windows.take_over()
    assert not now().is_stale
    assert now().notes.quotes[1].status == "rejected"
    assert [lost.edit.act for lost in now().unfit] == ["reject"]


def test_what_waits_of_another_article_survives_a_reload_too(desk, monkeypatch):
    behind(desk, monkeypatch, edits.confirm(NOTES.quotes[0]))
    work.do(edits.reject(NOTES.quotes[1]))
    work.open_notes(OTHER)
    window = reloaded(desk, monkeypatch)
    assert (now().id, now().is_stale, library_page._waiting()) == (2, False, {1: 1})
    work.open_kept(1)
    assert (now().is_stale, now().changes) == (True, 1)
    windows.latest()
    assert "waits" not in window.address
    work.open_kept(2)
    library_page.delete(1)
    assert window.address == {"article": "2"}


@pytest.mark.parametrize("word", ["", "x", "0" * 16, "%"])
def test_a_word_that_no_window_has_brings_nothing(desk, monkeypatch, word):
    window = Window(monkeypatch, article="1", waits=word).enter()
    saving.recall()
    work.open_addressed()
    assert (now().is_stale, held.waiting(), window.address) == (False, {}, {"article": "1"})


def test_what_is_remembered_and_damaged_or_deleted_stops_no_page(desk, monkeypatch):
    behind(desk, monkeypatch, edits.confirm(NOTES.quotes[0]))
    work.do(edits.reject(NOTES.quotes[1]))
    address = dict(desk.address)
    for damage in ("[[1]]", "{", "5", '[1, [["{}", 1]], []]', '[9, [], [["slug", "x"]]]'):
        tab.library().set(f"waits {address['waits']} 1", damage, article=1)
        Window(monkeypatch, **address).enter()
        saving.recall()
        assert work.open_addressed() == ""
        assert not now().is_stale


def test_without_a_library_that_writes_it_waits_in_the_window(desk, monkeypatch):
    behind(desk, monkeypatch, edits.confirm(NOTES.quotes[0]))

    def refuse(*_, **__):
        raise LibraryError("The disk is full.")

    with monkeypatch.context() as full:
        full.setattr(Library, "set", refuse)
        assert work.do(edits.reject(NOTES.quotes[1]))
        assert now().changes == 1
    work.do(edits.reject(NOTES.quotes[3]))
    reloaded(desk, monkeypatch)
    assert now().changes == 2


# What waits, and another article


OTHER = Annotations(Article("Another story."), NOTES.engine)


@pytest.mark.parametrize("opens", [lambda: work.open_kept(2), lambda: work.open_notes(OTHER)])
def test_what_waits_is_there_again_when_one_comes_back_to_the_article(desk, monkeypatch, opens):
    tab.library().add(OTHER)
    behind(desk, monkeypatch, edits.confirm(NOTES.quotes[0]))
    work.do(edits.reject(NOTES.quotes[1]))
    work.describe(replace(now().notes.article, slug="mine"))
    before = now()
    opens()
    assert now().id == 2
    assert now().told.startswith("Not saved yet and kept in this window: 2 changes")
    for back in (lambda: work.open_kept(1), lambda: work.open_notes(NOTES)):
        back()  # also the same text opened anew
        assert replace(now(), told="") == before
    windows.take_over()
    assert [q.status for q in now().notes.quotes[:2]] == ["confirmed", "rejected"]
    assert (now().notes.article.slug, held.waiting()) == ("mine", {})


def test_what_waits_is_no_restore_from_elsewhere_and_goes_with_its_article(desk, monkeypatch):
    behind(desk, monkeypatch, edits.confirm(NOTES.quotes[0]))
    work.do(edits.reject(NOTES.quotes[1]))
    work.open_notes(OTHER)
    versions.restore(1, 1)
    assert len(tab.library().versions(1)) == 1
    library_page.delete(1)
    assert (held.waiting(), now().id) == ({}, 2)


def notice():
    from toolkit.ui import windows, work

    windows.notice(work.current())


def test_what_waits_is_dropped_only_after_a_second_press(tmp_path, monkeypatch):
    monkeypatch.setenv("NEWSDESK_LIBRARY", str(tmp_path / "library.sqlite"))
    with Library() as shelf:
        shelf.append(shelf.add(NOTES), [edits.confirm(NOTES.quotes[0])], 1)
    at = AppTest.from_function(notice)
    waiting = (edits.reject(NOTES.quotes[1]),)
    at.session_state["nd-work"] = held.Work(1, 1, NOTES, NOTES, is_stale=True, waiting=waiting)
    at.run().button(key="nd-latest").click().run()
    assert [button.label for button in at.button] == ["Drop my 1 change", "Keep"]
    at.button(key="nd-keep-changes").click().run()
    assert at.session_state["nd-work"].waiting == waiting
    at.button(key="nd-latest").click().run()
    at.button(key="nd-drop").click().run()
    assert not at.exception
    assert (at.session_state["nd-work"].waiting, len(at.session_state["nd-work"].edits)) == ((), 1)


def test_a_window_behind_without_changes_has_nothing_to_keep(desk, monkeypatch):
    work.do(edits.confirm(NOTES.quotes[4]))
    behind(desk, monkeypatch, edits.confirm(NOTES.quotes[0]))
    work.undo()
    assert now().is_stale
    work.open_notes(OTHER)
    assert (now().told, held.waiting()) == ("", {})


def test_an_update_lands_in_its_article_though_that_was_closed(desk):
    text = f"Update. {TEXT[12:]}"
    work.close()
    assert work.replaced(Annotations(replace(NOTES.article, text=text, sha256=""), NOTES.engine), 1)
    assert (now().id, now().notes.article.text, now().version) == (1, text, 2)
    assert len(tab.library().entries()) == 1


@pytest.mark.parametrize("closes", [work.close, lambda: work.open_notes(OTHER)])
def test_an_update_of_an_article_that_was_deleted_makes_no_new_one(desk, closes):
    closes()
    tab.library().delete(1)
    left = tab.library().entries()
    text = f"Update. {TEXT[12:]}"
    assert not work.replaced(Annotations(replace(NOTES.article, text=text, sha256=""), NOTES.engine), 1)
    assert tab.library().entries() == left
    assert "not in the library" in opening.problem()
    opening.forget()
    assert opening.problem() == "", "it goes with the next article"


def test_what_was_read_for_an_article_is_given_up_with_it(desk):
    opening.open_article(lambda: Article(f"Update. {TEXT[12:]}"), replaces=True)
    assert opening.reading().replaces == 1
    library_page.delete(1)
    assert opening.reading() is None
    assert work.current() is None


def test_the_library_does_not_lead_to_what_was_deleted_elsewhere(desk):
    desk.address["view"] = "library"
    tab.library().delete(1)
    library_page.opened(1, Row("article:1"))
    assert desk.address["view"] == "library"
    assert "not in the library" in desk.streamlit.session_state["nd-library-problem"]
