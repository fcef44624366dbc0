"""Which mark of the text stands for a place: what an edit, an item of the review or a row leads to."""

from __future__ import annotations

from collections.abc import Iterator

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
    if not at:
        return ""
    wanted = "mention" if of == "entity" else of
    found = [(id, spans) for id, kind, spans in _marks(notes) if wanted in ("", "text", "sentence", kind)]
    exact = next((id for id, spans in found if spans == at), "")
    if exact:
        return exact
    holding = [(s.end - s.start, id) for id, spans in found for s in spans if s.start <= at[0].start < s.end]
    within = [(s.start, id) for id, spans in found for s in spans if at[0].contains(s)]
    return min(holding or within, default=(0, ""))[1]


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
