"""Quotation marks: which stretches of a text stand between them.

Marks are read one paragraph at a time, by shape and by what stands beside them, never
by counting: an apostrophe, an inch mark or one mark too many spoils nothing beyond its
own paragraph. Single marks count where no double mark is open (British and Australian
papers); inside a double quotation they are inner marks and part of what was said.

A quotation that is still open at the end of its paragraph goes on in the next one if
that begins with an opening mark of the same kind (the convention of newspapers);
otherwise it ends with the paragraph and is marked as unclosed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from typing import NamedTuple

from toolkit.model import Span
from toolkit.paragraphs import paragraphs

# The marks that close each opening one; the first is the usual partner.
_PARTNERS = {
    "“": "”“\"", "„": "“”\"", "‟": "”\"", '"': "\"”", "«": "»", "»": "«»", "‹": "›",
    "”": "”", "「": "」", "『": "』", "《": "》",
}  # fmt: skip
_DOUBLE = re.compile("[“”„‟\"«»‹›「」『』《》]|''|``")
_SINGLE_OPEN = re.compile(r"(?:(?<=^)|(?<=[\s(\[—–]))[‘'](?=[^\W\d_])")
_SINGLE_CLOSE = re.compile("[’']")
# Words that begin with an apostrophe, and decades ('90s).
_ELISION = re.compile(r"[‘'’](?:em|til|tis|twas|cause|cos|n|bout|round|neath|Kay)\b", re.IGNORECASE)
_DIALOGUE = re.compile(r"[—–]\s*(?=\w)")
_LONGEST = 3000  # characters of a quotation in single marks; farther off, the mark is another's
_STARTS = re.compile(r"[\s(\[—–-]")
_OPENS_AFTER = re.compile(r"[\s(\[{—–/\-‘'“«:,…]")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch between quotation marks, the marks included (``inner`` leaves them out)."""

    span: Span
    inner: Span
    mark: str
    closed: bool = True
    continues: bool = False


def quotations(text: str, *, dialogue_dash: bool = False) -> list[Quotation]:
    """All outermost quotations of a text, in order, none of them beyond its paragraph.

    With ``dialogue_dash``, a paragraph that a dash opens is a quotation as a whole
    (French and Spanish dialogue); its ``mark`` is the dash.
    """
    found: list[Quotation] = []
    carried = ""  # the mark of a quotation that the paragraph before left open
    for paragraph in paragraphs(text):
        here = (dialogue_dash and _turn(text, paragraph)) or _in_paragraph(text, paragraph)
        # A paragraph that goes on from « begins with « in French and with » in Spanish.
        marks = {carried, "»"} if carried == "«" else {carried}
        goes_on = (
            bool(here) and bool(carried) and here[0].span.start == paragraph.start and here[0].mark in marks
        )
        if found and carried and goes_on:
            found[-1] = replace(found[-1], continues=True, closed=True)
        found.extend(here)
        carried = here[-1].mark if here and not here[-1].closed else ""
    return found


def _turn(text: str, paragraph: Span) -> list[Quotation]:
    dash = _DIALOGUE.match(text, *paragraph)
    return [Quotation(paragraph, Span(dash.end(), paragraph.end), dash[0][0])] if dash else []


def _in_paragraph(text: str, paragraph: Span) -> list[Quotation]:
    doubles = _double_quotations(text, paragraph)
    # ‘He said “never” and left,’: a single mark may be the outer one, where it opens first.
    starts = [d.span.start for d in doubles]
    for single in reversed(_single_quotations(text, paragraph) if doubles else []):
        first = max(bisect_right(starts, single.span.start) - 1, 0)
        held = [
            k
            for k in range(first, bisect_left(starts, single.span.end))
            if doubles[k].span.overlaps(single.span)
        ]
        whole = held and all(single.inner.contains(doubles[k].span) for k in held)
        if whole and text[single.inner.end - 1] in ",.!?":
            doubles[held[0] : held[-1] + 1] = [single]
    singles: list[Quotation] = []
    edge = paragraph.start
    for stop in (*(q.span for q in doubles), Span(paragraph.end, paragraph.end)):
        singles.extend(_single_quotations(text, Span(edge, stop.start)))
        edge = stop.end
    return sorted((*doubles, *singles), key=lambda q: q.span)


