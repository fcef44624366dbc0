"""The training loop: one joint run over both corpora, resumable, with its curve kept.

Articles are shuffled and packed end to end, so a window may hold pieces of both corpora.
A ``deadline`` (seconds from now) puts the schedule on the clock instead of on the steps,
for a machine whose speed is not known beforehand.
"""

from __future__ import annotations

import json
import logging
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from toolkit.encoder.labels import ROLE_TAGS
from toolkit.encoder.session import CLS, OUTER, SEP
from training.corpus import CUE, SOURCE, UNKNOWN, Labelled
from training.model import Tagger

MASK = 103
CUE_TAGS = [n for n, t in enumerate(ROLE_TAGS) if t.endswith("-cue")]
SOURCE_TAGS = [n for n, t in enumerate(ROLE_TAGS) if t.endswith("-source")]
log = logging.getLogger(__name__)

Batch = tuple[Tensor, ...]  # ids, features, entities, roles, weights, barred


def batches(articles: list[Labelled], config: dict[str, Any], epoch: int) -> Iterator[Batch]:
    """One pass: shuffled articles end to end, cut at places that differ from pass to pass.

    The articles of either corpus take turns, since the two heads don't learn equally fast: one
    pass reads every ``turns``-th of the attributions and every ``name_turns``-th of the others.
    """
    rng = random.Random(f"{config['seed']}-{epoch}")
    noise = np.random.default_rng([config["seed"], epoch])
    turns = config["data"]["turns"] if epoch else config["data"]["first_turns"]
    every = {True: config["data"]["name_turns"], False: turns}
    order = [
        a for n, a in enumerate(articles) if n % every[a.gold_entities] == epoch % every[a.gold_entities]
    ]
    rng.shuffle(order)
    stream = np.concatenate([_columns(a) for a in order], axis=1)
    window, batch = config["data"]["window"], config["train"]["batch"]
    stream = np.roll(stream, -rng.randrange(window), axis=1)
    count = stream.shape[1] // window
    rows = stream[:, : count * window].reshape(len(stream), count, window)
    rows = rows[:, noise.permutation(count)]
    for start in range(0, count - batch + 1, batch):
        ids, features, *targets = rows[:, start : start + batch]
        hidden = noise.random(ids.shape) < config["data"]["masked"]
        ids = _edged(np.where(hidden, MASK, ids), CLS, SEP)
        features = _edged(features, OUTER, OUTER)
        entities, roles = (_edged(t, UNKNOWN, UNKNOWN) for t in targets[:2])
        weights, barred = (_edged(t, 0, 0) for t in targets[2:])
        yield tuple(
            torch.from_numpy(a.astype(kind))
            for a, kind in zip(
                (ids, features, entities, roles, weights, barred),
                (np.int64, np.int64, np.int64, np.int64, np.float32, np.int64),
                strict=True,
            )
        )


def _columns(article: Labelled) -> np.ndarray:
    p = article.pieces
    return np.stack(
        [p.ids, p.features, article.entities, article.roles, article.weights, article.barred]
    ).astype(np.float32)  # whole numbers below 2^24, so nothing is lost


def _edged(rows: np.ndarray, before: int, after: int) -> np.ndarray:
    return np.pad(rows, ((0, 0), (1, 1)), constant_values=((0, 0), (before, after)))


def loss(model: Tagger, batch: Batch, config: dict[str, Any]) -> tuple[Tensor, Tensor, Tensor]:
    """Of the entity head, of the role head, and of what is barred."""
    ids, features, entities, roles, weights, barred = batch
    with torch.autocast(ids.device.type, torch.bfloat16, enabled=config["train"]["bf16"]):
        entity_logits, role_logits = model(ids, features)
    entity_logits, role_logits = entity_logits.float(), role_logits.float()
    each = F.cross_entropy(
        entity_logits.flatten(0, 1), entities.flatten(), ignore_index=UNKNOWN, reduction="none"
    )
    known = weights.flatten() * (entities.flatten() != UNKNOWN)
    of_entities = (each * known).sum() / known.sum().clamp(min=1)
    each = F.cross_entropy(role_logits.flatten(0, 1), roles.flatten(), ignore_index=UNKNOWN, reduction="none")
    of_roles = each.sum() / (roles != UNKNOWN).sum().clamp(min=1)
    p = role_logits.softmax(-1)
    cost = torch.zeros((), device=ids.device)
    for bit, tags in ((CUE, CUE_TAGS), (SOURCE, SOURCE_TAGS)):
        there = (barred & bit) > 0
        wrong = p[..., tags].sum(-1)
        cost = cost - (torch.log1p(-wrong.clamp(max=1 - 1e-4)) * there).sum() / there.sum().clamp(min=1)
    return of_entities, of_roles, cost


