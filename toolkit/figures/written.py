"""Dates that name a day, a month or a year: "14 March", "March 3-5", "2020-21", "the 1990s".

Each function reads the words of one shape (see ``toolkit.figures.dates``) as seen from a setting,
and gives None where it can't be told; what no calendar holds raises ``ValueError``.
"""

from __future__ import annotations

import re
from datetime import date

from toolkit.figures import calendar
from toolkit.figures.calendar import Period, Setting
from toolkit.figures.lexicon import Parts, number, word
from toolkit.figures.relative import when

_NUMERIC = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d\d)\Z")


def numbers(words: str) -> tuple[int, int, int] | None:
    """The three numbers of a date such as 3/4/2021."""
    match = _NUMERIC.match(words)
    return (int(match[1]), int(match[2]), int(match[3])) if match else None


def in_year(parts: Parts, year: int) -> Period | None:
    """The day, days or months that a phrase names, in a year; None where it has none such.

    What runs over the end of a year ends in that year.
    """
    month, day, to = (number(parts, name) for name in ("month", "day", "to"))
    try:
        if day:
            last = date(year, number(parts, "to_month", month), to or day)
            over = "to_month" in parts and (last.month, last.day) < (month, day)
            found = Period(date(year - over, month, day), last)
        else:
            first, last = date(year, month, 1), calendar.around(date(year, to or month, 1), "month").last
            found = Period(first, last, "month")
    except (ValueError, OverflowError):
        return None
    return found if found.first <= found.last else None


def calendar_date(parts: Parts, at: Setting) -> Period | None:
    """14 March; Monday, March 14, 2021; March 3-5; 30 May to 2 June; June to August 2022; May last year."""
    if "range" in parts and word(parts, "range") == "and":
        start = number(parts, "day" if "day" in parts else "month")
        if "to_month" in parts or number(parts, "to") != start + 1:
            return None  # the third and the fifth, but not the fourth
    if "when" in parts:
        year = when(parts, at)
        return in_year(parts, year.first.year) if year else None
    if "weekday" in parts:
        weekday = number(parts, "weekday")
        return calendar.yearly_on(at.near, at.tense, weekday, lambda year: in_year(parts, year))
    return calendar.yearly(at.near, at.tense, lambda year: in_year(parts, year))


def weekday_and_day(parts: Parts, at: Setting) -> Period | None:
    """Tuesday the 14th; jeudi 12."""
    return calendar.dated_weekday(at.near, at.tense, number(parts, "weekday"), number(parts, "day"))


def month_beside(parts: Parts, at: Setting) -> Period | None:
    """Mars dernier, le 5 mars dernier: the nearest. Last March: only if that is of the year before."""
    if at.near is None or at.near.grain == "year":
        return None
    way, here = number(parts, "way"), at.near.first.year
    months = [p for year in range(here - 2, here + 3) if (p := in_year(parts, year))]
    if way < 0:
        found = max((p for p in months if p.last < at.near.first), default=None)
    else:
        found = min((p for p in months if p.first > at.near.last), default=None)
    if found and "weekday" in parts and found.first.isoweekday() != number(parts, "weekday"):
        return None
    is_plain = parts["way"][0].letter == "l" or (found and found.first.year == here + way)
    return found if is_plain else None


def this_month(parts: Parts, at: Setting) -> Period | None:
    """This March."""
    return in_year(parts, at.near.first.year) if at.near else None


def numeric_date(parts: Parts, at: Setting) -> Period | None:
    """14/3/2021; 3/4/2021 only where it is known which of the two is the day."""
    words = word(parts, "date")
    first, second, year = numbers(words) or (0, 0, 0)
    if year < 100:
        if at.near is None:
            return None
        year += 2000 if 2000 + year <= at.near.last.year + 10 else 1900
    day_first = True if first > 12 or "." in words else False if second > 12 else at.day_first
    if day_first is None and first != second:
        return None
    return calendar.day(date(year, second, first) if day_first else date(year, first, second))


def iso_date(parts: Parts, at: Setting) -> Period | None:
    """2021-03-14."""
    return calendar.parse(word(parts, "date"))


def year_of(parts: Parts, at: Setting) -> Period | None:
    """2019; 2010 to 2015; the summer of 2019, which south of the equator lies in two years."""
    first, last = number(parts, "year"), number(parts, "to", number(parts, "year"))
    return Period(date(first, 1, 1), date(last, 12, 31), "year") if first <= last else None


def years(parts: Parts, at: Setting) -> Period | None:
    """2015-2020; 2020-21."""
    first, last = re.split("[-/]", word(parts, "years"))
    first_year, last_year = int(first), int(first[: 4 - len(last)] + last)
    return Period(date(first_year, 1, 1), date(last_year, 12, 31), "year") if first_year < last_year else None


def decade(parts: Parts, at: Setting) -> Period | None:
    """The 1990s; not the 1900s, which may be a century."""
    first = int(word(parts, "decade")[:4])
    if first % 10 or (first % 100 == 0 and first < 2000):
        return None
    return Period(date(first, 1, 1), date(first + 9, 12, 31), "year")


def feast(parts: Parts, at: Setting) -> Period | None:
    """Christmas Eve; New Year's Day 2019."""
    month, day = map(int, word(parts, "feast").split("-"))
    if "year" in parts:
        return calendar.day(date(number(parts, "year"), month, day))
    return calendar.yearly(at.near, at.tense, lambda year: calendar.day(date(year, month, day)))
