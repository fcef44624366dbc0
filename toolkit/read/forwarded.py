"""A message that somebody sent on: the headers that mail programs write into its text, in any language.

Certain only where one of those lines repeats the subject of the message that holds them, less its
"Fwd:"; a release that begins with the lines of a contact keeps them. Pure.
"""

from __future__ import annotations

import re

from toolkit.read.draft import one_line

PREFIX = re.compile(r"\A(?:(?:re|aw|fw|fwd|wg|tr|rv|sv|vs)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_TAG = re.compile(r"\A\[[^\]]{1,40}\]\s*")  # what a mailing list puts before the subject
_RULE = re.compile(
    r"[-_*]{2,}.{0,60}|[^:]{5,60}\s?:\s*"
)  # "--- Forwarded message ---", "Begin forwarded message:"
_LINE = re.compile(r"\*?[^\W\d_][^:]{1,20}:\*?\s*(\S.*)")
_WITHIN = 4_000  # characters
_LINES = (3, 8)


def bare_subject(subject: str) -> str:
    """A subject without "Fwd:", "Re:" and the name of a mailing list."""
    while (shorter := _TAG.sub("", PREFIX.sub("", subject))) != subject:
        subject = shorter
    return subject


def without_headers(text: str, subject: str) -> tuple[str, str]:
    """The text without the headers of the message that was sent on, and its sender's line, "" for none."""
    bare = bare_subject(subject)
    if not bare or bare == subject:
        return text, ""
    values, end = _headers(text[:_WITHIN])
    least, most = _LINES
    if not least <= len(values) <= most or bare not in map(bare_subject, values):
        return text, ""
    return text[end:].lstrip("\n"), next((value for value in values if "@" in value), "")


def _headers(text: str) -> tuple[list[str], int]:
    """The values of the headers that a text begins with, and where they end."""
    values: list[str] = []
    at, ruled = 0, False
    for line in text.splitlines(keepends=True):
        words = line.strip()
        if found := _LINE.fullmatch(words):
            values.append(one_line(found[1]))
        elif values and line[:1] in " \t" and words:
            pass  # the header above goes on
        elif values:
            break
        elif words and (ruled or not _RULE.fullmatch(words)):
            return [], 0
        else:
            ruled = ruled or bool(words)
        at += len(line)
    return values, at
