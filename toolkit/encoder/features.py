"""What the encoder sees of a text: word pieces and, beside each, its case and layout.

The vocabulary knows no capitals, no spaces and no lines, so three small features tell
of them: the shape of the word, the gap before the piece, and whether it stands inside
quotation marks. Training and runtime share this module; it needs numpy only, and a
``tokenizers.Tokenizer`` that the caller brings.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

SHAPES = 10  # see _shape
GAPS = 4  # none, space, newline, continuation of a word
QUOTES = 4  # out, in, opening mark, closing mark
FEATURES = SHAPES * GAPS * QUOTES

_NONE, _SPACE, _NEWLINE, _CONTINUATION = range(GAPS)
_OUT, _IN, _OPEN, _CLOSE = range(QUOTES)

# One character for one, so that offsets hold.
_PLAIN = str.maketrans({
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("–—―‐‑‒−", "-"),
    "\xa0": " ",
})  # fmt: skip
_MARKS = re.compile(r"[\"“”„‟«»\n]")


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of a text, one entry a piece in every array.

    ``starts`` and ``ends`` are code points of the text; ``words`` numbers the words
    from 0 (the pieces of one word follow each other); ``features`` codes shape, gap
    and quotation as one number below ``FEATURES``.
    """

    ids: NDArray[np.int64]
    features: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    words: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.ids)


def plain(text: str) -> str:
    """The text with curly marks and dashes as ASCII, as long as before."""
    return text.translate(_PLAIN)


def pieces(tokenizer: Any, text: str) -> Pieces:
    """Cut a text into word pieces with their features; no special pieces are added."""
    encoding = tokenizer.encode(plain(text), add_special_tokens=False)
    starts = np.array([s for s, _ in encoding.offsets], np.int64)
    ends = np.array([e for _, e in encoding.offsets], np.int64)
    raw = np.array(encoding.word_ids, np.int64)
    first = np.ones(len(raw), bool)
    first[1:] = raw[1:] != raw[:-1]
    words = np.cumsum(first) - 1
    codes = np.empty(len(raw), np.int64)
    quoted = _Quotation(text)
    opens = np.flatnonzero(first).tolist()
    shape = before = 0
    for n, k in enumerate(opens):
        stop = opens[n + 1] if n + 1 < len(opens) else len(raw)
        start, end = int(starts[k]), int(ends[stop - 1])
        shape = _shape(text[start:end]) * GAPS
        state = quoted.at(start)
        codes[k] = (shape + _gap(text[before:start], n)) * QUOTES + state
        codes[k + 1 : stop] = (shape + _CONTINUATION) * QUOTES + state
        before = end
    return Pieces(np.array(encoding.ids, np.int64), codes, starts, ends, words)


def _gap(blank: str, place: int) -> int:
    if place == 0 or "\n" in blank:
        return _NEWLINE
    return _SPACE if any(c.isspace() for c in blank) else _NONE


def _shape(word: str) -> int:
    """0 nothing of these, 1 lower case, 2 Capital, 3 CAPITALS, 4 one capital, 5 mIxed,
    6 digits, 7 digits and letters, 8 marks, 9 letters of a script without case."""
    if word.isalpha():
        if word.islower():
            return 1
        if word.isupper():
            return 3 if len(word) > 1 else 4
        if word[0].isupper() and word[1:].islower():
            return 2
        return 5 if word.lower() != word else 9
    if word.isdigit():
        return 6
    if word.isalnum():
        return 7
    return 8 if not any(c.isalnum() for c in word) else 0


class _Quotation:
    """Where the text stands inside double quotation marks; each line starts outside."""

    def __init__(self, text: str) -> None:
        self.places, self.states = [-1], [_OUT]
        inside = False
        for match in _MARKS.finditer(text):
            place, mark = match.start(), match[0]
            if mark == "\n":
                inside = False
            else:
                inside = mark in "“„«‟" or (mark == '"' and not inside)
                self._mark(place, _OPEN if inside else _CLOSE)
                place += 1
            self._mark(place, _IN if inside else _OUT)

    def _mark(self, place: int, state: int) -> None:
        self.places.append(place)
        self.states.append(state)

    def at(self, place: int) -> int:
        return self.states[bisect_right(self.places, place) - 1]
