"""Which sentences of an article may stand in a summary, and which hang on the one before.

A summary is read alone: no captions, bylines, "Read more" or corrections in it, no crossheads, no
half of a quotation that would read as the article's own voice. And no "He also said …" without
whom it tells of. Words are the language's own (``[summary]`` of its data); without them, marks and
stops alone tell. Pure functions of the text.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from toolkit import languages
from toolkit.marks import Quotation, quotations
from toolkit.model import Quote, Span
from toolkit.terms import words_of

_FEWEST_WORDS = 4  # a crosshead, a byline or a caption's end is not a sentence to send
_STOPS = tuple(".!?…。！？।؟۔")
_DOUBLE = '"“”„‟«»「」『』'
_PARTED_STOP = re.compile(r"\s\.\Z")  # put there by a program, behind a line that had none
_LINE_WORDS = 18  # a longer one is a sentence all the same
_RARELY = 0.5  # of the sentences; a text that parts all stops is tokenised, and they tell nothing
_SIGN = re.compile(r"\s*(?:©|https?://|www\.)", re.IGNORECASE)
_WORDS = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_QUOTED = re.compile(r"[\"“”„«»][^\"“”„«»]*[\"“”„«»]")
# Where a quotation in single marks may have ended or begun as well: too many of them are apostrophes.
_OTHER_SINGLE = re.compile(r"(?:[^\W_s]|[.,!?…])['’](?!\w)|(?<!\w)['‘](?=\w)")
_FIRST_SINGLE, _LAST_SINGLE = re.compile(r"['‘][^\W\d]"), re.compile(r"(?<=\S)['’](?!\w)")
_FRONTED = 12  # words before the comma of "On his way home to Leeds, he …", at most
_HEAD = 5  # words at the head of a sentence that "those" and "that" are looked for in


class Bound(NamedTuple):
    """Sentences that tell what somebody said and not who: the attribution stands in one before, or
    only in one ``behind``."""

    before: frozenset[Span] = frozenset()
    behind: frozenset[Span] = frozenset()


UNBOUND = Bound()


class Usable(NamedTuple):
    """The sentences that may stand in a summary, in order, and those of them that hang on the one before."""

    spans: list[Span]
    hanging: frozenset[Span]


def bound(sentences: Sequence[Span], quotes: Iterable[Quote]) -> Bound:
    """What of the quotes stands in other sentences (in the order of the text) than the words that
    attribute it. A quote that nothing attributes binds nothing."""
    starts = [s.start for s in sentences]
    before: set[Span] = set()
    behind: set[Span] = set()
    for quote in quotes:
        homes = {bisect_right(starts, part.start) - 1 for part in (*quote.cue, *quote.source)}
        if quote.status == "rejected" or not homes:
            continue
        for part in quote.content:
            first, last = bisect_right(starts, part.start) - 1, bisect_left(starts, part.end) - 1
            for place in {*range(max(0, first), last + 1)} - homes:
                (before if place > min(homes) else behind).add(sentences[place])
    return Bound(frozenset(before), frozenset(behind))


def usable(text: str, sentences: Sequence[Span], language: str = "", attributed: Bound = UNBOUND) -> Usable:
    """Whole sentences that tell the story, each once, in order. One that hangs is among them only with
    the sentence before it. Where a text has nothing else, crossheads and halves of quotations will do.
    ``language`` is ISO 639-1; ``attributed`` tells whose attribution stands elsewhere."""
    phrases = _phrases(language)
    quoted = _Quoted.of(text)
    parted = sum(bool(_PARTED_STOP.search(text, *span)) for span in sentences)
    stops_tell = parted < _RARELY * len(sentences)
    seen: set[str] = set()
    kept: list[Span] = []
    hung: list[Span] = []
    hanging_on: set[Span] = set()
    spare: list[Span] = []
    before: Span | None = None
    broken = False
    for span in sentences:
        last, before = before, span
        sentence = text[slice(*span)]
        # "…, said Capt.": the sentence was broken at the stop, and what follows is its other half.
        broken, rest = phrases is not None and phrases.breaks(sentence), broken
        words = words_of(sentence)
        key = " ".join(words)
        if len(words) < _FEWEST_WORDS or key in seen:
            continue
        seen.add(key)
        apart = phrases is not None and phrases.apart(sentence)
        half = span in attributed.behind or quoted.halved(span)
        hangs = last and (span in attributed.before or hanging(sentence, text[slice(*last)], language))
        if hangs:
            hanging_on.add(span)
        if apart or broken or rest or half or not _is_whole(sentence, stops_tell):
            spare.append(span)
        elif hangs and last not in kept[-1:]:
            hung.append(span)
        else:
            kept.append(span)
    return Usable(kept or hung or spare or list(sentences[:1]), frozenset(hanging_on))


def _is_whole(sentence: str, stops_tell: bool) -> bool:
    """Ends with a stop, and has as many marks that open as marks that close."""
    if sentence.rstrip("\"'”’»)] \u00a0")[-1:] not in _STOPS:
        return False
    if stops_tell and (parted := _PARTED_STOP.search(sentence)):
        heads = sentence[: parted.start()].split()
        if len(heads) <= _LINE_WORDS or not heads[-1][-1].isalnum():
            return False
    if _FIRST_SINGLE.match(sentence) and not _LAST_SINGLE.search(sentence):
        return False
    # By number, not by shape: what opens a quotation in one language closes it in another.
    return sum(map(sentence.count, '"“”„')) % 2 == 0 and sum(map(sentence.count, "«»")) % 2 == 0


class _Quoted(NamedTuple):
    """The quotations of a text, none within another, and where each ends."""

    quotations: list[Quotation]
    ends: list[int]

    @classmethod
    def of(cls, text: str) -> _Quoted:
        found = [q for q in quotations(text) if q.mark in _DOUBLE or not _OTHER_SINGLE.search(text, *q.inner)]
        return cls(found, [q.span.end for q in found])

    def halved(self, span: Span) -> bool:
        """Whether a quotation begins before a sentence or goes on behind it: with the marks outside,
        what somebody said would read as the article's own words."""
        for quotation in self.quotations[bisect_left(self.ends, span.start + 1) :]:
            if quotation.span.start >= span.end:
                return False
            if not quotation.closed:  # where it ends nobody knows; the paragraph's end is only a guess
                return quotation.span.start >= span.start
            if not span.contains(quotation.span) or quotation.continues:
                return True
        return False


