"""Which sentences together make the summary: short ones are weighed as a whole.

What two sentences say twice, and what they cover between them, no score of single sentences
tells. So all sets of a few of the best sentences are compared by what is to be expected of their
words (``toolkit.wanted``), and the best of them also by what they cover and say twice, with weights
learned for summaries of so many sentences, or words (``training/summaries.py``): both foretell ROUGE, and
their sum does so more surely than either. Longer summaries are taken sentence by sentence.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np

from toolkit.model import Budget
from toolkit.salience import Seen, learned
from toolkit.wanted import Wanted, Whole

_BEST, _FIRST = 14, 5  # sentences that sets are made of: the best, the best that stand alone, and the first
_MOST = 4  # sentences of a set
_LEAST_WORDS, _MOST_WORDS = 25, 120  # budgets in words that sets are compared for
_FILLED = 0.58  # of the words, at least
_SINGLE = 0.5  # of a sentence's own scores, beside the worth of its words, where it stands alone
_CLOSER = 50  # sets, the best by their words, that are looked at more closely
_COMMON = 20  # of the article's terms
_SAME = 0.6  # cosine of two sentences that say the same
_HEADS, _COMPARED = 4, 12  # terms by which such a sentence is found, and sentences of each looked at


def best(
    seen: Seen,
    wanted: Wanted,
    budget: Budget,
    words: Sequence[int],
    weights: Mapping[str, float] | None = None,
    *,
    pinned: Collection[int] = (),
    dropped: Collection[int] = (),
) -> tuple[int, ...]:
    """The best set of sentences within a budget, as indices in the order of the text; none where all
    sets hang, or the budget is for more than sets are compared for. ``words`` are the sentences' lengths in
    words. Each set has all that is ``pinned`` and nothing ``dropped``."""
    weights = learned().get(budget.unit, {}) if weights is None else weights
    is_single = budget.unit == "line" or (budget.unit == "sentences" and budget.amount == 1)
    found: list[tuple[float, tuple[int, ...]]] = []
    for sets in candidates(seen, budget, words, pinned=pinned, dropped=dropped):
        worth = wanted.worth(sets)
        if is_single:
            worth += _SINGLE * seen.scores[sets[:, 0]]
        first = np.argsort(-worth, kind="stable")[:_CLOSER]
        found += zip(worth[first].tolist(), map(tuple, sets[first].tolist()), strict=True)
    if is_single:
        return found[0][1] if found else ()
    found = sorted(found, reverse=True)[:_CLOSER]
    return max(((w + _worth(seen, s, budget, words, weights), s) for w, s in found), default=(0.0, ()))[1]


def unhung(seen: Seen) -> list[int]:
    """All sentences, the best first; one that hangs on the sentence before comes only behind it, and
    one that says again what a better one says comes last."""
    taken: set[int] = set()
    order: list[int] = []
    waiting: dict[int, int] = {}
    told = _Told(seen)
    for i in seen.order():
        if told.again(i):
            continue
        if seen.hanging[i] and i - 1 not in taken:
            waiting[i - 1] = i
            continue
        while True:
            order.append(i)
            taken.add(i)
            if i not in waiting:
                break
            i = waiting.pop(i)
    return [*order, *(i for i in seen.order() if i not in taken)]


class _Told:
    """What was said by sentences that were asked about, by their weightiest terms."""

    def __init__(self, seen: Seen) -> None:
        self.seen = seen
        self.by_term: dict[str, list[int]] = {}

    def again(self, i: int) -> bool:
        """Whether one asked about before says nearly the same."""
        vector = self.seen.vectors[i]
        heads = sorted(vector, key=lambda t: (-vector[t], t))[:_HEADS]
        others = {j for term in heads for j in self.by_term.get(term, ())[-_COMPARED:]}
        if any(sum(w * self.seen.vectors[j].get(t, 0.0) for t, w in vector.items()) > _SAME for j in others):
            return True
        for term in heads:
            self.by_term.setdefault(term, []).append(i)
        return False


def candidates(
    seen: Seen,
    budget: Budget,
    words: Sequence[int],
    *,
    pinned: Collection[int] = (),
    dropped: Collection[int] = (),
) -> Iterator[Whole]:
    """The sets that are compared, by their size, a row of indices for each, in the order of the text. Of
    none hangs a sentence that was not pinned."""
    count = len(seen.told)
    kept = [i for i in seen.order() if i not in pinned and i not in dropped]
    if budget.unit == "line":
        kept = [i for i in kept if words[i] <= budget.amount]
    alone = [i for i in kept if not seen.hanging[i]]
    pool = sorted({*kept[:_BEST], *alone[:_BEST], *(i for i in range(min(_FIRST, count)) if i in kept)})
    sizes: Collection[int] = ()
    least, most = 0.0, float("inf")
    if budget.unit == "line":
        sizes = [] if pinned else [1]
    elif budget.unit == "sentences":
        if len(pinned) < budget.amount < min(count, _MOST + 1):
            sizes = [budget.amount]
    elif _LEAST_WORDS <= budget.amount <= _MOST_WORDS:
        sizes = range(max(1, len(pinned)), _MOST + 1)
        least, most = _FILLED * budget.amount, budget.amount
    given = sum(words[i] for i in pinned)
    lengths = np.array([words[i] for i in pool])
    for size in sizes:
        more = _combinations(len(pool), size - len(pinned))
        total = given + lengths[more].sum(axis=1)
        fit = (total >= least) & (total <= most)
        for at, i in enumerate(pool):
            if seen.hanging[i] and i - 1 not in pinned:
                has = (more == at).any(axis=1)
                fit &= ~has | (more == pool.index(i - 1)).any(axis=1) if i - 1 in pool else ~has
        if fit.any():
            chosen = np.array(pool, dtype=np.int64)[more[fit]]
            kept_in = np.broadcast_to(np.array(sorted(pinned), dtype=np.int64), (len(chosen), len(pinned)))
            yield np.sort(np.hstack([kept_in, chosen]), axis=1)


@functools.cache
def _combinations(count: int, size: int) -> Whole:
    """All choices of so many of so many, a row of indices for each."""
    every = list(combinations(range(count), size))
    return np.array(every, dtype=np.int64).reshape(len(every), size)


def features(seen: Seen, chosen: Sequence[int], budget: Budget, words: Sequence[int]) -> dict[str, float]:
    """What is seen of a set of sentences."""
    united: dict[str, float] = {}
    for i in chosen:
        for term, weight in seen.vectors[i].items():
            united[term] = united.get(term, 0.0) + weight
    size = math.sqrt(sum(w * w for w in united.values())) or 1.0
    shared = sum(w * seen.centroid.get(t, 0.0) for t, w in united.items())
    alike = [
        sum(w * seen.vectors[j].get(t, 0.0) for t, w in seen.vectors[i].items())
        for i, j in combinations(chosen, 2)
    ]
    length = sum(words[i] for i in chosen)
    of_budget = length / (budget.amount if budget.unit == "words" else 20 * budget.amount)
    return {
        "learned": float(sum(seen.learned[i] for i in chosen)),
        "central": float(sum(seen.central[i] for i in chosen)),
        "centroid": shared / size / seen.centroid_size,
        "covers": sum(t in united for t in seen.commonest[:_COMMON]) / _COMMON,
        "alike-most": max(alike, default=0.0), "alike": sum(alike) / max(len(alike), 1),
        "length": of_budget, "length-square": of_budget**2, "sentences": float(len(chosen)),
        "first": float(0 in chosen), "second": float(1 in chosen), "third": float(2 in chosen),
        "place-log": sum(math.log1p(i) for i in chosen) / len(chosen),
        "last": max(chosen) / len(seen.told), "hanging": float(sum(seen.hanging[i] for i in chosen)),
        "terms": len(united) / max(length, 1),
    }  # fmt: skip


def _worth(
    seen: Seen, chosen: Sequence[int], budget: Budget, words: Sequence[int], weights: Mapping[str, float]
) -> float:
    return sum(weights.get(n, 0.0) * v for n, v in features(seen, chosen, budget, words).items())
