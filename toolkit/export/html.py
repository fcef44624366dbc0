"""The brief as one HTML file: no script, nothing from elsewhere, to read, print, mail and keep.

The same sections as in the Word document. Each row of who said what and its place in the article link
to each other, marks differ in line and letter as well as in colour, and the ``article`` element holds
the text character for character: its text content, where a ``data`` element counts as the character
that its value names.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from importlib import resources

from toolkit.brief import ALL_SECTIONS, Aside, Brief, Section, Statement, brief
from toolkit.cast import Member
from toolkit.export import _telling as telling
from toolkit.export._html_article import article, legend
from toolkit.export._html_particulars import checks, facts, figures
from toolkit.export._html_pieces import own, remark, row_of, small, table, tongue, where, words_of
from toolkit.export._html_places import Places, places
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
    sheet = paper_sheet() + _data("brief.css")
    page = joined(
        Html("<!DOCTYPE html>\n"),
        element("html", _head(content, sheet), "\n", _body(content), lang="en"),
        "\n",
    )
    return page.encode("utf-8")


def paper_sheet() -> str:
    """How the parts of a brief look, whatever page they are on."""
    return _data("paper.css")


def _data(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


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
    links = (element("li", element("a", content.heading(s), href=f"#{s}")) for s in content.sections)
    return element(
        "body",
        element("a", "Skip to the brief", href="#brief", class_="skip"),
        "\n",
        element("header", masthead(content)),
        "\n",
        element("nav", element("ul", links), aria_label="Parts of the brief"),
        "\n",
        element("main", parts(content, places(content)), id="brief", tabindex=-1),
        "\n",
        element("footer", element("p", telling.made_with(content.header))),
        "\n",
    )


def parts(content: Brief, at: Places) -> Html:
    """The parts that a brief is to have, each with its heading."""
    writers: dict[Section, Callable[[Brief, Places], Html]] = {
        "summary": _summary,
        "points": facts,
        "statements": _statements,
        "cast": _cast,
        "figures": figures,
        "checks": checks,
        "article": _article,
    }
    return joined(_section(content, name, writers[name](content, at), at) for name in content.sections)


def _section(content: Brief, name: Section, part: Html, at: Places) -> Html:
    title, words = f"{name}-title", content.heading(name)
    if at.linked:
        head, names = element("h2", words, id=title), {"id": str(name), "aria_labelledby": title}
    else:
        head, names = element("h2", words), {"aria_label": words}
    return joined("\n", element("section", head, part, class_=f"of-{name}", **names), "\n")


def _article(content: Brief, at: Places) -> Html:
    return joined(legend(content, at), article(content, at))


def masthead(content: Brief) -> Html:
    """What is known of the article, and above it what no reader may miss."""
    header, language = content.header, tongue(content)
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


def _summary(content: Brief, at: Places) -> Html:
    rows = (
        element("p", own(content, content.text(row.span)), " ", where(at, row.where), dir="auto")
        for row in content.summary
    )
    told = f"{content.summarised}." if content.summary else NOTHING["summary"]
    return joined(element("div", rows, class_="summary") if content.summary else "", remark(told))


def _statements(content: Brief, at: Places) -> Html:
    checked = telling.reviews(content)
    rows = [
        row_of(
            _statement(content, row, at, checked[row.quote]),
            f"row-{at.numbers[row.quote]}" if at.linked else None,
        )
        for row in content.statements
    ]
    asides = (
        element("li", words_of(content, each.content), " ", _of_quote(at, each), dir="auto")
        for each in content.asides
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
        element("a", str(number), href=f"#said-{number}")
        if at.linked and row.quote in at.first
        else joined(str(number)),
        words_of(content, row.content),
        joined(
            element("em", unknown) if unknown else "",
            own(content, name, "strong" if row.standing == "named" else "span"),
            small(row.how),
        ),
        own(content, row.role),
        joined(row.kind, map(small, telling.remarks(row)), small(checked, by_editor)),
        _of_quote(at, row),
    ]


def _of_quote(at: Places, row: Statement | Aside) -> Html:
    return where(at, row.where, at.quote(row.quote))


def _cast(content: Brief, at: Places) -> Html:
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
        own(content, member.name, "span" if member.unnamed else "strong"),
        joined(telling.what(member)),
        own(content, telling.role(member)),
        own(content, member.description),
        joined(f"{member.mentions}×" if member.mentions else ""),
        joined(str(member.statements or "")),
    )
    return [cell for head, cell in zip(_CAST, cells, strict=True) if head in heads]
