"""What was decided elsewhere on the same article, laid beside what was decided here meanwhile. Pure.

A decision that comes from elsewhere never overrides a newer one of here: where this desk took the same one
back, or decided otherwise without having been known there, it is told and not made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from toolkit.decision import Edit
from toolkit.edits.carrying import carried
from toolkit.edits.draft import Draft
from toolkit.edits.replaying import Unfit
from toolkit.edits.touching import Key, touched
from toolkit.model import Annotations

_WITHDRAWN = "It was taken back here since."
_OTHERWISE = "It was decided otherwise here since."


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided on a text: the edits that ``stand``, those ``withdrawn``, and those of which an editor
    was ``told`` that they don't fit."""

    text: str
    stand: tuple[Edit, ...] = ()
    withdrawn: tuple[Edit, ...] = ()
    told: tuple[Edit, ...] = ()


def plain(edit: Edit) -> Edit:
    """An edit without its step, which tells nothing of what was decided."""
    return replace(edit, step=1)


def merged(
    sent: Iterable[Edit], then: Decided, now: Decided, notes: Annotations
) -> tuple[tuple[Edit, ...], tuple[Unfit, ...]]:
    """Of the edits that come from elsewhere those to be made here, with their places in the text of ``now``,
    and those only to be told, with theirs in the text of ``then``, in which they came. What is known already
    is in neither. ``notes`` are the annotations after the edits that stand now."""
    sent = tuple(sent)
    here, gone = _brought(sent, then.text, now.text)
    # As they were given, and as they are told once they are made.
    stand, told = set(map(plain, (*now.stand, *notes.edits))), set(map(plain, now.told))
    taken_back = {plain(each) for each in (*then.stand, *then.withdrawn)}
    taken_back_here = set(map(plain, now.withdrawn))
    new: list[tuple[Edit, Edit]] = []
    unfit: list[Unfit] = []
    for edit, place in zip(sent, here, strict=True):
        if place in stand or place in told or plain(edit) in told:
            continue
        if plain(edit) in taken_back or place in taken_back_here:
            unfit.append(Unfit(edit, _WITHDRAWN))
        elif place is None:
            unfit.append(Unfit(edit, gone[plain(edit)]))
        else:
            new.append((edit, place))
    ours = _last([each for each in notes.edits if plain(each) not in here], notes)
    made: list[Edit] = []
    draft = Draft.of(notes)
    for edit, place in new:
        against = [ours[key] for key in touched(draft, place) if key in ours]
        if not against:
            made.append(replace(place, step=edit.step))
        elif not any(replace(plain(each), by=place.by) == place for each in against):
            unfit.append(Unfit(edit, _OTHERWISE))
    return tuple(made), tuple(unfit)


def since(before: Decided, now: Decided) -> tuple[Edit, ...]:
    """The edits that stand now and were made since ``before``, on another text or the same."""
    known = set(map(plain, before.stand))
    forth, _ = carried(known, before.text, now.text)
    known_here = set(forth)
    back, _ = _brought(now.stand, now.text, before.text)
    return tuple(
        edit
        for edit, place in zip(now.stand, back, strict=True)
        if plain(edit) not in known_here and place not in known
    )


def _brought(edits: Sequence[Edit], text: str, to: str) -> tuple[tuple[Edit | None, ...], dict[Edit, str]]:
    """Each edit without its step and with its places in another text, None where they are gone; and why."""
    # Numbered, to know them again.
    kept, lost = carried([replace(edit, step=n) for n, edit in enumerate(edits)], text, to)
    places = {edit.step: plain(edit) for edit in kept}
    reasons = {plain(each.edit): each.reason for each in lost}
    return tuple(places.get(n) for n in range(len(edits))), reasons


def _last(edits: Iterable[Edit], notes: Annotations) -> dict[Key, Edit]:
    """The last edit on each thing."""
    draft, last = Draft.of(notes), dict[Key, Edit]()
    for edit in edits:
        last |= dict.fromkeys(touched(draft, edit), edit)
    return last
