"""What each act does: a table of (act, of) and the small functions behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

from toolkit.decision import Edit
from toolkit.edits import names, quotations
from toolkit.edits.draft import (
    AlreadySo,
    Draft,
    figure_at,
    mention_at,
    quote_at,
    sentence_at,
    settled,
    told,
    twice_named,
    words,
)
from toolkit.edits.speaking import names_of
from toolkit.errors import UnfitEdit
from toolkit.model import Span, Status

Do: TypeAlias = Callable[[Draft, Edit], Draft]

_STATUS: dict[str, Status] = {"confirm": "confirmed", "reject": "rejected", "reset": "suggested"}


def figure_status(draft: Draft, edit: Edit) -> Draft:
    figure = figure_at(draft, edit.at)
    return draft.with_one("figures", replace(figure, status=_STATUS[edit.act]))


def figure_extent(draft: Draft, edit: Edit) -> Draft:
    """Other words for a number; what they come to (``measures``, ``date``) stays."""
    figure = figure_at(draft, edit.at)
    if len(edit.to) != 1 or not words(draft, edit.to[0]).strip():
        raise UnfitEdit("A number or date stands in one piece of the text; select its words.")
    draft = draft.with_one("figures", settled(figure, edit, span=edit.to[0]))
    return draft._replace(figures=tuple(sorted(draft.figures, key=lambda f: f.span)))


def sentence(draft: Draft, edit: Edit) -> Draft:
    """pin, drop, free: whether the summary must or must not have a sentence. Choosing the others again
    is left to ``toolkit.summarize``."""
    place, summary = sentence_at(draft, edit.at), draft.summary
    if summary is None:
        raise UnfitEdit("There is no summary to keep a sentence in or out of; make one first.")

    def put(spans: tuple[Span, ...], is_in: bool) -> tuple[Span, ...]:
        return tuple(sorted({*spans, place})) if is_in else tuple(s for s in spans if s != place)

    chosen = summary.sentences
    return draft._replace(
        summary=replace(
            summary,
            sentences=chosen if edit.act == "free" else put(chosen, edit.act == "pin"),
            pinned=put(summary.pinned, edit.act == "pin"),
            dropped=put(summary.dropped, edit.act == "drop"),
        )
    )


def note(draft: Draft, edit: Edit) -> Draft:
    """Notes live in the list of edits alone. On a mark, and on the whole text, the last one stands; on mere
    words each does, of each editor, until an empty one takes all away (``toolkit.noted``)."""
    here = [e for e in draft.edits if (e.act, e.of, e.at) == ("note", edit.of, edit.at)]
    if not edit.value:
        is_so = not here or not here[-1].value
    elif edit.of != "text" or edit.at == (Span(0, len(draft.text)),):
        is_so = bool(here) and here[-1].value == edit.value
    else:
        emptied = max((n for n, e in enumerate(here, 1) if not e.value), default=0)
        # One that names no editor yet is anyone's.
        is_so = any(e.value == edit.value and edit.by in ("", e.by) for e in here[emptied:])
    if is_so:
        told_so = "This note stands already" if edit.value else "There is no note to take away"
        raise AlreadySo(f"{told_so} at {told(draft, edit.at)}.")
    return draft


def only_told(draft: Draft, edit: Edit) -> Draft:
    """dismiss, and what takes it back, live in the list of edits alone."""
    if edit.act == "dismiss" and not edit.value:
        raise UnfitEdit("A finding is dismissed by the name of its check; none is given.")
    return draft


ACTS: Mapping[tuple[str, str], Do] = {
    **dict.fromkeys([(act, "quote") for act in _STATUS], quotations.quote_status),
    **dict.fromkeys([(act, "mention") for act in _STATUS], names.mention_status),
    **dict.fromkeys([(act, "entity") for act in _STATUS], names.entity_status),
    **dict.fromkeys([(act, "figure") for act in _STATUS], figure_status),
    **dict.fromkeys([(act, "sentence") for act in ("pin", "drop", "free")], sentence),
    **dict.fromkeys(
        [("note", of) for of in ("quote", "mention", "entity", "figure", "sentence", "text")], note
    ),
    ("add", "quote"): quotations.add_quote,
    ("extent", "quote"): quotations.quote_extent,
    ("kind", "quote"): quotations.quote_kind,
    ("speaker", "quote"): quotations.quote_speaker,
    ("add", "mention"): names.add_mention,
    ("extent", "mention"): names.mention_extent,
    ("label", "mention"): names.relabel,
    ("label", "entity"): names.relabel,
    ("merge", "entity"): names.merge,
    ("split", "mention"): names.split,
    ("rename", "entity"): names.rename,
    ("extent", "figure"): figure_extent,
    ("dismiss", "text"): only_told,
    ("reset", "text"): only_told,  # takes a dismissal back
}


def done(draft: Draft, edit: Edit) -> Draft:
    """The draft after an edit, which is added to its edits. Raises ``UnfitEdit``."""
    do = ACTS.get((edit.act, edit.of))
    if do is None:
        raise UnfitEdit(f"There is no way to {edit.act} a {edit.of}.")
    if not edit.at:
        raise UnfitEdit(f"The edit does not tell where the {edit.of} stands.")
    for span in (*edit.at, *edit.to):
        if not 0 <= span.start < span.end <= len(draft.text):
            raise UnfitEdit(f"The place {span.start}-{span.end} lies outside the text; select it again.")
    edit = stated(draft, edit)
    after = do(draft, edit)
    if edit.of in ("mention", "entity") and edit.act != "note":
        _refuse_two_names(draft, after)
    return after._replace(edits=(*after.edits, edit))


def _refuse_two_names(before: Draft, after: Draft) -> None:
    """No place is a name of two entities; what the machine has so already is let be."""
    twice = twice_named(after)
    held = twice_named(before) if twice else {}
    for span, entity in twice.items():
        if span not in held:
            raise UnfitEdit(
                f"{told(after, (span,))} is marked already, as a name of {told(after, (entity.name,))}; "
                "reject that mark first, or select the words and mark them anew."
            )


def stated(draft: Draft, edit: Edit) -> Edit:
    """The edit with what the editor saw: a decision has to hold where the machine reads otherwise next
    time. A confirmed quote is kept with its words, kind and speakers, a name with its label."""
    if edit.value or edit.act not in ("confirm", "extent", "speaker"):
        return edit
    if edit.of == "quote":
        quote = quote_at(draft, edit.at)
        if edit.act == "confirm":
            return replace(edit, at=quote.content, to=names_of(draft, quote), value=quote.kind)
        return replace(edit, value=quote.kind)
    if edit.of in ("mention", "entity"):
        entity, mention = mention_at(draft, edit.at)
        at = (mention.span,) if edit.act == "confirm" else edit.at
        return replace(edit, at=at, value=entity.label)
    return edit
