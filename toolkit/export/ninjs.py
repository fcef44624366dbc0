"""The article and who and what is in it as ninjs 3.1, the IPTC's JSON for news.

By the IPTC's published schema of version 3.1 (iptc.org/std/ninjs). What the standard asks for and an
article does not tell is left out, never made up:

- ``uri`` names the text itself (``toolkit.export._naming``), for no publisher gave one.
- ``contentCreated`` and ``embargoedUntil`` want a moment with its zone. A publication date that is known
  less precisely is left out. An embargo never is, for without one the item counts as free: it is
  then ``withheld``, and ``edNote`` tells the date in words.
- ``located`` wants a place alone; a dateline holds agency and day too, and is a description of that role.
- Rights, genres, subject codes and urgency are for the publisher to say. ``version`` is left out.
- Who said what has no place in ninjs; the JSON-LD tells it. Names that are only suggested are not
  told from confirmed ones here either.
- Unnamed sources are in none of the lists, nor speakers of whom it isn't known whether they are persons.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from toolkit.brief import Brief, brief
from toolkit.export import _telling as telling
from toolkit.export._naming import address, moment, stamp, uri
from toolkit.model import Annotations, Article, Label
from toolkit.size import word_count
from toolkit.wording import LABELS

_STANDARD = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#",
}
# "Objects" are material things. What is none of these is a subject, a concept.
_LISTS: Mapping[Label, str] = {
    "PERSON": "people",
    "ORG": "organisations",
    "PLACE": "places",
    "FACILITY": "places",
    "EVENT": "events",
    "PRODUCT": "objects",
    "GROUP": "subjects",
    "WORK": "subjects",
    "LAW": "subjects",
}


def render(notes: Annotations, made: datetime) -> bytes:
    """The bytes of a .ninjs.json, in UTF-8; the same for the same annotations and moment."""
    content = brief(notes)
    article, header = content.article, content.header
    words = word_count(article.text)
    embargoed = moment(article.embargo)
    item = {
        "standard": _STANDARD,
        "uri": uri(article),
        "type": "text",
        "representationType": "full",
        "versionCreated": stamp(made),
        "contentCreated": moment(article.published),
        "embargoedUntil": embargoed,
        "pubStatus": "withheld" if article.embargo and not embargoed else "",
        "edNote": "\n".join(filter(None, ("" if embargoed else telling.embargo(header), header.note))),
        "language": "" if article.language == "und" else article.language,
        "headlines": [{"role": "main", "value": article.headline}] if article.headline else [],
        "slugline": article.slug,
        "by": article.byline,
        "descriptions": _descriptions(content),
        "bodies": [
            {
                "role": "main",
                "contentType": "text/plain",
                "charCount": len(article.text),
                **({"wordCount": words} if words is not None else {}),
                "value": article.text,
            }
        ],
        **_named(content),
        "infoSources": [_source(article)] if article.source else [],
        "altIds": [{"role": "sha256", "value": article.sha256}],
    }
    known = {name: value for name, value in item.items() if value}
    return (json.dumps(known, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _descriptions(content: Brief) -> list[dict[str, str]]:
    told = {
        "summary": " ".join(content.text(sentence.span) for sentence in content.summary),
        "dateline": content.article.dateline,
    }
    return [
        {"role": role, "contentType": "text/plain", "value": value} for role, value in told.items() if value
    ]


def _named(content: Brief) -> dict[str, list[dict[str, str]]]:
    lists = {LABELS[label]: name for label, name in _LISTS.items()}
    found: dict[str, list[dict[str, str]]] = {name: [] for name in _LISTS.values()}
    names = [(member.label, member.name) for member in content.cast if member.label and not member.unnamed]
    names += [(group.label, name) for group in content.named for name, _ in group.names]
    for label, name in names:
        found[lists[label]].append({"name": name, "rel": "mentions"})
    return found


def _source(article: Article) -> dict[str, str]:
    return {"uri" if address(article) else "literal": article.source}
