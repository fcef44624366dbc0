"""The smaller parts of a Word brief: key facts, numbers and timeline, and what the editor is asked."""

from __future__ import annotations

from typing import Any

from toolkit.brief import Brief
from toolkit.export import _telling as telling
from toolkit.export._docx_cells import (
    LONGEST_WHOLE_ROW,
    Cell,
    add_head,
    add_row,
    cell_of,
    heading,
    link,
    new_table,
    pieces,
)
from toolkit.export._docx_places import Marked
from toolkit.export._docx_text import is_rtl, paragraph, tag, write
from toolkit.particulars import Dated, Number
from toolkit.wording import HEADINGS, NOTHING, SAID_BY, cuts

_NUMBER_COLUMNS = {"Figure": 3618, "What": 1300, "Comes to": 1660, "On whose word": 2300, "Where": 760}
_DATE_COLUMNS = {"When": 1900, "In the text": 1500, "Told in": 5478, "Where": 760}


def write_facts(body: Any, brief: Brief, marked: Marked) -> None:
    """The answers, one a line; each question is told once."""
    heading(body, brief.heading("points"))
    asked = ""
    for fact in brief.facts:
        words = brief.text(fact.span)
        line = paragraph(body, "KeyFact")  # beside its question, from left to right
        write(line, f"{'' if fact.question == asked else fact.question}\t", style="Label")
        asked = fact.question
        pieces(line, brief, [fact.span], rtl=is_rtl(words))
        if fact.date:
            write(line, f"  {fact.date}", style="Label")
        if fact.source:
            write(line, f"  {SAID_BY} ", style="Label")
            pieces(line, brief, [fact.source], rtl=is_rtl(brief.text(fact.source)))
        write(line, "\u00a0\u00a0" if fact.where else "")
        link(line, fact.where)
    if not brief.facts:
        write(paragraph(body, "Remark"), NOTHING["points"])


def write_figures(body: Any, brief: Brief, marked: Marked) -> None:
    """The table of numbers, then what has a date."""
    title = brief.heading("figures")
    heading(body, title)
    if brief.numbers:
        table = new_table(body, "NewsdeskTable", _NUMBER_COLUMNS.values(), title)
        add_head(table, _NUMBER_COLUMNS)
        for count, number in enumerate(brief.numbers, 1):
            place = marked.name("figure", number.figure)
            cells = [
                _figure(brief, number),
                _kind(number),
                cell_of(number.value),
                cell_of(number.source, language=tag(brief.article.language)),
                _where(number.where, place),
            ]
            add_row(table, cells, follow=count == len(brief.numbers) - 1)
    else:
        write(paragraph(body, "Remark"), NOTHING["figures"])
    heading(body, HEADINGS["timeline"], level=2)
    if not brief.dates:
        write(paragraph(body, "Remark"), NOTHING["timeline"])
        return
    table = new_table(body, "NewsdeskTable", _DATE_COLUMNS.values(), HEADINGS["timeline"])
    add_head(table, _DATE_COLUMNS)
    for count, dated in enumerate(brief.dates, 1):
        cells = [
            cell_of(dated.date, style="Strong"),
            cell_of(telling.words(brief, dated), language=tag(brief.article.language)),
            _told(brief, dated),
            _where(dated.where, marked.name("figure", dated.figure)),
        ]
        whole = dated.told.end - dated.told.start <= LONGEST_WHOLE_ROW
        add_row(table, cells, whole=whole, follow=whole and count == len(brief.dates) - 1)


def _figure(brief: Brief, number: Number) -> Cell:
    def fill(cell: Any) -> None:
        line = paragraph(cell, "TableText", like=brief.text(number.span), in_column=True)
        for left, span in zip((None, *number.words), number.words, strict=False):
            write(line, brief.gap(left, span) if left else "")
            pieces(line, brief, [span], style="Strong" if span == number.span else "")

    return fill


def _kind(number: Number) -> Cell:
    def fill(cell: Any) -> None:
        write(paragraph(cell, "TableText"), number.kind)
        if number.review:
            write(paragraph(cell, "TableSmall"), number.review)

    return fill


def _told(brief: Brief, dated: Dated) -> Cell:
    def fill(cell: Any) -> None:
        words, (before, behind) = brief.text(dated.told), cuts(dated.told, dated.sentence)
        line = paragraph(cell, "TableQuote", like=words, in_column=True)
        rtl = is_rtl(words)
        write(line, before, style="Label", rtl=rtl)
        write(line, words, language=tag(brief.article.language), rtl=rtl)
        write(line, behind, style="Label", rtl=rtl)

    return fill


def _where(number: int, place: str) -> Cell:
    return lambda cell: link(paragraph(cell, "TableText"), number, place)


def write_checks(body: Any, brief: Brief, marked: Marked) -> None:
    """What the checks ask, then the notes of the desk."""
    heading(body, brief.heading("checks"))
    for number, question in enumerate(brief.questions):
        line = paragraph(body, "Check", like=question.message)
        write(line, "☐\t")
        write(line, question.message)
        write(line, "\u00a0\u00a0" if question.where else "")
        link(line, question.where, marked.name("check", number))
    if not brief.questions:
        write(paragraph(body, "Remark"), NOTHING["checks"])
    if brief.remarks:
        heading(body, HEADINGS["remarks"], level=2)
    for number, remark in enumerate(brief.remarks):
        words = brief.text(remark.span)
        line = paragraph(body, "Check", like=remark.words)
        write(line, "•\t")
        write(line, remark.words)
        write(line, f"  {remark.editor}, on ", style="Label")
        write(line, words, style="Label", language=tag(brief.article.language), rtl=is_rtl(words))
        write(line, "\u00a0\u00a0" if remark.where else "")
        link(line, remark.where, marked.name("note", number))
