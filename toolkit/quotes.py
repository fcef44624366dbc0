"""Quotations of an article: what was said, by which words, beside which source.

A spaCy component. Quotation marks settle the borders of direct speech, the parse finds
reporting clauses, and this is the one place where the two are reconciled:

1. a clause whose content touches a quotation takes the whole of it;
2. a free-standing quotation takes the cue beside it ('"…," he said', 'he said: "…"');
3. one without a cue goes on from the quotation or the statement before it;
4. a word or two in marks that nobody says are scare quotes or a title.

Without a parse (a language with no model) only the marks are read. Works of the field
that this follows: Pareti (2012) on source, cue and content; Krestel et al. (2008) on
reporting verbs.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from spacy.language import Language as Pipeline
from spacy.tokens import Doc, Token

from toolkit import languages, records
from toolkit.languages import Language
from toolkit.marks import Quotation, quotations
from toolkit.model import Act, Flag, Quote, QuoteKind, Span
from toolkit.paragraphs import paragraphs
from toolkit.reporting import Clause, clauses, cue_span, noun_phrase_span, subject_of

ORIGIN = "machine:quotes@1"

_TRANSCRIPT = re.compile(r"[\"“]?(?P<name>[A-Z][A-Z.'’\-]+(?: [A-Z][A-Z.'’\-]+){0,3})(?P<cue>:)\s+(?=\S)")
_SIGNED = re.compile(r"\s*(?P<cue>[-–—―]{1,2})\s*(?P<name>[^\W\d_][^,;:!?\n“”\"]{2,60}?)\.?[^\S\n]*(?=[,\n]|\Z)")
_ALTERED = re.compile(r"\[[^\]\n]*\]|\.\.\.|…|\. \. \.")
_SCARE_WORDS = 3
_NOMINAL = ("NOUN", "PROPN", "PRON")


@dataclass(slots=True)
class _Draft:
    """A quote in the making."""

    act: Act
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    content: list[Span]
    marks: list[int] = field(default_factory=list)
    scare: bool = False


@Pipeline.factory("toolkit_quotes", default_config={"language": ""}, assigns=["doc._.quotes"])
def create_quotes(nlp: Pipeline, name: str, language: str) -> QuoteFinder:
    """``language`` is an ISO 639-1 code; empty means the pipeline's own."""
    return QuoteFinder(language or nlp.lang)


class QuoteFinder:
    """Writes ``doc._.quotes`` (records) and ``doc.spans["quotes"]`` (one span a piece)."""

    def __init__(self, language: str) -> None:
        self.language = languages.get(language)

    def __call__(self, doc: Doc) -> Doc:
        found = find_quotes(doc, self.language if doc.has_annotation("DEP") else None)
        records.store(doc, "quotes", found)
        return doc


def find_quotes(doc: Doc, language: Language | None) -> tuple[Quote, ...]:
    """The quotes of a document, in the order of their first words, speakers still empty."""
    return _Reading(doc, language).quotes()


