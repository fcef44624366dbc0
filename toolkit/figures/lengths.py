"""Metres or millions: what the "m" in "1.2m" stands for, by the words around it.

Metres want evidence: a word for a dimension, another length, something that is so long. Millions
too, or else the figure has no value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from toolkit.model import Span

_AROUND = 120  # characters that are looked at on each side
_STOP = re.compile(r"[.!?](?=[\"')]?\s)|\n")
_WORD = re.compile(r"[^\W\d_]+")
_OTHER_LENGTH = re.compile(
    r"\d ?(?:cm|mm|km|ft|feet|foot|miles?|yards?|inch(?:es)?|met(?:re|er)s?|kilomet(?:re|er)s?)(?!\w)"
)
_BESIDE = re.compile(r"[ -](?:in |of )?([^\W\d_]+)(?!-?\w)")
_TRACK = re.compile(r"(?:50|60|80|100|110|200|300|400|800|1,?500|3,?000|5,?000|10,?000)m")

Words = Mapping[str, tuple[str, ...]]


def is_length(text: str, span: Span, words: Words, noun: str = "") -> bool:
    """Whether a figure such as "3m" is a length. ``noun`` is one in the singular right behind it."""
    before, after = _sentence(text, span)
    beside = _BESIDE.match(after)
    if (beside and beside[1].lower() in words["dimensions"]) or re.match(r"-[^\W\d_]", after):
        return True
    last = before.rstrip().rpartition(" ")[2].lower()
    if last == "within" or (last == "the" and _TRACK.fullmatch(text[slice(*span)])):
        return True
    if noun and last in ("a", "an") and noun not in words["changes"]:
        return True
    around = f"{before}|{after}"
    return bool(_OTHER_LENGTH.search(around)) or _any(around, words["length_words"])


def is_million(text: str, span: Span, words: Words) -> bool:
    """Whether a figure such as "3m", which is no length, surely counts millions."""
    return _any("|".join(_sentence(text, span)), words["million_words"])


def _any(text: str, listed: tuple[str, ...]) -> bool:
    return not frozenset(listed).isdisjoint(_WORD.findall(text.lower()))


def _sentence(text: str, span: Span) -> tuple[str, str]:
    """What stands before and behind a figure in its sentence, as far as it is near."""
    before = _STOP.split(text[max(0, span.start - _AROUND) : span.start])[-1]
    return before, _STOP.split(text[span.end : span.end + _AROUND], maxsplit=1)[0]
