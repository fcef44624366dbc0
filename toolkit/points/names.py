"""Who and where: the persons and bodies that the event is about, and the places where it is."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from toolkit.checks.finding import WORD
from toolkit.model import Entity, Span
from toolkit.points.story import MOST, Point, Scene, Story

_CLOSE = 20  # characters between a word of saying and a name that it is said to
_OFTEN = 3  # sentences; who is named in so many is no passer-by
_WALK = 4  # words between "in" and the place
_CLAUSE = re.compile(r"[,;:–—()“”\"]")


def who(scene: Scene) -> list[Point]:
    """Persons, and organisations and groups that do something in the article."""
    story, rated = scene.story, []
    for entity in story.notes.entities:
        rate = _part(scene, entity)
        if rate and _acts(story, entity) and (name := _name(story, entity)):
            rated.append((-rate, *name, entity.id))
    return [Point("who", span, sentence, mark=mark) for _, span, sentence, mark in sorted(rated)[:MOST]]


def _acts(story: Story, entity: Entity) -> bool:
    """Whether an entity is a person, or one of the commonest names and does or says something: it
    speaks, or a sentence begins with it."""
    if entity.label == "PERSON":
        return True
    # One word for a group is an adjective as often as not: "Chinese officials".
    is_group = entity.label == "GROUP" and " " in story.text(entity.name)
    if not (entity.label == "ORG" or is_group) or entity.id not in story.common:
        return False
    sources = sorted(s for quote in story.said for s in quote.source)
    starts, reach = [s.start for s in sources], list(accumulate((s.end for s in sources), max))

    def speaks(span: Span) -> bool:
        """Whether a source has the span in it: of those that begin before it, the one that goes furthest."""
        at = bisect_right(starts, span.start)
        return at > 0 and reach[at - 1] >= span.end

    return any(_opens(story, span) or speaks(span) for span in story.mentions[entity.id])


def _opens(story: Story, span: Span) -> bool:
    sentence, language = story.around(span), story.language
    if sentence is None:
        return False
    words = [w.lower() for w in WORD.findall(story.article.text[sentence.start : span.start])]
    return not words or (len(words) == 1 and language is not None and words[0] in language.articles)


def _part(scene: Scene, entity: Entity) -> float:
    """How much an entity has to do with the story; 0 where that can't be told."""
    story, mentions = scene.story, scene.story.mentions[entity.id]
    weight = story.weight[entity.id]
    where = {s for s in scene.focus for m in mentions if s.contains(m) and not _is_aside(story, entity, m, s)}
    in_event = scene.event in where
    if not where or weight < (2 if in_event else _OFTEN):
        return 0.0
    return 1.5 * in_event + 0.5 * len(where) + math.log(weight)


def _is_aside(story: Story, entity: Entity, mention: Span, sentence: Span) -> bool:
    """Whether a name only tells to whom something is said, or who says it: a body that speaks for
    others, or somebody who is seldom named."""
    quotes, weight = tuple(story.said_in(sentence)), story.weight[entity.id]
    if any(s.overlaps(mention) for q in quotes for s in q.content):
        return False
    if any(s.overlaps(mention) for q in quotes for s in q.source):
        acts = entity.label == "PERSON" or any(_opens(story, span) for span in story.mentions[entity.id])
        return weight < _OFTEN or not acts
    return any(0 <= mention.start - s.end <= _CLOSE for q in quotes for s in q.cue)


def _name(story: Story, entity: Entity) -> tuple[Span, Span] | None:
    """An entity's fullest name that is kept, and the sentence that it stands in."""
    kept = sorted(story.mentions[entity.id], key=lambda s: (s != entity.name, s.start - s.end, s))
    return next(((span, sentence) for span in kept if (sentence := story.around(span))), None)


def where(scene: Scene) -> list[Point]:
    """Places in the dateline, or behind a word such as "in": any of the event's sentence, and of the
    others those that the article comes back to."""
    story, found = scene.story, dict[str, Point]()
    for sentence in scene.focus:
        for span, entity in _places(story, sentence):
            often = sentence == scene.event or story.weight[entity.id] > 1
            if often and (story.dateline.contains(span) or _is_inside(story, entity, span, sentence)):
                found.setdefault(entity.id, Point("where", span, sentence, mark=entity.id))
    return list(found.values())[:MOST]


def _places(story: Story, sentence: Span) -> Iterator[tuple[Span, Entity]]:
    """The places named in a sentence, in its order, but for those that a speaker is told by."""
    beside = [s for q in story.said_in(sentence) for s in (*q.source, *q.cue)]
    named = [(m, e) for e in story.notes.entities for m in story.mentions[e.id] if sentence.contains(m)]
    for span, entity in sorted(named, key=lambda one: (one[0], one[1].id)):
        if entity.label in ("PLACE", "FACILITY") and not any(s.overlaps(span) for s in beside):
            yield span, entity


def _is_inside(story: Story, entity: Entity, span: Span, sentence: Span) -> bool:
    """Whether "in" or the like stands before a place, with at most some words between ("in the
    northern city of")."""
    language = story.language
    if language is None:
        return False
    clause = _CLAUSE.split(story.article.text[sentence.start : span.start])[-1]
    words = [word.lower() for word in WORD.findall(clause)]
    if words and words[-1] in language.indefinite:
        return False  # "in a U.S.-Israeli war"
    of, joining = story.words_for("of"), story.words_for("joining").keys() - language.articles
    if len(words) > 1 and words[-1] in of and words[-2] in language.places:
        del words[-2:]
    # Of the words that stand before dates, those before a year stand before places too ("in"); at a
    # building, any of them.
    before_year = {*language.figures.get("before_year", ()), *language.figures.get("before_month", ())}
    inside = joining & before_year if entity.label == "PLACE" else joining
    ends = {*of, *story.words_for("filler"), *joining, *language.pronouns, *language.connectives}
    for word in reversed(words[-_WALK:]):
        if word in inside or word in ends:
            return word in inside
    return False
