"""Safari's web archive: a page saved as one file, a binary property list whose main resource is the page."""

from __future__ import annotations

import plistlib

from toolkit.errors import UnreadableArticle
from toolkit.read import web
from toolkit.read.draft import Draft
from toolkit.read.limits import MAX_TEXT_BYTES, too_large

_ADVICE = "open it in Safari, copy the article and paste it as text."


def draft(data: bytes, name: str) -> Draft:
    """What ``toolkit.read.web`` reads of the page in an archive.

    Raises ``UnreadableArticle`` for a damaged archive and for one of a picture or a PDF.
    """
    try:
        main = plistlib.loads(data, fmt=plistlib.FMT_BINARY)["WebMainResource"]
        page = main["WebResourceData"]
        kind, charset = (main.get(key, "") for key in ("WebResourceMIMEType", "WebResourceTextEncodingName"))
    except (plistlib.InvalidFileException, KeyError, TypeError, AttributeError, ValueError, RecursionError):
        raise UnreadableArticle(f"{name} is damaged or no web archive; {_ADVICE}") from None
    if not isinstance(page, bytes) or "html" not in str(kind):
        raise UnreadableArticle(f"{name} holds no web page; {_ADVICE}")
    if len(page) > MAX_TEXT_BYTES:
        raise too_large(name, MAX_TEXT_BYTES)
    return web.draft(page, name, declared=charset if isinstance(charset, str) else "")
