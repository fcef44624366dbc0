"""Figures: dates, times, amounts and numbers, where they stand and what they come to.

A spaCy component. Dates and money are taken from the encoder's marks, the rest is found by
rules, for which a language brings the words; of a language that the encoder doesn't read all
are. Without the encoder's marks where it should have read, for a language without such words,
or where a model marks figures itself, the figures are those that the language model marks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import TypeAlias

from spacy.language import Language as Pipeline
from spacy.tokens import Doc

from toolkit import languages, records
from toolkit.encoder.component import KEY as TAGS
from toolkit.figures.amounts import Amounts, Found
from toolkit.figures.context import told_in
from toolkit.figures.dating import dated
from toolkit.figures.grammar import Grammar, grammar
from toolkit.figures.values import values, whole
from toolkit.languages import Language
from toolkit.model import Figure, FigureKind, Span
from toolkit.paragraphs import paragraphs

FACTORY = "toolkit_figures"
ORIGIN = "machine:figures@1"

Mark: TypeAlias = tuple[int, int, str, float]  # start, end, label, probability

_OF_MODEL: dict[str, FigureKind] = {
    "DATE": "date", "TIME": "time", "MONEY": "money", "PERCENT": "percent", "QUANTITY": "quantity",
    "CARDINAL": "number",
}  # fmt: skip
_NAMES = frozenset({"PER", "ORG", "LOC"})  # of a model, where the encoder doesn't read
_OF_ENCODER: dict[str, FigureKind] = {"Date": "date", "Money": "money"}

# One character for one, so that offsets hold.
_PLAIN = str.maketrans({
    **dict.fromkeys("\t\r\x0b\x0c\xa0\u2007\u2009\u202f", " "),
    **dict.fromkeys("‐‑‒–−", "-"),
    **dict.fromkeys("‘’′`´", "'"),
    "％": "%",
})  # fmt: skip

# Addresses, handles, and numbers to dial.
_NO_TEXT = re.compile(
    r"\b(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w.-]+|(?<!\w)[@#]\w+"
    r"|(?<![\w.-])[\w-]{1,64}\.(?:com|org|net|info|gov)\b[\w./?=&%-]*"
    r"|(?<!\w)\+\d{1,3}(?:[ ()/.-]{1,2}\d{1,5}){2,6}(?!\w)"
    r"|(?<![\w/.,-])(?:\(0\d{1,4}\)|0\d{1,4})[ /-]\d{2,8}(?:[ -]\d{2,4}){0,3}(?!\w)"
    r"|(?<!\w)(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[.-]\d{4}(?!\w)"
    r"|(?<!\w)\d{13,}(?!\w)"
)


@Pipeline.factory(FACTORY, default_config={"language": ""}, assigns=["doc._.figures"])
def create_figures(nlp: Pipeline, name: str, language: str) -> FigureFinder:
    """``language`` is an ISO 639-1 code; empty means the pipeline's own."""
    return FigureFinder(language or nlp.lang or "und")


class FigureFinder:
    """Writes ``doc._.figures``."""

    def __init__(self, language: str) -> None:
        self.language = languages.get(language)

    def __call__(self, doc: Doc) -> Doc:
        records.store(doc, "figures", figures(doc, self.language))
        return doc


def figures(doc: Doc, language: Language | None) -> tuple[Figure, ...]:
    """The figures of a document, in order and without overlap.

    Of two that overlap the longer is taken, but never a number for a date or an amount of
    money that the encoder marks. What lies in a name is none. Whose words they are is known
    only where the quotes have been found before.
    """
    tags = doc.user_data.get(TAGS)
    text = doc.text  # spaCy joins the tokens anew each time that it is asked
    folded = _folded(text)
    found = [_of_model(e.start_char, e.end_char, e.label_) for e in doc.ents if e.label_ in _OF_MODEL]
    if language and language.figures and (not found if not language.encoder else tags is not None):
        rules = grammar(language.code)
        by_rules = [*_by_rules(doc, folded, rules)]
        marks = tags["entities"] if tags and language.encoder else _names_of_model(doc, by_rules)
        closed = ((*m.span(), "", 1.0) for m in rules.no_figure.finditer(folded))
        found = _parted(text, [*marks, *closed], by_rules)
    return _figures(doc, folded, language, whole(folded, language, found))


