"""Annotations to files: one module a format, chosen by the file's suffix.

A format is a module here with ``render(notes, made) -> bytes``, and its line in ``EXPORTERS``.
A file is written whole or not at all: next to its place first, then moved there.
"""

from __future__ import annotations

import importlib
import os
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from toolkit.errors import InvalidNotes, ToolkitError, UnsupportedFormat
from toolkit.model import Annotations
from toolkit.schema import from_json

EXPORTERS: Mapping[str, str] = {
    ".docx": "toolkit.export.docx",
    ".json": "toolkit.export.json",
}


def export(notes: Annotations, path: str | Path, *, made: datetime | None = None) -> Path:
    """Writes annotations to a file and returns its path; the suffix picks the format.

    ``made`` is the moment that the file names as its making, now if not given; the same
    annotations and moment give the same bytes. Folders on the way are created, a file that is
    there is replaced. Raises ``UnsupportedFormat`` for an unknown suffix, and ``ToolkitError`` when
    the file cannot be written.
    """
    target = Path(path)
    data = render(notes, target.suffix, made=made, name=str(path))
    try:
        _write_whole(target, data)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ToolkitError(
            f"Can't write {target}: {reason}. Close it if it is open elsewhere, or choose another folder."
        ) from error
    return target


def render(notes: Annotations, suffix: str, *, made: datetime | None = None, name: str = "") -> bytes:
    """The bytes of a file of the format that ``suffix`` (".docx") stands for, without writing it.

    ``name`` is what an ``UnsupportedFormat`` calls the file.
    """
    home = EXPORTERS.get(suffix.lower())
    if home is None:
        raise UnsupportedFormat(
            f"Can't export to {name or suffix!r}: its ending must be one of {', '.join(EXPORTERS)}."
        )
    module = importlib.import_module(home)
    data: bytes = module.render(notes, made or datetime.now(UTC))
    return data


def read_notes(path: str | Path) -> Annotations:
    """Annotations from a file that ``export`` wrote as .json.

    Raises ``UnsupportedFormat`` for another suffix, ``InvalidNotes`` when the content does not
    hold, ``ToolkitError`` when the file cannot be read; all name the file.
    """
    source = Path(path)
    if source.suffix.lower() != ".json":
        raise UnsupportedFormat(f"Can't read annotations from {source}: only .json files hold them.")
    try:
        data = source.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ToolkitError(f"Can't read {source}: {reason}. Check the name and the rights.") from error
    try:
        return from_json(data)
    except InvalidNotes as error:
        raise InvalidNotes(f"{source}: {error}") from None


def _write_whole(target: Path, data: bytes) -> None:
    # Through a link the linked file is replaced, not the link.
    target = Path(os.path.realpath(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with open(draft, "xb") as file:
            file.write(data)
        os.replace(draft, target)
    finally:
        draft.unlink(missing_ok=True)
