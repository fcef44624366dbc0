"""The second round's teacher: weights of the first round mark what each corpus has no labels for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from toolkit import encoder
from toolkit.encoder import decode, features
from toolkit.encoder.session import Network
from toolkit.encoder.windows import cover
from training.corpus import Taught


def teach(network: Network, texts: Iterable[str], threads: int = 2) -> Iterator[tuple[Taught, Taught]]:
    """Entities and roles of each text, a tag a piece."""

    def one(text: str) -> tuple[Taught, Taught]:
        p = features.pieces(network.tokenizer, text)
        sides = []
        for start, stop, first, last in cover(len(p)):
            scores = network.scores(p.ids[start:stop], p.features[start:stop])
            sides.append([side[first - start : last - start] for side in scores])
        entities, roles = (np.concatenate(side) for side in zip(*sides, strict=True))
        heads = (entities, network.entities), (roles, network.roles)
        found = [_taught(p, logits + head.bias, head.transitions) for logits, head in heads]
        return found[0], found[1]

    with ThreadPoolExecutor(threads) as pool:
        yield from pool.map(one, texts)


def names(network: Network, texts: Iterable[str], threads: int = 2) -> Iterator[list[tuple[int, int, str]]]:
    """The names of each text as spans with the corpus's labels."""
    for text in texts:
        yield [(m.start, m.end, m.label) for m in encoder.read(network, [text], threads)[0].entities]


def _taught(p: features.Pieces, logits: decode.Scores, transitions: decode.Scores) -> Taught:
    """Each word's tag on the best path with the mean probability of its label; I on its later pieces."""
    scores = decode.by_word(decode.log_softmax(logits), p.words)
    path = decode.best_path(scores, transitions)
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    odds /= odds.sum(axis=1, keepdims=True)
    every = np.arange(len(path))
    certainty = odds[every, path]
    named = path > 0
    other = np.where(path % 2 == 1, path + 1, path - 1)
    certainty[named] += odds[every[named], other[named]]
    tags = path[p.words]
    later = np.diff(p.words, prepend=-1) == 0
    begun = later & (tags % 2 == 1)
    tags[begun] += 1
    return Taught(tags, certainty[p.words])
