"""Two windows on one article: what the second is told, and its choice between the two.

Whose window is behind goes on working, but nothing of it is kept until the editor has chosen: to see what the
other window made, or to make all of it again on top of that.
"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from toolkit import edits
from toolkit.ui import front
from toolkit.ui.held import Work, current, put
from toolkit.ui.work import bring, describe, lose, open_kept, say
from toolkit.wording import count

BEHIND = "Another window changed this article first, so what you do here is not saved until you choose."


def notice(now: Work) -> None:
    """Draws the sentence and the choice, where another window was first."""
    if not now.is_stale:
        return
    waiting = changes(now)
    with st.container(key="nd-stale", horizontal=True, vertical_alignment="center"):
        st.html(front.notice(BEHIND))
        st.button("Show the latest", key="nd-latest", on_click=latest, type="secondary")
        if waiting:
            label = f"Take over with my {count(waiting, 'change', 'changes')}"
            st.button(label, key="nd-take-over", on_click=take_over, type="primary")


def changes(now: Work) -> int:
    """How many changes wait: steps, and fields beside the text."""
    return len({edit.step for edit in now.waiting}) + len(now.written)


def latest() -> None:
    """Show what another window made of the article; what waits is dropped."""
    if work := current():
        say(open_kept(work.id))


def take_over() -> None:
    """Make all that waits on what another window made of the article; what fits no more is listed."""
    behind = current()
    if behind is None:
        return
    if problem := open_kept(behind.id):
        say(problem)
        return
    ahead = current()
    assert ahead  # it was just opened
    text = behind.notes.article.text
    # The other one may have read an update of the text.
    waiting, gone = edits.carried(behind.waiting, text, ahead.notes.article.text)
    bring(waiting)
    lose(gone, text, behind.version)
    if not _is_kept(behind):
        return
    if (now := current()) and behind.written:
        describe(replace(now.notes.article, **dict(behind.written)))
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
