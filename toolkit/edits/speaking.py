"""The cast of an article under an editor's hands: whom a stretch of the text names as a speaker."""

from __future__ import annotations

import re
from dataclasses import replace

from toolkit.edits.draft import Draft, new_id, words
from toolkit.errors import UnfitEdit
from toolkit.model import Entity, Quote, Span, Speaker
from toolkit.runs import kept_mentions

_MADE = re.compile(r"s\d+-\d+x*")  # the ids that ``new_id`` gives to speakers


def names_of(draft: Draft, quote: Quote) -> tuple[Span, ...]:
    """Where the names of a quote's speakers stand."""
    cast = {s.id: s.name for s in draft.speakers}
    return tuple(cast[i] for i in quote.speakers)


def cast_of(draft: Draft, spans: tuple[Span, ...]) -> tuple[Draft, tuple[str, ...]]:
    """The ids of the speakers that are named at spans; who is not in the cast yet enters it."""
    ids = []
    for span in spans:
        if not words(draft, span).strip():
            raise UnfitEdit("There are no words in the selected name; select who is speaking.")
        draft, speaker = _speaker_at(draft, span)
        ids.append(speaker.id)
    return draft, tuple(dict.fromkeys(ids))


def swept(draft: Draft) -> Draft:
    """Without the speakers that an edit made and to whom nothing is left to say."""
    heard = {i for q in draft.quotes for i in q.speakers}
    kept = tuple(s for s in draft.speakers if s.id in heard or not _MADE.fullmatch(s.id))
    return draft if len(kept) == len(draft.speakers) else draft._replace(speakers=kept)


def _speaker_at(draft: Draft, span: Span) -> tuple[Draft, Speaker]:
    """One of the cast by their whole name; the entity that is mentioned there; one whose name, or a
    mention of whose entity, holds the words (the smallest such: "BLA" in "a fighter of the BLA" is the
    BLA); an entity that the words end with ("Mr Hyder"); else somebody new."""
    if named := next((s for s in draft.speakers if s.name == span), None):
        return draft, named
    mentions = [(m.span, e) for e in draft.entities for m in kept_mentions(e)]
    if entity := next((e for s, e in mentions if s == span), None):
        return _of_entity(draft, entity)
    around: list[tuple[int, Speaker | Entity]] = [
        (s.end - s.start, e) for s, e in mentions if s.contains(span)
    ]
    around += [(s.name.end - s.name.start, s) for s in draft.speakers if s.name.contains(span)]
    if around:
        _, holder = min(around, key=lambda pair: pair[0])
        return (draft, holder) if isinstance(holder, Speaker) else _of_entity(draft, holder)
    titled = (e for s, e in mentions if e.label == "PERSON" and span.contains(s) and s.end == span.end)
    if entity := next(titled, None):
        return _of_entity(draft, entity)
    return _entering(draft, Speaker("", span, anonymous=_is_described(words(draft, span))))


def _of_entity(draft: Draft, entity: Entity) -> tuple[Draft, Speaker]:
    known = next((s for s in draft.speakers if s.entity == entity.id), None)
    return (draft, known) if known else _entering(draft, Speaker("", entity.name, entity=entity.id))


def _entering(draft: Draft, speaker: Speaker) -> tuple[Draft, Speaker]:
    speaker = replace(speaker, id=new_id("s", speaker.name, {s.id for s in draft.speakers}))
    at = next((i for i, s in enumerate(draft.speakers) if s.name > speaker.name), len(draft.speakers))
    return draft._replace(speakers=(*draft.speakers[:at], speaker, *draft.speakers[at:])), speaker


def _is_described(name: str) -> bool:
    """Whether words describe somebody and give no name: no capital in them but at their beginning. Scripts
    without capitals can't tell; they are taken for names."""
    first, *rest = name.split()
    lower = [word for word in (first, *rest) if word[:1].islower()]
    return bool(lower) and not any(word[:1].isupper() for word in rest)
