"""Whom a pronoun or a description means: the persons and bodies before it, weighed.

Every entity named of late is a candidate, and so is nobody ("none"): the words may mean
somebody whom the text never names. What speaks for each is counted up with weights that were
learned from labelled articles (see ``training/antecedents.py``), and the sums become
probabilities by a softmax, a ranking of mentions as in Denis and Baldridge, "Specialized
models and ranking for coreference resolution" (EMNLP 2008).
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Collection, Mapping, Sequence
from importlib import resources
from typing import Literal, NamedTuple, TypeAlias

from toolkit.layout import Layout
from toolkit.model import Entity, Span
from toolkit.people import Named, People
from toolkit.roles import Role

Kind: TypeAlias = Literal["he", "she", "it", "they", "role", "body", "place"]
Features: TypeAlias = dict[str, float]

_MENTIONS_BACK = 60
_MOST = 12  # candidates
_NEAR = 2  # paragraphs
_GENDERS = {"he": "m", "she": "f"}
_LABELS = {
    "he": ("PERSON",),
    "she": ("PERSON",),
    "role": ("PERSON",),
    "it": ("ORG", "PLACE", "GROUP"),
    "body": ("ORG", "GROUP"),
    "place": ("PLACE",),
    "they": ("PERSON", "ORG", "PLACE", "GROUP"),
}


class Anaphor(NamedTuple):
    """Words that mean somebody named elsewhere: where they stand, what they can mean, what is said,
    and the role that they tell."""

    offset: int
    kind: Kind
    content: tuple[Span, ...] = ()
    role: Role | None = None


class Spoke(NamedTuple):
    """Who spoke last, and where."""

    offset: int
    entity: Entity


class Ranked(NamedTuple):
    """A candidate with its probability; ``entity`` is None for nobody."""

    entity: Entity | None
    probability: float


def rank(
    anaphor: Anaphor, people: People, layout: Layout, spoke: Spoke | None, told_of: Collection[int] = ()
) -> list[Ranked]:
    """The candidates, the likeliest first. ``told_of`` are the
    offsets of the names in the statements before."""
    candidates = features(anaphor, people, layout, spoke, told_of)
    weights = learned()["antecedents"]
    sums = [sum(weights.get(name, 0.0) * value for name, value in f.items()) for _, f in candidates]
    most = max(sums)
    odds = [math.exp(s - most) for s in sums]
    total = sum(odds)
    ranked = [Ranked(entity, o / total) for (entity, _), o in zip(candidates, odds, strict=True)]
    return sorted(ranked, key=lambda r: -r.probability)


@functools.cache
def learned() -> Mapping[str, Mapping[str, float]]:
    """What was learned from labelled articles: the weights of ``antecedents``, and of ``certainty``."""
    data = (resources.files("toolkit") / "speakers.json").read_text(encoding="utf-8")
    found: Mapping[str, Mapping[str, float]] = json.loads(data)
    return found


def certainty(how: str, antecedent: float | None, statement: float | None) -> float:
    """The probability that a named speaker is the right one, by how he or she was found.

    ``antecedent`` is the probability that a pronoun or a description means that person, and
    ``statement`` the one that the words said and their source were found rightly, where there is one.
    """
    weights = learned()["certainty"]
    found = evidence(how, antecedent, statement)
    total = sum(weights.get(name, 0.0) * value for name, value in found.items())
    return round(1 / (1 + math.exp(-total)), 4)


def evidence(how: str, antecedent: float | None, statement: float | None) -> Features:
    """What ``certainty`` weighs."""
    found: Features = {"always": 1.0, how: 1.0}
    if antecedent is not None:
        found["antecedent"] = _logit(antecedent)
    if statement is not None:
        found["statement"] = _logit(statement)
    else:
        found["marks-only"] = 1.0
    return found


def _logit(probability: float) -> float:
    p = min(max(probability, 0.01), 0.99)
    return math.log(p / (1 - p))


def features(
    anaphor: Anaphor, people: People, layout: Layout, spoke: Spoke | None, told_of: Collection[int] = ()
) -> list[tuple[Entity | None, Features]]:
    """What speaks for each candidate; nobody comes last."""
    latest: dict[str, Named] = {}  # the nearest mention of each, rather one outside of quotations
    seen: dict[str, int] = {}
    for name in people.before(anaphor.offset, _MENTIONS_BACK):
        said_of = any(s.start <= name.span.start < s.end for s in anaphor.content)
        titled = people.titled(name.entity)
        other = anaphor.kind in _GENDERS and titled not in ("", _GENDERS[anaphor.kind])
        if name.entity.label not in _LABELS[anaphor.kind] or said_of or other:
            continue
        if anaphor.role and not _may_hold(name.entity, anaphor.role, people):
            continue
        seen[name.entity.id] = seen.get(name.entity.id, 0) + 1
        if name.entity.id not in latest or (latest[name.entity.id].quoted and not name.quoted):
            latest[name.entity.id] = name
    nearest = sorted(latest.values(), key=lambda n: -n.span.start)[:_MOST]
    if gender := _GENDERS.get(anaphor.kind):
        nearest = _fitting(nearest, gender, people, layout.paragraph_number(anaphor.offset))
    view = _View(anaphor, people, layout, spoke, told_of, nearest)
    found: list[tuple[Entity | None, Features]] = [
        (name.entity, view.of(place, name, seen[name.entity.id])) for place, name in enumerate(nearest)
    ]
    return [*found, (None, view.of_nobody(nearest))]


def _may_hold(entity: Entity, role: Role, people: People) -> bool:
    """Whether nothing at the names speaks against somebody's being what a description says. Whose
    office stands before the name ("Justice Holm") is called by that; a role without a word more, or
    one of somebody's ("the bank's chairman"), is not that of who is known to be something else."""
    held = people.roles_of(entity)
    if any(role.contradicts(other) for other in held):
        return False
    if not held or any(role.head == other.head for other in held):
        return True
    return bool(role.own or role.ranks) and not role.owned and not any(other.title for other in held)


