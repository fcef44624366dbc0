"""ninjs, the IPTC's JSON for news: version 3 as ``toolkit.export.ninjs`` writes it, and 1 and 2.

The versions call the same things differently: ``headline`` or ``headlines``, ``body_text`` or
``bodies``, ``byline`` or ``by``. What marks a text as HTML is its content type, or its field's name.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from typing import Any

from toolkit.errors import UnreadableArticle, UnsupportedFormat
from toolkit.read.byline import without_by
from toolkit.read.decode import decode
from toolkit.read.draft import Draft, iso_date, one_line
from toolkit.read.markup import text_of_html

log = logging.getLogger(__name__)

# Not versionCreated of version 3, which ``toolkit.export.ninjs`` writes for the moment of the export.
_CREATED = ("contentCreated", "contentcreated", "firstCreated", "firstcreated", "versioncreated")
_ADVICE = "give a ninjs item that has a text body, or paste its text."
_BODIES = (("body_text", ""), ("body_xhtml", "html"), ("body_html", "html"))


def draft(data: bytes, name: str) -> Draft:
    """The item's main body and what it tells of itself.

    Raises ``UnsupportedFormat`` for JSON that is something else, ``UnreadableArticle`` for what is
    no JSON or has no text.
    """
    try:
        item = json.loads(decode(data, name))
    except (ValueError, RecursionError) as error:
        raise UnreadableArticle(f"{name} is not valid JSON ({_first(error)}); {_ADVICE}") from None
    if isinstance(item, list):  # a feed's answer: the first item with a text, as of a NewsML message
        items = [each for each in _records(item) if _is_item(each)]
        item = next((each for each in items if _body(each, name).strip()), items[0] if items else None)
    if not isinstance(item, dict) or not _is_item(item):
        raise UnsupportedFormat(f"{name} is JSON and no ninjs item; {_ADVICE}")
    text = _body(item, name)
    if not text.strip():
        raise UnreadableArticle(f"{name} has no text body; {_ADVICE}")
    embargo = _date(item, "embargoedUntil", "embargoed")
    if item.get("pubStatus") == "withheld" and not embargo:
        log.warning("%s is withheld, and tells no date that a program can read: see its edNote", name)
    return Draft(
        text,
        headline=_headline(item),
        byline=without_by(one_line(_string(item.get("by"))) or one_line(_string(item.get("byline")))),
        slug=one_line(_string(item.get("slugline"))),
        dateline=_described(item, "dateline"),
        published=_date(item, *_CREATED),
        embargo=embargo,
        language=_string(item.get("language")),
        source=_source(item),
    )


def _first(error: Exception) -> str:
    return str(error).split("\n")[0]


def _is_item(item: Mapping[str, Any]) -> bool:
    standard = item.get("standard")
    named = isinstance(standard, dict) and "ninjs" in _string(standard.get("name")).lower()
    bodies = [key for key in item if key == "bodies" or key.startswith("body_")]
    return named or (bool(bodies) and any(key in item for key in ("uri", "headline", "headlines", "type")))


def _records(value: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list):
        yield from (each for each in value if isinstance(each, dict))


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""


def _main(records: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Those of the role "main", or with none, all; plain text before HTML."""
    mains = [each for each in records if _string(each.get("role")) == "main"] or records
    return sorted(mains, key=lambda each: "plain" not in _content_type(each))


def _content_type(record: Mapping[str, Any]) -> str:
    return (_string(record.get("contentType")) or _string(record.get("contenttype"))).lower()


def _headline(item: Mapping[str, Any]) -> str:
    told = [_string(each.get("value")) for each in _main(list(_records(item.get("headlines"))))]
    return one_line(next(filter(str.strip, (*told, _string(item.get("headline")))), ""))


def _body(item: Mapping[str, Any], name: str) -> str:
    for body in _main(list(_records(item.get("bodies")))):
        value = _string(body.get("value"))
        if value.strip():
            return text_of_html(value, name) if "html" in _content_type(body) else value
    for key, kind in _BODIES:
        value = _string(item.get(key))
        if value.strip():
            return text_of_html(value, name) if kind else value
    return ""


def _described(item: Mapping[str, Any], role: str) -> str:
    values = (each.get("value") for each in _records(item.get("descriptions")) if each.get("role") == role)
    return one_line(next(map(_string, values), ""))


def _date(item: Mapping[str, Any], *keys: str) -> str:
    return next(filter(None, (iso_date(_string(item.get(key))) for key in keys)), "")


def _source(item: Mapping[str, Any]) -> str:
    sources = list(_records(item.get("infoSources"))) or list(_records(item.get("infosources")))
    told = (_string(each.get(key)) for each in sources for key in ("name", "literal", "uri"))
    return one_line(next(filter(None, told), ""))
