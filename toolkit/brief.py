"""What the desk reads, in order: the brief of an annotated article, as plain records.

``brief`` takes annotations and gives header, summary, key facts, who said what, the cast, the other
names, numbers and dates, what the editor is asked, and the article cut into runs. Every exporter renders
these records and adds no thinking. Words of the article are spans or slices of it; all other words
come from ``wording``. Marks that an editor rejected are left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias, get_args

from toolkit import languages
from toolkit.cast import Member, Named, cast
from toolkit.desk_note import desk_note
from toolkit.edits import is_proposed
from toolkit.model import Annotations, Article, Budget, Engine, Quote, Span, Speaker
from toolkit.particulars import (
    Dated,
    Fact,
    Number,
    Question,
    Remark,
    dates,
    facts,
    numbers,
    questions,
    remarks,
)
from toolkit.runs import Line, Paragraphs, cut, kept_quotes
from toolkit.size import size
from toolkit.wording import (
    AN_EDITOR,
    FLAGS,
    HEADINGS,
    HOW,
    KINDS,
    MARKS_ALONE,
    PROPOSED,
    UNDETERMINED,
    UNTITLED,
    count,
    date,
    moment,
)

Standing: TypeAlias = Literal["named", "unnamed", "unknown"]
Section: TypeAlias = Literal["summary", "points", "statements", "cast", "figures", "checks", "article"]
# The parts that are read off the marks alone: ``brief`` makes no others unasked, for they take longer. A
# document has them all unless it is told otherwise.
SECTIONS: tuple[Section, ...] = ("summary", "statements", "cast", "article")
ALL_SECTIONS: tuple[Section, ...] = get_args(Section)


@dataclass(frozen=True, slots=True)
class Header:
    """What is known of the article and of this brief. Dates are in words; "" where unknown. ``length``
    is "452 words", or "205 characters" where nothing parts the words. ``note`` is the editor's own
    (``toolkit.desk_note``)."""

    title: str
    headline: str
    slug: str
    byline: str
    dateline: str
    published: str
    embargo: str
    source: str
    language: str
    length: str
    made: str
    versions: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the summary, and the number of its paragraph (from 1; 0 is nowhere)."""

    span: Span
    where: int


@dataclass(frozen=True, slots=True)
class Statement:
    """One row of who said what.

    ``speaker`` are the names, or what the text says of an unnamed or unknown speaker; ``cue`` is
    the word of saying beside a statement that is not all in quotation marks ("denied"); ``kind``,
    ``how``, ``flags`` and ``review`` are in plain words. ``sure`` is "82% sure", or "".
    ``review`` is "" for a mark that no editor has touched. ``where`` is the paragraph, from 1.
    """

    quote: str
    content: tuple[Span, ...]
    speaker: str
    standing: Standing
    role: str
    kind: str
    cue: str
    how: str
    sure: str
    flags: tuple[str, ...]
    review: str
    where: int


@dataclass(frozen=True, slots=True)
class Aside:
    """Words in quotation marks that are nobody's statement."""

    quote: str
    content: tuple[Span, ...]
    where: int


@dataclass(frozen=True, slots=True)
class Note:
    """What to write beside a quote: short lines, the speaker first. ``editor`` is "" for the machine."""

    quote: str
    editor: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """All that the desk reads. ``sections`` are the parts that a document is to have, in this order, and
    ``titles`` what the house calls some of them. The records of the smaller parts (``facts`` to ``remarks``,
    see ``toolkit.particulars``) are there only with their sections."""

    article: Article
    header: Header
    summary: tuple[Sentence, ...]
    summarised: str
    statements: tuple[Statement, ...]
    asides: tuple[Aside, ...]
    cast: tuple[Member, ...]
    named: tuple[Named, ...]
    lines: tuple[Line, ...]
    notes: tuple[Note, ...]
    facts: tuple[Fact, ...] = ()
    numbers: tuple[Number, ...] = ()
    dates: tuple[Dated, ...] = ()
    questions: tuple[Question, ...] = ()
    remarks: tuple[Remark, ...] = ()
    sections: tuple[Section, ...] = SECTIONS
    titles: tuple[tuple[Section, str], ...] = ()

    def heading(self, section: Section) -> str:
        """What a part is called."""
        return dict(self.titles).get(section) or HEADINGS[section]

    def gap(self, left: Span, right: Span) -> str:
        """What to write between words that stand apart in the article, or only a blank apart, or not."""
        if left.end == right.start:
            return ""
        return " … " if self.article.text[left.end : right.start].strip() else " "

    def text(self, span: Span) -> str:
        """The article's words of a span."""
        return self.article.text[span.start : span.end]


def brief(
    notes: Annotations,
    *,
    made: datetime | None = None,
    sections: Collection[Section] = SECTIONS,
    titles: Iterable[tuple[Section, str]] = (),
) -> Brief:
    """The brief of annotations, with its parts in the order of ``sections``. ``made`` says when, and is
    left out when it is not given. Without the section "article" nothing tells its paragraph, for
    there is none to look it up in."""
    sections = tuple(dict.fromkeys(sections))
    places = Paragraphs(notes.article.text if "article" in sections else "")
    quotes = kept_quotes(notes)
    said = tuple(q for q in quotes if q.kind != "scare")
    speakers = {s.id: s for s in notes.speakers}
    statements = {q.id: _statement(notes, q, [speakers[i] for i in q.speakers], places) for q in said}
    members, named = cast(notes, said)
    return Brief(
        article=notes.article,
        header=_header(notes, made),
        summary=tuple(Sentence(s, places.number(s.start)) for s in _sentences(notes)),
        summarised=_summarised(notes),
        statements=tuple(statements.values()),
        asides=tuple(Aside(q.id, q.content, _where(q, places)) for q in quotes if q.kind == "scare"),
        cast=members,
        named=named,
        lines=cut(notes, places),
        notes=tuple(_note(notes, q, statements.get(q.id)) for q in quotes),
        facts=facts(notes, places) if "points" in sections else (),
        numbers=numbers(notes, places) if "figures" in sections else (),
        dates=dates(notes, places) if "figures" in sections else (),
        questions=questions(notes, places) if "checks" in sections else (),
        remarks=remarks(notes, places) if "checks" in sections else (),
        sections=sections,
        titles=tuple(titles),
    )


