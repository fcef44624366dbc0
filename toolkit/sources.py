"""The words of a source: which of the names in them is the source, and what they call it.

"Trump senior adviser Paul Manafort" is Manafort, "the group's spokesman, Jeeyand Baloch"
Baloch, "a spokesman for Jane Doe" nobody with a name, "Axelrod’s memoir" its author.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Token

from toolkit.languages import Language
from toolkit.layout import Layout
from toolkit.model import Entity, How, Span
from toolkit.people import Named, People

_NAMEABLE = ("PERSON", "ORG", "PLACE", "GROUP", "FACILITY")
_CLAUSE = re.compile(r",(?!\d)")


class Found(NamedTuple):
    """The answer for one source. ``words`` name or describe who is no entity of the article;
    ``sure`` is a probability where one was reckoned."""

    how: How
    entities: tuple[Entity, ...] = ()
    words: Span | None = None
    sure: float | None = None


UNKNOWN = Found("unknown")


class Sources:
    """Reads the sources of one document that name or describe somebody."""

    def __init__(self, doc: Doc, language: Language, layout: Layout, people: People) -> None:
        self.doc, self.language, self.layout, self.people = doc, language, layout, people
        self.text = layout.text

    def named(self, source: Span, head: Token) -> Found | None:
        """The names that are the source itself, not the names inside its description."""
        inside = [m for m in self.people.within(source) if m.entity.label in _NAMEABLE]
        chosen = self._chosen(source, head, inside)
        if chosen is None:
            return None
        if chosen.entity.label == "GROUP":  # Republicans, some Mexicans: nobody in particular
            return Found("unnamed", words=self.described(source))
        if self._is_called_the(source, chosen):
            return Found("unnamed", words=self.described(source))
        if shared := self._sharing(chosen.entity):
            return shared
        entities = {chosen.entity.id: chosen.entity}
        latest = chosen
        for other in inside:
            if other.entity.label == chosen.entity.label and self._is_conjoined(latest, other):
                entities.setdefault(other.entity.id, other.entity)
                latest = other
        found = tuple(entities.values())
        if chosen.entity.label != "PERSON":
            return Found("organisation", found)
        fullest = self.text[slice(*chosen.entity.name)]
        return Found("named" if self.text[slice(*chosen.span)] == fullest else "surname", found)

    def overlooked(self, source: Span, head: Token) -> Found:
        """A name that the entities lack: a surname in capitals, or one that the model missed."""
        namesakes = self.people.called(head.text)
        if namesakes:
            return Found("surname", tuple(namesakes)) if len(namesakes) == 1 else UNKNOWN
        if "Plur" in head.morph.get("Number", []):
            return Found("unnamed", words=self.described(source))
        first = last = head.i
        tokens = self.layout.tokens(source)
        the = tokens[0].lower_ in self.language.definite and head.i == tokens.start + 1
        if the and not head.is_upper:  # "the Scot"
            return Found("unnamed", words=self.described(source))
        while first > tokens.start and self.doc[first - 1].pos_ == "PROPN":
            first -= 1
        while last + 1 < tokens.end and self.doc[last + 1].pos_ == "PROPN":
            last += 1
        while first < last and self.language.goes_before_name(self.doc[first].text):
            first += 1
        return Found("named", words=Span(self.doc[first].idx, self.doc[last].idx + len(self.doc[last])))

    def described(self, source: Span) -> Span:
        """An unnamed source in its own words, without the clause behind it ("an official, who asked …")."""
        core = self._core(source).rstrip()
        return Span(source.start, source.start + len(core)) if core else source

    def author(self, source: Span, head: Token) -> Entity | None:
        """Whose document it is: "Axelrod’s memoir", "the memoir of David Axelrod"."""
        if head.lower_ not in self.language.documents:
            return None
        for name in self.people.within(source):
            under = self.layout.tokens(name.span).root
            owner = name.possessor and under.head == head
            behind = under.head.dep_ in self.language.syntax.preposition and under.head.head == head
            if name.entity.label in ("PERSON", "ORG") and (owner or behind):
                return name.entity
        return None

    def called_so(self, source: Span, head: Token) -> Entity | None:
        """The one body whose name ends in the words of a description: "the budget office"."""
        if head.lower_ not in self.language.bodies:
            return None
        words = [t.lower_ for t in self.layout.tokens(source) if t.i <= head.i and t.is_alpha]
        while words and words[0] in (*self.language.articles, *self.language.definite):
            words = words[1:]
        homes = self.people.bodies_ending(tuple(words), before=source.start)
        return homes[0] if len(homes) == 1 else None

    def relative(self, head: Token) -> Found:
        """ "who said": the name right before it, or the noun that the relative clause hangs on."""
        start = head.idx
        before = self.people.before(start, 1)
        between = self.text[before[0].span.end : start].strip() if before else "-"
        if before and between in ("", ",") and before[0].entity.label in _NAMEABLE:
            return Found("pronoun", (before[0].entity,))
        verb = head.head
        if verb.dep_ not in self.language.syntax.noun_modifier:
            return UNKNOWN
        noun = verb.head
        for place in (noun, noun.head) if noun.dep_ in self.language.syntax.apposition else (noun,):
            name = self.people.at(place.idx)
            if name and name.entity.label in _NAMEABLE:
                return Found("pronoun", (name.entity,))
        described = self.doc[noun.left_edge.i : noun.i + 1]
        return Found("unnamed", words=Span(described.start_char, described.end_char))

    def _is_called_the(self, source: Span, name: Named) -> bool:
        """ "The Scot said": a single word behind an article is no person's name."""
        lead = self.text[source.start : name.span.start].strip().lower()
        words = self.text[slice(*name.entity.name)].split()
        return name.entity.label == "PERSON" and len(words) == 1 and lead in self.language.definite

    def _core(self, source: Span) -> str:
        return _CLAUSE.split(self.text[slice(*source)], maxsplit=1)[0]

    def _chosen(self, source: Span, head: Token, inside: Sequence[Named]) -> Named | None:
        """A person set beside the noun, rather before the first comma; else the name that is the head."""
        at_head = next((m for m in inside if m.span.start <= head.idx < m.span.end), None)
        edge = source.start + len(self._core(source))
        beside = [m for m in inside if m.entity.label == "PERSON" and self._is_appositive(source, m)]
        core = [m for m in beside if m.span.start < edge]
        if core:
            return core[-1]
        # "Bornstein’s" alone is he; of "Sanders’ campaign" he is only the owner.
        whole = (
            at_head is not None
            and self.layout.tokens(source).end <= self.layout.token_from(at_head.span.end) + 1
        )
        mine = at_head if at_head and (whole or not at_head.possessor) else None
        if mine and (mine.entity.label == "PERSON" or head.pos_ == "PROPN"):
            return mine
        return next(iter(beside), mine)

    def _sharing(self, entity: Entity) -> Found | None:
        """For a surname that two people of the article share: the one of that sex, or nobody."""
        surname = self.text[slice(*entity.name)]
        namesakes = self.people.called(surname)
        if len(namesakes) < 2 or entity in namesakes:
            return None
        gender = self.people.gender(entity)
        fitting = [e for e in namesakes if gender and self.people.gender(e) == gender]
        return Found("surname", tuple(fitting)) if len(fitting) == 1 else UNKNOWN

    def _is_appositive(self, source: Span, name: Named) -> bool:
        """ "the group's spokesman, Jeeyand Baloch": a name set beside the noun, not under a preposition."""
        if name.possessor or self._modifies(name) or self._is_under(source, name):
            return False
        lead = self.text[source.start : name.span.start].rstrip()
        if not lead or lead.endswith(","):
            return True
        previous = self.doc[self.layout.token_from(name.span.start) - 1]
        return (
            previous.pos_ in ("NOUN", "PROPN", "ADJ")
            or previous.tag_ == "POS"
            or previous.lower_ in self.language.titles
        )

    def _modifies(self, name: Named) -> bool:
        """Whether it only tells the kind of what follows: "Trump adviser", "pro-Clinton"."""
        after = self.layout.token_from(name.span.end)
        follows = after < len(self.doc) and self.doc[after].idx - name.span.end == 1
        return follows and self.doc[after].pos_ in ("NOUN", "ADJ") and self.doc[after].text[0].islower()

    def _is_under(self, source: Span, name: Named) -> bool:
        """Whether the phrase is of somebody else: "the family of the singer Lou Bell"; the spokesman
        for the group Jeeyand Baloch is himself."""
        tokens = self.layout.tokens(Span(source.start, name.span.start))
        lead = [t for t in tokens if t.idx < name.span.start]
        comma = max((n for n, t in enumerate(lead) if t.text == ","), default=-1)
        lead = lead[comma + 1 :]
        under = next((n for n, t in enumerate(lead) if t.pos_ == "ADP"), None)
        if under is None or name.span.start <= tokens.root.idx:
            return False
        roles, human = self.language.roles, {*self.language.roles, *self.language.gendered}
        return not any(t.lower_ in roles for t in lead[:under]) or lead[-1].lower_ in human

    def _is_conjoined(self, first: Named, other: Named) -> bool:
        if other.span.start <= first.span.end or other.possessor:
            return False
        between = self._plain(self.text[first.span.end : other.span.start])
        # "A, B and C": a comma alone joins where a conjunction follows.
        words = self.text[other.span.end : other.span.end + 60].lower().replace(",", " ").split()
        return between in self.language.conjunctions or (
            not between and bool(self.language.conjunctions & {*words})
        )

    def _plain(self, between: str) -> str:
        """What stands between two names without commas, and without a title or role at the second."""
        words = between.replace(",", " ").lower().split()
        skipped = {
            *self.language.articles,
            *self.language.roles,
            *self.language.titles,
            *self.language.former,
        }
        while words and (words[-1] in skipped or words[-1] in self.language.pronouns):
            words.pop()
        return " ".join(words)
