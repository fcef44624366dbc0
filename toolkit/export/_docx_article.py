"""The annotated article of a Word brief: every line a paragraph, every mark a style; quotes, checks
and the desk's notes as comments.

Comments are written straight into the XML: python-docx looks through all earlier ones for each
new one, which takes minutes on a long article.
"""

from __future__ import annotations

import copy
from datetime import datetime
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.parts.comments import CommentsPart

from toolkit.brief import Brief
from toolkit.export._docx_page import AUTHOR, INITIALS, stamp
from toolkit.export._docx_places import Marked, Place
from toolkit.export._docx_text import W, add, is_rtl, paragraph, show, tag, write
from toolkit.read.draft import one_line
from toolkit.runs import Line, Run
from toolkit.wording import KINDS, LABELS

STYLE = "Article"
# What Word takes of a name, in characters.
_LONGEST_AUTHOR, _LONGEST_INITIALS = 255, 9
# The name of the bookmark around the article.
ARTICLE_BOOKMARK = "article"
# A blank line of the article stands for the space between paragraphs: 4 points.
_BLANK_LINE = 80
# So many lines at the end of the article stay together; more would not fit on a page.
_MOST_KEPT = 50


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
    told = ""
    if brief.notes:
        told = "Comments tell each quote’s speaker and how the speaker was found" + (
            "; checks and notes have theirs. " if brief.questions or brief.remarks else ". "
        )
    write(legend, f"\n{told}¶ numbers are not the article’s.", style="Label")


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
    # A house may have taken all of its look from a style.
    if (look := quote.find(W + "rPr")) is not None:
        style.append(copy.deepcopy(look))
    return style


def write_article(body: Any, brief: Brief, marked: Marked, number: int) -> None:
    """The lines of the article in a bookmark, with one at each paragraph, and bookmark and comment at each
    place that has them. ``number`` is that of the list which numbers the paragraphs."""
    numbers = comment_numbers(marked)
    # The article's bookmark has the number 0, then come those of the paragraphs.
    first = 1 + max((line.paragraph for line in brief.lines), default=0)
    language = tag(brief.article.language)
    paragraphs = 0
    last = max((at for at, line in enumerate(brief.lines) if line.paragraph), default=0)
    for at, (line, pieces) in enumerate(zip(brief.lines, marked.pieces, strict=True)):
        rest = brief.lines[at + 1 : at + 2]
        # Blank lines at the end would else be alone on a last page, if the page before is full.
        is_kept = bool(rest) and last <= at < last + _MOST_KEPT
        element = _line_paragraph(
            body,
            brief.text(line.span),
            line,
            continues=bool(rest and _same(line, rest[0])),
            keeps_next=is_kept,
            number=number if line.paragraph > paragraphs else 0,
        )
        if at == 0:
            add(element, "bookmarkStart", id=0, name=ARTICLE_BOOKMARK)
        if line.paragraph > paragraphs:
            paragraphs = line.paragraph
            add(element, "bookmarkStart", id=paragraphs, name=bookmark(paragraphs))
            add(element, "bookmarkEnd", id=paragraphs)
        rtl = element.find(f"{W}pPr/{W}bidi") is not None
        for span, run in pieces:
            for place in marked.opens.get(span.start, ()):
                add(element, "bookmarkStart", id=first + place, name=marked.places[place].name)
                if place in numbers:
                    add(element, "commentRangeStart", id=numbers[place])
            write(element, brief.text(span), style=mark_style(run), language=language, rtl=rtl)
            for place in marked.closes.get(span.start, ()):
                if place in numbers:
                    add(element, "commentRangeEnd", id=numbers[place])
                    _reference(element, numbers[place])
                add(element, "bookmarkEnd", id=first + place)
        if not rest:
            add(element, "bookmarkEnd", id=0)


def bookmark(paragraph_number: int) -> str:
    """The name of the bookmark at a paragraph of the article."""
    return f"paragraph_{paragraph_number}"


def comment_numbers(marked: Marked) -> dict[int, int]:
    """The number of each comment, by that of its place."""
    commented = (number for number, place in enumerate(marked.places) if place.lines)
    return {place: comment for comment, place in enumerate(commented)}


def _same(line: Line, following: Line) -> bool:
    return line.paragraph > 0 and line.paragraph == following.paragraph


def _line_paragraph(
    body: Any, text: str, line: Line, *, continues: bool, keeps_next: bool, number: int
) -> Any:
    element = add(body, "p")
    properties = add(element, "pPr")
    add(properties, "pStyle", val=STYLE)
    if keeps_next:
        add(properties, "keepNext")
    if number:
        counted = add(properties, "numPr")
        add(counted, "ilvl", val=0)
        add(counted, "numId", val=number)
    if is_rtl(text):
        add(properties, "bidi")
    if not line.paragraph:
        add(properties, "spacing", after=0, line=_BLANK_LINE, lineRule="exact")
    elif continues:
        add(properties, "spacing", after=0)
    return element


def _reference(element: Any, comment: int) -> None:
    run = add(element, "r")
    add(add(run, "rPr"), "rStyle", val="CommentReference")
    add(run, "commentReference", id=comment)


def write_comments(document: Any, marked: Marked, made: datetime) -> None:
    """The texts of the comments; signed by the editor who made the mark, or by the toolkit."""
    numbers = comment_numbers(marked)
    if not numbers:
        return
    part = CommentsPart.default(document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.COMMENTS)
    for place, number in numbers.items():
        _comment(part.element, number, marked.places[place], date(made))


def date(made: datetime) -> str:
    """The moment as comments carry it."""
    return stamp(made).isoformat() + "Z"


def signature(editor: str) -> str:
    """An editor's name as it signs a comment."""
    return one_line(show(editor))[:_LONGEST_AUTHOR].strip()


def _comment(comments: Any, number: int, place: Place, date: str) -> None:
    author = signature(place.author) or AUTHOR
    initials = "".join(word[0] for word in author.split()) if place.author else INITIALS
    comment = add(
        comments, "comment", id=number, author=author, date=date, initials=initials[:_LONGEST_INITIALS]
    )
    for position, text in enumerate(place.lines):
        line = paragraph(comment, "CommentText", like=text)
        if position == 0:
            run = add(line, "r")
            add(add(run, "rPr"), "rStyle", val="CommentReference")
            add(run, "annotationRef")
        write(line, text, style="" if position else "Strong", rtl=is_rtl(text))
