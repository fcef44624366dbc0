"""The text marker: the article with its marks, on which an editor works by mouse, touch and keys.

``marks`` and ``parse`` are pure; ``marker`` mounts the component, whose other half is
``browser/marker.js``. What goes to the browser are spans in code points, and what comes back is
checked as if a stranger had sent it. The component draws and asks; it decides nothing: the
page applies an action, if its revision still holds, and mounts the marker again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from toolkit.brief import origin_of_words
from toolkit.edits import is_proposed
from toolkit.model import Annotations, Entity, Quote, QuoteKind, Span, Status
from toolkit.review import DOUBTFUL
from toolkit.runs import kept_mentions, kept_quotes
from toolkit.ui import served
from toolkit.ui.whole import whole
from toolkit.wording import HOW, KINDS, LABELS

Of: TypeAlias = Literal["quote", "mention", "figure"]

# What an editor can do in the marker. Each has the values it allows; "" is none.
ACTIONS: dict[str, Collection[str]] = {
    "add-mention": frozenset(LABELS),
    "label": frozenset(LABELS),
    "kind": frozenset(KINDS),
    "extent-grow": ("left", "right"),
    "extent-shrink": ("left", "right"),
    **dict.fromkeys(("add-quote", "confirm", "help", "merge", "move", "next", "note"), ("",)),
    **dict.fromkeys(("previous", "redo", "reject", "rename", "reset", "select"), ("",)),
    **dict.fromkeys(("speaker", "split", "undo"), ("",)),
}
_ADDING = ("add-quote", "add-mention")
# Without a mark, confirming and rejecting are about what the bar shows.
_NEED_A_MARK = frozenset(ACTIONS) - {
    *_ADDING, "confirm", "help", "next", "previous", "redo", "reject", "select", "undo"
}  # fmt: skip
_LONGEST_ID = 200
_MOST_SPANS = 500

_QUOTE_NAMES: dict[QuoteKind, str] = {
    "direct": "Direct quote",
    "mixed": "Partly quoted",
    "indirect": "Indirect quote",
    "scare": "Quoted words",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing to draw on the text. ``spans`` are in code points.

    ``id`` is the quote's, ``entity:start-end`` for a mention, the figure's. ``style`` is the quote's
    kind, the entity's label or the figure's kind. ``tint`` numbers the speaker and ``number`` the
    statement, both from 1; 0 is none. ``title`` is what hovering and a screen reader tell.
    """

    id: str
    of: Of
    spans: tuple[Span, ...]
    style: str
    tint: int = 0
    number: int = 0
    title: str = ""
    status: Status = "suggested"
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    """What an editor asked for, when the page showed ``revision``.

    ``name`` is one of ``ACTIONS``; ``id`` is the mark's, "" for none. ``spans`` are the selected
    words for what is added, one a paragraph, else those of the mark as they were drawn. ``value``
    is a label, a quote's kind or a side ("left", "right"), whichever the action takes.
    """

    revision: int
    name: str
    id: str = ""
    spans: tuple[Span, ...] = ()
    value: str = ""


def mention_id(entity: Entity, span: Span) -> str:
    """The id of a mention's mark."""
    return f"{entity.id}:{span.start}-{span.end}"


def marks(
    notes: Annotations, *, doubtful: Collection[str] | None = None, figures: bool = False
) -> tuple[Mark, ...]:
    """The marks of all that is kept: quotes, mentions, and figures if they are asked for.

    ``doubtful`` are the ids of marks to be looked at (of a review queue); None takes what is
    unconfirmed and scored below ``DOUBTFUL``.
    """
    found = (*_quotes(notes), *_mentions(notes), *(_figures(notes) if figures else ()))
    return tuple(
        Mark(**fields, doubtful=is_low if doubtful is None else fields["id"] in doubtful)
        for fields, is_low in found
    )


def _quotes(notes: Annotations) -> Iterator[tuple[dict[str, Any], bool]]:
    tints = {speaker.id: number for number, speaker in enumerate(notes.speakers, 1)}
    number = 0
    for quote in kept_quotes(notes):
        number += quote.kind != "scare"
        scores = [s for s in (quote.score, quote.speaker_score) if s is not None]
        yield (
            {
                "id": quote.id,
                "of": "quote",
                "spans": quote.content,
                "style": quote.kind,
                "tint": tints[quote.speakers[0]] if quote.speakers else 0,
                "number": number if quote.kind != "scare" else 0,
                "title": _title(
                    _QUOTE_NAMES[quote.kind],
                    _said(notes, quote),
                    quote.status,
                    origin_of_words(quote),
                    scores,
                ),
                "status": quote.status,
            },
            _is_low(quote.status, quote.origin, scores),
        )


def _said(notes: Annotations, quote: Quote) -> str:
    """Who speaks and how that is known; nothing for words that are nobody's statement."""
    if quote.kind == "scare":
        return ""
    if not quote.speakers:
        return ", ".join(filter(None, (notes.text(quote.source), HOW["unknown"])))
    if is_proposed(quote):
        return f"{notes.speaker(quote)}, proposed as the speaker"
    how = HOW[quote.how] if quote.how not in ("named", "unknown") else ""
    return ", ".join(filter(None, (notes.speaker(quote), how)))


def _mentions(notes: Annotations) -> Iterator[tuple[dict[str, Any], bool]]:
    for entity in notes.entities:
        for mention in kept_mentions(entity):
            scores = [mention.score] if mention.score is not None else []
            yield (
                {
                    "id": mention_id(entity, mention.span),
                    "of": "mention",
                    "spans": (mention.span,),
                    "style": entity.label,
                    "title": _title(
                        LABELS[entity.label], notes.text(entity), mention.status, mention.origin, scores
                    ),
                    "status": mention.status,
                },
                _is_low(mention.status, mention.origin, scores),
            )


