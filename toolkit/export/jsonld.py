"""The article and who said what as JSON-LD in the words of schema.org, for a web page or an archive.

A ``NewsArticle`` that mentions those who are named in it, and parts of it: a ``Quotation`` for what is said
in quotation marks, wholly or partly, and a ``Claim`` for an indirect statement, whose words are the
article's own. ``spokenByCharacter`` is whom the article gives the words to; that they were said is not
claimed, so there is no ``creator``. A speaker who wasn't found is left out, an unnamed one has a
description and no name. ``description`` tells how it was found and who has checked it.

Nobody's type is guessed: a byline may be an agency. The source is told where it is an address, for it
may be the name of a file. The bytes may stand inside a ``script`` element as they are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypeAlias

from toolkit.brief import Brief, Statement, brief
from toolkit.cast import Member
from toolkit.export import _telling as telling
from toolkit.export._naming import address, iso, stamp, uri
from toolkit.model import Annotations, Label
from toolkit.size import word_count
from toolkit.wording import LABELS

Node: TypeAlias = dict[str, Any]

_TYPES: Mapping[Label, str] = {
    "PERSON": "Person",
    "ORG": "Organization",
    "PLACE": "Place",
    "GROUP": "Thing",
    "FACILITY": "Place",
    "PRODUCT": "Product",
    "EVENT": "Event",
    "WORK": "CreativeWork",
    "LAW": "Legislation",
}
_BY_WORDS = {LABELS[label]: name for label, name in _TYPES.items()}
_UNSAFE = re.compile("[<>&\u2028\u2029]")


def render(notes: Annotations, made: datetime) -> bytes:
    """The bytes of a .jsonld, in UTF-8; the same for the same annotations and moment."""
    content = brief(notes)
    name = uri(content.article)
    spoken = {quote.id: (quote.act, quote.kind, quote.speakers) for quote in notes.quotes}
    members = {member.speaker: member for member in content.cast if member.speaker}
    checked = telling.reviews(content)
    parts = []
    for number, row in enumerate(content.statements, 1):
        act, kind, speakers = spoken[row.quote]
        # What somebody believes or intends is no statement of theirs, whoever confirmed it.
        if act == "speech":
            said = _said(content, row, kind == "indirect", [members[i] for i in speakers], checked[row.quote])
            parts.append({"@id": f"{name}#{number}", **said, "isPartOf": {"@id": name}})
    page = {"@context": "https://schema.org", "@graph": [_article(content, name, made), *parts]}
    text = json.dumps(page, ensure_ascii=False, indent=1)
    return (_UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n").encode("utf-8")


def _article(content: Brief, name: str, made: datetime) -> Node:
    article, header = content.article, content.header
    return _known(
        {
            "@type": "NewsArticle",
            "@id": name,
            "url": address(article),
            "identifier": article.slug,
            "headline": article.headline,
            "author": {"name": article.byline} if article.byline else None,
            "dateline": article.dateline,
            "datePublished": iso(article.published),
            "creativeWorkStatus": telling.embargo(header),
            "inLanguage": "" if article.language == "und" else article.language,
            "wordCount": word_count(article.text),
            "abstract": " ".join(content.text(sentence.span) for sentence in content.summary),
            "articleBody": article.text,
            "mentions": list(_mentions(content)),
            "sdDatePublished": stamp(made),
        }
    )


def _mentions(content: Brief) -> Iterable[Node]:
    for member in content.cast:
        if member.label and not member.unnamed:
            yield _member(member)
    for group in content.named:
        for name, _ in group.names:
            yield {"@type": _BY_WORDS[group.label], "name": name}


def _said(content: Brief, row: Statement, indirect: bool, speakers: Iterable[Member], checked: str) -> Node:
    speaking: list[Node] = [] if row.standing == "unknown" else [_member(member) for member in speakers]
    return _known(
        {
            "@type": "Claim" if indirect else "Quotation",
            "text": " … ".join(content.text(piece) for piece in row.content),
            # A claim has its author; only a quotation has words that somebody is given.
            "author" if indirect else "spokenByCharacter": speaking[0] if len(speaking) == 1 else speaking,
            "description": "; ".join((row.kind, row.how, *telling.remarks(row), checked)),
            "inLanguage": "" if content.article.language == "und" else content.article.language,
        }
    )


def _member(member: Member) -> Node:
    """One of the cast. Who has no name here is told by the words for them alone."""
    kind = _BY_WORDS.get(member.label, "")
    role = telling.role(member)
    if member.unnamed:
        return {"description": ", ".join(filter(None, (member.name, role)))}
    if kind == "Person":
        works_for = {"@type": "Organization", "name": member.affiliation} if member.affiliation else None
        told: Node = {"jobTitle": member.role, "affiliation": works_for, "description": member.description}
    else:
        told = {"description": member.description or role}
    return _known({"@type": kind, "name": member.name, **told})


def _known(node: Node) -> Node:
    return {name: value for name, value in node.items() if value not in ("", None, [])}
