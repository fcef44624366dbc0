"""Which words a summary would have, and by them what sets of sentences are worth.

An editor's summary takes up some of an article's words and pairs of words: those told early, often and
in sentences that weigh, names, words of substance. A small network tells for each word how likely that
is, from its places, its letters and what the annotations say of it, and another one for each pair. A set of
sentences is then worth the ROUGE to be expected of it against such a summary: words that are said twice
count once, and words that no summary would have make it worse. (Weights for pairs of words, learned from
summaries: Li, Qian and Liu, "Using Supervised Bigram-based ILP for Extractive Summarization", ACL 2013.)

How the networks were trained is told in the encoder's MODEL_CARD.md.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from toolkit.errors import MissingModel
from toolkit.marked import COLUMNS
from toolkit.salience import Seen

WEIGHTS = Path(__file__).with_name("wanted.npz")
FEATURES = 23  # of words and of pairs, beside the marks on each word
_EARLY, _LEAD = 5, 2  # sentences, counted from nought
FARTHEST = 4.0  # deviations from the mean: what is farther out is taken to be there
_AT_ONCE = 4096  # sets

Floats: TypeAlias = NDArray[np.float32]
Whole: TypeAlias = NDArray[np.int64]


class Sheet(NamedTuple):
    """Words, or pairs of them, as indices of a vocabulary, a row for each: ``rows`` is what is seen of them.
    And of each sentence which of them it has (indices of the rows), and how many it is long."""

    grams: Whole
    rows: Floats
    of_sentence: list[Whole]
    lengths: Whole


class Sheets(NamedTuple):
    """A text's stems, and what is seen of its words and of the pairs of them."""

    vocabulary: list[str]
    words: Sheet
    pairs: Sheet


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


def sheets(seen: Seen, marks: Floats, stems: Callable[[str], list[str]]) -> Sheets:
    """What is seen of the words of sentences and of their pairs. ``marks`` has a row for each of their words
    (see ``toolkit.marked``), ``stems`` gives all words of a text without their endings."""
    index: dict[str, int] = {}
    told = (stem for one in seen.told for stem in one.stems)
    words = np.array([index.setdefault(stem, len(index)) for stem in told], dtype=np.int64)
    vocabulary = list(index)
    named = {stem for name in frozenset().union(*seen.names) for stem in stems(name)}
    traits = np.array(
        [(len(w), w in named, any(map(str.isdigit, w))) for w in vocabulary] or np.zeros((0, 3)), dtype=float
    )
    where = np.repeat(np.arange(len(seen.told)), [len(one.stems) for one in seen.told])
    together = where[1:] == where[:-1]
    pairs = np.stack([words[:-1], words[1:]], axis=1)[together]
    both = np.hstack([marks[:-1], marks[1:]])[together]
    return Sheets(
        vocabulary,
        _sheet(words[:, None], where, marks, traits, seen),
        _sheet(pairs, where[1:][together], both, traits, seen),
    )


def _sheet(told: Whole, where: Whole, marks: Floats, traits: np.ndarray, seen: Seen) -> Sheet:
    """Of the words, or pairs, ``told`` one after the other, each in the sentence ``where``."""
    count, total = len(seen.told), len(told)
    lengths = np.bincount(where, minlength=count)
    if not total:
        empty = np.zeros((0, FEATURES + marks.shape[1]), np.float32)
        return Sheet(told, empty, [np.zeros(0, np.int64)] * count, lengths)
    code = told[:, 0] if told.shape[1] == 1 else told[:, 0] * len(traits) + told[:, 1]
    _, place, every, times = np.unique(code, return_index=True, return_inverse=True, return_counts=True)
    grams = told[place]
    # Each gram once for each sentence that has it, by gram and then by sentence.
    both = np.unique(every * count + where)
    gram, sentence = both // count, both % count
    starts = np.searchsorted(gram, np.arange(len(grams)))
    ends = np.append(starts[1:], len(gram)) - 1
    spread = np.exp(seen.learned - seen.learned.max(initial=0))
    spread /= spread.sum() or 1

    def added(values: np.ndarray) -> np.ndarray:
        return np.add.reduceat(values[sentence].astype(float), starts)

    def highest(values: np.ndarray) -> np.ndarray:
        return np.maximum.reduceat(values[sentence], starts)

    own = ends - starts + 1
    first, last = sentence[starts], sentence[ends]
    at = np.arange(count)
    letters, named, digits = (traits[grams, k] for k in range(3))
    by_gram = np.argsort(every, kind="stable")
    marked = np.add.reduceat(marks[by_gram], np.cumsum(times) - times) / times[:, None]
    rows = np.stack([
        np.log(times), np.log1p(own), np.log1p(first), np.log1p(last), np.log1p(place), first == 0,
        first <= _LEAD, np.log(times / total), highest(seen.learned), added(seen.learned), added(spread),
        highest(seen.central), added(seen.central), named.any(axis=1), named.all(axis=1), digits.any(axis=1),
        letters.min(axis=1), letters.max(axis=1), added(at) / own / count, np.full(len(grams), count),
        np.log(own / count), added(1 / (1 + at)), added(at < _EARLY),
    ], axis=1)  # fmt: skip
    by_sentence = np.argsort(sentence, kind="stable")
    cuts = np.searchsorted(sentence[by_sentence], np.arange(1, count))
    return Sheet(
        grams,
        np.hstack([rows, marked]).astype(np.float32),
        np.split(gram[by_sentence], cuts),
        lengths,
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words of an article as a summary would have them."""

    sheets: Sheets
    weights: Weights

    def worth(self, sets: Whole) -> np.ndarray:
        """The ROUGE (F1, of 100) to be expected of sets of sentences, a row of indices for each.

        It is the mean of ROUGE-1, ROUGE-2 and ROUGE-L, the last of which is taken to be like the first.
        """
        length = self.weights.length
        words = self._shared(self.sheets.words, self.weights.words, sets, length)
        pairs = self._shared(self.sheets.pairs, self.weights.pairs, sets, length - 1)
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
            if (len(words.mean), len(pairs.mean)) != (FEATURES + COLUMNS, FEATURES + 2 * COLUMNS):
                raise ValueError("made for other features")
            return Weights(words, pairs, float(stored["length"]))
    except Exception:  # a damaged archive fails in a dozen ways, none of which tells an editor anything
        raise MissingModel(
            f"The file {path.name} is missing or damaged; install the toolkit again."
        ) from None
