"""Hostile and random decisions through all calls of the library: none is lost, all can be read.

What is done follows from the seed alone. Each decision has a number in its editor's name, by which it is
known again whatever becomes of its places: once accepted it must stand, be undone, withdrawn or lost.
"""

from __future__ import annotations

import functools
import random
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

from benchmarks import fuzz_damage
from toolkit import Annotations, Article, ToolkitError, annotate, edits, summarize
from toolkit.decision import Edit, EditAct, Edited
from toolkit.desk_note import desk_note
from toolkit.edits import Unfit
from toolkit.export import EXPORTERS, render
from toolkit.model import Label, QuoteKind, Span
from toolkit.noted import notes_on
from toolkit.store import Kept, Library

_STEPS = 25  # calls on one library
_RENDERED = 8  # one article in so many is written in all formats
_BASE = (
    "The council will vote on 12 March, Mayor Ana Ruiz said. “We will not wait,” Ruiz told reporters. "
    "“It costs 4 million euros,” said Ben Cole, head of Acme Corp. in Paris.\n\nCole refused."
)
_UPDATED = _BASE.replace("Mayor ", "").replace("4 million", "5 million") + " “No,” she said later."
_HOSTILE = (
    *("", " ", "\0", "\ud800", "a\udfff", "\x1b[2J", "\u202eabc", "\u2066", "\u2028", "\ufeff", "\x85\r\n"),
    *("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "]]>", "&#0;", "<!--", "</w:t>"),
    *("'; DROP TABLE article; --", "' OR 1=1", '"', "%_", "?1", "waits 1", "NULL"),
    *("NEAR(a b, 2)", "said : *", "a AND", "NOT", "^a", '"a" + "b', "col:x", "{a b}:c", "-a", "()", "*"),
    *("=1+1", "@SUM(A1)", "+1", "-1+1", "\t=1", "{{x}}", "**b**", "[a](b)", "../../x", "\\input{x}"),
    *("e\u0301" * 50, "x" * 100_000, "word " * 3_000, "👩\u200d👧", "\U0010ffff", "\U000e0041"),
)
_NO_TEXT: tuple[Any, ...] = (None, 7, 1.5, b"x", ["a"], True)
_NO_PLACES: tuple[Any, ...] = (None, "ab", 5, ((1,),), ((1, 2, 3),), ("ab",), (None,), [[0, 5]], ((0.5, 2),))
_NO_NUMBERS: tuple[Any, ...] = (None, "x", "1", -1, 0, 1.5, float("nan"), 2**70, -(2**70), b"1")


class NotKept(AssertionError):
    """What was accepted is gone, or can't be read."""


def through(seed: str) -> str:
    """Does what follows from a seed, and tells how much of it was accepted. Raises ``NotKept``, and whatever
    the library raises that is no ``ToolkitError``."""
    with tempfile.TemporaryDirectory() as folder, Library(Path(folder) / "library.sqlite") as library:
        visit = _Visit(random.Random(seed), library)
        for _ in range(_STEPS):
            visit.step()
        visit.leave()
        return f"{visit.accepted} of {_STEPS} calls accepted, {len(visit.known)} decisions"


@functools.cache
def _pool() -> tuple[Annotations, ...]:
    """What the machine finds in a text, in its update, and in texts without any marks."""
    found = [summarize(annotate(Article(text, language="en")), words=20) for text in (_BASE, _UPDATED)]
    odd = [
        replace(found[0], article=Article(text, language="en"), **_NOTHING) for text in (_BASE[9:], "=\0<b>")
    ]
    return (*found, *odd)


_NOTHING: dict[str, Any] = {
    "sentences": (),
    "entities": (),
    "speakers": (),
    "quotes": (),
    "figures": (),
    "summary": None,
}


