"""``export``: the weights folder that the toolkit ships, made from a checkpoint.

Transitions are counted on train. Their weight and the calibration are chosen on dev, with
the int8 network that will be used.
"""

from __future__ import annotations

import argparse
import hashlib
import logging
from pathlib import Path
from typing import Any

import numpy as np
import torch

from toolkit.encoder import decode, features, marks
from toolkit.encoder.labels import ENTITIES, ENTITY_TAGS, ROLE_TAGS, ROLES
from toolkit.encoder.session import Head, Network, load
from toolkit.encoder.windows import cover
from training import corpus, onnx_weights
from training.evaluation import f1, gold_marks
from training.model import Tagger
from training.settings import logistic, write_settings

WEIGHTS = (0.0, 0.15, 0.3, 0.45, 0.6, 0.8)
log = logging.getLogger(__name__)


def export(args: argparse.Namespace, config: dict[str, Any]) -> None:
    """Write ``weights/`` among the runs: model.onnx, tokenizer.json, tagger.json."""
    folder = args.runs / "weights"
    folder.mkdir(exist_ok=True)
    tagger = Tagger()
    state = torch.load(args.runs / "last.pt", map_location="cpu", weights_only=True)
    weights = state["average" if args.averaged else "model"]
    if args.blend:
        other = torch.load(args.blend, map_location="cpu", weights_only=True)
        other = other["average" if args.averaged else "model"]
        weights = {
            name: value.lerp(other[name], 1 - config["train"]["share"]) for name, value in weights.items()
        }
    tagger.load_state_dict(weights)
    onnx_weights.write(tagger, folder / "model.onnx")
    write_tokenizer(args.base / "tokenizer.json", folder / "tokenizer.json")
    articles = corpus.load(args.runs / "train.npz")
    settings: dict[str, Any] = {
        "entities": head(
            ENTITIES, counts([(a.pieces, a.entities) for a in articles if a.gold_entities], len(ENTITY_TAGS))
        ),
        "roles": head(
            ROLES, counts([(a.pieces, a.roles) for a in articles if not a.gold_entities], len(ROLE_TAGS))
        ),
        "sha256": {
            name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
            for name in ("model.onnx", "tokenizer.json")
        },
    }  # fmt: skip
    write_settings(folder, settings)
    load.cache_clear()
    network = load(folder)
    for side, kind in ((0, "entities"), (1, "attributions")):
        part = settings[("entities", "roles")[side]]
        dev = corpus.rows(args.data / kind / "dev.jsonl")
        if dev:
            choose(network, dev, kind, side, part)
        else:
            log.warning("no articles in %s/dev.jsonl: transitions and calibration stay as they are", kind)
    write_settings(folder, settings)


def write_tokenizer(source: Path, target: Path) -> None:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(source))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.save(str(target), pretty=False)


def counts(articles: list[tuple[features.Pieces, np.ndarray]], tags: int) -> np.ndarray:
    """How often a word's tag follows another, plus one, for so many tags."""
    seen = np.ones((tags, tags))
    for pieces, labels in articles:
        words = labels[np.flatnonzero(np.diff(pieces.words, prepend=-1))]
        np.add.at(seen, (words[:-1], words[1:]), 1)
    return seen


def head(labels: tuple[str, ...], seen: np.ndarray) -> dict[str, Any]:
    transitions = np.log(seen / seen.sum(axis=1, keepdims=True))
    return {
        "labels": list(labels), "weight": 0.0, "slope": 1.0, "shift": 0.0,
        "transitions": np.round(transitions, 3).tolist(),
    }  # fmt: skip


def choose(network: Network, rows: list[dict[str, Any]], kind: str, side: int, part: dict[str, Any]) -> None:
    """Set the weight of the transitions by F1 on dev, then slope and shift by likelihood."""
    read = [_logits(network, row["text"], side) for row in rows]
    learned = np.array(part["transitions"], np.float32)
    gold = [set(gold_marks(kind, row)) for row in rows]
    results = {}
    for weight in WEIGHTS:
        still = np.zeros(len(learned), np.float32)
        steps = learned * np.float32(weight) + decode.barriers(len(learned))
        trial = Head(tuple(part["labels"]), still, steps, 1.0, 0.0)
        found = [marks(row["text"], *r, trial) for row, r in zip(rows, read, strict=True)]
        right = sum(len(g & {m[:3] for m in f}) for g, f in zip(gold, found, strict=True))
        score = f1(right, sum(map(len, found)), sum(map(len, gold)))
        results[weight] = (score, found)
        log.info("%s: transitions x %.2f: F1 %.2f", kind, weight, 100 * score)
    part["weight"] = max(results, key=lambda w: results[w][0])
    found = results[part["weight"]][1]
    pairs = [(m.probability, m[:3] in g) for g, f in zip(gold, found, strict=True) for m in f]
    part["slope"], part["shift"] = logistic(np.array([p for p, _ in pairs]), np.array([y for _, y in pairs]))


def _logits(network: Network, text: str, side: int) -> tuple[features.Pieces, np.ndarray]:
    p = features.pieces(network.tokenizer, text)
    parts = []
    for start, stop, first, last in cover(len(p)):
        scores = network.scores(p.ids[start:stop], p.features[start:stop])[side]
        parts.append(scores[first - start : last - start])
    return p, np.concatenate(parts)
