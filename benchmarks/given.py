"""Who spoke, where the labelled statements and their sources are given: speakers judged alone."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from toolkit import ToolkitError
from toolkit.model import Quote, Span


def given_sources(row: dict[str, Any], language: str) -> dict[str, Any]:
    """Speakers where the labelled statements and their sources are given; only these are answered.

    The toolkit's own statements stay where they don't overlap them: a reader of the whole text
    knows who spoke before.
    """
    from toolkit import languages, speakers
    from toolkit.annotate import AS_TRAINED
    from toolkit.pipeline import analyse

    known, text = languages.get(language), row["text"]
    if known is None:
        raise ToolkitError(f"The language {language!r} has no pipeline; choose one that has.")
    doc = analyse(language, text.translate(AS_TRAINED))

    def spans(pairs: Any) -> tuple[Span, ...]:
        return tuple(Span(*pair) for pair in pairs or ())

    gold = tuple(
        Quote(f"g{n}", "direct", spans(label["content"]), source=spans(label["source"]))
        for n, label in enumerate(row["speakers"])
    )
    taken = [span for quote in gold for span in quote.content]
    rest = (q for q in doc._.quotes if not any(a.overlaps(b) for a in q.content for b in taken))
    quotes, cast = speakers.attribute(doc, known, (*gold, *rest), doc._.entities)
    names = {s.id: text[slice(*s.name)] for s in cast if not s.anonymous}
    return {
        "quotes": [
            {"content": q.content, "speaker": "; ".join(names[i] for i in q.speakers if i in names) or None}
            for q in quotes[: len(gold)]
        ]
    }


def proposals(row: dict[str, Any], language: str) -> dict[str, Any]:
    """Whom the desk proposes for each labelled statement when an editor selects its words: as if the
    toolkit had missed it, for what it has found there is taken out before."""
    from toolkit import Article, annotate
    from toolkit.edits import proposed

    notes = replace(annotate(Article(row["text"], language=language)), figures=())
    quotes = []
    for label in row["speakers"]:
        words = tuple(Span(*pair) for pair in label["content"])
        rest = tuple(without for quote in notes.quotes if (without := _without(quote, words)))
        name = proposed(replace(notes, quotes=rest), words)
        quotes.append({"content": words, "speaker": notes.text(name) if name else None})
    return {"quotes": quotes}


def _without(quote: Quote, words: tuple[Span, ...]) -> Quote | None:
    """What is left of a quote when what overlaps these words is taken out."""
    left = tuple(span for span in quote.content if not any(span.overlaps(each) for each in words))
    return replace(quote, content=left) if left else None


def predict_given(
    gold: Path, out: Path, language: str, answer: Callable[[dict[str, Any], str], dict[str, Any]]
) -> int:
    """Writes who spoke, given the labelled statements, for all articles of a gold file; returns how many."""
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    if any("speakers" not in row for row in rows):
        raise ToolkitError(f"{gold} has no labelled speakers; choose a file that has.")
    lines = [json.dumps({"id": row["id"], **answer(row, language)}) + "\n" for row in rows]
    half = out.with_name(out.name + ".part")
    half.write_text("".join(lines), encoding="utf-8")
    os.replace(half, out)
    return len(lines)
