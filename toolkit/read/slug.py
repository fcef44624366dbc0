"""The short name that a desk calls a story by: ``port-strike``."""

from __future__ import annotations

import unicodedata

LONGEST = 40  # characters

_SPELLED = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
        "’": "",
        "'": "",
    }
)


def slugify(name: str) -> str:
    """Lower case, words joined by hyphens, Latin letters without accents; other scripts stay.

    At most 40 characters, cut between words. "" when ``name`` has no letter and no digit.
    """
    letters: list[str] = []
    for char in unicodedata.normalize("NFKD", name.lower().translate(_SPELLED)):
        if unicodedata.category(char)[0] == "M":
            # An accent on a Latin letter goes; the vowel signs of other scripts are letters.
            if letters and not letters[-1].isascii():
                letters.append(char)
        elif char.isalnum():
            letters.append(char)
        elif letters and letters[-1] != "-":
            letters.append("-")
    slug = unicodedata.normalize("NFC", "".join(letters)).strip("-")
    if len(slug) <= LONGEST:
        return slug
    whole_words = slug[: LONGEST + 1].rpartition("-")[0]
    return whole_words or slug[:LONGEST]
