"""Which words a summary would have, and by them what sets of sentences are worth.

An editor's summary takes up some of an article's words and pairs of words: those told early, often and
in sentences that weigh, names, words of substance. A small network tells for each word how likely that
is, from its places and its letters alone, and another one for each pair. A set of sentences is then worth
the ROUGE to be expected of it against such a summary: words that are said twice count once, and words
that no summary would have make it worse. (Weights for pairs of words, learned from summaries: Li, Qian
and Liu, "Using Supervised Bigram-based ILP for Extractive Summarization", ACL 2013.)

How the networks were trained is told in the encoder's MODEL_CARD.md.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from toolkit.errors import MissingModel

WEIGHTS = Path(__file__).with_name("wanted.npz")
FEATURES = 23
_EARLY, _LEAD = 5, 2  # sentences, counted from nought
FARTHEST = 4.0  # deviations from the mean: what is farther out is taken to be there
_AT_ONCE = 4096  # sets
_CAPITALS = re.compile(r"(?<=\s)[A-ZÀ-Þ][\w'’-]+")

Gram: TypeAlias = tuple[str, ...]
Floats: TypeAlias = NDArray[np.float32]
Whole: TypeAlias = NDArray[np.int64]


class Sheet(NamedTuple):
    """Words, or pairs of them, as stems: what is seen of each, a row for each, and of each sentence which
    it has (indices of the rows) and how many words or pairs it is long."""

    grams: list[Gram]
    rows: Floats
    of_sentence: list[Whole]
    lengths: Whole


class Network(NamedTuple):
    """A perceptron with two hidden layers; features are standardised before."""

    mean: Floats
    spread: Floats
    layers: tuple[tuple[Floats, Floats], ...]

    def __call__(self, rows: Floats) -> Floats:
        """The probabilities of the rows."""
        x = ((rows - self.mean) / self.spread).clip(-FARTHEST, FARTHEST)
        *hidden, (last, bias) = self.layers
        for weights, shift in hidden:
            x = np.maximum(x @ weights + shift, 0)
        chance: Floats = 1 / (1 + np.exp(-(x @ last + bias)[:, 0]))
        return chance


class Weights(NamedTuple):
    """The networks for words and for pairs, and how many words the summaries had that they learned from."""

    words: Network
    pairs: Network
    length: float


def sheets(
    sentences: Sequence[str], stems: Callable[[str], list[str]], learned: np.ndarray, central: np.ndarray
) -> tuple[Sheet, Sheet]:
    """What is seen of the words of ``sentences`` and of their pairs. ``stems`` gives all words of a text
    without their endings, ``learned`` and ``central`` are scores of the sentences (mean 0, deviation 1)."""
    told = [stems(sentence) for sentence in sentences]
    named = {stem for sentence in sentences for word in _CAPITALS.findall(sentence) for stem in stems(word)}
    return (
        _sheet([[(word,) for word in words] for words in told], named, learned, central),
        _sheet([list(pairwise(words)) for words in told], named, learned, central),
    )


def _sheet(
    told: Sequence[Sequence[Gram]], named: set[str], learned: np.ndarray, central: np.ndarray
) -> Sheet:
    index: dict[Gram, int] = {}
    every = np.array([index.setdefault(gram, len(index)) for grams in told for gram in grams], dtype=np.int64)
    lengths = np.array([len(grams) for grams in told], dtype=np.int64)
    count, total = len(told), len(every)
    where = np.repeat(np.arange(count), lengths)
    # Each gram once for each sentence that has it, by gram and then by sentence.
    both = np.unique(every * count + where)
    gram, sentence = both // max(count, 1), both % max(count, 1)
    starts = np.searchsorted(gram, np.arange(len(index)))
    ends = np.append(starts[1:], len(gram)) - 1
    times = np.bincount(every, minlength=len(index))
    place = np.full(len(index), total)
    np.minimum.at(place, every, np.arange(total))
    spread = np.exp(learned - learned.max(initial=0))
    spread /= spread.sum() or 1

    def added(values: np.ndarray) -> np.ndarray:
        return np.add.reduceat(values[sentence].astype(float), starts)

    def highest(values: np.ndarray) -> np.ndarray:
        return np.maximum.reduceat(values[sentence], starts)

    if not index:
        return Sheet([], np.zeros((0, FEATURES), np.float32), [np.zeros(0, np.int64)] * count, lengths)
    own = added(np.ones(count))
    first, last = sentence[starts], sentence[ends]
    at = np.arange(count)
    letters = np.array([(min(map(len, g)), max(map(len, g))) for g in index])
    capitals = np.array([(sum(w in named for w in g), len(g)) for g in index])
    digits = np.array([any(w.isdigit() for w in g) for g in index])
    rows = np.stack([
        np.log(times), np.log1p(own), np.log1p(first), np.log1p(last), np.log1p(place), first == 0,
        first <= _LEAD, np.log(times / total), highest(learned), added(learned), added(spread),
        highest(central), added(central), capitals[:, 0] > 0, capitals[:, 0] == capitals[:, 1], digits,
        letters[:, 0], letters[:, 1], added(at) / own / count, np.full(len(index), count),
        np.log(own / count), added(1 / (1 + at)), added(at < _EARLY),
    ], axis=1)  # fmt: skip
    by_sentence = np.argsort(sentence, kind="stable")
    cuts = np.searchsorted(sentence[by_sentence], np.arange(1, count))
    return Sheet(list(index), rows.astype(np.float32), np.split(gram[by_sentence], cuts), lengths)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words of an article as a summary would have them."""

    words: Sheet
    pairs: Sheet
    weights: Weights

    def worth(self, sets: Whole) -> np.ndarray:
        """The ROUGE (F1, of 100) to be expected of sets of sentences, a row of indices for each.

        It is the mean of ROUGE-1, ROUGE-2 and ROUGE-L, the last of which is taken to be like the first.
        """
        length = self.weights.length
        words = self._shared(self.words, self.weights.words, sets, length)
        pairs = self._shared(self.pairs, self.weights.pairs, sets, length - 1)
        return (2 * words + pairs) / 3

    @staticmethod
    def _shared(sheet: Sheet, network: Network, sets: Whole, length: float) -> np.ndarray:
        """F1 of what sets have in common with a summary of a ``length``, of 100."""
        pool = np.unique(sets)
        seen = np.unique(np.concatenate([sheet.of_sentence[i] for i in pool]))
        chances = network(sheet.rows[seen])
        has = np.zeros((len(pool), len(seen)), bool)
        for row, i in zip(has, pool, strict=True):
            row[np.searchsorted(seen, sheet.of_sentence[i])] = True
        shared = [has[np.searchsorted(pool, part)].any(axis=1) @ chances for part in _parts(sets)]
        found: np.ndarray = 200 * np.concatenate(shared) / (sheet.lengths[sets].sum(axis=1) + length)
        return found


def _parts(sets: Whole) -> Iterator[Whole]:
    for start in range(0, len(sets), _AT_ONCE):
        yield sets[start : start + _AT_ONCE]


@functools.cache
def load(path: Path = WEIGHTS) -> Weights:
    """The weights. Raises ``MissingModel``."""
    try:
        with np.load(path, allow_pickle=False) as stored:
            words, pairs = (
                Network(
                    stored[f"{name}.mean"],
                    stored[f"{name}.spread"],
                    tuple((stored[f"{name}.{i}.weights"], stored[f"{name}.{i}.bias"]) for i in range(3)),
                )
                for name in ("words", "pairs")
            )
            if not len(words.mean) == len(pairs.mean) == FEATURES:
                raise ValueError("made for other features")
            return Weights(words, pairs, float(stored["length"]))
    except Exception:  # a damaged archive fails in a dozen ways, none of which tells an editor anything
        raise MissingModel(
            f"The file {path.name} is missing or damaged; install the toolkit again."
        ) from None
