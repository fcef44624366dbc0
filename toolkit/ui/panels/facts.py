"""The key facts: who, what, where, when, how many, and on whose word."""

from __future__ import annotations

from toolkit.model import Annotations
from toolkit.particulars import interval
from toolkit.points import QUESTIONS, Point, points
from toolkit.ui.memory import once
from toolkit.ui.panels.leading import listing, nothing
from toolkit.ui.rows import Group, Row
from toolkit.ui.work import Work
from toolkit.wording import QUESTIONS as ASKED


def show(work: Work) -> None:
    """The facts by question."""
    groups = once("facts", work.notes, facts)
    if groups:
        listing(work, "nd-facts", groups, label="Key facts")
    else:
        nothing("No key facts were found; the article may tell no single event.")


def facts(notes: Annotations) -> tuple[Group, ...]:
    """A group for each question that has an answer."""
    found = points(notes)
    asked = ((question, [p for p in found if p.question == question]) for question in QUESTIONS)
    return tuple(
        Group(tuple(_fact(notes, point, number) for number, point in enumerate(answers)), ASKED[question])
        for question, answers in asked
        if answers
    )


def _fact(notes: Annotations, point: Point, number: int) -> Row:
    # The sentence that tells the event is its own answer.
    words = () if point.span == point.sentence else (notes.text(point.sentence),)
    return Row(
        f"{point.question}:{number}",
        title="" if not words else notes.text(point.span),
        aside=interval(point.date) if point.date else "",
        words=words or (notes.text(point.span),),
        remark=f"said by {notes.text(point.source)}" if point.source else "",
        at=(point.span,),
    )
