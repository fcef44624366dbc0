"""The library's rows: what every change reads and writes, inside the transaction of its caller."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import takewhile

from toolkit.decision import Edit
from toolkit.edits import Unfit, last_step, plain
from toolkit.errors import Gone, LibraryError, Stale
from toolkit.model import Annotations
from toolkit.store.finding import quotes_of, searchable
from toolkit.store.records import Entry, Remembered, Version, in_steps, record, title_of, unfit_as_kept

_EDITS = "SELECT count(*) FROM edit WHERE edit.article = {0} AND edit.version = {1} AND NOT undone"
# What is kept of the versions of an article: the columns of each table but the article's.
_OF_A_VERSION = {
    "version": "number, created, sha256, words, steps, machine, origin",
    "edit": "version, position, step, undone, made, record",
    "withdrawn": "version, record",
    "lost": "version, told, step, record, reason, dismissed",
}
# An article's id and the number of a version of its text: whose edits are meant.
Place = tuple[int, int]


def revision_and_version(db: sqlite3.Connection, id: int) -> tuple[int, int]:
    """What an article is at. Raises ``Gone`` where there is none."""
    row: tuple[int, int] | None = db.execute(
        "SELECT revision, version FROM article WHERE id = ?", (id,)
    ).fetchone()
    if row is None:
        raise Gone(
            f"Article {id} is not in the library; it may have been deleted in another window. Open another."
        )
    return row


def version_at(db: sqlite3.Connection, id: int, revision: int) -> int:
    """The newest version of an article's text, if the article is at that revision. Raises ``Stale``."""
    kept, version = revision_and_version(db, id)
    if kept != revision:
        raise Stale(revision, kept)
    return version


def entries(db: sqlite3.Connection, wanted: str, limit: int) -> Iterator[Entry]:
    """The articles that were changed last, of those that a query finds, "" for all."""
    where = "WHERE id IN (SELECT rowid FROM story_words(?))" if wanted else ""
    found = db.execute(
        "SELECT id, title, slug, source, language, created, changed, words, "
        f"({_EDITS.format('article.id', 'article.version')}), revision, version FROM article {where} "
        "ORDER BY changed DESC, id DESC LIMIT ?",
        (wanted, limit) if wanted else (limit,),
    )
    return (Entry(*row) for row in found)


def versions(db: sqlite3.Connection, id: int) -> Iterator[Version]:
    """The versions of an article's text, the first first."""
    found = db.execute(
        "SELECT number, created, sha256, words, "
        f"({_EDITS.format('version.article', 'version.number')}), origin "
        "FROM version WHERE article = ? ORDER BY number",
        (id,),
    )
    return (Version(*row) for row in found)


def read(
    db: sqlite3.Connection, place: Place
) -> tuple[bytes | None, list[tuple[str, str, int]], list[tuple[bool, str, int, str, int]], dict[int, bytes]]:
    """What is kept of a version: what the machine found, None where there is no such version; the edits
    with whether they stand, are "undone" or "withdrawn"; what is lost, as ``records.lost_of`` takes it, with
    whether it was seen; and what was found in the other versions that lost ones are told of."""
    found = db.execute("SELECT machine FROM version WHERE article = ? AND number = ?", place).fetchone()
    edits = db.execute(
        "SELECT iif(undone, 'undone', 'stands'), record, step FROM edit WHERE article = ? AND version = ? "
        "ORDER BY position",
        place,
    ).fetchall()
    edits += db.execute(
        "SELECT 'withdrawn', record, 1 FROM withdrawn WHERE article = ? AND version = ?", place
    ).fetchall()
    lost = db.execute(
        "SELECT dismissed, record, step, reason, told FROM lost WHERE article = ? AND version = ? "
        "ORDER BY id",
        place,
    ).fetchall()
    others = db.execute(
        "SELECT number, machine FROM version WHERE article = ? AND number IN (SELECT told FROM lost "
        "WHERE article = version.article AND lost.version = ? AND told != lost.version AND NOT dismissed)",
        place,
    ).fetchall()
    return found[0] if found else None, edits, lost, dict(others)


def tell_on(db: sqlite3.Connection, id: int, number: int) -> None:
    """Have what was lost before a new version, and not dismissed, be told of that one, and what was dismissed
    be remembered there too."""
    db.execute(
        "UPDATE lost SET version = ? WHERE article = ? AND version = ? AND NOT dismissed",
        (number, id, number - 1),
    )
    copy_dismissed(db, (id, number - 1), (id, number))


