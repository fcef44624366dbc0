"""Numerals: what a number comes to, from its digits and words ("1.2 million", "half a dozen").

Knows no kinds of figures and no units; ``toolkit.figures.measures`` asks it. Words come from a
language's ``values``: what each is worth. A number that words leave open ("dozens", "a few
hundred") has no value.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

_MIXED = re.compile(r"(\d+) (\d)/(\d)(?!\d)")
_VULGAR = {mark: unicodedata.numeric(mark) for mark in "½⅓⅔¼¾⅛⅜⅝⅞"}
_DIGITS = re.compile(rf"(\d[\d., ]*)? ?([{''.join(_VULGAR)}])|\d(?:[\d., ]*\d)?")
_WORD = re.compile(r"[^\W\d_]+")
_THOUSAND = 1000.0
_TOGETHER = 3  # words that make one number, at most

Worth = Mapping[str, float]


class Number(NamedTuple):
    """``base`` times ``scale``: of "1.2 million" the 1.2 and the million. In a range the first
    number may borrow the scale of the second ("10 to 15 million")."""

    base: float
    scale: float = 1.0

    @property
    def value(self) -> float:
        return exact(self.base * self.scale)


@dataclass(frozen=True, slots=True)
class Numerals:
    """The words of a language and what they are worth, all in small letters.

    ``parts`` go before a scale or a unit ("half a"), ``extra`` behind a number ("and a half");
    of a fraction the denominator is told. ``decimal`` is the mark that the language writes before
    tenths. A number may be of several words ("sixty and ten"); ``bare`` scales mean one of them
    where no number is before.
    """

    numbers: Worth
    scales: Worth
    parts: Worth
    extra: Worth
    fractions: Worth
    links: frozenset[str]
    decimal: str
    bare: frozenset[str] = frozenset()

    def number(self, words: str) -> Number | None:
        """What a number comes to, None where its words leave it open or make no number."""
        words = words.lower()
        if match := _MIXED.match(words):
            ones, over, under = map(int, match.groups())
            base = ones + over / under if under else None
            return self._scaled(base, words[match.end() :])
        if match := _DIGITS.match(words):
            whole, vulgar = (match[1], _VULGAR[match[2]]) if match[2] else (match[0], 0.0)
            written = self._written(whole.strip()) if whole else 0.0
            return self._scaled(None if written is None else written + vulgar, words[match.end() :])
        return self._spelled(words)

    def share(self, words: str) -> float | None:
        """What a fraction comes to, in parts of a hundred: "two-thirds", "a quarter", "half"."""
        *count, name = _WORD.findall(words.lower()) or [""]
        under = self.fractions.get(name) or self.fractions.get(name.removesuffix("s"))
        if not under:
            return None
        over = 1.0
        if count:
            number = self.parts.get(count[0], self.numbers.get(count[0])) if len(count) == 1 else None
            if number is None:
                return None
            over = number
        return part_of_hundred(over, under)

    def _written(self, digits: str) -> float | None:
        """The value of digits with their marks: 1,234.5 and 1 234,5, 1,50,000 and 1.500.000."""
        decimal, other = self.decimal, "," if self.decimal == "." else "."
        if re.fullmatch(rf"\d+(?:[{decimal}]\d+)?", digits):
            return float(digits.replace(decimal, "."))
        grouped = rf"\d{{1,3}}(?:[{other} ]\d{{2,3}})*[{other} ]\d{{3}}(?:[{decimal}]\d+)?"
        if re.fullmatch(grouped, digits):
            return float(digits.replace(other, "").replace(" ", "").replace(decimal, "."))
        if re.fullmatch(rf"\d{{1,3}}(?:[{decimal}]\d{{3}}){{2,}}", digits):
            return float(digits.replace(decimal, ""))
        if re.fullmatch(rf"\d+[{other}]\d{{1,2}}", digits):  # a decimal mark of elsewhere
            return float(digits.replace(other, "."))
        return None

    def _scaled(self, base: float | None, words: str) -> Number | None:
        """Digits with the words behind them: scales, and perhaps "and a half"."""
        words, more, after = self._without_extra(words)
        scales = self._product(_WORD.findall(words))
        behind = self._product(after)
        if base is None or scales is None or behind is None:
            return None
        return Number(base + more, scales * behind)

    def extra_behind(self, words: str) -> tuple[str, float]:
        """The words behind a number without an "and a half" at their end, and what it adds."""
        phrase = next((each for each in self.extra if words.endswith(f" {each}")), "")
        return words.removesuffix(f" {phrase}"), self.extra.get(phrase, 0.0)

    def _without_extra(self, words: str) -> tuple[str, float, list[str]]:
        """The words before an "and a half", what it adds, and the words behind it."""
        plain = words.replace("-", " ")
        for phrase, more in self.extra.items():
            head, found, tail = plain.rpartition(phrase)
            if found:
                return head, more, _WORD.findall(tail)
        return words, 0.0, []

    def _product(self, words: Iterable[str]) -> float | None:
        """What scales come to one behind the other ("lakh crore"), None where one is no scale."""
        product = 1.0
        for word in words:
            if word not in self.scales:
                return None
            product *= self.scales[word]
        return product

    def _spelled(self, words: str) -> Number | None:
        words, more, after = self._without_extra(words)
        behind = self._product(after)
        if behind is None:
            return None
        if (part := self._part(words)) is not None:
            phrase, worth = part
            scales = self._product(_WORD.findall(words.replace("-", " ").removeprefix(phrase)))
            return None if scales is None else Number(worth + more, scales * behind)
        tokens = self._tokens(words)
        head = list(tokens)
        while head and head[-1] in self.scales:
            head.pop()
        scale = self._product(tokens[len(head) :])
        is_bare = any(token in self.bare for token in tokens[len(head) :])
        if is_bare or any(token in self.scales for token in head):  # two million three hundred thousand
            head, scale = tokens, 1.0
        base = self._sum(head)
        return None if base is None or scale is None else Number(base + more, scale * behind)

    def _tokens(self, words: str) -> list[str]:
        """The words of a number without what links them; those that make one number are one."""
        plain, found = _WORD.findall(words), list[str]()
        while plain:
            together = (" ".join(plain[:n]) for n in range(_TOGETHER, 1, -1))
            found.append(next((each for each in together if each in self.numbers), plain[0]))
            del plain[: found[-1].count(" ") + 1]
        return [token for token in found if token not in self.links]

    def _part(self, words: str) -> tuple[str, float] | None:
        plain = words.replace("-", " ")
        fitting = [p for p in self.parts if plain == p or plain.startswith(p + " ")]
        longest = max(fitting, key=len, default=None)
        return (longest, self.parts[longest]) if longest else None

    def _sum(self, tokens: list[str]) -> float | None:
        """Three hundred thousand and twenty-one; None for numbers that are only read out (nine one one)."""
        total = current = 0.0
        room, below = 100.0, float("inf")  # what may be added now, and which scale may still come
        for token in tokens:
            if (number := self.numbers.get(token)) is not None:
                if number >= room:
                    return None
                current += number
                room = 10.0 if number >= 20 else 0.0
            elif (scale := self.scales.get(token)) is not None and scale < below:
                if current == 0 and token not in self.bare:
                    return None
                if scale < _THOUSAND and current >= 100:  # nine hundred nine hundred
                    return None
                current = current or 1.0
                if scale < _THOUSAND:
                    current *= scale
                else:
                    total, current, below = total + current * scale, 0.0, scale
                room = 100.0
            else:
                return None
        return total + current if tokens else None


def part_of_hundred(over: float, under: float) -> float | None:
    """A share as written in hundredths, with two places: 2 of 3 are 66.67. None for more than all."""
    return round(100 * over / under, 2) if under and 0 <= over <= under else None


def exact(value: float) -> float:
    """Without the dust of binary fractions: 1.1 million is 1100000."""
    return float(f"{value:.15g}")
