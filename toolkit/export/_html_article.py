"""The annotated article of an HTML brief, and the legend of its marks.

Nothing is added to the article's text: numbers and letters beside the marks come from the style sheet,
so that copying gives the article's own words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import groupby

from toolkit.brief import Brief
from toolkit.export import _telling as telling
from toolkit.export._html_places import Places
from toolkit.export._markup import Html, element, joined
from toolkit.model import Span
from toolkit.runs import Line, Run
from toolkit.wording import BY_EDITOR, HEADINGS, KINDS, LABELS, NOTHING


def legend(brief: Brief, at: Places) -> Html:
    """Says what the marks look like, only those that occur."""
    runs = [run for line in brief.lines for run in line.runs]
    labels, kinds = {run.label for run in runs}, {run.kind for run in runs}
    marks = [(words, label.lower()) for label, words in LABELS.items() if label in labels]
    marks += [(words, kind) for kind, words in KINDS.items() if kind in kinds]
    items = [element("li", element("mark", words, class_=name)) for words, name in marks]
    told = telling.reviews(brief)
    by_origin = {bool(row.review): row.quote for row in brief.statements if row.quote in at.first}
    for by_editor, quote in sorted(by_origin.items()):
        badge = element("span", class_=_origin(by_editor), data_number=at.numbers[quote])
        items.append(element("li", badge, " ", BY_EDITOR if by_editor else told[quote]))
    return element("ul", items, class_="legend", aria_label="Marks") if items else Html()


def article(brief: Brief, at: Places) -> Html:
    """The article element; its text content is the text."""
    if not brief.article.text.strip():
        return joined(_whole(brief, brief.article.text), element("p", NOTHING["article"], class_="remark"))
    opens, closes = defaultdict(list), defaultdict(list)
    for quote, start in at.first.items():
        opens[start].append(at.numbers[quote])
        closes[at.last[quote]].append(at.numbers[quote])
    checked = {number for number, row in enumerate(brief.statements, 1) if row.review}
    blocks = []
    for paragraph, lines in groupby(brief.lines, key=lambda line: line.paragraph):
        rows = [_line(brief, line, at, opens, closes, checked) for line in lines]
        words = Html("\n".join(rows))
        place = f"p-{paragraph}" if at.linked else None
        blocks.append(element("p", words, id=place, dir="auto") if paragraph else words)
    return _whole(brief, Html("\n".join(blocks)))


def _whole(brief: Brief, text: str) -> Html:
    code = brief.article.language
    language = "" if code == "und" else code
    return element("article", text, lang=language, aria_label=HEADINGS["article"])


def _line(
    brief: Brief,
    line: Line,
    at: Places,
    opens: Mapping[int, list[int]],
    closes: Mapping[int, list[int]],
    checked: set[int],
) -> Html:
    if not line.runs:
        return joined(brief.text(line.span))
    parts: list[Html] = []
    for run in line.runs:
        starting = opens.get(run.span.start, ())
        ids = [f"said-{number}" for number in starting] if at.linked else []
        # A place is the run itself where one statement alone begins, so that it can be shown as the target.
        parts += (element("span", id=name) for name in ids[1:])
        parts.append(_run(brief, run, at, ids[0] if ids else None))
        parts += (
            _reference(number, number in checked, at.linked) for number in closes.get(run.span.start, ())
        )
    return joined(parts)


def _run(brief: Brief, run: Run, at: Places, place: str | None) -> Html:
    names = [name.lower() for name in (run.kind, run.label) if name]
    words = _words(brief, run, at)
    if not names:
        return words
    told = [KINDS[run.kind]] if run.kind else []
    told += [LABELS[run.label]] if run.label else []
    return element("mark", words, id=place, class_=" ".join(names), title=", ".join(told))


def _words(brief: Brief, run: Run, at: Places) -> Html:
    """The words of a run, those that a table links to in an element of their own."""
    parts: list[Html] = []
    start = run.span.start
    for span, name in at.spots.get(start, ()):
        # Of places that overlap, the later one is a mere point behind the first.
        first, last = max(start, span.start), max(start, min(span.end, run.span.end))
        parts += (
            joined(brief.text(Span(start, first))),
            element("span", brief.text(Span(first, last)), id=name),
        )
        start = last
    return joined(parts, brief.text(Span(start, run.span.end)))


def _reference(number: int, by_editor: bool, linked: bool) -> Html:
    """A link to the row; its number is shown by the style sheet, for it is not the article's."""
    if not linked:
        return element("span", class_=_origin(by_editor), data_number=number)
    return element(
        "a",
        href=f"#row-{number}",
        class_=_origin(by_editor),
        data_number=number,
        aria_label=f"{HEADINGS['statements']}, {number}",
    )


def _origin(by_editor: bool) -> str:
    return "ref editor" if by_editor else "ref machine"
