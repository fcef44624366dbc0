"""The characters of a PDF's page become lines, and the lines a reading order. Pure geometry.

Coordinates are points (1/72 inch); x grows to the right and y downward.
"""

from __future__ import annotations

import bisect
import re
import statistics
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

_GUTTER = 7.0  # points: the least white between two columns
_COLUMN = 3  # lines at least on each side of a gutter
_CROSSING = 0.34  # the share of rows that may run across a gutter, as a headline does
_GAP = 0.6  # of the size: white within a line beyond which it is two, until the columns are known
_CAP = 1.7  # times the size of the text: a letter that opens an article over several lines
_DEPTH = 8  # columns within columns
_LIGATURE = re.compile("[\ufb00-\ufb06]")


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and its box, from the font's descent to its ascent."""

    char: str
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one line of one column. A soft hyphen at its end is where a word was divided."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def size(self) -> float:
        return self.bottom - self.top


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """The lines of a page in reading order: across the page, then down each column."""
    pieces = [line for run in _runs(glyphs) if (line := _line(run)) is not None]
    return in_order(_with_drop_caps(_rows(_once(pieces))))


def _runs(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Characters that follow one another on a line, as the file draws them."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        last = runs[-1][-1] if runs else None
        if last and glyph.char.isspace() and glyph.bottom - glyph.top < 0.1 * (last.bottom - last.top):
            # A blank that the parser added has a place and no height.
            glyph = replace(glyph, top=last.top, bottom=last.bottom)
        if last is None or not _follows(last, glyph):
            runs.append([])
        runs[-1].append(glyph)
    return runs


def _follows(last: Glyph, glyph: Glyph) -> bool:
    height = max(last.bottom - last.top, 1.0)
    size = max(height, glyph.bottom - glyph.top, 1.0)
    overlap = min(last.bottom, glyph.bottom) - max(last.top, glyph.top)
    same_line = overlap > 0.5 * min(height, max(glyph.bottom - glyph.top, 1.0))
    # The letters of a ligature have one box.
    forward = -0.5 * size < glyph.x0 - last.x1 < _GAP * size or last.x0 - 0.1 <= glyph.x0 < last.x1
    return same_line and forward


def _line(run: Sequence[Glyph]) -> Line | None:
    shown = [glyph for glyph in run if not glyph.char.isspace()]
    if not shown:
        return None
    text = "".join(glyph.char for glyph in run)
    text = _LIGATURE.sub(lambda sign: unicodedata.normalize("NFKC", sign[0]), text)
    heights = [glyph.bottom - glyph.top for glyph in shown]
    size = statistics.median(heights)
    # By the characters of the usual size: a footnote's number stands higher than its line.
    usual = [glyph for glyph, height in zip(shown, heights, strict=True) if abs(height - size) < 0.2 * size]
    return Line(
        re.sub(r"[ \t]+", " ", text).strip(" \t\r\n"),
        min(glyph.x0 for glyph in shown),
        statistics.median(glyph.top for glyph in usual or shown),
        max(glyph.x1 for glyph in shown),
        statistics.median(glyph.bottom for glyph in usual or shown),
    )


def _once(lines: Iterable[Line]) -> list[Line]:
    """Bold print is sometimes made by drawing the same words twice, a hair apart."""
    kept: dict[tuple[str, int, int], Line] = {}
    for line in lines:
        x, y = round(line.x0 / 2), round(line.top / 2)
        near = ((line.text, x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1))
        if not any(place in kept for place in near):
            kept[line.text, x, y] = line
    return list(kept.values())


def _rows(lines: Sequence[Line]) -> list[Line]:
    """Pieces of one line joined: a change of font, or words that were drawn one at a time."""
    joined: list[Line] = []
    for row in _same_height(lines):
        last: Line | None = None
        for line in sorted(row, key=lambda each: each.x0):
            gap = line.x0 - last.x1 if last else 0.0
            if last and -0.5 * last.size < gap < _GAP * min(last.size, line.size):
                blank = " " if gap > 0.12 * min(last.size, line.size) else ""
                last = replace(last, text=last.text + blank + line.text, x1=max(last.x1, line.x1))
                joined[-1] = last
            else:
                joined.append(last := line)
    return joined


def _same_height(lines: Sequence[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda each: (each.bottom, each.x0)):
        if rows and abs(rows[-1][-1].bottom - line.bottom) < 0.25 * min(rows[-1][-1].size, line.size):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _with_drop_caps(lines: Sequence[Line]) -> list[Line]:
    """A large first letter put before the word that it begins."""
    if len(lines) < _COLUMN:
        return list(lines)
    usual = statistics.median(line.size for line in lines)
    rest = list(lines)
    for cap in [line for line in lines if len(line.text) == 1 and line.text.isupper()]:
        if cap.size < _CAP * usual:
            continue
        beside = [
            line
            for line in rest
            if line is not cap
            and line.size < cap.size / _CAP * 1.2
            and -0.5 * usual < line.x0 - cap.x1 < usual
            and cap.top - 0.5 * usual <= line.top < cap.bottom
        ]
        if beside:
            first = min(beside, key=lambda line: line.top)
            merged = replace(first, text=cap.text + first.text, x0=cap.x0)
            rest[rest.index(first)] = merged
            rest.remove(cap)
            # The lines beside the letter begin further in, which is no new paragraph.
            for line in beside:
                if line is not first:
                    rest[rest.index(line)] = replace(line, x0=cap.x0)
    return rest


def in_order(lines: Sequence[Line], depth: int = 0) -> list[Line]:
    """Lines as they are read: where white runs down between columns, the left one first.

    Lines across the white (a headline) divide the columns into what is above and below them.
    """
    rows = [sorted(row, key=lambda each: each.x0) for row in _same_height(lines)]
    ordered = [line for row in rows for line in row]
    gutter = _gutter(ordered, len(rows)) if depth < _DEPTH else None
    if gutter is None:
        return [_whole(row) for row in rows]
    read: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in ordered:
        if line.x1 <= gutter:
            left.append(line)
        elif line.x0 >= gutter:
            right.append(line)
        else:
            read += [*in_order(left, depth + 1), *in_order(right, depth + 1), line]
            left, right = [], []
    return [*read, *in_order(left, depth + 1), *in_order(right, depth + 1)]


def _whole(row: Sequence[Line]) -> Line:
    """What stands in one row of one column is one line, however wide the white in it."""
    return replace(row[0], text=" ".join(line.text for line in row), x1=max(line.x1 for line in row))


def _gutter(lines: Sequence[Line], rows: int) -> float | None:
    """Where white runs down between two columns of these lines, which stand in ``rows``, if it does."""
    if len(lines) < 2 * _COLUMN:
        return None
    rights = sorted(line.x1 for line in lines)
    lefts = sorted(line.x0 for line in lines)
    best: tuple[int, int, float] | None = None  # few lines across it, much on both sides
    for x1 in sorted(set(rights)):
        following = bisect.bisect_left(lefts, x1 + _GUTTER)
        if following == len(lefts):
            break
        middle = x1 + _GUTTER / 2
        on_left = bisect.bisect_right(rights, middle)
        on_right = len(lefts) - bisect.bisect_left(lefts, middle)
        crossing = len(lines) - on_left - on_right
        # Lines that end or begin within the white make it narrower than it must be.
        narrow = bisect.bisect_left(lefts, x1 + _GUTTER) - bisect.bisect_right(lefts, x1)
        if on_left < _COLUMN or on_right < _COLUMN or narrow or crossing > _CROSSING * rows:
            continue
        if not _side_by_side(lines, middle):
            continue
        found = (-crossing, min(on_left, on_right), middle)
        best = max(best, found) if best else found
    return best[2] if best else None


def _side_by_side(lines: Sequence[Line], x: float) -> bool:
    """Whether what is left of ``x`` stands beside what is right of it, and not above or below."""
    left = [line for line in lines if line.x1 <= x]
    right = [line for line in lines if line.x0 >= x]
    top = max(left[0].top, right[0].top)
    bottom = min(max(line.bottom for line in left), max(line.bottom for line in right))
    return bottom - top > 2 * statistics.median(line.size for line in lines)
