"""What this tab has in its hands: the article with an editor's decisions, as one record.

``put`` and ``current`` are the only way to the page's memory of it. What the library does not have yet
(``toolkit.ui.saving``) is remembered for a reload of the page. Nothing here draws.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

import streamlit as st

from toolkit.annotate import summarize
from toolkit.decision import Edit
from toolkit.edits import Unfit
from toolkit.errors import LibraryError
from toolkit.model import Annotations, Budget
from toolkit.store import Kept, Lost
from toolkit.ui.tab import library, opened
from toolkit.ui.waiting import Waiting, keep, remembered, word

_WORK, _BUDGET, _PARKED, _REFUSED = "nd-work", "nd-budget", "nd-parked", "nd-problem"
_SUMMARISING = ("pin", "drop", "free")
_UNREAD, _IDS = "nd-unread", "nd-ids"
_REMEMBERED, _FORGETS, _UNTAKEN = "nd-remembered", "nd-forgets", "nd-untaken"
WAITS = "waits"  # in the page's address, while something waits; the browser looks for it too

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Work:
    """An article under an editor's hands.

    ``id`` is its place in the library, 0 where it is in none. ``machine`` is what was found in it, ``edits``
    the decisions that can be undone, ``undone`` those that can be redone, the next first, ``withdrawn`` those
    that can't be any more; they are of the text's ``version``. ``notes`` is what comes of it all, with the
    summary at the length that the editor chose. ``lost`` are the decisions that an update could not carry
    over, ``stray`` those of ``edits`` that fit nothing, ``dismissed`` those that need not be told. ``focus``
    is the id of the mark that is selected, ``jump`` grows when the page is to scroll there. ``problem`` is
    why the last act failed; ``told`` what it did, where that is not plain to see.

    ``revision`` grows with each change of what is shown; ``base`` is the library's, of what it has. What it
    does not have waits: ``waiting`` are the decisions, the last of ``edits``; ``written`` the fields beside
    the text with their words; ``listing`` the last of ``lost``, each with the version of the text that it is
    of. ``apart`` are the steps of ``undone`` that the library never had. Why it waits: another window changed
    the article first (``is_stale``), or it was deleted (``is_gone``), or the library could not be written,
    and ``unkept`` tells why. ``is_anew`` says that it is to be an article of its own though its text is kept
    elsewhere. ``saved_at`` is when the last change was kept, "10:42". ``place`` tells what was opened apart
    from all else in this tab, and stays when it comes into the library; fields of the page go by it.
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
    base: int = 0
    waiting: tuple[Edit, ...] = ()
    written: tuple[tuple[str, str], ...] = ()
    listing: tuple[tuple[Lost, int], ...] = ()
    apart: frozenset[int] = frozenset()
    is_stale: bool = False
    is_gone: bool = False
    is_anew: bool = False
    unkept: str = ""
    saved_at: str = ""
    place: str = ""

    @property
    def can_undo(self) -> bool:
        return bool(self.edits)

    @property
    def can_redo(self) -> bool:
        return bool(self.undone)

    @property
    def unsaved(self) -> tuple[Edit, ...]:
        """The decisions that the library does not have."""
        return self.waiting if self.id else self.edits

    @property
    def changes(self) -> int:
        """How many changes wait: steps, decisions to be listed, and fields beside the text."""
        return len({edit.step for edit in self.unsaved}) + len(self.listing) + len(self.written)

    @property
    def unfit(self) -> tuple[Lost, ...]:
        """The decisions that fit nothing any more and of which the editor is told."""
        return (*self.lost, *(each for each in self.stray if each.edit not in self.dismissed))

    @property
    def key(self) -> int | str:
        """What tells it from other articles: its id, or where it has none, its text."""
        return self.id or self.machine.article.sha256

    def is_of(self, key: int | str) -> bool:
        """Whether this is the article with that key, or had it before it came into the library."""
        return key in (self.key, self.machine.article.sha256)


def current() -> Work | None:
    """The article that this tab works on."""
    found: Work | None = st.session_state.get(_WORK)
    return found


def put(work: Work) -> None:
    """Work on this; the page's address names it."""
    st.session_state[_WORK] = work
    _name(work)
    remember()
    address()


def _name(work: Work) -> None:
    """Have an article be found by its text, as it was named before it came into the library."""
    if work.id:
        st.session_state.setdefault(_IDS, {})[work.machine.article.sha256] = work.id


