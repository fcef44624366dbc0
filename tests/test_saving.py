"""What the library can't take: it waits in the window, is told, and is saved once that works."""

import ast
import sqlite3
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import handmade
from tests.test_work import Window, now, reloaded
from toolkit import edits
from toolkit.desk_note import desk_note, noting
from toolkit.edits import Unfit
from toolkit.errors import LibraryError
from toolkit.model import Annotations, Article, Span
from toolkit.noted import notes_on
from toolkit.store import Library
from toolkit.ui import fields, held, library_page, review_bar, saving, tab, versions, whole, windows, work

NOTES = handmade.jaffar_express()
TEXT = NOTES.article.text
OTHER = Annotations(Article("Another story."), NOTES.engine)
UPDATE = Annotations(replace(NOTES.article, text=f"Update. {TEXT[12:]}", sha256=""), NOTES.engine)


@pytest.fixture
def window(monkeypatch, tmp_path):
    monkeypatch.setenv("NEWSDESK_LIBRARY", str(tmp_path / "library.sqlite"))
    monkeypatch.setattr(tab, "_PATIENCE", 0.01)
    return Window(monkeypatch).enter()


@pytest.fixture
def desk(window):
    work.open_notes(NOTES)
    return window


class Lock:
    """Another program that writes to the library and takes its time."""

    def __init__(self) -> None:
        self.db: sqlite3.Connection | None = None

    def hold(self) -> None:
        if self.db is None:
            self.db = sqlite3.connect(tab.default_path(), isolation_level=None)
            self.db.execute("BEGIN IMMEDIATE")

    def release(self) -> None:
        if self.db:
            self.db.close()
            self.db = None


@contextmanager
def locked():
    lock = Lock()
    lock.hold()
    try:
        yield
    finally:
        lock.release()


def in_the_library(id: int = 1) -> Annotations:
    with Library() as shelf:
        return shelf.load(id).notes()[0]


def statuses(notes: Annotations) -> list[str]:
    return [quote.status for quote in notes.quotes]


def is_saved() -> bool:
    """Whether nothing waits, and a reload brings what is on the page."""
    work_, kept = now(), in_the_library(now().id)
    return (work_.changes, work_.unkept) == (0, "") and (work_.notes.quotes, work_.notes.article) == (
        kept.quotes,
        kept.article,
    )


