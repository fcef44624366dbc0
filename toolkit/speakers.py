"""Who said it: from the words beside a quotation to a person or body of the article.

A spaCy component, after entities and quotes. Each quote's source is read as a careful
reader would: a name is taken as the person it names, a surname as the full name that it
belongs to, a pronoun as the person spoken of, a role ("the mayor") as the one the article
ties to it. Where the text leaves two people possible, or names nobody, nobody is named.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from spacy.language import Language as Pipeline
from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from toolkit import languages, records, roles
from toolkit.antecedents import Anaphor, Kind, Ranked, Spoke, certainty, rank
from toolkit.apart import glosses, others
from toolkit.doubting import Doubts, Weighed
from toolkit.languages import Language, Pronoun
from toolkit.layout import Layout
from toolkit.model import Entity, How, Quote, Span, Speaker
from toolkit.people import People
from toolkit.reporting import is_participle
from toolkit.sources import UNKNOWN, Found, Sources

FACTORY = "toolkit_speakers"

# The least probability at which somebody is named.
_LEAST: dict[Kind, float] = {
    "he": 0.4, "she": 0.4, "it": 0.5, "they": 0.5, "role": 0.5, "body": 0.35, "place": 0.5,
}  # fmt: skip
_BARE = 0.7  # for a role without a word more
_SURE = 0.7  # that "she" meant somebody, who is a woman then


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


def answers(
    doc: Doc, language: Language, quotes: tuple[Quote, ...], entities: tuple[Entity, ...]
) -> dict[str, Found]:
    """Whom the source of each quote means, by the quotes' ids."""
    return _Reading(doc, language, quotes, entities).answers()


