"""What an editor does to quotes: their words, their kind, and who said them."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from reprlib import repr as cut_short
from typing import get_args

from toolkit.decision import Edit
from toolkit.edits.draft import (
    Draft,
    editor,
    exact_mention,
    most_alike,
    new_id,
    quote_at,
    settled,
    told,
    words,
)
from toolkit.edits.selecting import PROPOSED, how_proposed, is_proposed
from toolkit.edits.speaking import cast_of, names_of, swept
from toolkit.errors import UnfitEdit
from toolkit.marks import quotations
from toolkit.model import Flag, Quote, QuoteKind, Span, Status
from toolkit.paragraphs import paragraphs

KINDS: tuple[str, ...] = get_args(QuoteKind)
_STATUS: dict[str, Status] = {"confirm": "confirmed", "reject": "rejected", "reset": "suggested"}
_ALTERED = re.compile(r"\[[^\]\n]*\]|\.\.\.|…|\. \. \.")


def quote_status(draft: Draft, edit: Edit) -> Draft:
    """confirm, reject, reset. A confirmation that tells a kind also tells the words and the speakers that
    were confirmed (no names: nobody known): another run of the machine has to keep to them."""
    quote = quote_at(draft, edit.at)
    if edit.act != "confirm" or not edit.value:
        return draft.with_one("quotes", replace(quote, status=_STATUS[edit.act]))
    draft = _reaching(draft, quote, edit.at, edit)
    draft = quote_kind(draft, edit)
    if names_of(draft, quote) == edit.to and not is_proposed(quote):
        return draft
    return quote_speaker(draft, edit)


def add_quote(draft: Draft, edit: Edit) -> Draft:
    """A quote with the content ``at``, the kind ``value`` and the speakers named at ``to``. One that has
    these words already, marks apart, becomes it; so does what the machine suggests of nearly the same words,
    for one stretch of the text is not said twice."""
    kind, content = _kind(edit.value or "direct"), _content(draft, edit.at)
    core = _core(draft, content)
    quote = next((q for q in draft.quotes if _core(draft, q.content) == core), None)
    quote, draft = (quote, draft) if quote else _doubled(draft, content)
    if quote:
        draft = quote_kind(_reaching(draft, quote, content, edit), replace(edit, at=content, value=kind))
        return quote_speaker(draft, replace(edit, at=content)) if edit.to else draft
    quote = Quote(
        new_id("q", Span(content[0].start, content[-1].end), {q.id for q in draft.quotes}),
        kind,
        content,
        origin=editor(edit),
        status="confirmed",
        flags=_flags(draft, content),
    )
    if edit.to:
        draft, speakers = cast_of(draft, edit.to)
        quote = replace(quote, speakers=speakers, how="editor")
    draft = draft._replace(quotes=_ordered((*draft.quotes, quote)))
    return _figures_said(draft, quote.id, content)


def _doubled(draft: Draft, content: tuple[Span, ...]) -> tuple[Quote | None, Draft]:
    """Of the machine's suggestions that tell these words over again the one that is most like them, and the
    draft without the others. What lies whole within the other is a quote in a quote."""
    core = set(_core(draft, content))

    def again(quote: Quote) -> bool:
        if quote.status != "suggested" or quote.kind == "scare" or quote.origin.startswith("editor:"):
            return False
        is_like = most_alike(content, [(quote.content, True)])
        has_piece = core.intersection(_core(draft, quote.content))
        return bool(is_like or has_piece) or _cross(content, quote.content)

    found = [q for q in draft.quotes if again(q)]
    stays = most_alike(content, [(q.content, q) for q in found]) or next(iter(found), None)
    gone = {q.id for q in found if q is not stays}
    if gone:
        draft = draft._replace(quotes=tuple(q for q in draft.quotes if q.id not in gone))
        for quote in found:
            draft = _figures_said(draft, quote.id, quote.content)
    return stays, draft


def _cross(one: tuple[Span, ...], other: tuple[Span, ...]) -> bool:
    """Whether two contents share words and each has others of its own."""
    touch = any(a.overlaps(b) for a in one for b in other)
    return touch and not (_covers(one, other) or _covers(other, one))


def _covers(one: tuple[Span, ...], other: tuple[Span, ...]) -> bool:
    return all(any(a.contains(b) for a in one) for b in other)


def quote_extent(draft: Draft, edit: Edit) -> Draft:
    """The quote has the content ``to`` instead."""
    return _reaching(draft, quote_at(draft, edit.at), edit.to, edit)


def quote_kind(draft: Draft, edit: Edit) -> Draft:
    quote = quote_at(draft, edit.at)
    kind = _kind(edit.value)
    draft = draft.with_one("quotes", settled(quote, edit, kind=kind))
    return draft if kind == quote.kind else _figures_said(draft, quote.id, quote.content)


def quote_speaker(draft: Draft, edit: Edit) -> Draft:
    """Those named at ``to`` said it; without them, nobody is known. What the text tells beside the
    quotation (``source``) stays as it is. With ``value`` "proposed" they only may have said it, and who is
    known already stays."""
    quote = quote_at(draft, edit.at)
    if edit.value == "proposed" and (quote.speakers or quote.how == "editor"):
        return draft
    draft, speakers = cast_of(draft, edit.to)
    if edit.value == "proposed":
        named = (exact_mention(draft, span) for span in edit.to)
        places = (m.span for pair in named if pair for m in pair[0].mentions)
        how = how_proposed(draft.sentences, quote.content, places)
        return draft.with_one("quotes", replace(quote, speakers=speakers, how=how, speaker_score=PROPOSED))
    if quote.speakers == speakers and (speakers or quote.how == "editor") and not is_proposed(quote):
        return swept(draft.with_one("quotes", settled(quote, edit)))
    return swept(
        draft.with_one("quotes", settled(quote, edit, speakers=speakers, how="editor", speaker_score=None))
    )


def _reaching(draft: Draft, quote: Quote, content: tuple[Span, ...], edit: Edit) -> Draft:
    """With another content; its score was for the old one."""
    content = content if content == quote.content else _content(draft, content)
    if content == quote.content:
        return draft.with_one("quotes", settled(quote, edit))
    new = settled(quote, edit, content=content, score=None, flags=_flags(draft, content))
    draft = draft._replace(quotes=_ordered(new if q.id == quote.id else q for q in draft.quotes))
    return _figures_said(draft, quote.id, (*quote.content, *content))


def _kind(value: str) -> QuoteKind:
    if value not in KINDS:
        raise UnfitEdit(f"There is no kind of quote {cut_short(value)}; choose from {', '.join(KINDS)}.")
    return value  # type: ignore[return-value]  # one of the kind's words


def _content(draft: Draft, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    content = tuple(sorted(spans))
    if not content or not all(words(draft, s).strip() for s in content):
        raise UnfitEdit("A quote needs words in each of its pieces; select them in the text.")
    if any(a.overlaps(b) for a, b in pairwise(content)):
        raise UnfitEdit(f"Pieces of the quote {told(draft, content)} overlap; select each word once.")
    return content


def _core(draft: Draft, content: Iterable[Span]) -> list[Span]:
    """The content without marks and blanks at its ends."""
    found = []
    for start, end in content:
        piece = draft.text[start:end]
        lead = next((i for i, c in enumerate(piece) if c.isalnum()), 0)
        tail = next((i for i, c in enumerate(reversed(piece)) if c.isalnum()), 0)
        found.append(Span(start + lead, end - tail))
    return found


def _ordered(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    return tuple(sorted(quotes, key=lambda q: min(q.content)))


def _flags(draft: Draft, content: tuple[Span, ...]) -> tuple[Flag, ...]:
    """What is to be told of the content; the marks are read in its paragraphs and in the one behind
    them, where a quotation may go on."""
    text = draft.text
    places = _paragraphs(text)
    first = bisect_right(places, content[0].start, key=lambda p: p.end)
    behind = bisect_left(places, content[-1].end, key=lambda p: p.start)
    around = places[first : behind + 1]
    start, end = (around[0].start, around[-1].end) if around else (0, 0)
    found = quotations(text[start:end])
    touched = [
        q
        for q in found
        if any(s.start < start + q.span.end and start + q.span.start < s.end for s in content)
    ]
    holds: dict[Flag, bool] = {
        "unclosed": any(not q.closed for q in touched),
        "altered": any(_ALTERED.search(text, start + q.inner.start, start + q.inner.end) for q in touched),
        "split": any(text[a.end : b.start].strip() for a, b in pairwise(content)),
    }
    return tuple(flag for flag, is_so in holds.items() if is_so)


@functools.lru_cache(maxsize=1)
def _paragraphs(text: str) -> tuple[Span, ...]:
    """Kept, for many quotes of one text are changed in a row."""
    return tuple(paragraphs(text))


def _figures_said(draft: Draft, quote: str, spans: Iterable[Span]) -> Draft:
    """The numbers in these words, and those of a quote, belong to the smallest statement that holds them."""
    spans = tuple(spans)

    def holder(span: Span) -> str | None:
        around = [
            (sum(s.end - s.start for s in q.content), q.content, q.id)
            for q in draft.quotes
            if q.kind != "scare" and any(s.contains(span) for s in q.content)
        ]
        return min(around)[2] if around else None

    return draft._replace(
        figures=tuple(
            replace(f, quote=holder(f.span))
            if f.quote == quote or any(s.contains(f.span) for s in spans)
            else f
            for f in draft.figures
        )
    )
