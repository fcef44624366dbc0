"""How many: tolls, money, shares, scores and larger counts of the event."""

from __future__ import annotations

import re

from toolkit.checks.finding import WORD
from toolkit.model import Figure, Span
from toolkit.points.days import is_background
from toolkit.points.story import MOST, Point, Scene, Story
from toolkit.points.voices import source

_BIG = 10  # from here on a count is worth telling without a word that makes it a toll
_APART = 20  # characters between a number and what it counts
_NEAR = 60  # characters between a number and a word that makes it a toll
_CLAUSE = re.compile(r"[,;:–—()](?!\d)")
_SCORE = re.compile(r"\d{1,2}[-–]\d{1,2}")


def how_many(scene: Scene) -> list[Point]:
    """The weightiest figures, each with its qualifier and what it counts, the event's first."""
    rated = [
        (-rate, figure.span, sentence, figure)
        for sentence in scene.focus
        for figure in scene.story.figures
        if sentence.contains(figure.span) and (rate := _rate(scene, figure, sentence))
    ]
    found: dict[object, Point] = {}
    for _, _, sentence, figure in sorted(rated, key=lambda row: (*row[:3], row[3].id)):
        key = figure.measures or scene.story.text(figure.span)
        span, said_by = _with_counted(figure, sentence), source(scene.story, figure)
        found.setdefault(key, Point("how-many", span, sentence, said_by, mark=figure.id))
    return list(found.values())[:MOST]


def _rate(scene: Scene, figure: Figure, sentence: Span) -> float:
    """What a figure tells of the event; 0 for ages, lengths of time and numbers that count nothing."""
    story, in_event = scene.story, sentence == scene.event
    value = max((m.value for m in figure.measures), default=_BIG)
    if (not in_event and is_background(story, sentence)) or _is_of_source(story, figure):
        return 0.0
    if (
        figure.counts
        and story.language
        and story.text(figure.counts) in story.language.checks.get("unasked", ())
    ):
        return 0.0  # inhabitants and spectators
    match figure.kind:
        case "money" | "percent":
            rate = 2.0
        case "number" if is_toll(story, figure, sentence):
            rate = 3.0
        case "number" if figure.counts and value >= _BIG:
            rate = 1.5
        case "number" if in_event and not figure.counts and _SCORE.fullmatch(story.text(figure)):
            rate = 1.5
        case _:
            return 0.0
    again = sum(f.measures == figure.measures for f in story.figures if f.measures) > 1
    return rate + 2 * in_event + (sentence in story.summary) + 0.5 * again


def is_toll(story: Story, figure: Figure, sentence: Span) -> bool:
    """Whether people or things that are counted were killed, hurt, arrested and the like."""
    if figure.kind != "number" or not figure.counts or story.language is None:
        return False
    text, (start, end) = story.article.text, figure.span
    before = _CLAUSE.split(text[max(sentence.start, start - _NEAR) : start])[-1]
    behind = _CLAUSE.split(text[end : min(sentence.end, end + _NEAR)])[0]
    befell = {w for words in story.language.values.get("events", {}).values() for w in words}
    befell.update(story.language.checks.get("tolls", ()))
    words = {word.lower() for word in WORD.findall(f"{before} {behind}")}
    return not words.isdisjoint(befell) and not _is_of_source(story, figure)


def _is_of_source(story: Story, figure: Figure) -> bool:
    """ "Two officials said" counts nobody."""
    return any(s.overlaps(figure.span) for q in story.said for s in (*q.source, *q.cue))


def _with_counted(figure: Figure, sentence: Span) -> Span:
    """A figure with its qualifier and what it counts, where they stand close."""
    (start, end), qualifier, counts = figure.span, figure.qualifier, figure.counts
    if qualifier and qualifier.end <= start <= qualifier.end + 1:
        start = qualifier.start
    if qualifier and end <= qualifier.start <= end + 1:
        end = qualifier.end
    if counts and end <= counts.start <= end + _APART:
        end = counts.end
    whole = Span(start, end)
    return whole if sentence.contains(whole) else figure.span
