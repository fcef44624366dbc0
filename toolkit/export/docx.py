"""The brief as a Word document: for the desk to read, correct, comment on and keep.

Header, summary, who said what and the cast come first, then the whole article with its marks and
a comment on each quote. The article stands there character for character, and ``article_text``
takes it out again.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import BadZipFile

from toolkit.brief import SECTIONS, Section, brief
from toolkit.errors import UnreadableArticle
from toolkit.export import _docx_article, _docx_page, _docx_tables
from toolkit.export._docx_text import CONTROL_STYLE, W, tag, text_of
from toolkit.model import Annotations


def render(notes: Annotations, made: datetime, *, sections: Collection[Section] = SECTIONS) -> bytes:
    """The bytes of a .docx with these parts; the same for the same annotations and moment."""
    content = brief(notes, made=made, sections=sections)
    document = _docx_page.new_document(content.header, made, tag(notes.article.language))
    body = document.element.body
    page_set_up = body.sectPr
    body.remove(page_set_up)
    _docx_tables.write_header(body, content)
    if "summary" in content.sections:
        _docx_tables.write_summary(body, content)
    if "statements" in content.sections:
        _docx_tables.write_statements(body, content)
    if "cast" in content.sections:
        _docx_tables.write_cast(body, content)
    if "article" in content.sections:
        _docx_tables.heading(body, "The article")
        _docx_article.add_mark_styles(document.styles.element, content)
        _docx_article.write_legend(body, content)
        _docx_article.write_article(body, content)
        _docx_article.write_comments(document, content, made)
    body.append(page_set_up)
    return _docx_page.packed(document)


def article_text(source: str | Path | BinaryIO) -> str:
    """The article in a brief that ``render`` made, character for character.

    Each paragraph of the style "Article" is a line. Pictures of control characters in the style
    "Control Character" become those characters again. Works also after a word processor has saved
    the file, and then gives what the editor made of the article. Raises ``UnreadableArticle`` for a
    file that is no Word document, or one without such paragraphs.
    """
    import docx
    from docx.opc.exceptions import OpcError
    from lxml import etree

    try:
        document = docx.Document(str(source) if isinstance(source, Path) else source)
        ids = {style.name: style.style_id for style in document.styles}
        lines = _lines(document.element.body, ids.get(_docx_article.STYLE, _docx_article.STYLE))
    except (OSError, ValueError, KeyError, AttributeError, BadZipFile, OpcError, etree.LxmlError) as error:
        raise UnreadableArticle(f"{source} is no Word document that can be read ({error}).") from None
    if not lines:
        raise UnreadableArticle(f"{source} holds no article; is it a brief that the toolkit wrote?")
    control_style = ids.get("Control Character", CONTROL_STYLE)
    return "\n".join(text_of(line, control_style) for line in lines)


def _lines(body: Any, style_id: str) -> list[Any]:
    styles = ((line, line.find(f"{W}pPr/{W}pStyle")) for line in body.iter(W + "p"))
    return [line for line, style in styles if style is not None and style.get(W + "val") == style_id]
