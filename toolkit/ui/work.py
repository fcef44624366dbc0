"""What an editor does with the article of this tab: opening, deciding, undoing.

Functions here are called from callbacks, before the page is drawn: ``do`` makes edits one step, ``go`` leads
to a mark, ``undo`` and ``redo`` take steps back and forth. None of them raises what an editor can be told in
a sentence: that stands in ``problem``. An edit is saved as it is made, so what is on the page is what a
reload brings; what can't be saved waits and says so (``toolkit.ui.saving``). Where no library can be opened,
the desk works without one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace

import streamlit as st

from toolkit import edits as editing
from toolkit.decision import Edit
from toolkit.edits import Unfit
from toolkit.edits.draft import AlreadySo
from toolkit.errors import ToolkitError
from toolkit.model import Annotations, Article, Budget
from toolkit.store import Kept, Library, Lost
from toolkit.store.records import remembered
from toolkit.ui import held, saving
from toolkit.ui.acting import described
from toolkit.ui.held import Work as Work
from toolkit.ui.held import budget as budget
from toolkit.ui.held import current as current
from toolkit.ui.held import put, strays, summarised
from toolkit.ui.places import mark_at
from toolkit.ui.tab import editor, library, unkept

_ADDRESS = "nd-address"


# What is open.


def open_notes(notes: Annotations) -> None:
    """Work on what was found in an article, and keep it. Where the library has the text in this
    language already, its decisions come along."""
    saving.settle()
    saving.take_up(saving.saved(held.begun(Kept(0, 1, 1, notes))))


def open_kept(id: int, *, again: bool = False) -> str:
    """Work on an article of the library, with what waits of it in this tab; ``again``: as the library has it.
    A sentence on why that can't be, "" where it can."""
    saving.settle()
    shelf = library()
    if shelf is None:
        return unkept()
    try:
        work = held.begun(shelf.load(id))
    except ToolkitError as error:
        return str(error)
    if again:
        put(work)
    else:
        saving.take_up(work)
    return ""


def open_addressed() -> str:
    """Work on the article that the page's address names, if that is another and the address is new: a
    browser that is behind still sends the old one. As ``open_kept``."""
    wanted, work = st.query_params.get("article", ""), current()
    is_new = st.session_state.get(_ADDRESS) != wanted
    st.session_state[_ADDRESS] = wanted
    if not wanted.isascii() or not wanted.isdigit() or len(wanted) > 15:
        return ""
    if work and work.id == int(wanted):
        return ""
    if work and not is_new:
        put(work)
        return ""
    problem = open_kept(int(wanted))
    if problem:
        st.query_params.pop("article", None)
    return problem


def close() -> None:
    """Work on nothing: the article was deleted, or another is being read."""
    held.drop()


def replaced(notes: Annotations, key: int | str, *, origin: str = "update") -> bool:
    """The article with that key read again by the machine, or in another language, or an update of its text,
    by its ``origin`` (see ``toolkit.store.Version``): the decisions are brought to it, and those that fit no
    more are kept as lost. It is opened again if another one was opened meanwhile, or none; if it was deleted,
    the editor is told. Whether it was done."""
    work = saving.come_to(key)
    if work is None and (id := held.id_of(key)):
        if problem := open_kept(id):
            held.refuse(problem)
            return False
        work = current()
    if work is None:  # it was in no library, and nothing waited of it
        open_notes(notes)
        return True
    notes = replace(notes, article=described(notes.article, work.notes.article))
    is_update = notes.article.sha256 != work.notes.article.sha256
    carried, lost = editing.carried(
        (*work.machine.edits, *work.edits), work.notes.article.text, notes.article.text
    )

    def keep(shelf: Library, base: int) -> int:
        if is_update:
            return shelf.update(work.id, notes, carried, base, lost=lost, origin=origin)
        return shelf.rerun(work.id, notes, base)

    after = saving.kept(work, keep)
    if after is None:
        return False
    if work.id:
        if problem := open_kept(work.id, again=True):
            say(problem)
            return False
    else:
        again = held.begun(_unkept(work, notes, carried, lost, after.revision))
        put(replace(again, unkept=work.unkept, written=work.written, is_anew=work.is_anew))
    if now := current():
        put(replace(now, jump=work.jump, saved_at=after.saved_at))
    return True


