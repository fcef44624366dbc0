"""The domain: an article and what is known of it, as frozen records.

Every word that is shown or exported is ``article.text[span.start:span.end]``. Spans
count code points of a text that never changes after reading; ``sha256`` proves it.
The records check themselves when they are made; ``toolkit.schema`` carries them to other
programs, with ``schema`` as the version.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Literal, TypeAlias

from toolkit.decision import Edit
from toolkit.errors import InvalidNotes
from toolkit.spans import Span as Span

SCHEMA = 1

Label: TypeAlias = Literal["PERSON", "ORG", "PLACE", "GROUP", "FACILITY", "PRODUCT", "EVENT", "WORK", "LAW"]
QuoteKind: TypeAlias = Literal["direct", "mixed", "indirect", "scare"]
Act: TypeAlias = Literal["speech", "topic", "belief", "intention"]
Status: TypeAlias = Literal["suggested", "confirmed", "rejected"]
How: TypeAlias = Literal[
    "named", "surname", "pronoun", "role", "organisation", "continued", "unnamed", "unknown", "editor"
]
Flag: TypeAlias = Literal["unclosed", "altered", "split"]
FigureKind: TypeAlias = Literal["date", "time", "money", "percent", "quantity", "number", "relative"]
BudgetUnit: TypeAlias = Literal["sentences", "words", "percent", "line"]

AGAIN = "annotate the article again, or mend the file."

_PUBLISHED = re.compile(r"\d{4}(-\d\d(-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?)?)?\Z")

_DAY = r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"
_DATE = re.compile(rf"(?:{_DAY}(/{_DAY})?|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}T[0-2][0-9]:[0-5][0-9])\Z")


@dataclass(frozen=True, slots=True)
class Article:
    """A text and what its source tells of it.

    ``headline`` to ``embargo`` are the source's own metadata and may stand outside the
    text; empty when it does not tell. ``published`` and ``embargo`` are ISO 8601, as
    precise as known (``2025-03``). ``language`` is an ISO 639-1 code, or ``und``.
    ``source`` names where the article came from: a publisher, a file name, a URL.
    """

    text: str
    headline: str = ""
    byline: str = ""
    slug: str = ""
    dateline: str = ""
    published: str = ""
    embargo: str = ""
    language: str = "und"
    source: str = ""
    sha256: str = ""

    def __post_init__(self) -> None:
        for name in ("published", "embargo"):
            value = getattr(self, name)
            if value and not _PUBLISHED.match(value):
                raise InvalidNotes(
                    f"The article's {name} date {value!r} is not ISO 8601; write it as 2025-03-12."
                )
        for name in (f.name for f in fields(self)):
            try:
                getattr(self, name).encode("utf-8")
            except UnicodeEncodeError as error:
                raise InvalidNotes(
                    f"The article's {name} has half a character (a lone surrogate) at offset {error.start}; "
                    "let toolkit.read() replace it."
                ) from None
        digest = hashlib.sha256(self.text.encode("utf-8")).hexdigest()
        if self.sha256 and self.sha256 != digest:
            raise InvalidNotes(
                "The article's text does not match its sha256, so the offsets can't be trusted; "
                "annotate it again."
            )
        object.__setattr__(self, "sha256", digest)


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where the text names an entity. ``score`` is a probability, if there is one."""

    span: Span
    origin: str
    status: Status = "suggested"
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """A person or thing of the article; ``name`` is its fullest form in the text."""

    id: str
    label: Label
    name: Span
    mentions: tuple[Mention, ...]
    description: Span | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who says something in the article.

    ``name`` is the fullest name, or for an anonymous one the words that describe them
    ("a military spokesperson").
    """

    id: str
    name: Span
    role: Span | None = None
    affiliation: Span | None = None
    entity: str | None = None
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Something said, with its quotation marks, and who said it.

    ``content`` has several spans where the quotation is split around its cue or runs
    over paragraphs; ``cue`` are the words of saying and ``source`` the words that tell
    who, both as they stand beside the content. ``act`` tells statements from what somebody
    only talks about (topic), is said to believe or to intend. ``speakers`` are ids of the cast, empty
    when unknown; ``how`` tells by which reading they were found. ``score`` is the probability
    that content, cue and source are right, ``speaker_score`` that the speakers are.
    """

    id: str
    kind: QuoteKind
    content: tuple[Span, ...]
    act: Act = "speech"
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()
    speakers: tuple[str, ...] = ()
    how: How = "unknown"
    score: float | None = None
    origin: str = ""
    status: Status = "suggested"
    flags: tuple[Flag, ...] = ()
    speaker_score: float | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """What a figure comes to: ``value`` of ``unit``, up to ``upto`` for a range.

    ``unit`` is an ISO 4217 code for money, a symbol of the SI or an English noun in the
    singular for quantities, "%" for shares, and "" for what is only counted.
    """

    value: float
    unit: str = ""
    upto: float | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, an amount or a date in the text.

    A ``relative`` date is told from the day of the article or from another that the text
    tells of ("yesterday", "two years ago"). ``score`` is a probability, if there is one.

    ``measures`` are its values, several where the text gives it in several units ("160km (100
    miles)"), none where words give no number ("dozens"). ``qualifier`` is what the text makes of
    it ("at least"), ``counts`` what there are so many of ("hostages"). ``quote`` is the id of the
    statement that it stands in, None where no source was found. ``date`` is ISO 8601, as
    precise as known, or an interval ("2024-08-05/2024-08-11"); "" where it can't be told.
    """

    id: str
    kind: FigureKind
    span: Span
    origin: str = ""
    status: Status = "suggested"
    score: float | None = None
    measures: tuple[Measure, ...] = ()
    qualifier: Span | None = None
    counts: Span | None = None
    quote: str | None = None
    date: str = ""


@dataclass(frozen=True, slots=True)
class Budget:
    """How long a summary may be: ``amount`` sentences, at most ``amount`` words or percent of the
    article's words, or one line: a single sentence of at most ``amount`` words."""

    unit: BudgetUnit = "words"
    amount: int = 60


