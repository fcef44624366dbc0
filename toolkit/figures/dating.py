"""When the dates of an article are: each seen from its day, its neighbours and the parse.

The day of the article is that of its publication, else that of its dateline, where that has a
year. Without one only what names its year has a date.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from spacy.tokens import Doc

from toolkit.figures import calendar, clock
from toolkit.figures.calendar import Period, Setting, Tense
from toolkit.figures.dates import Meaning
from toolkit.figures.lexicon import lexicon, tokens
from toolkit.figures.phrases import Phrases
from toolkit.figures.tense import Tenses
from toolkit.figures.written import numbers
from toolkit.languages import Language
from toolkit.marks import Quotation, quotations
from toolkit.model import FigureKind, Span
from toolkit.paragraphs import paragraphs
from toolkit.read.dateline import find_dateline

PUBLISHED = "toolkit_published"  # where ``doc.user_data`` has the article's day, ISO 8601

_DATES = ("date", "relative")
_ENDS, _END_WITHIN = re.compile(r"(?:[.!?…:;。！？][\"'’”»)\]]*\s*|\n\s*)\Z"), 8
_GAP = 24  # characters between a time and its date
_DATELINE_WITHIN = 2000  # characters
_RECENT = 30  # days
_LISTED = 8  # dates that share a year: in January, March and May last year


class Told(Protocol):
    """What a figure has to be asked."""

    @property
    def kind(self) -> FigureKind: ...
    @property
    def span(self) -> Span: ...


class _Phrase(NamedTuple):
    """A date in its place: with the words beside it that belong to it, its sentence and paragraph."""

    meaning: Meaning | None
    span: Span
    sentence: int
    paragraph: int


def dated(doc: Doc, text: str, language: Language | None, found: Sequence[Told]) -> list[str]:
    """The date of each figure in ISO 8601, "" where it is none or can't be told.

    ``text`` is the document's, folded; ``found`` are its figures in order.
    """
    if language is None or not language.dates:
        return [""] * len(found)
    return _Dates(doc, text, language, found).all()


class _Dates:
    """The dates of one article, read in the order of the text."""

    def __init__(self, doc: Doc, text: str, language: Language, found: Sequence[Told]) -> None:
        self.text, self.language, self.found = text, language, found
        self.known, self.tenses = lexicon(language.code), Tenses(doc, language)
        self._ranges = language.dates.get("range", {})
        as_written = doc.text
        parts = paragraphs(as_written)
        self.paragraphs = [paragraph.start for paragraph in parts]
        self.sentences = _sentences(doc, as_written) or self.paragraphs
        self.quotations = quotations(as_written, dialogue_dash=language.dialogue_dash)
        self.quotation_starts = [q.span.start for q in self.quotations]
        begun = {each.span.start for each in found if each.kind != "number"}
        read = Phrases(text, self.known, self.tenses, begun)
        self.phrases = {
            n: self._placed(*read.at(each.span)) for n, each in enumerate(found) if each.kind in _DATES
        }
        self.day_first = self._order()
        self.periods: dict[int, Period | None] = {}
        self.years: dict[int, int] = {}  # the year that the text is in, where it has named one
        self.dateline = _dateline(as_written, parts[:3])
        self.near = calendar.parse(doc.user_data.get(PUBLISHED, ""))
        if (self.near is None or not self.near.is_day) and (told := self._day_of_dateline()):
            self.near = told

    def all(self) -> list[str]:
        spoken = {n for n, phrase in self.phrases.items() if self._is_spoken(phrase)}
        before: int | None = None
        for n in self.phrases:
            self.periods[n] = None if n in spoken else self._period(n, before)
            before = n
        days = self._days_told()
        for n in sorted(spoken):
            self.periods[n] = self._period_in_speech(n, days)
        dates = {n: calendar.iso(period) for n, period in self.periods.items() if period}
        dates |= {n: self._time(n) for n, each in enumerate(self.found) if each.kind == "time"}
        return [dates.get(n, "") for n in range(len(self.found))]

    def _placed(self, meaning: Meaning | None, span: Span) -> _Phrase:
        sentence, paragraph = (
            bisect_right(starts, span.start) - 1 for starts in (self.sentences, self.paragraphs)
        )
        return _Phrase(meaning, span, sentence, paragraph)

    def _order(self) -> bool | None:
        """Whether the day comes first in dates such as 3/4/2021, where the article's own or its
        language tell."""
        known = [numbers(self.text[slice(*p.span)]) for p in self.phrases.values()]
        told = {first > 12 for first, second, _ in filter(None, known) if (first > 12) != (second > 12)}
        return told.pop() if len(told) == 1 else (True if self.language.day_first else None)

    def _day_of_dateline(self) -> Period | None:
        for phrase in self.phrases.values():
            if phrase.meaning and self.dateline.contains(phrase.span):
                period = phrase.meaning.period(Setting(self.near, "past", None, self.day_first))
                if period and period.is_day:
                    return period
        return None

    def _period(self, n: int, before: int | None) -> Period | None:
        """The days of a date; ``before`` is the one that the text told before it."""
        phrase, other = self.phrases[n], None
        if phrase.meaning is None:
            return None
        told = self.phrases[before] if before is not None else None
        is_near = told is not None and phrase.sentence - told.sentence <= 1
        if before is not None and is_near:
            other = self.periods[before]
        tense = self._tense(phrase)
        found = phrase.meaning.period(Setting(self.near, tense, other, self.day_first))
        if phrase.meaning.has_year and found:
            self.years[n] = found.first.year
        if not phrase.meaning.is_bare:
            return found
        if (naming := self._naming_year(n)) is not None:
            return self._in_year_behind(phrase.meaning, self.phrases[naming].meaning, other)
        if found and self._is_renowned(found, phrase.span):
            return None
        if told is None or before not in self.years or not is_near or phrase.paragraph != told.paragraph:
            return found
        return self._in_year_told(n, before, tense, found)

    def _tense(self, phrase: _Phrase) -> Tense:
        if self.dateline.contains(phrase.span):
            return "past"
        is_weekend = phrase.meaning is not None and "b" in phrase.meaning.letters
        # "The paper reports of a fire at the weekend": the present tells nothing of that.
        return "" if is_weekend and self.tenses.is_timeless(phrase.span) else self.tenses.of(phrase.span)

    def _in_year_told(self, n: int, before: int, tense: Tense, found: Period | None) -> Period | None:
        """A month or day just behind another year: "In 2019 he was arrested in March" is told of that
        year, "3% in December 2024 and 4% in January" of the next. Where another verb comes between it
        may be told of either, and what is still to come is told of no year that is past. A year in an
        aside ("born in 1962, she died on 3 January") tells nothing of it."""
        phrase, told, year = self.phrases[n], self.phrases[before], self.years[before]
        if phrase.meaning is None or (found and found.first.year == year):
            return found
        if told.meaning and told.meaning.letters == "Y" and self.tenses.stands_aside(told.span, phrase.span):
            is_near = found is not None and (tense == "future" or calendar.is_close(self.near, found))
            return found if is_near else None
        verb, over = self.tenses.verb(phrase.span), self.tenses.verb(told.span)
        is_one = verb is not None and verb == over
        is_over = self.near is not None and year < self.near.first.year
        if tense == "future" and is_over:
            return found if not is_one and self._tense(told) == "past" else None
        self.years[n] = year
        if not is_one:
            return None
        earlier, there = self.periods[before], phrase.meaning.period_of_year(year)
        if tense != "past" or earlier is None or there is None:
            return None
        if earlier.grain == "year" and self._are_listed(told.span, phrase.span):
            return None  # 3% in 2023 and 2% in the three months to February
        if there.first < earlier.first:
            there = phrase.meaning.period_of_year(year + 1)
            self.years[n] = year + 1
            return there if there == found else None
        return there

    def _are_listed(self, first: Span, second: Span) -> bool:
        """Whether "and" stands between two dates, so that each is told of something else."""
        between = self.text[first.end : second.start].lower().split()
        return any(value == "and" and word in between for word, value in self._ranges.items())

    def _is_renowned(self, found: Period, span: Span) -> bool:
        """Whether a day without a year may be one that is known by its name ("the Sept. 11 attacks")."""
        if not found.is_day or f"{found.first:%m-%d}" not in self.language.dates["renowned"]:
            return False
        is_far = self.near is None or abs(self.near.first - found.first).days > _RECENT
        return is_far or self.tenses.counts_a_noun(span)

    def _naming_year(self, n: int) -> int | None:
        """The date that names the year for the first part of "5 May to 3 June 2019", of "between January
        and September last year", and of a list of such."""
        for at in range(n + 1, n + _LISTED):
            following = self.phrases.get(at)
            if following is None or following.meaning is None or "month" not in following.meaning.parts:
                return None
            gap = self.text[self.phrases[at - 1].span.end : following.span.start]
            row, whole = tokens(gap, self.known)
            if whole and [token.letter for token in row] == ["r"]:
                return at if following.meaning.names_its_year else None
            if gap.strip() != ",":
                return None
        return None

    def _in_year_behind(
        self, meaning: Meaning, naming: Meaning | None, other: Period | None
    ) -> Period | None:
        there = naming.period(Setting(self.near, "", other)) if naming else None
        here = meaning.period_of_year(there.first.year) if there else None
        if there and here and here.first > there.first:
            return meaning.period_of_year(there.first.year - 1)
        return here

    def _is_spoken(self, phrase: _Phrase) -> bool:
        """Whether somebody says "yesterday" between quotation marks, whose yesterday it then is."""
        is_day = phrase.meaning is not None and re.fullmatch("d[h]?|[sz]h", phrase.meaning.letters)
        return bool(is_day) and self._quotation(phrase.span) is not None

    def _quotation(self, span: Span) -> Quotation | None:
        at = bisect_right(self.quotation_starts, span.start) - 1
        return self.quotations[at] if at >= 0 and span.start < self.quotations[at].span.end else None

    def _period_in_speech(self, n: int, days: Mapping[int, set[Period]]) -> Period | None:
        """A day seen from the one on which it was said, where the sentences of its quotation name that
        one. ``days`` are those of saying, by sentence."""
        phrase = self.phrases[n]
        quotation = self._quotation(phrase.span)
        if quotation is None or phrase.meaning is None:
            return None
        ends = (quotation.span.start, quotation.span.end - 1)
        first, last = (bisect_right(self.sentences, at) - 1 for at in ends)
        told = set().union(*(days[sentence] for sentence in range(first, last + 1) if sentence in days))
        return phrase.meaning.period(Setting(told.pop())) if len(told) == 1 else None

    def _days_told(self) -> dict[int, set[Period]]:
        """The days on which something is said, named outside quotation marks, by sentence."""
        days: dict[int, set[Period]] = {}
        for n, period in self.periods.items():
            span, sentence = self.phrases[n].span, self.phrases[n].sentence
            if period and period.is_day and self._quotation(span) is None and self.tenses.is_of_saying(span):
                days.setdefault(sentence, set()).add(period)
        return days

    def _time(self, n: int) -> str:
        """A time of day on the date beside it ("Monday at 9:10pm"); the date alone where the words
        do not tell the hour."""
        span = self.found[n].span
        beside = [m for m in (n - 1, n + 1) if m in self.periods]
        nearest = sorted((gap, m) for m in beside if (gap := self._gap(span, self.phrases[m].span)))
        period = self.periods[nearest[0][1]] if nearest else None
        if not period or not period.is_day:
            return ""
        at = clock.read(self.text[slice(*span)], self.language)
        return "" if at is None else f"{calendar.iso(period)}T{at}" if at else calendar.iso(period)

    def _gap(self, time: Span, date: Span) -> int:
        """How many characters part a time from a date, if only words such as "on" do; else 0."""
        first, second = sorted((time, date))
        gap = self.text[first.end : second.start]
        if not 0 < len(gap) <= _GAP or "\n" in gap:
            return 0
        row, whole = tokens(gap, self.known)
        is_joint = gap.strip().lower() in self.language.dates["joining"]
        return len(gap) if is_joint or (whole and all(token.letter in "ti" for token in row)) else 0


def _sentences(doc: Doc, text: str) -> list[int]:
    """Where sentences begin. The parser also begins one at a comma; that is none."""
    starts = [sentence.start_char for sentence in doc.sents] if doc.has_annotation("SENT_START") else []
    return [at for at in starts if not at or _ENDS.search(text, max(0, at - _END_WITHIN), at)]


def _dateline(text: str, first: Iterable[Span]) -> Span:
    """Where the dateline stands in the first paragraphs; at no place if there is none."""
    for paragraph in first:
        head = find_dateline(text[slice(*paragraph)]) if paragraph.start < _DATELINE_WITHIN else ""
        if head:
            return Span(paragraph.start, paragraph.start + len(head))
    return Span(0, 0)
