"""What the library hands out, as frozen records, and how notes and edits lie in its rows."""

from __future__ import annotations

import functools
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from textwrap import shorten
from typing import Any, NamedTuple

from toolkit.decision import Edit
from toolkit.edits import Decided, Unfit, carried, plain, replay, since
from toolkit.errors import InvalidNotes, LibraryError
from toolkit.model import Annotations, Article, Span
from toolkit.schema import from_json, to_json


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the library's list. ``title`` is the headline, or where there is none the beginning of
    the text; that of a duplicate says so. ``created`` and ``changed`` are ISO 8601 in UTC; ``words`` are
    those of the newest text, ``edits`` the decisions on it that stand, ``version`` its number."""

    id: int
    title: str
    slug: str
    source: str
    language: str
    created: str
    changed: str
    words: int
    edits: int
    revision: int
    version: int = 1


@dataclass(frozen=True, slots=True)
class Version:
    """A version of an article's text, from 1. ``edits`` are the decisions on it that stand. ``origin`` is
    what made it: "opened", "update", "returned" (a Word brief), or "restored 2", which is version 2 again."""

    number: int
    created: str
    sha256: str
    words: int
    edits: int
    origin: str = "opened"


@dataclass(frozen=True, slots=True)
class Lost:
    """A decision that fits no more, and why, in a sentence. Its places count in ``text``, as it was."""

    edit: Edit
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Kept:
    """An article as it is kept: what the machine found, the decisions on it, and those undone, the
    next to be redone first; those ``withdrawn`` can't be redone any more. ``revision`` is what a change
    has to tell. ``lost`` are the decisions that an update could not carry over, ``dismissed`` those that fit
    no more and that an editor has seen."""

    id: int
    revision: int
    version: int
    machine: Annotations
    edits: tuple[Edit, ...] = ()
    undone: tuple[Edit, ...] = ()
    lost: tuple[Lost, ...] = ()
    dismissed: tuple[Edit, ...] = ()
    withdrawn: tuple[Edit, ...] = ()

    def decided(self) -> Decided:
        """The decisions, as ``toolkit.edits.merged`` takes them."""
        told = (*(each.edit for each in self.lost), *self.dismissed)
        withdrawn = (*self.undone, *self.withdrawn)
        return Decided(self.machine.article.text, (*self.machine.edits, *self.edits), withdrawn, told)

    def notes(self) -> tuple[Annotations, tuple[Unfit, ...]]:
        """The annotations after the edits, and the edits that fit nothing in them."""
        return replay(self.machine, self.edits)


@dataclass(frozen=True, slots=True)
class Found:
    """An article that has the words searched for. ``excerpt`` is a piece of its text from ``start``;
    ``marks`` are the words found, as places in the excerpt. All in code points."""

    id: int
    title: str
    excerpt: str
    start: int
    marks: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A quote that was searched for: its ``text`` (pieces joined by " … ") with the words found as
    ``marks`` in it, its ``speaker``, and its ``content`` as places in the article's text."""

    id: int
    title: str
    text: str
    speaker: str
    content: tuple[Span, ...]
    marks: tuple[Span, ...]


def packed(notes: Annotations) -> bytes:
    """Annotations as they are kept."""
    return zlib.compress(to_json(notes).encode("utf-8"))


def unpacked(data: bytes) -> Annotations:
    """Annotations as they were kept. Raises ``InvalidNotes``."""
    try:
        return from_json(zlib.decompress(data))
    except (zlib.error, TypeError):  # or no bytes at all
        raise InvalidNotes(
            "The kept annotations are damaged; restore the library from a copy, or add the article again."
        ) from None


def of_machine(notes: Annotations) -> bytes:
    """What the machine found, as it is kept. Raises ``InvalidNotes`` for notes that hold decisions."""
    if notes.edits:
        raise InvalidNotes("These notes hold an editor's decisions; give what the machine found alone.")
    return packed(notes)


def in_steps(edits: Iterable[Edit], *, after: int = 0, by: str = "") -> list[Edit]:
    """Edits with their steps counted on from ``after``; neighbours of one step stay together. ``by``
    is the editor of those that name none. Raises ``LibraryError`` for what is no edit."""
    made: list[Edit] = []
    before = None
    for edit in edits:
        if not isinstance(edit, Edit):
            raise _unkept(f"{type(edit).__name__} is no Edit")
        after += edit.step != before
        before = edit.step
        made.append(replace(edit, step=after, by=edit.by or by))
    return made


