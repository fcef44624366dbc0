"""The annotated article of an HTML brief, and the legend of its marks.

Nothing is added to the article's text: numbers and letters beside the marks come from the style sheet,
so that copying gives the article's own words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from toolkit.brief import Brief
from toolkit.export import _telling as telling
from toolkit.export._markup import Html, element, joined
from toolkit.runs import Line, Run
from toolkit.wording import BY_EDITOR, HEADINGS, KINDS, LABELS, NOTHING


@dataclass(frozen=True, slots=True)
class Places:
    """The numbers of statements, by quote, and where they begin and end: starts of runs, by quote."""

    numbers: Mapping[str, int]
    first: Mapping[str, int]
    last: Mapping[str, int]


def places(brief: Brief) -> Places:
    """Where the statements of a brief are found in it."""
    numbers = {row.quote: number for number, row in enumerate(brief.statements, 1)}
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    # A link needs both its ends: the row and the place in the article, which blanks alone don't show.
    linked = {"statements", "article"} <= set(brief.sections) and brief.article.text.strip()
    for line in brief.lines if linked else ():
        for run in line.runs:
            for quote in run.quotes:
                if quote in numbers:
                    first.setdefault(quote, run.span.start)
                    last[quote] = run.span.start
    return Places(numbers, first, last)


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
        rows = [_line(brief, line, opens, closes, checked) for line in lines]
        words = Html("\n".join(rows))
        blocks.append(element("p", words, id=f"p-{paragraph}", dir="auto") if paragraph else words)
    return _whole(brief, Html("\n".join(blocks)))


def _whole(brief: Brief, text: str) -> Html:
    code = brief.article.language
    language = "" if code == "und" else code
    return element("article", text, lang=language, aria_label=HEADINGS["article"])


def _line(
    brief: Brief,
    line: Line,
    opens: Mapping[int, list[int]],
    closes: Mapping[int, list[int]],
    checked: set[int],
) -> Html:
    if not line.runs:
        return joined(brief.text(line.span))
    parts: list[Html] = []
    for run in line.runs:
        starting = opens.get(run.span.start, ())
        # A place is the run itself where one statement alone begins, so that it can be shown as the target.
        parts += (element("span", id=f"said-{number}") for number in starting[1:])
        parts.append(_run(brief, run, f"said-{starting[0]}" if starting else None))
        parts += (_reference(number, number in checked) for number in closes.get(run.span.start, ()))
    return joined(parts)


def _run(brief: Brief, run: Run, place: str | None) -> Html:
    names = [name.lower() for name in (run.kind, run.label) if name]
    if not names:
        return joined(brief.text(run.span))
    told = [KINDS[run.kind]] if run.kind else []
    told += [LABELS[run.label]] if run.label else []
    return element("mark", brief.text(run.span), id=place, class_=" ".join(names), title=", ".join(told))


def _reference(number: int, by_editor: bool) -> Html:
    """A link to the row; its number is shown by the style sheet, for it is not the article's."""
    return element(
        "a",
        href=f"#row-{number}",
        class_=_origin(by_editor),
        data_number=number,
        aria_label=f"{HEADINGS['statements']}, {number}",
    )


def _origin(by_editor: bool) -> str:
    return "ref editor" if by_editor else "ref machine"
