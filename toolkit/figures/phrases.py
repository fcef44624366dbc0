"""A date in its text: the words beside it that belong to it, or that make something else of it."""

from __future__ import annotations

import re
from collections.abc import Collection

from toolkit.figures.dates import Meaning, meaning
from toolkit.figures.lexicon import Lexicon, tokens, word
from toolkit.figures.tense import Tenses
from toolkit.model import Span

_TAIL = re.compile("t?[szo][yk]|t?z?[yk][lv]|[hlv]")  # what may follow a date and belong to it
_LEAD, _AHEAD = 30, 60  # characters that are looked at before and behind a date
_NAME = re.compile(r"[^\W\d_a-z]\w* \Z")
_NUMBER_BEFORE = re.compile(r"(?<![\w.,:/-])(\d{1,2})[^\W\d]{0,2} \Z")
_NUMBER_BEHIND = re.compile(r" (?:the |le )?(\d{1,2})[^\W\d]{0,2}(?![\w%°€$]|[.,:/-]\d)")
_STOP = re.compile(r"[\n.;:!?\"“”«»]")


class Phrases:
    """The dates of one text. ``text`` is folded (see ``toolkit.figures``); ``read`` is where other
    figures begin that are no bare numbers."""

    def __init__(self, text: str, known: Lexicon, tenses: Tenses, read: Collection[int] = ()) -> None:
        self.text, self.known, self.tenses, self.read = text, known, tenses, read

    def at(self, span: Span) -> tuple[Meaning | None, Span]:
        """What the date at a span means, None where that is not known, and its span with what belongs
        to it beside it: "last" Tuesday, January "last year"."""
        start, end = span
        row, _ = tokens(self.text[start:end], self.known)
        letters = "".join(token.letter for token in row)
        lead, ends = start, [end]
        if letters[:1] in tuple("wm") and (
            match := self.known.lead.search(self.text, max(0, start - _LEAD), start)
        ):
            lead = match.start()
        if set("wmd") & set(letters):
            stop = _STOP.search(self.text, end, end + _AHEAD)
            behind, _ = tokens(self.text[end : stop.start() if stop else end + _AHEAD], self.known)
            for n, token in enumerate(behind, 1):
                is_tail = _TAIL.fullmatch("".join(each.letter for each in behind[:n]))
                if is_tail and not self.known.possessive.match(self.text, end + token.end):
                    ends.append(end + token.end)
        tries = (Span(a, b) for b in reversed(ends) for a in dict.fromkeys((lead, start)))
        for whole in tries:
            if found := meaning(self.text[slice(*whole)], self.known):
                if number := self._number_beside(found, whole):
                    return self._with_number(whole, number), whole
                if self.known.between.search(self.text, max(0, whole.start - _LEAD), whole.start):
                    found = found.as_stretch()
                return None if self._is_no_date(found, whole) else found, whole
        return None, span

    def _number_beside(self, found: Meaning, span: Span) -> Span | None:
        """A number beside a weekday or month that no figure takes in and that counts nothing: it may be
        its day ("jeudi 12")."""
        if not set("wm") & set(found.letters) or set("nDNY") & set(found.letters):
            return None
        match = _NUMBER_BEHIND.match(self.text, span.end)
        if match is None and "m" in found.letters:
            match = _NUMBER_BEFORE.search(self.text, max(0, span.start - _LEAD), span.start)
        if match is None or match.start(1) in self.read or self.tenses.counts_many(Span(*match.span(1))):
            return None
        return Span(*match.span())

    def _with_number(self, span: Span, number: Span) -> Meaning | None:
        """A weekday with the number behind it, if that is a day."""
        return meaning(self.text[span.start : number.end], self.known) if number.start >= span.end else None

    def _is_no_date(self, found: Meaning, span: Span) -> bool:
        """Whether the words beside a phrase make something else of it."""
        before, known = self.text[max(0, span.start - _LEAD) : span.start], self.known
        if set("ae") & set(found.letters):
            return bool(known.vague.search(before))  # more than two years ago
        if found.letters == "d":
            is_title = self.text[span.start].isupper() and _NAME.search(before)  # Russia Today
            return bool(is_title) or (word(found.parts, "way") == "0" and self.tenses.is_timeless(span))
        if re.fullmatch("t?wh?", found.letters):
            return self._is_no_weekday(found, span, before)
        if set("wmYDN") & set(found.letters):
            return False
        return bool(known.of.match(self.text, span.end))  # last week of

    def _is_no_weekday(self, found: Meaning, span: Span, before: str) -> bool:
        """Whether a weekday is a name (Good Friday) or comes every week (on a Friday, Monday to Friday)."""
        known = self.known
        if known.named.search(before) or known.named_behind.match(self.text, span.end):
            return True
        is_counted = found.letters[0] == "t" or known.habit.search(before)
        if is_counted and not self.tenses.counts_a_noun(span):
            return True
        return self.tenses.is_named(span) or self._is_round(span)

    def _is_round(self, span: Span) -> bool:
        """Whether a weekday is an end of "Monday to Friday", which comes every week."""
        behind, _ = tokens(self.text[span.end : span.end + _LEAD], self.known)
        if [token.letter for token in behind[:2]] == ["r", "w"] and behind[0].value != "and":
            return True
        words = re.split(r"[ -]", self.text[max(0, span.start - _LEAD) : span.start])[-3:]
        before, _ = tokens(" ".join(words), self.known)
        is_dash = self.text[max(0, span.start - 1) : span.start] == "-"
        letters = "".join(token.letter for token in before)
        return letters.endswith("wr") or (is_dash and letters.endswith("w"))
