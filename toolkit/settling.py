"""Quotations whose cue stands right beside them, and the sources that clauses lack.

The encoder reads a window of words and may hang a quotation on a cue of the sentence before. Here
the words right beside the marks are believed first, in five narrow cases: a turn of a transcript, a
signed letter, "…," Reuters reported, Hyder saying, "…", and called "…" by Reuters. What is
settled so, no clause may have.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from toolkit.adjoining import called_by
from toolkit.beside import (
    Beside,
    has_noun_before,
    is_called_so,
    noun_beside,
    said_ahead,
    said_behind,
    signed_paragraph,
    source_of,
)
from toolkit.languages import Language
from toolkit.layout import Layout, merged, stripped, without
from toolkit.marks import Quotation
from toolkit.model import Span
from toolkit.reporting import Clause, is_passive, subject_of


@dataclass(frozen=True, slots=True)
class Settled:
    """A cue with its source, what is said, and the indices of the quotations in that. ``shared`` is
    what may be part of another's words too ("she said that he plans to “…,” his office said"), and
    nothing goes on from what ``ends``."""

    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    content: tuple[Span, ...]
    quotations: tuple[int, ...]
    shared: bool = False
    ends: bool = False


def settle(layout: Layout, clauses: Sequence[Clause], language: Language) -> list[Settled]:
    """What the words beside the marks decide, in the order of the text."""
    rivals: dict[int, list[Clause]] = defaultdict(list)
    for clause in clauses:
        for i in layout.touched(clause.content):
            rivals[i].append(clause)
    cues = sorted(cue for clause in clauses for cue in clause.cue)
    found: list[Settled] = []
    done: set[int] = set()
    for i in range(len(layout.quotations)):
        if i in done:
            continue
        if signed := signed_paragraph(layout, i):
            here: Settled | None = _signed(layout, *signed, cues)
        else:
            here = _beside(layout, i, rivals[i], language) if rivals[i] else None
        if here:
            found.append(here)
            done.update(here.quotations)
    return found


class Taken:
    """The spans that are settled, none of which a clause may have."""

    def __init__(self, text: str, spans: Iterable[Span]) -> None:
        self.text, self.spans = text, merged(spans)
        self._starts = [s.start for s in self.spans]

    def overlapping(self, span: Span) -> list[Span]:
        first = max(bisect_right(self._starts, span.start) - 1, 0)
        last = bisect_left(self._starts, span.end)
        return [s for s in self.spans[first:last] if s.overlaps(span)]

    def left(self, clause: Clause) -> Clause:
        """What is left of a clause; one whose cue is settled has no content any more."""
        if any(self.overlapping(cue) for cue in clause.cue):
            return replace(clause, content=())
        if not any(self.overlapping(span) for span in clause.content):
            return clause
        left = (p for span in clause.content for p in without(self.text, span, self.overlapping(span)))
        return replace(clause, content=tuple(left))


def with_source(layout: Layout, clause: Clause, language: Language) -> Clause:
    """Where the source is missing: the subject by the parse, else a noun right beside the cue, but
    nothing of what is said behind it.

    "After saying it was “closed,” she left": what is said ends before its subject.
    """
    if clause.source:
        return clause
    verb = layout.doc[clause.verb]
    outside = {t.i for t in verb.sent if layout.quotation_at(t.idx) is None}
    said = {t.i for span in clause.content for t in layout.tokens(span) if t.i > verb.i}
    subject = None if is_passive(verb, language) else subject_of(verb, language)
    lent = subject is not None and not verb.is_ancestor(subject)
    if subject is None or subject.i not in (outside if lent else outside - said):
        noun = noun_beside(verb, outside - said)
        return replace(clause, source=source_of(layout, noun)) if noun is not None else clause
    source = source_of(layout, subject)
    end = source[0].start if source and subject.i > verb.i else len(layout.text)
    ended = (stripped(layout.text, Span(s.start, min(s.end, end))) for s in clause.content if s.start < end)
    left = tuple(span for span in ended if span.start < span.end)
    return replace(clause, source=source, content=left or clause.content)


def stands_free(layout: Layout, quotation: Quotation) -> bool:
    """Whether a quotation is a sentence of its own, not words inside another sentence."""
    text, span, inner = layout.text, quotation.span, quotation.inner
    paragraph = layout.paragraph(span.start)
    lead = text[max(paragraph.start, span.start - 4) : span.start].rstrip()
    begins = span.start == paragraph.start or (lead != "" and lead[-1] in '.!?:…”"»')
    ends = text[inner.end - 1] in ".!?…,—–-。！？" or text[span.end : span.end + 1] in (".", ",", "?", "!")
    whole = begins and (ends or span.end >= paragraph.end or quotation.continues)
    sentence = text[inner.end - 1] in ".!?" or len(text[slice(*inner)].split(maxsplit=1)) > 1
    return whole and (sentence or not quotation.closed)


def _signed(layout: Layout, signed: Beside, quotations: list[int], cues: list[Span]) -> Settled:
    """All that stands in a signed paragraph is of one hand, unless somebody is cited in it."""
    here = layout.paragraph(layout.quotations[quotations[0]].span.start)
    within = cues[bisect_left(cues, here) : bisect_left(cues, Span(here.end, here.end))]
    if any(layout.quotation_at(c.start) is None and not c.overlaps(signed.cue[0]) for c in within):
        quotations = quotations[-1:]
    spans = tuple(layout.quotations[i].span for i in quotations)
    return Settled(signed.cue, signed.source, spans, tuple(quotations))


def _beside(layout: Layout, i: int, rivals: list[Clause], language: Language) -> Settled | None:
    quotation = layout.quotations[i]
    if called := called_by(layout, i, language):
        return Settled(called.cue, called.source, (quotation.span,), (i,), ends=True)
    if is_called_so(layout.before(i), language):
        return None  # "Accused of “lying,” Torres laughed"
    cues = [cue for clause in rivals for cue in clause.cue]
    if any(cue.start <= t.idx < cue.end for cue in cues for t in layout.after(i)):
        return None  # "…," Torres said, according to CNN
    free = stands_free(layout, quotation)
    found = said_behind(layout, i, language)
    if found and not free and layout.text[slice(*found.source[0])].lower() in language.pronouns:
        return None  # who "she" is has been said in the same sentence
    if found is None:
        found, free = said_ahead(layout, i, language), True
        if found and any(_has_own_say(layout, clause, found, language) for clause in rivals):
            return None
    if found is None or any(a.overlaps(b) for a in cues for b in found.cue):
        return None
    before = [] if free else layout.before(i)
    span = Span(before[0].idx if before else quotation.span.start, quotation.span.end)
    content = tuple(without(layout.text, span, (*found.cue, *found.source)))
    return Settled(found.cue, found.source, content, (i,), shared=not free)


def _has_own_say(layout: Layout, rival: Clause, found: Beside, language: Language) -> bool:
    """Whether a clause may hold what is said in it ("she recalled Rao saying, “…”"), or comes later."""
    if any(cue.end > found.cue[0].start for cue in rival.cue):
        return True
    ends_in_preposition = layout.tokens(rival.cue[-1])[-1].pos_ == "ADP"
    if ends_in_preposition and has_noun_before(layout.tokens(found.cue[-1]).root):
        return False  # "ends with footage of Rao saying"
    return _is_known(layout.doc[rival.verb], language)


def _is_known(verb: Token, language: Language) -> bool:
    """Whether the lists have it as a verb of saying, believing or wanting."""
    lemma = verb.lemma_.lower()
    return lemma in language.cues or lemma in language.acts
