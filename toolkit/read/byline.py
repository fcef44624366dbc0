"""The line that tells who wrote a text: ``By Ana Ruiz and Tom Ek``, and what is a name in it.

Conservative, as the dateline is: "By popular demand" is none. A line of its own, above the running
text, of names with capitals; above all else only where its first name is a known given name.
"""

from __future__ import annotations

import functools
import re

from toolkit import languages
from toolkit.given_names import given_names
from toolkit.read.draft import one_line
from toolkit.read.heads import opening_lines, runs

PARTICLES = frozenset(
    ("de", "da", "di", "do", "du", "van", "von", "der", "den", "la", "le", "bin", "al", "el", "ten", "ter")
)
_BY = re.compile(r"\A(by|par|por|von|di|door)\b\s*:?\s+", re.IGNORECASE)
NAME_WORD = re.compile(r"[^\W\d_]+(?:[.’'-][^\W\d_]*)*\Z")
_AGENCY = re.compile(r"[A-Z]{3,6}\Z")
_STOP = re.compile(r"(?<=[^\W\d_]{4})\.\Z")  # not of "Jr."
_LONGEST = 140  # characters of the line
# What ends the names: where or for whom they write, what they are, an address.
_BEHIND = re.compile(r"\s+(?:[-–—|•·/]\s|\(|@|(?:in|at|for|à|au|aux|en|pour)\s)|[|/•·(]|,\s", re.IGNORECASE)
_BETWEEN = re.compile(r"(\s*,\s+|\s+(?:and|et|&|y|und|e|en)\s+)", re.IGNORECASE)


def without_by(byline: str) -> str:
    """A byline without its "By". "Von" and "di" begin names too and go only where a person is named behind
    them."""
    by = _BY.match(byline)
    if not by:
        return byline
    names = byline[by.end() :]
    is_person = _is_known(names) and " " in names
    return byline if by[1].lower() in PARTICLES and ":" not in by[0] and not is_person else names


def find_byline(text: str) -> str:
    """The names of a line that tells who wrote ``text``, on one line; "" if there is none."""
    for number, (start, line) in enumerate(opening_lines(text)):
        names = names_in(line, is_first=number == 0)
        if names and runs(text[start + len(line) :]):
            return names
    return ""


def names_in(line: str, *, is_first: bool = False) -> str:
    """The names in a line that is a byline, "" in another; of one that stands first more is asked."""
    words = one_line(line)
    by = _line_begins().match(words)
    if not by or len(words) > _LONGEST:
        return ""
    return _names(words[by.end() :], is_first=is_first, shouts=words.isupper())


def _names(words: str, *, is_first: bool, shouts: bool) -> str:
    """The names at the start of ``words``, "" where they may be something else."""
    taken: list[tuple[str, str]] = []
    pieces = _BETWEEN.split(words)
    for joint, piece in zip(["", *pieces[1::2]], pieces[::2], strict=True):
        behind = _BEHIND.search(piece)
        name = piece[: behind.start()] if behind else piece
        if not _is_name(name):
            if taken and not joint.strip().startswith(","):
                return ""  # "and" a thing that is no name
            break
        taken.append((joint, name))
        if behind:
            break
    if not taken:
        return words if _AGENCY.match(words) and not is_first and not shouts else ""
    if len(taken) > 1 and taken[-1][0].startswith(",") and not _is_known(taken[-1][1]):
        taken.pop()  # "Ana Ruiz, Staff Writer"
    if is_first and not _is_known(taken[0][1]):
        return ""
    return _STOP.sub("", "".join(map("".join, taken)))


def _is_known(name: str) -> bool:
    return name.partition(" ")[0].lower() in given_names()


def _is_name(name: str) -> bool:
    """Two to four words with capitals, besides "de" and the like, that are no article or day."""
    words = name.split()
    capitals = [word for word in words if word not in PARTICLES]
    return (
        2 <= len(capitals) <= 4
        and len(words) <= 6
        and all(map(NAME_WORD.fullmatch, words))
        and all(word[0].isupper() for word in capitals)
        and _no_names().isdisjoint(word.lower() for word in capitals)
    )


@functools.cache
def _line_begins() -> re.Pattern[str]:
    words = sorted({word for language in languages.supported() for word in language.summary["byline"]})
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))})\b\s*:?\s+", re.IGNORECASE)


@functools.cache
def _no_names() -> frozenset[str]:
    known = languages.supported()
    days = (word for language in known for kind in ("weekday", "month") for word in language.dates[kind])
    small = (w for each in known for w in (*each.articles, *each.small_words, *each.pronouns))
    may_be_names = {"may", "april", "june", "august", "jan", "al", "de", "la", "le", "du"}
    return frozenset((*days, *small)) - may_be_names
