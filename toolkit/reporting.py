"""Reporting clauses: who said, by which words, and what, as the parse has it.

A reporting clause is a cue ("said", "according to", "wants"), its source (the cue's
subject, or the object of "according to") and its content (a clause, an infinitive, an
object, a prepositional phrase). Which cue takes which content is the language's
lexicon; this module only walks the tree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from toolkit.languages import Language
from toolkit.model import Act, Span

_BORROWS = 6  # steps up the tree in search of a subject
# Tokens. No prose has longer sentences: it is a table or a list, whose parse tells nothing, and
# where each cue would take all of it for its content.
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Clause:
    """A reporting clause. Spans are code points; ``content`` is empty where a quotation
    stands in its place ('"…," he said'). ``verb`` is the index of the cue's head token."""

    verb: int
    act: Act
    frame: str
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    content: tuple[Span, ...]


def clauses(doc: Doc, language: Language) -> Iterator[Clause]:
    """The reporting clauses of a parsed document, in the order of their cues."""
    for sentence in doc.sents:
        if len(sentence) > _LONGEST:
            continue
        for token in sentence:
            if token.lower_ in language.according:
                yield from _according(token, language)
            elif token.pos_ in ("VERB", "AUX"):
                yield from _of_verb(token, language)


def _of_verb(verb: Token, language: Language) -> Iterator[Clause]:
    frames = language.cues.get(verb.lemma_.lower())
    if frames is None or _is_modified_away(verb, language):
        return
    subject = _agent(verb, language) if is_passive(verb, language) else subject_of(verb, language)
    inverted = language.inverted_subject and subject is not None and subject.dep_ in language.syntax.object
    for frame, content in () if inverted else _complements(verb, language):
        if frame in frames:
            if frame == "clause" and frames[frame] == "speech":
                content = _to_the_end(verb, content, language)
            yield Clause(
                verb.i,
                frames[frame],
                frame,
                cue_span(verb, language),
                noun_phrase_span(subject) if subject is not None else (),
                _spans(content, verb),
            )
            return
    if "clause" in frames:
        # The content is elsewhere: around a parenthesis ("…, he said, …"), or between quotation marks.
        around = _around(verb, subject, language)
        yield Clause(
            verb.i,
            frames["clause"],
            "clause",
            cue_span(verb, language),
            noun_phrase_span(subject) if subject is not None else (),
            around,
        )


def _complements(verb: Token, language: Language) -> Iterator[tuple[str, list[Token]]]:
    """What the verb takes as its content, the most clause-like first."""
    syntax = language.syntax
    children = list(verb.children)
    for child in children:
        if child.dep_ in syntax.clause:
            yield "clause", list(child.subtree)
    for child in children:
        if child.dep_ in syntax.infinitive and child.pos_ in ("VERB", "AUX"):
            marked = any(left.tag_ == "TO" or left.dep_ == "mark" for left in child.lefts)
            infinitive = marked or "VerbForm=Inf" in child.morph
            yield "infinitive" if infinitive else "gerund", list(child.subtree)
    prepositions = [child for child in children if child.dep_ in syntax.preposition]
    objects = [child for child in children if child.dep_ in syntax.object and child.i > verb.i]
    for child in prepositions:
        start = objects[:1] if child.lower_ == "as" else []
        yield (
            f"prep:{child.lower_}",
            [t for part in (*start, child) for t in part.subtree if t is not child or start],
        )
    for child in objects:
        yield "object", list(child.subtree)


def _to_the_end(verb: Token, content: list[Token], language: Language) -> list[Token]:
    """What is said runs to the end of its sentence, though the parse hangs the end of it elsewhere,
    unless another report begins or the verb stands within a clause of its own."""
    if content[0].i < verb.i or verb.dep_ not in language.syntax.main:
        return content
    end = content[-1].i + 1
    for token in verb.doc[end : verb.sent.end]:
        if token.lower_ in language.according or (
            token.head.i == verb.i and token.dep_ in language.syntax.borrows
        ):
            break
        end = token.i + 1
    return list(verb.doc[content[0].i : end])


def _around(verb: Token, subject: Token | None, language: Language) -> tuple[Span, ...]:
    """The sentence around a parenthetic "he said", set off by commas or dashes."""
    if verb.head is verb or verb.dep_ not in language.syntax.parenthetic or subject is None:
        return ()
    own = {t.i for t in verb.subtree}
    first, last = min(own), max(own)
    if not _is_set_off(verb.doc, first, last) or not (subject.i in own or subject is _clitic(verb, language)):
        return ()
    before, after = verb.doc[verb.sent.start : first], verb.doc[last + 1 : verb.sent.end]
    return tuple(span for part in (before, after) for span in _tight(list(part))) if len(before) else ()


