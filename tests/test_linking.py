"""Which source, cue and content belong together, given the marks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit import linking
from toolkit.encoder import Mark
from toolkit.errors import MissingModel
from toolkit.linking import link
from toolkit.pipeline import pipeline

# Marks are written into the text: {s source}, {q cue}, {c content}.
LABELS = {"s": "source", "q": "cue", "c": "content"}


def read(marked):
    """The text without the braces, and its marks."""
    text, marks, opened = "", [], None
    i = 0
    while i < len(marked):
        if marked[i] == "{":
            opened, i = (len(text), LABELS[marked[i + 1]]), i + 3
            continue
        if marked[i] == "}":
            marks.append(Mark(opened[0], len(text), opened[1], 0.9))
        else:
            text += marked[i]
        i += 1
    return text, marks


@pytest.fixture(scope="module")
def parse():
    nlp = pipeline("en")
    keep = [name for name in nlp.pipe_names if not name.startswith("toolkit_")]

    def parse(text):
        with nlp.select_pipes(enable=["toolkit_paragraphs", *keep]):
            return nlp(text)

    return parse


def linked(parse, marked):
    text, marks = read(marked)

    def words(mark):
        return text[mark.start : mark.end] if mark else ""

    return [
        (words(found.source), words(found.cue), *(words(c) for c in found.content))
        for found in link(parse(text), marks)
    ]


CASES = {
    "plain": (
        "{s Hyder} {q said} {c that the train was late}.",
        [("Hyder", "said", "that the train was late")],
    ),
    "inverted": (
        "“{c We had no choice},” {q said} {s Mara Holt}.",
        [("Mara Holt", "said", "We had no choice")],
    ),
    "split": (
        "{c “We waited,”} {s Hyder} {q said}. {c “Nobody came.”}",
        [("Hyder", "said", "“We waited,”", "“Nobody came.”")],
    ),
    "according": (
        "{q According to} {s the river authority}, {c the dam held}.",
        [("the river authority", "According to", "the dam held")],
    ),
    "two in a sentence": (
        "{s Rao} {q said} {c it had rained}, but {s Lee} {q insisted} {c that it was dry}.",
        [("Rao", "said", "it had rained"), ("Lee", "insisted", "that it was dry")],
    ),
    "one source for two": (
        "{s Rao} {q said} {c it had rained} and {q added} {c that the road was closed}.",
        [("Rao", "said", "it had rained"), ("Rao", "added", "that the road was closed")],
    ),
    "around the cue": (
        "{c The bridge}, {s officials} {q said}, {c would stay shut until May}.",
        [("officials", "said", "The bridge", "would stay shut until May")],
    ),
    "noun": (
        "{s The union’s} {q promise} {c to end the strike} was kept.",
        [("The union’s", "promise", "to end the strike")],
    ),
    "next paragraph is another's": (
        "{s Rao} {q said} {c it had rained}.\n\n{c “It was dry,”} {s Lee} {q said}.",
        [("Rao", "said", "it had rained"), ("Lee", "said", "“It was dry,”")],
    ),
    "a source that is another's": (
        "{s Lee} left early. It is {q believed} {c that the talks failed}.",
        [("", "believed", "that the talks failed")],
    ),
    "no source": (
        "The minister left early. It is {q believed} {c that the talks failed}.",
        [("", "believed", "that the talks failed")],
    ),
    # What is no attribution
    "cue alone": ("{s Rao} {q said} nothing of the kind.", []),
    "content alone": ("{c The bridge would stay shut}, and {s Rao} went home.", []),
    "no marks": ("Nobody said a word.", []),
}


@pytest.mark.parametrize(("marked", "expected"), CASES.values(), ids=CASES.keys())
def test_what_belongs_together(parse, marked, expected):
    assert linked(parse, marked) == expected


STORY = (
    "{s Rao} {q said} {c it had rained}, but {s Lee} {q insisted} {c that it was dry}.\n\n"
    "{c “We waited,”} {s Hyder} {q said}. {c “Nobody came.”} {q According to} {s the union}, {c none will}."
)


@given(st.sets(st.integers(0, 12)), st.floats(0.01, 1))
@settings(max_examples=40, deadline=None)
def test_every_mark_has_its_place_at_most_once(parse, dropped, probability):
    text, marks = read(STORY)
    kept = [m._replace(probability=probability) for n, m in enumerate(marks) if n not in dropped]
    found = link(parse(text), kept)
    contents = [c for f in found for c in f.content]
    assert len(contents) == len(set(contents))
    assert [f.cue for f in found] == sorted({f.cue for f in found})
    for f in found:
        assert {f.cue, *f.content, *([f.source] if f.source else [])} <= set(kept)
        assert f.content
        assert 0 <= f.score <= probability


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-100],
        lambda data: b"",
        lambda data: data[:200] + bytes([data[200] ^ 255]) + data[201:],
        lambda data: b"\x93NUMPY" + data,
    ],
    ids=["short", "empty", "one byte", "other kind"],
)
def test_a_damaged_file_is_named(tmp_path, damage):
    path = tmp_path / "linking.npz"
    path.write_bytes(damage(linking.WEIGHTS.read_bytes()))
    with pytest.raises(MissingModel, match=r"linking\.npz"):
        linking.load(path)


@pytest.mark.parametrize("kind", ["direct", "mixed", "indirect"])
def test_a_higher_score_is_more_probable(kind):
    chances = [linking.probability(kind, score) for score in (0.05, 0.3, 0.6, 0.9, 1)]
    assert chances == sorted(chances)
    assert 0 < chances[0] < chances[-1] < 1
