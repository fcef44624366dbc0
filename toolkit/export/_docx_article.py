"""The annotated article of a Word brief: every line a paragraph, every mark a style, every quote
a comment.

Comments are written straight into the XML: python-docx looks through all earlier ones for each
new one, which takes minutes on a long article.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from datetime import datetime
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.parts.comments import CommentsPart

from toolkit.brief import Brief, Note
from toolkit.export._docx_page import AUTHOR, INITIALS, stamp
from toolkit.export._docx_text import W, add, is_rtl, paragraph, show, tag, write
from toolkit.runs import Line, Run
from toolkit.wording import KINDS, LABELS

STYLE = "Article"
# The name of the bookmark around the article.
ARTICLE_BOOKMARK = "article"
# A blank line of the article stands for the space between paragraphs: 4 points.
_BLANK_LINE = 80


def mark_style(run: Run) -> str:
    """The id of the character style of a run; "" for plain text."""
    name, quote = (run.label or "").title(), (run.kind or "").title()
    if name and quote:
        return f"Mark{name}In{quote}"
    return f"Mark{name or quote}" if name or quote else ""


def write_legend(body: Any, brief: Brief) -> None:
    """Says what the marks look like, only those that occur."""
    runs = [run for line in brief.lines for run in line.runs]
    labels, kinds = {run.label for run in runs}, {run.kind for run in runs}
    used = [(text, "Mark" + label.title()) for label, text in LABELS.items() if label in labels]
    used += [(text, "Mark" + kind.title()) for kind, text in KINDS.items() if kind in kinds]
    if not used:
        return
    legend = paragraph(body, "Legend")
    write(legend, "Marks", style="Label")
    for text, style in used:
        write(legend, "  \u2002")
        write(legend, text, style=style)
    if brief.notes:
        write(
            legend,
            "\nEach quote carries a comment that names its speaker and how the speaker was found.",
            style="Label",
        )


def add_mark_styles(styles: Any, brief: Brief) -> None:
    """Styles for names within quotes, made of the two; a run can have one character style only."""
    known = {style.get(W + "styleId"): style for style in styles.iter(W + "style")}
    for line in brief.lines:
        for run in line.runs:
            if run.label and run.kind and mark_style(run) not in known:
                known[mark_style(run)] = _both(
                    styles,
                    mark_style(run),
                    known["Mark" + run.label.title()],
                    known["Mark" + run.kind.title()],
                )


def _both(styles: Any, style_id: str, name: Any, quote: Any) -> Any:
    style = add(styles, "style", type="character", customStyle=1, styleId=style_id)
    title = f"{name.find(W + 'name').get(W + 'val')} in {quote.find(W + 'name').get(W + 'val')[5:]}"
    add(style, "name", val=title)
    add(style, "basedOn", val=name.get(W + "styleId"))
    style.append(copy.deepcopy(quote.find(W + "rPr")))
    return style


def write_article(body: Any, brief: Brief) -> None:
    """The lines of the article in a bookmark, with one at each paragraph, and bookmark and comment at each
    quote."""
    opens, closes = _ranges(brief)
    names = quote_bookmarks(brief)
    quotes = [names.get(note.quote, "") for note in brief.notes]
    # The article's bookmark has the number 0, then come those of the paragraphs.
    first = 1 + max((line.paragraph for line in brief.lines), default=0)
    language = tag(brief.article.language)
    paragraphs = 0
    for number, line in enumerate(brief.lines):
        rest = brief.lines[number + 1 : number + 2]
        element = _line_paragraph(
            body, brief.text(line.span), line, continues=bool(rest and _same(line, rest[0]))
        )
        if number == 0:
            add(element, "bookmarkStart", id=0, name=ARTICLE_BOOKMARK)
        if line.paragraph > paragraphs:
            paragraphs = line.paragraph
            add(element, "bookmarkStart", id=paragraphs, name=bookmark(paragraphs))
            add(element, "bookmarkEnd", id=paragraphs)
        rtl = element.find(f"{W}pPr/{W}bidi") is not None
        for run in line.runs:
            for comment in opens.get(run.span.start, ()):
                add(element, "bookmarkStart", id=first + comment, name=quotes[comment])
                add(element, "commentRangeStart", id=comment)
            write(element, brief.text(run.span), style=mark_style(run), language=language, rtl=rtl)
            for comment in closes.get(run.span.start, ()):
                add(element, "commentRangeEnd", id=comment)
                _reference(element, comment)
                add(element, "bookmarkEnd", id=first + comment)
        if not rest:
            add(element, "bookmarkEnd", id=0)


def bookmark(paragraph_number: int) -> str:
    """The name of the bookmark at a paragraph of the article."""
    return f"paragraph_{paragraph_number}"


def quote_bookmarks(brief: Brief) -> dict[str, str]:
    """The name of the bookmark at each quote that stands in the article, by the quote's id."""
    standing = {quote for line in brief.lines for run in line.runs for quote in run.quotes}
    return {n.quote: f"quote_{i}" for i, n in enumerate(brief.notes, 1) if n.quote in standing}


def _same(line: Line, following: Line) -> bool:
    return line.paragraph > 0 and line.paragraph == following.paragraph


def _line_paragraph(body: Any, text: str, line: Line, *, continues: bool) -> Any:
    element = add(body, "p")
    properties = add(element, "pPr")
    add(properties, "pStyle", val=STYLE)
    if is_rtl(text):
        add(properties, "bidi")
    if not line.paragraph:
        add(properties, "spacing", after=0, line=_BLANK_LINE, lineRule="exact")
    elif continues:
        add(properties, "spacing", after=0)
    return element


def _ranges(brief: Brief) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """Comment numbers by the start of the run that they open before, and close behind.

    One comment covers a quote from its first piece to its last, the words of saying between
    them too: a reader who rests on any piece sees whose it is.
    """
    numbers = {note.quote: number for number, note in enumerate(brief.notes)}
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for line in brief.lines:
        for run in line.runs:
            for quote in run.quotes:
                first.setdefault(numbers[quote], run.span.start)
                last[numbers[quote]] = run.span.start
    opens, closes = defaultdict(list), defaultdict(list)
    for number, start in first.items():
        opens[start].append(number)
        closes[last[number]].append(number)
    return opens, closes


def _reference(element: Any, comment: int) -> None:
    run = add(element, "r")
    add(add(run, "rPr"), "rStyle", val="CommentReference")
    add(run, "commentReference", id=comment)


def write_comments(document: Any, brief: Brief, made: datetime) -> None:
    """The texts of the comments; signed by the editor who made the mark, or by the toolkit."""
    if not brief.notes:
        return
    part = CommentsPart.default(document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.COMMENTS)
    covered = {quote for line in brief.lines for run in line.runs for quote in run.quotes}
    for number, note in enumerate(brief.notes):
        if note.quote in covered:
            _comment(part.element, number, note, date(made))


def date(made: datetime) -> str:
    """The moment as comments carry it."""
    return stamp(made).isoformat() + "Z"


def _comment(comments: Any, number: int, note: Note, date: str) -> None:
    author = show(note.editor) or AUTHOR
    initials = "".join(word[0] for word in author.split()) if note.editor else INITIALS
    comment = add(comments, "comment", id=number, author=author, date=date, initials=initials)
    for position, text in enumerate(note.lines):
        line = paragraph(comment, "CommentText", like=text)
        if position == 0:
            run = add(line, "r")
            add(add(run, "rPr"), "rStyle", val="CommentReference")
            add(run, "annotationRef")
        write(line, text, style="" if position else "Strong", rtl=is_rtl(text))
