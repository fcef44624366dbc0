"""From a row to its place in the text, for all panels."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from toolkit.decision import Edit
from toolkit.model import Annotations
from toolkit.ui.markup import Html, element
from toolkit.ui.places import Places
from toolkit.ui.rows import Group, Press, Row, row_of, rows
from toolkit.ui.work import Work, do, go

# What can be done with a row beside going there: the word on its button, and the edits it makes.
Acts = Mapping[str, tuple[str, Callable[[Row], Sequence[Edit]]]]


def listing(work: Work, key: str, groups: Sequence[Group], *, label: str, acts: Acts | None = None) -> None:
    """A list whose rows lead to the text, and whose actions are edits."""
    offered = acts or {}

    def pressed(press: Press) -> None:
        row = row_of(groups, press.id)
        if press.action:
            do(*offered[press.action][1](row))
        else:
            go(target(work.notes, row))

    rows(
        key,
        groups,
        actions={name: word for name, (word, _) in offered.items()},
        label=label,
        language=work.notes.article.language,
        on_press=pressed,
    )


def target(notes: Annotations, row: Row) -> str:
    """The id of the mark that a row leads to; where its place has none, of the nearest. "" in a text
    without marks."""
    return row.to or Places(notes).near(row.at)


def nothing(words: str) -> None:
    """Says that a panel has nothing to show."""
    st.html(empty(words))


def empty(words: str) -> Html:
    """A quiet sentence in the place of a list."""
    return element("p", words, class_="nd-nothing")
