"""Who is in an article: those who speak and the persons, then the other names by kind.

What an editor rejected is left out. Names, roles and descriptions are slices of the article.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from toolkit.model import Annotations, Entity, Label, Quote, Span, Speaker
from toolkit.runs import kept_mentions
from toolkit.wording import LABELS


@dataclass(frozen=True, slots=True)
class Member:
    """One of the cast: a speaker or a person. ``label`` is "" where there is no name for it; so are
    ``speaker`` and ``entity``, the ids of its records."""

    name: str
    label: str
    unnamed: bool
    role: str
    affiliation: str
    description: str
    mentions: int
    statements: int
    speaker: str = ""
    entity: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """Entities of one label that are not in the cast: (name, number of mentions)."""

    label: str
    names: tuple[tuple[str, int], ...]


def cast(notes: Annotations, said: Iterable[Quote]) -> tuple[tuple[Member, ...], tuple[Named, ...]]:
    """Who speaks in ``said`` and, after them, the persons who don't; then all other names by kind."""
    counts = Counter(name for quote in said for name in quote.speakers)
    entities = {e.id: e for e in notes.entities if kept_mentions(e)}
    members, seen = [], set()
    for speaker in notes.speakers:
        entity = entities.get(speaker.entity or "")
        if counts[speaker.id] or (entity and entity.label == "PERSON"):
            members.append(_member(notes, entity, speaker, counts[speaker.id]))
            seen.add(speaker.entity or "")
    for entity in entities.values():
        if entity.label == "PERSON" and entity.id not in seen:
            members.append(_member(notes, entity, None, 0))
            seen.add(entity.id)
    return tuple(members), _named(notes, seen)


def _member(notes: Annotations, entity: Entity | None, speaker: Speaker | None, statements: int) -> Member:
    def words(span: Span | None) -> str:
        return notes.text(span) if span else ""

    name = speaker or entity
    return Member(
        name=notes.text(name) if name else "",
        label=LABELS[entity.label] if entity else "",
        unnamed=bool(speaker and speaker.anonymous),
        role=words(speaker.role if speaker else None),
        affiliation=words(speaker.affiliation if speaker else None),
        description=words(entity.description if entity else None),
        mentions=len(kept_mentions(entity)) if entity else 0,
        statements=statements,
        speaker=speaker.id if speaker else "",
        entity=entity.id if entity else "",
    )


def _named(notes: Annotations, cast: set[str]) -> tuple[Named, ...]:
    groups: dict[Label, list[tuple[str, int]]] = {label: [] for label in LABELS}
    for entity in notes.entities:
        if entity.id not in cast and (mentions := kept_mentions(entity)):
            groups[entity.label].append((notes.text(entity), len(mentions)))
    return tuple(Named(LABELS[label], tuple(names)) for label, names in groups.items() if names)
