"""The library: what is kept, found, refused, and left after two write at once or one is killed."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import tracemalloc
from contextlib import closing
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest
from handmade import jaffar_express
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from strategies import annotations, odd_texts

from toolkit import edits
from toolkit.decision import Edit
from toolkit.edits import Unfit
from toolkit.errors import InvalidNotes, LibraryError, Stale
from toolkit.model import Annotations, Article, Engine, Quote, Span, Speaker
from toolkit.store import Library, default_path
from toolkit.store import file as store_file
from toolkit.store.records import packed

NOTES = jaffar_express()
FIRST, SECOND = NOTES.quotes[:2]
CONFIRMED = Edit("confirm", "quote", FIRST.content)
REJECTED = Edit("reject", "quote", SECOND.content)


MEMORY = Path("/dev/shm")  # where there is one, nothing is waited for but what is tested


@pytest.fixture
def tmp_path(tmp_path):
    """A folder in memory, for each change of a library waits for its disk."""
    if not os.access(MEMORY, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        yield Path(folder)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "library.sqlite"


@pytest.fixture
def library(path):
    with Library(path) as library:
        yield library


def story(text, *, headline="", speaker="", said="", **article):
    """Notes on a text with one quote in it, if ``said``."""
    notes = Annotations(
        Article(text, headline=headline, language=article.pop("language", "en"), **article),
        Engine("0.1.0", "", ""),
    )

    def place(words):
        return Span(text.index(words), text.index(words) + len(words))

    if not said:
        return notes
    cast = (Speaker("s1", place(speaker)),) if speaker else ()
    ids = tuple(s.id for s in cast)
    return replace(notes, speakers=cast, quotes=(Quote("q1", "direct", (place(said),), speakers=ids),))


def note(value, step=1):
    return Edit("note", "text", (Span(0, 1),), value=value, step=step)


def values(decisions):
    return [edit.value for edit in decisions]


# Keeping and loading.


def test_what_was_added_is_loaded(library):
    id = library.add(NOTES)
    kept = library.load(id)
    assert kept.machine == NOTES
    assert (kept.id, kept.revision, kept.version, kept.edits, kept.undone) == (id, 1, 1, (), ())
    assert kept.notes() == (NOTES, ())


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(notes=annotations())
def test_odd_notes_come_back_as_they_were(library, notes):
    assert library.load(library.add(notes, again=True)).machine == notes


def test_the_list_tells_of_each_article_the_last_changed_first(library):
    first = library.add(story("One two three.", headline="Harbour", slug="averin", source="wire"))
    second = library.add(story("Un deux.", language="fr"))
    time.sleep(0.002)  # the library's clock counts milliseconds
    library.append(first, [note("a"), note("b")], 1)
    library.undo(first, library.append(first, [note("c")], 2))
    one, two = library.entries()
    assert (one.id, one.title, one.slug, one.source, one.language) == (
        first,
        "Harbour",
        "averin",
        "wire",
        "en",
    )
    assert (one.words, one.edits, one.revision) == (3, 2, 4)
    assert (two.id, two.title, two.edits) == (second, "Un deux.", 0)
    assert one.created < one.changed
    assert one.changed.endswith("Z")
    assert [entry.id for entry in library.entries(limit=1)] == [first]


def test_the_same_text_is_kept_once(library):
    id = library.add(NOTES)
    library.append(id, [CONFIRMED], 1)
    assert library.add(NOTES) == id
    assert library.revision(id) == 2
    french = replace(NOTES, article=replace(NOTES.article, language="fr"))
    others = {library.add(french), library.add(NOTES, again=True)}
    assert len(others | {id}) == 3


def test_a_copy_has_all_but_the_history_of_its_own(library):
    id = library.add(NOTES)
    revision = library.append(id, [CONFIRMED], 1)
    library.undo(id, library.append(id, [REJECTED], revision))
    other = library.duplicate(id)
    one, two = library.load(id), library.load(other)
    assert (two.machine, two.edits, two.undone) == (one.machine, one.edits, one.undone)
    assert two.revision == 1
    library.redo(other, 1)
    assert library.load(id) == one
    assert {hit.id for hit in library.search("Quetta")} == {id, other}
    assert {hit.id for hit in library.search_quotes(speaker="Hyder")} == {id, other}


def test_a_copy_tells_what_was_lost_in_the_words_that_it_was_of(library):
    id = library.add(NOTES)
    gone = [Unfit(note("Check this"), "Gone."), Unfit(CONFIRMED, "Gone too.")]
    revision = library.update(id, story("Another text."), (), 1, lost=gone)
    revision = library.lose(id, [Unfit(note("Elsewhere"), "Not here.")], revision)
    one, two = (library.load(each) for each in (id, library.duplicate(id)))
    assert [(each.edit, each.reason) for each in two.lost] == [(each.edit, each.reason) for each in one.lost]
    assert [each.text for each in two.lost] == [NOTES.article.text] * 2 + ["Another text."]
    library.dismiss(id, (), revision)
    assert library.load(library.duplicate(id)).lost == ()
    assert len(library.load(two.id).lost) == 3


def test_a_copy_has_the_older_texts_too(library):
    id = library.add(NOTES)
    library.update(id, story("Another text."), (), library.append(id, [CONFIRMED], 1))
    other = library.duplicate(id)
    assert [replace(v, created="") for v in library.versions(other)] == [
        replace(v, created="") for v in library.versions(id)
    ]
    library.restore(other, 1, 1)
    assert library.load(other).machine == NOTES
    assert library.load(id).version == 2


@pytest.mark.parametrize(
    ("text", "language", "rather", "found"),
    [
        ("Second.", "en", 0, (1, 2)),
        ("First.", "en", 0, (1, 1)),
        ("Shared.", "en", 0, (3, 1)),  # rather the newest text of one than an older one of another
        ("Shared.", "fr", 0, (2, 1)),
        ("First.", "de", 0, (1, 1)),
        ("First.", "en", 4, (4, 1)),
        ("Shared.", "en", 4, (3, 1)),
        ("Second. ", "en", 0, None),
        ("Second. ", "en", 1, None),
    ],
)
def test_a_text_is_found_in_whichever_version_it_is(library, text, language, rather, found):
    library.update(library.add(story("First.")), story("Second."), (), 1)
    library.update(library.add(story("Shared.", language="fr")), story("Newer.", language="fr"), (), 1)
    library.add(story("Shared."))
    library.duplicate(1)
    assert library.whose(Article(text, language=language), rather=rather) == found


def test_the_title_of_a_copy_says_so_and_which(library):
    id = library.add(story("One two three.", headline="Harbour"))
    first = library.duplicate(id)
    second = library.duplicate(first)
    titles = {entry.id: entry.title for entry in library.entries()}
    assert titles == {id: "Harbour", first: "Harbour (copy)", second: "Harbour (copy 2)"}
    library.describe(first, replace(library.load(first).machine.article, headline="Port"), 1)
    assert {entry.title for entry in library.entries()} == {"Harbour", "Port (copy)", "Harbour (copy 2)"}
    assert library.load(first).machine.article.headline == "Port", "the article itself says nothing of it"


def test_a_deleted_article_is_gone_and_its_id_is_not_used_again(library, path):
    other = library.add(story("Another story altogether."))
    id = library.add(
        story("The zanzibarian said “no zanzibar”.", headline="zanzibarly", said="“no zanzibar”")
    )
    revision = library.undo(id, library.append(id, [note("zanzibaresque")], 1))
    library.append(id, [note("zanzibarish")], revision)
    library.delete(id)
    assert library.search("zanzibar") == library.search_quotes("zanzibar") == ()
    assert [entry.id for entry in library.entries()] == [other]
    assert library.add(story("A third.")) > id
    for part in path.parent.iterdir():
        assert b"zanzibar" not in part.read_bytes(), f"deleted words are left in {part.name}"


@pytest.mark.parametrize(
    "call",
    [
        lambda library: library.load(7),
        lambda library: library.revision(7),
        lambda library: library.versions(7),
        lambda library: library.append(7, [CONFIRMED], 1),
        lambda library: library.undo(7, 1),
        lambda library: library.rerun(7, NOTES, 1),
        lambda library: library.update(7, NOTES, (), 1),
        lambda library: library.duplicate(7),
        lambda library: library.delete(7),
    ],
)
def test_an_article_that_is_not_there_is_told(library, call):
    with pytest.raises(LibraryError, match="Article 7 is not in the library"):
        call(library)


# Decisions.


def test_decisions_are_kept_in_their_order_with_the_editor(library):
    id = library.add(NOTES)
    revision = library.append(id, [CONFIRMED], 1, by="Ana")
    library.append(id, [replace(REJECTED, by="Omar")], revision, by="Ana")
    kept = library.load(id)
    assert kept.edits == (replace(CONFIRMED, by="Ana"), replace(REJECTED, by="Omar", step=2))
    notes, unfit = kept.notes()
    assert [q.status for q in notes.quotes[:2]] == ["confirmed", "rejected"]
    assert not unfit


def test_edits_of_one_step_are_undone_together(library):
    id = library.add(NOTES)
    library.append(id, [note("a", 1), note("b", 2), note("c", 2)], 1)
    library.append(id, [note("d", 2)], 2)  # the numbers only tell who belong together
    assert [edit.step for edit in library.load(id).edits] == [1, 2, 2, 3]
    library.undo(id, 3)
    library.undo(id, 4)
    kept = library.load(id)
    assert (values(kept.edits), values(kept.undone)) == (["a"], ["b", "c", "d"])
    library.redo(id, 5)
    kept = library.load(id)
    assert (values(kept.edits), values(kept.undone)) == (["a", "b", "c"], ["d"])
    library.append(id, [note("e")], 6)
    kept = library.load(id)
    assert (values(kept.edits), kept.undone) == (["a", "b", "c", "e"], ())


def test_nothing_to_do_changes_nothing(library):
    id = library.add(NOTES)
    assert [library.undo(id, 1), library.redo(id, 1), library.append(id, [], 1)] == [1, 1, 1]
    assert library.revision(id) == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda library, id, revision: library.append(id, [note("mine")], revision),
        lambda library, id, revision: library.append(id, [], revision),
        lambda library, id, revision: library.undo(id, revision),
        lambda library, id, revision: library.redo(id, revision),
        lambda library, id, revision: library.rerun(id, NOTES, revision),
        lambda library, id, revision: library.update(id, story("Other."), (), revision),
    ],
)
@pytest.mark.parametrize("revision", [0, 1, 3])
def test_a_change_of_another_revision_is_refused(library, change, revision):
    id = library.add(NOTES)
    library.append(id, [note("theirs")], 1)
    before = library.load(id)
    with pytest.raises(Stale, match="another window") as caught:
        change(library, id, revision)
    assert (caught.value.yours, caught.value.theirs) == (revision, 2)
    assert library.load(id) == before


class Desk(RuleBasedStateMachine):
    """Any acts in any order come to what lists of steps come to."""

    folder: Path

    @initialize()
    def open(self):
        self.path = self.folder / f"{time.monotonic_ns()}.sqlite"
        self.library = Library(self.path)
        self.id = self.library.add(NOTES)
        self.revision, self.done, self.undone, self.run = 1, [], [], "0"

    def changed(self, revision, is_changed=True):
        assert revision == self.revision + is_changed
        self.revision = revision

    @rule(steps=st.lists(st.lists(st.text("ab", max_size=2), min_size=1, max_size=3), max_size=3))
    def append(self, steps):
        given = [note(value, number) for number, step in enumerate(steps, 5) for value in step]
        self.changed(self.library.append(self.id, given, self.revision), bool(steps))
        if steps:
            self.done, self.undone = [*self.done, *steps], []

    @rule()
    def undo(self):
        self.changed(self.library.undo(self.id, self.revision), bool(self.done))
        if self.done:
            self.undone.insert(0, self.done.pop())

    @rule()
    def redo(self):
        self.changed(self.library.redo(self.id, self.revision), bool(self.undone))
        if self.undone:
            self.done.append(self.undone.pop(0))

    @rule()
    def rerun(self):
        self.run += "1"
        machine = replace(NOTES, engine=replace(NOTES.engine, model=self.run))
        self.changed(self.library.rerun(self.id, machine, self.revision))

    @rule()
    def reopen(self):
        self.library.close()
        self.library = Library(self.path)

    @rule(off=st.sampled_from([-1, 1]))
    def write_stale(self, off):
        with pytest.raises(Stale):
            self.library.append(self.id, [note("x")], self.revision + off)

    @invariant()
    def agrees(self):
        kept = self.library.load(self.id)
        assert kept.revision == self.revision
        assert values(kept.edits) == [*chain(*self.done)]
        assert values(kept.undone) == [*chain(*self.undone)]
        assert kept.notes()[0].edits == kept.edits

    def teardown(self):
        if hasattr(self, "library"):
            self.library.close()


def test_any_acts_come_to_what_a_list_of_steps_comes_to(tmp_path):
    Desk.folder = tmp_path
    run_state_machine_as_test(Desk, settings=settings(max_examples=15, stateful_step_count=20, deadline=None))


# The machine again, and updates.


def test_another_run_keeps_the_decisions(library):
    id = library.add(NOTES)
    library.undo(id, library.append(id, [CONFIRMED, replace(REJECTED, step=2)], 1))
    machine = replace(NOTES, engine=Engine("9", "9", "9"), article=replace(NOTES.article, headline="Mended"))
    assert library.rerun(id, machine, 3) == 4
    kept = library.load(id)
    assert (kept.machine, kept.version) == (machine, 1)
    assert kept.edits == (CONFIRMED,)
    assert kept.undone == (replace(REJECTED, step=2),)
    assert library.entries("mended")[0].title == "Mended"


def test_what_an_editor_writes_about_an_article_is_kept(library):
    id = library.add(NOTES)
    library.undo(id, library.append(id, [CONFIRMED, replace(REJECTED, step=2)], 1))
    before = library.load(id)
    article = replace(NOTES.article, headline="Mended", byline="Ana", embargo="2025-03-12")
    assert library.describe(id, article, 3) == 4
    kept = library.load(id)
    assert kept == replace(before, revision=4, machine=replace(NOTES, article=article))
    assert library.describe(id, article, 4) == 4, "nothing new"
    assert [hit.title for hit in library.search("mended")] == ["Mended"]
    with pytest.raises(Stale):
        library.describe(id, NOTES.article, 3)
    with pytest.raises(LibraryError, match="another text"):
        library.describe(id, story("Other.").article, 4)


def test_decisions_that_came_with_the_notes_outlive_another_run(library):
    decided = edits.apply(NOTES, CONFIRMED)
    id = library.add(decided)
    library.append(id, [REJECTED], 1)
    assert library.undo(id, library.undo(id, 2)) == 3, "those that came with the notes can't be undone"
    library.redo(id, 3)
    before, _ = library.load(id).notes()
    library.rerun(id, NOTES, 4)
    kept = library.load(id)
    assert kept.edits == (*decided.edits, replace(REJECTED, step=2))
    assert kept.notes() == (before, ())


@pytest.mark.parametrize("steps", [(0,), (-3,), (1, 2, 1), (5, 5, 2)])
def test_what_came_with_the_notes_stays_apart_from_later_steps_however_it_was_numbered(library, steps):
    came = edits.apply(NOTES, *(note(f"{n}", step) for n, step in enumerate(steps)))
    id = library.add(came)
    revision = library.rerun(id, NOTES, library.append(id, [note("mine")], 1))
    assert values(library.load(id).edits) == [*values(came.edits), "mine"]
    library.undo(id, revision)
    assert values(library.load(id).edits) == values(came.edits)


@pytest.mark.parametrize(
    "edit",
    [
        Edit("approve", "quote", FIRST.content),
        Edit("confirm", "verse", FIRST.content),
        Edit("note", "text", FIRST.content, value=None),
        Edit("note", "text", FIRST.content, value="x", by=7),
        Edit("note", "text", (Span(0.5, 2),), value="x"),
        Edit("note", "text", ((1, 2, 3),), value="x"),
        Edit("note", "text", FIRST.content, value=b"x"),
        Edit("note", "text", FIRST.content, value="x", by=b"Ana"),
        "confirm",
        {"act": "confirm"},
        None,
    ],
)
def test_what_could_not_be_read_again_is_not_kept(library, edit):
    id = library.add(NOTES)
    library.append(id, [CONFIRMED], 1)
    before = library.load(id)
    lost = [edits.Unfit(edit, "gone")]
    for change in (
        lambda: library.append(id, [REJECTED, edit], 2),
        lambda: library.lose(id, lost, 2),
        lambda: library.update(id, story("Other."), [edit], 2),
    ):
        with pytest.raises(LibraryError, match="decision can't be kept"):
            change()
    assert library.load(id) == before


def test_settings_are_found_by_any_beginning(library):
    for name in ("\0", "\0a", "a", "ab", "aß", "b"):
        library.set(name, "x")
    for beginning, names in {"\0": ["\0", "\0a"], "a": ["a", "ab", "aß"], "c": [], "b": ["b"]}.items():
        assert list(library.settings(beginning)) == names
    assert len(library.settings("")) == 6


def test_places_may_be_lists_as_json_has_them(library):
    id, listed = library.add(NOTES), replace(CONFIRMED, at=[list(span) for span in CONFIRMED.at])
    revision = library.append(id, [listed], 1)
    assert library.load(id).edits == (CONFIRMED,)
    revision = library.update(id, story(NOTES.article.text + " More."), [listed], revision)
    assert library.load(id).edits == (CONFIRMED,)


HALF = "\ud800"


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        (lambda library: library.append(1, [note(HALF)], 1), "half a character"),
        (lambda library: library.append(1, [note("x")], 1, by=HALF), "half a character"),
        (lambda library: library.lose(1, [edits.Unfit(note("x"), HALF)], 1), "half a character"),
        (lambda library: library.set("editor", HALF), "half a character"),
        (lambda library: library.setting(HALF), "half a character"),
        (lambda library: library.set("editor", None), "are text"),
        (lambda library: library.set("editor", b"Ana"), "are text"),
        (lambda library: library.set(1, "Ana"), "are text"),
        (lambda library: library.lose(1, [edits.Unfit(CONFIRMED, b"gone")], 1), "can't be kept"),
        (lambda library: library.lose(1, [CONFIRMED], 1), "can't be kept"),
        (lambda library: library.dismiss(1, ["confirm"], 1), "can't be kept"),
        (lambda library: library.lose(1, [edits.Unfit(CONFIRMED, "gone")], 1, told=2), "no version 2"),
        (lambda library: library.lose(1, [edits.Unfit(CONFIRMED, "gone")], 1, told=-1), "no version -1"),
        (lambda library: library.load("x"), "not in the library"),
        (lambda library: library.load(None), "not in the library"),
        (lambda library: library.load(1.5), "not in the library"),
        (lambda library: library.load(-1), "not in the library"),
        (lambda library: library.load(1, version=-1), "no version -1"),
        (lambda library: library.append("x", [CONFIRMED], 1), "not in the library"),
        (lambda library: library.append(1, [CONFIRMED], None), "changed in another window"),
        (lambda library: library.append(1, [CONFIRMED], "1"), "changed in another window"),
        (lambda library: library.load(2**70), "number is too large"),
        (lambda library: library.entries(limit=2**70), "number is too large"),
        (lambda library: Library(library.path.with_name("a\0b")), "embedded null"),
        (lambda library: Library(library.path.with_name(HALF)), "half a character"),
        (lambda library: Library("~nobody-of-that-name/x"), "no such home"),
    ],
)
def test_what_no_file_can_hold_is_told(library, call, reason):
    library.add(NOTES)
    before = library.load(1)
    with pytest.raises(LibraryError, match=f"(?i){reason}"):
        call(library)
    assert (library.load(1), library.settings("")) == (before, {})


def test_many_lost_decisions_are_loaded_with_the_text_that_they_are_of_once(library):
    digits = "".join(map(str, range(20_000)))
    id = library.add(story(digits))
    gone = [edits.Unfit(note(f"{n}"), "gone") for n in range(300)]
    library.update(id, story("Other."), (), 1, lost=gone)
    size = len(packed(story(digits)))
    tracemalloc.start()
    kept = library.load(id)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert {each.text for each in kept.lost} == {digits}
    assert len(kept.lost) == 300
    assert peak < 100 * size


def test_an_update_keeps_the_version_before(library):
    id = library.add(NOTES)
    library.append(id, [CONFIRMED, replace(REJECTED, step=2)], 1)
    text = "UPDATE. " + NOTES.article.text
    carried, _ = edits.carried([CONFIRMED], NOTES.article.text, text)
    machine = story(text, headline="Second lead")
    assert library.update(id, machine, carried, 2) == 3
    old, new = library.load(id, version=1), library.load(id)
    assert (old.machine, old.version, values(old.edits)) == (NOTES, 1, ["", ""])
    assert (new.machine, new.version, new.edits) == (machine, 2, carried)
    told = [(v.number, v.sha256, v.edits) for v in library.versions(id)]
    assert told == [(1, NOTES.article.sha256, 2), (2, machine.article.sha256, 1)]
    assert [(e.title, e.edits, e.words) for e in library.entries()] == [("Second lead", 1, len(text.split()))]
    assert library.undo(id, library.undo(id, 3)) == 4, "what was decided on the version before stays there"
    assert library.load(id, version=1).edits == old.edits
    with pytest.raises(LibraryError, match="no version 3; it has 1 to 2"):
        library.load(id, version=3)


def test_what_an_update_loses_is_kept_until_it_is_dismissed(library, path):
    id = library.add(NOTES)
    text = f"Update. {NOTES.article.text[12:]}"
    carried, lost = edits.carried([note("Check this"), CONFIRMED], NOTES.article.text, text)
    assert lost
    revision = library.update(id, story(text), carried, 1, lost=lost)
    with Library(path) as later:
        (kept,) = later.load(id).lost
        assert (kept.edit, kept.reason, kept.text) == (lost[0].edit, lost[0].reason, NOTES.article.text)
    # The next update tells it still.
    revision = library.update(id, story(f"{text} More."), carried, revision)
    assert library.load(id).lost == (kept,)
    with pytest.raises(Stale):
        library.dismiss(id, (), revision - 1)
    library.dismiss(id, (), revision)
    assert library.load(id).lost == ()
    library.delete(id)


def test_a_decision_that_stands_but_fits_nothing_is_dismissed_and_stays(library):
    id = library.add(story("Nobody said anything."))
    gone = Edit("reject", "quote", (Span(0, 6),), step=1)
    revision = library.append(id, [gone], 1)
    _, unfit = library.load(id).notes()
    kept = library.load(id)
    revision = library.dismiss(id, unfit, revision)
    assert library.load(id).dismissed == tuple(each.edit for each in unfit)
    assert library.load(id).edits == kept.edits


def test_a_decision_without_a_place_can_be_lost(library):
    id = library.add(NOTES)
    elsewhere = Unfit(
        Edit("note", "text", (), value="Where is the picture?", by="Ben"), "Not on the article."
    )
    library.lose(id, [elsewhere], 1)
    (kept,) = library.load(id).lost
    assert (kept.edit, kept.reason, kept.text) == (elsewhere.edit, elsewhere.reason, NOTES.article.text)


def test_an_older_version_is_restored_and_none_goes(library):
    id = library.add(NOTES)
    revision = library.append(id, [CONFIRMED, replace(REJECTED, step=2)], 1)
    revision = library.undo(id, revision)
    old = library.load(id)
    revision = library.update(id, story("Another text."), (), revision)
    with pytest.raises(Stale):
        library.restore(id, 1, 1)
    with pytest.raises(LibraryError, match="no version 7"):
        library.restore(id, 7, revision)
    library.restore(id, 1, revision)
    now = library.load(id)
    assert (now.machine, now.edits, now.undone) == (old.machine, old.edits, old.undone)
    assert now.version == 3
    assert [v.origin for v in library.versions(id)] == ["opened", "update", "restored 1"]
    assert [hit.id for hit in library.search("Quetta")] == [id]


def test_what_was_decided_on_newer_texts_is_told_when_an_older_one_is_restored(library):
    id = library.add(NOTES)
    revision = library.append(id, [CONFIRMED], 1)
    text = f"UPDATE. {NOTES.article.text}"
    carried, _ = edits.carried([CONFIRMED], NOTES.article.text, text)
    revision = library.update(id, story(text), carried, revision)
    newer = Edit("note", "text", (Span(0, 7),), value="Is it?", by="Ana", step=2)
    revision = library.append(id, [newer], revision)
    revision = library.restore(id, 1, revision)
    told = "It was decided on version 2, and is not on version 1, which was restored."
    assert [(each.edit, each.reason, each.text) for each in library.load(id).lost] == [(newer, told, text)]
    # That version again: nothing is missing any more.
    revision = library.restore(id, 2, revision)
    assert library.load(id).edits == (*carried, newer)
    assert library.load(id).lost == ()


def test_what_was_taken_back_on_a_newer_text_and_is_restored_is_told(library):
    id = library.add(NOTES)
    revision = library.append(id, [CONFIRMED], 1)
    text = f"UPDATE. {NOTES.article.text}"
    carried, _ = edits.carried([CONFIRMED], NOTES.article.text, text)
    revision = library.undo(id, library.update(id, story(text), carried, revision))
    library.restore(id, 1, revision)
    (told,) = library.load(id).lost
    assert told.reason == "It was taken back on version 2, and stands again on version 1, which was restored."
    assert library.load(id).edits == (CONFIRMED,)


def test_what_was_taken_back_and_decided_again_is_not_told_as_taken_back(library):
    id = library.add(NOTES)
    revision = library.append(id, [CONFIRMED], 1)
    text = f"UPDATE. {NOTES.article.text}"
    carried, _ = edits.carried([CONFIRMED], NOTES.article.text, text)
    revision = library.undo(id, library.update(id, story(text), carried, revision))
    revision = library.append(id, carried, revision)
    assert library.load(id).withdrawn == library.load(id).edits == carried
    library.restore(id, 1, revision)
    assert library.load(id).lost == ()


def test_what_was_undone_and_can_not_be_redone_is_remembered(library, path):
    id = library.add(NOTES)
    revision = library.undo(id, library.append(id, [CONFIRMED, replace(REJECTED, step=2)], 1))
    assert library.load(id).withdrawn == ()
    revision = library.append(id, [note("x")], revision)
    library.append(id, [note("y")], library.undo(id, revision))
    with Library(path) as later:
        assert set(later.load(id).withdrawn) == {REJECTED, note("x")}
        assert set(later.load(later.duplicate(id)).withdrawn) == {REJECTED, note("x")}


def test_what_was_lost_is_told_on_when_an_older_version_is_restored(library):
    id = library.add(NOTES)
    revision = library.update(id, story("Another text."), (), 1, lost=[Unfit(CONFIRMED, "Gone.")])
    library.restore(id, 1, revision)
    assert [each.reason for each in library.load(id).lost] == ["Gone."]


def test_what_was_taken_back_is_remembered_with_other_texts(library):
    start, end = replace(note("Gone later"), at=(Span(0, 10),)), replace(note("Stays"), at=(Span(12, 20),))
    id = library.add(NOTES)
    revision = library.undo(id, library.append(id, [start, end], 1))
    revision = library.append(id, [CONFIRMED], revision)  # now they can't be redone any more
    revision = library.undo(id, revision)
    text = f"An update. {NOTES.article.text[11:]}"
    revision = library.update(id, story(text), (), revision)
    kept = library.load(id)
    assert (kept.edits, kept.undone) == ((), ())
    assert set(kept.withdrawn) == {CONFIRMED, end}, "with their places in the new text"
    assert kept.dismissed == (start,), "its words are gone"
    # And in a text that is one of before.
    revision = library.restore(id, 1, revision)
    revision = library.update(id, story(text), (), revision)
    library.update(id, NOTES, (), revision)
    assert {CONFIRMED, end} <= set(library.load(id).withdrawn)
    assert set(library.load(id).dismissed) == {start}


def test_what_was_taken_back_on_a_text_is_remembered_where_an_older_one_is_restored(library):
    id = library.add(NOTES)
    text = f"UPDATE. {NOTES.article.text}"
    revision = library.update(id, story(text), (), 1)
    moved, _ = edits.carried([CONFIRMED], NOTES.article.text, text)
    revision = library.undo(id, library.append(id, moved, revision))
    library.restore(id, 1, revision)
    assert library.load(id).withdrawn == (CONFIRMED,)
    assert library.load(id).lost == ()


def test_what_was_dismissed_is_remembered_with_other_texts_once(library):
    id = library.add(story("Nobody said anything."))
    gone = Edit("reject", "quote", (Span(7, 11),))
    revision = library.append(id, [replace(gone, at=(Span(0, 6),)), replace(gone, step=2)], 1)
    unfit = [Unfit(edit, "") for edit in library.load(id).edits[1:]]
    revision = library.dismiss(id, unfit, revision)
    text = "Today somebody said anything."
    revision = library.update(id, story(text), [replace(gone, at=(Span(15, 19),))], revision)
    # As it was told, and as it stands now with the step that it has now.
    there = replace(gone, at=(Span(15, 19),))
    assert library.load(id).edits == (there,)
    assert library.load(id).dismissed == (unfit[0].edit, there)
    revision = library.restore(id, 1, revision)
    revision = library.restore(id, 2, revision)
    assert sorted(library.load(id).dismissed, key=lambda e: (e.at, e.step)) == [unfit[0].edit, there]


@pytest.mark.parametrize("replaced", [False, True])
def test_nothing_is_written_to_a_library_that_is_gone(library, path, replaced):
    id = library.add(NOTES)
    revision = library.append(id, (edits.confirm(NOTES.quotes[0]),), 1)
    aside = path.with_name("aside.sqlite")
    path.rename(aside)
    if replaced:
        path.write_bytes(b"")
    with pytest.raises(LibraryError, match="moved, deleted or replaced"):
        library.append(id, (edits.confirm(NOTES.quotes[1]),), revision)
    assert len(library.load(id).edits) == 1
    aside.replace(path)
    library.append(id, (edits.confirm(NOTES.quotes[1]),), revision)
    assert len(library.load(id).edits) == 2


def test_settings_are_kept(library, path):
    assert library.setting("editor") == ""
    library.set("editor", "Ana")
    library.set("editor", "Ben")
    with Library(path) as later:
        assert (later.setting("editor"), later.setting("other")) == ("Ben", "")
        later.set("editor", "")
        assert later.setting("editor") == ""
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT count(*) FROM setting WHERE name = 'editor'").fetchone() == (0,)


@pytest.mark.parametrize(
    ("change", "error", "says"),
    [
        (lambda lib, id: lib.rerun(id, story("Other."), 1), LibraryError, "another text"),
        (lambda lib, id: lib.update(id, NOTES, (), 1), LibraryError, "another run"),
        (lambda lib, id: lib.rerun(id, edits.apply(NOTES, CONFIRMED), 1), InvalidNotes, "decisions"),
        (lambda lib, id: lib.update(id, edits.apply(NOTES, CONFIRMED), (), 1), InvalidNotes, "decisions"),
    ],
)
def test_what_is_no_run_or_no_update_is_refused(library, change, error, says):
    id = library.add(NOTES)
    with pytest.raises(error, match=says):
        change(library, id)
    assert (library.revision(id), library.load(id).machine) == (1, NOTES)


# Searching.

HARBOUR = story(
    "Mayor José Holt closed the harbour of Averin.\n\nHe said: “We don't have any choice.” A 👩🏽\u200d🚒 watched.",
    headline="Harbour closed",
    slug="averin-harbour",
    source="Coastal News",
    speaker="José Holt",
    said="“We don't have any choice.”",
)


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("harbour", ["harbour"]),
        ("HARBOUR", ["harbour"]),
        ("jose", ["José"]),
        ("josé", ["José"]),
        ("averin mayor", ["Mayor", "Averin"]),
        ("harb", ["harbour"]),  # the last word may still be being typed
        ('"closed the harbour"', ["closed the harbour"]),
        ("“closed the harbour”", ["closed the harbour"]),
        ("don't", ["don't"]),
        ("coastal", []),  # the source
        ("averin-harbour", []),  # the slug
        ("closed!", ["closed"]),
        ("mayor AND", None),
        ("harb closed", None),  # only the last may be cut short
        ('"the closed harbour"', None),
        ('"harb"', None),
        ("harbor", None),
        ("harbour zebra", None),
        ("NOT harbour", None),
    ],
)
def test_words_are_found(library, words, marked):
    library.add(story("Something else, without any of it.", headline="Else"))
    id = library.add(HARBOUR)
    hits = library.search(words)
    assert [entry.id for entry in library.entries(words)] == [hit.id for hit in hits]
    if marked is None:
        assert hits == ()
        return
    (hit,) = hits
    assert (hit.id, hit.title) == (id, "Harbour closed")
    assert HARBOUR.article.text[hit.start :].startswith(hit.excerpt)
    assert [hit.excerpt[slice(*mark)] for mark in hit.marks] == marked


@pytest.mark.parametrize(
    "words",
    ["", " ", "!", '"', '""', "'", "*", "()", "-", ":", "^", "\0", "AND", "NEAR(", 'a"b', "title:x", "{title}: x",
     "x*", "a NEAR/2 b", "\ud800", "𝼀", "́", "a " * 500, '"' * 99, "x" * 100_000],
)  # fmt: skip
def test_no_query_is_an_error(library, words):
    library.add(HARBOUR)
    for found in (library.search(words), library.search_quotes(words), library.search_quotes(speaker=words)):
        assert isinstance(found, tuple)
    library.entries(words)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=odd_texts, words=st.text(max_size=12) | odd_texts)
def test_excerpts_are_verbatim(library, text, words):
    library.add(story(text))
    for hit in library.search(words):
        text = library.load(hit.id).machine.article.text.replace("\0", " ")
        assert text[hit.start : hit.start + len(hit.excerpt)] == hit.excerpt
        assert all(0 <= mark.start < mark.end <= len(hit.excerpt) for mark in hit.marks)


def test_an_excerpt_of_a_long_text_is_where_the_words_are(library):
    text = (
        "harbour "
        + "filler words here. " * 900
        + "The old harbour of Averin, a harbour. "
        + "And more. " * 900
    )
    library.add(story(text))
    (hit,) = library.search("harbour")
    assert [hit.excerpt[slice(*mark)] for mark in hit.marks] == ["harbour", "harbour"]
    assert "The old harbour of Averin, a harbour." in hit.excerpt
    assert len(hit.excerpt) <= 240
    assert hit.excerpt.split() == text[hit.start : hit.start + len(hit.excerpt)].split()
    assert text[hit.start - 1].isspace()


@pytest.mark.parametrize(
    ("words", "speaker", "found"),
    [
        ("choice", "", True),
        ("choice", "holt", True),
        ("", "jose hol", True),
        ("any cho", "", True),
        ("choice", "khan", False),
        ("harbour", "", False),  # in the text, but nobody said it
        ("holt", "", False),
        ("", "choice", False),
        ("!", "holt", False),
        ("", "", False),
    ],
)
def test_quotes_are_found_by_words_and_speaker(library, words, speaker, found):
    id = library.add(HARBOUR)
    hits = library.search_quotes(words, speaker=speaker)
    assert bool(hits) == found
    for hit in hits:
        assert (hit.id, hit.title, hit.speaker) == (id, "Harbour closed", "José Holt")
        assert hit.content == HARBOUR.quotes[0].content
        assert hit.text == HARBOUR.text(HARBOUR.quotes[0])
        assert [hit.text[slice(*mark)].casefold()[:3] for mark in hit.marks] == [w[:3] for w in words.split()]


def test_quotes_are_found_as_the_editor_left_them(library):
    id = library.add(HARBOUR)
    (quote,) = HARBOUR.quotes
    library.append(id, [edits.reject(quote)], 1)
    assert library.search_quotes("choice") == ()
    library.undo(id, 2)
    assert len(library.search_quotes("choice")) == 1
    text = "Holt was asked. “Nobody saw it coming,” she said."
    library.update(id, story(text, said="“Nobody saw it coming,”"), (), 3)
    assert library.search_quotes("choice") == ()
    assert [hit.speaker for hit in library.search_quotes("coming")] == [""]
    assert library.search("choice") == (), "the newest text is searched"


# The file.


def test_where_the_library_lies(monkeypatch, tmp_path):
    monkeypatch.setenv("NEWSDESK_LIBRARY", str(tmp_path / "mine.sqlite"))
    assert default_path() == tmp_path / "mine.sqlite"
    monkeypatch.delenv("NEWSDESK_LIBRARY")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    for platform, place in [
        ("linux", "data/newsdesk/library.sqlite"),
        ("darwin", "Library/Application Support/Newsdesk/library.sqlite"),
        ("win32", "local/Newsdesk/library.sqlite"),
    ]:
        monkeypatch.setattr(sys, "platform", platform)
        assert default_path() == tmp_path / place
    monkeypatch.setattr(sys, "platform", "linux")
    for unusable in ("", "relative/path"):
        monkeypatch.setenv("XDG_DATA_HOME", unusable)
        assert default_path() == tmp_path / ".local/share/newsdesk/library.sqlite"


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_only_the_owner_can_read_it(tmp_path):
    path = tmp_path / "a" / "b" / "library.sqlite"
    with Library(path) as library:
        library.add(NOTES)
        modes = {each.name: each.stat().st_mode & 0o777 for each in path.parent.iterdir()}
    assert set(modes.values()) == {0o600}
    assert "library.sqlite-wal" in modes
    assert [folder.stat().st_mode & 0o777 for folder in path.parents[:2]] == [0o700, 0o700]


@pytest.mark.parametrize(
    "content", [b"x", b"Dear editor,\n" * 500, b"SQLite format 3", b"SQLite format 3\0" + b"\1" * 5000]
)
def test_what_is_no_library_is_refused_and_left_alone(path, content):
    path.write_bytes(content)
    with pytest.raises(LibraryError, match=r"library\.sqlite.*name another file"):
        Library(path)
    assert path.read_bytes() == content
    assert [each.name for each in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize(
    "statement", ["CREATE TABLE letters (a)", "PRAGMA user_version = 1", "PRAGMA application_id = 5"]
)
def test_another_programs_database_is_refused_and_left_alone(path, statement):
    other = sqlite3.connect(path)
    other.execute(statement)
    other.close()
    before = path.read_bytes()
    with pytest.raises(LibraryError, match="another program's database"):
        Library(path)
    assert path.read_bytes() == before


def test_a_newer_library_is_refused_and_left_alone(path):
    Library(path).close()
    other = sqlite3.connect(path)
    other.execute("PRAGMA user_version = 99")
    other.close()
    before = path.read_bytes()
    with pytest.raises(LibraryError, match=r"newer version of the toolkit .*version 99.*use that version"):
        Library(path)
    assert path.read_bytes() == before


def test_a_damaged_library_is_told(library, path):
    for number in range(20):
        library.add(story(f"Story {number}. " + "word " * 2000))
    library.close()
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xaa" * (len(content) - 4096)
    path.write_bytes(content)
    with (
        pytest.raises(LibraryError, match=r"library\.sqlite.*damaged; restore a copy"),
        Library(path) as other,
    ):
        other.entries()


@pytest.mark.parametrize(
    "change",
    [
        "edit SET record = '[]'",
        "edit SET record = 'null'",
        "edit SET record = 5",
        "version SET machine = 'words'",
        "version SET machine = 7",
    ],
)
def test_a_row_of_another_kind_is_told(library, path, change):
    id = library.add(NOTES)
    library.append(id, [CONFIRMED], 1)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(f"UPDATE {change}")
    with pytest.raises(InvalidNotes, match="restore the library from a copy"):
        library.load(id)


def test_places_that_hold_no_file_are_told(tmp_path):
    (tmp_path / "file").write_text("x")
    for place in (tmp_path, tmp_path / "file" / "library.sqlite"):
        with pytest.raises(LibraryError, match="can't be opened"):
            Library(place)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(LibraryError, match="can't be opened"):
        Library(tmp_path / "library.sqlite")


def test_a_full_disk_is_told_and_nothing_is_half_kept(monkeypatch, path):
    Library(path).close()
    monkeypatch.setattr(store_file, "SETTINGS", (*store_file.SETTINGS, "max_page_count = 60"))
    with Library(path) as library:
        id = library.add(story("Short."))
        with pytest.raises(LibraryError, match="the disk is full; make room"):
            library.add(story(" ".join(map(str, range(60_000)))))
        assert [entry.id for entry in library.entries()] == [id]
        library.append(id, [note("there is room for this")], 1)


def test_migrations_run_once_in_order_and_as_a_whole(monkeypatch, library, path):
    id = library.add(NOTES)
    library.close()
    first = store_file._migrations()
    more = "ALTER TABLE article ADD COLUMN desk TEXT;\nUPDATE article SET desk = 'a;b';\n"
    monkeypatch.setattr(store_file, "_migrations", lambda: (*first, f"{more}INSERT INTO nowhere VALUES (1);"))
    with pytest.raises(LibraryError, match="nowhere"):
        Library(path)
    monkeypatch.setattr(store_file, "_migrations", lambda: (*first, more))
    for _ in range(2):
        with Library(path) as later:
            assert later.load(id).machine == NOTES
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT desk FROM article").fetchall() == [("a;b",)]
        assert db.execute("PRAGMA user_version").fetchall() == [(len(first) + 1,)]


def test_a_library_of_the_first_version_is_brought_up_to_date(monkeypatch, path):
    known = store_file._migrations()
    monkeypatch.setattr(store_file, "_migrations", lambda: known[:1])
    old = store_file.opened(path)
    old.execute(
        "INSERT INTO article (title, slug, source, language, sha256, words, created, changed, revision, "
        "version) VALUES ('Old', '', '', 'en', ?, 1, '2025-03-12T09:00:00.000Z', '', 3, 2)",
        (NOTES.article.sha256,),
    )
    for number in (1, 2):
        old.execute(
            "INSERT INTO version VALUES (1, ?, '2025-03-12T09:00:00.000Z', ?, 1, 0, ?)",
            (number, NOTES.article.sha256, packed(NOTES)),
        )
    old.close()
    monkeypatch.setattr(store_file, "_migrations", lambda: known)
    with Library(path) as library:
        assert [each.origin for each in library.versions(1)] == ["opened", "update"]
        assert (library.load(1).machine, library.load(1).lost) == (NOTES, ())
        assert library.setting("editor") == ""
        assert library.add(NOTES) == 1


# Several at once.

# However fast one is, it goes on until the other one has come in between; and lets it, for who waits for a
# library waits ever longer between two tries.
APPENDING = """
import sys, time
from toolkit.decision import Edit
from toolkit.errors import Stale
from toolkit.model import Span
from toolkit.store import Library
path, name, least = sys.argv[1], sys.argv[2], int(sys.argv[3])
told = done = 0
with Library(path) as library:
    revision = library.revision(1)
    print("ready", flush=True)
    sys.stdin.readline()
    while done < least or not told:
        try:
            revision = library.append(1, [Edit("note", "text", (Span(0, 1),), value=f"{name}{done}")], revision)
            done += 1
        except Stale as stale:
            told += 1
            revision = stale.theirs
        if done >= least:
            time.sleep(0.05)
