"""The cue beside a quotation: '"…," he said', 'he said: "…"', '"…" — Carla Sanchez'.

Where the parse loses its way around quotation marks, these look at the words next to
them: a verb of saying with its subject between the marks and the end of the sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Token

from toolkit.languages import Language
from toolkit.layout import Layout, stripped, without
from toolkit.model import Span
from toolkit.reporting import (
    cue_span,
    hangs_on_preposition,
    is_participle,
    is_passive,
    noun_phrase_span,
    subject_of,
)

_SIGNATURE = re.compile(
    r"\s*(?P<cue>[-–—―]{1,2})\s*(?P<name>[^\W\d_][^,;:!?\n“”\"]{2,60}?)\.?[^\S\n]*(?=[,\n]|\Z)"
)
_SIGNATURE_WORDS = 6
_NOMINAL = ("NOUN", "PROPN", "PRON")
# After a full stop inside the marks a new sentence may begin; a cue there is short ('"No." Hyder said.').
_SHORT_SENTENCE = 9  # tokens
_LONGEST_INSERT = 150  # characters
_ENDS_INSERT = re.compile(r"[^\S\n]*[,.?!…:;»”]")


@dataclass(frozen=True, slots=True)
class Beside:
    """Cue and source found beside a quotation, and content that is not the quotation itself."""

    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    content: tuple[Span, ...] = ()


def cue_beside(layout: Layout, i: int, language: Language | None) -> Beside | None:
    """The cue of quotation ``i``: a signature, a cue behind it, or one before it."""
    if signed := _signature(layout, i):
        return signed
    if language is None:
        return None
    return _behind(layout, i, language) or _ahead(layout, i, language)


def embedding(layout: Layout, i: int, language: Language | None) -> Beside | None:
    """He promised to end “the …”: words in a clause that the parse did not see as its content."""
    tokens = layout.before(i)
    found = language and _verb_of_saying(layout, tokens[::-1], language, any_verb=False)
    if not found:
        return None
    end = layout.quotations[i].span.end
    start = next((t.idx for t in tokens if t.idx >= found.cue[-1].end), layout.quotations[i].span.start)
    content = without(layout.text, Span(start, end), (*found.cue, *found.source))
    return Beside(found.cue, found.source, tuple(content))


def signed_paragraph(layout: Layout, i: int) -> tuple[Beside, list[int]] | None:
    """A letter or a reader's comment: its paragraph begins with quotation ``i`` and ends with a signature.

    With the indices of the quotations in it, which are all of one hand.
    """
    paragraph = layout.paragraph(layout.quotations[i].span.start)
    if layout.quotations[i].span.start != paragraph.start:
        return None
    within = layout.touched([paragraph])
    signed = _signature(layout, within[-1])
    return (signed, within) if signed else None


def said_behind(layout: Layout, i: int, language: Language) -> Beside | None:
    """ "…," Reuters reported; "…," as Reuters put it: nothing between the marks and who said it.

    A comma ends such a quotation, and the verb says nothing else. Narrower than ``cue_beside``, so
    that it may be believed against another cue.
    """
    quotation, tokens = layout.quotations[i], layout.after(i)
    last = layout.text[quotation.inner.start : quotation.inner.end].rstrip("’'\" ")[-1:]
    if tokens and tokens[0].text == ",":
        last, tokens = ",", tokens[1:]
    if last != "," or not tokens:
        return None
    if put := _puts_it(tokens, language):
        return _with_source(layout, put, {t.i for t in tokens}, language)
    found = _verb_of_saying(layout, tokens, language, any_verb=False)
    if found is None or not found.source or min(found.source + found.cue).start != tokens[0].idx:
        return None
    verb = layout.tokens(found.cue[-1]).root
    if _is_gerund(verb) or _says_more(verb, found.source[0], language, quotation.span):
        return None  # "…," citing an instance
    return found


def said_ahead(layout: Layout, i: int, language: Language) -> Beside | None:
    """Footage of Hyder saying, "…": a verb of saying right before the marks, with a source of its own."""
    found = _ahead(layout, i, language)
    if found is None:
        return None
    verb = layout.tokens(found.cue[-1]).root
    if noun := has_noun_before(verb):
        words = (Span(s.start, min(s.end, found.cue[0].start)) for s in source_of(layout, noun))
        found = Beside(found.cue, tuple(stripped(layout.text, span) for span in words))
    elif not any(t.dep_ in language.syntax.subject for t in verb.lefts):
        return None
    listed = "speech" in language.cues.get(verb.lemma_.lower(), {}).values()
    if (
        not found.source
        or not listed
        or _says_more(verb, found.source[0], language, layout.quotations[i].span)
    ):
        return None
    return found


def has_noun_before(verb: Token) -> Token | None:
    """ "Hyder saying": the noun right before a participle."""
    before = verb.doc[verb.i - 1] if verb.i else verb
    return before if _is_gerund(verb) and before.pos_ in _NOMINAL else None


def _is_gerund(verb: Token) -> bool:
    return "VerbForm=Part" in verb.morph and "Tense=Past" not in verb.morph


def _puts_it(tokens: list[Token], language: Language) -> Token | None:
    """The verb of "as the mayor put it": a short clause under a conjunction, its object a pronoun."""
    verb = tokens[0].head
    short = tokens[0].dep_ == "mark" and 0 < verb.i - tokens[0].i < _SHORT_SENTENCE
    objects = [t for t in verb.rights if t.dep_ in language.syntax.object]
    return verb if short and [t.pos_ for t in objects] == ["PRON"] else None


def _says_more(verb: Token, source: Span, language: Language, quotation: Span) -> bool:
    """Whether the verb has another content than the quotation: "promised a wall", "said yes"."""
    if verb.lemma_.lower() in language.hearers:
        return False
    more = (*language.syntax.clause, *language.syntax.object)
    other = (t for t in verb.rights if not any(s.start <= t.idx < s.end for s in (source, quotation)))
    return any(t.dep_ in more for t in other)


def inserted(layout: Layout, i: int, verb: Token, found: Beside) -> Beside | None:
    """« Nous irons, a-t-elle dit, demain »: a cue between the marks, the content on both sides."""
    quotation = layout.quotations[i]
    source = found.source
    if not source:
        noun = _noun_behind(verb, {t.i for t in layout.tokens(quotation.inner)})
        source = noun_phrase_span(noun) if noun is not None else ()
    if not source:
        return None
    pieces = (*source, *found.cue)
    hole = Span(min(s.start for s in pieces), max(s.end for s in pieces))
    if layout.text[hole.start : source[0].start].endswith("-") and (
        end := _ENDS_INSERT.search(layout.text, hole.end, quotation.span.end)
    ):  # "a-t-il lancé devant la presse"
        hole = Span(hole.start, end.start())
    lead = layout.text[max(quotation.inner.start, hole.start - 4) : hole.start].rstrip()
    tail = layout.text[hole.end : min(quotation.span.end, hole.end + 4)].lstrip()
    if hole.end - hole.start > _LONGEST_INSERT or not lead or lead[-1] not in ",?!…":
        return None
    if tail and tail[0] not in ",.?!…:»":
        return None
    return Beside(found.cue, source, tuple(without(layout.text, quotation.span, [hole])))


def is_called(layout: Layout, i: int, language: Language) -> bool:
    """ "Omar Sy annonce « Port 2030 »": the name of a thing, not words that somebody said. It begins with
    a capital, right behind a word, and has no verb. For languages that don't write titles in capitals."""
    before, inner = layout.before(i), layout.quotations[i].inner
    if not language.forms or not before or before[-1].text in (",", ":"):
        return False
    words = layout.tokens(inner)
    said = layout.text[inner.start : inner.end].rstrip()[-1] in ".?!…" or any(
        "VerbForm=Fin" in t.morph for t in words
    )
    return not said and starts_with_capital(layout, i)


