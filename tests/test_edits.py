"""What an editor decides is done to the right thing, survives another run, and can be taken back."""

from __future__ import annotations

import re
import time
from collections import Counter
from dataclasses import replace

import pytest
from handmade import jaffar_express, repeated, span, stretch
from hypothesis import given
from hypothesis import strategies as st
from strategies import annotations, decisions, odd_texts
from test_model import spans_in

from toolkit import edits
from toolkit.decision import Edit
from toolkit.edits.draft import AlreadySo, Draft
from toolkit.edits.touching import touched, touching
from toolkit.errors import ToolkitError, UnfitEdit
from toolkit.model import Annotations, Article, Engine, Entity, Figure, Mention, Quote, Span, Speaker
from toolkit.noted import notes_on
from toolkit.schema import from_json, to_json
from toolkit.store import Kept
from toolkit.store.records import left_behind

ANA = "Ana"
EDITOR = "editor:Ana"
NOTES = replace(jaffar_express(), sentences=(stretch("A military spokesperson said", "killed."),))
TEXT = NOTES.article.text


def quote(notes: Annotations, name: str) -> Quote:
    return next(q for q in notes.quotes if q.id == name)


def entity(notes: Annotations, name: str) -> Entity:
    return next(e for e in notes.entities if name in (notes.text(e), *(notes.text(m) for m in e.mentions)))


# Status

STATUS = [
    ("confirm", "q1", "confirmed"),
    ("reject", "q1", "rejected"),
    ("reset", "q3", "suggested"),
    ("confirm", "q8", "confirmed"),
]


@pytest.mark.parametrize(("act", "name", "status"), STATUS)
def test_a_quote_is_confirmed_rejected_and_reset_and_stays_the_machines(act, name, status):
    after = edits.apply(NOTES, getattr(edits, act)(quote(NOTES, name), ANA))
    assert quote(after, name) == replace(quote(NOTES, name), status=status)
    assert [q for q in after.quotes if q.id != name] == [q for q in NOTES.quotes if q.id != name]


def test_what_is_decided_of_an_entity_is_decided_of_its_mentions():
    hyder = entity(NOTES, "Kamal Hyder")
    rejected = entity(edits.apply(NOTES, edits.reject(hyder, ANA)), "Kamal Hyder")
    assert {(m.status, m.origin) for m in rejected.mentions} == {("rejected", hyder.mentions[0].origin)}
    one = edits.apply(NOTES, edits.reject(hyder.mentions[1]), edits.confirm(hyder))
    assert [m.status for m in entity(one, "Kamal Hyder").mentions].count("rejected") == 1
    back = edits.apply(one, edits.reset(hyder))
    assert back.entities == NOTES.entities