def _unkept(work: Work, notes: Annotations, edits: tuple[Edit, ...], lost: tuple[Unfit, ...],
            revision: int) -> Kept:  # fmt: skip
    """An article that is in no library, read again, as one would remember it."""
    before = kept_of(work)
    now = replace(
        before, revision=revision, machine=notes, edits=edits, lost=(*work.lost, *strays(work.notes, lost))
    )
    if notes.article.sha256 == work.notes.article.sha256:
        return now
    other = remembered(before, notes.article.text)
    seen = (edit for edit in edits if editing.plain(edit) in other.seen)
    dismissed = (*work.dismissed, *other.gone, *seen)
    return replace(now, undone=(), withdrawn=other.withdrawn, dismissed=dismissed)


def kept_of(work: Work) -> Kept:
    """The work as the library would have it."""
    return Kept(
        work.id,
        work.base,
        work.version,
        work.machine,
        work.edits,
        work.undone,
        work.lost,
        work.dismissed,
        work.withdrawn,
    )


# What an editor does.


def do(*edits: Edit) -> bool:
    """Make edits, all in one step; whether they were done. Those that name no editor are by ``editor()``."""
    return _made(edits, is_one_step=True)


def bring(edits: Iterable[Edit], *, lists: bool = True) -> int:
    """Make those of the edits that fit, in the steps that they have; the others are kept as lost, if it
    ``lists`` them. What is so already is left out. How many edits were made."""
    work = current()
    if work is None:
        return 0
    notes = work.notes
    fitting: list[Edit] = []
    lost: list[Unfit] = []
    for edit in edits:
        try:
            notes = editing.apply(notes, edit)
            fitting.append(edit)
        except AlreadySo:
            continue
        except ToolkitError as error:
            lost.append(Unfit(edit, str(error)))
    is_made = _made(tuple(fitting), is_one_step=False)
    if lists:
        lose(lost, work.notes.article.text, work.version)
    return len(fitting) if is_made else 0


def lose(unfit: Iterable[Unfit], text: str, version: int) -> None:
    """List decisions that fit no more until the editor dismisses them. Their places count in a ``text``,
    which is that of a ``version`` of the article."""
    work, lost = current(), tuple(Lost(each.edit, each.reason, text) for each in unfit)
    if work is None or not lost:
        return
    listing = tuple((each, version) for each in lost) if work.id else ()
    put(saving.saved(replace(work, lost=(*work.lost, *lost), listing=(*work.listing, *listing))))


def _made(edits: tuple[Edit, ...], *, is_one_step: bool) -> bool:
    work = current()
    if work is None or not edits:
        return False
    # Numbered on from the last one, neighbours of one step together.
    step, before = editing.last_step((*work.machine.edits, *work.edits)), 0
    made: list[Edit] = []
    for edit in edits:
        step += not made if is_one_step else edit.step != before
        before = edit.step
        made.append(replace(edit, by=edit.by or editor(), step=step))
    try:
        notes = editing.apply(work.notes, *made)
    except ToolkitError as error:
        put(replace(work, problem=str(error), told=""))
        return False
    done = notes.edits[len(work.notes.edits) :]
    if any(map(held.chooses_sentences, done)):
        notes = summarised(notes, work.machine)
    after = replace(
        work,
        notes=notes,
        edits=(*work.edits, *done),
        undone=(),
        apart=frozenset(),
        withdrawn=(*work.withdrawn, *work.undone),
        waiting=_waiting(work, done),
        revision=work.revision + 1,
    )
    put(_after(saving.saved(after), done))
    return True


