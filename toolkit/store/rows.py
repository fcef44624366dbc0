"""The library's rows: what every change reads and writes, inside the transaction of its caller."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from textwrap import shorten

from toolkit.decision import Edit
from toolkit.edits import last_step
from toolkit.errors import LibraryError, Stale
from toolkit.model import Annotations, Article
from toolkit.store.finding import quotes_of, searchable
from toolkit.store.records import record

# An article's id and the number of a version of its text: whose edits are meant.
Place = tuple[int, int]


def revision_and_version(db: sqlite3.Connection, id: int) -> tuple[int, int]:
    """What an article is at. Raises ``LibraryError`` where there is none."""
    row: tuple[int, int] | None = db.execute(
        "SELECT revision, version FROM article WHERE id = ?", (id,)
    ).fetchone()
    if row is None:
        raise LibraryError(
            f"Article {id} is not in the library; it may have been deleted in another window. Open another."
        )
    return row


def version_at(db: sqlite3.Connection, id: int, revision: int) -> int:
    """The newest version of an article's text, if the article is at that revision. Raises ``Stale``."""
    kept, version = revision_and_version(db, id)
    if kept != revision:
        raise Stale(revision, kept)
    return version


def change(db: sqlite3.Connection, id: int, revision: int, now: str) -> int:
    """Put an article at a new revision."""
    db.execute("UPDATE article SET revision = ?, changed = ? WHERE id = ?", (revision, now, id))
    return revision


def create(db: sqlite3.Connection, now: str) -> int:
    """A row for an article of which nothing is told yet; its id."""
    id = db.execute(
        "INSERT INTO article (title, slug, source, language, sha256, words, created, changed, revision, "
        "version) VALUES ('', '', '', '', '', 0, ?, ?, 0, 0)",
        (now, now),
    ).lastrowid
    assert id is not None
    return id


def put_version(db: sqlite3.Connection, place: Place, notes: Annotations, data: bytes, now: str) -> None:
    """Make ``notes`` (``data`` as they are kept) what the machine found in a version of the text, and
    that version the newest."""
    article, (id, number) = notes.article, place
    words = len(article.text.split())
    db.execute(
        "INSERT INTO version (article, number, created, sha256, words, steps, machine) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (article, number) DO UPDATE "
        "SET steps = excluded.steps, machine = excluded.machine",
        (id, number, now, article.sha256, words, last_step(notes.edits), data),
    )
    told = (_title(article), article.slug, article.source)
    db.execute(
        "UPDATE article SET title = ?, slug = ?, source = ?, language = ?, sha256 = ?, words = ?, "
        "version = ? WHERE id = ?",
        (*told, article.language, article.sha256, words, number, id),
    )
    db.execute("DELETE FROM story_words WHERE rowid = ?", (id,))
    db.execute(
        "INSERT INTO story_words (rowid, title, slug, source, body) VALUES (?, ?, ?, ?, ?)",
        (id, *map(searchable, (*told, article.text))),
    )


def _title(article: Article) -> str:
    """The headline, or the beginning of the text for a list to show."""
    return article.headline or shorten(article.text[:1000], 80, placeholder=" …")


def put_edits(db: sqlite3.Connection, place: Place, edits: Iterable[Edit], now: str, *, start: int) -> None:
    """Add edits of a version, at the positions from ``start``."""
    db.executemany(
        "INSERT INTO edit (article, version, position, step, made, record) VALUES (?, ?, ?, ?, ?, ?)",
        [(*place, at, edit.step, now, record(edit)) for at, edit in enumerate(edits, start)],
    )


def ends(db: sqlite3.Connection, place: Place) -> tuple[int, int, int]:
    """The first and last position of a version's edits, and the last step."""
    (first, last, step), (steps,) = (
        db.execute(f"SELECT {what} WHERE article = ? AND {version} = ?", place).fetchone()
        for what, version in (
            ("min(position), max(position), max(step) FROM edit", "version"),
            ("steps FROM version", "number"),
        )
    )
    return (1, 0, steps) if step is None else (first, last, step)


def put_quotes(db: sqlite3.Connection, id: int, notes: Annotations, revision: int) -> None:
    """Make the quotes of ``notes`` those that are found, as of a revision of the article."""
    drop_quotes(db, id)
    for content, said, speaker in quotes_of(notes):
        row = db.execute("INSERT INTO quotation (article, place) VALUES (?, ?)", (id, json.dumps(content)))
        db.execute(
            "INSERT INTO quote_words (rowid, said, speaker) VALUES (?, ?, ?)", (row.lastrowid, said, speaker)
        )
    db.execute("UPDATE article SET quoted = ? WHERE id = ?", (revision, id))


def drop_quotes(db: sqlite3.Connection, id: int) -> None:
    db.execute("DELETE FROM quote_words WHERE rowid IN (SELECT id FROM quotation WHERE article = ?)", (id,))
    db.execute("DELETE FROM quotation WHERE article = ?", (id,))


def copy(db: sqlite3.Connection, place: Place, now: str) -> int:
    """Another article, at revision 1, with a version of this one's text as its first; its id."""
    other = create(db, now)
    db.execute(
        "UPDATE article SET (title, slug, source, language, sha256, words, revision, version) = "
        "(SELECT title, slug, source, language, sha256, words, 1, 1 FROM article WHERE id = ?) WHERE id = ?",
        (place[0], other),
    )
    db.execute(
        "INSERT INTO version (article, number, created, sha256, words, steps, machine) "
        "SELECT ?, 1, ?, sha256, words, steps, machine FROM version WHERE article = ? AND number = ?",
        (other, now, *place),
    )
    db.execute(
        "INSERT INTO edit (article, version, position, step, undone, made, record) "
        "SELECT ?, 1, position, step, undone, made, record FROM edit WHERE article = ? AND version = ?",
        (other, *place),
    )
    db.execute(
        "INSERT INTO story_words (rowid, title, slug, source, body) "
        "SELECT ?, title, slug, source, body FROM story_words WHERE rowid = ?",
        (other, place[0]),
    )
    return other
