"""What stands beside the text: rows that tell what was found, and lead to where it stands."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from tests.handmade import jaffar_express, span, stretch
from tests.listing import stand_in
from tests.strategies import annotations
from tests.test_desk import HOSTILE, Parsed
from toolkit import edits
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
    Summary,
)
from toolkit.timeline import moments
from toolkit.ui.marker import marks
from toolkit.ui.panels import cast, checks, facts, numbers, quotes, summary
from toolkit.ui.panels.leading import target
from toolkit.ui.pictures import Bar, bars, line_of_time
from toolkit.ui.rows import Group, Press, Row, found, parse, payload

NOTES = jaffar_express()
PANELS = (
    quotes.statements,
    cast.members,
    cast.names,
    numbers.numbers,
    numbers.dates,
    summary.sentences,
    checks.findings,
    facts.facts,
)
LIST = (Group((Row("a", title="A", actions=("pin",)), Row("b", title="B", is_open=False)), "G"),)


def rows_of(groups, *, folded=False):
    return [row for group in groups if group.folded is folded for row in group.rows]


# Lists


@pytest.mark.parametrize(
    ("sent", "press"),
    [
        ({"id": "a", "action": ""}, Press("a")),
        ({"id": "a", "action": "pin"}, Press("a", "pin")),
        ({"id": "a", "action": "drop"}, None),
        ({"id": "b", "action": ""}, None),
        ({"id": "c", "action": ""}, None),
        ({"id": ["a"], "action": ""}, None),
        ({"id": "a"}, None),
        ({"id": "a", "action": 1}, None),
        ({"action": "pin"}, None),
        (["a", "pin"], None),
        ("a", None),
        (None, None),
    ],
)
def test_only_what_was_offered_counts(sent, press):
    assert parse(sent, LIST) == press


@given(st.text(), st.lists(st.tuples(st.integers(-2, 30), st.integers(0, 8))))
def test_words_that_were_found_are_set_off_and_none_is_lost(words, ends):
    marks = [Span(start, start + size) for start, size in ends if start >= 0]
    pieces = found(words, marks)
    assert "".join(piece for piece, _ in pieces) == words
    assert all(piece for piece, _ in pieces)


def test_what_was_found():
    assert found("The port strike", [Span(4, 8)]) == (("The ", False), ("port", True), (" strike", False))


@settings(max_examples=60, deadline=None)
@given(annotations())
def test_any_annotations_make_lists_that_lead_to_marks(notes):
    drawn = {mark.id for mark in marks(notes, figures=True)}
    for panel in PANELS:
        groups = panel(notes)
        ids = [row.id for group in groups for row in group.rows]
        assert len(ids) == len(set(ids))
        json.dumps(payload(groups, {}), ensure_ascii=False).encode("utf-8")
        for row in rows_of(groups) + rows_of(groups, folded=True):
            # A statement about a mark that nobody draws leads nowhere; all else leads to a mark.
            assert target(notes, row) in {"", *drawn}


# Quotes


def test_statements_are_told_with_speaker_kind_and_how_sure():
    first, second, third, fifth, sixth, seventh = rows_of(quotes.statements(NOTES))
    assert (first.lead, first.title, first.aside) == (
        "1",
        "A military spokesperson (unnamed)",
        "Indirect · said",
    )
    assert first.remark == "not named in the text · 91%\u00a0sure"
    assert second.tint == 2
    assert (third.detail, third.remark) == (
        "Spokesman, Balochistan Liberation Army",
        "named in the text · confirmed",
    )
    assert fifth.remark.endswith("altered: brackets or an ellipsis")
    assert (sixth.lead, sixth.to) == ("5", "q6")
    assert (seventh.title, seventh.alarm, seventh.tint) == ("Unknown: The BLA", True, 0)


def test_quoted_words_stand_apart():
    (aside,) = rows_of(quotes.statements(NOTES), folded=True)
    assert (aside.words, aside.to) == (("“terrorist”",), "q4")


@pytest.mark.parametrize(
    ("speaker", "numbers"), [("s4", ["4", "5"]), ("s1", ["1"]), (quotes.UNKNOWN, ["6"]), ("s9", [])]
)
def test_the_statements_of_one_speaker_keep_their_numbers(speaker, numbers):
    groups = quotes.statements(NOTES, speaker)
    assert [row.lead for row in rows_of(groups)] == numbers
    assert not rows_of(groups, folded=True)


def test_who_speaks_most_is_offered_first_and_the_unknown_last():
    names = quotes.voices(NOTES)
    assert next(iter(names.values())) == "Kamal Hyder (2)"
    assert list(names)[-1] == quotes.UNKNOWN
    assert "s5" not in names  # says nothing


# Cast


def test_the_cast_leads_to_its_names():
    rows = {row.title: row for row in rows_of(cast.members(NOTES))}
    hyder = rows["Kamal Hyder"]
    assert (hyder.aside, hyder.detail, hyder.remark) == ("2 statements", "Al Jazeera", "named 2 times")
    assert hyder.to.startswith("e0:")
    assert rows["A military spokesperson (unnamed)"].to == "q1"  # no name to lead to
    assert all(row.is_open for row in rows.values())


def test_other_names_stand_by_kind_behind_their_titles():
    titles = [group.title for group in cast.names(NOTES)]
    assert "Place (11)" in titles
    assert all(group.folded for group in cast.names(NOTES))
    assert not [t for t in titles if t.startswith("Person")]


def test_shares_are_of_all_words_said():
    drawn = cast.shares(NOTES)
    assert drawn[0].name == "Kamal Hyder"
    assert drawn[-1].name == "Unknown"
    assert sum(bar.share for bar in drawn) == pytest.approx(1)
    assert cast.shares(replace(NOTES, quotes=(), figures=())) == ()


def test_many_speakers_are_drawn_as_eight_and_the_others_are_told():
    words = " ".join(f"n{i} s{i}" for i in range(12))
    ends = [(words.index(f"n{i} "), words.index(f"s{i}")) for i in range(12)]
    notes = Annotations(
        Article(words),
        Engine("0", "", ""),
        speakers=tuple(Speaker(f"s{i}", Span(a, a + 2)) for i, (a, _) in enumerate(ends)),
        quotes=tuple(
            Quote(f"q{i}", "direct", (Span(b, b + 2),), speakers=(f"s{i}",)) for i, (_, b) in enumerate(ends)
        ),
    )
    drawn = cast.shares(notes)
    assert [bar.name for bar in drawn] == [f"n{i}" for i in range(8)]
    assert cast.others(notes) == "and 4 others, 4 quotes"
    shown = Parsed(bars(drawn, "Share", cast.others(notes)))
    assert (shown.tags["li"], "and 4 others, 4 quotes" in shown.text) == (8, True)


def test_few_speakers_have_no_others():
    assert cast.others(NOTES) == ""
    assert cast.others(replace(NOTES, quotes=(), figures=())) == ""
    assert "p" not in Parsed(bars(cast.shares(NOTES), "Share", cast.others(NOTES))).tags


# Pictures


@pytest.mark.parametrize("words", HOSTILE)
def test_pictures_show_hostile_words_as_words(words):
    drawn = Parsed(bars([Bar(words, 1.0, 3)], words, words))
    assert set(drawn.tags) == {"figure", "figcaption", "ul", "li", "span", "p"}
    assert drawn.text.count(words) == 3


def dated(*dates: str) -> Annotations:
    text = "x" * len(dates)
    found = tuple(Figure(f"f{i}", "date", Span(i, i + 1), date=d) for i, d in enumerate(dates))
    return Annotations(Article(text), Engine("0", "", ""), figures=found)


@pytest.mark.parametrize(
    ("dates", "ticks"),
    [
        (("2024-01-01", "2024-01-02", "2024-01-02", "2024-02"), 3),
        (("2024", "2024-01", "2024-01-01T10:30"), 0),  # all begin on one day
        (("2024-08-05/2024-08-11", "1947"), 2),
        ((), 0),
    ],
)
def test_the_line_of_time_has_a_tick_for_each_day(dates, ticks):
    drawn = Parsed(line_of_time(moments(dated(*dates))))
    # Two of the spans are the ends below the line.
    assert drawn.tags["span"] == (ticks + 2 if ticks else 0)


# Numbers


def test_numbers_tell_value_what_they_count_and_on_whose_word():
    killed = span("33")
    share = span("3.6 percent")
    notes = replace(
        NOTES,
        figures=(
            Figure("f1", "number", killed, measures=(Measure(33),), counts=span("attackers"), quote="q1"),
            Figure("f2", "percent", share, measures=(Measure(3.6, "%"),)),
            Figure("f3", "number", span("27"), status="rejected"),
            Figure("f4", "date", span("August 2024"), date="2024-08"),
        ),
    )
    shares, counts = numbers.numbers(notes)
    assert (shares.title, counts.title) == ("Shares", "Counts")
    (row,) = counts.rows
    assert (row.title, row.aside, row.detail, row.remark, row.to) == (
        "33",
        "",
        "attackers",
        "said by A military spokesperson",
        "f1",
    )
    assert shares.rows[0].aside == "3.6%"
    assert shares.rows[0].remark == "no source found"
    (event,) = rows_of(numbers.dates(notes), folded=True)
    assert (event.title, event.aside, event.to) == ("August 2024", "August 2024", "f4")
    assert [(group.title, group.folded) for group in numbers.dates(notes)] == [("Timeline (1 date)", True)]


def test_a_sentence_of_two_dates_is_told_in_whole_once():
    text = "It opened in 1931 and carried trams for years, it fell on 3 March 2024, and nobody saw it."
    figures = [("f1", "3 March 2024", "2024-03-03"), ("f2", "1931", "1931")]
    notes = Annotations(
        Article(text),
        NOTES.engine,
        (Span(0, len(text)),),
        figures=tuple(
            Figure(id, "date", Span(text.index(words), text.index(words) + len(words)), date=date)
            for id, words, date in figures
        ),
    )
    rows = rows_of(numbers.dates(notes), folded=True)
    assert [(row.title, row.words) for row in rows] == [
        ("1931", (text,)),
        ("3 March 2024", ("… it fell on 3 March 2024, and nobody saw it.",)),
    ]


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        (Measure(5_000_000, "USD"), "5,000,000 USD"),
        (Measure(30, "%", 40), "30 to 40%"),
        (Measure(27), "27"),
        (Measure(160, "km"), "160 km"),
        (Measure(100, "mile"), ""),
    ],
)
def test_values(measure, words):
    assert numbers.value_of(measure) == words


# Summary


def test_sentences_can_be_pinned_dropped_and_brought_back():
    first, second = NOTES.summary.sentences
    third = stretch("The BLA took", "were killed.")
    assert [g.title for g in summary.sentences(NOTES)] == [""]
    notes = replace(NOTES, sentences=(first, second, third))
    notes = edits.apply(notes, edits.pin(first), edits.drop(second))
    chosen, dropped, others = summary.sentences(notes)
    assert [row.actions for row in chosen.rows] == [("unpin",)]
    assert chosen.rows[0].remark.startswith("pinned")
    assert [(row.at, row.actions) for row in dropped.rows] == [((second,), ("back",))]
    assert [(row.at, row.actions) for row in others.rows] == [((third,), ("pin",))]
    assert others.folded
    assert summary.told(notes).startswith("1 sentence, ")


def test_without_a_summary_there_is_nothing_to_choose():
    assert summary.sentences(replace(NOTES, summary=None)) == ()


# Checks


def test_a_finding_is_dismissed_and_brought_back():
    before = checks.findings(NOTES)
    row = rows_of(before)[0]
    assert row.actions == ("dismiss",)
    notes = edits.apply(NOTES, checks.dismissal(row))
    (gone,) = rows_of(checks.findings(notes), folded=True)
    assert (gone.id, gone.actions) == (row.id, ("back",))
    assert row.id not in [r.id for r in rows_of(checks.findings(notes))]
    notes = edits.apply(notes, *checks.restored(notes, gone))
    assert checks.findings(notes) == before


# The page


def page(notes):
    from toolkit.ui import work
    from toolkit.ui.panels import cast, checks, facts, numbers, quotes, summary

    if work.current() is None:
        work.open_notes(notes)
    opened = work.current()
    for panel in (quotes.show, cast.show, numbers.show, summary.show, checks.show):
        panel(opened)
    facts.show(opened)


@pytest.fixture
def lists(monkeypatch, tmp_path):
    monkeypatch.setenv("NEWSDESK_LIBRARY", str(tmp_path / "library.sqlite"))
    return stand_in(monkeypatch)


def run(notes: Annotations) -> AppTest:
    at = AppTest.from_function(page, kwargs={"notes": notes}, default_timeout=30).run()
    assert not at.exception
    return at


def test_a_row_leads_to_its_mark_and_an_action_is_an_edit(lists):
    at = run(replace(NOTES, sentences=NOTES.summary.sentences))
    lists.press("nd-quotes", "q5")
    at.run()
    work = at.session_state["nd-work"]
    assert (work.focus, work.jump) == ("q5", 1)
    finding = lists.ids("nd-checks")[0]
    lists.press("nd-checks", finding, "dismiss")
    at.run()
    assert at.session_state["nd-work"].edits[-1].act == "dismiss"
    first = lists.ids("nd-summary")[0]
    lists.press("nd-summary", first, "pin")
    at.run().run()
    assert not at.exception
    assert at.session_state["nd-work"].notes.summary.pinned
    assert "unpin" in lists.shown["nd-summary"]["groups"][0][2][0][9]


def test_what_was_not_offered_does_nothing(lists):
    at = run(NOTES)
    lists.press("nd-checks", lists.ids("nd-checks")[0], "drop table")
    lists.press("nd-quotes", "q8")  # rejected
    at.run()
    assert (at.session_state["nd-work"].edits, at.session_state["nd-work"].jump) == ((), 0)


def test_statements_are_chosen_by_speaker(lists):
    at = run(NOTES)
    assert len(lists.ids("nd-quotes")) == 7
    at.selectbox[0].select("s4").run()
    assert lists.ids("nd-quotes") == ["q5", "q6"]


def test_the_length_of_the_summary_is_a_view(lists):
    at = run(replace(NOTES, sentences=NOTES.summary.sentences))
    at.session_state["nd-unit"] = "sentences"
    at.run()
    at.slider[0].set_value(1).run()
    assert not at.exception
    work = at.session_state["nd-work"]
    assert len(work.notes.summary.sentences) == 1
    assert work.edits == ()


def hostile(words: str) -> Annotations:
    text = f"{words}. {words} said {words}."
    first, second = Span(0, len(words)), Span(len(words) + 2, 2 * len(words) + 2)
    third = Span(len(text) - len(words) - 1, len(text) - 1)
    return Annotations(
        Article(text, headline=words, byline=words, source=words, slug=words, dateline=words),
        Engine("0", "", ""),
        sentences=(Span(0, first.end + 1), Span(second.start, len(text))),
        entities=(
            Entity("<e>", "PERSON", first, (Mention(first, "m:x@0"), Mention(second, "m:x@0")), third),
            Entity("o", "ORG", third, (Mention(third, "m:x@0"),)),
        ),
        speakers=(Speaker("<s>", first, role=second, affiliation=third), Speaker("t", second)),
        quotes=(
            Quote('"q', "direct", (third,), speakers=("<s>",)),
            Quote("r", "indirect", (first,), cue=(second,), speakers=("t",)),
            Quote("w", "scare", (second,)),
        ),
        figures=(
            Figure("f", "number", first, counts=second, quote="r"),
            Figure("d", "date", third, date="2024-01-02"),
            Figure("g", "date", first, date="2023"),
        ),
        summary=Summary("lead", (Span(0, first.end + 1),), replace(NOTES.summary).budget),
    )


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words_in_every_panel(lists, words):
    at = run(hostile(words))
    # Markdown is in labels and in st.markdown: no article's words come near them.
    assert not at.markdown
    assert not [w for kind in (at.button, at.slider, at.selectbox) for w in kind if words in w.label]
    bodies = [element.proto.body for element in at.get("html")]
    assert bodies
    for body in bodies:
        assert set(Parsed(body).tags) <= {"figure", "figcaption", "ul", "li", "span", "div", "p"}
    # A list goes out as data, and its component writes text nodes.
    assert words in lists.titles("nd-cast")
