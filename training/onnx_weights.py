"""The trained network as an int8 ONNX file of 24 MB.

Matrix products are quantised a column at a time, to seven bits, so that sums of products do
not overflow on processors without dot-product instructions. The table of word vectors, half
of all weights, is kept as int8 rows with a scale each; the heads stay in full precision.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor

from training.model import LAYERS, Tagger

OPSET = 17


def write(tagger: Tagger, target: Path) -> None:
    """Write ``target``; the tagger is made a float32 one on the CPU."""
    with tempfile.TemporaryDirectory() as folder:
        full, small = Path(folder, "full.onnx"), Path(folder, "small.onnx")
        example = torch.zeros((1, 16), dtype=torch.int64)
        torch.onnx.export(
            tagger.cpu().float().eval(), (example, example), str(full),
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


def read(source: Path) -> dict[str, Tensor]:
    """The weights of a network that ``write`` wrote, as far as int8 kept them, to go on from."""
    graph = onnx.load(source).graph
    stored = {t.name: numpy_helper.to_array(t) for t in graph.initializer}
    found = {
        name.removeprefix("tagger."): value.astype(np.float32)
        for name, value in stored.items()
        if value.dtype == np.float32 and not name.startswith("onnx::") and ".scales" not in name
    }
    rows = next(name for name in stored if name.endswith(".rows"))
    table = rows.removeprefix("tagger.").removesuffix(".rows")
    found[table] = stored[rows] * stored[rows.removesuffix("rows") + "scales"]
    # The matrices have lost their names, not their order.
    names = [n.input[1] for n in graph.node if n.op_type == "MatMulInteger"]
    places = [f"layers.{n}.{part}.weight" for n in range(LAYERS) for part in ("qkv", "out", "up", "down")]
    for place, name in zip(places, names, strict=True):
        plain = name.removesuffix("_quantized")
        zero = stored[f"{plain}_zero_point"].astype(np.float32)
        found[place] = ((stored[name].astype(np.float32) - zero) * stored[f"{plain}_scale"]).T
    heads = [n.input[1] for n in graph.node if n.op_type in ("MatMul", "Gemm") and _is_head(n.name)]
    for place, name in zip(("entities.weight", "roles.weight"), heads, strict=True):
        found[place] = stored[name].T
    return {name: torch.from_numpy(np.ascontiguousarray(value)) for name, value in found.items()}


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
