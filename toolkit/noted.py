"""The notes that editors wrote on places of the text, in its order. Pure.

The desk note is none of them: it is on the whole and has its own field on the brief page.
"""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.decision import Edit
from toolkit.model import Annotations, Span


@dataclass(frozen=True, slots=True)
class Note:
    """A note: where it is, what it is on ("quote", "entity", "text" …), its words, and who wrote them."""

    at: tuple[Span, ...]
    of: str
    words: str
    by: str


def notes_on(notes: Annotations) -> tuple[Note, ...]:
    """The notes that stand. On a mark it is the last one. On mere words, where comments of a Word brief
    come in, each stands until an empty one takes all on that place away."""
    whole = (Span(0, len(notes.article.text)),)
    found: dict[tuple[str, tuple[Span, ...]], list[Edit]] = {}
    for edit in notes.edits:
        if edit.act != "note" or (edit.of, edit.at) == ("text", whole):
            continue
        here = found.setdefault((edit.of, edit.at), [])
        if edit.of != "text" or not edit.value:
            here.clear()
        if edit.value and not any((e.value, e.by) == (edit.value, edit.by) for e in here):
            here.append(edit)
    stand = [Note(e.at, e.of, e.value, e.by) for each in found.values() for e in each]
    return tuple(sorted(stand, key=lambda note: note.at))
