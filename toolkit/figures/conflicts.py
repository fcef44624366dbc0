"""Conflicts: where an article counts the same thing differently.

Pure functions over annotations. Precise before complete: two figures are of the same thing when
their counted words are the same and the same befalls them ("27 hostages … killed", "killing 33
hostages"), in sentences that name no different days or places. They are in conflict when what
each allows for leaves no number for both: "at least 27" and "33" agree, "more than 400" and "380"
do not. A figure that is a part of another, or set off from it ("another 12"), is left. Of deaths,
people, workers and victims are one thing, and so is a toll that counts nothing ("the toll is 81").
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from toolkit import languages
from toolkit.languages import Language
from toolkit.model import Annotations, Figure, Span
from toolkit.runs import kept_mentions

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_YEAR = re.compile(r"(?<!\w)(?:19|20)\d\d(?!\w)")
_TOLL = 6  # words from "toll" to its figure
_DEATH = "killed"
_NEAR = 8  # words between a figure and what befalls what it counts
_PART = 3  # words before a figure that may make it a part
_STEM, _SHORTEST = 5, 5  # letters
_ROUGHLY = 0.15
_ROUNDED_FROM = 1000
_RATIO = 3  # tolls that are further apart are of different things
_BESIDE = 120  # characters that are looked at beside a figure
_MOST = 60  # figures of one thing that are compared


@dataclass(frozen=True, slots=True)
class _Count:
    """A figure as a count of something: its number in the row of figures, the least and the most
    that it allows for, and the days and places of its sentence."""

    figure: Figure
    least: float
    most: float
    sentence: Span
    days: frozenset[str]
    places: frozenset[str]


def conflicts(notes: Annotations) -> tuple[tuple[Figure, ...], ...]:
    """Groups of figures that count the same thing differently, each in the order of the text."""
    language = languages.get(notes.article.language)
    if language is None or not language.values:
        return ()
    same: dict[tuple[str, str], list[_Count]] = defaultdict(list)
    for count, events in _counts(notes, language):
        for event in events:
            noun = _folded(notes, count.figure)
            is_anybody = event == _DEATH and noun in language.figures.get("anybody", ())
            same["" if is_anybody else noun, event].append(count)
    near_days = frozenset(w.lower() for n in ("weekdays", "days") for w in language.figures.get(n, ()))
    partners: dict[str, set[str]] = defaultdict(set)
    for counts in same.values():
        for one, other in combinations(_distinct(counts), 2):
            if _is_conflict(one, other, near_days):
                partners[one.figure.id].add(other.figure.id)
                partners[other.figure.id].add(one.figure.id)
    return tuple(_groups({figure.id: figure for figure in notes.figures}, partners))


def _folded(notes: Annotations, figure: Figure) -> str:
    return " ".join(notes.text(figure.counts).lower().split()) if figure.counts else ""


def _distinct(counts: Sequence[_Count]) -> list[_Count]:
    """The first of those that say the same, and not more than can be compared in no time."""
    first = {(c.least, c.most, c.days, c.places, c.figure.quote): c for c in reversed(counts)}
    return sorted(first.values(), key=lambda c: c.figure.span)[:_MOST]


def _is_conflict(one: _Count, other: _Count, near_days: frozenset[str]) -> bool:
    if one.most >= other.least and other.most >= one.least:
        return False
    low, high = sorted(count.figure.measures[0].value for count in (one, other))
    if high > _RATIO * low:
        return False
    if one.sentence == other.sentence and not _are_two_voices(one.figure, other.figure):
        return False  # killed 12 people here and 15 people there
    if one.places and other.places and not one.places & other.places:
        return False
    if one.days and other.days:
        return bool(one.days & other.days)
    return one.days | other.days <= near_days  # "last year" and no day are two years


def _are_two_voices(one: Figure, other: Figure) -> bool:
    return one.quote is not None and other.quote is not None and one.quote != other.quote


def _groups(figures: Mapping[str, Figure], partners: Mapping[str, set[str]]) -> Iterator[tuple[Figure, ...]]:
    """Figures that hang together by conflicts."""
    seen: set[str] = set()
    for name in figures:
        if name not in partners or name in seen:
            continue
        group, waiting = {name}, [name]
        while waiting:
            found = partners[waiting.pop()] - group
            group |= found
            waiting.extend(found)
        seen |= group
        yield tuple(sorted((figures[each] for each in group), key=lambda f: f.span))


# Figures as counts


def _counts(notes: Annotations, language: Language) -> Iterator[tuple[_Count, set[str]]]:
    """The figures that count something to which something happens, and what happens to it."""
    senses = {
        phrase: sense
        for table in ("qualifiers", "qualifiers_behind")
        for sense, phrases in language.values.get(table, {}).items()
        for phrase in (p.strip(" -") for p in phrases)
    }
    events = {word: event for event, words in language.values.get("events", {}).items() for word in words}
    sentences = _Sentences(notes, frozenset(language.figures.get("sets_apart", ())))
    for figure in notes.figures:
        sense = senses.get(notes.text(figure.qualifier).lower(), "") if figure.qualifier else ""
        sentence = sentences.of(figure)
        if sentence is None or sentence in sentences.apart or sense == "apart" or not _is_count(figure):
            continue
        is_toll = figure.counts is None and _is_toll(notes, figure, sentence, language)
        if (figure.counts is None and not is_toll) or _is_part(notes, figure, sentence, language):
            continue
        found = {_DEATH} if is_toll else set(_events(notes, figure, sentence, events, language))
        least, most = _bounds(figure, sense)
        days, places = sentences.days[sentence], sentences.places[sentence]
        yield _Count(figure, least, most, sentence, frozenset(days), frozenset(places)), found


def _is_count(figure: Figure) -> bool:
    if figure.kind != "number" or figure.status == "rejected":
        return False
    return len(figure.measures) == 1 and not figure.measures[0].unit and figure.measures[0].value > 1


def _is_toll(notes: Annotations, figure: Figure, sentence: Span, language: Language) -> bool:
    """ "The death toll stands at 81", but not "the toll rose from 78"."""
    table = language.figures
    before = _before(notes.article.text, figure, sentence)[-_TOLL:]
    is_told = any(word in table.get("toll", ()) for word in before)
    return is_told and before[-1] not in table.get("no_toll", ())


class _Sentences:
    """The sentences of an article, with the days and the places that each names; ``apart`` are those
    with one of the ``words`` that set their figures off."""

    def __init__(self, notes: Annotations, words: frozenset[str]) -> None:
        self.spans = sorted(notes.sentences)
        self.apart = {span for span in self.spans if not words.isdisjoint(_words(notes.text(span)))}
        self.starts = [span.start for span in self.spans]
        self.days: dict[Span, set[str]] = defaultdict(set)
        self.places: dict[Span, set[str]] = defaultdict(set)
        for figure in notes.figures:
            if (
                figure.status != "rejected"
                and figure.kind in ("date", "relative")
                and (sentence := self.at(figure.span))
            ):
                self.days[sentence].add(notes.text(figure).lower())
        for match in _YEAR.finditer(notes.article.text):  # also in names: the 2011 bombing
            if sentence := self.at(Span(*match.span())):
                self.days[sentence].add(match[0])
        for entity in notes.entities:
            for mention in kept_mentions(entity) if entity.label == "PLACE" else ():
                if sentence := self.at(mention.span):
                    self.places[sentence].add(entity.id)

    def at(self, span: Span) -> Span | None:
        i = bisect_right(self.starts, span.start) - 1
        return self.spans[i] if i >= 0 and self.spans[i].contains(span) else None

    def of(self, figure: Figure) -> Span | None:
        """The sentence that holds a figure and what it counts."""
        sentence = self.at(figure.span)
        is_whole = sentence is not None and (figure.counts is None or sentence.contains(figure.counts))
        return sentence if is_whole else None


def _bounds(figure: Figure, sense: str) -> tuple[float, float]:
    """The least and the most that a figure allows for."""
    measure = figure.measures[0]
    low, high = measure.value, measure.value if measure.upto is None else measure.upto
    if sense == "least":
        return low, math.inf
    if sense == "most":
        return -math.inf, high
    if sense == "about":
        return low * (1 - _ROUGHLY), high * (1 + _ROUGHLY)
    return low - _rounding(low), high + _rounding(high)


def _rounding(value: float) -> float:
    """How far a number may be off that is given in round thousands: 1.2 million by 50,000."""
    if value < _ROUNDED_FROM or value % 1:
        return 0.0
    digits = f"{value:.0f}"
    return 10 ** (len(digits) - len(digits.rstrip("0"))) / 2 if digits.endswith("0") else 0.0


def _is_part(notes: Annotations, figure: Figure, sentence: Span, language: Language) -> bool:
    """Whether a figure is a part of another one, or comes on top of it."""
    table, text = language.figures, notes.article.text
    before = _before(text, figure, sentence)[-_PART:]
    if any(word in table.get("makes_part", ()) for word in before):
        return True
    if len(before) > 1 and before[-2] in table["of"] and before[-1] in language.definite:
        return True  # of the 33 hostages
    if figure.counts is None:
        return False
    between = _words(text[figure.span.end : figure.counts.start][:_BESIDE])
    return any(word in (*table["of"], *table.get("adds", ())) for word in between)


def _events(
    notes: Annotations, figure: Figure, sentence: Span, events: Mapping[str, str], language: Language
) -> Iterator[str]:
    """What befalls what is counted: the nearest such word, else the words right beside the phrase."""
    text = notes.article.text
    assert figure.counts is not None
    end = max(figure.span.end, figure.counts.end)
    before = _before(text, figure, sentence)[::-1][:_NEAR]
    after = _words(text[end : min(sentence.end, end + _BESIDE)])[:_NEAR]
    itself = _words(notes.text(figure.counts))
    near = [(0, events[word]) for word in itself if word in events]
    near += [(n, events[word]) for words in (after, before) for n, word in enumerate(words) if word in events]
    if near:
        yield min(near, key=lambda each: each[0])[1]
        return
    for words in (before[:1], [w for w in after[:2] if len(w) >= _SHORTEST][:1]):
        for word in words:
            if len(word) >= _SHORTEST and word not in language.figures.get("no_events", ()):
                yield f"{word[:_STEM]}-"


def _before(text: str, figure: Figure, sentence: Span) -> list[str]:
    """The words before a figure and its qualifier, in its sentence."""
    start = min(span.start for span in (figure.span, figure.qualifier, figure.counts) if span)
    return _words(text[max(sentence.start, start - _BESIDE) : start])


def _words(text: str) -> list[str]:
    return [match[0].lower() for match in _WORD.finditer(text)]
