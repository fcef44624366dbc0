"""What happened: the one of the leading sentences that tells the main event."""

from __future__ import annotations

from toolkit.checks.finding import WORD
from toolkit.model import Span
from toolkit.points.amounts import is_toll
from toolkit.points.days import is_background, is_recent
from toolkit.points.story import Point, Story
from toolkit.points.voices import voice

# What a leading sentence is worth for its place; this and the weights below were set by reading a
# dozen articles, and others were kept apart to measure on.
_PLACE = (1.4, 0.6, 0.4, 0.3)
_IN_SUMMARY = 0.5
_NAMED, _MOST_NAMED = 0.15, 3  # for each of so many of the commonest names
_DATED, _TOLL, _CITED = 0.4, 0.4, 0.3
_UNLIKELY = 0.8  # what it takes from a sentence to hang, to be of the past, or to be only a quotation
_ENOUGH = 1.5  # what a sentence must be worth to tell the event
_TAIL = 3  # words that may stand behind "police said", such as "on Monday"


def find(story: Story) -> Span | None:
    """The sentence that tells the main event, or None."""
    rated = [(_worth(story, s, place), -s.start, s) for place, s in enumerate(story.leads)]
    best = max(rated, default=None)
    return best[2] if best and best[0] >= _ENOUGH else None


def _worth(story: Story, sentence: Span, place: int) -> float:
    """How likely a sentence tells the event; 0 where nothing in it is a sign of news. ``place`` is its
    number among the leading ones, from 0."""
    figures = [f for f in story.figures if sentence.contains(f.span)]
    named = sum(story.is_named(name, sentence) for name in story.common)
    signs = _NAMED * min(named, _MOST_NAMED)
    signs += _DATED * any(is_recent(story, f) for f in figures)
    signs += _TOLL * any(is_toll(story, f, sentence) for f in figures)
    signs += _CITED * any(quote.kind != "direct" for quote in story.said_in(sentence))
    if not signs:
        return 0.0
    unlikely = _hangs(story, sentence) + is_background(story, sentence) + _is_speech(story, sentence)
    return _PLACE[place] + _IN_SUMMARY * (sentence in story.summary) + signs - _UNLIKELY * unlikely


def _hangs(story: Story, sentence: Span) -> bool:
    """Whether a sentence begins with a pronoun or a word that goes on from another."""
    words, language = WORD.findall(story.text(sentence)), story.language
    return bool(words and language) and words[0].lower() in {*language.pronouns, *language.connectives}  # type: ignore[union-attr]


def _is_speech(story: Story, sentence: Span) -> bool:
    """Whether a sentence begins in the words of somebody."""
    direct = (s for q in story.said if q.kind == "direct" for s in q.content)
    return any(s.start <= sentence.start < s.end for s in direct)


def what(story: Story, event: Span) -> Point:
    """The event's sentence without the dateline; and without the words for who says so, where these
    only come behind what is said."""
    start = max(event.start, story.dateline.end) if event.contains(story.dateline) else event.start
    for quote in story.said_in(event):
        (content, *more), beside = quote.content, (*quote.cue, *quote.source)
        if more or quote.kind == "direct" or not (quote.cue and quote.source) or not event.contains(content):
            continue
        is_behind = all(content.end <= s.start and event.contains(s) for s in beside)
        if content.start == start and is_behind and _is_tail(story, Span(max(beside).end, event.end)):
            return Point("what", content, event, voice(story, quote), mark=quote.id)
    return Point("what", Span(start, event.end), event)


def _is_tail(story: Story, rest: Span) -> bool:
    return len(WORD.findall(story.article.text[slice(*rest)])) <= _TAIL
