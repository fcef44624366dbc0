"""Who said it: from the words beside a quotation to a person or body of the article.

A spaCy component, after entities and quotes. Each quote's source is read as a careful
reader would: a name is taken as the person it names, a surname as the full name that it
belongs to, a pronoun as the person spoken of, a role ("the mayor") as the one the article
ties to it. Where the text leaves two people possible, or names nobody, nobody is named.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import NamedTuple

from spacy.language import Language as Pipeline
from spacy.tokens import Doc, Token

from toolkit import languages, records
from toolkit.entities import by_offset
from toolkit.languages import Language, Pronoun
from toolkit.marks import quotations
from toolkit.model import Entity, How, Quote, Span, Speaker
from toolkit.paragraphs import paragraphs

_NAMEABLE = ("PERSON", "ORG", "PLACE", "GROUP", "FACILITY")


@Pipeline.factory("toolkit_speakers", default_config={"language": ""}, assigns=["doc._.speakers"], requires=["doc._.quotes", "doc._.entities"])
def create_speakers(nlp: Pipeline, name: str, language: str) -> SpeakerFinder:
    """``language`` is an ISO 639-1 code; empty means the pipeline's own."""
    return SpeakerFinder(language or nlp.lang)


class SpeakerFinder:
    """Writes ``doc._.speakers`` and the speakers of ``doc._.quotes``."""

    def __init__(self, language: str) -> None:
        self.language = languages.get(language)

    def __call__(self, doc: Doc) -> Doc:
        if self.language is None:
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
    """The answer for one source. ``entities`` is empty for an unnamed one."""

    how: How
    entities: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True)
class _Mention:
    span: Span
    entity: Entity
    paragraph: int
    subject: bool
    possessor: bool
    quoted: bool


