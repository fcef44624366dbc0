"""Reading: a path, some bytes or a pasted text becomes an ``Article``.

Each format has a module with ``draft(data, name) -> Draft`` and a line in ``READERS``.
This module finds the reader, the language and the metadata, and normalises the text,
once, for all that comes after. What comes from strangers in a binary format, or is large, is read in a
process of its own (``toolkit.read.child``). Nothing is read from the network.
"""

from __future__ import annotations

import dataclasses
import importlib
import os
import re
from collections.abc import Mapping
from pathlib import Path

from toolkit.errors import UnknownChoice, UnreadableArticle, UnsupportedFormat
from toolkit.languages.detection import UNDETERMINED, detect
from toolkit.model import Article
from toolkit.read.byline import find_byline
from toolkit.read.child import draft_apart
from toolkit.read.dateline import dateline_of
from toolkit.read.draft import Draft, iso_date, normalise, one_line
from toolkit.read.limits import (
    APART_FROM,
    MARKDOWN_APART_FROM,
    MAX_BYTES,
    MAX_TEXT_BYTES,
    refuse_long,
    too_large,
)
from toolkit.read.others import refuse_bytes, refuse_suffix
from toolkit.read.sidecar import read_sidecar
from toolkit.read.slug import slugify
from toolkit.read.sniff import signed_suffix, suffix_of

# Suffix -> module; imported when a file of that kind is read.
READERS: Mapping[str, str] = {
    ".txt": "toolkit.read.text",
    ".md": "toolkit.read.markdown",
    ".markdown": "toolkit.read.markdown",
    ".docx": "toolkit.read.word",
    ".html": "toolkit.read.web",
    ".htm": "toolkit.read.web",
    ".pdf": "toolkit.read.pdf",
    ".rtf": "toolkit.read.rtf",
    ".odt": "toolkit.read.odt",
    ".fodt": "toolkit.read.odt",
    ".eml": "toolkit.read.mail",
    ".mhtml": "toolkit.read.mail",
    ".mht": "toolkit.read.mail",
    ".msg": "toolkit.read.msg",
    ".webarchive": "toolkit.read.webarchive",
    ".ninjs": "toolkit.read.ninjs",
    ".xml": "toolkit.read.newsml",
}
SUPPORTED = ", ".join(READERS)  # for messages

# Read when named, but not looked for in folders, where most .json files are something else.
_ALSO = {".json": ".ninjs"}
_BINARY = {".docx", ".msg", ".odt", ".pdf", ".webarchive"}
_SIGNED = {*_BINARY, ".rtf"}
_APART_FROM = {".md": MARKDOWN_APART_FROM, ".markdown": MARKDOWN_APART_FROM}
_LARGE = {*_SIGNED, ".eml", ".fodt", ".mht", ".mhtml"}  # may hold pictures
_LONG = 250  # characters: no file name is longer
_URL = re.compile(r"https?://\S+\Z", re.IGNORECASE)
_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,9}\Z")


def read(source: str | os.PathLike[str] | bytes, *, language: str | None = None, name: str = "") -> Article:
    """The article in a file, in bytes, or in a text.

    source: a path; bytes, whose format is told by their signature, by ``name``'s suffix or
        by how they begin; or a string, which is a path if it names a file, and else the text itself.
    language: its ISO 639-1 code if you know it; otherwise it is detected, and ``und``
        when that is uncertain.
    name: what to call it, e.g. the file name of an upload.

    A ``story.toml`` beside ``story.txt`` tells metadata that the file doesn't hold. The
    text is normalised as ``toolkit.read.draft.normalise`` says, and offsets count its
    code points. Raises ``UnsupportedFormat``, ``UnreadableArticle``, or ``UnknownChoice``
    for a language that is no code.
    """
    stated = _language_code(language) if language is not None else ""
    told: dict[str, str] = {}
    if isinstance(source, str) and not _is_path(source):
        draft = Draft(source)
        refuse_long(source, name or "The text")
    elif isinstance(source, bytes | bytearray):
        draft = _draft(bytes(source), name)
    else:
        path = Path(source)
        name = name or path.name
        draft = _draft(_file_bytes(path), path.name)
        told = read_sidecar(path)
    text = normalise(draft.text)
    if not text.strip():
        raise UnreadableArticle(
            f"{name or 'The text'} holds no words; give a file or a text with an article in it."
        )
    refuse_long(text, name or "The text")
    beside = told.pop("language", "")
    if beside and not stated:
        stated = _language_code(beside)
    return _article(dataclasses.replace(draft, text=text, **told), stated, name)


