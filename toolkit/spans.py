"""A stretch of a text: the one way in which words are pointed at."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of the article: ``text[start:end]``, in code points, end exclusive."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end
