"""Where things stand in a document: its paragraphs, its quotation marks, its tokens.

Look-ups by offset (code points), each in logarithmic time, shared by the components.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from toolkit.languages import Language
from toolkit.marks import quotations
from toolkit.model import Span
from toolkit.paragraphs import paragraphs

# A quotation's cue stands near: farther than this from the marks nothing is looked for.
_NEAR = 600  # characters
_STOPS = (".", "!", "?")


class Layout:
    """The layout of one document. ``quotations`` are those with a letter or digit between the marks."""

    def __init__(self, doc: Doc, language: Language | None) -> None:
        self.doc, self.text = doc, doc.text
        found = quotations(self.text, dialogue_dash=language is not None and language.dialogue_dash)
        self.quotations = [q for q in found if any(c.isalnum() for c in self.text[slice(*q.inner)])]
        self.paragraphs = paragraphs(self.text)
        self._quotation_starts = [q.span.start for q in self.quotations]
        self._paragraph_starts = [p.start for p in self.paragraphs]
        self._token_starts = doc.to_array("IDX").tolist()

    def quotation_at(self, offset: int) -> int | None:
        """Index of the quotation that an offset lies in, marks included."""
        i = bisect_right(self._quotation_starts, offset) - 1
        return i if i >= 0 and offset < self.quotations[i].span.end else None

    def next_quotation(self, offset: int) -> int | None:
        """Index of the first quotation that begins at an offset or behind it."""
        i = bisect_left(self._quotation_starts, offset)
        return i if i < len(self.quotations) else None

    def touched(self, spans: Iterable[Span]) -> list[int]:
        """Indices of the quotations that overlap any of the spans."""
        hits: list[int] = []
        for span in spans:
            for i in range(
                max(bisect_right(self._quotation_starts, span.start) - 1, 0), len(self.quotations)
            ):
                if self.quotations[i].span.start >= span.end:
                    break
                if self.quotations[i].span.overlaps(span):
                    hits.append(i)
        return hits

    def paragraph_number(self, offset: int) -> int:
        """Index of the paragraph that an offset lies in or behind."""
        return max(bisect_right(self._paragraph_starts, offset) - 1, 0)

    def paragraph(self, offset: int) -> Span:
        return self.paragraphs[self.paragraph_number(offset)]

    def by_paragraph(self, span: Span) -> list[Span]:
        """A span cut at the ends of paragraphs."""
        first, last = self.paragraph_number(span.start), self.paragraph_number(span.end - 1)
        if first == last:
            return [span]
        cut = (
            Span(max(p.start, span.start), min(p.end, span.end)) for p in self.paragraphs[first : last + 1]
        )
        return [piece for piece in cut if piece.start < piece.end]

    def token_from(self, offset: int) -> int:
        """Index of the first token that begins at an offset or behind it."""
        return bisect_left(self._token_starts, offset)

    def tokens(self, span: Span) -> TokenSpan:
        """The tokens of a stretch; the first may begin before it ("-elle" keeps its hyphen)."""
        first = max(bisect_right(self._token_starts, span.start) - 1, 0)
        return self.doc[first : max(self.token_from(span.end), first)]

    def after(self, i: int) -> list[Token]:
        """The tokens from a quotation to the end of its sentence or to the next quotation."""
        start = self.quotations[i].span.end
        following = self.quotations[i + 1].span.start if i + 1 < len(self.quotations) else len(self.text)
        end = min(following, self.paragraph(start - 1).end, start + _NEAR)
        found: list[Token] = []
        for token in self.doc[self.token_from(start) : self.token_from(end)]:
            if token.text in _STOPS or token.text == ";":
                break
            if not token.is_space:
                found.append(token)
        return found

    def before(self, i: int) -> list[Token]:
        """The tokens from the start of a quotation's sentence, or from the quotation before, up to it."""
        end = self.quotations[i].span.start
        edge = max(self.paragraph(end).start, self.quotations[i - 1].span.end if i else 0, end - _NEAR)
        found: list[Token] = []
        for token in reversed(self.doc[self.token_from(edge) : self.token_from(end)]):
            if token.text in _STOPS:
                break
            if not token.is_space:
                found.append(token)
        return found[::-1]


def merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that touch or overlap as one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def without(text: str, span: Span, holes: Iterable[Span]) -> list[Span]:
    """What is left of a span outside the holes; pieces without a letter or digit are dropped."""
    pieces, at = [], span.start
    for hole in sorted(h for h in holes if h.overlaps(span)):
        if hole.start > at:
            pieces.append(Span(at, hole.start))
        at = max(at, hole.end)
    if at < span.end:
        pieces.append(Span(at, span.end))
    return [s for p in pieces for s in [stripped(text, p)] if any(c.isalnum() for c in text[slice(*s)])]


def stripped(text: str, span: Span) -> Span:
    """Without the blanks and the joining marks at its ends."""
    start, end = span
    while start < end and (text[start].isspace() or text[start] in ",;:.–—"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:–—"):
        end -= 1
    return Span(start, end)
