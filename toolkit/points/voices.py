"""On whose word: who vouches for what is told."""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.model import Figure, Quote, Span
from toolkit.points.story import MOST, Point, Scene, Story


def voice(story: Story, quote: Quote) -> Span | None:
    """The words for who says something: the name, or what the text says of an unnamed source. None
    where that is only a pronoun."""
    names = [s.name for s in story.notes.speakers if s.id in quote.speakers]
    if told := next((name for name in names if story.running.at(name.start)), None):
        return told  # not from a byline
    pronouns = story.language.pronouns if story.language else {}
    sources = [s for s in quote.source if story.text(s).lower() not in pronouns and story.running.at(s.start)]
    # One word that is nobody of the cast is "we" as often as not.
    return next((s for s in sources if quote.speakers or " " in story.text(s)), None)


def source(story: Story, figure: Figure) -> Span | None:
    """Who says a figure; None for one in no statement that was found, or where ``voice`` is none."""
    quote = next((q for q in story.said if q.id == figure.quote), None)
    return voice(story, quote) if quote else None


def on_whose_word(scene: Scene, vouched: Iterable[Point]) -> list[Point]:
    """Who vouches for what is told, and then who else says something in the leading sentences."""
    story, found = scene.story, dict[str, Point]()
    voices = [(point.source, point.mark) for point in vouched]
    for sentence in scene.focus:
        voices += [(voice(story, quote), quote.id) for quote in story.said_in(sentence)]
    for span, mark in voices:
        if span and (around := story.around(span)):
            point = Point("on-whose-word", span, around, mark=mark)
            found.setdefault(story.text(span).lower(), point)
    return list(found.values())[:MOST]
