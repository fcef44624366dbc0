"""What the encoder takes for attributions, in the form of the parse's reporting clauses.

The linker says which of its marks belong together. What kind of act a cue is (somebody
said, believes or intends it) is looked up by its head and its words in the language's
table of acts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc
from spacy.tokens import Span as TokenSpan

from toolkit.encoder import Mark, Tags
from toolkit.languages import Language
from toolkit.layout import stripped
from toolkit.linking import link
from toolkit.model import Act, Span
from toolkit.reporting import Clause

_THINGS = ("NOUN", "PROPN", "PRON", "NUM", "ADP", "DET", "ADJ")
_FINITE = ("VBD", "VBZ", "VBP", "MD", "TO")
_OPENING = ("IN", "CC", "WP", "WDT")
_FUNCTION = ("ADP", "DET", "PART", "PRON", "PUNCT", "AUX", "CCONJ", "SCONJ", "PROPN")


def statements(doc: Doc, tags: Tags, language: Language) -> Iterator[tuple[Clause, float]]:
    """The attributions of a tagged and parsed document in the order of their cues, each with
    the probability that all of it is right."""
    text = doc.text  # spaCy joins the tokens anew each time that it is asked
    for found in link(doc, tags.roles):
        cue = doc.char_span(found.cue.start, found.cue.end, alignment_mode="expand")
        if cue is None or _is_hearsay(text, cue, found.source):
            continue
        source: tuple[Span, ...] = (_span(found.source),) if found.source else ()
        if found.source and text[slice(*source[0])].lower() in language.articles:
            source = ()  # "the so-called “peace tax”"
        if _is_hearer(cue, found.source, language):
            if not (source := _agent(cue, language)):
                continue
        elif teller := _teller(text, cue, found.source, tags.roles, language):
            source = (teller,)
        content = tuple(_tight(doc, text, mark) for mark in found.content)
        yield (
            Clause(
                verb=cue.root.i,
                act=_act(doc, text, cue, content, language),
                frame="deed" if cue.root.lemma_.lower() in language.deeds else "clause",
                cue=(_span(found.cue),),
                source=source,
                content=content,
            ),
            found.score,
        )


def _is_hearsay(text: str, cue: TokenSpan, source: Mark | None) -> bool:
    """ "It is said that": nobody in particular says so."""
    return source is not None and _is_passive(cue) and text[source.start : source.end].lower() == "it"


def _is_hearer(cue: TokenSpan, source: Mark | None, language: Language) -> bool:
    """ "Pupils have been told to bring water": the subject is who was spoken to."""
    if source is None or not _is_passive(cue) or cue.root.lemma_.lower() not in language.hearers:
        return False
    return source.start < cue.start_char


def _agent(cue: TokenSpan, language: Language) -> tuple[Span, ...]:
    """Who told it to the subject: "was told by officials"."""
    by = next((t for t in cue.root.children if t.dep_ in language.syntax.agent), None)
    teller = next((t for t in by.children if t.dep_ in language.syntax.agent_object), None) if by else None
    if teller is None:
        return ()
    words = teller.doc[teller.left_edge.i : teller.i + 1]
    return (Span(words.start_char, words.end_char),)


def _teller(
    text: str, cue: TokenSpan, source: Mark | None, marks: Sequence[Mark], language: Language
) -> Span | None:
    """ "Security sources told Reuters": where the linker took who is told, the one before."""
    if source is None or source.start < cue.end_char or cue.root.lemma_.lower() not in language.hearers:
        return None
    at = bisect_left(marks, cue.start_char, key=lambda m: m.start)
    nearest = marks[at - 1] if at and marks[at - 1].label == "source" else None
    if nearest is None:
        return None
    between = text[nearest.end : cue.start_char] + text[cue.end_char : source.start]
    if between.strip():
        return None
    return _span(nearest)


def _tight(doc: Doc, text: str, mark: Mark) -> Span:
    """Without a preposition, conjunction or relative at its end, which begins what was left out."""
    words = doc.char_span(mark.start, mark.end, alignment_mode="expand")
    last = words[-1] if words is not None and len(words) > 1 else None
    if last is not None and last.tag_ in _OPENING and last.idx > mark.start:
        return stripped(text, Span(mark.start, last.idx))
    return _span(mark)


def _span(mark: Mark) -> Span:
    return Span(mark.start, mark.end)


def _act(doc: Doc, text: str, cue: TokenSpan, content: tuple[Span, ...], language: Language) -> Act:
    """By the head of the cue, else by its first word of some weight, else speech.

    Where the content is no more than a thing ("reported a loss", "called the police"), a verb
    of saying states something only if the table of cues has it with an object or preposition.
    """
    others = [t for t in cue if t.i != cue.root.i and t.pos_ not in _FUNCTION]
    infinitive = not _is_passive(cue) and _infinitive(doc, text, cue, content)
    thing = not infinitive and _is_thing(doc, content)
    for token in (cue.root, *others):
        lemma = token.lemma_.lower()
        if infinitive and lemma in language.acts_infinitive:
            return language.acts_infinitive[lemma]
        if infinitive and lemma in language.refusals:
            return "intention"
        if thing and token.pos_ == "VERB":
            frames = language.cues.get(lemma, {})
            if known := frames.get(f"prep:{cue[-1].lower_}") or frames.get("object"):
                return known
        for form in (lemma, token.lower_):
            if form in language.acts:
                act = language.acts[form]
                return "topic" if thing and act == "speech" else act
    return "topic" if thing else "speech"


def _is_thing(doc: Doc, content: tuple[Span, ...]) -> bool:
    """Whether the content is a noun phrase: nothing in it is said of anything."""
    for span in content:
        words = doc.char_span(*span, alignment_mode="expand")
        if words is None or words.root.pos_ not in _THINGS:
            return False
        for token in words:
            verb = token.head if token.dep_ in ("aux", "auxpass") else token
            if token.tag_ in _FINITE and verb.dep_ not in ("relcl", "acl"):
                return False
    return True


def _is_passive(cue: TokenSpan) -> bool:
    return any(t.dep_ == "auxpass" for t in cue)


def _infinitive(doc: Doc, text: str, cue: TokenSpan, content: tuple[Span, ...]) -> bool:
    """ "plans to go": "to" begins the content or ends the cue."""
    if cue[-1].lower_ == "to" and cue.end < len(doc) and doc[cue.end].tag_ == "VB":
        return True
    if any(t.tag_ == "TO" and t.i > cue.root.i for t in cue):
        return True
    words = text[slice(*content[0])].split(maxsplit=2) if content else []
    return words[:1] == ["to"] or words[:2] == ["not", "to"]
