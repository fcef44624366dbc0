"""The library itself: a few calls, each one transaction on the file."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from toolkit.decision import Edit
from toolkit.edits import Unfit
from toolkit.errors import LibraryError, ToolkitError
from toolkit.model import Annotations, Article
from toolkit.store import finding, rows
from toolkit.store.file import PATIENCE, default_path, expanded, opened, told, transaction
from toolkit.store.records import (
    Entry,
    Found,
    Kept,
    Said,
    Version,
    as_kept,
    edits_of,
    in_steps,
    left_behind,
    lost_of,
    of_machine,
    packed,
    remembered,
    unpacked,
)

_log = logging.getLogger(__name__)


class Library:
    """The library in the file at ``path`` (by default ``default_path()``), made if there is none.

    Safe to share between threads, and between processes that open the same file; open it anew in a
    process that was forked. Every call may raise ``LibraryError``: no such article, a full disk, a
    damaged file, or one that another program writes to for longer than ``patience``, in seconds.
    """

    def __init__(self, path: str | Path | None = None, *, patience: float = PATIENCE) -> None:
        self.path = expanded(path) if path is not None else default_path()
        self._lock = threading.RLock()
        self._connection = opened(self.path, patience)

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; the library can't be used afterwards."""
        with self._lock, told(self.path):
            self._connection.close()

    # What is there.

    def entries(self, query: str = "", *, limit: int = 100) -> tuple[Entry, ...]:
        """The articles that were changed last, or those of them that have all the words of ``query``
        (see ``search``)."""
        wanted = finding.query(query)
        if query.strip() and not wanted:
            return ()
        with self._reading() as db:
            return tuple(rows.entries(db, wanted, limit))

    def load(self, id: int, *, version: int | None = None) -> Kept:
        """An article with the decisions on it: of its newest text, or of an older version."""
        with self._reading() as db:
            revision, newest = rows.revision_and_version(db, id)
            place = (id, newest if version is None else version)
            found, edits, lost, others = rows.read(db, place)
            if found is None:
                raise LibraryError(f"The article has no version {version}; it has 1 to {newest}.")
        # Reading JSON takes longer than the rest, and other threads needn't wait for it.
        machine = unpacked(found)
        return Kept(
            id,
            revision,
            place[1],
            machine=machine,
            edits=edits_of(row[1:] for row in edits if row[0] == "stands"),
            undone=edits_of(row[1:] for row in edits if row[0] == "undone"),
            withdrawn=edits_of(row[1:] for row in edits if row[0] == "withdrawn"),
            lost=lost_of((row[1:] for row in lost if not row[0]), machine.article.text, others),
            dismissed=edits_of(row[1:3] for row in lost if row[0]),
        )

    def revision(self, id: int) -> int:
        """The revision that an article is at; it grows with every change."""
        with self._reading() as db:
            return rows.revision_and_version(db, id)[0]

    def whose(self, article: Article, *, rather: int = 0) -> tuple[int, int] | None:
        """The article that has a text, as its newest or an older version, and the number of that version;
        None for a text that is not kept. Of several the one with the id ``rather``, if it is among them, or
        else one in the same language."""
        with self._reading() as db:
            return rows.whose(db, article.sha256, article.language, rather)

    def versions(self, id: int) -> tuple[Version, ...]:
        """The versions of an article's text, the first first."""
        with self._reading() as db:
            rows.revision_and_version(db, id)
            return tuple(rows.versions(db, id))

    # Articles that come and go.

    def add(self, notes: Annotations, *, again: bool = False) -> int:
        """Keep an article with what was found in it; its id. Where the same text in the same language
        is there already, its id is told and nothing is changed, unless ``again``.

        Decisions that ``notes`` hold already can't be undone, but do outlive another run.
        """
        with self._reading() as db:  # first: while another program writes, what is there can be opened
            if not again and (there := finding.known(db, notes.article)):
                return there
        data, now = packed(notes), _now()
        with self._writing() as db:
            if not again and (there := finding.known(db, notes.article)):
                return there
            id = rows.create(db, now)
            rows.put_version(db, (id, 1), notes, data, now)
            rows.put_quotes(db, id, notes, rows.change(db, id, 1, now))
        return id

    def duplicate(self, id: int) -> int:
        """Another article with the texts of this one, and all that was decided on them or lost; its id."""
        with self._writing() as db:
            rows.revision_and_version(db, id)
            return rows.copy(db, id, _now())

    def delete(self, id: int) -> None:
        """Take an article out of the file, with its versions, its decisions and what is set for it. It can't
        be brought back: its words are overwritten, also in the index, which is written anew (under a
        second for thousands of articles)."""
        with self._writing() as db:
            rows.revision_and_version(db, id)
            rows.delete(db, id)
        with self._lock, told(self.path):
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    # Decisions. Each call tells the revision that it is made on, and gives the new one.

    def append(self, id: int, edits: Iterable[Edit], revision: int, *, by: str = "") -> int:
        """Add decisions after those that stand; undone ones are dropped. Neighbours with the same
        ``step`` are undone together. ``by`` is the editor of those that name none. Raises ``Stale``."""
        edits, now = tuple(edits), _now()
        with self._writing() as db:
            place = (id, rows.version_at(db, id, revision))
            if not edits:
                return revision
            rows.withdraw(db, place)
            _, last, step = rows.ends(db, place)
            rows.put_edits(db, place, in_steps(edits, after=step, by=by), now, start=last + 1)
            return rows.change(db, id, revision + 1, now)

    def undo(self, id: int, revision: int) -> int:
        """Take the last step back; nothing changes where there is none. Raises ``Stale``."""
        return self._turn(id, revision, "max", undone=True)

    def redo(self, id: int, revision: int) -> int:
        """Do again the step that was undone last; nothing changes where there is none. Raises ``Stale``."""
        return self._turn(id, revision, "min", undone=False)

    def _turn(self, id: int, revision: int, which: str, *, undone: bool) -> int:
        with self._writing() as db:
            place = (id, rows.version_at(db, id, revision))
            turned = rows.turn(db, place, which, undone=undone)
            return rows.change(db, id, revision + 1, _now()) if turned else revision

    # The machine again.

    def rerun(self, id: int, machine: Annotations, revision: int) -> int:
        """Keep what another run of the machine found in the same text; the decisions stay, undone ones
        too. Raises ``Stale``, ``InvalidNotes`` for notes that hold decisions themselves, and
        ``LibraryError`` for another text."""
        data, now = of_machine(machine), _now()
        with self._writing() as db:
            place = (id, rows.version_at(db, id, revision))
            sha256, steps, before = db.execute(
                "SELECT sha256, steps, machine FROM version WHERE article = ? AND number = ?", place
            ).fetchone()
            if sha256 != machine.article.sha256:
                raise LibraryError("These notes are of another text than is kept; keep them as its update.")
            if steps:
                # What was decided before the article was added is in the notes that go.
                decided = in_steps(unpacked(before).edits)
                rows.put_edits(db, place, decided, now, start=rows.ends(db, place)[0] - len(decided))
            rows.put_version(db, place, machine, data, now)
            return rows.change(db, id, revision + 1, now)

    def describe(self, id: int, article: Article, revision: int) -> int:
        """Keep what an editor wrote about an article: its headline, slug, byline, dates and the like; the
        text must be the one that is kept. Decisions stay, undone ones too, and what was written is no
        step that could be undone. Raises ``Stale``, and ``LibraryError`` for another text."""
        before, now = self.load(id).machine, _now()
        if before.article.sha256 != article.sha256:
            raise LibraryError("This is about another text than is kept; keep that as an update.")
        machine = replace(before, article=article)
        data = packed(machine)
        with self._writing() as db:
            # What was loaded is of this revision, or of another and refused here.
            place = (id, rows.version_at(db, id, revision))
            if before.article == article:
                return revision
            rows.put_version(db, place, machine, data, now)
            return rows.change(db, id, revision + 1, now)

    def update(self, id: int, machine: Annotations, edits: Iterable[Edit], revision: int, *,
               lost: Iterable[Unfit] = (), origin: str = "update") -> int:  # fmt: skip
        """Keep a new version of the text, what was found in it, the decisions that were carried to it and
        those ``lost`` (``toolkit.edits.carried``); what was taken back or dismissed is remembered. The
        version before stays, to be listed and loaded. Raises as ``rerun``, and for the same text."""
        data, made, now = of_machine(machine), as_kept(in_steps(edits)), _now()
        before = remembered(self.load(id), machine.article.text)
        with self._writing() as db:
            # What was loaded is of this revision, or of another and refused here.
            number = rows.version_at(db, id, revision) + 1
            (sha256,) = db.execute("SELECT sha256 FROM article WHERE id = ?", (id,)).fetchone()
            if sha256 == machine.article.sha256:
                raise LibraryError("The text is the one that is kept; keep this as another run.")
            rows.put_version(db, (id, number), machine, data, now, origin)
            rows.put_edits(db, (id, number), made, now, start=1)
            rows.tell_on(db, id, number)
            rows.put_lost(db, (id, number), number - 1, lost, seen=False)
            rows.remember(db, (id, number), before, made)
            return rows.change(db, id, revision + 1, now)

    def restore(self, id: int, version: int, revision: int) -> int:
        """Make an older version of the text, with the decisions on it, the newest again; none goes. What was
        decided since, on newer ones, is told as lost. Raises ``Stale``."""
        old, newest, now = self.load(id, version=version), self.load(id), _now()
        data, left = packed(old.machine), left_behind(newest, old)
        before = remembered(newest, old.machine.article.text)
        with self._writing() as db:
            number = rows.version_at(db, id, revision) + 1
            rows.put_version(db, (id, number), old.machine, data, now, f"restored {version}")
            rows.copy_edits(db, (id, version), (id, number))
            rows.tell_on(db, id, number)
            rows.tell_no_more(db, (id, number), version)
            rows.put_lost(db, (id, number), number - 1, left, seen=False)
            rows.remember(db, (id, number), before)
            return rows.change(db, id, revision + 1, now)

    # Decisions that fit no more.

    def lose(self, id: int, lost: Iterable[Unfit], revision: int, *, told: int | None = None) -> int:
        """Keep, to be told, decisions that fit nothing in the newest text. Their places count in that of
        the version ``told``, by default in the newest; such as have none will do. Raises ``Stale``."""
        return self._tell(id, lost, revision, told, seen=False)

    def dismiss(self, id: int, unfit: Iterable[Unfit], revision: int) -> int:
        """An editor has seen all that was lost, and ``unfit`` among the decisions that stand: they are told
        no more. Raises ``Stale``."""
        return self._tell(id, unfit, revision, None, seen=True)

    def _tell(self, id: int, unfit: Iterable[Unfit], revision: int, told: int | None, *, seen: bool) -> int:
        with self._writing() as db:
            place = (id, rows.version_at(db, id, revision))
            if seen:
                db.execute("UPDATE lost SET dismissed = 1 WHERE article = ? AND version = ?", place)
            told = told or place[1]
            if not db.execute(
                "SELECT 1 FROM version WHERE article = ? AND number = ?", (id, told)
            ).fetchone():
                raise LibraryError(f"The article has no version {told}; it has 1 to {place[1]}.")
            rows.put_lost(db, place, told, unfit, seen=seen)
            return rows.change(db, id, revision + 1, _now())

    # What holds for the whole library.

    def setting(self, name: str) -> str:
        """What was set under a name, "" for nothing."""
        with self._reading() as db:
            found = db.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        return str(found[0]) if found else ""

    def settings(self, beginning: str) -> dict[str, str]:
        """What was set, by those names that begin so."""
        with self._reading() as db:
            return rows.settings(db, beginning)

    def set(self, name: str, value: str, *, article: int | None = None) -> None:
        """Set something under a name, in place of what was there; "" for nothing. What is set for an
        ``article`` goes when that is deleted. Raises ``Gone`` where it is not there, and ``LibraryError`` for
        what is no text."""
        with self._writing() as db:
            rows.put_setting(db, name, value, article)

    # Searching.

    def search(self, words: str, *, limit: int = 50) -> tuple[Found, ...]:
        """The articles that have all the words in headline, slug, source or newest text, the best first.
        Words in quotation marks must follow each other; of the last word the beginning will do."""
        with self._reading() as db:
            return finding.articles(db, words, limit)

    def search_quotes(self, words: str = "", *, speaker: str = "", limit: int = 50) -> tuple[Said, ...]:
        """The quotes that have all the words, of speakers whose names have all those of ``speaker``: the
        best first, or without words those of the articles that were changed last."""
        self._index_quotes()
        with self._reading() as db:
            return finding.quotes(db, words, speaker, limit)

    def _index_quotes(self) -> None:
        """Bring the index up to the decisions. Done when somebody searches and not with each decision,
        which is to take no time: an article is read and its edits replayed for it."""
        with self._reading() as db:
            behind = db.execute("SELECT id FROM article WHERE quoted < revision ORDER BY id").fetchall()
        for (id,) in behind:
            try:
                kept = self.load(id)
                notes, _ = kept.notes()
            except ToolkitError as error:  # deleted meanwhile, or damaged: the others are searched
                _log.warning("The quotes of article %d can't be searched: %s", id, error)
                continue
            with self._writing() as db:
                now = db.execute("SELECT revision FROM article WHERE id = ?", (id,)).fetchone()
                if now == (kept.revision,):
                    rows.put_quotes(db, id, notes, kept.revision)

    def _reading(self) -> AbstractContextManager[sqlite3.Connection]:
        return self._alone(writes=False)

    def _writing(self) -> AbstractContextManager[sqlite3.Connection]:
        return self._alone(writes=True)

    @contextlib.contextmanager
    def _alone(self, *, writes: bool) -> Iterator[sqlite3.Connection]:
        with self._lock, transaction(self._connection, self.path, writes=writes) as db:
            yield db


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
