"""``newsdesk timeline``: the dates of an article in order of time, with their sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.cli import files as filing
from toolkit.cli import terminal
from toolkit.cli.options import AsJson, Files, Language

if TYPE_CHECKING:
    from toolkit.model import Annotations
    from toolkit.timeline import Event


def timeline(files: Files, as_json: AsJson = False, language: Language = None) -> bool:
    """Print what is dated, in order of time.

    Dates are told from the day of publication, else from that of the dateline. Without either, only
    what names its year has a date; what can't be told has none and is left out.
    """
    from toolkit import languages
    from toolkit.cli import reading
    from toolkit.timeline import timeline as events_of

    def events(file: str, notes: Annotations) -> tuple[Event, ...]:
        found = events_of(notes)
        if not found and languages.get(notes.article.language) is None:
            terminal.say(
                f"{file}: no dates found, as its language was not recognised; give it with --language."
            )
        elif not found:
            terminal.say(f"{file}: nothing in it is dated.")
        return found

    def show(file: str, notes: Annotations) -> None:
        found = events(file, notes)
        rows = [(each.date, notes.text(each.figure), notes.text(each.sentence)) for each in found]
        if rows:
            terminal.put_table(("Date", "Words", "Sentence"), rows)

    def show_json(file: str, notes: Annotations) -> None:
        for each in events(file, notes):
            terminal.put_json(
                {
                    "file": file,
                    "date": each.date,
                    "words": notes.text(each.figure),
                    "span": each.figure.span,
                    "sentence": notes.text(each.sentence),
                    "sentence_span": each.sentence,
                }
            )

    return filing.each(files, show_json if as_json else show, headed=not as_json, **reading(language))
