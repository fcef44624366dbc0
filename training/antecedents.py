"""The weights of ``toolkit/speakers.json``: whom pronouns mean, and how sure a speaker is.

``speakers.jsonl`` tells who the sources of 106 training articles are (see the encoder's card):
offsets of the source, of what is said and of the names, no text. Every time that the toolkit,
given the labelled source, asks whom a pronoun or a role means, the candidates become one
example of a ranking (softmax over the candidates and nobody), fitted by Newton's method.
"""

from __future__ import annotations

import argparse
import json
import logging
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from toolkit import antecedents, languages, speakers
from toolkit.annotate import AS_TRAINED
from toolkit.antecedents import Features
from toolkit.model import Quote, Span
from toolkit.pipeline import analyse
from training.corpus import rows

HERE = Path(__file__).parent
FOLDS = 5
log = logging.getLogger(__name__)


class Example(NamedTuple):
    """Candidates with what speaks for each, the last being nobody, and which of them are right."""

    article: str
    kind: str
    candidates: list[Features]
    right: list[int]


class Answer(NamedTuple):
    """What speaks for a speaker whom the toolkit named, and whether it is the right one."""

    article: str
    evidence: Features
    right: bool


def train(args: argparse.Namespace, config: dict[str, Any]) -> None:
    """Fits both on the labelled articles, the certainty on answers of the cross-validation."""
    texts = {row["id"]: row["text"] for row in rows(args.data / "attributions/train.jsonl")}
    labelled = {row["id"]: row["speakers"] for row in rows_of_labels()}
    documents = {name: analyse("en", texts[name].translate(AS_TRAINED)) for name in labelled}
    examples = [
        e for name, doc in documents.items() for e in _examples(name, doc, texts[name], labelled[name])
    ]
    by_fold = [
        rank([e for e in examples if _fold(e.article) != k], config["antecedents"]) for k in range(FOLDS)
    ]
    count: Counter[tuple[str, str]] = Counter()
    for example in examples:
        best = int(_odds(by_fold[_fold(example.article)], example).argmax())
        hit = best in example.right
        nobody = best == len(example.candidates) - 1
        count[example.kind, "right" if hit else "none" if nobody else "wrong"] += 1
    for (kind, how), number in sorted(count.items()):
        log.info("%s: %d %s", kind, number, how)
    weights = rank(examples, config["antecedents"])
    out = Path(antecedents.__file__).parent / "speakers.json"
    certain = antecedents.learned()["certainty"]
    answers: list[Answer] = []
    for k, others in enumerate(by_fold):  # each article is answered with weights that have not seen it
        _write(out, {"antecedents": others, "certainty": certain})
        for name, doc in documents.items():
            if _fold(name) == k:
                answers += _answers(name, doc, texts[name], labelled[name])
    log.info("%d answers, %.3f right", len(answers), np.mean([a.right for a in answers]))
    _write(out, {"antecedents": weights, "certainty": certainty(answers, config["certainty"])})


