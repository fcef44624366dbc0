"""``evaluate``: spans, misfires and calibration on dev, from raw text as the toolkit reads it.

Spans are compared with marks and blanks at their ends trimmed. Predictions are written
beside the results, in the form that the benchmarks' scorers read.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from toolkit import encoder
from toolkit.encoder.session import load
from training import corpus

log = logging.getLogger(__name__)

Triple = tuple[int, int, str]
_WORD = re.compile(r"\w+")


def evaluate(args: argparse.Namespace, config: dict[str, Any]) -> None:
    """With the int8 weights; ``--fp32`` puts the checkpoint in their place."""
    network = load(args.weights or args.runs / "weights")
    if args.fp32:
        network = dataclasses.replace(network, session=Checkpoint(args.runs / "last.pt"))
    name = "fp32" if args.fp32 else "int8"
    report: dict[str, Any] = {}
    for kind in ("entities", "attributions"):
        rows = corpus.rows(args.data / kind / "dev.jsonl")
        tags = encoder.read(network, [row["text"] for row in rows], threads=2)
        found = [t.entities if kind == "entities" else t.roles for t in tags]
        report[kind] = spans(kind, rows, found)
        report[f"{kind} calibration"] = reliability(kind, rows, found)
        if kind == "entities":
            report["cues on gold entities"] = misfires(
                ((row["text"], [(s, e) for s, e, _ in row["entities"]]) for row in rows),
                ([m for m in t.roles if m.label == "cue"] for t in tags),
            )
        else:
            report["entities on gold cues"] = misfires(
                ((row["text"], [tuple(c) for a in row["attributions"] for c in a["cue"]]) for row in rows),
                (t.entities for t in tags),
            )
        with (args.runs / f"{kind}-{name}.jsonl").open("w", encoding="utf-8") as out:
            for row, marks in zip(rows, found, strict=True):
                key = "entities" if kind == "entities" else "roles"
                out.write(json.dumps({"id": row["id"], key: [m[:3] for m in marks]}) + "\n")
    log.info("%s", json.dumps(report, indent=1))


class Checkpoint:
    """A checkpoint in full precision that answers as the ONNX session does."""

    def __init__(self, path: Path) -> None:
        import torch

        from training.model import Tagger

        self.torch, self.model = torch, Tagger()
        self.model.load_state_dict(torch.load(path, map_location="cpu", weights_only=True)["model"])
        self.model.eval()

    def run(self, outputs: None, feed: dict[str, np.ndarray]) -> list[np.ndarray]:
        with self.torch.inference_mode():
            ids, features = (self.torch.from_numpy(feed[k]) for k in ("ids", "features"))
            return [x.numpy() for x in self.model(ids, features)]


def gold_marks(kind: str, row: dict[str, Any]) -> Iterator[Triple]:
    if kind == "entities":
        yield from ((s, e, label) for s, e, label in row["entities"])
    else:
        for attribution in row["attributions"]:
            for role in ("source", "cue", "content"):
                yield from ((s, e, role) for s, e in attribution.get(role, []))


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    a, b = start, end
    while a < b and not text[a].isalnum():
        a += 1
    while b > a and not text[b - 1].isalnum():
        b -= 1
    return (a, b) if a < b else (start, end)


def spans(kind: str, rows: list[dict[str, Any]], found: list[tuple[encoder.Mark, ...]]) -> dict[str, Any]:
    """F1 a label and over all."""
    n: Counter[tuple[str, str]] = Counter()
    for row, marks in zip(rows, found, strict=True):
        gold = {(*trim(row["text"], s, e), label) for s, e, label in gold_marks(kind, row)}
        ours = {(*trim(row["text"], m.start, m.end), m.label) for m in marks}
        for name, of in (("right", gold & ours), ("found", ours), ("gold", gold)):
            n.update((label, name) for _, _, label in of)
            n["all", name] += len(of)
    return {
        label: round(100 * f1(n[label, "right"], n[label, "found"], n[label, "gold"]), 1)
        for label in sorted({label for label, _ in n})
    }


def f1(right: int, found: int, gold: int) -> float:
    return 2 * right / (found + gold) if found + gold else 0.0


def misfires(
    texts: Iterable[tuple[str, list[tuple[int, int]]]], found: Iterable[Iterable[encoder.Mark]]
) -> dict[str, float]:
    """How many words of the gold spans lie in a mark that has no business there.

    Long cues hold names ("said in an interview with Wolf Blitzer"), so those in lower
    case are counted alone too.
    """
    words = hit = lower = lower_hit = 0
    for (text, gold), marks in zip(texts, found, strict=True):
        taken = {i for m in marks for i in range(m.start, m.end)}
        for start, end in set(gold):
            for word in _WORD.finditer(text, start, end):
                words += 1
                hit += word.start() in taken
                if word[0].islower():
                    lower += 1
                    lower_hit += word.start() in taken
    return {
        "words": words,
        "hit": hit,
        "percent": round(100 * hit / max(words, 1), 2),
        "lower-case words": lower,
        "hit of these": lower_hit,
    }


def reliability(kind: str, rows: list[dict[str, Any]], found: list[tuple[encoder.Mark, ...]]) -> list[str]:
    """In tenths of the given probability: how many spans, and how many of them are right."""
    bins: Counter[tuple[int, bool]] = Counter()
    for row, marks in zip(rows, found, strict=True):
        gold = {(*trim(row["text"], s, e), label) for s, e, label in gold_marks(kind, row)}
        for m in marks:
            bins[min(int(m.probability * 10), 9), (*trim(row["text"], m.start, m.end), m.label) in gold] += 1
    lines = []
    for n in range(10):
        right, wrong = bins[n, True], bins[n, False]
        if right + wrong:
            lines.append(
                f"{n / 10:.1f}-{(n + 1) / 10:.1f}: {right + wrong} spans, {right / (right + wrong):.2f} right"
            )
    return lines
