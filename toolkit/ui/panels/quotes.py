"""Who said what: every statement with its speaker, how the speaker was found and how sure that is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import streamlit as st

from toolkit.brief import Statement, brief
from toolkit.model import Annotations
from toolkit.runs import kept_quotes
from toolkit.ui.memory import once
from toolkit.ui.panels.leading import listing, nothing
from toolkit.ui.rows import Group, Row
from toolkit.ui.work import Work

UNKNOWN = "?"  # no id of a speaker
_LONGEST_NAME = 50


def show(work: Work) -> None:
    """The list of statements, with a choice of the speaker where there are several."""
    names = once("voices", work.notes, voices)
    chosen = ""
    if len(names) > 1:
        chosen = st.selectbox(
            "Speaker",
            ["", *names],
            format_func=lambda id: names.get(id, "Everybody"),
            label_visibility="collapsed",
            key=f"nd-voice-{work.notes.article.sha256[:12]}",
        )
    groups = once(f"statements of {chosen}", work.notes, lambda notes: statements(notes, chosen))
    if any(group.rows for group in groups):
        listing(work, "nd-quotes", groups, label="Who said what")
    else:
        nothing("No statements were found in this article.")


def voices(notes: Annotations) -> Mapping[str, str]:
    """Who speaks, by id, each with the number of statements, the one with the most first; ``UNKNOWN``
    last."""
    counts: Counter[str] = Counter()
    for quote in kept_quotes(notes):
        if quote.kind != "scare":
            counts.update(quote.speakers or (UNKNOWN,))
    cast = {s.id: notes.text(s) for s in notes.speakers}
    order = sorted(counts, key=lambda id: (id == UNKNOWN, -counts[id]))
    return {id: f"{_short(cast.get(id, 'Unknown'))} ({counts[id]})" for id in order}


def _short(name: str) -> str:
    name = " ".join(name.split())
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def statements(notes: Annotations, speaker: str = "") -> tuple[Group, ...]:
    """The statements in the order of the text, numbered as in the text; those of one speaker (an id,
    or ``UNKNOWN``), if it is given. Then, unless one is given, quoted words that are nobody's."""
    made = brief(notes)
    quotes = {quote.id: quote for quote in notes.quotes}
    tints = {s.id: number for number, s in enumerate(notes.speakers, 1)}
    said = []
    for number, row in enumerate(made.statements, 1):
        speakers = quotes[row.quote].speakers or (UNKNOWN,)
        if not speaker or speaker in speakers:
            words = tuple(made.text(span) for span in row.content)
            said.append(_statement(row, number, words, tints.get(speakers[0], 0)))
    asides = tuple(
        Row(aside.quote, words=tuple(made.text(s) for s in aside.content), to=aside.quote)
        for aside in made.asides
    )
    title = f"Quoted words, not statements ({len(asides)})"
    return (Group(tuple(said)), *([Group(asides, title, folded=True)] if asides and not speaker else []))


def _statement(row: Statement, number: int, words: tuple[str, ...], tint: int) -> Row:
    who = {"named": row.speaker, "unnamed": f"{row.speaker} (unnamed)"}
    unknown = f"Unknown: {row.speaker}" if row.speaker else "Unknown"
    return Row(
        row.quote,
        lead=str(number),
        title=who.get(row.standing, unknown),
        aside=" · ".join(filter(None, (row.kind, row.cue))),
        detail=row.role,
        words=words,
        remark=" · ".join(filter(None, (row.how, row.review or row.sure, *row.flags))),
        to=row.quote,
        tint=tint,
        alarm=row.standing == "unknown",
    )
