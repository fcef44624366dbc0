"""The weights of ``toolkit/summary.json`` and ``wanted.npz``, from articles with their editors' highlights.

First the sentences: which of them would a summary take that is as near as possible to the
editors' (greedily, by ROUGE)? A logistic regression of that. Then the words and pairs of words: which
have the highlights? A small network for each, on scores of sentences that have not seen the
article. Last, short summaries as a whole: the ROUGE of sets of sentences, by ridge regression within
each article, on the same scores. What is told of the result is told of articles that none has seen.
"""

from __future__ import annotations

import argparse
import functools
import json
import logging
import os
import re
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from toolkit import choosing, marked, salience, standing, summary, terms, wanted
from toolkit.model import Budget, Span
from training.corpus import rows

FOLDS = 10
BUDGETS = (Budget("sentences", 3), Budget("words", 60))
_READ, _SETS = 60, 150  # sentences of an article, and sets of them, that ROUGE is reckoned for
_REFERENCE = re.compile(r'(?<=[.!?])["”\']?\s+(?=["“\']?[A-Z0-9])')
log = logging.getLogger(__name__)


class Example(NamedTuple):
    """An article: what is marked in it, its usable sentences, all of its sentences, the highlights; which of
    the usable ones a summary would take, and which hang on the one before."""

    text: str
    marked: marked.Marked
    spans: list[Span]
    every: tuple[Span, ...]
    references: list[str]
    wanted: list[bool]
    hanging: frozenset[int]


class Counted(NamedTuple):
    """An article's words and pairs of words, and which of each the highlights have."""

    sheets: wanted.Sheets
    had: tuple[np.ndarray, np.ndarray]


def train(args: argparse.Namespace, config: dict[str, Any]) -> None:
    """Fits the weights on ``summaries/cnn.jsonl``, tells their gain by cross-validation, writes them."""
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        examples = list(pool.map(_example, rows(args.data / "summaries/cnn.jsonl"), chunksize=10))
    of_sentences = [_sentence_weights(examples, k, config["sentence"]) for k in range(FOLDS)]
    seen = [_seen(e, of_sentences[n % FOLDS]) for n, e in enumerate(examples)]
    counted = [_counted(e, s) for e, s in zip(examples, seen, strict=True)]
    length = float(np.mean([_length(e) for e in examples]))
    by_fold = [wanted.Weights(*_networks(counted, k, config["words"]), length) for k in range(FOLDS)]
    result: dict[str, Any] = {"sentence": _sentence_weights(examples, None, config["sentence"])}
    for budget in BUDGETS:
        sheets = [_sheet(e, s, budget, n) for n, (e, s) in enumerate(zip(examples, seen, strict=True))]
        of_sets = [_set_weights(sheets, k, config["set"]) for k in range(FOLDS)]
        gains = []
        for n, (example, found) in enumerate(zip(examples, seen, strict=True)):
            words = wanted.Wanted(counted[n].sheets, by_fold[n % FOLDS])
            gains.append(_gain(example, found, words, budget, of_sets[n % FOLDS]))
        rng = np.random.default_rng(0)
        means = [rng.choice(gains, len(gains)).mean() for _ in range(2000)]
        low, high = np.percentile(means, [2.5, 97.5])
        log.info("%s: %+.2f over the lead, %+.2f to %+.2f", budget, np.mean(gains), low, high)
        result[budget.unit] = _set_weights(sheets, None, config["set"])
    _write(result, _networks(counted, None, config["words"]), length)