def copy_dismissed(db: sqlite3.Connection, place: Place, other: Place) -> None:
    """Have another version remember what was dismissed of this one, each decision once."""
    db.execute(
        "INSERT INTO lost (article, version, told, step, record, reason, dismissed) "
        "SELECT ?, ?, told, step, record, reason, dismissed FROM lost "
        "WHERE article = ? AND version = ? AND dismissed AND (told, step, record) NOT IN "
        "(SELECT told, step, record FROM lost WHERE article = ? AND version = ? AND dismissed)",
        (*other, *place, *other),
    )


def remember(db: sqlite3.Connection, place: Place, before: Remembered, stand: Iterable[Edit] = ()) -> None:
    """Have a new version remember what was taken back before it, and which of the decisions that ``stand``
    there an editor has seen."""
    db.executemany(
        "INSERT OR IGNORE INTO withdrawn (article, version, record) VALUES (?, ?, ?)",
        [(*place, record(edit)) for edit in before.withdrawn],
    )
    put_lost(db, place, place[1] - 1, (Unfit(edit, "") for edit in before.gone), seen=True)
    strays = (Unfit(edit, "") for edit in stand if plain(edit) in before.seen)
    put_lost(db, place, place[1], strays, seen=True)


def withdraw(db: sqlite3.Connection, place: Place) -> None:
    """Remember what is undone as withdrawn: it can't be redone any more."""
    db.execute(
        "INSERT OR IGNORE INTO withdrawn (article, version, record) "
        "SELECT article, version, record FROM edit WHERE article = ? AND version = ? AND undone",
        place,
    )
    db.execute("DELETE FROM edit WHERE article = ? AND version = ? AND undone", place)


def tell_no_more(db: sqlite3.Connection, place: Place, told: int) -> None:
    """Tell no more as lost what was decided on the version ``told`` and stands again in this one, nor what
    was dismissed there."""
    db.execute(
        "DELETE FROM lost WHERE article = ? AND version = ? AND told = ? AND record IN "
        "(SELECT record FROM edit WHERE edit.article = lost.article AND edit.version = lost.version "
        "AND NOT undone)",
        (*place, told),
    )
    copy_dismissed(db, (place[0], told), place)


def whose(db: sqlite3.Connection, sha256: str, language: str, rather: int) -> Place | None:
    """The version that has a text: rather of one article, in this language, the newest, of the first."""
    found: Place | None = db.execute(
        "SELECT article.id, version.number FROM version JOIN article ON article.id = version.article "
        "WHERE version.sha256 = ? ORDER BY article.id = ? DESC, article.language = ? DESC, "
        "version.number = article.version DESC, article.id, version.number DESC LIMIT 1",
        (sha256, rather, language),
    ).fetchone()
    return found


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


def delete(db: sqlite3.Connection, id: int) -> None:
    """Take out an article with all that hangs on it, and write the index anew without its words."""
    drop_quotes(db, id)
    db.execute("DELETE FROM story_words WHERE rowid = ?", (id,))
    db.execute("DELETE FROM article WHERE id = ?", (id,))
    for index in ("story_words", "quote_words"):
        db.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")


def settings(db: sqlite3.Connection, beginning: str) -> dict[str, str]:
    """What is set under the names that begin so."""
    found = db.execute("SELECT name, value FROM setting WHERE name >= ? ORDER BY name", (beginning,))
    return dict(takewhile(lambda row: row[0].startswith(beginning), found))  # in SQL a NUL would end it


def put_setting(db: sqlite3.Connection, name: str, value: str, article: int | None) -> None:
    """Set something, for an article if it is given; "" for nothing."""
    if not (isinstance(name, str) and isinstance(value, str)):
        raise LibraryError("The name and the value of a setting are text; write them out.")
    if article is not None:
        revision_and_version(db, article)
    db.execute("INSERT OR REPLACE INTO setting VALUES (?, ?, ?)", (name, value, article))
    db.execute("DELETE FROM setting WHERE value = ''")


