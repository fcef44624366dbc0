"""The versions of an article's text: when each came and what made it, to be read or restored."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import streamlit as st

from toolkit.brief import brief
from toolkit.errors import ToolkitError
from toolkit.store import Library, Version
from toolkit.ui import front, held, saving
from toolkit.ui.markup import element
from toolkit.ui.preview import preview
from toolkit.ui.rows import Group, Press, Row, rows
from toolkit.ui.tab import library
from toolkit.ui.whole import whole
from toolkit.ui.work import current, open_kept, say
from toolkit.wording import count, moment

_OPEN, _PROBLEM, _TOLD = "nd-version", "nd-version-problem", "nd-version-told"
_LEFT = "Version {} is restored without {} made since, listed under Review."
_ORIGINS = {
    "opened": "as it was opened",
    "update": "an update of the text",
    "returned": "a Word brief that came back",
}


def show(shelf: Library, id: int, title: str) -> None:
    """The list, or the version that was chosen, which can only be read."""
    st.html(element("p", "Versions of ", element("b", title, dir="auto"), class_="nd-asked"))
    if problem := st.session_state.pop(_PROBLEM, ""):
        st.html(front.notice(problem, problem=True))
    if told := st.session_state.pop(_TOLD, ""):
        st.html(front.notice(told))
    versions = shelf.versions(id)
    newest = versions[-1].number
    chosen = st.session_state.get(_OPEN, 0)
    if not 0 < chosen <= newest:
        _list(id, versions)
        return
    st.html(element("p", f"Version {chosen} of {newest}, to be read only", class_="nd-remark"))
    with st.container(horizontal=True, gap="small"):
        if chosen < newest:
            st.button(
                f"Restore version {chosen}",
                key="nd-restore",
                type="primary",
                on_click=whole(restore),
                args=(id, chosen),
            )
        st.button("Back to the versions", key="nd-versions-back", on_click=whole(close))
    notes, _ = shelf.load(id, version=chosen).notes()
    with st.container(key="nd-version-paper"):
        st.html(preview(brief(notes, sections=("article", "statements"))))


def _list(id: int, versions: tuple[Version, ...]) -> None:
    def pressed(press: Press) -> None:
        st.session_state[_OPEN] = int(press.id)

    group = Group(told(versions, datetime.now().astimezone()))
    rows(f"nd-versions-{id}", (group,), label="Versions", on_press=pressed)


def told(versions: Iterable[Version], now: datetime) -> tuple[Row, ...]:
    """A row for each version, the newest first."""
    found = tuple(
        Row(
            str(version.number),
            title=f"Version {version.number}: {made_by(version.origin)}",
            aside=changed(version.created, now),
            detail=" · ".join((count(version.words, "word", "words"), count(version.edits, "edit", "edits"))),
        )
        for version in versions
    )
    return tuple(reversed(found))


def made_by(origin: str) -> str:
    """What made a version, in words."""
    _, is_restored, number = origin.partition("restored ")
    return f"version {number} restored" if is_restored else _ORIGINS.get(origin, origin)


def changed(iso: str, now: datetime) -> str:
    """When that was, in the zone of ``now``: "10:42" of the same day, else with its date."""
    when = datetime.fromisoformat(iso).astimezone(now.tzinfo).replace(tzinfo=None)
    return f"{when:%H:%M}" if when.date() == now.date() else moment(when)


def close() -> None:
    """Show the list again, with nothing told above it."""
    for key in (_OPEN, _PROBLEM, _TOLD):
        st.session_state.pop(key, None)


def restore(id: int, version: int) -> None:
    """Make an older version the newest again, on the desk too if the article is open there."""
    saving.settle()
    shelf, work = library(), current()
    is_open = work is not None and work.id == id
    mine = work if is_open else held.waiting().get(id)
    if mine and (problem := saving.refusal(mine)):
        st.session_state[_PROBLEM] = problem
        return
    try:
        left = _restored(shelf, id, version, mine.base if mine else 0) if shelf else 0
    except ToolkitError as error:
        st.session_state[_PROBLEM] = str(error)
        return
    close()
    if is_open:
        say(open_kept(id, again=True))
    if left:
        st.session_state[_TOLD] = _LEFT.format(version, count(left, "decision", "decisions"))


def _restored(shelf: Library, id: int, version: int, revision: int) -> int:
    """How many decisions made since are left behind; ``revision`` is that of this window, if any."""
    before = shelf.load(id)
    shelf.restore(id, version, revision or before.revision)
    return sum(lost not in before.lost for lost in shelf.load(id).lost)
