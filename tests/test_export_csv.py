"""The CSV files: a row each, words as they stand, offsets that are true, and no formula for a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from handmade import MACHINE, TEXT, jaffar_express
from hypothesis import example, given, settings
from strategies import annotations, odd_texts

from toolkit.export.csv import entities, render, safe
from toolkit.model import Annotations, Article, Engine, Entity, Mention, Quote, Span
from toolkit.runs import kept_mentions, kept_quotes

MADE = datetime(2025, 3, 15, 10, 22, tzinfo=UTC)
NOTES = jaffar_express()
DANGER = re.compile(r"[\s\x00-\x20\u200b-\u200f\ufeff\u00ad]*[=+\-@＝＋－＠]|[\t\r]")


def table(data: bytes) -> list[dict[str, str]]:
    """The rows as a spreadsheet takes them."""
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def words(cell: str) -> str:
    """A cell without the apostrophes that make it safe."""
    return re.sub(r"(\A|[;\t\r\n])'", r"\1", cell)


def test_a_row_for_each_quote_in_the_order_of_the_text() -> None:
    rows = table(render(NOTES, MADE))
    assert [row["number"] for row in rows] == ["1", "2", "3", "", "4", "5", "6"]
    assert rows[4] | {"words": ""} == {
        "number": "4",
        "kind": "direct",
        "act": "speech",
        "words": "",
        "cue": "said",
        "source": "Al Jazeera’s Kamal Hyder",
        "speaker": "Kamal Hyder",
        "standing": "named",
        "role": "Al Jazeera",
        "how": "named",
        "score": "0.996",
        "speaker_score": "",
        "status": "suggested",
        "origin": MACHINE,
        "flags": "altered",
        "paragraph": "6",
        "start": rows[4]["start"],
        "end": rows[4]["end"],
        "spans": f"[[{rows[4]['start']}, {rows[4]['end']}]]",
    }
    for row in rows:
        assert TEXT[int(row["start"]) : int(row["end"])] == row["words"]


def test_nobody_is_named_who_was_not_found() -> None:
    row = table(render(NOTES, MADE))[6]
    assert (row["speaker"], row["standing"], row["source"], row["how"]) == (
        "",
        "unknown",
        "The BLA",
        "unknown",
    )
    assert (row["status"], row["origin"]) == ("confirmed", "editor:Ana Núñez")


def test_words_in_quotation_marks_that_nobody_states_have_no_number_and_no_speaker() -> None:
    row = table(render(NOTES, MADE))[3]
    assert (row["kind"], row["words"], row["number"], row["standing"], row["how"]) == (
        "scare",
        "“terrorist”",
        "",
        "",
        "",
    )
    assert row["paragraph"] == "5"


def test_pieces_are_joined_and_each_has_its_offsets() -> None:
    article = Article("“Go,” he said, “now.”")
    pieces = (Span(0, 5), Span(15, 21))
    notes = Annotations(article, Engine("0", "", ""), quotes=(Quote("q", "direct", pieces),))
    (row,) = table(render(notes, MADE))
    assert (row["words"], row["start"], row["end"]) == ("“Go,” … “now.”", "0", "21")
    assert json.loads(row["spans"]) == [[0, 5], [15, 21]]


def test_a_row_for_each_entity_that_has_mentions_left() -> None:
    first, *others = NOTES.entities
    changed = replace(
        first,
        mentions=(
            replace(first.mentions[0], status="rejected"),
            *(replace(m, status="confirmed") for m in first.mentions[1:]),
        ),
        description=Span(0, 10),
    )
    gone = Entity("gone", "LAW", Span(0, 1), (Mention(Span(0, 1), MACHINE, "rejected"),))
    rows = table(entities(replace(NOTES, entities=(changed, gone, *others)), MADE))
    assert len(rows) == len(NOTES.entities)
    assert rows[0] == {
        "label": "PERSON",
        "name": "Kamal Hyder",
        "mentions": "1",
        "confirmed": "1",
        "paragraph": "7",
        "start": rows[0]["start"],
        "end": rows[0]["end"],
        "description": "A military",
        "spans": f"[[{rows[0]['start']}, {rows[0]['end']}]]",
    }
    assert TEXT[int(rows[0]["start"]) : int(rows[0]["end"])] == "Hyder"


@pytest.mark.parametrize("make", [render, entities])
def test_an_empty_article_gives_the_heads(make: object) -> None:
    data = make(Annotations(Article(""), Engine("0", "", "")), MADE)  # type: ignore[operator]
    assert table(data) == []
    assert data.endswith(b"spans\r\n")


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("=1+1", "'=1+1"),
        ("+44 20", "'+44 20"),
        ("-5 degrees", "'-5 degrees"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("  =1", "'  =1"),
        ("\u00a0\u200b\ufeff=1", "'\u00a0\u200b\ufeff=1"),
        ("＝cmd|' /C calc'!A0", "'＝cmd|' /C calc'!A0"),
        ("－1", "'－1"),
        ("﹢1", "'﹢1"),
        ('"=1', "'\"=1"),
        ("He said;=1+1;", "He said;'=1+1;"),
        ("one\n=2", "one\n'=2"),
        ("- Non\n- Si", "'- Non\n'- Si"),
        # What is no formula stays as it is.
        ("“=1”", "“=1”"),
        ("a=b", "a=b"),
        ("first; second", "first; second"),
        ("– Non", "– Non"),
        ("−5", "−5"),
        ("5-6", "5-6"),
        ("'tis", "'tis"),
        ("one\r\ntwo", "one\r\ntwo"),
        ("", ""),
    ],
)
def test_no_cell_begins_a_formula(text: str, made: str) -> None:
    assert safe(text) == made


@given(odd_texts)
@example("\t=1;\t=2\r\n+3")
@example('";=1')
def test_however_a_cell_is_cut_no_piece_begins_a_formula(text: str) -> None:
    made = safe(text)
    assert not any(DANGER.match(piece) for piece in re.split("[;\n]", made) if piece)
    assert made.replace("'", "") == text.replace("'", "")


@given(annotations())
@settings(max_examples=40)
def test_rows_tell_the_articles_words_and_where_they_stand(notes: Annotations) -> None:
    text = notes.article.text
    rows = table(render(notes, MADE))
    for row, quote in zip(rows, kept_quotes(notes), strict=True):
        assert words(row["words"]) == words(notes.text(quote))
        assert json.loads(row["spans"]) == [list(span) for span in quote.content]
        assert (row["kind"], row["status"]) == (quote.kind, quote.status)
        assert not any(DANGER.match(cell) for cell in row.values())
    named = [entity for entity in notes.entities if kept_mentions(entity)]
    for row, entity in zip(table(entities(notes, MADE)), named, strict=True):
        start, end = json.loads(row["spans"])[0]
        assert (row["start"], row["end"]) == (str(start), str(end))
        assert text[start:end] in [notes.text(mention) for mention in kept_mentions(entity)]
        assert not any(DANGER.match(cell) for cell in row.values())
