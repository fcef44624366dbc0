"""The network: MiniLM-L6 with three layout embeddings and two token heads.

Written out here rather than imported, so that what is exported is what was trained.
Weights of the base model are read from its ``model.safetensors`` by their names there.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from toolkit.encoder.features import GAPS, QUOTES, SHAPES
from toolkit.encoder.labels import ENTITY_TAGS, ROLE_TAGS

VOCABULARY, WIDTH, LAYERS, HEADS, INNER, PLACES = 30522, 384, 6, 12, 1536, 512


class Layer(nn.Module):
    """Self-attention and a feed-forward net, each with its residual and norm (post-norm, as BERT)."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor) -> Tensor:
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        seen = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.norm1(x + self.dropout(self.out(seen)))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Tagger(nn.Module):
    """Pieces and their features in; logits of entity tags and of role tags out."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.places = nn.Embedding(PLACES, WIDTH)
        self.shape = nn.Embedding(SHAPES, WIDTH)
        self.gap = nn.Embedding(GAPS, WIDTH)
        self.quote = nn.Embedding(QUOTES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = nn.Dropout(dropout)
        self.entities = nn.Linear(WIDTH, len(ENTITY_TAGS))
        self.roles = nn.Linear(WIDTH, len(ROLE_TAGS))
        for table in (self.shape, self.gap, self.quote):
            nn.init.normal_(table.weight, std=0.01)
        for head in (self.entities, self.roles):
            nn.init.normal_(head.weight, std=0.02)
            nn.init.zeros_(head.bias)

    def layout(self, features: Tensor) -> Tensor:
        return (
            self.shape(features // (GAPS * QUOTES))
            + self.gap(features // QUOTES % GAPS)
            + self.quote(features % QUOTES)
        )

    def forward(self, ids: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.words(ids) + self.places(places)[None] + self.layout(features)
        x = self.dropout(self.norm(x))
        for layer in self.layers:
            x = layer(x)
        return self.entities(x), self.roles(x)


def load_base(model: Tagger, path: Path) -> None:
    """Take the base model's weights; its token types (all 0 here) go into the places."""
    from safetensors.torch import load_file

    base = load_file(path)
    own = model.state_dict()
    own["words.weight"] = base["embeddings.word_embeddings.weight"]
    kinds = base["embeddings.token_type_embeddings.weight"][0]
    own["places.weight"] = base["embeddings.position_embeddings.weight"] + kinds
    for part in ("weight", "bias"):
        own[f"norm.{part}"] = base[f"embeddings.LayerNorm.{part}"]
        for n in range(LAYERS):
            there, here = f"encoder.layer.{n}.", f"layers.{n}."
            qkv = [base[f"{there}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            own[f"{here}qkv.{part}"] = torch.cat(qkv)
            for ours, theirs in (
                ("out", "attention.output.dense"),
                ("norm1", "attention.output.LayerNorm"),
                ("up", "intermediate.dense"),
                ("down", "output.dense"),
                ("norm2", "output.LayerNorm"),
            ):
                own[f"{here}{ours}.{part}"] = base[f"{there}{theirs}.{part}"]
    model.load_state_dict(own)
