"""Which names mean the same person or thing.

"Kamal Hyder" and "Hyder", "Balochistan Liberation Army" and "BLA": names are gathered
around their fullest form. What letters alone don't tell, ``toolkit.joining`` settles.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from toolkit.given_names import given_names
from toolkit.model import Entity, Label, Mention, Span
from toolkit.paragraphs import paragraphs

# What the model may have taken a surname for. "In Jordan" is not Jim Jordan.
_PERHAPS_SURNAMES = ("ORG", "PLACE", "PRODUCT", "WORK", "FACILITY", "EVENT", "LAW")
_DOTTED = re.compile(r"(?:[A-Z]\.)+[A-Z]?\.?")
WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*\.?")
# The most that a bare surname is sure which two people may be meant by, whomever it was given to.
SHARED = 0.6
_MODIFIES = re.compile(r" [^\W\d_A-Z]")
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "ph.d", "esq"})


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
    kin: bool = False  # named only as somebody's relative: "her brother Imran Khan"
    body: bool = False  # told to be a body: "Dell chief executive", "Toyota, the carmaker,"
    pronoun: str = ""  # "m" or "f" by the pronoun in what it says: "Carter said she …"
    paragraph: int = 0
    modifies: bool = False  # tells the kind of what follows: "the Halvorsen family"


def named(
    text: str,
    span: Span,
    label: Label,
    *,
    located: bool = False,
    gender: str = "",
    score: float | None = None,
    kin: bool = False,
    body: bool = False,
    pronoun: str = "",
) -> Name:
    """The name at a span of a text."""
    words = WORD.findall(text[slice(*span)])
    if label == "PERSON":
        words = without_honours(words)
    folded = tuple(plain(w) for w in words)
    name = Name(span, label, text[slice(*span)], folded, located=located, gender=gender, score=score)
    here = bisect_right(_starts(text), span.start)
    modifies = located and bool(_MODIFIES.match(text, span.end))
    return replace(name, kin=kin, body=body, pronoun=pronoun, paragraph=here, modifies=modifies)


@functools.lru_cache(maxsize=1)
def _starts(text: str) -> list[int]:
    return [p.start for p in paragraphs(text)]


def without_honours(words: list[str]) -> list[str]:
    """Without the letters behind a name ("Raj Chaddha KC", "Ann Poe OBE MP"); two words are left, for
    a surname may be written so as well, and all of a name in capitals is."""
    last = len(words)
    if not all(w.isupper() for w in words):
        while last > 2 and is_honour(words[last - 1]):
            last -= 1
    return words[:last]


def is_honour(word: str) -> bool:
    """Whether a word is two to four capitals, as "KC" and "O.B.E." are."""
    letters = word.replace(".", "")
    return 2 <= len(letters) <= 4 and letters.isalpha() and letters.isupper() and plain(word) not in SUFFIXES


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
    gender: str = ""  # by a title, else by the given name
    titled: bool = False
    kin: int | None = None  # where it is first named as somebody's relative
    family: dict[Group, None] = field(default_factory=dict)  # all with its surname, itself as well

    def learn(self, name: Name) -> None:
        """What a name of the group tells of all of it."""
        if name.gender and not self.titled:
            self.gender, self.titled = name.gender, True
        elif not self.gender and name.label == "PERSON" and len(name.words) > 1:
            self.gender = given_names().get(name.words[0], "")
        if name.kin:
            self.kin = min(name.span.start, self.kin if self.kin is not None else name.span.start)

    def excludes(self, name: Name) -> bool:
        """ "Mr. Rao" is not Lakshmi Rao, nor "Smt. Rao"."""
        return len(name.words) == 1 and {name.gender, self.gender} == {"m", "f"}

    def entity(self, name: str, origin: str) -> Entity:
        # The fullest form is the name; of equally full ones the first.
        # A headline capitalises all its words, and the model takes its verbs into the name ("Obama Says").
        fullest = min(self.names, key=lambda n: (n.in_headline, -len(n.words), -len(n.text), n.span))
        votes = Counter(n.label for n in self.names)
        label = max(votes, key=lambda v: (v == self.label == "PERSON", votes[v], v == fullest.label))
        mentions = tuple(
            Mention(n.span, origin, score=self._trust(n)) for n in sorted(self.names, key=lambda n: n.span)
        )
        return Entity(name, label, fullest.span, mentions)

    def _trust(self, name: Name) -> float | None:
        """The probability of a name; a bare surname that may be another's is less sure."""
        if len(name.words) != 1 or self.label != "PERSON":
            return name.score
        able = [g for g in self.family if g.may_be(name)]
        gender = name.gender or name.pronoun
        of_sex = [g for g in able if gender and g.gender == gender]
        if len(able) < 2 or of_sex == [self] or (self in able and self._is_told(name, able)):
            return name.score
        return min(name.score or SHARED, SHARED)

    def may_be(self, name: Name) -> bool:
        """Whether a surname alone may mean this person: named in full before, not only as a relative
        of somebody's, and of that sex."""
        full = [n for n in self.names if len(n.words) > 1]
        gender = name.gender or name.pronoun
        known = any(n.span < name.span or name.in_headline for n in full)
        return known and not all(n.kin for n in full) and {gender, self.gender} != {"m", "f"}

    def _is_told(self, name: Name, able: list[Group]) -> bool:
        """Whether the paragraph names this one of them in full before, and none of the others."""
        here = {g: [n for n in g.names if n.paragraph == name.paragraph and len(n.words) > 1] for g in able}
        others = any(names for group, names in here.items() if group is not self)
        return not name.modifies and not others and any(n.span < name.span for n in here[self])


