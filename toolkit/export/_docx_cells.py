"""What the upper part of a Word brief is built of: headings, tables, cells, and links into the article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from docx.oxml import OxmlElement

from toolkit.brief import Brief
from toolkit.export._docx_article import bookmark
from toolkit.export._docx_text import OURS, W, add, is_rtl, paragraph, tag, write
from toolkit.model import Span

# A row with more characters may break over pages, or a page could not hold it. Characters in the
# narrow columns count for more.
LONGEST_WHOLE_ROW = 1500

# What fills a cell: it gets the cell, and must leave a paragraph there.
Cell = Callable[[Any], None]


def heading(body: Any, text: str, level: int = 1) -> None:
    """A heading of the brief's own."""
    write(paragraph(body, f"Heading{level}"), text)


def link(line: Any, number: int, place: str = "") -> None:
    """ "¶ 3", a link to a bookmark in the third paragraph of the article, or to the paragraph."""
    if number:
        # Behind words from right to left the sign of the paragraph would be drawn in among them.
        apart = "\u200e" if next(line.iter(W + "rtl", W + "bidi"), None) is not None else ""
        link = add(line, "hyperlink", anchor=place or bookmark(number), history=1)
        write(link, f"{apart}¶\u00a0{number}", style="Hyperlink")


def pieces(line: Any, brief: Brief, spans: Iterable[Span], *, rtl: bool = False, style: str = "") -> None:
    """The article's words of some spans at the end of a line."""
    for number, span in enumerate(spans):
        if number:
            write(line, " … ", style="Label")
        write(line, brief.text(span), style=style, language=tag(brief.article.language), rtl=rtl)


def cell_of(text: str, paragraph_style: str = "TableText", style: str = "", language: str = OURS) -> Cell:
    """A cell of one paragraph."""

    def fill(cell: Any) -> None:
        line = paragraph(cell, paragraph_style, like=text, in_column=True)
        write(line, text, style=style, language=language, rtl=is_rtl(text))

    return fill


def new_table(body: Any, style: str, widths: Iterable[int], caption: str) -> Any:
    """An empty table with columns of these widths (twentieths of a point); ``caption`` is its alt text."""
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


def add_head(table: Any, names: Iterable[str]) -> None:
    """The row of heads."""
    add_row(table, [cell_of(name, "TableHead") for name in names], head=True)


def add_row(
    table: Any, cells: Sequence[Cell], *, whole: bool = True, head: bool = False, follow: bool = False
) -> None:
    """A row: ``whole`` stays on one page, ``head`` is repeated on each, ``follow`` stays with the next: the
    last but one should, or the last may be alone on a page."""
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
