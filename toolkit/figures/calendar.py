"""Stretches of the calendar, and steps from one to another; knows no words and no text.

dateutil's ``relativedelta`` does what it does well: months that are shorter, leap days, the
Tuesday before a day. Its parser and dateparser fill in what a phrase does not tell (the latter
takes "the 1990s" for yesterday and every 3/4 for an American one), so the words are read here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

from dateutil.relativedelta import FR, MO, SA, SU, TH, TU, WE, relativedelta

Grain: TypeAlias = Literal["day", "month", "year"]
Tense: TypeAlias = Literal["past", "future", ""]  # "" where the text does not tell

_DAYS = (MO, TU, WE, TH, FR, SA, SU)
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?!\d))?)?")
_WRITTEN: dict[Grain, int] = {"day": 10, "month": 7, "year": 4}  # characters of an ISO date
_STEPS: dict[str, dict[str, int]] = {
    "day": {"days": 1}, "week": {"weeks": 1}, "fortnight": {"weeks": 2}, "month": {"months": 1},
    "year": {"years": 1}, "decade": {"years": 10},
}  # fmt: skip
_GRAINS: dict[str, Grain] = {"month": "month", "year": "year", "decade": "year"}
_CLOSE, _NEAR, _FAR = 30, 120, 300  # days from the day of the article
_MONTH = 31  # days


class Period(NamedTuple):
    """The days from ``first`` to ``last``, both included; ``grain`` is how precisely they are told."""

    first: date
    last: date
    grain: Grain = "day"

    @property
    def is_day(self) -> bool:
        return self.first == self.last


class Setting(NamedTuple):
    """From where a phrase is read.

    ``near`` is the day of the article, or the month or year where no more is known. ``tense`` is
    that of what the date is told of, ``other`` the date that the text told just before.
    ``day_first`` is how it writes 3/4/2021, None where that is not known.
    """

    near: Period | None
    tense: Tense = ""
    other: Period | None = None
    day_first: bool | None = None


def iso(period: Period) -> str:
    """ISO 8601: "2024-08-05", "2024-08", "2024", or an interval of two such ("2024-08-05/2024-08-11")."""
    width = _WRITTEN[period.grain]
    first, last = period.first.isoformat()[:width], period.last.isoformat()[:width]
    return first if first == last else f"{first}/{last}"


def parse(text: str) -> Period | None:
    """What an ISO date begins with: a day, a month or a year; None where no calendar has it."""
    match = _ISO.match(text)
    if not match:
        return None
    year, month, number = (int(part) if part else None for part in match.groups())
    try:
        if number and month and year:
            return day(date(year, month, number))
        return around(date(year or 0, month or 1, 1), "month" if month else "year")
    except (ValueError, OverflowError):
        return None


def day(when: date) -> Period:
    return Period(when, when)


def around(when: date, unit: str) -> Period:
    """The day, week (Monday to Sunday), month or year that a day lies in."""
    match unit:
        case "week" | "fortnight":
            first = when + relativedelta(weekday=MO(-1))
            return Period(first, first + relativedelta(days=6))
        case "month":
            return Period(when.replace(day=1), when + relativedelta(day=31), "month")
        case "year":
            return Period(date(when.year, 1, 1), date(when.year, 12, 31), "year")
    return day(when)


def away(start: Period | None, unit: str, count: int) -> Period | None:
    """The day, week, month or year that lies so many units before (a count below 0) or after a period.

    None where the period is not told so precisely, and for decades, which nobody counts to the year.
    """
    if start is None:
        return None
    here = around(start.first, unit)
    if unit == "decade" or not here.first <= start.last <= here.last:
        return None
    return around(start.first + _step(unit, count), unit)


def stretch(start: Period | None, unit: str, count: int) -> Period | None:
    """So many units up to a period (a count below 0) or from it on, with the period itself."""
    if start is None:
        return None
    grain = _GRAINS.get(unit, "day")
    here = around(start.first, grain)
    if not here.first <= start.last <= here.last:
        return None
    there = around(start.first + _step(unit, count), grain)
    first, last = sorted((here, there))
    return Period(first.first, last.last, grain)


def weekday(near: Period | None, number: int, tense: Tense) -> Period | None:
    """A weekday (1 is Monday) as news names it: the last one or, of what is to come, the next one,
    the day itself included."""
    if near is None or not near.is_day:
        return None
    back, ahead = (day(near.first + relativedelta(weekday=_DAYS[number - 1](way))) for way in (-1, 1))
    if tense:
        return back if tense == "past" else ahead
    return back if back == ahead else None


def weekday_beside(near: Period | None, number: int, way: int) -> Period | None:
    """The first such weekday before (-1) or after (1) a day, not the day itself."""
    if near is None or not near.is_day:
        return None
    return day(near.first + relativedelta(days=way, weekday=_DAYS[number - 1](way)))


def weekday_in(week: Period, number: int) -> Period:
    """A weekday of a week."""
    return day(week.first + relativedelta(weekday=_DAYS[number - 1](1)))


def weekend(near: Period | None, way: int, tense: Tense) -> Period | None:
    """The weekend of the week before (-1) or after (1), or this one (0): that which has begun where it
    lies in the past, else that of the same week. None for the next one on a working day, which may be
    either."""
    if near is None or not near.is_day:
        return None
    week = around(near.first, "week").first
    is_workday = near.first.isoweekday() < 6
    if way > 0 and is_workday:
        return None
    back = way < 0 or (way == 0 and tense == "past" and is_workday)
    saturday = week + relativedelta(days=5, weeks=-1 if back else way)
    return Period(saturday, saturday + relativedelta(days=1))


def yearly(near: Period | None, tense: Tense, of_year: Callable[[int], Period | None]) -> Period | None:
    """Of what comes once a year, the last or, of what is to come, the next, that of now included.

    Without a tense the nearer of the two, if it is near. None also where the tense speaks for one
    that is most of a year off and the other is close: then one would have named the year.
    """
    if near is None:
        return None
    years = range(near.first.year - 8, near.last.year + 9)  # a leap day may be eight years off
    known = [period for year in years if (period := of_year(year))]
    back = max((p for p in known if p.first <= near.last), default=None)
    ahead = min((p for p in known if p.last >= near.first), default=None)
    if back is None or ahead is None or back == ahead:
        return back or ahead
    since, until = (near.first - back.last).days, (ahead.first - near.last).days
    if not tense:
        return None if min(since, until) > _NEAR else back if since < until else ahead
    told, other = (since, until) if tense == "past" else (until, since)
    if told > _FAR and other <= _CLOSE:
        return None
    return back if tense == "past" else ahead


def yearly_on(
    near: Period | None, tense: Tense, number: int, of_year: Callable[[int], Period | None]
) -> Period | None:
    """The same of a day that is told with its weekday (1 is Monday), if that is the one it falls on.

    None where the nearest such day is close and another weekday: then one of the two is a slip, and
    no other year is meant. Only of a far one does the weekday tell that it is the other.
    """
    if near is None:
        return None
    around_near = range(near.first.year - 1, near.last.year + 2)
    known = [period for year in around_near if (period := of_year(year))]
    back = max((p for p in known if p.first <= near.last), default=None)
    ahead = min((p for p in known if p.last >= near.first), default=None)
    nearest = min(filter(None, (back, ahead)), key=lambda p: _off(near, p), default=None)
    if nearest is None:
        return None
    plain = {"past": back, "future": ahead, "": nearest}[tense]
    off = _off(near, nearest)
    if off <= _CLOSE or (not tense and (off <= _NEAR or nearest.first.isoweekday() == number)):
        plain = nearest
    elif not tense:
        plain = ahead if nearest == back else back
    return plain if plain and plain.first.isoweekday() == number else None


def dated_weekday(near: Period | None, tense: Tense, number: int, of_month: int) -> Period | None:
    """The weekday (1 is Monday) that is such a day of its month ("Tuesday the 14th"), the nearest
    within a month; None where there is none, or it lies where the tense does not."""
    if near is None or not near.is_day:
        return None
    steps = {"past": range(-_MONTH, 1), "future": range(_MONTH + 1), "": range(-_MONTH, _MONTH + 1)}[tense]
    days = (near.first + relativedelta(days=step) for step in sorted(steps, key=abs))
    return next((day(d) for d in days if d.day == of_month and d.isoweekday() == number), None)


def is_close(near: Period | None, period: Period) -> bool:
    """Whether a period is so near that news names it without its year."""
    return near is not None and _off(near, period) <= _NEAR


def _off(near: Period, period: Period) -> int:
    """How many days lie between two periods, 0 where they touch."""
    return max((period.first - near.last).days, (near.first - period.last).days, 0)


def _step(unit: str, count: int) -> relativedelta:
    return relativedelta(**{name: size * count for name, size in _STEPS[unit].items()})