def train(
    model: Tagger,
    articles: list[Labelled],
    config: dict[str, Any],
    folder: Path,
    *,
    deadline: float | None = None,
    resume: bool = False,
) -> None:
    """Train, writing ``last.pt`` (weights, optimiser, place) after each epoch and ``curve.jsonl``."""
    t = config["train"]
    torch.manual_seed(config["seed"])
    torch.set_num_threads(t["threads"])
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    model.to(device).train()
    flat = [p for p in model.parameters() if p.ndim < 2]
    deep = [p for p in model.parameters() if p.ndim >= 2]
    optimiser = torch.optim.AdamW(
        [{"params": deep, "weight_decay": t["decay"]}, {"params": flat, "weight_decay": 0.0}],
        lr=t["rate"], betas=tuple(t["betas"]), fused=True,
    )  # fmt: skip
    pieces = sum(len(a.pieces) for a in articles)
    names = sum(len(a.pieces) for a in articles if a.gold_entities)
    read = names // config["data"]["name_turns"]
    first, later = (read + (pieces - names) // config["data"][k] for k in ("first_turns", "turns"))
    steps = (first + (t["epochs"] - 1) * later) // (config["data"]["window"] * t["batch"])
    average = {name: p.detach().clone() for name, p in model.state_dict().items()}
    if not steps:
        least = config["data"]["window"] * t["batch"]
        raise SystemExit(f"training: {pieces} pieces are too few, {least} are a batch; add articles.")
    epoch = step = 0
    done = 0.0
    if resume:
        state = torch.load(folder / "last.pt", map_location=device, weights_only=True)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        average = state["average"]
        epoch, step, done = state["epoch"], state["step"], state["progress"]
    log.info("%d articles, %d pieces, %d steps planned, %s", len(articles), pieces, steps, device)
    began, before, last, sums = time.monotonic(), done, 0.0, np.zeros(4)
    with (folder / "curve.jsonl").open("a") as curve:
        while done < 1:
            for batch in batches(articles, config, epoch):
                elapsed = time.monotonic() - began
                done = before + (1 - before) * elapsed / deadline if deadline else step / steps
                if done >= 1:
                    break
                rate = t["rate"] * min(done / t["warmup"] + 1e-3, (1 - done) / (1 - t["warmup"]))
                for group in optimiser.param_groups:
                    group["lr"] = rate
                parts = loss(model, tuple(x.to(device) for x in batch), config)
                total = t["entities"] * parts[0] + parts[1] + t["barred"] * parts[2]
                optimiser.zero_grad()
                total.backward()
                torch.nn.utils.clip_grad_norm_(model.parameters(), t["clip"])
                optimiser.step()
                step += 1
                with torch.no_grad():
                    share = max(1 - t["averaged"], 1 / step)
                    for name, p in model.state_dict().items():
                        average[name].lerp_(p, share)
                sums += [*(p.item() for p in parts), 1]
                if step % 20 == 0:
                    entities, roles, barred, count = sums
                    row = {
                        "step": step, "epoch": epoch, "progress": round(done, 4), "rate": rate,
                        "entities": entities / count, "roles": roles / count, "barred": barred / count,
                        "pieces_per_second": round(count * batch[0].numel() / (elapsed - last)),
                    }  # fmt: skip
                    curve.write(json.dumps(row) + "\n")
                    curve.flush()
                    log.info("%s", row)
                    sums[:], last = 0, elapsed
            else:
                epoch += 1
            state = {
                "model": model.state_dict(), "optimiser": optimiser.state_dict(),
                "average": average, "epoch": epoch, "step": step, "progress": min(done, 1.0),
            }  # fmt: skip
            torch.save(state, folder / "last.part")
            (folder / "last.part").replace(folder / "last.pt")
    log.info("done after %d steps, %d whole epochs", step, epoch)
