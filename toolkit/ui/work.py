"""The article that this tab works on, and the only door to the library and to the page's memory of it.

Functions here are called from callbacks, before the page is drawn: ``do`` makes edits one step,
``go`` leads to a mark, ``undo`` and ``redo`` take steps back and forth. None of them raises what an
editor can be told in a sentence: that stands in ``problem``. An edit is done when it is kept, so
what is on the page is what a reload brings; where no library can be opened, the desk works
without one and says so (``unkept``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

import streamlit as st

from toolkit import edits as editing
from toolkit.annotate import summarize
from toolkit.decision import Edit
from toolkit.edits import Unfit
from toolkit.errors import LibraryError, Stale, ToolkitError
from toolkit.model import Annotations, Article, Budget
from toolkit.store import Kept, Library
from toolkit.ui.acting import described
from toolkit.ui.places import mark_at
from toolkit.ui.tab import editor, library, set_unkept, unkept

_WORK, _BUDGET, _ADDRESS = "nd-work", "nd-budget", "nd-address"
_SUMMARISING = ("pin", "drop", "free")


@dataclass(frozen=True, slots=True)
class Work:
    """An article under an editor's hands.

    ``id`` is its place in the library, 0 where it is not kept. ``machine`` is what was found in it,
    ``edits`` the decisions that can be undone, ``undone`` those that can be redone, the next first,
    ``unfit`` those that fit nothing any more, and ``notes`` what comes of it all, with the summary
    at the length that the editor chose. ``focus`` is the id of the mark that is selected, ``jump``
    grows when the page is to scroll there. ``problem`` is why the last act failed; ``told`` what it
    did, where that is not plain to see. ``saved`` is when the last change was kept, "10:42".

    ``is_stale`` says that another window changed the article first, ``waiting`` are the edits that
    were refused for it.
    """

    id: int
    revision: int
    notes: Annotations
    machine: Annotations
    edits: tuple[Edit, ...] = ()
    undone: tuple[Edit, ...] = ()
    unfit: tuple[Unfit, ...] = ()
    focus: str = ""
    jump: int = 0
    problem: str = ""
    told: str = ""
    saved: str = ""
    is_stale: bool = False
    waiting: tuple[Edit, ...] = ()

    @property
    def can_undo(self) -> bool:
        return bool(self.edits)

    @property
    def can_redo(self) -> bool:
        return bool(self.undone)


# What is open.


def current() -> Work | None:
    """The article that this tab works on."""
    found: Work | None = st.session_state.get(_WORK)
    return found


def open_notes(notes: Annotations) -> None:
    """Work on what was found in an article, and keep it. Where the library has the text in this
    language already, its decisions come along."""
    shelf = library()
    if shelf is None:
        _put(_begun(Kept(0, 1, 1, notes)))
        return
    try:
        kept = shelf.load(shelf.add(notes))
        if not notes.edits and kept.machine.engine != notes.engine:
            shelf.rerun(kept.id, notes, kept.revision)
            kept = shelf.load(kept.id)
    except LibraryError as error:
        set_unkept(str(error))
        kept = Kept(0, 1, 1, notes)
    _put(_begun(kept))


def open_kept(id: int) -> str:
    """Work on an article of the library. A sentence on why that can't be, "" where it can."""
    shelf = library()
    if shelf is None:
        return unkept()
    try:
        work = _begun(shelf.load(id))
    except ToolkitError as error:
        return str(error)
    _put(work)
    return ""


def open_addressed() -> str:
    """Work on the article that the page's address names, if that is another and the address is new: a
    browser that is behind still sends the old one. As ``open_kept``."""
    wanted, work = st.query_params.get("article", ""), current()
    is_new = st.session_state.get(_ADDRESS) != wanted
    st.session_state[_ADDRESS] = wanted
    if not wanted.isascii() or not wanted.isdigit() or len(wanted) > 15:
        return ""
    if work and work.id == int(wanted):
        return ""
    if work and not is_new:
        _put(work)
        return ""
    problem = open_kept(int(wanted))
    if problem:
        st.query_params.pop("article", None)
    return problem


