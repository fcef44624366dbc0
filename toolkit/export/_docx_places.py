"""Which stretches of the article have a bookmark in a Word brief, and which of them a comment.

Comments sit on whole runs, so the article's runs are cut further at the borders of these stretches; what
stands nowhere in the article (its words are line ends, or the article is left out) has no place.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from toolkit.brief import Brief
from toolkit.model import Span
from toolkit.runs import Run


class Place(NamedTuple):
    """A stretch with a bookmark. ``key`` is what it is the place of; ``lines`` are those of its comment,
    none for no comment, signed by ``author``, "" for the toolkit."""

    key: tuple[str, str]
    name: str
    span: Span
    author: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Marked:
    """The article as it is written: its ``pieces``, line by line, the places that stand in it, and which
    of them (by number) open before and close behind the piece that starts at an offset."""

    pieces: tuple[tuple[tuple[Span, Run], ...], ...]
    places: tuple[Place, ...]
    opens: Mapping[int, Sequence[int]]
    closes: Mapping[int, Sequence[int]]
    names: Mapping[tuple[str, str], str]

    def name(self, what: str, key: object) -> str:
        """The bookmark of a "quote" or "figure" by its id, of a "check" or "note" by its number; "" where
        it has none."""
        return self.names.get((what, str(key)), "")


def marked(brief: Brief) -> Marked:
    """Where everything stands."""
    places = sorted(_places(brief), key=lambda place: place.span) if "article" in brief.sections else []
    borders = sorted({offset for place in places for offset in place.span})
    pieces = tuple(tuple(_cut(line.runs, borders)) for line in brief.lines)
    starts = [span.start for line in pieces for span, _ in line]
    standing: list[Place] = []
    opens: dict[int, list[int]] = defaultdict(list)
    closes: dict[int, list[int]] = defaultdict(list)
    for place in places:
        first, behind = bisect_left(starts, place.span.start), bisect_left(starts, place.span.end)
        if first < behind:
            opens[starts[first]].append(len(standing))
            closes[starts[behind - 1]].append(len(standing))
            standing.append(place)
    return Marked(pieces, tuple(standing), opens, closes, {place.key: place.name for place in standing})


def _places(brief: Brief) -> Iterator[Place]:
    # One comment covers a quote from its first piece to its last, the words of saying between them
    # too: a reader who rests on any piece sees whose it is.
    content = {row.quote: row.content for row in brief.statements}
    content |= {row.quote: row.content for row in brief.asides}
    for number, note in enumerate(brief.notes, 1):
        spans = content[note.quote]
        whole = Span(min(spans).start, max(span.end for span in spans))
        yield Place(("quote", note.quote), f"quote_{number}", whole, note.editor, note.lines)
    figures = [(each.figure, each.span) for each in brief.numbers]
    figures += [(each.figure, each.span) for each in brief.dates]
    for number, (figure, span) in enumerate(figures, 1):
        yield Place(("figure", figure), f"figure_{number}", span)
    for number, question in enumerate(brief.questions):
        told = (question.message, f"Check: {question.asks}")
        yield Place(("check", str(number)), f"check_{number + 1}", question.span, "", told)
    for number, remark in enumerate(brief.remarks):
        lines = tuple(line for line in remark.words.splitlines() if line.strip())
        yield Place(("note", str(number)), f"note_{number + 1}", remark.span, remark.editor, lines)


def _cut(runs: Sequence[Run], borders: Sequence[int]) -> Iterator[tuple[Span, Run]]:
    for run in runs:
        within = borders[bisect_right(borders, run.span.start) : bisect_left(borders, run.span.end)]
        for ends in pairwise((run.span.start, *within, run.span.end)):
            yield Span(*ends), run
