"""Quotes or entities as CSV, for a spreadsheet: a row each, with offsets into the article's text.

UTF-8 with a byte order mark, without which Excel takes it for another encoding; lines end as RFC 4180
says. Kinds, labels and statuses are by the names of the model, as in the JSON of the command line;
``start`` and ``end`` count Unicode code points, and ``spans`` gives each piece as ``[start, end]``.

A cell that a spreadsheet could run as a formula gets an apostrophe before it. So does such a place
within a cell, behind what some spreadsheets take for the border of one. Offsets give the words without.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeAlias

from toolkit.brief import Statement, brief
from toolkit.model import Annotations, Quote, Span
from toolkit.runs import Paragraphs, kept_mentions

# A formula begins with one of these, in full width too, and blanks, quotation marks and what can't be seen
# before it don't help. Excel in many countries takes a semicolon for the border of cells, and then a
# cell's own quoting counts for nothing.
_FORMULA = re.compile(
    r"(?P<border>\A|[;\t\r\n])"
    r"(?=[\s\"\x00-\x20\x7f-\xa0\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]*[=+\-@＝＋－＠﹦﹢﹣﹫]|[\t\r])"
)
_QUOTES = (
    *("number", "kind", "act", "words", "cue", "source", "speaker", "standing", "role", "how"),
    *("score", "speaker_score", "status", "origin", "flags", "paragraph", "start", "end", "spans"),
)
_ENTITIES = (
    *("label", "name", "mentions", "confirmed", "paragraph", "start", "end"),
    *("description", "spans"),
)

Cell: TypeAlias = str | int


def render(notes: Annotations, made: datetime) -> bytes:
    """A row for each quote of the brief, in the order of the text, in its bytes.

    ``number`` is that of the statement in the other formats, and empty for words in quotation marks
    that nobody states. ``speaker`` is empty where it was not found; ``source`` tells what the text says.
    """
    content = brief(notes)
    numbered = {row.quote: (number, row) for number, row in enumerate(content.statements, 1)}
    quotes = {quote.id: quote for quote in notes.quotes}
    places = {aside.quote: aside.where for aside in content.asides}
    rows = []
    for note in content.notes:
        number, row = numbered.get(note.quote, ("", None))
        paragraph = row.where if row else places[note.quote]
        rows.append(_quote(notes, quotes[note.quote], number, row, paragraph))
    return _written(_QUOTES, rows)


def entities(notes: Annotations, made: datetime) -> bytes:
    """A row for each entity that has mentions left, in its bytes. ``confirmed`` counts the mentions that
    an editor confirmed; ``paragraph``, ``start`` and ``end`` are the first mention's."""
    places = Paragraphs(notes.article.text)
    rows = []
    for entity in notes.entities:
        if mentions := sorted(kept_mentions(entity), key=lambda mention: mention.span):
            spans = [mention.span for mention in mentions]
            rows.append(
                (
                    entity.label,
                    notes.text(entity),
                    len(mentions),
                    sum(mention.status == "confirmed" for mention in mentions),
                    places.number(spans[0].start),
                    *spans[0],
                    notes.text(entity.description) if entity.description else "",
                    _spans(spans),
                )
            )
    return _written(_ENTITIES, rows)


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return _FORMULA.sub(r"\g<border>'", text)


def _quote(
    notes: Annotations, quote: Quote, number: Cell, row: Statement | None, paragraph: int
) -> Sequence[Cell]:
    known = row is not None and row.standing != "unknown"
    return (
        number,
        quote.kind,
        quote.act,
        notes.text(quote),
        notes.text(quote.cue),
        notes.text(quote.source),
        row.speaker if row and known else "",
        row.standing if row else "",
        row.role if row else "",
        quote.how if row else "",
        _score(quote.score),
        _score(quote.speaker_score),
        quote.status,
        quote.origin,
        " ".join(quote.flags),
        paragraph,
        min(quote.content).start,
        max(piece.end for piece in quote.content),
        _spans(quote.content),
    )


def _score(score: float | None) -> str:
    return "" if score is None else f"{score:.3f}"


def _spans(spans: Iterable[Span]) -> str:
    return json.dumps([list(span) for span in spans])


def _written(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    page = io.StringIO(newline="")
    table = csv.writer(page, lineterminator="\r\n")
    table.writerow(heads)
    table.writerows([safe(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return page.getvalue().encode("utf-8-sig")
