"""``link``: how the scorers of toolkit/linking.py are trained, on gold spans and on found ones.

Each article is read twice: with its gold marks, and with those that the encoder finds in it,
which get the gold links of the marks that they overlap. A choice is right or wrong as a whole
(softmax over the candidates of a mark), and is learned by Adam.
"""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from spacy.tokens import Doc, DocBin

from benchmarks.reliability import agreeing
from toolkit import encoder, languages, linking
from toolkit.annotate import AS_TRAINED
from toolkit.encoder import Mark
from toolkit.encoder.component import store
from toolkit.encoder.session import WEIGHTS, Network, load
from toolkit.linking import PLAIN, Scorer
from toolkit.pipeline import pipeline
from toolkit.quotes import find_quotes
from training import corpus
from training.evaluation import f1
from training.settings import logistic, write_settings

ROLES = ("source", "cue", "content")
TASKS = {"content": (2, 1), "source": (1, 0)}  # which role chooses among which
_EQUAL = 0.001  # of F1
log = logging.getLogger(__name__)

Choices = tuple[np.ndarray, np.ndarray, np.ndarray]  # features, group of each row, right rows


def gold(row: dict[str, Any]) -> tuple[list[Mark], list[dict[int, int]]]:
    """The gold marks of an article in order; of each content its cue, of each cue its source or -1."""
    spans = sorted({(s, e, r) for a in row["attributions"] for r in ROLES for s, e in a.get(r, [])})
    place = {span: n for n, span in enumerate(spans)}
    to_cue: dict[int, int] = {}
    to_source: dict[int, int] = {}
    for a in row["attributions"]:
        cues = [place[s, e, "cue"] for s, e in a["cue"]]
        sources = [place[s, e, "source"] for s, e in a.get("source", [])]
        for cue in cues[:1]:
            to_source[cue] = sources[0] if sources else -1
            for s, e in a.get("content", []):
                to_cue[place[s, e, "content"]] = cue
    return [Mark(s, e, r, 1.0) for s, e, r in spans], [to_cue, to_source]


def found(row: dict[str, Any], marks: Sequence[Mark]) -> list[dict[int, int]]:
    """The same for marks that were found: the gold links of what they overlap most."""
    real, links = gold(row)
    match: dict[int, int] = {}  # found -> gold
    back: dict[int, list[int]] = {}
    for n, m in enumerate(marks):
        best, most = -1, 0
        for k, g in enumerate(real):
            shared = min(m.end, g.end) - max(m.start, g.start)
            if g.label == m.label and shared > most:
                best, most = k, shared
        if best >= 0:
            match[n] = best
            back.setdefault(best, []).append(n)
    result: list[dict[int, int]] = [{}, {}]
    for n, m in enumerate(marks):
        if m.label == "source":
            continue
        side = 0 if m.label == "content" else 1
        to = links[side].get(match.get(n, -1), -1)
        result[side][n] = back.get(to, [-1])[0]
    return result


def choices(articles: Iterable[tuple[Doc, Sequence[Mark], list[dict[int, int]]]], task: str) -> Choices:
    """All choices of the articles as one table. A right answer that is no candidate counts as none."""
    items, among = TASKS[task]
    tables, groups, right, group, row = [], [], [], 0, 0
    for doc, marks, links in articles:
        if not marks:
            continue
        s = linking.scene(doc, marks)
        left, candidates = linking.pairs(s, items, among)
        if not len(left):
            continue
        tables.append(linking.features(s, left, candidates))
        for item in np.unique(left):
            rows = np.flatnonzero(left == item)
            wanted = links[0 if task == "content" else 1].get(int(item), -1)
            hit = rows[candidates[rows] == wanted]
            right.append(row + int(hit[0] if len(hit) else rows[-1]))
            groups.append(np.full(len(rows), group))
            group += 1
        row += len(left)
    if not tables:
        return np.zeros((0, linking.FEATURES), np.float32), np.zeros(0, int), np.zeros(0, int)
    return np.concatenate(tables), np.concatenate(groups), np.array(right)