def test_an_edit_finds_its_target_by_places_that_share_half_of_their_letters():
    first, *_ = quote(NOTES, "q5").content
    near, far = (
        Span(first.start + 9, first.end),
        Span(first.start, first.start + (first.end - first.start) // 3),
    )
    after = edits.apply(NOTES, Edit("reject", "quote", (near,)))
    assert quote(after, "q5").status == "rejected"
    assert after.edits == (edits.reject(quote(NOTES, "q5")),), "it is kept with the exact place"
    assert after.edits == (edits.reject(quote(NOTES, "q5")),), "it is kept with the exact place"
    with pytest.raises(UnfitEdit, match="No quote stands at"):
        edits.apply(NOTES, Edit("reject", "quote", (far,)))


# Quotes


def test_a_quote_that_was_missed_is_added_in_the_order_of_the_text():
    content = (Span(*stretch("services resumed", "October")),)
    fresh = replace(NOTES, quotes=tuple(q for q in NOTES.quotes if q.id != "q8"))
    after = edits.apply(fresh, edits.add_quote(content, "indirect", (entity(NOTES, "BLA").name,), ANA))
    added = next(q for q in after.quotes if q not in fresh.quotes)
    assert (added.content, added.kind, added.origin, added.status) == (
        content,
        "indirect",
        EDITOR,
        "confirmed",
    )
    assert (added.speakers, added.how, added.score) == (("s5",), "editor", None)
    assert [min(q.content) for q in after.quotes] == sorted(min(q.content) for q in after.quotes)
    assert added.id not in {q.id for q in fresh.quotes}


def test_adding_the_words_of_a_quote_once_more_makes_it_the_editors():
    known = quote(NOTES, "q5").content[0]
    inner = (Span(known.start + 1, known.end - 1),)  # without its marks
    after = edits.apply(NOTES, edits.add_quote(inner, "direct", by=ANA))
    assert len(after.quotes) == len(NOTES.quotes)
    assert (quote(after, "q5").content, quote(after, "q5").origin) == (inner, EDITOR)
    assert quote(after, "q5").speakers == ("s4",)


def test_a_proposed_speaker_is_no_decision_until_it_is_confirmed():
    content = (stretch("The last major attack", "depart."),)
    name = NOTES.speakers[0].name
    notes = edits.apply(
        NOTES, edits.add_quote(content, "indirect", by=ANA), edits.propose(content, (name,), ANA)
    )
    added = edits.draft.quote_at(edits.draft.Draft.of(notes), content)
    assert edits.is_proposed(added)
    assert (added.speakers, added.status, added.speaker_score) == ((NOTES.speakers[0].id,), "confirmed", 0.79)
    assert added.how != "editor"
    again, unfit = edits.replay(NOTES, notes.edits)
    assert (again, unfit) == (notes, ())
    sure = edits.apply(notes, edits.confirm(added, ANA))
    settled = edits.draft.quote_at(edits.draft.Draft.of(sure), content)
    assert (settled.how, settled.speaker_score, settled.speakers) == ("editor", None, added.speakers)
    assert not edits.is_proposed(settled)
    # Who is known already stays.
    q5 = quote(NOTES, "q5")
    assert quote(edits.apply(NOTES, edits.propose(q5.content, (name,))), "q5") == q5


def said(text: str, *pieces: str) -> tuple[Span, ...]:
    return tuple(Span(text.index(p), text.index(p) + len(p)) for p in pieces)


def test_an_update_leaves_one_of_two_overlapping_quotes_the_editors():
    text = "“We will go,” Rao said, “but not today, and not by the old road, which is closed.” He left."
    whole = said(text, "“We will go,”", "“but not today, and not by the old road, which is closed.”")
    machine = Annotations(
        Article(text), Engine("", "", ""), quotes=(Quote("q1", "direct", whole, origin="machine:"),)
    )
    crossing = said(text, "Rao said, “but not today, and")
    found = {
        "a piece of it": whole[:1],
        "most of it": (whole[0], said(text, "“but not today, and not by the old road")[0]),
        "across its border": crossing,
    }
    for case, content in found.items():
        confirmed = Edit("confirm", "quote", content, value="direct", by=ANA)
        for edit in (confirmed, edits.add_quote(content, by=ANA)):
            after, unfit = edits.replay(machine, [edit])
            assert not unfit
            assert [(q.content, q.origin) for q in after.quotes] == [(content, EDITOR)], case
    # A quote in a quote is another one, and what an editor decided is not taken.
    within = said(text, "the old road")
    assert len(edits.apply(machine, edits.add_quote(within)).quotes) == 2
    decided = edits.apply(machine, edits.confirm(machine.quotes[0]))
    assert len(edits.apply(decided, edits.add_quote(crossing)).quotes) == 2
    with_scare = replace(machine, quotes=(replace(machine.quotes[0], kind="scare"),))
    assert len(edits.apply(with_scare, edits.add_quote(crossing)).quotes) == 2


def test_of_several_suggestions_under_an_added_quote_none_is_left():
    text = "“We will go,” he said. “Not today.” He left."
    content = said(text, "“We will go,”", "“Not today.”")
    machine = Annotations(
        Article(text),
        Engine("", "", ""),
        quotes=tuple(Quote(f"q{i}", "direct", (span,), origin="machine:") for i, span in enumerate(content)),
        figures=(Figure("f1", "number", said(text, "Not")[0], quote="q1"),),
    )
    after = edits.apply(machine, edits.add_quote(content, by=ANA))
    assert [q.content for q in after.quotes] == [content]
    assert after.figures[0].quote == after.quotes[0].id


def test_the_extent_of_a_quote_changes_and_its_flags_stay_true():
    q2 = quote(NOTES, "q2")
    pieces = (
        Span(q2.content[0].start, q2.content[0].start + 8),
        Span(q2.content[0].start + 12, q2.content[0].end),
    )
    after = edits.apply(NOTES, edits.extent(q2, pieces, ANA))
    assert quote(after, "q2") == replace(
        q2, content=pieces, flags=("split",), score=None, origin=EDITOR, status="confirmed"
    )
    q5 = quote(NOTES, "q5")
    shorter = (Span(q5.content[0].start, q5.content[0].end - 4),)
    assert quote(edits.apply(NOTES, edits.extent(q5, shorter)), "q5").flags == ("altered",)


def test_a_figure_belongs_to_the_statement_that_holds_it():
    content = quote(NOTES, "q2").content[0]
    number = Figure("f1", "number", span("27"), quote="q2")
    notes = replace(NOTES, figures=(number,))
    shorter = edits.apply(notes, edits.extent(quote(notes, "q2"), (Span(number.span.end + 1, content.end),)))
    assert shorter.figures[0].quote is None
    again = edits.apply(shorter, edits.extent(quote(shorter, "q2"), (content,)))
    assert again.figures[0].quote == "q2"
    assert edits.apply(again, edits.kind(quote(again, "q2"), "scare")).figures[0].quote is None


def test_the_kind_of_a_quote_changes():
    after = edits.apply(NOTES, edits.kind(quote(NOTES, "q4"), "mixed", ANA))
    assert quote(after, "q4") == replace(quote(NOTES, "q4"), kind="mixed", origin=EDITOR, status="confirmed")


# Who said it: the selected words, and who is meant

SPEAKERS = [
    (span("Jeeyand Baloch"), "s3"),
    (span("Baloch", "Spokesman Jeeyand"), "s3"),  # inside the name
    (span("Hyder", "concerns,”"), "s4"),  # a mention of his
    (span("BLA", "The BLA took"), "s5"),
    (span("spokesperson"), "s1"),
]


@pytest.mark.parametrize(("place", "expected"), SPEAKERS)
def test_a_speaker_is_found_by_a_place_that_names_them(place, expected):
    after = edits.apply(NOTES, edits.speaker(quote(NOTES, "q2"), (place,), ANA))
    changed = quote(after, "q2")
    assert changed.speakers == (expected,)
    assert (changed.how, changed.speaker_score, changed.origin, changed.status) == (
        "editor",
        None,
        EDITOR,
        "confirmed",
    )
    assert (changed.source, changed.cue, changed.content) == tuple(
        getattr(quote(NOTES, "q2"), name) for name in ("source", "cue", "content")
    )
    assert after.speakers == NOTES.speakers


def test_somebody_new_enters_the_cast_and_leaves_it_when_nothing_is_theirs():
    quetta = entity(NOTES, "Quetta")
    after = edits.apply(NOTES, edits.speaker(quote(NOTES, "q2"), (quetta.mentions[-1].span,), ANA))
    new = next(s for s in after.speakers if s not in NOTES.speakers)
    assert (new.name, new.entity, new.anonymous) == (quetta.name, quetta.id, False)
    assert quote(after, "q2").speakers == (new.id,)
    back = edits.apply(after, edits.speaker(quote(after, "q2"), (span("security sources"),)))
    assert back.speakers == NOTES.speakers


@pytest.mark.parametrize(
    ("name", "unnamed"), [("hostages", True), ("rescue operation", True), ("At least 27", True)]
)
def test_words_without_a_name_are_an_unnamed_speaker(name, unnamed):
    after = edits.apply(NOTES, edits.speaker(quote(NOTES, "q2"), (span(name),)))
    assert [s.anonymous for s in after.speakers if s not in NOTES.speakers] == [unnamed]


def test_nobody_may_be_known_to_have_said_it_and_two_may_have():
    q3 = quote(NOTES, "q3")
    nobody = quote(edits.apply(NOTES, edits.speaker(q3, (), ANA)), "q3")
    assert (nobody.speakers, nobody.how, nobody.origin) == ((), "editor", EDITOR)
    two = (span("Kamal Hyder"), span("Jeeyand Baloch"), span("Hyder", "concerns,”"))
    assert quote(edits.apply(NOTES, edits.speaker(q3, two)), "q3").speakers == ("s4", "s3")


def test_a_title_before_a_name_is_no_other_person():
    text = "“No,” Minister Rao said. Anil Rao left."
    notes = Annotations(
        Article(text),
        Engine("", "", ""),
        entities=(
            Entity("e1", "PERSON", Span(25, 33), (Mention(Span(15, 18), ""), Mention(Span(25, 33), ""))),
        ),
        quotes=(Quote("q1", "direct", (Span(0, 5),)),),
    )
    after = edits.apply(notes, edits.speaker(notes.quotes[0], (Span(6, 18),)))
    assert [(after.text(s), s.entity) for s in after.speakers] == [("Anil Rao", "e1")]


# Names


def test_a_name_that_was_missed_becomes_an_entity_or_joins_one_that_is_written_alike():
    place = span("hostages")
    alone = edits.apply(NOTES, edits.add_mention(place, "GROUP", by=ANA))
    new = entity(alone, "hostages")
    assert new == Entity(new.id, "GROUP", place, (Mention(place, EDITOR, "confirmed"),))
    first = [min(e.mentions, key=lambda m: m.span).span for e in alone.entities]
    assert first == sorted(first)
    bare = replace(NOTES, entities=tuple(replace(e, mentions=e.mentions[:1]) for e in NOTES.entities))
    joined = edits.apply(bare, edits.add_mention(span("BLA", "The BLA took"), "ORG", by=ANA))
    assert span("BLA", "The BLA took") in [m.span for m in entity(joined, "BLA").mentions]
    other = edits.apply(bare, edits.add_mention(span("hostages"), "", of=entity(bare, "Quetta")))
    assert [e.name for e in other.entities if span("hostages") in [m.span for m in e.mentions]] == [
        entity(bare, "Quetta").name
    ]


def test_a_name_goes_over_to_another_entity():
    hyder, baloch = entity(NOTES, "Kamal Hyder"), entity(NOTES, "Jeeyand Baloch")
    moved = hyder.mentions[-1]
    after = edits.apply(NOTES, edits.add_mention(moved.span, "PERSON", of=baloch, by=ANA))
    assert moved.span not in [m.span for m in entity(after, "Kamal Hyder").mentions]
    assert [m.origin for m in entity(after, "Jeeyand Baloch").mentions if m.span == moved.span] == [EDITOR]
    alike = edits.apply(NOTES, edits.add_mention(moved.span, "PLACE", by=ANA))
    assert [e.label for e in alike.entities if moved.span in [m.span for m in e.mentions]] == ["PLACE"]


def test_the_extent_of_a_name_changes_and_the_entity_is_called_so():
    hyder = entity(NOTES, "Kamal Hyder")
    full = next(m for m in hyder.mentions if m.span == hyder.name)
    longer = stretch("Al Jazeera’s Kamal", "Hyder")
    after = edits.apply(NOTES, edits.extent(full, (longer,), ANA))
    changed = entity(after, NOTES.text(longer))
    assert (changed.id, changed.name) == (hyder.id, longer)
    assert next(s for s in after.speakers if s.id == "s4").name == longer


def test_a_name_does_not_grow_onto_another():
    text = "Rao met Anil Rao and Per Halvorsen."
    spans = [Span(0, 3), Span(8, 16), Span(21, 34)]
    notes = Annotations(
        Article(text),
        Engine("", "", ""),
        entities=tuple(
            Entity(f"e{i}", "PERSON", span, (Mention(span, "machine:"),)) for i, span in enumerate(spans)
        ),
    )
    with pytest.raises(UnfitEdit, match="“Anil Rao” is marked already, as a name of “Anil Rao”; reject"):
        edits.apply(notes, edits.extent(notes.entities[0].mentions[0], (spans[1],)))
    # Asked for, it goes over.
    after = edits.apply(notes, edits.add_mention(spans[1], "PERSON", of=notes.entities[0]))
    assert [[m.span for m in e.mentions] for e in after.entities] == [spans[:2], spans[2:]]
    # What was rejected leaves the place free, until it comes back.
    gone = edits.apply(notes, edits.reject(notes.entities[1]))
    grown = edits.apply(gone, edits.extent(notes.entities[0].mentions[0], (spans[1],)))
    with pytest.raises(UnfitEdit, match="is marked already"):
        edits.apply(
            grown,
            Edit("reset", "entity", (spans[1],)),
            edits.label(grown.entities[0], "ORG"),
            Edit("extent", "mention", (spans[2],), (spans[1],)),
        )


def test_a_label_is_that_of_all_mentions():
    bla = entity(NOTES, "BLA")
    after = entity(edits.apply(NOTES, edits.label(bla.mentions[0], "GROUP", ANA)), "BLA")
    assert after.label == "GROUP"
    assert {(m.origin, m.status) for m in after.mentions} == {(EDITOR, "confirmed")}


def test_merged_entities_have_one_name_and_one_speaker_and_their_quotes_follow():
    bla, army = entity(NOTES, "BLA"), entity(NOTES, "Jeeyand Baloch")
    notes = edits.apply(NOTES, edits.speaker(quote(NOTES, "q7"), (bla.name,)))
    after = edits.apply(notes, edits.merge(bla, army, ANA))
    one = entity(after, "Jeeyand Baloch")
    assert {m.span for m in one.mentions} == {m.span for m in (*bla.mentions, *army.mentions)}
    assert {m.origin for m in one.mentions} == {EDITOR, army.mentions[0].origin}
    assert "s5" not in {s.id for s in after.speakers}
    assert quote(after, "q7").speakers == quote(after, "q3").speakers == ("s3",)
    fuller = edits.apply(notes, edits.merge(army, bla))
    assert entity(fuller, "Jeeyand Baloch").id == bla.id


def test_a_name_that_an_editor_chose_stays_in_a_merger():
    bla, army = entity(NOTES, "BLA"), entity(NOTES, "Jeeyand Baloch")
    after = edits.apply(NOTES, edits.rename(bla, bla.mentions[0].span), edits.merge(army, bla))
    assert NOTES.text(bla) in {NOTES.text(e) for e in after.entities if e.id == bla.id}


def test_a_mention_split_off_is_an_entity_of_its_own():
    hyder = entity(NOTES, "Kamal Hyder")
    full = next(m for m in hyder.mentions if m.span == hyder.name)
    after = edits.apply(NOTES, edits.split(full, ANA))
    new = entity(after, "Kamal Hyder")
    assert new.mentions == (replace(full, origin=EDITOR, status="confirmed"),)
    assert new.id != hyder.id
    old = next(e for e in after.entities if e.id == hyder.id)
    assert NOTES.text(old.name) == "Hyder"
    assert next(s for s in after.speakers if s.id == "s4").name == old.name


def test_an_entity_is_renamed_to_words_of_the_text():
    bla = entity(NOTES, "BLA")
    name = span("Balochistan Liberation Army")
    after = edits.apply(NOTES, edits.rename(bla, name, ANA))
    assert next(e for e in after.entities if e.id == bla.id).name == name
    assert next(s for s in after.speakers if s.id == "s5").name == name


# Sentences, notes, findings


def test_a_sentence_is_pinned_dropped_and_freed():
    assert NOTES.summary
    place = NOTES.sentences[0]
    dropped = edits.apply(NOTES, edits.drop(place)).summary
    assert (dropped.dropped, place in dropped.sentences) == ((place,), False)
    pinned = edits.apply(NOTES, edits.drop(place), edits.pin(place)).summary
    assert (pinned.pinned, pinned.dropped, pinned.sentences) == ((place,), (), NOTES.summary.sentences)
    freed = edits.apply(NOTES, edits.pin(place), edits.free(place)).summary
    assert freed == NOTES.summary


def test_notes_and_dismissals_live_among_the_edits_alone():
    told = (
        edits.note(quote(NOTES, "q1"), "Ask the army again.", ANA),
        edits.dismiss(span("hostages"), "no-role"),
    )
    after = edits.apply(NOTES, *told)
    assert after == replace(NOTES, edits=told)


MARK, WORDS, WHOLE = quote(NOTES, "q1"), span("hostages"), Span(0, len(TEXT))


@pytest.mark.parametrize(
    ("before", "edit", "is_so"),
    [
        ([edits.note(MARK, "Ask.")], edits.note(MARK, "Ask."), True),
        ([edits.note(MARK, "Ask.", ANA)], edits.note(MARK, "Ask.", "Ben"), True),
        ([edits.note(WHOLE, "Hold.", ANA)], edits.note(WHOLE, "Hold.", "Ben"), True),
        ([edits.note(WORDS, "Who?", ANA)], edits.note(WORDS, "Who?", ANA), True),
        ([edits.note(WORDS, "Who?", ANA)], edits.note(WORDS, "Who?"), True),
        ([edits.note(WORDS, "Who?", ANA), edits.note(WORDS, "x")], edits.note(WORDS, "Who?", ANA), True),
        ([], edits.note(MARK, ""), True),
        ([edits.note(MARK, "Ask."), edits.note(MARK, "")], edits.note(MARK, ""), True),
        ([], edits.note(WORDS, ""), True),
        ([edits.note(MARK, "Ask."), edits.note(MARK, "No.")], edits.note(MARK, "Ask."), False),
        ([edits.note(MARK, "Ask."), edits.note(MARK, "")], edits.note(MARK, "Ask."), False),
        ([edits.note(MARK, "Ask.")], edits.note(MARK, "ask."), False),
        ([edits.note(MARK, "Ask.")], edits.note(quote(NOTES, "q2"), "Ask."), False),
        ([edits.note(MARK.content[0], "Ask.")], edits.note(MARK, "Ask."), False),
        ([edits.note(WORDS, "Who?", ANA)], edits.note(WORDS, "Who?", "Ben"), False),
        ([edits.note(WORDS, "Who?"), edits.note(WORDS, "")], edits.note(WORDS, "Who?"), False),
        ([edits.note(WORDS, "Who?")], edits.note(WORDS, ""), False),
        ([edits.dismiss(WORDS, "no-role")], edits.note(WORDS, "no-role"), False),
    ],
)
def test_a_note_that_stands_there_already_is_so_already(before, edit, is_so):
    notes = edits.apply(NOTES, *before)
    if not is_so:
        assert edits.apply(notes, edit).edits == (*notes.edits, edit)
        return
    with pytest.raises(AlreadySo, match="note"):
        edits.apply(notes, edit)
    again, unfit = edits.replay(NOTES, (*notes.edits, edit))
    assert not unfit, "what was kept twice is not told as lost"
    assert {n.words for n in notes_on(again)} == {n.words for n in notes_on(notes)}


@pytest.mark.parametrize("edit", [edits.kind(MARK, "x" * 9_000), edits.add_mention(WORDS, "x" * 9_000)])
def test_a_long_word_that_is_no_choice_is_told_short(edit):
    with pytest.raises(UnfitEdit, match="choose from") as told:
        edits.apply(NOTES, edit)
    assert len(str(told.value)) < 300


# What fits nothing

BEYOND = Span(len(TEXT) - 1, len(TEXT) + 1)
BLANK = Span(TEXT.index(" "), TEXT.index(" ") + 1)
UNFIT = {
    "a quote that is gone": edits.reject(Quote("", "direct", (span("hostages"),))),
    "a name that is gone": edits.split(Mention(span("hostages"), "")),
    "a figure that is gone": edits.confirm(Figure("", "number", span("27"))),
    "a sentence that is none": edits.pin(span("hostages")),
    "beyond the text": edits.add_mention(BEYOND, "ORG"),
    "speaker beyond the text": edits.speaker(quote(NOTES, "q1"), (BEYOND,)),
    "backwards": edits.add_mention(Span(9, 3), "ORG"),
    "nowhere": Edit("add", "quote", ()),
    "an unknown label": edits.label(entity(NOTES, "BLA"), "PARTY"),
    "an unknown label of a new name": edits.add_mention(span("hostages"), "person"),
    "an unknown kind": edits.kind(quote(NOTES, "q1"), "loud"),
    "a quote of blanks": edits.add_quote((BLANK,)),
    "a quote that overlaps itself": edits.add_quote((Span(0, 9), Span(5, 12))),
    "an extent of nothing": edits.extent(quote(NOTES, "q1"), ()),
    "a name in two pieces": edits.extent(entity(NOTES, "BLA").mentions[0], (Span(0, 2), Span(5, 7))),
    "a name of blanks": edits.rename(entity(NOTES, "BLA"), BLANK),
    "a speaker of blanks": edits.speaker(quote(NOTES, "q1"), (BLANK,)),
    "merged with itself": edits.merge(entity(NOTES, "BLA"), entity(NOTES, "BLA")),
    "a dismissal of no check": edits.dismiss(span("hostages"), ""),
    "an act that is none": Edit("merge", "quote", quote(NOTES, "q1").content),
}


@pytest.mark.parametrize("edit", UNFIT.values(), ids=UNFIT)
def test_an_edit_that_fits_nothing_says_so_in_one_sentence(edit):
    with pytest.raises(UnfitEdit) as caught:
        edits.apply(NOTES, edit)
    assert isinstance(caught.value, ToolkitError)
    assert str(caught.value).endswith((".", "it."))
    assert "\n" not in str(caught.value)


# Another run of the machine


def without(notes: Annotations, *names: str) -> Annotations:
    return replace(
        notes,
        quotes=tuple(q for q in notes.quotes if q.id not in names),
        entities=tuple(e for e in notes.entities if notes.text(e) not in names),
        speakers=tuple(replace(s, entity=None) for s in notes.speakers),
    )


def test_what_was_confirmed_stays_as_it_was_when_the_machine_changes_its_mind():
    q2 = quote(NOTES, "q2")
    decided = edits.apply(NOTES, edits.confirm(q2, ANA)).edits
    changed = replace(
        q2, kind="mixed", speakers=("s5",), content=(Span(q2.content[0].start + 3, q2.content[0].end),)
    )
    machine = replace(NOTES, quotes=tuple(changed if q.id == "q2" else q for q in NOTES.quotes))
    again, unfit = edits.replay(machine, decided)
    kept = quote(again, "q2")
    assert unfit == ()
    assert (kept.kind, kept.content, kept.speakers) == (q2.kind, q2.content, q2.speakers)
    assert (kept.status, kept.origin) == ("confirmed", EDITOR)


def test_what_was_confirmed_or_changed_is_added_when_the_machine_no_longer_finds_it():
    q2, q5 = quote(NOTES, "q2"), quote(NOTES, "q5")
    longer = (Span(q5.content[0].start, q5.content[0].end + 5),)
    quetta = entity(NOTES, "Quetta")
    decided = edits.apply(
        NOTES, edits.confirm(q2, ANA), edits.extent(q5, longer, ANA), edits.confirm(quetta.mentions[0], ANA)
    ).edits
    again, unfit = edits.replay(without(NOTES, "q2", "q5", "Quetta"), decided)
    assert unfit == ()
    assert again.edits == decided
    contents = {q.content: q for q in again.quotes}
    assert contents[q2.content].speakers == ("s2",)
    assert contents[longer].kind == "direct"
    assert entity(again, "Quetta").mentions == (Mention(quetta.mentions[0].span, EDITOR, "confirmed"),)


def test_what_does_not_fit_is_listed_and_the_rest_is_done():
    number = Figure("f1", "number", span("27"))
    notes = replace(NOTES, figures=(number,))
    decided = edits.apply(notes, edits.confirm(number), edits.kind(quote(NOTES, "q1"), "mixed")).edits
    again, unfit = edits.replay(NOTES, decided)
    assert [u.edit for u in unfit] == [decided[0]]
    assert unfit[0].reason
    assert quote(again, "q1").kind == "mixed"
    assert again.edits == decided[1:]


def test_a_rejection_waits_for_a_run_that_finds_the_thing_again():
    decided = edits.apply(NOTES, edits.reject(quote(NOTES, "q4"))).edits
    gone, unfit = edits.replay(without(NOTES, "q4"), decided)
    assert (unfit, gone.edits) == ((), decided)
    assert quote(edits.replay(NOTES, gone.edits)[0], "q4").status == "rejected"


FEES = "Rao said that the fee would be forty and that nobody had to pay it today. Hyder left, Rao said."
LONG = Span(FEES.index("the fee"), FEES.index(" today"))
SHORT = Span(LONG.start, FEES.index(" had to"))


def of_fees(*quotes: Span) -> Annotations:
    found = tuple(Quote(f"q{n}", "indirect", (s,), origin="machine:") for n, s in enumerate(quotes, 1))
    return Annotations(Article(FEES), Engine("", "", ""), quotes=found)


def on_long_and_short(first, second):
    """Two decisions, each on one of two quotes that share most of their words."""
    long, short = of_fees(LONG, SHORT).quotes
    return edits.apply(of_fees(LONG, SHORT), first(long), second(short)).edits


def said_by(name: str):
    return lambda q: edits.speaker(q, said(FEES, name))


@pytest.mark.parametrize(
    ("decided", "expected"),
    {
        "the shorter was rejected": (
            on_long_and_short(edits.confirm, edits.reject),
            {LONG: ("confirmed", "")},
        ),
        "both were confirmed": (
            on_long_and_short(edits.confirm, edits.confirm),
            {LONG: ("confirmed", ""), SHORT: ("confirmed", "")},
        ),
        "the shorter was confirmed": (
            on_long_and_short(edits.reject, edits.confirm),
            {LONG: ("rejected", ""), SHORT: ("confirmed", "")},
        ),
        "each had its speaker": (
            on_long_and_short(said_by("Rao"), said_by("Hyder")),
            {LONG: ("confirmed", "Rao"), SHORT: ("confirmed", "Hyder")},
        ),
        "only the shorter was decided on": (
            on_long_and_short(edits.confirm, edits.reject)[1:],
            {LONG: ("rejected", "")},
        ),
        "told twice of nearly the same words": (
            (Edit("confirm", "quote", (SHORT,)), Edit("reject", "quote", (SHORT,))),
            {LONG: ("rejected", "")},
        ),
        "told of the words before they were changed": (
            (Edit("extent", "quote", (SHORT,), (LONG,)), Edit("reject", "quote", (SHORT,))),
            {LONG: ("rejected", "")},
        ),
        "a word was dismissed in its place": (
            (edits.dismiss(LONG, "no-speaker"), Edit("reject", "quote", (SHORT,))),
            {LONG: ("rejected", "")},
        ),
    }.values(),
)
def test_a_decision_does_not_go_over_to_a_quote_that_was_decided_on_by_itself(decided, expected):
    again, unfit = edits.replay(of_fees(LONG), decided)
    assert {q.content[0]: (q.status, again.speaker(q)) for q in again.quotes} == expected
    assert unfit == ()


def test_of_two_numbers_that_became_one_the_second_decision_is_told():
    forty, more = span("27"), Span(span("27").start, span("27").end + 2)
    one, two = Figure("f1", "number", more), Figure("f2", "number", forty)
    decided = edits.apply(replace(NOTES, figures=(one,)), edits.confirm(one)).edits
    other = Edit("extent", "figure", (Span(more.start, more.end - 1),), (forty,))
    again, unfit = edits.replay(replace(NOTES, figures=(one,)), (*decided, other))
    assert [(f.span, f.status) for f in again.figures] == [(more, "confirmed")]
    assert [each.edit for each in unfit] == [other]
    assert "look at both" in unfit[0].reason
    assert edits.replay(replace(NOTES, figures=(two,)), decided)[1] == ()


def test_a_name_that_cannot_be_a_suggestion_again_is_told():
    first, second = (entity(NOTES, name) for name in ("Kamal Hyder", "BLA"))
    held = Mention(second.mentions[0].span, "machine:", "rejected")
    both = replace(first, mentions=tuple(sorted((*first.mentions, held), key=lambda m: m.span)))
    machine = replace(NOTES, entities=tuple(both if e.id == first.id else e for e in NOTES.entities))
    decided = Edit("reset", "entity", (first.mentions[0].span,))
    again, unfit = edits.replay(machine, (decided,))
    assert again == machine
    assert [each.edit for each in unfit] == [decided]


def test_an_entity_is_told_by_a_place_that_is_no_other_ones():
    hyder, quetta = entity(NOTES, "Kamal Hyder"), entity(NOTES, "Quetta")
    place = hyder.name
    notes = edits.apply(NOTES, edits.reject(next(m for m in hyder.mentions if m.span == place)))
    notes = edits.apply(notes, edits.extent(quetta.mentions[0], (place,)))
    notes = edits.apply(notes, edits.label(next(e for e in notes.entities if e.id == hyder.id), "ORG"))
    assert {e.id: e.label for e in notes.entities if e.id in (hyder.id, quetta.id)} == {
        hyder.id: "ORG",
        quetta.id: quetta.label,
    }


@st.composite
def edited(draw: st.DrawFn) -> tuple[Annotations, tuple[Edit, ...], Annotations]:
    """Annotations, edits that fit them, and what they come to; each edit as it was kept."""
    before = draw(annotations(odd_texts.map("Rao said “no”.{}".format)))
    machine = replace(before, edits=())
    after = machine
    for edit in draw(decisions(machine)):
        try:
            after = edits.apply(after, edit)
        except UnfitEdit:
            continue
    return machine, after.edits, after


def replaying_on_the_same_run_is_applying(
    machine: Annotations, decided: tuple[Edit, ...], after: Annotations
):
    assert edits.replay(machine, decided) == (after, ())
    assert edits.apply(machine, *decided) == after


def undoing_a_step_gives_back_what_was_before_it(
    machine: Annotations, decided: tuple[Edit, ...], after: Annotations
):
    kept, taken = edits.undone(decided)
    assert {e.step for e in taken} <= {edits.last_step(decided)}
    before = edits.apply(machine, *kept)
    assert edits.replay(machine, kept) == (before, ())
    assert edits.apply(before, *taken) == after
    assert edits.replay(machine, ()) == (machine, ())


def edited_annotations_hold_in_the_text_and_in_json(after: Annotations):
    assert all(0 <= s.start < s.end <= len(after.article.text) for s in spans_in(after))
    assert from_json(to_json(after)) == after


def no_place_becomes_a_name_of_two(machine: Annotations, after: Annotations):
    def twice(notes):
        names = Counter(
            s for e in notes.entities for s in {m.span for m in e.mentions if m.status != "rejected"}
        )
        return {span for span, count in names.items() if count > 1}

    assert twice(after) <= twice(machine)


def what_an_editor_makes_or_alters_is_theirs_and_confirmed(
    machine: Annotations, decided: tuple[Edit, ...], after: Annotations
):
    origins = {f"editor:{e.by}" for e in decided}
    before = {q.id: q for q in machine.quotes}
    for new in after.quotes:
        old = before.get(new.id)
        mere = old and all(
            getattr(old, n) == getattr(new, n) for n in ("kind", "content", "how", "origin", "speaker_score")
        )
        assert mere or new.origin in origins
    known = {m.span: m for e in machine.entities for m in e.mentions}
    for mention in (m for e in after.entities for m in e.mentions):
        assert mention.span in known or mention.origin in origins
    if not any(e.act in ("reject", "reset") for e in decided):
        assert all(q.status == "confirmed" for q in after.quotes if q.id not in before)


# Another version of the text

OLD = "Rao said no. Hyder said “yes”.\n\nThe fee is 40. Nobody paid.\n\nThe end came."
MOVES = [
    ("the same", OLD, "said no", "said no"),
    ("words before", "LAHORE: " + OLD, "Hyder", "Hyder"),
    ("a paragraph before", "News.\n\n" + OLD, "The fee is 40", "The fee is 40"),
    ("words put in elsewhere", OLD.replace("Nobody", "Almost nobody"), "“yes”", "“yes”"),
    ("another paragraph rewritten", OLD.replace("Rao said no", "Rao has denied it"), "Hyder", "Hyder"),
    (
        "a paragraph that begins alike",
        OLD.replace("The fee", "The fee rises.\n\nThe fee", 1),
        "The fee is 40",
        "The fee is 40",
    ),
    (
        "a sentence that begins alike",
        OLD.replace("Hyder said", "Hyder went. Hyder said"),
        "Hyder said “yes”",
        "Hyder said “yes”",
    ),
    ("words behind", OLD + " Hyder left.", "Hyder", "Hyder"),
    ("the end cut off", OLD[:40], "Hyder", "Hyder"),
    ("moved", "The end came.\n\n" + OLD.replace("\n\nThe end came.", ""), "The end came", "The end came"),
    ("its own words changed", OLD.replace("40", "45"), "The fee is 40", None),
    ("words put into it", OLD.replace("said no", "said again no"), "Rao said no", None),
    ("gone", OLD.replace("Hyder said “yes”.", ""), "Hyder", None),
    ("part of a longer word", OLD.replace("Hyder", "Hyderabad"), "Hyder", None),
    ("all gone", "", "Hyder", None),
    (
        "two to choose from",
        "The fee is 40. Nobody paid.\n\nThe end came.\n\nHyder x.\n\nHyder y.",
        "Hyder",
        None,
    ),
]


@pytest.mark.parametrize(("new", "there", "expected"), [m[1:] for m in MOVES], ids=[m[0] for m in MOVES])
def test_an_edit_is_carried_to_where_its_words_stand_in_a_new_text(new, there, expected):
    start = OLD.index(there)
    edit = edits.dismiss(Span(start, start + len(there)), "no-role")
    kept, lost = edits.carried((edit,), OLD, new)
    if expected is None:
        assert (kept, [u.edit for u in lost]) == ((), [edit])
        assert there in lost[0].reason
    else:
        assert lost == ()
        place = kept[0].at[0]
        assert new[slice(*place)] == expected
        assert new.count(expected) > 1 or place.start == new.index(expected)


def test_an_edit_is_lost_with_any_of_its_places():
    q3 = quote(NOTES, "q3")
    edit = edits.speaker(q3, (span("Kamal Hyder"),))
    new = TEXT.replace("Kamal Hyder", "Kamal Haider")
    assert edits.carried((edit, edits.confirm(q3)), TEXT, new)[1][0].edit == edit


def nothing_moves_in_an_unchanged_text(decided: tuple[Edit, ...], text: str):
    assert edits.carried(decided, text, text) == (decided, ())


def what_is_put_before_the_text_shifts_everything(decided: tuple[Edit, ...], text: str, before: str):
    kept, lost = edits.carried(decided, text, f"{before}\n{text}")
    by = len(before) + 1
    moved = tuple(
        replace(e, **{n: tuple(Span(s.start + by, s.end + by) for s in getattr(e, n)) for n in ("at", "to")})
        for e in decided
    )
    if not f"{before}\n{text}".startswith(text):  # else nothing tells which of the two is the old one
        assert (kept, lost) == (moved, ())


def a_carried_place_has_the_same_words(decided: tuple[Edit, ...], text: str, new: str):
    kept, lost = edits.carried(decided, text, new)
    rest = [e for e in decided if e not in {u.edit for u in lost}]
    for old, there in zip(rest, kept, strict=True):
        for a, b in zip((*old.at, *old.to), (*there.at, *there.to), strict=True):
            assert text[slice(*a)] == new[slice(*b)]


# All laws look at the same examples, for making one takes longer than what is asked of it.
@given(edited(), odd_texts)
def test_edits_keep_their_laws(case, other):
    machine, decided, after = case
    text = after.article.text
    replaying_on_the_same_run_is_applying(machine, decided, after)
    undoing_a_step_gives_back_what_was_before_it(machine, decided, after)
    edited_annotations_hold_in_the_text_and_in_json(after)
    no_place_becomes_a_name_of_two(machine, after)
    what_an_editor_makes_or_alters_is_theirs_and_confirmed(machine, decided, after)
    nothing_moves_in_an_unchanged_text(decided, text)
    what_is_put_before_the_text_shifts_everything(decided, text, other)
    a_carried_place_has_the_same_words(decided, text, other)


# Steps, growing, proposing


def test_steps_are_numbered_and_undone_together():
    one = edits.numbered((edits.confirm(quote(NOTES, "q1")),), 1)
    two = edits.numbered((edits.confirm(quote(NOTES, "q2")), edits.reject(quote(NOTES, "q4"))), 2)
    assert edits.undone(one + two) == (one, two)
    assert edits.undone(()) == ((), ())
    assert (edits.last_step(one + two), edits.last_step(())) == (2, 0)


G = "He said, “We won’t go back to U.N. talks,” Ms El-Sayed said. 東京で発表 e\u0301te\u0301 👩🏽\u200d🚒 no"
GROWN = [
    # words, side, by, expected
    ("go", "end", 1, "go back"),
    ("go", "end", 2, "go back to"),
    ("go", "start", 1, "won’t go"),
    ("go back to", "end", -1, "go back"),
    ("go back to", "start", -1, "back to"),
    ("go back to", "start", -9, "to"),
    ("go", "end", -1, "go"),
    ("go", "start", -1, "go"),
    ("to", "end", 1, "to U.N"),
    ("“We won’t go back to U.N.", "end", 1, "“We won’t go back to U.N. talks,”"),
    ("We won’t go back to U.N.", "end", 1, "We won’t go back to U.N. talks"),
    ("won’t go back to U.N. talks,”", "start", 1, "“We won’t go back to U.N. talks,”"),
    ("“We won’t go back to U.N. talks,”", "end", -1, "“We won’t go back to U.N"),
    ("Ms", "end", 1, "Ms El-Sayed"),
    ("Sayed", "start", 1, "El-Sayed"),
    ("El", "end", 1, "El-Sayed"),
    ("He", "start", 1, "He"),
    ("no", "end", 3, "no"),
    ("東京", "end", 1, "東京で"),
    ("発表", "end", 1, "発表 e\u0301te\u0301"),
    ("go", "end", 0, "go"),
    (",", "end", -1, ","),
]


@pytest.mark.parametrize(("there", "side", "by", "expected"), GROWN)
def test_a_span_grows_and_shrinks_by_words(there, side, by, expected):
    start = G.index(there)
    grown = edits.grow(G, Span(start, start + len(there)), side, by)
    assert G[slice(*grown)] == expected


@given(
    odd_texts, st.integers(0, 60), st.integers(1, 60), st.sampled_from(("start", "end")), st.integers(-4, 4)
)
def test_a_grown_span_is_never_empty_and_never_leaves_the_text(text, start, size, side, by):
    if start + size > len(text):
        return
    before = Span(start, start + size)
    grown = edits.grow(text, before, side, by)
    assert 0 <= grown.start < grown.end <= len(text)
    assert grown.contains(before) if by >= 0 else before.contains(grown)
    assert grown[side == "start"] == before[side == "start"]


def test_the_likely_speaker_of_a_selection_is_proposed():
    text = "“No,” said Anil Rao. “Not now.”\n\n“Never,” Hyder added.\n\nThe fee stands."
    names = {name: Span(text.index(name), text.index(name) + len(name)) for name in ("Anil Rao", "Hyder")}
    notes = Annotations(
        Article(text),
        Engine("", "", ""),
        sentences=tuple(
            Span(text.index(s), text.index(s) + len(s))
            for s in ("“No,” said Anil Rao.", "“Not now.”", "“Never,” Hyder added.", "The fee stands.")
        ),
        entities=tuple(
            Entity(f"e{i}", "PERSON", name, (Mention(name, ""),)) for i, name in enumerate(names.values())
        ),
        speakers=(Speaker("s1", names["Anil Rao"], entity="e0"),),
        quotes=(Quote("q1", "direct", (Span(0, 5),), speakers=("s1",)),),
    )

    def at(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    assert edits.proposed(notes, at("“Never,”")) == names["Hyder"]  # named in its sentence
    assert edits.proposed(notes, (at("“Not now.”"),)) == names["Anil Rao"]  # who speaks in the paragraph
    assert edits.proposed(notes, at("The fee stands")) == names["Anil Rao"]  # who spoke before
    assert edits.proposed(notes, at("Hyder")) == names["Anil Rao"]  # not the selection itself
    assert edits.proposed(replace(notes, quotes=(), entities=(), speakers=()), at("The fee")) is None
    silent = edits.apply(notes, edits.reject(notes.quotes[0]))
    assert edits.proposed(silent, at("The fee stands")) is None


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        ("Mayor Wieczorek left. “Told by whom?” Prewitt asked.", "“Told by whom?”", "Prewitt"),
        ("Wieczorek left. “Told by whom?” Prewitt asked Wieczorek.", "“Told by whom?”", "Prewitt"),
        ("Wieczorek left. “Told by whom?” asked Prewitt.", "“Told by whom?”", "Prewitt"),
        ("Wieczorek left. “Told by whom?” said Prewitt.", "“Told by whom?”", "Prewitt"),
        ("Wieczorek left. “Told by whom?” Prewitt asked.", "Told by whom?", "Prewitt"),
        ("Prewitt replied: “By whom?” Wieczorek left.", "“By whom?”", "Prewitt"),
        ("Prewitt asked, “By whom?” Wieczorek said no.", "“By whom?”", "Prewitt"),
        ("Prewitt asked, “By whom?” Wieczorek said no.", "By whom?", "Prewitt"),
        ("Wieczorek left. “Told by whom?” — Prewitt", "“Told by whom?”", "Prewitt"),
        ("Wieczorek left. “Told by whom?”\n― Prewitt", "Told by whom?", "Prewitt"),
        ("Wieczorek left. “I was told.” — Prewitt", "I was told", "Prewitt"),
        # What is no verb of saying, or not beside the marks, tells nobody.
        ("Wieczorek spoke. Told by whom — Prewitt left.", "Told by whom", None),
        ("Wieczorek spoke. “Told by whom?” — the man was Prewitt.", "“Told by whom?”", None),
        ("Wieczorek spoke. “Told by whom?” Prewitt left.", "“Told by whom?”", None),
        ("Wieczorek spoke. “Told by whom?” Then Prewitt asked.", "“Told by whom?”", None),
        ("Wieczorek spoke. “Told by whom?” Prewitt’s aide asked.", "“Told by whom?”", None),
        ("Wieczorek spoke. “Told by whom?”\n\nPrewitt asked.", "“Told by whom?”", None),
        ("Wieczorek spoke. Told by whom? Prewitt asked.", "Told by whom?", None),
        ("Prewitt asked. “By whom?” Wieczorek left.", "“By whom?”", None),
        ("Prewitt left, “by whom?” Wieczorek’s.", "“by whom?”", None),
    ],
)
def test_a_name_beside_the_marks_with_a_verb_of_saying_is_proposed_first(text, content, expected):
    spans = [Span(m.start(), m.end()) for m in re.finditer("Wieczorek|Prewitt", text)]
    names = {text[slice(*s)]: s for s in reversed(spans)}
    at = Span(text.index(content), text.index(content) + len(content))
    notes = Annotations(
        Article(text, language="en"),
        Engine("", "", ""),
        sentences=(at,),
        entities=tuple(
            Entity(f"e{i}", "PERSON", span, tuple(Mention(s, "") for s in spans if text[slice(*s)] == name))
            for i, (name, span) in enumerate(names.items())
        ),
    )
    assert edits.proposed(notes, at) == names.get(expected)


