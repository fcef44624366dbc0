"""What is chosen on dev rather than trained: the file it is kept in, and the curve from the
certainty of an answer to its probability."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from toolkit.encoder.session import EDGE
from toolkit.weights import SETTINGS, sealed


def write_settings(folder: Path, settings: dict[str, Any]) -> None:
    """Write ``tagger.json``, with its own checksum."""
    part = folder / "tagger.part"
    part.write_text(sealed(settings), encoding="utf-8", newline="\n")
    part.replace(folder / SETTINGS)


def logistic(certainty: np.ndarray, right: np.ndarray) -> tuple[float, float]:
    """Slope and shift of sigmoid(slope * logit(certainty) + shift), by Newton's method with
    steps halved until they help."""
    p = np.clip(certainty, EDGE, 1 - EDGE)
    x = np.stack([np.log(p / (1 - p)), np.ones_like(p)], axis=1)

    def cost(beta: np.ndarray) -> float:
        return float(np.logaddexp(0, np.where(right, -1, 1) * (x @ beta)).sum())

    beta = np.array([1.0, 0.0])
    for _ in range(50):
        fitted = 1 / (1 + np.exp(-x @ beta))
        bend = (x * (fitted * (1 - fitted))[:, None]).T @ x + 1e-6 * np.eye(2)
        step = np.linalg.solve(bend, x.T @ (right - fitted))
        while np.abs(step).max() > 1e-6 and cost(beta + step) > cost(beta):
            step = step / 2
        beta = beta + step
    return round(float(beta[0]), 4), round(float(beta[1]), 4)
