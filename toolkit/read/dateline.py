"""The dateline that a wire story opens with: ``QUETTA, Pakistan (Reuters) —``.

Conservative: a place in capitals, or one followed by an agency, then a dash, then the
start of a sentence. Many stories have no dateline, and a wrong one is embarrassing.
"""

from __future__ import annotations

import functools
import re
from importlib import resources

# Up to the first dash of the first line. A plain hyphen must stand between blanks.
_HEAD = re.compile(
    r"\s*(?P<head>[^\n–—]{3,90}?)(?:[ \u00a0]+-{1,2}[ \u00a0]+|[ \u00a0]*[–—][ \u00a0]*)(?P<rest>\S[^\n]*)"
)
_AGENCY = re.compile(r" \([^\W\d_][\w&. /-]{1,30}\)\Z")
_WORD = re.compile(r"[^\W\d_]+(?:[.’'/-]+[^\W\d_]+)*\.?")
_DAY = re.compile(r"(?:[^\W\d_]{3,10}\.? \d{1,2}|\d{1,2}(?:er|\.)? [^\W\d_]{3,10}\.?)(?:,? \d{4})?|\d{4}")
_BARE_LEAD = 40  # characters that must follow a place without region, day or agency


def find_dateline(text: str) -> str:
    """The dateline's words as they stand in ``text``, without the dash; "" if there is none."""
    match = _HEAD.match(text[:2000])
    if not match or not _starts_sentence(match["rest"]):
        return ""
    head = match["head"].rstrip()
    agency = _AGENCY.search(head)
    place, *more = (head[: agency.start()] if agency else head).split(", ")
    words = place.split(" ")
    if not 1 <= len(words) <= 4 or not all(map(_WORD.fullmatch, words)) or sum(map(str.isalpha, place)) < 3:
        return ""
    capitals = place.isupper()
    if not capitals and not (agency and all(w[0].isupper() for w in words)):
        return ""
    if _kickers().intersection(re.split(r"\W+", place.upper())):
        return ""
    if len(more) > 3 or not all(_is_region(part) or _DAY.fullmatch(part) for part in more):
        return ""
    if not more and not agency and len(match["rest"]) < _BARE_LEAD:
        return ""
    return head


def _starts_sentence(rest: str) -> bool:
    first = rest[0]
    return first in "\"'“‘«„‹[(¿¡" or first.isdigit() or (first.isalpha() and not first.islower())


def _is_region(part: str) -> bool:
    words = part.split(" ")
    return len(words) <= 4 and words[0][:1].isupper() and all(map(_WORD.fullmatch, words))


@functools.cache
def _kickers() -> frozenset[str]:
    lines = resources.files("toolkit.read").joinpath("kickers.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))
