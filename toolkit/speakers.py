"""Who said it: from the words beside a quotation to a person or body of the article.

A spaCy component, after entities and quotes. Each quote's source is read as a careful
reader would: a name is taken as the person it names, a surname as the full name that it
belongs to, a pronoun as the person spoken of, a role ("the mayor") as the one the article
ties to it. Where the text leaves two people possible, or names nobody, nobody is named.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from spacy.language import Language as Pipeline
from spacy.tokens import Doc, Token

from toolkit import languages, records
from toolkit.languages import Language, Pronoun
from toolkit.layout import Layout
from toolkit.model import Entity, How, Quote, Span, Speaker
from toolkit.people import Named, People

FACTORY = "toolkit_speakers"
_NAMEABLE = ("PERSON", "ORG", "PLACE", "GROUP", "FACILITY")
_BODIES = ("ORG", "GROUP", "PLACE")
_MENTIONS_BACK = 40
_CLEAR = 0.3  # the lead over the next that an antecedent needs


@Pipeline.factory(
    FACTORY,
    default_config={"language": ""},
    assigns=["doc._.speakers"],
    requires=["doc._.quotes", "doc._.entities"],
)
def create_speakers(nlp: Pipeline, name: str, language: str) -> SpeakerFinder:
    """``language`` is an ISO 639-1 code; empty means the pipeline's own."""
    return SpeakerFinder(language or nlp.lang or "und")


class SpeakerFinder:
    """Writes ``doc._.speakers`` and the speakers of ``doc._.quotes``."""

    def __init__(self, language: str) -> None:
        self.language = languages.get(language)

    def __call__(self, doc: Doc) -> Doc:
        if self.language is None or not doc.has_annotation("DEP"):
            return doc
        quotes, speakers = attribute(doc, self.language, doc._.quotes, doc._.entities)
        records.store(doc, "quotes", quotes)
        records.store(doc, "speakers", speakers)
        return doc


def attribute(
    doc: Doc, language: Language, quotes: tuple[Quote, ...], entities: tuple[Entity, ...]
) -> tuple[tuple[Quote, ...], tuple[Speaker, ...]]:
    """The quotes with their speakers, and the speakers in the order of their first words."""
    return _Reading(doc, language, quotes, entities).result()


class _Found(NamedTuple):
    """The answer for one source. ``words`` name or describe who is no entity of the article."""

    how: How
    entities: tuple[Entity, ...] = ()
    words: Span | None = None


_UNKNOWN = _Found("unknown")


