"""The upper part of a Word brief: header, summary, who said what, the cast and the other names."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from toolkit.brief import Brief, Header, Member, Statement
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
from toolkit.export._docx_page import WIDTH
from toolkit.export._docx_places import Marked
from toolkit.export._docx_text import is_rtl, paragraph, tag, write
from toolkit.wording import ASIDES, DESK_NOTE, EMBARGO, HEADINGS, NOTHING, OWN_WORDS, UNKNOWN, UNNAMED

_STATEMENT_COLUMNS = {"What was said": 3976, "Who": 2080, "Role": 1390, "Kind": 1440, "Where": 752}
_CAST_COLUMNS = {"Name": 2600, "What": 1700, "Role": 2000, "Described as": 1738, "Named": 800, "Quotes": 800}
_FACT_COLUMNS = (1120, 3699, 1120, 3699)
# A table up to this many rows is kept on one page.
_SHORT_TABLE = 10


def write_header(body: Any, brief: Brief) -> None:
    """Slug line, embargo, title, the desk's note and a small table of what is known."""
    header = brief.header
    kicker = paragraph(body, "Kicker")
    write(kicker, "Newsdesk brief" + (f"\t{header.slug}" if header.slug != header.title else ""))
    if header.embargo:
        write(paragraph(body, "Embargo"), EMBARGO.format(header.embargo))
    title = paragraph(body, "Title", like=header.title)
    write(title, header.title, language=tag(brief.article.language), rtl=is_rtl(header.title))
    if header.note:
        note = paragraph(body, "Normal", like=header.note)
        write(note, f"{DESK_NOTE}  ", style="Label")
        write(note, header.note)
    _facts(body, header)
    versions = f"Made {header.made} with" if header.made else "Made with"
    write(
        paragraph(body, "Remark"),
        f"{versions} {header.versions}. {OWN_WORDS}",
    )


def _facts(body: Any, header: Header) -> None:
    facts = [
        ("Published", header.published),
        ("By", header.byline),
        ("Dateline", header.dateline),
        ("Source", header.source),
        ("Language", header.language),
        ("Length", header.length),
    ]
    known = [fact for fact in facts if fact[1].strip()]
    half = (len(known) + 1) // 2
    table = new_table(body, "NewsdeskFacts", _FACT_COLUMNS, "About the article")
    for pair in zip_longest(known[:half], known[half:], fillvalue=("", "")):
        add_row(
            table,
            [cell for label, value in pair for cell in (cell_of(label, "FactLabel"), cell_of(value, "Fact"))],
        )


def write_summary(body: Any, brief: Brief, marked: Marked) -> None:
    """The sentences, each with a link to its paragraph."""
    heading(body, brief.heading("summary"))
    for sentence in brief.summary:
        words = brief.text(sentence.span)
        # A sentence in other letters than its article begins where the others do, at their bar.
        line = paragraph(body, "Summary", like=words if is_rtl(brief.article.text) else "")
        write(line, words, language=tag(brief.article.language), rtl=is_rtl(words))
        write(line, "\u00a0\u00a0")
        link(line, sentence.where)
    write(paragraph(body, "Remark"), f"{brief.summarised}." if brief.summary else NOTHING["summary"])


