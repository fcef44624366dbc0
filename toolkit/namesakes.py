"""Which names mean the same person or thing.

"Kamal Hyder" and "Hyder", "Balochistan Liberation Army" and "BLA": names are gathered
around their fullest form. What letters alone don't tell, ``toolkit.joining`` settles.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from toolkit.model import Entity, Label, Mention, Span

# What the model may have taken a surname for. "In Jordan" is not Jim Jordan.
_PERHAPS_SURNAMES = ("ORG", "PLACE", "PRODUCT", "WORK", "FACILITY", "EVENT", "LAW")
_DOTTED = re.compile(r"(?:[A-Z]\.)+[A-Z]?\.?")
WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*\.?")
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


@dataclass(frozen=True, slots=True)
class Name:
    """A mention on its way to its entity; ``words`` are folded for comparing."""

    span: Span
    label: Label
    text: str
    words: tuple[str, ...]
    in_headline: bool = False
    located: bool = False  # behind a preposition, as places are
    gender: str = ""  # "m" or "f" by a title before it
    score: float | None = None  # a probability


def named(
    text: str,
    span: Span,
    label: Label,
    *,
    located: bool = False,
    gender: str = "",
    score: float | None = None,
) -> Name:
    """The name at a span of a text."""
    words = text[slice(*span)]
    folded = tuple(plain(w) for w in WORD.findall(words))
    return Name(span, label, words, folded, located=located, gender=gender, score=score)


def plain(word: str) -> str:
    """A word for comparing: small letters, straight apostrophe, no dots."""
    if _DOTTED.fullmatch(word):  # U.S. is US
        word = word.replace(".", "")
    return word.replace("’", "'").rstrip(".").casefold()


def looks_like_person(text: str) -> bool:
    """Two to four words, each with one capital at its head."""
    words = text.split()
    return 2 <= len(words) <= 4 and all(w[:1].isupper() and w[1:].islower() for w in words)


@dataclass(slots=True, eq=False)
class Group:
    """The names of one person or thing."""

    label: Label
    text: str
    names: list[Name] = field(default_factory=list)

    def entity(self, name: str, origin: str) -> Entity:
        # The fullest form is the name; of equally full ones the first.
        # A headline capitalises all its words, and the model takes its verbs into the name ("Obama Says").
        fullest = min(self.names, key=lambda n: (n.in_headline, -len(n.words), -len(n.text), n.span))
        votes = Counter(n.label for n in self.names)
        label = max(votes, key=lambda v: (v == self.label == "PERSON", votes[v], v == fullest.label))
        mentions = tuple(
            Mention(n.span, origin, score=n.score) for n in sorted(self.names, key=lambda n: n.span)
        )
        return Entity(name, label, fullest.span, mentions)


class Register:
    """The groups by whole names, and by the shorter forms under which a name is found again."""

    def __init__(self) -> None:
        self._whole: dict[str, Group] = {}
        self._short: dict[str, list[Group]] = {}
        self._given: dict[str, list[Group]] = {}

    def add(self, name: Name, group: Group) -> None:
        whole = " ".join(name.words)
        for key in (f"{name.label}:{whole}", whole):
            self._whole.setdefault(key, group)
        forms = [(self._short, form) for form in _short_forms(name)]
        if name.label == "PERSON" and len(name.words) > 1:
            forms.append((self._given, name.words[0]))
        for table, form in forms:
            groups = table.setdefault(form, [])
            if group not in groups:
                groups.append(group)

    def home(self, name: Name) -> Group | None:
        """The group that a name belongs to. A surname that two people share belongs to neither yet."""
        whole = " ".join(name.words)
        if group := self._whole.get(f"{name.label}:{whole}") or self._whole.get(whole):
            return group
        people = self._short.get(whole, []) or self._given.get(whole, [])
        may_be_surname = len(name.words) == 1 and name.label in _PERHAPS_SURNAMES and not name.located
        if name.label != "PERSON" and not may_be_surname:
            return None
        if name.label == "PERSON" and not people:
            # A person's surname stands alone elsewhere: then the full name is a person's as well.
            people = self._short.get(f"?{whole}", [])[:1]
        if len(people) != 1:
            return None
        people[0].label = "PERSON"
        return people[0]


def _short_forms(name: Name) -> set[str]:
    words = [w for w in name.words if w not in SUFFIXES]
    if name.label == "PERSON" and len(words) > 1:
        return {words[-1], " ".join(words[-2:]), f"{words[0]} {words[-1]}"} - {" ".join(name.words)}
    if name.label in ("ORG", "PLACE") and len(words) in (2, 3) and looks_like_person(name.text):
        return {f"?{words[-1]}"}
    return set()
