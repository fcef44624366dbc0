"""What this tab has in its hands: the article with an editor's decisions, as one record, and how it is kept.

``put`` and ``current`` are the only way to the page's memory of it, ``kept`` the only one by which a change
reaches the library; what waits instead is remembered for a reload of the page. Nothing here draws.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

import streamlit as st

from toolkit import edits as editing
from toolkit.annotate import summarize
from toolkit.decision import Edit
from toolkit.edits import Unfit
from toolkit.edits.draft import AlreadySo
from toolkit.errors import LibraryError, Stale, ToolkitError
from toolkit.model import Annotations, Budget
from toolkit.store import Kept, Library, Lost
from toolkit.store.records import in_steps
from toolkit.ui.tab import library, unkept
from toolkit.ui.waiting import Waiting, remember, remembered, word
from toolkit.wording import count

_WORK, _BUDGET, _PARKED, _REFUSED = "nd-work", "nd-budget", "nd-parked", "nd-problem"
_WAITS = "Not saved yet and kept in this window: {} of the article before; open that one again to choose."
CHOOSE = "Choose first which of the two windows holds; nothing was changed."
_SUMMARISING = ("pin", "drop", "free")
_REMEMBERED, _STILL = "nd-remembered", "nd-still-remembered"
WAITS = "waits"  # in the page's address, while something waits; the browser looks for it too

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Work:
    """An article under an editor's hands.

    ``id`` is its place in the library, 0 where it is not kept, and ``unkept`` is then why. ``machine`` is
    what was found in it, ``edits`` the decisions that can be undone, ``undone`` those that can be redone, the
    next first, ``withdrawn`` those that can't be any more; they are of the text's ``version``. ``notes`` is
    what comes of it all, with the summary at the length that the editor chose. ``lost`` are the decisions
    that an update could not carry over, ``stray`` those of ``edits`` that fit nothing, ``dismissed`` those
    that need not be told. ``focus`` is the id of the mark that is selected, ``jump`` grows when the page is
    to scroll there. ``problem`` is why the last act failed; ``told`` what it did, where that is not plain to
    see. ``saved`` is when the last change was kept, "10:42".

    ``is_stale`` says that another window changed the article first. From then on nothing is kept:
    ``waiting`` are the edits, and ``written`` the fields beside the text, that were made here since.
    """

    id: int
    revision: int
    notes: Annotations
    machine: Annotations
    edits: tuple[Edit, ...] = ()
    undone: tuple[Edit, ...] = ()
    version: int = 1
    lost: tuple[Lost, ...] = ()
    stray: tuple[Lost, ...] = ()
    dismissed: tuple[Edit, ...] = ()
    withdrawn: tuple[Edit, ...] = ()
    focus: str = ""
    jump: int = 0
    problem: str = ""
    told: str = ""
    saved: str = ""
    unkept: str = ""
    is_stale: bool = False
    waiting: tuple[Edit, ...] = ()
    written: tuple[tuple[str, str], ...] = ()

    @property
    def can_undo(self) -> bool:
        return bool(self.edits)

    @property
    def can_redo(self) -> bool:
        return bool(self.undone)

    @property
    def changes(self) -> int:
        """How many changes wait: steps, and fields beside the text."""
        return len({edit.step for edit in self.waiting}) + len(self.written)

    @property
    def is_unsaved(self) -> bool:
        """Whether changes of the editor are in this window alone, or wait."""
        return bool(self.changes or (self.edits and not self.id))

    @property
    def unfit(self) -> tuple[Lost, ...]:
        """The decisions that fit nothing any more and of which the editor is told."""
        return (*self.lost, *(each for each in self.stray if each.edit not in self.dismissed))


def current() -> Work | None:
    """The article that this tab works on."""
    found: Work | None = st.session_state.get(_WORK)
    return found


def put(work: Work) -> None:
    """Work on this; the page's address names it."""
    st.session_state[_WORK] = work
    if not work.id:
        st.query_params.pop("article", None)
    elif st.query_params.get("article") != str(work.id):
        st.query_params["article"] = str(work.id)
    _remember()


def take_up(work: Work) -> None:
    """Work on an article that was opened. What waits of the one before stays in this tab until that one is
    opened again; so is taken up here what waits of this one."""
    before, parked = current(), waiting()
    told = ""
    if before and before.changes:
        parked[before.id] = before
        if before.id != work.id:
            told = _WAITS.format(count(before.changes, "change", "changes"))
    work = parked.pop(work.id, work)
    st.session_state[_PARKED] = parked
    put(replace(work, told=told))


def waiting() -> dict[int, Work]:
    """The articles, by their ids, of which changes wait in this tab while another one is open."""
    parked: dict[int, Work] = st.session_state.get(_PARKED, {})
    return dict(parked)


def give_up(id: int) -> None:
    """The article was deleted: nothing of it waits any more."""
    st.session_state[_PARKED] = {key: work for key, work in waiting().items() if key != id}
    _remember()


def refuse(problem: str) -> None:
    """Tell above the page why something can't be opened; "" for nothing."""
    st.session_state[_REFUSED] = problem


def refused() -> str:
    """Why the last thing that was opened can't be shown, "" if it is."""
    return str(st.session_state.get(_REFUSED, ""))


def drop() -> None:
    """Work on nothing."""
    st.session_state.pop(_WORK, None)
    st.query_params.pop("article", None)
    _remember()


# What waits, and a reload of the page.


