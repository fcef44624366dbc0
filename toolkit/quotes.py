"""Quotations of an article: what was said, by which words, beside which source.

A spaCy component. Quotation marks settle the borders of direct speech, the encoder and its
linker (or, where none reads the language, the parse) find reporting clauses, and this is the
one place where the two are reconciled:

1. a clause whose content touches a quotation takes the whole of it;
2. a quotation that no clause has taken belongs to the cue beside it;
3. a free-standing one without a cue goes on from the statement before it;
4. a few words in marks that nobody says are scare quotes or a title.

Without a parse (a language with no model) only the marks are read. Source, cue and
content are those of Pareti, "A database of attribution relations" (LREC 2012).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from spacy.language import Language as Pipeline
from spacy.tokens import Doc, Token

from toolkit import languages, records
from toolkit.adjoining import adjoining, called_by
from toolkit.beside import Beside, cue_beside, embedding, inserted, is_called
from toolkit.encoder.component import tags_of
from toolkit.growing import grown
from toolkit.languages import Language
from toolkit.layout import Layout, merged, without
from toolkit.linking import probability
from toolkit.marks import Quotation, is_title
from toolkit.model import Act, Flag, Quote, QuoteKind, Span
from toolkit.reporting import Clause, clauses
from toolkit.settling import Taken, settle, stands_free, with_source
from toolkit.statements import statements
from toolkit.turns import exchanged, turns

FACTORY = "toolkit_quotes"
ORIGIN = "machine:quotes@2"

_ALTERED = re.compile(r"\[[^\]\n]*\]|\.\.\.|…|\. \. \.")
_SCARE_WORDS = 3


@dataclass(slots=True)
class _Draft:
    """A quote in the making; ``quotations`` are indices of the layout's."""

    act: Act
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    content: list[Span]
    quotations: list[int] = field(default_factory=list)
    score: float | None = None
    scare: bool = False
    verbatim: bool = False  # a turn of a transcript is direct speech without marks
    ends: bool = False  # "he did not suggest", 'called "…" by': nothing goes on from there


@Pipeline.factory(FACTORY, default_config={"language": ""}, assigns=["doc._.quotes"])
def create_quotes(nlp: Pipeline, name: str, language: str) -> QuoteFinder:
    """``language`` is an ISO 639-1 code; empty means the pipeline's own."""
    return QuoteFinder(language or nlp.lang or "und")


class QuoteFinder:
    """Writes ``doc._.quotes`` (records) and ``doc.spans["quotes"]`` (one span a piece)."""

    def __init__(self, language: str) -> None:
        self.language = languages.get(language)

    def __call__(self, doc: Doc) -> Doc:
        found = find_quotes(doc, self.language if doc.has_annotation("DEP") else None)
        records.store(doc, "quotes", found)
        return doc


def find_quotes(doc: Doc, language: Language | None) -> tuple[Quote, ...]:
    """The quotes of a document, in the order of their first words, speakers still empty.

    ``language`` is None where there is no parse to read.
    """
    return _Reading(doc, language).quotes()


