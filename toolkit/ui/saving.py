"""How the library comes to have what an editor does, and what becomes of it meanwhile.

A change is made in this window first and saved at once. What the library can't take waits, with the reason,
and is tried again with the next change and by ``settle``. So nothing that was typed or decided is lost to a
locked file or a full disk. Where another window was first, it waits for the editor's choice between the two
(``toolkit.ui.windows``). Nothing here draws.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from toolkit import edits as editing
from toolkit.decision import Edit
from toolkit.edits import Unfit
from toolkit.edits.draft import AlreadySo
from toolkit.errors import Gone, LibraryError, Stale, ToolkitError
from toolkit.store import Library, Lost
from toolkit.store.records import in_steps
from toolkit.ui import held, tab
from toolkit.ui.held import Work, begun, current, put, summarised
from toolkit.ui.waiting import Waiting
from toolkit.wording import count

CHOOSE = "Choose first which of the two windows holds; nothing was changed."
_DELETED = "This article was deleted; nothing was changed."
_FIRST = "What waits must be saved first; nothing was changed."
_FORGOTTEN = (
    "What waited in this window is not there any more: a copy of the window saved or dropped it, or its "
    "article was deleted."
)
_WAITS = "Not saved yet and kept in this window: {} of the article before; open that one again to choose."


# What waits, and the library.


def saved(work: Work) -> Work:
    """The work once the library has taken what waits, in steps of which each is kept or not. Where it can't,
    the rest waits on, and the work tells why."""
    if work.is_stale or work.is_gone:
        return work
    had = work.changes
    try:
        shelf = tab.opened()
        for step in (_added, _appended, _described, _listed):
            work = step(shelf, work)
    except Stale:
        return replace(work, is_stale=True, unkept="", problem="", told="")
    except Gone:
        return replace(work, is_gone=True, unkept="", problem="", told="")
    except ToolkitError as error:  # a full disk, another program that writes, damaged rows
        return replace(work, unkept=str(error))
    return replace(work, unkept="", saved_at=held.clock() if had else work.saved_at)


def _added(shelf: Library, work: Work) -> Work:
    """In the library. Where that has the text in this language already, its decisions come along."""
    if work.id:
        return work
    machine = work.machine
    kept = shelf.load(shelf.add(machine, again=work.is_anew))
    if not machine.edits and kept.machine.engine != machine.engine:
        # Where another window or program is first, what is there will do.
        with contextlib.suppress(LibraryError):
            # What an editor wrote beside the text stays.
            shelf.rerun(kept.id, replace(machine, article=kept.machine.article), kept.revision)
        kept = shelf.load(kept.id)
    there = on_top(begun(kept), work.edits, work.written)
    listing = tuple((each, there.version) for each in work.lost if each.text == machine.article.text)
    is_same = there.notes == work.notes
    last = editing.last_step((*there.machine.edits, *there.edits))
    # What was undone here can be redone as before.
    undone = there.undone or tuple(in_steps(work.undone, after=last))
    return replace(
        there,
        undone=undone,
        apart=frozenset(each.step for each in undone) - {each.step for each in there.undone},
        withdrawn=(*there.withdrawn, *work.withdrawn),
        dismissed=(*there.dismissed, *work.dismissed),
        place=work.place,
        revision=work.revision if is_same else work.revision + 1,
        focus=work.focus,
        jump=work.jump,
        problem=work.problem,
        told=work.told,
        saved_at=work.saved_at,
        lost=(*there.lost, *work.lost),
        listing=(*there.listing, *listing),
    )


def _appended(shelf: Library, work: Work) -> Work:
    if not work.waiting:
        return work
    return replace(work, base=shelf.append(work.id, work.waiting, work.base), waiting=())


def _described(shelf: Library, work: Work) -> Work:
    if not work.written:
        return work
    return replace(work, base=shelf.describe(work.id, work.machine.article, work.base), written=())


def _listed(shelf: Library, work: Work) -> Work:
    while work.listing:
        _, told = work.listing[0]
        lost = [each for each, version in work.listing if version == told]
        unfit = [Unfit(each.edit, each.reason) for each in lost]
        work = replace(
            work,
            base=shelf.lose(work.id, unfit, work.base, told=told),
            listing=tuple(each for each in work.listing if each[1] != told),
        )
    return work


def kept(work: Work, keep: Callable[[Library, int], int]) -> Work | None:
    """The work after a change that can't wait, told to the library by ``keep``, which takes the revision that
    the article is at and gives the new one. None where it can't be made, and the editor is told why."""
    if not work.id:
        return replace(work, revision=work.revision + 1)
    work = saved(work)  # in the order in which it was done
    if problem := refusal(work):
        put(replace(work, problem=problem, told=""))
        return None
    try:
        base = keep(tab.opened(), work.base)
    except Stale:
        put(replace(work, is_stale=True, problem="", told=""))
    except Gone:
        put(replace(work, is_gone=True, problem="", told=""))
    except ToolkitError as error:
        put(replace(work, problem=str(error), told=""))
    else:
        return replace(work, base=base, revision=work.revision + 1, saved_at=held.clock())
    return None


