"""All that is left to look at, as a list beside the text: the queue of which the bar shows one; the notes
that editors wrote, and what was decided and fits no more."""

from __future__ import annotations

import streamlit as st

from toolkit.model import Annotations
from toolkit.noted import notes_on
from toolkit.ui import reviewing, tab
from toolkit.ui.decisions import told
from toolkit.ui.panels.leading import listing, nothing
from toolkit.ui.rows import Group, Press, Row, rows
from toolkit.ui.whole import whole
from toolkit.ui.work import Work, dismiss_lost
from toolkit.wording import count

_LONGEST = 120  # characters of an item's words


def show(now: Work) -> None:
    """What is lost, the notes, and the queue; a row leads to its place, one of the queue into the bar."""
    _lost(now)
    if (noted := written(now.notes)).rows:
        listing(now, "nd-notes", (noted,), label="Notes")
    _queue(now)
    _ask_name()


def _queue(now: Work) -> None:
    left = reviewing.items(now.notes)
    if not left:
        nothing("Everything has been looked at.")
        return

    def pressed(press: Press) -> None:
        reviewing.show(next(item for item in left if item.key == press.id))

    language = now.notes.article.language
    rows("nd-queue", listed(now.notes), label="To look at", language=language, on_press=pressed)


def listed(notes: Annotations) -> tuple[Group, ...]:
    """The rows of the queue, the least certain first."""
    return (
        Group(
            tuple(
                Row(
                    item.key,
                    title=item.reason,
                    lead=str(number),
                    aside=f"{max(1, round(item.score * 100))}%" if item.score is not None else "",
                    words=(_short(notes.text(item.at)),) if notes.text(item.at) not in item.reason else (),
                )
                for number, item in enumerate(reviewing.items(notes), 1)
            )
        ),
    )


def written(of: Annotations) -> Group:
    """The notes on places of the text, each with the words that it is on."""
    found = tuple(
        Row(
            f"note:{number}",
            title=note.words,
            words=(_short(of.text(note.at)),),
            remark=note.by,
            at=note.at,
        )
        for number, note in enumerate(notes_on(of), 1)
    )
    return Group(found, count(len(found), "note", "notes"))


def _lost(now: Work) -> None:
    group = unfit(now)
    if not group.rows:
        return
    rows("nd-lost", (group,), label=group.title)
    st.button("Dismiss this list", key="nd-dismiss-lost", type="tertiary", on_click=whole(dismiss_lost))


def unfit(now: Work) -> Group:
    """The decisions that fit nothing any more, after another run or an update of the text."""
    lost = tuple(
        Row(
            f"unfit:{number}",
            title=told(each.edit, each.text),
            remark=" · ".join(filter(None, (each.reason, each.edit.by))),
            is_open=False,
        )
        for number, each in enumerate(now.unfit, 1)
    )
    return Group(lost, count(len(lost), "decision no longer fits", "decisions no longer fit"))


def _ask_name() -> None:
    """The question for the editor's name, until it is answered; it can be changed under Settings."""
    if not tab.asks_for_name():
        return
    with st.container(key="nd-name", horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input(
            "Your name, to stand beside your decisions",
            key="nd-first-name",
            max_chars=60,
            on_change=whole(tab.named),
            args=("nd-first-name",),
        )
        st.button("No name", key="nd-no-name", type="tertiary", on_click=whole(tab.ask_no_more))


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 2].rsplit(' ', 1)[0]} …"
