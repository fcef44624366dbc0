"""The two corpora as word pieces with labels for both heads.

Each corpus carries labels for one head only. Left so, each head learns nothing of the
other corpus and misfires there ("said" becomes a product, a train a cue). So an article
of either corpus gets what can be said of the other head with good reason:

- attribution texts, entity head: O on gold cues and on lower-case words where the small
  spaCy model has nothing either; a name where spaCy and the entity corpus agree;
- entity texts, attribution head: no cue on a gold entity, no source on a date or amount.

The rest stays unknown and costs nothing. In the second round the weights of the first one
are the teacher: what they are sure of fills the other head's side of each corpus.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from toolkit.encoder import features
from toolkit.encoder.labels import ENTITIES, ROLES

UNKNOWN = -1
CUE, SOURCE = 1, 2  # bits of ``barred``

_SPACY = {"PERSON": "Person", "GPE": "Location", "LOC": "Location", "NORP": "NORP", "ORG": "Organization"}
_CLOSED = {"PRON", "CCONJ", "SCONJ", "ADV", "AUX", "ADP"}


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article as pieces: tags of both heads (or UNKNOWN), their weights, what is barred."""

    id: str
    pieces: features.Pieces
    entities: np.ndarray
    roles: np.ndarray
    weights: np.ndarray  # of the entity tags
    barred: np.ndarray
    gold_entities: bool  # whether it comes from the entity corpus


@dataclass(frozen=True, slots=True)
class Taught:
    """What a teacher's head says of each piece: a tag, and how certain that tag is."""

    tags: np.ndarray
    certainties: np.ndarray


def rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        found = [json.loads(line) for line in lines]
    return [row for row in found if row["text"].strip()]


def tag_pieces(pieces: features.Pieces, spans: list[tuple[int, int, int]], tags: np.ndarray) -> None:
    """Write spans (start, end, label number) as BIO; a word belongs where half of it lies.

    All pieces of a word follow its first one: B on the first piece, I on the rest.
    """
    if not len(pieces):
        return
    first = np.flatnonzero(np.diff(pieces.words, prepend=-1))
    starts = pieces.starts[first]
    ends = np.maximum.reduceat(pieces.ends, first)
    middles = (starts + ends) / 2
    for start, end, label in sorted(spans):
        inside = np.flatnonzero((middles > start) & (middles < end))
        for n, word in enumerate(inside):
            stop = first[word + 1] if word + 1 < len(first) else len(pieces)
            tags[first[word] : stop] = 2 + 2 * label
            if n == 0:
                tags[first[word]] = 1 + 2 * label


def entity_article(
    tokenizer: Any, row: dict[str, Any], taught: Taught | None = None, sure: float = 0.6
) -> Labelled:
    """``taught`` are a teacher's roles for this text; words it is less ``sure`` of stay unknown."""
    p = features.pieces(tokenizer, row["text"])
    entities = np.zeros(len(p), np.int64)
    spans = [(s, e, ENTITIES.index(label)) for s, e, label in row["entities"]]
    tag_pieces(p, spans, entities)
    barred = np.where(entities > 0, CUE, 0)
    for label in ("Date", "Money"):
        tag = 1 + 2 * ENTITIES.index(label)
        barred[(entities == tag) | (entities == tag + 1)] |= SOURCE
    roles = np.full(len(p), UNKNOWN, np.int64)
    if taught is not None:
        known = taught.certainties >= sure
        known &= ~(((barred & CUE) > 0) & np.isin(taught.tags, _tags_of("cue")))
        known &= ~(((barred & SOURCE) > 0) & np.isin(taught.tags, _tags_of("source")))
        roles[known] = taught.tags[known]
    return Labelled(row["id"], p, entities, roles, np.ones(len(p), np.float32), barred, True)


def _tags_of(role: str) -> tuple[int, int]:
    return 1 + 2 * ROLES.index(role), 2 + 2 * ROLES.index(role)


def attribution_article(
    tokenizer: Any, row: dict[str, Any], tokens: list[list[Any]], lexicon: dict[str, str], positive: float
) -> Labelled:
    """``tokens`` are spaCy's; without any, the entity head learns O on the cues only."""
    text = row["text"]
    p = features.pieces(tokenizer, text)
    roles = np.zeros(len(p), np.int64)
    spans = [(s, e, n) for a in row["attributions"] for n, r in enumerate(ROLES) for s, e in a.get(r, [])]
    tag_pieces(p, sorted(set(spans)), roles)
    entities = np.full(len(p), UNKNOWN, np.int64)
    weights = np.ones(len(p), np.float32)
    if tokens:
        entities[_surely_none(text, p, tokens)] = 0
        names = np.zeros(len(p), np.int64)
        tag_pieces(p, _surely_names(text, tokens, lexicon), names)
        entities[names > 0] = names[names > 0]
        weights[names > 0] = positive
    cues = np.isin(roles, _tags_of("cue"))
    entities[cues], weights[cues] = 0, 1
    return Labelled(row["id"], p, entities, roles, weights, np.zeros(len(p), np.int64), False)


