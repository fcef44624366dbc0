"""The lines that a text opens with before it runs: headline, standfirst, byline, dateline."""

from __future__ import annotations

import re
from collections.abc import Iterator

_WITHIN = 2_000  # characters
_LINES = 6
_LONG = 300  # characters; a longer line is running text
# A sentence that ends, which running text and a standfirst have.
_ENDS = re.compile(r"\w{2}[.!?…。！？][\"'”’»)\]]*\s*\Z")
_RUNS = re.compile(r"\w{2}[.!?…。！？][\"'”’»)\]]*(\s|\Z)")
_LINE = re.compile(r"[^\n]*\S[^\n]*")


def opening_lines(text: str) -> Iterator[tuple[int, str]]:
    """The start and the words of each line at the head of a text, up to the first of its running text,
    which is among them. Only one sentence may stand before that: the standfirst, and never first."""
    sentences = 0
    for number, line in enumerate(_LINE.finditer(text, 0, _WITHIN)):
        yield line.start(), line[0]
        ends = _ENDS.search(line[0]) is not None
        sentences += ends
        if (ends and (number == 0 or sentences > 1)) or len(line[0]) > _LONG or number == _LINES - 1:
            return


def runs(text: str) -> bool:
    """Whether there is a sentence in a text that ends, as in all running text."""
    return _RUNS.search(text) is not None
