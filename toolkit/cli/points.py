"""``newsdesk points``: the key facts of an article, each in its own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.cli import files as filing
from toolkit.cli import terminal
from toolkit.cli.options import AsJson, Files, Language

if TYPE_CHECKING:
    from toolkit.model import Annotations
    from toolkit.points import Point


def points(files: Files, as_json: AsJson = False, language: Language = None) -> bool:
    """Print who, what, where, when, how many, and on whose word.

    The few facts of the main event, in the article's words. A question to which no sure answer was
    found is left out.
    """
    from toolkit.cli import reading
    from toolkit.points import points as points_of
    from toolkit.wording import QUESTIONS

    def facts(file: str, notes: Annotations) -> tuple[Point, ...]:
        found = points_of(notes)
        if not found:
            terminal.say(f"{file}: no key facts found; it may tell no single event.")
        return found

    def show(file: str, notes: Annotations) -> None:
        rows, asked = [], ""
        for each in facts(file, notes):
            question = "" if each.question == asked else QUESTIONS[each.question]
            source = notes.text(each.source) if each.source else ""
            rows.append((question, source, notes.text(each.span)))
            asked = each.question
        if rows:
            terminal.put_table(("Question", "Source", "Answer"), rows)

    def show_json(file: str, notes: Annotations) -> None:
        for each in facts(file, notes):
            terminal.put_json(
                {
                    "file": file,
                    "question": each.question,
                    "words": notes.text(each.span),
                    "span": each.span,
                    "sentence": notes.text(each.sentence),
                    "sentence_span": each.sentence,
                    "source": notes.text(each.source) if each.source else None,
                    "source_span": each.source,
                    "date": each.date or None,
                }
            )

    return filing.each(files, show_json if as_json else show, headed=not as_json, **reading(language))
