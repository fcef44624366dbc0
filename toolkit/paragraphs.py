"""Where paragraphs begin and end.

Every line is a paragraph, as readers and word processors write them, unless the text
is hard-wrapped (old mail, plain-text wires): then blank lines part the paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from toolkit.model import Span

_LINE = re.compile(r"(?m)^[^\n]*\S[^\n]*")
_ENDS_SENTENCE = re.compile(r"[.!?…:;]['\"’”»)\]]*\s*\Z")

# A block is taken as wrapped when its lines (but the last) fill a measure that typewriters and
# mailers use and mostly break off in mid-sentence.
_SHORTEST, _LONGEST, _UNFINISHED = 45, 100, 0.5


def paragraphs(text: str) -> list[Span]:
    """The paragraphs of a text in order, without the blanks around them."""
    found: list[Span] = []
    for block in _blocks(text):
        if _is_wrapped(text, block):
            found.append(_trimmed(text, Span(block[0].start, block[-1].end)))
        else:
            found.extend(_trimmed(text, line) for line in block)
    return found


def _blocks(text: str) -> Iterator[list[Span]]:
    """Runs of lines without a blank line between them."""
    block: list[Span] = []
    for match in _LINE.finditer(text):
        if block and text.count("\n", block[-1].end, match.start()) > 1:
            yield block
            block = []
        block.append(Span(match.start(), match.end()))
    if block:
        yield block


def _is_wrapped(text: str, block: list[Span]) -> bool:
    if len(block) < 3:
        return False
    breaks = 0
    for line, following in pairwise(block):
        if not _SHORTEST <= line.end - line.start <= _LONGEST:
            return False
        ended = _ENDS_SENTENCE.search(text, max(line.start, line.end - 8), line.end)
        opens = text[following.start : following.end].lstrip()[:1]
        breaks += not ended and opens not in "-–—•*"
    return breaks >= _UNFINISHED * (len(block) - 1)


def _trimmed(text: str, span: Span) -> Span:
    piece = text[span.start : span.end]
    start = span.start + len(piece) - len(piece.lstrip())
    return Span(start, span.end - (len(piece) - len(piece.rstrip())))
