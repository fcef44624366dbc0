"""Measures: what a figure comes to, as values with their units, from its words alone.

What is told only roughly in words ("dozens", "hundreds of miles") has no measure, and neither
has a pair of numbers that may be a score ("3-2"). Where one honest answer is hard to see:

- a fraction or a ratio is a share in parts of a hundred: "two-thirds" is 66.67 %, like "67 percent";
- a figure in two units has a measure for each: "160km (100 miles)", but also "5 feet 10 inches",
  whose parts add up;
- "$" and "dollars" alone are those of the United States, unless the article names those of any
  country: agencies write "A$" beside a "$" of either kind;
- letters behind a number that nobody knows ("$3 gazillion") leave it without a measure;
- a name or sign that several currencies share ("Rs", "pesos") stands for the one of them that the
  article names elsewhere. If it names none, or several, the unit is the noun ("rupee"): no
  country is guessed.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TypeAlias

from toolkit import languages
from toolkit.figures.grammar import Grammar, grammar
from toolkit.figures.numerals import Number, Numerals, part_of_hundred
from toolkit.model import FigureKind, Measure

Measures: TypeAlias = tuple[Measure, ...]

MEASURED: frozenset[FigureKind] = frozenset({"money", "percent", "quantity", "number"})
_BETWEEN = 24  # characters at most from a figure to the same in another unit
_CODE = re.compile(r"[A-Z]{3}")
_BEFORE = 40  # characters that are looked at before a figure
_GOES_ON = re.compile(r"[ -](?P<of>[^\W\d_]{1,3} [^\W\d_]{1,3} )?(?P<word>[^\W\d_]{3,20})(?!\w)")
_ILLION = re.compile(r"[ -]?[^\W\d_]{0,15}illi(?:on|ard)s?(?!\w)", re.IGNORECASE)
_COUNTRY = re.compile(r"[A-Z][\w.'-]{0,20}(?: [A-Z][\w.'-]{0,20}){0,2}")
_LETTERS = re.compile(r"[^\W\d_]*")
_GROUPED = re.compile(r"\d{1,3}[., ]\d{3}")
_THOUSAND = 1000.0
_FAR = 5  # times: "3 to 20,000" may be either
_SHORT = 3  # letters of a word that may be a scale


@dataclass(frozen=True, slots=True)
class Meter:
    """What a language knows of values. ``units`` and ``currencies`` map how they are written to
    what they are; ``shared`` nouns can mean several currencies, and the ``usual`` one is meant if
    nothing else is told."""

    rules: Grammar
    numerals: Numerals
    money_scales: Mapping[str, float]
    units: Mapping[str, str]
    currencies: Mapping[str, str]
    shared: Mapping[str, tuple[str, ...]]
    usual: Mapping[str, str]
    times: frozenset[str]
    again: re.Pattern[str]
    rate: re.Pattern[str]

    def measures(
        self, words: str, kind: FigureKind, *, counted: bool = False, between: bool = False
    ) -> Measures:
        """The measures of a figure. ``words`` are its own, folded; ``counted`` tells that a noun
        says what there are so many of, as with "10-15 women" and not with "won 10-15", ``between``
        that this word stands before them."""
        if kind not in MEASURED:
            return ()
        if kind == "number" and (share := self.numerals.share(words)) is not None:
            return (Measure(share, "%"),)
        matches = list(self.rules.number.finditer(words))
        found: list[Measure] = []
        gaps: list[str] = []
        for match, following in zip_longest(matches, matches[1:]):
            behind = words[match.end() : following.start() if following else len(words)]
            within = between or self.is_between(words, match.start())
            is_and = (match["joint"] or "").strip().lower() in self.rules.words["range_between"]
            measure = None if is_and and not within else self._measure(match, behind, kind, counted)
            if measure is None:
                return ()
            found.append(measure)
            gaps.append(behind)
        if (
            len(found) == 2
            and are_alike(*found)
            and self._links(gaps[0], between or self.is_between(words, matches[0].start()))
        ):
            low, high = found
            return (Measure(low.value, low.unit, high.value),) if low.value < high.value else ()
        is_negative = kind in ("percent", "quantity") and words.startswith("-")
        if found and is_negative:
            found[0] = Measure(-found[0].value, found[0].unit, found[0].upto)
        return tuple(found)

    def _measure(self, match: re.Match[str], behind: str, kind: FigureKind, counted: bool) -> Measure | None:
        """One number, or two with a joint, and the words behind."""
        first = self.numerals.number(match["first"])
        second = self.numerals.number(match["second"]) if match["joint"] else None
        behind, more = self.numerals.extra_behind(self._without_joint(behind))
        scale, behind = self._scale(behind, kind)
        unit = self._unit(match, behind, kind)
        if first is None or unit is None or (match["joint"] and second is None):
            return None
        if second is None:
            return Measure(Number(first.base + more, first.scale * scale).value, unit)
        joint = (match["among"] or match["joint"]).strip().lower()
        if match["among"]:  # one man in five
            joint = joint.partition(" ")[2]
        grouped = _GROUPED.fullmatch(match["second"]) is not None
        return None if more else self._of_two(first, second, scale, joint, unit, counted, grouped)

    def _of_two(
        self, first: Number, second: Number, scale: float, joint: str, unit: str, counted: bool, grouped: bool
    ) -> Measure | None:
        words = self.rules.words
        if joint in (*words["ratio"], *words["ratio_of_one"]):
            share = part_of_hundred(first.value, second.value)
            return None if share is None or unit else Measure(share, "%")
        if joint == "/" or (joint == "-" and not unit and not counted):
            return None
        second = Number(second.base, second.scale * scale)
        if first.scale == 1 and first.base < second.base:  # 10 to 15 million
            first = Number(first.base, second.scale)
        lent = first.value * _THOUSAND
        if (
            grouped and first.value < _THOUSAND and second.scale == 1 and lent < second.value
        ):  # 2-3,000 people
            if second.value % _THOUSAND or second.value > _FAR * lent:
                return None
            first = Number(lent)
        return Measure(first.value, unit, second.value) if first.value < second.value else None

    def _without_joint(self, behind: str) -> str:
        """The words behind a number up to where the next one is led in: " km (", " hours and "."""
        behind = re.split(r"[(,]", behind, maxsplit=1)[0].rstrip(" )/-")
        links = (*self.rules.words["range_between"], *self.rules.words["range"])
        head, _, last = behind.rpartition(" ")
        return head if last.lower() in links else behind

    def _scale(self, behind: str, kind: FigureKind) -> tuple[float, str]:
        """What a letter behind a number multiplies it by ("$3m"), and the words after it."""
        match = _LETTERS.match(behind.strip())
        word = match[0] if match else ""
        scale = self.money_scales.get(word.lower())
        if kind not in ("money", "number") or scale is None:
            return 1.0, behind
        return scale, behind.strip()[len(word) :]

    def _unit(self, match: re.Match[str], behind: str, kind: FigureKind) -> str | None:
        if kind == "money":
            return self._currency(match["sign"] or match["other"] or "", behind)
        if kind == "number":
            return None if behind.strip() else ""
        return self.unit(behind)

    def unit(self, words: str) -> str | None:
        """The unit that words behind a number mean, None if they mean none."""
        phrase = self._plain(words)
        for each in self.rules.words["after_period"]:
            phrase = phrase.removesuffix(f" {each}")
        if found := self._simple(phrase):
            return found
        what, *each_time = re.split(rf" {any_of(self.rules.words['per'])} | ?/ ?", phrase, maxsplit=1)
        if each_time and (found := self._simple(what)) and (other := self._simple(each_time[0])):
            return f"{found}/{other}"
        kind_of, _, rest = phrase.partition(" ")
        if kind_of.lower() in self.rules.words["before_unit"] and (noun := self._noun(rest)):
            return f"{kind_of.lower()} {noun}"
        return None

    def _simple(self, phrase: str) -> str | None:
        known = _known(self.units, phrase)
        if known or phrase in (*self.rules.words["unit_symbols"], *self.rules.words["close_symbols"]):
            return known or phrase
        return self._noun(phrase)

    def _noun(self, phrase: str) -> str | None:
        nouns = {*self.rules.words["units"], *self.rules.words["time_units"], *self.rules.words["per_units"]}
        forms = (phrase.lower(), phrase.lower().removesuffix("s"))
        return next((form for form in forms if form in nouns), None)

    def _plain(self, words: str) -> str:
        """Words behind a number without hyphens, and without the "of" of "hundreds of miles"."""
        phrase = words.strip(" -").replace("-", " ")
        for each in (*(f"{of} " for of in self.rules.words["of"]), *self.rules.words["of_elided"]):
            phrase = phrase.removeprefix(each)
        return phrase

    def _currency(self, sign: str, behind: str) -> str | None:
        """The currency of an amount, by its sign and the words behind it, which tell more if any."""
        before = self._by_sign(sign.strip()) if sign else None
        phrase = self._plain(behind).replace(".", "").split()
        tails = self.rules.words["amount_tails"]
        tail = next((i for i, word in enumerate(phrase) if word.lower() in tails), len(phrase))
        after = self._by_name(" ".join(phrase[:tail]))
        if after is None and tail and self._may_scale(behind, phrase[0]):
            return None
        if before is None or (after is not None and after in self.shared.get(before, ())):
            return after
        return before

    @staticmethod
    def _may_scale(behind: str, word: str) -> bool:
        """Whether a word that nobody knows may multiply the number that it follows."""
        return behind[:1].isalpha() or len(word) <= _SHORT or _ILLION.match(word) is not None

    def _by_sign(self, sign: str) -> str | None:
        """A sign that nobody knows stands for itself, but letters alone for nothing."""
        plain = sign.replace(".", "").replace(" ", "")
        return (
            _known(self.currencies, plain)
            or _known(self.currencies, sign.replace(".", ""))
            or (None if plain.isalpha() and not _CODE.fullmatch(plain) else plain)
        )

    def _by_name(self, name: str) -> str | None:
        if not name:
            return None
        if (known := _known(self.currencies, name)) or _CODE.fullmatch(name):
            return known or name
        words = {*self.rules.words["currencies"], *self.rules.words["weak_currencies"]}
        head, _, last = name.rpartition(" ")
        noun = next((n for n in (last.lower(), last.lower().removesuffix("s")) if n in words), None)
        is_named = not head or head in self.rules.words["currency_countries"] or _COUNTRY.fullmatch(head)
        return f"{head} {noun}".strip() if noun and is_named else None

    def is_between(self, text: str, start: int) -> bool:
        """Whether the word that leads a range in stands before an offset: "between"."""
        return self.rules.between.search(text[max(0, start - _BEFORE) : start]) is not None

    def _links(self, gap: str, between: bool) -> bool:
        """Whether what stands between two numbers ends with a joint of a range."""
        last = gap.rstrip().rpartition(" ")[2].lower()
        words = self.rules.words
        is_and = between and last in words["range_between"]
        return last.endswith("-") or last in words["range_of_amounts"] or is_and

    def goes_on(self, text: str, end: int, kind: FigureKind) -> bool:
        """Whether something follows that is no part of the figure, which then is worth something else than
        it says: "two and a half million", "a third of a point", "$5zz", "278.4 to the dollar"."""
        if kind == "money" and text[end : end + 1].isalpha():
            return True
        if kind in ("money", "number") and _ILLION.match(text, end, end + _BETWEEN):
            return True
        if kind == "number" and self.rate.match(text, end):
            return True
        match = _GOES_ON.match(text, end, end + _BETWEEN)
        if match is None:
            return False
        is_part = bool(match["of"]) and (
            match["word"].lower() in self.rules.words["parted"] or self._noun(match["word"])
        )
        return bool(is_part) or match["word"].lower() in self.numerals.scales

    def settled(self, all_measures: Sequence[Measures]) -> list[Measures]:
        """The measures of an article, with each shared name of a currency as the one that is meant."""
        told = {m.unit for measures in all_measures for m in measures}
        meant = {noun: self._meant(noun, told) for noun in self.shared if noun in told}
        return [
            tuple(
                Measure(m.value, self._usual_beside(m.unit, measures) or meant.get(m.unit, m.unit), m.upto)
                for m in measures
            )
            for measures in all_measures
        ]

    def _usual_beside(self, noun: str, measures: Measures) -> str | None:
        """The usual one of a name beside the same amount in another: A$5m ($3.3m)."""
        usual = self.usual.get(noun)
        others = {m.unit for m in measures}.intersection(self.shared.get(noun, ())) - {usual}
        return usual if others else None

    def _meant(self, noun: str, told: set[str]) -> str:
        members = told.intersection(self.shared[noun])
        if usual := self.usual.get(noun):
            return noun if members else usual
        return members.pop() if len(members) == 1 else noun


def are_alike(one: Measure, other: Measure) -> bool:
    """Whether two measures may be the ends of a range."""
    return one.unit == other.unit and one.upto is None and other.upto is None


def _known(table: Mapping[str, str], form: str) -> str | None:
    """What a form stands for: as written, in small letters, or in the singular."""
    lower = form.lower()
    forms = (form, form.removesuffix("s"), lower, lower.removesuffix("s"))
    return next((table[each] for each in forms if each in table), None)


@functools.cache
def meter(code: str) -> Meter | None:
    """The meter of a language, None for one that does not tell what its words are worth."""
    language = languages.get(code)
    if language is None or not language.values or not language.figures:
        return None
    values, rules = language.values, grammar(code)
    links = (*rules.words["range_between"], *(rules.words["of"] if rules.words["collective"] else ()))

    def worth(name: str) -> dict[str, float]:
        return {word: float(value) for value, words in values[name].items() for word in words}

    def meaning(name: str) -> dict[str, str]:
        return {form: what for what, forms in values[name].items() for form in (what, *forms)}

    units = meaning("units")
    times = {_known(units, unit) or unit for unit in language.figures["time_units"]}
    led_in = any_of(word for words in values["qualifiers"].values() for word in words)
    other = any_of(language.figures.get("or_in_other_unit", ()))
    return Meter(
        rules=rules,
        numerals=Numerals(
            **{name: worth(name) for name in ("numbers", "scales", "parts", "extra", "fractions")},
            links=frozenset(links),
            bare=frozenset(word for words in values.get("bare", {}).values() for word in words),
            decimal=language.figures.get("decimal_mark", (".",))[0],
        ),
        money_scales=worth("money_scales"),
        units=units,
        currencies=meaning("currencies"),
        shared=values["shared"],
        usual={noun: codes[0] for noun, codes in values.get("usual", {}).items()},
        times=frozenset(times),
        again=re.compile(rf"(?:(?P<open> ?\()|, {other} | ?/ ?)(?:(?i:{led_in}) )?"),
        rate=re.compile(
            rf" (?i:{any_of(language.figures.get('rate', ()))} (?:US )?"
            rf"{any_of(language.figures['currencies'])})(?!\w)"
        ),
    )


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first; without words it never matches."""
    each = sorted({*words}, key=lambda w: (-len(w), w))
    return f"(?:{'|'.join(map(re.escape, each))})" if each else "(?!)"
