"""The encoder: a small neural reader that marks names, and who says what, in a text.

``tag`` gives spans in code points of the text as it is. Which source, cue and content
belong together, and where quotation marks settle a border, is decided elsewhere. Reads
English; its making is told in ``MODEL_CARD.md``. onnxruntime and tokenizers are imported
with the first call.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from toolkit.encoder import decode, features
from toolkit.encoder.session import Head, Network, load
from toolkit.encoder.windows import Window, cover

__all__ = ["Mark", "Tags", "tag"]

THREADS = "NEWSDESK_ENCODER_THREADS"


class Mark(NamedTuple):
    """``text[start:end]`` is a ``label``, with this probability."""

    start: int
    end: int
    label: str
    probability: float


@dataclass(frozen=True, slots=True)
class Tags:
    """What was found in one text, in its order; the spans of either kind do not overlap.

    ``entities`` are labelled Person, Organization, Location, NORP, Misc, Facility, Product,
    Date or Money; ``roles`` source, cue or content.
    """

    entities: tuple[Mark, ...] = ()
    roles: tuple[Mark, ...] = ()


def tag(texts: Iterable[str], *, threads: int | None = None) -> list[Tags]:
    """Mark the names and the parts of attributions in each text.

    ``threads`` (else the environment's ``NEWSDESK_ENCODER_THREADS``, else 1) changes the
    time that it takes and nothing else. A text holds no lone surrogates. Raises
    ``MissingModel`` if the weights are missing or damaged.
    """
    return read(load(), list(texts), max(1, threads or _threads()))


def read(network: Network, texts: Sequence[str], threads: int = 1) -> list[Tags]:
    """``tag`` with weights of one's own."""
    cut = [features.pieces(network.tokenizer, text) for text in texts]
    covers = [cover(len(p)) for p in cut]
    scores = iter(_scores(network, [(p, w) for p, c in zip(cut, covers, strict=True) for w in c], threads))
    result = []
    for text, p, windows in zip(texts, cut, covers, strict=True):
        parts = [next(scores) for _ in windows]
        if not parts:
            result.append(Tags())
            continue
        entities, roles = (np.concatenate(side) for side in zip(*parts, strict=True))
        result.append(Tags(marks(text, p, entities, network.entities), marks(text, p, roles, network.roles)))
    return result


def _threads() -> int:
    value = os.environ.get(THREADS, "")
    return max(1, int(value)) if value.isdecimal() else 1


def _scores(
    network: Network, jobs: Sequence[tuple[features.Pieces, Window]], threads: int
) -> list[tuple[decode.Scores, decode.Scores]]:
    def one(job: tuple[features.Pieces, Window]) -> tuple[decode.Scores, decode.Scores]:
        p, (start, stop, first, last) = job
        entities, roles = network.scores(p.ids[start:stop], p.features[start:stop])
        return entities[first - start : last - start], roles[first - start : last - start]

    if threads == 1 or len(jobs) < 2:
        return [one(job) for job in jobs]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(one, jobs))


def marks(text: str, p: features.Pieces, logits: decode.Scores, head: Head) -> tuple[Mark, ...]:
    """The spans of one head, from its logits (a row a piece of ``text``)."""
    scores = decode.by_word(decode.log_softmax(logits + head.bias), p.words)
    first: NDArray[np.int64] = np.flatnonzero(np.diff(p.words, prepend=-1))
    last = np.append(first[1:], len(p)) - 1
    # Nothing goes on over the end of a paragraph. A line may also end within a sentence.
    ended = [_ends(text[p.ends[n - 1] - 1 : p.starts[n]]) for n in first[1:].tolist()]
    scores[1:][ended, 2::2] = -np.inf
    found = []
    for run in decode.runs(decode.best_path(scores, head.transitions), scores):
        start, end = int(p.starts[first[run.start]]), int(p.ends[last[run.stop - 1]])
        found.append(Mark(start, _whole(text, end), head.labels[run.label], head.probability(run.certainty)))
    return tuple(found)


def _ends(gap: str) -> bool:
    """Whether a word's last character ends a sentence, and a line ends behind it."""
    return "\n" in gap and gap[0] in ".!?…:\"'”’)"


def _whole(text: str, end: int) -> int:
    """Accents and joiners that the tokeniser left out belong to the letter before them."""
    while end < len(text) and (unicodedata.combining(text[end]) or text[end] in "\u200d\ufe0f"):
        end += 1
    return end