def write_statements(body: Any, brief: Brief, marked: Marked) -> None:
    """The table of who said what, then the words in quotation marks that nobody states."""
    heading(body, brief.heading("statements"))
    if brief.statements:
        table = new_table(body, "NewsdeskTable", _STATEMENT_COLUMNS.values(), brief.heading("statements"))
        add_head(table, _STATEMENT_COLUMNS)
        language = tag(brief.article.language)
        for number, statement in enumerate(brief.statements, 1):
            length = max(
                sum(piece.end - piece.start for piece in statement.content),
                2 * len(statement.speaker),
                3 * len(statement.role),
            )
            cells = [
                _said(brief, statement),
                _who(statement, language),
                cell_of(statement.role, language=language),
                _kind(statement),
                _where(statement.where, marked.name("quote", statement.quote)),
            ]
            whole = length <= LONGEST_WHOLE_ROW
            add_row(table, cells, whole=whole, follow=whole and number == len(brief.statements) - 1)
    else:
        write(paragraph(body, "Remark"), NOTHING["statements"])
    if brief.asides:
        line = paragraph(body, "Remark")
        write(line, ASIDES)
        for aside in brief.asides:
            write(line, "\u2002")
            pieces(line, brief, aside.content, rtl=False)
            write(line, " ")
            link(line, aside.where, marked.name("quote", aside.quote))


def _said(brief: Brief, statement: Statement) -> Cell:
    def fill(cell: Any) -> None:
        words = "".join(brief.text(piece) for piece in statement.content)
        pieces(
            paragraph(cell, "TableQuote", like=words, in_column=True),
            brief,
            statement.content,
            rtl=is_rtl(words),
        )

    return fill


def _who(statement: Statement, language: str) -> Cell:
    def fill(cell: Any) -> None:
        line = paragraph(cell, "TableText", like=statement.speaker, in_column=True)
        if statement.standing == "unknown":
            write(line, UNKNOWN, style="Emphasis")
            write(line, ": " if statement.speaker else "")
        style = "Strong" if statement.standing == "named" else ""
        write(line, statement.speaker, style=style, language=language, rtl=is_rtl(statement.speaker))
        write(paragraph(cell, "TableSmall"), statement.how)

    return fill


def _kind(statement: Statement) -> Cell:
    def fill(cell: Any) -> None:
        write(paragraph(cell, "TableText"), statement.kind)
        for remark in (statement.cue, statement.sure, *statement.flags, statement.review):
            if remark:
                write(paragraph(cell, "TableSmall"), remark)

    return fill


def _where(number: int, place: str) -> Cell:
    return lambda cell: link(paragraph(cell, "TableText"), number, place)


def write_cast(body: Any, brief: Brief, marked: Marked) -> None:
    """Everyone who speaks and every person, then the other names by kind."""
    heading(body, brief.heading("cast"))
    if brief.cast:
        described = any(member.description for member in brief.cast)
        columns = {k: v for k, v in _CAST_COLUMNS.items() if described or k != "Described as"}
        columns["Role"] += WIDTH - sum(columns.values())
        table = new_table(body, "NewsdeskTable", columns.values(), brief.heading("cast"))
        add_head(table, columns)
        for number, member in enumerate(brief.cast, 1):
            cells = _member(member, described, tag(brief.article.language))
            add_row(
                table,
                cells,
                whole=2 * len(member.name + member.role + member.description) <= LONGEST_WHOLE_ROW,
                follow=number < len(brief.cast) <= _SHORT_TABLE or number == len(brief.cast) - 1,
            )
    else:
        write(paragraph(body, "Remark"), NOTHING["cast"])
    if brief.named:
        heading(body, HEADINGS["names"], level=2)
    for group in brief.named:
        line = paragraph(body, "Names")
        write(line, f"{group.label}\t", style="Label")
        for number, (name, mentions) in enumerate(group.names):
            write(line, "; " if number else "")
            write(line, name, language=tag(brief.article.language))
            write(line, f" ×{mentions}" if mentions > 1 else "", style="Label")


def _member(member: Member, described: bool, language: str) -> list[Cell]:
    role = ", ".join(part for part in (member.role, member.affiliation) if part)
    return [
        cell_of(member.name, style="" if member.unnamed else "Strong", language=language),
        cell_of(UNNAMED if member.unnamed else member.label),
        cell_of(role, language=language),
        *([cell_of(member.description, language=language)] if described else []),
        cell_of(f"{member.mentions}×" if member.mentions else ""),
        cell_of(str(member.statements or "")),
    ]
