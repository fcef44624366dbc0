"""House style: which parts a brief has, in which order and under which titles, and on whose template.

    from toolkit.house import read_house

    toolkit.export(notes, "exports/story.docx", house=read_house("house.toml"))

A house is a small TOML file, in which every key may be left out:

    sections = ["summary", "statements", "article"]  # in this order; what is not named is left out
    template = "house.docx"                          # beside this file; see toolkit.export.docx
    annotations-inside = false                       # the .docx keeps nothing but what it shows

    [titles]
    statements = "Quotes"

Sections and titles hold for .docx, .html and .md, the others for .docx.
"""

from __future__ import annotations

import io
import os
import re
import tomllib
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit.brief import ALL_SECTIONS, Section
from toolkit.errors import ToolkitError, UnknownChoice, UnreadableArticle, UnsupportedFormat
from toolkit.read.archive import DAMAGED
from toolkit.read.word import check

KEYS = ("sections", "titles", "template", "annotations-inside")
_MOST_TOML, _MOST_TEMPLATE = 100_000, 20_000_000  # bytes
_LONGEST_TITLE = 120
# Controls, and what turns the direction of letters over.
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_MACROS = ("vbaproject", "macroenabled", "vbadata")


@dataclass(frozen=True, slots=True)
class Template:
    """A desk's own Word document; ``name`` is what messages call it."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class House:
    """What a house wants of its briefs. Without ``annotations_inside`` a Word brief holds no more than it
    shows: no rejected marks, and no editor's name but those that it prints; it can't be read back then."""

    sections: tuple[Section, ...] = ALL_SECTIONS
    titles: tuple[tuple[Section, str], ...] = ()
    annotations_inside: bool = True
    template: Template | None = None


def read_house(path: str | os.PathLike[str]) -> House:
    """The house of a TOML file. Raises ``UnknownChoice`` for what it may not say, ``ToolkitError`` for a
    file that can't be read, and as ``read_template`` does; all name the file."""
    file = Path(path)
    data = _bytes(file, _MOST_TOML)
    try:
        told = tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnknownChoice(f"{file} is no TOML ({error}); mend that place.") from None
    for key in told:
        if key not in KEYS:
            raise _unknown(file, key, KEYS)
    template = told.get("template", "")
    if not isinstance(template, str):
        raise UnknownChoice(f"{file}: template must be the name of a .docx in quotation marks.")
    inside = told.get("annotations-inside", True)
    if not isinstance(inside, bool):
        raise UnknownChoice(f"{file}: annotations-inside must be true or false.")
    return House(
        _sections(file, told.get("sections", list(ALL_SECTIONS))),
        _titles(file, told.get("titles", {})),
        inside,
        read_template(file.parent / template) if template else None,
    )


def _sections(file: Path, told: Any) -> tuple[Section, ...]:
    if not isinstance(told, list):
        raise UnknownChoice(f"{file}: sections must be a list, of {', '.join(ALL_SECTIONS)}.")
    for name in told:
        if name not in ALL_SECTIONS:
            raise _unknown(file, name, ALL_SECTIONS, "sections: ")
    if len(set(told)) < len(told):
        raise UnknownChoice(f"{file}: sections names {_twice(told)!r} twice; name each once.")
    return tuple(told)


def _twice(names: list[str]) -> str:
    return next(name for name in names if names.count(name) > 1)


def _titles(file: Path, told: Any) -> tuple[tuple[Section, str], ...]:
    if not isinstance(told, Mapping):
        raise UnknownChoice(f"{file}: titles must be a table, with lines as in: summary = 'In short'.")
    for name, title in told.items():
        if name not in ALL_SECTIONS:
            raise _unknown(file, name, ALL_SECTIONS, "titles: ")
        if (
            not isinstance(title, str)
            or not title.split()
            or len(title) > _LONGEST_TITLE
            or _HIDDEN.search(" ".join(title.split()))
        ):
            raise UnknownChoice(
                f"{file}: the title of {name} must be a text of 1 to {_LONGEST_TITLE} letters, "
                "without control characters."
            )
    titles = {name: " ".join(title.split()) for name, title in told.items()}
    return tuple((name, titles[name]) for name in ALL_SECTIONS if name in titles)


def _unknown(file: Path, key: object, choices: Iterable[str], where: str = "") -> UnknownChoice:
    return UnknownChoice(f"{file}: {where}there is no {key!r}; choose from {', '.join(choices)}.")


def read_template(path: str | os.PathLike[str]) -> Template:
    """A template, looked at from outside; ``toolkit.export.docx.missing_styles`` looks into it.

    Raises ``UnsupportedFormat`` for what is no .docx, is made to exhaust the machine or holds macros, and
    ``ToolkitError`` for a file that can't be read.
    """
    file = Path(path)
    data = _bytes(file, _MOST_TEMPLATE)
    try:
        check(data, str(file))
    except UnreadableArticle as error:
        raise UnsupportedFormat(str(error)) from None
    if _has_macros(data):
        raise UnsupportedFormat(
            f"{file} holds macros, which no brief may carry; "
            "save it in Word as a document without macros (.docx)."
        )
    return Template(str(file), data)


def _has_macros(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        try:
            types = package.read("[Content_Types].xml").decode("utf-8", "replace").lower()
        except DAMAGED:
            types = ""  # damaged: opening it will say so
    return any(mark in text for mark in _MACROS for text in (types, *map(str.lower, names)))


def _bytes(file: Path, most: int) -> bytes:
    try:
        with open(file, "rb") as stream:
            data = stream.read(most + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ToolkitError(f"Can't read {file}: {reason}. Check the name and the rights.") from error
    if len(data) > most:
        raise UnsupportedFormat(f"{file} is larger than {most / 1e6:g} MB; make it smaller.")
    return data
