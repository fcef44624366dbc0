"""The bar over the text: what to look at next and why, what to do about it, undo, and when it was kept."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from toolkit.review import Item
from toolkit.ui import fields, front, reviewing, windows, work
from toolkit.ui.marker import Action
from toolkit.ui.whole import whole
from toolkit.ui.work import Work
from toolkit.wording import count

PANELS = "nd-panels"  # which panel is open beside the text
_NOWHERE = "No library is open, so nothing is kept."
_LATE = "The page changed while this was on its way, so nothing was done; do it again."


def show(now: Work) -> None:
    """Draws the bar, or the field that is open in its place."""
    with st.container(key="nd-review", gap=None):
        windows.notice(now)
        if field := fields.opened():
            fields.show(now, field)
        else:
            _item(now)
        if now.problem:
            st.html(front.notice(now.problem, problem=True))
        elif now.told:
            st.html(front.notice(now.told))


def received(action: Action) -> None:
    """Does what an editor asked for in the text. Called before the page is drawn again."""
    now = work.current()
    if now is None:
        return
    if action.revision != now.revision:
        if action.name != "select":
            work.say(_LATE)
        return
    if action.name == "select":
        work.chose(action.id)
        reviewing.stand_at(action.id)
    elif action.name in _PLAIN:
        _PLAIN[action.name]()
    elif action.name in fields.NAMES:
        work.chose(action.id)
        fields.open_field(action.name, action.id)  # type: ignore[arg-type]  # one of NAMES
    elif action.name in ("confirm", "reject") and reviewing.is_meant(now, action.id):
        reviewing.decide(action.name)
    elif action.name in ("confirm", "reject") and (not action.id or reviewing.is_beside_a_check(now)):
        work.say("This is a check of the words here and no mark: I dismisses it, N goes on.")
    else:
        fields.act(now, action)


_PLAIN: dict[str, Callable[[], object]] = {
    "undo": lambda: reviewing.turn(work.undo),
    "redo": lambda: reviewing.turn(work.redo),
    "next": lambda: reviewing.step(1),
    "previous": lambda: reviewing.step(-1),
    "help": lambda: None,
}


def _item(now: Work) -> None:
    left = reviewing.items(now.notes)
    item = reviewing.shown(now)
    with st.container(key="nd-item", horizontal=True):
        st.html(_told(now, left, item))
        with st.container(key="nd-item-acts", width="content", gap=None, horizontal_alignment="right"):
            if certain := len(reviewing.sure(now.notes)):
                _button(f"Confirm {certain} above 95%", "", reviewing.confirm_sure, key="sure")
            if lost := len(now.unfit):
                label = count(lost, "decision no longer fits", "decisions no longer fit")
                _button(label, "", _to_review, key="lost")
    with st.container(key="nd-acts", horizontal=True, vertical_alignment="center", gap=None):
        if item and item.check:
            _button("Dismiss", "i", reviewing.decide, "dismiss")
        else:
            # C is Streamlit's own; ``browser/keyboard.js`` takes it.
            _button("Confirm", "", reviewing.decide, "confirm", off=item is None)
            _button("Reject", "x", reviewing.decide, "reject", off=item is None)
        _button("Previous", "p", reviewing.step, -1, off=not left)
        _button("Next", "n", reviewing.step, 1, off=not left)
        with st.container(key="nd-back", horizontal=True, width="content", gap=None):
            _button("Undo", "u", reviewing.turn, work.undo, off=not now.can_undo)
            _button("Redo", "Shift+U", reviewing.turn, work.redo, off=not now.can_redo)
            st.html(front.kept(now.saved_at, _unkept(now), is_unsaved=bool(now.changes)), width="content")


def _to_review() -> None:
    """Open the panel that lists what is lost."""
    st.session_state[PANELS] = "Review"


def _unkept(now: Work) -> str:
    """Why the article, or what was done last, is not kept; "" where it is."""
    if now.is_stale or now.is_gone:
        return windows.GONE if now.is_gone else windows.BEHIND
    return now.unkept or ("" if now.id else _NOWHERE)


def _told(now: Work, left: tuple[Item, ...], item: Item | None) -> str:
    if item is None:
        return front.reviewed()
    words = " … ".join(now.notes.text(span) for span in item.at)
    return front.review(len(left), item.reason, words, is_apart=reviewing.is_apart(now))


def _button(
    label: str, shortcut: str, act: Callable[..., None], *args: object, off: bool = False, key: str = ""
) -> None:
    st.button(
        label,
        key=f"nd-do-{key or label.lower()}",
        on_click=whole(act),
        args=args,
        disabled=off,
        type="tertiary",
        shortcut=shortcut or None,
    )