def _fitting(nearest: list[Named], gender: str, people: People, here: int) -> list[Named]:
    """Without those whose given name is the other sex's, where one that fits is near."""

    def given(name: Named) -> str:
        return people.gender(name.entity) or people.given_gender(name.entity)

    if any(given(n) == gender and here - n.paragraph <= _NEAR for n in nearest):
        return [n for n in nearest if given(n) in ("", gender)]
    return nearest


class _View:
    """The place of one anaphor, from which the candidates are looked at."""

    def __init__(
        self,
        anaphor: Anaphor,
        people: People,
        layout: Layout,
        spoke: Spoke | None,
        told_of: Collection[int],
        nearest: Sequence[Named],
    ) -> None:
        self.anaphor, self.people, self.layout, self.told_of = anaphor, people, layout, told_of
        self.paragraph = layout.paragraph_number(anaphor.offset)
        self.sentence = people.sentence(anaphor.offset)
        near = spoke is not None and self.paragraph - layout.paragraph_number(spoke.offset) <= 3
        self.spoke = spoke if near else None
        self.gender = _GENDERS.get(anaphor.kind, "")
        self.most = max((len(n.entity.mentions) for n in nearest), default=0)
        self.fitting = [n.entity.id for n in nearest if self._agrees(n.entity) >= 0]

    def of(self, place: int, name: Named, seen: int) -> Features:
        entity, kind, layout = name.entity, self.anaphor.kind, self.layout
        sentences = min(self.sentence - self.people.sentence(name.span.start), 5)
        paragraphs = min(self.paragraph - name.paragraph, 4)
        agrees = self._agrees(entity)
        fitting = self.fitting.index(entity.id) if entity.id in self.fitting else 9
        found: Features = {
            f"place{min(place, 4)}": 1,
            f"fitting{min(fitting, 4)}": 1,
            f"sentences{sentences}": 1,
            f"paragraphs{paragraphs}": 1,
            "known:agrees": agrees == 2,
            "given:agrees": agrees == 1,
            "given:differs": agrees == -1,
            "known:differs": agrees == -2,
            "salience": math.log1p(len(entity.mentions)),
            "seen": math.log1p(seen),
            "most": len(entity.mentions) == self.most,
            "subject": name.subject,
            "subject-of-main": name.main,
            f"subject{sentences}": name.subject,
            "possessor": name.possessor,
            "quoted": name.quoted,
            "first-in-sentence": name.first,
            "hearer": name.hearer,
            "in-lead": name.paragraph <= 1,
            f"{kind}:{entity.label}": 1,
            "in-said": name.span.start in self.told_of,
            "in-content": self._in_content(entity),
            "sentence-head": name.first and sentences == 1,
        }
        if self.spoke:
            apart = self.paragraph - layout.paragraph_number(self.spoke.offset)
            own = self.spoke.entity.id == entity.id
            found[f"spoke{apart}"] = own
            found["spoke-and-agrees"] = own and agrees > 0
            found["spoke-since-none"] = own and place == 0
            found["spoke-other"] = not own and apart <= 1
            found[f"{kind}:spoke"] = own
            found["spoke-same-sentence"] = own and self.people.sentence(self.spoke.offset) == self.sentence
        return {key: float(value) for key, value in found.items() if value}

    def of_nobody(self, nearest: Sequence[Named]) -> Features:
        kind = self.anaphor.kind
        near = [n for n in nearest if self.paragraph - n.paragraph <= 1]
        return {
            f"{kind}:nobody": 1.0,
            "nobody:rival": float(self.people.rival(self.anaphor.offset)),
            "nobody:none": float(not nearest),
            "nobody:none-near": float(not near),
            "nobody:none-fitting": float(not self.fitting),
            "nobody:spoke": float(self.spoke is not None),
        }

    def _agrees(self, entity: Entity) -> int:
        """2 or -2 by what the article tells of him or her, 1 or -1 by the given name, 0 unknown."""
        if not self.gender or entity.label != "PERSON":
            return 0
        if known := self.people.gender(entity):
            return 2 if known == self.gender else -2
        if given := self.people.given_gender(entity):
            return 1 if given == self.gender else -1
        return 0

    def _in_content(self, entity: Entity) -> bool:
        """Whether what is said names them: few speak of themselves by name."""
        return any(n.entity.id == entity.id for s in self.anaphor.content for n in self.people.within(s))