ACTS = {
    "decision": lambda: work.do(edits.reject(NOTES.quotes[1])),
    "note": lambda: work.do(edits.note(NOTES.quotes[1], "Ask Kamal by phone")),
    "headline": lambda: work.describe(replace(now().notes.article, headline="Typed with care")),
    "desk note": lambda: work.do(noting(now().notes, "Hold for legal")),
    "list": lambda: work.lose([Unfit(edits.note(Span(0, 5), "Old"), "It is gone.")], TEXT, 1),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_what_a_locked_library_can_not_take_waits_and_is_saved_afterwards(desk, act):
    work.do(edits.confirm(NOTES.quotes[0]))
    with locked():
        act()
        made = now()
        assert "another program is writing" in review_bar._unkept(made)
        assert "1 change waits" in windows.not_saved(made)
        assert (made.problem, made.changes) == ("", 1)
        saving.settle()
        assert now() == made
    saving.settle()
    assert is_saved()
    before = now()
    work.open_kept(1, again=True)
    assert (before.notes, before.edits, before.lost) == (now().notes, now().edits, now().lost)
    assert before.notes == made.notes


def test_the_next_change_takes_along_what_waits_in_its_order(desk):
    with locked():
        for act in ACTS.values():
            act()
        work.say("Something else failed.")  # and hides nothing of it
        assert "5 changes wait" in windows.not_saved(now())
    work.do(edits.confirm(NOTES.quotes[3]))
    assert is_saved()
    assert [note.words for note in notes_on(in_the_library())] == ["Ask Kamal by phone"]
    assert desk_note(in_the_library()) == "Hold for legal"
    for _ in range(4):
        work.undo()
    assert is_saved()
    assert statuses(now().notes) == statuses(NOTES)


def test_what_waits_is_undone_and_redone_here_and_what_is_kept_is_not_undone_meanwhile(desk):
    work.do(edits.confirm(NOTES.quotes[0]))
    work.do(edits.confirm(NOTES.quotes[3]))
    work.undo()
    with locked():
        work.do(edits.reject(NOTES.quotes[1]))
        work.do(edits.reject(NOTES.quotes[2]))
        work.undo()
        assert (now().changes, now().notes.quotes[2].status) == (1, NOTES.quotes[2].status)
        work.redo()
        work.undo()
        work.undo()
        assert now().changes == 0
        before = now()
        work.undo()
        assert now().notes == before.notes
        assert "another program" in now().problem
        work.redo()
        assert now().changes == 1
    work.redo()
    assert is_saved()
    assert [statuses(now().notes)[n] for n in (0, 1, 2)] == ["confirmed", "rejected", "rejected"]
    work.undo()
    work.undo()
    work.undo()
    assert is_saved()
    assert statuses(now().notes) == statuses(NOTES)


def test_an_article_that_was_opened_meanwhile_is_kept_once_that_works(window):
    with Library():
        pass  # there is one
    with locked():
        work.open_notes(NOTES)
        work.do(edits.reject(NOTES.quotes[1]))
        work.describe(replace(now().notes.article, slug="mine"))
        assert (now().id, window.address) == (0, {})
        work.open_notes(OTHER)
        assert now().told.startswith("Not saved yet and kept in this window: 2 changes")
        work.open_notes(NOTES)
        assert (now().notes.quotes[1].status, now().notes.article.slug) == ("rejected", "mine")
        work.open_notes(OTHER)
        assert saving.is_waiting()
    saving.settle()
    assert not saving.is_waiting()
    assert {entry.slug for entry in tab.library().entries()} == {"mine", OTHER.article.slug}
    work.open_notes(NOTES)
    assert is_saved()
    assert (now().notes.quotes[1].status, now().notes.article.slug) == ("rejected", "mine")


def test_an_article_that_another_window_kept_meanwhile_has_the_decisions_of_both(window):
    with Library():
        pass
    with locked():
        work.open_notes(NOTES)
        work.do(edits.reject(NOTES.quotes[1]))
    with Library() as other:
        other.append(other.add(NOTES), [edits.confirm(NOTES.quotes[0])], 1)
    saving.settle()
    assert is_saved()
    assert statuses(now().notes)[:2] == ["confirmed", "rejected"]


def test_another_window_that_was_first_meanwhile_is_told_once_it_is_seen(desk):
    with locked():
        work.do(edits.reject(NOTES.quotes[1]))
    with Library() as other:
        other.append(1, [edits.confirm(NOTES.quotes[0])], 1)
    saving.settle()
    assert (now().is_stale, now().changes, now().unkept) == (True, 1, "")
    windows.take_over()
    assert is_saved()
    assert statuses(now().notes)[:2] == ["confirmed", "rejected"]


def test_a_new_version_waits_until_what_was_decided_before_is_saved(desk):
    with locked():
        work.do(edits.reject(NOTES.quotes[1]))
        assert not work.replaced(UPDATE, 1)
        assert "saved first" in now().problem
        assert (now().changes, now().notes.article.text) == (1, TEXT)
    assert work.replaced(UPDATE, 1)
    assert is_saved()
    assert now().version == 2


def test_deleting_an_article_deletes_what_waits_of_it_in_any_window(desk, monkeypatch):
    with Library() as other:
        other.append(1, [edits.confirm(NOTES.quotes[0])], 1)
    work.do(edits.note(NOTES.quotes[1], "Nightingale secret"))
    work.describe(replace(now().notes.article, headline="Nightingale headline"))
    assert now().changes == 2
    path = Path(tab.default_path())
    files = (path, path.with_name(f"{path.name}-wal"))
    assert any(b"Nightingale" in file.read_bytes() for file in files if file.exists())
    with Library() as other:
        other.delete(1)
    assert not any(b"Nightingale" in file.read_bytes() for file in files if file.exists())
    new = Window(monkeypatch, **desk.address).enter()
    assert "not there any more" in saving.recall()
    assert "not in the library" in work.open_addressed()
    held.address()
    assert new.address == {}


def test_going_back_in_the_browser_loses_no_reload(desk, monkeypatch):
    with Library() as other:
        other.append(1, [edits.confirm(NOTES.quotes[0])], 1)
    work.do(edits.reject(NOTES.quotes[1]))
    word = desk.address.pop("waits")  # as it was some pages before
    held.address()
    assert desk.address["waits"] == word
    reloaded(desk, monkeypatch)
    assert (now().is_stale, now().changes) == (True, 1)


def test_a_deleted_article_can_be_closed_and_leaves_nothing_behind(desk):
    tab.library().delete(1)
    work.do(edits.reject(NOTES.quotes[1]))
    assert (now().is_gone, library_page._waiting()) == (True, {1: 1})
    work.close()
    assert (work.current(), desk.address) == (None, {})


def rows() -> list[tuple[str, str]]:
    found = library_page.apart(tab.library().entries())
    return [(row.title, row.detail) for row in found]


def test_what_waits_of_an_article_that_was_deleted_is_found_again_in_the_library(desk):
    work.do(edits.confirm(NOTES.quotes[0]))
    tab.library().delete(1)
    work.do(edits.reject(NOTES.quotes[1]))
    before = now()
    work.open_notes(OTHER)
    assert [detail for _, detail in rows()] == ["1 change not saved"]
    saving.come_to(next(iter(held.waiting())))
    assert replace(now(), told="") == replace(before, told="")
    assert rows() == []
    windows.keep_anew()
    assert is_saved()
    assert statuses(now().notes)[:2] == ["confirmed", "rejected"]


@pytest.mark.parametrize("is_open", [True, False])
def test_an_older_version_is_restored_only_after_what_waits_is_saved(desk, is_open):
    assert work.replaced(UPDATE, 1)
    with locked():
        work.do(edits.note(Span(0, 6), "Waits"))
        if not is_open:
            work.open_notes(OTHER)
        versions.restore(1, 1)
        assert tab.library().load(1).version == 2
    versions.restore(1, 1)
    kept = tab.library().load(1)
    assert kept.version == 3
    assert [lost.edit.value for lost in kept.lost] == ["Waits"]


def test_what_waits_for_a_choice_is_remembered_once_the_library_can_be_written(desk, monkeypatch):
    with Library() as other:
        other.append(1, [edits.confirm(NOTES.quotes[0])], 1)
    work.do(edits.reject(NOTES.quotes[1]))
    with locked():
        work.do(edits.reject(NOTES.quotes[2]))
    assert saving.is_waiting()
    saving.settle()
    assert not saving.is_waiting()
    reloaded(desk, monkeypatch)
    assert (now().is_stale, now().changes) == (True, 2)


def test_an_article_of_the_library_is_opened_with_what_waits_while_that_is_locked(desk):
    with locked():
        work.do(edits.reject(NOTES.quotes[1]))
        work.open_notes(OTHER)
        work.open_notes(NOTES)
        assert (now().id, now().changes, now().notes.quotes[1].status) == (1, 1, "rejected")
    saving.settle()
    assert is_saved()


UPDATE_OF_OTHER = Annotations(Article("Another story. It goes on."), NOTES.engine)


def failing(words: str = "disk I/O error"):
    def fail(*_, **__):
        raise LibraryError(words)

    return fail


@pytest.fixture
def unkept(window):
    """A window on an article that a locked library could not take, with a decision."""
    with Library():
        pass
    lock = Lock()
    lock.hold()
    work.open_notes(NOTES)
    work.do(edits.reject(NOTES.quotes[1]))
    yield lock
    lock.release()


@pytest.mark.parametrize("is_saved_first", [True, False])
@pytest.mark.parametrize("is_left", [True, False])
def test_an_update_finds_the_article_that_it_was_read_for(unkept, is_saved_first, is_left):
    work.open_notes(OTHER)
    work.do(edits.note(Span(0, 7), "b"))
    key = now().key
    if is_left:
        saving.come_to(NOTES.article.sha256)
    if is_saved_first:
        unkept.release()
        saving.settle()
    assert work.replaced(UPDATE_OF_OTHER, key)
    assert (now().notes.article.text, len(now().edits)) == (UPDATE_OF_OTHER.article.text, 1)
    unkept.release()
    saving.settle()
    texts = {tab.library().load(entry.id).machine.article.text for entry in tab.library().entries()}
    assert texts == {TEXT, UPDATE_OF_OTHER.article.text}


def test_a_field_stays_open_and_undone_steps_can_be_redone_when_an_article_comes_into_the_library(unkept):
    work.undo()
    fields.open_field("note", NOTES.quotes[1].id)
    place = now().place
    unkept.release()
    saving.settle()
    assert (now().id, now().place) == (1, place)
    assert fields.opened()
    work.redo()
    assert is_saved()
    assert now().notes.quotes[1].status == "rejected"


def test_what_was_typed_outlives_another_reading_of_what_is_not_kept(unkept):
    work.describe(replace(now().notes.article, headline="Typed"))
    assert work.replaced(NOTES, now().key)
    unkept.release()
    with Library() as other:
        other.add(NOTES)
    saving.settle()
    assert is_saved()
    assert now().notes.article.headline == "Typed"


def test_what_waits_is_found_by_the_id_that_its_article_got(unkept, monkeypatch):
    work.open_notes(OTHER)
    unkept.release()
    with monkeypatch.context() as full:
        full.setattr(Library, "append", failing())
        saving.settle()
        (waits,) = held.waiting().values()
        work.open_kept(waits.id)
        assert (now().changes, now().notes.quotes[1].status) == (1, "rejected")
    saving.settle()
    assert is_saved()


def test_what_waits_is_laid_on_what_another_window_kept_of_the_text(unkept):
    work.open_notes(OTHER)
    unkept.release()
    with Library() as other:
        id = other.add(NOTES)
    with locked():
        work.open_kept(id)
        assert (now().id, now().notes.quotes[1].status) == (id, "rejected")
    saving.settle()
    assert is_saved()


def test_a_locked_library_is_tried_once_for_all_that_waits(unkept, monkeypatch):
    for number in range(3):
        work.open_notes(Annotations(Article(f"Story {number} is here."), NOTES.engine))
        work.do(edits.note(Span(0, 5), "b"))
    tried, add = [], Library.add
    monkeypatch.setattr(Library, "add", lambda *given, **named: tried.append(1) or add(*given, **named))
    saving.settle()
    assert len(tried) == 1


@pytest.fixture
def stale(desk):
    with Library() as other:
        other.append(1, [edits.confirm(NOTES.quotes[0])], 1)
    work.do(edits.reject(NOTES.quotes[1]))
    return desk


def test_what_waits_is_read_once_the_library_can_be_opened(stale, monkeypatch, tmp_path):
    good, address = tab.default_path(), dict(stale.address)
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("NEWSDESK_LIBRARY", str(tmp_path / "file" / "library.sqlite"))
    new = Window(monkeypatch, **address).enter()
    assert "tried again" in saving.recall()
    held.address()
    assert new.address["waits"] == address["waits"]
    assert saving.is_waiting()
    monkeypatch.setenv("NEWSDESK_LIBRARY", str(good))
    saving.settle()
    work.open_kept(1)
    assert (now().is_stale, now().changes, held.refused()) == (True, 1, "")


def test_what_could_not_be_taken_up_stays_remembered(stale, monkeypatch):
    address = dict(stale.address)
    with monkeypatch.context() as broken:
        broken.setattr(Library, "load", failing())
        Window(monkeypatch, **address).enter()
        assert "disk I/O error" in saving.recall()
    Window(monkeypatch, **address).enter()
    assert saving.recall() == ""
    work.open_kept(1)
    assert (now().is_stale, now().changes) == (True, 1)


def test_a_deleted_article_keeps_no_other_from_being_remembered(stale, monkeypatch):
    work.open_notes(OTHER)
    with Library() as other:
        other.append(2, [edits.note(Span(0, 5), "x")], 1)
    work.do(edits.note(Span(0, 7), "mine"))
    work.open_kept(1)
    with Library() as other:
        other.delete(2)
    work.do(edits.note(NOTES.quotes[3], "second"))
    assert not held.forgets()
    reloaded(stale, monkeypatch)
    assert (now().is_stale, now().changes) == (True, 2)


def test_what_is_kept_anew_is_no_copy_of_the_article(desk):
    work.describe(replace(now().notes.article, headline="Mine"))
    with Library() as other:
        other.duplicate(1)
        other.append(2, [edits.note(Span(0, 5), "of the copy")], 1)
        other.delete(1)
    work.do(edits.reject(NOTES.quotes[1]))
    windows.keep_anew()
    assert is_saved()
    assert (now().id, now().notes.article.headline, notes_on(now().notes)) == (3, "Mine", ())


@pytest.mark.parametrize("is_gone", [True, False])
def test_what_can_not_be_deleted_stays_with_what_waits_of_it(stale, monkeypatch, is_gone):
    if is_gone:
        with Library() as other:
            other.delete(1)
    else:
        monkeypatch.setattr(Library, "delete", failing())
        monkeypatch.setattr(Library, "revision", failing())
    library_page.delete(1)
    assert (work.current() is None) == is_gone


# However it goes, what is on the page is what a reload brings, or waits.

QUOTES = st.integers(0, len(NOTES.quotes) - 1)
STEPS = st.one_of(
    st.tuples(st.sampled_from(["confirm", "reject", "note", "elsewhere"]), QUOTES),
    st.tuples(
        st.sampled_from(
            ["undo", "redo", "slug", "lock", "unlock", "settle", "take over", "reload", "away", "back"]
        ),
        QUOTES,
    ),
)


@given(st.lists(STEPS, max_size=25))
@settings(deadline=None)
def test_however_it_goes_the_page_and_the_library_are_one_in_the_end(steps):
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        patch.setenv("NEWSDESK_LIBRARY", f"{folder}/library.sqlite")
        patch.setattr(tab, "_PATIENCE", 0.0)
        window, lock = Window(patch).enter(), Lock()
        work.open_notes(NOTES)
        for number, (what, at) in enumerate(steps):
            quote, before = NOTES.quotes[at], now()
            match what:
                case "confirm" | "reject":
                    work.do(getattr(edits, what)(quote))
                    assert now().notes.quotes[at].status == f"{what}ed"
                case "note":
                    work.do(edits.note(quote, f"Note {number}"))
                    assert f"Note {number}" in [note.words for note in notes_on(now().notes)]
                case "slug":
                    work.describe(replace(now().notes.article, slug=f"slug-{number}"))
                    assert now().notes.article.slug == f"slug-{number}"
                case "undo" | "redo":
                    getattr(work, what)()
                case "elsewhere" if lock.db is None and now().id == 1:
                    with Library() as other:
                        other.append(1, [edits.note(Span(0, 5), f"There {number}")], other.revision(1))
                case "lock":
                    lock.hold()
                case "unlock":
                    lock.release()
                case "settle":
                    saving.settle()
                case "take over" if now().is_stale:
                    windows.take_over()
                    assert statuses(now().notes) == statuses(before.notes)
                case "reload" if lock.db is None and now().id == 1 and not saving.is_waiting():
                    window = reloaded(window, patch)
                    assert (now().notes.quotes, now().notes.article.slug) == (
                        before.notes.quotes,
                        before.notes.article.slug,
                    ) or not before.is_stale
                case "away":
                    work.open_notes(OTHER)
                    work.open_notes(NOTES)
                    assert now().changes <= before.changes
        lock.release()
        work.describe(replace(now().notes.article, slug="the last"))
        shown = now()
        if shown.is_stale:
            mine = {n.words for n in notes_on(shown.notes)}
            windows.take_over()
            assert mine <= {n.words for n in notes_on(now().notes)}
            assert statuses(now().notes) == statuses(shown.notes)
        assert is_saved()
        edits_, undone = now().edits, now().undone
        work.open_kept(now().id, again=True)
        assert [(e.act, e.at) for e in now().edits] == [(e.act, e.at) for e in edits_]
        assert len(undone) >= len(now().undone)


# Callbacks are not broken off.


def test_what_a_widget_calls_is_done_as_a_whole(root):
    """Streamlit may break off what is not."""
    found = []
    for path in sorted((root / "toolkit" / "ui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            for each in node.keywords:
                if each.arg in ("on_click", "on_change") or (each.arg or "").endswith("_change"):
                    called = ast.unparse(each.value)
                    found.append(called)
                    assert called.startswith(("whole(", "'")), f"{path.name}: {each.arg}={called}"
    assert sum(each.startswith("whole(") for each in found) > 20


def test_nothing_breaks_off_what_is_done_as_a_whole(monkeypatch):
    class Requests:
        def on_scriptrunner_yield(self):
            return "the next run"

    requests, done = Requests(), []
    context = SimpleNamespace(script_requests=requests)
    monkeypatch.setattr("streamlit.runtime.scriptrunner.get_script_run_ctx", lambda **_: context)

    def act(word: str) -> None:
        done.append((word, requests.on_scriptrunner_yield()))
        if word == "fails":
            raise ValueError(word)
        if word == "outer":
            whole.whole(act)("inner")
            act("after it")

    whole.whole(act)("outer")
    with pytest.raises(ValueError, match="fails"):
        whole.whole(act)("fails")
    assert done == [("outer", None), ("inner", None), ("after it", None), ("fails", None)]
    assert requests.on_scriptrunner_yield() == "the next run"


def test_the_page_runs_alone_and_streamlit_has_what_holds_it(root):
    from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequests

    config = (root / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    assert "\nfastReruns = false\n" in config
    assert callable(getattr(ScriptRequests, whole._ASKED))
