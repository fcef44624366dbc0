"""Changes that wait for an editor's choice, as the library remembers them until the page is loaded again.

They are remembered under a word of their window, which can't be guessed and stands in the page's address as
long as something waits. Nothing here draws, or knows of a page.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
from collections.abc import Iterable
from typing import NamedTuple

from toolkit.decision import Edit
from toolkit.errors import ToolkitError
from toolkit.store import Library
from toolkit.store.records import edits_of, record

_NAME = "waits {}"  # of a setting of the library
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


def remember(shelf: Library, under: str, waiting: Iterable[Waiting]) -> None:
    """Remember what waits in a window, in place of what was remembered of it. Raises ``LibraryError``."""
    kept = [
        [each.id, each.version, [[record(edit), edit.step] for edit in each.edits], each.written]
        for each in waiting
    ]
    shelf.set(_NAME.format(under), json.dumps(kept, ensure_ascii=False) if kept else "")


def remembered(shelf: Library, under: str) -> tuple[Waiting, ...]:
    """What waits in the window of that word; nothing for another word, or where it can't be read."""
    if not _WORD.fullmatch(under):
        return ()
    try:
        kept = json.loads(shelf.setting(_NAME.format(under)) or "[]")
        return tuple(
            Waiting(id, version, edits_of(tuple(edit) for edit in edits), tuple((n, v) for n, v in written))
            for id, version, edits, written in kept
        )
    except (ToolkitError, ValueError, TypeError) as error:
        _log.warning("what waited in a window can't be read: %s", error)
        return ()