def test_many_edits_of_a_long_article_take_little_time():
    notes = repeated(NOTES, 25)
    mentions = [m for e in notes.entities for m in e.mentions]
    began = time.process_time()
    after = edits.apply(notes, *map(edits.confirm, (*notes.quotes, *mentions)))
    assert time.process_time() - began < 2
    new = "News.\n\n" + notes.article.text.replace(" the ", " teh ")
    began = time.process_time()
    kept, lost = edits.carried(after.edits, notes.article.text, new)
    assert len(kept) >= 10 * len(lost)
    assert time.process_time() - began < 5


def test_many_quotes_are_given_other_words_in_little_time():
    notes = repeated(NOTES, 200)
    shorter = [edits.extent(q, (Span(q.content[0].start + 1, q.content[0].end),)) for q in notes.quotes[::4]]
    began = time.process_time()
    edits.apply(notes, *shorter)
    assert time.process_time() - began < 2


def test_many_edits_that_come_from_elsewhere_take_little_time():
    notes = repeated(NOTES, 40)
    here, _ = edits.replay(notes, map(edits.reject, notes.quotes * 4))
    there, _ = edits.replay(notes, [edits.confirm(q, by="Ben") for q in notes.quotes * 4])
    empty, decided = edits.Decided(notes.article.text), edits.Decided(notes.article.text, here.edits)
    began = time.process_time()
    made, unfit = edits.merged(there.edits, empty, decided, here)
    assert (len(made), len(unfit)) == (0, len(there.edits))
    newest = Kept(1, 1, 2, notes, edits=here.edits, withdrawn=there.edits)
    left = left_behind(newest, Kept(1, 1, 1, notes, edits=there.edits))
    assert len(left) == len(here.edits) + len(there.edits)
    assert time.process_time() - began < 1


