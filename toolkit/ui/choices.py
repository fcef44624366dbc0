"""What a field offers: who may have said it, which name is the same, how a name is written. Pure.

The likeliest stands first, for that is the one that Enter takes. All words are the article's, and each choice
is the edit that it makes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from toolkit import edits
from toolkit.decision import Edit
from toolkit.model import Annotations, Entity, Quote, Span, Speaker
from toolkit.runs import Paragraphs, kept_mentions
from toolkit.ui.acting import mention, quote
from toolkit.wording import LABELS

NOBODY = "Nobody who is named"
ALONE = "A name of its own"
_SPEAK = ("PERSON", "ORG", "GROUP")
_NOWHERE = (1 << 30, 1 << 30)


class Choice(NamedTuple):
    """Something to choose: its words, what tells it apart from others, and what choosing it does."""

    words: str
    more: str
    edit: Edit


def of(notes: Annotations, field: str, mark: str) -> list[Choice]:
    """What the field of that name offers for a mark; nothing for a note. Raises ``UnfitEdit`` where the mark
    is of another kind."""
    offered = _OFFERED.get(field)
    return offered(notes, mark) if offered else []


def _line(notes: Annotations, span: Span) -> str:
    """The words in one line."""
    return " ".join(notes.text(span).split())


def _speakers(notes: Annotations, mark: str) -> list[Choice]:
    """Who speaks, and persons: whose name stands nearest first, who is the speaker already last. Then
    organisations and groups, and nobody.

    Over the quotes with a known speaker in the forty pieces of world news the speaker is the first of these
    for 86 of 126, against 30 by how much everybody says.
    """
    said = quote(notes, mark)
    near = _Nearness(notes, said)
    known = {s.entity for s in notes.speakers}
    others = [e for e in notes.entities if e.label in _SPEAK and e.id not in known and kept_mentions(e)]
    rows = [(near.speaker(s), s.name, notes.text(s.role) if s.role else "") for s in notes.speakers]
    rows += [(near.entity(e), e.name, LABELS[e.label].lower()) for e in others]
    found = [Choice(_line(notes, span), more, edits.speaker(said, (span,))) for _, span, more in sorted(rows)]
    return [*found, Choice(NOBODY, "", edits.speaker(said, ()))]


class _Nearness:
    """How near to a quote somebody is named, to sort by."""

    def __init__(self, notes: Annotations, said: Quote) -> None:
        self._said, self._paragraphs = said, Paragraphs(notes.article.text)
        self._whole = Span(min(said.content).start, max(span.end for span in said.content))
        self._mentions = {e.id: [m.span for m in kept_mentions(e)] for e in notes.entities}
        self._sources: dict[str, list[Span]] = {}
        for other in notes.quotes:
            for id in other.speakers if other is not said else ():
                self._sources.setdefault(id, []).extend(other.source)

    def speaker(self, each: Speaker) -> tuple[int, int, int]:
        spans = [each.name, *self._mentions.get(each.entity or "", ()), *self._sources.get(each.id, ())]
        return (1 if each.id in self._said.speakers else 0, *self._apart(spans))

    def entity(self, each: Entity) -> tuple[int, int, int]:
        return (
            0 if each.label == "PERSON" else 1 + _SPEAK.index(each.label),
            *self._apart(self._mentions[each.id]),
        )

    def _apart(self, spans: Iterable[Span]) -> tuple[int, int]:
        """Paragraphs and characters from the quote to the nearest; a name within what is said tells of
        whom it speaks."""
        outside = [s for s in spans if not any(piece.contains(s) for piece in self._said.content)]
        return min(map(self._to, outside), default=_NOWHERE)

    def _to(self, span: Span) -> tuple[int, int]:
        here, there = (self._paragraphs.number(each.start) for each in (self._whole, span))
        return abs(here - there), max(0, self._whole.start - span.end, span.start - self._whole.end)


def _others(notes: Annotations, own: Entity) -> list[Entity]:
    """The other names: those of the same label first, and of these those that share a word."""
    words = _words(notes, own)
    others = [e for e in notes.entities if e.id != own.id and kept_mentions(e)]
    return sorted(others, key=lambda e: (e.label != own.label, not words & _words(notes, e), e.name))


def _words(notes: Annotations, entity: Entity) -> set[str]:
    return set(notes.text(entity).casefold().split())


def _merges(notes: Annotations, mark: str) -> list[Choice]:
    """The other names."""
    own, _ = mention(notes, mark)
    others = _others(notes, own)
    return [Choice(_line(notes, e.name), LABELS[e.label].lower(), edits.merge(own, e)) for e in others]


def _moves(notes: Annotations, mark: str) -> list[Choice]:
    """Whose name this one place is: any of the others, or nobody's of them."""
    own, here = mention(notes, mark)
    found = [
        Choice(_line(notes, e.name), LABELS[e.label].lower(), edits.add_mention(here.span, e.label, of=e))
        for e in _others(notes, own)
    ]
    return [*found, Choice(ALONE, "", edits.split(here))] if len(own.mentions) > 1 else found


def _names(notes: Annotations, mark: str) -> list[Choice]:
    """The words by which the article calls an entity, but those that are its name already."""
    own, _ = mention(notes, mark)
    places: dict[str, Span] = {}
    for each in kept_mentions(own):
        places.setdefault(notes.text(each), each.span)
    places.pop(notes.text(own), None)
    return [Choice(_line(notes, span), "", edits.rename(own, span)) for span in places.values()]


_OFFERED: Mapping[str, Callable[[Annotations, str], list[Choice]]] = {
    "speaker": _speakers,
    "merge": _merges,
    "move": _moves,
    "rename": _names,
}
