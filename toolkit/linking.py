"""Which source, cue and content belong together: a learned choice for each of them.

The encoder marks sources, cues and contents, each a span of its own. Every content chooses
among the cues about it, and every cue among the sources, or none of them. What is seen of a
pair is its place (how far, in which order, what stands between) and the parse (does one
hang on the other). A small network with one hidden layer scores the pairs; how it was
trained is told in the encoder's MODEL_CARD.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import prod
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from toolkit.encoder import Mark
from toolkit.encoder.session import curve
from toolkit.errors import MissingModel
from toolkit.paragraphs import paragraphs

WEIGHTS = Path(__file__).with_name("linking.npz")
PLAIN = dict.fromkeys(("direct", "mixed", "indirect"), (1.0, 0.0))  # curves that change nothing
FEATURES = 192  # columns of a pair
REACH = 6  # candidates on either side
CLIMB = 4  # steps up the tree

Array = NDArray[np.float32]
Whole = NDArray[np.int64]


class Link(NamedTuple):
    """An attribution in spans: one cue, its source if it has one, its contents. ``score`` is the
    product of the probabilities of its marks and links, see ``probability``."""

    cue: Mark
    source: Mark | None
    content: tuple[Mark, ...]
    score: float


_DEPS = (
    "nsubj", "nsubjpass", "ccomp", "xcomp", "dobj", "pobj", "prep", "advcl", "relcl", "acl", "agent", "conj",
    "appos", "parataxis", "ROOT", "poss", "compound", "attr", "dep", "csubj", "amod", "pcomp",
)  # fmt: skip
_POS = ("VERB", "AUX", "NOUN", "PROPN", "ADP", "PUNCT", "ADJ", "PRON", "ADV", "SCONJ")
_QUOTES = frozenset('"“”')
_STOPS = frozenset(".?!")
_WORDS = {
    "comma": frozenset(","), "mark": frozenset("\"“”«»"), "that": frozenset(("that", "That")),
    "stop": frozenset(".?!;:"), "and": frozenset(("and", "but", "or")), "who": frozenset(("who", "which")),
}  # fmt: skip
_ROLES = ("source", "cue", "content")
_STEPS = (0, 1, 2, 3, 5, 8, 13, 21, 40)


@dataclass(frozen=True, slots=True)
class Scene:
    """A document and its marks as arrays, one entry a token or a mark."""

    head: Whole
    paragraph: Whole
    sentence: Whole
    seen: dict[str, Whole]  # of each token kind, how many there are before a place
    first: Whole
    last: Whole
    root: Whole
    role: Whole
    begun: Whole  # how many marks of each role begin before a token, a row a role
    own: Array  # what is known of each mark alone


def scene(doc: Doc, marks: Sequence[Mark]) -> Scene:
    """``marks`` in the order of the text."""
    count = len(doc)
    columns = doc.to_array(["HEAD", "SENT_START", "POS"]).astype(np.int64)
    head = columns[:, 0] + np.arange(count)
    words = [t.text for t in doc]
    offsets = doc.to_array("IDX").astype(np.int64)

    def before(flags: Iterable[bool] | NDArray[np.bool_]) -> Whole:
        return np.concatenate([[0], np.cumsum(np.fromiter(flags, np.int64, count))])

    seen = {name: before(w in of for w in words) for name, of in _WORDS.items()}
    seen["word"] = before(not w.isspace() for w in words)
    seen["verb"] = before(columns[:, 2] == doc.vocab.strings["VERB"])
    starts, ends = np.array([m.start for m in marks]), np.array([m.end for m in marks])
    first = np.maximum(np.searchsorted(offsets, starts, "right") - 1, 0)
    last = np.maximum(np.searchsorted(offsets, ends, "left") - 1, first)
    root = np.array([_root(head, a, b) for a, b in zip(first.tolist(), last.tolist(), strict=True)], np.int64)
    role = np.array([_ROLES.index(m.label) for m in marks], np.int64)
    begun = np.zeros((3, count + 1), np.int64)
    np.add.at(begun, (role, first + 1), 1)
    places = zip(marks, first.tolist(), last.tolist(), root.tolist(), strict=True)
    return Scene(
        head=head,
        paragraph=np.searchsorted([p.start for p in paragraphs(doc.text)], offsets, "right"),
        sentence=np.cumsum(columns[:, 1] == 1),
        seen=seen, first=first, last=last, root=root, role=role, begun=np.cumsum(begun, axis=1),
        own=np.array([_own(doc, *place) for place in places], np.float32),
    )  # fmt: skip


def _root(head: Whole, first: int, last: int) -> int:
    """The token of a span that hangs on one outside it; the first such, but a comma."""
    for i in range(first, last + 1):
        if not first <= head[i] <= last or head[i] == i:
            return i
    return last


def _one_hot(value: str, of: tuple[str, ...]) -> list[float]:
    return [float(value == v) for v in of]


def _own(doc: Doc, mark: Mark, first: int, last: int, root: int) -> list[float]:
    token = doc[root]
    words = [doc[i].lower_ for i in range(first, last + 1)]
    ahead = doc[first - 1].text if first else "\n"
    behind = doc[last + 1].text if last + 1 < len(doc) else "\n"
    return [
        *_one_hot(token.dep_, _DEPS),
        *_one_hot(token.pos_, _POS),
        *(float(len(words) > n) for n in (1, 2, 3, 5, 9, 17)),
        words[0] in _QUOTES, words[-1] in _QUOTES, not _QUOTES.isdisjoint(words),
        words[0] == "to", words[0] == "according", words[0] == "that", doc[first].is_title,
        words[-1] == "to", words[-1] == "by", words[-1] in ("of", "on", "for", "with", "about"),
        ahead == ",", "\n" in ahead, ahead in _STOPS, behind == ",", behind == ":", behind in _STOPS,
        any(doc[i].dep_ == "auxpass" for i in range(first, last + 1)),
        token.tag_ == "VBG", token.tag_ == "VBN",
        token.head.pos_ == "VERB", token.head.pos_ == "NOUN", mark.probability,
    ]  # fmt: skip


def pairs(s: Scene, items: int, candidates: int) -> tuple[Whole, Whole]:
    """For each mark of one role, the marks of the other about it in the same paragraph, the nearest
    on either side up to two paragraphs away, and -1 for none. Two arrays: the item and its candidate."""
    of = np.flatnonzero(s.role == items)
    among = np.flatnonzero(s.role == candidates)
    left: list[int] = []
    right: list[int] = []
    for i in of.tolist():
        at = int(np.searchsorted(s.first[among], s.first[i]))
        here = s.paragraph[s.first[i]]
        for c in among[max(at - REACH, 0) : at + REACH].tolist():
            apart = abs(s.paragraph[s.first[c]] - here)
            if apart == 0 or (
                apart <= 2 and c == (among[at - 1] if c < i else among[min(at, len(among) - 1)])
            ):
                left.append(i)
                right.append(c)
        left.append(i)
        right.append(-1)
    return np.array(left, np.int64), np.array(right, np.int64)


def features(s: Scene, items: Whole, candidates: Whole) -> Array:
    """A row a pair. Of a pair without a candidate only the item's own columns are filled."""
    none = candidates < 0
    i, c = items, np.where(none, items, candidates)
    after = s.first[c] > s.first[i]
    a = np.where(after, s.last[i], s.last[c]) + 1  # the gap between the two
    b = np.maximum(np.where(after, s.first[c], s.first[i]), a)
    columns: list[NDArray[np.generic]] = [after, ~after]
    gap = {name: total[b] - total[a] for name, total in s.seen.items()}
    for n, step in enumerate(_STEPS):
        upper = _STEPS[n + 1] if n + 1 < len(_STEPS) else 10**9
        inside = (gap["word"] >= step) & (gap["word"] < upper)
        columns += [inside & after, inside & ~after]
    for name in ("comma", "mark", "that", "stop", "and", "verb", "who"):
        columns += [gap[name] > 0, gap[name] > 1]
    for role in range(3):
        between = s.begun[role][b] - s.begun[role][a]
        columns += [between == 0, between == 1, between > 1]
    here, there = s.sentence[s.first[i]], s.sentence[s.first[c]]
    columns += [here == there, np.abs(here - there) == 1, np.abs(here - there) > 1]
    columns += [s.paragraph[s.first[i]] == s.paragraph[s.first[c]]]
    columns += _tree(s, i, c)
    columns += _ranks(s, i, c)
    shared = np.stack([np.asarray(x, np.float32) for x in columns], axis=1)
    shared[none] = 0
    theirs = np.where(none[:, None], 0, s.own[c])
    order = np.stack([none, after & ~none], axis=1).astype(np.float32)
    return np.concatenate([order, shared, s.own[i], theirs], axis=1).astype(np.float32)


