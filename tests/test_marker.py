"""The text marker's Python half: what is drawn, and what is believed of what comes back."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.handmade import MACHINE, jaffar_express
from toolkit.model import Annotations, Article, Engine, Entity, Figure, Mention, Quote, Span
from toolkit.ui.marker import ACTIONS, Action, Mark, marks, mention_id, parse, payload

NOTES = jaffar_express()
TEXT = "The mayor 👩‍🚀 said: “No.”\n\n   \n\tYes."


def by_id(notes: Annotations = NOTES, **options) -> dict[str, Mark]:
    return {mark.id: mark for mark in marks(notes, **options)}


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("q1", "Indirect quote: A military spokesperson, not named in the text, 91% sure"),
        ("q3", "Indirect quote: Jeeyand Baloch, confirmed"),
        ("q4", "Quoted words"),
        ("q5", "Direct quote: Kamal Hyder, 99% sure"),
        ("q6", "Direct quote: Kamal Hyder, found by surname, 97% sure"),
        ("q7", "Indirect quote: The BLA, the speaker was not found, marked by Ana Núñez"),
    ],
)
def test_a_title_tells_kind_speaker_how_and_trust(name, title):
    assert by_id()[name].title == title


def test_statements_are_numbered_and_tinted_by_speaker():
    found = by_id()
    assert [(n, found[n].number, found[n].tint) for n in ("q1", "q2", "q3", "q4", "q5", "q6", "q7")] == [
        ("q1", 1, 1),
        ("q2", 2, 2),
        ("q3", 3, 3),
        ("q4", 0, 0),
        ("q5", 4, 4),
        ("q6", 5, 4),
        ("q7", 6, 0),
    ]
    assert "q8" not in found  # rejected


def test_a_mention_is_known_by_its_entity_and_place():
    entity = NOTES.entities[0]
    mark = by_id()[mention_id(entity, entity.mentions[1].span)]
    assert (mark.of, mark.style, mark.spans) == ("mention", "PERSON", (entity.mentions[1].span,))
    assert mark.title == "Person: Kamal Hyder, 93% sure"
    assert NOTES.text(mark.spans) == "Hyder"


def test_a_rejected_mention_is_not_drawn():
    entity = NOTES.entities[0]
    gone = tuple(replace(m, status="rejected") for m in entity.mentions)
    notes = replace(NOTES, entities=(replace(entity, mentions=gone), *NOTES.entities[1:]))
    assert not [name for name in by_id(notes) if name.startswith(f"{entity.id}:")]


@pytest.mark.parametrize(
    ("change", "is_doubtful"),
    [
        ({"score": 0.3}, True),
        ({"score": 0.9, "speaker_score": 0.4}, True),
        ({"score": 0.9}, False),
        ({"score": None, "speaker_score": None}, False),
        ({"score": 0.3, "status": "confirmed"}, False),
        ({"score": 0.3, "origin": "editor:Ana"}, False),
    ],
)
def test_what_is_doubtful_by_its_score(change, is_doubtful):
    quote = replace(NOTES.quotes[4], **change)
    notes = replace(NOTES, quotes=(*NOTES.quotes[:4], quote, *NOTES.quotes[5:]))
    assert by_id(notes)["q5"].doubtful is is_doubtful


def test_who_only_told_the_speaker_did_not_mark_the_words():
    def title(**change):
        quote = replace(NOTES.quotes[4], origin="editor:Ana", status="confirmed", **change)
        notes = replace(NOTES, quotes=(*NOTES.quotes[:4], quote, *NOTES.quotes[5:]))
        return by_id(notes)["q5"].title

    assert title(how="editor", score=0.97).endswith(", set by the editor, confirmed")
    assert title(how="editor", score=None).endswith(", marked by Ana")  # its words are others, too
    assert title(how="named", score=0.97).endswith(", marked by Ana")


def test_the_review_says_what_is_doubtful_if_it_is_asked():
    found = by_id(doubtful={"q5"})
    assert [name for name, mark in found.items() if mark.doubtful] == ["q5"]


def test_figures_are_drawn_only_if_asked_for():
    notes = replace(NOTES, figures=(Figure("f1", "date", Span(0, 5), MACHINE, date="2025-03-11"),))
    assert "f1" not in by_id(notes)
    mark = by_id(notes, figures=True)["f1"]
    assert (mark.of, mark.style, mark.title) == ("figure", "date", "Date: 2025-03-11")


def test_an_article_without_marks_has_none():
    assert marks(Annotations(Article("Words."), Engine("", "", ""))) == ()


def test_the_payload_is_json_and_small():
    data = payload(NOTES, revision=3, focus="q5")
    assert json.loads(json.dumps(data)) == data
    assert (data["text"], data["revision"], data["focus"], data["language"]) == (
        NOTES.article.text,
        3,
        "q5",
        "en",
    )
    assert len(json.dumps(data["marks"])) < 150 * len(data["marks"])


def sent(**fields) -> dict[str, object]:
    return {"number": 1, "revision": 0, "name": "confirm", "id": "q1", "spans": [], "value": "", **fields}


@pytest.mark.parametrize(
    ("data", "action"),
    [
        (sent(), Action(0, "confirm", "q1")),
        (sent(revision=7), Action(7, "confirm", "q1")),
        (sent(id=""), Action(0, "confirm")),
        (sent(name="select", id=""), Action(0, "select")),
        (sent(name="undo", id=""), Action(0, "undo")),
        (sent(name="label", id="e1:0-3", value="ORG"), Action(0, "label", "e1:0-3", (), "ORG")),
        (sent(name="kind", value="mixed"), Action(0, "kind", "q1", (), "mixed")),
        (sent(name="extent-grow", value="left"), Action(0, "extent-grow", "q1", (), "left")),
        (sent(name="add-quote", id="", spans=[[21, 26]]), Action(0, "add-quote", "", (Span(21, 26),))),
        (
            sent(name="add-quote", id="", spans=[[0, 9], [21, 26]]),
            Action(0, "add-quote", "", (Span(0, 9), Span(21, 26))),
        ),
        (
            sent(name="add-mention", id="", spans=[[4, 9]], value="PERSON"),
            Action(0, "add-mention", "", (Span(4, 9),), "PERSON"),
        ),
        # The last code point is still inside.
        (
            sent(name="add-quote", id="", spans=[[0, len(TEXT)]]),
            Action(0, "add-quote", "", (Span(0, len(TEXT)),)),
        ),
    ],
)
def test_an_action_is_understood(data, action):
    assert parse(data, TEXT) == action


@pytest.mark.parametrize(
    "data",
    [
        None,
        "confirm",
        [],
        {},
        sent(name="drop table"),
        sent(name=["confirm"]),
        sent(name=None),
        sent(revision="1"),
        sent(revision=1.0),
        sent(revision=True),
        sent(revision=-1),
        sent(revision=None),
        sent(id=None),
        sent(id=5),
        sent(name="reset", id=""),
        sent(name="speaker", id=""),
        sent(id="x" * 10_000),
        sent(value="<script>"),
        sent(value=None),
        sent(name="label", value="person"),
        sent(name="label", value=""),
        sent(name="kind", value="PERSON"),
        sent(name="extent-grow", value="up"),
        sent(name="extent-shrink", value=""),
        sent(name="add-quote", id="", spans=[]),
        sent(name="add-mention", id="", spans=[[0, 3], [4, 9]], value="ORG"),
        sent(name="add-mention", id="", spans=[[4, 9]], value=""),
        sent(spans=None),
        sent(spans={"0": 1}),
        sent(spans=[[3, 3]]),
        sent(spans=[[5, 3]]),
        sent(spans=[[-1, 3]]),
        sent(spans=[[0, len(TEXT) + 1]]),
        sent(spans=[[0, 10**30]]),
        sent(spans=[[0, 5], [4, 9]]),
        sent(spans=[[4, 9], [0, 3]]),
        sent(spans=[[0, 3, 5]]),
        sent(spans=[[0]]),
        sent(spans=[0, 3]),
        sent(spans=[["0", "3"]]),
        sent(spans=[[0.0, 3.0]]),
        sent(spans=[[False, True]]),
        sent(spans=[[27, 30]]),  # blanks only
        sent(spans=[[n, n + 1] for n in range(10_000)]),
    ],
)
def test_what_is_no_action_is_none(data):
    assert parse(data, TEXT) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(sorted(ACTIONS)),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


@given(
    data=JSON
    | st.fixed_dictionaries(
        {"name": JSON, "revision": JSON, "spans": JSON, "id": JSON, "value": JSON},
    )
    | st.fixed_dictionaries(
        {
            "name": st.sampled_from(sorted(ACTIONS)),
            "revision": st.integers(-1, 5),
            "spans": st.lists(st.lists(st.integers(-3, 60), min_size=2, max_size=2), max_size=3),
            "id": st.sampled_from(["", "q1"]),
            "value": st.sampled_from(["", "ORG", "left", "direct"]),
        }
    )
)
def test_whatever_comes_is_none_or_an_action_of_this_text(data):
    action = parse(data, TEXT)
    if action is not None:
        assert action.name in ACTIONS
        assert action.value in ACTIONS[action.name]
        assert all(TEXT[span.start : span.end].strip() for span in action.spans)
        assert list(action.spans) == sorted(action.spans)


@given(
    text=st.text(min_size=1, max_size=40),
    ends=st.lists(st.integers(0, 40), min_size=2, max_size=2, unique=True),
)
def test_spans_are_code_points_of_any_text(text, ends):
    start, end = sorted(ends)
    fits = end <= len(text) and bool(text[start:end].strip())
    action = parse(sent(name="add-quote", id="", spans=[[start, end]]), text)
    assert (action is not None) is fits


def test_a_mark_of_several_pieces_goes_out_flat():
    text = "“One,” she said, “two.”"
    notes = Annotations(
        Article(text),
        Engine("", "", ""),
        entities=(Entity("e1", "PERSON", Span(7, 10), (Mention(Span(7, 10), MACHINE),)),),
        quotes=(Quote("q1", "direct", (Span(0, 6), Span(17, 23)), origin=MACHINE),),
    )
    assert payload(notes, revision=0)["marks"] == [
        [
            "q1",
            "quote",
            [0, 6, 17, 23],
            "direct",
            0,
            1,
            "Direct quote: the speaker was not found",
            "suggested",
            False,
        ],
        ["e1:7-10", "mention", [7, 10], "PERSON", 0, 0, "Person: she", "suggested", False],
    ]
