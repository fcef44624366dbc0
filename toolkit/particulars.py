"""The smaller parts of a brief as plain records: key facts, numbers, the timeline, and what the editor is
asked to look at.

Words of the article are spans; all other words come from ``wording`` and from the checks. What
an editor rejected or dismissed is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile

from toolkit.checks import CHECKS, check
from toolkit.model import Annotations, Figure, Measure, Span
from toolkit.noted import Note, notes_on
from toolkit.points import points
from toolkit.review import dismissed, dismisses
from toolkit.runs import Paragraphs
from toolkit.timeline import moments
from toolkit.wording import AN_EDITOR, FIGURES, NO_SOURCE, QUESTIONS, SOMEBODY, SURE_BY_EDITOR, date

_NO_NUMBERS = ("date", "relative")
_LONGEST_UNIT = 3  # letters of a symbol or a currency; a longer unit is a noun
_LONGEST_GAP = 12  # characters between a figure and what it counts
_SHORT_NOUNS = ("day", "leu", "sen", "som", "ton", "won")


@dataclass(frozen=True, slots=True)
class Fact:
    """An answer to a question ("Who"). ``source`` are the words for who vouches for it, ``date`` is in
    words; ``where`` is the paragraph, from 1, and 0 is nowhere, here and below."""

    question: str
    span: Span
    source: Span | None
    date: str
    where: int


@dataclass(frozen=True, slots=True)
class Number:
    """A figure that is no day, or a day that can't be told.

    ``words`` are ``span`` and, in the order of the text, its qualifier and what it counts, where they are
    not in it; ``kind``, ``value`` ("15,000,000"), ``source`` and ``review`` are in words, "" where there is
    nothing to tell.
    """

    figure: str
    span: Span
    words: tuple[Span, ...]
    kind: str
    value: str
    source: str
    review: str
    where: int


@dataclass(frozen=True, slots=True)
class Dated:
    """What has a date: the day in words, the words that tell it, and what to read beside it (see
    ``toolkit.timeline.Moment``); ``told`` is the whole ``sentence`` or a part of it. ``figure`` and ``span``
    are the first of the figures."""

    figure: str
    date: str
    span: Span
    words: tuple[Span, ...]
    sentence: Span
    told: Span
    where: int


@dataclass(frozen=True, slots=True)
class Question:
    """A finding of a check: ``asks`` is what the check looks for, ``message`` what it found here."""

    asks: str
    message: str
    span: Span
    where: int


@dataclass(frozen=True, slots=True)
class Remark:
    """An editor's note on some words of the article."""

    words: str
    editor: str
    span: Span
    where: int


def facts(notes: Annotations, places: Paragraphs) -> tuple[Fact, ...]:
    """The key facts, by question."""
    return tuple(
        Fact(QUESTIONS[p.question], p.span, p.source, interval(p.date), places.number(p.span.start))
        for p in points(notes)
    )


def numbers(notes: Annotations, places: Paragraphs) -> tuple[Number, ...]:
    """All figures without a date, in the order of the text."""
    said_by = {q.id: notes.speaker(q) or notes.text(q.source) or SOMEBODY for q in notes.quotes}
    kept = sorted((f for f in notes.figures if f.status != "rejected" and not f.date), key=lambda f: f.span)
    return tuple(
        _number(notes, f, said_by.get(f.quote or "", NO_SOURCE), places.number(f.span.start)) for f in kept
    )


def _number(notes: Annotations, figure: Figure, source: str, where: int) -> Number:
    words = notes.text(figure)
    beside = (figure.qualifier, figure.counts)
    value = " · ".join(filter(None, map(value_of, figure.measures)))
    by_editor = figure.status == "confirmed" or figure.origin.startswith("editor:")
    return Number(
        figure=figure.id,
        span=figure.span,
        words=tuple(sorted({figure.span, *(_up_to(notes, figure.span, s) for s in beside if s)})),
        kind=FIGURES[figure.kind],
        value="" if value == words else value,
        source="" if figure.kind in _NO_NUMBERS and source == NO_SOURCE else source,
        review=SURE_BY_EDITOR if by_editor else "",
        where=where,
    )


def _up_to(notes: Annotations, figure: Span, beside: Span) -> Span:
    """Words beside a figure, with the few between ("of" in "500 litres of water")."""
    if figure.overlaps(beside):
        return figure
    before = beside < figure
    between = Span(beside.end, figure.start) if before else Span(figure.end, beside.start)
    words = notes.text(between)
    if len(words) > _LONGEST_GAP or "\n" in words:
        return beside
    return Span(beside.start, figure.start) if before else Span(figure.end, beside.end)


def value_of(measure: Measure) -> str:
    """ "5,000,000 USD", "30 to 40%", "27"; "" for what is measured in a noun ("mile"), where the words tell
    it better."""
    is_noun = len(measure.unit) > _LONGEST_UNIT and measure.unit.islower()
    if is_noun or measure.unit in _SHORT_NOUNS:
        return ""
    # Fifteen digits are what a float holds of a decimal, and Decimal writes all of them out.
    values = [f"{Decimal(f'{n:.15g}'):,f}" for n in (measure.value, measure.upto) if n is not None]
    unit = "%" if measure.unit == "%" else f" {measure.unit}" if measure.unit else ""
    return " to ".join(values) + unit


def dates(notes: Annotations, places: Paragraphs) -> tuple[Dated, ...]:
    """What has a date, in order of time."""
    return tuple(
        Dated(
            first.id,
            interval(moment.date),
            first.span,
            moment.words,
            moment.sentence,
            moment.told,
            places.number(first.span.start),
        )
        for moment in moments(notes)
        for first in moment.figures[:1]
    )


def interval(iso: str) -> str:
    """A date or an interval of ISO 8601 in words, a month and a year that both ends share told once: "8 to
    14 September 2025"."""
    first, _, last = iso.partition("/")
    if not last:
        return date(first)
    begins, ends = date(first).split(), date(last).split()
    shared = takewhile(lambda pair: pair[0] == pair[1], zip(reversed(begins), reversed(ends), strict=False))
    own = max(1, len(begins) - len(list(shared)))
    return f"{' '.join(begins[:own])} to {date(last)}"


def questions(notes: Annotations, places: Paragraphs) -> tuple[Question, ...]:
    """What the checks find, in the order of the text; of two findings of a check on one place the first."""
    gone = dismissed(notes)
    found = {(each.check, each.span): each for each in reversed(check(notes))}
    return tuple(
        Question(CHECKS[each.check].asks, each.message, each.span, places.number(each.span.start))
        for each in reversed(found.values())
        if not any(dismisses(edit, each.check, each.span) for edit in gone)
    )


def remarks(notes: Annotations, places: Paragraphs) -> tuple[Remark, ...]:
    """The notes that editors wrote on places of the article, in its order, none without words."""
    return tuple(sorted(_remarks(notes_on(notes), places), key=lambda remark: remark.span))


def _remarks(written: Iterable[Note], places: Paragraphs) -> Iterator[Remark]:
    for note in written:
        if note.at and note.words.strip():
            span = Span(min(note.at).start, max(s.end for s in note.at))
            yield Remark(note.words.strip(), note.by or AN_EDITOR, span, places.number(span.start))
