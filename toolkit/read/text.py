"""Plain text: the whole file is the article's text."""

from __future__ import annotations

from toolkit.read.decode import decode
from toolkit.read.draft import Draft


def draft(data: bytes, name: str) -> Draft:
    """The text of a .txt file, its paragraphs and blanks as they are."""
    return Draft(decode(data, name))
