"""Annotations brought to another version of their text, without asking the machine again.

A mark is kept where its words stand unchanged, by the same rule as an editor's decisions
(``toolkit.edits.carried``). What no longer fits is left out and told, never guessed; a new sentence has
no marks until the machine reads it. A mark whose last decision fits no more is suggested again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from toolkit.decision import Edit
from toolkit.edits import Unfit, carried
from toolkit.edits.draft import Draft
from toolkit.edits.touching import Key, touching
from toolkit.model import Annotations, Entity, Figure, Mention, Quote, Sayable, Span, Speaker, Status, Summary

_SHOWN = 60


def reanchored(notes: Annotations, text: str) -> tuple[Annotations, tuple[Unfit, ...], tuple[str, ...]]:
    """The annotations on ``text``; the edits that fit it no more; and a sentence for each other mark, or
    part of one, that is lost."""
    old = notes.article.text
    if text == old:
        return notes, (), ()
    edits, unfit = carried(notes.edits, old, text)
    moving = _Moving(notes, text, tuple(each.edit for each in unfit))
    # In this order: a speaker goes with an entity, a quote with its speakers, a figure with a quote.
    entities = tuple(filter(None, map(moving.entity, notes.entities)))
    known = {entity.id: entity for entity in entities}
    speakers = tuple(filter(None, (moving.speaker(each, known) for each in notes.speakers)))
    cast = {speaker.id for speaker in speakers}
    quotes = tuple(filter(None, (moving.quote(each, cast) for each in notes.quotes)))
    said = {quote.id for quote in quotes}
    figures = tuple(filter(None, (moving.figure(each, said) for each in notes.figures)))
    moved = replace(
        notes,
        article=replace(notes.article, text=text, sha256=""),
        sentences=tuple(sorted(moving.standing(notes.sentences))),
        entities=entities,
        speakers=speakers,
        quotes=tuple(sorted(quotes, key=lambda quote: min(quote.content))),
        figures=tuple(sorted(figures, key=lambda figure: figure.span)),
        summary=moving.summary(notes.summary) if notes.summary else None,
        edits=edits,
    )
    return moved, unfit, tuple(moving.lost)


class _Moving:
    """The marks of annotations on their way to a text, and what was lost on it."""

    def __init__(self, notes: Annotations, text: str, unfit: Collection[Edit]) -> None:
        self.notes, self.new, self.places = notes, text, _places(notes, text)
        self.undecided, self.unnamed = _undecided(notes, unfit)
        self.lost: list[str] = []

    def standing(self, spans: Iterable[Span]) -> tuple[Span, ...]:
        """Where those of the spans lie whose words still stand."""
        return tuple(self.places[span] for span in spans if span in self.places)

    def entity(self, entity: Entity) -> Entity | None:
        mentions = tuple(
            replace(m, span=self.places[m.span], status=self._status(m, ("mention", m.span)))
            for m in entity.mentions
            if m.span in self.places
        )
        name = self.places.get(entity.name)
        if name is None and mentions:  # the fullest form that is left
            name = min((m.span for m in mentions), key=lambda span: (span.start - span.end, span.start))
        if name is None or (entity.mentions and not mentions):
            self._gone("The name", entity)
            return None
        for mention in entity.mentions:
            if mention.span not in self.places:
                self._gone(f"A mention of “{self._words(entity)}”,", mention)
        description = self._part("The name", entity, "description", entity.description)
        mentions = tuple(sorted(mentions, key=lambda mention: mention.span))
        return replace(entity, name=name, mentions=mentions, description=description)

    def speaker(self, speaker: Speaker, entities: dict[str, Entity]) -> Speaker | None:
        entity = entities.get(speaker.entity or "")
        name = self.places.get(speaker.name) or (entity.name if entity else None)
        if name is None:
            self._gone("The speaker", speaker)
            return None
        if speaker.name not in self.places and entity:
            self.lost.append(
                f"The speaker “{self._words(speaker)}” is now told as “{self.new[slice(*name)]}”, "
                "for the other name no longer stands there."
            )
        return replace(
            speaker,
            name=name,
            role=self._part("The speaker", speaker, "role", speaker.role),
            affiliation=self._part("The speaker", speaker, "affiliation", speaker.affiliation),
            entity=entity.id if entity else None,
        )

    def quote(self, quote: Quote, cast: Collection[str]) -> Quote | None:
        content = self.standing(quote.content)
        was_in_order = quote.content == tuple(sorted(quote.content))
        if len(content) < len(quote.content) or (was_in_order and content != tuple(sorted(content))):
            self._gone("The quote", quote)
            return None
        for part in ("cue", "source"):
            if any(span not in self.places for span in getattr(quote, part)):
                self._without("The quote", quote, part)
        is_named = ("quote", quote.id) not in self.unnamed
        speakers = tuple(each for each in quote.speakers if is_named and each in cast)
        if speakers != quote.speakers:
            self._without("The quote", quote, "speaker")
        moved = replace(
            quote,
            content=content,
            cue=self.standing(quote.cue),
            source=self.standing(quote.source),
            speakers=speakers,
            status=self._status(quote, ("quote", quote.id)),
        )
        if quote.speakers and not speakers:
            return replace(moved, how="unknown", speaker_score=None)
        return moved

    def figure(self, figure: Figure, said: Collection[str]) -> Figure | None:
        if figure.span not in self.places:
            self._gone("The figure", figure)
            return None
        return replace(
            figure,
            span=self.places[figure.span],
            status=self._status(figure, ("figure", figure.id)),
            qualifier=self._part("The figure", figure, "qualifier", figure.qualifier),
            counts=self._part("The figure", figure, "noun", figure.counts),
            quote=figure.quote if figure.quote in said else None,
        )

    def summary(self, summary: Summary) -> Summary:
        for span in summary.sentences:
            if span not in self.places:
                self._gone("The sentence of the summary", span)
        return replace(
            summary,
            sentences=self.standing(summary.sentences),
            pinned=self.standing(summary.pinned),
            dropped=self.standing(summary.dropped),
        )

    def _status(self, thing: Mention | Quote | Figure, key: Key) -> Status:
        return "suggested" if key in self.undecided else thing.status

    def _part(self, what: str, thing: Sayable, part: str, span: Span | None) -> Span | None:
        if span is not None and span not in self.places:
            self._without(what, thing, part)
        return self.places.get(span) if span is not None else None

    def _gone(self, what: str, thing: Sayable | Mention) -> None:
        self.lost.append(f"{what} “{self._words(thing)}” no longer stands there.")

    def _without(self, what: str, thing: Sayable, part: str) -> None:
        self.lost.append(f"{what} “{self._words(thing)}” lost its {part}, whose words no longer stand there.")

    def _words(self, thing: Sayable | Mention) -> str:
        words = " ".join(self.notes.text(thing).split())
        return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 2].rstrip()} …"


def _undecided(notes: Annotations, unfit: Collection[Edit]) -> tuple[set[Key], set[Key]]:
    """The marks of which the last decision is among the unfit ones, and the quotes of which the last to
    tell a speaker is."""
    decides_on = touching(Draft.of(notes))
    lost = set(unfit)
    last: dict[Key, Edit] = {}
    last_to_name: dict[Key, Edit] = {}
    for edit in notes.edits:
        decided = dict.fromkeys(decides_on(edit), edit)
        last |= decided
        if edit.of == "quote" and edit.act in ("confirm", "speaker", "add"):
            last_to_name |= decided
    unnamed = {key for key, edit in last_to_name.items() if edit.to and edit in lost}
    return {key for key, edit in last.items() if edit in lost} | unnamed, unnamed


def _places(notes: Annotations, text: str) -> dict[Span, Span]:
    """Where the places of all marks lie in a text, without those whose words no longer stand."""
    spans = sorted(set(_spans(notes)))
    # Asked as decisions, numbered to know them again, so that there is one rule for both.
    asked = (Edit("confirm", "text", (span,), step=number) for number, span in enumerate(spans))
    kept, _ = carried(asked, notes.article.text, text)
    return {spans[edit.step]: edit.at[0] for edit in kept}


def _spans(thing: Any) -> Iterator[Span]:
    if isinstance(thing, Span):
        yield thing
    elif isinstance(thing, tuple):
        for each in thing:
            yield from _spans(each)
    elif is_dataclass(thing) and not isinstance(thing, Edit):
        for field in fields(thing):
            yield from _spans(getattr(thing, field.name))
