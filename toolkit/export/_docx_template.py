"""A desk's own Word document as the sheet of a brief: its styles, page, header, footer and logo.

Everything else is thrown out: its text, comments, properties, settings, attached templates and data. What
would reach elsewhere or run something when the brief is opened is refused.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import docx
from docx.exceptions import PythonDocxError
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.opc.part import XmlPart
from docx.shared import Mm
from lxml import etree

from toolkit.brief import Header
from toolkit.errors import UnsupportedFormat
from toolkit.export import _docx_page
from toolkit.export._docx_fields import PAGES, reaching_field
from toolkit.export._docx_house_styles import adopt
from toolkit.export._docx_text import W, show
from toolkit.house import Template
from toolkit.read.archive import DAMAGED
from toolkit.wording import EMBARGO

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STORIES = {RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER}
_KEPT = {
    RELATIONSHIP_TYPE.STYLES,
    RELATIONSHIP_TYPE.THEME,
    RELATIONSHIP_TYPE.FONT_TABLE,
    RELATIONSHIP_TYPE.NUMBERING,
    *_STORIES,
}
_HARMLESS = {RELATIONSHIP_TYPE.IMAGE, RELATIONSHIP_TYPE.FONT}
# Marks with numbers that would run into the brief's own, and what belongs to the text that is thrown out.
_LEFT_OUT = ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "commentReference")
_OF_THE_PAGE = (
    "pgSz",
    "pgMar",
    "pgBorders",
    "titlePg",
    "headerReference",
    "footerReference",
    "bidi",
    "rtlGutter",
)
_NARROWEST = 6804  # twentieths of a point: 120 mm
_WIDE = 0.6  # of the widest column
_PLACEHOLDER = re.compile(r"\{(title|slug|embargo|made)\}")


def sheet(template: Template, header: Header, made: datetime, language: str) -> tuple[Any, tuple[str, ...]]:
    """An empty brief on a template, and the names of the styles that it lacked and the brief brings.

    Raises ``UnsupportedFormat`` for what can't be opened, leaves no room, or is refused.
    """
    try:
        return _sheet(template, header, made, language)
    except UnsupportedFormat:
        raise
    except (
        *DAMAGED,
        *(AttributeError, TypeError, IndexError, AssertionError, RecursionError),
        *(OpcError, PythonDocxError, etree.LxmlError),
    ):
        raise UnsupportedFormat(
            f"{template.name} is damaged or no Word document (.docx); open it in Word or LibreOffice and "
            "save it again as .docx."
        ) from None


def room(document: Any) -> int:
    """The width between the margins, without the gutter, in twentieths of a point."""
    section = document.sections[-1]
    margins = section.left_margin + section.right_margin + (section.gutter or 0)
    return int((section.page_width - margins) / 635)


def fit(body: Any, width: int) -> None:
    """Makes the brief's tables as wide as the page leaves room. Wide columns give and take, as those with
    little in them must hold their words."""
    for table in body.iter(W + "tbl") if width != _docx_page.WIDTH else ():
        columns = [int(column.get(W + "w")) for column in table.find(W + "tblGrid")]
        wide = [number for number, size in enumerate(columns) if size >= _WIDE * max(columns)]
        for number in wide:
            columns[number] += (width - _docx_page.WIDTH) // len(wide)
        table.find(f"{W}tblPr/{W}tblW").set(W + "w", str(sum(columns)))
        for row in (table.find(W + "tblGrid"), *table.iterchildren(W + "tr")):
            cells = row.iter(W + "gridCol", W + "tcW")
            for cell, size in zip(cells, columns, strict=True):
                cell.set(W + "w", str(size))


def _sheet(template: Template, header: Header, made: datetime, language: str) -> tuple[Any, tuple[str, ...]]:
    document = docx.Document(io.BytesIO(template.data))
    part = document.part
    if document.element.tag != W + "document" or document.styles.element.tag != W + "styles":
        raise ValueError("not WordprocessingML")
    for key, relation in list(part.package.rels.items()):
        if relation.reltype != RELATIONSHIP_TYPE.OFFICE_DOCUMENT:
            del part.package.rels[key]
    page = _page(document)
    _refuse_reaching(template, part, _named(page))
    left_and_right = _alternates(document)
    _keep_only(part, _named(page))
    _docx_page.set_settings(document.settings.element, left_and_right=left_and_right)
    width = room(document)
    if width < _NARROWEST:
        raise UnsupportedFormat(
            f"{template.name} leaves {width / 56.7:.0f} mm between its margins and a brief needs 120; "
            "widen the page or narrow the margins."
        )
    missing = adopt(template.name, document, width)
    for story in _stories(part):
        _clean(story.element, header)
    _docx_page.add_running_lines(document, header, width)
    _docx_page.set_properties(document.core_properties, header, made, language)
    return document, missing


def _page(document: Any) -> Any:
    """The set-up of the last page, the only thing that stays of the body."""
    body = document.element.body
    page = body.get_or_add_sectPr()
    for child in list(body):
        if child is not page:
            body.remove(child)
    for child in list(document.element):
        if child is not body:
            document.element.remove(child)
    for child in list(page):
        if etree.QName(child).localname not in _OF_THE_PAGE:
            page.remove(child)
    section = document.sections[-1]
    for name, value in (("page_width", 210), ("page_height", 297), ("left_margin", 20), ("right_margin", 20)):
        if getattr(section, name) is None:
            setattr(section, name, Mm(value))
    return page


def _named(page: Any) -> set[str]:
    """The relationships of the page's headers and footers."""
    return {each.get(f"{_R}id") for each in page.iterchildren(W + "headerReference", W + "footerReference")}