def _remember() -> None:
    """Have the library remember what waits in this tab, and the page's address under which word."""
    if st.session_state.get(_STILL):
        return
    now = current()
    works = waiting() | ({now.id: now} if now else {})
    waits = tuple(
        Waiting(each.id, each.version, each.waiting, each.written)
        for each in works.values()
        if each.id and each.changes
    )
    under, before = st.session_state.get(_REMEMBERED, ("", ()))
    try:
        if waits != before and (shelf := library()):
            # A page that was duplicated has the same word; what it wrote since is its own.
            if not under or remembered(shelf, under) != before:
                under = word()
            remember(shelf, under, waits)
            st.session_state[_REMEMBERED] = under, waits
    except LibraryError as error:
        _log.warning("%s", error)  # it waits in this window alone, as the page says
    if not waits:
        st.query_params.pop(WAITS, None)
    elif under and st.query_params.get(WAITS) != under:
        st.query_params[WAITS] = under


@contextlib.contextmanager
def still_remembered() -> Iterator[None]:
    """Meanwhile the library forgets nothing of what waits: a server that is killed before all of it is made
    loses none."""
    st.session_state[_STILL] = True
    try:
        yield
    finally:
        st.session_state.pop(_STILL, None)
    _remember()


def recall() -> None:
    """Take up, as a page is loaded, what waited in it before: as if another article had been open."""
    shelf = library()
    under = st.query_params.get(WAITS, "")
    if shelf is None or not under:
        return
    parked, waits = waiting(), remembered(shelf, under)
    for each in waits:
        try:
            parked[each.id] = _recalled(shelf, each)
        except ToolkitError as error:
            _log.warning("what waited of article %s can't be taken up: %s", each.id, error)
    if parked:
        st.session_state[_PARKED], st.session_state[_REMEMBERED] = parked, (under, waits)
    else:
        st.query_params.pop(WAITS, None)


def _recalled(shelf: Library, waits: Waiting) -> Work:
    """The article as the library has it, and on top what waits of it. Raises ``ToolkitError``."""
    work = begun(shelf.load(waits.id, version=waits.version))
    notes, article = work.notes, replace(work.notes.article, **dict(waits.written))
    fitting: list[Edit] = []
    others: list[Edit] = []
    for edit in waits.edits:
        try:
            notes = editing.apply(notes, edit)
            fitting.append(edit)
        except AlreadySo:
            continue
        except ToolkitError:
            others.append(edit)  # told when it is taken over
    made = in_steps((*others, *fitting), after=editing.last_step((*work.machine.edits, *work.edits)))
    notes, machine = editing.apply(work.notes, *made[len(others) :]), work.machine
    return replace(
        work,
        notes=replace(summarised(notes, work.machine), article=article),
        machine=replace(machine, article=article),
        edits=(*work.edits, *made[len(others) :]),
        undone=(),
        is_stale=True,
        waiting=tuple(made),
        written=waits.written,
    )


def begun(kept: Kept, unkept: str = "") -> Work:
    """Work on an article as the library has it. Raises ``InvalidNotes``."""
    notes, unfit = kept.notes()
    return Work(
        kept.id,
        kept.revision,
        summarised(notes, kept.machine),
        kept.machine,
        kept.edits,
        kept.undone,
        kept.version,
        lost=kept.lost,
        stray=strays(notes, unfit),
        dismissed=kept.dismissed,
        withdrawn=kept.withdrawn,
        unkept=unkept,
    )


def strays(notes: Annotations, unfit: tuple[Unfit, ...]) -> tuple[Lost, ...]:
    """Edits that fit nothing, with the text that they are of."""
    return tuple(Lost(each.edit, each.reason, notes.article.text) for each in unfit)


def kept(work: Work, keep: Callable[[Library], int], *, waits: bool = False) -> Work | None:
    """The work after a change was kept. Where it can't be, None, and the editor is told why; where another
    window was first and the change ``waits``, the work as a stale one, to which the caller adds it."""
    if not work.id:
        return replace(work, revision=work.revision + 1)
    if work.is_stale and not waits:
        put(replace(work, problem=CHOOSE, told=""))
        return None
    try:
        if work.is_stale:
            raise Stale(work.revision, work.revision)
        shelf = library()
        if shelf is None:
            raise LibraryError(unkept())
        return replace(work, revision=keep(shelf), saved=clock())
    except Stale:
        stale = replace(work, is_stale=True, problem="", told="")
        if waits:
            return replace(stale, revision=work.revision + 1)
        put(stale)
    except ToolkitError as error:
        put(replace(work, problem=str(error), told=""))
    return None


def clock() -> str:
    """The time of day, "10:42"."""
    return datetime.now().strftime("%H:%M")


# The summary.


def budget() -> Budget:
    """How long the summary may be: the editor's choice, for all articles of this tab."""
    chosen: Budget = st.session_state.get(_BUDGET, Budget())
    return chosen


def set_budget(to: Budget) -> None:
    """Set how long the summary may be."""
    st.session_state[_BUDGET] = to


def chooses_sentences(edit: Edit) -> bool:
    """Whether an edit has the sentences of the summary chosen anew."""
    return edit.act in _SUMMARISING


def summarised(notes: Annotations, machine: Annotations) -> Annotations:
    """The notes with a summary of the length that the editor chose. Its sentences are weighed by what the
    ``machine`` found: a name that is put right doesn't exchange them."""
    if notes.summary is None:
        return notes
    chosen = budget()
    # Also where the last one was set free: the sentences are then chosen as if there had been none.
    has_choice = any(map(chooses_sentences, notes.edits))
    if notes.summary.budget == chosen and not has_choice:
        return notes
    found = replace(machine, summary=notes.summary)
    return replace(notes, summary=summarize(found, **{chosen.unit: chosen.amount}).summary)  # type: ignore[arg-type]
