"""How figures are put together, as patterns that are made of a language's words.

Every repetition is bounded and no number is begun inside another, so reading takes time in
proportion to the text, whatever the text is. The patterns want a folded text (see
``toolkit.figures``): plain hyphens and blanks, wrapped lines joined. A part that a language
has no words for never matches, so that one grammar holds the orders of several.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from re import Pattern
from typing import TypeAlias

from toolkit import languages
from toolkit.model import FigureKind

Words: TypeAlias = Mapping[str, tuple[str, ...]]

_NEVER = "(?!)"
_VULGAR = "[½⅓⅔¼¾⅛⅜⅝⅞]"
_DIGITS = (
    r"(?:(?:\d{1,3}(?:,\d{2,3}){0,6},\d{3}|\d{1,3}(?: \d{3}){1,4}|\d{1,3}(?:\.\d{3}){2,4}|\d{1,12})"
    rf"(?:[.,]\d{{1,6}})?(?!\d)(?: ?{_VULGAR}| \d/\d(?![\d/]))?|{_VULGAR})"
)
_YEAR = r"(?:1[5-9]|20)\d\d(?!\d)"
_HOUR, _MINUTE = r"(?:[01]?\d|2[0-4])", r"[0-5]\d(?!\d)"


@dataclass(frozen=True, slots=True)
class Grammar:
    """``phrases`` are figures by themselves. ``number`` finds a number, or two with a joint
    between, each perhaps with its sign of currency. From ``percent`` to ``metres`` is matched
    behind a number, as is ``article_units``, which an article wants to be one, ``no_number`` is
    what none is when it stands alone, ``labelled`` what a label can number and ``label_behind``
    a label that follows, ``scaled`` is searched in a number, and the last five in the words
    before it. What ``no_figure`` finds in the text is no figure at all."""

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
    article_units: Pattern[str]
    no_number: Pattern[str]
    labelled: Pattern[str]
    label_behind: Pattern[str]
    scaled: Pattern[str]
    label: Pattern[str]
    between: Pattern[str]
    change: Pattern[str]
    before_year: Pattern[str]
    before_old_year: Pattern[str]
    no_figure: Pattern[str]


@functools.cache
def grammar(code: str) -> Grammar:
    """The patterns of a language that has words for figures, by its code."""
    language = languages.get(code)
    assert language is not None
    words = defaultdict(tuple, language.figures)
    a = _Choice(words)
    phrases: tuple[tuple[FigureKind, str], ...] = (
        ("number", _fractions(a)),
        ("time", _times(a)),
        ("date", _dates(a)),
        ("relative", _relative(a)),
    )
    return Grammar(
        words=words,
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
        any_of = "|".join(re.escape(w).replace(r"\ ", "[ -]") for w in words)
        return f"(?:{any_of})" if words else _NEVER

    def before(self, name: str, more: str = "") -> str:
        """One of the words, looked back at; a pattern may look back over a fixed length only."""
        any_of = "|".join(rf"(?<=\b{re.escape(w)}{more})" for w in self.words[name])
        return f"(?:{any_of})" if any_of else _NEVER

    def not_before(self, name: str, more: str = "") -> str:
        return "".join(rf"(?<!\b{re.escape(w)}{more})" for w in self.words[name])


def _apart(a: _Choice) -> str:
    """Where a number, a date or a time may begin: in no word, and behind an apostrophe only of an elision."""
    return rf"(?<!\w)(?<!\d[.,:/])(?<!\w-)(?:(?<!\w')|(?i:{a.before('elisions', chr(39))}))"


def _of(a: _Choice) -> str:
    return rf"(?:(?i:{a('of')}) |(?i:{a('of_elided')}))"


def _no_compound(a: _Choice) -> str:
    """Behind a number: nothing that makes it the beginning of another word."""
    return rf"(?!{a('no_compounds')}[^\W\d_]|[ -]{a('ordinal_tails')}\b)"


def _numbers(a: _Choice) -> str:
    """A number, or two: 1.2 million; $10 to $15 (million); 3-2; between ten and 12; one in five; one
    man in five where the noun stands between."""
    sign = rf"(?:[A-Z.]{{0,4}}{a('currency_signs')}|{a('currency_prefixes')}\.?) ?(?=\d)"
    scales = (
        rf"(?:(?:[ -]?(?i:{a('scales', 'many_scales', 'digit_scales')})(?!\w)){{1,3}}"
        rf"| ?{a('short_scales')}(?!\w)| ?{a('sign_scales')}(?= ?{a('currency_signs')}))?"
    )
    digits = rf"(?:\d{{1,3}}(?:\.\d{{3}}){{1,4}}{a('decimal_mark')}\d{{1,6}}(?!\d)|{_DIGITS})"
    half = rf"(?:[ -]{a('and_a_half')}(?!\w)(?: (?i:{a('scales')})(?!\w))?)?"  # two and a half (million)
    number = rf"(?:{digits}{scales}{_no_compound(a)}|{_spelled(a)}){half}"
    joint = (
        rf"(?:-(?!0\d)| - |/| (?i:{a('range', 'range_between', 'ratio', 'ratio_of_one')}) "
        rf"|(?P<among> [^\W\d_]{{2,20}} (?i:{a('ratio_among')}) ))"
    )
    return (
        rf"(?:(?<!\w)(?P<sign>{sign})|{_apart(a)})(?P<first>{number})"
        rf"(?:(?P<joint>{joint})(?P<other>{sign})?(?P<second>{number}))?(?![-/:.,']\d)"
    )


def _behind(a: _Choice) -> dict[str, str]:
    """What makes a number a share, a sum of money, a stretch of time or another quantity."""
    of = rf"{_of(a)}?"
    period = rf"(?i:{a('time_units')}s?(?!\w))"
    written = rf"[ -]{of}(?i:(?:{a('before_unit')}[ -])?{a('units')}s?)"
    unit = rf"(?:{written}|[ -]?{a('unit_symbols')}|{a('close_symbols')})(?!\w)"
    rate = rf"(?i:(?: {a('per')} | ?/ ?){a('per_units')}(?!\w))"
    country = r"(?:[A-Z][\w.]{0,14} ){0,2}"
    return {
        "percent": rf"[ -]?(?:%|(?i:{a('percent')})(?!\w))",
        "money": rf"[ -]{of}{country}(?i:{a('currencies')}s?(?: {a('currency_adjectives')})?)(?!\w)"
        rf"(?!{a('no_compounds')}[^\W\d_])"
        rf"| ?{a('currency_signs')}(?! ?\d)|{a('split_signs')}\d\d(?!\w)",
        "weak_money": rf"[ -](?P<country>{a('currency_countries')} )?(?i:{a('weak_currencies')}s?)(?!\w)"
        rf"(?! {a('of')}\b)",
        "money_scale": rf" ?{a('money_scales')}(?!\w)",
        "period": rf"[ -]{of}{period}(?:(?:,| {a('range_between')})? \d{{1,2}} {period}"
        rf"|(?i:[ -]{a('after_period')}(?!\w)))?(?!-\w)(?P<ago> (?i:{a('ago')})(?!\w))?"
        rf"| ?{a('hour_marks')} ?{_MINUTE}(?: ?{a('minute_marks')})?(?!\w)",
        "unit": rf"{unit}(?:{rate}| \d{{1,3}}(?:\.\d)?{unit})?",
        "metres": rf" ?{a('million_or_metre')}(?!\w)",
        "article_units": rf"[ -](?i:{a('article_units')}s?)(?!\w)",
    }


def _before(a: _Choice) -> dict[str, str]:
    """What is asked of a number itself, and of the words before it."""
    return {
        "scaled": rf"(?i:{a('scales', 'many', 'many_scales')}(?!\w))|{a('short_scales')}(?!\w)",
        "no_number": rf"(?i:{a('half_before_unit', 'part_before_unit', 'scales', 'articles')})",
        "labelled": rf"\d+(?:{a('label_joints')}\d+)*",
        "label": rf"(?<![\w-])(?:(?i:{a('labels')})[ -]|{a('close_labels')} ?)\Z",
        "label_behind": rf",? (?i:{a('labels_behind')})(?!\w)",
        "between": rf"(?<!\w)(?i:{a('between')}) \Z",
        "change": rf"(?<!\w)(?i:{a('before_change')}) \Z",
        "before_year": rf"(?:(?<!\w)(?i:{a('before_year')}[ -]{a.not_before('not_before_year', ' ')})|\()\Z",
        "before_old_year": rf"(?<!\w)(?i:{a('before_old_year')}) \Z",
        "no_figure": rf"(?<!\w){a('no_figures')}(?!\w)",
    }


def _spelled(a: _Choice) -> str:
    """Three hundred and five; a few thousand; half a million; tens of thousands; half an (hour)."""
    scale = a("scales", "many_scales")
    item = rf"{a('numbers', 'scales', 'many_scales')}(?!\w|-{a('ordinals')}\b)"
    join = (
        rf"[ -]|{a.before('scales')} {a('range_between')} |{a.before('collective')} {a('of')} (?={scale}\b)"
    )
    one = rf"{a.before('before_one')}[ -](?:{a('range_between')}[ -])?{a('added_one')}(?!\w)"
    return (
        rf"(?i:{a('part_before_unit')}(?!\w)|(?:{a('before_scale')}[ -](?={scale}\b))?{item}"
        rf"(?:(?:{join}){item}|{one}){{0,9}}{_no_compound(a)}(?!{a.before('collective')} {a('of')} \d)"
        rf"|{a('many')}(?!\w)(?: {a('of')} {a('many', 'scales')}(?!\w)){{0,2}}"
        rf"|{a('many_of')}(?: {a('of')} {a('many', 'scales')}(?!\w)|(?= {a('of')}\b))"
        rf"|{a('half_before_unit')}(?!\w)|{a('articles')}(?!\w))"
    )


def _fractions(a: _Choice) -> str:
    """Two-thirds; a quarter of; half of; about half. Where their plural has no letter of its own:
    two thirds; a third of."""
    part = rf"{a('parts')}(?![\w-])(?! {a('no_part')}\b)"
    of = rf"(?= (?:{_of(a)}|{a('of_the')} ))"
    return (
        rf"(?<![\w-])(?i:{a('numbers')}[ -]{a('fractions')}s(?!\w)|{a('one')}[ -]{a('fractions')}(?![\w-])"
        rf"|{a('before_fraction')} {a('fractions')}(?= {a('of')}\b)"
        rf"|{a.not_before('not_before_half', ' ')}{a('half')}(?= {a('after_half')}\b)"
        rf"|{a.before('before_half', ' ')}{a('half')}(?![\w-])"
        rf"|(?:{a.before('before_lone_part', ' ')}|{a.before('before_elided_part', chr(39))})"
        rf"{a('before_part')} {part}"
        rf"|{a('numbers')} {part}|{a('before_part')} ?{part}{of})"
    )


def _times(a: _Choice) -> str:
    """10 a.m.; 5-6 pm; 14:30 GMT; 0900 GMT; 6 in the morning; five o'clock; half past two; noon."""
    to = rf"(?:-| - | {a('range')} )"
    zone = rf"(?: {a('time_zones')}(?!\w))?"
    clock, hour = rf"{_HOUR}(?:[:.h]{_MINUTE})?", rf"(?:{_HOUR}|{a('numbers')})"
    digital = rf"{_HOUR}:{_MINUTE}"
    return (
        rf"{_apart(a)}(?:{clock}(?:{to}{clock})? ?{a('day_halves')}(?!\w){zone}"
        rf"|{clock} {a('in_day_part')} {a('day_parts')}(?!\w)"
        rf"|{digital}(?::{_MINUTE}|{to}{digital})?(?![:.]\d)(?: ?{a('hours')}(?!\w))?{zone}"
        rf"|(?i:{a.not_before('before_stretch', ' ')}){_HOUR}h{_MINUTE}(?!\w)(?! {a('no_hour')}(?!\w))"
        rf"|(?:[01]\d|2[0-4])[.:]?{_MINUTE} ?(?:{a('hours')}(?! {a('of')}\b)|{a('time_zones')})(?!\w)"
        rf"|(?i:{hour} {a('clock')}(?!\w)|{a('clock_parts')} {hour}(?!\w)|{_clock_in_words(a)}"
        rf"|(?:{_HOUR} )?{a('times')}(?!\w))|{_hours(a)}{zone})"
    )


