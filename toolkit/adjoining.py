"""A verb of saying right beside the marks: « une dérive », « C'est fini », souffle Omar Sy.

For languages whose tagger is apt to take "dénonce" or "souffle" for a noun: the verb is known by its
form (``Language.forms``) and by its place, which is next to a quotation and not behind an article.
"""

from __future__ import annotations

from spacy.tokens import Token

from toolkit.beside import Beside, starts_with_capital
from toolkit.foregoing import subject_before
from toolkit.languages import Language
from toolkit.layout import Layout, without
from toolkit.model import Span

_NOMINAL = ("NOUN", "PROPN", "PRON")
_LEADS_IN = ("ADP", "DET")  # "parle d'un « vote de trouille »"
_MOST_BETWEEN = 2
_LONGEST_INSERT = 14  # tokens
_ENDS_SPEECH = (",", "?", "!", "…")
_ENDS_INSERT = (",", ".", "?", "!", "…", ":", ";")
_ENDS_SENTENCE = (".", "?", "!", "…")


def adjoining(layout: Layout, i: int, language: Language | None) -> Beside | None:
    """The cue right before or right behind quotation ``i``, with the noun phrase that is its subject."""
    if language is None or not language.forms:
        return None
    if found := _behind(layout.after(i), language):
        return found
    before = layout.before(i)
    if not starts_with_capital(layout, i) and (
        found := _before(before, language) or _for_whom(before, language)
    ):  # what is called by a name or a title has a capital: « La Nuit des phares »
        return found
    return inserted_name(layout, i, language) if _is_closed(layout, i) else None


def _is_closed(layout: Layout, i: int) -> bool:
    """Whether a quotation ends its sentence, so that nothing behind it is its cue."""
    after = layout.text[layout.quotations[i].span.end :].lstrip()[:1]
    inner = layout.text[slice(*layout.quotations[i].inner)].rstrip()
    return inner.endswith(_ENDS_SENTENCE) and after != "," and not after.islower()


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
    named = any(t.pos_ in ("NOUN", "PROPN") or t.text[0].isupper() for t in tokens[:end])
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


def inserted_name(layout: Layout, i: int, language: Language | None) -> Beside | None:
    """« Nous irons, souffle Omar Sy à la presse. Demain. »: a verb of saying and a name between commas.

    In "« Le port, dit Omar Sy, est à tous », a rappelé Ida Bell" she is who speaks: ask for a cue beside
    the marks before.
    """
    if language is None or not language.forms:
        return None
    quotation, after = layout.quotations[i], layout.after(i)
    if after and after[0].pos_ in ("VERB", "AUX"):
        return None  # « La mer, dit Omar Sy, s'en va » est un film
    tokens = [t for t in layout.tokens(quotation.inner) if not t.is_space]
    for n, token in enumerate(tokens[:-2]):
        if token.text not in _ENDS_SPEECH or tokens[n + 1].lower_ not in language.forms:
            continue
        named = tokens[n + 2].text[0].isupper() or language.goes_before_name(tokens[n + 2].text)
        end = next((k for k, t in enumerate(tokens[n + 2 :], n + 2) if t.text in _ENDS_INSERT), len(tokens))
        source = _inverted(tokens[n + 2 : end], language)
        named = named and any(t.text[0].isupper() for t in tokens[n + 2 : end])
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
    if not first.text[0].isupper():  # « La mer » pour Omar Sy, …
        return None
    end = next((n for n, t in enumerate(tokens) if t.text == ","), 0)
    if not end:
        return None
    last = tokens[end - 1]
    return Beside((_span(first),), (Span(tokens[1].idx, last.idx + len(last)),))


def _before(tokens: list[Token], language: Language) -> Beside | None:
    """La ministre dénonce « …; "parle d'un « …": nothing but a preposition and an article between."""
    tokens = _without_object(tokens, language)
    between = 0
    while tokens and between < _MOST_BETWEEN and _leads_in(tokens[-1]) and not _is_form(tokens, language):
        tokens = tokens[:-1]
        between += 1
    if len(tokens) < 2 or not _is_form(tokens, language):
        return None
    verb, subject = tokens[-1], subject_before(tokens[:-1], language)
    if not subject:
        return None
    last = subject[-1]
    return Beside((_span(verb),), (Span(subject[0].idx, last.idx + len(last)),))


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
    known = verb.text in language.forms  # "Cite" is a name
    return known and (len(tokens) < 2 or tokens[-2].pos_ not in _LEADS_IN)


def _leads_in(token: Token) -> bool:
    return token.pos_ in _LEADS_IN or token.text in "'’"  # "parle d' « … »"


def _span(token: Token) -> Span:
    return Span(token.idx, token.idx + len(token))