def _waiting(work: Work, *more: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """What waits, and more; of an article that is in no library all does."""
    return tuple(edit for each in (work.waiting, *more) for edit in each) if work.id else ()


def undo() -> None:
    """Take the last step back."""
    work = current()
    if work is None or not work.can_undo:
        return
    stay, gone = editing.undone(work.edits)
    if work.id and not work.waiting:
        after = saving.kept(work, lambda shelf, base: shelf.undo(work.id, base))
    else:
        waiting = editing.undone(work.waiting)[0]
        apart = work.apart | {gone[0].step}
        after = replace(work, waiting=waiting, apart=apart, revision=work.revision + 1)
    if after:
        _turn(after, stay, (*gone, *work.undone), gone)


def redo() -> None:
    """Do again the step that was undone last."""
    work = current()
    if work is None or not work.can_redo:
        return
    step = work.undone[0].step
    again = tuple(e for e in work.undone if e.step == step)
    rest = tuple(e for e in work.undone if e.step != step)
    if step in work.apart or work.is_stale:
        waiting, apart = _waiting(work, again), work.apart - {step}
        after: Work | None = replace(work, waiting=waiting, apart=apart, revision=work.revision + 1)
    else:
        after = saving.kept(work, lambda shelf, base: shelf.redo(work.id, base))
    if after:
        _turn(after, (*work.edits, *again), rest, again)


def _turn(work: Work, edits: tuple[Edit, ...], undone: tuple[Edit, ...], turned: tuple[Edit, ...]) -> None:
    notes, unfit = editing.replay(work.machine, edits)
    notes, stray = summarised(notes, work.machine), strays(notes, unfit)
    after = replace(work, notes=notes, stray=stray, edits=edits, undone=undone)
    put(_after(saving.saved(after), turned, scrolls=True))


def _after(work: Work, done: tuple[Edit, ...], *, scrolls: bool = False) -> Work:
    """With the mark selected on which the editor has worked, wherever that is now."""
    last = done[-1]
    at = last.to if last.act == "extent" else last.at
    focus = mark_at(work.notes, at, last.of) if last.of != "text" else ""
    return replace(work, focus=focus or work.focus, jump=work.jump + scrolls, problem="", told="")


def go(mark: str) -> None:
    """Select a mark of the text and scroll to it. See ``toolkit.ui.places`` for the ids of marks."""
    work = current()
    if work and mark:
        put(replace(work, focus=mark, jump=work.jump + 1, problem="", told=""))


def chose(mark: str) -> None:
    """The editor has selected a mark in the text, "" for none: nothing scrolls."""
    work = current()
    if work and work.focus != mark:
        put(replace(work, focus=mark))


def say(problem: str = "", *, told: str = "") -> None:
    """Tell the editor a sentence beside the text."""
    if work := current():
        put(replace(work, problem=problem, told=told))


def dismiss_lost() -> None:
    """The editor has seen which decisions fit no more: they are told no more."""
    work = current()
    if work is None or not work.unfit:
        return
    unfit = [Unfit(each.edit, each.reason) for each in work.unfit if each not in work.lost]
    after = saving.kept(work, lambda shelf, base: shelf.dismiss(work.id, unfit, base))
    if after:
        seen = (each.edit for told in (work.lost, unfit) for each in told)
        put(replace(after, lost=(), dismissed=(*work.dismissed, *seen)))


def shorten(to: Budget) -> None:
    """Make the summary so long."""
    held.set_budget(to)
    if work := current():
        put(replace(work, notes=summarised(work.notes, work.machine)))


def describe(article: Article) -> None:
    """Change what is told of the article beside its text: headline, slug, embargo and the like. This is
    no step that could be undone."""
    work = current()
    if work is None or article == work.notes.article:
        return
    was = work.notes.article
    names = [each.name for each in fields(Article)]
    written = {n: getattr(article, n) for n in names if getattr(article, n) != getattr(was, n)}
    notes, machine = (replace(each, article=article) for each in (work.notes, work.machine))
    after = replace(
        work,
        notes=notes,
        machine=machine,
        written=tuple((dict(work.written) | written).items()),
        problem="",
        told="",
        revision=work.revision + 1,
    )
    put(saving.saved(after))
