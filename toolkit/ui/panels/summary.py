"""The summary: how long, which sentences, and which an editor pinned or dropped."""

from __future__ import annotations

import streamlit as st

from toolkit import edits
from toolkit.model import Annotations, Budget, BudgetUnit, Span
from toolkit.runs import Paragraphs
from toolkit.terms import length_of
from toolkit.ui.memory import once
from toolkit.ui.panels.leading import empty, listing
from toolkit.ui.rows import Group, Row
from toolkit.ui.whole import whole
from toolkit.ui.work import Work, budget, shorten
from toolkit.wording import count

# The length in each unit: the least, the most, the usual, the step; and what the number is.
UNITS: dict[BudgetUnit, tuple[int, int, int, int]] = {
    "words": (20, 300, 60, 10),
    "sentences": (1, 15, 3, 1),
    "percent": (5, 50, 15, 5),
    "line": (10, 60, 25, 1),
}
_NAMES: dict[BudgetUnit, str] = {
    "words": "Words",
    "sentences": "Sentences",
    "percent": "Percent",
    "line": "One line",
}
_LIMITS: dict[BudgetUnit, str] = {
    "words": "At most so many words",
    "sentences": "At most so many sentences",
    "percent": "At most so many percent of the article’s words",
    "line": "One sentence of at most so many words",
}
_UNIT, _AMOUNT = "nd-unit", "nd-amount-{}"


def show(work: Work) -> None:
    """The controls of the length, the sentences, and those that were left out."""
    _length()
    summary = work.notes.summary
    if summary is None:
        st.html(empty("There is no summary of this article."))
        return
    st.html(empty(told(work.notes)))
    acts = {
        "pin": ("Pin", lambda row: [edits.pin(row.at[0])]),
        "drop": ("Drop", lambda row: [edits.drop(row.at[0])]),
        "unpin": ("Unpin", lambda row: [edits.free(row.at[0])]),
        "back": ("Bring back", lambda row: [edits.free(row.at[0])]),
    }
    listing(work, "nd-summary", once("sentences", work.notes, sentences), label="Summary", acts=acts)


def _length() -> None:
    """How long the summary may be; a choice of this tab and not an edit of the article."""
    now = budget()
    # Widgets forget while another page is shown; the tab's own choice does not.
    st.session_state.setdefault(_UNIT, now.unit)
    with st.container(key="nd-length", horizontal=True, vertical_alignment="center"):
        unit = st.segmented_control(
            "Length in",
            tuple(UNITS),
            required=True,
            format_func=lambda unit: _NAMES[unit],
            label_visibility="collapsed",
            key=_UNIT,
            on_change=whole(_set),
        )
        assert unit is not None  # it is required
        least, most, usual, step = UNITS[unit]
        amount = min(max(now.amount, least), most) if now.unit == unit else usual
        key = _AMOUNT.format(unit)
        st.session_state.setdefault(key, amount)
        st.slider(
            _LIMITS[unit],
            least,
            most,
            step=step,
            label_visibility="collapsed",
            key=key,
            on_change=whole(_set),
        )


def _set() -> None:
    unit: BudgetUnit = st.session_state[_UNIT]
    amount = st.session_state.get(_AMOUNT.format(unit), UNITS[unit][2])
    shorten(Budget(unit, amount))


def told(notes: Annotations) -> str:
    """ "3 sentences, 58 words; method learned"."""
    summary = notes.summary
    if summary is None or not summary.sentences:
        return "There is no sentence to summarise."
    words = sum(length_of(notes.text(span)) for span in summary.sentences)
    length = f"{count(len(summary.sentences), 'sentence', 'sentences')}, {count(words, 'word', 'words')}"
    return f"{length}; method {summary.method}"


def sentences(notes: Annotations) -> tuple[Group, ...]:
    """The sentences of the summary in the order of the text, those that an editor dropped, and behind
    their title all others, to be pinned."""
    summary = notes.summary
    if summary is None:
        return ()
    places = Paragraphs(notes.article.text)
    chosen = [
        _row(notes, span, places, ("unpin",) if span in summary.pinned else ("pin", "drop"))
        for span in dict.fromkeys(summary.sentences)
        if span not in summary.dropped
    ]
    dropped = [_row(notes, span, places, ("back",)) for span in dict.fromkeys(summary.dropped)]
    known = {*summary.sentences, *summary.dropped}
    others = [
        _row(notes, span, places, ("pin",)) for span in dict.fromkeys(notes.sentences) if span not in known
    ]
    return tuple(
        group
        for group in (
            Group(tuple(chosen)),
            Group(tuple(dropped), f"Dropped ({len(dropped)})"),
            Group(tuple(others), f"Other sentences ({len(others)})", folded=True),
        )
        if group.rows
    )


def _row(notes: Annotations, span: Span, places: Paragraphs, actions: tuple[str, ...]) -> Row:
    where = places.number(span.start)
    return Row(
        f"{span.start}-{span.end}",
        words=(notes.text(span),),
        remark=" · ".join(("pinned", f"¶ {where}") if "unpin" in actions else (f"¶ {where}",)),
        at=(span,),
        actions=actions,
    )
