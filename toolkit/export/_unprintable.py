"""Characters that a text format cannot carry or show, and what stands for them.

A browser drops NUL, Markdown replaces it, a lone carriage return is rewritten, and an override of
the writing direction shows other words than are there. Such a character becomes its control picture
(U+2400 to U+2421) or its number ("U+202E"), so that the editor sees it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

# Controls of ASCII and Latin-1 but tab and newline, line and paragraph separators, what Unicode calls no
# character, and the two that turn the direction of letters over, which can only serve to deceive.
_CLASS = "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\u2028\u2029\u202d\u202e\ufdd0-\ufdef{}]".format(
    "".join(chr(plane + 0xFFFE) + chr(plane + 0xFFFF) for plane in range(0, 0x110000, 0x10000))
)
_UNPRINTABLE = re.compile(_CLASS)


def replaced(text: str, put: Callable[[str], str]) -> str:
    """The text with each of those characters given to ``put``."""
    return _UNPRINTABLE.sub(lambda match: put(match[0]), text)


def shown(text: str) -> str:
    """The text with a picture or a number for each of those characters."""
    return replaced(text, picture)


def picture(char: str) -> str:
    """What stands for one of those characters."""
    code = ord(char)
    if code == 0x7F:
        return "\u2421"
    return chr(0x2400 + code) if code < 0x20 else number(char)


def number(char: str) -> str:
    """A character by its number: "U+202E"."""
    return f"U+{ord(char):04X}"
