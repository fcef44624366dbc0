"""Roles at names, and roles that stand for names: what they say, and whether two can be one person's.

A role is its noun with what tells it from others of its kind: "deputy mayor", "the Indian prime
minister", "the union's lawyer", "chairman of the bank". Two roles of one noun are not the same
person's where the rank differs, or where each is told apart and no word of the one is in the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from spacy.tokens import Doc, Token

from toolkit.languages import Language

NOMINAL = ("NOUN", "PROPN", "ADJ")
_BEFORE, _BEHIND = 6, 6  # tokens


class Role(NamedTuple):
    """A role in small letters; ``ranks`` such as "deputy", ``own`` what else tells it from others.
    ``title`` tells that it stands right before a name with a capital, ``owned`` that it is
    somebody's ("the bank's chairman"), ``sole`` that a country has but one."""

    head: str
    ranks: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    title: bool = False
    owned: bool = False
    sole: bool = False

    def may_be(self, held: Role) -> bool:
        """Whether words that say this can mean somebody who holds that."""
        if self.head != held.head or self.ranks != held.ranks:
            return False
        return not self.own or bool(self.own & held.own)

    def contradicts(self, held: Role) -> bool:
        """Whether nobody can be both: another rank, or told apart by other words."""
        if self.head != held.head:
            return False
        if self.ranks != held.ranks:
            return True
        # "The Ukrainian president" is hardly "President Trump"; the Vermont senator may be Sen. Sanders.
        return bool(self.own and (held.own or self.sole) and not self.own & held.own)


def read(role: Token, language: Language, *, first: int = 0, title: bool = False) -> Role:
    """The role that a noun is the head of. Nothing is read before the token ``first``."""
    doc = role.doc
    own, ranks = set[str](), set[str]()
    for word in _before(doc, role.i, language, first):
        (ranks if word in language.ranks else own).add(word)
    own |= set(_behind(doc, role.i + 1, language))
    head = language.title_roles.get(role.lower_, role.lower_)
    left = doc[max(role.i - _BEFORE, first) : role.i]
    owned = any(t.tag_ == "POS" for t in left)
    sole = head in language.offices or any(f"{w} {head}" in language.offices for w in ranks)
    return Role(head, frozenset(ranks), frozenset(own - language.former), title, owned, sole)


def _before(doc: Doc, at: int, language: Language, first: int) -> Iterable[str]:
    i = at - 1
    while i >= max(at - _BEFORE, first) and (
        doc[i].pos_ in NOMINAL or doc[i].tag_ in ("POS", "HYPH") or doc[i].text == "-"
    ):
        if doc[i].is_alpha or "." in doc[i].text:
            yield _folded(doc[i].lower_)
        i -= 1


def _behind(doc: Doc, at: int, language: Language) -> Iterable[str]:
    """ "Chairman of the bank": the words of the phrase under the preposition."""
    if at >= len(doc) or doc[at].pos_ != "ADP":
        return
    for token in doc[at + 1 : at + 1 + _BEHIND]:
        if token.pos_ not in (*NOMINAL, "DET") and token.tag_ != "POS":
            return
        if token.pos_ in NOMINAL:
            yield _folded(token.lower_)


def _folded(word: str) -> str:
    return word.replace(".", "").replace("’", "'")