class _Phrases(NamedTuple):
    """What sets sentences apart from the story in a language, and what makes them hang."""

    head: re.Pattern[str]
    abbreviated: frozenset[str]
    inside: tuple[str, ...]
    tail: re.Pattern[str]
    anywhere: re.Pattern[str]
    signed: re.Pattern[str]
    names: frozenset[str]
    byline: frozenset[str]
    goes_on: re.Pattern[str]
    later: frozenset[str]
    pointers: frozenset[str]
    pointers_behind: frozenset[str]
    free: frozenset[str]
    opening: frozenset[str]
    pronouns: frozenset[str]
    persons: frozenset[str]
    things: frozenset[str]
    impersonal: frozenset[str]
    someone: frozenset[str]
    dates: frozenset[str]

    def person(self, words: Sequence[str]) -> int | None:
        """The place of "she", "she's" or « a-t-elle »; not of « y a-t-il » or « faut-il »."""
        before = ""
        for i, word in enumerate(words):
            stem = _stem(word)
            if stem in self.persons:
                return i
            verb, _, last = stem.rpartition("-")
            if last in self.persons and self.impersonal.isdisjoint((before, verb)):
                return i
            before = word.lower()
        return None

    def breaks(self, sentence: str) -> bool:
        """The last word is half of a title: "Capt."."""
        return not self.abbreviated.isdisjoint(sentence.lower().split()[-1:])

    def apart(self, sentence: str) -> bool:
        """A caption, a credit, a byline, an invitation to the reader, a correction."""
        if _SIGN.match(sentence) or self.head.match(sentence):
            return True
        first = _WORDS.search(sentence)
        if first and first[0].lower() in self.byline:
            words = _WORDS.findall(sentence)
            return len(words) > 2 and self._are_names(words[1:])
        low = sentence.lower()
        if not any(phrase in low for phrase in self.inside):  # a tenth of what the patterns take
            return False
        if self.anywhere.search(sentence) or self.tail.search(sentence):
            return True
        rest = self.signed.sub(" ", sentence)
        return len(rest) < len(sentence) and self._are_names(_WORDS.findall(rest))

    def _are_names(self, words: Iterable[str]) -> bool:
        return all(word[0].isupper() or word.isdigit() or word.lower() in self.names for word in words)


