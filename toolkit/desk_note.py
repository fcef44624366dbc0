"""The desk note: what an editor wants read before the article, kept among the decisions.

It is a note on the whole text, so that it has its author, can be undone, and outlives another run of
the machine and an update of the text. The last one counts; one without words takes it away.
"""

from __future__ import annotations

from toolkit.decision import Edit
from toolkit.model import Annotations, Span


def desk_note(notes: Annotations) -> str:
    """The words of the note, "" for none."""
    whole = (Span(0, len(notes.article.text)),)
    written = (e.value for e in reversed(notes.edits) if (e.act, e.of, e.at) == ("note", "text", whole))
    return next(written, "")


def noting(notes: Annotations, words: str, by: str = "") -> Edit:
    """The edit that makes ``words`` the note. An article without text can have none: applying it
    raises ``UnfitEdit``."""
    return Edit("note", "text", (Span(0, len(notes.article.text)),), value=words.strip(), by=by)
