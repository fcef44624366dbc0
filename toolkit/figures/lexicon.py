"""The words of a phrase that tells a date, by what they mean.

Each meaning has a letter, and of units "y" is a year, "k" a week, "b" a weekend, "u" any other,
so that a phrase is a row of letters: "early last year" is "isy". A language brings the words.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from re import Pattern
from typing import NamedTuple, TypeAlias

from toolkit import languages

_LETTERS = {
    "month": "m", "weekday": "w", "number": "n", "unit": "u", "units": "U", "day": "d", "feast": "f",
    "shift": "s", "behind": "l", "plural_shift": "g", "this": "z", "stretch": "p", "other": "o",
    "other_behind": "v",
    "beside": "q", "ago": "a", "than": "e", "part": "h", "within": "i", "range": "r", "definite": "t",
    "season": "c", "filler": "",
}  # fmt: skip
_UNITS = {"year": "y", "week": "k", "weekend": "b"}


class Token(NamedTuple):
    """A word by its meaning; ``end`` is where it ends in the phrase. Dates in figures have letters of
    their own: "D" is 2021-03-14, "N" is 14/3/2021, "X" is 1990s, "R" is 2020-21, "Y" is 2021."""

    letter: str
    value: str
    end: int


Parts: TypeAlias = Mapping[str, tuple[Token, ...]]  # words of a phrase by the part they play in its shape


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``token`` matches one word, ``meanings`` gives its letter and value. The others are of words
    that stand beside a phrase: ``lead`` is searched in what is before it and belongs to it, ``vague``,
    ``habit``, ``between`` and ``named`` likewise, ``of``, ``possessive`` and ``named_behind``
    are matched behind it."""

    token: Pattern[str]
    meanings: Mapping[str, tuple[str, str]]
    lead: Pattern[str]
    vague: Pattern[str]
    habit: Pattern[str]
    between: Pattern[str]
    named: Pattern[str]
    named_behind: Pattern[str]
    of: Pattern[str]
    possessive: Pattern[str]


@functools.cache
def lexicon(code: str) -> Lexicon:
    """The words of a language that has some for dates, by its code."""
    language = languages.get(code)
    assert language is not None
    words = language.dates
    meanings = {
        word: (_UNITS.get(value, letter) if kind == "unit" else letter, value)
        for kind, letter in _LETTERS.items()
        for word, value in words.get(kind, {}).items()
    }
    numbers = {word: int(value) for word, value in words["number"].items()}
    for ten, tens in numbers.items():
        for one, ones in numbers.items():
            if tens >= 20 and 0 < ones < 10:
                meanings.setdefault(f"{ten} {one}", ("n", str(tens + ones)))
    suffixes = {name: [w for w, v in words["suffix"].items() if v == name] for name in ("day", "decade")}
    definite = words.get("definite", {})
    leading = [word for kind in ("shift", "this", "stretch", "other") for word in words.get(kind, ())]

    def before(*kinds: str) -> Pattern[str]:
        return re.compile(
            rf"(?<!\w){_any([w for k in kinds for w in words.get(k, ())])}[ -]?\Z", re.IGNORECASE
        )

    def behind(kind: str) -> Pattern[str]:
        return re.compile(rf" {_any(words.get(kind, ()))}", re.IGNORECASE)

    return Lexicon(
        re.compile(
            r"(?P<none>[ ,()]+)|(?P<D>\d{4}-\d\d-\d\d(?!\w))"
            r"|(?P<N>\d{1,2}(?P<mark>[/.-])\d{1,2}(?P=mark)(?:\d{4}|\d\d)(?!\w))"
            rf"|(?P<X>[12]\d\d0{_any(suffixes['decade'])})|(?P<R>[12]\d{{3}}[-/](?:[12]\d{{3}}|\d\d)(?!\w))"
            rf"|(?P<Y>[12]\d{{3}}(?!\w))|(?P<n>\d{{1,3}})(?:{_any(suffixes['day'])})?(?!\w|,\d{{3}})"
            rf"|(?P<word>{_any(meanings)})|(?P<r>-)"
        ),
        meanings,
        lead=re.compile(rf"(?<!\w)(?:{_any(definite)} )?(?:{_any(leading)} ){{1,2}}\Z", re.IGNORECASE),
        vague=before("vague"),
        habit=before("habit"),
        between=before("between"),
        named=before("named"),
        named_behind=behind("named_behind"),
        of=behind("of"),
        possessive=re.compile(_any(words.get("possessive", ()))),
    )


def _any(words: Mapping[str, object] | list[str] | tuple[()]) -> str:
    """One of the words, the longest first; nothing where there are none."""
    written = (
        re.escape(w).replace(r"\ ", "[ -]") + (r"(?!\w)" if w[-1].isalnum() else "")
        for w in sorted(words, key=lambda w: (-len(w), w))
    )
    return f"(?:{'|'.join(written)})" if words else "(?!)"


def tokens(words: str, known: Lexicon) -> tuple[list[Token], bool]:
    """The words that are known, up to the first that is not, and whether all are. ``words`` are folded
    (see ``toolkit.figures``)."""
    words, at, found = words.lower(), 0, list[Token]()
    while at < len(words):
        match = known.token.match(words, at)
        if not match:
            return found, False
        at, letter, value = match.end(), match.lastgroup or "", match[0]
        if letter == "word":
            letter, value = known.meanings[value.replace("-", " ") if value not in known.meanings else value]
        elif letter == "n":
            value = match["n"]
        elif letter == "r" and found and found[-1].letter == "i":
            continue  # mid-June
        if letter not in ("", "none"):
            found.append(Token(letter, value, at))
    return found, True


def number(parts: Parts, name: str, otherwise: int = 0) -> int:
    """The number that a part of a phrase means."""
    return int(parts[name][0].value) if name in parts else otherwise


def word(parts: Parts, name: str) -> str:
    """What a part of a phrase means."""
    return parts[name][0].value
