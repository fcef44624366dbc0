"""What an editor does to names: mentions of persons and things, and the entities they belong to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from reprlib import repr as cut_short
from typing import Any, get_args

from toolkit.decision import Edit
from toolkit.edits.draft import (
    AlreadySo,
    Draft,
    editor,
    exact_mention,
    mention_at,
    new_id,
    settled,
    told,
    words,
)
from toolkit.errors import UnfitEdit
from toolkit.model import Entity, Label, Mention, Span, Status
from toolkit.runs import kept_mentions

LABELS: tuple[str, ...] = get_args(Label)
_STATUS: dict[str, Status] = {"confirm": "confirmed", "reject": "rejected", "reset": "suggested"}


def mention_status(draft: Draft, edit: Edit) -> Draft:
    """confirm, reject, reset. A confirmation that tells its label holds for another run of the machine
    as well: there the name gets the extent and the label that were confirmed."""
    entity, mention = mention_at(draft, edit.at)
    if edit.act == "confirm" and edit.value:
        if mention.span != edit.at[0]:
            draft = mention_extent(draft, replace(edit, to=edit.at[:1]))
            entity, mention = mention_at(draft, edit.at)
        if entity.label != edit.value:
            return add_mention(draft, replace(edit, at=edit.at[:1], to=()))
    return _with_mention(draft, entity, mention, replace(mention, status=_STATUS[edit.act]))


def entity_status(draft: Draft, edit: Edit) -> Draft:
    """confirm, reject, reset all mentions; confirming leaves what was rejected before."""
    entity, _ = mention_at(draft, edit.at)
    if edit.act == "confirm" and edit.value and entity.label != edit.value:
        return relabel(draft, edit)
    touched = (kept_mentions(entity) if edit.act == "confirm" else ()) or entity.mentions
    mentions = tuple(replace(m, status=_STATUS[edit.act]) if m in touched else m for m in entity.mentions)
    return draft.with_one("entities", replace(entity, mentions=mentions))


def add_mention(draft: Draft, edit: Edit) -> Draft:
    """A name at ``at``: of the entity that ``to`` mentions, else of the one of this label that is written
    alike, else of a new one. A name that is marked already goes over to that entity."""
    span, label = edit.at[0], _label(edit.value) if edit.value or not edit.to else ""
    if not words(draft, span).strip():
        raise UnfitEdit("There are no words in the selection; select a name.")
    home = mention_at(draft, edit.to)[0] if edit.to else None
    held = exact_mention(draft, span)
    if held:
        entity, mention = held
        if entity.id == home.id if home else entity.label == label:
            return _with_mention(draft, entity, mention, settled(mention, edit))
        home = home or _written_alike(draft, label, span, but=entity.id)
        draft = _with_mention(draft, entity, mention, replace(mention, status="confirmed"))
        entity = next(e for e in draft.entities if e.id == entity.id)
        if len(entity.mentions) == 1:
            return _joined(draft, entity, home, edit) if home else relabel(draft, edit)
        draft = _without(draft, entity, mention)
        home = home and next(e for e in draft.entities if e.id == home.id)
    else:
        home = home or _written_alike(draft, label, span)
    mention = Mention(span, editor(edit), "confirmed")
    if home:
        whole = _holding(draft, home, (*home.mentions, mention))
        draft = _speakers_named(draft, home, whole.name, only=home.name)
        return _sorted(draft.with_one("entities", whole))
    return _with_new(draft, label, mention)


def mention_extent(draft: Draft, edit: Edit) -> Draft:
    """The name reaches over ``to`` instead; where it was the entity's name, that follows."""
    entity, mention = mention_at(draft, edit.at)
    span = _one(edit, "the words of the name")
    if not words(draft, span).strip():
        raise UnfitEdit("There are no words in the new extent of the name; keep at least one.")
    new = settled(mention, edit, span=span, score=mention.score if mention.span == span else None)
    rest = tuple(m for m in entity.mentions if m != mention and m.span != span)
    changed = replace(entity, mentions=_ordered((*rest, new)))
    if entity.name == mention.span:
        changed = replace(changed, name=span)
        draft = _speakers_named(draft, entity, span, only=mention.span)
    return _sorted(draft.with_one("entities", changed))


def relabel(draft: Draft, edit: Edit) -> Draft:
    """Another label for the entity, and with it for all its mentions."""
    entity, _ = mention_at(draft, edit.at)
    label = _label(edit.value)
    kept = kept_mentions(entity)
    origin: Any = {} if entity.label == label else {"origin": editor(edit)}
    mentions = tuple(replace(m, status="confirmed", **origin) if m in kept else m for m in entity.mentions)
    return draft.with_one("entities", replace(entity, label=label, mentions=mentions))


def merge(draft: Draft, edit: Edit) -> Draft:
    """The entity at ``at`` goes into the one that ``to`` mentions; the two speakers become one."""
    entity, _ = mention_at(draft, edit.at)
    into, _ = mention_at(draft, (_one(edit, "a mention of the other name"),))
    if entity.id == into.id:
        raise AlreadySo(f"{told(draft, edit.at)} and {told(draft, edit.to)} are one already.")
    return _joined(draft, entity, into, edit)


def split(draft: Draft, edit: Edit) -> Draft:
    """The mention becomes an entity of its own, with the same label."""
    entity, mention = mention_at(draft, edit.at)
    if len(entity.mentions) == 1:
        raise AlreadySo(f"{told(draft, (mention.span,))} stands alone already.")
    mention = replace(mention, origin=editor(edit), status="confirmed")
    return _with_new(_without(draft, entity, mention), entity.label, mention)


