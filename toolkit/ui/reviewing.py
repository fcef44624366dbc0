"""The review: which doubtful thing is being looked at, and what comes after it.

The bar and the keys of the text share it. While an editor goes through the queue, deciding leads on to the
next; who has clicked somewhere in the text stays there.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from toolkit import edits, review
from toolkit.decision import Edit
from toolkit.errors import UnfitEdit
from toolkit.model import Annotations
from toolkit.review import Item
from toolkit.ui import work
from toolkit.ui.acting import mention, named
from toolkit.ui.memory import once
from toolkit.ui.places import Places
from toolkit.ui.work import Work
from toolkit.wording import count

_SHOWN, _AT, _GOING = "nd-shown", "nd-shown-at", "nd-reviewing"


def items(notes: Annotations) -> tuple[Item, ...]:
    """What is left to look at; reckoned once for the same notes."""
    return once("queue", notes, review.queue)


def mark_of(notes: Annotations, item: Item) -> str:
    """The id of the mark that an item leads to, "" where its words have none."""
    return once("places", notes, Places).mark_at(item.at, item.of)


def doubtful(notes: Annotations) -> frozenset[str]:
    """The ids of the marks to be looked at."""
    return frozenset(_by_mark(notes))


def _by_mark(notes: Annotations) -> dict[str, Item]:
    """The item that each doubtful mark stands for, of several the first."""
    return once("items by mark", notes, _reckoned)


def _reckoned(notes: Annotations) -> dict[str, Item]:
    return {mark_of(notes, item): item for item in reversed(items(notes)) if item.of != "text"}


def shown(now: Work) -> Item | None:
    """The item that the bar shows: the one chosen; once that is settled what came after it, and at first the
    first. None where nothing is left."""
    left = items(now.notes)
    chosen = st.session_state.get(_SHOWN, "")
    after = left[st.session_state.get(_AT, 0) % len(left)] if left else None
    return next((item for item in left if item.key == chosen), after)


def _looked_at(now: Work) -> Item | None:
    """The item that the editor has come to in the queue, until it is settled."""
    item = shown(now) if is_going() else None
    return item if item and item.key == st.session_state.get(_SHOWN) else None


def _choose(now: Work, item: Item) -> None:
    st.session_state[_SHOWN], st.session_state[_AT] = item.key, items(now.notes).index(item)


def is_going() -> bool:
    """Whether the editor is going through the queue."""
    return bool(st.session_state.get(_GOING))


def begin() -> None:
    """Another article: nothing is looked at yet."""
    for key in (_SHOWN, _AT):
        st.session_state.pop(key, None)
    st.session_state[_GOING] = False


def show(item: Item) -> None:
    """Go to an item."""
    now = work.current()
    if now is None:
        return
    _choose(now, item)
    st.session_state[_GOING] = True
    # The words of a finding may have no mark: then the one that they are about, or beside them.
    mark = mark_of(now.notes, item) if item.of != "text" else ""
    if mark := mark or once("places", now.notes, Places).near(item.at):
        work.go(mark)
    else:
        work.say()


def step(by: int) -> None:
    """Go to the next item (1) or the one before (-1); to the one that is shown if none was looked at."""
    now = work.current()
    left = items(now.notes) if now else ()
    if now is None or not left:
        work.say(told="Nothing is left to look at.")
        return
    at = left.index(shown(now) or left[0])
    # What was settled meanwhile has left its place to what came after it.
    is_settled = _looked_at(now) is None
    by = (min(by, 0) if is_settled else by) if is_going() else 0
    show(left[(at + by) % len(left)])


def stand_at(mark: str) -> None:
    """The editor has chosen a mark in the text; if it is doubtful, the bar shows it."""
    st.session_state[_GOING] = False
    now = work.current()
    if now and mark and (chosen := _by_mark(now.notes).get(mark)):
        _choose(now, chosen)


def decide(what: str) -> None:
    """Confirm, reject or dismiss what the bar shows, and go on to the next."""
    now = work.current()
    item = shown(now) if now else None
    if now is None or item is None:
        work.say(told="Nothing is left to look at.")
        return
    at = items(now.notes).index(item)
    try:
        made = _decision(now.notes, item, what)
    except UnfitEdit as error:
        work.say(str(error))
        return
    if work.do(made) and (after := work.current()):
        left = items(after.notes)
        if left:
            show(left[at % len(left)])
        else:
            work.say(told="Nothing is left to look at.")


def is_meant(now: Work, mark: str) -> bool:
    """Whether a mark is the one that is being reviewed; with none selected, whether the bar shows any."""
    item = _looked_at(now) if mark else shown(now)
    if not mark:
        return item is None or item.of != "text"
    return item is not None and item.of != "text" and mark_of(now.notes, item) == mark


def is_beside_a_check(now: Work) -> bool:
    """Whether the bar shows a check, and the mark that is selected only stands at its words."""
    item = _looked_at(now)
    return item is not None and item.of == "text"


def is_apart(now: Work) -> bool:
    """Whether the bar shows one mark while another is selected in the text, on which its keys act then."""
    item = shown(now)
    return item is not None and item.of != "text" and now.focus not in ("", mark_of(now.notes, item))


def turn(way: Callable[[], None]) -> None:
    """Undo or redo; the bar then shows what came back."""
    is_reviewing = is_going()
    way()
    if now := work.current():
        stand_at(now.focus)
        st.session_state[_GOING] = is_reviewing and is_shown_next(now)


def is_shown_next(now: Work) -> bool:
    """Whether the selected mark is that of the item which the bar shows."""
    item = shown(now)
    return item is not None and item.of != "text" and mark_of(now.notes, item) == now.focus


def sure(notes: Annotations) -> tuple[Edit, ...]:
    """Confirmations of all that is surer than 95 in 100."""
    return once("sure", notes, review.sure)


def confirm_sure() -> None:
    """Confirm all that is sure enough, in one step."""
    now = work.current()
    certain = sure(now.notes) if now else ()
    if work.do(*certain):
        work.say(told=f"{count(len(certain), 'mark', 'marks')} confirmed; Undo takes it back.")


def _decision(notes: Annotations, item: Item, what: str) -> Edit:
    if item.of == "text":
        return edits.dismiss(item.at[0], item.check)
    mark = mark_of(notes, item)
    if what == "reject":
        return edits.reject(named(notes, mark))
    if item.of == "entity" and not item.alone:
        # A name that is right in its least certain place is right in the others.
        return edits.confirm(mention(notes, mark)[0])
    return edits.confirm(named(notes, mark))
