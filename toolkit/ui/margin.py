"""What stands beside the article: who said what, the cast, the names. Pure: a brief in, HTML out.

Each row links to its place in the text by the ids of ``anchors``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

from toolkit.brief import Brief, Member, Statement
from toolkit.model import Annotations, Entity, Quote, Span
from toolkit.runs import kept_mentions
from toolkit.ui.anchors import Anchors, QuoteAnchor
from toolkit.ui.markup import Html, element, joined
from toolkit.wording import LABELS, count

_ORDER = {label: place for place, label in enumerate(LABELS)}


def margin(notes: Annotations, brief: Brief, anchors: Anchors) -> Html:
    """Quotes, quoted words, cast and names, each with its heading. The three are of one article."""
    return joined(
        _statements(notes, brief, anchors),
        _asides(brief, anchors),
        _cast(notes, brief, anchors),
        _names(notes, anchors),
    )


def _section(name: str, heading: str, amount: int, content: str) -> Html:
    number = element("span", str(amount), class_="nd-count")
    title = element("h2", heading, " ", number, id=f"nd-{name}-heading")
    return element("section", title, content, class_=f"nd-{name}", aria_labelledby=f"nd-{name}-heading")


def _statements(notes: Annotations, brief: Brief, anchors: Anchors) -> Html:
    quotes = {quote.id: quote for quote in notes.quotes}
    rows = [_statement(brief, row, quotes[row.quote], anchors) for row in brief.statements]
    nothing = element("p", "No statements were found in this article.", class_="nd-nothing")
    return _section("said", "Who said what", len(rows), element("ol", rows) if rows else nothing)


def _statement(brief: Brief, row: Statement, quote: Quote, anchors: Anchors) -> Html:
    anchor = anchors.quotes[row.quote]
    # That somebody is named goes without saying; "unnamed" and "unknown" stand at the name.
    how = row.how if row.standing == "named" and quote.how != "named" else ""
    remarks = " · ".join(filter(None, (how, *row.flags, row.review)))
    cells = (
        element("span", str(anchor.number), class_="nd-number"),
        element("span", _who(row), class_="nd-who", dir="auto"),
        element("span", " · ".join(filter(None, (row.kind, row.cue))), class_="nd-kind"),
        element("span", row.role, class_="nd-role", dir="auto") if row.role else "",
        joined(element("span", brief.text(span), class_="nd-words", dir="auto") for span in row.content),
        element("span", remarks, class_="nd-remark") if remarks else "",
    )
    # The blanks keep the cells apart for a screen reader; the grid drops them.
    link = element("a", (joined(cell, " ") for cell in cells), href=f"#{anchor.place}")
    return element("li", link, id=anchor.row, class_=f"nd-row nd-row-{anchor.kind}")


def _who(row: Statement) -> Html:
    if row.standing == "unknown":
        return joined(element("em", "Unknown"), f": {row.speaker}" if row.speaker else "")
    return joined(row.speaker, " ", _tag("unnamed")) if row.standing == "unnamed" else joined(row.speaker)


def _tag(word: str) -> Html:
    return element("span", word, class_="nd-tag")


def _words(brief: Brief, content: Iterable[Span]) -> str:
    return " … ".join(brief.text(span) for span in content)


def _asides(brief: Brief, anchors: Anchors) -> Html:
    if not brief.asides:
        return Html()
    rows = (
        element("li", _link(anchors.quotes[row.quote].place, _words(brief, row.content)))
        for row in brief.asides
    )
    return _section("asides", "Quoted words, not statements", len(brief.asides), element("ul", rows))


def _cast(notes: Annotations, brief: Brief, anchors: Anchors) -> Html:
    if not brief.cast:
        return Html()
    places = {notes.text(e): anchors.names[e.id] for e in reversed(notes.entities) if e.id in anchors.names}
    numbers = _numbers(notes, anchors)
    rows = (
        _member(member, places.get(member.name, ""), numbers.get(member.name, ())) for member in brief.cast
    )
    return _section("cast", "Cast", len(brief.cast), element("ul", rows))


def _member(member: Member, place: str, numbers: Iterable[Html]) -> Html:
    facts = ", ".join(filter(None, (member.role, member.affiliation, member.description)))
    spoken = count(member.statements, "statement", "statements") if member.statements else "not quoted"
    return element(
        "li",
        element(
            "span",
            _link(place, member.name) if place else element("bdi", member.name),
            joined(" ", _tag("unnamed")) if member.unnamed else "",
            class_="nd-who",
        ),
        element("span", facts, class_="nd-role", dir="auto") if facts else "",
        element("span", spoken, *(joined(" ", number) for number in numbers), class_="nd-remark"),
    )


def _numbers(notes: Annotations, anchors: Anchors) -> Mapping[str, list[Html]]:
    """Links to what each speaker says, by name; none where two of the cast go by one name."""
    found: dict[str, list[Html]] = {}
    names = [notes.text(speaker) for speaker in notes.speakers]
    for speaker, name in zip(notes.speakers, names, strict=True):
        if names.count(name) == 1:
            own = (anchors.quotes.get(quote.id) for quote in notes.quotes if speaker.id in quote.speakers)
            found[name] = [_number(anchor) for anchor in own if anchor and anchor.number]
    return found


def _number(anchor: QuoteAnchor) -> Html:
    number = str(anchor.number)
    return element("a", number, href=f"#{anchor.place}", class_="nd-number", aria_label=f"Quote {number}")


def _names(notes: Annotations, anchors: Anchors) -> Html:
    kept = sorted((e for e in notes.entities if e.id in anchors.names), key=lambda e: _ORDER[e.label])
    if not kept:
        return Html()
    groups = []
    for label, members in groupby(kept, key=lambda e: e.label):
        groups.append(element("dt", element("span", LABELS[label], class_=f"nd-e nd-{label.lower()}")))
        groups.append(element("dd", element("ul", (_name(notes, e, anchors) for e in members))))
    return _section("names", "Names", len(kept), element("dl", groups))


def _name(notes: Annotations, entity: Entity, anchors: Anchors) -> Html:
    times = len(kept_mentions(entity))
    amount = element("span", f" ×{times}", class_="nd-count", title=f"{times} mentions") if times > 1 else ""
    return element("li", _link(anchors.names[entity.id], notes.text(entity)), amount)


def _link(place: str, words: str) -> Html:
    return element("a", element("bdi", words), href=f"#{place}")