def _tree(s: Scene, i: Whole, c: Whole) -> list[NDArray[np.generic]]:
    """By how many steps up from the one the other is reached, either way, and how many steps up
    from both they have a token in common."""
    path_i, up = _climb(s, i, c)
    path_c, down = _climb(s, c, i)
    done = np.zeros(len(i), bool)
    met: list[NDArray[np.generic]] = []
    for total in range(2 * CLIMB + 1):
        here = np.zeros(len(i), bool)
        for n in range(max(total - CLIMB, 0), min(total, CLIMB) + 1):
            here |= (path_i[n] == path_c[total - n]) & ~done
        met.append(here)
        done |= here
    return [*up, *down, *met[1:], ~done]


def _climb(s: Scene, of: Whole, to: Whole) -> tuple[list[Whole], list[NDArray[np.generic]]]:
    """The tokens on the way up from each mark's root, and at which step another mark is reached."""
    path, reached = [s.root[of]], np.zeros(len(of), bool)
    hits: list[NDArray[np.generic]] = []
    for _ in range(CLIMB):
        path.append(s.head[path[-1]])
        hit = (path[-1] >= s.first[to]) & (path[-1] <= s.last[to]) & ~reached
        hits.append(hit)
        reached |= hit
    return path, hits


def _ranks(s: Scene, i: Whole, c: Whole) -> list[NDArray[np.generic]]:
    """How many of the candidate's kind stand nearer to the item, and how many of the item's kind
    nearer to the candidate."""
    low, high = np.minimum(s.first[i], s.first[c]), np.maximum(s.first[i], s.first[c])
    low = np.minimum(low + 1, high)
    counts = [s.begun[role, high] - s.begun[role, low] for role in (s.role[c], s.role[i])]
    return [hit for n in counts for hit in (n == 0, n == 1, n > 1)]


