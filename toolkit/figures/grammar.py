"""How figures are put together, as patterns that are made of a language's words.

Every repetition is bounded and no number is begun inside another, so reading takes time in
proportion to the text, whatever the text is. The patterns want a folded text (see
``toolkit.figures``): plain hyphens and blanks, wrapped lines joined.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from re import Pattern
from typing import TypeAlias

from toolkit import languages
from toolkit.model import FigureKind

Words: TypeAlias = Mapping[str, tuple[str, ...]]

_VULGAR = "[½⅓⅔¼¾⅛⅜⅝⅞]"
_DIGITS = (
    r"(?:(?:\d{1,3}(?:,\d{2,3}){0,6},\d{3}|\d{1,3}(?: \d{3}){1,4}|\d{1,3}(?:\.\d{3}){2,4}|\d{1,12})"
    rf"(?:[.,]\d{{1,6}})?(?!\d)(?: ?{_VULGAR}| \d/\d(?![\d/]))?|{_VULGAR})"
)
_APART = r"(?<!\w)(?<!\d[.,:/])(?<!\w[-'])"
_YEAR = r"(?:1[5-9]|20)\d\d(?!\d)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\w%]|[.:]\d|,\d{3}(?!\d))"
_HOUR, _MINUTE = r"(?:[01]?\d|2[0-4])", r"[0-5]\d(?!\d)"


@dataclass(frozen=True, slots=True)
class Grammar:
    """``phrases`` are figures by themselves. ``number`` finds a number, or two with a joint
    between, each perhaps with its sign of currency. From ``percent`` to ``metres`` is matched
    behind a number, ``no_number`` is what none is when it stands alone, ``scaled`` is searched
    in a number, and the last four in the words before it."""

    words: Words
    phrases: tuple[tuple[FigureKind, Pattern[str]], ...]
    number: Pattern[str]
    percent: Pattern[str]
    money: Pattern[str]
    weak_money: Pattern[str]
    money_scale: Pattern[str]
    period: Pattern[str]
    unit: Pattern[str]
    metres: Pattern[str]
    no_number: Pattern[str]
    scaled: Pattern[str]
    label: Pattern[str]
    between: Pattern[str]
    change: Pattern[str]
    before_year: Pattern[str]


@functools.cache
def grammar(code: str) -> Grammar:
    """The patterns of a language that has words for figures, by its code."""
    language = languages.get(code)
    assert language is not None
    a = _Choice(language.figures)
    phrases: tuple[tuple[FigureKind, str], ...] = (
        ("number", _fractions(a)),
        ("time", _times(a)),
        ("date", _dates(a)),
        ("relative", _relative(a)),
    )
    return Grammar(
        words=language.figures,
        phrases=tuple((kind, re.compile(pattern)) for kind, pattern in phrases),
        number=re.compile(_numbers(a)),
        **{name: re.compile(pattern) for name, pattern in {**_behind(a), **_before(a)}.items()},
    )


class _Choice:
    """Called with names of word lists: a pattern for any of their words, the longest first."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def __call__(self, *names: str) -> str:
        words = sorted({w for name in names for w in self.words[name]}, key=lambda w: (-len(w), w))
        return "(?:" + "|".join(re.escape(w).replace(r"\ ", "[ -]") for w in words) + ")"

    def before(self, name: str, more: str = "") -> str:
        """One of the words, looked back at; a pattern may look back over a fixed length only."""
        return "(?:" + "|".join(rf"(?<=\b{re.escape(w)}{more})" for w in self.words[name]) + ")"

    def not_before(self, name: str, more: str = "") -> str:
        return "".join(rf"(?<!\b{re.escape(w)}{more})" for w in self.words[name])