def _figures(doc: Doc, text: str, language: Language | None, found: Sequence[Found]) -> tuple[Figure, ...]:
    """The figures with all that is known of each. ``text`` is the document's, folded."""
    told = values(doc, text, language, found)
    quotes = told_in(doc._.quotes, [each.span for each in found])
    dates = dated(doc, text, language, found)
    return tuple(
        Figure(
            id=f"f{n}",
            kind=each.kind,
            span=each.span,
            origin=ORIGIN,
            score=each.score,
            measures=value.measures,
            qualifier=value.qualifier,
            counts=value.counts,
            quote=quote,
            date=date,
        )
        for n, (each, value, quote, date) in enumerate(zip(found, told, quotes, dates, strict=True), 1)
    )


def _of_model(start: int, end: int, label: str) -> Found:
    return Found(_OF_MODEL[label], Span(start, end))


def _names_of_model(doc: Doc, by_rules: Iterable[Found]) -> Iterator[Mark]:
    """The names that the model marks, but for those inside a figure: it takes "Lundi" for a place."""
    figures = sorted(found.span for found in by_rules)
    starts, ends = [f.start for f in figures], [*accumulate((f.end for f in figures), max)]
    for name in doc.ents:
        words = name.text.rstrip(".,;:!?)")
        span = Span(name.start_char, name.start_char + len(words))
        before = bisect_right(starts, span.start)
        inside = before and ends[before - 1] >= span.end
        if words and name.label_ in _NAMES and not inside:
            yield *span, name.label_, 1.0


def _by_rules(doc: Doc, text: str, rules: Grammar) -> Iterator[Found]:
    for kind, pattern in rules.phrases:
        for match in pattern.finditer(text):
            yield Found(kind, Span(*match.span()))
    yield from Amounts(doc, text, rules).found()


def _parted(text: str, marks: Sequence[Mark], by_rules: Iterable[Found]) -> list[Found]:
    """What stays where figures, names and addresses overlap."""
    closed, dated, taken = bytearray(len(text)), bytearray(len(text)), bytearray(len(text))
    for match in _NO_TEXT.finditer(text):
        _cover(closed, Span(*match.span()))
    for start, end, label, _ in marks:
        _cover(dated if label in _OF_ENCODER else closed, Span(start, end))
    found = [Found(_OF_ENCODER[m[2]], Span(*m[:2]), score=m[3]) for m in marks if m[2] in _OF_ENCODER]
    found += [
        each
        for each in by_rules
        if not _touches(closed, each.core or each.span)
        and not (each.kind == "number" and _touches(dated, each.span))
    ]
    kept = []
    for each in sorted(found, key=_worth):
        if not _touches(taken, each.span):
            _cover(taken, each.span)
            kept.append(each)
    return sorted(kept, key=lambda f: f.span)


def _worth(found: Found) -> tuple[int, bool, bool, bool, Span]:
    """The longest first. On the same words, "today" is relative even where the encoder marks a date."""
    length = found.span.end - found.span.start
    return -length, found.kind != "relative", found.score is None, found.kind == "number", found.span


def _cover(field: bytearray, span: Span) -> None:
    field[slice(*span)] = b"\1" * len(field[slice(*span)])


def _touches(field: bytearray, span: Span) -> bool:
    return field.find(1, *span) >= 0


def _folded(text: str) -> str:
    """The text, as long as before, with plain marks, and a blank where a line is only wrapped."""
    parts: list[str] = []
    at = 0
    for start, end in paragraphs(text):
        parts += (text[at:start], text[start:end].replace("\n", " "))
        at = end
    return "".join((*parts, text[at:])).translate(_PLAIN)
