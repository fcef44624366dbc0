"""Help with a selection: growing it by words, and who is likely to have said it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import Literal

from toolkit import languages
from toolkit.model import Annotations, How, Quote, Span
from toolkit.paragraphs import paragraphs
from toolkit.runs import kept_mentions

# A word with what is joined to it by an apostrophe, a hyphen or a dot. Chinese and Japanese are written
# without blanks: there a character is a word.
_IDEOGRAPH = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_LETTER = rf"(?:(?![{_IDEOGRAPH}])[^\W_]|[\u0300-\u036f\u0610-\u061a\u064b-\u065f])"
_WORD = re.compile(rf"[{_IDEOGRAPH}]|{_LETTER}+(?:['’.\-‑]{_LETTER}+)*")
_OPENING = re.compile("[“„«‹\"‘'「『]")
_CLOSES = re.compile("[,.!?…;]*[”“»›\"’'」』]")
_CLOSING, _LEADS_IN = "”“»›\"’'」』", "“„«‹\"‘'「『"
# What may stand between a quotation and a name beside it: the marks, a comma, a colon, blanks.
_BEHIND = re.compile(rf"[,.!?…;]*[{_CLOSING}]?,?[^\S\n]*")
_SIGNED = re.compile(rf"[,.!?…;]*[{_CLOSING}]?\s{{0,3}}[―—–]\s{{0,3}}")  # “…” — Ann Poe
_SHORTEST_STEM, _LONGEST_ENDING = 2, 3  # letters
_AHEAD = re.compile(rf"[,:][^\S\n]*[{_LEADS_IN}]\Z")
# The share of the proposals that are right; see ``proposed``.
PROPOSED = 0.79
_AROUND = 200  # characters first looked at around the border


def grow(text: str, span: Span, side: Literal["start", "end"], words: int = 1) -> Span:
    """A span that reaches ``words`` words further at one side, or less far where it is negative.

    It is never empty and never leaves the text; where there is no further word it stays. With a word at
    its end, a span that begins with a quotation mark takes the closing one.
    """
    if side == "end":
        return Span(span.start, _end(text, span, words))
    return Span(_start(text, span, words), span.end)


def proposed(notes: Annotations, content: Span | Iterable[Span]) -> Span | None:
    """Where the likely speaker of a selection is named; None where nothing speaks for anybody.

    A person whose name stands next to the marks with a verb of saying ("“Why?” Ann Poe asked") or signs
    them ("“Why?” — Ann Poe"); else a person named in the same sentence outside the selection, the nearest
    one; else who says what stands nearest in the same paragraph; else who said what stands before. That is
    right for 79 in 100 of the labelled quotes, each in turn taken for one that was missed (``python -m
    benchmarks predict speakers … --proposed``).
    """
    selected = (content,) if isinstance(content, Span) else tuple(content)
    whole = Span(min(selected).start, max(s.end for s in selected))
    said = [
        q
        for q in notes.quotes
        if q.speakers and q.status != "rejected" and not any(_touches(q.content, s) for s in selected)
    ]
    return (
        _saying_beside(notes, whole)
        or _named_beside(notes, selected, whole)
        or _heard_near(notes, said, whole)
        or _speaker(notes, max((q for q in said if min(q.content) < whole), key=_last, default=None))
    )


def how_proposed(sentences: Iterable[Span], content: tuple[Span, ...], names: Iterable[Span]) -> How:
    """By which reading somebody named at these places is proposed: as named in a sentence of the quotation,
    else as who speaks near."""
    beside = [s for s in sentences if any(s.overlaps(c) for c in content)]
    is_named = any(s.contains(n) and not _touches(content, n) for n in names for s in beside)
    return "named" if is_named else "continued"


def is_proposed(quote: Quote) -> bool:
    """Whether a quote is an editor's and its speaker only a proposal, which no editor has confirmed."""
    return (
        quote.origin.startswith("editor:")
        and bool(quote.speakers)
        and quote.how in ("named", "continued")
        and not quote.source
        and quote.speaker_score is not None
    )


def _end(text: str, span: Span, words: int) -> int:
    if words < 0:
        ends = [m.end() for m in _WORD.finditer(text, *span)]
        return ends[max(0, len(ends) - 1 + words)] if len(ends) > 1 else span.end
    end, reach = span.end, _AROUND
    while words > 0:
        # A word that the border cuts in two is made whole first.
        base = span.end
        while base > span.start and not text[base - 1].isspace() and span.end - base < _AROUND:
            base -= 1
        until = min(len(text), span.end + reach * words)
        ends = [m.end() for m in _WORD.finditer(text, base, until) if m.end() > span.end]
        if len(ends) > words or until == len(text):
            end = ends[:words][-1] if ends else span.end
            break
        reach *= 4
    closes = _CLOSES.match(text, end)
    return closes.end() if end > span.end and closes and _OPENING.match(text, span.start) else end


