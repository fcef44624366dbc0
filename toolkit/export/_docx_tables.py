"""The upper part of a Word brief: header, summary, who said what, the cast and the other names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import zip_longest
from typing import Any

from docx.oxml import OxmlElement

from toolkit.brief import Brief, Header, Member, Statement
from toolkit.export._docx_article import bookmark, quote_bookmarks
from toolkit.export._docx_page import WIDTH
from toolkit.export._docx_text import OURS, W, add, is_rtl, paragraph, tag, write
from toolkit.wording import count

# A row with more characters may break over pages, or a page could not hold it. Characters in the
# narrow columns count for more.
_LONGEST_WHOLE_ROW = 1500
_STATEMENT_COLUMNS = {"What was said": 4290, "Who": 2130, "Role": 1460, "Kind": 1080, "Where": 678}
_CAST_COLUMNS = {"Name": 2600, "What": 1700, "Role": 2000, "Described as": 1738, "Named": 800, "Quotes": 800}
_FACT_COLUMNS = (1000, 3819, 1000, 3819)
# A table up to this many rows is kept on one page.
_SHORT_TABLE = 10

# What fills a cell: it gets the cell, and must leave a paragraph there.
Cell = Callable[[Any], None]


def write_header(body: Any, brief: Brief) -> None:
    """Slug line, embargo, title, the desk's note and a small table of what is known."""
    header = brief.header
    kicker = paragraph(body, "Kicker")
    write(kicker, "Newsdesk brief" + (f"\t{header.slug}" if header.slug != header.title else ""))
    if header.embargo:
        write(paragraph(body, "Embargo"), f"Embargoed until {header.embargo}")
    title = paragraph(body, "Title", like=header.title)
    write(title, header.title, language=tag(brief.article.language), rtl=is_rtl(header.title))
    if header.note:
        note = paragraph(body, "Normal", like=header.note)
        write(note, "Desk note  ", style="Label")
        write(note, header.note)
    _facts(body, header)
    versions = f"Made {header.made} with" if header.made else "Made with"
    write(
        paragraph(body, "Remark"),
        f"{versions} {header.versions}. Quotations, names and summary are the article's own words; "
        "the marks are the machine's suggestions unless an editor is named or they are confirmed.",
    )


def _facts(body: Any, header: Header) -> None:
    facts = [
        ("Published", header.published),
        ("By", header.byline),
        ("Dateline", header.dateline),
        ("Source", header.source),
        ("Language", header.language),
        ("Length", count(header.words, "word", "words")),
    ]
    known = [fact for fact in facts if fact[1].strip()]
    half = (len(known) + 1) // 2
    table = _table(body, "NewsdeskFacts", _FACT_COLUMNS, "About the article")
    for pair in zip_longest(known[:half], known[half:], fillvalue=("", "")):
        _row(
            table,
            [cell for label, value in pair for cell in (_cell(label, "FactLabel"), _cell(value, "Fact"))],
        )


def write_summary(body: Any, brief: Brief) -> None:
    """The sentences, each with a link to its paragraph."""
    heading(body, "Summary")
    for sentence in brief.summary:
        words = brief.text(sentence.span)
        line = paragraph(body, "Summary", like=words)
        write(line, words, language=tag(brief.article.language), rtl=is_rtl(words))
        write(line, "\u00a0\u00a0")
        _link(line, sentence.where)
    write(paragraph(body, "Remark"), f"{brief.summarised}." if brief.summary else "No summary was made.")


def write_statements(body: Any, brief: Brief) -> None:
    """The table of who said what, then the words in quotation marks that nobody states."""
    heading(body, "Who said what")
    if brief.statements:
        table = _table(body, "NewsdeskTable", _STATEMENT_COLUMNS.values(), "Who said what")
        _head(table, _STATEMENT_COLUMNS)
        language = tag(brief.article.language)
        places = quote_bookmarks(brief)
        for statement in brief.statements:
            length = max(
                sum(piece.end - piece.start for piece in statement.content),
                2 * len(statement.speaker),
                3 * len(statement.role),
            )
            cells = [
                _said(brief, statement),
                _who(statement, language),
                _cell(statement.role, language=language),
                _kind(statement),
                _where(statement.where, places.get(statement.quote, "")),
            ]
            _row(table, cells, whole=length <= _LONGEST_WHOLE_ROW)
    else:
        write(paragraph(body, "Remark"), "No statement was found.")
    if brief.asides:
        line = paragraph(body, "Remark")
        write(line, "In quotation marks, but nobody's statement:")
        for aside in brief.asides:
            write(line, "\u2002")
            _pieces(line, brief, aside.content, rtl=False)
            write(line, " ")
            _link(line, aside.where)


