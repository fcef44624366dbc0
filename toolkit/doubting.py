"""Answers that rest on a surname which two people share: settled by more than the name, or less sure.

"Mayor Halvorsen said" is the one whom the article calls mayor, "Halvorsen said … she added" the woman of the
two. Where nothing tells, the answer is no surer than the name is, and what a pronoun or a description
takes from such an answer is no surer than it.
"""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Token

from toolkit.languages import Pronoun
from toolkit.model import Entity, Span
from toolkit.namesakes import SHARED
from toolkit.people import People
from toolkit.sources import UNKNOWN, Found


class Weighed(NamedTuple):
    """An answer, and the most that it is sure (1 where only the answer itself tells)."""

    found: Found
    most: float = 1.0


class Doubts:
    """The surnames of one document that leave a choice."""

    def __init__(self, people: People, entities: tuple[Entity, ...]) -> None:
        self.people, self.open = people, people.shared
        # A surname that stands for nobody yet: the choice that its entity is.
        self._nobodys = {e.id: self.open[e.name][1] for e in entities if e.name in self.open}

    def of_name(self, source: Span, head: Token, found: Found) -> Weighed:
        """An answer that names gave: by the role beside the name, or as sure as the name."""
        names = [n for n in self.people.within(source) if n.span in self.open]
        name = next((n for n in names if n.span.start <= head.idx < n.span.end), None)
        name = name or next((n for n in names if n.entity in found.entities), None)
        if name is None:
            return Weighed(found)
        mention, able = self.open[name.span]
        if len(found.entities) > 1 or found.how not in ("surname", "named", "unknown"):
            return Weighed(found, mention.score or 0.0)
        told = [e for e in able if self._holds(e, name.span)]
        if len(told) == 1:
            return Weighed(Found("surname", (told[0],)))
        return Weighed(found, mention.score or 0.0)

    def of_pronoun(self, pronoun: Pronoun | None, at: int, found: Found) -> Weighed:
        """An answer that was taken from the text before ``at``: no surer than what it rests on. What means a
        surname that is nobody's yet means the one of that sex, or nobody."""
        if len(found.entities) != 1:
            return Weighed(found)
        entity = found.entities[0]
        if entity.id in self._nobodys:
            sex = pronoun.gender if pronoun and pronoun.person and pronoun.number == "one" else ""
            known = {
                e: self.people.gender(e) or self.people.given_gender(e) for e in self._nobodys[entity.id]
            }
            fitting = [e for e in known if sex and known[e] == sex]
            if len(fitting) != 1:
                return Weighed(UNKNOWN)
            return Weighed(found._replace(entities=(fitting[0],)), 1.0 if all(known.values()) else SHARED)
        before = (n for n in self.people.before(at, len(self.people.mentions)) if n.entity.id == entity.id)
        nearest = next(before, None)
        if nearest is None or nearest.span not in self.open:
            return Weighed(found)
        return Weighed(found, self.open[nearest.span][0].score or 0.0)

    def _holds(self, entity: Entity, span: Span) -> bool:
        roles = self.people.roles_at(span)
        held = self.people.roles_of(entity)
        return any(role.may_be(other) for role in roles for other in held)