def _numbers(a: _Choice) -> str:
    """A number, or two: 1.2 million; $10 to $15 (million); 3-2; between ten and 12; one in five."""
    sign = rf"(?:[A-Z.]{{0,4}}{a('currency_signs')}|{a('currency_prefixes')}\.?) ?(?=\d)"
    scales = rf"(?:(?:[ -]?(?i:{a('scales')})(?!\w)){{1,3}}| ?{a('short_scales')}(?!\w))?"
    number = rf"(?:{_DIGITS}{scales}|{_spelled(a)})(?:[ -]{a('and_a_half')}(?!\w))?"
    joint = rf"(?:-(?!0\d)| - |/| (?i:{a('range', 'range_between', 'ratio', 'ratio_of_one')}) )"
    return (
        rf"(?:(?<!\w)(?P<sign>{sign})|{_APART})(?P<first>{number})"
        rf"(?:(?P<joint>{joint})(?P<other>{sign})?(?P<second>{number}))?(?![-/:.,']\d)"
    )


def _behind(a: _Choice) -> dict[str, str]:
    """What makes a number a share, a sum of money, a stretch of time or another quantity."""
    of = rf"(?:(?i:{a('of')}) )?"
    period = rf"(?i:{a('time_units')}s?(?!\w))"
    written = rf"[ -]{of}(?i:(?:{a('before_unit')}[ -])?{a('units')}s?)"
    unit = rf"(?:{written}|[ -]?{a('unit_symbols')}|{a('close_symbols')})(?!\w)"
    rate = rf"(?i:(?: {a('per')} | ?/ ?){a('per_units')}(?!\w))"
    country = r"(?:[A-Z][\w.]{0,14} ){0,2}"
    return {
        "percent": rf"[ -]?(?:%|(?i:{a('percent')})(?!\w))",
        "money": rf"[ -]{of}{country}(?i:{a('currencies')}s?)(?!\w)| ?{a('currency_signs')}(?! ?\d)",
        "weak_money": rf"[ -](?P<country>{a('currency_countries')} )?(?i:{a('weak_currencies')}s?)(?!\w)"
        rf"(?! {a('of')}\b)",
        "money_scale": rf" ?{a('money_scales')}(?!\w)",
        "period": rf"[ -]{of}{period}(?:(?:,| {a('range_between')})? \d{{1,2}} {period}"
        rf"|(?i:[ -]{a('after_period')}(?!\w)))?(?!-\w)(?P<ago> (?i:{a('ago')})(?!\w))?",
        "unit": rf"{unit}(?:{rate}| \d{{1,3}}(?:\.\d)?{unit})?",
        "metres": rf" ?{a('million_or_metre')}(?!\w)",
    }


def _before(a: _Choice) -> dict[str, str]:
    """What is asked of a number itself, and of the words before it."""
    return {
        "scaled": rf"(?i:{a('scales', 'many')}(?!\w))|{a('short_scales')}(?!\w)",
        "no_number": rf"(?i:{a('half_before_unit', 'scales')})",
        "label": rf"(?<![\w-])(?i:{a('labels')})[ -]\Z",
        "between": rf"(?<!\w)(?i:{a('between')}) \Z",
        "change": rf"(?<!\w)(?i:{a('before_change')}) \Z",
        "before_year": rf"(?:(?<!\w)(?i:{a('before_year')})[ -]|\()\Z",
    }


def _spelled(a: _Choice) -> str:
    """Three hundred and five; a few thousand; half a million; tens of thousands; half an (hour)."""
    item = rf"{a('numbers', 'scales')}(?!\w|-{a('ordinals')}\b)"
    return (
        rf"(?i:(?:{a('before_scale')}[ -](?={a('scales')}\b))?{item}"
        rf"(?:(?:[ -]|{a.before('scales')} {a('range_between')} ){item}){{0,9}}"
        rf"|{a('many')}(?!\w)(?: {a('of')} {a('many', 'scales')}(?!\w)){{0,2}}"
        rf"|{a('many_of')}(?: {a('of')} {a('many', 'scales')}(?!\w)|(?= {a('of')}\b))"
        rf"|{a('half_before_unit')}(?!\w))"
    )