def as_kept(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Edits as they will be read again. Raises ``LibraryError`` for what could not be."""
    return edits_of((record(edit), edit.step) for edit in edits)


def unfit_as_kept(unfit: Unfit) -> tuple[int, str, str]:
    """The step, the record and the reason of a decision that fits no more. Raises ``LibraryError``."""
    if not isinstance(unfit, Unfit) or not isinstance(unfit.reason, str):
        raise _unkept("what fits no more is told as an Unfit with its reason in words")
    kept = record(unfit.edit)
    return unfit.edit.step, kept, unfit.reason


def left_behind(newest: Kept, restored: Kept) -> tuple[Unfit, ...]:
    """What was decided, or taken back, on newer versions and does not come along where one is restored."""
    before, now = restored.decided(), newest.decided()
    standing = set(map(plain, now.stand))
    taken = replace(now, stand=tuple(edit for edit in now.withdrawn if plain(edit) not in standing))
    others = set(since(before, taken))
    told = f"on version {newest.version}, and {{}} version {restored.version}, which was restored."
    return (
        *(Unfit(edit, f"It was decided {told.format('is not on')}") for edit in since(before, now)),
        *(
            Unfit(edit, f"It was taken back {told.format('stands again on')}")
            for edit in taken.stand
            if edit not in others
        ),
    )


class Remembered(NamedTuple):
    """What another text of an article has to remember beside the decisions that stand on it: what was taken
    back, with its places there; what was taken back on words that are ``gone``, with those of before; and,
    without their steps, the decisions that stand there but of which an editor has ``seen`` that they fit
    nothing."""

    withdrawn: tuple[Edit, ...]
    gone: tuple[Edit, ...]
    seen: frozenset[Edit]


def remembered(kept: Kept, text: str) -> Remembered:
    """What is remembered of an article where it gets another text; a brief that went out before may bring
    back what was taken back since."""
    dismissed = set(map(plain, kept.dismissed))
    strays = [edit for edit in map(plain, kept.edits) if edit in dismissed]
    taken = dict.fromkeys(map(plain, (*kept.undone, *kept.withdrawn)))
    if not strays and not taken:  # laying two texts side by side takes time
        return Remembered((), (), frozenset())
    before = kept.machine.article.text
    withdrawn, gone = carried(taken, before, text)
    return Remembered(
        withdrawn, tuple(each.edit for each in gone), frozenset(carried(strays, before, text)[0])
    )


def record(edit: Edit) -> str:
    """An edit as it is kept. Its step has a column of its own. Raises ``LibraryError`` for one that could not
    be read again: the whole article could not."""
    if not isinstance(edit, Edit):
        raise _unkept(f"{type(edit).__name__} is no Edit")
    told = asdict(edit)
    try:
        _adapter().validate_python((told,))
        del told["step"]
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    except ValueError as error:
        raise _unkept(": ".join(line.strip() for line in str(error).splitlines()[1:3])) from None
    except TypeError as error:  # bytes, which would do for words
        raise _unkept(str(error)) from None


def _unkept(why: str) -> LibraryError:
    return LibraryError(f"A decision can't be kept ({why}); mend it.")


def edits_of(rows: Iterable[tuple[str, int]]) -> tuple[Edit, ...]:
    """Edits from their records and steps. Raises ``InvalidNotes``."""
    try:
        found: tuple[Edit, ...] = _adapter().validate_python(
            [{**json.loads(told), "step": step} for told, step in rows]
        )
    except (TypeError, ValueError) as error:  # pydantic's and json's are of the second kind
        raise InvalidNotes(
            f"A kept edit can't be read ({str(error).splitlines()[0]}); restore the library from a copy, "
            "or use the version of the toolkit that wrote it."
        ) from None
    return found


def lost_of(
    rows: Iterable[tuple[str, int, str, int]], text: str, others: Mapping[int, bytes]
) -> tuple[Lost, ...]:
    """Lost decisions from their records, steps, reasons and the versions that they are of: the one with
    ``text``, or one of the ``others``, told by what was found in them. Raises ``InvalidNotes``."""
    texts = {number: unpacked(data).article.text for number, data in others.items()}
    told = tuple(rows)
    edits = edits_of((kept, step) for kept, step, _, _ in told)
    return tuple(
        Lost(edit, reason, texts.get(version, text))
        for edit, (_, _, reason, version) in zip(edits, told, strict=True)
    )


def title_of(article: Article) -> str:
    """The headline, or the beginning of the text for a list to show."""
    return article.headline or shorten(article.text[:1000], 80, placeholder=" …")


@functools.cache
def _adapter() -> Any:
    # Imported here: pydantic costs start-up time.
    from pydantic import TypeAdapter

    return TypeAdapter(tuple[Edit, ...])