def _article(draft: Draft, stated: str, name: str) -> Article:
    language = stated or detect(draft.text).code
    if not stated and language == UNDETERMINED:
        language = _hinted(draft.language)
    return Article(
        text=draft.text,
        headline=draft.headline,
        byline=draft.byline or find_byline(draft.text),
        slug=draft.slug or slugify(Path(name).stem) or slugify(draft.headline),
        dateline=draft.dateline or dateline_of(draft.text),
        published=iso_date(draft.published),
        embargo=iso_date(draft.embargo),
        language=language,
        source=draft.source or one_line(os.path.basename(name)),
    )


def _is_path(source: str) -> bool:
    """Whether a string names a file (or means to), and isn't a text.

    Raises ``UnsupportedFormat`` for a web address.
    """
    if not source.strip() or "\n" in source or "\r" in source or len(source) > _LONG:
        return False
    if _URL.match(source.strip()):
        raise UnsupportedFormat(
            f"{source.strip()} is a web address, and nothing is fetched unasked; write newsdesk "
            "--allow-network before the command, or save the page as .html in your browser and read it."
        )
    if os.path.exists(source):
        return True
    suffix = _SUFFIX.search(source)
    if suffix and suffix[0].lower() in READERS:
        return True
    return not re.search(r"\s", source) and bool(suffix or "/" in source or os.sep in source)


def _file_bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            refuse_suffix(path.suffix, path.name)  # on a Mac some documents are folders
            raise UnreadableArticle(f"{path} is a folder; name a file in it.")
        if not path.exists():
            raise UnreadableArticle(
                f"There is no file {path}; check the name, or end a pasted text with a new line."
            )
        if not path.is_file():
            raise UnreadableArticle(f"{path} is not an ordinary file; copy its content into one.")
        if path.suffix.lower() != ".doc":  # many of those are RTF or .docx inside
            _reader_for(path.name)
        if path.stat().st_size > MAX_BYTES:
            raise too_large(str(path), MAX_BYTES)
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableArticle(f"{path} can't be read ({reason}); check its permissions.") from None


def _draft(data: bytes, name: str) -> Draft:
    """What the reader for this name, or for these bytes, makes of them."""
    label = name or "The file"
    signed = signed_suffix(data)
    named = signed or _reader_for(name)
    if not data:
        raise UnreadableArticle(f"{label} is empty; give a file with an article in it.")
    if len(data) > MAX_BYTES:
        raise too_large(label, MAX_BYTES)
    suffix = named or suffix_of(data)
    if suffix not in _SIGNED:
        refuse_bytes(data, label)
    if suffix not in _LARGE and len(data) > MAX_TEXT_BYTES:
        raise too_large(label, MAX_TEXT_BYTES)
    if suffix in _BINARY or len(data) > _APART_FROM.get(suffix, APART_FROM):
        return draft_apart(READERS[suffix], data, label)
    draft: Draft = importlib.import_module(READERS[suffix]).draft(data, label)
    return draft


def _reader_for(name: str) -> str:
    """The suffix of ``name`` if it has a reader, "" if it has no suffix."""
    match = _SUFFIX.search(name)
    if not match:
        return ""
    suffix = match[0].lower()
    suffix = _ALSO.get(suffix, suffix)
    if suffix not in READERS:
        refuse_suffix(suffix, name)
        raise UnsupportedFormat(
            f"{name} can't be read: {suffix} is not supported; supported are {SUPPORTED}."
        )
    return suffix


def _language_code(language: str) -> str:
    """``en`` for ``en``, ``EN``, ``en-GB``; raises ``UnknownChoice`` for what is no code."""
    code = _base_code(language)
    if not code:
        raise UnknownChoice(
            f"{language!r} is not a language code; write two letters, as in en or fr, or und."
        )
    return code


def _hinted(language: str) -> str:
    return _base_code(language) or UNDETERMINED


def _base_code(language: str) -> str:
    code = re.split("[-_]", language.strip().lower())[0]
    return code if re.fullmatch("[a-z]{2,3}", code) else ""
