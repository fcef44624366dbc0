"""Annotations of the first sample article, made by hand: what a careful editor would mark.

For tests of what comes after the pipeline. Words are found in the text, so offsets stay true.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from toolkit.model import (
    Annotations,
    Article,
    Budget,
    Engine,
    Entity,
    Label,
    Mention,
    Quote,
    Span,
    Speaker,
    Summary,
)

SAMPLE = Path(__file__).parent.parent / "sample_articles" / "jaffar-express.txt"
TEXT = SAMPLE.read_text(encoding="utf-8")
MACHINE = "machine:quotes@0.1.0"

_NAMES: tuple[tuple[Label, tuple[str, ...]], ...] = (
    ("PERSON", ("Kamal Hyder", "Hyder")),
    ("PERSON", ("Jeeyand Baloch",)),
    ("ORG", ("Balochistan Liberation Army", "BLA")),
    ("ORG", ("Al Jazeera",)),
    ("FACILITY", ("Quetta railway station",)),
    ("PLACE", ("Quetta",)),
    ("PLACE", ("Peshawar",)),
    ("PLACE", ("Khyber Pakhtunkhwa",)),
    ("PLACE", ("Sibi",)),
    ("PLACE", ("Pakistan",)),
    ("PLACE", ("Balochistan",)),
    ("PLACE", ("US",)),
    ("PLACE", ("Iran",)),
    ("PLACE", ("Afghanistan",)),
    ("PLACE", ("Punjab",)),
    ("PLACE", ("Bolan",)),
    ("GROUP", ("Baloch people", "Baloch separatists")),
    ("PRODUCT", ("Jaffar Express",)),
)


def span(words: str, after: str = "") -> Span:
    """Where words stand, first or first after other words."""
    start = TEXT.index(words, TEXT.index(after) if after else 0)
    return Span(start, start + len(words))


def stretch(first: str, last: str) -> Span:
    """From some words to the next words that follow them, both included."""
    return Span(span(first).start, span(last, first).end)


def _entities() -> tuple[Entity, ...]:
    taken: list[Span] = []
    entities = []
    for number, (label, forms) in enumerate(_NAMES):
        found = []
        for form in forms:
            start = -1
            while (start := TEXT.find(form, start + 1)) >= 0:
                here = Span(start, start + len(form))
                after = TEXT[here.end : here.end + 1]
                if not after.isalpha() and not any(here.overlaps(other) for other in taken):
                    taken.append(here)
                    found.append(here)
        mentions = tuple(Mention(s, "machine:entities@0.1.0", score=0.93) for s in sorted(found))
        name = next(s for s in found if TEXT[s.start : s.end] == forms[0])
        entities.append(Entity(f"e{number}", label, name, mentions))
    return tuple(entities)


def jaffar_express() -> Annotations:
    """Six statements by five sources, two of them unnamed and one unknown; and one scare quote."""
    return Annotations(
        article=Article(
            TEXT,
            slug="jaffar-express",
            published="2025-03",
            language="en",
            source="Al Jazeera",
        ),
        engine=Engine("0.1.0", "3.8.7", "en_core_web_sm 3.8.0"),
        entities=_entities(),
        speakers=(
            Speaker("s1", span("A military spokesperson"), anonymous=True),
            Speaker("s2", span("security sources"), anonymous=True),
            Speaker(
                "s3",
                span("Jeeyand Baloch"),
                role=span("Spokesman"),
                affiliation=span("Balochistan Liberation Army"),
                entity="e1",
            ),
            Speaker("s4", span("Kamal Hyder"), affiliation=span("Al Jazeera", "said Al"), entity="e0"),
            Speaker("s5", span("BLA", "The BLA took"), entity="e2"),
        ),
        quotes=(
            Quote(
                "q1",
                "indirect",
                (stretch("the rescue operation", "attackers were killed"),),
                cue=(span("said"),),
                source=(span("A military spokesperson"),),
                speakers=("s1",),
                how="unnamed",
                score=0.91,
                origin=MACHINE,
            ),
            Quote(
                "q2",
                "indirect",
                (stretch("At least 27 hostages", "the standoff"),),
                cue=(span("told"),),
                source=(span("security sources"),),
                speakers=("s2",),
                how="unnamed",
                score=0.88,
                origin=MACHINE,
            ),
            Quote(
                "q3",
                "indirect",
                (stretch("the group was ready", "jailed fighters"),),
                cue=(span("had said"),),
                source=(span("Spokesman Jeeyand Baloch"),),
                speakers=("s3",),
                how="named",
                score=0.94,
                origin=MACHINE,
                status="confirmed",
            ),
            Quote("q4", "scare", (span("“terrorist”"),), origin=MACHINE),
            Quote(
                "q5",
                "direct",
                (stretch("“The army has", "security risk,”"),),
                cue=(span("said", "risk,”"),),
                source=(span("Al Jazeera’s Kamal Hyder"),),
                speakers=("s4",),
                how="named",
                score=0.996,
                origin=MACHINE,
                flags=("altered",),
            ),
            Quote(
                "q6",
                "direct",
                (stretch("“People would like", "their concerns,”"),),
                cue=(span("said", "concerns,”"),),
                source=(span("Hyder", "concerns,”"),),
                speakers=("s4",),
                how="surname",
                score=0.97,
                origin=MACHINE,
            ),
            Quote(
                "q7",
                "indirect",
                (span("responsibility for that attack, in which at least 30 people were killed"),),
                cue=(span("took", "The BLA"),),
                source=(span("The BLA"),),
                speakers=(),
                how="unknown",
                score=0.42,
                origin="editor:Ana Núñez",
                status="confirmed",
            ),
            Quote(
                "q8", "indirect", (span("services resumed in October"),), origin=MACHINE, status="rejected"
            ),
        ),
        summary=Summary(
            "lexrank",
            (
                stretch("A military spokesperson said", "killed."),
                stretch("At least 27 hostages", "Al Jazeera."),
            ),
            Budget("words", 60),
        ),
    )


def repeated(notes: Annotations, times: int) -> Annotations:
    """A long article: the same text and marks again and again. Whoever speaks is of the first one."""
    size = len(notes.article.text)

    def moved(spans: tuple[Span, ...], by: int) -> tuple[Span, ...]:
        return tuple(Span(s.start + by, s.end + by) for s in spans)

    return replace(
        notes,
        article=replace(notes.article, text=notes.article.text * times, sha256=""),
        entities=tuple(
            replace(
                e,
                mentions=tuple(
                    replace(m, span=moved((m.span,), n * size)[0]) for n in range(times) for m in e.mentions
                ),
            )
            for e in notes.entities
        ),
        quotes=tuple(
            replace(
                q,
                id=f"{q.id}.{n}",
                content=moved(q.content, n * size),
                cue=moved(q.cue, n * size),
                source=moved(q.source, n * size),
            )
            for n in range(times)
            for q in notes.quotes
        ),
    )
