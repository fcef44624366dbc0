"""Which sentences together make the summary: short ones are weighed as a whole.

What two sentences say twice, and what they cover between them, no score of single sentences
tells. So all sets of a few of the best sentences are compared, with weights learned for
summaries of so many sentences, or words (``training/summaries.py``). Longer summaries are taken
sentence by sentence.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations

from toolkit.model import Budget
from toolkit.salience import Features, Seen, learned

_BEST, _FIRST = 11, 5  # sentences that sets are made of: the best, and the first of the text
_MOST = 4  # sentences of a set
_LEAST_WORDS, _MOST_WORDS = 25, 120  # budgets in words for which the weights hold
_FILLED = 0.58  # of the words, at least
_COMMON = 20  # of the article's terms
_SAME = 0.6  # cosine of two sentences that say the same
_HEADS, _COMPARED = 4, 12  # terms by which such a sentence is found, and sentences of each looked at


def best(
    seen: Seen,
    budget: Budget,
    words: Sequence[int],
    weights: Mapping[str, float] | None = None,
    *,
    pinned: Collection[int] = (),
    dropped: Collection[int] = (),
) -> tuple[int, ...]:
    """The best set of sentences within a budget, as indices in the order of the text; none where all
    sets hang, or the budget is for a single sentence or for more than sets are compared for. ``words``
    are the sentences' lengths in words. Each set has all that is ``pinned`` and nothing ``dropped``."""
    weights = learned()[budget.unit] if weights is None else weights
    sets = candidates(seen, budget, words, pinned=pinned, dropped=dropped)
    standing = (s for s in sets if not any(hangs(seen, s, pinned)))
    return max(standing, key=lambda s: (_worth(seen, s, budget, words, weights), s), default=())


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
) -> Iterator[tuple[int, ...]]:
    """The sets that are compared, each in the order of the text."""
    count = len(seen.lengths)
    kept = [i for i in seen.order() if i not in pinned and i not in dropped]
    pool = sorted({*kept[:_BEST], *(i for i in range(min(_FIRST, count)) if i in kept)})

    def sets(size: int) -> Iterator[tuple[int, ...]]:
        return (tuple(sorted((*pinned, *more))) for more in combinations(pool, size - len(pinned)))

    if budget.unit == "sentences":
        if 2 <= budget.amount <= _MOST and len(pinned) < budget.amount < count:
            yield from sets(budget.amount)
        return
    if not _LEAST_WORDS <= budget.amount <= _MOST_WORDS:
        return
    for size in range(max(1, len(pinned)), _MOST + 1):
        for chosen in sets(size):
            if _FILLED * budget.amount <= sum(words[i] for i in chosen) <= budget.amount:
                yield chosen


def hangs(seen: Seen, chosen: Sequence[int], pinned: Collection[int] = ()) -> Iterator[bool]:
    """Of each sentence that was not pinned, whether it hangs on one that is not there."""
    return (seen.hanging[i] and i - 1 not in chosen for i in chosen if i not in pinned)


def features(seen: Seen, chosen: Sequence[int], budget: Budget, words: Sequence[int]) -> Features:
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
        "last": max(chosen) / len(seen.lengths), "hanging": float(sum(seen.hanging[i] for i in chosen)),
        "terms": len(united) / max(length, 1),
    }  # fmt: skip


def _worth(
    seen: Seen, chosen: Sequence[int], budget: Budget, words: Sequence[int], weights: Mapping[str, float]
) -> float:
    return sum(weights.get(n, 0.0) * v for n, v in features(seen, chosen, budget, words).items())
