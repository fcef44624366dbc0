"""Whether a score means what it says: of the answers scored about 0.9, nine in ten should be right.

A mention is right when gold has its span and label; a quote when half of its content's
characters are shared with a gold attribution's and their sources overlap; a speaker when the
name is the one that gold has for the statement.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from toolkit import Article, annotate
from toolkit.gold import LABELS
from toolkit.model import Annotations, Quote

_BORDERS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)


def table(task: str, gold: Path) -> Iterator[str]:
    """A line a range of scores: how many answers, the mean score, the share that is right."""
    judge = {"attributions": _quotes, "entities": _mentions, "speakers": _speakers}[task]
    answers: list[tuple[str, float | None, bool]] = []
    for line in gold.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        answers += judge(annotate(Article(row["text"], language="en")), row)
    for kind in sorted({kind for kind, _, _ in answers}):
        yield f"{kind}:"
        for low, high in pairwise(_BORDERS):
            inside = [(p, ok) for k, p, ok in answers if k == kind and p is not None and low <= p < high]
            yield from _line(f"{low:.2f} to {min(high, 1):.2f}", inside)
        bare = [ok for k, p, ok in answers if k == kind and p is None]
        if bare:
            yield f"  no score      {len(bare):5d} answers                 {sum(bare) / len(bare):.2f} right"


def _line(name: str, answers: Sequence[tuple[float, bool]]) -> Iterator[str]:
    if answers:
        mean = sum(p for p, _ in answers) / len(answers)
        right = sum(ok for _, ok in answers) / len(answers)
        yield f"  {name}  {len(answers):5d} answers  {mean:.2f} mean score  {right:.2f} right"


def _mentions(notes: Annotations, row: dict[str, Any]) -> Iterator[tuple[str, float | None, bool]]:
    gold = {(s, e, label) for s, e, label in row["entities"]}
    for entity in notes.entities:
        for m in entity.mentions:
            yield "mentions", m.score, (*m.span, LABELS[entity.label]) in gold


def _quotes(notes: Annotations, row: dict[str, Any]) -> Iterator[tuple[str, float | None, bool]]:
    quotes = [q for q in notes.quotes if q.kind != "scare" and q.cue]
    right = agreeing(quotes, row["attributions"])
    for n, quote in enumerate(quotes):
        yield quote.kind, quote.score, n in right


def _speakers(notes: Annotations, row: dict[str, Any]) -> Iterator[tuple[str, float | None, bool]]:
    cast = {s.id: s for s in notes.speakers}
    for label in row["speakers"]:
        said = _places(label["content"])
        best = max(notes.quotes, key=lambda q: len(said & _places(q.content)), default=None)
        if label["kind"] == "unclear" or best is None or 2 * len(said & _places(best.content)) < len(said):
            continue
        names = {folded(notes.text(cast[i])) for i in best.speakers if not cast[i].anonymous}
        wanted = [label["canonical"], *label.get("also", [])]
        if names:
            right = any(names == {folded(n) for n in (w or "").split(";")} for w in wanted)
            yield "speakers", best.speaker_score, right


def folded(name: str) -> str:
    """A name as the scorer of speakers compares it."""
    name = re.sub(r"['’]s$", "", name.strip().casefold().replace("’", "'"))
    return re.sub(r"[\s.,]+", " ", name.removeprefix("the ")).strip()


def agreeing(quotes: Sequence[Quote], attributions: Iterable[Mapping[str, Any]]) -> set[int]:
    """Which of the quotes agree with a gold attribution of their own: half of the characters of
    their contents shared, and sources that overlap, or none on either side."""
    gold = [(_places(a["content"]), _places(a.get("source", []))) for a in attributions]
    pairs = []
    for n, quote in enumerate(quotes):
        content, source = _places(quote.content), _places(quote.source)
        for k, (wanted, by) in enumerate(gold):
            shared = len(content & wanted) / len(content | wanted)
            if shared >= 0.5 and (source & by or not (source or by)):
                pairs.append((-shared, n, k))
    right: set[int] = set()
    taken: set[int] = set()
    for _, n, k in sorted(pairs):
        if n not in right and k not in taken:
            right.add(n)
            taken.add(k)
    return right


def _places(spans: Iterable[Sequence[int]]) -> set[int]:
    return {i for start, end in spans for i in range(start, end)}
