"""What the words around a name tell of it: he or she, somebody's relative, a body.

"Mrs Marsh", "Carter said she", "her brother Imran Khan", "Dell chief executive".
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from toolkit.languages import Language
from toolkit.model import Span
from toolkit.namesakes import Name

_KIN_WITHIN, _OWNER_WITHIN, _ROLE_WITHIN, _BODY_WITHIN = 5, 4, 4, 6  # tokens


def with_evidence(name: Name, doc: Doc, ent: TokenSpan, language: Language) -> Name:
    """With what the words around it tell."""
    if name.label == "ORG":
        return replace(name, body=_is_body(ent, language))
    if name.label != "PERSON":
        return name
    noun = _kin_noun(ent, language)
    gender = _title(doc, name.span, ent, language) or (noun and language.gendered[noun]) or ""
    kin = noun is not None and len(name.words) > 1
    return replace(name, kin=kin, gender=gender, pronoun=_pronoun_said(ent, language))


def _title(doc: Doc, span: Span, ent: TokenSpan, language: Language) -> str:
    """ "m" or "f" by the title before a name, or at its head: "Mrs Marsh"."""
    words = [t.lower_ for t in doc[max(ent.start - 1, 0) : ent.end] if t.idx < span.start]
    return next((g for w in words[::-1] if (g := language.titles.get(w, "")) in ("m", "f")), "")


def _kin_noun(ent: TokenSpan, language: Language) -> str | None:
    """The noun that names somebody as another's relative, "" where the other is: "her brother Imran
    Khan", "whose husband, Mark Carter", "Luis Diego, his father"; "daughter of John Poe". None for others."""
    doc = ent.doc
    over_comma = doc[ent.end : ent.end + 1].text == ","
    head = doc[ent.end + 1 : ent.end + 1 + _OWNER_WITHIN * over_comma]
    if len(head) and _owns(head[0]) and head[0].tag_ != "WP$":  # not "Laura Carter, whose husband"
        noun = next((t for t in head[1:] if _is_kin(t, language)), None)
        closed = noun is not None and (noun.i + 1 == len(doc) or doc[noun.i + 1].text in (",", ".", ")", ";"))
        listed = noun is not None and doc[noun.i + 1 : noun.i + 3].text.endswith(("and", "&"))
        if noun is not None and closed and not listed:
            return noun.lower_
    i, commas = ent.start - 1, 0
    while i >= max(ent.start - _KIN_WITHIN, 0) and not _is_kin(doc[i], language):
        commas += doc[i].text == ","
        passed = doc[i].pos_ in ("ADJ", "NOUN", "PROPN", "DET", "ADP") or doc[i].text == ","
        if not passed or commas > 1 or doc[i].is_sent_start:
            return None
        i -= 1
    if i < max(ent.start - _KIN_WITHIN, 0):
        return None
    between = doc[i + 1 : ent.start]
    if len(between) and between[0].pos_ == "ADP":
        return None if commas else ""
    if any(t.pos_ == "ADP" for t in between) or (commas and between[0].text != ","):
        return None
    owner = any(_owns(t) for t in doc[max(i - _OWNER_WITHIN, 0) : i] if t.sent == doc[i].sent)
    return doc[i].lower_ if owner else None


def _is_kin(token: Token, language: Language) -> bool:
    """ "Brother", "wife"; not "spokesman", which is a role."""
    return token.lower_ in language.gendered and token.lower_ not in language.roles


def _owns(token: Token) -> bool:
    return token.tag_ == "POS" or "Yes" in token.morph.get("Poss", [])


def _pronoun_said(ent: TokenSpan, language: Language) -> str:
    """ "m" or "f" by the subject of what somebody says of himself or herself: "Carter said (that) she …"."""
    after = [t for t in ent.doc[ent.end : ent.end + 3] if t.lower_ not in language.relatives]
    if len(after) < 2 or "speech" not in language.cues.get(after[0].lemma_.lower(), {}).values():
        return ""
    pronoun = language.pronouns.get(after[1].lower_)
    said = pronoun and pronoun.person and pronoun.number == "one"
    return pronoun.gender if pronoun and said and after[1].dep_ in language.syntax.subject else ""


def _is_body(ent: TokenSpan, language: Language) -> bool:
    """Whether a name of one word is told to be a body: "Dell chief executive", "Toyota, the carmaker,"."""
    doc, stop = ent.doc, ent.end
    if doc[stop : stop + 1].text != ",":
        for token in doc[stop : stop + _ROLE_WITHIN]:
            if token.pos_ not in ("NOUN", "ADJ", "PROPN") or token.lower_ in language.roles:
                return token.lower_ in language.roles
        return False
    appositive = doc[stop + 1 : stop + 1 + _BODY_WITHIN]
    if not len(appositive) or appositive[0].lower_ not in language.articles:
        return False
    for token in appositive:
        if token.is_punct or token.pos_ in ("VERB", "AUX"):
            return False
        if token.lower_ in language.bodies:
            return True
    return False
