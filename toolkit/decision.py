"""What an editor decided, as a record: the acts that ``toolkit.edits`` applies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from toolkit.spans import Span

EditAct: TypeAlias = Literal[
    "confirm", "reject", "reset", "add", "extent", "kind", "speaker",
    "label", "merge", "split", "rename", "pin", "drop", "free", "note", "dismiss",
]  # fmt: skip
Edited: TypeAlias = Literal["quote", "mention", "entity", "figure", "sentence", "text"]


@dataclass(frozen=True, slots=True)
class Edit:
    """A decision of an editor, told by places in the text, so that it holds for another run of the
    machine and can be carried to a new version of the text.

    ``at`` are the spans of what it is about: a quote's content, a mention, any mention of an entity,
    a figure, a sentence. ``to`` are those where it leads: the new extent, the names of the
    speakers, a mention of the entity that takes another in. ``value`` is the word that was
    chosen: a kind, a label, the words of a note, the name of a check, "proposed" for a speaker
    whom nobody has confirmed. ``by`` is the editor's
    name. Edits of one ``step`` (from 1) are undone together. ``toolkit.edits`` tells what each act does.
    """

    act: EditAct
    of: Edited
    at: tuple[Span, ...]
    to: tuple[Span, ...] = ()
    value: str = ""
    by: str = ""
    step: int = 1