class _Reading:
    """One document with its mentions, looked up by place."""

    def __init__(self, doc: Doc, language: Language, quotes: tuple[Quote, ...], entities: tuple[Entity, ...]) -> None:
        self.doc, self.text, self.language, self.quotes = doc, doc.text, language, quotes
        self.token_starts = [t.idx for t in doc]
        self.paragraph_starts = [p.start for p in paragraphs(doc.text)]
        self.marked = [q.span for q in quotations(doc.text)]
        self.marked_starts = [s.start for s in self.marked]
        self.mentions = [self._mention(span, entity) for span, entity in by_offset(entities)]
        self.mention_starts = [m.span.start for m in self.mentions]
        self.genders = self._genders()
        self.roles = self._roles()
        self.last: list[tuple[int, Entity]] = []  # (place, who) of the statements already attributed

    def result(self) -> tuple[tuple[Quote, ...], tuple[Speaker, ...]]:
        answers: dict[str, _Found] = {}
        for quote in sorted(self.quotes, key=_place):
            found = self._read(quote)
            answers[quote.id] = found
            if len(found.entities) == 1:
                self.last.append((_place(quote), found.entities[0]))
        return self._cast(answers)

    # One source

    def _read(self, quote: Quote) -> _Found:
        if quote.kind == "scare" or not quote.source:
            return _Found("unknown")
        head = self._head(quote.source[0])
        if head is None:
            return _Found("unknown")
        word = head.lower_.lstrip("-")
        pronoun = self.language.pronouns.get(word)
        if pronoun is not None:
            if word in self.language.relatives:
                return self._relative(head)
            return self._pronoun(head, pronoun)
        if named := self._named(quote.source[0], head):
            return named
        if head.pos_ == "PRON":
            return _Found("unknown")
        if self._is_definite(quote.source[0]) and (holder := self._holder(word, head.idx)):
            return _Found("role", (holder,))
        return _Found("unnamed")

    def _head(self, source: Span) -> Token | None:
        # The source may begin within a token: "-elle" keeps its hyphen.
        first, stop = bisect_right(self.token_starts, source.start) - 1, bisect_left(self.token_starts, source.end)
        tokens = self.doc[max(first, 0) : stop]
        return tokens.root if len(tokens) else None

    def _named(self, source: Span, head: Token) -> _Found | None:
        """The names that are the source itself, not names inside its description."""
        inside = [m for m in self._mentions_in(source) if m.entity.label in _NAMEABLE]
        chosen = [m for m in inside if m.span.start <= head.idx < m.span.end]
        if not chosen or (chosen[0].entity.label != "PERSON" and head.pos_ != "PROPN"):
            chosen = [m for m in inside if m.entity.label == "PERSON" and self._is_appositive(source, m)][:1] or chosen
        if not chosen:
            return None
        people = [m for m in inside if m.entity.label == chosen[0].entity.label and self._is_conjoined(chosen[0], m)]
        entities = tuple(dict.fromkeys(m.entity for m in (*chosen[:1], *people)))
        words = self.text[slice(*chosen[0].span)]
        if chosen[0].entity.label != "PERSON":
            return _Found("organisation", entities)
        return _Found("named" if words == self.text[slice(*chosen[0].entity.name)] else "surname", entities)

    def _mentions_in(self, span: Span) -> list[_Mention]:
        return self.mentions[bisect_left(self.mention_starts, span.start) : bisect_left(self.mention_starts, span.end)]

    def _is_appositive(self, source: Span, mention: _Mention) -> bool:
        """ "the group's spokesman, Jeeyand Baloch": a name set beside the noun, not under a preposition."""
        before = self.text[source.start : mention.span.start].rstrip()
        if mention.possessor:
            return False
        first = bisect_left(self.token_starts, mention.span.start)
        if before.endswith(",") or not before:
            return True
        previous = self.doc[first - 1]
        return previous.pos_ in ("NOUN", "PROPN", "ADJ") or previous.tag_ == "POS" or previous.lower_ in self.language.titles

    def _is_conjoined(self, first: _Mention, other: _Mention) -> bool:
        between = self.text[first.span.end : other.span.start].strip(" ,").lower()
        return other.span.start > first.span.end and between in self.language.conjunctions

    def _is_definite(self, source: Span) -> bool:
        return self.text[slice(*source)].split()[0].lower() in self.language.definite

    def _holder(self, role: str, offset: int) -> Entity | None:
        """Who "the mayor" is: the only mayor of the article, or the only one named of late."""
        held = [(span, entity) for span, entity in self.roles.get(role, ()) if span.start < offset]
        if len({entity.id for _, entity in held}) > 1:
            here = self._paragraph(offset)
            names = {entity.id for _, entity in held}
            recent = [m for m in self.mentions if m.entity.id in names and 0 <= here - m.paragraph <= 2 and m.span.start < offset]
            held = [(m.span, m.entity) for m in recent]
        return held[0][1] if len({entity.id for _, entity in held}) == 1 else None

    def _relative(self, head: Token) -> _Found:
        """ "who said": the noun that the relative clause hangs on."""
        verb = head.head
        noun = verb.head if verb.dep_ in self.language.syntax.noun_modifier else None
        if noun is None:
            return _Found("unknown")
        at = [m for m in self._mentions_near(noun) if m.entity.label in _NAMEABLE]
        return _Found("pronoun", (at[0].entity,)) if at else _Found("unnamed")

    def _mentions_near(self, noun: Token) -> list[_Mention]:
        i = bisect_right(self.mention_starts, noun.idx) - 1
        return [self.mentions[i]] if i >= 0 and noun.idx < self.mentions[i].span.end else []

    # Pronouns

    def _pronoun(self, head: Token, pronoun: Pronoun) -> _Found:
        here = self._paragraph(head.idx)
        if pronoun.number == "many" or not pronoun.person:
            recent = [e for place, e in self.last[-1:] if here - self._paragraph(place) <= 1]
            kinds = ("ORG", "GROUP", "PLACE")
            return _Found("pronoun", tuple(recent)) if recent and recent[0].label in kinds else _Found("unknown")
        if not pronoun.gender:
            return _Found("unknown")
        scores: Counter[Entity] = Counter()
        best: dict[Entity, float] = defaultdict(lambda: -9.0)
        i = bisect_left(self.mention_starts, head.idx)
        for rank, mention in enumerate(reversed(self.mentions[max(i - 40, 0) : i])):
            if mention.entity.label != "PERSON" or not self._may_be(mention.entity, pronoun.gender):
                continue
            far = here - mention.paragraph
            score = 3.0 - far - 0.1 * rank + 1.2 * mention.subject - 0.8 * mention.possessor - 1.5 * mention.quoted
            best[mention.entity] = max(best[mention.entity], score)
        for entity, score in best.items():
            scores[entity] = score + (0.8 if self.genders.get(entity.id) == pronoun.gender else 0.0)  # type: ignore[assignment]
        if self.last:
            place, entity = self.last[-1]
            if entity.label == "PERSON" and here - self._paragraph(place) <= 2 and self._may_be(entity, pronoun.gender):
                scores[entity] = max(scores[entity], 0) + 2.0  # type: ignore[assignment]
        if not scores:
            return _Found("unknown")
        (winner, top), *rest = scores.most_common(2)
        if top < 0 or (rest and top - rest[0][1] < 0.3):
            return _Found("unknown")
        return _Found("pronoun", (winner,))

    def _may_be(self, entity: Entity, gender: str) -> bool:
        return self.genders.get(entity.id, gender) == gender

    # What the article tells of its people

    def _mention(self, span: Span, entity: Entity) -> _Mention:
        first, stop = bisect_left(self.token_starts, span.start), bisect_left(self.token_starts, span.end)
        tokens = self.doc[min(first, len(self.doc) - 1) : max(stop, first + 1)]
        root = tokens.root
        following = self.doc[stop] if stop < len(self.doc) else None
        return _Mention(
            span,
            entity,
            self._paragraph(span.start),
            root.dep_ in self.language.syntax.subject,
            following is not None and following.tag_ == "POS",
            self._is_quoted(span.start),
        )

    def _is_quoted(self, offset: int) -> bool:
        i = bisect_right(self.marked_starts, offset) - 1
        return i >= 0 and offset < self.marked[i].end

    def _genders(self) -> dict[str, str]:
        """He or she, as the article itself has it: by title, and by the pronouns in the
        sentences that name one person only."""
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for mention in self.mentions:
            first = bisect_left(self.token_starts, mention.span.start)
            if first and (gender := self.language.titles.get(self.doc[first - 1].lower_)) in ("m", "f"):
                votes[mention.entity.id][gender] += 3
        for sentence in self.doc.sents:
            people = [m for m in self._mentions_in(Span(sentence.start_char, sentence.end_char)) if m.entity.label == "PERSON"]
            if len({m.entity.id for m in people}) != 1 or people[0].quoted:
                continue
            after = [t for t in sentence if t.idx > people[0].span.end and t.lower_ in self.language.pronouns]
            genders = {self.language.pronouns[t.lower_].gender for t in after if not self._is_quoted(t.idx)} - {""}
            if len(genders) == 1:
                votes[people[0].entity.id][genders.pop()] += 1
        known: dict[str, str] = {}
        for name, count in votes.items():
            (gender, top), *rest = count.most_common(2)
            if not rest or top >= 2 * rest[0][1] + 1:
                known[name] = gender
        return known

    def _roles(self) -> dict[str, list[tuple[Span, Entity]]]:
        """Which role the article ties to whom: "Mayor Jane Doe", "Jane Doe, the mayor", "the mayor, Jane Doe"."""
        roles: dict[str, list[tuple[Span, Entity]]] = defaultdict(list)
        for mention in self.mentions:
            if mention.entity.label != "PERSON":
                continue
            for token in self._role_tokens(mention.span):
                role = self.language.title_roles.get(token.lower_, token.lower_)
                roles[role].append((mention.span, mention.entity))
        return roles

    def _role_tokens(self, span: Span) -> list[Token]:
        """The role words that stand at a name: before it, or in an appositive on either side."""
        first, stop = bisect_left(self.token_starts, span.start), bisect_left(self.token_starts, span.end)
        found: list[Token] = []
        i = first - 1
        if i >= 0 and self.doc[i].text == ",":
            i -= 1
        while i >= max(first - 6, 0) and (self.doc[i].pos_ in ("NOUN", "PROPN", "ADJ")):
            if self.doc[i].lower_ in self.language.roles or self.doc[i].lower_ in self.language.title_roles:
                found.append(self.doc[i])
            i -= 1
        if stop < len(self.doc) and self.doc[stop].text == ",":
            for token in self.doc[stop + 1 : stop + 9]:
                if token.text == "," or token.pos_ in ("VERB", "AUX") or (token.pos_ == "PRON"):
                    break
                if token.lower_ in self.language.roles:
                    found.append(token)
                    break
        return found

    # The cast

    def _cast(self, answers: dict[str, _Found]) -> tuple[tuple[Quote, ...], tuple[Speaker, ...]]:
        drafts: dict[str, Speaker] = {}  # entity id, or the words of an unnamed source
        keys: dict[str, tuple[str, ...]] = {}
        for quote in self.quotes:
            found = answers[quote.id]
            if found.entities:
                keys[quote.id] = tuple(e.id for e in found.entities)
                for entity in found.entities:
                    drafts.setdefault(entity.id, self._speaker(entity, quote))
            elif found.how == "unnamed":
                words = self.text[slice(*quote.source[0])]
                keys[quote.id] = (words.casefold(),)
                drafts.setdefault(words.casefold(), Speaker("", quote.source[0], anonymous=True))
        ordered = sorted(drafts.items(), key=lambda item: (item[1].name, item[0]))
        ids = {key: f"s{n}" for n, (key, _) in enumerate(ordered, 1)}
        speakers = tuple(replace(speaker, id=ids[key]) for key, speaker in ordered)
        quotes = tuple(
            replace(q, speakers=tuple(ids[k] for k in keys.get(q.id, ())), how=answers[q.id].how) for q in self.quotes
        )
        return quotes, speakers

    def _speaker(self, entity: Entity, quote: Quote) -> Speaker:
        role: Span | None = None
        affiliation: Span | None = None
        if entity.label == "PERSON":
            for mention in entity.mentions:
                tokens = self._role_tokens(mention.span)
                if tokens:
                    role = Span(tokens[0].idx, tokens[0].idx + len(tokens[0]))
                    break
            affiliation = self._affiliation(entity)
        return Speaker("", entity.name, role, affiliation, entity.id)

    def _affiliation(self, entity: Entity) -> Span | None:
        """ "Al Jazeera’s Kamal Hyder": the organisation that stands as possessor before the name."""
        for mention in entity.mentions:
            i = bisect_left(self.mention_starts, mention.span.start)
            if i and self.mentions[i - 1].possessor and self.mentions[i - 1].entity.label == "ORG":
                between = self.text[self.mentions[i - 1].span.end : mention.span.start]
                if len(between) < 40 and "\n" not in between and "." not in between:
                    return self.mentions[i - 1].span
        return None

    def _paragraph(self, offset: int) -> int:
        return bisect_right(self.paragraph_starts, offset) - 1


def _place(quote: Quote) -> int:
    return min(s.start for s in (*quote.cue, *quote.source, *quote.content))