def is_called_so(tokens: list[Token], language: Language) -> bool:
    """ "Accused of “lying,” Hyder left": a passive participle at the head, and words of another."""
    lead = [t for t in tokens if t.lower_ not in language.connectives and not t.is_punct]
    return bool(lead) and is_participle(lead[0], language)


def starts_with_capital(layout: Layout, i: int) -> bool:
    """Whether the first letter between the marks of quotation ``i`` is a capital."""
    return next((c.isupper() for c in layout.text[slice(*layout.quotations[i].inner)] if c.isalpha()), False)


def source_of(layout: Layout, subject: Token) -> tuple[Span, ...]:
    """The noun phrase of a subject, without a quotation that the parse hangs on it."""
    pieces = [
        piece
        for span in noun_phrase_span(subject)
        for piece in without(layout.text, span, [layout.quotations[k].span for k in layout.touched([span])])
    ]
    own = Span(subject.idx, subject.idx + len(subject))
    return tuple(p for p in pieces if p.overlaps(own))[:1]


def noun_beside(verb: Token, inside: set[int]) -> Token | None:
    """Where the parse has no subject: the noun before the verb, over an appositive
    ("Warren, a spokesman in Baghdad, said"), or the one behind it ("said Hyder").

    ``inside`` are the indices of the tokens that may be looked at.
    """
    doc, i = verb.doc, verb.i - 1
    if i in inside and doc[i].text == ",":
        commas = (k for k in range(i - 1, max(i - 20, 0), -1) if k in inside and doc[k].text == ",")
        i = next(commas, i) - 1
    while i in inside and doc[i].pos_ in ("ADV", "AUX"):
        i -= 1
    return doc[i] if i in inside and doc[i].pos_ in _NOMINAL else _noun_behind(verb, inside)


