"""What a decision is about: keys, of which two decisions share one where they decide on the same. Pure."""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable, Iterable
from typing import Any, TypeAlias

from toolkit.decision import Edit
from toolkit.edits.draft import Draft, figure_at, mention_at, quote_at, sentence_at
from toolkit.errors import UnfitEdit
from toolkit.model import Figure, Quote, Span

Key: TypeAlias = tuple[str, Hashable]
At: TypeAlias = tuple[Span, ...]
# What of a kind stands at a place, None for nothing; of names the entity and the mention.
Find: TypeAlias = Callable[[str, At], Any]

_SEARCH: dict[str, Callable[[Draft, At], Any]] = {
    "quote": quote_at,
    "figure": figure_at,
    "sentence": sentence_at,
    "name": mention_at,
}


def touched(draft: Draft, edit: Edit) -> frozenset[Key]:
    """The keys of what an edit decides on, by what stands in the draft: ("quote", id), ("figure", id),
    ("mention", span), ("name", id of the entity) for the form that it is told in, ("sentence", span), and
    for a finding or a note its place. None for what stands nowhere in it, and for a note on mere words,
    which stands beside others."""
    return _touched(draft, edit, functools.partial(_searched, draft))


def touching(draft: Draft) -> Callable[[Edit], frozenset[Key]]:
    """``touched`` for many edits of one draft: what lies exactly at a place is looked up, and only what
    doesn't is searched for, once."""
    exact = functools.cache(functools.partial(_exact, draft))

    @functools.cache
    def found(kind: str, at: At) -> Any:
        known = exact(kind)
        return known[at] if at in known else _searched(draft, kind, at)

    return lambda edit: _touched(draft, edit, found)


def standing(draft: Draft, edit: Edit) -> tuple[str, At] | None:
    """Where what an edit decides on stands in the draft, with its kind: the content of a quote, a figure, a
    mention (the kind "name") or a sentence. None for what stands nowhere in it, and for edits that need
    nothing to stand there."""
    if edit.act in ("add", "note") or edit.of == "text" or not edit.at:
        return None
    kind = kind_of(edit)
    match thing := _searched(draft, kind, named_at(edit)):
        case None:
            return None
        case Quote():
            return kind, thing.content
        case Figure():
            return kind, (thing.span,)
        case Span():
            return kind, (thing,)
    return kind, (thing[1].span,)


def kind_of(edit: Edit) -> str:
    """The kind of what an edit decides on, as keys tell it; mentions and entities are names."""
    return edit.of if edit.of in _SEARCH else "name"


def named_at(edit: Edit) -> At:
    """The place by which an edit tells what it is about: only a quote has several pieces."""
    return edit.at if edit.of == "quote" else edit.at[:1]


def _touched(draft: Draft, edit: Edit, find: Find) -> frozenset[Key]:
    if edit.act == "note":
        is_beside = edit.of == "text" and edit.at != (Span(0, len(draft.text)),) and edit.value
        return frozenset() if is_beside else frozenset({("note", (edit.of, edit.at))})
    places = (edit.at, edit.to) if edit.act in ("extent", "merge") else (edit.at,)
    return frozenset(key for at in places if at for key in _keys(edit, at, find))


def _keys(edit: Edit, at: At, find: Find) -> Iterable[Key]:
    if edit.of == "text":
        return (("check", (edit.value, at)),)
    kind = kind_of(edit)
    thing = find(kind, at if kind == "quote" else at[:1])
    if thing is None:
        return ()
    if kind == "sentence":
        return (("sentence", thing),)
    if kind != "name":
        return ((kind, thing.id),)
    entity, mention = thing
    if edit.act == "rename":
        return (("name", entity.id),)
    is_whole = edit.of == "entity" or edit.act == "label"
    return (("mention", m.span) for m in (entity.mentions if is_whole else (mention,)))


def _searched(draft: Draft, kind: str, at: At) -> Any:
    try:
        return _SEARCH[kind](draft, at)
    except UnfitEdit:
        return None


def _exact(draft: Draft, kind: str) -> dict[At, Any]:
    """What stands first at each place; a rejected name only where no other does."""
    things: Iterable[tuple[At, Any]]
    match kind:
        case "quote":
            things = ((q.content, q) for q in draft.quotes)
        case "figure":
            things = (((f.span,), f) for f in draft.figures)
        case "sentence":
            things = (((s,), s) for s in draft.sentences)
        case _:
            names = [((m.span,), (e, m)) for e in draft.entities for m in e.mentions]
            things = sorted(names, key=lambda each: each[1][1].status == "rejected")
    places: dict[At, Any] = {}
    for at, thing in things:
        places.setdefault(at, thing)
    return places
