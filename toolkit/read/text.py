"""Plain text: the whole file is the article's text, and a headline above it is told beside it too."""

from __future__ import annotations

import re

from toolkit.read.decode import decode
from toolkit.read.draft import Draft, normalise, one_line

_LONGEST = 140  # characters of a headline
_WORDS = (2, 20)
# A first line, an empty one, and what follows.
_HEAD = re.compile(r"\s*(\S[^\n]*)\n[^\S\n]*\n(.*)", re.DOTALL)
_STOPS = ".!?…:;,。！？"
_CLOSING = "\"'”’»)]"
_DASH = re.compile(r"\s[-–—]+\s*\Z")
# Running text has a sentence that ends.
_SENTENCE = re.compile(r"\w{2}[.!?…。！？][\"'”’»)\]]*(\s|\Z)")


def draft(data: bytes, name: str) -> Draft:
    """The text of a .txt file, its paragraphs and blanks as they are."""
    text = decode(data, name)
    return Draft(text, headline=headline_of(text))


def headline_of(text: str) -> str:
    """The headline that a text begins with, "" where it has none: a short first line that ends with no stop,
    with an empty line between it and running text. It stays in the text."""
    found = _HEAD.match(normalise(text))
    if not found:
        return ""
    line, rest = one_line(found[1]), found[2]
    least, most = _WORDS
    is_short = len(line) <= _LONGEST and least <= len(line.split()) <= most
    ends = line.rstrip(_CLOSING).endswith(tuple(_STOPS)) or _DASH.search(line)
    if not is_short or ends or not any(letter.isalpha() for letter in line) or not _SENTENCE.search(rest):
        return ""
    return line