def _said(brief: Brief, statement: Statement) -> Cell:
    def fill(cell: Any) -> None:
        words = "".join(brief.text(piece) for piece in statement.content)
        _pieces(paragraph(cell, "Quote", like=words), brief, statement.content, rtl=is_rtl(words))

    return fill


def _pieces(line: Any, brief: Brief, pieces: Iterable[Any], *, rtl: bool) -> None:
    for number, piece in enumerate(pieces):
        if number:
            write(line, " … ", style="Label")
        write(line, brief.text(piece), language=tag(brief.article.language), rtl=rtl)


def _who(statement: Statement, language: str) -> Cell:
    def fill(cell: Any) -> None:
        line = paragraph(cell, "TableText", like=statement.speaker)
        if statement.standing == "unknown":
            write(line, "Unknown", style="Emphasis")
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
    return lambda cell: _link(paragraph(cell, "TableText"), number, place)


def write_cast(body: Any, brief: Brief) -> None:
    """Everyone who speaks and every person, then the other names by kind."""
    heading(body, "Cast")
    if brief.cast:
        described = any(member.description for member in brief.cast)
        columns = {k: v for k, v in _CAST_COLUMNS.items() if described or k != "Described as"}
        columns["Role"] += WIDTH - sum(columns.values())
        table = _table(body, "NewsdeskTable", columns.values(), "Cast")
        _head(table, columns)
        for number, member in enumerate(brief.cast, 1):
            cells = _member(member, described, tag(brief.article.language))
            _row(
                table,
                cells,
                whole=2 * len(member.name + member.role + member.description) <= _LONGEST_WHOLE_ROW,
                follow=number < len(brief.cast) <= _SHORT_TABLE,
            )
    else:
        write(paragraph(body, "Remark"), "No speaker and no person was found.")
    if brief.named:
        heading(body, "Other names", level=2)
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
        _cell(member.name, style="" if member.unnamed else "Strong", language=language),
        _cell("Unnamed source" if member.unnamed else member.label),
        _cell(role, language=language),
        *([_cell(member.description, language=language)] if described else []),
        _cell(f"{member.mentions}×" if member.mentions else ""),
        _cell(str(member.statements or "")),
    ]


def heading(body: Any, text: str, level: int = 1) -> None:
    """A heading of the brief's own."""
    write(paragraph(body, f"Heading{level}"), text)


def _link(line: Any, number: int, place: str = "") -> None:
    """ "¶ 3", a link to a bookmark in the third paragraph of the article, or to the paragraph."""
    if number:
        link = add(line, "hyperlink", anchor=place or bookmark(number), history=1)
        write(link, f"¶\u00a0{number}", style="Hyperlink")


def _cell(text: str, paragraph_style: str = "TableText", style: str = "", language: str = OURS) -> Cell:
    def fill(cell: Any) -> None:
        line = paragraph(cell, paragraph_style, like=text)
        write(line, text, style=style, language=language, rtl=is_rtl(text))

    return fill


def _table(body: Any, style: str, widths: Iterable[int], caption: str) -> Any:
    widths = tuple(widths)
    table = add(body, "tbl")
    properties = add(table, "tblPr")
    add(properties, "tblStyle", val=style)
    add(properties, "tblW", w=sum(widths), type="dxa")
    add(properties, "tblLayout", type="fixed")
    add(properties, "tblLook", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1)
    add(properties, "tblCaption", val=caption)
    grid = add(table, "tblGrid")
    for width in widths:
        add(grid, "gridCol", w=width)
    return table


def _head(table: Any, names: Iterable[str]) -> None:
    _row(table, [_cell(name, "TableHead") for name in names], head=True)


def _row(
    table: Any, cells: Sequence[Cell], *, whole: bool = True, head: bool = False, follow: bool = False
) -> None:
    """A row: ``whole`` stays on one page, ``head`` is repeated on each, ``follow`` stays with the next."""
    widths = [column.get(W + "w") for column in table.find(W + "tblGrid")]
    row = add(table, "tr")
    properties = add(row, "trPr")
    if whole:
        add(properties, "cantSplit")
    if head:
        add(properties, "tblHeader")
    for fill, width in zip(cells, widths, strict=True):
        cell = add(row, "tc")
        add(add(cell, "tcPr"), "tcW", w=width, type="dxa")
        fill(cell)
        for properties in cell.iter(W + "pPr") if follow else ():
            properties.insert(1, OxmlElement("w:keepNext"))
