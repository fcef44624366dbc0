"""The brief as it will be in the document: the same records in the same order, as HTML. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from toolkit.brief import Brief, Header, Statement
from toolkit.cast import Member
from toolkit.model import Span
from toolkit.runs import Run
from toolkit.ui.markup import Html, element, joined
from toolkit.wording import KINDS, LABELS, count


def preview(made: Brief) -> Html:
    """The sections that the brief is to have."""
    parts = {"summary": _summary, "statements": _statements, "cast": _cast, "article": _article}
    sections = (parts[section](made) for section in made.sections)
    return element("article", _header(made.header), sections, class_="nd-paper", aria_label="The brief")


def _header(header: Header) -> Html:
    facts = {
        "Slug": header.slug if header.slug != header.title else "",
        "Published": header.published,
        "By": header.byline,
        "Dateline": header.dateline,
        "Source": header.source,
        "Language": header.language,
        "Length": count(header.words, "word", "words"),
    }
    known = [element("div", element("dt", k), element("dd", v, dir="auto")) for k, v in facts.items() if v]
    return joined(
        element("p", f"Embargoed until {header.embargo}", class_="nd-paper-embargo")
        if header.embargo
        else "",
        element("h1", header.title, dir="auto"),
        element("p", element("b", "Desk note"), " ", header.note, class_="nd-paper-note", dir="auto")
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
    told = f"{made.summarised}." if made.summary else "No summary was made."
    return _section("Summary", rows, _remark(told))


def _statements(made: Brief) -> Html:
    if not made.statements:
        table = _remark("No statement was found.")
    else:
        heads = ("What was said", "Who", "Role", "Kind", "Where")
        table = _table(heads, [_statement(made, row) for row in made.statements])
    asides = (joined(_words(made, aside.content), " ", _where(aside.where)) for aside in made.asides)
    listed = element("ul", (element("li", aside) for aside in asides)) if made.asides else Html()
    told = _remark("In quotation marks, but nobody’s statement:") if made.asides else Html()
    return _section("Who said what", table, told, listed)


def _statement(made: Brief, row: Statement) -> Sequence[str]:
    unknown = joined(element("em", "Unknown"), ": " if row.speaker else "", row.speaker)
    named = element("b", row.speaker) if row.standing == "named" else joined(row.speaker)
    small = filter(None, (row.cue, row.sure, *row.flags, row.review))
    return (
        element("span", _words(made, row.content), class_="nd-paper-words"),
        joined(unknown if row.standing == "unknown" else named, _small(row.how)),
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
    return element("span", f"¶ {number}", class_="nd-count") if number else Html()


def _cast(made: Brief) -> Html:
    heads = ("Name", "What", "Role", "Described as", "Named", "Quotes")
    members = [_member(member) for member in made.cast]
    table = _table(heads, members) if members else _remark("No speaker and no person was found.")
    groups = (
        element(
            "div",
            element("dt", group.label),
            element("dd", "; ".join(f"{name} ×{n}" if n > 1 else name for name, n in group.names)),
        )
        for group in made.named
    )
    names = joined(element("h3", "Other names"), element("dl", groups)) if made.named else Html()
    return _section("Cast", table, names)


def _member(member: Member) -> Sequence[str]:
    return (
        joined(member.name) if member.unnamed else element("b", member.name),
        "Unnamed source" if member.unnamed else member.label,
        ", ".join(filter(None, (member.role, member.affiliation))),
        member.description,
        f"{member.mentions}×" if member.mentions else "",
        str(member.statements or ""),
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
    return _section("The article", element("p", legend, class_="nd-remark") if used else "", text)


def _line(made: Brief, runs: Iterable[Run]) -> Html:
    return joined(_run(made, run) for run in runs)


def _run(made: Brief, run: Run) -> Html:
    """Words under the same marks; as in the document, one style for name and quotation."""
    classes = [f"nd-{style.lower()}" for style in (run.kind, run.label) if style]
    words = made.text(run.span)
    return element("mark", words, class_=" ".join(classes)) if classes else joined(words)
