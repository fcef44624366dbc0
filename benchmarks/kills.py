"""What is left of an editor's work when the process is killed at a random moment.

A child works on a library and tells each revision that was acknowledged; it is killed, and the file is
compared with what must stand in it at that revision. What the child does follows from the revision
alone: it appends, undoes, redoes, keeps another run and new versions of a text of 10,000 words. Then a
copy of the file gets its write-ahead log cut at a random byte, as a power cut would on a disk that
did not flush it: it must open and hold a state that once was.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit.decision import Edit
from toolkit.errors import LibraryError
from toolkit.model import Annotations, Article, Engine, Span
from toolkit.store import Kept, Library

WORDS = 10_000
_KEPT_ON = 5  # edits that are carried to a new version
_PER_FILE = 10  # kills before a new file is begun
_LOG_HEADER, _FRAME_HEADER = 32, 24  # bytes
_MOST = 40  # revisions that a child is waited for
_LONGEST = 0.05  # seconds from the last of them to the kill


@dataclass(frozen=True, slots=True)
class State:
    """What must stand in the library: the run and version of the text, and the values of the edits."""

    run: str
    version: int
    edits: tuple[str, ...] = ()
    undone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kill:
    """The last revision that the child was told of, 0 for none, and the one that was found; -1 where
    the file was damaged or held what never was. ``cut`` is the one found after the log was cut."""

    file: int
    acknowledged: int
    found: int
    cut: int

    @property
    def lost(self) -> int:
        """Revisions that were acknowledged and are gone."""
        return max(0, self.acknowledged - self.found)


def act(revision: int) -> str:
    """What is done to an article at a revision."""
    if revision % 40 == 39:
        return "update"
    return {6: "undo", 7: "redo", 10: "undo", 11: "rerun"}.get(revision % 12, "append")


def after(state: State, revision: int) -> State:
    """The state after what is done at a revision."""
    edits, undone = state.edits, state.undone
    match act(revision):
        case "undo":
            return replace(state, edits=edits[:-1], undone=edits[-1:] + undone)
        case "redo":
            return replace(state, edits=edits + undone[:1], undone=undone[1:])
        case "rerun":
            return replace(state, run=str(revision))
        case "update":
            return State(str(revision), state.version + 1, edits[-_KEPT_ON:])
    return replace(state, edits=(*edits, str(revision)), undone=())


def states() -> Iterator[tuple[int, State]]:
    """Every revision from the first, with its state."""
    revision, state = 1, State("0", 1)
    while True:
        yield revision, state
        state = after(state, revision)
        revision += 1


def machine(run: str, version: int) -> Annotations:
    """Notes on the same long text, but for its first word."""
    rng = random.Random(0)
    vocabulary = ["".join(rng.choices("aeioustrnlm", k=rng.randint(2, 9))) for _ in range(2000)]
    text = f"version{version} " + " ".join(rng.choices(vocabulary, k=WORDS))
    sentences = tuple(Span(at, at + 100) for at in range(0, len(text) - 100, 120))
    return Annotations(Article(text, language="en"), Engine("0", "0", run), sentences)


def work(path: Path) -> None:
    """The child: works on, from wherever the library is, until it is killed."""
    first = machine("0", 1)
    print("ready", flush=True)
    with Library(path) as library:
        entries = library.entries()
        id = entries[0].id if entries else library.add(first)
        start = library.revision(id)
        for revision, state in states():
            if revision < start:
                continue
            print(revision, flush=True)
            match act(revision):
                case "undo":
                    library.undo(id, revision)
                case "redo":
                    library.redo(id, revision)
                case "rerun":
                    library.rerun(id, machine(str(revision), state.version), revision)
                case "update":
                    edits = [_edit(value) for value in state.edits[-_KEPT_ON:]]
                    library.update(id, machine(str(revision), state.version + 1), edits, revision)
                case _:
                    library.append(id, [_edit(str(revision))], revision)


def _edit(value: str) -> Edit:
    return Edit("note", "text", (Span(0, 7),), value=value, step=int(value))


def kill_often(kills: int, *, seed: int = 0, per_file: int = _PER_FILE) -> Iterator[Kill]:
    """Kill a child so many times, and tell each time what was found."""
    rng = random.Random(seed)
    found = 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(kills):
            file = 1 + number // per_file
            path = Path(folder, f"{file}.sqlite")
            if number % per_file == 0:
                found = 0
            # Killed before it tells anything, it must leave what there was.
            acknowledged = max(found, _killed(path, rng.randint(0, _MOST), rng.uniform(0, _LONGEST)))
            cut = _with_cut_log(path, rng)
            found = found_in(path)
            yield Kill(file, acknowledged, found, cut)


def _killed(path: Path, revisions: int, delay: float) -> int:
    """The last revision that a child tells, killed some seconds after it has told so many."""
    command = [sys.executable, "-m", "benchmarks.kills", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout
        try:
            told = [child.stdout.readline() for _ in range(1 + revisions)]
            time.sleep(delay)
            if child.poll() is not None:
                raise LibraryError("The process ended before it was killed; see its message above.")
        finally:
            child.kill()
        told += child.stdout.readlines()
    # The first says that it is ready, and the last may have been cut short.
    return max((int(line) for line in told[1:] if line.endswith("\n")), default=0)


def _with_cut_log(path: Path, rng: random.Random) -> int:
    """What is found in a copy whose log is cut; 0 without a log."""
    log, index = Path(f"{path}-wal"), Path(f"{path}-shm")
    if not log.exists() or log.stat().st_size < _LOG_HEADER:
        return 0
    told = log.read_bytes()
    # What is already being copied into the first file was flushed before (SQLite's file format, "WAL-index").
    copied = int.from_bytes(index.read_bytes()[128:132], sys.byteorder)
    page = int.from_bytes(told[8:12], "big")
    least = _LOG_HEADER + copied * (_FRAME_HEADER + page)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, path.name)
        shutil.copyfile(path, copy)
        Path(f"{copy}-wal").write_bytes(told[: rng.randint(min(least, len(told)), len(told))])
        return found_in(copy)


def found_in(path: Path) -> int:
    """The revision that a library is at, 0 for an empty one; -1 where it is damaged or its state is not
    that of the revision."""
    try:
        with Library(path) as library:
            entries = library.entries()
            kept = library.load(entries[0].id) if entries else None
        with closing(sqlite3.connect(path)) as db:
            sound = [*db.execute("PRAGMA integrity_check"), *db.execute("PRAGMA foreign_key_check")]
    except (LibraryError, sqlite3.Error) as error:
        print(f"{path.name}: {error}", file=sys.stderr)
        return -1
    if sound != [("ok",)] or len(entries) > 1:
        return -1
    if kept is None:
        return 0
    expected = next(state for revision, state in states() if revision == kept.revision)
    return kept.revision if _state(kept) == expected else -1


def _state(kept: Kept) -> State:
    values = [tuple(edit.value for edit in edits) for edits in (kept.edits, kept.undone)]
    return State(kept.machine.engine.model, kept.version, *values)


def table(kills: list[Kill]) -> Iterator[str]:
    """A line for each file and one for all."""
    heads = ("file", "kills", "acknowledged", "lost", "one more kept", "damaged", "log cut", "damaged")
    yield " | ".join(heads)
    files = sorted({kill.file for kill in kills})
    for name, these in [(str(f), [k for k in kills if k.file == f]) for f in files] + [("all", kills)]:
        # A file lives through several kills: what was acknowledged is counted once.
        acknowledged = sum(max(k.acknowledged for k in these if k.file == f) for f in {k.file for k in these})
        row = (
            name,
            len(these),
            acknowledged,
            sum(kill.lost for kill in these if kill.found >= 0),
            sum(kill.found > kill.acknowledged for kill in these),
            sum(kill.found < 0 for kill in these),
            sum(kill.cut != 0 for kill in these),
            sum(kill.cut < 0 for kill in these),
        )
        yield " | ".join(str(cell).rjust(len(head)) for cell, head in zip(row, heads, strict=True))


if __name__ == "__main__":
    work(Path(sys.argv[1]))
