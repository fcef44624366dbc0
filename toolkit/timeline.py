"""What an article tells of, in order of time: its dates, each with the sentence that it stands in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from toolkit.dateline import dateline_span
from toolkit.model import Annotations, Figure, Span
from toolkit.runs import kept_quotes

_START = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T(\d\d:\d\d))?")
# Where a clause may end: at a comma and the like, or at a dash between blanks.
_BREAK = re.compile(r"[,;:](?=\s)\s*|[،؛，；：、]\s*|\s[–—-]\s+")
_SHORTEST = 40  # characters of a stretch that tells something by itself
_NEAR = 1_000  # characters around the words of a date


@dataclass(frozen=True, slots=True)
class Event:
    """A date of the article (ISO 8601, see ``Figure.date``), the figure that tells it, and the sentence
    around it: the figure's own words where the annotations have no sentence there."""

    date: str
    figure: Figure
    sentence: Span


@dataclass(frozen=True, slots=True)
class Moment:
    """A date that a sentence tells, in however many figures ("Monday … 3 March"): ``words`` are theirs, in
    order and apart. ``told`` is what to read beside it: the ``sentence`` (without the dateline), and where an
    earlier moment has told that already, the clauses around the words."""

    date: str
    figures: tuple[Figure, ...]
    words: tuple[Span, ...]
    sentence: Span
    told: Span


def timeline(notes: Annotations) -> tuple[Event, ...]:
    """The figures that have a date, in order of time; those that an editor rejected are left out.

    An interval, a month and a year stand where they begin; what begins together is in the order of
    the text.
    """
    sentences = sorted(notes.sentences)
    starts = [sentence.start for sentence in sentences]

    def around(span: Span) -> Span:
        at = bisect_right(starts, span.start) - 1
        return sentences[at] if at >= 0 and sentences[at].contains(span) else span

    dated = [figure for figure in notes.figures if figure.date and figure.status != "rejected"]
    dated.sort(key=lambda figure: (_start(figure.date), figure.span))
    return tuple(Event(figure.date, figure, around(figure.span)) for figure in dated)


def _start(date: str) -> tuple[str, str, str, str]:
    """Year, month, day and time at which a date begins."""
    match = _START.match(date)
    year, month, day, time = match.groups() if match else ("", None, None, None)
    return year, month or "01", day or "01", time or "00:00"


def moments(notes: Annotations) -> tuple[Moment, ...]:
    """The timeline to be read: a sentence comes once a date, and is told in whole once.

    The day of the dateline is none, for that is when the story was filed. A year beside its month
    ("January last year") is told by the month, and a day beside its hour by the hour.
    """
    filed = dateline_span(notes.article)
    events = [event for event in timeline(notes) if not filed.contains(event.figure.span)]
    found: dict[tuple[Span, str], list[Figure]] = {}
    for event in _narrowed(notes, events):
        found.setdefault((event.sentence, event.date), []).append(event.figure)
    spoken = _joined(
        sorted(s for q in kept_quotes(notes) if q.kind in ("direct", "mixed") for s in q.content)
    )
    told: set[Span] = set()
    made = []
    for (sentence, date), figures in sorted(found.items(), key=lambda item: _start(item[0][1])):
        figures.sort(key=lambda figure: figure.span)
        words = _joined(figure.span for figure in figures)
        is_filed = sentence.contains(filed) and filed.end <= words[0].start
        body = Span(max(sentence.start, filed.end), sentence.end) if is_filed else sentence
        stretch = _clauses(notes.article.text, body, words, spoken) if sentence in told else body
        told.add(sentence)
        made.append(Moment(date, tuple(figures), words, body, stretch))
    return tuple(made)


def _narrowed(notes: Annotations, events: Sequence[Event]) -> Iterator[Event]:
    """The events, a year or a month with the date of the day or the month that it stands beside."""
    nearest = sorted(events, key=lambda event: event.figure.span)
    narrower: dict[str, str] = {}
    for left, right in pairwise(nearest):
        between = notes.article.text[left.figure.span.end : right.figure.span.start]
        if left.sentence == right.sentence and not between.strip(" ,\u00a0"):
            wide, narrow = sorted((left, right), key=lambda event: len(event.date))
            if wide.date != narrow.date and narrow.date.startswith((f"{wide.date}-", f"{wide.date}T")):
                narrower[wide.figure.id] = narrow.date
    for event in events:
        yield replace(event, date=narrower.get(event.figure.id, event.date))


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Sorted spans, those that overlap made one."""
    joined: list[Span] = []
    for span in spans:
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def _clauses(text: str, sentence: Span, words: Sequence[Span], spoken: Sequence[Span]) -> Span:
    """The clauses of a sentence that some words stand in, and of their neighbours as many as it takes to tell
    something. Neither a quotation nor a bracket is cut. Of an endless sentence what is near is looked at."""
    at = words[0]
    sentence = Span(max(sentence.start, at.start - _NEAR), min(sentence.end, at.end + _NEAR))
    quotes = iter(spoken[bisect_right(spoken, sentence.start, key=lambda quote: quote.end) :])
    quote = next(quotes, None)
    clauses, start, seen, depth = [], sentence.start, sentence.start, 0
    for match in _BREAK.finditer(text, sentence.start, sentence.end):
        depth += text.count("(", seen, match.start()) - text.count(")", seen, match.start())
        seen = match.start()
        while quote and quote.end <= match.start():
            quote = next(quotes, None)
        if depth <= 0 and not (quote and quote.start < match.end()):
            clauses.append(Span(start, match.start()))
            start = match.end()
    clauses.append(Span(start, sentence.end))
    holding = [n for n, clause in enumerate(clauses) if any(clause.overlaps(each) for each in words)]
    first, last = (holding[0], holding[-1]) if holding else (0, len(clauses) - 1)
    while clauses[last].end - clauses[first].start < _SHORTEST and last - first + 1 < len(clauses):
        first, last = (first, last + 1) if last + 1 < len(clauses) else (first - 1, last)
    return Span(clauses[first].start, clauses[last].end)
