"""The brief as a Word document: for the desk to read, correct, comment on and keep.

Header, summary, who said what and the cast come first, then the whole article with its marks and
a comment on each quote. The article stands there character for character, and ``article_text``
takes it out again. The annotations travel inside, for ``notes_in`` and ``came_back``.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from toolkit.brief import ALL_SECTIONS, Brief, Section, brief
from toolkit.errors import InvalidNotes, UnreadableArticle
from toolkit.export import (
    _docx_article,
    _docx_back,
    _docx_cells,
    _docx_numbers,
    _docx_page,
    _docx_particulars,
    _docx_parts,
    _docx_places,
    _docx_tables,
    _docx_template,
)
from toolkit.export._docx_back import Back
from toolkit.export._docx_parts import Sent
from toolkit.export._docx_places import Marked
from toolkit.export._docx_text import tag
from toolkit.house import Template
from toolkit.model import Annotations, Article, Engine
from toolkit.particulars import remarks
from toolkit.read.archive import DAMAGED
from toolkit.runs import Paragraphs

_SECOND = len("2025-03-12T14:05:09")


def render(
    notes: Annotations,
    made: datetime,
    *,
    sections: Collection[Section] = ALL_SECTIONS,
    titles: Iterable[tuple[Section, str]] = (),
    annotations_inside: bool = True,
    template: Template | None = None,
) -> bytes:
    """The bytes of a .docx with these parts, in this order; the same for the same annotations and moment.

    ``template`` is the desk's own document (``toolkit.house.read_template``); ``annotations_inside`` says
    whether the file carries what ``notes_in`` reads. Raises ``UnsupportedFormat`` for a template that
    can't be used.
    """
    content = brief(notes, made=made, sections=sections, titles=titles)
    language = tag(notes.article.language)
    if template is None:
        document = _docx_page.new_document(content.header, made, language)
    else:
        document, _ = _docx_template.sheet(template, content.header, made, language)
    body = document.element.body
    page_set_up = body.sectPr
    body.remove(page_set_up)
    marked = _docx_places.marked(content)
    _docx_tables.write_header(body, content)
    for section in content.sections:
        if section == "article":
            _article(document, content, marked)
        else:
            _WRITERS[section](body, content, marked)
    if "article" in content.sections:
        _docx_article.add_mark_styles(document.styles.element, content)
        _docx_article.write_comments(document, marked, made)
    body.append(page_set_up)
    if template is not None:
        _docx_template.fit(body, _docx_template.room(document))
    if annotations_inside:
        has_article = "article" in content.sections
        _docx_parts.attach(document, notes, _docx_article.date(made), has_article=has_article)
    return _docx_page.packed(document)


def _article(document: Any, content: Brief, marked: Marked) -> None:
    body, numbers = document.element.body, _docx_numbers.add_numbers(document, _docx_article.STYLE)
    _docx_cells.heading(body, content.heading("article"))
    _docx_article.write_legend(body, content)
    _docx_article.write_article(body, content, marked, numbers)


_WRITERS: Mapping[Section, Callable[[Any, Brief, Marked], None]] = {
    "summary": _docx_tables.write_summary,
    "points": _docx_particulars.write_facts,
    "statements": _docx_tables.write_statements,
    "cast": _docx_tables.write_cast,
    "figures": _docx_particulars.write_figures,
    "checks": _docx_particulars.write_checks,
}


def missing_styles(template: Template) -> tuple[str, ...]:
    """The styles of a brief that a template lacks, and gets in the toolkit's look. Raises
    ``UnsupportedFormat`` for a template that can't be used."""
    header = brief(Annotations(Article(""), Engine("", "", ""))).header
    return _docx_template.sheet(template, header, datetime(2000, 1, 1), "")[1]


def starter() -> bytes:
    """The bytes of a template to begin with, which shows and tells all styles of a brief."""
    from toolkit.export import _docx_starter

    return _docx_starter.starter()


def article_text(source: str | Path | BinaryIO) -> str:
    """The article in a brief that ``render`` made, character for character.

    Each paragraph of the article is a line. Pictures of control characters in the style
    "Control Character" become those characters again. Works also after a word processor has saved
    the file, and then gives what the editor made of the article. Raises ``UnreadableArticle`` for a
    file that is no Word document, or one without an article of ours.
    """
    text = _read_back(source).text
    if text is None:
        raise UnreadableArticle(f"{source} holds no article; is it a brief that the toolkit wrote?")
    return text


def notes_in(data: bytes) -> Annotations:
    """The annotations that the bytes of a brief were made of. Raises ``InvalidNotes``."""
    return _docx_parts.sent(data).notes


def came_back(data: bytes) -> tuple[Sent, Back]:
    """What the bytes of a brief were made of, and what they hold now, of comments only the new ones.
    Raises ``InvalidNotes``."""
    sent = _docx_parts.sent(data)
    try:
        back = _read_back(io.BytesIO(data))
    except UnreadableArticle:
        raise InvalidNotes(
            "The document is damaged; open it in Word or LibreOffice and save it again as .docx."
        ) from None
    # Word gives comments other numbers as it likes: ours are known by who signed them, and an editor's by the
    # second of the making too, in which no hand wrote one.
    editors = {note.editor for note in brief(sent.notes).notes}
    editors |= {remark.editor for remark in remarks(sent.notes, Paragraphs(""))}
    signed = {_docx_article.signature(editor) for editor in editors}
    new = tuple(
        comment
        for comment in back.comments
        if comment.words
        and comment.author != _docx_page.AUTHOR
        and not (comment.author in signed and comment.date[:_SECOND] == sent.made[:_SECOND])
    )
    return sent, back._replace(comments=new)


def _read_back(source: str | Path | BinaryIO) -> Back:
    import docx
    from docx.opc.exceptions import OpcError
    from lxml import etree

    try:
        return _docx_back.read_back(docx.Document(str(source) if isinstance(source, Path) else source))
    except (*DAMAGED, AttributeError, TypeError, OpcError, etree.LxmlError) as error:
        raise UnreadableArticle(f"{source} is no Word document that can be read ({error}).") from None
