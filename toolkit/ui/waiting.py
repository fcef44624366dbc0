"""Changes that wait for an editor's choice, as the library remembers them until the page is loaded again.

They are remembered under a word of their window, which can't be guessed and stands in the page's address as
long as something waits. Nothing here draws, or knows of a page.
"""

from __future__ import annotations

import contextlib
import json
import logging
import re
import secrets
from collections.abc import Iterable
from typing import Any, NamedTuple

from toolkit.decision import Edit
from toolkit.errors import Gone, ToolkitError
from toolkit.store import Library
from toolkit.store.records import edits_of, record

_NAME = "waits {} "  # the beginning of the names of settings, one for each article
_WORD = re.compile(r"[0-9a-f]{16}")

_log = logging.getLogger(__name__)


class Waiting(NamedTuple):
    """What waits of an article: edits, whose places count in a ``version`` of its text, and fields that were
    written beside the text."""

    id: int
    version: int
    edits: tuple[Edit, ...]
    written: tuple[tuple[str, str], ...]


def word() -> str:
    """A new word for a window."""
    return secrets.token_hex(8)


def keep(shelf: Library, under: str, waiting: Iterable[Waiting]) -> None:
    """Remember what waits in a window, in place of what was remembered of it; it goes with its article.
    Raises ``LibraryError``."""
    name = _NAME.format(under)
    gone = set(shelf.settings(name))
    for each in waiting:
        gone.discard(f"{name}{each.id}")
        kept = [each.version, [[record(edit), edit.step] for edit in each.edits], each.written]
        with contextlib.suppress(Gone):
            shelf.set(f"{name}{each.id}", json.dumps(kept, ensure_ascii=False), article=each.id)
    for old in gone:
        shelf.set(old, "")


def remembered(shelf: Library, under: str) -> tuple[Waiting, ...]:
    """What waits in the window of that word; nothing for another word, or where it is damaged. Raises
    ``LibraryError``."""
    if not _WORD.fullmatch(under):
        return ()
    kept = shelf.settings(_NAME.format(under))
    try:
        return tuple(_read(int(name.split()[-1]), json.loads(told)) for name, told in kept.items())
    except (ToolkitError, ValueError, TypeError) as error:
        _log.warning("what waited in a window can't be read: %s", error)
        return ()


def _read(id: int, kept: Any) -> Waiting:
    version, edits, written = kept
    return Waiting(id, version, edits_of(tuple(each) for each in edits), tuple((n, v) for n, v in written))
