"""What was decided elsewhere on the same article, laid beside what was decided here meanwhile. Pure.

A decision that comes from elsewhere never overrides a newer one of here: where this desk took the same one
back, or decided otherwise without having been known there, it is told and not made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from toolkit.decision import Edit
from toolkit.edits.carrying import carried
from toolkit.edits.draft import Draft
from toolkit.edits.replaying import Unfit
from toolkit.edits.touching import Key, touching
from toolkit.model import Annotations

_WITHDRAWN = "It was taken back here."
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
    is in neither, unless it was decided there once more after something on the same that is made: then it is
    made again, so that it holds here too. ``notes`` are the annotations after the edits that stand now."""
    sent = tuple(sent)
    here, gone = _brought(sent, then.text, now.text)
    # As they were given, and as they are told once they are made. Counted: who rejects, confirms and rejects
    # again has decided three times.
    stand = Counter(map(plain, now.stand)) | Counter(map(plain, notes.edits))
    told, stood = Counter(map(plain, now.told)), Counter(map(plain, then.stand))
    withdrawn, withdrawn_here = set(map(plain, then.withdrawn)), set(map(plain, now.withdrawn))
    touches = touching(Draft.of(notes))
    ours = _last(_without(notes.edits, here), touches)
    made: list[Edit] = []
    changed: set[Key] = set()
    unfit: list[Unfit] = []
    for edit, place in zip(sent, here, strict=True):
        was = plain(edit)
        is_known, has_stood = bool(place and _taken(stand, place)), _taken(stood, was)
        keys = touches(place) if place else frozenset()
        # What follows a decision that is new here was decided there after it, whatever was known of it.
        if place is None or changed.isdisjoint(keys):
            if is_known or sum(_taken(told, each) for each in {was, place or was}):
                continue
            if has_stood or was in withdrawn or place in withdrawn_here:
                unfit.append(Unfit(edit, _WITHDRAWN))
                continue
        if place is None:
            unfit.append(Unfit(edit, gone[was]))
            continue
        against = [ours[key] for key in keys if key in ours]
        if not against:
            made.append(replace(place, step=edit.step))
            changed |= keys
        elif not is_known and not any(replace(plain(each), by=place.by) == place for each in against):
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


def _taken(counts: Counter[Edit], edit: Edit) -> bool:
    """Whether an edit is left of those counted, which it then is no more."""
    if counts[edit] <= 0:
        return False
    counts[edit] -= 1
    return True


def _without(edits: Iterable[Edit], known: Iterable[Edit | None]) -> Iterator[Edit]:
    """The edits but for those that are known, each as often as it is."""
    left = Counter(each for each in known if each)
    return (edit for edit in edits if not _taken(left, plain(edit)))


def _last(edits: Iterable[Edit], touches: Callable[[Edit], frozenset[Key]]) -> dict[Key, Edit]:
    """The last edit on each thing."""
    return {key: edit for edit in edits for key in touches(edit)}
