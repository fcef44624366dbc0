"""What an article tells of, in order of time: its dates, each with the sentence that it stands in."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from toolkit.model import Annotations, Figure, Span

_START = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T(\d\d:\d\d))?")


@dataclass(frozen=True, slots=True)
class Event:
    """A date of the article (ISO 8601, see ``Figure.date``), the figure that tells it, and the sentence
    around it: the figure's own words where the annotations have no sentence there."""

    date: str
    figure: Figure
    sentence: Span


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
