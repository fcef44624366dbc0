"""The library's file: where it lies, how it is opened and brought up to date, and what can go wrong with it.

Every change is one transaction, on the disk before the call returns (a write-ahead log, flushed at
each commit). A process killed at any moment loses at most the change that it had not yet reported
done. So does a power cut, as far as the disk does what it reports. The log lies in a second file
beside the first ("-wal"): who copies a library by hand closes the desk first. Not for folders on
another machine, where locks and logs can't be trusted.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import sys
import time
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from toolkit.errors import LibraryError

APPLICATION = 0x4E65_7773  # "News": tells this file from other programs' databases
# fullfsync is macOS's way to get past the disk's own cache; elsewhere it does nothing. What was
# deleted is overwritten: unpublished copy isn't left lying in the file.
SETTINGS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "fullfsync = ON",
    "checkpoint_fullfsync = ON",
    "foreign_keys = ON",
    "secure_delete = ON",
)
PATIENCE = 10.0  # seconds to wait for another process that is writing
_HEADER = b"SQLite format 3\0"

# By the beginning of SQLite's name of an error: what it is, and what to do.
_REASONS = (
    ("SQLITE_FULL", "the disk is full; make room and try again"),
    ("SQLITE_READONLY", "the file or its folder can't be written; change its permissions, or name another"),
    ("SQLITE_BUSY", "another program is writing to it; close that one or try again"),
    ("SQLITE_LOCKED", "another program is writing to it; close that one or try again"),
    ("SQLITE_CANTOPEN", "it can't be opened or written there; check the folder, or name another file"),
    ("SQLITE_PERM", "it may not be opened; change its permissions, or name another file"),
    ("SQLITE_AUTH", "it may not be opened; change its permissions, or name another file"),
    ("SQLITE_NOTADB", "it is no library; name another file"),
    ("SQLITE_CORRUPT", "the file is damaged; restore a copy of it, or name another file"),
    ("SQLITE_IOERR", "the disk can't be read or written; check it for errors and room"),
    ("SQLITE_TOOBIG", "the article is too large to be kept; divide it"),
)


class Connection(sqlite3.Connection):
    """A connection that knows which file it was opened on."""

    place: tuple[int, int]


def default_path() -> Path:
    """Where the library lies: ``$NEWSDESK_LIBRARY``, or in the platform's folder for a user's data."""
    named = os.environ.get("NEWSDESK_LIBRARY")
    if named:
        return expanded(named)
    if sys.platform == "win32":
        return _folder("LOCALAPPDATA", "~/AppData/Local") / "Newsdesk" / "library.sqlite"
    if sys.platform == "darwin":
        return expanded("~/Library/Application Support/Newsdesk/library.sqlite")
    return _folder("XDG_DATA_HOME", "~/.local/share") / "newsdesk" / "library.sqlite"


def _folder(variable: str, otherwise: str) -> Path:
    # The specification of these variables has relative paths ignored.
    named = Path(os.environ.get(variable, ""))
    return named if named.is_absolute() else expanded(otherwise)


def expanded(path: str | Path) -> Path:
    """A path with the home that "~" stands for. Raises ``LibraryError`` where that is not known."""
    try:
        return Path(path).expanduser()
    except RuntimeError as error:
        raise LibraryError(f"The library {path}: there is no such home; write the folder in full.") from error


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """Errors of the database and of the disk as a ``LibraryError`` that names the file."""
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "")
        reason = next((why for start, why in _REASONS if name.startswith(start)), None)
        if "no such module" in str(error):
            reason = "this Python's SQLite has no full-text search (FTS5); use another build of Python"
        raise LibraryError(f"The library {path}: {reason or error}.") from error
    except UnicodeEncodeError as error:
        raise LibraryError(
            "Half a character (a lone surrogate) can't be in the library, nor in its name; take it out."
        ) from error
    except OverflowError as error:
        raise LibraryError(f"The library {path}: a number is too large for it; give another.") from error
    except ValueError as error:
        raise LibraryError(f"The library {path}: {error}; name another file.") from error
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise LibraryError(f"The library {path} can't be opened ({why}); name another file.") from error


def opened(path: Path, patience: float = PATIENCE) -> Connection:
    """A connection to the library at ``path``, made if there is none and brought up to date.

    It begins no transaction of its own and may be handed from thread to thread, used by one at a
    time. Raises ``LibraryError``; a file that is no library is never written to.
    """
    with told(path):
        _prepare(path)
        connection = sqlite3.connect(
            path,
            timeout=patience,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=64,
            factory=Connection,
        )
        try:
            connection.place = _place(path)
            version = _known(connection, path)
            _set(connection, patience)
            if version < len(_migrations()):
                _migrate(connection, path)
        except BaseException:
            connection.close()
            raise
        return connection


def _prepare(path: Path) -> None:
    """A file with SQLite's header or nothing in it, that only its owner can read if it is new."""
    missing = [folder for folder in path.parents if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(mode=0o700, exist_ok=True)
    # SQLite gives the files beside this one the same permissions.
    handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
    try:
        header = os.read(handle, len(_HEADER))
    finally:
        os.close(handle)
    if header and header != _HEADER:
        raise LibraryError(f"{path} is no library of articles; name another file, this one is left as it is.")


def _known(connection: sqlite3.Connection, path: Path) -> int:
    """The version of the file's tables, 0 for a new one. Raises ``LibraryError`` for what isn't ours."""
    with _transaction(connection, "DEFERRED"):
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application != APPLICATION and (application or version or tables):
        raise LibraryError(f"{path} is another program's database; name another file.")
    if version > len(_migrations()):
        raise LibraryError(
            f"The library {path} was written by a newer version of the toolkit (its tables are of version "
            f"{version}, this one knows {len(_migrations())}); use that version, or name another file."
        )
    return int(version)


def _set(connection: sqlite3.Connection, patience: float) -> None:
    until = time.monotonic() + patience
    for setting in SETTINGS:
        while True:
            try:
                connection.execute(f"PRAGMA {setting}").fetchall()
                break
            except sqlite3.OperationalError as error:
                # Where two processes open a new file at once, SQLite doesn't wait for the log by itself.
                if not error.sqlite_errorname.startswith("SQLITE_BUSY") or time.monotonic() > until:
                    raise
                time.sleep(0.01)


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the tables up to date, version by version, each in one transaction."""
    for number, script in enumerate(_migrations(), 1):
        with _transaction(connection, "IMMEDIATE"):
            # Asked again: another process may have done it while this one waited.
            if _known_inside(connection) >= number:
                continue
            for statement in _statements(script):
                connection.execute(statement)
            if connection.execute("PRAGMA foreign_key_check").fetchone():
                raise LibraryError(
                    f"The library {path} holds rows without their article and can't be brought up to date; "
                    "restore a copy of it, or name another file."
                )
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
            connection.execute(f"PRAGMA user_version = {number}")


def _known_inside(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _migrations() -> tuple[str, ...]:
    """The scripts that make the tables, the first makes version 1."""
    folder = resources.files("toolkit.store") / "migrations"
    numbers = sorted(int(each.name.removesuffix(".sql")) for each in folder.iterdir())
    return tuple((folder / f"{number}.sql").read_text(encoding="utf-8") for number in numbers)


def _statements(script: str) -> Iterator[str]:
    """The statements of a script. (``executescript`` would commit what goes before.)"""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _place(path: Path) -> tuple[int, int]:
    """Which file stands at a path; (0, 0) for none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return 0, 0
    return found.st_dev, found.st_ino


@contextlib.contextmanager
def transaction(connection: Connection, path: Path, *, writes: bool) -> Iterator[sqlite3.Connection]:
    """All of it or nothing. One that writes waits for its turn at the beginning, so that what it reads
    is still so when it writes. It writes nothing to a file that is no longer at its place: that would be
    lost with it, and nobody told."""
    with told(path):
        gone = writes and _place(path) != connection.place
    if gone:
        raise LibraryError(
            f"The library {path} was moved, deleted or replaced while it was open, and nothing more is saved "
            "to it; put it back, or start the desk again."
        )
    with told(path), _transaction(connection, "IMMEDIATE" if writes else "DEFERRED"):
        yield connection


@contextlib.contextmanager
def _transaction(connection: sqlite3.Connection, kind: str) -> Iterator[None]:
    connection.execute(f"BEGIN {kind}")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
