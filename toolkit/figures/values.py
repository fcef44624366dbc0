"""Values: measures, qualifier and counted things of each figure, seen in its place.

``measures`` reads a figure's own words and ``context`` what stands around them; here each gets
what it needs of the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from spacy.tokens import Doc

from toolkit.figures.amounts import Found
from toolkit.figures.context import Surroundings
from toolkit.figures.lengths import is_million
from toolkit.figures.measures import Measures, Meter, meter
from toolkit.figures.pairs import changed, joined
from toolkit.languages import Language
from toolkit.model import Span

_DATES = ("date", "relative")


class Value(NamedTuple):
    """What a figure comes to; see ``toolkit.model.Figure``."""

    measures: Measures = ()
    qualifier: Span | None = None
    counts: Span | None = None


def whole(text: str, language: Language | None, found: Sequence[Found]) -> list[Found]:
    """Figures with those that are given in two units as one. ``text`` is the document's, folded."""
    known = meter(language.code) if language else None
    return joined(known, text, found) if known else list(found)


def values(doc: Doc, text: str, language: Language | None, found: Sequence[Found]) -> list[Value]:
    """What figures come to, in their order: nothing for dates, and for a language that brings no values."""
    known = meter(language.code) if language else None
    if language is None or known is None:
        return [Value()] * len(found)
    around = Surroundings(doc, text, language, known.times)
    each = [_value(text, figure, known, around) for figure in found]
    for i, (one, other) in enumerate(pairwise(found)):
        if each[i].measures and (lent := changed(known, text, one, other)):
            each[i] = each[i]._replace(measures=(lent,))
    settled = known.settled([value.measures for value in each])
    return [value._replace(measures=measures) for value, measures in zip(each, settled, strict=True)]


def _value(text: str, found: Found, known: Meter, around: Surroundings) -> Value:
    if found.kind in _DATES:
        return Value()
    words = text[slice(*found.span)]
    between = known.is_between(text, found.span.start)
    measures = known.measures(words, found.kind, between=between)
    qualifier = around.qualifier(found.span, found.kind, measures)
    if known.goes_on(text, found.span.end, found.kind) or (
        found.kind == "number" and qualifier is None and around.may_be_year(found.span)
    ):
        return Value(qualifier=qualifier)
    one = any(m.value == 1 and m.upto is None and not m.unit for m in measures)
    counts = around.counts(found.span, found.kind, one=one)
    if counts and not measures:
        measures = known.measures(words, found.kind, counted=True, between=between)
    if counts is None and _is_open(text, words, found, known):
        measures = ()
    return Value(measures, qualifier, counts)


def _is_open(text: str, words: str, found: Found, known: Meter) -> bool:
    """Whether nobody knows what a number such as "1.2m" counts millions or metres of."""
    letters = known.rules.words["million_or_metre"]
    if found.kind != "number" or not letters or not words.endswith(letters) or words[0].isalpha():
        return False
    return not is_million(text, found.span, known.rules.words)