@dataclass(frozen=True, slots=True)
class Scorer:
    """One hidden layer."""

    into: Array
    bias: Array
    out: Array

    def __call__(self, x: Array) -> Array:
        hidden = np.maximum(x @ self.into + self.bias, 0)
        result: Array = hidden @ self.out
        return result


def choose(s: Scene, scorer: Scorer, items: int, candidates: int) -> dict[int, tuple[int, float]]:
    """For each mark of one role the best mark of the other (-1 for none) and its probability."""
    left, right = pairs(s, items, candidates)
    if not len(left):
        return {}
    scores = scorer(features(s, left, right))
    found = {}
    cuts = np.flatnonzero(np.diff(left, prepend=-1)).tolist()
    for a, b in zip(cuts, [*cuts[1:], len(left)], strict=True):
        odds = np.exp(scores[a:b] - scores[a:b].max())
        best = int(odds.argmax())
        found[int(left[a])] = int(right[a + best]), float(odds[best] / odds.sum())
    return found


def link(doc: Doc, marks: Sequence[Mark], scorers: tuple[Scorer, Scorer] | None = None) -> list[Link]:
    """The attributions of a document; a cue without a content is none."""
    if not marks:
        return []
    of_content, of_cue = scorers or load()[:2]
    s = scene(doc, marks)
    contents = choose(s, of_content, 2, 1)
    sources = choose(s, of_cue, 1, 0)
    of: dict[int, list[tuple[int, float]]] = {}
    for c, (cue, p) in contents.items():
        of.setdefault(cue, []).append((c, p))
    found = []
    for k in np.flatnonzero(s.role == 1).tolist():
        if own := of.get(k):
            source, sure = sources[k]
            parts = [k, *(c for c, _ in own), *([source] if source >= 0 else [])]
            score = sure * prod(p for _, p in own) * prod(marks[n].probability for n in parts)
            found.append(
                Link(marks[k], marks[source] if source >= 0 else None, tuple(marks[c] for c, _ in own), score)
            )
    return found


@lru_cache(maxsize=1)
def load(path: Path = WEIGHTS) -> tuple[Scorer, Scorer, dict[str, tuple[float, float]]]:
    """The scorers of content to cue and of cue to source, and the curves of ``probability``.
    Raises ``MissingModel``."""
    try:
        with np.load(path, allow_pickle=False) as stored:
            first, second = (
                Scorer(*(stored[f"{name}.{part}"].astype(np.float32) for part in ("into", "bias", "out")))
                for name in ("content", "source")
            )
            curves = {}
            for kind in PLAIN:
                slope, shift = stored[f"{kind}.curve"].tolist()
                curves[kind] = float(slope), float(shift)
            if not first.into.shape[0] == second.into.shape[0] == FEATURES:
                raise ValueError("made for other features")
    except Exception:  # a damaged archive fails in a dozen ways, none of which tells an editor anything
        raise MissingModel(
            f"The file {path.name} is missing or damaged; install the toolkit again."
        ) from None
    return first, second, curves


def probability(kind: str, score: float) -> float:
    """How often a quote of this kind whose links and marks have this score is right, by dev."""
    slope, shift = load()[2][kind]
    return curve(score, slope, shift)
