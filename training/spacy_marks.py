"""A first opinion on the names in the attribution texts: the small spaCy model's.

Those texts carry no entity labels. What is said here is weak and used with care by ``corpus``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path


def mark(source: Path, target: Path, model: str) -> None:
    """Write ``{"id", "tokens": [[start, end, pos, label or "", begins]]}`` a line."""
    import spacy

    nlp = spacy.load(model, exclude=["lemmatizer", "parser"])
    part = target.with_suffix(".part")
    with source.open(encoding="utf-8") as lines, part.open("w", encoding="utf-8") as out:
        for line in lines:
            row = json.loads(line)
            tokens = []
            for chunk, base in _paragraphs(row["text"]):
                doc = nlp(chunk)
                tokens += [
                    [base + t.idx, base + t.idx + len(t), t.pos_, t.ent_type_, t.ent_iob_ == "B"]
                    for t in doc
                    if not t.is_space
                ]
            out.write(json.dumps({"id": row["id"], "tokens": tokens}) + "\n")
    part.replace(target)


def _paragraphs(text: str, size: int = 4000) -> Iterator[tuple[str, int]]:
    """The text in chunks that end with a line, each with its offset."""
    start = 0
    while start < len(text):
        end = len(text) if len(text) - start <= size else text.rfind("\n", start, start + size) + 1
        end = end if end > start else min(start + size, len(text))
        yield text[start:end], start
        start = end
