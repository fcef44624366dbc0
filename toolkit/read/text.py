"""Plain text: the whole file is the article's text, and a headline above it is told beside it too."""

from __future__ import annotations

import re

from toolkit.read.byline import names_in
from toolkit.read.dateline import dateline_of
from toolkit.read.decode import decode
from toolkit.read.draft import Draft, normalise, one_line
from toolkit.read.heads import runs

_LONGEST = 140  # characters of a headline
_WORDS = (2, 20)
# A first line, an empty one if there is one, and what follows.
_HEAD = re.compile(r"\s*(\S[^\n]*)\n([^\S\n]*\n)?(.*)", re.DOTALL)
_STOPS = ".!?…:;,。！？"
_CLOSING = "\"'”’»)]"
_DASH = re.compile(r"\s[-–—]+\s*\Z")


def draft(data: bytes, name: str) -> Draft:
    """The text of a .txt file, its paragraphs and blanks as they are."""
    text = decode(data, name)
    return Draft(text, headline=headline_of(text))


def headline_of(text: str) -> str:
    """The headline that a text begins with, "" where it has none: a short first line that ends with no stop,
    with an empty line or a byline between it and running text. It stays in the text."""
    found = _HEAD.match(normalise(text))
    if not found:
        return ""
    line, rest = one_line(found[1]), found[3]
    if found[2] is None and not names_in(rest.partition("\n")[0]):
        return ""
    if names_in(line, is_first=True) or line == one_line(dateline_of(text)):
        return ""
    least, most = _WORDS
    is_short = len(line) <= _LONGEST and least <= len(line.split()) <= most
    ends = line.rstrip(_CLOSING).endswith(tuple(_STOPS)) or _DASH.search(line)
    if not is_short or ends or not any(letter.isalpha() for letter in line) or not runs(rest):
        return ""
    return line
