"""RTF: the words of the document body, with its codepages and ``\\u`` signs.

Read here and not by a library: striprtf, the one that is kept and permissive, shows hidden and
deleted words and drops the file's properties. One pass over the bytes, linear in their number.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field

from toolkit.errors import UnreadableArticle
from toolkit.read.draft import Draft, one_line
from toolkit.read.limits import MAX_NESTING, refuse_long, too_deep
from toolkit.read.symbols import is_of_symbols, symbol
from toolkit.read.text import headline_of

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?"  # a control word
    rb"|\\'([0-9a-fA-F]{2})"  # a byte of the codepage
    rb"|\\([^a-zA-Z])"  # a control symbol
    rb"|([{}])|[\r\n\0]+|([^\\{}\r\n\0]+)|\\",
    re.DOTALL,
)
_SKIPPED = frozenset(
    (
        *("fonttbl", "colortbl", "stylesheet", "listtable", "listoverridetable", "revtbl", "rsidtbl"),
        *("generator", "pict", "object", "objdata", "header", "headerl", "headerr", "headerf"),
        *(
            "footer",
            "footerl",
            "footerr",
            "footerf",
            "footnote",
            "annotation",
            "atnid",
            "atnauthor",
            "atnref",
        ),
        *("datafield", "bkmkstart", "bkmkend", "themedata", "colorschememapping", "latentstyles"),
        *("datastore", "xmlnstbl", "pgptbl", "filetbl", "shp", "shpinst", "do", "nonshppict", "listtext"),
        *("pntext", "pntxta", "pntxtb", "xe", "tc", "private", "template", "userprops", "txe", "rxe"),
        "xmlopen",
    )
)
_SIGNS = dict.fromkeys(("par", "sect", "page", "column", "cell", "row", "nestcell"), "\n\n")
_SIGNS |= {"line": "\n", "tab": "\t", "emdash": "—", "endash": "–", "bullet": "•", "softline": ""}
_SIGNS |= {"lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”"}
_SIGNS |= {"emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005"}
_SIGNS |= {"zwj": "\u200d", "zwnj": "\u200c", "ltrmark": "\u200e", "rtlmark": "\u200f"}
_SYMBOL_FIELD = re.compile(r'\s*SYMBOL\s+(\d{1,5})\b(?:.*\\f\s*"?([^"\\]+))?', re.DOTALL)
_SYMBOLS = {b"~": "\u00a0", b"_": "\u2011", b"-": "", b"\n": "\n\n", b"\r": "\n\n", b"\t": "\t"}
_SYMBOLS |= {sign: sign.decode() for sign in (b"\\", b"{", b"}")}
_CHARSETS = {0: 1252, 2: 1252, 77: 10000, 128: 932, 129: 949, 130: 1361, 134: 936, 136: 950, 161: 1253}
_CHARSETS |= {162: 1254, 163: 1258, 177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250}
_PAGES = {10000: "mac_roman", 10001: "shift_jis", 10007: "mac_cyrillic", 65001: "utf-8", 1361: "johab"}
_ADVICE = "open it in Word or LibreOffice and save it again as .docx."


@dataclass(slots=True)
class _State:
    """What a group sets for itself and hands to the groups in it."""

    kind: str = "text"  # or "skip", "twice", "fonts", "field", "info", or the name of a property
    page: str = "cp1252"
    face: str = ""  # the name of a font whose letters are signs
    after_u: int = 1  # characters that stand in for a \\u, for programs that don't know it
    hidden: bool = False
    deleted: bool = False

    def copy(self) -> _State:
        # A third of the time that ``dataclasses.replace`` takes, for what some files have millions of.
        return _State(self.kind, self.page, self.face, self.after_u, self.hidden, self.deleted)


@dataclass(slots=True)
class _Reading:
    state: _State = field(default_factory=_State)
    outer: list[_State] = field(default_factory=list)
    default_page: str = "cp1252"
    fonts: dict[int, str] = field(default_factory=dict)
    font: int = 0  # the one that the table of fonts is describing
    default_font: int | None = None
    names: dict[int, str] = field(default_factory=dict)  # of the fonts
    instruction: list[str] = field(default_factory=list)  # of the field that is being read
    text: list[str] = field(default_factory=list)
    properties: dict[str, list[str]] = field(default_factory=dict)
    pending: bytearray = field(default_factory=bytearray)
    to_skip: int = 0
    optional: bool = False  # after \\*, which marks a group that may be passed over

    def put(self, words: str) -> None:
        if self.state.kind == "text":
            if not (self.state.hidden or self.state.deleted):
                self.text.append(words)
        elif self.state.kind in ("title", "author"):
            self.properties.setdefault(self.state.kind, []).append(words)
        elif self.state.kind == "fonts":
            self.names[self.font] = self.names.get(self.font, "") + words.strip("; ")
        elif self.state.kind == "field":
            self.instruction.append(words)

    def put_byte(self, number: int) -> None:
        if self.to_skip:
            self.to_skip -= 1
        else:
            self.pending.append(number)

    def plain_page(self) -> str:
        """The codepage of text that names no font."""
        return self.fonts.get(-1 if self.default_font is None else self.default_font, self.default_page)

    def flush(self) -> None:
        """Decode bytes together: in some codepages two make a character."""
        if self.pending:
            if self.state.face and self.state.kind == "text":
                self.put("".join(symbol(self.state.face, f"{byte:x}") for byte in self.pending))
            else:
                self.put(bytes(self.pending).decode(self.state.page, "replace"))
            self.pending.clear()

    def put_field(self) -> None:
        """A sign that stands as a field; the words of all others follow as their result."""
        if found := _SYMBOL_FIELD.match("".join(self.instruction)):
            self.put(symbol((found[2] or "").strip(), f"{int(found[1]):x}"))
        self.instruction.clear()


def draft(data: bytes, name: str) -> Draft:
    """The text of an RTF file; hidden and deleted words, notes and headers are out.

    As in ``toolkit.read.word``, the file's title is the headline only if the text begins with it,
    and without one a first line that can be nothing else is.
    Raises ``UnreadableArticle`` for what is no RTF or is nested too deep.
    """
    start = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith(b"{\\rt"):
        raise UnreadableArticle(f"{name} can't be read as RTF, for it isn't; {_ADVICE}")
    reading = _Reading()
    position, end = data.index(b"{"), len(data)
    while position < end:
        token = _TOKEN.match(data, position)
        if token is None:
            break
        position = token.end()
        position += _take(reading, token, name)
        if token[5] == b"}" and not reading.outer:
            break  # what stands after the last brace is no part of the document
    reading.flush()
    paragraphs = [part.strip(" \n") for part in "".join(reading.text).split("\n\n")]
    paragraphs = [part for part in paragraphs if part.strip()]
    refuse_long("\n\n".join(paragraphs), name)
    return _with_properties(paragraphs, reading)


def _with_properties(paragraphs: list[str], reading: _Reading) -> Draft:
    title, author = (one_line("".join(reading.properties.get(key, ()))) for key in ("title", "author"))
    headline = title if title and paragraphs and one_line(paragraphs[0]) == title else ""
    text = "\n\n".join(paragraphs[1:] if headline else paragraphs)
    return Draft(
        text,
        headline=headline or headline_of(text),
        byline=author if headline else "",
    )


def _take(reading: _Reading, token: re.Match[bytes], name: str) -> int:
    """Let a token have its effect; how many bytes after it are binary, to be passed over."""
    word, number, byte, sign, brace, words = token.groups()
    if byte is not None:
        reading.put_byte(int(byte, 16))
        return 0
    if words is not None:
        skipped = min(reading.to_skip, len(words))
        reading.to_skip -= skipped
        reading.pending += words[skipped:]
        return 0
    reading.flush()
    if brace == b"{":
        if len(reading.outer) >= MAX_NESTING:
            raise too_deep(name)
        reading.outer.append(reading.state)
        reading.state = reading.state.copy()
        reading.to_skip, reading.optional = 0, False
    elif brace == b"}":
        closed = reading.state.kind
        reading.state = reading.outer.pop() if reading.outer else reading.state
        if closed == "fonts" != reading.state.kind:
            reading.state.page = reading.plain_page()
        elif closed == "field" != reading.state.kind:
            reading.put_field()
        reading.to_skip, reading.optional = 0, False
    elif sign is not None:
        if sign == b"*":
            reading.optional = True
        elif reading.to_skip:
            reading.to_skip -= 1
        else:
            reading.put(_SYMBOLS.get(sign, ""))
    elif word is not None:
        return _control(reading, word.decode("ascii"), None if number is None else int(number))
    return 0


def _control(reading: _Reading, word: str, number: int | None) -> int:
    state = reading.state
    optional, reading.optional = reading.optional, False
    if word == "bin":
        return max(number or 0, 0)
    if word == "u" and number is not None:
        reading.put(_unit(number, state.face))
        reading.to_skip = state.after_u
        return 0
    if reading.to_skip and word in _SIGNS:
        reading.to_skip -= 1
        return 0
    if state.kind == "skip":
        return 0
    if word in _SKIPPED:
        state.kind = "fonts" if word == "fonttbl" else "skip"
    elif word == "fldinst":
        state.kind = "field"
    elif word == "upr" and state.kind == "text":
        state.kind = "twice"  # its first group says in a codepage what its second says in Unicode
    elif word == "ud" and state.kind == "twice":
        state.kind = "text"
    elif word == "info":
        state.kind = "info"
    elif state.kind == "info" and word in ("title", "author"):
        state.kind = word
        reading.properties[word] = []  # the second time it is written in Unicode
    elif (state.kind == "info" and word not in ("upr", "ud")) or (optional and word not in ("ud", "shptxt")):
        state.kind = "skip"
    elif word in _SIGNS:
        reading.put(_SIGNS[word])
    else:
        _setting(reading, word, number)
    return 0


def _setting(reading: _Reading, word: str, number: int | None) -> None:
    state = reading.state
    match word:
        case "ansicpg" | "mac" | "pc" | "pca":
            told = {"mac": 10000, "pc": 437, "pca": 850}.get(word, number or 1252)
            state.page = reading.default_page = _codec(told)
        case "uc":
            state.after_u = min(max(number or 0, 0), 16)
        case "v":
            state.hidden = number != 0
        case "deleted":
            state.deleted = number != 0
        case "plain":
            state.hidden = state.deleted = False
            state.page, state.face = reading.plain_page(), ""
        case "deff":
            reading.default_font = number or 0
        case "f" if state.kind == "fonts":
            reading.font = number or 0
        case "f":
            state.page = reading.fonts.get(number or 0, reading.default_page)
            name = reading.names.get(number or 0, "")
            state.face = name if is_of_symbols(name) else ""
        case "fcharset" if state.kind == "fonts" and number in _CHARSETS and number:
            reading.fonts[reading.font] = _codec(_CHARSETS[number])
        case "cpg" if state.kind == "fonts":
            reading.fonts[reading.font] = _codec(number or 1252)


def _codec(page: int) -> str:
    name = _PAGES.get(page, f"cp{page}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"


def _unit(number: int, face: str) -> str:
    """A UTF-16 unit, which old programs write as a negative number; ``normalise`` joins the halves."""
    number = number + 0x10000 if -0x8000 <= number < 0 else number
    if face and 0xF000 <= number <= 0xF0FF:
        return symbol(face, f"{number:x}")
    return chr(number) if 0 <= number <= 0x10FFFF else "\ufffd"
