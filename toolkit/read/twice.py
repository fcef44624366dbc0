"""Texts of one message that tell the same, as a plain text and a page of it do: what stands in both is
read once, and what only one of them has is kept. Nothing is judged by a share. Pure.

A paragraph is told by another text if its letters stand there in a row, wherever lines are broken and
whatever marks, blanks and links stand between. A short one may stand in many texts ("Background"), and is
told only together with what stands before or behind it.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate

_ENOUGH = 40  # letters, about eight words: two texts have these in a row if one has them from the other
# How mail programs write a link, or a picture, into a text that was a page: <https://…>, [1].
_LINK = re.compile(r"[<(\[](?:https?:|mailto:|tel:|cid:)[^\s<>()\[\]]*[>)\]]|\[\d{1,3}\]", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W_]+")
_GAP = re.compile(r"\n[ \t]*\n\s*")


def without_told(text: str, others: str) -> str:
    """The paragraphs of ``text`` that ``others`` doesn't tell: all of it as it is, or "" for none."""
    known = _letters(others)
    if _is_in(_letters(text), known):
        return ""
    border = "\n\n" if _GAP.search(text.strip()) else "\n"
    paragraphs = _GAP.split(text.strip("\n")) if border == "\n\n" else text.splitlines()
    keys = [_letters(paragraph) for paragraph in paragraphs]
    row, ends = "".join(keys), list(accumulate(map(len, keys)))
    kept = [
        paragraph
        for paragraph, key, end in zip(paragraphs, keys, ends, strict=True)
        if not (_is_told(row, end - len(key), end, known) if key else paragraph.strip() in others)
    ]
    return text if len(kept) == len(paragraphs) else border.join(kept)


def _is_told(row: str, start: int, end: int, known: str) -> bool:
    """Whether ``known`` has the letters ``row[start:end]``, with those beside them where they are few."""
    if end - start >= _ENOUGH:
        return row[start:end] in known
    return _is_in(row[max(end - _ENOUGH, 0) : end], known) or _is_in(row[start : start + _ENOUGH], known)


def _is_in(letters: str, known: str) -> bool:
    return len(letters) >= _ENOUGH and letters in known


def _letters(text: str) -> str:
    """The letters and digits of a text in a row, to compare by."""
    told = unicodedata.normalize("NFKC", _LINK.sub("", text)).casefold()
    return "".join(_LETTERS.findall(told))
