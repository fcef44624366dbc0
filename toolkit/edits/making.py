"""Edits from the records that a page or a script has at hand; ``by`` is the editor's name."""

from __future__ import annotations

from typing import TypeAlias

from toolkit.decision import Edit, EditAct, Edited
from toolkit.model import Entity, Figure, Label, Mention, Quote, QuoteKind, Span
from toolkit.runs import kept_mentions

Thing: TypeAlias = "Quote | Mention | Entity | Figure"


def place(thing: Thing | Span) -> tuple[Edited, tuple[Span, ...]]:
    """What an edit calls a record, and where it stands. A span is a place in the text."""
    match thing:
        case Quote():
            return "quote", thing.content
        case Mention():
            return "mention", (thing.span,)
        case Figure():
            return "figure", (thing.span,)
        case Entity():
            # Where one is rejected, another name may stand.
            spans = [m.span for m in kept_mentions(thing) or thing.mentions]
            return "entity", (thing.name if thing.name in spans or not spans else spans[0],)
    return "text", (thing,)


def confirm(thing: Thing, by: str = "") -> Edit:
    return _of(thing, "confirm", by)


def reject(thing: Thing, by: str = "") -> Edit:
    return _of(thing, "reject", by)


def reset(thing: Thing, by: str = "") -> Edit:
    """Back to a suggestion."""
    return _of(thing, "reset", by)


def add_quote(
    content: tuple[Span, ...], kind: QuoteKind = "direct", speakers: tuple[Span, ...] = (), by: str = ""
) -> Edit:
    """``speakers`` are places where the text names them."""
    return Edit("add", "quote", content, speakers, kind, by)


def add_mention(span: Span, label: Label | str, of: Entity | None = None, by: str = "") -> Edit:
    """A name that was missed, or that belongs to another entity."""
    return Edit("add", "mention", (span,), place(of)[1] if of else (), label, by)


def speaker(quote: Quote, spans: tuple[Span, ...], by: str = "") -> Edit:
    """Who said it, by places where the text names them; none: nobody known."""
    return Edit("speaker", "quote", quote.content, spans, by=by)


def propose(content: tuple[Span, ...], spans: tuple[Span, ...], by: str = "") -> Edit:
    """Who may have said it, by places where the text names them; confirming the quote confirms them."""
    return Edit("speaker", "quote", content, spans, "proposed", by)


def kind(quote: Quote, value: QuoteKind | str, by: str = "") -> Edit:
    return Edit("kind", "quote", quote.content, value=value, by=by)


def extent(thing: Quote | Mention | Figure, spans: tuple[Span, ...], by: str = "") -> Edit:
    """Other words for a mark: all pieces of a quote, one span for the others."""
    of, at = place(thing)
    return Edit("extent", of, at, spans, by=by)


def label(thing: Entity | Mention, value: Label | str, by: str = "") -> Edit:
    """For the whole entity."""
    of, at = place(thing)
    return Edit("label", of, at, value=value, by=by)


def merge(entity: Entity, into: Entity, by: str = "") -> Edit:
    return Edit("merge", "entity", place(entity)[1], place(into)[1], by=by)


def split(mention: Mention, by: str = "") -> Edit:
    return Edit("split", "mention", (mention.span,), by=by)


def rename(entity: Entity, name: Span, by: str = "") -> Edit:
    """``name`` is where the text has the name as it should be written."""
    return Edit("rename", "entity", place(entity)[1], (name,), by=by)


def pin(sentence: Span, by: str = "") -> Edit:
    """Always in the summary."""
    return Edit("pin", "sentence", (sentence,), by=by)


def drop(sentence: Span, by: str = "") -> Edit:
    """Never in the summary."""
    return Edit("drop", "sentence", (sentence,), by=by)


def free(sentence: Span, by: str = "") -> Edit:
    """Neither pinned nor dropped any more."""
    return Edit("free", "sentence", (sentence,), by=by)


def note(thing: Thing | Span, words: str, by: str = "") -> Edit:
    of, at = place(thing)
    return Edit("note", of, at, value=words, by=by)


def dismiss(span: Span, check: str, by: str = "") -> Edit:
    """A finding of ``toolkit.checks`` that needs no more looking at: its span and its check."""
    return Edit("dismiss", "text", (span,), value=check, by=by)


def _of(thing: Thing, act: EditAct, by: str) -> Edit:
    of, at = place(thing)
    return Edit(act, of, at, by=by)