def _alternates(document: Any) -> bool:
    return document.settings.element.find(W + "evenAndOddHeaders") is not None


def _refuse_reaching(template: Template, part: Any, used: set[str]) -> None:
    if not used <= {key for key, each in part.rels.items() if each.reltype in _STORIES}:
        raise ValueError("a header that is not there")
    for key, relation in part.rels.items():
        if relation.reltype in _STORIES and key not in used:
            continue
        if relation.reltype not in _KEPT:
            continue
        _assert_whole(relation)
        if relation.is_external:
            raise _reaching(template, "its styles or header from elsewhere")
        for each in relation.target_part.rels.values():
            _refuse(template, each)
        if isinstance(relation.target_part, XmlPart):
            _refuse_fields(template, relation.target_part.element)


def _assert_whole(relation: Any) -> None:
    """Raises ``ValueError`` for what could be read and not be written."""
    if not (
        relation.rId and relation.target_ref and (relation.is_external or relation.target_part.content_type)
    ):
        raise ValueError("half a relationship")


def _refuse(template: Template, relation: Any) -> None:
    _assert_whole(relation)
    if relation.is_external:
        if relation.reltype != RELATIONSHIP_TYPE.HYPERLINK or not PAGES.match(relation.target_ref):
            raise _reaching(template, "something from elsewhere, such as a linked picture")
    elif relation.reltype not in _HARMLESS or relation.target_part.rels:
        kind = relation.reltype.rpartition("/")[2]
        raise _reaching(template, f"an embedded object ({show(kind)[:40]})")


def _refuse_fields(template: Template, element: Any) -> None:
    if field := reaching_field(element):
        raise _reaching(template, f"a field that fetches or runs something ({field})")


def _reaching(template: Template, what: str) -> UnsupportedFormat:
    return UnsupportedFormat(
        f"{template.name} holds {what} in its header, footer or styles, and no brief may carry that; "
        "take it out."
    )


def _keep_only(part: Any, used: set[str]) -> None:
    for key, relation in list(part.rels.items()):
        if relation.reltype not in _KEPT or (relation.reltype in _STORIES and key not in used):
            del part.rels[key]


def _stories(part: Any) -> Iterator[Any]:
    seen = []
    for relation in part.rels.values():
        if relation.reltype in _STORIES and relation.target_part not in seen:
            seen.append(relation.target_part)
            yield relation.target_part


def _clean(story: Any, header: Header) -> None:
    if story.tag not in (W + "hdr", W + "ftr"):
        raise ValueError("no header or footer")
    for name in _LEFT_OUT:
        for element in list(story.iter(W + name)):
            element.getparent().remove(element)
    values: Mapping[str, str] = {
        "title": header.title,
        "slug": header.slug,
        "embargo": EMBARGO.format(header.embargo) if header.embargo else "",
        "made": header.made,
    }
    for element in story.iter(W + "t"):
        if "{" in (element.text or ""):
            filled = _PLACEHOLDER.sub(lambda match: " ".join(values[match[1]].split()), element.text)
            element.text = show(filled)
            element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
