"""The toolkit's answers in the format of the scorers, one JSON object an article.

Texts are taken from the gold file and its labels are not read.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from toolkit import Annotations, Article, Budget, ToolkitError, annotate_many
from toolkit.gold import amounts
from toolkit.model import Quote

# Dates and amounts of money are figures to the toolkit and entities to the data set.
_FIGURE_LABELS = {"date": "DATE", "money": "MONEY"}


def attributions(notes: Annotations) -> dict[str, Any]:
    """Source, cue and content of everything that is said, believed or intended by somebody."""
    return {
        "attributions": [
            {role: getattr(quote, role) for role in ("source", "cue", "content")}
            for quote in notes.quotes
            if quote.kind != "scare" and (quote.source or quote.cue)
        ]
    }


def entities(notes: Annotations) -> dict[str, Any]:
    """Mentions with their labels."""
    found: list[list[int | str]] = [[*m.span, e.label] for e in notes.entities for m in e.mentions]
    figures = [f for f in notes.figures if f.kind in _FIGURE_LABELS]
    found += [[*span, _FIGURE_LABELS[f.kind]] for f in figures for span in amounts(notes, f)]
    return {"entities": found}


def speakers(notes: Annotations) -> dict[str, Any]:
    """Quotes with the name of their speaker; direct ones first, since marks are what is asked about."""
    cast = {s.id: s for s in notes.speakers}

    def name(quote: Quote) -> str | None:
        named = [notes.text(cast[i]) for i in quote.speakers if not cast[i].anonymous]
        return "; ".join(named) or None

    order = {"direct": 0, "mixed": 1, "indirect": 2, "scare": 3}
    quotes = sorted(notes.quotes, key=lambda q: (order[q.kind], q.content))
    return {"quotes": [{"content": q.content, "speaker": name(q)} for q in quotes]}


def summaries(notes: Annotations) -> dict[str, Any]:
    """The sentences of the summary."""
    return {"sentences": notes.summary.sentences if notes.summary else ()}


TASKS: dict[str, Callable[[Annotations], dict[str, Any]]] = {
    "attributions": attributions,
    "entities": entities,
    "speakers": speakers,
    "summaries": summaries,
}


def predict(task: str, gold: Path, out: Path, *, method: str | None, budget: Budget, language: str) -> int:
    """Writes predictions for all articles of a gold file; returns how many."""
    ids: list[str] = []

    def articles() -> Iterator[Article]:
        with gold.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    row = json.loads(line)
                    name, text = row["id"], row["text"]
                except (ValueError, KeyError, TypeError):
                    raise ToolkitError(
                        f"{gold}, line {number}: not an article; each line is a JSON object with id and text."
                    ) from None
                ids.append(name)
                yield Article(text, language=language)

    def fail(source: object, error: ToolkitError) -> None:
        raise error

    half = out.with_name(out.name + ".part")
    count = 0
    try:
        with half.open("w", encoding="utf-8") as file:
            for notes in annotate_many(articles(), budget=budget, method=method, on_error=fail):
                row = {"id": ids[count], **TASKS[task](notes)}
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
                count += 1
        os.replace(half, out)
    finally:
        half.unlink(missing_ok=True)
    return count