@dataclass(frozen=True, slots=True)
class Summary:
    """The sentences that carry the story, in the order of the text. An editor ``pinned`` some that
    are always among them, and ``dropped`` some that never are."""

    method: str
    sentences: tuple[Span, ...]
    budget: Budget
    pinned: tuple[Span, ...] = ()
    dropped: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Engine:
    """What made the annotations: versions, and the language model ("" when there is none)."""

    toolkit: str
    spacy: str
    model: str


Sayable: TypeAlias = "Span | Iterable[Span] | Mention | Entity | Speaker | Quote | Figure | Summary"


@dataclass(frozen=True, slots=True)
class Annotations:
    """An article and all that was found in it, in the order of the text, with the ``edits`` that are
    already in it."""

    article: Article
    engine: Engine
    sentences: tuple[Span, ...] = ()
    entities: tuple[Entity, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    quotes: tuple[Quote, ...] = ()
    figures: tuple[Figure, ...] = ()
    summary: Summary | None = None
    edits: tuple[Edit, ...] = ()
    schema: int = SCHEMA

    def __post_init__(self) -> None:
        length = len(self.article.text)
        for span in self._spans():
            if not 0 <= span.start < span.end <= length:
                raise InvalidNotes(
                    f"The span {span.start}-{span.end} lies outside the article's {length} characters; "
                    "these annotations belong to another text, so annotate this one again."
                )
        entities = _ids("entities", self.entities)
        speakers = _ids("speakers", self.speakers)
        quotes = _ids("quotes", self.quotes)
        _ids("figures", self.figures)
        for speaker in self.speakers:
            if speaker.entity is not None and speaker.entity not in entities:
                raise _dangling(f"Speaker {speaker.id}", f"entity {speaker.entity}")
        for quote in self.quotes:
            if not quote.content:
                raise InvalidNotes(f"Quote {quote.id} has no content; {AGAIN}")
            for name in quote.speakers:
                if name not in speakers:
                    raise _dangling(f"Quote {quote.id}", f"speaker {name}")
        for figure in self.figures:
            if figure.quote is not None and figure.quote not in quotes:
                raise _dangling(f"Figure {figure.id}", f"quote {figure.quote}")
            if not all(math.isfinite(n) for m in figure.measures for n in (m.value, m.upto or 0.0)):
                raise InvalidNotes(f"Figure {figure.id} has a value that is no number; {AGAIN}")
            if figure.date and not _DATE.match(figure.date):
                raise InvalidNotes(f"The date {figure.date!r} of figure {figure.id} is not ISO 8601; {AGAIN}")
        mentions = (m.score for e in self.entities for m in e.mentions)
        scores = (s for q in self.quotes for s in (q.score, q.speaker_score))
        for score in (*mentions, *scores, *(f.score for f in self.figures)):
            if score is not None and not 0 <= score <= 1:
                raise InvalidNotes(f"The score {score} is no probability; write 0 to 1, or null.")

    def _spans(self) -> Iterator[Span]:
        yield from self.sentences
        for entity in self.entities:
            yield entity.name
            yield from (m.span for m in entity.mentions)
            if entity.description:
                yield entity.description
        for speaker in self.speakers:
            yield from (s for s in (speaker.name, speaker.role, speaker.affiliation) if s)
        for quote in self.quotes:
            yield from (*quote.content, *quote.cue, *quote.source)
        for figure in self.figures:
            yield from (s for s in (figure.span, figure.qualifier, figure.counts) if s)
        if self.summary:
            yield from (*self.summary.sentences, *self.summary.pinned, *self.summary.dropped)
        for edit in self.edits:
            yield from (*edit.at, *edit.to)

    def text(self, thing: Sayable) -> str:
        """The article's own words for a span or a record; pieces are joined by " … "."""
        match thing:
            case Span():
                return self.article.text[thing.start : thing.end]
            case Entity() | Speaker():
                return self.text(thing.name)
            case Mention() | Figure():
                return self.text(thing.span)
            case Quote():
                return self.text(thing.content)
            case Summary():
                return " ".join(self.text(s) for s in thing.sentences)
        return " … ".join(self.text(s) for s in thing)

    def speaker(self, quote: Quote) -> str:
        """Who said it, in the article's words: names joined by "; ", "" when unknown."""
        cast = _cast(self.speakers)
        return "; ".join(self.text(cast[i]) for i in quote.speakers)


_latest: tuple[tuple[Speaker, ...], dict[str, Speaker]] = ((), {})


def _cast(speakers: tuple[Speaker, ...]) -> dict[str, Speaker]:
    """Speakers by their ids. Those of the last article are kept, for all its quotes are asked about in
    turn: made anew for each, the cast would cost the square of a long article."""
    global _latest
    known, cast = _latest
    if known is not speakers:
        cast = {speaker.id: speaker for speaker in speakers}
        _latest = speakers, cast
    return cast


def _dangling(what: str, at: str) -> InvalidNotes:
    return InvalidNotes(f"{what} points at {at}, which is missing; {AGAIN}")


def _ids(kind: str, records: Iterable[Entity | Speaker | Quote | Figure]) -> set[str]:
    """The ids of records, which must differ."""
    ids: set[str] = set()
    for record in records:
        if record.id in ids:
            raise InvalidNotes(f"Two {kind} have the id {record.id}; {AGAIN}")
        ids.add(record.id)
    return ids
