"""Even windows over a long text: the network sees at most 254 pieces at once.

Neighbours share some pieces, and of a shared piece the window counts in which it stands
nearer to the middle. All windows of a text are of one size, so none is a short rest.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

SIZE, OVERLAP = 254, 64


class Window(NamedTuple):
    """Pieces ``start:stop`` are read; what is found for ``first:last`` of them counts."""

    start: int
    stop: int
    first: int
    last: int


def cover(count: int, size: int = SIZE, overlap: int = OVERLAP) -> list[Window]:
    """Cover ``count`` pieces; ``first:last`` of the windows follow each other without gap."""
    if count <= 0:
        return []
    if count <= size:
        return [Window(0, count, 0, count)]
    number = -(-(count - overlap) // (size - overlap))
    length = -(-(count + (number - 1) * overlap) // number)
    starts = [n * (count - length) // (number - 1) for n in range(number)]
    borders = [0, *((a + length + b) // 2 for a, b in pairwise(starts)), count]
    return [Window(s, s + length, borders[n], borders[n + 1]) for n, s in enumerate(starts)]