class _Visit:
    """One library, what is done to it, and which decisions it accepted."""

    def __init__(self, rng: random.Random, library: Library) -> None:
        self.rng, self.library = rng, library
        self.id = library.add(rng.choice(_pool()))
        self.made = self.accepted = 0
        self.known: set[str] = set()

    def step(self) -> None:
        """One call. What it accepts is looked for; what it refuses has changed nothing."""
        before = self.library.load(self.id)
        call = self.rng.choice(_CALLS)
        given: list[Edit] = []
        try:
            call(self, before, given)
        except ToolkitError as error:
            _check_sentence(str(error))
            if self.library.load(self.id) != before:
                raise NotKept(f"{call.__name__} was refused and changed the article: {error}") from error
            return
        self.accepted += 1
        self.known |= {edit.by for edit in given}
        self.look()

    def look(self) -> None:
        """All that was accepted is there, and the article can be read, shown and found."""
        kept = self.library.load(self.id)
        notes, unfit = kept.notes()
        if len(notes.edits) + len(unfit) != len(kept.machine.edits) + len(kept.edits):
            raise NotKept("a decision is neither in the notes nor among those that don't fit")
        told = (*(each.edit for each in kept.lost), *kept.dismissed)
        there = {edit.by for edit in (*kept.edits, *kept.undone, *kept.withdrawn, *told)}
        if gone := self.known - there:
            raise NotKept(f"accepted and gone: {sorted(gone)}")
        notes_on(notes), desk_note(notes)
        self.library.search(self.word(), limit=5)
        self.library.search_quotes(self.word(), speaker=self.word(), limit=5)
        self.library.entries(self.word())
        if not any(entry.id == self.id for entry in self.library.entries()):
            raise NotKept("the article is not in the list")

    def leave(self) -> None:
        """Another process finds the same, and it can be written."""
        kept = self.library.load(self.id)
        with Library(self.library.path) as other:
            if other.load(self.id) != kept:
                raise NotKept("opened anew, the library holds something else")
        if self.rng.randrange(_RENDERED) == 0:
            for suffix in EXPORTERS:
                render(kept.notes()[0], suffix)

    # What is given.

    def word(self) -> str:
        word = self.rng.choice((*_HOSTILE, "wait", "ruiz", "Acme Corp."))
        return word + fuzz_damage.text(self.rng) if self.rng.randrange(5) == 0 else word

    def span(self, text: str) -> Span:
        start = self.rng.randrange(-2, len(text) + 3)
        return Span(start, start + self.rng.choice((-1, 0, 1, 5, 12, 40, 10**9)))

    def edit(self, notes: Annotations) -> Edit:
        """A decision on a mark or on any place, with any words."""
        rng = self.rng
        self.made += 1
        things: list[edits.making.Thing] = [
            *notes.quotes,
            *notes.entities,
            *notes.figures,
            *(m for e in notes.entities for m in e.mentions),
        ]
        of: Edited = rng.choice(get_args(Edited))
        at: tuple[Span, ...] = (self.span(notes.article.text),)
        if things and rng.randrange(4):
            of, at = edits.making.place(rng.choice(things))
        elif notes.sentences and rng.randrange(2):
            of, at = "sentence", (rng.choice(notes.sentences),)
        names = [e.name for e in notes.entities] or [self.span(notes.article.text)]
        values = (*get_args(Label), *get_args(QuoteKind), "", "", "proposed", self.word())
        return Edit(
            rng.choice(get_args(EditAct)),
            of,
            at,
            tuple(
                rng.choice((*names, self.span(notes.article.text))) for _ in range(rng.choice((0, 0, 1, 2)))
            ),
            rng.choice(values),
            f"{self.word() if rng.randrange(3) == 0 else 'Ana'}#{self.made}",
            rng.choice((1, 2, 3, -5, 2**70)),
        )

    def given(self, notes: Annotations) -> Edit:
        """A decision as a caller may have put it together: one in so many is no proper one."""
        edit = self.edit(notes)
        if self.rng.randrange(12):
            return edit
        field = self.rng.choice(("act", "of", "at", "to", "value"))
        wrong: Any = {field: self.rng.choice(_NO_PLACES if field in ("at", "to") else _NO_TEXT)}
        return replace(edit, **wrong)

    def fitting(self, kept: Kept) -> Iterator[Edit]:
        """Decisions as the desk makes them: each was applied, and is told as that has it."""
        notes, _ = kept.notes()
        for _ in range(self.rng.randrange(1, 5)):
            try:
                notes = edits.apply(notes, self.edit(notes))
            except ToolkitError as error:
                _check_sentence(str(error))
                continue
            yield notes.edits[-1]

    def revision(self, kept: Kept) -> Any:
        return kept.revision if self.rng.randrange(15) else self.rng.choice((kept.revision + 1, *_NO_NUMBERS))

    # What is called; ``given`` gets the decisions that the library has to keep.

    def append(self, kept: Kept, given: list[Edit]) -> None:
        given += [self.given(kept.machine) for _ in range(self.rng.randrange(1, 5))]
        if self.rng.randrange(30) == 0:
            wrong: Any = self.rng.choice(("confirm", None, {}, 5))
            given.append(wrong)
        self.library.append(self.id, given, self.revision(kept), by=self.word())

    def decide(self, kept: Kept, given: list[Edit]) -> None:
        given += self.fitting(kept)
        self.library.append(self.id, given, self.revision(kept))
        notes, _ = self.library.load(self.id).notes()
        if unkept := {edit.by for edit in given} - {edit.by for edit in notes.edits}:
            raise NotKept(f"applied at the desk, and not by the library: {sorted(unkept)}")

    def undo(self, kept: Kept, given: list[Edit]) -> None:
        self.library.undo(self.id, self.revision(kept))

    def redo(self, kept: Kept, given: list[Edit]) -> None:
        self.library.redo(self.id, self.revision(kept))

    def unfit(self, kept: Kept, given: list[Edit]) -> list[Unfit]:
        given += [self.given(kept.machine) for _ in range(self.rng.randrange(3))]
        return [Unfit(edit, self.word()) for edit in given]

    def lose(self, kept: Kept, given: list[Edit]) -> None:
        told = self.rng.choice((None, None, kept.version, 1, *_NO_NUMBERS))
        self.library.lose(self.id, self.unfit(kept, given), self.revision(kept), told=told)

    def dismiss(self, kept: Kept, given: list[Edit]) -> None:
        _, strays = kept.notes()
        self.library.dismiss(self.id, (*strays, *self.unfit(kept, given)), self.revision(kept))

    def update(self, kept: Kept, given: list[Edit]) -> None:
        machine = self.rng.choice(_pool())
        carried, lost = edits.carried(kept.edits, kept.machine.article.text, machine.article.text)
        self.library.update(
            self.id,
            machine,
            carried,
            self.revision(kept),
            lost=lost,
            origin=self.rng.choice(("update", "returned")),
        )

    def restore(self, kept: Kept, given: list[Edit]) -> None:
        version = self.rng.choice((*range(kept.version + 2), *_NO_NUMBERS[3:]))
        self.library.restore(self.id, version, self.revision(kept))

    def rerun(self, kept: Kept, given: list[Edit]) -> None:
        found = kept.machine
        if self.rng.randrange(2):
            found = replace(found, quotes=found.quotes[1:], figures=())
        self.library.rerun(self.id, found, self.revision(kept))

    def describe(self, kept: Kept, given: list[Edit]) -> None:
        fields: Any = {self.rng.choice(("headline", "slug", "byline", "source", "dateline")): self.word()}
        article = replace(kept.machine.article, **fields)
        self.library.describe(self.id, article, self.revision(kept))

    def set(self, kept: Kept, given: list[Edit]) -> None:
        name, value = (self.rng.choice((self.word(), self.word(), *_NO_TEXT)) for _ in range(2))
        article = self.rng.choice((None, self.id, *_NO_NUMBERS))
        self.library.set(name, value, article=article)
        if self.library.setting(name) != value or (value and self.library.settings(name).get(name) != value):
            raise NotKept(f"the setting {name!r} is not {value!r}")

    def elsewhere(self, kept: Kept, given: list[Edit]) -> None:
        """The same on an article that is not there."""
        other: Any = self.rng.choice((9, *(n for n in _NO_NUMBERS if n != "1")))
        call = self.rng.choice(
            (self.library.load, self.library.versions, self.library.duplicate, self.library.delete)
        )
        call(other)

    def duplicate(self, kept: Kept, given: list[Edit]) -> None:
        """The rest is done to the copy."""
        self.id = self.library.duplicate(self.id)


_CALLS: tuple[Callable[[_Visit, Kept, list[Edit]], None], ...] = (
    *(_Visit.append, _Visit.append, _Visit.decide, _Visit.decide, _Visit.decide, _Visit.undo, _Visit.undo),
    *(_Visit.redo, _Visit.lose, _Visit.dismiss, _Visit.update, _Visit.update, _Visit.restore, _Visit.rerun),
    *(_Visit.describe, _Visit.set, _Visit.elsewhere, _Visit.duplicate),
)


def _check_sentence(message: str) -> None:
    if not message.endswith(".") or "\n" in message or len(message) > 700:
        raise NotKept(f"no clear sentence: {message[:900]!r}")
