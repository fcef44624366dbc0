"""Edits in a row: applied, applied to another run of the machine, taken back by steps.

Undoing is replaying the others: the machine's annotations are kept, and an edit knows its places.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from toolkit.decision import Edit
from toolkit.edits.acts import done
from toolkit.edits.draft import AlreadySo, Draft, told
from toolkit.edits.touching import At, kind_of, named_at, standing
from toolkit.errors import UnfitEdit
from toolkit.model import Annotations

_ANOTHERS = "{} is not found by itself any more, and what is found there was decided on; look at both."


@dataclass(frozen=True, slots=True)
class Unfit:
    """An edit that no longer fits, and why, in a sentence."""

    edit: Edit
    reason: str


def apply(notes: Annotations, *edits: Edit) -> Annotations:
    """The annotations after edits, each in turn; they are added to ``notes.edits``.

    The edits in the result may tell more than those given: what each is about by its exact place, and
    with what the editor saw (see ``acts.stated``). Raises ``UnfitEdit`` where one fits nothing.
    """
    draft = Draft.of(notes)
    for edit in edits:
        place = standing(draft, edit)
        draft = done(draft, replace(edit, at=place[1]) if place else edit)
    return draft.into(notes)


def replay(machine: Annotations, edits: Iterable[Edit]) -> tuple[Annotations, tuple[Unfit, ...]]:
    """What the machine found, with the edits that fit it, and the others with their reasons.

    A quote or name that an editor confirmed or changed and the machine no longer finds is added from
    the edit, where that holds enough. What is so already (rejected, and not found again) stays among
    the edits for the next run. Where two marks became one in this run, no decision on the one overrides
    that on the other.
    """
    draft, unfit = Draft.of(machine), []
    decided = _Decided()
    for edit in edits:
        try:
            draft = _again(draft, edit, decided)
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


class _Decided:
    """By which places the decisions so far have told of what stands at a place."""

    def __init__(self) -> None:
        self._named: dict[tuple[str, At], set[At]] = {}

    def is_anothers(self, place: tuple[str, At], edit: Edit) -> bool:
        """Whether what stands there is only like what the edit tells of, and all decisions on it told of
        something else. A proposal overrides nothing."""
        named = self._named.get(place, ())
        return bool(named) and named_at(edit) not in (place[1], *named) and edit.value != "proposed"

    def add(self, place: tuple[str, At] | None, edit: Edit) -> None:
        """``place`` is where it stood before the edit, None for what the edit adds."""
        at = named_at(edit)
        kind, before = place or (kind_of(edit), at)
        after = edit.to if edit.act == "extent" else at
        named = self._named.get((kind, before), set()) | {at, after}
        for stood in (before, after):
            self._named.setdefault((kind, stood), set()).update(named)


def _again(draft: Draft, edit: Edit, decided: _Decided) -> Draft:
    place = standing(draft, edit)
    if place and decided.is_anothers(place, edit):
        after, place = _unfound(draft, edit, UnfitEdit(_ANOTHERS.format(told(draft, edit.at)))), None
    else:
        try:
            after = done(draft, edit)
        except AlreadySo:
            raise
        except UnfitEdit as error:
            if place and edit.act in ("reject", "reset"):
                raise
            after = _unfound(draft, edit, error)
    if edit.of != "text" and edit.act != "note" and edit.value != "proposed":
        decided.add(place, edit)
    return after


def _unfound(draft: Draft, edit: Edit, error: UnfitEdit) -> Draft:
    """The draft after an edit that fits nothing there, which ``error`` tells: with what it speaks of added
    from the edit. Raises ``AlreadySo`` where it was to go anyway, and ``error`` where it can't be added."""
    if not _lies_in(draft, edit):
        raise error
    if edit.act in ("reject", "reset"):
        raise AlreadySo(str(error)) from None
    instead = _from_scratch(edit)
    if instead is None:
        raise error
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
