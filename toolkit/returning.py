"""A Word brief that comes back from somebody's desk: what was sent, and what they made of it.

    back = returned("brief.docx")
    notes = edits.apply(back.notes, *back.comments)

The annotations inside the file are laid beside the article that stands in the document now. Nothing is
asked of the machine; where the text changed, annotating it again finds what is new in it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from toolkit.decision import Edit
from toolkit.edits import Unfit, last_step
from toolkit.errors import InvalidNotes, ToolkitError
from toolkit.model import Annotations
from toolkit.read.draft import MAX_BYTES, MAX_CHARACTERS
from toolkit.reanchoring import reanchored

_ELSEWHERE = "The comment is on a part of the document that is not the article."


@dataclass(frozen=True, slots=True)
class Returned:
    """What a brief holds.

    ``sent`` are the annotations as they were exported. ``notes`` are those on the article as it stands in the
    document now: the same where nobody changed a character of it, and else with the marks and edits that
    still fit; a mark whose last decision fits no more is suggested again. ``comments`` are the new comments
    on the article, as edits of the act "note" in one step, not yet applied. ``unfit`` are the edits whose
    words are gone, and comments on other parts of the document; ``lost`` says in sentences which marks are
    gone.
    """

    sent: Annotations
    notes: Annotations
    comments: tuple[Edit, ...] = ()
    unfit: tuple[Unfit, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The article as it stands in the document now."""
        return self.notes.article.text

    @property
    def changed(self) -> bool:
        """Whether somebody changed the article."""
        return self.text != self.sent.article.text


def returned(source: str | os.PathLike[str] | bytes, *, name: str = "") -> Returned:
    """What came back in a .docx that ``toolkit.export`` wrote: a path, or the bytes of an upload.

    ``name`` is what to call it in messages. Tracked changes count as accepted. A brief that was made without
    its article tells no changes. Raises ``InvalidNotes`` for a file without annotations, a damaged or
    dangerous one, and one whose article was taken out; ``ToolkitError`` where it can't be read.
    """
    from toolkit.export.docx import came_back

    name = name or ("The document" if isinstance(source, bytes) else str(source))
    data = source if isinstance(source, bytes) else _bytes(Path(source))
    if len(data) > MAX_BYTES:
        raise InvalidNotes(f"{name} is larger than {MAX_BYTES // 1_000_000} MB, which no brief is.")
    try:
        sent, back = came_back(data)
    except InvalidNotes as error:
        raise InvalidNotes(f"{name}: {error}") from None
    before = sent.notes.article.text
    text = back.text if sent.has_article else before
    if text is None or (before.strip() and not text.strip()):
        raise InvalidNotes(
            f"{name}: the article was taken out of the document, so there is nothing to compare; "
            "toolkit.read_notes gives the annotations as they were sent."
        )
    if len(text) > max(MAX_CHARACTERS, len(before)):
        raise InvalidNotes(
            f"{name}: the article has grown to {len(text):,} characters and at most {MAX_CHARACTERS:,} are "
            "read; split it into articles."
        )
    notes, unfit, lost = reanchored(sent.notes, text)
    step = last_step(sent.notes.edits) + 1
    written = [
        Edit("note", "text", (each.at,) if each.at else (), value=each.words, by=each.author, step=step)
        for each in back.comments
    ]
    elsewhere = tuple(Unfit(edit, _ELSEWHERE) for edit in written if not edit.at)
    return Returned(
        sent=sent.notes,
        notes=notes,
        comments=tuple(dict.fromkeys(edit for edit in written if edit.at)),
        unfit=(*unfit, *elsewhere),
        lost=lost,
    )


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ToolkitError(f"Can't read {path}: {reason}. Check the name and the rights.") from error
