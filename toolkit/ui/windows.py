"""Two windows on one article: what the second is told, and its choice between the two.

Whose window is behind goes on working, but nothing of it is kept until the editor has chosen: to see what the
other window made, or to make all of it again on top of that.
"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from toolkit import edits
from toolkit.ui import front
from toolkit.ui.held import Work, current, put, still_remembered
from toolkit.ui.work import bring, describe, lose, open_kept, say
from toolkit.wording import count

_ASKED = "nd-latest-asked"
BEHIND = "Another window changed this article first, so what you do here is not saved until you choose."


def notice(now: Work) -> None:
    """Draws the sentence and the choice, where another window was first."""
    if not now.is_stale:
        return
    mine = count(now.changes, "change", "changes")
    with st.container(key="nd-stale", horizontal=True, vertical_alignment="center"):
        if now.changes and st.session_state.get(_ASKED) == (now.id, now.changes):
            st.html(front.notice(f"The latest can only be shown without what you did here: drop {mine}?"))
            st.button(f"Drop my {mine}", key="nd-drop", on_click=latest, type="secondary")
            st.button("Keep", key="nd-keep-changes", on_click=_keep, type="primary")
            return
        st.html(front.notice(BEHIND))
        act = _ask if now.changes else latest
        st.button("Show the latest", key="nd-latest", on_click=act, type="secondary")
        if now.changes:
            st.button(f"Take over with my {mine}", key="nd-take-over", on_click=take_over, type="primary")


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
    if behind := current():
        with still_remembered():
            try:
                _take_over(behind)
            except Exception:
                put(behind)
                raise


def _take_over(behind: Work) -> None:
    if problem := open_kept(behind.id, again=True):
        say(problem)
        return
    ahead = current()
    assert ahead  # it was just opened
    if behind.written:  # first: written again after a fault it is the same, and a note would be there twice
        describe(replace(ahead.notes.article, **dict(behind.written)))
        if not _is_kept(behind):
            return
    text = behind.notes.article.text
    # The other one may have read an update of the text.
    waiting, gone = edits.carried(behind.waiting, text, ahead.notes.article.text)
    bring(waiting)
    lose(gone, text, behind.version)
    if not _is_kept(behind):
        return
    if (now := current()) and len(now.lost) > len(ahead.lost):
        lost = count(len(now.lost) - len(ahead.lost), "decision", "decisions")
        say(told=f"Your changes were made again but for {lost}, which you find under Review.")


def _is_kept(behind: Work) -> bool:
    """Whether the library took what was made again. If not, it waits as before, with the reason."""
    now = current()
    if now is None or not now.problem:
        return True
    put(replace(behind, problem=now.problem))
    return False
