"""OpenDocument text (.odt, from LibreOffice, or .fodt, one XML file): paragraphs as a reader sees them.

As in ``toolkit.read.word``: words that a tracked change deleted are out, so are hidden ones,
notes, comments, headers, footers and text boxes; tables come cell by cell.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from toolkit.errors import ToolkitError, UnreadableArticle
from toolkit.read.archive import DAMAGED, check_size
from toolkit.read.draft import Draft, one_line
from toolkit.read.sniff import is_flat_document, is_open_document
from toolkit.read.text import headline_of
from toolkit.read.trees import local, tree, words

_URN = "{urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _STYLE, _OFFICE, _META = (f"{_URN}{n}:1.0}}" for n in ("text", "style", "office", "meta"))
_FO = f"{_URN}xsl-fo-compatible:1.0}}"
_DC = "{http://purl.org/dc/elements/1.1/}"

_NOT_TEXT = frozenset(
    (
        *("tracked-changes", "note", "annotation", "annotation-end", "frame", "forms", "ruby-text"),
        *("sequence-decls", "variable-decls", "user-field-decls", "table-of-content", "illustration-index"),
        *("table-index", "object-index", "user-index", "alphabetical-index", "bibliography", "custom-shape"),
        *("hidden-text", "hidden-paragraph", "change", "change-start", "change-end", "rect", "line", "g"),
    )
)
_MOST_BLANKS = 1_000  # of one <text:s text:c="…">, which could ask for billions
_ADVICE = "open it in LibreOffice and save it again as .docx."


def draft(data: bytes, name: str) -> Draft:
    """The text of an .odt; its Title, or else a level 1 heading that opens it, is the headline, or else
    a first line that can be nothing else.

    Raises ``UnreadableArticle`` for a damaged, locked or dangerous file.
    """
    if is_flat_document(data):
        content = tree(data, name, _ADVICE)
        styles, meta = None, content.find(f"{_OFFICE}meta")
    else:
        content, styles, meta = _unpacked(data, name)
    body = content.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise UnreadableArticle(f"{name} holds no text document; {_ADVICE}")
    parents, hidden = _styles(content, styles)
    blocks = [(kind, text) for kind, text in _blocks(body, parents, hidden) if text.strip()]
    kinds = [kind for kind, _ in blocks]
    place = kinds.index("Title") if "Title" in kinds else 0 if kinds[:1] == ["1"] else None
    headline = one_line(blocks.pop(place)[1]) if place is not None else ""
    title = one_line(words(meta.find(f".//{_DC}title"))) if meta is not None else ""
    author = one_line(words(meta.find(f".//{_META}initial-creator"))) if meta is not None else ""
    language = words(meta.find(f".//{_DC}language")) if meta is not None else ""
    text = "\n\n".join(text.strip("\n") for _, text in blocks)
    # As in Word: properties that somebody filled in for this article, and not the computer for its owner.
    deliberate = headline and title == headline
    return Draft(
        text,
        headline=headline or headline_of(text),
        byline=author if deliberate else "",
        language=one_line(language),
    )


def _unpacked(data: bytes, name: str) -> tuple[Element, Element | None, Element | None]:
    """The content of an .odt, its styles and what it tells of itself."""
    if not is_open_document(data):
        raise UnreadableArticle(f"{name} can't be read as an OpenDocument text, for it isn't one; {_ADVICE}")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_size(archive, name, len(data))
            if _is_locked(archive, name):
                raise UnreadableArticle(f"{name} is under a password; save it without one.")
            content = _part(archive, "content.xml", name)
            styles = _part(archive, "styles.xml", name) if "styles.xml" in archive.namelist() else None
            meta = _part(archive, "meta.xml", name) if "meta.xml" in archive.namelist() else None
    except ToolkitError:
        raise
    except DAMAGED as error:
        raise UnreadableArticle(f"{name} is damaged; {_ADVICE}") from error
    return content, styles, meta


def _part(archive: zipfile.ZipFile, part: str, name: str) -> Element:
    with archive.open(part) as file:
        return tree(file, name, _ADVICE)


def _is_locked(archive: zipfile.ZipFile, name: str) -> bool:
    if "META-INF/manifest.xml" not in archive.namelist():
        return False
    return any(local(e) == "encryption-data" for e in _part(archive, "META-INF/manifest.xml", name).iter())


def _styles(*documents: Element | None) -> tuple[dict[str, str], set[str]]:
    """Each style's parent, and the styles whose words are hidden."""
    parents: dict[str, str] = {}
    hidden: set[str] = set()
    for document in documents:
        for style in document.iter(f"{_STYLE}style") if document is not None else ():
            style_name = style.get(f"{_STYLE}name", "")
            parents[style_name] = style.get(f"{_STYLE}parent-style-name", "")
            look = style.find(f"{_STYLE}text-properties")
            if look is not None and look.get(f"{_TEXT}display") == "none":
                hidden.add(style_name)
    return parents, hidden


def _blocks(element: Element, parents: dict[str, str], hidden: set[str]) -> Iterator[tuple[str, str]]:
    """Each paragraph's kind ("Title", a heading's level, or "") and its text."""
    for child in element:
        tag = local(child)
        if tag in _NOT_TEXT or child.get(f"{_TEXT}display") == "none":  # a section may be hidden
            continue
        if tag in ("p", "h"):
            style = child.get(f"{_TEXT}style-name", "")
            kind = child.get(f"{_TEXT}outline-level", "1") if tag == "h" else ""
            kind = "Title" if "Title" in (style, parents.get(style)) else kind
            if not hidden.intersection((style, parents.get(style, ""))):
                yield kind, "".join(_pieces(child, hidden))
        else:
            yield from _blocks(child, parents, hidden)


def _pieces(element: Element, hidden: set[str]) -> Iterator[str]:
    """The words of a paragraph; blanks and line ends of the XML are blanks, as the format says."""
    yield _blanks(element.text)
    for child in element:
        tag = local(child)
        if tag == "s":
            count = child.get(f"{_TEXT}c", "1")
            yield " " * min(int(count) if count.isascii() and count.isdigit() else 1, _MOST_BLANKS)
        elif tag == "tab":
            yield "\t"
        elif tag == "line-break":
            yield "\n"
        elif tag not in _NOT_TEXT and child.get(f"{_TEXT}style-name", "") not in hidden:
            yield from _pieces(child, hidden)
        yield _blanks(child.tail)


def _blanks(text: str | None) -> str:
    return (text or "").replace("\r", " ").replace("\n", " ").replace("\t", " ")
