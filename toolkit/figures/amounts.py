"""Numbers, and what the words around each make of it: money, a share, a quantity, a year.

Reads a folded text (see ``toolkit.figures``) and asks the parse only where letters do not
tell: whether "one" counts a noun, whether "1.5m" is followed by what there are millions of.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Doc, Token

from toolkit.figures.grammar import Grammar
from toolkit.figures.lengths import is_length
from toolkit.model import FigureKind, Span

_YEAR = re.compile(r"(?:19\d\d|20[0-4]\d)\Z")
_OLD_YEAR = re.compile(r"1[0-8]\d\d\Z")
_YEARS = re.compile(r"(?:1[89]|20)\d\d(?:[-/]| - )(?:19|20)?\d\d\Z")
_THOUSANDS = re.compile(r"\d[, ]\d{3}(?!\d)")
_SHORT_YEAR = re.compile(r"(?:\s|[(-])?'\d\d")  # since '88
_OF_A_LIST = re.compile(r"(?<![^\n])\d{1,2}[.)](?!\d)")
_BEFORE = 16  # characters that are looked at before a number
_LISTED = 60  # the same, for a label before a list of numbers
_LEADING_ZERO = re.compile(r"0\d+\Z")


class Found(NamedTuple):
    """A figure on its way; ``core`` is what may not lie in a name (of "500 Kenyan shillings" the 500)."""

    kind: FigureKind
    span: Span
    core: Span | None = None
    score: float | None = None


class Amounts:
    """The numbers of a document. ``text`` is its text, folded."""

    def __init__(self, doc: Doc, text: str, rules: Grammar) -> None:
        self.doc, self.text, self.rules, self.words = doc, text, rules, rules.words

    def found(self) -> Iterator[Found]:
        for match in self.rules.number.finditer(self.text):
            first, second = Span(*match.span("first")), Span(*match.span("second"))
            sign = match.start() if match["sign"] else None
            if match["joint"] is None:
                yield from self._amount(first, sign)
            elif self._are_years(match):
                yield from (Found("date", first), Found("date", second))
            elif self._belong_together(match):
                yield from self._amount(Span(first.start, second.end), sign)
            else:
                yield from self._amount(first, sign)
                yield from self._amount(second, match.start("other") if match["other"] else None)

    def _are_years(self, match: re.Match[str]) -> bool:
        """Whether two numbers are years that words connect ("2010 to 2015")."""
        both = _YEAR.match(match["first"]) and _YEAR.match(match["second"])
        in_words = match["joint"].strip().isalpha() and not match["sign"]
        return bool(both) and in_words and not self._is_counted(match.end())

    def _belong_together(self, match: re.Match[str]) -> bool:
        """Whether two numbers are one figure: a range, a score, "one in five", "one man in five"."""
        joint, first, second = match["joint"].strip().lower(), match["first"], match["second"]
        before = self._before(match.start())
        in_words = joint[0].isalpha()
        if second.lower() in self.words["articles"]:
            return False
        label = self.words["label_joints"] and self.rules.label.search(before)
        if label and self.rules.labelled.fullmatch(first):  # articles 5 to 9, but not article 5 to 8,000
            return self.rules.labelled.fullmatch(match[0]) is not None
        if match["among"]:  # but not "two books on three"
            counted = self._is_counted(match.end()) or self._said_behind(second, match.end("second"))
            return not (counted or match["sign"] or _YEAR.match(first) or _YEAR.match(second))
        if match["sign"]:  # "$10 to $15 million", but "$10 and $15" and "$10 million or 3 percent" are two
            is_between = joint in self.words["range_between"] and self.rules.between.search(before)
            is_range = joint == "-" or joint in self.words["range"] or bool(is_between)
            is_open = match["other"] is None or self._is_big(second, match.end("second"))
            return is_range and is_open and not self._is_big(first, match.end("first"), scale_only=True)
        if match["other"] or (in_words and (_YEAR.match(first) or _YEAR.match(second))):
            return False
        if joint in self.words["range_between"]:
            return bool(self.rules.between.search(before))
        if joint in self.words["ratio_of_one"]:
            return first.lower() in (*self.words["one"], "1") or self._is_share(match)
        if joint in self.words["range"] and self.rules.change.search(before):
            return self._said_behind(second, match.end("second")) is not None
        return True

    def _amount(self, number: Span, sign: int | None) -> Iterator[Found]:
        """What a number is, if anything. ``sign`` is where its currency begins."""
        words = self.text[slice(*number)]
        if sign is not None:
            scale = self.rules.money_scale.match(self.text, number.end)
            end = scale.end() if scale else number.end
            again = self.rules.money.match(self.text, end)
            weak = self.text[sign : number.start].strip(" .") in self.words["weak_prefixes"]
            if not weak or self._is_big(words, number.end):
                yield Found("money", Span(sign, again.end() if again else end), number)
        elif said := self._said_behind(words, number.end):
            kind, end = said
            below_zero = kind in ("percent", "quantity") and self._before(number.start).endswith((" -", "(-"))
            whole = Span(number.start - below_zero, end)
            yield Found(kind, whole, number if kind == "money" else None)
        elif kind_alone := self._alone(number):
            yield Found(kind_alone, number)

    def _said_behind(self, number: str, end: int) -> tuple[FigureKind, int] | None:
        """What the words behind a number make of it, and where they end."""
        text, rules = self.text, self.rules
        if number.lower() in self.words["articles"] and not rules.article_units.match(text, end):
            return None
        if match := rules.percent.match(text, end):
            return "percent", match.end()
        if match := rules.money.match(text, end):
            return "money", match.end()
        if (match := rules.weak_money.match(text, end)) and (match["country"] or self._is_big(number, end)):
            return "money", match.end()
        if match := rules.period.match(text, end):
            lone = number.lower() in self.words["one"] and match[0].strip().lower() in self.words["after_one"]
            is_year = _YEAR.match(number) or _YEARS.match(number)
            if lone or (is_year and not match[0].endswith("s")):  # one day; the 2022 school year
                return None
            return "relative" if match["ago"] else "quantity", match.end()
        if match := rules.unit.match(text, end):
            return "quantity", match.end()
        if match := rules.metres.match(text, end):
            return "quantity" if self._is_length(end - len(number), match.end()) else "number", match.end()
        return None

    def _alone(self, number: Span) -> FigureKind | None:
        """What a number is when nothing behind it tells."""
        rules, before = self.rules, self._before(number.start)
        words = self.text[slice(*number)].lower()
        if (
            words in self.words["no_numbers"]
            or rules.no_number.fullmatch(words)  # half, million
            or (words in self.words["one"] and not self._counts(number.start))
            or (words in self.words["before_noun"] and not self._is_before_noun(number))
            or _LEADING_ZERO.match(words)  # 0800
            or (rules.labelled.fullmatch(words) and rules.label.search(before))  # article 5
            or self._is_in_labelled_list(number)
            or (words.isdecimal() and rules.label_behind.match(self.text, number.end))  # 5, main street
            or self.text[number.end : number.end + 1].isalnum()  # 5G
            or _OF_A_LIST.match(self.text, number.start)
            or (
                _SHORT_YEAR.fullmatch(self._before(number.start)[-2:] + words)
                and not self._is_counted(number.end)
            )
        ):
            return None
        is_year = (
            _YEARS.match(words)
            or (_YEAR.match(words) and rules.before_year.search(before))
            or (_YEAR.match(words) and self._is_behind(number.start, self.words["year_behind"]))
            or (_OLD_YEAR.match(words) and rules.before_old_year.search(before))
        )
        return "date" if is_year and not self._is_counted(number.end) else "number"

    def _is_in_labelled_list(self, number: Span) -> bool:
        """Whether a label numbers a list that the number is in: sections 302, 307 and 34."""
        if not self.text[slice(*number)].isdecimal() or self._is_counted(number.end):
            return False
        joints = "|".join(map(re.escape, (*self.words["range"], *self.words["range_between"], "&")))
        item = rf"\d{{1,4}}[A-Za-z]?(?:\(\w{{1,3}}\)){{0,2}}(?:,? (?:{joints}) |, ?|/)"
        before = self.text[max(0, number.start - _LISTED) : number.start]
        match = re.search(rf"(?<![\w.,])(?:{item}){{1,8}}\Z", before)
        return match is not None and self.rules.label.search(before[: match.start()]) is not None

    def _is_share(self, match: re.Match[str]) -> bool:
        """Whether one number is told in another: "four in ten voters", but not "won four in ten games"."""
        noun, first = self._token(match.end()), self._token(match.start())
        if match["second"].lower() not in self.words["share_of"] or noun is None or first is None:
            return False
        is_done = first.i > 0 and first.nbor(-1).pos_ in ("VERB", "NOUN", "PROPN")
        return self._is_counted(match.end()) and noun.lower_ not in self.words["no_share"] and not is_done

    def _is_length(self, start: int, end: int) -> bool:
        """Whether the "m" that ends there means metres, and no millions."""
        if self._is_counted(end):
            return False
        noun = self._token(end)
        is_noun = noun is not None and noun.pos_ == "NOUN" and noun.idx == end + 1
        return is_length(self.text, Span(start, end), self.words, noun.lower_ if noun and is_noun else "")

    def _is_big(self, number: str, end: int, *, scale_only: bool = False) -> bool:
        """Whether a number holds a word such as million, or thousands (``scale_only``: only the former)."""
        scaled = self.rules.scaled.search(number) or self.rules.money_scale.match(self.text, end)
        return bool(scaled or (not scale_only and _THOUSANDS.search(number)))

    def _before(self, offset: int) -> str:
        return self.text[max(0, offset - _BEFORE) : offset]

    def _is_counted(self, offset: int, *, adjective: bool = False) -> bool:
        """Whether a noun in the plural follows, in the Penn or the universal tags; or an ``adjective``."""
        token = self._token(offset)
        if token is None:
            return False
        is_plural = "Plur" in token.morph.get("Number", [])
        kinds = ("NOUN", "ADJ") if adjective else ("NOUN",)
        return token.tag_ in ("NNS", "NNPS") or (token.tag_ in kinds and is_plural)

    def _is_before_noun(self, number: Span) -> bool:
        """Whether a noun in the plural follows a word that may be none: by its tag, or by its ending, as
        taggers go astray behind such a word, unless what it may belong to stands before."""
        noun = self._token(number.end)
        if noun is None or self._is_counted(number.end, adjective=True):
            return noun is not None
        is_plural = noun.is_alpha and noun.is_lower and not noun.is_stop
        is_plural = is_plural and noun.text.endswith(self.words["plural_endings"])
        return is_plural and not self._is_behind(number.start, ("NOUN", "PROPN", "ADJ", "ADV"))

    def _is_behind(self, offset: int, kinds: tuple[str, ...]) -> bool:
        """Whether the word before the one there is of some kinds, and only a blank between."""
        token = self._token(offset)
        return token is not None and token.i > 0 and token.nbor(-1).pos_ in kinds

    def _counts(self, offset: int) -> bool:
        """Whether the word there ("one") counts the noun behind it, and is no pronoun."""
        token = self._token(offset)
        if token is None or token.pos_ != "NUM" or token.i + 1 == len(self.doc):
            return False
        behind = token.nbor()
        return behind.pos_ in ("NOUN", "PROPN", "ADJ", "NUM") and behind.lower_ not in self.words["after_one"]

    def _token(self, offset: int) -> Token | None:
        """The first word at an offset or behind it."""
        doc = self.doc
        at = bisect_left(range(len(doc)), offset, key=lambda i: doc[i].idx)
        while at < len(doc) and doc[at].is_space:
            at += 1
        return doc[at] if at < len(doc) else None
