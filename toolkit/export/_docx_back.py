"""What a Word brief holds when it comes back: the article's text as it reads now, and the comments.

The article lies in the bookmark around it and in paragraphs of its style; a paragraph that was pasted in
between, or lost its style, is found by the one, a document without the bookmark is read by the other. What
somebody wrote above its first line or below its last belongs to it, in whatever style, up to the brief's own
parts. Tracked changes count as accepted: inserted words are in, deleted and hidden ones out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import dropwhile, takewhile
from typing import Any, NamedTuple

from toolkit.export._docx_article import ARTICLE_BOOKMARK, STYLE
from toolkit.export._docx_house_styles import style_names
from toolkit.export._docx_text import CONTROL_STYLE, W, text_of_run
from toolkit.model import Span
from toolkit.read.draft import one_line

_OFF = ("0", "false", "off")
# Their words are not in the text, or not any more.
_GONE = {W + "del", W + "moveFrom", W + "pPr", W + "rt"}
_BLOCKS = (W + "p", W + "tbl", W + "sdt", W + "customXml")
_LEGEND = "Marks"  # the legend begins with it
# Styles of the brief that are Word's too, so that anybody's paragraph may have them.
_OF_WORD = {"normal", "title", "heading 1", "heading 2", "header", "footer", "annotation text"}


class Comment(NamedTuple):
    """A comment: who wrote it, when (as the file says it), its words, and the place in the article that it
    is on; None where it is on anything else. One on a mere point is on the line that the point lies in."""

    author: str
    date: str
    words: str
    at: Span | None


class Back(NamedTuple):
    """The text of the article, and all comments of the document in their order; the text is None where the
    document holds no article."""

    text: str | None
    comments: tuple[Comment, ...]


def read_back(document: Any) -> Back:
    """What a document holds, character for character what ``write_article`` wrote unless it was edited."""
    ids = {style.name: style.style_id for style in document.styles}
    lines = article_lines(document.element.body, ids.get(STYLE, STYLE))
    if lines:
        lines = with_what_is_around(document.element.body, lines, ids)
    walk = _Walk(lines, ids.get("Control Character", CONTROL_STYLE))
    walk.through(document.element.body)
    text = "".join(walk.pieces)
    comments = tuple(_comment(each, walk, text) for each in _comments(document))
    return Back(text if lines else None, comments)


def article_lines(body: Any, style_id: str) -> list[Any]:
    """The paragraphs of the article."""
    found = list(body.iter(W + "p"))
    is_styled = [_style(line) == style_id for line in found]
    first, last = _within_bookmark(body, found)
    return [
        line
        for number, line in enumerate(found)
        if is_styled[number] or (first <= number <= last and _is_of_the_body(line))
    ]


def with_what_is_around(body: Any, lines: Sequence[Any], ids: Mapping[str, str]) -> list[Any]:
    """The article's paragraphs with those that somebody wrote above and below them. ``ids`` are those of the
    document's styles by their names."""
    named = {name.lower(): id for name, id in ids.items()}
    own = {named.get(name.lower(), name): name.lower() for name, kind in style_names() if kind != "character"}
    above = list(_top(body, lines[0]).itersiblings(*_BLOCKS, preceding=True))
    below = list(_top(body, lines[-1]).itersiblings(*_BLOCKS))
    # Between its legend and the article the brief writes nothing: there a heading or table is somebody's too.
    legend = next((at for at, each in enumerate(above) if _is_legend(each, named.get("legend", ""))), -1)
    before = above[: max(legend, 0)]
    before += takewhile(lambda each: _is_foreign(each, own), above[legend + 1 :])
    after = below[: _next_part(below, own)]
    return [
        *dropwhile(_is_blank, _paragraphs(reversed(before))),
        *lines,
        *reversed(list(dropwhile(_is_blank, reversed(_paragraphs(after))))),
    ]


def _next_part(blocks: Sequence[Any], own: Mapping[str, str]) -> int:
    """Where the brief goes on below its article: at the heading above the first block that has a style of its
    own, for somebody may have written headings and tables too."""
    styles = [own.get(_style(each), "normal") for each in blocks]
    first = next((at for at, style in enumerate(styles) if style not in _OF_WORD), len(blocks))
    if first == len(blocks):
        return first
    return max((at for at in range(first) if styles[at] == "heading 1"), default=first)


def _top(body: Any, line: Any) -> Any:
    """What stands on the page itself and holds a paragraph: a table, or the paragraph."""
    while line.getparent() is not body:
        line = line.getparent()
    return line


def _is_legend(block: Any, style_id: str) -> bool:
    return _style(block) == style_id and _words(block).startswith(_LEGEND)


def _is_foreign(block: Any, own: Mapping[str, str]) -> bool:
    """Whether a block is nothing that the brief writes beside its article."""
    return block.tag == W + "p" and own.get(_style(block), "normal") == "normal"


def _paragraphs(blocks: Iterable[Any]) -> list[Any]:
    return [line for block in blocks for line in block.iter(W + "p") if _is_of_the_body(line)]


def _is_blank(line: Any) -> bool:
    return not _words(line).strip()