def rename(draft: Draft, edit: Edit) -> Draft:
    """The name is written as the words at ``to``; the speaker is called so too."""
    entity, _ = mention_at(draft, edit.at)
    span = _one(edit, "the words of the name")
    if not words(draft, span).strip():
        raise UnfitEdit("There are no words in the new name; select it in the text.")
    draft = draft.with_one("entities", replace(entity, name=span))
    return _speakers_named(draft, entity, span)


def fullest(draft: Draft, spans: Iterable[Span]) -> Span:
    """The fullest form of a name, as the machine chooses it: the most words, then letters, then the first."""
    return min(spans, key=lambda s: (-len(words(draft, s).split()), s.start - s.end, s))


def _label(value: str) -> Label:
    if value not in LABELS:
        raise UnfitEdit(f"There is no label {cut_short(value)}; choose from {', '.join(LABELS)}.")
    return value  # type: ignore[return-value]  # one of the label's words


def _one(edit: Edit, what: str) -> Span:
    if len(edit.to) != 1:
        raise UnfitEdit(f"To {edit.act}, select {what} in one piece.")
    return edit.to[0]


def _letters(draft: Draft, span: Span) -> str:
    return "".join(c for c in words(draft, span).casefold() if c.isalnum())


def _written_alike(draft: Draft, label: str, span: Span, but: str = "") -> Entity | None:
    """The entity of a label whose name has the same letters, else the only one with such a mention."""
    letters = _letters(draft, span)
    others = [e for e in draft.entities if e.label == label and e.id != but and kept_mentions(e)]
    by_name = next((e for e in others if _letters(draft, e.name) == letters), None)
    if by_name or not letters:
        return by_name
    alike = [e for e in others if any(_letters(draft, m.span) == letters for m in kept_mentions(e))]
    return alike[0] if len(alike) == 1 else None


def _ordered(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    return tuple(sorted(mentions, key=lambda m: m.span))


def _sorted(draft: Draft) -> Draft:
    """The entities in the order of their first mentions."""
    return draft._replace(
        entities=tuple(
            sorted(draft.entities, key=lambda e: min((m.span for m in e.mentions), default=e.name))
        )
    )


def _with_mention(draft: Draft, entity: Entity, old: Mention, new: Mention) -> Draft:
    mentions = tuple(new if m is old else m for m in entity.mentions)
    return draft.with_one("entities", replace(entity, mentions=mentions))


def _with_new(draft: Draft, label: str, mention: Mention) -> Draft:
    name = new_id("e", mention.span, {e.id for e in draft.entities})
    entity = Entity(name, _label(label), mention.span, (mention,))
    return _sorted(draft._replace(entities=(*draft.entities, entity)))


def _holding(draft: Draft, entity: Entity, mentions: Iterable[Mention]) -> Entity:
    """An entity with more mentions, under the fullest name unless an editor has chosen one."""
    unique = {m.span: m for m in sorted(mentions, key=lambda m: m.status != "rejected")}
    chosen = any(e.act == "rename" and e.to == (entity.name,) for e in draft.edits)
    kept = [m.span for m in unique.values() if m.status != "rejected"]
    name = entity.name if chosen else fullest(draft, (entity.name, *kept))
    if len(words(draft, name).split()) == len(words(draft, entity.name).split()):
        name = entity.name
    return replace(entity, name=name, mentions=_ordered(unique.values()))


def _without(draft: Draft, entity: Entity, mention: Mention) -> Draft:
    """Without a mention of an entity that has others; its name is then one that it keeps."""
    rest = tuple(m for m in entity.mentions if m.span != mention.span)
    if not rest:  # the same place twice
        rest = entity.mentions[:1]
    new = replace(entity, mentions=rest)
    if entity.name == mention.span:
        new = replace(new, name=fullest(draft, [m.span for m in kept_mentions(new) or rest]))
        draft = _speakers_named(draft, entity, new.name, only=mention.span)
    return draft.with_one("entities", new)


def _joined(draft: Draft, entity: Entity, into: Entity, edit: Edit) -> Draft:
    moved = [
        m if m.status == "rejected" else replace(m, origin=editor(edit), status="confirmed")
        for m in entity.mentions
    ]
    whole = _holding(draft, into, (*into.mentions, *moved))
    whole = replace(whole, description=into.description or entity.description)
    entities = tuple(whole if e.id == into.id else e for e in draft.entities if e.id != entity.id)
    return _one_speaker(_sorted(draft._replace(entities=entities)), {entity.id, into.id}, whole)


def _one_speaker(draft: Draft, ids: set[str], whole: Entity) -> Draft:
    """The speakers of merged entities as one; what they said follows."""
    same = [s for s in draft.speakers if s.entity in ids]
    if not same:
        return draft
    stays = next((s for s in same if s.entity == whole.id), same[0])
    gone = {s.id for s in same} - {stays.id}
    stays = replace(
        stays,
        name=whole.name,
        role=next((s.role for s in (stays, *same) if s.role), None),
        affiliation=next((s.affiliation for s in (stays, *same) if s.affiliation), None),
        entity=whole.id,
        anonymous=False,
    )
    return draft._replace(
        speakers=tuple(
            sorted(
                (stays if s.id == stays.id else s for s in draft.speakers if s.id not in gone),
                key=lambda s: s.name,
            )
        ),
        quotes=tuple(
            replace(q, speakers=tuple(dict.fromkeys(stays.id if i in gone else i for i in q.speakers)))
            if gone.intersection(q.speakers)
            else q
            for q in draft.quotes
        ),
    )


def _speakers_named(draft: Draft, entity: Entity, name: Span, only: Span | None = None) -> Draft:
    """The entity's speakers under another name; ``only`` those who have had this one."""
    return draft._replace(
        speakers=tuple(
            replace(s, name=name) if s.entity == entity.id and only in (None, s.name) else s
            for s in draft.speakers
        )
    )
