"""The lines of a PDF's pages become an article: headline and paragraphs, without the furniture.

What repeats at the top or the bottom of the pages goes, so do page numbers; words divided at the end
of a line are joined, and paragraphs are rebuilt from white space, indents and short last lines.
"""

from __future__ import annotations

import itertools
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit.read.draft import one_line
from toolkit.read.pdf_lines import Line

_MARGIN = 0.12  # of the page's height, at its top and at its bottom
_FURNITURE = 4  # lines at most in each margin that may be furniture
_LARGE = 1.18  # times the size of the text: a headline
_LONGEST_HEADLINE = 300  # characters
_SENTENCE_ENDS = re.compile(r"[.!?…:][”’»\"')\]]*\Z")
_HYPHENS = "-\u00ad\u2010"
_DIVIDED = re.compile(rf"([^\W\d_]+)[{_HYPHENS}]\Z")
_BULLET = re.compile(r"(?:[•‣▪●◦–—*-]|\(?[0-9a-z]{1,2}[.)])\s")
_NUMBERS = re.compile(r"\d+")
_LONGEST_WORD = 60  # characters


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line with the column that it stands in: its left and right edge, and which one it is."""

    line: Line
    left: float
    right: float
    column: int


def article_of(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> tuple[str, str]:
    """The headline ("" if no print is large enough) and the text of some pages."""
    kept = _without_furniture(pages, heights)
    lines = [line for page in kept for line in page]
    if not lines:
        return "", ""
    usual = _usual_size(lines)
    headline, kept = _headline(kept, usual)
    words = Counter(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", " ".join(line.text for line in lines).lower()))
    paragraphs = (_joined(paragraph, words) for paragraph in _paragraphs(list(_placed(kept)), usual))
    return headline, "\n\n".join(filter(None, paragraphs))


def _usual_size(lines: Sequence[Line]) -> float:
    letters: Counter[float] = Counter()
    for line in lines:
        letters[round(line.size, 1)] += len(line.text)
    return max(letters, key=lambda size: (letters[size], size))


def _without_furniture(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[list[Line]]:
    """The pages without running heads and feet, and without page numbers."""
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    margins: list[dict[Line, tuple[str, int]]] = []
    for number, (page, told) in enumerate(zip(pages, heights, strict=True)):
        height = max(told, 1.0)  # a damaged page may have none
        by_height = sorted(page, key=lambda line: line.top)
        ends = [*by_height[:_FURNITURE], *by_height[-_FURNITURE:]]
        margin = {
            line: (_NUMBERS.sub("#", one_line(line.text)).casefold(), round(line.bottom / height * 25))
            for line in ends
            if line.bottom < _MARGIN * height or line.top > (1 - _MARGIN) * height
        }
        margins.append(margin)
        for key in margin.values():
            seen[key].add(number)
    often = max(2, len(pages) * 0.3)
    return [
        [
            line
            for line in page
            if line not in margin
            or not (len(seen[margin[line]]) >= often or _is_page_number(line.text, number, len(pages)))
        ]
        for number, (page, margin) in enumerate(zip(pages, margins, strict=True), start=1)
    ]


def _is_page_number(text: str, number: int, of: int) -> bool:
    """Bare figures, or a word or two around this page's own number."""
    if not re.search(r"[^\W\d_]", text):
        return bool(re.search(r"\d", text)) and len(text) < 12
    numbers = [int(figures) for figures in _NUMBERS.findall(text) if len(figures) < 5]
    return numbers in ([number], [number, of]) and len(re.findall(r"[^\W\d_]+", text)) <= 2 and len(text) < 25


