"""The brief: complete, in order, in the article's own words, and without what an editor rejected."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from handmade import TEXT, jaffar_express, span, stretch
from hypothesis import given
from strategies import annotations

from toolkit import edits, wording
from toolkit.brief import ALL_SECTIONS, Brief, Statement, brief
from toolkit.decision import Edit
from toolkit.desk_note import noting
from toolkit.model import (
    Annotations,
    Article,
    Engine,
    Entity,
    Figure,
    Measure,
    Mention,
    Quote,
    Span,
    Speaker,
)
from toolkit.particulars import value_of
from toolkit.runs import Paragraphs, Run, kept_quotes

MADE = datetime(2025, 3, 15, 10, 22, tzinfo=UTC)
NOTES = jaffar_express()
BRIEF = brief(NOTES, made=MADE)


def statement(name: str, notes: Annotations = NOTES) -> Statement:
    return next(s for s in brief(notes).statements if s.quote == name)


def note(name: str, content: Brief = BRIEF) -> tuple[str, ...]:
    return next(n.lines for n in content.notes if n.quote == name)


def edited(name: str, **changes: Any) -> Annotations:
    """The sample with one quote changed."""
    return replace(NOTES, quotes=tuple(replace(q, **changes) if q.id == name else q for q in NOTES.quotes))


# Laws, on any text and any marks


@given(annotations())
def test_the_lines_and_their_runs_are_the_article(notes: Annotations) -> None:
    content = brief(notes)
    assert "\n".join(content.text(line.span) for line in content.lines) == notes.article.text
    for line in content.lines:
        assert "".join(content.text(run.span) for run in line.runs) == content.text(line.span)
        assert all(content.text(run.span) for run in line.runs)
        assert bool(line.paragraph) == bool(content.text(line.span).strip())


@given(annotations())
def test_each_run_has_the_marks_of_each_of_its_characters(notes: Annotations) -> None:
    names = [(m.span, e.label) for e in notes.entities for m in e.mentions if m.status != "rejected"]
    quotes = [(s, q.id, q.kind) for q in kept_quotes(notes) for s in q.content]
    for run in (run for line in brief(notes).lines for run in line.runs):
        over = [(s, label) for s, label in names if s.overlaps(run.span)]
        assert all(s.contains(run.span) for s, _ in over)
        assert run.label in (
            {label for s, label in over if s.start == max(o[0].start for o in over)} or {None}
        )
        held = [(s, name, kind) for s, name, kind in quotes if s.overlaps(run.span)]
        assert all(s.contains(run.span) for s, _, _ in held)
        assert set(run.quotes) == {name for _, name, _ in held}
        assert len(set(run.quotes)) == len(run.quotes)
        kinds = [kind for kind in ("direct", "mixed", "indirect", "scare") if kind in {h[2] for h in held}]
        assert run.kind == (kinds[0] if kinds else None)


@given(annotations())
def test_a_quote_is_told_once_and_only_if_it_is_to_be_shown(notes: Annotations) -> None:
    content = brief(notes)
    kept = {q.id: q for q in kept_quotes(notes)}
    assert all(q.status != "rejected" for q in kept.values())
    assert sorted(n.quote for n in content.notes) == sorted(kept)
    assert {s.quote for s in content.statements} == {name for name, q in kept.items() if q.kind != "scare"}
    assert {a.quote for a in content.asides} == {name for name, q in kept.items() if q.kind == "scare"}
    assert all(row.content == kept[row.quote].content for row in (*content.statements, *content.asides))
    assert all(all(n.lines) and n.lines for n in content.notes)


@given(annotations())
def test_all_names_are_words_of_the_article(notes: Annotations) -> None:
    content = brief(notes)
    text = notes.article.text
    for member in content.cast:
        for words in (member.name, member.role, member.affiliation, member.description):
            assert words in text
    for group in content.named:
        assert all(name in text and mentions > 0 for name, mentions in group.names)
    for row in content.statements:
        # Several speakers are joined, several pieces of a source too; each of them is a slice.
        assert row.speaker in text or "; " in row.speaker or " … " in row.speaker
    assert all(0 <= row.where <= len(content.lines) for row in (*content.statements, *content.asides))


@given(annotations())
def test_a_brief_depends_on_nothing_else(notes: Annotations) -> None:
    assert brief(notes, made=MADE) == brief(notes, made=MADE)
    assert frozen(brief(notes))


def frozen(thing: Any) -> bool:
    if is_dataclass(thing):
        return thing.__dataclass_params__.frozen and all(
            frozen(getattr(thing, f.name)) for f in fields(thing)
        )  # type: ignore[attr-defined]
    return not isinstance(thing, (list, dict, set)) and all(
        frozen(part) for part in (thing if isinstance(thing, tuple) else ())
    )


# The sample, as an editor reads it


def test_the_header_says_what_is_known_and_how_it_was_made() -> None:
    header = BRIEF.header
    assert (header.title, header.slug, header.source) == ("jaffar-express", "jaffar-express", "Al Jazeera")
    assert (header.published, header.language) == ("March 2025", "English")
    assert header.length == f"{len(TEXT.split())} words"
    assert header.made == "15 March 2025, 10:22 UTC"
    assert header.versions == "Newsdesk Toolkit 0.1.0, spaCy 3.8.7, en_core_web_sm 3.8.0"
    assert brief(NOTES).header.made == ""


def test_the_summary_is_whole_sentences_with_their_paragraphs() -> None:
    assert [(BRIEF.text(s.span)[:19], s.where) for s in BRIEF.summary] == [
        ("A military spokespe", 1),
        ("At least 27 hostage", 2),
    ]
    assert BRIEF.summarised == "2 sentences, 39 words; method lexrank, at most 60 words"
    without = brief(replace(NOTES, summary=None))
    assert (without.summary, without.summarised) == ((), "")


@pytest.mark.parametrize(
    ("name", "speaker", "standing", "role", "kind", "how", "where"),
    [
        ("q1", "A military spokesperson", "unnamed", "", "Indirect", "not named in the text", 1),
        ("q2", "security sources", "unnamed", "", "Indirect", "not named in the text", 2),
        (
            "q3",
            "Jeeyand Baloch",
            "named",
            "Spokesman, Balochistan Liberation Army",
            "Indirect",
            "named in the text",
            3,
        ),
        ("q5", "Kamal Hyder", "named", "Al Jazeera", "Direct", "named in the text", 6),
        ("q6", "Kamal Hyder", "named", "Al Jazeera", "Direct", "found by surname", 7),
        ("q7", "The BLA", "unknown", "", "Indirect", "the speaker was not found", 10),
    ],
)
def test_who_said_what(
    name: str, speaker: str, standing: str, role: str, kind: str, how: str, where: int
) -> None:
    row = statement(name)
    assert (row.speaker, row.standing, row.role) == (speaker, standing, role)
    assert (row.kind, row.how, row.where) == (kind, how, where)


def test_statements_stand_in_the_order_of_the_text() -> None:
    backwards = replace(NOTES, quotes=NOTES.quotes[::-1])
    assert [s.quote for s in brief(backwards).statements] == ["q1", "q2", "q3", "q5", "q6", "q7"]


def test_quoted_words_are_no_statement() -> None:
    assert [(BRIEF.text(a.content[0]), a.where) for a in BRIEF.asides] == [("“terrorist”", 5)]
    assert note("q4") == ("Quoted words, not a statement", "suggested by the machine, not checked")


def test_who_marked_it_and_how_sure_is_never_left_open() -> None:
    assert [(s.quote, s.sure, s.review) for s in BRIEF.statements] == [
        ("q1", "91%\u00a0sure", ""),
        ("q2", "88%\u00a0sure", ""),
        ("q3", "", "confirmed"),
        ("q5", "99%\u00a0sure", ""),
        ("q6", "97%\u00a0sure", ""),
        ("q7", "", "marked by Ana Núñez"),
    ]
    assert statement("q1", edited("q1", score=None)).sure == ""
    assert statement("q1", edited("q1", score=0.0)).sure == "1%\u00a0sure"
    assert statement("q1", edited("q1", score=0.9, speaker_score=0.7)).sure == "70%\u00a0sure"
    assert statement("q1", edited("q1", score=None, speaker_score=0.7)).sure == "70%\u00a0sure"
    assert statement("q1", edited("q1", origin="editor:")).review == "marked by an editor"
    assert [n.editor for n in BRIEF.notes] == ["", "", "", "", "", "", "Ana Núñez"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"origin": "editor:Ana", "how": "editor"}, ("", "set by the editor", "confirmed by Ana")),
        (
            {"origin": "editor:Ana", "how": "editor", "score": None},
            ("", "set by the editor", "marked by Ana"),
        ),
        ({"origin": "editor:Ana", "how": "named"}, ("", "named in the text", "marked by Ana")),
        ({"origin": "editor:", "how": "editor"}, ("", "set by the editor", "confirmed by an editor")),
        ({"how": "named", "score": 0.97}, ("97%\u00a0sure", "named in the text", "")),
    ],
)
def test_what_an_editor_decided_is_not_weighed(change: dict[str, Any], told: tuple[str, ...]) -> None:
    status = "confirmed" if "origin" in change else "suggested"
    row = statement("q6", edited("q6", status=status, **change))
    assert (row.sure, row.how, row.review) == told


def test_the_notes_beside_quotes() -> None:
    assert note("q6") == (
        "Kamal Hyder",
        "Al Jazeera",
        "Direct; 97%\u00a0sure; found by surname",
        "Beside it: Hyder said",
        "suggested by the machine, not checked",
    )
    assert note("q1")[0] == "Unnamed: A military spokesperson"
    assert note("q7")[0] == "Unknown speaker: The BLA"
    assert note("q7", brief(edited("q7", source=())))[0] == "Unknown speaker"
    assert "altered: brackets or an ellipsis" in note("q5")


def test_several_speakers_of_one_quote() -> None:
    both = statement("q5", edited("q5", speakers=("s1", "s4")))
    assert (both.speaker, both.standing) == ("A military spokesperson; Kamal Hyder", "named")
    assert statement("q5", edited("q5", speakers=("s1", "s2"))).standing == "unnamed"


def test_the_cast_is_who_speaks_and_who_is_a_person() -> None:
    assert [(m.name, m.label, m.unnamed, m.mentions, m.statements) for m in BRIEF.cast] == [
        ("A military spokesperson", "", True, 0, 1),
        ("security sources", "", True, 0, 1),
        ("Jeeyand Baloch", "Person", False, 1, 1),
        ("Kamal Hyder", "Person", False, 2, 2),
    ]
    silent = replace(NOTES, quotes=(), speakers=())
    assert [(m.name, m.statements) for m in brief(silent).cast] == [("Kamal Hyder", 0), ("Jeeyand Baloch", 0)]


def test_an_organisation_is_of_the_cast_only_when_it_speaks() -> None:
    assert "Balochistan Liberation Army" in [name for name, _ in BRIEF.named[0].names]
    speaking = brief(edited("q7", speakers=("s5",), how="organisation"))
    assert ("BLA", "Organisation", 1) in [(m.name, m.label, m.statements) for m in speaking.cast]
    assert [name for name, _ in speaking.named[0].names] == ["Al Jazeera"]


def test_other_names_are_grouped_and_counted() -> None:
    assert [group.label for group in BRIEF.named] == ["Organisation", "Place", "Group", "Facility", "Product"]
    assert ("Quetta", 3) in BRIEF.named[1].names


def test_rejected_marks_are_left_out() -> None:
    assert "q8" not in {n.quote for n in BRIEF.notes}
    resumed = span("services resumed in October")
    assert not [run for line in BRIEF.lines for run in line.runs if run.span.overlaps(resumed) and run.quotes]

    wrong = Mention(span("Quetta"), "machine:x", "rejected")
    right = Mention(span("Quetta", "November"), "machine:x")
    entities = (
        Entity("e1", "PERSON", span("Quetta"), (wrong,)),
        Entity("e2", "PLACE", span("Quetta"), (wrong, right)),
        Entity("e3", "ORG", span("BLA"), ()),
    )
    content = brief(replace(NOTES, entities=entities, speakers=(), quotes=()))
    assert content.cast == ()
    assert [(group.label, group.names) for group in content.named] == [("Place", (("Quetta", 1),))]
    assert [run.span for line in content.lines for run in line.runs if run.label] == [right.span]


def test_runs_are_cut_at_borders_of_names_and_quotes() -> None:
    text = "“Ann left Rome,” Bo said."
    notes = Annotations(
        Article(text),
        Engine("1", "", ""),
        entities=(
            Entity("e1", "PERSON", Span(1, 4), (Mention(Span(1, 4), "m"),)),
            Entity("e2", "PLACE", Span(10, 14), (Mention(Span(10, 14), "m"),)),
            Entity("e3", "EVENT", Span(1, 14), (Mention(Span(1, 14), "m"),)),
        ),
        quotes=(
            Quote("q1", "direct", (Span(0, 16),)),
            Quote("q2", "scare", (Span(5, 14),)),
            Quote("q3", "indirect", (Span(17, 19),)),
        ),
    )
    (line,) = brief(notes).lines
    assert line.runs == (
        Run(Span(0, 1), None, "direct", ("q1",)),
        Run(Span(1, 4), "PERSON", "direct", ("q1",)),
        Run(Span(4, 5), "EVENT", "direct", ("q1",)),
        Run(Span(5, 10), "EVENT", "direct", ("q1", "q2")),
        Run(Span(10, 14), "PLACE", "direct", ("q1", "q2")),
        Run(Span(14, 16), None, "direct", ("q1",)),
        Run(Span(16, 17)),
        Run(Span(17, 19), None, "indirect", ("q3",)),
        Run(Span(19, 25)),
    )


def test_paragraphs_are_counted_as_a_reader_counts() -> None:
    text = "\n\nOne.\n\n \nTwo,\nthree.\n"
    places = Paragraphs(text)
    assert [places.number(text.index(word)) for word in ("One", "Two", "three")] == [1, 2, 3]
    assert (places.number(0), places.number(len(text))) == (1, 3)
    assert Paragraphs(" \n").number(1) == 0
    lines = brief(Annotations(Article(text), Engine("1", "", ""))).lines
    assert [line.paragraph for line in lines] == [0, 0, 1, 0, 0, 2, 3, 0]


def test_the_lines_of_a_wrapped_paragraph_have_one_number() -> None:
    wrapped = (
        "The council of the town said on Monday that it\nwould close the bridge for a week, and that all\n"
    )
    text = wrapped + "traffic must go by the old road until it is done.\n\nThe mayor agreed."
    lines = brief(Annotations(Article(text), Engine("1", "", ""))).lines
    assert [line.paragraph for line in lines] == [1, 1, 1, 0, 2]


def test_names_that_are_no_words_of_anyone() -> None:
    article = Article("x", headline=" ", slug="", source="story.txt", language="xx")
    header = brief(Annotations(article, Engine("0.1.0", "", ""))).header
    assert (header.title, header.language) == ("story.txt", "xx (only quotation marks were read)")
    assert header.versions == "Newsdesk Toolkit 0.1.0, no language model"
    assert brief(Annotations(Article("x"), Engine("1", "", ""))).header.title == "Article without a headline"
    assert brief(Annotations(Article("x"), Engine("1", "", ""))).header.language == (
        "undetermined (only quotation marks were read)"
    )


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("", ""),
        ("2025", "2025"),
        ("2025-03", "March 2025"),
        ("2025-03-12", "12 March 2025"),
        ("2025-03-12T14:05", "12 March 2025, 14:05"),
        ("2025-03-12T14:05Z", "12 March 2025, 14:05 UTC"),
        ("2025-03-12 14:05:59.123456+0530", "12 March 2025, 14:05 UTC+05:30"),
        ("2025-13", "2025-13"),
        ("2025-00", "2025-00"),
        ("2025-02-30", "2025-02-30"),
        ("2025-03-12T25:00Z", "2025-03-12T25:00Z"),
    ],
)
def test_dates_in_words(iso: str, words: str) -> None:
    assert wording.date(iso) == words


def test_speakers_whose_only_quote_was_rejected_do_not_speak() -> None:
    notes = Annotations(
        Article("A friend said no."),
        Engine("1", "", ""),
        speakers=(Speaker("s1", Span(0, 8), anonymous=True),),
        quotes=(Quote("q1", "indirect", (Span(14, 16),), speakers=("s1",), status="rejected"),),
    )
    assert brief(notes).cast == ()


@pytest.mark.parametrize(
    ("act", "kind", "status", "shown"),
    [
        ("speech", "indirect", "suggested", True),
        ("belief", "mixed", "suggested", True),
        ("topic", "direct", "suggested", True),
        ("belief", "indirect", "confirmed", True),
        ("topic", "indirect", "suggested", False),
        ("belief", "indirect", "suggested", False),
        ("intention", "indirect", "suggested", False),
        ("speech", "indirect", "rejected", False),
    ],
)
def test_what_nobody_says_is_no_statement(act: Any, kind: Any, status: Any, shown: bool) -> None:
    quote = Quote("q1", kind, (Span(16, 18),), act=act, cue=(Span(9, 15),), status=status)
    told = brief(Annotations(Article("A friend wanted it."), Engine("1", "", ""), quotes=(quote,)))
    assert bool(told.statements) is shown
    assert bool([run for line in told.lines for run in line.runs if run.quotes]) is shown


def test_a_statement_has_its_word_of_saying_unless_it_is_all_quoted() -> None:
    article = Article("He denied that it was “over”.")
    quotes = (
        Quote("q1", "mixed", (Span(10, 28),), cue=(Span(3, 9),)),
        Quote("q2", "direct", (Span(22, 28),), cue=(Span(3, 9),)),
    )
    told = brief(Annotations(article, Engine("1", "", ""), quotes=quotes))
    assert [statement.cue for statement in told.statements] == ["denied", ""]


# The smaller parts


FIGURES = (
    Figure("f1", "number", span("27"), measures=(Measure(27),), qualifier=span("At least"), counts=span("hostages"), quote="q2"),
    Figure("f2", "date", span("August 2024"), date="2024-08"),
    Figure("f3", "percent", span("3.6 percent"), measures=(Measure(3.6, "%"),), counts=span("Pakistan’s population")),
    Figure("f4", "number", span("400"), status="rejected"),
    Figure("f5", "relative", span("last year"), date="2024"),
    Figure("f6", "number", span("13"), origin="editor:Ana Núñez"),
    Figure("f7", "date", span("Tuesday"), date="2025-03-11/2025-03-12"),
)  # fmt: skip
COUNTED = replace(
    NOTES, figures=FIGURES, sentences=(span("Since 2006"), stretch("In August 2024", "in October."))
)


def test_parts_are_made_only_when_they_are_asked_for() -> None:
    without = brief(COUNTED)
    assert (without.facts, without.numbers, without.dates, without.questions) == ((), (), (), ())
    content = brief(COUNTED, sections=("figures", "summary"), titles=(("figures", "Sums"),))
    assert content.sections == ("figures", "summary")
    assert (content.heading("figures"), content.heading("summary")) == ("Sums", "Summary")
    assert content.numbers
    assert content.questions == ()


def test_numbers_stand_with_what_they_count() -> None:
    content = brief(COUNTED, sections=("figures", "article"))
    told = [
        ([content.text(w) for w in n.words], n.value, n.source, n.review, n.where) for n in content.numbers
    ]
    assert told == [
        (["At least ", "27", " hostages"], "", "security sources", "", 2),
        (["3.6 percent", " of Pakistan’s population"], "3.6%", wording.NO_SOURCE, "", 8),
        (["13"], "", wording.NO_SOURCE, "confirmed by an editor", 11),
    ]


def test_dates_stand_in_order_of_time() -> None:
    content = brief(COUNTED, sections=("figures", "article"))
    assert [(d.date, content.text(d.span), d.where) for d in content.dates] == [
        ("2024", "last year", 6),
        ("August 2024", "August 2024", 11),
        ("11 to 12 March 2025", "Tuesday", 3),
    ]
    assert content.text(content.dates[1].sentence).endswith("resumed in October.")


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        (Measure(5e6, "USD"), "5,000,000 USD"),
        (Measure(1.5e10, "USD"), "15,000,000,000 USD"),
        (Measure(1.25e12, "USD"), "1,250,000,000,000 USD"),
        (Measure(12_345_678.901, "EUR"), "12,345,678.901 EUR"),
        (Measure(0.1 + 0.2, "%"), "0.3%"),
        (Measure(0.00001, ""), "0.00001"),
        (Measure(30, "%", 40), "30 to 40%"),
        (Measure(27), "27"),
        (Measure(160, "km"), "160 km"),
        (Measure(3, "mile"), ""),
        (Measure(10, "day"), ""),
    ],
)
def test_values_in_words(measure: Measure, words: str) -> None:
    assert value_of(measure) == words


def test_what_was_dismissed_is_not_asked_and_the_notes_are_those_of_the_desk() -> None:
    asked = brief(NOTES, sections=("checks",)).questions
    assert any("[here]" in q.message for q in asked)
    at = next(q.span for q in asked if "[here]" in q.message)
    notes = edits.apply(
        NOTES,
        Edit("dismiss", "text", (at,), value="altered-quote"),
        edits.note(span("Quetta"), "Old.", by="Ben Ito"),
        edits.note(span("Quetta"), "New.", by="Ben Ito"),
        edits.note(NOTES.quotes[0], "Old."),
        edits.note(NOTES.quotes[0], "On a mark the last counts."),
        edits.note(span("Sibi"), "Gone."),
        edits.note(span("Sibi"), ""),
        noting(NOTES, "For the desk"),
    )
    content = brief(notes, sections=("checks", "article"))
    assert not any("[here]" in q.message for q in content.questions)
    assert [(r.words, r.editor, content.text(r.span), r.where) for r in content.remarks] == [
        ("On a mark the last counts.", wording.AN_EDITOR, content.text(NOTES.quotes[0].content[0]), 1),
        ("Old.", "Ben Ito", "Quetta", 4),
        ("New.", "Ben Ito", "Quetta", 4),
    ]
    assert content.header.note == "For the desk"


@given(annotations())
def test_the_smaller_parts_lie_in_the_text(notes: Annotations) -> None:
    content = brief(notes, sections=ALL_SECTIONS)
    kept = [f for f in notes.figures if f.status != "rejected"]
    assert len(content.numbers) == len([f for f in kept if not f.date])
    assert all(n.span in n.words and list(n.words) == sorted(n.words) for n in content.numbers)
    assert all(d.sentence.contains(d.span) and d.sentence.contains(d.told) for d in content.dates)
    assert all(d.words[0].start == d.span.start for d in content.dates)
