"""What an article tells of the people it names: where, as whom, he or she, for whom.

Mentions with their place in the sentence, and what can be read beside them: roles
("Mayor Jane Doe", "Jane Doe, the mayor"), titles, the pronouns that follow.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from toolkit import roles
from toolkit.bearers import Bearers
from toolkit.entities import by_offset
from toolkit.given_names import given_names
from toolkit.languages import Language
from toolkit.layout import Layout
from toolkit.model import Entity, Span
from toolkit.roles import NOMINAL

_BEFORE, _AFTER = 5, 8  # tokens beside a name in which its role is looked for
_LONGEST_ROLE = 9  # tokens
_RIVAL_WITHIN = 60  # tokens
_RECENT = 2  # paragraphs
_CLIMB = 20  # steps over the items of a list
_HELD = 40  # mentions with a role of one noun that are looked at
_BETWEEN = 40  # characters between an employer and a name: "Al Jazeera's correspondent Kamal Hyder"


@dataclass(frozen=True, slots=True)
class Named:
    """A mention in its sentence: as the subject, as a possessor, inside a quotation."""

    span: Span
    entity: Entity
    paragraph: int
    subject: bool
    main: bool  # the subject of its sentence's first verb
    possessor: bool
    quoted: bool
    hearer: bool  # whom something is told
    first: bool  # of the names in its sentence


class People:
    """The named of one document, looked up by place."""

    def __init__(self, doc: Doc, language: Language, layout: Layout, entities: tuple[Entity, ...]) -> None:
        self.doc, self.language, self.layout = doc, language, layout
        self._sentences = [s.start_char for s in doc.sents]
        self._last_sentence = -1
        self.mentions = [self._named(span, entity) for span, entity in by_offset(entities)]
        self._starts = [m.span.start for m in self.mentions]
        # The surnames that two people have and nothing settles.
        self.shared = Bearers(layout.text, entities).among(entities)
        self._titled: dict[str, str] = {}
        self._genders = self._read_genders()
        self._surnames: dict[str, list[Entity]] = defaultdict(list)
        for entity in entities:
            words = layout.text[slice(*entity.name)].split()
            if entity.label == "PERSON" and len(words) > 1:
                self._surnames[words[-1].casefold()].append(entity)
        self._at_names: set[int] = set()  # the tokens of roles that stand at names
        self._roles_of: dict[str, list[roles.Role]] = defaultdict(list)
        self._roles = self._read_roles()
        self._bodies = self._read_bodies(entities)

    def bodies_ending(self, words: tuple[str, ...], *, before: int) -> list[Entity]:
        """The bodies named before an offset whose full name ends in these words (small letters)."""
        found = self._bodies.get(words, ())
        return [e for e in found if e.mentions[0].span.start < before]

    def within(self, span: Span) -> list[Named]:
        """The mentions that begin in a stretch."""
        return self.mentions[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]

    def at(self, offset: int) -> Named | None:
        """The mention that an offset lies in."""
        i = bisect_right(self._starts, offset) - 1
        return self.mentions[i] if i >= 0 and offset < self.mentions[i].span.end else None

    def before(self, offset: int, most: int) -> list[Named]:
        """At most so many mentions before an offset, the nearest first."""
        i = bisect_left(self._starts, offset)
        return self.mentions[max(i - most, 0) : i][::-1]

    def sentence(self, offset: int) -> int:
        """Index of the sentence that an offset lies in."""
        return bisect_right(self._sentences, offset) - 1

    def given_gender(self, entity: Entity) -> str:
        """ "m" or "f" where most bearers of the given name are, else "": weak evidence."""
        words = self.layout.text[slice(*entity.name)].split()
        known = self.language.given_names and len(words) > 1
        return given_names().get(words[0].casefold(), "") if known else ""

    def titled(self, entity: Entity) -> str:
        """ "m" or "f" by a title at one of the names, else ""."""
        return self._titled.get(entity.id, "")

    def gender(self, entity: Entity) -> str:
        """ "m" or "f" where the article's own titles and pronouns tell, else ""."""
        return self._genders.get(entity.id, "")

    def called(self, surname: str) -> list[Entity]:
        """The people with a full name that ends in this word."""
        return self._surnames.get(surname.casefold(), [])

    def rival(self, offset: int) -> bool:
        """Whether somebody without a name is the last subject before an offset, in its paragraph:
        "A nurse saw the fire. “I ran,” she said.", "But the judge refused. She said …"."""
        start = self.layout.paragraph(offset).start
        tokens = self.doc[self.layout.token_from(start) : self.layout.token_from(offset)]
        for token in reversed(tokens[-_RIVAL_WITHIN:]):
            verb = token.head
            if verb.dep_ in self.language.syntax.clause and verb.head.i < token.i:
                continue  # of what is said: "Marsh said the host would pay. “I am glad,” he said."
            if token.dep_ in self.language.syntax.subject and self.layout.quotation_at(token.idx) is None:
                human = token.lower_ in self.language.roles or token.lower_ in self.language.gendered
                first = next(iter(token.subtree))
                if not human or token.pos_ != "NOUN" or self._beside_name(token):
                    return False
                bare = first.lower_ in self.language.definite and token.i - first.i == 1
                return first.lower_ in self.language.indefinite or (bare and self.holder(token) is None)
        return False

    def _beside_name(self, token: Token) -> bool:
        """Whether a name stands in the same phrase: "the judge, Lucia Brandt"."""
        return any(self.at(t.idx) is not None for t in token.children if t.i > token.i)

    def is_spare(self, role: Token) -> bool:
        """Whether a role may mean somebody else: several hold it, or the word stood before it of
        late and not at a name ("Helen Marsh met the governor")."""
        before = self.doc[max(role.i - _RIVAL_WITHIN, 0) : role.i]
        if any(t.lower_ == role.lower_ and t.i not in self._at_names for t in before):
            return True
        asked = roles.read(role, self.language)
        return len({e.id for _, e, held in self._held(role) if not asked.contradicts(held)}) > 1

    def holder(self, role: Token) -> Entity | None:
        """Who "the mayor" is: the only one so far, or the only one of them named of late."""
        asked = roles.read(role, self.language)
        held = {e.id: e for _, e, other in self._held(role) if asked.may_be(other)}
        if len(held) > 1:
            edge = self.layout.paragraph_number(role.idx) - _RECENT
            recent = (m for m in self.before(role.idx, 30) if m.paragraph >= edge and m.entity.id in held)
            held = {m.entity.id: m.entity for m in recent}
        return next(iter(held.values())) if len(held) == 1 else None

    def roles_at(self, span: Span) -> list[roles.Role]:
        """What the words beside one name say that somebody is."""
        return [role for _, role in self._roles_beside(span)]

    def roles_of(self, entity: Entity) -> list[roles.Role]:
        """What the article says that somebody is, at the names."""
        return self._roles_of.get(entity.id, [])

    def _held(self, role: Token) -> list[tuple[Span, Entity, roles.Role]]:
        """The latest mentions before a role that have one of the same noun."""
        noun = self.language.title_roles.get(role.lower_, role.lower_)
        named = self._roles.get(noun, [])
        at = bisect_left(named, role.idx, key=lambda one: one[0].start)
        return named[max(at - _HELD, 0) : at]

    def role_of(self, entity: Entity) -> Span | None:
        """The first role that stands at one of the names, in full: "general secretary"."""
        for mention in entity.mentions:
            for token in self._role_tokens(mention.span):
                if token.lower_ in self.language.roles:  # and not only a title ("Dr")
                    return self._whole_role(token, mention.span)
        return None

    def affiliation_of(self, entity: Entity) -> Span | None:
        """ "Al Jazeera’s Kamal Hyder": the organisation that stands as possessor before the name."""
        for mention in entity.mentions:
            for near in self.before(mention.span.start, 1):
                between = self.layout.text[near.span.end : mention.span.start]
                if near.possessor and near.entity.label == "ORG" and len(between) < _BETWEEN:
                    return near.span if not set(between) & set("\n.,;") else None
        return None

    def _whole_role(self, role: Token, name: Span) -> Span:
        """The role with the words that belong to it, not over a comma, a verb or the name."""
        doc, last = self.doc, role.i
        first = role.i
        while first > 0 and doc[first - 1].pos_ in NOMINAL and doc[first - 1].idx >= self._edge(role, name):
            first -= 1
        stop = self.layout.token_from(name.start) if role.idx < name.start else len(doc)
        edge = role.right_edge.i
        while (
            last + 1 < min(stop, role.i + _LONGEST_ROLE)
            and last + 1 <= edge
            and not self._ends_role(doc[last + 1])
        ):
            last += 1
        return Span(doc[first].idx, doc[last].idx + len(doc[last]))

    def _edge(self, role: Token, name: Span) -> int:
        return name.end if role.idx > name.start else 0

    def _ends_role(self, token: Token) -> bool:
        if token.tag_ == "POS":
            return False  # "secretary of the Seafarers' Union": the apostrophe is no closing mark
        return (
            token.is_punct
            or token.is_space
            or token.pos_ in ("VERB", "AUX")
            or token.lower_ in self.language.relatives
        )

    def _named(self, span: Span, entity: Entity) -> Named:
        tokens = self.layout.tokens(span)
        stop, root = tokens.end, tokens.root
        before, self._last_sentence = self._last_sentence, self.sentence(span.start)
        return Named(
            span,
            entity,
            self.layout.paragraph_number(span.start),
            subject=(subject := self._subject(root)) is not None,
            main=subject is not None and subject.head.dep_ == "ROOT",
            possessor=stop < len(self.doc) and self.doc[stop].tag_ == "POS",
            quoted=self.layout.quotation_at(span.start) is not None,
            hearer=root.dep_ in self.language.syntax.object and root.head.lemma_ in self.language.hearers,
            first=before != self._last_sentence,
        )

    def _subject(self, token: Token) -> Token | None:
        """Also as the second of two, "Smith and Jones arrived", or set beside: "her lawyer, Jones, came"."""
        beside = {"conj", *self.language.syntax.apposition}
        for _ in range(_CLIMB):
            if token.dep_ not in beside or token.head.pos_ not in ("NOUN", "PROPN"):
                break
            token = token.head
        return token if token.dep_ in self.language.syntax.subject else None

    def _read_genders(self) -> dict[str, str]:
        """By title, by a noun beside the name ("her husband, Daniel Marsh"), and by the pronouns in
        the sentences that name one person only."""
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for mention in self.mentions:
            first = self.layout.token_from(mention.span.start)
            if not first:
                continue
            if (gender := self.language.titles.get(self.doc[first - 1].lower_)) in ("m", "f"):
                votes[mention.entity.id][gender] += 3
                self._titled[mention.entity.id] = gender
            beside = self.doc[first - 1 - (first > 1 and self.doc[first - 1].text == ",")]
            if noun := self.language.gendered.get(beside.lower_):
                votes[mention.entity.id][noun] += 2
        for sentence in self.doc.sents:
            people = [
                m
                for m in self.within(Span(sentence.start_char, sentence.end_char))
                if m.entity.label == "PERSON"
            ]
            if len({m.entity.id for m in people}) == 1 and not people[0].quoted:
                genders = self._genders_after(list(sentence), people[0].span.end)
                if len(genders) == 1:
                    votes[people[0].entity.id][genders.pop()] += 1
        # A clear majority: one stray "her" must not make a woman of a senator.
        ranked = ((name, count.most_common(2)) for name, count in votes.items())
        return {n: top[0][0] for n, top in ranked if len(top) == 1 or top[0][1] > 2 * top[1][1]}

    def _genders_after(self, tokens: list[Token], offset: int) -> set[str]:
        pronouns = self.language.pronouns
        # "Obama backed her" tells nothing of Obama.
        own = {*self.language.syntax.subject, *self.language.syntax.possessive}
        after = (t for t in tokens if t.idx > offset and t.lower_ in pronouns and t.dep_ in own)
        return {pronouns[t.lower_].gender for t in after if self.layout.quotation_at(t.idx) is None} - {""}

    def _read_bodies(self, entities: tuple[Entity, ...]) -> dict[tuple[str, ...], list[Entity]]:
        ends: dict[tuple[str, ...], list[Entity]] = defaultdict(list)
        for entity in entities:
            words = self.layout.text[slice(*entity.name)].casefold().split()
            if entity.label == "ORG":
                for first in range(max(len(words) - 4, 0), len(words)):
                    ends[tuple(words[first:])].append(entity)
        return ends

    def _read_roles(self) -> dict[str, list[tuple[Span, Entity, roles.Role]]]:
        found: dict[str, list[tuple[Span, Entity, roles.Role]]] = defaultdict(list)
        for mention in self.mentions:
            if mention.entity.label == "PERSON":
                for token, role in self._roles_beside(mention.span):
                    self._at_names.add(token.i)
                    if mention.span in self.shared:
                        continue  # whose role it is is not known
                    found[role.head].append((mention.span, mention.entity, role))
                    self._roles_of[mention.entity.id].append(role)
        return found

    def _roles_beside(self, span: Span) -> Iterator[tuple[Token, roles.Role]]:
        edge = self.layout.token_from(span.end)
        for token in self._role_tokens(span):
            behind = token.idx > span.start
            is_title = not behind and token.text[0].isupper()
            yield token, roles.read(token, self.language, first=edge if behind else 0, title=is_title)

    def _role_tokens(self, span: Span) -> list[Token]:
        """The role words at a name: before it, over a comma or not, or in the appositive behind it."""
        first, stop = self.layout.token_from(span.start), self.layout.token_from(span.end)
        words, doc = self.language.roles, self.doc
        found: list[Token] = []
        over_comma = first > 1 and doc[first - 1].text == ","
        passed = (*NOMINAL, "ADP", "DET") if over_comma else NOMINAL
        i = first - 1 - over_comma
        while i >= max(first - 1 - _BEFORE, 0) and doc[i].pos_ in passed:
            if doc[i].pos_ == "ADP":
                found.clear()  # "a friend of the mayor, Ann Poe": the mayor is under the preposition
            elif doc[i].lower_ in words or doc[i].lower_ in self.language.title_roles:
                found.append(doc[i])
            i -= 1
        if stop < len(doc) and doc[stop].text == ",":
            found += self._behind(stop + 1)
        return found

    def _behind(self, start: int) -> list[Token]:
        """The head of an appositive: the last of its first nouns, if that is a role."""
        words, doc = self.language.roles, self.doc
        for token in doc[start : start + _AFTER]:
            if token.text == "," or token.pos_ in ("VERB", "AUX", "PRON", "ADP"):
                break
            following = doc[token.i + 1] if token.i + 1 < len(doc) else None
            owned = following is not None and following.tag_ == "POS"
            # "general secretary": the last of a run of roles is the head.
            runs_on = following is not None and following.lower_ in words
            if token.lower_ in words and not owned and not runs_on:
                return [] if token.dep_ in self.language.syntax.subject else [token]
        return []