SAME = {
    "the same line": ("x" + "ab cd\n" * 8000, "y" + "ab cd\n" * 7000 + "z"),
    "one paragraph": ("a b c d " * 6000 + "x", "y a b d c " * 6000),
    "nothing in common": ("lorem " * 9000, "x ipsum " * 9000),
    "blanks": (" \n" * 20000 + "a", "\n " * 20000),
}


@pytest.mark.parametrize(("old", "new"), SAME.values(), ids=SAME)
def test_texts_that_repeat_themselves_are_laid_side_by_side_in_time(old, new):
    began = time.process_time()
    edits.carried((edits.dismiss(Span(0, 3), "no-role"),), old, new)
    assert time.process_time() - began < 5


def test_an_edit_that_points_outside_the_text_is_listed_and_not_kept():
    far = len(NOTES.article.text) + 5
    there = NOTES.entities[0].mentions[0].span
    lost = Edit("add", "mention", (there,), (Span(far, far + 3),), "PERSON")
    notes, unfit = edits.replay(NOTES, [lost])
    assert [each.edit for each in unfit] == [lost]
    assert lost not in notes.edits


# Two desks


def dismissed(place: Span, by: str = "") -> Edit:
    return edits.dismiss(place, "no-role", by=by)


SINCE = [
    # The text before and now, what stood there and what stands here, and what of it is new.
    ("Rain fell.", "Rain fell.", [(0, 4)], [(0, 4)], []),
    ("Rain fell.", "Rain fell.", [(0, 4)], [(0, 4), (5, 9)], [(5, 9)]),
    ("Rain fell.", "Then: Rain fell.", [(0, 4)], [(6, 10)], []),
    ("Rain fell.", "Then: Rain fell.", [(0, 4)], [(0, 4)], [(0, 4)]),
    # A word that has become part of another is known by the way back, and one that was by the way there.
    ("rain fell", "train fell", [(0, 4)], [(1, 5)], []),
    ("train fell", "rain fell", [(1, 5)], [(0, 4)], []),
    ("Rain fell.", "Snow fell.", [(0, 4)], [(0, 4)], [(0, 4)]),
]