class _Reading:
    """One document whose sources are read in the order of the text."""

    def __init__(
        self, doc: Doc, language: Language, quotes: tuple[Quote, ...], entities: tuple[Entity, ...]
    ) -> None:
        self.doc, self.language, self.quotes = doc, language, quotes
        self.layout = Layout(doc, language)
        self.text = self.layout.text
        self.people = People(doc, language, self.layout, entities)
        self.sources = Sources(doc, language, self.layout, self.people)
        self.doubts = Doubts(self.people, entities)
        self.most: dict[str, float] = {}  # how sure each answer can be
        self.spoke: Spoke | None = None
        self.told_of: set[int] = set()  # where a statement before names somebody
        self.glosses = glosses(self.people, self.layout)
        self.called: dict[str, Kind] = {}  # who was meant by "he" or "she"

    def result(self) -> tuple[tuple[Quote, ...], tuple[Speaker, ...]]:
        return self._with_cast(self.answers())

    def answers(self) -> dict[str, Found]:
        answers: dict[str, Found] = {}
        for quote in sorted(self.quotes, key=_place):
            found, self.most[quote.id] = self._weighed(quote, self._read(quote))
            answers[quote.id] = found
            if len(found.entities) == 1:
                self.spoke = Spoke(_place(quote), found.entities[0])
            self.told_of.update(n.span.start for s in quote.content for n in self.people.within(s))
        return answers

    def _weighed(self, quote: Quote, found: Found) -> Weighed:
        """An answer with the most that it is sure, for surnames may be two people's."""
        if found.words is not None or not quote.source:
            return Weighed(found)
        source = quote.source[0]
        head = self.layout.tokens(source).root if len(self.layout.tokens(source)) else None
        if head is None or found.how not in ("pronoun", "role", "organisation"):
            return self.doubts.of_name(source, head, found) if head is not None else Weighed(found)
        pronoun = self.language.pronouns.get(head.lower_.lstrip("-"))
        return self.doubts.of_pronoun(pronoun, source.start, found)

    def _read(self, quote: Quote) -> Found:
        if quote.kind == "scare" or not quote.source:
            return UNKNOWN
        source = quote.source[0]
        tokens = self.layout.tokens(source)
        if not len(tokens):
            return UNKNOWN
        head = self._head(tokens)
        word = head.lower_.lstrip("-")
        if word in self.language.relatives:
            return self.sources.relative(head)
        if pronoun := self.language.pronouns.get(word):
            kind = _kind(pronoun)
            if kind in ("he", "she") and self.people.rival(head.idx):
                return UNKNOWN
            return self._meant(Anaphor(head.idx, kind, quote.content), "pronoun") or UNKNOWN
        if found := self.sources.named(source, head):
            return found
        if name := self._in_other_letters(tokens):
            return Found("named", words=name)
        if head.pos_ == "PRON":
            return UNKNOWN
        if not self.language.encoder and (name := self._in_capitals(tokens)):
            return Found("named", words=name)
        if head.lower_ in self.language.roles:  # the CEO
            return self._described(quote, source, head)
        if head.is_upper or (head.pos_ == "PROPN" and (head.text[0].isupper() or head.text[0] == "@")):
            return self.sources.overlooked(source, head)
        return self._described(quote, source, head)

    def _head(self, source: TokenSpan) -> Token:
        """ "Le syndicat dirigé par Omar Sy": the noun is the head, also where the parse has the name."""
        by = [t.i for t in source if t.lower_ in self.language.agents and t.i < source.root.i]
        lead = self.doc[source.start : by[0]] if by else self.doc[source.start : source.start]
        led = next((t.i for t in lead if is_participle(t, self.language)), None)
        nouns = [t for t in lead if led is not None and t.i < led and t.pos_ in ("NOUN", "PROPN")]
        return nouns[-1] if nouns else source.root

    def _in_capitals(self, source: TokenSpan) -> Span | None:
        """ "La maire Ida Crespin", where neither tagger nor names have her: words with capitals, and
        nothing else but a role before them."""
        before = self.language.roles | self.language.articles | self.language.definite
        words = list(source)
        while words and (words[0].lower_ in before or self.language.goes_before_name(words[0].text)):
            words = words[1:]
        if len(words) < 2 or not all(t.text[0].isupper() for t in words):
            return None
        return Span(words[0].idx, words[-1].idx + len(words[-1]))

    def _in_other_letters(self, source: TokenSpan) -> Span | None:
        """A name in letters that have no capitals, as the source, beside its noun or right behind it ("the
        minister 王小明"): what the article's language is not written in is none of its descriptions."""
        near = (source.root.i, source.root.i + 1, source.end)
        first = last = next((i for i in near if i < len(self.doc) and _has_no_capitals(self.doc[i])), -1)
        if first < 0:
            return None
        while first > 0 and _has_no_capitals(self.doc[first - 1]):
            first -= 1
        if first > source.start and self.doc[first - 1].pos_ == "ADP":
            return None  # "a senior official in القاهرة"
        while last + 1 < len(self.doc) and _has_no_capitals(self.doc[last + 1]):
            last += 1
        return Span(self.doc[first].idx, self.doc[last].idx + len(self.doc[last]))

    def _described(self, quote: Quote, source: Span, head: Token) -> Found:
        """A role, a body or a document that the article ties to a name, or somebody without one."""
        if author := self.sources.author(source, head):
            return Found("organisation" if author.label == "ORG" else "role", (author,))
        words = self.sources.described(source)
        tokens = self.layout.tokens(source)
        possessed = any(t.tag_ == "POS" and t.i < head.i for t in tokens)
        own = head.lower_ in self.language.roles or head.lower_ in self.language.bodies
        if tokens[0].lower_ in self.language.definite or (possessed and own):
            if holder := self.people.holder(head):
                return Found("role", (holder,))
            if called := self.sources.called_so(source, head):
                return Found("organisation", (called,))
            kind, least = self._kind(head, tokens)
            role = roles.read(head, self.language) if kind == "role" else None
            how: How = "role" if kind == "role" else "organisation"
            if kind and (found := self._meant(Anaphor(source.start, kind, quote.content, role), how, least)):
                return found
            if self._is_told(head, tokens) and head.lower_ in self.language.bodies:
                return Found("organisation", words=words)  # "the port authority" is what it is called
        return Found("unnamed", words=words)

    def _kind(self, head: Token, tokens: TokenSpan) -> tuple[Kind | None, float]:
        """What a description may mean that no name tells, and how likely it must be."""
        word = head.lower_
        if word in self.language.places:
            return "place", _LEAST["place"]
        told = self._is_told(head, tokens)
        if word in self.language.bodies:
            return (None, 1.0) if told else ("body", _LEAST["body"])
        if self.people.is_spare(head):
            return None, 1.0
        # "The governor" alone may be anybody's office; "the Vermont senator" is another word for one.
        if told and (word in self.language.roles or word in self.language.gendered):
            return "role", _LEAST["role"]
        return ("role", _BARE) if word in self.language.roles else (None, 1.0)

    def _is_told(self, head: Token, tokens: TokenSpan) -> bool:
        """Whether a description says more than its noun: "the Vermont senator"."""
        return any(t.i < head.i and t.pos_ in ("ADJ", "NOUN", "PROPN", "NUM") for t in tokens)

    def _meant(self, anaphor: Anaphor, how: How, least: float = 0.0) -> Found | None:
        """Whom words that name nobody mean, if that is likely enough."""
        ranked = rank(anaphor, self.people, self.layout, self.spoke, self.told_of)
        best = self._likeliest(anaphor, ranked)
        if best.entity is None or best.probability < (least or _LEAST[anaphor.kind]):
            return None
        if anaphor.kind in ("he", "she") and best.probability >= _SURE:
            self.called.setdefault(best.entity.id, anaphor.kind)
        return Found(how, (best.entity,), sure=best.probability)

    def _likeliest(self, anaphor: Anaphor, ranked: list[Ranked]) -> Ranked:
        """Of those who can be meant: not the other party of the sentence, nor by "he" who was "she"."""
        apart = self.glosses | others(anaphor.offset, self.people, self.layout, self.language)
        if anaphor.kind in ("he", "she"):
            apart |= {name for name, kind in self.called.items() if kind != anaphor.kind}
        left = [one for one in ranked if one.entity is None or one.entity.id not in apart]
        total = sum(one.probability for one in left)
        return left[0]._replace(probability=left[0].probability / total)

    # The cast

    def _with_cast(self, answers: dict[str, Found]) -> tuple[tuple[Quote, ...], tuple[Speaker, ...]]:
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
            replace(
                q,
                speakers=tuple(ids[k] for k in keys.get(q.id, ())),
                how=answers[q.id].how,
                speaker_score=_score(answers[q.id], q, self.most[q.id]),
            )
            for q in self.quotes
        )
        return tuple(quotes), speakers

    def _speaker(self, entity: Entity) -> Speaker:
        if entity.label != "PERSON":
            return Speaker("", entity.name, entity=entity.id)
        role, affiliation = self.people.role_of(entity), self.people.affiliation_of(entity)
        return Speaker("", entity.name, role, affiliation, entity.id)


def _score(found: Found, quote: Quote, most: float) -> float | None:
    """Of a name; that somebody has none is no answer to be sure of."""
    if found.how in ("unnamed", "unknown"):
        return None
    return min(certainty(found.how, found.sure, quote.score), most)


def _has_no_capitals(token: Token) -> bool:
    """Whether a word is in Arabic, Hebrew, Chinese and the like, none of which our languages write."""
    letters = [char for char in token.text if char.isalpha()]
    return bool(letters) and all(unicodedata.category(char) == "Lo" for char in letters)


def _kind(pronoun: Pronoun) -> Kind:
    if pronoun.number == "many":
        return "they"
    if not pronoun.person:
        return "it"
    return "she" if pronoun.gender == "f" else "he"


def _place(quote: Quote) -> int:
    return min(s.start for s in (*quote.cue, *quote.source, *quote.content))
