"""Bytes to text: which encoding, by evidence first and by guessing last.

A byte order mark decides; then valid UTF-8, which hardly happens by chance; then what
the file says of itself; then the Windows encoding of western Europe, if the result looks
like such a text, since most old newsroom files are that and a statistical guess fails on
a page with three curly quotes; then the guess.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from toolkit.errors import UnreadableArticle
from toolkit.languages.detection import UNDETERMINED, detect

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# An encoding that a file names, and the wider one that it means by the HTML standard.
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
    "shift_jis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
}
# Python's codecs include some that are no text encodings (zip, rot13).
_LEGACY = re.compile(r"(cp|iso8859|iso2022|koi8|mac|euc|shift_jis|gb|big5|tis)[\w-]*")

_GUESSABLE = [
    *("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258"),
    *("koi8_r", "koi8_u", "mac_roman", "cp874"),
    *("cp932", "euc_jp", "gb18030", "big5", "cp949"),
]
# Languages whose Windows encoding differs from the western one in a few letters only.
_NEAR_WESTERN = {
    **dict.fromkeys(("cs", "hr", "hu", "pl", "ro", "sk", "sl"), "cp1250"),
    "tr": "cp1254",
    **dict.fromkeys(("et", "lt", "lv"), "cp1257"),
}
_WESTERN_MARKS = set("‘’‚“”„«»‹›–—…•€£¥§©®™°·¡¿ªº²³½¼¾×´\u00a0\u00ad")
_WESTERN_SHARE = 0.2  # at most; Cyrillic or Japanese read as western is nearly all accents


def decode(data: bytes, name: str, *, declared: str = "") -> str:
    """The text of ``data``. ``declared`` is the encoding that the file names, if it does.

    Raises ``UnreadableArticle``, naming ``name``, when this isn't text in any of the
    encodings that newsrooms meet. Never replaces a byte silently.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, len(mark), encoding, name)
    declared = _known(declared)
    if (encoding := _unmarked_utf16(data)) and (text := _try(data, encoding)) is not None:
        return text
    # Escapes: the Japanese encoding of e-mail, which is also valid ASCII.
    if not (declared and b"\x1b" in data) and (text := _try(data, "utf-8")) is not None:
        return text
    if declared and (text := _try(data, declared)) is not None:
        return text
    text = _western(data) or _guess(data)
    if text is None or _is_binary(text):
        raise UnreadableArticle(
            f"{name} is not text, or its encoding can't be recognised; save it as text in UTF-8."
        )
    return text


def _strict(data: bytes, start: int, encoding: str, name: str) -> str:
    try:
        return data[start:].decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableArticle(
            f"{name} says that it is {encoding.upper()} and is not, at byte {start + error.start}; "
            "save it again as UTF-8."
        ) from None


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _known(declared: str) -> str:
    """Python's name of a legacy encoding that a file declares; "" for others and for Unicode."""
    try:
        encoding = codecs.lookup(declared.strip()).name if declared else ""
    except (LookupError, ValueError):
        return ""
    encoding = _MEANT.get(encoding, encoding)
    return encoding if _LEGACY.fullmatch(encoding) else ""


def _unmarked_utf16(data: bytes) -> str:
    """UTF-16 without its mark: every other byte of a text in most scripts is zero."""
    start = data[:2000]
    if len(data) % 2 or len(start) < 4:
        return ""
    half = len(start) // 2
    if start[1::2].count(0) > 0.7 * half and start[0::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if start[0::2].count(0) > 0.7 * half and start[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return ""


def _western(data: bytes) -> str | None:
    """The text in the western Windows encoding, or in one near it; None if it doesn't look so."""
    text = _try(data, "cp1252")
    if text is None or _is_binary(text):
        return None
    high = [c for c in text if c > "\x7f"]
    letters = sum(c.isalpha() for c in text)
    if len(high) > _WESTERN_SHARE * letters:
        return None
    encoding = _NEAR_WESTERN.get(detect("".join(c for c in text if c <= "\x7f")).code)
    if encoding:
        return _try(data, encoding)
    if any(not c.isalpha() and c not in _WESTERN_MARKS for c in high):
        return None
    # A capital after a small letter within a word: a curly quote of another encoding.
    if re.search(r"[a-z][À-ÖØ-Þ]", text):
        return None
    return text


def _guess(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=_GUESSABLE, enable_fallback=False).best()
    if best is not None and (text := _try(data, best.encoding)) is not None:
        return text
    text = _try(data, "cp1252")
    return text if text is not None and detect(text).code != UNDETERMINED else None


def _is_binary(text: str) -> bool:
    controls = sum(1 for c in text if unicodedata.category(c) == "Cc" and c not in "\t\n\v\f\r\x1a\x1b")
    return controls > 0.01 * len(text)
