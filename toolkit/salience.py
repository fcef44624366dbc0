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
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import TypeAlias

import numpy as np

from toolkit import languages
from toolkit.lexrank import lexrank
from toolkit.standing import hanging

Vector: TypeAlias = Mapping[str, float]
Features: TypeAlias = dict[str, float]

_NEAR = 12  # sentences before one that it is compared with
_LEAD = 3
_COMMONEST = 50  # terms that are kept
_CAPITALS = re.compile(r"(?<=\s)[A-ZÀ-Þ][\w'’-]+")
_FIRST_WORD = re.compile(r"[\"“'‘«(\s]*([^\W\d_]+)")
_MARKS = re.compile(r"[\"“”«»„]")
_POSITION = 0.7  # of LexRank by position, which the learned score is mixed with


@dataclass(frozen=True, slots=True)
class Seen:
    """A text's sentences as they are weighed: their words and vectors, two scores (each with mean 0
    and deviation 1), and whether each hangs on the one before ("He also said …"). ``centroid`` is the
    sum of the vectors, ``commonest`` its terms, the weightiest first. ``learned`` tells what a summary
    would take, ``central`` is LexRank by position."""

    lengths: tuple[int, ...]
    vectors: tuple[Vector, ...]
    centroid: Vector
    centroid_size: float
    commonest: tuple[str, ...]
    learned: np.ndarray
    central: np.ndarray
    hanging: tuple[bool, ...]

    def order(self) -> list[int]:
        """The sentences by both scores, the best first."""
        return [int(i) for i in np.argsort(-(2 * self.learned + self.central), kind="stable")]


@functools.cache
def learned() -> Mapping[str, Mapping[str, float]]:
    """The weights: of a ``sentence``, and of summaries of so many ``sentences`` or ``words`` as a whole."""
    data = (resources.files("toolkit") / "summary.json").read_text(encoding="utf-8")
    found: Mapping[str, Mapping[str, float]] = json.loads(data)
    return found


def see(
    sentences: Sequence[str],
    terms: Callable[[str], list[str]],
    words: Callable[[str], list[str]],
    language: str,
    weights: Mapping[str, float] | None = None,
    *,
    bound: Collection[int] = (),
) -> Seen:
    """Weighs sentences. ``terms`` gives the stems that count, ``words`` all words of a text;
    ``language`` is ISO 639-1; those ``bound`` hang on the one before whatever their words are."""
    rows, vectors, hung = features(sentences, terms, words, language)
    weights = learned()["sentence"] if weights is None else weights
    score = np.array([sum(weights.get(name, 0.0) * value for name, value in row.items()) for row in rows])
    central = np.array([row["central-log"] - _POSITION * row["place-log"] for row in rows])
    lengths = tuple(len(sentence.split()) for sentence in sentences)
    centroid = _sum(vectors)
    size = math.sqrt(sum(w * w for w in centroid.values())) or 1.0
    commonest = tuple(sorted(centroid, key=lambda t: (-centroid[t], t))[:_COMMONEST])
    score, central = _standard(score), _standard(central)
    hung = tuple(hangs or i in bound for i, hangs in enumerate(hung))
    return Seen(lengths, tuple(vectors), centroid, size, commonest, score, central, hung)


def features(
    sentences: Sequence[str],
    terms: Callable[[str], list[str]],
    words: Callable[[str], list[str]],
    language: str,
) -> tuple[list[Features], list[Vector], tuple[bool, ...]]:
    """What is seen of each sentence, its tf-idf vector, and whether it hangs on the one before."""
    known = languages.get(language)
    pronouns = frozenset(known.pronouns) if known else frozenset()
    connectives = known.connectives if known else frozenset()
    count = len(sentences)
    stems = [terms(sentence) for sentence in sentences]
    ranks = lexrank(stems) * count
    by_rank = {int(i): rank for rank, i in enumerate(np.argsort(-ranks, kind="stable"))}
    documents = Counter(t for found in stems for t in set(found))
    total = Counter(t for found in stems for t in found)
    every = sum(total.values()) or 1
    vectors = [_vector(found, documents, count) for found in stems]
    # Of length one, so that a cosine costs a sentence's terms and not the whole text's.
    centroid, lead = _unit(_sum(vectors)), _unit(_sum(vectors[:_LEAD]))
    names = [set(_CAPITALS.findall(sentence)) for sentence in sentences]
    named = Counter(name for found in names for name in found)
    rows: list[Features] = []
    for i, sentence in enumerate(sentences):
        length = len(words(sentence)) or 1
        first = match[1].lower() if (match := _FIRST_WORD.match(sentence)) else ""
        own = set(stems[i])
        near = (_dot(vectors[i], vectors[j]) for j in range(max(0, i - _NEAR), i))
        rows.append({
            "first": float(i == 0), "second": float(i == 1), "early": float(i < 10), "place": 1 / (1 + i),
            "place-root": (1 + i) ** -0.5, "place-log": math.log1p(i), "place-share": i / count,
            "last": float(i == count - 1), "length": min(length, 60) / 20, "length-log": math.log(length),
            "long": float(length > 30), "central": float(ranks[i]),
            "central-log": math.log(max(float(ranks[i]), 1e-6)),
            "central-early": float(ranks[i]) * (1 + i) ** -0.5, "central-place": float(ranks[i]) / (1 + i),
            "central-share": by_rank[i] / count, "centroid": _dot(vectors[i], centroid),
            "like-lead": _dot(vectors[i], lead) if i >= _LEAD else 0.7,
            "like-first": _dot(vectors[i], vectors[0]) if i else 0.7, "told-before": max(near, default=0.0),
            "common": sum(total[t] for t in stems[i]) / max(len(stems[i]), 1) / every * count,
            "covers": sum(total[t] for t in own) / every,
            "commonest": max((documents[t] for t in own), default=0) / count,
            "content": len(stems[i]) / length, "digits": float(any(c.isdigit() for c in sentence)),
            "names": min(len(names[i]), 8) / 4, "names-again": sum(named[n] > 1 for n in names[i]) / 4,
            "quotes": float(bool(_MARKS.search(sentence))), "pronoun": float(first in pronouns),
            "connective": float(first in connectives),
        })  # fmt: skip
    before = ("", *sentences)
    hung = tuple(hanging(sentence, before[i], language) for i, sentence in enumerate(sentences))
    return rows, list(vectors), hung


def _vector(stems: Sequence[str], documents: Mapping[str, int], count: int) -> Vector:
    return _unit({t: k * math.log(1 + count / documents[t]) for t, k in Counter(stems).items()})


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