def close() -> None:
    """Work on nothing: the article was deleted, or another is being read."""
    st.session_state.pop(_WORK, None)
    st.query_params.pop("article", None)


def replaced(notes: Annotations, id: int) -> None:
    """The article ``id`` read again by the machine, or in another language, or an update of its text:
    the decisions are brought to it, and those that fit no more are listed in ``unfit``. It is opened
    again if another one was opened meanwhile."""
    work = current()
    if work and work.id != id and not open_kept(id):
        work = current()
    if work is None or work.id != id:
        open_notes(notes)
        return
    notes = replace(notes, article=described(notes.article, work.notes.article))
    is_update = notes.article.sha256 != work.notes.article.sha256
    carried, lost = editing.carried(
        (*work.machine.edits, *work.edits), work.notes.article.text, notes.article.text
    )

    def keep(shelf: Library) -> int:
        if is_update:
            return shelf.update(work.id, notes, carried, work.revision)
        return shelf.rerun(work.id, notes, work.revision)

    revision = _kept(work, keep, waiting=())
    if revision is None:
        return
    redo = () if is_update else work.undone
    shelf = library() if work.id else None
    begun = _begun(shelf.load(work.id) if shelf else Kept(0, revision, 1, notes, carried, redo))
    _put(replace(begun, unfit=(*lost, *begun.unfit), jump=work.jump, saved=_clock() if work.id else ""))


# What an editor does.


def do(*edits: Edit) -> bool:
    """Make edits, all in one step; whether they were done. Those that name no editor are by ``editor()``."""
    work = current()
    if work is None or not edits:
        return False
    step = editing.last_step((*work.machine.edits, *work.edits)) + 1
    made = tuple(replace(e, by=e.by or editor(), step=step) for e in edits)
    try:
        notes = editing.apply(work.notes, *made)
    except ToolkitError as error:
        _put(replace(work, problem=str(error), told=""))
        return False
    done = notes.edits[len(work.notes.edits) :]
    revision = _kept(work, lambda shelf: shelf.append(work.id, done, work.revision), waiting=made)
    if revision is None:
        return False
    if any(edit.act in _SUMMARISING for edit in done):
        notes = _summarised(notes)
    after = replace(work, notes=notes, revision=revision, edits=(*work.edits, *done), undone=())
    _put(_after(after, done))
    return True


def undo() -> None:
    """Take the last step back."""
    work = current()
    if work and work.can_undo:
        stay, gone = editing.undone(work.edits)
        _turn(work, "undo", stay, (*gone, *work.undone), gone)


def redo() -> None:
    """Do again the step that was undone last."""
    work = current()
    if work and work.can_redo:
        step = work.undone[0].step
        again = tuple(e for e in work.undone if e.step == step)
        rest = tuple(e for e in work.undone if e.step != step)
        _turn(work, "redo", (*work.edits, *again), rest, again)


def go(mark: str) -> None:
    """Select a mark of the text and scroll to it. See ``toolkit.ui.places`` for the ids of marks."""
    work = current()
    if work and mark:
        _put(replace(work, focus=mark, jump=work.jump + 1, problem="", told=""))


def chose(mark: str) -> None:
    """The editor has selected a mark in the text, "" for none: nothing scrolls."""
    work = current()
    if work and work.focus != mark:
        _put(replace(work, focus=mark))


def say(problem: str = "", *, told: str = "") -> None:
    """Tell the editor a sentence beside the text."""
    if work := current():
        _put(replace(work, problem=problem, told=told))


def latest() -> None:
    """Show what another window made of the article; what waits is dropped."""
    if work := current():
        say(open_kept(work.id))


