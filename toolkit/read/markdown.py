"""Markdown: the first ``# `` heading is the headline, the rest becomes plain text.

Marks of emphasis, link targets, list markers and images go; the words stay. Struck
words go too: the writer took them back. Simple front matter (``key: value`` lines
between two ``---``, or TOML between two ``+++``) tells the metadata.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from toolkit.errors import UnreadableArticle
from toolkit.read.decode import decode
from toolkit.read.draft import Draft, iso_date, normalise, one_line
from toolkit.read.limits import refuse_long
from toolkit.read.markup import text_of_html

if TYPE_CHECKING:
    from markdown_it.token import Token

_MATTER = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\+\+\+[ \t]*\n(.{0,10000}?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_MATTER_LINE = re.compile(r"([A-Za-z][\w -]*):(?:[ \t]+(.*))?\Z")
_MATTER_REST = re.compile(r"[ \t]|#|-[ \t]|\Z")  # a nested value, a comment, a list, nothing

_ITEM = re.compile(r"\s*-[ \t]+(.*)")
_SCALAR = re.compile(r"[>|][+-]?\Z")  # the value is the lines below, as one
_DEEPEST = 100
_LABEL = re.compile(r"\[([^\[\]]+)\]")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:|[#/.?]|\S+[/.@#]\w", re.IGNORECASE)
_FIELDS = {
    "title": "headline",
    "headline": "headline",
    "author": "byline",
    "authors": "byline",
    "byline": "byline",
    "date": "published",
    "published": "published",
    "embargo": "embargo",
    "slug": "slug",
    "dateline": "dateline",
    "lang": "language",
    "language": "language",
    "source": "source",
}


def draft(data: bytes, name: str) -> Draft:
    """The words of a .md file; paragraphs, headings, items and cells are a blank line apart."""
    from markdown_it import MarkdownIt

    source = normalise(decode(data, name))
    refuse_long(source, name)
    told, body = _front_matter(source)
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST, "inline_definitions": True})
    parser.enable(["table", "strikethrough"])
    headline, paragraphs = told.pop("headline", ""), []
    headings = 0
    for tag, text in _blocks(parser.parse(body), body, name):
        headings += tag == "h1"
        if tag == "h1" and headings == 1 and (not headline or one_line(text) == headline):
            headline = one_line(text)
        elif text.strip():
            paragraphs.append(text)
    return Draft("\n\n".join(paragraphs), headline=headline, **told)


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """The fields that the front matter tells, and the text after it."""
    if toml := _TOML.match(text):
        return _toml(toml[1], text[toml.end() :]) or ({}, text)
    match = _MATTER.match(text)
    if not match:
        return {}, text
    told: dict[str, str] = {}
    field, joint = "", ""  # whose value goes on in the lines below, and what stands between them
    for line in match[1].splitlines():
        pair = _MATTER_LINE.match(line)
        if not pair:
            if not _MATTER_REST.match(line):
                return {}, text  # a rule above some text, not front matter
            item = _ITEM.match(line)
            if field and line.strip() and bool(item) == (joint == ", "):
                value = one_line(item[1] if item else line).strip("\"'")
                told[field] = told[field] + joint + value if field in told else value
            continue
        field = _FIELDS.get(pair[1].strip().lower(), "")
        value = one_line((pair[2] or "").strip().strip("[]").strip("\"'"))
        joint = " " if _SCALAR.match(value) else ", "
        if field in told or (value and joint == ", "):
            if field in ("published", "embargo"):
                # Site generators write the zone after a blank: 2025-03-12 07:40:00 +0100.
                value = iso_date(value)
            if field and value:
                told.setdefault(field, value)
            field = ""
        elif field in ("published", "embargo"):
            field = ""
    return told, text[match.end() :]


def _toml(matter: str, text: str) -> tuple[dict[str, str], str] | None:
    """The fields that front matter in TOML tells, and ``text``, which is below it; None if it is none."""
    try:
        table = tomllib.loads(matter)
    except (ValueError, RecursionError):
        return None
    told: dict[str, str] = {}
    for key, value in table.items():
        field = _FIELDS.get(key.lower(), "")
        values = value if isinstance(value, list) else [value]
        words = ", ".join(one_line(str(each)) for each in values if not isinstance(each, dict | list))
        words = iso_date(words) if field in ("published", "embargo") else words
        if field and words:
            told.setdefault(field, words)
    return told, text


def _blocks(tokens: Sequence[Token], source: str, name: str) -> Iterator[tuple[str, str]]:
    """Each block's tag (``p``, ``h1``, ``td``…) and its plain text, in the order of ``source``."""
    lines, labels = source.split("\n"), Counter(each.casefold() for each in _LABEL.findall(source))
    tag = ""
    for token in tokens:
        if token.level >= _DEEPEST - 1 and token.type in ("blockquote_open", "list_item_open"):
            # What stands in it the parser leaves out, and tells nobody.
            raise UnreadableArticle(
                f"{name} has {_DEEPEST} or more quotations or lists inside one another; "
                "copy its text and paste it."
            )
        if token.type == "inline":
            yield tag, _words(token.children or [])
        elif token.type == "definition":
            if token.map and _is_prose(token.meta, labels):
                written = "\n".join(lines[slice(*token.map)])
                yield "p", written[written.index("[") :]  # without the mark of a list or a quotation
        elif token.type in ("fence", "code_block"):
            yield "code", token.content.rstrip("\n")
        elif token.type == "html_block":
            yield "html", text_of_html(token.content, name)
        elif token.nesting == 1:
            tag = token.tag


def _is_prose(definition: Mapping[str, str], labels: Mapping[str, int]) -> bool:
    """Whether what the syntax takes for the target of a link is a text: ``[Note]: unverified``."""
    label = definition["label"].casefold()
    return label.startswith("^") or (labels[label] < 2 and not _ADDRESS.match(definition["url"]))


def _words(children: Sequence[Token]) -> str:
    words, struck = [], 0
    for token in children:
        if token.type in ("s_open", "s_close"):
            struck += token.nesting
        elif struck:
            continue
        elif token.type == "softbreak":
            words.append(" ")
        elif token.type == "hardbreak" or (
            token.type == "html_inline" and token.content.lower().startswith("<br")
        ):
            words.append("\n")
        elif token.type in ("text", "text_special", "code_inline"):
            words.append(token.content)
    return "".join(words)
