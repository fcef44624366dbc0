"""Who is in the article: the cast with roles and statements, who speaks how much, the other names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import streamlit as st

from toolkit.cast import Member, cast
from toolkit.model import Annotations, Entity, Quote
from toolkit.runs import kept_mentions, kept_quotes
from toolkit.terms import length_of
from toolkit.ui.memory import once
from toolkit.ui.panels.leading import listing, nothing
from toolkit.ui.pictures import Bar, bars
from toolkit.ui.places import mark_of
from toolkit.ui.rows import Group, Row
from toolkit.ui.work import Work
from toolkit.wording import LABELS, count

_MOST_BARS = 8
_LONGEST_NAME = 60


def show(work: Work) -> None:
    """The picture of who speaks how much, the cast, and the names of everything else."""
    drawn = once("shares", work.notes, shares)
    if len(drawn) > 1:
        st.html(bars(drawn, "Share of the words said", once("others", work.notes, others)))
    groups = once("cast", work.notes, lambda notes: (*members(notes), *names(notes)))
    if groups:
        listing(work, "nd-cast", groups, label="Cast")
    else:
        nothing("No names were found in this article.")


def shares(notes: Annotations) -> tuple[Bar, ...]:
    """How much of all words said is whose, the most first; the words of several speakers count for
    each. Those of whom nobody is known are one. Beyond eight the others have no bar: see ``others``."""
    words = _words_said(notes)
    total = sum(words.values())
    if not total:
        return ()
    named = {s.id: (notes.text(s)[:_LONGEST_NAME], tint) for tint, s in enumerate(notes.speakers, 1)}
    unknown = words.pop("", 0)
    found = [Bar(named[id][0], amount / total, named[id][1]) for id, amount in words.most_common(_MOST_BARS)]
    if unknown:
        found.append(Bar("Unknown", unknown / total))
    return tuple(found)


def others(notes: Annotations) -> str:
    """Those beyond the eight who say the most, in words: together they would have the longest bar. "" where
    there are no more."""
    words = _words_said(notes)
    words.pop("", None)
    left = {id for id, _ in words.most_common()[_MOST_BARS:]}
    if not left:
        return ""
    quotes = sum(not left.isdisjoint(quote.speakers) for quote in _said(notes))
    return f"and {count(len(left), 'other', 'others')}, {count(quotes, 'quote', 'quotes')}"


def _said(notes: Annotations) -> Iterator[Quote]:
    return (q for q in kept_quotes(notes) if q.kind != "scare" and q.act == "speech")


def _words_said(notes: Annotations) -> Counter[str]:
    """How many words each speaker says, by id; "" is nobody known."""
    words: Counter[str] = Counter()
    for quote in _said(notes):
        length = sum(length_of(notes.text(span)) for span in quote.content)
        words.update(dict.fromkeys(quote.speakers or ("",), length))
    return words


def members(notes: Annotations) -> tuple[Group, ...]:
    """Those who speak and the persons who don't."""
    said = tuple(q for q in kept_quotes(notes) if q.kind != "scare")
    found, _ = cast(notes, said)
    entities = {e.id: e for e in notes.entities}
    first = {id: quote.id for quote in reversed(said) for id in quote.speakers}
    tints = {s.id: number for number, s in enumerate(notes.speakers, 1)}
    rows = []
    for member in found:
        entity = entities.get(member.entity)
        to = (mark_of(notes, entity) if entity else "") or first.get(member.speaker, "")
        rows.append(_member(member, to, tints.get(member.speaker, 0) if member.statements else 0))
    return (Group(tuple(rows), count(len(rows), "person or voice", "persons and voices")),) if rows else ()


def _member(member: Member, to: str, tint: int) -> Row:
    facts = (member.role, member.affiliation, member.description)
    # "the chief engineer" says all that "chief engineer" does.
    told = dict.fromkeys(f for f in facts if f and not any(f in other and f != other for other in facts))
    return Row(
        # A speaker and an entity may have the same id.
        f"speaker:{member.speaker}" if member.speaker else f"entity:{member.entity}",
        title=f"{member.name} (unnamed)" if member.unnamed else member.name,
        aside=count(member.statements, "statement", "statements") if member.statements else "not quoted",
        detail=", ".join(told),
        remark=f"named {count(member.mentions, 'time', 'times')}" if member.mentions > 1 else "",
        to=to,
        tint=tint,
        is_open=bool(to),
    )


def names(notes: Annotations) -> tuple[Group, ...]:
    """All other names, by kind, each kind behind its title."""
    said = tuple(q for q in kept_quotes(notes) if q.kind != "scare")
    shown = {member.entity for member in cast(notes, said)[0]}
    groups = []
    for label, title in LABELS.items():
        of = [e for e in notes.entities if e.label == label and e.id not in shown and kept_mentions(e)]
        if of:
            rows = tuple(_name(notes, entity) for entity in of)
            groups.append(Group(rows, f"{title} ({len(rows)})", folded=True))
    return tuple(groups)


def _name(notes: Annotations, entity: Entity) -> Row:
    times = len(kept_mentions(entity))
    return Row(
        f"entity:{entity.id}",
        title=notes.text(entity),
        aside=f"×{times}" if times > 1 else "",
        detail=notes.text(entity.description) if entity.description else "",
        to=mark_of(notes, entity),
    )
