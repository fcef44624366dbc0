"""From the network's scores to spans: the best sequence of tags that makes sense.

Decisions fall on whole words. A tag may follow another only where BIO allows it, and the
more gladly the more often it does in the training texts.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


class Run(NamedTuple):
    """Words ``start:stop`` carry label number ``label``; ``certainty`` is not yet calibrated."""

    start: int
    stop: int
    label: int
    certainty: float


def log_softmax(logits: Scores) -> Scores:
    shifted = logits - logits.max(axis=1, keepdims=True)
    result: Scores = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return result


def barriers(tags: int) -> Scores:
    """0 where tag j may follow tag i, minus infinity where BIO forbids it (O, then B and I a label)."""
    allowed = np.zeros((tags, tags), np.float32)
    for inside in range(2, tags, 2):
        allowed[:, inside] = -np.inf
        allowed[inside - 1, inside] = allowed[inside, inside] = 0
    return allowed


def by_word(scores: Scores, words: NDArray[np.int64]) -> Scores:
    """Log-probabilities of tags a word, the mean over its pieces; its later pieces vote I for B."""
    if not len(words):
        return scores
    first = np.flatnonzero(np.diff(words, prepend=-1))
    votes = scores.copy()
    later = np.ones(len(words), bool)
    later[first] = False
    votes[later, 1::2] = scores[later, 2::2]
    counts = np.diff(np.append(first, len(words)))[:, None]
    means: Scores = (np.add.reduceat(votes, first, axis=0) / counts).astype(np.float32)
    return means


def best_path(scores: Scores, transitions: Scores) -> NDArray[np.int64]:
    """Viterbi: the tags of the highest sum of scores and transitions; no text starts inside."""
    count, tags = scores.shape
    path = np.zeros(count, np.int64)
    if not count:
        return path
    into = np.ascontiguousarray(transitions.T)  # row j: what it costs to come into j
    back = np.empty((count, tags), np.int64)
    best = scores[0].copy()
    best[2::2] = -np.inf
    every = np.arange(tags)
    for n in range(1, count):
        ways = into + best
        back[n] = came = ways.argmax(axis=1)
        best = ways[every, came] + scores[n]
    path[-1] = best.argmax()
    for n in range(count - 1, 0, -1):
        path[n - 1] = back[n, path[n]]
    return path


def runs(path: NDArray[np.int64], scores: Scores) -> list[Run]:
    """Spans of a path. Their certainty is the geometric mean, over the words, of the label's
    probability, be it as B or as I."""
    found = []
    starts = np.flatnonzero(path % 2 == 1)
    outside = path == 0
    ends = np.flatnonzero(np.append(outside | (path % 2 == 1), True))
    for start in starts.tolist():
        stop = int(ends[np.searchsorted(ends, start, side="right")])
        tag = int(path[start])
        share = np.logaddexp(scores[start:stop, tag], scores[start:stop, tag + 1])
        certainty = min(1.0, float(np.exp(share.mean())))
        found.append(Run(start, stop, (tag - 1) // 2, certainty))
    return found
