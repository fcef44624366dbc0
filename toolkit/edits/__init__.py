"""What an editor decided, applied to what the machine found: pure functions over annotations.

    from toolkit import edits

    notes = edits.apply(notes, edits.speaker(quote, (name,), by="Ana"))
    again, lost = edits.replay(toolkit.annotate(article), notes.edits)

An ``Edit`` (see ``toolkit.decision``) tells by places what it is about. ``apply`` does it, ``replay``
does it all on another run of the machine, ``carried`` brings it to a new version of the text, ``merged``
lays it beside what was decided elsewhere, and undoing is replaying the rest. What an editor makes or
alters has the origin "editor:<by>" and is confirmed; what an editor only confirms stays the machine's.
"""

from __future__ import annotations

from toolkit.decision import Edit
from toolkit.edits.carrying import carried
from toolkit.edits.making import (
    add_mention,
    add_quote,
    confirm,
    dismiss,
    drop,
    extent,
    free,
    kind,
    label,
    merge,
    note,
    pin,
    propose,
    reject,
    rename,
    reset,
    speaker,
    split,
)
from toolkit.edits.merging import Decided, merged, plain, since
from toolkit.edits.replaying import Unfit, apply, last_step, numbered, replay, undone
from toolkit.edits.selecting import grow, is_proposed, proposed

__all__ = [
    "Decided",
    "Edit",
    "Unfit",
    "add_mention",
    "add_quote",
    "apply",
    "carried",
    "confirm",
    "dismiss",
    "drop",
    "extent",
    "free",
    "grow",
    "is_proposed",
    "kind",
    "label",
    "last_step",
    "merge",
    "merged",
    "note",
    "numbered",
    "pin",
    "plain",
    "propose",
    "proposed",
    "reject",
    "rename",
    "replay",
    "reset",
    "since",
    "speaker",
    "split",
    "undone",
]