def _clock_in_words(a: _Choice) -> str:
    """Ten past nine; (at) half six; (at) ten to eleven, which may else be a range; (at) 0800."""
    before, part = a.before("before_clock", " "), rf"(?: {a('in_day_part')} {a('day_parts')}(?!\w))"
    whole = rf"(?={part}|[.,;:!?)\n]|\Z| (?:on|{a('in_day_part')})\b)"
    return (
        rf"{a('numbers')} {a('past_hour')} {a('numbers')}(?![\w-]){part}?"
        rf"|{before}(?:{a('half')} {a('numbers')}(?![\w-])"
        rf"|{a('numbers')} {a('to_hour')} {a('numbers')}{whole}){part}?|{before}0\d{_MINUTE}(?![\w%]|[.,]\d)"
    )


def _hours(a: _Choice) -> str:
    """Where an hour of the clock and one that passes are the same word, what tells is a word before
    ("at"), the part of the day behind, minutes, or another hour: 14h30; (at) 14 hours; 9 to 17 h."""
    spelled = rf"(?:{a('numbers')}(?:-{a('numbers')})?|{a('articles')})"
    minutes = rf"(?: ?{_MINUTE}(?: ?{a('minute_marks')}(?!\w))?)"
    short = rf"{_HOUR} ?{a('hour_marks')}"
    clock = (
        rf"(?:{short}(?:{minutes}|(?!\w))"
        rf"|(?:{_HOUR}|(?i:{spelled})) (?i:{a('hour_units')}(?: {_MINUTE}| {a('clock_tails')})?)(?!\w))"
    )
    to = rf"(?:-| - | {a('range', 'range_between')} )"
    no_stretch = rf"(?! {a('no_hour')}(?!\w))(?! {a('no_hour_elided')})"
    afternoon = rf"(?:1[3-9]|2[0-4])(?: ?{a('hour_marks')}| {a('hour_units')})(?!\w)"
    return (
        rf"(?:{clock}{to}{clock}|{clock} {a('hour_parts')}(?!\w)"
        rf"|(?i:{a.before('before_hour', ' ')}){clock}{no_stretch}"
        rf"|(?i:{a.not_before('before_stretch', ' ')}){short}{minutes}{no_stretch}"
        rf"|(?i:{a.before('before_hours', ' ')}){_HOUR}{to}{afternoon}{no_stretch}"
        rf"|{a('small_times')}(?: {a('clock_tails')})?(?![\w-]))"
    )