print(done)
"""


def test_two_programs_never_overwrite_each_other(library, path, root):
    library.add(NOTES)
    children = [
        subprocess.Popen(
            [sys.executable, "-c", APPENDING, str(path), name, "20"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=root,
        )
        for name in "ab"
    ]
    try:
        assert [child.stdout.readline() for child in children] == ["ready\n"] * 2
        for child in children:
            child.stdin.write("go\n")
            child.stdin.flush()
        done = [int(child.communicate(timeout=60)[0]) for child in children]
    finally:
        for child in children:
            child.kill()  # one that is alone goes on for ever
    assert [child.returncode for child in children] == [0, 0]
    kept = values(library.load(1).edits)
    assert library.revision(1) == 1 + sum(done)
    for name, count in zip("ab", done, strict=True):
        assert [value for value in kept if value[0] == name] == [f"{name}{n}" for n in range(count)]


def test_threads_share_a_library(library):
    id = library.add(NOTES)
    failed = []

    def work(name):
        try:
            for number in range(8):
                while True:
                    try:
                        library.append(id, [note(f"{name}{number}")], library.revision(id))
                        break
                    except Stale:
                        pass
                library.search_quotes(speaker="Hyder")
                library.load(id)
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    kept = values(library.load(id).edits)
    assert sorted(kept) == sorted(f"{name}{n}" for name in "abcd" for n in range(8))
    assert all([v for v in kept if v[0] == name] == [f"{name}{n}" for n in range(8)] for name in "abcd")


def test_a_new_library_opened_by_many_at_once_is_made_once(path, root):
    code = "import sys; from toolkit.store import Library; Library(sys.argv[1]).entries()"
    children = [subprocess.Popen([sys.executable, "-c", code, str(path)], cwd=root) for _ in range(3)]
    assert [child.wait(timeout=60) for child in children] == [0] * 3


def test_an_append_to_a_long_article_takes_no_time(library):
    text = "She said no. " * 3400  # 10,000 words
    sentences = tuple(Span(at, at + 12) for at in range(0, len(text) - 12, 13))
    id = library.add(replace(story(text), sentences=sentences))
    took = []
    for number in range(1, 40):
        start = time.perf_counter()
        library.append(id, [note(str(number))], number)
        took.append(time.perf_counter() - start)
    assert sorted(took)[len(took) // 2] < 0.02


# Kills.


@pytest.fixture
def kills(monkeypatch, root):
    """The benchmark; it isn't installed."""
    monkeypatch.syspath_prepend(str(root))
    monkeypatch.chdir(root)
    from benchmarks import kills

    return kills


def test_a_kill_loses_nothing_that_was_acknowledged(kills):
    found = list(kills.kill_often(3, seed=1, per_file=2))
    assert len(found) == 3
    for kill in found:
        assert kill.lost == 0
        assert kill.found >= kill.acknowledged
        assert kill.cut >= 0
    assert max(kill.acknowledged for kill in found) > 1, "they were killed before they did anything"


def test_the_kill_test_sees_what_is_lost(kills, path, tmp_path):
    """The measure itself: a wrong edit, a wrong order and a damaged file are not passed over."""
    with Library(path) as library:
        id = library.add(kills.machine("0", 1))
        library.append(id, [note("1")], 1)
    assert kills.found_in(path) == 2
    other = tmp_path / "other.sqlite"
    shutil.copyfile(path, other)
    with Library(other) as library:
        library.append(id, [note("nothing that is done at 2")], 2)
    assert kills.found_in(other) == -1
    content = bytearray(path.read_bytes())
    content[5 * 4096 : 9 * 4096] = bytes(4 * 4096)
    path.write_bytes(content)
    assert kills.found_in(path) == -1
    assert kills.Kill(1, acknowledged=7, found=5, cut=0).lost == 2