def id_of(key: int | str) -> int:
    """The id of the article that has a key, or had it in this tab; 0 for none."""
    found = key if isinstance(key, int) else st.session_state.get(_IDS, {}).get(key, 0)
    return int(found)


def waiting() -> dict[int | str, Work]:
    """The articles, by their keys, of which changes wait in this tab while another one is open."""
    parked: dict[int | str, Work] = st.session_state.get(_PARKED, {})
    return dict(parked)


def park(works: Iterable[Work]) -> None:
    """Have these articles wait in this tab, as far as something of them does."""
    parked = {}
    for work in works:
        _name(work)
        if work.changes:
            parked[work.key] = work
    st.session_state[_PARKED] = parked
    remember()


def give_up(id: int) -> None:
    """The article was deleted: nothing of it waits any more."""
    park(work for work in waiting().values() if work.id != id)


def refuse(problem: str) -> None:
    """Tell above the page why something can't be opened; "" for nothing."""
    st.session_state[_REFUSED] = problem


def refused() -> str:
    """Why the last thing that was opened can't be shown, "" if it is."""
    return str(st.session_state.get(_REFUSED, ""))


def drop() -> None:
    """Work on nothing."""
    st.session_state.pop(_WORK, None)
    remember()
    address()


# What waits, and a reload of the page.


def remember() -> None:
    """Have the library remember what waits in this tab; not while it takes nothing, for each try takes its
    time, and what it remembered before is no less true."""
    works = list(waiting().values())
    if now := current():
        works = [now, *(each for each in works if each.key != now.key)]
    if any(each.unkept for each in works) or unread():
        return
    untaken: tuple[Waiting, ...] = st.session_state.get(_UNTAKEN, ())
    waits = tuple(
        Waiting(
            each.id, each.version, (*(lost.edit for lost, _ in each.listing), *each.waiting), each.written
        )
        for each in works
        if each.id and each.changes and not each.is_gone
    )
    waits += tuple(each for each in untaken if each.id not in {taken.id for taken in waits})
    under, before = st.session_state.get(_REMEMBERED, ("", ()))
    try:
        if waits != before and (shelf := library()):
            # A page that was duplicated has the same word; what it wrote since is its own.
            if not under or set(remembered(shelf, under)) != set(before):
                under = word()
            keep(shelf, under, waits)
            st.session_state[_REMEMBERED] = under, waits
        st.session_state[_FORGETS] = False
    except LibraryError as error:
        _log.warning("%s", error)  # it waits in this window alone until the next try
        st.session_state[_FORGETS] = True


def forgets() -> bool:
    """Whether what waits could not be remembered, so that a reload would lose some of it."""
    return bool(st.session_state.get(_FORGETS))


def recalled() -> tuple[Waiting, ...] | None:
    """What waited in this page before it was loaded; None where its address tells of nothing. Raises
    ``LibraryError`` where that can't be read now; until it can, the address keeps it and nothing else is
    remembered."""
    under = unread() or st.query_params.get(WAITS, "")
    if not under:
        return None
    st.session_state[_UNREAD] = under
    waits = remembered(opened(), under)
    st.session_state.pop(_UNREAD)
    if waits:
        st.session_state[_REMEMBERED] = under, waits
    return waits


def unread() -> str:
    """The word of this page under which something waits that could not be read, "" for none."""
    return str(st.session_state.get(_UNREAD, ""))


def leave(untaken: Iterable[Waiting]) -> None:
    """What waits and could not be taken up stays remembered."""
    st.session_state[_UNTAKEN] = tuple(untaken)


def address() -> None:
    """Have the page's address name the article, and the word under which is remembered what waits. Who goes
    back in the browser comes to an older address: this is told with each run."""
    now = current()
    under, waits = (unread(), True) if unread() else st.session_state.get(_REMEMBERED, ("", ()))
    for name, value in (("article", str(now.id) if now and now.id else ""), (WAITS, under if waits else "")):
        if not value:
            st.query_params.pop(name, None)
        elif st.query_params.get(name) != value:
            st.query_params[name] = value


def begun(kept: Kept) -> Work:
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
        base=kept.revision,
        place=secrets.token_hex(4),
    )


def strays(notes: Annotations, unfit: tuple[Unfit, ...]) -> tuple[Lost, ...]:
    """Edits that fit nothing, with the text that they are of."""
    return tuple(Lost(each.edit, each.reason, notes.article.text) for each in unfit)


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
