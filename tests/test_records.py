"""Records on a spaCy document: what is stored comes back, also through bytes."""

from dataclasses import replace

import pytest
import spacy
from hypothesis import given, settings
from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan
from strategies import annotations

from toolkit import records
from toolkit.model import Entity, Figure, Measure, Mention, Quote, Span, Speaker

TEXT = "Mayor Mara Holt said: “We had no choice.” It cost $2 million."
ENTITY = Entity(
    "e1", "PERSON", Span(6, 15), (Mention(Span(6, 15), "machine:x@1", score=0.5),), description=Span(0, 5)
)
QUOTE = Quote(
    id="q1",
    kind="direct",
    content=(Span(22, 41), Span(42, 44)),
    cue=(Span(16, 20),),
    source=(Span(0, 15),),
    speakers=("s1", "s2"),
    how="named",
    score=0.25,
    origin="machine:x@1",
    status="confirmed",
    flags=("split", "altered"),
)
SPEAKER = Speaker("s1", Span(6, 15), role=Span(0, 5), affiliation=None, entity="e1", anonymous=True)
FIGURE = Figure(
    "f1", "money", Span(50, 60), "machine:x@1", "rejected",
    measures=(Measure(2e6, "USD"), Measure(1.0, "km", 2.0)), qualifier=Span(45, 49), counts=Span(42, 44),
    quote="q1", date="2025-03-12/2025-03-14",
)  # fmt: skip


@pytest.fixture
def doc():
    return spacy.blank("en")(TEXT)


@pytest.mark.parametrize(
    ("name", "record"),
    [
        ("entities", ENTITY),
        ("entities", replace(ENTITY, mentions=(), description=None)),
        ("quotes", QUOTE),
        ("quotes", replace(QUOTE, cue=(), source=(), speakers=(), flags=(), score=None)),
        ("speakers", SPEAKER),
        ("speakers", replace(SPEAKER, role=None, entity=None)),
        ("figures", FIGURE),
        ("figures", replace(FIGURE, measures=(), qualifier=None, counts=None, quote=None)),
    ],
)
def test_what_is_stored_comes_back_the_same(doc, name, record):
    records.store(doc, name, (record, record))
    assert getattr(doc._, name) == (record, record)
    again = Doc(doc.vocab).from_bytes(doc.to_bytes())
    assert getattr(again._, name) == (record, record)
    assert repr(getattr(again._, name)[0]) == repr(record)  # spans are spans, not bare tuples


def test_storing_again_replaces(doc):
    records.store(doc, "quotes", (QUOTE,))
    records.store(doc, "quotes", ())
    assert doc._.quotes == ()
    assert len(doc.spans["quotes"]) == 0


def test_the_pieces_of_quotes_are_spans_of_tokens(doc):
    records.store(doc, "quotes", (QUOTE,))
    assert [(span.text, span.label_) for span in doc.spans["quotes"]] == [
        ("“We had no choice.”", "direct"),
        ("It", "direct"),
    ]


def test_a_piece_within_a_token_takes_the_token(doc):
    records.store(doc, "quotes", (replace(QUOTE, content=(Span(24, 27),)),))
    assert [span.text for span in doc.spans["quotes"]] == ["We had"]


def test_only_documents_carry_records():
    for name in ("entities", "quotes", "speakers", "figures"):
        assert Doc.has_extension(name)
        assert not TokenSpan.has_extension(name)
        assert not Token.has_extension(name)


@settings(max_examples=40)
@given(annotations())
def test_any_records_survive_bytes(notes):
    doc = spacy.blank("xx")(notes.article.text)
    again = Doc(doc.vocab).from_bytes(_filled(doc, notes).to_bytes())
    for name in ("entities", "quotes", "speakers", "figures"):
        assert getattr(again._, name) == getattr(notes, name)


def _filled(doc, notes):
    for name in ("entities", "quotes", "speakers", "figures"):
        records.store(doc, name, getattr(notes, name))
    return doc