def _noun_behind(verb: Token, inside: set[int]) -> Token | None:
    doc, i = verb.doc, verb.i + 1
    while i in inside and not doc[i].is_punct:
        if doc[i].pos_ in _NOMINAL:
            while i + 1 in inside and doc[i + 1].pos_ in ("NOUN", "PROPN"):
                i += 1
            return doc[i]
        i += 1
    return None


def _signature(layout: Layout, i: int) -> Beside | None:
    match = _SIGNATURE.match(layout.text, layout.quotations[i].span.end)
    if not match or layout.quotation_at(match.start("name")) is not None:
        return None  # or the next turn of a dialogue
    words = match["name"].split()
    if len(words) > _SIGNATURE_WORDS or not (words[0][0].isupper() and words[-1][0].isupper()):
        return None
    return Beside((Span(*match.span("cue")),), (stripped(layout.text, Span(*match.span("name"))),))


def _behind(layout: Layout, i: int, language: Language) -> Beside | None:
    """ "…," he said"""
    tokens = layout.after(i)
    if not tokens or is_called_so(layout.before(i), language):
        return None
    inner = layout.quotations[i].inner
    last = layout.text[max(inner.start, inner.end - 6) : inner.end].rstrip("’'\" ")[-1:]
    goes_on = last in ",–—-" or tokens[0].text in ",–—-" or (last in "?!…" and tokens[0].text[0].islower())
    if last in ".?!…" and not goes_on and len(tokens) > _SHORT_SENTENCE:
        return None
    found = _verb_of_saying(layout, tokens, language, any_verb=goes_on)
    if found is None:
        return None
    first = found.cue if language.forms else (*found.cue, *found.source)
    if not goes_on and last not in ".?!…" and min(first).start != tokens[0].idx:
        return None  # "« … » a fait réagir Omar Sy": words within a sentence, and a cue of other ones
    verb = layout.tokens(found.cue[-1]).root
    within = bool(layout.before(i)) and bool(found.source)
    if within and _says_more(verb, found.source[0], language, layout.quotations[i].span):
        return None  # a word like “dwell time,” suggested that she leave
    return found


def _ahead(layout: Layout, i: int, language: Language) -> Beside | None:
    """He said: "…", he said, "…" or he said "…"."""
    tokens = layout.before(i)
    if not tokens:
        return None
    colon = tokens[-1].text == ":"
    if tokens[-1].text not in (",", ":") and not layout.text[layout.quotations[i].inner.start].isupper():
        return None
    if is_called(layout, i, language):
        return None
    found = _verb_of_saying(layout, tokens[::-1], language, any_verb=colon)
    if found is None and colon:
        subject = next((t for t in tokens if t.dep_ in language.syntax.subject), None)
        source = noun_phrase_span(subject) if subject is not None else ()
        return Beside((Span(tokens[-1].idx, tokens[-1].idx + 1),), source)
    return found


def _verb_of_saying(
    layout: Layout, tokens: list[Token], language: Language, *, any_verb: bool
) -> Beside | None:
    """The first verb of saying among the tokens that has a source. ``any_verb`` takes another
    verb where there is none, since a comma or a colon beside a quotation says as much."""
    inside = {t.i for t in tokens}
    spare: Token | None = None
    for token in tokens:
        if token.pos_ not in ("VERB", "AUX") or hangs_on_preposition(token):
            continue
        if _says(token, language):
            if found := _with_source(layout, token, inside, language):
                return found
        elif token.pos_ == "VERB" and spare is None:
            spare = token
    return _with_source(layout, spare, inside, language) if any_verb and spare is not None else None


def _says(verb: Token, language: Language) -> bool:
    """Whether it is a verb of saying wherever it stands: "she speaks to the council" tells no words."""
    frames = language.cues.get(verb.lemma_.lower(), {})
    return any(act == "speech" for frame, act in frames.items() if frame != "beside")


def _with_source(layout: Layout, verb: Token, inside: set[int], language: Language) -> Beside | None:
    if is_passive(verb, language):
        return None
    subject = subject_of(verb, language)
    here = layout.paragraph(verb.idx)
    if (
        subject is None
        or not here.start <= subject.idx < here.end
        or layout.quotation_at(subject.idx) is not None
    ):
        subject = noun_beside(verb, inside)
    if subject is None or subject.lower_ in language.no_source:
        return None
    return Beside(cue_span(verb, language), source_of(layout, subject))
