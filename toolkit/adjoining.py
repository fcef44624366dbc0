"""A verb of saying right beside the marks: « une dérive », « C'est fini », souffle Omar Sy.

For languages whose tagger is apt to take "dénonce" or "souffle" for a noun: the verb is known by its
form (``Language.forms``) and by its place, which is next to a quotation and not behind an article.
"""

from __future__ import annotations

from spacy.tokens import Token

from toolkit.beside import Beside, source_of
from toolkit.languages import Language
from toolkit.layout import Layout, stripped, without
from toolkit.model import Span
from toolkit.reporting import subject_of

_NOMINAL = ("NOUN", "PROPN", "PRON")
_LEADS_IN = ("ADP", "DET")  # "parle d'un « vote de trouille »"
_MOST_BETWEEN = 2
_LONGEST_INSERT = 14  # tokens
_ENDS_SPEECH = (",", "?", "!", "…")
_ENDS_INSERT = (",", ".", "?", "!", "…", ":", ";")
_STEPS = 6  # up the tree, from a noun to the one that it belongs to


def adjoining(layout: Layout, i: int, language: Language | None) -> Beside | None:
    """The cue right before or right behind quotation ``i``, with the noun phrase that is its subject."""
    if language is None or not language.forms:
        return None
    return (
        _inside(layout, i, language)
        or _behind(layout.after(i), language)
        or _before(layout, layout.before(i), language)
        or _for_whom(layout.before(i), language)
    )


def _behind(tokens: list[Token], language: Language) -> Beside | None:
    """ "…", souffle Omar Sy."""
    if tokens and tokens[0].text == ",":
        tokens = tokens[1:]
    if not tokens or tokens[0].lower_ not in language.forms:
        return None
    source = _inverted(tokens[1:], language)
    return Beside((_span(tokens[0]),), (source,)) if source else None


def _inverted(tokens: list[Token], language: Language) -> Span | None:
    """The subject behind its verb: a pronoun on hyphens ("-t-il"), or a noun phrase to the next mark of
    punctuation or preposition, and over a comma the name that it is of ("son porte-parole, Omar Sy")."""
    hyphened = [t for t in tokens[:2] if t.text[0] == "-"]
    if hyphened:
        pronoun = hyphened[-1]
        word = pronoun.lower_.lstrip("-")
        at = pronoun.idx + len(pronoun) - len(word)
        return Span(at, at + len(word)) if word in language.pronouns else None
    while tokens and tokens[0].pos_ == "ADV":
        tokens = tokens[1:]
    end = _phrase(tokens)
    named = any(t.pos_ in ("NOUN", "PROPN") for t in tokens[:end])
    if not named or tokens[0].pos_ not in (*_NOMINAL, "DET", "ADJ"):
        return None
    name = tokens[end + 1 :] if end < len(tokens) and tokens[end].text == "," else []
    name = name[: _phrase(name)]
    if tokens[0].pos_ == "DET" and name and all(t.text[0].isupper() for t in name):
        end += 1 + len(name)
    last = tokens[end - 1]
    return Span(tokens[0].idx, last.idx + len(last))


def _phrase(tokens: list[Token]) -> int:
    """How many tokens stand before the next punctuation or preposition; "de Villeroy" is part of a name."""
    for n, token in enumerate(tokens):
        within = (
            n + 1 < len(tokens) and n > 0 and tokens[n - 1].pos_ == "PROPN" and tokens[n + 1].pos_ == "PROPN"
        )
        if token.is_punct or (token.pos_ == "ADP" and not (within and token.lower_ == "de")):
            return n
    return len(tokens)


def _inside(layout: Layout, i: int, language: Language) -> Beside | None:
    """« Nous irons, souffle Omar Sy à la presse. Demain. »: a verb of saying and a name between commas."""
    quotation = layout.quotations[i]
    tokens = [t for t in layout.tokens(quotation.inner) if not t.is_space]
    for n, token in enumerate(tokens[:-2]):
        if token.text not in _ENDS_SPEECH or tokens[n + 1].lower_ not in language.forms:
            continue
        named = tokens[n + 2].pos_ == "PROPN" or language.goes_before_name(tokens[n + 2].text)
        end = next((k for k, t in enumerate(tokens[n + 2 :], n + 2) if t.text in _ENDS_INSERT), len(tokens))
        source = _inverted(tokens[n + 2 : end], language)
        named = named and any(t.pos_ == "PROPN" and t.text[0].isupper() for t in tokens[n + 2 : end])
        if source is None or not named or end - n > _LONGEST_INSERT:
            continue
        verb, last = tokens[n + 1], tokens[end - 1]
        hole = Span(verb.idx, last.idx + len(last))
        return Beside((_span(verb),), (source,), tuple(without(layout.text, quotation.span, [hole])))
    return None


