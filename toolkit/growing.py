"""What is said, grown to the quotation marks that it touches.

A reporting clause ends where the parse or the encoder has it end; a quotation in it is said as a whole.
"""

from __future__ import annotations

from toolkit.languages import Language
from toolkit.layout import Layout, merged, without
from toolkit.model import Span
from toolkit.reporting import Clause


def grown(layout: Layout, clause: Clause, touched: list[int], language: Language) -> list[Span]:
    """The clause's content, grown to the whole of each quotation that it touches.

    ``touched`` are the indices of the layout's quotations that overlap it.
    """
    spans = [*clause.content]
    for i in touched:
        m = layout.quotations[i].span
        spans = [_without_stand_in(layout.text, s, m, language) for s in spans]
        spans = [Span(min(s.start, m.start), max(s.end, m.end)) if s.overlaps(m) else s for s in spans]
    fixed = (*clause.cue, *clause.source)
    whole = (_with_tail(layout, span) for span in spans)
    return merged(piece for span in whole for piece in without(layout.text, span, fixed))


def _without_stand_in(text: str, span: Span, mark: Span, language: Language) -> Span:
    """ "As she put it, “a danger”": the pronoun stands for the quotation and is no part of it.

    In "said it “is a danger”" it is the first word of what is said.
    """
    lead = text[span.start : mark.start].rstrip().lower() if span.contains(mark) else ""
    stands_in = lead.endswith(",") and lead.rstrip(" ,") in language.pronouns
    return Span(mark.start, span.end) if stands_in else span


def _with_tail(layout: Layout, span: Span) -> Span:
    """With a quotation that runs on from it: he had spent his life “fighting. …”"""
    i = layout.next_quotation(span.end)
    if i is None or not layout.paragraph(span.start).contains(layout.quotations[i].span):
        return span
    quotation, text = layout.quotations[i], layout.text
    runs_on = text[span.end : quotation.span.start] == " " and text[span.end - 1].isalnum()
    return Span(span.start, quotation.span.end) if runs_on and text[quotation.inner.start].islower() else span
