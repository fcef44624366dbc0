"""PDF: the text layer of each page, in the order a reader reads it.

Read with pypdfium2 (BSD-3-Clause or Apache-2.0, 4 MB, no dependencies, Chromium's own parser and
so fuzzed for years), for it tells the place of each character in a tenth of the time that
the pure Python libraries need; being C++, ``toolkit.read`` runs it in a child process.
What makes lines and paragraphs of the characters is ``toolkit.read.pdf_lines`` and ``pdf_paragraphs``.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from typing import Any

from toolkit.errors import UnreadableArticle
from toolkit.read.draft import Draft, one_line
from toolkit.read.limits import MAX_CHARACTERS, MAX_PAGES
from toolkit.read.pdf_lines import Glyph, Line, lines_of
from toolkit.read.pdf_paragraphs import article_of

_LEAST = 20  # letters; a scan may hold a stray page number
_PASSWORD = 4  # FPDF_ERR_PASSWORD
_UNTOLD = 0.3  # the share of characters that a font doesn't tell, beyond which words can't be read
_HYPHEN = "\x02"  # what pdfium makes of a hyphen at the end of a line
# A torn file has one stream without its end. For each, pdfium looks through all that follows: ten thousand
# objects cost it a minute.
_STREAM, _MOST_UNENDED = re.compile(rb">>\s{0,9}stream\b"), 100
_DAMAGED = "open it in a PDF viewer, copy the article and paste it as text."


def draft(data: bytes, name: str) -> Draft:
    """The text of a PDF, paragraphs a blank line apart, without what repeats on its pages.

    The headline is the large print that its first page begins with. Raises
    ``UnreadableArticle`` for a scan, a file under a password, a damaged or an endless one.
    """
    import pypdfium2
    from pypdfium2 import raw

    if b"%PDF-" not in data[:1024]:
        raise UnreadableArticle(f"{name} can't be read as a PDF, for it isn't one; {_DAMAGED}")
    if len(_STREAM.findall(data)) - data.count(b"endstream") > _MOST_UNENDED:
        raise UnreadableArticle(f"{name} can't be read as a PDF, for it is damaged; {_DAMAGED}")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        if raw.FPDF_GetLastError() == _PASSWORD:
            raise UnreadableArticle(
                f"{name} is under a password; open it, print it to a new PDF and read that one."
            ) from None
        raise UnreadableArticle(f"{name} can't be read as a PDF, for it is damaged; {_DAMAGED}") from None
    if len(document) > MAX_PAGES:
        raise UnreadableArticle(
            f"{name} has {len(document)} pages and at most {MAX_PAGES} are read; "
            "save the pages of the article as a PDF of their own."
        )
    pages: list[list[Line]] = []
    heights = []
    characters = untold = 0
    for number in range(len(document)):
        try:
            page = document[number]
            glyphs, height = _glyphs(raw, page)
        except pypdfium2.PdfiumError:
            continue  # one damaged page; the others are read
        characters += len(glyphs)
        if characters > 2 * MAX_CHARACTERS:
            raise UnreadableArticle(
                f"{name} has more than {MAX_CHARACTERS:,} characters; split it into articles."
            )
        untold += sum(_is_untold(glyph.char) for glyph in glyphs)
        pages.append(lines_of(glyphs))
        heights.append(height)
    letters = sum(any(map(str.isalpha, line.text)) * len(line.text) for page in pages for line in page)
    if untold > _UNTOLD * max(characters, 1):
        raise UnreadableArticle(
            f"{name} can't be read, for its fonts don't tell which letters they show; "
            "recognise its text (OCR) in a PDF program and save it again."
        )
    if letters < _LEAST:
        raise UnreadableArticle(
            f"{name} holds pictures of pages and no text, as a scan does; "
            "recognise its text (OCR) in a PDF program and save it again."
        )
    headline, text = article_of(pages, heights)
    return _with_properties(document, headline, text)


def _with_properties(document: Any, headline: str, text: str) -> Draft:
    """The author counts only where the file's title is the headline, as in ``toolkit.read.word``."""
    told = document.get_metadata_dict(skip_empty=True)
    title, author = one_line(told.get("Title", "")), one_line(told.get("Author", ""))
    start = one_line(text[: len(title) + 20])
    if title and not headline and start.startswith(title):
        headline = title
        text = text.partition("\n\n")[2] if one_line(text.partition("\n\n")[0]) == title else text
    deliberate = bool(headline) and title.casefold() == headline.casefold()
    return Draft(text, headline=headline, byline=author if deliberate else "")


def _glyphs(raw: Any, page: Any) -> tuple[list[Glyph], float]:
    """The characters of a page that stand upright, and its height; y grows downward from its top."""
    text = page.get_textpage()
    box, chars = raw.FS_RECTF(), []
    for index in range(text.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(text.raw, index) or 0)
        if char == "\0" or "\ud800" <= char <= "\udfff":
            char = "\ufffd"
        if not raw.FPDFText_GetLooseCharBox(text.raw, index, ctypes.byref(box)):
            continue
        if char in "\r\n" and raw.FPDFText_IsGenerated(text.raw, index):
            continue
        turn = round(raw.FPDFText_GetCharAngle(text.raw, index) / (math.pi / 2), 2) % 4
        char = "\u00ad" if char == _HYPHEN else char
        chars.append((char, turn, (box.left, box.bottom, box.right, box.top)))
    if not chars:
        return [], 0.0
    # A page may be turned as a whole; what is turned on it (a watermark, a picture's credit) is not text.
    turns = Counter(turn for _, turn, _ in chars)
    upright = turns.most_common(1)[0][0]
    left, bottom, right, top = page.get_mediabox()
    glyphs = []
    for char, turn, (x0, y0, x1, y1) in chars:
        if turn != upright:
            continue
        match upright:
            case 3:  # reads upward: pdfium counts the turn clockwise
                place = (y0, x0 - left, y1, x1 - left)
            case 2:
                place = (right - x1, y0 - bottom, right - x0, y1 - bottom)
            case 1:
                place = (top - y1, right - x1, top - y0, right - x0)
            case _:
                place = (x0, top - y1, x1, top - y0)
        if all(map(math.isfinite, place)):
            glyphs.append(Glyph(char, *place))
    return glyphs, float(right - left if upright in (1, 3) else top - bottom)


def _is_untold(char: str) -> bool:
    return char == "\ufffd" or "\ue000" <= char <= "\uf8ff"