def _write(result: dict[str, Any], networks: tuple[wanted.Network, wanted.Network], length: float) -> None:
    out = Path(salience.__file__).with_name("summary.json")
    part = out.with_suffix(".part")
    part.write_text(json.dumps(result, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    part.replace(out)
    arrays = {"length": np.float32(length)}
    for name, network in zip(("words", "pairs"), networks, strict=True):
        arrays |= {f"{name}.mean": network.mean, f"{name}.spread": network.spread}
        for i, (weights, bias) in enumerate(network.layers):
            arrays |= {f"{name}.{i}.weights": weights, f"{name}.{i}.bias": bias}
    part = wanted.WEIGHTS.with_suffix(".part.npz")
    np.savez(part, **arrays)
    part.replace(wanted.WEIGHTS)


def rouge(references: Sequence[str], text: str, spans: Sequence[Span]) -> float:
    """The mean of ROUGE-1, -2 and -L (F1, stemmed) over the references, of 100."""
    words = "\n".join(" ".join(text[slice(*s)].split()) for s in sorted(spans))
    found = [_scorer().score(r if "\n" in r else "\n".join(_REFERENCE.split(r)), words) for r in references]
    return float(np.mean([100 * one.fmeasure for row in found for one in row.values()]))


@functools.cache
def _scorer() -> Any:
    from rouge_score import rouge_scorer

    logging.getLogger("absl").setLevel(logging.WARNING)
    return rouge_scorer.RougeScorer(["rouge1", "rouge2", "rougeLsum"], use_stemmer=True)


def _example(row: dict[str, Any]) -> Example:
    from toolkit import Article, annotate

    text, references = row["text"], row["summaries"]
    notes = annotate(Article(text, language="en"), method="lead")
    every = notes.sentences
    attributed = standing.bound(every, notes.quotes)
    found = marked.Marked(notes.entities, notes.quotes, notes.figures)
    spans, hanging = standing.usable(text, every, "en", attributed)
    chosen: list[Span] = []
    reached = 0.0
    while len(chosen) < 4:
        tried = [(rouge(references, text, [*chosen, s]), s) for s in spans[:_READ] if s not in chosen]
        best, span = max(tried, default=(0.0, Span(0, 0)))
        if best <= reached + 0.1:
            break
        reached = best
        chosen.append(span)
    hung = frozenset(i for i, s in enumerate(spans) if i and s in hanging)
    return Example(text, found, spans, every, references, [s in chosen for s in spans], hung)


def _sentences(example: Example) -> list[str]:
    return [example.text[slice(*s)] for s in example.spans]


def _told(example: Example) -> list[terms.Told]:
    tell = terms.telling("en")
    return [tell(example.text, *span) for span in example.spans]


def _seen(example: Example, weights: dict[str, float] | None = None) -> salience.Seen:
    return salience.see(_sentences(example), _told(example), "en", weights, hanging=example.hanging)


def _sentence_weights(examples: list[Example], left_out: int | None, decay: float) -> dict[str, float]:
    """Logistic regression, a penalty on the squares of what the standardised features weigh."""
    x, y = [], []
    for n, example in enumerate(examples):
        if n % FOLDS != left_out:
            found = _seen(example).columns
            x.append(np.stack([found[name][:_READ] for name in sorted(found)], axis=1).astype(float))
            y += example.wanted[:_READ]
    names = sorted(found)
    sheet = np.concatenate(x)
    spread = sheet.std(axis=0) + 1e-9
    sheet = np.hstack([(sheet - sheet.mean(axis=0)) / spread, np.ones((len(sheet), 1))])
    wanted, w = np.array(y, float), np.zeros(sheet.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-sheet @ w))
        bend = (sheet.T * (p * (1 - p))) @ sheet + decay * np.eye(len(w))
        step = np.linalg.solve(bend, sheet.T @ (wanted - p) - decay * w)
        w = w + step
        if np.abs(step).max() < 1e-6:
            break
    return {name: round(float(v), 4) for name, v in zip(names, w[:-1] / spread, strict=True)}


def _counted(example: Example, seen: salience.Seen) -> Counted:
    stems = terms.stems_of("en")
    marks = example.marked.rows([start for one in seen.told for start in one.starts])
    found = wanted.sheets(seen, marks, stems)
    told = stems(" ".join(example.references))
    had = ({(word,) for word in told}, set(pairwise(told)))
    of_words, of_pairs = (
        np.array([tuple(found.vocabulary[i] for i in gram) in grams for gram in sheet.grams.tolist()], float)
        for sheet, grams in zip((found.words, found.pairs), had, strict=True)
    )
    return Counted(found, (of_words, of_pairs))


def _length(example: Example) -> float:
    """Words of a summary."""
    return float(np.mean([len(terms.stems_of("en")(one)) for one in example.references]))


def _networks(
    counted: list[Counted], left_out: int | None, config: dict[str, Any]
) -> tuple[wanted.Network, wanted.Network]:
    known = [one for n, one in enumerate(counted) if n % FOLDS != left_out]
    words, pairs = (
        _network(
            np.concatenate([getattr(one.sheets, name).rows for one in known]),
            np.concatenate([one.had[k] for one in known]),
            config,
        )
        for k, name in enumerate(("words", "pairs"))
    )
    return words, pairs


def _network(x: np.ndarray, told: np.ndarray, config: dict[str, Any]) -> wanted.Network:
    """A perceptron with two hidden layers: what is likely to be in a summary."""
    import torch
    from torch import nn

    torch.manual_seed(config["seed"])
    mean, spread = x.mean(axis=0), x.std(axis=0) + np.float32(1e-6)
    inputs = torch.from_numpy(((x - mean) / spread).clip(-wanted.FARTHEST, wanted.FARTHEST))
    had = torch.from_numpy(told.astype(np.float32))
    hidden = config["hidden"]
    net = nn.Sequential(
        nn.Linear(x.shape[1], hidden), nn.ReLU(), nn.Dropout(config["dropout"]),
        nn.Linear(hidden, hidden // 2), nn.ReLU(), nn.Linear(hidden // 2, 1),
    )  # fmt: skip
    optimiser = torch.optim.AdamW(net.parameters(), lr=config["rate"], weight_decay=config["decay"])
    steps = config["passes"] * -(-len(had) // config["batch"])
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, config["rate"], total_steps=steps)
    loss_of = nn.BCEWithLogitsLoss()
    for _ in range(config["passes"]):
        for part in torch.randperm(len(had)).split(config["batch"]):
            loss = loss_of(net(inputs[part])[:, 0], had[part])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    layers = tuple(
        (layer.weight.detach().numpy().T.copy(), layer.bias.detach().numpy().copy())
        for layer in net if isinstance(layer, nn.Linear)
    )  # fmt: skip
    return wanted.Network(mean, spread, layers)


def _sheet(
    example: Example, seen: salience.Seen, budget: Budget, number: int
) -> tuple[list[dict[str, float]], list[float]]:
    """Features and ROUGE of sets of an article's sentences, a random few where there are many."""
    words = [terms.length_of(s) for s in _sentences(example)]
    sets = [tuple(row) for rows in choosing.candidates(seen, budget, words) for row in rows.tolist()]
    rng = np.random.default_rng(number)
    if len(sets) > _SETS:
        sets = [sets[i] for i in sorted(rng.choice(len(sets), _SETS, replace=False))]
    gained = [rouge(example.references, example.text, [example.spans[i] for i in s]) for s in sets]
    return [choosing.features(seen, s, budget, words) for s in sets], gained


def _set_weights(sheets: list[Any], left_out: int | None, decay: float) -> dict[str, float]:
    """Ridge regression of what a set has more than the mean of its article's sets."""
    x, y = [], []
    names = sorted(next(found[0] for found, _ in sheets if found))
    for n, (found, gained) in enumerate(sheets):
        if found and n % FOLDS != left_out:
            sheet = np.array([[row[name] for name in names] for row in found])
            x.append(sheet - sheet.mean(axis=0))
            y.append(np.array(gained) - np.mean(gained))
    every, wanted = np.concatenate(x), np.concatenate(y)
    spread = every.std(axis=0) + 1e-9
    every = every / spread
    w = np.linalg.solve(every.T @ every + decay * np.eye(len(names)), every.T @ wanted)
    return {name: round(float(v), 4) for name, v in zip(names, w / spread, strict=True)}


def _gain(
    example: Example, seen: salience.Seen, words: wanted.Wanted, budget: Budget, weights: dict[str, float]
) -> float:
    """ROUGE over the leading sentences at the same budget."""
    lengths = [terms.length_of(s) for s in _sentences(example)]
    chosen = choosing.best(seen, words, budget, lengths, weights)
    if chosen:
        spans = [example.spans[i] for i in chosen]
    else:
        spans = list(summary.fitting(example.text, [example.spans[i] for i in choosing.unhung(seen)], budget))
    lead = summary.summarise(example.text, example.every, budget=budget, method="lead", language="en")
    return rouge(example.references, example.text, spans) - rouge(
        example.references, example.text, lead.sentences
    )
