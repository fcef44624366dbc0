"""From a row to its place in the text, for all panels."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from toolkit.decision import Edit
from toolkit.model import Annotations, Span
from toolkit.runs import kept_mentions, kept_quotes
from toolkit.ui.marker import mention_id
from toolkit.ui.markup import Html, element
from toolkit.ui.places import mark_at
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
    if row.to or not row.at:
        return row.to
    return mark_at(notes, row.at) or _nearest(notes, row.at[0])


def _nearest(notes: Annotations, place: Span) -> str:
    marks = [
        (span, mention_id(e, span)) for e in notes.entities for span in (m.span for m in kept_mentions(e))
    ]
    marks += [(span, q.id) for q in kept_quotes(notes) for span in q.content]
    return min(((abs(s.start - place.start), id) for s, id in marks), default=(0, ""))[1]


def nothing(words: str) -> None:
    """Says that a panel has nothing to show."""
    st.html(empty(words))


def empty(words: str) -> Html:
    """A quiet sentence in the place of a list."""
    return element("p", words, class_="nd-nothing")
