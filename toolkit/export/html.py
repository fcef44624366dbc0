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

from toolkit.brief import SECTIONS, Brief, Header, Section, Statement, brief
from toolkit.cast import Member
from toolkit.export import _telling as telling
from toolkit.export._html_article import Places, article, legend, places
from toolkit.export._markup import Html, element, joined, style, void
from toolkit.export._unprintable import shown
from toolkit.model import Annotations, Span
from toolkit.wording import ASIDES, DESK_NOTE, HEADINGS, NOTHING

_STATEMENTS = ("No.", "What was said", "Who", "Role", "Kind", "Where")
_DESCRIBED = "Described as"
_CAST = ("Name", "What", "Role", _DESCRIBED, "Named", "Quotes")


def render(notes: Annotations, made: datetime, *, sections: Collection[Section] = SECTIONS) -> bytes:
    """The bytes of an .html with these parts, in UTF-8; the same for the same annotations and moment."""
    content = brief(notes, made=made, sections=sections)
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
        "statements": lambda: _statements(content, at),
        "cast": lambda: _cast(content),
        "article": lambda: joined(legend(content, at), article(content, at)),
    }
    sections = [_section(name, parts[name]()) for name in content.sections]
    links = (element("li", element("a", HEADINGS[name], href=f"#{name}")) for name in content.sections)
    return element(
        "body",
        element("a", "Skip to the brief", href="#brief", class_="skip"),
        "\n",
        element("header", _header(content.header, _tongue(content))),
        "\n",
        element("nav", element("ul", links), aria_label="Parts of the brief"),
        "\n",
        element("main", sections, id="brief", tabindex=-1),
        "\n",
        element("footer", element("p", telling.made_with(content.header))),
        "\n",
    )


def _section(name: str, *children: str | Iterable[str]) -> Html:
    title = element("h2", HEADINGS[name], id=f"{name}-title")
    section = element("section", title, *children, id=name, aria_labelledby=f"{name}-title")
    return joined("\n", section, "\n")


def _tongue(content: Brief) -> str:
    """The article's language as HTML wants it; "" says that it is unknown."""
    code = content.article.language
    return "" if code == "und" else code


def _header(header: Header, tongue: str) -> Html:
    embargo = telling.embargo(header)
    note = joined(element("strong", DESK_NOTE), " ", header.note)
    facts = (
        element("div", element("dt", label), element("dd", value, dir="auto"))
        for label, value in telling.facts(header)
    )
    return joined(
        element("p", "Newsdesk brief", class_="kicker"),
        element("p", element("strong", embargo), class_="embargo") if embargo else "",
        element("h1", header.title, dir="auto", lang=tongue if header.headline == header.title else None),
        element("p", note, class_="note", dir="auto") if header.note else "",
        element("dl", facts, class_="facts"),
    )


def _summary(content: Brief) -> Html:
    rows = (
        element("p", _own(content, content.text(row.span)), " ", _where(content, row.where), dir="auto")
        for row in content.summary
    )
    told = f"{content.summarised}." if content.summary else NOTHING["summary"]
    return joined(element("div", rows, class_="summary") if content.summary else "", _remark(told))


def _statements(content: Brief, at: Places) -> Html:
    checked = telling.reviews(content)
    rows = [
        _row(_statement(content, row, at, checked[row.quote]), id_=f"row-{at.numbers[row.quote]}")
        for row in content.statements
    ]
    asides = (
        element("li", _words(content, aside.content), " ", _where(content, aside.where), dir="auto")
        for aside in content.asides
    )
    return joined(
        _table(HEADINGS["statements"], _STATEMENTS, rows) if rows else _remark(NOTHING["statements"]),
        joined(_remark(ASIDES), element("ul", asides, class_="asides")) if content.asides else "",
    )


def _statement(content: Brief, row: Statement, at: Places, checked: str) -> list[Html]:
    number = at.numbers[row.quote]
    unknown, name = telling.who(row)
    by_editor = "editor" if row.review else "machine"
    return [
        element("a", str(number), href=f"#said-{number}") if row.quote in at.first else joined(str(number)),
        _words(content, row.content),
        joined(
            element("em", unknown) if unknown else "",
            _own(content, name, "strong" if row.standing == "named" else "span"),
            _small(row.how),
        ),
        _own(content, row.role),
        joined(row.kind, map(_small, telling.remarks(row)), _small(checked, by_editor)),
        _where(content, row.where),
    ]


def _cast(content: Brief) -> Html:
    described = any(member.description for member in content.cast)
    heads = [head for head in _CAST if described or head != _DESCRIBED]
    rows = [_row(_member(content, member, heads)) for member in content.cast]
    groups = (
        element(
            "div",
            element("dt", group.label),
            element("dd", _own(content, "; ".join(telling.times(*each) for each in group.names)), dir="auto"),
        )
        for group in content.named
    )
    return joined(
        _table(HEADINGS["cast"], heads, rows) if rows else _remark(NOTHING["cast"]),
        joined(element("h3", HEADINGS["names"]), element("dl", groups)) if content.named else "",
    )


def _member(content: Brief, member: Member, heads: Sequence[str]) -> list[Html]:
    cells = (
        _own(content, member.name),
        joined(telling.what(member)),
        _own(content, telling.role(member)),
        _own(content, member.description),
        joined(f"{member.mentions}×" if member.mentions else ""),
        joined(str(member.statements or "")),
    )
    return [cell for head, cell in zip(_CAST, cells, strict=True) if head in heads]


def _table(caption: str, heads: Sequence[str], rows: Iterable[Html]) -> Html:
    """A table in a frame of its own, which scrolls by keyboard too where the screen is narrow."""
    head = element("thead", element("tr", (element("th", name, scope="col") for name in heads)))
    table = element("table", element("caption", caption), head, element("tbody", rows))
    return element("div", table, class_="frame", role="region", tabindex=0, aria_label=caption)


def _row(cells: Sequence[Html], id_: str | None = None) -> Html:
    first, *others = cells
    head = element("th", first, scope="row", dir="auto")
    return element("tr", head, (element("td", cell, dir="auto") for cell in others), id=id_)


def _own(content: Brief, words: str, tag: str = "span") -> Html:
    """Words of the article, in its language."""
    return element(tag, words, lang=_tongue(content)) if words else Html()


def _words(content: Brief, pieces: Iterable[Span]) -> Html:
    spoken = (element("q", content.text(piece), lang=_tongue(content)) for piece in pieces)
    return Html(" … ".join(spoken))


def _small(words: str, kind: str = "") -> Html:
    # The blank keeps it apart from the words before for a screen reader.
    return joined(" ", element("small", words, class_=kind or None)) if words else Html()


def _where(content: Brief, paragraph: int) -> Html:
    words = telling.where(paragraph)
    return element("a", words, href=f"#p-{paragraph}", class_="where") if words else Html()


def _remark(words: str) -> Html:
    return element("p", words, class_="remark")