def _is_set_off(doc: Doc, first: int, last: int) -> bool:
    """Between commas, dashes or a sentence's ends."""
    before = first == 0 or doc[first - 1].is_punct or doc[first].is_punct
    after = last + 1 >= len(doc) or doc[last + 1].is_punct or doc[last + 1].is_space or doc[last].is_punct
    return before and after


def _according(token: Token, language: Language) -> Iterator[Clause]:
    """ "According to X", "selon X": the source is the object, the content is the rest of the sentence."""
    doc, sentence = token.doc, token.sent
    phrases = language.according[token.lower_]
    words = next((p for p in phrases if tuple(t.lower_ for t in doc[token.i : token.i + len(p)]) == p), None)
    if words is None:
        return
    last = token.i + len(words) - 1
    inside = range(token.i, last + 1)
    nouns = [t for t in doc[last + 1 : sentence.end] if t.pos_ in ("NOUN", "PROPN", "PRON")]
    # The source hangs on the phrase in one treebank, the phrase on the source in the other.
    noun = next((t for t in nouns if t.head.i in inside or any(c.i in inside for c in t.lefts)), None)
    if noun is None:
        return
    source = [t for t in _noun_phrase(noun) if t.i > last]
    if token.i == sentence.start:  # at the head of a sentence the source ends with its comma
        commas = [t.i for t in source if t.text == ","] + [source[-1].i + 1]
        relative = commas[0] + 1 < len(doc) and doc[commas[0] + 1].lower_ in language.relatives
        stop = commas[1] if relative and len(commas) > 1 else commas[0]
        source = [t for t in source if t.i < stop]
    before, after = doc[sentence.start : token.i], doc[source[-1].i + 1 : sentence.end]
    content = tuple(span for part in (before, after) for span in _tight(list(part)))
    cue = Span(token.idx, doc[last].idx + len(doc[last]))
    yield Clause(token.i, "speech", "according", (cue,), _tight(source), content)


def subject_of(verb: Token, language: Language) -> Token | None:
    """The subject of a verb; a participle, an infinitive or a second verb borrows its head's."""
    if clitic := _clitic(verb, language):
        return clitic
    for _ in range(_BORROWS):
        own = next((t for t in verb.children if t.dep_ in language.syntax.subject), None)
        if own is None and language.inverted_subject:
            own = _inverted(verb, language)
        if own is not None:
            return own
        if (main := _over_preposition(verb, language)) is not None:
            verb = main
        elif verb.dep_ in language.syntax.borrows and verb.head is not verb:
            verb = _lender(verb, language)
        else:
            break
    of_noun = verb.dep_ in language.syntax.noun_modifier and verb.head.pos_ in ("NOUN", "PROPN", "PRON")
    return verb.head if of_noun and not hangs_on_preposition(verb) else None


def hangs_on_preposition(verb: Token) -> bool:
    """ "Reproche à la préfecture d'avoir lancé": the noun before is whom it is said to, and the noun
    behind is no inverted subject."""
    return any(t.dep_ == "mark" and t.pos_ == "ADP" for t in verb.lefts)


def _over_preposition(verb: Token, language: Language) -> Token | None:
    """ "After saying so, she left", "he was scolded for saying so": the verb that a gerund's preposition
    hangs on. Of "they accused him of saying so" the object is meant, not the subject."""
    preposition = verb.head
    main = preposition.head
    if preposition.pos_ not in ("ADP", "SCONJ") or main.pos_ not in ("VERB", "AUX") or verb.i < preposition.i:
        return None
    has_object = any(t.dep_ in language.syntax.object for t in main.children)
    return main if preposition.i < main.i or not has_object else None


def _lender(verb: Token, language: Language) -> Token:
    """The verb whose subject another borrows. "X said the fire was out and added that …": what
    is joined to the content but says something itself goes on from the reporting verb."""
    head = verb.head
    if verb.dep_ == "conj" and head.dep_ in language.syntax.clause and _is_cue(verb, language):
        return head.head if _is_cue(head.head, language) else head
    return head


def _is_cue(verb: Token, language: Language) -> bool:
    return language.cues.get(verb.lemma_.lower(), {}).get("clause") == "speech"


def is_passive(verb: Token, language: Language) -> bool:
    """ "was told", "asked why" (at the head of a clause): the subject hears, it does not speak."""
    helpers = [t.dep_ for t in verb.lefts if t.dep_ in language.syntax.auxiliary]
    if any(dep in language.syntax.passive for dep in helpers):
        return True
    if _clitic(verb, language):
        return False
    bare_participle = "VerbForm=Part" in verb.morph and "Tense=Past" in verb.morph and not helpers
    return bare_participle and not any(t.dep_ in language.syntax.subject for t in verb.children)