def _header(notes: Annotations, made: datetime | None) -> Header:
    article = notes.article
    return Header(
        title=next((t for t in (article.headline, article.slug, article.source) if t.strip()), UNTITLED),
        headline=article.headline,
        slug=article.slug,
        byline=article.byline,
        dateline=article.dateline,
        published=date(article.published),
        embargo=date(article.embargo),
        source=article.source,
        language=_language(article.language),
        length=size(article.text),
        made=moment(made) if made else "",
        versions=_versions(notes.engine),
        note=desk_note(notes),
    )


def _language(code: str) -> str:
    known = languages.get(code)
    return known.name if known else MARKS_ALONE.format(UNDETERMINED if code in ("", "und") else code)


def _versions(engine: Engine) -> str:
    parts = (
        f"Newsdesk Toolkit {engine.toolkit}",
        f"spaCy {engine.spacy}" if engine.spacy else "",
        engine.model or "no language model",
    )
    return ", ".join(part for part in parts if part)


def _sentences(notes: Annotations) -> tuple[Span, ...]:
    return notes.summary.sentences if notes.summary else ()


def _summarised(notes: Annotations) -> str:
    summary = notes.summary
    if not summary:
        return ""
    length = size(" ".join(notes.text(s) for s in summary.sentences))
    told = f"{count(len(summary.sentences), 'sentence', 'sentences')}, {length}"
    return f"{told}; method {summary.method}, {_asked(summary.budget)}"


def _asked(budget: Budget) -> str:
    """ "at most 60 words"."""
    match budget.unit:
        case "percent":
            return f"at most {budget.amount}% of the words"
        case "line":
            return f"one sentence of at most {count(budget.amount, 'word', 'words')}"
    return f"at most {count(budget.amount, budget.unit[:-1], budget.unit)}"


def _statement(notes: Annotations, quote: Quote, speakers: list[Speaker], places: Paragraphs) -> Statement:
    standing: Standing = "named"
    if all(s.anonymous for s in speakers):
        standing = "unnamed" if speakers else "unknown"
    said_of = notes.text(quote.source) if standing == "unknown" else ""
    return Statement(
        quote=quote.id,
        content=quote.content,
        speaker="; ".join(notes.text(s) for s in speakers) or said_of,
        standing=standing,
        role="; ".join(filter(None, (_role(notes, s) for s in speakers))),
        kind=KINDS[quote.kind],
        cue="" if quote.kind == "direct" else notes.text(quote.cue),
        how=PROPOSED if is_proposed(quote) else HOW[quote.how],
        sure=_sure(quote),
        flags=tuple(FLAGS[flag] for flag in quote.flags),
        review=_review(quote),
        where=_where(quote, places),
    )


def origin_of_words(quote: Quote) -> str:
    """Where a quote's words are from; "" if an editor only told who speaks: then the words have their score
    still, and the speaker none."""
    return "" if quote.how == "editor" and quote.score is not None else quote.origin


def _sure(quote: Quote) -> str:
    """The lesser of two: that the words and their source are right, and that the name is. A probability is
    never shown as certainty, and what an editor decided is not weighed."""
    if quote.status == "confirmed" or quote.origin.startswith("editor:"):
        return ""
    scores = [score for score in (quote.score, quote.speaker_score) if score is not None]
    return f"{max(1, min(99, round(min(scores) * 100)))}%\u00a0sure" if scores else ""


def _role(notes: Annotations, speaker: Speaker) -> str:
    return ", ".join(notes.text(s) for s in (speaker.role, speaker.affiliation) if s)


def _where(quote: Quote, places: Paragraphs) -> int:
    return places.number(min(quote.content).start)


def _editor(quote: Quote) -> str:
    who, _, name = quote.origin.partition(":")
    return (name or AN_EDITOR) if who == "editor" else ""


def _review(quote: Quote) -> str:
    if editor := _editor(quote):
        return f"{'marked' if origin_of_words(quote) else 'confirmed'} by {editor}"
    return "confirmed" if quote.status == "confirmed" else ""


def _note(notes: Annotations, quote: Quote, row: Statement | None) -> Note:
    """What stands in the margin; ``row`` is None for words that are nobody's statement."""
    review = _review(quote) or "suggested by the machine, not checked"
    if row is None:
        return Note(quote.id, _editor(quote), (f"{KINDS[quote.kind]}, not a statement", review))
    who = {"named": "", "unnamed": "Unnamed: ", "unknown": "Unknown speaker" + (": " if row.speaker else "")}
    beside = " … ".join(notes.text(s) for s in _merged(notes, (*quote.cue, *quote.source)))
    lines = (
        who[row.standing] + row.speaker,
        row.role,
        "; ".join(filter(None, (row.kind, row.sure, row.how))),
        beside and f"Beside it: {beside}",
        "; ".join(row.flags),
        review,
    )
    return Note(quote.id, _editor(quote), tuple(line for line in lines if line))


def _merged(notes: Annotations, spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those with only blanks between them made one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and not notes.article.text[merged[-1].end : span.start].strip():
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged
