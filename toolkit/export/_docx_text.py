"""How a text becomes runs of a Word paragraph, and how it comes back, character for character.

XML has no NUL, a word processor rewrites a carriage return, and neither can be shown. So what is
no character to print becomes its control picture (U+2400 to U+2421) or its number ("U+FFFE"), in
runs of the style "Control Character": visible to the editor, and undone by ``text_of_run``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from lxml import etree

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{NAMESPACE}}}"
CONTROL_STYLE = "ControlCharacter"
# The language of the brief's own words.
OURS = "en"

# Controls of ASCII and Latin-1, line and paragraph separators, what Unicode calls no character, and
# the two that turn the direction of letters over, which can only serve to deceive.
_UNPRINTABLE = "\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\u2028\u2029\u202d\u202e\ufdd0-\ufdef" + "".join(
    chr(plane + 0xFFFE) + chr(plane + 0xFFFF) for plane in range(0, 0x110000, 0x10000)
)
_PIECES = re.compile(f"(?P<control>[{_UNPRINTABLE}]+)|(?P<mark>[\t\n\u00ad])|[^{_UNPRINTABLE}\t\n\u00ad]+")
_MARKS = {"\t": "tab", "\n": "br", "\u00ad": "softHyphen"}
_BACK = {"tab": "\t", "br": "\n", "cr": "\n", "softHyphen": "\u00ad", "noBreakHyphen": "\u2011"}
_SHOWN = re.compile("[\u2400-\u2421]|U\\+[0-9A-F]{4,6}")
# Only a text with one of these has anything to do with directions: Hebrew, Arabic and their kin.
_MAY_BE_RTL = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def add(parent: Any, tag: str, **attributes: str | int) -> Any:
    """A new last child of the main namespace, its attributes too."""
    element = etree.SubElement(parent, W + tag)
    for name, value in attributes.items():
        element.set(W + name, str(value))
    return element


def paragraph(parent: Any, style: str, *, like: str = "", in_column: bool = False) -> Any:
    """A new paragraph, from right to left if most of the text ``like`` is. ``in_column`` it begins at the
    left all the same, below the head of its column."""
    element = add(parent, "p")
    properties = add(element, "pPr")
    add(properties, "pStyle", val=style)
    if is_rtl(like):
        add(properties, "bidi")
        if in_column:
            add(properties, "jc", val="right")  # in such a paragraph the sides are exchanged
    return element


def write(parent: Any, text: str, *, style: str = "", language: str = OURS, rtl: bool = False) -> None:
    """Runs for a text at the end of a paragraph.

    ``language`` is a tag for the spell-checker; "" switches it off. ``rtl`` says that the
    paragraph runs from right to left, which decides for blanks and digits at its edges.
    """
    for stretch, backwards in _directions(text, rtl):
        run = None
        for match in _PIECES.finditer(stretch):
            if match["control"]:
                control = _run(parent, CONTROL_STYLE, "", backwards)
                _text(control, show(match[0]))
                run = None
                continue
            if run is None:
                run = _run(parent, style, language, backwards)
            if match["mark"]:
                add(run, _MARKS[match[0]])
            else:
                _text(run, match[0])


def show(text: str) -> str:
    """A text with its unprintable characters as pictures or numbers, for places without styles."""
    return re.sub(f"[{_UNPRINTABLE}]", lambda match: _picture(ord(match[0])), text)


def text_of_run(run: Any, control_style: str) -> str:
    """The text of a run that ``write`` wrote, also when a word processor saved it since."""
    style = run.find(f"{W}rPr/{W}rStyle")
    shown = "".join(_texts(run))
    if style is not None and style.get(W + "val") == control_style:
        return _SHOWN.sub(_character, shown)
    return shown


def tag(code: str) -> str:
    """A language's code as ``write`` wants it: "" where the language is not known, or it is no code."""
    return code if code != "und" and _TAG.fullmatch(code) else ""


def is_rtl(text: str) -> bool:
    """Whether most letters of a text run from right to left."""
    if not _MAY_BE_RTL.search(text):
        return False
    letters = [unicodedata.bidirectional(char) for char in text]
    return letters.count("R") + letters.count("AL") > letters.count("L")


def _run(parent: Any, style: str, language: str, rtl: bool) -> Any:
    run = add(parent, "r")
    properties = add(run, "rPr")
    if style:
        add(properties, "rStyle", val=style)
    if not language:
        add(properties, "noProof")
    if rtl:
        add(properties, "rtl")
    if language:
        add(properties, "lang", val=language, eastAsia=language, bidi=language)
    return run


def _text(run: Any, text: str) -> None:
    element = add(run, "t")
    element.set(_SPACE, "preserve")
    element.text = text


def _texts(run: Any) -> Iterator[str]:
    for child in run:
        tag = etree.QName(child).localname
        if tag == "t":
            yield child.text or ""
        elif tag in _BACK and child.get(W + "type", "textWrapping") == "textWrapping":
            yield _BACK[tag]


def _picture(code: int) -> str:
    if code == 0x7F:
        return "\u2421"
    return chr(0x2400 + code) if code < 0x20 else f"U+{code:04X}"


def _character(match: re.Match[str]) -> str:
    shown = match[0]
    if shown == "\u2421":
        return "\x7f"
    return chr(int(shown[2:], 16) if len(shown) > 1 else ord(shown) - 0x2400)


def _directions(text: str, rtl: bool) -> Iterator[tuple[str, bool]]:
    """Stretches of one direction; what has none of its own goes with both neighbours, or the paragraph."""
    if not rtl and not _MAY_BE_RTL.search(text):
        yield text, False
        return
    start, last, neutral_from = 0, rtl, 0
    for offset, char in enumerate(text):
        kind = unicodedata.bidirectional(char)
        if kind not in ("L", "R", "AL"):
            # A combining mark stays with its letter.
            neutral_from += kind == "NSM" and neutral_from == offset
            continue
        backwards = kind != "L"
        if backwards != last:
            # A change of direction lies where the neutral characters between begin or end,
            # on the side that leaves them to the paragraph's direction.
            border = offset if last == rtl else neutral_from
            if border > start:
                yield text[start:border], last
            start, last = border, backwards
        neutral_from = offset + 1
    if last != rtl and neutral_from > start:
        yield text[start:neutral_from], last
        start, last = neutral_from, rtl
    if start < len(text):
        yield text[start:], last