def _words(block: Any) -> str:
    """The words of a block that are to be seen."""
    runs = (run for run in block.iter(W + "r") if not _is_hidden(run))
    return "".join(
        text.text or ""
        for run in runs
        if next(run.iterancestors(*_GONE), None) is None
        for text in run.iter(W + "t")
    )


def _style(block: Any) -> str:
    """The id of the style of a paragraph or table, "" for none."""
    style = block.find(f"{W}tblPr/{W}tblStyle" if block.tag == W + "tbl" else f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(W + "val", "")


def _within_bookmark(body: Any, paragraphs: Sequence[Any]) -> tuple[int, int]:
    """The numbers of the first and last paragraph of the article's bookmark; an empty range without one."""
    numbers = {line: number for number, line in enumerate(paragraphs)}
    start = next((m for m in body.iter(W + "bookmarkStart") if m.get(W + "name") == ARTICLE_BOOKMARK), None)
    if start is None:
        return 0, -1
    key = start.get(W + "id")
    end = next((m for m in body.iter(W + "bookmarkEnd") if m.get(W + "id") == key), None)
    if end is None:
        return 0, -1
    return numbers.get(start.getparent(), len(paragraphs)), numbers.get(end.getparent(), -1)


def _is_of_the_body(line: Any) -> bool:
    """Whether a paragraph is text of the page, and not in a text box or picture."""
    return next(line.iterancestors(W + "txbxContent"), None) is None


class _Walk:
    """One way through a document, which gathers the article's text and where comments begin and end."""

    def __init__(self, lines: Sequence[Any], control_style: str) -> None:
        self.lines, self.control_style = set(lines), control_style
        self.pieces: list[str] = []
        self.size = 0
        self.starts: dict[str, int | None] = {}
        self.places: dict[str, Span | None] = {}
        self.points: dict[str, int | None] = {}
        self._is_inside = self._has_begun = self._runs_on = False

    def through(self, parent: Any, *, reads: bool = False) -> None:
        for child in parent:
            key = child.get(W + "id", "") if isinstance(child.tag, str) else ""
            if child.tag == W + "p":
                self._paragraph(child)
            elif child.tag == W + "r":
                self._run(child, reads)
            elif child.tag == W + "commentRangeStart":
                self.starts.setdefault(key, self._here())
            elif child.tag == W + "commentRangeEnd":
                self._closed(key)
            else:
                self.through(child, reads=reads and child.tag not in _GONE)

    def _paragraph(self, line: Any) -> None:
        self._is_inside = line in self.lines
        if self._is_inside:
            if self._has_begun and not self._runs_on:
                self._add("\n")
            self._has_begun = True
            # Somebody deleted the paragraph's end, with changes tracked.
            self._runs_on = line.find(f"{W}pPr/{W}rPr/{W}del") is not None
        self.through(line, reads=self._is_inside)

    def _run(self, run: Any, reads: bool) -> None:
        for reference in run.iterchildren(W + "commentReference"):
            self.points.setdefault(reference.get(W + "id", ""), self._here())
        if reads and not _is_hidden(run):
            self._add(text_of_run(run, self.control_style))

    def _add(self, words: str) -> None:
        self.pieces.append(words)
        self.size += len(words)

    def _here(self) -> int | None:
        return self.size if self._is_inside else None

    def _closed(self, key: str) -> None:
        start, end = self.starts.get(key), self._here()
        is_within = start is not None and end is not None and start <= end
        self.places.setdefault(key, Span(start or 0, end or 0) if is_within else None)


def _is_hidden(run: Any) -> bool:
    mark = run.find(f"{W}rPr/{W}vanish")
    return mark is not None and mark.get(W + "val", "1") not in _OFF


def _comments(document: Any) -> Iterator[Any]:
    from docx.opc.constants import RELATIONSHIP_TYPE

    # Asked for its comments, python-docx would give a document without them an empty part.
    if any(each.reltype == RELATIONSHIP_TYPE.COMMENTS for each in document.part.rels.values()):
        yield from document.part._comments_part.element.iterchildren(W + "comment")


def _comment(element: Any, walk: _Walk, text: str) -> Comment:
    key = element.get(W + "id", "")
    lines = ("".join(text_of_run(r, "") for r in p.iter(W + "r")) for p in element.iter(W + "p"))
    return Comment(
        one_line(element.get(W + "author", "")),
        element.get(W + "date", ""),
        "\n".join(lines).strip(),
        _place(key, walk, text),
    )


def _place(key: str, walk: _Walk, text: str) -> Span | None:
    """Where a comment is on the article, without the blanks at its edges."""
    if key in walk.places:
        span = walk.places[key]
        point = None if span is None else span.start
    else:
        point = walk.points.get(key)
        span = None if point is None else Span(point, point)
    if span is not None and point is not None and not text[slice(*span)].strip():
        end = text.find("\n", point)
        span = Span(text.rfind("\n", 0, point) + 1, len(text) if end < 0 else end)
    if span is None or not text[slice(*span)].strip():
        return None
    words = text[slice(*span)]
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))