class _Reading:
    """One document whose sources are read in the order of the text."""

    def __init__(
        self, doc: Doc, language: Language, quotes: tuple[Quote, ...], entities: tuple[Entity, ...]
    ) -> None:
        self.doc, self.language, self.quotes = doc, language, quotes
        self.layout = Layout(doc, language)
        self.text = self.layout.text
        self.people = People(doc, language, self.layout, entities)
        self.last: tuple[int, Entity] | None = None  # where somebody named spoke last, and who

    def result(self) -> tuple[tuple[Quote, ...], tuple[Speaker, ...]]:
        answers: dict[str, _Found] = {}
        for quote in sorted(self.quotes, key=_place):
            found = answers[quote.id] = self._read(quote)
            if len(found.entities) == 1:
                self.last = _place(quote), found.entities[0]
        return self._with_cast(answers)

    # One source

    def _read(self, quote: Quote) -> _Found:
        if quote.kind == "scare" or not quote.source:
            return _UNKNOWN
        source = quote.source[0]
        tokens = self.layout.tokens(source)
        if not len(tokens):
            return _UNKNOWN
        head = tokens.root
        word = head.lower_.lstrip("-")
        if word in self.language.relatives:
            return self._relative(head)
        if pronoun := self.language.pronouns.get(word):
            return self._pronoun(head.idx, pronoun)
        if found := self._named(source, head):
            return found
        if head.pos_ == "PRON":
            return _UNKNOWN
        if head.is_upper or (head.pos_ == "PROPN" and head.text[0].isupper()):
            return self._overlooked(source, head)
        definite = tokens[0].lower_ in self.language.definite
        if definite and (holder := self.people.holder(word, head.idx)):
            return _Found("role", (holder,))
        return _Found("unnamed", words=self._described(source))

    def _overlooked(self, source: Span, head: Token) -> _Found:
        """A name that the entities lack: a surname in capitals, or one that the model missed."""
        namesakes = self.people.called(head.text)
        if namesakes:
            return _Found("surname", tuple(namesakes)) if len(namesakes) == 1 else _UNKNOWN
        first = last = head.i
        tokens = self.layout.tokens(source)
        while first > tokens.start and self.doc[first - 1].pos_ == "PROPN":
            first -= 1
        while last + 1 < tokens.end and self.doc[last + 1].pos_ == "PROPN":
            last += 1
        while first < last and self.language.goes_before_name(self.doc[first].text):
            first += 1
        return _Found("named", words=Span(self.doc[first].idx, self.doc[last].idx + len(self.doc[last])))

    def _described(self, source: Span) -> Span:
        """An unnamed source in its own words, without the clause behind it ("an official, who asked …")."""
        words = self.text[slice(*source)]
        return Span(source.start, source.start + len(re.split(r",(?!\d)", words, maxsplit=1)[0].rstrip()))

    def _named(self, source: Span, head: Token) -> _Found | None:
        """The names that are the source itself, not the names inside its description."""
        inside = [m for m in self.people.within(source) if m.entity.label in _NAMEABLE]
        chosen = next((m for m in inside if m.span.start <= head.idx < m.span.end), None)
        if chosen is None or (chosen.entity.label != "PERSON" and head.pos_ != "PROPN"):
            beside = (m for m in inside if m.entity.label == "PERSON" and self._is_appositive(source, m))
            chosen = next(beside, chosen)
        if chosen is None:
            return None
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
            return _Found("organisation", found)
        fullest = self.text[slice(*chosen.entity.name)]
        return _Found("named" if self.text[slice(*chosen.span)] == fullest else "surname", found)

    def _sharing(self, entity: Entity) -> _Found | None:
        """For a surname that two people of the article share: the one of that sex, or nobody."""
        surname = self.text[slice(*entity.name)]
        namesakes = self.people.called(surname)
        if len(namesakes) < 2 or entity in namesakes:
            return None
        gender = self.people.gender(entity)
        fitting = [e for e in namesakes if gender and self.people.gender(e) == gender]
        return _Found("surname", tuple(fitting)) if len(fitting) == 1 else _UNKNOWN

    def _is_appositive(self, source: Span, name: Named) -> bool:
        """ "the group's spokesman, Jeeyand Baloch": a name set beside the noun, not under a preposition."""
        if name.possessor:
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

    def _is_conjoined(self, first: Named, other: Named) -> bool:
        between = self.text[first.span.end : other.span.start].strip(" ,").lower()
        if other.span.start <= first.span.end or other.possessor:
            return False
        # "A, B and C": a comma alone joins where a conjunction follows.
        words = self.text[other.span.end : other.span.end + 60].lower().replace(",", " ").split()
        return between in self.language.conjunctions or (
            not between and bool(self.language.conjunctions & {*words})
        )

    def _relative(self, head: Token) -> _Found:
        """ "who said": the noun that the relative clause hangs on."""
        verb = head.head
        if verb.dep_ not in self.language.syntax.noun_modifier:
            return _UNKNOWN
        noun = verb.head
        name = self.people.at(noun.idx)
        if name and name.entity.label in _NAMEABLE:
            return _Found("pronoun", (name.entity,))
        described = self.doc[noun.left_edge.i : noun.i + 1]
        return _Found("unnamed", words=Span(described.start_char, described.end_char))

    # Pronouns

    def _pronoun(self, offset: int, pronoun: Pronoun) -> _Found:
        if pronoun.number == "many" or not pronoun.person:
            spoke = self._spoke_last(offset, within=1)
            if not (spoke and spoke.label in _BODIES):
                spoke = self._only_body(offset) if pronoun.number == "one" else None
            return _Found("pronoun", (spoke,)) if spoke else _UNKNOWN
        if not pronoun.gender or self.people.rival(offset):
            return _UNKNOWN
        scores = self._antecedents(offset, pronoun.gender)
        ranked = sorted(scores.values(), key=lambda pair: (-pair[0], pair[1].name))
        if not ranked or ranked[0][0] < 0 or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _CLEAR):
            return _UNKNOWN
        return _Found("pronoun", (ranked[0][1],))

    def _only_body(self, offset: int) -> Entity | None:
        """The one organisation that is a subject in the paragraph so far."""
        start = self.layout.paragraph(offset).start
        bodies = {
            m.entity.id: m.entity
            for m in self.people.within(Span(start, offset))
            if m.subject and m.entity.label == "ORG"
        }
        return next(iter(bodies.values())) if len(bodies) == 1 else None

    def _antecedents(self, offset: int, gender: str) -> dict[str, tuple[float, Entity]]:
        """How likely each person is meant. The weights are set by hand: near, a subject, not a
        possessor ("Clinton's aide"), not inside a quotation, and whoever spoke last goes on."""
        here = self.layout.paragraph_number(offset)
        scores: dict[str, tuple[float, Entity]] = {}
        for rank, name in enumerate(self.people.before(offset, _MENTIONS_BACK)):
            entity, known = name.entity, self.people.gender(name.entity)
            if entity.label != "PERSON" or known not in ("", gender):
                continue
            score = 3.0 - (here - name.paragraph) - 0.1 * rank + 0.8 * (known == gender)
            score += 1.2 * name.subject - 0.8 * name.possessor - 1.5 * name.quoted
            scores[entity.id] = max(
                scores.get(entity.id, (score, entity)), (score, entity), key=lambda p: p[0]
            )
        spoke = self._spoke_last(offset, within=2)
        if spoke and spoke.label == "PERSON" and self.people.gender(spoke) in ("", gender):
            scores[spoke.id] = max(scores.get(spoke.id, (0.0, spoke))[0], 0.0) + 2.0, spoke
        return scores

    def _spoke_last(self, offset: int, *, within: int) -> Entity | None:
        """Who spoke last, if that was no more than so many paragraphs ago."""
        if self.last is None:
            return None
        place, entity = self.last
        near = self.layout.paragraph_number(offset) - self.layout.paragraph_number(place) <= within
        return entity if near else None

    # The cast

    def _with_cast(self, answers: dict[str, _Found]) -> tuple[tuple[Quote, ...], tuple[Speaker, ...]]:
        drafts: dict[str, Speaker] = {}  # by entity, or by the words for an unnamed source
        keys: dict[str, list[str]] = {}
        for quote in self.quotes:
            found = answers[quote.id]
            for entity in found.entities:
                keys.setdefault(quote.id, []).append(entity.id)
                if entity.id not in drafts:  # reading a role walks all the mentions
                    drafts[entity.id] = self._speaker(entity)
            if found.words is not None:
                words = "words:" + self.text[slice(*found.words)].casefold()
                keys[quote.id] = [words]
                drafts.setdefault(words, Speaker("", found.words, anonymous=found.how == "unnamed"))
        ordered = sorted(drafts.items(), key=lambda item: (item[1].name, item[0]))
        ids = {key: f"s{n}" for n, (key, _) in enumerate(ordered, 1)}
        speakers = tuple(replace(speaker, id=ids[key]) for key, speaker in ordered)
        quotes = (
            replace(q, speakers=tuple(ids[k] for k in keys.get(q.id, ())), how=answers[q.id].how)
            for q in self.quotes
        )
        return tuple(quotes), speakers

    def _speaker(self, entity: Entity) -> Speaker:
        if entity.label != "PERSON":
            return Speaker("", entity.name, entity=entity.id)
        role, affiliation = self.people.role_of(entity), self.people.affiliation_of(entity)
        return Speaker("", entity.name, role, affiliation, entity.id)


def _place(quote: Quote) -> int:
    return min(s.start for s in (*quote.cue, *quote.source, *quote.content))