def _dates(a: _Choice) -> str:
    """March 14, 2021; Monday, 14 March; 2021-03-14; 14/3/2021; Monday; the 1990s. Of a language with
    ``late_months`` the day stands before the month, and a month alone wants a word before it."""
    months = rf"(?:{a('months')}|{a('short_months')}\.?)(?!\w)"
    month = rf"(?:{months}|(?:{a('late_months')}|{a('short_late_months')}\.)(?!\w))"
    day = rf"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|{a('day_suffixes')})?(?![\w%]|[.:]\d|,\d{{3}}(?!\d))"
    weekday = rf"(?:{a('weekdays')},? (?:{a('definite')} )?)?"
    year = rf"(?:,? {_YEAR})?"
    return (
        rf"{_apart(a)}(?:{weekday}{months} ?{day}(?:(?:-| - | {a('range')} ){day})?{year}"
        rf"|{weekday}{day}(?:(?:-| - | {a('range', 'range_between', 'range_of_days')} ){day})?"
        rf" (?:{a('of')} )?{month}{year}"
        rf"|(?i:{a.before('between', ' ')}(?:{a('definite')} )?){day} {a('range_between')}"
        rf" (?:{a('definite')} )?{day} (?:{a('of')} )?{month}{year}"
        rf"|{month}(?:,| {a('of')})? {_YEAR}"
        r"|\d{4}-(?:0\d|1[0-2])-(?:[0-2]\d|3[01])(?![\w-])"
        r"|(?:0?[1-9]|[12]\d|3[01])(?P<mark>[/.-])(?:0?[1-9]|[12]\d|3[01])(?P=mark)(?:\d\d|\d{4})(?![\w/-]|\.\d)"
        rf"|{_day_of_month(a, day)}"
        rf"|{a('weekdays')}s?(?!\w)(?! [A-Z])|{a('lone_weekdays')}s?(?!\w)|(?:1[5-9]|20)\d0'?s(?!\w)"
        rf"|(?i:{a('decades')} (?:(?:1[5-9]|20)?\d0|{a('tens')})(?!\w)))"
        rf"|(?<!\w)(?i:{a.before('before_month', '[ -]')}){a('late_months')}(?!\w)"
        rf"|(?i:{a.before('elisions', chr(39))}){a('late_months')}(?!\w)"
    )