def _fractions(a: _Choice) -> str:
    """Two-thirds; a quarter of; half of; about half."""
    return (
        rf"(?<![\w-])(?i:{a('numbers')}[ -]{a('fractions')}s(?!\w)|{a('one')}[ -]{a('fractions')}(?![\w-])"
        rf"|{a('before_fraction')} {a('fractions')}(?= {a('of')}\b)"
        rf"|{a.not_before('not_before_half', ' ')}{a('half')}(?= {a('after_half')}\b)"
        rf"|{a.before('before_half', ' ')}{a('half')}(?![\w-]))"
    )


def _times(a: _Choice) -> str:
    """10 a.m.; 5-6 pm; 14:30 GMT; 0900 GMT; 6 in the morning; five o'clock; half past two; noon."""
    to = rf"(?:-| - | {a('range')} )"
    zone = rf"(?: {a('time_zones')}(?!\w))?"
    clock, hour = rf"{_HOUR}(?:[:.h]{_MINUTE})?", rf"(?:{_HOUR}|{a('numbers')})"
    digital = rf"{_HOUR}:{_MINUTE}"
    return (
        rf"{_APART}(?:{clock}(?:{to}{clock})? ?{a('day_halves')}(?!\w){zone}"
        rf"|{clock} {a('in_day_part')} {a('day_parts')}(?!\w)"
        rf"|{digital}(?::{_MINUTE}|{to}{digital})?(?![:.]\d)(?: ?{a('hours')}(?!\w))?{zone}"
        rf"|{_HOUR}h{_MINUTE}(?!\w)"
        rf"|(?:[01]\d|2[0-4])[.:]?{_MINUTE} ?(?:{a('hours')}(?! {a('of')}\b)|{a('time_zones')})(?!\w)"
        rf"|(?i:{hour} {a('clock')}(?!\w)|{a('clock_parts')} {hour}(?!\w)"
        rf"|(?:{_HOUR} )?{a('times')}(?!\w)))"
    )


def _dates(a: _Choice) -> str:
    """March 14, 2021; Monday, 14 March; 2021-03-14; 14/3/2021; Monday; the 1990s."""
    month = rf"(?:{a('months')}|{a('short_months')}\.?)(?!\w)"
    weekday = rf"(?:{a('weekdays')},? (?:{a('definite')} )?)?"
    year = rf"(?:,? {_YEAR})?"
    return (
        rf"{_APART}(?:{weekday}{month} ?{_DAY}(?:(?:-| - | {a('range')} ){_DAY})?{year}"
        rf"|{weekday}{_DAY}(?:(?:-| - | {a('range', 'range_between')} ){_DAY})? (?:{a('of')} )?{month}{year}"
        rf"|{month}(?:,| {a('of')})? {_YEAR}"
        r"|\d{4}-(?:0\d|1[0-2])-(?:[0-2]\d|3[01])(?![\w-])"
        r"|(?:0?[1-9]|[12]\d|3[01])(?P<mark>[/.-])(?:0?[1-9]|[12]\d|3[01])(?P=mark)(?:\d\d|\d{4})(?![\w/-])"
        rf"|{a('weekdays')}s?(?!\w)(?! [A-Z])|(?:1[5-9]|20)\d0'?s(?!\w))"
    )


def _relative(a: _Choice) -> str:
    """Yesterday; earlier this week; the following day; the past two years; a month later."""
    periods = rf"{a('periods')}s?"
    count = rf"(?:\d{{1,3}}|{_spelled(a)}|{a('some')})"
    return (
        rf"(?<![\w-])(?i:(?:{a('within')}[ -])?"
        rf"(?:{a('days')}(?: {a('day_parts')})?|{a('this')} (?:{periods}|{a('day_parts')})"
        rf"|{a('same')} (?:{periods}|{a('day_parts', 'day')}))"
        rf"|(?:{a('definite')} )?{a('stretch')} {count} {a('time_units', 'periods')}s?"
        rf"|{a('definite')} (?:{a('the_day')} (?:{a('day_parts')}|{a('day')})|{a('the')} {periods})"
        rf"|(?:{a('some')} )?{a('time_units')}s?(?: {a('and_a_half', 'or_two')})? {a('ago')}"
        rf"|{a('recent')} {a('time_units')}s|{a('other_relative')})(?!\w)"
    )
