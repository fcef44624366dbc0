"""What may be wrong with a file or a text: seeded, so that an input can be made again from its number."""

from __future__ import annotations

import io
import random
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Sequence

_TOKENS = (
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\x1b[2J",
    b"<",
    b"&",
    b"&#0;",
    b"&#xD800;",
    b"<!--",
    b"]]>",
    b"{",
    b"}",
    b"\\u-1?",
    b"\\bin99999999 ",
    b"\\'",
    b"\r",
    b"\n\n",
    b"--",
    b"=",
    b"=?utf-8?B?",
    b"%%EOF",
    b"stream\n",
    b"1e999",
    b"-1",
    b"99999999999",
    b"\\ud800",
    b"[[",
    b"<p>",
    b"</p>",
    b"<![CDATA[",
    b"PK\x01\x02",
    b"\xe2\x80\xae",
    b"\xf0\x9f\x91\xa8\xe2\x80\x8d",
    b"charset=punycode",
)
_BOMB = (
    b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>"
    + b"".join(b"<!ENTITY a%d '%s'>" % (n, b"&a;" * 10) for n in range(9))
    + b"]>"
)
_ENCODINGS = (
    "utf-16",
    "utf-16-le",
    "utf-32",
    "cp1252",
    "koi8-r",
    "mac-roman",
    "utf-7",
    "shift_jis",
    "cp037",
    "gb18030",
)
_ELEMENT = re.compile(rb"<([\w:.]+)[^<>]*>[^<]*</\1>")
_NAMES = ("../../evil", "/etc/passwd", "con\\nul", "a\0b", "", "x" * 500, "\ud83d.xml")


def damaged(data: bytes, rng: random.Random, other: bytes) -> bytes:
    """``data`` with one to four things wrong with it; ``other`` is a file to splice it with."""
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        # What damages an archive as a whole seldom comes further than its list of parts.
        is_archive = data.startswith(b"PK") and rng.random() < 0.8
        way = _repacked if is_archive else rng.choice(_WAYS)
        data = way(data, rng, other)
    return data[:2_000_000]


def _flipped(data: bytes, rng: random.Random, other: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice((1, 3, 30)) if changed else 0):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _overwritten(data: bytes, rng: random.Random, other: bytes) -> bytes:
    at = rng.randrange(len(data) + 1)
    new = rng.randbytes(rng.choice((1, 4, 64)))
    return data[:at] + new + data[at + len(new) :]


def _cut(data: bytes, rng: random.Random, other: bytes) -> bytes:
    a, b = sorted(rng.randrange(len(data) + 1) for _ in range(2))
    return rng.choice((data[:a], data[a:], data[:a] + data[b:]))


def _doubled(data: bytes, rng: random.Random, other: bytes) -> bytes:
    a, b = sorted(rng.randrange(len(data) + 1) for _ in range(2))
    chunk = data[a : min(b, a + rng.choice((4, 40, 4000)))]
    return data[:b] + chunk * rng.choice((1, 2, 50, 5000)) + data[b:]


def _with_token(data: bytes, rng: random.Random, other: bytes) -> bytes:
    for _ in range(rng.choice((1, 5))):
        at = rng.randrange(len(data) + 1)
        data = data[:at] + rng.choice(_TOKENS) * rng.choice((1, 1, 300)) + data[at:]
    return data


def _spliced(data: bytes, rng: random.Random, other: bytes) -> bytes:
    return data[: rng.randrange(len(data) + 1)] + other[rng.randrange(len(other) + 1) :]


def _reencoded(data: bytes, rng: random.Random, other: bytes) -> bytes:
    return data.decode("utf-8", "replace").encode(rng.choice(_ENCODINGS), "replace")


def _nested(data: bytes, rng: random.Random, other: bytes) -> bytes:
    """An element, a group or a part inside itself, often."""
    depth = rng.choice((20, 250, 5000))
    elements = list(_ELEMENT.finditer(data))
    if elements:
        found = rng.choice(elements)
        start = b"<" + found[1] + b">"
        end = b"</" + found[1] + b">"
        return data[: found.start()] + start * depth + found[0] + end * depth + data[found.end() :]
    opening, closing = rng.choice(((b"{", b"}"), (b"[", b"]"), (b"> ", b""), (b"(", b")"), (b"\n--x\n", b"")))
    at = rng.randrange(len(data) + 1)
    return data[:at] + opening * depth + data[at:] + closing * depth


def _bombed(data: bytes, rng: random.Random, other: bytes) -> bytes:
    head = re.match(rb"\s*<\?xml[^>]*>", data)
    at = head.end() if head else 0
    return data[:at] + _BOMB + data[at:].replace(b"</", b"&a8;</", 3)


def _repacked(data: bytes, rng: random.Random, other: bytes) -> bytes:
    """An archive one of whose parts is damaged, gone, there twice, renamed, or not what it says."""
    try:
        source = zipfile.ZipFile(io.BytesIO(data))
        parts = [(info.filename, source.read(info)) for info in source.infolist()]
    except (
        zipfile.BadZipFile,
        ValueError,
        OSError,
        NotImplementedError,
        RuntimeError,
        KeyError,
        EOFError,
        zlib.error,
    ):
        return _flipped(data, rng, other)
    if not parts:
        return data
    at = rng.randrange(len(parts))
    name, content = parts[at]
    match rng.randrange(7):
        case 0:
            parts.pop(at)
        case 1:
            parts.append((name, rng.choice(parts)[1]))
        case 2:
            parts[at] = (rng.choice(_NAMES), content)
        case 3:
            parts[at] = (name, content + bytes(rng.choice((10_000, 30_000_000))))
        case _:
            parts[at] = (name, damaged(content, rng, rng.choice(parts)[1]))
    file = io.BytesIO()
    try:
        with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(file, "w") as target:
            for part, inside in parts:
                how = zipfile.ZIP_STORED if part == "mimetype" else zipfile.ZIP_DEFLATED
                target.writestr(zipfile.ZipInfo(part), inside, how)
    except (ValueError, IndexError):  # a name that no archive can have
        return data
    return file.getvalue()


_WAYS: Sequence[Callable[[bytes, random.Random, bytes], bytes]] = (
    *(_flipped, _overwritten, _cut, _doubled, _with_token, _spliced, _reencoded, _nested, _bombed, _repacked),
)

_RANGES = (
    (0x20, 0x7F),
    (0x80, 0x250),
    (0x300, 0x370),
    (0x590, 0x780),
    (0x900, 0xE00),
    (0x2000, 0x2070),
    (0x4E00, 0x9FFF),
    (0xD800, 0xE000),
    (0xE000, 0xF900),
    (0xFE00, 0x10000),
    (0x10000, 0x20000),
    (0x20000, 0x30000),
    (0xE0000, 0xE0200),
    (0x100000, 0x110000),
    (0, 0x110000),
)
_ODD = (
    "\0\x07\x1b\x7f\x85\xad\u200b\u200d\u200e\u200f\u202a\u202e"
    "\u2028\u2029\u2066\u2069\ufeff\ufffe\ud800\udfff\u0301\U0001f1eb"
)
_WORDS = (
    '"',
    "“",
    "”",
    "«",
    "»",
    "‘",
    "’",
    "'",
    "said",
    "Mara Holt",
    "she",
    "12 March",
    "€3.5 million",
    " ",
    "\n",
    "\n\n",
    ".",
    ",",
    "—",
    "told Reuters",
    "according to",
    "PARIS (AFP) -",
    "By Ana Ruiz",
    "=1+1",
    "<b>",
    "**",
    "](",
    "\\input",
    "{{",
)


def text(rng: random.Random) -> str:
    """A text of all planes, of controls and marks, or of words in no order."""
    length = rng.choice((1, 10, 100, 400))
    match rng.randrange(4):
        case 0:
            first, last = rng.choice(_RANGES)
            return "".join(chr(rng.randrange(first, last)) for _ in range(length))
        case 1:
            return "".join(rng.choice(_ODD) + rng.choice(("", "a", " ", "word ")) for _ in range(length))
        case 2:
            return " ".join(rng.choice(_WORDS) for _ in range(length))
        case _:
            return "".join(rng.choice((*_WORDS, *_ODD)) for _ in range(length))
