"""Outlook's .msg: a message in a compound file, whose properties are streams of it.

The compound file is opened with olefile (BSD, no dependencies, kept since 2005); the few properties of
a release are read here. Of the bodies it may hold, the plain one is read, or where it says much less, the
HTML through ``toolkit.read.web``, or else the packed RTF through ``toolkit.read.rtf``.
"""

from __future__ import annotations

import datetime
import io
import struct
from typing import Any

from toolkit.errors import UnreadableArticle
from toolkit.read import mail
from toolkit.read.draft import Draft, one_line
from toolkit.read.forwarded import bare_subject, without_headers
from toolkit.read.limits import MAX_TEXT_BYTES, too_large
from toolkit.read.sniff import signed_suffix

# Property numbers, from Microsoft's published [MS-OXPROPS].
_SUBJECT, _SENDER, _BODY, _HTML, _RTF = "0037", "0C1A", "1000", "1013", "1009"
_SENT, _DELIVERED, _CODEPAGE = 0x0039, 0x0E06, 0x3FDE
_UNICODE, _BYTES, _BINARY = "001F", "001E", "0102"
_EPOCH = datetime.datetime(1601, 1, 1, tzinfo=datetime.UTC)
_ADVICE = "open it in Outlook, copy the text and paste it."


def draft(data: bytes, name: str) -> Draft:
    """The text of an Outlook message, with its subject, sender and date, as ``toolkit.read.mail`` reads them.

    Raises ``UnreadableArticle`` for what is no message or holds no text.
    """
    import olefile

    if signed_suffix(data) != ".msg":
        raise UnreadableArticle(f"{name} can't be read as an Outlook message, for it isn't one; {_ADVICE}")
    with olefile.OleFileIO(io.BytesIO(data)) as file:
        fixed = _fixed(file)
        codec = _codec(fixed.get(_CODEPAGE, b""))
        subject, sender, body = (_string(file, key, codec, name) for key in (_SUBJECT, _SENDER, _BODY))
        found = _body(file, body, codec, name, bare_subject(one_line(subject)))
    text, first = without_headers(found.text, one_line(subject))
    return Draft(
        text,
        headline=bare_subject(one_line(subject)) or found.headline,
        byline=mail.person(first or f"{one_line(sender)} <>"),
        published=_moment(fixed.get(_SENT, b"")) or _moment(fixed.get(_DELIVERED, b"")),
        language=found.language,
    )


def _body(file: Any, body: str, codec: str, name: str, subject: str) -> Draft:
    from toolkit.read import rtf, web

    page = _stream(file, f"{_HTML}{_BINARY}", name) or _string(file, _HTML, codec, name).encode()
    if page.strip():
        # Its bytes are of the message's codepage, unless the page says another.
        declared = "" if b"charset" in page[:4096].lower() else codec
        try:
            found = web.draft(page, name, declared=declared, subject=subject)
        except UnreadableArticle:
            if not body.strip():
                raise
        else:
            if mail.is_stub(body.strip(), found):
                return found
    packed = _stream(file, f"{_RTF}{_BINARY}", name)
    if not body.strip() and packed:
        return rtf.draft(unpacked(packed), name)
    if not body.strip():
        raise UnreadableArticle(f"{name} holds no text but only attachments or pictures; {_ADVICE}")
    return Draft(mail.plain(body))


def _stream(file: Any, key: str, name: str) -> bytes:
    path = f"__substg1.0_{key}"
    if not file.exists(path):
        return b""
    if file.get_size(path) > MAX_TEXT_BYTES:
        raise too_large(name, MAX_TEXT_BYTES)
    data: bytes = file.openstream(path).read()
    return data


def _string(file: Any, key: str, codec: str, name: str) -> str:
    wide = _stream(file, key + _UNICODE, name)
    text = (
        wide.decode("utf-16-le", "replace")
        if wide
        else _stream(file, key + _BYTES, name).decode(codec, "replace")
    )
    return text.rstrip("\0")


def _fixed(file: Any) -> dict[int, bytes]:
    """The properties of fixed length, eight bytes each, by their numbers."""
    data = file.openstream("__properties_version1.0").read(1_000_000)
    found = {}
    for start in range(32, len(data) - 15, 16):
        _, number = struct.unpack_from("<HH", data, start)
        found[number] = data[start + 8 : start + 16]
    return found


def _codec(value: bytes) -> str:
    import codecs

    page = struct.unpack("<I", value[:4])[0] if len(value) >= 4 else 1252
    name = {65001: "utf-8", 20127: "ascii", 28591: "cp1252"}.get(page, f"cp{page}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"


def _moment(value: bytes) -> str:
    """A Windows time, tenths of microseconds since 1601, to the second in UTC."""
    ticks = struct.unpack("<Q", value)[0] if len(value) == 8 else 0
    try:
        when = _EPOCH + datetime.timedelta(seconds=ticks // 10_000_000)
    except OverflowError:
        return ""
    return when.isoformat() if ticks and when.year > 1980 else ""


_LZFU, _STORED = b"LZFu", b"MELA"
_DICTIONARY = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor "
    rb"MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0" + b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)


def unpacked(data: bytes) -> bytes:
    """RTF as Outlook packs it, by the published [MS-OXRTFCP]; cut off where the data is damaged."""
    if len(data) < 16 or data[8:12] not in (_LZFU, _STORED):
        return b""
    size = min(struct.unpack_from("<I", data, 4)[0], MAX_TEXT_BYTES)
    if data[8:12] == _STORED:
        return data[16 : 16 + size]
    written = bytearray(_DICTIONARY)
    start, place = len(written), 16
    while place < len(data) and len(written) - start < size:
        flags = data[place]
        place += 1
        for bit in range(8):
            if not flags >> bit & 1:
                written += data[place : place + 1]
                place += 1
                continue
            if place + 1 >= len(data):
                return bytes(written[start:])
            token = data[place] << 8 | data[place + 1]
            place += 2
            # The dictionary is a ring of 4096 bytes; an offset to its writing place is the end.
            back = (len(written) - (token >> 4)) % 4096
            if not back or back > len(written):
                return bytes(written[start : start + size])
            for _ in range((token & 15) + 2):
                written.append(written[-back])
    return bytes(written[start : start + size])
