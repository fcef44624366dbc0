"""The key facts of an article as spans: who, what, where, when, how many, and on whose word.

    from toolkit.points import points

    for point in points(notes):
        print(point.question, notes.text(point.span))

The sentence that tells the main event is looked for first (``event``); each question is answered
from it and from the few that tell the story with it: of the leading ones the first, and those that
the summary has.
Where these give no answer there is none: a name of the background is not the "who", a date of the
past not the "when". An article in which no sentence is known to tell an event has only its "who".
"""

from __future__ import annotations

from toolkit.model import Annotations, Span
from toolkit.points.amounts import how_many
from toolkit.points.days import when
from toolkit.points.event import find, what
from toolkit.points.names import where, who
from toolkit.points.story import MOST, QUESTIONS, Point, Question, Scene, Story
from toolkit.points.voices import on_whose_word

__all__ = ["MOST", "QUESTIONS", "Point", "Question", "points"]


def points(notes: Annotations) -> tuple[Point, ...]:
    """The key facts, by question in the order of ``QUESTIONS``, the weightiest of each first; what an
    editor rejected is left out. At most one "what", and ``MOST`` of every other."""
    story = Story(notes)
    event = find(story)
    scene = Scene(story, event, _focus(story, event))
    if event is None:
        return tuple(who(scene))
    told, numbers = what(story, event), how_many(scene)
    vouched = (told, *numbers)
    return (*who(scene), told, *where(scene), *when(scene), *numbers, *on_whose_word(scene, vouched))


def _focus(story: Story, event: Span | None) -> tuple[Span, ...]:
    """The sentences that tell the story. Without an event those of the summary."""
    if event is None:
        return story.summary
    summed_up = (sentence for sentence in story.leads if sentence in story.summary)
    return tuple(dict.fromkeys((event, *story.leads[:1], *summed_up)))
