"""What an editor asked for in the text, as edits. Pure: an action of the marker in, decisions out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Literal

from toolkit import edits
from toolkit.decision import Edit
from toolkit.errors import UnfitEdit
from toolkit.model import Annotations, Article, Entity, Figure, Mention, Quote, QuoteKind, Span
from toolkit.ui.marker import Action
from toolkit.ui.places import figure_named, mention_named, quote_named
from toolkit.ui.quoting import CLOSING, OPENING

_STATUS: Mapping[str, Callable[[Quote | Mention | Figure], Edit]] = {
    "confirm": edits.confirm,
    "reject": edits.reject,
    "reset": edits.reset,
}
_TOLD = ("headline", "byline", "slug", "dateline", "published", "embargo", "source")
_SIDES: Mapping[str, Literal["start", "end"]] = {"left": "start", "right": "end"}


def edits_of(notes: Annotations, action: Action) -> tuple[Edit, ...]:
    """The edits, in one step, that an action asks for; none for one that changes nothing. Raises
    ``UnfitEdit`` where its mark is gone or it can't be done there."""
    match action.name:
        case "add-quote":
            who = edits.proposed(notes, action.spans)
            added = edits.add_quote(action.spans, kind_of(notes, action.spans))
            return (added, edits.propose(action.spans, (who,))) if who else (added,)
        case "add-mention":
            return (edits.add_mention(action.spans[0], action.value),)
        case "confirm" | "reject" | "reset":
            return (_STATUS[action.name](named(notes, action.id)),)
        case "kind":
            return (edits.kind(quote(notes, action.id), action.value),)
        case "label":
            return (edits.label(mention(notes, action.id)[1], action.value),)
        case "split":
            return (edits.split(mention(notes, action.id)[1]),)
        case "extent-grow" | "extent-shrink":
            return (_extent(notes, action),)
    return ()


def kind_of(notes: Annotations, content: tuple[Span, ...]) -> QuoteKind:
    """What words that an editor calls a quote are, by their quotation marks."""
    words = [notes.text(span) for span in content]
    if words[0][0] in OPENING and words[-1][-1] in CLOSING:
        return "direct"
    has_marks = any(letter in '“”„«»"「」『』' for piece in words for letter in piece)
    return "mixed" if has_marks else "indirect"


def named(notes: Annotations, mark: str) -> Quote | Mention | Figure:
    """The record that a mark stands for. Raises ``UnfitEdit``."""
    found = mention_named(notes, mark)
    thing = found[1] if found else quote_named(notes, mark) or figure_named(notes, mark)
    if thing is None:
        raise UnfitEdit("This mark is no longer there; choose it again in the text.")
    return thing


def quote(notes: Annotations, mark: str) -> Quote:
    """The quote that a mark stands for. Raises ``UnfitEdit``."""
    found = quote_named(notes, mark)
    if found is None:
        raise UnfitEdit("There is no quote here; choose one in the text.")
    return found


def mention(notes: Annotations, mark: str) -> tuple[Entity, Mention]:
    """The mention that a mark stands for, and its entity. Raises ``UnfitEdit``."""
    found = mention_named(notes, mark)
    if found is None:
        raise UnfitEdit("There is no name here; choose one in the text.")
    return found


def _extent(notes: Annotations, action: Action) -> Edit:
    thing = named(notes, action.id)
    old = thing.content if isinstance(thing, Quote) else (thing.span,)
    side, words = _SIDES[action.value], 1 if action.name == "extent-grow" else -1
    at = 0 if side == "start" else -1
    pieces = list(old)
    pieces[at] = edits.grow(notes.article.text, pieces[at], side, words)
    if pieces[at] == old[at]:
        raise UnfitEdit(
            "There is no further word." if words > 0 else "One word must stay; or reject the mark."
        )
    return edits.extent(thing, tuple(pieces))


def described(article: Article, before: Article) -> Article:
    """An article with what was known of it ``before`` and is not told anew: a pasted update names no
    embargo, and has the old one all the same."""
    told = {name: value for name in _TOLD if (value := getattr(before, name))}
    new = {name: value for name in _TOLD if (value := getattr(article, name))}
    return replace(article, **(told | new))