class _Reading:
    """One document being read: which clauses and which quotations belong together."""

    def __init__(self, doc: Doc, language: Language | None) -> None:
        self.doc, self.language = doc, language
        self.layout = Layout(doc, language)
        self.text = self.layout.text
        self.drafts: list[_Draft] = []
        self.owner: dict[int, _Draft] = {}  # quotation -> the quote that it stands in
        self.exchanged = exchanged(self.layout)
        self.statements: dict[int, list[_Draft]] = defaultdict(list)  # paragraph -> what is said there

    def quotes(self) -> tuple[Quote, ...]:
        spoken = turns(self.layout)
        colons = {turn.cue for turn in spoken}
        if self.language is not None:
            read = [(c, score) for c, score in self._clauses(self.language) if c.cue not in colons]
            settled = settle(self.layout, [clause for clause, _ in read], self.language)
            for each in settled:
                draft = _Draft("speech", each.cue, each.source, [*each.content], ends=each.ends)
                self._keep(draft, each.quotations)
            fixed = [(*turn.cue, *turn.source, *turn.content) for turn in spoken]
            fixed += [(*f.cue, *f.source, *f.content) for f in settled if not f.shared]
            fixed += [(self.layout.quotations[i].span,) for i in self.exchanged]
            taken = Taken(self.text, (span for spans in fixed for span in spans))
            for clause, score in read:
                self._read_clause(taken.left(clause), score, self.language)
        for turn in spoken:
            free = [i for i in self.layout.touched(turn.content) if i not in self.owner]
            self._keep(_Draft("speech", turn.cue, turn.source, [*turn.content], verbatim=True), free)
        for i in range(len(self.layout.quotations)):
            if i not in self.owner:
                self._place(i)
        self.drafts.sort(key=lambda d: (min(d.content), d.cue, d.source))
        said = [d for d in self.drafts if any(_letters(self.text, *span) for span in d.content)]
        return tuple(self._record(f"q{n}", d) for n, d in enumerate(said, 1))

    # Reporting clauses

    def _clauses(self, language: Language) -> Iterator[tuple[Clause, float | None]]:
        """As the encoder marks them, or the parse alone where no encoder has read."""
        if (tags := tags_of(self.doc)) is not None:
            yield from statements(self.doc, tags, language)
        else:
            for clause in clauses(self.doc, language):
                yield clause, None

    def _read_clause(self, clause: Clause, score: float | None, language: Language) -> None:
        within = self.layout.quotation_at(clause.cue[0].start)
        if within is not None:
            if language.cue_in_quotation and within not in self.owner:
                self._read_insert(within, clause)
            return
        touched = self.layout.touched(clause.content)
        if not clause.content or not (clause.source or touched):
            return
        if touched and all(is_called(self.layout, i, language) for i in touched):
            return
        negated = _is_negated(self.doc[clause.verb])
        if negated:  # "He did not suggest revenge. “Our goal is …”"
            apart = {q.span for i in touched if stands_free(self.layout, q := self.layout.quotations[i])}
            kept = tuple(s for s in clause.content if s not in apart) or clause.content
            clause, touched = replace(clause, content=kept), self.layout.touched(kept)
        states_nothing = clause.frame == "deed" or not clause.source
        if states_nothing and touched and all(self._is_scare(i) for i in touched):
            return
        if self.text.startswith(language.not_said, clause.content[0].start):
            return
        act: Act = "speech" if touched and clause.act == "topic" else clause.act
        clause = with_source(self.layout, clause, language)
        draft = _Draft(act, clause.cue, clause.source, [], score=score, ends=negated)
        draft.content = self._without_asides(grown(self.layout, clause, touched, language))
        whole = [i for i in touched if any(s.contains(self.layout.quotations[i].span) for s in draft.content)]
        if draft.content:
            self._keep(draft, whole)

    def _read_insert(self, i: int, clause: Clause) -> None:
        verb = self.doc[clause.verb]
        if clause.act != "speech" or clause.frame != "clause" or "Inf" in verb.morph.get("VerbForm", []):
            return
        found = inserted(self.layout, i, verb, Beside(clause.cue, clause.source))
        if found and found.content:
            self._keep(_Draft("speech", found.cue, found.source, [*found.content]), [i])

    def _without_asides(self, spans: list[Span]) -> list[Span]:
        """ "Told “Fox News Sunday” that …", "“No,” he said of the “peace bridge”": a title or a few words
        in marks are no piece of what was said beside them."""
        apart = {self.layout.quotations[i].span for i in self.layout.touched(spans) if self._is_scare(i)}
        kept = [s for s in spans if s not in apart or self.text[: s.start].rstrip().endswith(",")]
        return kept or spans

    # Quotations that no clause has taken

    def _place(self, i: int) -> None:
        quotation = self.layout.quotations[i]
        if i and self.layout.quotations[i - 1].continues and i - 1 in self.owner:
            self._join(self.owner[i - 1], i)
            return
        if quotation.continues and i + 1 in self.owner:
            self._join(self.owner[i + 1], i)
            return
        if i in self.exchanged:
            self._keep(_Draft("speech", (), (), [quotation.span]), [i])
            return
        if is_title(self.text[slice(*quotation.inner)].split()) and not stands_free(self.layout, quotation):
            self._keep(_Draft("speech", (), (), [quotation.span], scare=True), [i])
            return
        chain = self._chain(i)
        if self.language and (called := called_by(self.layout, i, self.language)):
            self._take(called, [i], ends=True)
            return
        if beside := adjoining(self.layout, i, self.language):
            self._take(beside, [i])
            return
        for k in chain:  # over paragraphs the cue may stand with any of them
            if beside := cue_beside(self.layout, k, self.language):
                self._take(beside, chain)
                return
        free, scare = stands_free(self.layout, quotation), self._is_scare(i)
        in_clause = not free and not scare
        if in_clause and (around := embedding(self.layout, i, self.language)):
            self._take(around, [i])
            return
        if free and (before := self._goes_on_from(quotation)):
            self._join(before, i)
            return
        self._keep(_Draft("speech", (), (), [quotation.span], scare=scare), [i])

    def _take(self, found: Beside, quotations: list[int], *, ends: bool = False) -> None:
        spans = found.content or [self.layout.quotations[n].span for n in quotations]
        self._keep(_Draft("speech", found.cue, found.source, [*spans], ends=ends), quotations)

    def _chain(self, i: int) -> list[int]:
        """A quotation with those that continue it in the next paragraphs, as far as nobody has them."""
        chain = [i]
        for k in range(i + 1, len(self.layout.quotations)):
            if not self.layout.quotations[k - 1].continues or k in self.owner:
                break
            chain.append(k)
        return chain

    def _keep(self, draft: _Draft, quotations: Iterable[int]) -> None:
        self.drafts.append(draft)
        draft.quotations.extend(quotations)
        for i in draft.quotations:
            self.owner.setdefault(i, draft)
        if draft.act == "speech" and draft.cue:
            self.statements[self.layout.paragraph_number(draft.cue[0].start)].append(draft)

    def _join(self, draft: _Draft, i: int) -> None:
        """Makes a quotation part of a quote; the next one may then go on from here."""
        span = self.layout.quotations[i].span
        draft.content.append(span)
        draft.quotations.append(i)
        self.owner[i] = draft
        here = self.statements[self.layout.paragraph_number(span.start)]
        if draft.cue and (not here or here[-1] is not draft):
            here.append(draft)

    def _goes_on_from(self, quotation: Quotation) -> _Draft | None:
        """The statement that a free-standing quotation continues: the last one before it in
        its paragraph, or, at the head of a paragraph, a quoted one in the paragraph before."""
        start = quotation.span.start
        here = self.layout.paragraph_number(start)
        if start > self.layout.paragraphs[here].start:
            before = [
                d
                for d in self.statements.get(here, ())
                if d.cue[0].start < start and min(d.content).start < start and not d.ends
            ]
            return max(before, key=lambda d: _last_place(d, start), default=None)
        if here == 0:
            return None
        edge = self.layout.paragraphs[here - 1].start
        quoted = [
            d
            for d in self.statements.get(here - 1, ())
            if not d.ends and any(self.layout.quotations[k].span.start >= edge for k in d.quotations)
        ]
        return max(quoted, key=lambda d: max(d.content), default=None)

    def _is_scare(self, i: int) -> bool:
        """A title, or a few words in marks inside a sentence that is no quotation."""
        words = self.text[slice(*self.layout.quotations[i].inner)].split()
        few = len(words) <= _SCARE_WORDS and not stands_free(self.layout, self.layout.quotations[i])
        return few or is_title(words)

    # Records

    def _record(self, name: str, draft: _Draft) -> Quote:
        cue = self._within_paragraph(draft.cue)
        source = self._within_paragraph(s for span in draft.source for s in without(self.text, span, cue))
        said = (s for span in merged(draft.content) for s in without(self.text, span, (*cue, *source)))
        content = tuple(piece for span in said for piece in self.layout.by_paragraph(span))
        kind: QuoteKind = "scare" if draft.scare else "direct" if draft.verbatim else self._kind(content)
        return Quote(
            id=name,
            kind=kind,
            act=draft.act,
            content=content,
            cue=cue,
            source=source,
            origin=ORIGIN,
            score=None if draft.score is None else probability(kind, draft.score),
            flags=self._flags(draft, content),
        )

    def _within_paragraph(self, spans: Iterable[Span]) -> tuple[Span, ...]:
        """Cue and source end where the paragraph ends in which they begin."""
        return tuple(self.layout.by_paragraph(span)[0] for span in spans)

    def _kind(self, content: tuple[Span, ...]) -> QuoteKind:
        """Direct when all letters stand between marks, indirect when none do."""
        inside = outside = 0
        for span in content:
            marks = [self.layout.quotations[i].span for i in self.layout.touched([span])]
            within = sum(_letters(self.text, max(m.start, span.start), min(m.end, span.end)) for m in marks)
            inside, outside = inside + within, outside + _letters(self.text, *span) - within
        if not inside:
            return "indirect"
        return "mixed" if outside else "direct"

    def _flags(self, draft: _Draft, content: tuple[Span, ...]) -> tuple[Flag, ...]:
        quotations = [self.layout.quotations[i] for i in draft.quotations]
        found: dict[Flag, bool] = {
            "unclosed": any(not q.closed for q in quotations),
            "altered": any(_ALTERED.search(self.text, *q.inner) for q in quotations),
            "split": any(self.text[a.end : b.start].strip() for a, b in pairwise(content)),
        }
        return tuple(flag for flag, holds in found.items() if holds)


def _is_negated(verb: Token) -> bool:
    return any("Neg" in t.morph.get("Polarity", []) for t in verb.children)


def _last_place(draft: _Draft, before: int) -> int:
    return max(draft.cue[0].start, *(s.start for s in draft.content if s.start < before))


def _letters(text: str, start: int, end: int) -> int:
    return sum(c.isalnum() for c in text[start:end])
