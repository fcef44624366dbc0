"""Annotations to files: one module a format, chosen by how the file's name ends.

A format is a module here with ``render(notes, made) -> bytes``, and its line in ``EXPORTERS``: an ending
and the module, or the module and another function of it. The longest ending that fits is taken, so
"story.entities.csv" holds the entities, and any other .csv the quotes.
A file is written whole or not at all: next to its place first, then moved there.
"""

from __future__ import annotations

import importlib
import os
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.errors import InvalidNotes, ToolkitError, UnsupportedFormat
from toolkit.model import Annotations
from toolkit.schema import from_json

if TYPE_CHECKING:
    from toolkit.house import House

EXPORTERS: Mapping[str, str] = {
    ".docx": "toolkit.export.docx",
    ".json": "toolkit.export.json",
    ".html": "toolkit.export.html",
    ".md": "toolkit.export.markdown",
    ".csv": "toolkit.export.csv",
    ".entities.csv": "toolkit.export.csv:entities",
    ".ninjs.json": "toolkit.export.ninjs",
    ".jsonld": "toolkit.export.jsonld",
}


# What a house (``toolkit.house``) says to each of the formats that people read.
_HOUSED: Mapping[str, tuple[str, ...]] = {
    ".docx": ("sections", "titles", "annotations_inside", "template"),
    ".html": ("sections", "titles"),
    ".md": ("sections", "titles"),
}


def export(
    notes: Annotations, path: str | Path, *, made: datetime | None = None, house: House | None = None
) -> Path:
    """Writes annotations to a file and returns its path; the ending of its name picks the format.

    ``made`` is the moment that the file names as its making, now if not given; the same
    annotations and moment give the same bytes. ``house`` says which parts a .docx, .html or .md has,
    and more (``toolkit.house.read_house``). Folders on the way are created, a file that is
    there is replaced. Raises ``UnsupportedFormat`` for an unknown suffix, and ``ToolkitError`` when
    the file cannot be written.
    """
    target = Path(path)
    data = render(notes, _ending(target), made=made, name=str(path), house=house)
    write_whole(target, data)
    return target


def render(
    notes: Annotations,
    suffix: str,
    *,
    made: datetime | None = None,
    name: str = "",
    house: House | None = None,
) -> bytes:
    """The bytes of a file with the ending ``suffix`` (".docx", ".ninjs.json"), without writing it.

    ``house`` is as for ``export``; ``name`` is what an ``UnsupportedFormat`` calls the file.
    """
    home = EXPORTERS.get(suffix.lower())
    if home is None:
        raise UnsupportedFormat(
            f"Can't export to {name or suffix!r}: its ending must be one of {', '.join(EXPORTERS)}."
        )
    module, _, function = home.partition(":")
    make = getattr(importlib.import_module(module), function or "render")
    told = _HOUSED.get(suffix.lower(), ()) if house else ()
    data: bytes = make(notes, made or datetime.now(UTC), **{each: getattr(house, each) for each in told})
    return data


def read_notes(path: str | Path) -> Annotations:
    """Annotations from a file that ``export`` wrote: a .json, or a .docx with them inside.

    From a .docx they come as they were sent; what somebody made of the document since is told by
    ``toolkit.returning.returned``. Raises ``UnsupportedFormat`` for another suffix, ``InvalidNotes`` when the
    content does not hold, ``ToolkitError`` when the file cannot be read; all name the file.
    """
    source = Path(path)
    ending = _ending(source)
    if ending not in (".json", ".docx"):
        raise UnsupportedFormat(
            f"Can't read annotations from {source}: only .json and .docx files hold them."
        )
    try:
        data = source.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ToolkitError(f"Can't read {source}: {reason}. Check the name and the rights.") from error
    try:
        if ending == ".docx":
            from toolkit.export.docx import notes_in

            return notes_in(data)
        return from_json(data)
    except InvalidNotes as error:
        raise InvalidNotes(f"{source}: {error}") from None


def _ending(path: Path) -> str:
    """The longest ending of a file's name that stands for a format, else its suffix. The name has a
    stem before it: ".json" alone is no format."""
    name = path.name.lower()
    fitting = (each for each in EXPORTERS if name.endswith(each) and name != each)
    return max(fitting, key=len, default=path.suffix.lower())


def write_whole(target: Path, data: bytes) -> None:
    """Writes a file whole or not at all; folders on the way are created. Raises ``ToolkitError``."""
    try:
        _write_whole(target, data)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ToolkitError(
            f"Can't write {target}: {reason}. Close it if it is open elsewhere, or choose another folder."
        ) from error


def _write_whole(target: Path, data: bytes) -> None:
    # Through a link the linked file is replaced, not the link.
    target = Path(os.path.realpath(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with open(draft, "xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())  # else a power cut could leave the new name on an empty file
        os.replace(draft, target)
    finally:
        draft.unlink(missing_ok=True)
