"""An article cut into lines, and each line into runs of equal marks.

The page and the documents show the whole text with its marks. Marks overlap, documents want
stretches that don't: so the text is cut at every line end and at every border of a mark.
"""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from toolkit.model import Annotations, Entity, Label, Mention, Quote, QuoteKind, Span
from toolkit.paragraphs import paragraphs

# Of several quotations on the same words, the one to show.
_STRONGEST: tuple[QuoteKind, ...] = ("direct", "mixed", "indirect", "scare")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch within one line under the same marks.

    ``label`` is that of the innermost name, ``kind`` that of the strongest quotation, and
    ``quotes`` are the ids of all quotations that hold the stretch.
    """

    span: Span
    label: Label | None = None
    kind: QuoteKind | None = None
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text without its newline; empty lines have no runs.

    The spans of all lines joined by newlines are the text. ``paragraph`` is the number of the
    paragraph that the line belongs to, from 1, and 0 for a blank line.
    """

    span: Span
    paragraph: int
    runs: tuple[Run, ...]


class Paragraphs:
    """Which paragraph of a text an offset lies in."""

    def __init__(self, text: str) -> None:
        self._starts = [span.start for span in paragraphs(text)]

    def number(self, offset: int) -> int:
        """The paragraph's number, from 1; blanks belong to what stands before them. 0: a text of blanks."""
        return max(bisect_right(self._starts, offset), min(1, len(self._starts)))


def kept_mentions(entity: Entity) -> tuple[Mention, ...]:
    """The mentions that no editor has rejected."""
    return tuple(m for m in entity.mentions if m.status != "rejected")


def kept_quotes(notes: Annotations) -> tuple[Quote, ...]:
    """The quotes to show, in the order of the text: not what an editor rejected, and not what the
    machine takes for a topic, a belief or an intention in nobody's words ("plans to run"); a desk
    wants statements."""
    return tuple(sorted((q for q in notes.quotes if _is_shown(q)), key=lambda q: min(q.content)))


def _is_shown(quote: Quote) -> bool:
    if quote.status != "suggested":
        return quote.status == "confirmed"
    return quote.act == "speech" or quote.kind != "indirect"


def cut(notes: Annotations, places: Paragraphs) -> tuple[Line, ...]:
    """The lines of the article with their runs, in order; rejected marks are left out."""
    text, marks = notes.article.text, _Marks(notes)
    lines, start, borders, at = [], 0, marks.borders(), 0
    for words in text.split("\n"):
        span = Span(start, start + len(words))
        cuts = [span.start]
        while at < len(borders) and borders[at] < span.end:
            if borders[at] > span.start:
                cuts.append(borders[at])
            at += 1
        runs = tuple(marks.run(Span(*ends)) for ends in pairwise((*cuts, span.end))) if words else ()
        first = span.start + len(words) - len(words.lstrip())
        lines.append(Line(span, places.number(first) if words.strip() else 0, runs))
        start = span.end + 1
    return tuple(lines)


class _Marks:
    """The marks over a text, asked from its beginning to its end."""

    def __init__(self, notes: Annotations) -> None:
        self._names = sorted((m.span, e.label) for e in notes.entities for m in kept_mentions(e))
        self._pieces = sorted((span, q.id, q.kind) for q in kept_quotes(notes) for span in q.content)
        self._next_name = self._next_piece = 0
        self._open_names: list[tuple[int, int, Label]] = []
        self._open_pieces: list[tuple[int, str, QuoteKind]] = []

    def borders(self) -> list[int]:
        spans: Iterable[Span] = (mark[0] for marks in (self._names, self._pieces) for mark in marks)
        return sorted({end for span in spans for end in span})

    def run(self, span: Span) -> Run:
        """The run of a span that no mark begins or ends within; spans come in order."""
        quotes = list(self._quotes_at(span.start))
        kinds = {kind for _, kind in quotes}
        return Run(
            span,
            self._label_at(span.start),
            next((kind for kind in _STRONGEST if kind in kinds), None),
            tuple(dict.fromkeys(name for name, _ in quotes)),
        )

    def _label_at(self, offset: int) -> Label | None:
        # The innermost name is the one that began last; what has ended is thrown away when it
        # comes up, so each name enters and leaves the heap once.
        while self._next_name < len(self._names) and self._names[self._next_name][0].start <= offset:
            span, label = self._names[self._next_name]
            heapq.heappush(self._open_names, (-span.start, span.end, label))
            self._next_name += 1
        while self._open_names and self._open_names[0][1] <= offset:
            heapq.heappop(self._open_names)
        return self._open_names[0][2] if self._open_names else None

    def _quotes_at(self, offset: int) -> Iterator[tuple[str, QuoteKind]]:
        while self._next_piece < len(self._pieces) and self._pieces[self._next_piece][0].start <= offset:
            span, name, kind = self._pieces[self._next_piece]
            self._open_pieces.append((span.end, name, kind))
            self._next_piece += 1
        self._open_pieces = [piece for piece in self._open_pieces if piece[0] > offset]
        return ((name, kind) for _, name, kind in self._open_pieces)