def put_version(
    db: sqlite3.Connection, place: Place, notes: Annotations, data: bytes, now: str, origin: str = "opened"
) -> None:
    """Make ``notes`` (``data`` as they are kept) what the machine found in a version of the text, and
    that version the newest. ``origin`` is what made a new one."""
    article, (id, number) = notes.article, place
    words = len(article.text.split())
    db.execute(
        "INSERT INTO version (article, number, created, sha256, words, steps, machine, origin) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (article, number) DO UPDATE "
        "SET steps = excluded.steps, machine = excluded.machine",
        (id, number, now, article.sha256, words, last_step(in_steps(notes.edits)), data, origin),
    )
    (number_of_copy,) = db.execute("SELECT copy FROM article WHERE id = ?", (id,)).fetchone()
    told = (title_of(article) + _as_copy(number_of_copy), article.slug, article.source)
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


def _as_copy(number: int) -> str:
    return "" if number == 0 else " (copy)" if number == 1 else f" (copy {number})"


def put_edits(db: sqlite3.Connection, place: Place, edits: Iterable[Edit], now: str, *, start: int) -> None:
    """Add edits of a version, at the positions from ``start``."""
    db.executemany(
        "INSERT INTO edit (article, version, position, step, made, record) VALUES (?, ?, ?, ?, ?, ?)",
        [(*place, at, edit.step, now, record(edit)) for at, edit in enumerate(edits, start)],
    )


def turn(db: sqlite3.Connection, place: Place, which: str, *, undone: bool) -> bool:
    """Have the "max" or "min" step of those that are not ``undone`` be so, or the other way about; whether
    there was one."""
    (step,) = db.execute(
        f"SELECT {which}(step) FROM edit WHERE article = ? AND version = ? AND undone = ?",
        (*place, not undone),
    ).fetchone()
    db.execute(
        "UPDATE edit SET undone = ? WHERE article = ? AND version = ? AND step = ?", (undone, *place, step)
    )
    return step is not None


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


def copy(db: sqlite3.Connection, id: int, now: str) -> int:
    """Another article, at revision 1, with all versions of this one and all that was decided on them; its
    id."""
    other = create(db, now)
    db.execute(
        "UPDATE article SET (title, slug, source, language, sha256, words, revision, version) = "
        "(SELECT title, slug, source, language, sha256, words, 1, version FROM article WHERE id = ?) "
        "WHERE id = ?",
        (id, other),
    )
    for table, columns in _OF_A_VERSION.items():
        db.execute(
            f"INSERT INTO {table} (article, {columns}) SELECT ?, {columns} FROM {table} WHERE article = ?",
            (other, id),
        )
    _name_copy(db, id, other)
    db.execute(
        "INSERT INTO story_words (rowid, title, slug, source, body) "
        "SELECT ?, ?, slug, source, body FROM story_words WHERE rowid = ?",
        (other, *db.execute("SELECT title FROM article WHERE id = ?", (other,)).fetchone(), id),
    )
    return other


def _name_copy(db: sqlite3.Connection, id: int, other: int) -> None:
    """Have the title of a copy say that it is one, and which of several."""
    (title, own), (last,) = (
        db.execute("SELECT title, copy FROM article WHERE id = ?", (id,)).fetchone(),
        db.execute(
            "SELECT max(copy) FROM article WHERE sha256 = (SELECT sha256 FROM article WHERE id = ?)", (id,)
        ).fetchone(),
    )
    title = title.removesuffix(_as_copy(own)) + _as_copy(last + 1)
    db.execute("UPDATE article SET title = ?, copy = ? WHERE id = ?", (title, last + 1, other))


def copy_edits(db: sqlite3.Connection, place: Place, other: Place) -> None:
    """Give another version the edits of this one, those undone and withdrawn too."""
    db.execute(
        "INSERT INTO withdrawn (article, version, record) "
        "SELECT ?, ?, record FROM withdrawn WHERE article = ? AND version = ?",
        (*other, *place),
    )
    db.execute(
        "INSERT INTO edit (article, version, position, step, undone, made, record) "
        "SELECT ?, ?, position, step, undone, made, record FROM edit WHERE article = ? AND version = ?",
        (*other, *place),
    )


def put_lost(db: sqlite3.Connection, place: Place, told: int, lost: Iterable[Unfit], *, seen: bool) -> None:
    """Add decisions that fit a version no more; their places count in the text of the version ``told``."""
    db.executemany(
        "INSERT INTO lost (article, version, told, step, record, reason, dismissed) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(*place, told, *unfit_as_kept(each), seen) for each in lost],
    )
