"""The article with its marks, as HTML. Pure: a brief in, HTML out; all text is escaped.

A quotation is a ``mark``, a name a ``mark`` inside it; where two cross, the inner one is
closed and opened again. A quotation ends in a link that jumps to its row in the margin. The
link's number is drawn by the style sheet: selected and copied, the text is the article's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from toolkit.brief import Brief
from toolkit.model import Span
from toolkit.runs import Line, Run
from toolkit.ui.anchors import Anchors
from toolkit.ui.markup import Html, element, escaped, opening

_CLOSE = Html("</mark>")
# Blanks that a browser would fold; elsewhere it may, so that no mark hangs over a line's end.
_BLANKS = re.compile(r"^[^\S\n]|[^\S\n]{2}|\t")


def marked_text(brief: Brief, anchors: Anchors) -> Html:
    """The article with quotations and names marked; ``anchors`` are those of the same brief."""
    pen = _Pen(brief, anchors)
    lines = (line for line in brief.lines if line.paragraph)
    paragraphs = (pen.paragraph(block) for _, block in groupby(lines, key=lambda line: line.paragraph))
    language = brief.article.language
    return element(
        "article",
        paragraphs,
        class_="nd-article",
        lang=None if language in ("", "und") else language,
        aria_labelledby="nd-title",
    )


class _Pen:
    """Writes the runs of a brief one after the other, and knows which marks are open."""

    def __init__(self, brief: Brief, anchors: Anchors) -> None:
        self._brief, self._anchors = brief, anchors
        self._first: dict[str, Span] = {}
        self._last: dict[str, Span] = {}
        for line in brief.lines:
            for run in line.runs:
                for quote in run.quotes:
                    self._first.setdefault(quote, run.span)
                    self._last[quote] = run.span

    def paragraph(self, lines: Iterable[Line]) -> Html:
        lines = tuple(lines)
        parts: list[str] = []
        stack: list[str] = []  # ids of quotations, from the outside in, then "" for a name
        for number, line in enumerate(lines):
            if number:
                parts.append("\n")
            for run in line.runs:
                parts += self._run(run, stack)
        parts += [_CLOSE] * len(stack)
        spaced = any(_BLANKS.search(self._brief.text(line.span)) for line in lines)
        return element("p", parts, dir="auto", class_="nd-spaced" if spaced else None)

    def _run(self, run: Run, stack: list[str]) -> Iterator[Html]:
        wanted = [*run.quotes, ""] if run.label else list(run.quotes)
        kept = 0
        while kept < min(len(stack), len(wanted)) and stack[kept] == wanted[kept]:
            kept += 1
        if run.span.start in self._anchors.mentions:
            kept = min(kept, len(run.quotes))  # another name begins here
        yield from [_CLOSE] * (len(stack) - kept)
        for quote in wanted[kept:]:
            yield self._quote_start(quote, run) if quote else self._name_start(run)
        yield escaped(self._brief.text(run.span))
        stack[:] = wanted
        ending = [quote for quote in run.quotes if self._last[quote] == run.span]
        if ending and run.label:
            stack.pop()  # a link to a quotation stands in no name
            yield _CLOSE
        yield from (self._link(quote) for quote in ending if self._anchors.quotes[quote].number)

    def _quote_start(self, quote: str, run: Run) -> Html:
        anchor = self._anchors.quotes[quote]
        place = anchor.place if self._first[quote] == run.span else None
        return opening("mark", id=place, class_=f"nd-q nd-{anchor.kind}", title=anchor.title)

    def _name_start(self, run: Run) -> Html:
        anchor = self._anchors.mentions.get(run.span.start)
        return opening(
            "mark",
            id=(anchor.place or None) if anchor else None,
            class_=f"nd-e nd-{(run.label or '').lower()}",
            title=anchor.title if anchor else None,
        )

    def _link(self, quote: str) -> Html:
        anchor = self._anchors.quotes[quote]
        return element(
            "a",
            href=f"#{anchor.row}",
            class_="nd-ref",
            data_number=anchor.number,
            aria_label=f"Quote {anchor.number}, {anchor.title}",
        )