def take_over() -> None:
    """Make the edits that wait on what another window made of the article."""
    work = current()
    if work is None:
        return
    if problem := open_kept(work.id):
        say(problem)
        return
    do(*work.waiting)


def budget() -> Budget:
    """How long the summary may be: the editor's choice, for all articles of this tab."""
    chosen: Budget = st.session_state.get(_BUDGET, Budget())
    return chosen


def shorten(to: Budget) -> None:
    """Make the summary so long."""
    st.session_state[_BUDGET] = to
    if work := current():
        _put(replace(work, notes=_summarised(work.notes)))


def describe(article: Article) -> None:
    """Change what is told of the article beside its text: headline, slug, embargo and the like. This is
    no step that could be undone."""
    work = current()
    if work is None or article == work.notes.article:
        return
    revision = _kept(work, lambda shelf: shelf.describe(work.id, article, work.revision), waiting=())
    if revision is not None:
        notes, machine = (replace(each, article=article) for each in (work.notes, work.machine))
        saved = _clock() if work.id else ""
        _put(replace(work, notes=notes, machine=machine, revision=revision, problem="", told="", saved=saved))


def _put(work: Work) -> None:
    st.session_state[_WORK] = work
    if not work.id:
        st.query_params.pop("article", None)
    elif st.query_params.get("article") != str(work.id):
        st.query_params["article"] = str(work.id)


def _begun(kept: Kept) -> Work:
    notes, unfit = kept.notes()
    notes = _summarised(notes)
    return Work(kept.id, kept.revision, notes, kept.machine, kept.edits, kept.undone, unfit)


def _turn(work: Work, way: Literal["undo", "redo"], edits: tuple[Edit, ...], undone: tuple[Edit, ...],
          turned: tuple[Edit, ...]) -> None:  # fmt: skip
    revision = _kept(work, lambda shelf: getattr(shelf, way)(work.id, work.revision), waiting=())
    if revision is None:
        return
    notes, unfit = editing.replay(work.machine, edits)
    after = replace(
        work, notes=_summarised(notes), unfit=unfit, revision=revision, edits=edits, undone=undone
    )
    _put(_after(after, turned, scrolls=True))


def _after(work: Work, done: tuple[Edit, ...], *, scrolls: bool = False) -> Work:
    """With the mark selected on which the editor has worked, wherever that is now."""
    last = done[-1]
    at = last.to if last.act == "extent" else last.at
    focus = mark_at(work.notes, at, last.of) if last.of != "text" else ""
    return replace(
        work,
        focus=focus or work.focus,
        jump=work.jump + scrolls,
        problem="",
        told="",
        saved=_clock() if work.id else "",
        is_stale=False,
        waiting=(),
    )


def _kept(work: Work, keep: Callable[[Library], int], *, waiting: tuple[Edit, ...]) -> int | None:
    """The revision after a change was kept; None where it was not, and the editor is told why."""
    if not work.id:
        return work.revision + 1
    if work.is_stale:
        _put(replace(work, problem="Choose first which of the two windows holds; nothing was changed."))
        return None
    shelf = library()
    try:
        if shelf is None:
            raise LibraryError(unkept())
        return keep(shelf)
    except Stale:
        _put(replace(work, is_stale=True, waiting=waiting, problem="", told=""))
    except ToolkitError as error:
        _put(replace(work, problem=str(error), told=""))
    return None


def _summarised(notes: Annotations) -> Annotations:
    """The notes with a summary of the length that the editor chose."""
    if notes.summary is None:
        return notes
    chosen = budget()
    # Also where the last one was set free: the sentences are then chosen as if there had been none.
    has_choice = any(edit.act in ("pin", "drop", "free") for edit in notes.edits)
    if notes.summary.budget == chosen and not has_choice:
        return notes
    return summarize(notes, **{chosen.unit: chosen.amount})  # type: ignore[arg-type]


def _clock() -> str:
    return datetime.now().strftime("%H:%M")
