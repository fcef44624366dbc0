"""Signs that a document tells by a font and a code in it, as Word and RTF write them."""

from __future__ import annotations

import re

# By their codes: of the font Symbol all but parts of brackets; of Wingdings ticks and what Word makes
# of ":)" and "==>".
_LOW = "!∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
_HIGH = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"
_FONTS = {
    "symbol": {0x20: " ", **dict(enumerate(_LOW, 0x21)), **dict(enumerate(_HIGH, 0xA0))},
    "wingdings": dict(zip(b" JKL\xdf\xe0\xe7\xe8\xf3\xfb\xfc", " ☺😐☹←→⇐⇒⇔✗✓", strict=True)),
}
_UNKNOWN = "\ufffd"


def is_of_symbols(font: str) -> bool:
    """Whether the letters of a font are no letters."""
    return font.lower() in _FONTS or "ding" in font.lower()


def symbol(font: str, code: str) -> str:
    """A sign by its font and its code there, in hexadecimal; U+FFFD for one that isn't known."""
    number = int(code, 16) if re.fullmatch("[0-9A-Fa-f]{1,4}", code) else 0
    if is_of_symbols(font) or 0xF000 <= number <= 0xF0FF:  # where Word puts the signs of such fonts
        return _FONTS.get(font.lower(), {}).get(number & 0xFF, _UNKNOWN)
    return chr(number) if chr(number).isprintable() else _UNKNOWN