def is_participle(token: Token, language: Language) -> bool:
    """A passive one, "asked"; listed where the tagger is apt to take them for names."""
    past = "VerbForm=Part" in token.morph and "Tense=Past" in token.morph
    return token.lower_ in language.participles or (token.pos_ == "VERB" and past)


def _agent(verb: Token, language: Language) -> Token | None:
    """By whom: "was told by the mayor"."""
    for child in verb.rights:
        if child.dep_ in language.syntax.agent:
            return next((t for t in child.rights if t.dep_ in language.syntax.agent_object), child)
    return None


def _clitic(verb: Token, language: Language) -> Token | None:
    """ "a-t-elle dit", "dit-il": the pronoun that a hyphen hangs on the verb or its auxiliary."""
    beside = verb.doc[max(verb.i - 2, 0) : verb.i + 3]
    return next((t for t in beside if t.text[0] == "-" and t.lower_[1:] in language.pronouns), None)


def _inverted(verb: Token, language: Language) -> Token | None:
    """ "…, a déclaré la ministre": the noun right behind a verb that begins its clause."""
    if "VerbForm=Part" in verb.morph and "Tense=Pres" in verb.morph:
        return None  # "citant la ministre"
    first = min((t.i for t in verb.lefts if t.dep_ in language.syntax.auxiliary), default=verb.i)
    if first and not verb.doc[first - 1].is_punct:
        return None
    return next((t for t in verb.rights if t.dep_ in language.syntax.object and t.i <= verb.i + 5), None)


def _is_modified_away(verb: Token, language: Language) -> bool:
    """Not a statement: "let's say", "there was said", "declined to comment on"."""
    if verb.dep_ in language.syntax.infinitive and verb.head.lemma_.lower() in language.refusals:
        return True
    return any(
        child.dep_ in language.syntax.subject and child.lower_ in language.no_source
        for child in verb.children
    )


def cue_span(verb: Token, language: Language) -> tuple[Span, ...]:
    """The verb with its auxiliaries, negation, particles and the adverbs that stand among them."""
    syntax = language.syntax
    lefts = [t for t in verb.lefts if t.dep_ in syntax.auxiliary]
    first = last = verb
    for left in reversed(lefts):
        if left.i == first.i - 1:
            first = left
    for right in verb.rights:
        if right.i == last.i + 1 and right.dep_ in syntax.particle:
            last = right
    helper = next((t for t in lefts if t.pos_ == "AUX"), None)
    apart = helper if helper and helper.i < first.i and _clitic(verb, language) else None
    own = Span(first.idx, last.idx + len(last))
    return (Span(apart.idx, apart.idx + len(apart)), own) if apart is not None else (own,)


def noun_phrase_span(noun: Token) -> tuple[Span, ...]:
    """The span of a noun and what belongs to it, appositives and relative clauses included."""
    return _tight(_noun_phrase(noun))


def _noun_phrase(noun: Token) -> list[Token]:
    """A noun with what belongs to it. Stops at a gap: the tree may hang far-off words on it."""
    inside = {t.i for t in noun.subtree} if noun.text[0] != "-" else set()
    first = last = noun.i
    while first - 1 in inside:
        first -= 1
    while last + 1 in inside:
        last += 1
    return list(noun.doc[first : last + 1])


def _spans(tokens: list[Token], verb: Token) -> tuple[Span, ...]:
    """The stretch from the first to the last of the tokens, on one side of the verb."""
    tokens = [t for t in tokens if not t.is_space]
    if not tokens:
        return ()
    left = [t for t in tokens if t.i < verb.i]
    right = [t for t in tokens if t.i > verb.i]
    return tuple(
        span for part in (left, right) if part for span in _tight(list(verb.doc[part[0].i : part[-1].i + 1]))
    )


_DROPPED = frozenset(",;:.-–—―)")
_DROPPED_LAST = frozenset(",;:.-–—―")


def _tight(tokens: list[Token]) -> tuple[Span, ...]:
    """The span of consecutive tokens without the commas, stops and blanks at its ends."""
    while tokens and (tokens[0].is_space or tokens[0].text in _DROPPED):
        tokens.pop(0)
    while tokens and (tokens[-1].is_space or tokens[-1].text in _DROPPED_LAST):
        tokens.pop()
    if not tokens:
        return ()
    # French writes "dit-elle", and the tokenizer keeps the hyphen with the pronoun.
    hyphen = len(tokens[0]) > 1 and tokens[0].text[0] == "-"
    return (Span(tokens[0].idx + hyphen, tokens[-1].idx + len(tokens[-1])),)
