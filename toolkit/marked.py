"""What the annotations tell of a text's words: names and how often each is told, speech, figures.

A summary takes up what is named often, and who is named where somebody speaks, more than what they say
word for word; so these marks are seen beside the words' own places (``toolkit.wanted``). What an editor
rejected is no mark.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from toolkit.model import Entity, Figure, Quote, Span

COLUMNS = 10
_KINDS = {"PERSON": 0, "ORG": 1, "PLACE": 2}
_OTHER, _TIMES, _DIRECT, _INDIRECT, _CUE, _SOURCE, _FIGURE = range(3, COLUMNS)

Floats: TypeAlias = NDArray[np.float32]


class Marked(NamedTuple):
    """What is marked in a text, none of it or all."""

    entities: Sequence[Entity] = ()
    quotes: Sequence[Quote] = ()
    figures: Sequence[Figure] = ()

    def rows(self, starts: Sequence[int]) -> Floats:
        """A row for each of a text's words, which begin at ``starts`` (code points, in any order): whether
        it is in the name of a person, an organisation, a place, of anything else, how often that is named
        (as a logarithm); in words quoted, words reported or quoted in part, a cue, a source; in a figure."""
        places = sorted(set(starts))
        found = np.zeros((len(places), COLUMNS), np.float32)

        def put(span: Span, column: int, value: float = 1.0) -> None:
            found[bisect_left(places, span.start) : bisect_left(places, span.end), column] = value

        for entity in self.entities:
            named = [m.span for m in entity.mentions if m.status != "rejected"]
            for span in named:
                put(span, _KINDS.get(entity.label, _OTHER))
                put(span, _TIMES, math.log1p(len(named)))
        for quote in self.quotes:
            if quote.status != "rejected":
                said = _DIRECT if quote.kind == "direct" else _INDIRECT
                for column, spans in ((said, quote.content), (_CUE, quote.cue), (_SOURCE, quote.source)):
                    for span in spans:
                        put(span, column)
        for figure in self.figures:
            if figure.status != "rejected":
                put(figure.span, _FIGURE)
        return found[np.searchsorted(places, starts)]


UNMARKED = Marked()
