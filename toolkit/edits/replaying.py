"""Edits in a row: applied, applied to another run of the machine, taken back by steps.

Undoing is replaying the others: the machine's annotations are kept, and an edit knows its places.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from toolkit.decision import Edit
from toolkit.edits.acts import done
from toolkit.edits.draft import AlreadySo, Draft
from toolkit.errors import UnfitEdit
from toolkit.model import Annotations


@dataclass(frozen=True, slots=True)
class Unfit:
    """An edit that no longer fits, and why, in a sentence."""

    edit: Edit
    reason: str


def apply(notes: Annotations, *edits: Edit) -> Annotations:
    """The annotations after edits, each in turn; they are added to ``notes.edits``.

    Confirming and changing are kept with what the editor saw (see ``acts.stated``), so that the edits
    in the result may tell more than those given. Raises ``UnfitEdit`` where one fits nothing.
    """
    draft = Draft.of(notes)
    for edit in edits:
        draft = done(draft, edit)
    return draft.into(notes)


def replay(machine: Annotations, edits: Iterable[Edit]) -> tuple[Annotations, tuple[Unfit, ...]]:
    """What the machine found, with the edits that fit it, and the others with their reasons.

    A quote or name that an editor confirmed or changed and the machine no longer finds is added from
    the edit, where that holds enough. What is so already (rejected, and not found again) stays among
    the edits for the next run.
    """
    draft, unfit = Draft.of(machine), []
    for edit in edits:
        try:
            draft = _again(draft, edit)
        except AlreadySo:
            draft = draft._replace(edits=(*draft.edits, edit))
        except UnfitEdit as error:
            unfit.append(Unfit(edit, str(error)))
    return draft.into(machine), tuple(unfit)


def last_step(edits: Iterable[Edit]) -> int:
    """The number of the last step, 0 before the first."""
    return max((edit.step for edit in edits), default=0)


def numbered(edits: Iterable[Edit], step: int) -> tuple[Edit, ...]:
    """Edits as one step: what is undone together."""
    return tuple(replace(edit, step=step) for edit in edits)


def undone(edits: Iterable[Edit]) -> tuple[tuple[Edit, ...], tuple[Edit, ...]]:
    """The edits without the last step, and the edits of that step, to do them again."""
    edits = tuple(edits)
    last = last_step(edits)
    return tuple(e for e in edits if e.step != last), tuple(e for e in edits if e.step == last)


def _again(draft: Draft, edit: Edit) -> Draft:
    try:
        return done(draft, edit)
    except AlreadySo:
        raise
    except UnfitEdit as error:
        if edit.act in ("reject", "reset") and _lies_in(draft, edit):
            raise AlreadySo(str(error)) from None
        instead = _from_scratch(edit)
        if instead is None or not _lies_in(draft, edit):
            raise
        try:
            after = done(draft, instead)
        except UnfitEdit:
            raise error from None
        return after._replace(edits=(*draft.edits, edit))


def _lies_in(draft: Draft, edit: Edit) -> bool:
    return all(0 <= s.start < s.end <= len(draft.text) for s in (*edit.at, *edit.to))


def _from_scratch(edit: Edit) -> Edit | None:
    """The edit that adds what another one speaks of; None where it does not tell enough."""
    if edit.of == "quote" and edit.value and edit.value != "proposed":
        if edit.act in ("confirm", "kind", "speaker"):
            return replace(edit, act="add")
        if edit.act == "extent":
            return replace(edit, act="add", at=edit.to, to=())
    if edit.of in ("mention", "entity") and edit.value:
        if edit.act in ("confirm", "label"):
            return replace(edit, act="add", of="mention", at=edit.at[:1], to=())
        if edit.act == "extent":
            return replace(edit, act="add", at=edit.to, to=())
        if edit.act == "add" and edit.to:
            return replace(edit, to=())
    return None