def fit(
    data: Choices, *, hidden: int, passes: int, rate: float, decay: float, dropout: float, seed: int
) -> Scorer:
    """Minimise the cross-entropy of the right choice by Adam, in batches of 256 choices."""
    x, groups, right = data
    rng = np.random.default_rng(seed)
    parts = [
        rng.normal(0, (2 / x.shape[1]) ** 0.5, (x.shape[1], hidden)).astype(np.float32),
        np.zeros(hidden, np.float32),
        rng.normal(0, hidden**-0.5, hidden).astype(np.float32),
    ]
    first = np.searchsorted(groups, np.arange(len(right)))
    stop = np.append(first[1:], len(groups))
    means, squares = [np.zeros_like(p) for p in parts], [np.zeros_like(p) for p in parts]
    step, steps = 0, passes * -(-len(right) // 256)
    for _ in range(passes):
        order, total = rng.permutation(len(right)), 0.0
        for start in range(0, len(order), 256):
            chosen = order[start : start + 256]
            rows = np.concatenate([np.arange(first[g], stop[g]) for g in chosen])
            sizes = stop[chosen] - first[chosen]
            begin = np.cumsum(sizes) - sizes
            truth = begin + (right[chosen] - first[chosen])
            batch = x[rows]
            before = batch @ parts[0] + parts[1]
            kept = (rng.random(before.shape) >= dropout) / np.float32(1 - dropout)
            active = np.maximum(before, 0) * kept
            scores = active @ parts[2]
            scores -= np.repeat(np.maximum.reduceat(scores, begin), sizes)
            odds = np.exp(scores)
            p = odds / np.repeat(np.add.reduceat(odds, begin), sizes)
            total -= float(np.log(np.maximum(p[truth], 1e-9)).sum())
            p[truth] -= 1
            p /= len(chosen)
            slope = (p[:, None] * parts[2]) * (before > 0) * kept
            grads = [batch.T @ slope, slope.sum(0), active.T @ p]
            step += 1
            pace = rate * (1 - step / (steps + 1))
            for n, grad in enumerate(grads):
                means[n] += 0.1 * (grad - means[n])
                squares[n] += 0.01 * (grad**2 - squares[n])
                move = (means[n] / (1 - 0.9**step)) / (np.sqrt(squares[n] / (1 - 0.99**step)) + 1e-8)
                parts[n] = (parts[n] - pace * (move + decay * parts[n])).astype(np.float32)
    log.info("loss of a choice %.4f", total / len(right))
    return Scorer(*parts)


def accuracy(scorer: Scorer, data: Choices) -> float:
    """How many of the choices are right."""
    x, groups, right = data
    if not len(right):
        return 0.0
    scores = scorer(x)
    first = np.searchsorted(groups, np.arange(len(right)))
    stop = np.append(first[1:], len(groups))
    best = [a + int(scores[a:b].argmax()) for a, b in zip(first, stop, strict=True)]
    return float((np.array(best) == right).mean())


def train(args: argparse.Namespace, config: dict[str, Any]) -> None:
    """Fit both scorers, then choose on dev the bias of the cue's tags and the calibration.

    Writes toolkit/linking.npz, and the bias into the encoder's tagger.json: to be run when the
    encoder's new weights are in their place. ``--teacher`` are weights that have read the
    training texts less often, so that their slips there are like those on texts never read.
    """
    parts = {part: corpus.rows(args.data / f"attributions/{part}.jsonl") for part in ("train", "dev")}
    docs = {part: parsed(args.runs / f"parsed-{part}.spacy", rows) for part, rows in parts.items()}
    marks = {
        "train": read(load(args.teacher or WEIGHTS), docs["train"]),
        "dev": read(load(WEIGHTS), docs["dev"]),
    }
    scorers = []
    for task in TASKS:
        tables = {
            (part, kind): choices(
                (
                    (doc, *(gold(row) if kind == "gold" else (tags.roles, found(row, tags.roles))))
                    for doc, row, tags in zip(docs[part], parts[part], marks[part], strict=True)
                ),
                task,
            )
            for part in ("train", "dev")
            for kind in ("gold", "found")
        }
        both = joined(tables["train", "gold"], tables["train", "found"])
        scorers.append(
            fit(both, **{k: config[k] for k in ("hidden", "passes", "rate", "decay", "dropout", "seed")})
        )
        for (part, kind), table in tables.items():
            right = 100 * accuracy(scorers[-1], table)
            log.info("%s, %s spans of %s: %.2f%% of %d", task, kind, part, right, len(table[2]))
    write(scorers)
    if parts["dev"]:
        calibrate(docs["dev"], parts["dev"], config)
    else:
        log.warning("no articles in attributions/dev.jsonl: bias and calibration stay as they are")


def joined(first: Choices, second: Choices) -> Choices:
    return (
        np.concatenate([first[0], second[0]]),
        np.concatenate([first[1], second[1] + first[1][-1] + 1]),
        np.concatenate([first[2], second[2] + len(first[0])]),
    )


def parsed(cache: Path, rows: list[dict[str, Any]]) -> list[Doc]:
    """The documents as the toolkit parses them, kept for the next time."""
    nlp = pipeline("en")
    if not cache.exists():
        keep = [name for name in nlp.pipe_names if not name.startswith("toolkit_")]
        with nlp.select_pipes(enable=["toolkit_paragraphs", *keep]):
            docs = (nlp(row["text"].translate(AS_TRAINED)) for row in rows)
            DocBin(docs=docs).to_disk(cache)
    return list(DocBin().from_disk(cache).get_docs(nlp.vocab))


def read(network: Network, docs: list[Doc]) -> list[encoder.Tags]:
    return encoder.read(network, [doc.text for doc in docs], threads=2)


def write(scorers: Sequence[Scorer], curves: Mapping[str, Sequence[float]] | None = None) -> None:
    parts = {
        f"{name}.{part}": getattr(scorer, part).astype(np.float16)
        for name, scorer in zip(TASKS, scorers, strict=True)
        for part in ("into", "bias", "out")
    }
    parts |= {f"{kind}.curve": np.array(curve) for kind, curve in (curves or PLAIN).items()}
    part = linking.WEIGHTS.with_suffix(".part.npz")
    np.savez_compressed(part, **parts)
    part.replace(linking.WEIGHTS)
    linking.load.cache_clear()


def calibrate(docs: list[Doc], rows: list[dict[str, Any]], config: dict[str, Any]) -> None:
    """The bias by the F1 of whole attributions, then for each kind of quote the curve from the
    product of its probabilities to the share that is right. (That of single marks stays as it was
    fitted without the bias: the linker has learned from such, and nobody else sees it.)"""
    settings = json.loads((WEIGHTS / "tagger.json").read_text(encoding="utf-8"))
    roles, results = settings["roles"], {}
    for bias in config["biases"]:
        roles["bias"] = {"cue": bias}
        found = _tagged(docs, settings)
        judged = [judge(doc, tags, row) for doc, tags, row in zip(docs, found, rows, strict=True)]
        right = sum(ok for article in judged for _, _, ok in article)
        score = f1(right, sum(map(len, judged)), sum(len(row["attributions"]) for row in rows))
        log.info("cue's bias %.1f: attribution F1 %.2f", bias, 100 * score)
        results[bias] = score, judged, dict(roles)
    # A statement missed costs an editor more than one too many: of equals the most eager.
    top = max(score for score, *_ in results.values())
    best = max(bias for bias, (score, *_) in results.items() if score > top - _EQUAL)
    settings["roles"] = results[best][2]
    _tagged([], settings)
    curves = {}
    for kind in PLAIN:
        pairs = [
            (p, ok) for article in results[best][1] for k, p, ok in article if k == kind and p is not None
        ]
        curves[kind] = logistic(np.array([p for p, _ in pairs]), np.array([ok for _, ok in pairs]))
    write(linking.load()[:2], curves)


def _tagged(docs: list[Doc], settings: dict[str, Any]) -> list[encoder.Tags]:
    """What the encoder finds with these settings, which are its own from now on."""
    write_settings(WEIGHTS, settings)
    load.cache_clear()
    return read(load(WEIGHTS), docs)


def judge(doc: Doc, tags: encoder.Tags, row: dict[str, Any]) -> list[tuple[str, float | None, bool]]:
    """Of each quote its kind, its score and whether it is right."""
    store(doc, tags)
    quotes = [q for q in find_quotes(doc, languages.get("en")) if q.kind != "scare" and q.cue]
    right = agreeing(quotes, row["attributions"])
    return [(q.kind, q.score, n in right) for n, q in enumerate(quotes)]
