"""When: the dates that are news, and not those of what was before."""

from __future__ import annotations

from datetime import date, timedelta

from toolkit.checks.finding import WORD
from toolkit.model import Figure, Span
from toolkit.points.story import Point, Scene, Story
from toolkit.points.voices import source

_OLD, _AHEAD = timedelta(21), timedelta(45)  # before and after the publication in which news happens
_MOST = 2
_BEFORE = 40  # characters looked at before a date
_CLOSE = 6  # characters between a word of saying and its date
_LAST = (12, 28)  # of a year, and of any month


def when(scene: Scene) -> list[Point]:
    """The first date that is news of the event's sentence; where it has none, those of the others."""
    story, found = scene.story, dict[str, Point]()
    for sentence in scene.focus:
        figure = next((f for f in story.figures if _tells(story, f, sentence)), None)
        if figure is not None:
            said_by = source(story, figure)
            point = Point("when", figure.span, sentence, said_by, figure.date, figure.id)
            found.setdefault(figure.date or story.text(figure).lower(), point)
            if sentence == scene.event:
                break
    return list(found.values())[:_MOST]


def _tells(story: Story, figure: Figure, sentence: Span) -> bool:
    """Whether a date of a sentence tells when something happens, and not in somebody's own words, from
    whose day it would be told."""
    if not sentence.contains(figure.span) or not is_recent(story, figure):
        return False
    if story.dateline.contains(figure.span):
        return False
    direct = (s for q in story.said if q.kind == "direct" for s in q.content)
    if _is_bound(story, figure) or any(s.contains(figure.span) for s in direct):
        return False
    return not _is_of_saying(story, figure)


def _is_of_saying(story: Story, figure: Figure) -> bool:
    """ "Police said on Monday": that day is not the event's."""
    start = figure.span.start
    quotes = (q for q in story.said if not any(s.contains(figure.span) for s in q.content))
    return any(0 <= start - s.end <= _CLOSE for q in quotes for s in (*q.cue, *q.source))


def _is_bound(story: Story, figure: Figure) -> bool:
    """ "Since Monday", "until at least the end of next week": the event is of another time."""
    start = figure.span.start
    before = story.article.text[max(0, start - _BEFORE) : start].lower().rstrip()
    between = [*story.words_for("within"), *story.words_for("vague"), *story.words_for("definite")]
    while cut := next((w for w in between if before.endswith(f" {w}")), ""):
        before = before.removesuffix(cut).rstrip()
    words = WORD.findall(before)
    return bool(words) and words[-1] in story.words_for("before")


def is_background(story: Story, sentence: Span) -> bool:
    """Whether a sentence is dated, and only by what was long before or is far ahead."""
    dated = [f for f in story.figures if f.kind in ("date", "relative") and sentence.contains(f.span)]
    return bool(dated) and not any(is_recent(story, f) for f in dated)


def is_recent(story: Story, figure: Figure) -> bool:
    """Whether a figure is a date near the publication. Where it can't be compared, a weekday, a day of
    a month without its year, and "last week" are near, and a bare year is not."""
    if figure.kind not in ("date", "relative"):
        return False
    days, published = _days(figure.date), _days(story.article.published[:10])
    if days and published:
        near = days[0] - published[1] <= _AHEAD and published[0] - days[1] <= _OLD
        return near and len(figure.date) > 4
    return _sounds_recent(story, story.text(figure.span))


def _sounds_recent(story: Story, phrase: str) -> bool:
    words = {word.lower() for word in WORD.findall(phrase)}
    if words & {*story.words_for("weekday"), *story.words_for("day")} or phrase.lower() in story.words_for(
        "day"
    ):
        return True
    numbers = {word for word in words if word.isdecimal() or word in story.words_for("number")}
    if words & story.words_for("month").keys():
        return bool(numbers) and not any(len(word) == 4 for word in numbers if word.isdecimal())
    short = {
        word
        for kind in ("unit", "units")
        for word, unit in story.words_for(kind).items()
        if unit in ("day", "week", "weekend")
    }
    near = {w for kind in ("shift", "this", "behind", "ago") for w in story.words_for(kind)}
    is_counted = bool(numbers) and not words & story.words_for("ago").keys()
    return bool(words & {*short, *story.words_for("part")} and words & near) and not is_counted


def _days(iso: str) -> tuple[date, date] | None:
    """First and last day of a date or an interval; None where there is no such day."""
    first, _, last = iso.partition("/")
    try:
        return _day(first, (1, 1)), _day(last or first, _LAST)
    except ValueError:
        return None


def _day(iso: str, missing: tuple[int, int]) -> date:
    year, *rest = (int(part) for part in iso[:10].split("-"))
    month, day = (*rest, *missing[len(rest) :])
    return date(year, month, day)
