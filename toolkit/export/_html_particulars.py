"""The smaller parts of an HTML brief: key facts, numbers and timeline, and what the editor is asked."""

from __future__ import annotations

from itertools import groupby

from toolkit.brief import Brief
from toolkit.export import _telling as telling
from toolkit.export._html_pieces import own, remark, row_of, small, table, where
from toolkit.export._html_places import Places
from toolkit.export._markup import Html, element, joined
from toolkit.particulars import Dated, Fact
from toolkit.wording import HEADINGS, NOTHING, SAID_BY, cuts

_NUMBERS = ("Figure", "What", "Comes to", "On whose word", "Where")
_DATES = ("When", "In the text", "Told in", "Where")


def facts(content: Brief, at: Places) -> Html:
    """The answers by question."""
    if not content.facts:
        return remark(NOTHING["points"])
    groups = (
        element("div", element("dt", question), (_fact(content, each, at) for each in answers))
        for question, answers in groupby(content.facts, key=lambda fact: fact.question)
    )
    return element("dl", groups)


def _fact(content: Brief, fact: Fact, at: Places) -> Html:
    source = joined(f"{SAID_BY} ", own(content, content.text(fact.source))) if fact.source else ""
    beside = joined(fact.date, " " if fact.date and source else "", source)
    told = joined(" ", element("span", beside, class_="remark")) if beside else ""
    return element("dd", own(content, content.text(fact.span)), told, " ", where(at, fact.where), dir="auto")


def figures(content: Brief, at: Places) -> Html:
    """The table of numbers, then what has a date."""
    numbers = [
        row_of(
            [
                own(content, telling.words(content, number)),
                joined(number.kind, small(number.review, "editor")),
                joined(number.value),
                own(content, number.source),
                where(at, number.where, at.spot("figure", number.figure)),
            ]
        )
        for number in content.numbers
    ]
    dates = [
        row_of(
            [
                element("strong", dated.date),
                own(content, telling.words(content, dated)),
                _told(content, dated),
                where(at, dated.where, at.spot("figure", dated.figure)),
            ]
        )
        for dated in content.dates
    ]
    return joined(
        table(content.heading("figures"), _NUMBERS, numbers) if numbers else remark(NOTHING["figures"]),
        element("h3", HEADINGS["timeline"]),
        table(HEADINGS["timeline"], _DATES, dates) if dates else remark(NOTHING["timeline"]),
    )


def _told(content: Brief, dated: Dated) -> Html:
    before, behind = cuts(dated.told, dated.sentence)
    return joined(before, own(content, content.text(dated.told)), behind)


def checks(content: Brief, at: Places) -> Html:
    """What the checks ask, then the notes of the desk."""
    asked = [
        element("li", each.message, " ", where(at, each.where, at.spot("check", number)), dir="auto")
        for number, each in enumerate(content.questions)
    ]
    notes = [
        element(
            "li",
            each.words,
            small(joined(f"{each.editor}: ", own(content, content.text(each.span)))),
            " ",
            where(at, each.where, at.spot("note", number)),
            dir="auto",
        )
        for number, each in enumerate(content.remarks)
    ]
    return joined(
        element("ul", asked) if asked else remark(NOTHING["checks"]),
        joined(element("h3", HEADINGS["remarks"]), element("ul", notes)) if notes else "",
    )
