"""Dates that can't be right: a weekday that the day is not, a day that no calendar has, and
something past that is yet to come.

A date without a year is that of the year nearest to the article, whatever the words around it say;
only one that is far from it may be of the year that it was resolved to.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from toolkit import languages
from toolkit.checks.finding import WORD, Finding, Stretches, prose, told, words
from toolkit.languages import Language
from toolkit.model import Annotations, Figure, Span

_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d(?!.*/)")
_DAY = re.compile(r"(\d{1,2})[^\W\d]{0,3}")
_YEAR = re.compile(r"\d{4}")
_WEEKDAY_BEFORE = re.compile(r"([^\W\d_]+)(?:,? |, the | the )\Z")
_BACK = 30  # characters
_SOON = timedelta(days=31)  # a past event without a year is rather of the year before than further ahead
_CLOSE = timedelta(days=30)  # within them a day with another weekday is a slip, not that of another year
_LEAP = 2000


class _Told(NamedTuple):
    """What a date says in so many words; ``year`` is None where it leaves that to the reader."""

    day: int
    month: int
    year: int | None


def wrong_date(notes: Annotations) -> Iterator[Finding]:
    """Dates that contradict themselves, the calendar, or the day of the article."""
    language = languages.get(notes.article.language)
    if language is None or len(_named(language, "weekdays")) != 7:
        return
    sentences, running, today = Stretches(notes.sentences), prose(notes), _day(notes.article.published)
    for figure in notes.figures:
        if figure.kind != "date" or figure.status == "rejected":
            continue
        if (said := _said(notes, figure, language)) is None:
            continue
        if said.day > calendar.monthrange(said.year or _LEAP, said.month)[1]:
            yield Finding("wrong-date", figure.span, f"No calendar has a {told(notes, figure.span)}.")
        elif when := _when(said, today):
            resolved = None if said.year else _day(figure.date)
            is_known_to_come = resolved == when  # by the tense of its verb
            if resolved and today and abs(when - today) > _CLOSE:
                when = resolved  # of a far day the weekday has told the year
            yield from _weekday(notes, figure, when, language)
            sentence = sentences.at(figure.span.start)
            is_ahead = today and today < when and (said.year or when - today <= _SOON)
            is_ahead = is_ahead and not is_known_to_come
            if is_ahead and sentence and running.at(figure.span.start):
                yield from _past(notes, figure, sentence)


def _said(notes: Annotations, figure: Figure, language: Language) -> _Told | None:
    """The one day that a figure tells by its number: "13 May", "May 13th, 2025", "13/5/2025"."""
    months = language.dates.get("month", {})
    found = WORD.findall(notes.text(figure).lower())
    named = [month for w in found if (month := months.get(w) or months.get(f"{w}."))]
    days = [int(m[1]) for w in found if (m := _DAY.fullmatch(w)) and 0 < int(m[1]) <= 31]
    years = [int(w) for w in found if _YEAR.fullmatch(w) and int(w)]
    if not named and any(c.isdigit() for c in notes.text(figure)) and (day := _day(figure.date)):
        return _Told(day.day, day.month, day.year)
    if len(named) != 1 or len(days) != 1 or len(years) > 1:
        return None
    return _Told(days[0], int(named[0]), years[0] if years else None)


def _named(language: Language, key: str) -> list[str]:
    """The words of a list in small letters, each once."""
    return list(dict.fromkeys(word.lower() for word in language.figures.get(key, ())))


def _day(iso: str) -> date | None:
    """The day of an ISO 8601 date, None for a month, a stretch of time or what is in no calendar."""
    try:
        return date.fromisoformat(iso[:10]) if _ISO_DAY.match(iso) else None
    except ValueError:
        return None


def _when(said: _Told, today: date | None) -> date | None:
    """The day that is meant, if that can be told."""
    years = (said.year,) if said.year else (today.year - 1, today.year, today.year + 1) if today else ()
    days = [
        date(year, said.month, said.day)
        for year in years
        if date.min.year <= year <= date.max.year and said.day <= calendar.monthrange(year, said.month)[1]
    ]
    return min(days, key=lambda day: abs(day - (today or day)), default=None)


def _weekday(notes: Annotations, figure: Figure, when: date, language: Language) -> Iterator[Finding]:
    """ "Tuesday, 12 March 2025", which was a Wednesday; the weekday may stand before the figure."""
    weekdays = _named(language, "weekdays")
    named = {day.lower(): day for day in reversed(language.figures["weekdays"])}
    start = figure.span.start
    before = _WEEKDAY_BEFORE.search(notes.article.text, max(start - _BACK, 0), start)
    whole = Span(before.start() if before and before[1].lower() in named else start, figure.span.end)
    found = {word for word in WORD.findall(notes.text(whole).lower()) if word in named}
    right = weekdays[when.weekday()]
    if len(found) == 1 and right not in found:
        message = f"{told(notes, whole)}: {when.isoformat()} is a {named[right]}."
        yield Finding("wrong-date", whole, message)


def _past(notes: Annotations, figure: Figure, sentence: Span) -> Iterator[Finding]:
    """ "The trial opened on 5 May", in an article of 2 May; not "was to open", "opens". What stands
    beside another date is told of that one."""
    table, text = words(notes), notes.article.text
    others = [f.span for f in notes.figures if f.kind == "date" and f.id != figure.id]
    start = max(
        (o.end for o in others if sentence.start <= o.start < figure.span.start), default=sentence.start
    )
    end = min((o.start for o in others if figure.span.end <= o.start < sentence.end), default=sentence.end)
    beside = f"{text[start : figure.span.start]} {text[figure.span.end : end]}"
    used = set(WORD.findall(beside.lower()))
    if used.intersection(table["past"]) and not used.intersection(table["not_past"]):
        message = f"{told(notes, figure.span)} is told as past, and comes after the day of the article."
        yield Finding("wrong-date", figure.span, message)
