"""What annotations tell of a text's words, for summaries."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.marked import COLUMNS, UNMARKED, Marked
from toolkit.model import Budget, Entity, Figure, Mention, Quote, Span
from toolkit.summary import DEFAULT, summarise
from toolkit.terms import stems_of, telling, terms_of

TEXT = "Mara Holt said the port of Averin would close. “We had no choice,” Holt said on 3 May."
PERSON, ORG, PLACE, OTHER, TIMES, DIRECT, INDIRECT, CUE, SOURCE, FIGURE = range(COLUMNS)


def span(words, start=0):
    at = TEXT.index(words, start)
    return Span(at, at + len(words))


def mention(words, start=0):
    return Mention(span(words, start), "test")


HOLT = Entity("e1", "PERSON", span("Mara Holt"), (mention("Mara Holt"), mention("Holt", 40)))
AVERIN = Entity("e2", "PLACE", span("Averin"), (mention("Averin"),))
SAID = Quote(
    "q1", "direct", (span("“We had no choice,”"),), cue=(span("said", 40),), source=(span("Holt", 40),)
)
TOLD = Quote("q2", "indirect", (span("the port of Averin would close"),))
MAY = Figure("f1", "date", span("3 May"))
ALL = Marked((HOLT, AVERIN), (SAID, TOLD), (MAY,))


def seen(marked, word, start=0):
    """The columns in which a word is marked."""
    (row,) = marked.rows([TEXT.index(word, start)])
    return {column for column in range(COLUMNS) if row[column]}


@pytest.mark.parametrize(
    ("word", "start", "columns"),
    [
        ("Mara", 0, {PERSON, TIMES}),
        ("Holt", 40, {PERSON, TIMES, SOURCE}),
        ("said", 0, set()),
        ("said", 40, {CUE}),
        ("Averin", 0, {PLACE, TIMES, INDIRECT}),
        ("close", 0, {INDIRECT}),
        ("choice", 0, {DIRECT}),
        ("on", 70, set()),
        ("May", 0, {FIGURE}),
    ],
)
def test_a_word_is_marked_as_what_it_stands_in(word, start, columns):
    assert seen(ALL, word, start) == columns


@pytest.mark.parametrize("label", ["GROUP", "FACILITY", "PRODUCT", "EVENT", "WORK", "LAW"])
def test_names_of_anything_else_are_one_kind(label):
    assert seen(Marked([replace(AVERIN, label=label)]), "Averin") == {OTHER, TIMES}


def test_what_is_named_oftener_weighs_more():
    holt, averin = ALL.rows([TEXT.index("Holt"), TEXT.index("Averin")])
    assert holt[TIMES] > averin[TIMES] > 0


def test_what_an_editor_rejected_is_no_mark():
    rejected = Marked(
        [replace(e, mentions=tuple(replace(m, status="rejected") for m in e.mentions)) for e in ALL.entities],
        [replace(q, status="rejected") for q in ALL.quotes],
        [replace(f, status="rejected") for f in ALL.figures],
    )
    starts = range(len(TEXT))
    assert not rejected.rows(starts).any()
    assert ALL.rows(starts).any()


@given(st.permutations(range(len(TEXT))))
def test_words_may_come_in_any_order(starts):
    rows = ALL.rows(range(len(TEXT)))
    assert (ALL.rows(starts) == rows[starts]).all()


def test_no_words_have_no_marks():
    assert ALL.rows([]).shape == UNMARKED.rows([]).shape == (0, COLUMNS)


@given(st.text(), st.sampled_from(["en", "fr", "ar", "th", "sw", "und"]), st.integers(0, 20))
def test_the_words_of_a_stretch_are_those_of_its_text(text, language, start):
    told = telling(language)(text, start, len(text))
    assert told.stems == stems_of(language)(text[start:])
    assert told.terms == terms_of(language)(text[start:])
    assert all(start <= at < len(text) for at in told.starts)
    assert told.starts == sorted(set(told.starts))


# Nothing but the marks tells these sentences apart: the same words, told in the same way.
LIKE = "\n".join(
    f"The {one} of the {other} was seen there on the way to town."
    for one, other in [
        ("owner", "mill"),
        ("baker", "shop"),
        ("clerk", "bank"),
        ("guard", "gate"),
        ("groom", "barn"),
    ]
)


def test_a_name_told_often_brings_its_sentence_into_the_summary():
    lines = [Span(*m.span()) for m in re.finditer(r".+", LIKE)]
    clerk = Span(at := LIKE.index("clerk"), at + len("clerk"))
    often = Entity("e1", "PERSON", clerk, (Mention(clerk, "test"),) * 8)

    def chosen(marked):
        budget = Budget("sentences", 2)
        return summarise(LIKE, lines, budget=budget, method=DEFAULT, language="en", marked=marked).sentences

    assert lines[2] not in chosen(UNMARKED)
    assert lines[2] in chosen(Marked([often]))
