"""Where the rows of an HTML brief are found in its article, and what their links are called.

A statement has its number: ``row-3`` in the table, ``said-3`` in the article. What has no mark of its own
there (a figure, the words that a check or a note is on) has a place on its words, ``figure-2``; all else is
found by its paragraph, ``p-5``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from toolkit.brief import Brief
from toolkit.model import Span


@dataclass(frozen=True, slots=True)
class Places:
    """``numbers`` are those of the statements, by quote; ``first`` and ``last`` where they begin and end
    (starts of runs, by quote). ``spots`` are the other places with their ids, by the start of the run that
    they begin in, and ``ids`` tells these ids by what they are the place of. Without ``linked`` nothing has
    an id or leads anywhere, for a page that has ids of its own."""

    numbers: Mapping[str, int]
    first: Mapping[str, int]
    last: Mapping[str, int]
    spots: Mapping[int, Sequence[tuple[Span, str]]]
    ids: Mapping[tuple[str, str], str]
    linked: bool

    def quote(self, quote: str) -> str:
        """The id of a quote's place in the article; "" if it has none, here and below."""
        return f"said-{self.numbers[quote]}" if quote in self.first else self.ids.get(("aside", quote), "")

    def spot(self, what: str, key: object) -> str:
        """That of a "figure" by its id, of a "check" or "note" by its number."""
        return self.ids.get((what, str(key)), "")


def places(brief: Brief, *, linked: bool = True) -> Places:
    """Where all that a brief tells is found in its article."""
    numbers = {row.quote: number for number, row in enumerate(brief.statements, 1)}
    # A link needs both its ends: the row and the place in the article, which blanks alone don't show.
    has_article = "article" in brief.sections and bool(brief.article.text.strip())
    runs = [run for line in brief.lines for run in line.runs] if has_article else []
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for run in runs if "statements" in brief.sections else ():
        for quote in run.quotes:
            if quote in numbers:
                first.setdefault(quote, run.span.start)
                last[quote] = run.span.start
    starts = [run.span.start for run in runs]
    spots: dict[int, list[tuple[Span, str]]] = defaultdict(list)
    ids: dict[tuple[str, str], str] = {}
    # Of two that begin together the longer one comes first.
    found = sorted(_spots(brief), key=lambda spot: (spot[2].start, -spot[2].end))
    for key, name, span in found if runs and linked else ():
        at = bisect_right(starts, span.start) - 1
        # Between the runs there are only line ends.
        if at >= 0 and span.start < runs[at].span.end and key not in ids:
            spots[starts[at]].append((span, name))
            ids[key] = name
    return Places(numbers, first, last, spots, ids, linked)


def _spots(brief: Brief) -> Iterator[tuple[tuple[str, str], str, Span]]:
    for number, aside in enumerate(brief.asides, 1):
        yield ("aside", aside.quote), f"aside-{number}", min(aside.content)
    figures = [(each.figure, each.span) for each in brief.numbers]
    figures += [(each.figure, each.span) for each in brief.dates]
    for number, (figure, span) in enumerate(figures, 1):
        yield ("figure", figure), f"figure-{number}", span
    for number, question in enumerate(brief.questions):
        yield ("check", str(number)), f"check-{number + 1}", question.span
    for number, remark in enumerate(brief.remarks):
        yield ("note", str(number)), f"note-{number + 1}", remark.span
