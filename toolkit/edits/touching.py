"""What a decision is about: keys, of which two decisions share one where they decide on the same. Pure."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TypeAlias

from toolkit.decision import Edit
from toolkit.edits.draft import Draft, figure_at, mention_at, quote_at, sentence_at
from toolkit.errors import UnfitEdit
from toolkit.model import Span

Key: TypeAlias = tuple[str, Hashable]


def touched(draft: Draft, edit: Edit) -> frozenset[Key]:
    """The keys of what an edit decides on, by what stands in the draft: ("quote", id), ("figure", id),
    ("mention", span), ("name", id of the entity) for the form that it is told in, ("sentence", span), and
    for a finding or a note its place. None for what stands nowhere in it, and for a note on mere words,
    which stands beside others."""
    if edit.act == "note":
        is_beside = edit.of == "text" and edit.at != (Span(0, len(draft.text)),) and edit.value
        return frozenset() if is_beside else frozenset({("note", (edit.of, edit.at))})
    places = (edit.at, edit.to) if edit.act in ("extent", "merge") else (edit.at,)
    found: set[Key] = set()
    for at in filter(None, places):
        try:
            found.update(_keys(draft, edit, at))
        except UnfitEdit:
            continue
    return frozenset(found)


def _keys(draft: Draft, edit: Edit, at: tuple[Span, ...]) -> tuple[Key, ...]:
    match edit.of:
        case "quote":
            return (("quote", quote_at(draft, at).id),)
        case "figure":
            return (("figure", figure_at(draft, at).id),)
        case "sentence":
            return (("sentence", sentence_at(draft, at)),)
        case "text":
            return (("check", (edit.value, at)),)
    entity, mention = mention_at(draft, at)
    if edit.act == "rename":
        return (("name", entity.id),)
    is_whole = edit.of == "entity" or edit.act == "label"
    return tuple(("mention", m.span) for m in (entity.mentions if is_whole else (mention,)))
