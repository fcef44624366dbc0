"""The brief as CommonMark, for a wiki, a chat or a repository.

Plain paragraphs and lists: no HTML, no tables, and links to headings only. The article's paragraphs are
a numbered list, so that "¶ 3" is its third item. Text of the article is escaped, so that no letter
of it becomes markup, in CommonMark and in its common extensions. Marks are not shown in the text,
for Markdown has none; who said what is told above it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from itertools import groupby

from toolkit.brief import ALL_SECTIONS, Brief, Header, Section, Statement, brief
from toolkit.cast import Member
from toolkit.export import _telling as telling
from toolkit.export._unprintable import shown
from toolkit.model import Annotations, Span
from toolkit.wording import ASIDES, DESK_NOTE, HEADINGS, NOTHING, SAID_BY, count, cuts

# What may open or close markup anywhere in a line: of CommonMark, and of tables, strikethrough, mathematics,
# footnotes, citations and attributes elsewhere. A bare address would become a link, ":name:" a picture.
_ANYWHERE = re.compile(r"[\\`*_{}\[\]#|~^$@]|:(?=//|\w+:)|(?<=www)\.", re.IGNORECASE)
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
# What makes a heading, a list, a rule or a definition where a line begins with it.
_OPENS = re.compile(r"(?P<number>\d*)(?P<mark>[-+=:.)])")


def render(
    notes: Annotations,
    made: datetime,
    *,
    sections: Collection[Section] = ALL_SECTIONS,
    titles: Iterable[tuple[Section, str]] = (),
) -> bytes:
    """The bytes of an .md with these parts, in this order and in UTF-8; the same for the same annotations
    and moment."""
    content = brief(notes, made=made, sections=sections, titles=titles)
    parts = {
        "summary": _summary,
        "points": _facts,
        "statements": _statements,
        "cast": _cast,
        "figures": _figures,
        "checks": _checks,
        "article": _article,
    }
    blocks = [*_header(content.header), _contents(content)]
    for name in content.sections:
        blocks += (f"## {escaped(content.heading(name))}", *parts[name](content))
    blocks += ("---", escaped(telling.made_with(content.header)))
    return ("\n\n".join(filter(None, blocks)) + "\n").encode("utf-8")


def escaped(text: str) -> str:
    """Any text as Markdown of one line that shows it letter for letter."""
    line = _ANYWHERE.sub(r"\\\g<0>", shown(text))
    line = re.sub("[&<>]", lambda match: _ENTITIES[match[0]], line)
    # Blanks at the edges and newlines would be structure; as entities they are text.
    core = line.strip()
    start = line.index(core) if core else len(line)
    core = _OPENS.sub(r"\g<number>\\\g<mark>", core, count=1) if _OPENS.match(core) else core
    whole = _entities(line[:start]) + core + _entities(line[start + len(line[start:].rstrip()) :])
    return whole.replace("\n", "&#10;")


def _entities(blanks: str) -> str:
    return "".join(f"&#{ord(char)};" for char in blanks)


def _header(header: Header) -> Iterator[str]:
    yield f"# {escaped(header.title)}"
    if embargo := telling.embargo(header):
        yield f"**{escaped(embargo)}**"
    if header.note:
        yield _quoted(f"**{DESK_NOTE}** {escaped(header.note)}")
    yield _list(f"{label}: {escaped(value)}" for label, value in telling.facts(header))


def _contents(content: Brief) -> str:
    # The anchors that renderers make of these headings: small letters, and hyphens for blanks.
    titles = [content.heading(section) for section in content.sections]
    return " · ".join(f"[{escaped(title)}](#{_anchor(title)})" for title in titles)


def _anchor(title: str) -> str:
    return re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")


def _summary(content: Brief) -> Iterator[str]:
    for sentence in content.summary:
        yield _quoted(_told((escaped(content.text(sentence.span)), telling.where(sentence.where)), " "))
    yield escaped(f"{content.summarised}.") if content.summary else NOTHING["summary"]


def _facts(content: Brief) -> Iterator[str]:
    answers = (
        _told(
            (
                fact.question,
                escaped(content.text(fact.span)),
                fact.date,
                f"{SAID_BY} {escaped(content.text(fact.source))}" if fact.source else "",
                telling.where(fact.where),
            )
        )
        for fact in content.facts
    )
    yield _list(answers) or NOTHING["points"]


def _statements(content: Brief) -> Iterator[str]:
    checked = telling.reviews(content)
    rows = (_statement(content, row, checked[row.quote]) for row in content.statements)
    yield _numbered(rows) or NOTHING["statements"]
    if content.asides:
        yield ASIDES
        yield _list(
            _told((_words(content, aside.content), telling.where(aside.where)), " ")
            for aside in content.asides
        )


def _statement(content: Brief, row: Statement, checked: str) -> str:
    """The words, then who said them and what is known of that."""
    unknown, name = telling.who(row)
    speaker = escaped(name)
    if row.standing == "named" and not (name[:1].isspace() or name[-1:].isspace()):
        speaker = f"**{speaker}**"
    told = (
        _told((f"*{unknown.strip()}*" if unknown else "", speaker), " "),
        escaped(row.role),
        row.kind,
        row.how,
        *map(escaped, telling.remarks(row)),
        f"**{escaped(checked)}**" if row.review else escaped(checked),
        telling.where(row.where),
    )
    return f"{_words(content, row.content)}\n\n{_told(told)}"


def _cast(content: Brief) -> Iterator[str]:
    yield _list(map(_member, content.cast)) or NOTHING["cast"]
    if content.named:
        yield f"### {HEADINGS['names']}"
        yield _list(
            f"{group.label}: {'; '.join(escaped(telling.times(*each)) for each in group.names)}"
            for group in content.named
        )


def _member(member: Member) -> str:
    words = (member.name, telling.what(member), telling.role(member), member.description)
    named = f"named {member.mentions}×" if member.mentions else ""
    quotes = count(member.statements, "statement", "statements") if member.statements else ""
    return _told((*map(escaped, words), named, quotes))


def _figures(content: Brief) -> Iterator[str]:
    rows = (
        _told(
            (
                f"**{escaped(telling.words(content, number))}**",
                number.kind,
                escaped(number.value),
                escaped(number.source),
                number.review,
                telling.where(number.where),
            )
        )
        for number in content.numbers
    )
    yield _list(rows) or NOTHING["figures"]
    yield f"### {HEADINGS['timeline']}"
    dates = (
        _told(
            (
                f"**{escaped(dated.date)}**",
                escaped(telling.words(content, dated)),
                escaped(content.text(dated.told)).join(cuts(dated.told, dated.sentence)),
                telling.where(dated.where),
            )
        )
        for dated in content.dates
    )
    yield _list(dates) or NOTHING["timeline"]


def _checks(content: Brief) -> Iterator[str]:
    asked = (_told((escaped(each.message), telling.where(each.where)), " ") for each in content.questions)
    yield _list(asked) or NOTHING["checks"]
    if content.remarks:
        yield f"### {HEADINGS['remarks']}"
        yield _list(
            _told(
                (
                    escaped(each.words),
                    escaped(each.editor),
                    escaped(content.text(each.span)),
                    telling.where(each.where),
                )
            )
            for each in content.remarks
        )


def _article(content: Brief) -> Iterator[str]:
    paragraphs = (
        "\n".join(escaped(content.text(line.span)) for line in lines)
        for number, lines in groupby(content.lines, key=lambda line: line.paragraph)
        if number
    )
    yield _numbered(paragraphs) or NOTHING["article"]


def _words(content: Brief, pieces: Iterable[Span]) -> str:
    return " … ".join(escaped(content.text(piece)) for piece in pieces)


def _told(parts: Iterable[str], separator: str = " · ") -> str:
    return separator.join(filter(None, parts))


def _quoted(block: str) -> str:
    return f"> {block}"


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _numbered(items: Iterable[str]) -> str:
    return "\n\n".join(_hung(f"{number}. ", item) for number, item in enumerate(items, 1))


def _hung(prefix: str, block: str) -> str:
    """A block behind a prefix; its other lines begin below its first letter."""
    return prefix + re.sub(r"\n(?=[^\n])", "\n" + " " * len(prefix), block)
