"""Continuous LexRank: how central each sentence is to all others.

Erkan and Radev, "LexRank: graph-based lexical centrality as salience in text summarization"
(JAIR 2004): cosine of tf-idf vectors, damping .85, no threshold. It is computed without the matrix
of all pairs, so that it stays linear in the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain

import numpy as np

_DAMPING, _ROUNDS, _FLOOR = 0.85, 30, 0.01


def lexrank(sentences: Sequence[Sequence[str]]) -> np.ndarray:
    """Continuous LexRank of sentences given as terms; the scores add up to one.

    A sentence is not its own neighbour, and a small similarity to all keeps the walk from
    being caught. The walk's matrix is the product of two sparse ones (sentences by terms
    and back), so a round costs the number of words, not the square of that of sentences.
    """
    counts = [Counter(s) for s in sentences]
    documents = Counter(chain.from_iterable(counts))
    n = len(sentences)
    index = {term: i for i, term in enumerate(documents)}
    rarity = np.log(n / np.array(list(documents.values()), dtype=float))
    row = np.repeat(np.arange(n), [len(count) for count in counts])
    column = np.array([index[term] for count in counts for term in count], dtype=np.int64)
    value = np.array(list(chain.from_iterable(c.values() for c in counts)), dtype=float) * rarity[column]
    length = np.sqrt(np.bincount(row, value * value, minlength=n))
    value /= np.where(length > 0, length, 1.0)[row]
    own = np.bincount(row, value * value, minlength=n)

    def similar(weights: np.ndarray) -> np.ndarray:
        by_term = np.bincount(column, value * weights[row], minlength=len(index))
        return np.bincount(row, value * by_term[column], minlength=n) - own * weights + _FLOOR * weights.sum()

    degree = similar(np.ones(n))
    score = np.full(n, 1.0 / n)
    for _ in range(_ROUNDS):
        score = (1 - _DAMPING) / n + _DAMPING * similar(score / degree)
    return score / score.sum()