def _for_whom(tokens: list[Token], language: Language) -> Beside | None:
    """Pour Omar Sy, la loi est « morte-née »: whose view it is stands at the head of the sentence."""
    if len(tokens) < 3 or tokens[0].lower_ not in language.viewpoint or tokens[1].pos_ != "PROPN":
        return None
    first = tokens[0]
    if (
        first.i
        and not first.is_sent_start
        and first.doc[first.i - 1].text not in (".", "»", "”", '"', "?", "!")
    ):
        return None
    end = next((n for n, t in enumerate(tokens) if t.text == ","), 0)
    if not end:
        return None
    last = tokens[end - 1]
    return Beside((_span(first),), (Span(tokens[1].idx, last.idx + len(last)),))


def _before(layout: Layout, tokens: list[Token], language: Language) -> Beside | None:
    """La ministre dénonce « …; "parle d'un « …": nothing but a preposition and an article between."""
    tokens = _without_object(tokens, language)
    between = 0
    while (
        tokens and between < _MOST_BETWEEN and tokens[-1].pos_ in _LEADS_IN and not _is_form(tokens, language)
    ):
        tokens = tokens[:-1]
        between += 1
    if len(tokens) < 2 or not _is_form(tokens, language):
        return None
    verb, inside = tokens[-1], tokens[:-1]
    noun = _subject(verb, inside, language)
    if noun is None:
        return None
    words = (Span(s.start, min(s.end, verb.idx)) for s in source_of(layout, noun) if s.start < verb.idx)
    source = tuple(stripped(layout.text, span) for span in words)
    return Beside((_span(verb),), source) if source else None


def _without_object(tokens: list[Token], language: Language) -> list[Token]:
    """ "qualifie l'attaque de « barbarie »": what is called so stands between the verb and the "de"."""
    if not tokens or tokens[-1].lower_ not in language.naming_by:
        return tokens
    for n in range(len(tokens) - 1, 0, -1):
        if tokens[n].is_punct:
            break
        if language.forms.get(tokens[n].lower_) in language.naming and _is_form(tokens[: n + 1], language):
            return tokens[: n + 1]
    return tokens


def _is_form(tokens: list[Token], language: Language) -> bool:
    """Whether the last of them is a verb of saying; behind an article or a preposition it is a noun."""
    verb = tokens[-1]
    known = verb.lower_ in language.forms
    return known and (len(tokens) < 2 or tokens[-2].pos_ not in _LEADS_IN)


def _subject(verb: Token, inside: list[Token], language: Language) -> Token | None:
    """The subject in the parse, or else the noun before the verb, over what stands between commas."""
    commas = [n for n, t in enumerate(inside[:-1]) if t.text == ","]
    if inside[-1].text == "," and not commas:  # "le plan, dit « vert »"
        return None
    own = subject_of(verb, language)
    if own is not None and own.i < verb.i and own.i >= inside[0].i and not _is_oblique(own):
        return own
    left = list(inside)
    if left[-1].text == ",":
        left = left[: commas[-1]]
    while left and left[-1].pos_ in ("ADV", "AUX", "PART"):
        left.pop()
    noun = left[-1] if left else None
    for _ in range(_STEPS):
        if noun is None or (noun.pos_ in _NOMINAL and not _is_oblique(noun)):
            return noun
        noun = noun.head if inside[0].i <= noun.head.i < noun.i else None
    return None


def _is_oblique(noun: Token) -> bool:
    """ "de la minorité", "à l'État": a noun with a preposition of its own belongs to another."""
    return any(t.pos_ == "ADP" and t.i < noun.i for t in noun.children)


def _span(token: Token) -> Span:
    return Span(token.idx, token.idx + len(token))