@functools.cache
def _phrases(code: str) -> _Phrases | None:
    language = languages.get(code) if code else None
    if language is None:
        return None
    listed = language.summary

    def any_of(key: str) -> str:
        """Whole words: "more" is not the head of "moreover"."""
        words = sorted(listed.get(key, ()), key=len, reverse=True)
        ends = (r"(?<!\w)" * w[0].isalnum() + re.escape(w) + r"(?!\w)" * w[-1].isalnum() for w in words)
        return "|".join(ends) or "(?!)"

    def pattern(regex: str) -> re.Pattern[str]:
        return re.compile(regex, re.IGNORECASE)

    pointing = frozenset(w for key in ("pointers", "pointers_behind") for w in listed.get(key, ()))
    persons = frozenset(f for f, p in language.pronouns.items() if p.gender)
    return _Phrases(
        head=pattern(rf"[^\w@#]*(?:{any_of('apart_head')})"),
        abbreviated=frozenset(
            (*(t for t in language.titles if t.endswith(".")), *listed.get("abbreviated", ()))
        ),
        inside=tuple(word for key in ("apart", "apart_tail", "signed") for word in listed.get(key, ())),
        tail=pattern(rf"(?:{any_of('apart_tail')})\W*\Z"),
        anywhere=pattern(rf"(?:{any_of('apart')})"),
        signed=pattern(rf"(?:{any_of('signed')})"),
        names=frozenset(listed.get("beside_names", ())),
        byline=frozenset(listed.get("byline", ())),
        goes_on=pattern(rf"[\"“'‘«(\s]*(?:{any_of('goes_on')})"),
        later=frozenset(listed.get("later", ())),
        pointers=frozenset(listed.get("pointers", ())),
        pointers_behind=frozenset(listed.get("pointers_behind", ())),
        free=frozenset(listed.get("pointers_free", ())),
        opening=frozenset(listed.get("opening", ())),
        pronouns=(frozenset(language.pronouns) | language.connectives) - pointing,
        persons=persons,
        things=frozenset(listed.get("things", ())),
        impersonal=frozenset(listed.get("impersonal", ())),
        someone=language.roles | frozenset(language.gendered) | frozenset(language.checks.get("person", ())),
        dates=frozenset(w.lower() for kind in ("month", "weekday") for w in language.dates.get(kind, ())),
    )


def hanging(sentence: str, before: str, language: str) -> bool:
    """Whether a sentence can't be read without the one ``before`` it ("" for the first of a text):
    it begins with a pronoun or goes on from something, tells of "him" or "those cases" without
    naming them, or is a quotation without its speaker. ``language`` is ISO 639-1."""
    if not before:
        return False
    if _all_quoted(sentence):
        return True
    phrases = _phrases(language)
    if phrases is None:
        return False
    plain = _QUOTED.sub(" ", sentence)  # what somebody says points at what else they said
    words = _WORDS.findall(plain)
    for each in (sentence, plain):
        if (first := _WORDS.search(each)) and _stem(first[0]) in phrases.pronouns:
            return True
    if phrases.goes_on.match(plain):
        return True
    return _points_back(words, phrases) or _tells_of_nobody(plain, phrases)


def _all_quoted(sentence: str) -> bool:
    """All words stand between double marks."""
    return sentence[:1] in _DOUBLE and not any(c.isalnum() for c in _QUOTED.sub("", sentence))


@functools.lru_cache(maxsize=1 << 14)
def _stem(word: str) -> str:
    """ "She's" is "she"."""
    return word.lower().replace("’", "'").partition("'")[0]


def _points_back(words: Sequence[str], phrases: _Phrases) -> bool:
    """ "Of those cases", "To reach this goal"; not "those who", "this week", "says that"."""
    for i, word in enumerate(words[:_HEAD]):
        low = _stem(word)
        behind = i == 0 or words[i - 1].lower() in phrases.opening
        if low in phrases.pointers or (low in phrases.pointers_behind and behind):
            after = _stem(words[i + 1]) if i + 1 < len(words) else ""
            return after not in phrases.free
    return False


def _tells_of_nobody(plain: str, phrases: _Phrases) -> bool:
    """Somebody is "he" or "her" before anybody is named, and nobody is named behind the comma either."""
    fronted, comma, rest = plain.partition(",")
    head = _WORDS.findall(fronted)
    behind = _WORDS.findall(rest)
    if not comma or len(head) > _FRONTED:
        head, behind = _WORDS.findall(plain), []
    elif head and head[-1].lower() in phrases.later:  # "Five decades later, …"
        return True
    elif behind[1:] and behind[0].lower() in phrases.things and behind[1].lower() not in phrases.impersonal:
        return not _names_somebody(head, phrases)
    place = phrases.person(head)
    if place is not None:
        return not _names_somebody(head[:place], phrases) and not _names_somebody(behind[:6], phrases, True)
    place = phrases.person(behind)
    return place is not None and not _names_somebody([*head, *behind[:place]], phrases)


def _names_somebody(words: Sequence[str], phrases: _Phrases, inside: bool = False) -> bool:
    """A name, or a noun for a person; the first word of a sentence has its capital for nothing."""
    for i, word in enumerate(words):
        low = _stem(word)
        if low in phrases.someone:
            return True
        named = word[0].isupper() and len(word) > 1 and low not in phrases.dates
        if named and (i or inside or low not in phrases.opening):
            return True
    return False
