"""Annotations while they are edited, and how a decision finds what it is about: by places.

A draft holds the same records as ``Annotations``, without their checks, so that many edits in a
row cost little. It is never changed; an act gives another one.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple, TypeVar

from toolkit.decision import Edit
from toolkit.errors import UnfitEdit
from toolkit.model import Annotations, Entity, Figure, Mention, Quote, Span, Speaker, Summary

_SHOWN = 40  # characters of the article's words in a message

R = TypeVar("R", Mention, Quote, Figure)


class AlreadySo(UnfitEdit):
    """A decision whose end is reached without it; on another run of the machine that is as good."""


class Draft(NamedTuple):
    """The parts of annotations that edits change, the text, and the edits that are already in them."""

    text: str
    sentences: tuple[Span, ...]
    entities: tuple[Entity, ...]
    speakers: tuple[Speaker, ...]
    quotes: tuple[Quote, ...]
    figures: tuple[Figure, ...]
    summary: Summary | None
    edits: tuple[Edit, ...]

    @classmethod
    def of(cls, notes: Annotations) -> Draft:
        return cls(notes.article.text, *(getattr(notes, name) for name in cls._fields[1:]))

    def into(self, notes: Annotations) -> Annotations:
        """The annotations that the draft was made of, with its records."""
        return replace(notes, **{name: getattr(self, name) for name in self._fields[1:]})

    def with_one(self, kind: str, new: Any) -> Draft:
        """With a record in place of the one of its id."""
        records = getattr(self, kind)
        put: Any = {kind: tuple(new if r.id == new.id else r for r in records)}
        return self._replace(**put)


def words(draft: Draft, span: Span) -> str:
    return draft.text[span.start : span.end]


def told(draft: Draft, spans: Sequence[Span]) -> str:
    """The words of a place for a message, cut short: "“We will not …”"."""
    text = " ".join(" … ".join(words(draft, s) for s in spans).split())
    return f"“{text if len(text) <= _SHOWN else text[: _SHOWN - 2].rstrip() + ' …'}”"


def quote_at(draft: Draft, at: tuple[Span, ...]) -> Quote:
    """The quote with this content, else the one that shares most of it."""
    found = next((q for q in draft.quotes if q.content == at), None)
    if found is None:
        found = most_alike(at, ((q.content, q) for q in draft.quotes))
    if found is None:
        raise UnfitEdit(f"No quote stands at {told(draft, at)}; mark it first.")
    return found


def mention_at(draft: Draft, at: tuple[Span, ...]) -> tuple[Entity, Mention]:
    """The mention on this span, else the one that shares most of it, and its entity."""
    spans = at[:1]
    found = exact_mention(draft, spans[0]) or most_alike(
        spans, (((m.span,), (e, m)) for e in draft.entities for m in e.mentions)
    )
    if found is None:
        raise UnfitEdit(f"No name is marked at {told(draft, spans)}; mark it first.")
    return found


def exact_mention(draft: Draft, span: Span) -> tuple[Entity, Mention] | None:
    """The mention on exactly this span, a rejected one only where no other stands there."""
    found = [(e, m) for e in draft.entities for m in e.mentions if m.span == span]
    return min(found, key=lambda pair: pair[1].status == "rejected", default=None)


def twice_named(draft: Draft) -> dict[Span, Entity]:
    """The places that are names of two entities at once, with the first of them."""
    seen: dict[Span, Entity] = {}
    twice: dict[Span, Entity] = {}
    for entity in draft.entities:
        for span in {m.span for m in entity.mentions if m.status != "rejected"}:
            if span in seen:
                twice[span] = seen[span]
            seen[span] = entity
    return twice


def figure_at(draft: Draft, at: tuple[Span, ...]) -> Figure:
    found = next((f for f in draft.figures if f.span == at[0]), None)
    found = found or most_alike(at[:1], (((f.span,), f) for f in draft.figures))
    if found is None:
        raise UnfitEdit(f"No number or date is marked at {told(draft, at)}.")
    return found


def sentence_at(draft: Draft, at: tuple[Span, ...]) -> Span:
    if at[0] in draft.sentences:
        return at[0]
    found = most_alike(at[:1], (((s,), s) for s in draft.sentences))
    if found is None:
        raise UnfitEdit(f"No sentence stands at {told(draft, at)}.")
    return found


def most_alike(at: tuple[Span, ...], places: Iterable[tuple[tuple[Span, ...], Any]]) -> Any:
    """What shares half or more of its letters and of the place's; of several the most, then the first."""
    best, most = None, 0.5
    size = sum(s.end - s.start for s in at)
    first, last = min(at).start, max(s.end for s in at)
    for spans, thing in places:
        if not any(s.start < last and first < s.end for s in spans):
            continue
        shared = sum(max(0, min(a.end, s.end) - max(a.start, s.start)) for a in at for s in spans)
        share = shared / max(size, sum(s.end - s.start for s in spans))
        if share > most or (best is None and share == most):
            best, most = thing, share
    return best


def editor(edit: Edit) -> str:
    """The origin of what an edit makes or alters."""
    return f"editor:{edit.by}"


def settled(record: R, edit: Edit, **changes: Any) -> R:
    """A record after a decision: confirmed, and the editor's own where the decision altered it."""
    new = replace(record, **changes)
    altered: Any = {} if new == record else {"origin": editor(edit)}
    return replace(new, status="confirmed", **altered)


def new_id(kind: str, span: Span, taken: Container[str]) -> str:
    """An id from a place, so that the same edits always give the same ids. The machine counts, and
    has no "-" in its ids."""
    name = f"{kind}{span.start}-{span.end}"
    while name in taken:
        name += "x"
    return name
