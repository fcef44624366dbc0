"""Word: the paragraphs of a .docx as a reader sees them, in the order of the document.

Words that a tracked change inserted are in, deleted and hidden ones are out; so are
headers, footers, comments, footnotes and text boxes. Tables come cell by cell.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from toolkit.errors import ToolkitError, UnreadableArticle
from toolkit.read.archive import DAMAGED, check_size, is_xml
from toolkit.read.draft import Draft, one_line
from toolkit.read.others import COMPOUND
from toolkit.read.sniff import main_part
from toolkit.read.symbols import symbol
from toolkit.read.text import headline_of

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HOLDS_BLOCKS = {_W + t for t in ("tbl", "tr", "tc", "sdt", "sdtContent", "ins", "moveTo", "customXml")}
_HOLDS_RUNS = {
    _W + tag
    for tag in (
        *("hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "customXml", "fldSimple"),
        *("dir", "bdo", "ruby", "rubyBase"),
    )
}
_STRICT = re.compile(rb"<[^<>]*http://purl\.oclc\.org/ooxml/[^<>]*>")  # in a tag; the text may name it too
_STRICT_NAME = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_CHARACTERS = {_W + "tab": "\t", _W + "ptab": "\t", _W + "cr": "\n", _W + "noBreakHyphen": "-"}
_NO_MEMORY = 2  # the code of an lxml.etree.XMLSyntaxError for a document that the memory does not hold
_OFF = ("0", "false", "off")
_NOBODY = {"python-docx", "microsoft office user", "windows user", "unknown author"}


def draft(data: bytes, name: str) -> Draft:
    """The text of a .docx; the Title, or else a Heading 1 that opens it, is the headline. Without
    either a first line that can be nothing else is, as in plain text, and stays in the text.

    The byline is the file's author only where the file's title is the headline: then
    somebody filled the properties in for this article, and not the computer for its owner.
    Raises ``UnreadableArticle`` for a damaged or dangerous file.
    """
    check(data, name)
    try:
        from docx import Document

        document = Document(io.BytesIO(_transitional(data)))
        paragraphs = [(style, text) for style, text in _paragraphs(document) if text.strip()]
        title, author = document.core_properties.title, document.core_properties.author
    except (ToolkitError, MemoryError):
        raise
    except Exception as error:  # a damaged part may fail anywhere in the library
        if getattr(error, "code", None) == _NO_MEMORY:
            raise MemoryError from error
        raise UnreadableArticle(
            f"{name} is damaged or not a Word document; "
            "open it in Word or LibreOffice and save it again as .docx."
        ) from error
    styles = [style for style, _ in paragraphs]
    place = styles.index("Title") if "Title" in styles else 0 if styles[:1] == ["Heading 1"] else None
    headline = one_line(paragraphs.pop(place)[1]) if place is not None else ""
    author = one_line(author or "")
    text = "\n\n".join(text for _, text in paragraphs)
    deliberate = headline and one_line(title or "") == headline and author.lower() not in _NOBODY
    return Draft(text, headline=headline or headline_of(text), byline=author if deliberate else "")


def _paragraphs(document: Any) -> Iterator[tuple[str, str]]:
    """Each paragraph's style (its English name) and its text."""
    names = {style.style_id: style.name for style in document.styles}
    before = ""
    for paragraph in _paragraph_elements(document.element.body):
        text = before + _text(paragraph)
        if paragraph.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None:
            before = text  # the paragraph's end was deleted: it runs on into the next
            continue
        before = ""
        frame = paragraph.find(f"{_W}pPr/{_W}framePr")
        if frame is not None and frame.get(_W + "dropCap", "none") != "none":
            before = text  # the first letter, set large in a frame of its own
            continue
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        yield names.get(style.get(_W + "val"), "") if style is not None else "", text
    if before:
        yield "", before


def _paragraph_elements(parent: Any) -> Iterator[Any]:
    for child in parent.iterchildren():
        if child.tag == _W + "p":
            yield child
        elif (
            child.tag in _HOLDS_BLOCKS and not _is_contents(child) and child.find(f"{_W}trPr/{_W}del") is None
        ):
            yield from _paragraph_elements(child)


def _is_contents(block: Any) -> bool:
    """Whether Word made this itself, out of the headings that stand below."""
    kind = block.find(f"{_W}sdtPr/{_W}docPartObj/{_W}docPartGallery")
    return kind is not None and kind.get(_W + "val") == "Table of Contents"


def _text(element: Any) -> str:
    """The words of a paragraph, or of what it holds; a line break is "\\n", a tab "\\t"."""
    pieces = []
    for child in element.iterchildren():
        if child.tag == _W + "r":
            if not _is_hidden(child):
                pieces.append(_text(child))
        elif child.tag == _W + "t":
            pieces.append(child.text or "")
        elif child.tag == _W + "br":
            # A page or column break is layout, not a line of the text.
            pieces.append("\n" if child.get(_W + "type", "textWrapping") == "textWrapping" else "")
        elif child.tag == _W + "sym":
            pieces.append(symbol(child.get(_W + "font", ""), child.get(_W + "char", "")))
        elif child.tag in _HOLDS_RUNS:
            pieces.append(_text(child))
        elif (fallback := child.find(_FALLBACK)) is not None:
            pieces.append(_text(fallback))  # an emoji, for programs that have no font of it
        elif child.tag in (_M + "oMath", _M + "oMathPara"):
            pieces.extend(each.text or "" for each in child.iter(_M + "t"))
        else:
            pieces.append(_CHARACTERS.get(child.tag, ""))
    return "".join(pieces)


def _is_hidden(run: Any) -> bool:
    mark = run.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and mark.get(_W + "val", "1") not in _OFF


def _transitional(data: bytes) -> bytes:
    """A "Strict Open XML Document", which names its parts and elements otherwise, in the usual names."""
    with zipfile.ZipFile(io.BytesIO(data)) as strict:
        if not _STRICT.search(strict.read("_rels/.rels")):
            return data
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as usual:
            for part in strict.infolist():
                content = strict.read(part)
                usual.writestr(
                    part.filename, _STRICT.sub(_usual, content) if is_xml(part.filename) else content
                )
    return file.getvalue()


def _usual(tag: re.Match[bytes]) -> bytes:
    return _STRICT_NAME.sub(rb"http://schemas.openxmlformats.org/\1/2006/", tag[0])


def check(data: bytes, name: str) -> None:
    """Refuse what is no Word document, or one made to exhaust the machine, before opening it.

    Raises ``UnreadableArticle``; ``name`` is what its message calls the file.
    """
    if data.startswith(COMPOUND):
        raise UnreadableArticle(
            f"{name} is an old Word file or under a password; save it as an unprotected .docx in Word."
        )
    if not main_part(data):
        raise UnreadableArticle(
            f"{name} is damaged or not a Word document (it holds no word/document.xml); "
            "open it in Word or LibreOffice and save it again as .docx."
        )
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        check_size(archive, name, len(data))
        for part in archive.infolist():
            if is_xml(part.filename):
                _check_prolog(archive, part, name)


def _check_prolog(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> None:
    """Refuse a document type declaration, which can hold entities; Word never writes one."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
    from defusedxml.ElementTree import iterparse  # type: ignore[import-untyped]

    try:
        with archive.open(part) as file:
            next(iter(iterparse(file, events=("start",), forbid_dtd=True)), None)
    except DefusedXmlException:
        raise UnreadableArticle(
            f"{name} declares XML entities in {part.filename}, which Word never does; "
            "copy its text into a new document."
        ) from None
    except (ParseError, *DAMAGED):
        pass  # damaged: the reader says so if the text needs this part