def rows_of_labels() -> list[dict[str, Any]]:
    lines = (HERE / "speakers.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def rank(examples: list[Example], decay: float) -> dict[str, float]:
    """The weights under which the right candidates are likeliest, with a penalty on their squares."""
    names = sorted({name for e in examples for f in e.candidates for name in f})
    place = {name: n for n, name in enumerate(names)}
    sheets = []
    for example in examples:
        sheet = np.zeros((len(example.candidates), len(names)))
        for row, found in enumerate(example.candidates):
            for name, value in found.items():
                sheet[row, place[name]] = value
        wanted = np.zeros(len(sheet))
        wanted[example.right] = 1 / len(example.right)
        sheets.append((sheet, wanted))

    def slopes(w: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        slope, bend = -decay * w, -decay * np.eye(len(w))
        for sheet, wanted in sheets:
            p = _softmax(sheet @ w)
            mean = p @ sheet
            slope += sheet.T @ (wanted - p)
            bend -= (sheet.T * p) @ sheet - np.outer(mean, mean)
        return slope, bend

    return dict(zip(names, _newton(slopes, len(names)), strict=True))


def certainty(answers: list[Answer], decay: float) -> dict[str, float]:
    """The weights of a logistic regression of being right."""
    names = sorted({name for a in answers for name in a.evidence})
    x = np.array([[a.evidence.get(name, 0.0) for name in names] for a in answers])
    y = np.array([a.right for a in answers], float)

    def slopes(w: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        p = 1 / (1 + np.exp(-x @ w))
        return x.T @ (y - p) - decay * w, -(x.T * (p * (1 - p))) @ x - decay * np.eye(len(w))

    return dict(zip(names, _newton(slopes, len(names)), strict=True))


def _newton(slopes: Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]], size: int) -> list[float]:
    w = np.zeros(size)
    for _ in range(60):
        slope, bend = slopes(w)
        step = np.linalg.solve(bend, slope)
        w = w - step * min(1.0, 1 / max(float(np.abs(step).max()), 1e-9))
        if np.abs(step).max() < 1e-6:
            break
    return [round(float(v), 3) for v in w]


def _examples(name: str, doc: Any, text: str, labels: list[dict[str, Any]]) -> Iterator[Example]:
    """The calls of the ranker with the labelled sources put in place of the toolkit's own statements."""
    by_content = {_spans(label["content"]): label for label in labels}
    asked: list[tuple[antecedents.Anaphor, Any]] = []
    ranked = antecedents.rank

    def listen(anaphor: Any, *rest: Any) -> Any:
        asked.append((anaphor, antecedents.features(anaphor, *rest)))
        return ranked(anaphor, *rest)

    speakers.rank = listen  # type: ignore[attr-defined]
    try:
        speakers.attribute(doc, _english(), given(doc, labels), doc._.entities)
    finally:
        speakers.rank = ranked  # type: ignore[attr-defined]
    for anaphor, candidates in asked:
        label = by_content.get(anaphor.content)
        if label is None:
            continue
        wanted = {text[slice(*span)] for span in label["names"]}
        right = [n for n, (e, _) in enumerate(candidates) if e and text[slice(*e.name)] in wanted]
        # Somebody who is named, but not among the candidates, is nobody to them as well.
        yield Example(name, anaphor.kind, [f for _, f in candidates], right or [len(candidates) - 1])


def _answers(name: str, doc: Any, text: str, labels: list[dict[str, Any]]) -> Iterator[Answer]:
    """What the toolkit makes of the text by itself, where it found a labelled statement and a name."""
    found = speakers.answers(doc, _english(), doc._.quotes, doc._.entities)
    for label in labels:
        said = {i for start, end in label["content"] for i in range(start, end)}
        best = max(doc._.quotes, key=lambda q: _shared(said, q), default=None)
        if best is None or 2 * _shared(said, best) < len(said) or not found[best.id].entities:
            continue
        answer = found[best.id]
        names = {text[slice(*e.name)] for e in answer.entities}
        right = names == {text[slice(*span)] for span in label["names"]}
        yield Answer(name, antecedents.evidence(answer.how, answer.sure, best.score), right)


def given(doc: Any, labels: list[dict[str, Any]]) -> tuple[Quote, ...]:
    """The labelled statements, and of the toolkit's own those that don't overlap them."""
    gold = [
        Quote(f"g{n}", "direct", _spans(label["content"]), source=_spans(label["source"] or ()))
        for n, label in enumerate(labels)
    ]
    taken = [span for quote in gold for span in quote.content]
    rest = (q for q in doc._.quotes if not any(a.overlaps(b) for a in q.content for b in taken))
    return (*gold, *rest)


def _english() -> languages.Language:
    found = languages.get("en")
    assert found is not None
    return found


def _spans(pairs: Any) -> tuple[Span, ...]:
    return tuple(Span(*pair) for pair in pairs)


def _shared(said: set[int], quote: Quote) -> int:
    return sum(1 for start, end in quote.content for i in range(start, end) if i in said)


def _softmax(sums: np.ndarray) -> np.ndarray:
    odds = np.exp(sums - sums.max())
    p: np.ndarray = odds / odds.sum()
    return p


def _odds(weights: dict[str, float], example: Example) -> np.ndarray:
    return _softmax(
        np.array([sum(weights.get(n, 0.0) * v for n, v in f.items()) for f in example.candidates])
    )


def _fold(article: str) -> int:
    return zlib.crc32(article.encode()) % FOLDS


def _write(path: Path, learned: dict[str, Any]) -> None:
    part = path.with_suffix(".part")
    part.write_text(json.dumps(learned, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    part.replace(path)
    antecedents.learned.cache_clear()