@pytest.mark.parametrize(("old", "new", "stood", "stands", "expected"), SINCE)
def test_what_was_decided_since_is_told_by_its_places(old, new, stood, stands, expected):
    before = edits.Decided(old, tuple(dismissed(Span(*place)) for place in stood))
    now = edits.Decided(new, tuple(replace(dismissed(Span(*place)), step=7) for place in stands))
    assert [each.at[0] for each in edits.since(before, now)] == [Span(*place) for place in expected]


OLD_RAIN, NEW_RAIN = "Rain fell. Snow came.", "Then: Rain fell. Hail came."
RAIN, SNOW = dismissed(Span(0, 4)), dismissed(Span(11, 15))
RAIN_NOW = dismissed(Span(6, 10))
BACK, GONE = "It was taken back here.", "The words “Snow” no longer stand there."

SENT = [
    # What comes from elsewhere, what was decided on that text and on that of now, and what is made or told.
    (RAIN, {}, {}, [RAIN_NOW], []),
    (RAIN, {}, {"stand": [RAIN_NOW]}, [], []),
    (SNOW, {}, {}, [], [GONE]),
    # Told already, with the places of either text.
    (RAIN, {}, {"told": [RAIN]}, [], []),
    (RAIN, {}, {"told": [RAIN_NOW]}, [], []),
    (SNOW, {}, {"told": [SNOW]}, [], []),
    (RAIN, {}, {"told": [dismissed(Span(0, 4), "Ana")]}, [RAIN_NOW], []),
    # Taken back, there, on the way, or here.
    (RAIN, {"withdrawn": [RAIN]}, {}, [], [BACK]),
    (SNOW, {"withdrawn": [SNOW]}, {}, [], [BACK]),
    (RAIN, {"stand": [RAIN]}, {}, [], [BACK]),
    (SNOW, {"stand": [SNOW]}, {}, [], [BACK]),
    (RAIN, {}, {"withdrawn": [RAIN_NOW]}, [], [BACK]),
    (RAIN, {"withdrawn": [RAIN_NOW]}, {}, [RAIN_NOW], []),  # another place
    (RAIN, {"withdrawn": [RAIN]}, {"stand": [RAIN_NOW]}, [], []),  # and decided again
    # Once more than is known.
    ([RAIN, RAIN], {"stand": [RAIN]}, {"stand": [RAIN_NOW]}, [RAIN_NOW], []),
    ([RAIN, RAIN], {}, {"told": [RAIN, RAIN_NOW]}, [RAIN_NOW], []),
    ([RAIN, RAIN], {}, {"stand": [RAIN_NOW], "told": [RAIN]}, [], []),
]


