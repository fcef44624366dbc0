"""The dateline that a wire story opens with: ``QUETTA, Pakistan (Reuters) —``.

Conservative: a place in capitals, or one followed by an agency, then a dash, then the
start of a sentence; or on a line of its own, with a day or an agency. Many stories have no
dateline, and a wrong one is embarrassing.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from importlib import resources

from toolkit import languages
from toolkit.read.heads import opening_lines, runs

# Up to the first dash of the first line. A plain hyphen must stand between blanks, or behind a bracket.
_HEAD = re.compile(
    r"\s*(?P<head>[^\n–—―]{3,90}?)"
    r"(?:[ \u00a0]+(?:-{1,2}|_)[ \u00a0]+|[ \u00a0]*[–—―][ \u00a0]*|(?<=\))--)(?P<rest>\S[^\n]*)"
)
_ALONE = re.compile(r"\s*(?P<head>[^\n–—―]{3,90}?)[ \u00a0]*(?:[–—―]|-{1,2})?[ \u00a0]*\Z")
_AGENCY = re.compile(r"(?:[ \u00a0]+|--)(?:\([^\W\d_][\w&. /-]{1,30}\)|/[^\W\d_][\w ]{1,30}/)\Z")
_DISTRICT = re.compile(r" \([^\W\d_][^\d()]{1,30}\)\Z")  # "LE HAVRE (Seine-Maritime)"
_WORD = re.compile(r"[^\W\d_]+(?:[.’'/-]+[^\W\d_]+)*\.?")
_DAY = re.compile(
    r"(?:(?P<before>[^\W\d_]{2,9}\.?) )?"
    r"(?:[^\W\d_]{3,10}\.? \d{1,2}|\d{1,2}(?:er|\.)? [^\W\d_]{3,10}\.?)(?:,? \d{4})?|\d{4}"
)
_LONGEST = 60  # characters of a line with a place and an agency
_BARE_LEAD = 40  # characters that must follow a place without region, day or agency


def find_dateline(text: str) -> str:
    """The dateline's words as they stand in ``text``, without the dash; "" if there is none."""
    match = _HEAD.match(text[:2000])
    if not match or not _starts_sentence(match["rest"]):
        return ""
    head = match["head"].rstrip()
    place, more, agency = _parts(head)
    if not _is_place(place, more, agency):
        return ""
    if not more and not agency and len(match["rest"]) < _BARE_LEAD:
        return ""
    return head


def dateline_of(text: str) -> str:
    """The dateline of an article whose headline, standfirst and byline may stand above it, as it stands in
    the text; "" if there is none."""
    for start, line in opening_lines(text):
        if found := find_dateline(line):
            return found
        alone = _ALONE.match(line)
        if alone and _stands_alone(alone["head"]) and runs(text[start + len(line) :]):
            return alone["head"]
    return ""


def _stands_alone(head: str) -> bool:
    """Whether a line can be nothing else: a place in capitals, and a day or an agency."""
    place, more, agency = _parts(head)
    is_told = any(map(_is_day, more)) or (agency and len(head) < _LONGEST)
    return place.isupper() and is_told and _is_place(place, more, agency)


def _parts(head: str) -> tuple[str, list[str], bool]:
    """The place, what stands behind it between commas, and whether an agency is named at the end."""
    agency = _AGENCY.search(head)
    place, *more = re.split(r",[ \u00a0]+", head[: agency.start()] if agency else head)
    return (_DISTRICT.sub("", place) if more else place), more, agency is not None


def _is_place(place: str, more: Sequence[str], agency: bool) -> bool:
    words = place.split()
    if not 1 <= len(words) <= 4 or not all(map(_WORD.fullmatch, words)) or sum(map(str.isalpha, place)) < 3:
        return False
    if not place.isupper():
        is_told = agency or _is_dated(place, more)
        if not is_told or not all(word[0].isupper() for word in words):
            return False
    if _kickers().intersection(re.split(r"\W+", place.upper())):
        return False
    return len(more) <= 3 and all(_is_region(part) or _is_day(part) for part in more)


def _starts_sentence(rest: str) -> bool:
    first = rest[0]
    return first in "\"'“‘«„‹[(¿¡" or first.isdigit() or (first.isalpha() and not first.islower())


def _is_day(part: str) -> bool:
    """ "12 mars 2025", "mercredi 12 mars", "le 12 mars", "March 12", "2025"."""
    day = _DAY.fullmatch(part)
    return day is not None and (not day["before"] or day["before"].lower() in _before_days())


def _is_dated(place: str, more: Sequence[str]) -> bool:
    """Whether a day of a month that we know stands behind what is no weekday: "Le Havre, le 12 mars"."""
    days = (part.lower() for part in more if re.search(r"\d", part) and _is_day(part))
    words = {word for day in days for word in re.findall(r"[^\W\d_]+\.?", day)}
    return place.lower() not in _before_days() and not _months().isdisjoint(words)


def _is_region(part: str) -> bool:
    words = part.split(" ")
    return len(words) <= 4 and words[0][:1].isupper() and all(map(_WORD.fullmatch, words))


@functools.cache
def _months() -> frozenset[str]:
    return frozenset(month for each in languages.supported() for month in each.dates["month"])


@functools.cache
def _before_days() -> frozenset[str]:
    return frozenset(w for each in languages.supported() for w in (*each.dates["weekday"], *each.articles))


@functools.cache
def _kickers() -> frozenset[str]:
    lines = resources.files("toolkit.read").joinpath("kickers.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))
