"""The weights, and one pass of the network over a window of pieces.

``weights/`` holds the network, the tokeniser and ``tagger.json``: the tags, what was
learned about their order, the calibration, and checksums (see ``toolkit.weights``).
Loaded once, when first needed. A window is computed alone and on one thread, so its
result depends on nothing but its pieces; several threads take several windows.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from toolkit.encoder.decode import Scores, barriers
from toolkit.errors import MissingModel
from toolkit.weights import WEIGHTS, remedy, whole

CLS, SEP, OUTER = 101, 102, 0  # the pieces at a window's ends, and their feature
EDGE = 1e-4  # certainties are taken no nearer to 0 and 1 than this

# Sum and norm in one step take seven times as long as the norm alone on a CPU: 29.1 against 26.7 ms
# a window (onnxruntime 1.32, one thread).
_SLOWER = ["SkipLayerNormFusion"]


@dataclass(frozen=True, slots=True)
class Head:
    """What it takes to read one head's scores: labels, what is added to each tag's score and
    to each step from tag to tag, and the two numbers ``slope`` and ``shift`` of the logistic
    curve that turns certainty into probability."""

    labels: tuple[str, ...]
    bias: Scores
    transitions: Scores
    slope: float
    shift: float

    def probability(self, certainty: float) -> float:
        return curve(certainty, self.slope, self.shift)


def curve(certainty: float, slope: float, shift: float) -> float:
    """The logistic curve from a certainty between 0 and 1 to a probability."""
    p = min(max(certainty, EDGE), 1 - EDGE)
    return float(1 / (1 + np.exp(-(slope * np.log(p / (1 - p)) + shift))))


@dataclass(frozen=True, slots=True)
class Network:
    """The loaded weights; ``version`` is the start of their checksum."""

    tokenizer: Any
    session: Any
    entities: Head
    roles: Head
    version: str

    def scores(self, ids: NDArray[np.int64], features: NDArray[np.int64]) -> tuple[Scores, Scores]:
        """Logits of both heads for one window, a row a piece."""
        entities, roles = self.session.run(
            None,
            {
                "ids": np.concatenate([[CLS], ids, [SEP]])[None],
                "features": np.concatenate([[OUTER], features, [OUTER]])[None],
            },
        )
        return entities[0, 1:-1], roles[0, 1:-1]


@lru_cache(maxsize=2)
def load(folder: Path = WEIGHTS) -> Network:
    """Read the weights. Raises ``MissingModel`` if a file is missing or not the one that belongs there."""
    settings, files = whole(folder)
    try:
        heads = _head(settings["entities"]), _head(settings["roles"])
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        raise MissingModel(
            f"The encoder's file tagger.json is of another version of the toolkit; mend it with: {remedy()}"
        ) from None

    try:
        import onnxruntime
        from tokenizers import Tokenizer
    except ImportError as error:
        raise MissingModel(
            f"The encoder needs {error.name}, which is not installed; pip install onnxruntime tokenizers."
        ) from None

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.use_deterministic_compute = True
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        files["model.onnx"], options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER
    )
    tokenizer = Tokenizer.from_str(files["tokenizer.json"].decode("utf-8"))
    version = settings["sha256"]["model.onnx"][:8]
    return Network(tokenizer, session, *heads, version)


def _head(settings: dict[str, Any]) -> Head:
    learned = np.array(settings["transitions"], np.float32) * np.float32(settings["weight"])
    labels = tuple(settings["labels"])
    bias = np.zeros(len(learned), np.float32)
    for label, value in settings.get("bias", {}).items():
        tag = 1 + 2 * labels.index(label)
        bias[tag : tag + 2] = value
    if learned.shape != (1 + 2 * len(labels),) * 2:
        raise ValueError("transitions do not fit the labels")
    slope, shift = float(settings["slope"]), float(settings["shift"])
    return Head(labels, bias, learned + barriers(len(learned)), slope, shift)
