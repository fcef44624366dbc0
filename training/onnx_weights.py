"""The trained network as an int8 ONNX file of 24 MB.

Matrix products are quantised a column at a time, to seven bits, so that sums of products do
not overflow on processors without dot-product instructions. The table of word vectors, half
of all weights, is kept as int8 rows with a scale each; the heads stay in full precision.
The three layout tables become one.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from toolkit.encoder.features import FEATURES
from training.model import Tagger

OPSET = 17


class _Folded(nn.Module):
    """The tagger with one layout table."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger
        with torch.no_grad():
            self.table = nn.Embedding.from_pretrained(tagger.layout(torch.arange(FEATURES)))
        tagger.layout = self.table  # type: ignore[method-assign, assignment]

    def forward(self, ids: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        return self.tagger(ids, features)


def write(tagger: Tagger, target: Path) -> None:
    """Write ``target``; the tagger is changed and of no further use."""
    with tempfile.TemporaryDirectory() as folder:
        full, small = Path(folder, "full.onnx"), Path(folder, "small.onnx")
        example = torch.zeros((1, 16), dtype=torch.int64)
        torch.onnx.export(
            _Folded(tagger.cpu().float().eval()), (example, example), str(full),
            input_names=["ids", "features"], output_names=["entities", "roles"],
            dynamic_axes={name: {1: "pieces"} for name in ("ids", "features", "entities", "roles")},
            opset_version=OPSET, dynamo=False,
        )  # fmt: skip
        heads = [n.name for n in onnx.load(full).graph.node if n.op_type == "MatMul" and _is_head(n.name)]
        quantize_dynamic(
            full, small, op_types_to_quantize=["MatMul"], per_channel=True, reduce_range=True,
            weight_type=QuantType.QInt8, nodes_to_exclude=heads, extra_options={"MatMulConstBOnly": True},
        )  # fmt: skip
        network = onnx.load(small)
    _quantise_words(network.graph)
    onnx.checker.check_model(network)
    onnx.save(network, target)


def _is_head(name: str) -> bool:
    return "/entities/" in name or "/roles/" in name


def _quantise_words(graph: onnx.GraphProto) -> None:
    """Put int8 rows and their scales in the place of the largest table."""
    table = max(graph.initializer, key=lambda t: int(np.prod(t.dims)))
    gather = next(n for n in graph.node if n.op_type == "Gather" and n.input[0] == table.name)
    rows = numpy_helper.to_array(table).astype(np.float32)
    scales = np.maximum(np.abs(rows).max(axis=1, keepdims=True), 1e-8) / 127
    small = np.round(rows / scales).astype(np.int8)
    ids, result, name = gather.input[1], gather.output[0], table.name
    place = list(graph.node).index(gather)
    graph.node.remove(gather)
    graph.initializer.remove(table)
    graph.initializer.append(numpy_helper.from_array(small, f"{name}.rows"))
    graph.initializer.append(numpy_helper.from_array(scales.astype(np.float32), f"{name}.scales"))
    nodes = [
        helper.make_node("Gather", [f"{name}.rows", ids], ["words.row"], axis=0),
        helper.make_node("Cast", ["words.row"], ["words.float"], to=onnx.TensorProto.FLOAT),
        helper.make_node("Gather", [f"{name}.scales", ids], ["words.scale"], axis=0),
        helper.make_node("Mul", ["words.float", "words.scale"], [result]),
    ]
    for n, node in enumerate(nodes):
        graph.node.insert(place + n, node)
