"""Lists beside the text: rows that lead to their place, each with what can be done with it.

One component draws all lists (``browser/rows.js``); words go in as text, so no article can write on the page.
What comes back is checked as if a stranger had sent it: only rows and actions that were shown count.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from toolkit.model import Span
from toolkit.ui import served
from toolkit.ui.whole import whole

_mount = functools.partial(served.mount, "rows")

# Words in pieces: (words, whether they are those that were searched for).
Pieces: TypeAlias = "tuple[tuple[str, bool], ...]"


@dataclass(frozen=True, slots=True)
class Row:
    """A row. What is shown of it is shown as it is, as plain text.

    ``lead`` stands before the ``title``, ``aside`` at the end of its line, ``detail`` below; ``words``
    are the article's, a paragraph each, and ``remark`` is what else there is to tell. The row leads to
    ``to``, the id of a mark in the text, or where there is none, to the place ``at``. ``tint`` is the
    number of a speaker's hue, from 1; 0 is none. ``alarm`` sets the title off. ``actions`` are what can
    be done beside going there. A row without ``is_open`` can't be pressed itself. Ids differ within a
    list.
    """

    id: str
    title: str = ""
    lead: str = ""
    aside: str = ""
    detail: str = ""
    words: tuple[str | Pieces, ...] = ()
    remark: str = ""
    to: str = ""
    at: tuple[Span, ...] = ()
    tint: int = 0
    alarm: bool = False
    actions: tuple[str, ...] = ()
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a title, if it has one; ``folded`` shows them when somebody asks."""

    rows: tuple[Row, ...]
    title: str = ""
    folded: bool = False


class Press(NamedTuple):
    """The id of a row, and what to do with it; "" is going there."""

    id: str
    action: str = ""


def found(words: str, marks: Iterable[Span]) -> Pieces:
    """Words in pieces, by the places in them (code points) that were searched for."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for mark in sorted(marks):
        if mark.start < at or mark.end > len(words):
            continue
        pieces += [(words[at : mark.start], False), (words[mark.start : mark.end], True)]
        at = mark.end
    pieces.append((words[at:], False))
    return tuple(piece for piece in pieces if piece[0])


def row_of(groups: Iterable[Group], id: str) -> Row:
    """The row with that id. Raises ``KeyError``."""
    return {row.id: row for group in groups for row in group.rows}[id]


def parse(data: object, groups: Iterable[Group]) -> Press | None:
    """What was pressed, or None for anything that these groups do not offer."""
    if not isinstance(data, dict):
        return None
    id, action = data.get("id"), data.get("action")
    if not isinstance(id, str) or not isinstance(action, str):
        return None
    row = next((row for group in groups for row in group.rows if row.id == id), None)
    if row is None or not (action in row.actions or (action == "" and row.is_open)):
        return None
    return Press(id, action)


def payload(
    groups: Iterable[Group], actions: Mapping[str, str], *, label: str = "", language: str = ""
) -> dict[str, Any]:
    """What ``browser/rows.js`` is given to draw, as JSON takes it."""
    return {
        "label": label,
        "language": "" if language == "und" else language,
        "actions": dict(actions),
        "groups": [[group.title, group.folded, [_sent(row) for row in group.rows]] for group in groups],
        "seen": 0,
    }


def _sent(row: Row) -> list[object]:
    words = [[[p, False]] if isinstance(p, str) else [list(piece) for piece in p] for p in row.words]
    told = [row.id, row.lead, row.title, row.aside, row.detail, words, row.remark, row.tint]
    return [*told, row.alarm, list(row.actions), row.is_open]


def rows(
    key: str,
    groups: Sequence[Group],
    *,
    actions: Mapping[str, str] | None = None,
    label: str = "",
    language: str = "",
    on_press: Callable[[Press], None] | None = None,
) -> Press | None:
    """Mounts a list, and returns what was pressed since the last run, if anything.

    ``actions`` are the names of what rows offer with the words on their buttons; ``label`` is what a
    screen reader calls the list, ``language`` the ISO 639-1 code of the article's words. ``on_press``
    is called before the page runs, so that one run shows what came of it; prefer it to the returned
    press, which is the same one. The key must stay the same.
    """
    import streamlit as st

    seen, done = f"{key}-seen", f"{key}-done"  # the number of the last press; a press to give out

    def receive() -> None:
        sent = st.session_state[key].get("press")
        number = sent.get("number") if isinstance(sent, dict) else None
        # However often it is delivered, a press counts once.
        if type(number) is not int or number <= st.session_state.get(seen, 0):
            return
        st.session_state[seen] = number
        if press := parse(sent, groups):
            st.session_state[done] = press
            if on_press:
                on_press(press)

    data = payload(groups, actions or {}, label=label, language=language)
    data["seen"] = st.session_state.get(seen, 0)
    _mount(key=key, data=data, on_press_change=whole(receive))
    press: Press | None = st.session_state.pop(done, None)
    return press