def _start(text: str, span: Span, words: int) -> int:
    if words < 0:
        starts = [m.start() for m in _WORD.finditer(text, *span)]
        return starts[min(len(starts) - 1, -words)] if len(starts) > 1 else span.start
    reach = _AROUND
    start = span.start
    while words > 0:
        since = max(0, span.start - reach * words)
        while since and not text[since - 1].isspace() and span.start - since < 8 * reach * words:
            since -= 1
        until = span.start
        while until < span.end and not text[until].isspace() and until - span.start < _AROUND:
            until += 1
        starts = [m.start() for m in _WORD.finditer(text, since, until) if m.start() < span.start]
        if len(starts) > words or since == 0:
            start = starts[-words:][0] if starts else span.start
            break
        reach *= 4
    opens = start > 0 and _OPENING.match(text, start - 1)
    return start - 1 if start < span.start and opens and _CLOSES.match(text, span.end - 1) else start


def _touches(spans: Iterable[Span], other: Span) -> bool:
    return any(s.overlaps(other) for s in spans)


def _distance(span: Span, other: Span) -> int:
    return max(span.start - other.end, other.start - span.end, 0)


def _last(quote: Quote) -> Span:
    return max(quote.content)


def _speaker(notes: Annotations, quote: Quote | None) -> Span | None:
    return next((s.name for s in notes.speakers if quote and s.id == quote.speakers[0]), None)


def _saying_beside(notes: Annotations, whole: Span) -> Span | None:
    """Who is named right beside the marks with a verb of saying: behind them the sentence often ends with
    the mark, so that the name is in none of the selection's."""
    text, says = notes.article.text, _says(notes)
    people = [(m.span, e.name) for e in notes.entities if e.label == "PERSON" for m in kept_mentions(e)]
    opened = whole.start + (text[whole.start] in _LEADS_IN)
    if ahead := _AHEAD.search(text, max(0, opened - _AROUND), opened):
        at = ahead.start()
        for span, name in people:
            between = text[span.end : at].split() if 0 < at - span.end < _AROUND else []
            if len(between) == 1 and says(between[0]):
                return name  # Ann Poe asked: “…
    signed = _SIGNED.match(text, whole.end)
    language = languages.get(notes.article.language)
    # Where a dash begins a turn, one on the next line signs nothing.
    is_turn = bool(signed and "\n" in signed[0] and language and language.dialogue_dash)
    if signed and not is_turn and set(text[whole.end - 1 : signed.end()]) & set(_CLOSING):
        for span, name in people:
            if span.start == signed.end():
                return name
    behind = _BEHIND.match(text, whole.end)
    if behind is None or not set(text[whole.end - 1 : behind.end()]) & set(_CLOSING):
        return None
    first = _WORD.match(text, behind.end())
    leads = first.end() if first and says(first[0]) else None
    for span, name in people:
        if span.start == behind.end():
            second = _WORD.match(text, span.end + 1)
            if second and text[span.end].isspace() and says(second[0]):
                return name  # …” Ann Poe asked
        elif leads is not None and span.start == leads + 1 and text[leads].isspace():
            return name  # …” asked Ann Poe
    return None


def _says(notes: Annotations) -> Callable[[str], bool]:
    """Whether a word is a verb of saying: one that the article says something with, one that the language
    lists, or a form of one that it lists by its lemma. There is no parse here to tell the lemma by, so a
    form is what has the lemma's letters but its last and is little longer ("ask", "asked")."""
    cues = (notes.text(span).lower() for q in notes.quotes if q.act == "speech" for span in q.cue)
    language, known = languages.get(notes.article.language), {cue for cue in cues if " " not in cue}
    stems: set[str] = set()
    if language:
        listed = {word for words in language.checks.values() for word in words}
        known |= {*language.forms, *(w for w in listed if language.acts.get(w) == "speech")}
        lemmas = {lemma for lemma, frames in language.cues.items() if frames.get("clause") == "speech"}
        known |= lemmas
        stems = {lemma[:-1] for lemma in lemmas if len(lemma) > _SHORTEST_STEM}

    def says(word: str) -> bool:
        word = word.lower()
        return word in known or any(word[:-n] in stems for n in range(2, _LONGEST_ENDING + 2))

    return says


def _named_beside(notes: Annotations, selected: tuple[Span, ...], whole: Span) -> Span | None:
    sentences = [s for s in notes.sentences if s.overlaps(whole)]
    beside = (
        (_distance(m.span, whole), m.span, e.name)
        for e in notes.entities
        if e.label == "PERSON"
        for m in kept_mentions(e)
        if any(s.contains(m.span) for s in sentences) and not _touches(selected, m.span)
    )
    return min(beside, default=(0, whole, None))[2]


def _heard_near(notes: Annotations, said: list[Quote], whole: Span) -> Span | None:
    places = paragraphs(notes.article.text)
    at = bisect_right([p.start for p in places], whole.start) - 1
    if at < 0:
        return None
    near = [
        (_distance(s, whole), s, q.id, q)
        for q in said
        for s in (*q.content, *q.cue)
        if places[at].contains(s)
    ]
    return _speaker(notes, min(near)[3]) if near else None
