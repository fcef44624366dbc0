"""How much a sentence carries of its article: what is seen of it, and the weights learned for that.

Features need no headline and no paragraphs and no words of a language but, where it is known, its
pronouns and connectives: the place, the length, how central the words are (LexRank and the
centroid), what is new, names, figures, quotation marks. The weights are those of a logistic
regression of what a summary as near as possible to an editor's would take (``training/summaries.py``).
Everything is linear in the length of the text.
"""

from __future__ import annotations

import functools
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import chain
from typing import TypeAlias

import numpy as np

from toolkit import languages
from toolkit.lexrank import lexrank
from toolkit.terms import Told

Vector: TypeAlias = Mapping[str, float]

_NEAR = 12  # sentences before one that it is compared with
_LEAD = 3
_COMMONEST = 50  # terms that are kept
_CAPITALS = re.compile(r"(?<=\s)[A-ZÀ-Þ][\w'’-]+")
_FIRST_WORD = re.compile(r"[\"“'‘«(\s]*([^\W\d_]+)")
_MARKS = re.compile(r"[\"“”«»„]")
_POSITION = 0.7  # of LexRank by position, which the learned score is mixed with


@dataclass(frozen=True, slots=True)
class Seen:
    """A text's sentences as they are weighed: their words, what is named in them, what is seen of them by
    name (a number for each), their vectors, two scores (each with mean 0 and deviation 1), and whether each
    hangs on the one before ("He also said …"). ``centroid`` is the sum of the vectors, ``commonest`` its
    terms, the weightiest first. ``learned`` tells what a summary would take, ``central`` is LexRank by
    position."""

    told: tuple[Told, ...]
    names: tuple[frozenset[str], ...]
    columns: Mapping[str, np.ndarray]
    vectors: tuple[Vector, ...]
    centroid: Vector
    centroid_size: float
    commonest: tuple[str, ...]
    learned: np.ndarray
    central: np.ndarray
    hanging: tuple[bool, ...]

    @property
    def scores(self) -> np.ndarray:
        """Both scores as one."""
        return 2 * self.learned + self.central

    def order(self) -> list[int]:
        """The sentences by both scores, the best first."""
        return [int(i) for i in np.argsort(-self.scores, kind="stable")]


@functools.cache
def learned() -> Mapping[str, Mapping[str, float]]:
    """The weights: of a ``sentence``, and of summaries of so many ``sentences`` or ``words`` as a whole."""
    data = (resources.files("toolkit") / "summary.json").read_text(encoding="utf-8")
    found: Mapping[str, Mapping[str, float]] = json.loads(data)
    return found


def see(
    sentences: Sequence[str],
    told: Sequence[Told],
    language: str,
    weights: Mapping[str, float] | None = None,
    *,
    hanging: Collection[int] = (),
) -> Seen:
    """Weighs sentences, ``told`` as their words. ``language`` is ISO 639-1; those ``hanging`` can't be read
    without the one before."""
    names = tuple(frozenset(_CAPITALS.findall(sentence)) for sentence in sentences)
    vectors = _vectors([one.terms for one in told])
    columns = _columns(sentences, told, names, vectors, language)
    weights = learned()["sentence"] if weights is None else weights
    score = sum((weights.get(name, 0.0) * column for name, column in columns.items()), np.zeros(len(told)))
    central = columns["central-log"] - _POSITION * columns["place-log"]
    centroid = _sum(vectors)
    size = math.sqrt(sum(w * w for w in centroid.values())) or 1.0
    commonest = tuple(sorted(centroid, key=lambda t: (-centroid[t], t))[:_COMMONEST])
    hung = tuple(i in hanging for i in range(len(sentences)))
    return Seen(
        tuple(told), names, columns, tuple(vectors), centroid, size, commonest,
        _standard(score), _standard(central), hung,
    )  # fmt: skip


