"""Dates that are told from a day: "Tuesday", "last week", "two years ago", "the following day".

Each function reads the words of one shape (see ``toolkit.figures.dates``) as seen from a setting,
and gives None where it can't be told, above all where two readers would take it in two ways.
"""

from __future__ import annotations

from datetime import date

from toolkit.figures import calendar
from toolkit.figures.calendar import Period, Setting, Tense
from toolkit.figures.lexicon import Parts, number, word


def weekday(parts: Parts, at: Setting) -> Period | None:
    """Tuesday; this Tuesday; Tuesday last week."""
    day = number(parts, "weekday")
    if "when" in parts:
        week = when(parts, at)
        return calendar.weekday_in(week, day) if week else None
    tense: Tense = at.tense or ("future" if "this" in parts else "")
    return calendar.weekday(at.near, day, tense)


def weekday_beside(parts: Parts, at: Setting) -> Period | None:
    """This past Tuesday, mardi dernier: the nearest. Last Tuesday: that one only where it lies in
    another week, for else the one of the week before may be meant."""
    found = calendar.weekday_beside(at.near, number(parts, "weekday"), number(parts, "way"))
    if found is None or at.near is None:
        return None
    week = calendar.around(at.near.first, "week")
    is_plain = parts["way"][0].letter != "s" or not week.first <= found.first <= week.last
    return found if is_plain else None


def other_weekday(parts: Parts, at: Setting) -> Period | None:
    """The following Monday."""
    way = number(parts, "way")
    return calendar.weekday_beside(at.other, number(parts, "weekday"), way) if way else None


def day(parts: Parts, at: Setting) -> Period | None:
    """Yesterday; this morning; last night."""
    way = number(parts, "way")
    return calendar.away(at.near, "day", way) if way < 1 or parts["way"][0].letter == "d" else None


def shifted(parts: Parts, at: Setting) -> Period | None:
    """Last week; this year; next month; l'an dernier; this past weekend."""
    unit, way = word(parts, "unit"), number(parts, "way")
    return (
        calendar.weekend(at.near, way, at.tense) if unit == "weekend" else calendar.away(at.near, unit, way)
    )


def weekend(parts: Parts, at: Setting) -> Period | None:
    """The weekend, of which only the tense tells which."""
    return calendar.weekend(at.near, 0, at.tense) if at.tense else None


def stretch(parts: Parts, at: Setting) -> Period | None:
    """The past two years; the last decade."""
    return calendar.stretch(at.near, word(parts, "unit"), number(parts, "way") * number(parts, "count", 1))


def last_or_next(parts: Parts, at: Setting) -> Period | None:
    """The last year; the next year, which in a story of the past is the one after."""
    unit, way = word(parts, "unit"), number(parts, "way")
    if unit == "day":
        return other(parts, at) if way > 0 else None
    if way < 0 or at.tense == "future":
        return stretch(parts, at)
    return other(parts, at) if at.tense == "past" else None


def ago(parts: Parts, at: Setting) -> Period | None:
    """Two days ago; a week from now."""
    return calendar.away(at.near, word(parts, "unit"), number(parts, "way") * number(parts, "count"))


def other(parts: Parts, at: Setting) -> Period | None:
    """The following day; a week later; the same year; la veille: seen from the date told before."""
    unit = word(parts, "unit") if "unit" in parts else "day"
    return calendar.away(at.other, unit, number(parts, "way") * number(parts, "count", 1))


def when(parts: Parts, at: Setting) -> Period | None:
    """The year or week that the end of a phrase names: 2021; last week; that year; the following week."""
    row = parts["when"]
    if row[0].letter == "Y":
        return calendar.around(date(int(row[0].value), 1, 1), "year")
    letters = "".join(token.letter for token in row)
    unit = next(token.value for token in row if token.letter in "yk")
    way = next(token for token in reversed(row) if token.letter in "szlov")
    is_other = way.letter in "ov" or letters.startswith("ts")
    return calendar.away(at.other if is_other else at.near, unit, int(way.value))
