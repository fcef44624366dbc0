"""Figures: those that nobody answers for, and those that contradict each other."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Hashable, Iterator
from itertools import pairwise

from toolkit import languages
from toolkit.checks.finding import WORD, Finding, Stretches, listed, marked, prose, told, words
from toolkit.model import Annotations, Figure, Span

_BIG = 1000  # from here on a counted number or a sum of money is a claim
_NEAR = 60  # characters between a number and the word that makes it a toll
_CLAUSE = re.compile(r"[,;:–—](?!\d)")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_GAP = 60  # characters
_MOST = 3  # paragraphs with such figures that are told one by one
_SHOWN = 3  # figures in a message


def unsourced_figure(notes: Annotations) -> Iterator[Finding]:
    """Sums, shares, tolls and large counts in no statement that was found, for which nobody is cited in the
    sentence, in the one before it, or where the same figure stands again."""
    if not (table := words(notes)):
        return
    running = prose(notes)
    said = Stretches(_told_by_others(notes))
    cited = {s for s in notes.sentences if said.touched(s) or _cites(notes.text(s), table["cites"])}
    goes_on = _next_in_paragraph(notes, cited, running)
    covered = Stretches((*cited, *goes_on, *(q.span for q in marked(notes))))
    sentences = Stretches(notes.sentences)

    @functools.cache  # many figures may stand in one sentence
    def unasked(sentence: Span) -> bool:
        return _cites(notes.text(sentence), table["unasked"])

    @functools.cache
    def in_books(sentence: Span) -> bool:
        return _is_history(notes, sentence)

    tolls = frozenset(table["tolls"])
    figures = [f for f in notes.figures if f.status != "rejected"]
    kept = {q.id for q in notes.quotes if q.status != "rejected"}
    vouched = {_same(notes, f) for f in figures if f.quote in kept or covered.touched(f.span)}
    by_paragraph: dict[Span, list[Span]] = {}
    for figure in figures:
        paragraph, sentence = running.at(figure.span.start), sentences.at(figure.span.start)
        if not (paragraph and sentence) or _same(notes, figure) in vouched:
            continue
        may_be_toll = () if in_books(sentence) else tolls
        if not unasked(sentence) and _is_claim(notes, figure, sentence, may_be_toll):
            by_paragraph.setdefault(paragraph, []).append(_with_counted(notes, figure))
    if len(by_paragraph) > _MOST:  # a story that is all figures: results, prices, a poll
        spans = [span for group in by_paragraph.values() for span in group]
        message = f"No source was found for {len(spans)} figures, beginning with {told(notes, spans[0])}."
        yield Finding("unsourced-figure", spans[0], message, tuple(spans[1:]))
        return
    for first, *rest in by_paragraph.values():
        shown = listed(told(notes, span) for span in (first, *rest)[:_SHOWN])
        yield Finding("unsourced-figure", first, f"No source was found for {shown}.", tuple(rest))


def _told_by_others(notes: Annotations) -> Iterator[Span]:
    for quote in notes.quotes:
        if quote.status != "rejected" and quote.kind != "scare":
            yield from (*quote.content, *quote.cue, *quote.source)


def _next_in_paragraph(notes: Annotations, cited: set[Span], running: Stretches) -> Iterator[Span]:
    """The sentences that go on from one with a source: it is theirs too."""
    for one, following in pairwise(notes.sentences):
        if one in cited and running.at(one.start) == running.at(following.start):
            yield following


def _with_counted(notes: Annotations, figure: Figure) -> Span:
    """The figure with what it counts, where that stands right behind it."""
    counts = figure.counts
    near = counts is not None and figure.span.end <= counts.start <= figure.span.end + 1
    return Span(figure.span.start, counts.end) if counts and near else figure.span


def _cites(sentence: str, phrases: tuple[str, ...]) -> bool:
    """Whether one of the phrases stands in a sentence; "…" in a phrase is for some words."""
    text = f" {' '.join(WORD.findall(sentence.lower().replace('’', chr(39))))} "
    for phrase in phrases:
        head, gap, tail = phrase.partition(" … ")
        at = text.find(f" {head} ")
        if at >= 0 and (not gap or f" {tail} " in text[at + len(head) :][:_GAP]):
            return True
    return False


def _same(notes: Annotations, figure: Figure) -> Hashable:
    """What two figures share that say the same: their values, or else their words."""
    return frozenset(figure.measures) or " ".join(notes.text(figure).lower().split())


def _is_claim(notes: Annotations, figure: Figure, sentence: Span, tolls: Collection[str]) -> bool:
    """Whether a reader would ask who says so. Distances, dates, scores and small counts are none.
    Beside one of the words of ``tolls`` a number is a toll."""
    value = max((m.value if m.upto is None else m.upto for m in figure.measures), default=None)
    match figure.kind:
        case "percent":
            return value is not None and value != 100
        case "money":
            return value is not None and value >= _BIG
        case "number":
            is_big = value is not None and value >= _BIG and figure.counts is not None
            return is_big or (value != 1 and _is_toll(notes, figure, sentence, tolls))
    return False


def _is_history(notes: Annotations, sentence: Span) -> bool:
    """Whether a sentence tells of a year that has gone into the books."""
    published = notes.article.published[:4]
    return any(year < published for year in _YEAR.findall(notes.text(sentence)))


def _is_toll(notes: Annotations, figure: Figure, sentence: Span, tolls: Collection[str]) -> bool:
    """ "Killing 41 people", "41 people were killed", but not "the 41 victims", of whom the text has
    told before."""
    text, (start, end) = notes.article.text, figure.span
    language = languages.get(notes.article.language)
    before = _CLAUSE.split(text[max(sentence.start, start - _NEAR) : start])[-1].lower()
    after = _CLAUSE.split(text[end : min(sentence.end, end + _NEAR)], maxsplit=1)[0].lower()
    near = [*WORD.findall(before), *WORD.findall(after)]
    is_known = language is not None and bool(language.definite.intersection(before.split()[-1:]))
    return not is_known and not frozenset(tolls).isdisjoint(near)


def figure_conflict(notes: Annotations) -> Iterator[Finding]:
    """Figures that count the same thing differently."""
    from toolkit.figures.conflicts import conflicts  # brings spaCy, as all of the figures' room does

    for first, *rest in conflicts(notes):
        shown = listed(told(notes, _with_counted(notes, f)) for f in (first, *rest)[:_SHOWN])
        message = f"These figures seem to count the same thing, and differ: {shown}."
        yield Finding("figure-conflict", first.span, message, tuple(f.span for f in rest))
