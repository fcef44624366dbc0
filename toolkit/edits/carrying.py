"""Edits brought to a new version of the text: an update from the wire.

The two texts are laid side by side, what is equal at their ends first, then paragraph by paragraph,
then word by word. A place is carried if its words stand unchanged where it then lies, or nowhere but
in one other place.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import NamedTuple

from toolkit.decision import Edit
from toolkit.edits.replaying import Unfit
from toolkit.model import Span

_PARAGRAPH = re.compile(r"[^\n]*\n+|[^\n]+")
_SENTENCE = re.compile(r"(?s).*?(?:[.!?…。！？][\"'”’»)\]]*\s+|\n+|\Z)")
_WORD = re.compile(r"\w+|\s+|[^\w\s]")
_LEVELS = (_PARAGRAPH, _SENTENCE, _WORD)
_BREAK = re.compile(r"\n|[.!?…][\"'”’»)\]]*\s|[。！？]")
_FAR = 5000  # characters looked through for a break
# How many pairs of equal tokens are looked at: difflib's work grows with them. Texts that are alike
# nowhere, or have the same line a thousand times, are not laid side by side beyond it.
_PAIRS = 500_000
_SHOWN = 40


class _Block(NamedTuple):
    """Equal stretches of two texts: where they begin, and how long they are."""

    old: int
    new: int
    size: int


def carried(
    edits: Iterable[Edit], old_text: str, new_text: str
) -> tuple[tuple[Edit, ...], tuple[Unfit, ...]]:
    """The edits with their places in the new text, and those whose words are no longer there."""
    edits = tuple(edits)
    if old_text == new_text:
        return edits, ()
    places = _Places(old_text, new_text)
    kept: list[Edit] = []
    lost: list[Unfit] = []
    for edit in edits:
        if (edit.act, edit.of, edit.at) == ("note", "text", (Span(0, len(old_text)),)) and new_text:
            # A note on the whole of the text is one on the whole of the new one.
            kept.append(replace(edit, at=(Span(0, len(new_text)),)))
            continue
        moved = {span: places.of(span) for span in (*edit.at, *edit.to)}
        gone = next((span for span, place in moved.items() if place is None), None)
        if gone is None:
            at, to = (tuple(moved[s] or s for s in spans) for spans in (edit.at, edit.to))
            kept.append(replace(edit, at=at, to=to))
        else:
            lost.append(Unfit(edit, f"The words “{_short(old_text[slice(*gone)])}” no longer stand there."))
    return tuple(kept), tuple(lost)


class _Places:
    """Where the places of one text lie in another."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new
        self.blocks = list(_equal(old, new))
        self.starts = [block.old for block in self.blocks]
        self.known: dict[Span, Span | None] = {}

    def of(self, span: Span) -> Span | None:
        if span not in self.known:
            self.known[span] = self._aligned(span) or self._elsewhere(span)
        return self.known[span]

    def _aligned(self, span: Span) -> Span | None:
        at = bisect_right(self.starts, span.start) - 1
        if at < 0 or span.start >= self.blocks[at].old + self.blocks[at].size:
            return None
        start = self.blocks[at].new + span.start - self.blocks[at].old
        return self._unchanged(span, start)

    def _elsewhere(self, span: Span) -> Span | None:
        """The only other place with the same words, if they stood in one place only before."""
        words = self.old[slice(*span)]
        if not words or _count(self.new, words) != 1 or _count(self.old, words) != 1:
            return None
        return self._unchanged(span, self.new.find(words))

    def _unchanged(self, span: Span, start: int) -> Span | None:
        """The place, if it has the same words there and not a part of longer ones."""
        place = Span(start, start + span.end - span.start)
        if self.new[slice(*place)] != self.old[slice(*span)]:
            return None
        cuts = any(
            _in_word(self.new, p) and not _in_word(self.old, s) for p, s in zip(place, span, strict=True)
        )
        return None if cuts else place


def _count(text: str, words: str) -> int:
    """0, 1, or 2 for more; overlapping ones count."""
    first = text.find(words)
    return 0 if first < 0 else 1 if text.find(words, first + 1) < 0 else 2


def _in_word(text: str, offset: int) -> bool:
    return 0 < offset < len(text) and text[offset - 1].isalnum() and text[offset].isalnum()


def _equal(old: str, new: str) -> Iterator[_Block]:
    """The equal stretches of two texts, in order."""
    head, tail = _shared(old, new), _shared(old[::-1], new[::-1])
    whole = min(len(old), len(new))
    if whole in (head, tail):  # something was put before or behind one of them, and nothing else
        yield _Block(0, 0, head) if head == whole else _Block(len(old) - tail, len(new) - tail, tail)
        return
    # Two sentences may begin with the same letters: what is equal ends where a line or sentence does.
    head = _break_before(old, head)
    tail = len(old) - _break_after(old, len(old) - min(tail, whole - head))
    yield _Block(0, 0, head)
    yield from _within(old, new, Span(head, len(old) - tail), Span(head, len(new) - tail), _LEVELS)
    yield _Block(len(old) - tail, len(new) - tail, tail)


def _break_before(text: str, offset: int) -> int:
    start = max(0, offset - _FAR)
    ends = [m.end() for m in _BREAK.finditer(text, start, offset)]
    return ends[-1] if ends else offset if start else 0


def _break_after(text: str, offset: int) -> int:
    end = min(len(text), offset + _FAR)
    found = _BREAK.search(text, offset, end)
    return found.end() if found else offset if end < len(text) else end


def _shared(one: str, other: str) -> int:
    """How many characters two texts share at their beginning."""
    same, most = 0, min(len(one), len(other))
    while same < most:
        middle = (same + most + 1) // 2
        if one[same:middle] == other[same:middle]:
            same = middle
        else:
            most = middle - 1
    return same


def _within(old: str, new: str, a: Span, b: Span, levels: Sequence[re.Pattern[str]]) -> Iterator[_Block]:
    """The equal stretches of two spans, by the tokens of the first level, then by smaller ones."""
    if a.start == a.end or b.start == b.end or not levels:
        return
    left, right = _tokens(levels[0], old, a), _tokens(levels[0], new, b)
    if _pairs(left[1], right[1]) > _PAIRS:
        yield from _within(old, new, a, b, levels[1:])
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, left[1], right[1], autojunk=False).get_opcodes():
        here, there = Span(left[0][i1], left[0][i2]), Span(right[0][j1], right[0][j2])
        if tag == "equal":
            yield _Block(here.start, there.start, here.end - here.start)
        elif tag == "replace":
            yield from _within(old, new, here, there, levels[1:])


def _tokens(pattern: re.Pattern[str], text: str, span: Span) -> tuple[list[int], list[str]]:
    """Where the tokens begin, with the end behind them, and the tokens."""
    found = [m for m in pattern.finditer(text, *span) if m.end() > m.start()]
    return [*(m.start() for m in found), span.end], [m[0] for m in found]


def _pairs(left: list[str], right: list[str]) -> int:
    counts = Counter(right)
    return sum(n * counts[token] for token, n in Counter(left).items())


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 2].rstrip()} …"