def _day_of_month(a: _Choice, day: str) -> str:
    """Tuesday the 14th; jeudi 12: of a language that has no ending for days only where no noun follows."""
    ends = rf"(?=[.,;:!?)»](?!\d)|\n|\Z| (?:{a('range', 'range_between', 'before_hour', 'per', 'of')})\b)"
    return rf"{a('weekdays')},? (?:{a('definite')} )?{day}(?<=[^\W\d]){ends}|{a('lone_weekdays')} {day}{ends}"


def _relative(a: _Choice) -> str:
    """Yesterday; earlier this week; the following day; the past two years; a month later."""
    periods = rf"{a('periods')}s?"
    count = rf"(?:\d{{1,3}}|{_spelled(a)}|{a('some')})"
    return (
        rf"(?<![\w-])(?i:(?:{a('within')}[ -])?"
        rf"(?:{a('days')}(?: {a('day_parts')})?|{a('this')} (?:{periods}|{a('day_parts')}){a('this_tail')}?"
        rf"|{a('same')} (?:{periods}|{a('day_parts', 'day')}))"
        rf"|(?:{a('definite')} )?{a('stretch')} {count} {a('time_units', 'periods')}s?"
        rf"|{a('definite')} (?:{a('the_day')} (?:{a('day_parts')}|{a('day')})|{a('the')} {periods})"
        rf"|(?:{a('some')} )?{a('time_units')}s?(?: {a('and_a_half', 'or_two')})? {a('ago')}"
        rf"|{a('recent')} {a('time_units')}s|{a('other_relative')}|{_relative_behind(a, count)})(?!\w)"
    )