def _columns(
    sentences: Sequence[str],
    told: Sequence[Told],
    names: Sequence[Collection[str]],
    vectors: Sequence[Vector],
    language: str,
) -> dict[str, np.ndarray]:
    """What is seen of the sentences, by name: a number for each."""
    known = languages.get(language)
    pronouns = frozenset(known.pronouns) if known else frozenset()
    connectives = known.connectives if known else frozenset()
    count = len(sentences)
    place = np.arange(count)
    stems = [one.terms for one in told]
    ranks = lexrank(stems) * count
    by_rank = np.empty(count)
    by_rank[np.argsort(-ranks, kind="stable")] = place
    documents = Counter(chain.from_iterable(map(set, stems)))
    total = Counter(chain.from_iterable(stems))
    every = sum(total.values()) or 1
    # Of length one, so that a cosine costs a sentence's terms and not the whole text's.
    centroid, lead = _unit(_sum(vectors)), _unit(_sum(vectors[:_LEAD]))
    named = Counter(chain.from_iterable(names))
    firsts = [m[1].lower() if (m := _FIRST_WORD.match(sentence)) else "" for sentence in sentences]
    length = np.array([len(one.stems) or 1 for one in told])

    def each(numbers: Iterable[float]) -> np.ndarray:
        return np.fromiter(numbers, float, count)

    return {
        "first": place == 0, "second": place == 1, "early": place < 10, "place": 1 / (1 + place),
        "place-root": (1 + place) ** -0.5, "place-log": np.log1p(place), "place-share": place / count,
        "last": place == count - 1, "length": np.minimum(length, 60) / 20, "length-log": np.log(length),
        "long": length > 30, "central": ranks, "central-log": np.log(np.maximum(ranks, 1e-6)),
        "central-early": ranks * (1 + place) ** -0.5, "central-place": ranks / (1 + place),
        "central-share": by_rank / count, "centroid": each(_dot(v, centroid) for v in vectors),
        "like-lead": np.where(place < _LEAD, 0.7, each(_dot(v, lead) for v in vectors)),
        "like-first": np.where(place < 1, 0.7, each(_dot(v, vectors[0]) for v in vectors)),
        "told-before": _told_before(vectors),
        "common": each(sum(map(total.__getitem__, s)) / max(len(s), 1) for s in stems) / every * count,
        "covers": each(sum(map(total.__getitem__, v)) for v in vectors) / every,
        "commonest": each(max(map(documents.__getitem__, v), default=0) for v in vectors) / count,
        "content": each(map(len, stems)) / length,
        "digits": each(any(map(str.isdigit, sentence)) for sentence in sentences),
        "names": np.minimum(each(map(len, names)), 8) / 4,
        "names-again": each(sum(named[n] > 1 for n in own) for own in names) / 4,
        "quotes": each(bool(_MARKS.search(sentence)) for sentence in sentences),
        "pronoun": each(first in pronouns for first in firsts),
        "connective": each(first in connectives for first in firsts),
    }  # fmt: skip


def _told_before(vectors: Sequence[Vector]) -> np.ndarray:
    """How much each says that one of the sentences near before it says."""
    having: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    found = np.zeros(len(vectors))
    for i, vector in enumerate(vectors):
        shared: defaultdict[int, float] = defaultdict(float)
        for term, weight in vector.items():
            others = having[term]
            for j, other in reversed(others):
                if j < i - _NEAR:
                    break
                shared[j] += weight * other
            others.append((i, weight))
        found[i] = max(shared.values(), default=0.0)
    return found


def _vectors(stems: Sequence[Sequence[str]]) -> list[Vector]:
    """Their tf-idf, each of length one."""
    documents = Counter(chain.from_iterable(map(set, stems)))
    rarity = {term: math.log(1 + len(stems) / times) for term, times in documents.items()}
    return [_unit({t: k * rarity[t] for t, k in Counter(found).items()}) for found in stems]


def _unit(vector: Vector) -> Vector:
    length = math.sqrt(sum(w * w for w in vector.values())) or 1.0
    return {t: w / length for t, w in vector.items()}


def _sum(vectors: Sequence[Vector]) -> Vector:
    total: dict[str, float] = {}
    for vector in vectors:
        for term, weight in vector.items():
            total[term] = total.get(term, 0.0) + weight
    return total


def _dot(one: Vector, other: Vector) -> float:
    return sum(weight * other.get(term, 0.0) for term, weight in one.items())


def _standard(scores: np.ndarray) -> np.ndarray:
    spread: np.ndarray = (scores - scores.mean()) / (scores.std() + 1e-9)
    return spread
