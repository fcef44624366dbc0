"""Whom a source can't mean: the other party in the phrase that its sentence begins with.

"Asked by Peter Hall, he said": whoever he is, he is not who asked. A pronoun is never what another
part of its own clause names (principle B of Chomsky, "Lectures on Government and Binding", 1981).
"""

from __future__ import annotations

from spacy.tokens import Token

from toolkit.languages import Language
from toolkit.layout import Layout
from toolkit.model import Span
from toolkit.people import Named, People
from toolkit.reporting import is_participle

_STOPS = (".", "!", "?", ";", ":")
_BEFORE_NAME = ("DET", "ADJ", "NOUN", "PROPN", "NUM", "PART", "CCONJ")
_LONGEST = 60  # tokens
_MOST_BETWEEN = 8  # tokens: "by the Fox News anchor Bret Baier"


def others(offset: int, people: People, layout: Layout, language: Language) -> set[str]:
    """The ids of the entities that words at an offset can't mean, by how their sentence begins:
    "Asked by Peter Hall, …", "Speaking to …", "In a letter to …"."""
    lead = _lead(offset, layout, language)
    if len(lead) < 2 or lead[0].lower_ in language.according:
        return set()
    names = people.within(Span(lead[0].idx, offset))
    if _is_participle(lead[0], language):
        before = {*language.partners, *language.agents}
        return {n.entity.id for n in names if _is_other(n, lead, before, verb=True)}
    finite = any(t.pos_ in ("VERB", "AUX") and "VerbForm=Fin" in t.morph for t in lead)
    if finite or not _is_phrase(lead[0], lead[1], language):
        return set()  # "A letter to Peter Hall came, and he said"
    return {n.entity.id for n in names if _is_other(n, lead, {*language.partners})}


def glosses(people: People, layout: Layout) -> set[str]:
    """The ids of the entities that stand nowhere but in parentheses behind a person: "Jane Poe (D-Mo.)",
    "Jane Poe (née Hall)"."""
    glossed: set[str] = set()
    plain: set[str] = set()
    for n, name in enumerate(people.mentions):
        before = people.mentions[n - 1] if n else name
        between = layout.text[before.span.end : name.span.start].split()
        opens = bool(between) and between[0].startswith("(") and len(between) <= 2
        (glossed if opens and before.entity.label == "PERSON" else plain).add(name.entity.id)
    return glossed - plain


def _lead(offset: int, layout: Layout, language: Language) -> list[Token]:
    """What stands before an offset in its sentence, without the words that join it to another."""
    edge = layout.paragraph(offset).start
    last = layout.token_from(offset)
    found: list[Token] = []
    for token in reversed(layout.doc[max(layout.token_from(edge), last - _LONGEST) : last]):
        if token.text in _STOPS:
            break
        if not token.is_space:
            found.append(token)
    found.reverse()
    while found and (
        found[0].is_punct or found[0].pos_ in ("CCONJ", "SCONJ") or found[0].lower_ in language.connectives
    ):
        found.pop(0)
    return found


def _is_participle(token: Token, language: Language) -> bool:
    """ "Asked", "Speaking"."""
    active = token.pos_ == "VERB" and "VerbForm=Part" in token.morph
    return active or is_participle(token, language)


def _is_phrase(token: Token, following: Token, language: Language) -> bool:
    """ "In a letter", "Lors d'une visite", "Thanks to"; "As to Peter Hall" may be he."""
    if token.pos_ in ("ADP", "ADV"):
        return following.lower_ not in language.partners
    return token.pos_ == "NOUN" and following.lower_ in language.partners


def _is_other(name: Named, lead: list[Token], before: set[str], *, verb: bool = False) -> bool:
    """Whether a name stands behind one of the prepositions ``before``, or with ``verb`` is the object
    of the participle: "by the Fox News anchor Bret Baier", "by the mayor, Jane Poe"."""
    ahead = [t for t in lead if t.idx < name.span.start]
    if ahead and ahead[-1].text == ",":
        ahead.pop()
    n = next((t for t in reversed(ahead[-_MOST_BETWEEN:]) if t.pos_ not in _BEFORE_NAME), None)
    return not name.possessor and n is not None and (n.lower_ in before or (verb and n is lead[0]))
