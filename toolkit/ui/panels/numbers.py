"""Numbers with what they count and on whose word they stand, and the dates in order of time."""

from __future__ import annotations

import streamlit as st

from toolkit.model import Annotations, Figure, FigureKind
from toolkit.particulars import interval, value_of
from toolkit.timeline import Moment, moments
from toolkit.ui.memory import once
from toolkit.ui.panels.leading import listing, nothing
from toolkit.ui.pictures import line_of_time
from toolkit.ui.rows import Group, Row
from toolkit.ui.work import Work
from toolkit.wording import NO_SOURCE, count, cuts

_KINDS: dict[FigureKind, str] = {
    "money": "Sums of money",
    "percent": "Shares",
    "quantity": "Measures",
    "number": "Counts",
    "date": "Days that can’t be told",
    "relative": "Days that can’t be told",
    "time": "Times of day",
}


def show(work: Work) -> None:
    """The dates as a picture, and behind a title as a list in order of time; then the numbers."""
    if drawn := once("line of time", work.notes, lambda notes: line_of_time(moments(notes))):
        st.html(drawn)
    groups = once("numbers", work.notes, lambda notes: (*dates(notes), *numbers(notes)))
    if groups:
        listing(work, "nd-numbers", groups, label="Numbers")
    else:
        nothing("No numbers were found in this article.")


def numbers(notes: Annotations) -> tuple[Group, ...]:
    """All figures but those that have a date, by kind, in the order of the text."""
    vouching = {quote.id: notes.speaker(quote) or notes.text(quote.source) for quote in notes.quotes}
    by_kind: dict[str, list[Row]] = {title: [] for title in _KINDS.values()}
    for figure in notes.figures:
        if figure.status != "rejected" and not figure.date:
            by_kind[_KINDS[figure.kind]].append(_number(notes, figure, vouching.get(figure.quote or "", "")))
    return tuple(Group(tuple(rows), title) for title, rows in by_kind.items() if rows)


def _number(notes: Annotations, figure: Figure, source: str) -> Row:
    apart = figure.qualifier and not figure.span.overlaps(figure.qualifier)
    qualifier = f"{notes.text(figure.qualifier)} " if figure.qualifier and apart else ""
    words = notes.text(figure)
    value = " · ".join(filter(None, map(value_of, figure.measures)))
    return Row(
        figure.id,
        title=qualifier + words,
        aside="" if value == words else value,
        detail=notes.text(figure.counts) if figure.counts else "",
        remark=f"said by {source}" if source else "said by somebody unknown" if figure.quote else NO_SOURCE,
        to=figure.id,
        at=(figure.span,),
    )


def dates(notes: Annotations) -> tuple[Group, ...]:
    """What is dated, in order of time, each with its sentence; with a part of one that is told already."""
    rows = tuple(_date(notes, moment) for moment in moments(notes))
    return (Group(rows, f"Timeline ({count(len(rows), 'date', 'dates')})", folded=True),) if rows else ()


def _date(notes: Annotations, moment: Moment) -> Row:
    first = moment.figures[0]
    return Row(
        first.id,
        title=interval(moment.date),
        aside=notes.text(moment.words),
        words=(notes.text(moment.told).join(cuts(moment.told, moment.sentence)),),
        to=first.id,
        at=(first.span,),
    )
