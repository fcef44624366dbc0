"""The brief as it will be in the document: the same records in the same order, as HTML. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from toolkit.brief import Brief, Header, Section, Statement
from toolkit.cast import Member
from toolkit.export import _telling as telling
from toolkit.model import Span
from toolkit.particulars import Fact
from toolkit.runs import Run
from toolkit.ui.markup import Html, element, joined
from toolkit.wording import ASIDES, DESK_NOTE, HEADINGS, KINDS, LABELS, NOTHING, SAID_BY


def preview(made: Brief) -> Html:
    """The sections that the brief is to have."""
    parts: dict[Section, Callable[[Brief], Html]] = {
        "summary": _summary,
        "points": _points,
        "statements": _statements,
        "cast": _cast,
        "figures": _figures,
        "checks": _checks,
        "article": _article,
    }
    sections = (parts[section](made) for section in made.sections)
    return element("article", _header(made.header), sections, class_="nd-paper", aria_label="The brief")


def _header(header: Header) -> Html:
    embargo = telling.embargo(header)
    known = [
        element("div", element("dt", label), element("dd", value, dir="auto"))
        for label, value in telling.facts(header)
    ]
    return joined(
        element("p", embargo, class_="nd-paper-embargo") if embargo else "",
        element("h1", header.title, dir="auto"),
        element("p", element("b", DESK_NOTE), " ", header.note, class_="nd-paper-note", dir="auto")
        if header.note
        else "",
        element("dl", known),
    )


def _section(heading: str, *content: str | Iterable[str]) -> Html:
    return element("section", element("h2", heading), *content)


def _remark(words: str) -> Html:
    return element("p", words, class_="nd-remark")


def _summary(made: Brief) -> Html:
    rows = (
        element("p", made.text(row.span), " ", _where(row.where), dir="auto", class_="nd-paper-words")
        for row in made.summary
    )
    told = f"{made.summarised}." if made.summary else NOTHING["summary"]
    return _section(made.heading("summary"), rows, _remark(told))


def _statements(made: Brief) -> Html:
    if not made.statements:
        table = _remark(NOTHING["statements"])
    else:
        heads = ("What was said", "Who", "Role", "Kind", "Where")
        table = _table(heads, [_statement(made, row) for row in made.statements])
    asides = (joined(_words(made, aside.content), " ", _where(aside.where)) for aside in made.asides)
    listed = element("ul", (element("li", aside) for aside in asides)) if made.asides else Html()
    told = _remark(ASIDES) if made.asides else Html()
    return _section(made.heading("statements"), table, told, listed)


def _statement(made: Brief, row: Statement) -> Sequence[str]:
    unknown, name = telling.who(row)
    small = (*telling.remarks(row), row.review)
    return (
        element("span", _words(made, row.content), class_="nd-paper-words"),
        joined(
            element("em", unknown) if unknown else "",
            element("b", name) if row.standing == "named" else name,
            _small(row.how),
        ),
        row.role,
        joined(row.kind, (_small(each) for each in small)),
        _where(row.where),
    )


def _words(made: Brief, content: Iterable[Span]) -> str:
    return " … ".join(made.text(span) for span in content)


def _small(words: str) -> Html:
    # The blank keeps it apart from the words before for a screen reader.
    return joined(" ", element("span", words, class_="nd-remark")) if words else Html()


def _where(number: int) -> Html:
    return element("span", telling.where(number), class_="nd-count") if number else Html()


def _cast(made: Brief) -> Html:
    heads = ("Name", "What", "Role", "Described as", "Named", "Quotes")
    members = [_member(member) for member in made.cast]
    table = _table(heads, members) if members else _remark(NOTHING["cast"])
    groups = (
        element(
            "div",
            element("dt", group.label),
            element("dd", "; ".join(telling.times(*each) for each in group.names)),
        )
        for group in made.named
    )
    names = joined(element("h3", HEADINGS["names"]), element("dl", groups)) if made.named else Html()
    return _section(made.heading("cast"), table, names)


def _member(member: Member) -> Sequence[str]:
    return (
        joined(member.name) if member.unnamed else element("b", member.name),
        telling.what(member),
        telling.role(member),
        member.description,
        f"{member.mentions}×" if member.mentions else "",
        str(member.statements or ""),
    )


def _points(made: Brief) -> Html:
    groups = (
        element("div", element("dt", question), (_fact(made, each) for each in answers))
        for question, answers in groupby(made.facts, key=lambda fact: fact.question)
    )
    told = element("dl", groups) if made.facts else _remark(NOTHING["points"])
    return _section(made.heading("points"), told)


def _fact(made: Brief, fact: Fact) -> Html:
    source = f"{SAID_BY} {made.text(fact.source)}" if fact.source else ""
    beside = _small(" ".join(filter(None, (fact.date, source))))
    return element("dd", made.text(fact.span), beside, " ", _where(fact.where), dir="auto")


def _figures(made: Brief) -> Html:
    numbers = [
        (
            telling.number(made, each),
            joined(each.kind, _small(each.review)),
            each.value,
            each.source,
            _where(each.where),
        )
        for each in made.numbers
    ]
    dates = [
        (each.date, made.text(each.span), made.text(each.sentence), _where(each.where)) for each in made.dates
    ]
    return _section(
        made.heading("figures"),
        _table(("Figure", "What", "Comes to", "On whose word", "Where"), numbers)
        if numbers
        else _remark(NOTHING["figures"]),
        element("h3", HEADINGS["timeline"]),
        _table(("When", "In the text", "Told in", "Where"), dates) if dates else _remark(NOTHING["timeline"]),
    )


def _checks(made: Brief) -> Html:
    asked = [element("li", each.message, " ", _where(each.where), dir="auto") for each in made.questions]
    notes = [
        element(
            "li",
            each.words,
            _small(f"{each.editor}: {made.text(each.span)}"),
            " ",
            _where(each.where),
            dir="auto",
        )
        for each in made.remarks
    ]
    return _section(
        made.heading("checks"),
        element("ul", asked) if asked else _remark(NOTHING["checks"]),
        joined(element("h3", HEADINGS["remarks"]), element("ul", notes)) if notes else "",
    )


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Html:
    """A table; on a narrow page each cell tells its head."""
    head = element("thead", element("tr", (element("th", name, scope="col") for name in heads)))
    body = element(
        "tbody",
        (
            element(
                "tr",
                (
                    element("td", cell, dir="auto", data_head=name)
                    for name, cell in zip(heads, row, strict=True)
                ),
            )
            for row in rows
        ),
    )
    return element("table", head, body)


def _article(made: Brief) -> Html:
    runs = [run for line in made.lines for run in line.runs]
    labels, kinds = {run.label for run in runs}, {run.kind for run in runs}
    used = [(text, f"nd-{label.lower()}") for label, text in LABELS.items() if label in labels]
    used += [(text, f"nd-{kind}") for kind, text in KINDS.items() if kind in kinds]
    legend = (joined(element("mark", text, class_=name), " ") for text, name in used)
    lines = (line for line in made.lines if line.paragraph)
    paragraphs = (
        element("p", (joined(_line(made, line.runs), "\n") for line in block), dir="auto")
        for _, block in groupby(lines, key=lambda line: line.paragraph)
    )
    language = made.article.language
    text = element(
        "div", paragraphs, class_="nd-paper-article", lang=None if language in ("", "und") else language
    )
    return _section(made.heading("article"), element("p", legend, class_="nd-remark") if used else "", text)


def _line(made: Brief, runs: Iterable[Run]) -> Html:
    return joined(_run(made, run) for run in runs)


def _run(made: Brief, run: Run) -> Html:
    """Words under the same marks; as in the document, one style for name and quotation."""
    classes = [f"nd-{style.lower()}" for style in (run.kind, run.label) if style]
    words = made.text(run.span)
    return element("mark", words, class_=" ".join(classes)) if classes else joined(words)
