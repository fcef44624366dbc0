"""The date that words mean: "Tuesday", "early last year", "3-5 March".

A phrase is a row of meanings (see ``toolkit.figures.lexicon``); its shape tells how to read it.
What fits no shape has no date, and what two readers would read in two ways has none either.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from re import Pattern
from typing import TypeAlias

from toolkit.figures import relative, written
from toolkit.figures.calendar import Period, Setting
from toolkit.figures.lexicon import Lexicon, Parts, Token, tokens

Reading: TypeAlias = Callable[[Parts, Setting], Period | None]


@dataclass(frozen=True, slots=True)
class Meaning:
    """A phrase whose shape is known; ``letters`` are those of its words."""

    letters: str
    parts: Parts
    reading: Reading

    def period(self, at: Setting) -> Period | None:
        """The days that are meant, or None where it can't be told."""
        try:
            return self.reading(self.parts, at)
        except (ValueError, OverflowError):  # no such day, or none that a calendar holds
            return None

    def period_of_year(self, year: int) -> Period | None:
        """The same in a year, for a phrase that names a month (``is_bare``)."""
        return written.in_year(self.parts, year)

    def as_stretch(self) -> Meaning:
        """The same behind "between", where "the 3rd and the 5th" has the 4th too."""
        if "range" not in self.parts:
            return self
        return replace(self, parts={**self.parts, "range": (Token("r", "to", self.parts["range"][0].end),)})

    @property
    def is_bare(self) -> bool:
        """Whether it names a month and leaves the year to the reader."""
        return bool(re.fullmatch("[wnrt]*m[nrtm]*h?", self.letters))

    @property
    def has_year(self) -> bool:
        return bool(set("YDN") & set(self.letters))

    @property
    def names_its_year(self) -> bool:
        """Whether it is a month, or a day of one, and says of which year: 2021, or last year."""
        return "month" in self.parts and (self.has_year or "when" in self.parts)


def meaning(words: str, known: Lexicon) -> Meaning | None:
    """What a phrase means, or None where its shape is not known. ``words`` are folded."""
    row, whole = tokens(words, known)
    row = [token for token in row if token.letter != "i"]
    letters = "".join(token.letter for token in row)
    for shape, reading in _shapes() if whole else ():
        if match := shape.fullmatch(letters):
            spans = {name: match.span(name) for name in match.groupdict() if match[name] is not None}
            return Meaning(letters, {name: tuple(row[slice(*span)]) for name, span in spans.items()}, reading)
    return None


@functools.cache
def _shapes() -> tuple[tuple[Pattern[str], Reading], ...]:
    """The shapes that a phrase may have, and how each is read; the first that fits counts."""
    unit, many, count = "(?P<unit>[uyk])", "(?P<unit>[uykU])", "(?P<count>n)"
    weekday, month, day = "(?P<weekday>w)", "(?P<month>m)", "(?P<day>n)"
    year, week = "(?P<when>Y|t?[szo]y|t?z?y[lv])", "(?P<when>t?[szo]k|t?z?k[lv])"
    over = "(?P<range>r)"
    to_day, to_month = f"(?:{over}t?(?P<to>n))?", f"(?:{over}(?P<to>m))?"
    table: tuple[tuple[str, Reading], ...] = (
        ("w?(?P<date>D)", written.iso_date),
        ("w?(?P<date>N)", written.numeric_date),
        (f"t?{weekday}?t?{day}{to_day}{month}{year}?h?", written.calendar_date),
        (f"t?{weekday}?{month}t?{day}{to_day}{year}?h?", written.calendar_date),
        (f"t?w?{day}{month}{over}t?w?(?P<to>n)(?P<to_month>m){year}?", written.calendar_date),
        (f"w?{month}{day}{over}w?(?P<to_month>m)(?P<to>n){year}?", written.calendar_date),
        (f"{month}{to_month}{year}?", written.calendar_date),
        (f"(?P<way>s){month}", written.month_beside),
        (f"t?{weekday}?t?{day}?{month}(?P<way>l)", written.month_beside),
        (f"t?{weekday}t?{day}", written.weekday_and_day),
        (f"z{month}", written.this_month),
        ("t?[cy]?(?P<year>Y)(?:r(?P<to>Y))?", written.year_of),
        ("(?P<years>R)", written.years),
        ("t?(?P<decade>X)", written.decade),
        ("t?U(?P<decade>Y)", written.decade),
        (f"t?{weekday}h?{week}?", relative.weekday),
        (f"(?P<this>z){weekday}h?", relative.weekday),
        (f"(?P<way>s){weekday}h?", relative.weekday_beside),
        (f"[tz](?P<way>p){weekday}h?", relative.weekday_beside),
        (f"t?{weekday}h?(?P<way>l)", relative.weekday_beside),
        (f"t(?P<way>o){weekday}h?", relative.other_weekday),
        (f"t?{weekday}h?(?P<way>v)", relative.other_weekday),
        ("(?P<way>[dsz])h", relative.day),
        ("(?P<way>d)", relative.day),
        (f"e?t?(?P<way>z){unit}", relative.shifted),
        ("e?(?P<way>[sz])(?P<unit>[uykb])", relative.shifted),
        ("z(?P<way>p)(?P<unit>b)", relative.shifted),
        ("t?(?P<unit>[uykb])(?P<way>l)", relative.shifted),
        ("t?b", relative.weekend),
        (f"[tz]?(?P<way>[sp]){count}{many}", relative.stretch),
        (f"[tz]?{count}(?P<way>[spg]){many}", relative.stretch),
        (f"[tz]?(?P<way>p){unit}", relative.stretch),
        (f"t(?P<way>s){unit}", relative.last_or_next),
        (f"{count}{many}(?P<way>a)", relative.ago),
        (f"(?P<way>a){count}{many}", relative.ago),
        (f"{count}{many}(?P<way>e)", relative.other),
        (f"e?t?(?P<way>o){unit}", relative.other),
        (f"[tz]?{unit}(?P<way>v)", relative.other),
        ("t?(?P<way>o)h", relative.other),
        ("t(?P<way>s)h", relative.other),
        ("(?P<way>q)", relative.other),
        ("t?(?P<feast>f)(?P<year>Y)?", written.feast),
    )  # fmt: skip
    return tuple((re.compile(shape), reading) for shape, reading in table)
