"""The laws of the model: offsets stay true, JSON gives back what it was given, bad notes say why."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from strategies import FRAGMENTS, annotations, odd_texts

import toolkit
from toolkit import model
from toolkit.errors import InvalidNotes
from toolkit.model import (
    Annotations,
    Article,
    Budget,
    Engine,
    Entity,
    Figure,
    Measure,
    Mention,
    Quote,
    Span,
    Speaker,
    Summary,
)
from toolkit.schema import from_json, json_schema, to_json

ENGINE = Engine("0.1.0", "3.8.7", "en_core_web_sm")
SCHEMA_FILE = Path(toolkit.__file__).parent / "notes.schema.json"


def spans_in(thing: Any) -> list[Span]:
    """Every span of a record, however deep."""
    if isinstance(thing, Span):
        return [thing]
    if dataclasses.is_dataclass(thing):
        return [s for field in dataclasses.fields(thing) for s in spans_in(getattr(thing, field.name))]
    return [s for part in thing for s in spans_in(part)] if isinstance(thing, tuple) else []


@given(annotations())
def test_every_span_slices_the_article(notes: Annotations) -> None:
    for span in spans_in(notes):
        words = notes.article.text[span.start : span.end]
        assert notes.text(span) == words
        assert len(words) == span.end - span.start > 0


@given(annotations())
def test_json_gives_back_equal_annotations_and_the_same_bytes(notes: Annotations) -> None:
    written = to_json(notes)
    again = from_json(written)
    assert again == notes
    assert to_json(again) == written
    assert from_json(written.encode()) == notes


@pytest.mark.parametrize("odd", FRAGMENTS)
@pytest.mark.parametrize(
    "around", ["{}“No,” she said", "“No,” {}she said\n", "e\u0301{}“No,” she said\r\n\x00"]
)
def test_odd_characters_keep_offsets_true(odd: str, around: str) -> None:
    text = around.format(odd)
    start = text.index("“No,”")
    notes = Annotations(Article(text), ENGINE, quotes=(Quote("q1", "direct", (Span(start, start + 5),)),))
    again = from_json(to_json(notes))
    assert again.article.text == text
    assert again.text(again.quotes[0]) == "“No,”"


@given(odd_texts)
def test_the_sha256_of_a_text_belongs_to_it_alone(text: str) -> None:
    article = Article(text)
    assert Article(text, sha256=article.sha256) == article
    with pytest.raises(InvalidNotes, match="annotate it again"):
        Article(text + "x", sha256=article.sha256)


@given(annotations())
@settings(max_examples=30)
def test_json_is_read_by_the_schema_that_is_published(notes: Annotations) -> None:
    """No key is written that the schema does not name, and none is left out that it demands."""
    schema = json_schema()
    written = json.loads(to_json(notes))
    assert set(schema["required"]) <= set(written) <= set(schema["properties"])
    quote = schema["$defs"]["Quote"]
    for record in written["quotes"]:
        assert set(quote["required"]) <= set(record) <= set(quote["properties"])


def test_the_schema_file_is_in_step_with_the_model() -> None:
    made = json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n"
    assert SCHEMA_FILE.read_text(encoding="utf-8") == made, (
        "The model has changed; write its schema anew: newsdesk schema > toolkit/notes.schema.json"
    )


SAID = "A minister said “No”."
NOTES = Annotations(
    Article(SAID, published="2025-03-12"),
    ENGINE,
    sentences=(Span(0, 21),),
    entities=(Entity("e1", "PERSON", Span(2, 10), (Mention(Span(2, 10), "machine:entities@1", score=0.9),)),),
    speakers=(Speaker("s1", Span(0, 10), entity="e1", anonymous=True),),
    quotes=(Quote("q1", "direct", (Span(16, 20),), cue=(Span(11, 15),), speakers=("s1",), how="unnamed"),),
    figures=(
        Figure("f1", "number", Span(0, 1), score=0.9, measures=(Measure(1.0),), quote="q1", date="2025-03"),
    ),
    summary=Summary("lead", (Span(0, 21),), Budget("sentences", 1)),
)
DEAD = object()


def damaged(path: str, value: Any) -> str:
    """The JSON of good annotations with one value replaced, or removed by ``DEAD``."""
    data = json.loads(to_json(NOTES))
    *parents, last = (int(part) if part.isdigit() else part for part in path.split("."))
    place = data
    for part in parents:
        place = place[part]
    if value is DEAD:
        del place[last]
    else:
        place[last] = value
    return json.dumps(data)


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("quotes.0.content", [[16, 22]], r"16-22 lies outside the article's 21 characters.*annotate"),
        ("quotes.0.content", [[16, 16]], r"16-16 lies outside.*annotate"),
        ("quotes.0.content", [[-1, 4]], r"-1-4 lies outside.*annotate"),
        ("quotes.0.cue", [[15, 11]], r"15-11 lies outside.*annotate"),
        ("entities.0.mentions.0.span", [0, 10**30], r"0-10+ lies outside.*annotate"),
        ("summary.sentences", [[0, 99]], r"0-99 lies outside.*annotate"),
        ("quotes.0.content", [], r"Quote q1 has no content.*annotate"),
        ("quotes.0.content", [[16]], r"quotes\.0\.content\.0\.1.*annotate"),
        ("quotes.0.content", [[16, 17.5]], r"quotes\.0\.content\.0\.1.*annotate"),
        ("quotes.0.content", "16-20", r"quotes\.0\.content .*annotate"),
        ("quotes.0.speakers", ["s9"], r"Quote q1 points at speaker s9, which is missing.*annotate"),
        ("speakers.0.entity", "e9", r"Speaker s1 points at entity e9, which is missing.*annotate"),
        ("quotes.0.kind", "shouted", r"quotes\.0\.kind .*annotate"),
        ("quotes.0.status", None, r"quotes\.0\.status .*annotate"),
        ("quotes.0.score", 1.5, r"score 1\.5 .*write 0 to 1"),
        ("quotes.0.score", "nan", r"score nan .*write 0 to 1"),
        ("entities.0.mentions.0.score", -0.1, r"score -0\.1 .*write 0 to 1"),
        ("quotes.0.speaker_score", -1, r"score -1\.0 .*write 0 to 1"),
        ("figures.0.quote", "q9", r"Figure f1 points at quote q9, which is missing.*annotate"),
        ("figures.0.date", "last May", r"'last May' of figure f1 is not ISO 8601.*annotate"),
        ("figures.0.date", "2024T07:30", r"of figure f1 is not ISO 8601.*annotate"),
        ("figures.0.date", "2024-13-45", r"of figure f1 is not ISO 8601.*annotate"),
        ("figures.0.measures.0.value", "nan", r"Figure f1 has a value that is no number.*annotate"),
        ("figures.0.counts", [20, 25], r"20-25 lies outside.*annotate"),
        ("figures.0.score", 2, r"score 2\.0 .*write 0 to 1"),
        ("quotes.0.mood", "angry", r"quotes\.0\.mood .*annotate"),
        ("comment", "nice", r"comment .*annotate"),
        ("article.author", "me", r"article\.author .*annotate"),
        ("engine", DEAD, r"engine .*annotate"),
        ("article.text", DEAD, r"article\.text .*annotate"),
        ("article.text", 7, r"article\.text .*annotate"),
        ("article.text", SAID.replace("No", "Yes"), r"does not match its sha256.*annotate"),
        ("article.sha256", "0" * 64, r"does not match its sha256.*annotate"),
        ("article.published", "12 March", r"'12 March' is not ISO 8601; write it as 2025-03-12"),
        ("article.headline", "half \ud83d", r"annotate"),
        ("schema", 2, r"schema 2 and this version reads 1; annotate"),
        ("schema", "1", r"schema '1' and this version reads 1; annotate"),
        ("schema", DEAD, r"schema None and this version reads 1; annotate"),
        ("entities", {}, r"entities .*annotate"),
        ("entities", [[]], r"entities\.0 .*annotate"),
    ],
)
def test_damaged_annotations_say_where_and_what_to_do(path: str, value: Any, message: str) -> None:
    with pytest.raises(InvalidNotes, match=f"(?s){message}"):
        from_json(damaged(path, value))


@pytest.mark.parametrize("records", ["entities", "speakers", "quotes"])
def test_ids_must_differ(records: str) -> None:
    data = json.loads(to_json(NOTES))
    data[records] *= 2
    with pytest.raises(InvalidNotes, match=f"Two {records} have the id .1; annotate"):
        from_json(json.dumps(data))


@pytest.mark.parametrize(
    "data",
    [
        "",
        "null",
        "[1]",
        '"schema"',
        "{'schema': 1}",
        to_json(NOTES)[:-40],
        to_json(NOTES).encode("utf-16"),
        b"\xff\xfe\x00",
        b"PK\x03\x04",
        "[" * 100_000,
        '{"schema": 1, "article": ' + "[" * 500 + "]" * 500 + "}",
        '{"schema": 1, "article": ' + '{"a":' * 100_000,
    ],
    ids=lambda data: repr(data[:16]),
)
def test_what_is_no_json_of_annotations_is_refused(data: str | bytes) -> None:
    with pytest.raises(InvalidNotes, match="annotate the article again"):
        from_json(data)


@pytest.mark.parametrize("field", [f.name for f in dataclasses.fields(Article) if f.name != "sha256"])
def test_half_a_character_is_refused_with_its_place(field: str) -> None:
    values: dict[str, Any] = {"text": "x", field: "ab\ud83d"}
    with pytest.raises(InvalidNotes, match=r"offset 2; let toolkit\.read|is not ISO 8601"):
        Article(**values)


@pytest.mark.parametrize("published", ["", "2025", "2025-03", "2025-03-12", "2025-03-12T14:05+05:00"])
def test_dates_may_be_as_precise_as_known(published: str) -> None:
    assert Article("x", published=published, embargo=published).published == published


def test_words_of_records_are_slices() -> None:
    quote, speaker = NOTES.quotes[0], NOTES.speakers[0]
    assert NOTES.text(quote) == "“No”"
    assert NOTES.text((*quote.cue, *quote.content)) == "said … “No”"
    assert NOTES.speaker(quote) == NOTES.text(speaker) == "A minister"
    assert NOTES.speaker(dataclasses.replace(quote, speakers=())) == ""
    assert NOTES.text(NOTES.summary) == SAID  # type: ignore[arg-type]


def test_an_unknown_schema_is_refused_before_anything_else() -> None:
    with pytest.raises(InvalidNotes, match="schema 99"):
        from_json('{"schema": 99, "whatever": true}')


def test_the_schema_names_every_field_of_the_model() -> None:
    schema = json_schema()
    for record in (Article, Entity, Mention, Speaker, Quote, Summary, Engine):
        described = schema["$defs"][record.__name__]
        assert set(described["properties"]) == {f.name for f in dataclasses.fields(record)}
    assert set(schema["properties"]) == {f.name for f in dataclasses.fields(model.Annotations)}
