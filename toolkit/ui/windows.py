"""What the editor is told of changes that are not saved, and the choice where two windows are on one article.

Whose window is behind goes on working, but nothing of it is kept until the editor has chosen: to see what the
other window made, or to make all of it again on top of that.
"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from toolkit.errors import Gone, ToolkitError
from toolkit.ui import front, held, saving, tab
from toolkit.ui.held import Work, current, put
from toolkit.ui.whole import unbroken, whole
from toolkit.ui.work import close, open_kept, say
from toolkit.wording import count

_ASKED = "nd-latest-asked"
_AGAIN = 10  # seconds between two tries to save what waits
BEHIND = "Another window changed this article first, so what you do here is not saved until you choose."
GONE = "This article was deleted in another window, so what you do here is not saved."


def notice(now: Work) -> None:
    """Draws what is not saved and why, and what can be done about it."""
    if now.is_gone or now.is_stale:
        with st.container(key="nd-stale", horizontal=True, vertical_alignment="center"):
            _gone(now) if now.is_gone else _behind(now)
    elif now.unkept:
        with st.container(key="nd-unsaved", horizontal=True, vertical_alignment="center"):
            st.html(front.notice(not_saved(now), problem=True))
            st.button("Save now", key="nd-save", on_click=whole(saving.settle), type="secondary")
    again()


def again() -> None:
    """Has what waits be saved by itself, as long as this is drawn."""
    if saving.is_waiting():
        _again()


@st.fragment(run_every=_AGAIN)
def _again() -> None:
    """Tries to save what waits, now and then; the page is drawn anew once it is."""
    before = current()
    with unbroken():
        saving.settle()
    if current() != before:
        st.rerun()


def not_saved(now: Work) -> str:
    """Why what waits is not saved."""
    waits = (
        f" {count(now.changes, 'change waits', 'changes wait')} here until that works." if now.changes else ""
    )
    return f"Not saved. {now.unkept}{waits}"


def _gone(now: Work) -> None:
    st.html(front.notice(GONE))
    drops = f" and drop my {count(now.changes, 'change', 'changes')}" if now.changes else ""
    st.button(f"Close it{drops}", key="nd-close-gone", on_click=whole(close), type="secondary")
    st.button("Keep it as a new article", key="nd-keep-gone", on_click=whole(keep_anew), type="primary")


def keep_anew() -> None:
    """Have the library take the deleted article again, with what was decided on it here."""
    if work := current():
        put(
            saving.saved(
                replace(work, id=0, is_gone=False, is_stale=False, is_anew=True, waiting=(), listing=())
            )
        )


def _behind(now: Work) -> None:
    mine = count(now.changes, "change", "changes")
    if now.changes and st.session_state.get(_ASKED) == (now.id, now.changes):
        st.html(front.notice(f"The latest can only be shown without what you did here: drop {mine}?"))
        st.button(f"Drop my {mine}", key="nd-drop", on_click=whole(latest), type="secondary")
        st.button("Keep", key="nd-keep-changes", on_click=whole(_keep), type="primary")
        return
    st.html(front.notice(BEHIND))
    act = _ask if now.changes else latest
    st.button("Show the latest", key="nd-latest", on_click=whole(act), type="secondary")
    if now.changes:
        st.button(f"Take over with my {mine}", key="nd-take-over", on_click=whole(take_over), type="primary")


def _ask() -> None:
    """Ask before what waits is dropped; a further change takes the question back."""
    if work := current():
        st.session_state[_ASKED] = (work.id, work.changes)


def _keep() -> None:
    st.session_state.pop(_ASKED, None)


def latest() -> None:
    """Show what another window made of the article; what waits is dropped."""
    _keep()
    if work := current():
        say(open_kept(work.id, again=True))


def take_over() -> None:
    """Make all that waits on what another window made of the article; what fits no more is listed."""
    behind = current()
    if behind is None:
        return
    try:
        ahead = held.begun(tab.opened().load(behind.id))
    except Gone:
        put(replace(behind, is_gone=True))
        return
    except ToolkitError as error:
        say(str(error))
        return
    text = behind.notes.article.text
    listed = [lost.edit for lost, _ in behind.listing if lost.text == text]
    others = tuple(each for each in behind.listing if each[0].text != text)
    mine = saving.on_top(ahead, (*listed, *behind.waiting), behind.written, text=text, version=behind.version)
    told = ""
    if mine.listing:
        lost = count(len(mine.listing), "decision", "decisions")
        told = f"Your changes were made again but for {lost}, which you find under Review."
    mine = replace(
        mine,
        listing=(*others, *mine.listing),
        lost=(*mine.lost, *(lost for lost, _ in others)),
        revision=max(behind.revision, mine.revision) + 1,
    )
    put(replace(saving.saved(mine), told=told))