def refusal(work: Work) -> str:
    """Why nothing can be done that can't wait, "" where it can: what waits comes first."""
    if work.is_gone:
        return _DELETED
    return CHOOSE if work.is_stale else _FIRST if work.changes else ""


def settle() -> None:
    """Try again to save what waits in this tab, of the open article and of others."""
    if held.unread():
        held.refuse(recall())
    if (now := current()) and now.unkept:
        put(now := saved(now))
    works, is_refused = [], bool(now and now.unkept)
    for work in held.waiting().values():
        # Each try takes its time, and what the library refuses once it will refuse again.
        work = saved(work) if work.unkept and not is_refused else work
        is_refused |= bool(work.unkept)
        works.append(work)
    held.park(works)
    held.remember()


def is_waiting() -> bool:
    """Whether something waits for the library, and not for the editor's choice alone."""
    works = (*held.waiting().values(), *filter(None, (current(),)))
    return held.forgets() or bool(held.unread()) or any(work.unkept for work in works)


# Articles that come and go in this tab.


def come_to(key: int | str) -> Work | None:
    """Work on the article with that key: the open one, or one of which changes wait here. None where it
    is neither."""
    settle()
    now = current()
    if now and now.is_of(key):
        return now
    waits = next((work for work in held.waiting().values() if work.is_of(key)), None)
    if waits is None:
        return None
    take_up(waits)
    return current()


def take_up(work: Work) -> None:
    """Work on an article that was opened. What waits of the one before stays in this tab until that one is
    opened again; so is taken up here what waits of this one."""
    before, parked = current(), held.waiting()
    if before and before.changes:
        before = saved(before)
    told = ""
    if before and before.changes:
        parked[before.key] = before
        if before.key != work.key:
            told = _WAITS.format(count(before.changes, "change", "changes"))
    work = parked.pop(_parked(work, parked), work)
    article = work.machine.article
    apart = parked.get(article.sha256)
    if apart and work.id and not work.changes and apart.machine.article.language == article.language:
        # Another window brought it into the library meanwhile.
        work = saved(on_top(work, parked.pop(article.sha256).edits, apart.written))
    held.park(parked.values())
    put(replace(work, told=told))


def _parked(work: Work, parked: Mapping[int | str, Work]) -> int | str:
    """The key under which changes of an article wait, also where the library could not tell its id."""
    if work.id or work.key in parked:
        return work.key
    text, language = work.machine.article.sha256, work.machine.article.language
    ours = (key for key, each in parked.items() if each.machine.article.sha256 == text)
    return next((key for key in ours if parked[key].machine.article.language == language), work.key)


def on_top(ahead: Work, edits: Iterable[Edit], written: Iterable[tuple[str, str]], *, text: str = "",
           version: int = 0) -> Work:  # fmt: skip
    """The work with decisions and fields beside the text made on it, to be saved; decisions that fit nothing
    are to be listed. Those places count in ``text``, that of a ``version``, by default in the work's own."""
    text, version = text or ahead.notes.article.text, version or ahead.version
    notes = ahead.notes
    fields = {name: told for name, told in written if getattr(notes.article, name) != told}
    carried, gone = editing.carried(tuple(edits), text, notes.article.text)
    lost = [Lost(each.edit, each.reason, text) for each in gone]
    if text == notes.article.text:
        version = ahead.version
    for edit in in_steps(carried, after=editing.last_step((*ahead.machine.edits, *ahead.edits))):
        try:
            notes = editing.apply(notes, edit)
        except AlreadySo:
            continue
        except ToolkitError as error:
            lost.append(Lost(edit, str(error), notes.article.text))
    made = notes.edits[len(ahead.notes.edits) :]
    notes, machine = (
        replace(each, article=replace(each.article, **fields)) for each in (notes, ahead.machine)
    )
    return replace(
        ahead,
        notes=summarised(notes, machine),
        machine=machine,
        edits=(*ahead.edits, *made),
        undone=() if made else ahead.undone,
        withdrawn=(*ahead.withdrawn, *ahead.undone) if made else ahead.withdrawn,
        lost=(*ahead.lost, *lost),
        waiting=made,
        written=tuple(fields.items()),
        listing=tuple((each, version if each.text == text else ahead.version) for each in lost),
    )


def recall() -> str:
    """Take up, as a page is loaded, what waited in it before: as if another article had been open. A sentence
    on what is not there any more, "" where all of it is."""
    try:
        waits = held.recalled()
    except LibraryError as error:
        return f"What waited in this window can't be read now and is tried again. {error}"
    if waits is None:
        return ""
    now = current()
    works, untaken, lost = list(held.waiting().values()), [], [] if waits else [_FORGOTTEN]
    for each in waits:
        try:
            works.append(_recalled(tab.opened(), each))
        except ToolkitError as error:
            lost.append(f"What waited in this window can't be taken up. {error}")
            if not isinstance(error, Gone):
                untaken.append(each)
    held.leave(untaken)
    held.park(works)
    if now and not now.changes:
        take_up(now)
    return " ".join(lost)


def _recalled(shelf: Library, waits: Waiting) -> Work:
    """The article as the library has it, and on top what waits of it. Raises ``ToolkitError``."""
    work = begun(shelf.load(waits.id, version=waits.version))
    return replace(on_top(work, waits.edits, waits.written), is_stale=True)
