"""How often each head of the encoder fires on the other corpus: entities on gold cues, cues on gold entities.

Gold cues hold names ("said in an interview with Wolf Blitzer"), and the gold has some sources and
cues the wrong way round, so a right name counts as a misfire. ``cue_names.jsonl`` therefore keeps
the names and dates in the cues of the attributions' dev set: all of them, whether marked or not, as
one person read them in context. Article ids, offsets of code points and labels, no words of the texts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from toolkit import ToolkitError, encoder
from toolkit.encoder.session import load
from training.evaluation import misfires

NAMES = Path(__file__).with_name("cue_names.jsonl")

Pairs = list[tuple[int, int]]


def report(attributions: Path, entities: Path, names: Path = NAMES) -> Iterator[str]:
    """A line each: entities on gold cues, the same without the names by the reading, cues on gold
    entities, and both together with and without those names. Raises ``ToolkitError``."""
    articles = _rows(attributions)
    read = _names(names, {row["id"]: row for row in articles})
    marks = [tags.entities for tags in _read(articles)]
    texts = [row["text"] for row in articles]
    cues = [sorted({(s, e) for a in row["attributions"] for s, e in a["cue"]}) for row in articles]
    bare = [_without(c, read.get(row["id"], [])) for row, c in zip(articles, cues, strict=True)]
    raw = _count(misfires(zip(texts, cues, strict=True), marks))
    true = _count(misfires(zip(texts, bare, strict=True), marks))
    news = _rows(entities)
    named = [(row["text"], [(s, e) for s, e, _ in row["entities"]]) for row in news]
    other = _count(misfires(named, ([m for m in t.roles if m.label == "cue"] for t in _read(news))))
    yield _line("entities on gold cues", *raw)
    yield _line("  on words of them that are no names", *true)
    yield _line("cues on gold entities", *other)
    yield _line("both", raw[0] + other[0], raw[1] + other[1])
    yield _line("  without names in cues", true[0] + other[0], true[1] + other[1])


def _rows(path: Path) -> list[dict[str, Any]]:
    try:
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    except ValueError:
        raise ToolkitError(f"{path} is not JSON Lines; give a file of the data set.") from None


def _read(rows: list[dict[str, Any]]) -> list[encoder.Tags]:
    return encoder.read(load(), [row["text"] for row in rows])


def _names(path: Path, articles: dict[str, dict[str, Any]]) -> dict[str, Pairs]:
    """The names by article, all of which must stand in a gold cue of these very articles."""
    found: dict[str, Pairs] = {}
    for row in _rows(path):
        article = articles.get(row["id"], {"attributions": []})
        cues = [cue for a in article["attributions"] for cue in a["cue"]]
        found[row["id"]] = [(s, e) for s, e, _ in row["names"]]
        if not all(any(a <= s < e <= b for a, b in cues) for s, e in found[row["id"]]):
            raise ToolkitError(
                f"{path} was not made for these articles ({row['id']}); give the dev set of the attributions."
            )
    return found


def _without(spans: Pairs, holes: Pairs) -> Pairs:
    """The pieces of the spans outside the holes."""
    pieces: Pairs = []
    for start, end in spans:
        at = start
        for a, b in sorted(hole for hole in holes if start <= hole[0] < end):
            pieces.append((at, a))
            at = b
        pieces.append((at, end))
    return [(s, e) for s, e in pieces if s < e]


def _count(result: dict[str, float]) -> tuple[int, int]:
    return int(result["hit"]), int(result["words"])


def _line(name: str, hit: int, words: int) -> str:
    return f"{name:36s} {hit:4d} of {words:6,} words  {100 * hit / max(words, 1):.2f}%"
