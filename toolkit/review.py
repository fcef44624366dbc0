"""What needs an editor's look, least certain first, and what needs none.

    from toolkit import edits, review

    for item in review.queue(notes):
        print(item.reason, notes.text(item.at))
    notes = edits.apply(notes, *review.sure(notes, by="Ana"))

A queue of doubtful marks and of the findings of ``toolkit.checks``. What an editor confirmed, rejected
or dismissed is not in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from toolkit.bearers import Bearers
from toolkit.checks import check
from toolkit.decision import Edit
from toolkit.edits import confirm, is_proposed, last_step, numbered
from toolkit.model import Annotations, Entity, Quote, Span
from toolkit.runs import kept_mentions, kept_quotes
from toolkit.wording import DOUBTS, LABELS

# By the reliability tables of the encoder's card, on dev: 376 of 1,754 quotes are below .7, where half are
# wrong, and 342 are wrong in all; of the names 483 of 3,663 are, more than half of them wrong, and 548 are
# in all. So the queue is about as long as what is wrong; above the line nine in ten are right. On the
# forty pieces of world news it holds 10 quotes by that score (5 wrong) and 64 names (13 wrong); at .8 it
# would hold 28 and 86 for two more that are wrong. Whom a source means has its own score, of which the card
# has 11 of 308 below .8, with three of the five that are wrong.
DOUBTFUL = 0.7
DOUBTFUL_SPEAKER = 0.8
SURE = 0.95

# Where things without a score stand among the others. Of ten quotations for which nobody was found six or
# seven rightly have nobody (card, "Who spoke"); a finding is worth a look and no verdict; what stands in
# quotation marks and is no statement seldom is one.
_UNKNOWN_SPEAKER, _FINDING, _SCARE = 0.65, 0.75, 0.85
# What a check says of a quotation as a whole is settled when an editor has confirmed the quotation.
_OF_QUOTES = ("no-speaker", "altered-quote", "quote-marks")

_PROPOSED = "The speaker is a proposal; confirm it or choose another"
_BEARERS = "“{}” may be {}"

Of: TypeAlias = Literal["quote", "entity", "text"]


@dataclass(frozen=True, slots=True)
class Item:
    """Something to look at.

    ``key`` tells it from all others, and is the same for the same thing in the same place. ``of`` and
    ``at`` are what an ``Edit`` on it has: a quote with its content, an entity with its least certain mention,
    or a place in the text with the finding of a ``check``. ``score`` is the probability that it is
    right, if there is one; ``check`` is "" for a mark. ``alone`` tells that the answer says nothing of the
    entity's other mentions: each may be somebody else.
    """

    key: str
    of: Of
    at: tuple[Span, ...]
    reason: str
    score: float | None = None
    check: str = ""
    alone: bool = False


def queue(notes: Annotations) -> tuple[Item, ...]:
    """What needs a look, the least certain first; in the order of the text what is equally so."""
    shared = _shared(notes)
    found: list[tuple[float, Item]] = [*_quotes(notes, shared), *_entities(notes, shared)]
    asked = {item.at[0] for rank, item in found if item.of == "quote" and rank == _UNKNOWN_SPEAKER}
    found += ((_FINDING, item) for item in _findings(notes, asked))
    return tuple(item for _, item in sorted(found, key=lambda pair: (pair[0], pair[1].at, pair[1].key)))


def remaining(notes: Annotations) -> int:
    """How many things are left to look at."""
    return len(queue(notes))


def sure(notes: Annotations, above: float = SURE, by: str = "") -> tuple[Edit, ...]:
    """Confirmations, in one step, of all quotes and names that are still suggested and surer than ``above``:
    a quote by both its scores, so that none without a named speaker is among them."""
    quotes = (
        confirm(q, by)
        for q in kept_quotes(notes)
        if q.status == "suggested" and min(q.score or 0, q.speaker_score or 0) > above
    )
    mentions = (
        confirm(m, by)
        for e in notes.entities
        for m in e.mentions
        if m.status == "suggested" and (m.score or 0) > above
    )
    return numbered((*quotes, *mentions), last_step(notes.edits) + 1)


def _quotes(notes: Annotations, shared: Mapping[Span, str]) -> Iterator[tuple[float, Item]]:
    for quote in kept_quotes(notes):
        if is_proposed(quote):
            score = quote.speaker_score
            yield score or 0, Item(_key("quote", quote.content), "quote", quote.content, _PROPOSED, score)
        elif quote.status == "suggested" and (doubt := _doubt(quote)):
            rank, kind, score = doubt
            names = (shared[s] for s in shared if any(source.contains(s) for source in quote.source))
            choice = next(names, "") if kind in ("speaker", "who") else ""
            yield (
                rank,
                Item(_key("quote", quote.content), "quote", quote.content, choice or DOUBTS[kind], score),
            )


def _doubt(quote: Quote) -> tuple[float, str, float | None] | None:
    """How doubtful a quote is, why, and its score there; None where it is not."""
    if quote.kind == "scare":
        return _SCARE, "scare", quote.score
    doubts: list[tuple[float, str, float | None]] = []
    if quote.score is not None and quote.score < DOUBTFUL:
        doubts.append((quote.score, "quote", quote.score))
    if not quote.speakers:
        doubts.append((_UNKNOWN_SPEAKER, "speaker", quote.score))
    elif quote.speaker_score is not None and quote.speaker_score < DOUBTFUL_SPEAKER:
        doubts.append((quote.speaker_score, "who", quote.speaker_score))
    return min(doubts, default=None, key=lambda doubt: doubt[0])


def _shared(notes: Annotations) -> dict[Span, str]:
    """Where a surname stands that several people share, and between whom it leaves the choice."""
    places = Bearers(notes.article.text, notes.entities).among(notes.entities)
    return {
        span: _BEARERS.format(notes.text(span), " or ".join(notes.text(e) for e in people))
        for span, (_, people) in places.items()
    }


def _entities(notes: Annotations, shared: Mapping[Span, str]) -> Iterator[tuple[float, Item]]:
    for entity in notes.entities:
        doubts = [
            (m.score, m.span)
            for m in entity.mentions
            if m.status == "suggested" and m.score is not None and m.score < DOUBTFUL
        ]
        if doubts:
            score, span = min(doubts)
            reason = shared.get(span) or _name_reason(entity)
            alone = span in shared
            yield score, Item(_key("entity", (span,)), "entity", (span,), reason, score, alone=alone)


def _name_reason(entity: Entity) -> str:
    return DOUBTS["name" if len(kept_mentions(entity)) == 1 else "names"].format(LABELS[entity.label].lower())


def _findings(notes: Annotations, asked: set[Span]) -> Iterator[Item]:
    """What the checks find, without what is dismissed, settled, or asked of a quote already."""
    gone = dismissed(notes)
    settled = [s for q in notes.quotes if q.status == "confirmed" for s in q.content]
    for finding in check(notes):
        is_settled = finding.check in _OF_QUOTES and any(s.contains(finding.span) for s in settled)
        is_asked = finding.check == "no-speaker" and finding.span in asked
        is_dismissed = any(dismisses(edit, finding.check, finding.span) for edit in gone)
        if not (is_settled or is_asked or is_dismissed):
            spans = (finding.span,)
            key = _key(finding.check, spans)
            yield Item(key, "text", spans, finding.message, check=finding.check)


def dismissed(notes: Annotations) -> tuple[Edit, ...]:
    """The dismissals of findings that were not taken back."""
    stands: dict[tuple[str, Span], Edit] = {}
    for edit in notes.edits:
        if edit.of == "text" and edit.act == "dismiss":
            stands[edit.value, edit.at[0]] = edit
        elif edit.of == "text" and edit.act == "reset":
            stands.pop((edit.value, edit.at[0]), None)
    return tuple(stands.values())


def dismisses(edit: Edit, check: str, span: Span) -> bool:
    """Whether a dismissal is of a check's finding: by its place, or by one that overlaps, for the next run of
    the machine may see a quote a little wider."""
    return edit.value == check and edit.at[0].overlaps(span)


def _key(what: str, spans: tuple[Span, ...]) -> str:
    return f"{what}:{','.join(f'{s.start}-{s.end}' for s in spans)}"
