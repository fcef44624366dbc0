"""What some bytes are, judged by how they begin: a web page, a Word document, or text."""

from __future__ import annotations

import io
import re
import zipfile

from toolkit.errors import UnsupportedFormat

OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .doc, and .docx under a password

# Formats that are often renamed or uploaded by mistake, with how to say what they are.
_OTHERS = (
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "a rich text file (RTF)"),
    (b"PK\x03\x04", "a zip archive or an office file of another kind"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)

_PAGE = re.compile(
    rb"(<\?xml[^>]*>|<!--.*?-->|\s)*<(!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_MARKS = b"\xef\xbb\xbf\xff\xfe"  # of UTF-8 and UTF-16, which may stand before the first tag
_MAIN_PART = re.compile(r"word/document\d*\.xml")


def suffix_of(data: bytes) -> str:
    """``.docx``, ``.html`` or ``.txt``: the reader that suits bytes without a name."""
    if main_part(data):
        return ".docx"
    if _PAGE.match(data[:4096].replace(b"\0", b"").lstrip(_MARKS)):
        return ".html"
    return ".txt"


def main_part(data: bytes) -> str:
    """The path of a Word document's text inside its zip archive, "" if this isn't one."""
    if not data.startswith(b"PK"):
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return ""
    return next((n for n in sorted(names) if _MAIN_PART.fullmatch(n)), "")


def refuse_other_formats(data: bytes, name: str, supported: str) -> None:
    """Raise ``UnsupportedFormat`` for bytes that are said to be text and are a known other thing."""
    if data.startswith(OLD_WORD):
        raise UnsupportedFormat(
            f"{name} is an old Word file (.doc) or one under a password; save it as an unprotected .docx."
        )
    for start, kind in _OTHERS:
        if data.startswith(start):
            raise UnsupportedFormat(f"{name} is {kind}, which can't be read; supported are {supported}.")
