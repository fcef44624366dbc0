"""The sheet that a brief is written on: an A4 page with the brief's styles, headers and properties.

Starts from the empty document of python-docx and throws out what is not ours (its theme, its
thumbnail, its settings), so that a brief looks alike everywhere and holds nothing unasked for.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from importlib import resources
from typing import Any

import docx
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Mm

from toolkit.brief import Header
from toolkit.export._docx_text import OURS, W, add, paragraph, show, write
from toolkit.wording import EMBARGO

AUTHOR = "Newsdesk Toolkit"
INITIALS = "NT"
# Between the margins, in twentieths of a point: 170 mm.
WIDTH = 9638

_KEPT = {
    RELATIONSHIP_TYPE.OFFICE_DOCUMENT,
    RELATIONSHIP_TYPE.CORE_PROPERTIES,
    RELATIONSHIP_TYPE.STYLES,
    RELATIONSHIP_TYPE.SETTINGS,
}
_LONGEST_PROPERTY = 255
_LONGEST_TITLE = 80
# The oldest time that a zip file can hold; any fixed one would do.
_TIME = (1980, 1, 1, 0, 0, 0)


def new_document(header: Header, made: datetime, language: str) -> Any:
    """An empty brief. ``language`` is the article's code, or "" when it is unknown."""
    document = docx.Document()
    for relations in (document.part.package.rels, document.part.rels):
        for key in [key for key, relation in relations.items() if relation.reltype not in _KEPT]:
            del relations[key]
    _set_styles(document, language or OURS)
    set_settings(document.settings.element)
    _set_page(document, header)
    set_properties(document.core_properties, header, made, language)
    return document


def packed(document: Any) -> bytes:
    """The bytes of the file; the same for the same document."""
    written, fixed = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return fixed.getvalue()


def stamp(made: datetime) -> datetime:
    """The moment as Word files want it: in UTC, to the second, without saying so."""
    return (made.astimezone(UTC) if made.tzinfo else made).replace(tzinfo=None, microsecond=0)


def style_sheet() -> bytes:
    """The brief's styles, as XML."""
    return _data("docx_styles.xml")


def _set_styles(document: Any, language: str) -> None:
    styles = parse_xml(style_sheet())
    for tongue in styles.iter(W + "lang"):
        for name in ("val", "eastAsia", "bidi"):
            tongue.set(W + name, language)
    element = document.styles.element
    element[:] = list(styles)
    fonts = Part(
        PackURI("/word/fontTable.xml"),
        CONTENT_TYPE.WML_FONT_TABLE,
        _data("docx_fonts.xml"),
        document.part.package,
    )
    document.part.relate_to(fonts, RELATIONSHIP_TYPE.FONT_TABLE)


def _data(name: str) -> bytes:
    return resources.files(__package__).joinpath(name).read_bytes()


def set_settings(settings: Any, *, left_and_right: bool = False) -> None:
    """The settings that a brief has, whatever its template says. ``left_and_right``: headers may differ."""
    # The template says that its spelling was checked, which would keep Word from checking ours.
    settings[:] = []
    add(settings, "zoom", percent=100)
    add(settings, "defaultTabStop", val=720)
    if left_and_right:
        add(settings, "evenAndOddHeaders")
    add(settings, "characterSpacingControl", val="doNotCompress")
    compat = add(settings, "compat")
    for name, value in (("compatibilityMode", 15), ("overrideTableStyleFontSizeAndJustification", 1)):
        add(compat, "compatSetting", name=name, uri="http://schemas.microsoft.com/office/word", val=value)
    add(settings, "decimalSymbol", val=".")
    add(settings, "listSeparator", val=",")


def _set_page(document: Any, header: Header) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(22), Mm(20)
    section.header_distance, section.footer_distance = Mm(11), Mm(10)
    section.different_first_page_header_footer = True
    _only_paragraph(section.first_page_header, "Normal")
    _write_header(section.header, header)
    for footer in (section.footer, section.first_page_footer):
        _write_footer(footer, header)


def add_running_lines(document: Any, header: Header, width: int) -> None:
    """Header and footer where a template has none; ``width`` is the room between its margins."""
    section = document.sections[-1]
    page = section._sectPr
    if page.find(W + "headerReference") is None:
        _set_tab(document, _write_header(section.header, header), "Header", width)
    if page.find(W + "footerReference") is None:
        _set_tab(document, _write_footer(section.footer, header), "Footer", width)
        if section.different_first_page_header_footer:
            _set_tab(document, _write_footer(section.first_page_footer, header), "Footer", width)


def _set_tab(document: Any, line: Any, style_id: str, width: int) -> None:
    """The one tab of a line at its right end, whatever its style has."""
    style = next(s for s in document.styles.element.iter(W + "style") if s.get(W + "styleId") == style_id)
    tabs = add(line.find(W + "pPr"), "tabs")
    for tab in style.iterfind(f"{W}pPr/{W}tabs/{W}tab"):
        if tab.get(W + "pos") != str(width):
            add(tabs, "tab", val="clear", pos=tab.get(W + "pos"))
    add(tabs, "tab", val="right", pos=width)


def _write_header(story: Any, header: Header) -> Any:
    title = header.title if len(header.title) <= _LONGEST_TITLE else header.title[: _LONGEST_TITLE - 1] + "…"
    right = EMBARGO.format(header.embargo) if header.embargo else header.slug
    line = _only_paragraph(story, "Header")
    _write_line(line, title.replace("\n", " "), right if right != title else "")
    return line


def _write_footer(story: Any, header: Header) -> Any:
    line = _only_paragraph(story, "Footer")
    _write_line(line, f"{AUTHOR} · brief made {header.made}" if header.made else AUTHOR, "Page ")
    _field(line, "PAGE")
    write(line, " of ")
    _field(line, "NUMPAGES")
    return line


def _only_paragraph(story: Any, style: str) -> Any:
    story.is_linked_to_previous = False
    element = story._element  # python-docx has no public way to empty a header
    element[:] = []
    return paragraph(element, style)


def _write_line(line: Any, left: str, right: str) -> None:
    write(line, left.replace("\t", " ") + "\t" + right)


def _field(line: Any, code: str) -> None:
    field = add(line, "fldSimple", instr=f" {code} ")
    write(field, "1")


def set_properties(properties: Any, header: Header, made: datetime, language: str) -> None:
    """What a file manager shows of the brief."""
    properties.title = show(header.title)[:_LONGEST_PROPERTY]
    properties.subject = show(header.slug)[:_LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = AUTHOR
    properties.language = language
    properties.comments = show(header.versions)[:_LONGEST_PROPERTY]
    properties.keywords = ""
    properties.revision = 1
    properties.created = properties.modified = stamp(made)