class Register:
    """The groups by whole names, and by the shorter forms under which a name is found again.

    ``names`` are all that are to be gathered: what is a body, and who is a relative, is known beforehand.
    """

    def __init__(self, names: Collection[Name]) -> None:
        self._whole: dict[str, Group] = {}
        self._short: dict[str, dict[Group, None]] = {}
        self._given: dict[str, dict[Group, None]] = {}
        self._middle: dict[str, dict[Group, None]] = {}
        self._families: dict[str, dict[Group, None]] = {}
        self._bodies = _bodies(names)
        self._kin: dict[str, int] = {}
        for name in names:
            if name.kin:
                self._kin.setdefault(" ".join(name.words), name.span.start)

    def add(self, name: Name, group: Group) -> None:
        group.learn(name)
        whole = " ".join(name.words)
        self._add_whole(name, whole, group)
        self._add_family(name, group)
        for form in _short_forms(name):
            self._short.setdefault(form, {})[group] = None
        if name.label == "PERSON" and len(name.words) > 1:
            self._given.setdefault(name.words[0], {})[group] = None
            for word in _middle_words(name):
                self._middle.setdefault(word, {})[group] = None

    def _add_family(self, name: Name, group: Group) -> None:
        words = [w for w in name.words if w not in SUFFIXES]
        if name.label == "PERSON" and words and (len(words) > 1 or not group.family):
            group.family = self._families.setdefault(words[-1], {})
            if len(words) > 1:
                group.family[group] = None

    def _add_whole(self, name: Name, whole: str, group: Group) -> None:
        keys = (f"{name.label}:{whole}", whole)
        if name.gender and len(name.words) == 1:
            self._whole.setdefault(f"{name.gender}:{whole}", group)
            namesakes = self._short.get(whole, {})
            if len(namesakes) == 1 and group not in namesakes:
                return  # "Mr. Rao" beside Lakshmi Rao: "Rao" alone is still hers
            if (before := self._whole.get(whole)) and before is not group and before.excludes(name):
                self._whole.update(dict.fromkeys(keys, group))  # of Mr. and Smt. Rao the last one named
        for key in keys:
            self._whole.setdefault(key, group)

    def home(self, name: Name) -> Group | None:
        """The group that a name belongs to. A surname that two people share belongs to neither yet."""
        whole = " ".join(name.words)
        people = self._people(name, whole)
        if group := self._whole.get(f"{name.label}:{whole}") or self._whole.get(whole):
            is_firm = name.label == "PERSON" != group.label and whole in self._bodies and len(people) == 1
            group = people[0] if is_firm else group
            return self._whole.get(f"{name.gender}:{whole}") if group.excludes(name) else group
        may_be_surname = len(name.words) == 1 and name.label in _PERHAPS_SURNAMES and not name.located
        if name.label != "PERSON" and not (may_be_surname and whole not in self._bodies):
            return None
        if len(people) != 1 or people[0].excludes(name) or self._is_relative(name, whole, people[0]):
            return None
        people[0].label = "PERSON"
        return people[0]

    def _people(self, name: Name, whole: str) -> list[Group]:
        """Who may be meant: by surname, by given name, by a name between ("Lula"); "Chaddha KC" by the
        first of two words."""
        found = self._short.get(whole) or self._given.get(whole)
        if name.label == "PERSON" and not found:
            found = self._middle.get(whole)
            if not found and len(name.words) == 2 and is_honour(name.text.split()[-1]):
                found = self._short.get(name.words[0])
            if not found:
                # A person's surname stands alone elsewhere: then the full name is a person's as well.
                found = dict.fromkeys([*self._short.get(f"?{whole}", ())][:1])
        return [*found] if found else []

    def _is_relative(self, name: Name, whole: str, group: Group) -> bool:
        """ "Luis Diego" and "Luis Manuel Diego, his father": the one was named before, and the other as
        somebody's relative."""
        if len(name.words) < 2:
            return False
        kin = self._kin.get(whole)
        if kin is not None and any(n.span.start < kin for n in group.names):
            return True
        return group.kin is not None and name.span.start < group.kin


def _bodies(names: Iterable[Name]) -> set[str]:
    """The single words that are no surname: told to be a body once, or labelled as one twice."""
    single = [n for n in names if n.label == "ORG" and len(n.words) == 1]
    votes = Counter(n.words[0] for n in single)
    return {n.words[0] for n in single if n.body or votes[n.words[0]] > 1}


def _short_forms(name: Name) -> set[str]:
    words = [w for w in name.words if w not in SUFFIXES]
    if name.label == "PERSON" and len(words) > 1:
        return {words[-1], " ".join(words[-2:]), f"{words[0]} {words[-1]}"} - {" ".join(name.words)}
    if name.label in ("ORG", "PLACE") and len(words) in (2, 3) and looks_like_person(name.text):
        return {f"?{words[-1]}"}
    return set()


def _middle_words(name: Name) -> list[str]:
    """The words between given name and surname that somebody may be called by; no particle, no initial."""
    capital = {plain(w) for w in WORD.findall(name.text) if w[0].isupper() and len(w) > 2 and w[-1] != "."}
    return [w for w in name.words[1:-1] if w in capital]
