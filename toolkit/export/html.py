"""The brief as one HTML file: no script, nothing from elsewhere, to read, print, mail and keep.

The same sections as in the Word document. Each row of who said what and its place in the article link
to each other, marks differ in line and letter as well as in colour, and the ``article`` element holds
the text character for character: its text content, where a ``data`` element counts as the character
that its value names.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from importlib import resources

from toolkit.brief import ALL_SECTIONS, Brief, Header, Section, Statement, brief
from toolkit.cast import Member
from toolkit.export import _telling as telling
from toolkit.export._html_article import Places, article, legend, places
from toolkit.export._html_particulars import checks, facts, figures
from toolkit.export._html_pieces import own, remark, row_of, small, table, tongue, where, words_of
from toolkit.export._markup import Html, element, joined, style, void
from toolkit.export._unprintable import shown
from toolkit.model import Annotations
from toolkit.wording import ASIDES, DESK_NOTE, HEADINGS, NOTHING

_STATEMENTS = ("No.", "What was said", "Who", "Role", "Kind", "Where")
_DESCRIBED = "Described as"
_CAST = ("Name", "What", "Role", _DESCRIBED, "Named", "Quotes")


def render(
    notes: Annotations,
    made: datetime,
    *,
    sections: Collection[Section] = ALL_SECTIONS,
    titles: Iterable[tuple[Section, str]] = (),
) -> bytes:
    """The bytes of an .html with these parts, in this order and in UTF-8; the same for the same annotations
    and moment."""
    content = brief(notes, made=made, sections=sections, titles=titles)
    sheet = resources.files(__package__).joinpath("brief.css").read_text(encoding="utf-8")
    page = joined(
        Html("<!DOCTYPE html>\n"),
        element("html", _head(content, sheet), "\n", _body(content), lang="en"),
        "\n",
    )
    return page.encode("utf-8")


def _head(content: Brief, sheet: str) -> Html:
    # The browser itself is told to load nothing and run nothing, should an escape ever be missing.
    digest = base64.b64encode(hashlib.sha256(sheet.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return element(
        "head",
        "\n",
        void("meta", charset="utf-8"),
        void("meta", http_equiv="Content-Security-Policy", content=policy),
        void("meta", name="viewport", content="width=device-width, initial-scale=1"),
        void("meta", name="referrer", content="no-referrer"),
        void("meta", name="generator", content=content.header.versions),
        # A title holds no elements: what cannot be shown stands there as a picture.
        element("title", shown(" ".join(content.header.title.split()))),
        "\n",
        style(sheet),
        "\n",
    )


def _body(content: Brief) -> Html:
    at = places(content)
    parts = {
        "summary": lambda: _summary(content),
        "points": lambda: facts(content),
        "statements": lambda: _statements(content, at),
        "cast": lambda: _cast(content),
        "figures": lambda: figures(content),
        "checks": lambda: checks(content),
        "article": lambda: joined(legend(content, at), article(content, at)),
    }
    sections = [_section(name, content.heading(name), parts[name]()) for name in content.sections]
    links = (element("li", element("a", content.heading(s), href=f"#{s}")) for s in content.sections)
    return element(
        "body",
        element("a", "Skip to the brief", href="#brief", class_="skip"),
        "\n",
        element("header", _header(content.header, tongue(content))),
        "\n",
        element("nav", element("ul", links), aria_label="Parts of the brief"),
        "\n",
        element("main", sections, id="brief", tabindex=-1),
        "\n",
        element("footer", element("p", telling.made_with(content.header))),
        "\n",
    )


def _section(name: str, title: str, *children: str | Iterable[str]) -> Html:
    head = element("h2", title, id=f"{name}-title")
    section = element("section", head, *children, id=name, aria_labelledby=f"{name}-title")
    return joined("\n", section, "\n")


def _header(header: Header, language: str) -> Html:
    embargo = telling.embargo(header)
    note = joined(element("strong", DESK_NOTE), " ", header.note)
    facts = (
        element("div", element("dt", label), element("dd", value, dir="auto"))
        for label, value in telling.facts(header)
    )
    return joined(
        element("p", "Newsdesk brief", class_="kicker"),
        element("p", element("strong", embargo), class_="embargo") if embargo else "",
        element("h1", header.title, dir="auto", lang=language if header.headline == header.title else None),
        element("p", note, class_="note", dir="auto") if header.note else "",
        element("dl", facts, class_="facts"),
    )


def _summary(content: Brief) -> Html:
    rows = (
        element("p", own(content, content.text(row.span)), " ", where(content, row.where), dir="auto")
        for row in content.summary
    )
    told = f"{content.summarised}." if content.summary else NOTHING["summary"]
    return joined(element("div", rows, class_="summary") if content.summary else "", remark(told))


def _statements(content: Brief, at: Places) -> Html:
    checked = telling.reviews(content)
    rows = [
        row_of(_statement(content, row, at, checked[row.quote]), id_=f"row-{at.numbers[row.quote]}")
        for row in content.statements
    ]
    asides = (
        element("li", words_of(content, aside.content), " ", where(content, aside.where), dir="auto")
        for aside in content.asides
    )
    return joined(
        table(content.heading("statements"), _STATEMENTS, rows) if rows else remark(NOTHING["statements"]),
        joined(remark(ASIDES), element("ul", asides, class_="asides")) if content.asides else "",
    )


def _statement(content: Brief, row: Statement, at: Places, checked: str) -> list[Html]:
    number = at.numbers[row.quote]
    unknown, name = telling.who(row)
    by_editor = "editor" if row.review else "machine"
    return [
        element("a", str(number), href=f"#said-{number}") if row.quote in at.first else joined(str(number)),
        words_of(content, row.content),
        joined(
            element("em", unknown) if unknown else "",
            own(content, name, "strong" if row.standing == "named" else "span"),
            small(row.how),
        ),
        own(content, row.role),
        joined(row.kind, map(small, telling.remarks(row)), small(checked, by_editor)),
        where(content, row.where),
    ]


def _cast(content: Brief) -> Html:
    described = any(member.description for member in content.cast)
    heads = [head for head in _CAST if described or head != _DESCRIBED]
    rows = [row_of(_member(content, member, heads)) for member in content.cast]
    groups = (
        element(
            "div",
            element("dt", group.label),
            element("dd", own(content, "; ".join(telling.times(*each) for each in group.names)), dir="auto"),
        )
        for group in content.named
    )
    return joined(
        table(content.heading("cast"), heads, rows) if rows else remark(NOTHING["cast"]),
        joined(element("h3", HEADINGS["names"]), element("dl", groups)) if content.named else "",
    )


def _member(content: Brief, member: Member, heads: Sequence[str]) -> list[Html]:
    cells = (
        own(content, member.name),
        joined(telling.what(member)),
        own(content, telling.role(member)),
        own(content, member.description),
        joined(f"{member.mentions}×" if member.mentions else ""),
        joined(str(member.statements or "")),
    )
    return [cell for head, cell in zip(_CAST, cells, strict=True) if head in heads]