class _Reading:
    """One document being read: its marks, its clauses, and which of them belong together."""

    def __init__(self, doc: Doc, language: Language | None) -> None:
        self.doc, self.language, self.text = doc, language, doc.text
        dashes = language is not None and language.dialogue_dash
        found = quotations(self.text, dialogue_dash=dashes)
        self.marks = [q for q in found if any(c.isalnum() for c in self.text[slice(*q.inner)])]
        self.mark_starts = [q.span.start for q in self.marks]
        self.paragraphs = paragraphs(self.text)
        self.paragraph_starts = [p.start for p in self.paragraphs]
        self.token_starts = [t.idx for t in doc]
        self.drafts: list[_Draft] = []
        self.owner: dict[int, _Draft] = {}  # quotation -> the quote that it stands in

    def quotes(self) -> tuple[Quote, ...]:
        self.bare: list[Clause] = []
        if self.language is not None:
            self._read_clauses(self.language)
        self._read_transcripts()
        for i in range(len(self.marks)):
            if i not in self.owner:
                self._place(i)
        drafts = [d for d in self.drafts if d.content]
        drafts.sort(key=lambda d: (min(d.content), d.cue))
        return tuple(self._record(f"q{n}", d) for n, d in enumerate(drafts, 1))

    # Step 1: clauses of the parse

    def _read_clauses(self, language: Language) -> None:
        for clause in clauses(self.doc, language):
            if (within := self._mark_at(clause.cue[0].start)) is not None:
                if language.cue_in_quotation and within not in self.owner:
                    self._part_quotation(within, clause)
                continue
            touched = self._touched(clause.content)
            if not clause.content:
                if clause.source:
                    self.bare.append(clause)
                continue
            if not clause.source and not touched:
                continue
            source = clause.source
            if not source:
                verb = self.doc[clause.verb]
                noun = self._noun_beside(verb, {t.i for t in verb.sent if self._mark_at(t.idx) is None})
                source = self._source_of(noun) if noun is not None else ()
            draft = _Draft(clause.act, clause.cue, source, [])
            draft.content = self._snapped(clause, touched)
            self._keep(draft, [i for i in touched if self._speaks_whole(i, draft)])

    def _part_quotation(self, i: int, clause: Clause) -> None:
        """« Nous irons, a-t-elle dit, demain »: the content stands on both sides of the cue."""
        mark, source = self.marks[i], clause.source
        if not source:
            noun = self._noun_beside(self.doc[clause.verb], {t.i for t in self._tokens(*mark.inner)})
            source = noun_phrase_span(noun) if noun is not None else ()
        if clause.act != "speech" or clause.frame != "clause" or not source:
            return
        pieces = (*source, *clause.cue)
        hole = Span(min(s.start for s in pieces), max(s.end for s in pieces))
        lead, tail = self.text[mark.inner.start : hole.start].rstrip(), self.text[hole.end : mark.span.end].lstrip()
        if hole.end - hole.start > 150 or lead[-1:] not in tuple(",?!…") or (tail and tail[0] not in ",.?!…:»"):
            return
        content = _without(mark.span, [hole], self.text)
        self._keep(_Draft("speech", clause.cue, source, content), [i])

    def _touched(self, content: Iterable[Span]) -> list[int]:
        hits: list[int] = []
        for span in content:
            first = max(bisect_right(self.mark_starts, span.start) - 1, 0)
            for i in range(first, len(self.marks)):
                if self.marks[i].span.start >= span.end:
                    break
                if self.marks[i].span.overlaps(span):
                    hits.append(i)
        return hits

    def _snapped(self, clause: Clause, touched: list[int]) -> list[Span]:
        """The clause's content, grown to the whole of each quotation it touches."""
        spans = [*clause.content]
        for i in touched:
            mark = self.marks[i].span
            spans = [
                Span(min(s.start, mark.start), max(s.end, mark.end)) if s.overlaps(mark) else s for s in spans
            ]
        spans = [self._with_tail(s) for s in spans]
        fixed = (*clause.cue, *clause.source)
        return _merged(piece for span in spans for piece in _without(span, fixed, self.text))

    def _with_tail(self, span: Span) -> Span:
        """With the quotation that follows it at once in the same sentence: he had spent his life “fighting. …”"""
        i = bisect_left(self.mark_starts, span.end)
        if i < len(self.marks) and self._paragraph(span.start).contains(self.marks[i].span):
            between = self.text[span.end : self.marks[i].span.start]
            if between in (" ", "\u00a0") and self.text[span.end - 1].isalnum() and self.text[self.marks[i].inner.start].islower():
                return Span(span.start, self.marks[i].span.end)
        return span

    def _speaks_whole(self, i: int, draft: _Draft) -> bool:
        return any(span.contains(self.marks[i].span) for span in draft.content)

    # Step 2 and 3: quotations beside a cue, or going on from what stands before

    def _read_transcripts(self) -> None:
        for paragraph in self.paragraphs:
            if match := _TRANSCRIPT.match(self.text, *paragraph):
                content = Span(match.end(), paragraph.end)
                draft = _Draft("speech", (Span(*match.span("cue")),), (Span(*match.span("name")),), [content])
                self._keep(draft, [i for i in self._touched([content]) if i not in self.owner])

    def _place(self, i: int) -> None:
        mark = self.marks[i]
        paragraph = self._paragraph(mark.span.start)
        if i and self.marks[i - 1].continues and i - 1 in self.owner:
            self._join(self.owner[i - 1], i)
            return
        if draft := self._signed(i, paragraph) or self._cue_after(i, paragraph) or self._cue_before(i, paragraph):
            draft.content.append(mark.span)
            self._keep(draft, [i])
            return
        free = self._stands_free(mark, paragraph)
        words = len(self.text[slice(*mark.inner)].split())
        if not free and words > _SCARE_WORDS and (embedded := self._embedding(i, paragraph)):
            self._keep(embedded, [i])
            return
        if free and (before := self._goes_on_from(i, paragraph)):
            self._join(before, i)
            return
        self._keep(_Draft("speech", (), (), [mark.span], scare=not free), [i])

    def _keep(self, draft: _Draft, marks: list[int]) -> None:
        self.drafts.append(draft)
        draft.marks.extend(marks)
        for i in marks:
            self.owner.setdefault(i, draft)

    def _join(self, draft: _Draft, i: int) -> None:
        draft.content.append(self.marks[i].span)
        draft.marks.append(i)
        self.owner[i] = draft

    def _signed(self, i: int, paragraph: Span) -> _Draft | None:
        """“…” — Carla Sanchez"""
        mark = self.marks[i]
        match = _SIGNED.match(self.text, mark.span.end)
        if not match or not match["name"][0].isupper():
            return None
        words = match["name"].split()
        if len(words) > 6 or not words[-1][0].isupper():
            return None
        return _Draft("speech", (Span(*match.span("cue")),), (_stripped(self.text, Span(*match.span("name"))),), [])

    def _cue_after(self, i: int, paragraph: Span) -> _Draft | None:
        """ "…," he said: a cue and its source between the quotation and the end of the sentence."""
        if self.language is None:
            return None
        mark = self.marks[i]
        tokens = self._tokens_after(i, paragraph)
        if not tokens:
            return None
        last = self.text[mark.inner.start : mark.inner.end].rstrip("’'\" ")[-1:]
        after_comma = last in ",–—-" or tokens[0].text in ",–—-" or (last in "?!…" and tokens[0].text[:1].islower())
        if last in ".?!…" and not after_comma and len(tokens) > 9:
            return None
        return self._cue_among(tokens, lenient=after_comma)

    def _cue_before(self, i: int, paragraph: Span) -> _Draft | None:
        """He said: "…", he said, "…" or he said "…"."""
        mark = self.marks[i]
        tokens = self._tokens_before(i, paragraph)
        if self.language is None or not tokens:
            return None
        last = tokens[-1].text
        if last not in (",", ":") and not self.text[mark.inner.start].isupper():
            return None
        draft = self._cue_among(tokens[::-1], lenient=last == ":")
        if draft is None and last == ":":
            colon = Span(tokens[-1].idx, tokens[-1].idx + 1)
            subject = next((s for t in tokens if (s := self._subject(t)) is not None), None)
            draft = _Draft("speech", (colon,), noun_phrase_span(subject) if subject is not None else (), [])
        return draft

    def _embedding(self, i: int, paragraph: Span) -> _Draft | None:
        """He promised to end “the …”: a quotation within a clause that the parse did not see as content."""
        tokens = self._tokens_before(i, paragraph)
        if self.language is None or (draft := self._cue_among(tokens[::-1], lenient=False)) is None:
            return None
        start = next((t.idx for t in tokens if t.idx >= draft.cue[-1].end), self.marks[i].span.start)
        fixed = (*draft.cue, *draft.source)
        draft.content = _without(Span(start, self.marks[i].span.end), fixed, self.text)
        return draft

    def _cue_among(self, tokens: list[Token], *, lenient: bool) -> _Draft | None:
        """The first verb of saying among the tokens that has a source there; ``lenient``
        takes any verb, since a comma or a colon beside a quotation says as much."""
        assert self.language is not None
        inside = {t.i for t in tokens}
        spare: Token | None = None
        for token in tokens:
            if token.pos_ not in ("VERB", "AUX"):
                continue
            frames = self.language.cues.get(token.lemma_.lower(), {})
            if frames.get("clause") != "speech" and "speech" not in frames.values():
                if token.pos_ == "VERB" and spare is None:
                    spare = token
                continue
            if draft := self._draft_for(token, inside):
                return draft
        return self._draft_for(spare, inside) if lenient and spare is not None else None

    def _draft_for(self, verb: Token, inside: set[int]) -> _Draft | None:
        assert self.language is not None
        subject = subject_of(verb, self.language)
        if subject is None or not self._may_speak(subject, verb):
            subject = self._noun_beside(verb, inside)
        if subject is None or subject.lower_ in self.language.no_source:
            return None
        return _Draft("speech", cue_span(verb, self.language), self._source_of(subject), [])

    def _may_speak(self, subject: Token, verb: Token) -> bool:
        """A subject in the cue's own sentence and outside quotation marks."""
        between = self._paragraph(verb.idx)
        return between.start <= subject.idx < between.end and self._mark_at(subject.idx) is None

    def _source_of(self, subject: Token) -> tuple[Span, ...]:
        """The noun phrase, without a quotation that the parse hangs on it."""
        spans = noun_phrase_span(subject)
        pieces = [p for s in spans for p in _without(s, [self.marks[i].span for i in self._touched([s])], self.text)]
        return tuple(p for p in pieces if p.start <= subject.idx < p.end)[:1]

    def _noun_beside(self, verb: Token, inside: set[int]) -> Token | None:
        """Where the parse has no subject: the noun before the verb, over an appositive
        ("Warren, a spokesman in Baghdad, said"), or behind it ("said Hyder")."""
        doc, i = verb.doc, verb.i - 1
        if i in inside and doc[i].text == ",":
            comma = next((k for k in range(i - 1, max(i - 20, 0), -1) if k in inside and doc[k].text == ","), i)
            i = comma - 1
        while i in inside and doc[i].pos_ in ("ADV", "AUX"):
            i -= 1
        if i in inside and doc[i].pos_ in _NOMINAL:
            return doc[i]
        i = verb.i + 1
        while i in inside and not doc[i].is_punct:
            if doc[i].pos_ in _NOMINAL:
                while i + 1 in inside and doc[i + 1].pos_ in ("NOUN", "PROPN"):
                    i += 1
                return doc[i]
            i += 1
        return None

    def _subject(self, token: Token) -> Token | None:
        assert self.language is not None
        return token if token.dep_ in self.language.syntax.subject else None

    def _goes_on_from(self, i: int, paragraph: Span) -> _Draft | None:
        """The quote or statement that a free-standing quotation without a cue continues."""
        mark = self.marks[i]
        before = [d for d in self.drafts if d.act == "speech" and d.cue and not d.scare and d.content]
        if mark.span.start == paragraph.start:
            return self._from_paragraph_before(i, paragraph, before)
        here = [
            d
            for d in before
            if d.cue[0].start >= paragraph.start and min(d.content).start < mark.span.start and d.cue[0].start < mark.span.start
        ]
        if here:
            return max(here, key=lambda d: max(d.cue[0].start, *(s.start for s in d.content if s.start < mark.span.start)))
        return None

    def _from_paragraph_before(self, i: int, paragraph: Span, before: list[_Draft]) -> _Draft | None:
        at = bisect_left(self.paragraph_starts, paragraph.start) - 1
        if at < 0:
            return None
        previous = self.paragraphs[at]
        spoken = [d for d in before if previous.start <= d.cue[0].start < previous.end or any(previous.overlaps(s) for s in d.content)]
        quoted = [d for d in spoken if any(self.marks[k].span.start >= previous.start for k in d.marks)]
        if quoted:
            return max(quoted, key=lambda d: max(d.content))
        return None

    def _stands_free(self, mark: Quotation, paragraph: Span) -> bool:
        """Whether a quotation is a sentence of its own, not words inside another sentence."""
        words = self.text[mark.inner.start : mark.inner.end].split()
        lead = self.text[paragraph.start : mark.span.start].rstrip()
        begins = not lead or lead[-1] in ".!?:…”\"»" or lead.endswith((".”", '."'))
        ends = self.text[mark.inner.end - 1] in ".!?…,—–-" or self.text[mark.span.end : mark.span.end + 1] in (".", ",", "?", "!")
        whole = begins and (ends or mark.span.end >= paragraph.end or mark.continues)
        return whole and (len(words) > 1 or not mark.closed)

    # Geometry

    def _mark_at(self, offset: int) -> int | None:
        i = bisect_right(self.mark_starts, offset) - 1
        return i if i >= 0 and offset < self.marks[i].span.end else None

    def _paragraph(self, offset: int) -> Span:
        return self.paragraphs[max(bisect_right(self.paragraph_starts, offset) - 1, 0)]

    def _tokens(self, start: int, end: int) -> list[Token]:
        first, stop = bisect_left(self.token_starts, start), bisect_left(self.token_starts, end)
        return [t for t in self.doc[first:stop] if not t.is_space]

    def _tokens_after(self, i: int, paragraph: Span) -> list[Token]:
        """From the quotation to the end of its sentence or the next quotation."""
        stop = self.marks[i + 1].span.start if i + 1 < len(self.marks) else len(self.text)
        tokens: list[Token] = []
        for token in self._tokens(self.marks[i].span.end, min(stop, paragraph.end, self.marks[i].span.end + 600)):
            if token.text in (".", "!", "?", ";"):
                break
            tokens.append(token)
        return tokens

    def _tokens_before(self, i: int, paragraph: Span) -> list[Token]:
        """From the beginning of the quotation's sentence, or the quotation before, to the quotation."""
        start = self.marks[i].span.start
        edge = max(paragraph.start, self.marks[i - 1].span.end if i else 0, start - 600)
        tokens: list[Token] = []
        for token in reversed(self._tokens(edge, start)):
            if token.text in (".", "!", "?"):
                break
            tokens.append(token)
        return tokens[::-1]

    # Records

    def _record(self, name: str, draft: _Draft) -> Quote:
        content = tuple(piece for span in _merged(draft.content) for piece in self._by_paragraph(span))
        return Quote(
            id=name,
            kind="scare" if draft.scare else self._kind(content),
            act=draft.act,
            content=content,
            cue=draft.cue,
            source=draft.source,
            origin=ORIGIN,
            flags=self._flags(draft, content),
        )

    def _by_paragraph(self, span: Span) -> list[Span]:
        first = bisect_right(self.paragraph_starts, span.start) - 1
        last = bisect_left(self.paragraph_starts, span.end)
        if last - first <= 1:
            return [span]
        cut = [Span(max(p.start, span.start), min(p.end, span.end)) for p in self.paragraphs[max(first, 0) : last]]
        return [s for s in cut if s.start < s.end]

    def _kind(self, content: tuple[Span, ...]) -> QuoteKind:
        inside = outside = 0
        for span in content:
            quoted = [self.marks[i].span for i in self._touched([span])]
            letters = sum(c.isalnum() for c in self.text[slice(*span)])
            within = sum(
                c.isalnum() for q in quoted for c in self.text[max(q.start, span.start) : min(q.end, span.end)]
            )
            inside, outside = inside + within, outside + letters - within
        if not inside:
            return "indirect"
        return "direct" if not outside else "mixed"

    def _flags(self, draft: _Draft, content: tuple[Span, ...]) -> tuple[Flag, ...]:
        flags: list[Flag] = []
        marks = [self.marks[i] for i in draft.marks]
        if any(not m.closed for m in marks):
            flags.append("unclosed")
        if any(_ALTERED.search(self.text, *m.inner) for m in marks):
            flags.append("altered")
        if any(self.text[a.end : b.start].strip() for a, b in pairwise(content)):
            flags.append("split")
        return tuple(flags)


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _without(span: Span, holes: Iterable[Span], text: str) -> list[Span]:
    """What is left of a span outside the holes."""
    pieces, at = [], span.start
    for hole in sorted(h for h in holes if h.overlaps(span)):
        if hole.start > at:
            pieces.append(Span(at, hole.start))
        at = max(at, hole.end)
    if at < span.end:
        pieces.append(Span(at, span.end))
    return [s for p in pieces for s in [_stripped(text, p)] if any(c.isalnum() for c in text[slice(*s)])]


def _stripped(text: str, span: Span) -> Span:
    """Without the blanks and commas at its ends."""
    start, end = span
    while start < end and (text[start].isspace() or text[start] in ",;:.–—"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:–—"):
        end -= 1
    return Span(start, end)
