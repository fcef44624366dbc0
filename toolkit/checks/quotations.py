"""Quotation marks and what stands between them: marks without a partner, words put in or left out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import zip_longest

from toolkit.checks.finding import Finding, Stretches, listed, marked, told
from toolkit.model import Annotations, Span
from toolkit.runs import kept_quotes

_CLOSING = re.compile("[”»]")
_ALTERED = re.compile(r"(?P<put_in>\[[^\[\]\n]{1,200}\])|…|\.{3,4}|\. \. \.")
_SHOWN = 3  # places in a message


def quote_marks(notes: Annotations) -> Iterator[Finding]:
    """Quotations that never close or close with another mark, and marks that close nothing."""
    text, found = notes.article.text, marked(notes)
    quoted = Stretches(q.span for q in found)
    strays = [s for m in _CLOSING.finditer(text) if not quoted.touched(s := Span(*m.span()))]
    told_of: set[Span] = set()
    for quotation, following in zip_longest(found, found[1:]):
        span, last = quotation.span, text[quotation.span.end - 1]
        if not quotation.closed:
            # A mark some paragraphs further on, before the next quotation, was meant to close it.
            until = following.span if following else Span(len(text), len(text))
            closing = strays[bisect_left(strays, (span.end,)) : bisect_left(strays, until)]
            told_of.update(closing)
            message = f"No mark closes the quotation that begins {told(notes, quotation.inner)}."
            yield Finding("quote-marks", span, message, tuple(closing))
        elif quotation.inner.end < span.end and _differ(quotation.mark, last):
            message = f"The quotation opens with {quotation.mark} and closes with {last}."
            yield Finding("quote-marks", span, message)
    for span in strays:
        if span in told_of:
            continue
        message = f"This {notes.text(span)} closes a quotation that nothing has opened."
        yield Finding("quote-marks", span, message)
    unclosed = Stretches(q.span for q in found if not q.closed)
    for quote in kept_quotes(notes):
        if "unclosed" in quote.flags and not any(unclosed.touched(s) for s in quote.content):
            yield Finding("quote-marks", min(quote.content), "The quotation is never closed.")


def _differ(opening: str, closing: str) -> bool:
    """Whether one of two marks is straight and the other is not; of curved ones many pairs are in use."""
    return (opening == '"') != (closing == '"') and opening in '“„«»”"'


def altered_quote(notes: Annotations) -> Iterator[Finding]:
    """Words between quotation marks that were put in, in brackets, or left out, with dots."""
    text = notes.article.text
    within = Stretches(q.inner for q in marked(notes))
    spoken = {whole: _words(text, whole) for whole in within.spans}
    for quote in kept_quotes(notes):
        if quote.kind not in ("direct", "mixed"):
            continue
        places = []
        for piece in sorted(quote.content):
            for match in _ALTERED.finditer(text, *piece):
                span, whole = Span(*match.span()), within.at(match.start())
                # Dots have words on both sides; a voice that trails off has none behind it.
                is_gap = whole and spoken[whole].start < span.start and span.end < spoken[whole].end
                if whole and (is_gap or match["put_in"]):
                    places.append(span)
        if places:
            first, *rest = dict.fromkeys(places)
            shown = listed(told(notes, place) for place in (first, *rest)[:_SHOWN])
            message = f"Words were put in or left out in the quotation: {shown}."
            yield Finding("altered-quote", first, message, tuple(rest))


def _words(text: str, span: Span) -> Span:
    """A span from its first letter or digit to its last; nothing at its start where it has none."""
    start, end = span
    while end > start and not text[end - 1].isalnum():
        end -= 1
    while start < end and not text[start].isalnum():
        start += 1
    return Span(start, end)
