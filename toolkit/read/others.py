"""Formats without a reader: what such a file is, by its bytes or its suffix, and what to do with it.

``others.tsv`` holds the sentences. Bytes go before the suffix, for a renamed file is still what it is.
"""

from __future__ import annotations

import functools
import io
import re
import zipfile
from collections.abc import Mapping
from importlib import resources
from typing import NamedTuple

from toolkit.errors import UnsupportedFormat
from toolkit.read.archive import DAMAGED, is_crowded

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Office until 2007, Outlook, and files under a password

# How the bytes of a format begin.
_SIGNATURES = tuple(
    (re.compile(start, re.DOTALL), suffix)
    for start, suffix in (
        (rb"\xffWPC", "wpd"),
        (rb"\x89PNG|\xff\xd8\xff|GIF8[79]a.{0,12}\0|II\*\0|MM\0\*|8BPS\0|RIFF.{4}WEBPVP8", "png"),
        (rb"\0.{3}ftyp(?:hei[cx]|mif1|avif)", "png"),
        (rb"ID3[\2-\4]|fLaC\0|OggS\0|RIFF.{4}WAVEfmt|\0.{3}ftypM4A|#!AMR\n", "mp3"),
        (rb"\xff[\xf2\xf3\xfa\xfb][\x90-\xe8][\0-\x1f\x40-\x6f]", "mp3"),
        (rb"\0.{3}ftyp|\x1aE\xdf\xa3|RIFF.{4}AVI LIST|\0\0\x01[\xba\xb3]", "mp4"),
        (rb"Rar!\x1a|7z\xbc\xaf|\x1f\x8b|BZh[1-9]1AY&SY|\xfd7zXZ|\x28\xb5\x2f\xfd|.{257}ustar", "rar"),
        (rb"%!PS-Adobe", "ps"),
        (rb"\x06\x06\xed\xf5\xd8\x1d\x46\xe5", "indd"),
        (rb"SQLite format 3\0|\0\x01\0\0Standard (?:Jet|ACE)", "sqlite"),
        (rb"AT&TFORM.{4}DJV", "djvu"),
        (rb"MZ[\x90\0].?\0|\x7fELF|\xcf\xfa\xed\xfe", "exe"),
    )
)
# Streams that the directory of a compound file names, in UTF-16.
_STREAMS = {
    "EncryptedPackage": "locked",
    "WordDocument": "doc",
    "Workbook": "xls",
    "Book": "xls",
    "PowerPoint Document": "ppt",
    "Quill": "pub",
    "MatOST": "wps",
}
# The first part that a zip archive has of these.
_PARTS = (
    (re.compile(r"xl/"), "xlsx"),
    (re.compile(r"ppt/"), "pptx"),
    (re.compile(r"META-INF/container\.xml"), "epub"),
    (re.compile(r"Index/.*\.iwa|Index\.zip|index\.apxl|index\.xml"), "pages"),
    (re.compile(r"FixedDocSeq\.fdseq|FixedDocumentSequence\.fdseq"), "xps"),
    (re.compile(r"designmap\.xml"), "idml"),
)
_MEDIA = {
    b"application/epub+zip": "epub",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
    b"application/vnd.sun.xml.writer": "sxw",
}


class _Other(NamedTuple):
    kind: str
    advice: str


@functools.cache
def _others() -> Mapping[str, _Other]:
    lines = (resources.files("toolkit.read") / "others.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line.strip() and not line.startswith("#"))
    return {suffix: _Other(kind, advice) for suffixes, kind, advice in rows for suffix in suffixes.split()}


def refuse_suffix(suffix: str, name: str) -> None:
    """Raise ``UnsupportedFormat`` for a known suffix (``.pages``), with what to do."""
    if (other := _others().get(suffix.removeprefix(".").lower())) is not None:
        raise UnsupportedFormat(f"{name} is {other.kind}, which can't be read; {other.advice}.")


def refuse_bytes(data: bytes, name: str) -> None:
    """Raise ``UnsupportedFormat`` for bytes that are known to be no text, with what to do."""
    if suffix := _told_by(data):
        refuse_suffix(suffix, name)


def _told_by(data: bytes) -> str:
    """A suffix whose row in the table is of these bytes; "" for what isn't known."""
    if data.startswith(COMPOUND):
        return next((s for n, s in _STREAMS.items() if n.encode("utf-16-le") in data), "ole")
    if data.startswith(b"PK\x03\x04"):
        return _in_archive(data)
    return next((suffix for signature, suffix in _SIGNATURES if signature.match(data[:300])), "")


def _in_archive(data: bytes) -> str:
    for medium, suffix in _MEDIA.items():
        if b"mimetype" + medium in data[:200]:
            return suffix
    if is_crowded(data):
        return "zip"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except DAMAGED:
        return "zip"
    for part, suffix in _PARTS:
        if any(part.match(name) for name in names):
            return suffix
    return "zip"