def _relative_behind(a: _Choice, count: str) -> str:
    """Where what tells the day stands behind the noun, and "ago" before the amount: the week last;
    Monday next; this Monday; these last two years; ago two years; since three days; the eve."""
    noun = rf"(?:{a('periods', 'time_units')}s?|{a('day_parts', 'day')})"
    day = rf"(?:{a('lone_weekdays')} )?(?:0?[1-9]|[12]\d|3[01]){a('day_suffixes')}?"
    named = rf"(?:(?:{day} )?{a('late_months')}|{a('lone_weekdays')})"
    return (
        rf"(?:{a('article')} |{a('article_elided')}|{a.before('contracted', ' ')}){noun} {a('behind')}s?"
        rf"|{named} {a('behind')}|{a('this')} (?:{a('lone_weekdays')}|{noun}{a('this_tail')})"
        rf"|{a('these')} (?:{count} )?{a('stretch_behind')} (?:{count} )?{a('periods', 'time_units')}s?"
        rf"|{a('back')} (?:{a('about')} |{a('about_elided')})?{count}[ -]{_of(a)}?{a('back_units')}s?"
        rf"(?:[ -]{a('after_period')}(?!\w))?"
        rf"|{a('eve')}(?! {a('no_eve')}(?!\w))(?! {a('of_elided')})"
    )
