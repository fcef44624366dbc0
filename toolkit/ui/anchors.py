"""Where things stand on the page: the ids by which the text and the margin point at each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.brief import Brief
from toolkit.model import Annotations, QuoteKind
from toolkit.runs import kept_mentions, kept_quotes
from toolkit.wording import KINDS, LABELS


@dataclass(frozen=True, slots=True)
class QuoteAnchor:
    """A quotation in the text and its row beside it.

    ``number`` counts the statements from 1; it is 0 for words that are nobody's statement.
    ``title`` says what kind it is and who speaks.
    """

    place: str
    row: str
    number: int
    kind: QuoteKind
    title: str


@dataclass(frozen=True, slots=True)
class MentionAnchor:
    """A mention of a name: ``place`` is "" for all but the first of an entity."""

    place: str
    title: str


@dataclass(frozen=True, slots=True)
class Anchors:
    """``quotes`` by id, ``mentions`` by the offset where they begin, places of ``names`` by entity's id."""

    quotes: Mapping[str, QuoteAnchor]
    mentions: Mapping[int, MentionAnchor]
    names: Mapping[str, str]


def anchors(notes: Annotations, brief: Brief) -> Anchors:
    """The anchors of annotations and of the brief made of them."""
    mentions, names = _mentions(notes)
    return Anchors(_quotes(notes, brief), mentions, names)


def _quotes(notes: Annotations, brief: Brief) -> dict[str, QuoteAnchor]:
    numbers = {row.quote: number for number, row in enumerate(brief.statements, 1)}
    speakers = {row.quote: row.speaker for row in brief.statements}
    found = {}
    for index, quote in enumerate(kept_quotes(notes), 1):
        found[quote.id] = QuoteAnchor(
            place=f"nd-quote-{index}",
            row=f"nd-row-{index}",
            number=numbers.get(quote.id, 0),
            kind=quote.kind,
            title=": ".join(filter(None, (KINDS[quote.kind], speakers.get(quote.id, "")))),
        )
    return found


def _mentions(notes: Annotations) -> tuple[dict[int, MentionAnchor], dict[str, str]]:
    mentions: dict[int, MentionAnchor] = {}
    names: dict[str, str] = {}
    for index, entity in enumerate(notes.entities, 1):
        title = f"{LABELS[entity.label]}: {notes.text(entity)}"
        for mention in sorted(kept_mentions(entity), key=lambda m: m.span):
            if mention.span.start in mentions:
                continue
            place = "" if entity.id in names else f"nd-name-{index}"
            mentions[mention.span.start] = MentionAnchor(place, title)
            names.setdefault(entity.id, place)
    return mentions, names
