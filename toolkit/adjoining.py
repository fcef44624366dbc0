"""A verb of saying right beside the marks: « une dérive », « C'est fini », souffle Omar Sy.

For languages whose tagger is apt to take "dénonce" or "souffle" for a noun: the verb is known by its
form (``Language.forms``) and by its place, which is next to a quotation and not behind an article.
"""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Token

from toolkit.beside import Beside, starts_with_capital
from toolkit.foregoing import subject_before
from toolkit.languages import Language
from toolkit.layout import Layout, without
from toolkit.model import Span
from toolkit.reporting import is_participle

_NOMINAL = ("NOUN", "PROPN", "PRON")
_LEADS_IN = ("ADP", "DET")  # "parle d'un « vote de trouille »"
_MOST_BETWEEN = 2
_LONGEST_FORM = 4  # tokens: "a tenu à préciser"
_LONGEST_INSERT = 14  # tokens
_ENDS_SPEECH = (",", "?", "!", "…")
_ENDS_INSERT = (",", ".", "?", "!", "…", ":", ";")


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
    return _inserted_name(layout, i, language)


def called_by(layout: Layout, i: int, language: Language) -> Beside | None:
    """The plan, called "a disgrace" by Omar Sy: whose words they are stands behind them."""
    before, after = layout.before(i), layout.after(i)
    if not before or not after or after[0].lower_ not in language.agents or starts_with_capital(layout, i):
        return None
    verbs = before[: -_MOST_BETWEEN - 1 : -1]  # "described as a “…”"
    verb = next((t for t in verbs if t.pos_ not in _LEADS_IN), verbs[-1])
    known = verb.lower_ in language.participles or _is_said(verb, language)
    by = after[0].dep_ in language.syntax.agent and after[0].head == verb  # of a finite verb for the tagger
    passive = by or is_participle(verb, language)
    source = _inverted(after[1:], language) if known and passive else None
    return Beside((_span(verb),), (source,)) if source and _may_speak(layout, source, language) else None


def _may_speak(layout: Layout, source: Span, language: Language) -> bool:
    """Whether words behind "by" are somebody's, and no date: a name, a role or a body, or several people."""
    if any(m.span.overlaps(source) for e in layout.doc._.entities for m in e.mentions):
        return True
    kinds = {*language.roles, *language.bodies, *language.gendered}
    times = {*language.dates.get("unit", ()), *language.dates.get("units", ())}
    nouns = [t for t in layout.tokens(source) if t.pos_ == "NOUN" and t.lower_ not in times]
    return any(t.lower_ in kinds or "Number=Plur" in t.morph for t in nouns)


def _is_said(verb: Token, language: Language) -> bool:
    return "speech" in language.cues.get(verb.lemma_.lower(), {}).values()


def _behind(tokens: list[Token], language: Language) -> Beside | None:
    """ "…", souffle Omar Sy; "…", se félicite Omar Sy; "…", comme le dit Omar Sy. Nobody is named in "…",
    répète-t-on."""
    if tokens and tokens[0].text == ",":
        tokens = tokens[1:]
    start = _length(tokens, language.before_cue)
    length = _length(tokens[start:], language.forms)
    if start and not length:  # "s’est désolé"
        length = _length(tokens[start : start + 1], language.participles)
    if not length or (start and tokens[start].text in language.roles):  # "comme le juge Omar Sy"
        return None
    cue, rest = tokens[start : start + length], tokens[start + length :]
    source = _inverted(rest, language)
    if source is None and not (rest and rest[0].text[0] == "-"):
        return None
    return Beside((Span(cue[0].idx, cue[-1].idx + len(cue[-1])),), (source,) if source else ())


def _length(tokens: list[Token], phrases: Collection[str]) -> int:
    """How many tokens the longest phrase has that they begin with: "souffle", "a fait valoir"; 0 for none."""
    words = [t.text for t in tokens[:_LONGEST_FORM]]
    return next((n for n in range(len(words), 0, -1) if " ".join(words[:n]) in phrases), 0)


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
    tokens = tokens[_length(tokens, language.asides) :]
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
        if token.is_punct or (_is_small(token, "ADP") and not (within and token.lower_ == "de")):
            return n
    return len(tokens)


def _is_small(token: Token, pos: str) -> bool:
    """Of a kind of words, and not a name that is taken for one."""
    return token.pos_ == pos and not token.text[0].isupper()


def _inserted_name(layout: Layout, i: int, language: Language) -> Beside | None:
    """« Nous irons, souffle Omar Sy à la presse. Demain. »: a verb of saying and a name between commas.

    In "« Le port, dit Omar Sy, est à tous », a rappelé Ida Bell" she is who speaks.
    """
    quotation, after = layout.quotations[i], layout.after(i)
    if layout.before(i):
        return None  # Ida Bell ironise : « Le port, dit Omar Sy, est à tous. »
    if after and (after[0].text == "," or after[0].pos_ in ("VERB", "AUX")):
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
    if tokens and tokens[-1].text in "'’":  # "parle d’« … »": two tokens
        tokens = tokens[:-1]
    tokens = _without_object(tokens, language)
    if tokens and tokens[-1].lower_ in language.dates.get("weekday", ()):  # "a évoqué mardi « …"
        tokens = tokens[:-1]
    between = 0
    while tokens and between < _MOST_BETWEEN and tokens[-1].pos_ in _LEADS_IN:
        if _is_form(tokens, language):
            break
        tokens = tokens[:-1]
        between += 1
    if len(tokens) < 2 or not _is_form(tokens, language):
        return None
    verbs = _with_perfect(tokens, language) or 1
    subject = subject_before(tokens[:-verbs], language)
    if not subject:
        return None
    first, last = tokens[-verbs], subject[-1]
    cue = Span(first.idx, tokens[-1].idx + len(tokens[-1]))
    return Beside((cue,), (Span(subject[0].idx, last.idx + len(last)),))


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
    """Whether the last of them is a verb of saying, "dénonce" or "a dénoncé"; behind an article or a
    preposition it is a noun."""
    verb, before = tokens[-1], tokens[-2:-1]
    if _with_perfect(tokens, language):
        return True
    known = verb.text in language.forms  # "Cite" is a name
    return known and not (before and before[0].pos_ in _LEADS_IN)


def _with_perfect(tokens: list[Token], language: Language) -> int:
    """How many tokens "avait déjà dénoncé" has at their end; 0 for none."""
    n = len(tokens) - 2
    while n >= 0 and tokens[n].pos_ == "ADV":
        n -= 1
    known = n >= 0 and tokens[n].lower_ in language.perfect and tokens[-1].text in language.participles
    return len(tokens) - n if known else 0


def _span(token: Token) -> Span:
    return Span(token.idx, token.idx + len(token))
