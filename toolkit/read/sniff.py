"""What some bytes are, judged by how they begin, whatever their name says.

Signed formats (PDF, RTF, Word, OpenDocument, Outlook, Safari's archive) are known by their first bytes
even under another name. Texts are not: a .txt that shows HTML or begins with "Subject:" is a text. Without
a name that tells, a page, an e-mail, ninjs, NewsML and a flat OpenDocument are known by their first lines.
"""

from __future__ import annotations

import io
import re
import zipfile

from toolkit.read.archive import DAMAGED, is_crowded
from toolkit.read.others import COMPOUND

_MESSAGE_PART = "__properties_version1.0".encode("utf-16-le")  # in the directory of every .msg
_WEB_PAGE = b"WebMainResource"  # in every page that Safari saved as one file
_BINARY_PLIST = re.compile(rb"bplist0\d[\xd0-\xdf]")
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.text"

# Possessive: a comment ends at its first "-->" and what was passed is never tried again otherwise, so
# that many small comments cost no more than their number.
_COMMENT = rb"<!--(?:(?!-->).)*+-->"
_BEFORE = rb"(?:" + _COMMENT + rb"|<\?[^>]*>|<!DOCTYPE\s+(?!html)[^>\[]*>|\s)*+"
_PAGE = re.compile(
    rb"(?:<\?xml[^>]*>|" + _COMMENT + rb"|\s)*+<(!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_NEWS_XML = re.compile(_BEFORE + rb"<(?:\w+:)?(newsItem|newsMessage|packageItem|nitf)\b", re.DOTALL)
_FLAT = re.compile(_BEFORE + rb"<office:document\b", re.DOTALL)
_MAIL = re.compile(
    rb"(?:>?From [^\n]*\n)?(?:[A-Za-z][\w-]{1,60}:[^\n]*\n(?:[ \t][^\n]*\n)*){0,60}?"
    rb"(?:From|MIME-Version|Received|Return-Path|Message-ID|Delivered-To):[^\n]*\n",
    re.IGNORECASE,
)
_MAIL_ALSO = re.compile(rb"^(?:Subject|Date|To|Content-Type):", re.IGNORECASE | re.MULTILINE)
_NINJS = re.compile(rb"\s*(?:\[\s*)?\{")
_MARKS = b"\xef\xbb\xbf\xff\xfe"  # of UTF-8 and UTF-16, which may stand before the first tag
_MAIN_PART = re.compile(r"word/document\d*\.xml")


def signed_suffix(data: bytes) -> str:
    """The suffix of a format that signs its files, "" for all others."""
    start = data[:1024].lstrip(_MARKS + b" \t\r\n\0")
    if start.startswith(b"%PDF-"):
        return ".pdf"
    if start.startswith(b"{\\rt"):
        return ".rtf"
    if data.startswith(COMPOUND):
        return ".msg" if _MESSAGE_PART in data else ""
    if _BINARY_PLIST.match(data):
        return ".webarchive" if _WEB_PAGE in data else ""
    if is_open_document(data):
        return ".odt"
    return ".docx" if main_part(data) else ""


def suffix_of(data: bytes) -> str:
    """The suffix of the reader that suits bytes without a name; ``.txt`` when nothing else does."""
    if signed := signed_suffix(data):
        return signed
    start = data[:4096].replace(b"\0", b"").lstrip(_MARKS)
    if _PAGE.match(start):
        return ".html"
    if _NEWS_XML.match(start):
        return ".xml"
    if _FLAT.match(start) and is_flat_document(data):
        return ".fodt"
    if _NINJS.match(start) and is_ninjs(data):
        return ".ninjs"
    start = start.replace(b"\r\n", b"\n").lstrip(b"\n")
    head = start.partition(b"\n\n")[0] + b"\n"
    if _MAIL.match(head) and _MAIL_ALSO.search(head):
        return ".eml"
    return ".txt"


def is_ninjs(data: bytes) -> bool:
    """Whether a JSON object looks like a news item, by the names that only ninjs uses together."""
    start = data[:200_000]
    return b"ninjs" in start or (
        any(key in start for key in (b'"headlines"', b'"headline"'))
        and any(key in start for key in (b'"bodies"', b'"body_text"', b'"body_xhtml"', b'"body_html"'))
    )


def is_open_document(data: bytes) -> bool:
    """Whether this is an OpenDocument text: its first part, never packed, says so."""
    return data.startswith(b"PK\x03\x04") and _OPEN_DOCUMENT in data[30:200]


def is_flat_document(data: bytes) -> bool:
    """Whether this is an OpenDocument text in one XML file, whose root says so behind its namespaces."""
    start = data[:20_000].replace(b"\0", b"")
    return b"<office:document" in start and _OPEN_DOCUMENT in start and not data.startswith(b"PK")


def main_part(data: bytes) -> str:
    """The path of a Word document's text inside its zip archive, "" if this isn't one."""
    if not data.startswith(b"PK") or is_crowded(data):
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except DAMAGED:
        return ""
    return next((n for n in sorted(names) if _MAIN_PART.fullmatch(n)), "")