def _figures(notes: Annotations) -> Iterator[tuple[dict[str, Any], bool]]:
    for figure in notes.figures:
        if figure.status == "rejected":
            continue
        scores = [figure.score] if figure.score is not None else []
        name = figure.kind.capitalize()
        yield (
            {
                "id": figure.id,
                "of": "figure",
                "spans": (figure.span,),
                "style": figure.kind,
                "title": _title(name, figure.date, figure.status, figure.origin, scores),
                "status": figure.status,
            },
            _is_low(figure.status, figure.origin, scores),
        )


def _title(name: str, what: str, status: Status, origin: str, scores: Collection[float]) -> str:
    """ "Direct quote: Kamal Hyder, found by surname, 94% sure"; what an editor said is not weighed."""
    origin, _, editor = origin.partition(":")
    if origin == "editor":
        trust = f"marked by {editor or 'an editor'}"
    elif status == "confirmed":
        trust = "confirmed"
    else:
        trust = f"{max(1, min(99, round(min(scores) * 100)))}% sure" if scores else ""
    told = ", ".join(filter(None, (what, trust)))
    return f"{name}: {told}" if told else name


def _is_low(status: Status, origin: str, scores: Iterable[float]) -> bool:
    is_machines = status == "suggested" and not origin.startswith("editor:")
    return is_machines and min(scores, default=1.0) < DOUBTFUL


def parse(data: object, text: str) -> Action | None:
    """The action in what the browser sent, or None for anything that is not one of this text.

    Spans must be sorted, apart, inside the text, and hold more than blanks.
    """
    if not isinstance(data, dict):
        return None
    name, mark, value = data.get("name"), data.get("id", ""), data.get("value", "")
    revision, spans = data.get("revision"), _spans(data.get("spans", []), text)
    if not (isinstance(name, str) and isinstance(mark, str) and isinstance(value, str)) or spans is None:
        return None
    if name not in ACTIONS or value not in ACTIONS[name] or len(mark) > _LONGEST_ID:
        return None
    if type(revision) is not int or revision < 0:
        return None
    if name in _ADDING and (not spans or (name == "add-mention" and len(spans) > 1)):
        return None
    if name in _NEED_A_MARK and not mark:
        return None
    return Action(revision, name, mark, spans, value)


def _spans(data: object, text: str) -> tuple[Span, ...] | None:
    if not isinstance(data, list) or len(data) > _MOST_SPANS:
        return None
    spans: list[Span] = []
    for pair in data:
        if not isinstance(pair, list) or len(pair) != 2 or any(type(end) is not int for end in pair):
            return None
        span = Span(*pair)
        behind = spans[-1].end if spans else 0
        if not behind <= span.start < span.end <= len(text) or not text[span.start : span.end].strip():
            return None
        spans.append(span)
    return tuple(spans)


def marker(
    notes: Annotations,
    *,
    revision: int,
    key: str,
    focus: str = "",
    jump: int = 0,
    doubtful: Collection[str] | None = None,
    figures: bool = False,
    field: int = 0,
    on_action: Callable[[Action], None] | None = None,
) -> Action | None:
    """Mounts the marker, and returns what the editor did since the last run, if anything.

    ``revision`` comes back with each action; the page refuses one that is older than its notes.
    ``focus`` is the id of the mark to select; the text scrolls to it when ``focus`` or ``jump``
    (any number; raise it to go to the same place again) changes. ``field`` is the number of the field
    that an action opened, 0 for none: keys that were typed for it wait until it has come. ``on_action``
    is called before the page runs, so that one run shows what came of it; prefer it to the returned
    action, which is the same one and costs a second run. The key must stay the same for an article.
    """
    import streamlit as st

    text = notes.article.text
    seen = f"{key}-seen"  # the number of the last action; the browser waits for it
    done = f"{key}-done"

    def receive() -> None:
        sent = st.session_state[key].get("action")
        number = sent.get("number") if isinstance(sent, dict) else None
        # However often it is delivered, an action counts once.
        if type(number) is not int or number <= st.session_state.get(seen, 0):
            return
        st.session_state[seen] = number
        if action := parse(sent, text):
            st.session_state[done] = action
            if on_action:
                on_action(action)

    data = payload(notes, revision=revision, focus=focus, jump=jump, doubtful=doubtful, figures=figures)
    data |= {"field": field, "seen": st.session_state.get(seen, 0)}
    served.mount("marker", key=key, data=data, on_action_change=whole(receive))
    return st.session_state.pop(done, None)


def payload(
    notes: Annotations,
    *,
    revision: int,
    focus: str = "",
    jump: int = 0,
    doubtful: Collection[str] | None = None,
    figures: bool = False,
) -> dict[str, Any]:
    """What ``browser/marker.js`` is given to draw, as JSON takes it; see ``marker`` for the parameters."""
    language = notes.article.language
    return {
        "text": notes.article.text,
        "language": "" if language == "und" else language,
        "revision": revision,
        "focus": focus,
        "jump": jump,
        "field": 0,
        "seen": 0,
        "labels": dict(LABELS),
        "kinds": dict(_QUOTE_NAMES),
        "marks": [_sent(mark) for mark in marks(notes, doubtful=doubtful, figures=figures)],
    }


def _sent(mark: Mark) -> list[object]:
    """A mark as ``browser/marker.js`` reads it: a list, for there may be thousands."""
    return [
        mark.id,
        mark.of,
        [end for span in mark.spans for end in span],
        mark.style,
        mark.tint,
        mark.number,
        mark.title,
        mark.status,
        mark.doubtful,
    ]