def _double_quotations(text: str, paragraph: Span) -> list[Quotation]:
    found: list[Quotation] = []
    opened: tuple[int, int, str] | None = None  # start, start of the words, mark
    depth = 0
    marks = [_Mark.at(text, match, paragraph) for match in _DOUBLE.finditer(text, *paragraph)]
    for i, mark in enumerate(marks):
        if opened is None:
            if mark.can_open():
                opened, depth = (mark.start, mark.end, mark.kind), 0
        elif mark.looks_opening():
            # O O C C is a quotation in a quotation; O O C is one that was never closed, then another.
            if not set(_PARTNERS[mark.kind]) & set(_PARTNERS[opened[2]]):
                continue  # its partner can't be taken for the end of this one
            if mark.kind != opened[2] or (
                len(marks) > i + 2 and not any(m.looks_opening() for m in marks[i + 1 : i + 3])
            ):
                depth += 1
            else:
                found.append(_unclosed(text, opened, mark.start))
                opened, depth = (mark.start, mark.end, mark.kind), 0
        elif mark.kind in _PARTNERS[opened[2]]:
            if depth:
                depth -= 1
                continue
            found.append(_made(opened, mark.start, mark.end))
            opened = None
    if opened is not None:
        found.append(_unclosed(text, opened, paragraph.end))
    return found


class _Mark(NamedTuple):
    """A double quotation mark and the characters beside it (newlines at a paragraph's ends)."""

    start: int
    end: int
    kind: str
    before: str
    after: str

    @classmethod
    def at(cls, text: str, match: re.Match[str], paragraph: Span) -> _Mark:
        start, end = match.span()
        before = text[start - 1] if start > paragraph.start else "\n"
        after = text[end] if end < paragraph.end else "\n"
        return cls(start, end, '"' if end - start == 2 else match[0], before, after)

    def can_open(self) -> bool:
        if self.kind not in _PARTNERS:
            return False
        if self.kind == '"':
            # 5'11" and 12" are inches; a mark with a blank behind it closes something that never opened.
            return (
                not self.after.isspace()
                and not self.before.isdigit()
                and (not self.before.isalnum() or self.after.isalnum())
            )
        if self.kind == "”":  # opens in Swedish and Finnish, closes elsewhere
            return bool(_STARTS.match(self.before)) and self.after.isalnum()
        if self.kind == "»":  # opens in »German books«, closes elsewhere
            return bool(_OPENS_AFTER.match(self.before)) and not self.after.isspace()
        return self.after != "\n" and not (
            self.kind == "“" and self.before.isalnum() and not self.after.isalnum()
        )

    def looks_opening(self) -> bool:
        """Whether it opens, and does not close, when a quotation is open already."""
        # French puts a blank behind «. „Wir “, sagte Brandes: no opening mark stands before a comma; but
        # before a stop does one that comes behind a blank (“...we’ll see”).
        ends = self.after in ",;:)" or (self.after in ".!?" and not self.before.isspace())
        begins = self.kind == "«" or not (self.after.isspace() or ends)
        return self.kind in '“«„"' and begins and bool(_OPENS_AFTER.match(self.before))


def _made(opened: tuple[int, int, str], words_end: int, end: int) -> Quotation:
    start, words_start, mark = opened
    return Quotation(Span(start, end), Span(words_start, max(words_start, words_end)), mark)


def _unclosed(text: str, opened: tuple[int, int, str], end: int) -> Quotation:
    start, words_start, mark = opened
    end = start + len(text[start:end].rstrip())
    return Quotation(Span(start, end), Span(words_start, max(words_start, end)), mark, closed=False)


def _single_quotations(text: str, gap: Span) -> list[Quotation]:
    found: list[Quotation] = []
    at = gap.start
    while match := _SINGLE_OPEN.search(text, at, gap.end):
        at = match.end()
        if _ELISION.match(text, match.start()):
            continue
        close = _single_close(text, at, gap.end)
        if close is not None:
            found.append(_made((match.start(), match.end(), match[0]), close, close + 1))
            at = close + 1
    return found


def _single_close(text: str, start: int, end: int) -> int | None:
    """Where a single quotation closes. Apostrophes stand between letters; a plural's
    possessive (workers’ rights) looks like a closing mark, so one after punctuation, and
    then one not after an s, is believed first."""
    end = min(end, start + _LONGEST)
    opening = text.find("‘", start, end)
    ends = [
        m.start()
        for m in _SINGLE_CLOSE.finditer(text, start, end if opening < 0 else opening)
        if not text[m.end() : m.end() + 1].isalnum() and not text[m.start() - 1].isspace()
    ]
    after_stop = (e for e in ends if text[e - 1] in ",.!?…")
    not_plural = (e for e in ends if text[e - 1] != "s")
    return next(after_stop, next(not_plural, ends[0] if ends else None))


def is_title(words: list[str]) -> bool:
    """“The Old Man and the Sea”: several words, a capital at each longer one, no stop but at its end."""
    longer = [w for w in words if len(w) > 3]
    capitals = all(w[:1].isupper() for w in longer) and words[0][:1].isupper()
    last = words[-1].rstrip(",.")  # American papers put their commas inside the marks
    stopped = any(w[-1] in ",.!?:;" for w in words[:-1])
    return (
        len(words) > 1
        and len(longer) > 1
        and capitals
        and last[-1:].isalnum()
        and not words[-1].isupper()
        and not stopped
    )
