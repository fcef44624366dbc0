"""Turns: those of a transcript, a name in capitals before each, and those of a dialogue without names."""

from __future__ import annotations

import re
from collections import Counter

from toolkit.beside import Beside
from toolkit.layout import Layout
from toolkit.model import Span

_TRANSCRIPT = re.compile(r"[\"“]?(?P<name>[A-Z][A-Z.'’\-]+(?: [A-Z][A-Z.'’\-]+){0,3})(?P<cue>:)\s+(?=\S)")

_SHORT_TURN = 10  # words


def turns(layout: Layout) -> list[Beside]:
    """The turns of a transcript: a name in capitals, a colon, and what is said to the paragraph's end.

    "PESHAWAR: Eleven people were killed" and "UPDATE: Police said" look the same. So a turn is one of
    several, by a name that comes again or by a person; a single one is by a person named elsewhere as
    well, or stands between quotation marks.
    """
    matches = [(p, m) for p in layout.paragraphs if (m := _TRANSCRIPT.match(layout.text, *p))]
    if not matches:
        return []
    people, places = _named(layout)
    calls = Counter(match["name"] for _, match in matches)
    found, sure = [], 0
    for paragraph, match in matches:
        name = match["name"]
        content = Span(match.end(), paragraph.end)
        whole = any(layout.quotations[i].span.contains(content) for i in layout.touched([content]))
        person = name.casefold() in people or name.split()[-1].casefold() in people
        if name.casefold() in places:
            continue
        if calls[name] < 2 and not whole and layout.touched([content]):
            continue  # a sentence with a quotation in it has a cue of its own
        if len(matches) == 1 and not (person and (whole or people[name.split()[-1].casefold()] > 1)):
            continue
        sure += person
        found.append((Beside((Span(*match.span("cue")),), (Span(*match.span("name")),), (content,)), name))
    names = Counter(name for _, name in found)
    if sure or (len(names) > 1 and max(names.values()) > 1):
        return [turn for turn, _ in found]
    return []


def exchanged(layout: Layout) -> set[int]:
    """The quotations of a dialogue whose turns have no cue: short ones in a row, a paragraph each.

    Two speak by turns, and the words beside them tell of neither. The first may still be said by
    whom the paragraph before ends with: 'He said:'.
    """
    found: set[int] = set()
    run: list[int] = []
    last = -2
    for i, quotation in enumerate(layout.quotations):
        here = layout.paragraph_number(quotation.span.start)
        if not _is_whole(layout, i):
            continue
        if here != last + 1:
            run = []
        run.append(i)
        last = here
        if len(run) > 1:
            found.update(run)
    return {i for i in found if not _is_led_in(layout, i)}


def _is_whole(layout: Layout, i: int) -> bool:
    """Whether a quotation is a short paragraph of its own, and its mark closes; a dash holds cues too."""
    quotation = layout.quotations[i]
    short = len(layout.text[slice(*quotation.inner)].split()) <= _SHORT_TURN
    marked = quotation.closed and not quotation.continues and quotation.inner.end < quotation.span.end
    return short and marked and quotation.span == layout.paragraph(quotation.span.start)


def _is_led_in(layout: Layout, i: int) -> bool:
    return layout.text[: layout.quotations[i].span.start].rstrip().endswith(":")


def _named(layout: Layout) -> tuple[Counter[str], set[str]]:
    """The article's people, by whole names and by surnames, with how often each is named; and its places."""
    people: Counter[str] = Counter()
    places: set[str] = set()
    for entity in layout.doc._.entities:
        for mention in entity.mentions:
            name = " ".join(layout.text[slice(*mention.span)].casefold().split())
            if entity.label == "PLACE":
                places.add(name)
            elif entity.label == "PERSON":
                people.update({name, name.split()[-1]})
    return people, places
