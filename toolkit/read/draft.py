"""What a reader hands over, and the one normalisation.

Everything here is pure: no files, no formats.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from toolkit.read.limits import MAX_BYTES as MAX_BYTES
from toolkit.read.limits import MAX_CHARACTERS as MAX_CHARACTERS

_SURROGATE = re.compile("[\ud800-\udfff]")
_GAP = re.compile(r"(?:[^\S\u00a0\u202f]|[\x00-\x1f\x7f-\x9f])+")
_DATE = re.compile(
    r"(\d{4}(?:-\d\d(?:-\d\d)?)?)"
    r"(?:(?<=-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s*(Z|[+-]\d\d:?\d\d)?)?\Z",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as its format tells it, before normalisation.

    ``language`` is what the format claims (a page's ``lang``), which is only a hint.
    The other fields are those of ``Article``.
    """

    text: str
    headline: str = ""
    byline: str = ""
    slug: str = ""
    dateline: str = ""
    published: str = ""
    embargo: str = ""
    language: str = ""
    source: str = ""


def normalise(text: str) -> str:
    """The text that all offsets refer to.

    Byte order marks at the start are dropped, CRLF and CR become LF, half characters
    (lone surrogates) become U+FFFD. Nothing else changes: NUL, bidi marks, combining
    accents, emoji and blanks stay. What is normalised stays as it is.
    """
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if _SURROGATE.search(text):
        # Through UTF-16, where two halves that belong together become one character.
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def one_line(text: str) -> str:
    """A metadata value: one line, single blanks, no control characters; non-breaking spaces stay."""
    return _GAP.sub(" ", normalise(text)).strip(" ")


def iso_date(value: str) -> str:
    """``value`` as the model wants its dates (``2025``, ``2025-03``, ``2025-03-12``, with
    a time if it has one), or "" when it is not such a date."""
    match = _DATE.match(value.strip())
    if not match:
        return ""
    day, time, zone = match.groups()
    try:
        datetime.date.fromisoformat((day + "-01-01")[:10])
        datetime.time.fromisoformat(time or "00:00")
    except ValueError:
        return ""
    return f"{day}T{time}{zone or ''}" if time else day
