"""Which mark of the text stands for a place: what an edit, an item of the review or a row leads to."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate

from toolkit.model import Annotations, Entity, Figure, Mention, Quote, Span
from toolkit.runs import kept_mentions, kept_quotes
from toolkit.ui.marker import mention_id


def mark_of(notes: Annotations, thing: Quote | Entity | Figure) -> str:
    """The id of a record's mark; of an entity, that of its first mention. "" where none is drawn."""
    if not isinstance(thing, Entity):
        return thing.id
    mentions = kept_mentions(thing)
    return mention_id(thing, mentions[0].span) if mentions else ""


def mark_at(notes: Annotations, at: tuple[Span, ...], of: str = "") -> str:
    """The id of the mark on a place, else of the smallest that holds its beginning, else of the first
    within it; "" where there is none. ``of`` limits it to "quote", "mention" or "figure"."""
    return Places(notes).mark_at(at, of)


class Places:
    """All marks of a text, sorted once so that each place is found in logarithmic time."""

    def __init__(self, notes: Annotations) -> None:
        self._marks = tuple(_marks(notes))
        self._sources = {span: q.id for q in reversed(kept_quotes(notes)) for span in q.source}
        self._kinds: dict[str, _Kind] = {}

    def mark_at(self, at: tuple[Span, ...], of: str = "") -> str:
        """As the function of this name."""
        if not at:
            return ""
        kind = self._kind(of)
        return kind.on(at) or kind.holding(at[0].start) or kind.within(at[0])

    def near(self, at: tuple[Span, ...]) -> str:
        """As ``mark_at``; of words that are a quote's source and no mark, that quote; else the mark that
        begins nearest. "" in a text without marks."""
        if not at:
            return ""
        kind = self._kind("")
        return kind.on(at) or self._sources.get(at[0]) or self.mark_at(at) or kind.nearest(at[0].start)

    def _kind(self, of: str) -> _Kind:
        wanted = "mention" if of == "entity" else "" if of in ("text", "sentence") else of
        if wanted not in self._kinds:
            self._kinds[wanted] = _Kind(
                [(id, spans) for id, kind, spans in self._marks if wanted in ("", kind)]
            )
        return self._kinds[wanted]


class _Kind:
    """The marks of one kind, or of all."""

    def __init__(self, marks: list[tuple[str, tuple[Span, ...]]]) -> None:
        self.exact = {spans: id for id, spans in reversed(marks)}
        self.spans = sorted((span, id) for id, spans in marks for span in spans)
        self.starts = [span.start for span, _ in self.spans]
        # The furthest end of all that begin up to here: no earlier mark reaches beyond it.
        self.reach = list(accumulate((span.end for span, _ in self.spans), max))

    def on(self, at: tuple[Span, ...]) -> str:
        return self.exact.get(at, "")

    def holding(self, offset: int) -> str:
        found = []
        number = bisect_right(self.starts, offset) - 1
        while number >= 0 and self.reach[number] > offset:
            span, id = self.spans[number]
            if offset < span.end:
                found.append((span.end - span.start, id))
            number -= 1
        return min(found, default=(0, ""))[1]

    def within(self, place: Span) -> str:
        for number in range(bisect_left(self.starts, place.start), len(self.spans)):
            span, id = self.spans[number]
            if span.start >= place.end:
                break
            if place.contains(span):
                return id
        return ""

    def nearest(self, offset: int) -> str:
        number = bisect_left(self.starts, offset)
        around = self.spans[max(0, number - 1) : number + 1]
        return min(((abs(span.start - offset), id) for span, id in around), default=(0, ""))[1]


def quote_named(notes: Annotations, mark: str) -> Quote | None:
    """The quote that a mark stands for."""
    return next((q for q in notes.quotes if q.id == mark), None)


def mention_named(notes: Annotations, mark: str) -> tuple[Entity, Mention] | None:
    """The mention that a mark stands for, and its entity."""
    return next(((e, m) for e in notes.entities for m in e.mentions if mention_id(e, m.span) == mark), None)


def figure_named(notes: Annotations, mark: str) -> Figure | None:
    """The figure that a mark stands for."""
    return next((f for f in notes.figures if f.id == mark), None)


def _marks(notes: Annotations) -> Iterator[tuple[str, str, tuple[Span, ...]]]:
    for entity in notes.entities:
        for mention in kept_mentions(entity):
            yield mention_id(entity, mention.span), "mention", (mention.span,)
    for figure in notes.figures:
        if figure.status != "rejected":
            yield figure.id, "figure", (figure.span,)
    for quote in kept_quotes(notes):
        yield quote.id, "quote", quote.content