def _headline(pages: list[list[Line]], usual: float) -> tuple[str, list[list[Line]]]:
    """The largest print in the first lines of the first page, and the pages without it."""
    first = pages[0] if pages else []
    large = [line for line in first[:12] if line.size > _LARGE * usual and re.search(r"\w", line.text)]
    if not large:
        return "", pages
    largest = max(line.size for line in large)
    start = next(i for i, line in enumerate(first) if line.size > 0.97 * largest)
    end = start + 1
    while (
        end < len(first)
        and first[end].size > 0.97 * largest
        and first[end].top - first[end - 1].bottom < largest
    ):
        end += 1
    headline = _joined(first[start:end], Counter())
    above = sum(len(line.text) for line in first[:start])
    if len(headline) > _LONGEST_HEADLINE or len(headline.split()) < 2 or above > _LONGEST_HEADLINE:
        return "", pages
    return one_line(headline), [[*first[:start], *first[end:]], *pages[1:]]


def _placed(pages: Sequence[Sequence[Line]]) -> Iterator[_Placed]:
    """Each line with its column: lines that follow one another downward and share some width."""
    number = 0
    for page in pages:
        columns: list[list[Line]] = []
        for line in page:
            last = columns[-1][-1] if columns else None
            shares = last is not None and min(line.x1, last.x1) > max(line.x0, last.x0)
            if last is None or not shares or line.top < last.top:
                columns.append([])
            columns[-1].append(line)
        for column in columns:
            number += 1
            left = min(line.x0 for line in column)
            right = max(line.x1 for line in column)
            for line in column:
                yield _Placed(line, left, right, number)


def _paragraphs(lines: Sequence[_Placed], usual: float) -> Iterator[list[Line]]:
    leading = _leading(lines, usual)
    paragraph: list[Line] = []
    for place, here in enumerate(lines):
        before = lines[place - 1] if place else None
        if before and _begins(before, here, leading):
            yield paragraph
            paragraph = []
        paragraph.append(here.line)
    yield paragraph


def _leading(lines: Sequence[_Placed], usual: float) -> float:
    """From line to line within a paragraph, in points."""
    steps = [
        round(b.line.bottom - a.line.bottom, 1)
        for a, b in itertools.pairwise(lines)
        if a.column == b.column and 0.5 * usual < b.line.bottom - a.line.bottom < 2.2 * usual
    ]
    return float(statistics.mode(sorted(steps))) if steps else 1.2 * usual


def _begins(before: _Placed, here: _Placed, leading: float) -> bool:
    """Whether a paragraph begins with ``here``."""
    last, line = before.line, here.line
    size = max(last.size, line.size)
    if abs(last.size - line.size) > 0.12 * size or _BULLET.match(line.text):
        return True
    width = before.right - before.left
    short = before.right - last.x1 > max(0.12 * width, 2 * size)
    ended = bool(_SENTENCE_ENDS.search(last.text))
    indented = 0.6 * size < line.x0 - here.left < 5 * size
    if before.column != here.column:
        # On the next column or page: the sentence tells, and the white doesn't.
        if line.text[:1].islower() or last.text[-1:] in _HYPHENS:
            return False
        return ended or before.right - last.x1 > 0.35 * width
    if line.bottom - last.bottom > 1.25 * leading and line.bottom - last.bottom > leading + 0.2 * size:
        return True
    if indented and abs(last.x0 - line.x0) > 0.5 * size and line.x0 > last.x0:
        return ended or short
    return short and ended and not line.text[:1].islower()


def _joined(lines: Sequence[Line], words: Counter[str]) -> str:
    """The words of some lines; those divided at a line's end made whole, by the article's own spelling."""
    text = ""
    for line in lines:
        following = line.text
        divided = _DIVIDED.search(text[-_LONGEST_WORD:])
        rest = re.match(r"[^\W_]+", following)
        if divided and rest:
            start, end = divided[1], rest[0]
            whole = words[(start + end).lower()]
            compound = words[f"{start}-{end}".lower()] > whole or (
                not whole and all(len(part) > 3 and words[part.lower()] for part in (start, end))
            )
            # "Franco-" and "German", "COVID-" and "19": only a small letter goes on with a word.
            keeps = compound or not end[0].islower() or (start.isupper() and len(start) > 1)
            text = text[:-1] + ("-" if keeps else "") + following
        elif text:
            text = f"{text} {following}"
        else:
            text = following
    return re.sub("\u00ad(?=\\W|\\Z)", "-", text).replace("\u00ad", "").strip()