def taught_article(tokenizer: Any, row: dict[str, Any], taught: Taught, sure: float) -> Labelled:
    """An attribution article whose names a teacher has marked.

    A name on a cue in lower case is the teacher's mistake, a capitalised one there may be a
    name inside a long cue ("told Al Jazeera"): the first becomes O, the second unknown.
    """
    text = row["text"]
    p = features.pieces(tokenizer, text)
    roles = np.zeros(len(p), np.int64)
    spans = [(s, e, n) for a in row["attributions"] for n, r in enumerate(ROLES) for s, e in a.get(r, [])]
    tag_pieces(p, sorted(set(spans)), roles)
    entities = np.where(taught.certainties >= sure, taught.tags, UNKNOWN)
    cues = np.isin(roles, _tags_of("cue")) & (entities > 0)
    lower = np.array([text[s : s + 1].islower() for s in p.starts.tolist()], bool)
    entities[cues] = np.where(lower[cues], 0, UNKNOWN)
    weights = np.ones(len(p), np.float32)
    return Labelled(row["id"], p, entities, roles, weights, np.zeros(len(p), np.int64), False)


def _surely_none(text: str, p: features.Pieces, tokens: list[list[Any]]) -> np.ndarray:
    """Pieces of lower-case words that spaCy has no name for, and of capitalised function words.

    Not those between two capitalised words ("Department of Justice") nor "the" before one.
    """
    none = np.zeros(len(text) + 1, bool)
    caps = [text[s].isupper() for s, *_ in tokens]
    for n, (start, end, pos, label, _) in enumerate(tokens):
        word = text[start:end]
        if label or any(c.isdigit() for c in word):
            continue
        after = n + 1 < len(tokens) and caps[n + 1]
        if word == word.lower() and any(c.isalpha() for c in word):
            linking = after and (word in ("the", "al") or (n > 0 and caps[n - 1]) or (n > 1 and caps[n - 2]))
            glued = text[start - 1 : start] in ("-", "'", "’", "&") or text[end : end + 1] in ("-", "&")
            none[start:end] = not linking and not glued
        elif pos in _CLOSED and not after and word[1:] == word[1:].lower():
            none[start:end] = True
        elif not any(c.isalnum() for c in word):
            none[start:end] = not after and not (n > 0 and caps[n - 1])
    return none[p.starts] & none[np.maximum(p.ends - 1, 0)]


def _surely_names(text: str, tokens: list[list[Any]], lexicon: dict[str, str]) -> list[tuple[int, int, int]]:
    """spaCy's names that there is a second reason for: a person of two capitalised words (and
    their surname alone), or a name that the entity corpus labels alike."""
    found: list[tuple[int, int, str]] = []
    for start, end, _, label, begins in tokens:
        if label in _SPACY:
            if begins or not found:
                found.append((start, end, label))
            else:
                found[-1] = (found[-1][0], end, label)
    spans, surnames, single = [], set(), []
    for start, end, label in found:
        while text[start:end].endswith(("'s", "’s", "'", "’", ".")):
            end -= 2 if text[end - 1] == "s" else 1
        name = text[start:end]
        if name.startswith(("the ", "The ")):
            start, name = start + 4, name[4:]
        words = name.split()
        if "\n" in name or not words:
            continue
        if label == "PERSON" and 2 <= len(words) <= 3 and all(_named(w) for w in words):
            surnames.add(words[-1])
            spans.append((start, end, ENTITIES.index("Person")))
        elif label == "PERSON" and len(words) == 1:
            single.append((start, end, name))
        elif lexicon.get(name) == _SPACY[label]:
            spans.append((start, end, ENTITIES.index(_SPACY[label])))
    return spans + [(s, e, ENTITIES.index("Person")) for s, e, name in single if name in surnames]


def _named(word: str) -> bool:
    """A capitalised word that is not all capitals, or an initial."""
    if len(word) == 2 and word[1] == ".":
        return True
    return word[0].isupper() and word[1:] != word[1:].upper() and word[-1].isalnum()


def lexicon(entity_rows: list[dict[str, Any]], least: int = 3, share: float = 0.9) -> dict[str, str]:
    """Names that the entity corpus labels often and nearly always alike."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in entity_rows:
        for s, e, label in row["entities"]:
            counts[row["text"][s:e]][label] += 1
    found = {}
    for name, votes in counts.items():
        label, most = votes.most_common(1)[0]
        if sum(votes.values()) >= least and most >= share * sum(votes.values()):
            found[name] = label
    return found


def save(path: Path, articles: list[Labelled]) -> None:
    """Prepared articles as one ``.npz``: arrays end to end, and where each article ends."""
    columns = {
        name: np.concatenate([getattr(a.pieces, name) for a in articles])
        for name in ("ids", "features", "starts", "ends", "words")
    }
    columns |= {
        name: np.concatenate([getattr(a, name) for a in articles])
        for name in ("entities", "roles", "weights", "barred")
    }
    lengths = np.array([len(a.pieces) for a in articles])
    gold = np.array([a.gold_entities for a in articles])
    names = np.array([a.id for a in articles])
    np.savez_compressed(path, lengths=lengths, names=names, gold=gold, **columns)


def load(path: Path) -> list[Labelled]:
    with np.load(path, allow_pickle=False) as stored:
        lengths, names, gold = stored["lengths"], stored["names"].tolist(), stored["gold"].tolist()
        cuts = np.cumsum(lengths)[:-1]
        part = {k: np.split(stored[k], cuts) for k in stored.files if k not in ("lengths", "names", "gold")}
    return [
        Labelled(
            name,
            features.Pieces(*(part[k][n] for k in ("ids", "features", "starts", "ends", "words"))),
            *(part[k][n] for k in ("entities", "roles", "weights", "barred")),
            gold[n],
        )
        for n, name in enumerate(names)
    ]