@pytest.mark.parametrize(("sent", "then", "now", "made", "told"), SENT)
def test_what_comes_from_elsewhere_is_made_told_or_known(sent, then, now, made, told):
    sent = sent if isinstance(sent, list) else [sent]
    then, now = (
        edits.Decided(text, **{name: tuple(each) for name, each in decided.items()})
        for text, decided in ((OLD_RAIN, then), (NEW_RAIN, now))
    )
    notes = Annotations(Article(NEW_RAIN), Engine("0.1.0", "", ""), edits=now.stand)
    fitting, unfit = edits.merged(sent, then, now, notes)
    assert list(fitting) == made
    assert [each.reason for each in unfit] == told
    assert all(each.edit in sent for each in unfit), "with the places that they came with"


def test_what_stands_but_fits_no_mark_is_known():
    now = edits.Decided(NEW_RAIN, (RAIN_NOW,))
    notes = Annotations(Article(NEW_RAIN), Engine("0.1.0", "", ""))
    assert edits.merged([RAIN], edits.Decided(OLD_RAIN), now, notes) == ((), ())


def test_what_is_known_is_neither_made_again_nor_told_over_what_was_decided_here():
    name = NOTES.entities[0]
    first, second = name.mentions[:2]
    label = edits.label(name, "ORG", by="Ana")
    base = edits.apply(NOTES, label)
    here = edits.apply(base, edits.reject(second, by="Ana"))
    there = edits.apply(NOTES, edits.reject(first, by="Ben"), label)
    decided = edits.Decided(TEXT, here.edits)
    made, unfit = edits.merged(there.edits, edits.Decided(TEXT), decided, here)
    assert ([(e.act, e.by) for e in made], unfit) == ([("reject", "Ben")], ())


def test_of_two_names_in_one_place_the_one_that_is_not_rejected_is_looked_up():
    first, other = NOTES.entities[:2]
    (mention, *rest) = other.mentions
    same = replace(mention, span=first.mentions[0].span)
    rejected = replace(first, mentions=(replace(first.mentions[0], status="rejected"), *first.mentions[1:]))
    draft = Draft.of(NOTES)._replace(entities=(rejected, replace(other, mentions=(same, *rest))))
    edit = edits.label(first, "ORG")
    keys = {("mention", m.span) for m in (same, *rest)}
    assert touching(draft)(edit) == touched(draft, edit) == keys


@given(st.data())
def test_what_decisions_are_about_is_looked_up_as_it_is_searched_for(data):
    notes = data.draw(annotations())
    draft = Draft.of(notes)
    lookup = touching(draft)
    for edit in data.draw(decisions(notes)) if notes.article.text else ():
        assert lookup(edit) == touched(draft, edit)
        assert lookup(edit) == touched(draft, edit), "again"
