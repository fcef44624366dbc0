"""Other names in the training texts: the attributions move along, word by word."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from training.swapping import Names, swap

OTHERS = Names(
    [
        {
            "text": "Ayu Lestari met Bilal Anwar in Semarang. The Tolai and the Fijians came, and Radio Tonga.",
            "entities": [
                [0, 11, "Person"],
                [16, 27, "Person"],
                [31, 39, "Location"],
                [45, 50, "NORP"],
                [59, 66, "NORP"],
                [77, 88, "Organization"],
            ],
        }
    ]
)
TEXT = "Hillary Clinton said Ohio mattered. “I like Ohio,” Clinton told ABC News. Democrats cheered CLINTON."


def spans(*words):
    """Each word's place, the next one behind the last."""
    found, at = [], 0
    for word in words:
        at = TEXT.index(word, at)
        found.append([at, at + len(word)])
        at += len(word)
    return found


def article():
    first, second = (
        spans("Hillary Clinton", "said", "Ohio mattered"),
        spans("“I like Ohio,”", "Clinton", "told"),
    )
    return {
        "id": "a1",
        "text": TEXT,
        "attributions": [
            {"source": first[:1], "cue": first[1:2], "content": first[2:]},
            {"source": second[1:2], "cue": second[2:], "content": second[:1]},
        ],
    }


MARKED = [
    (*span, label)
    for span, label in zip(
        spans("Hillary Clinton", "Ohio", "Ohio", "Clinton", "ABC News", "Democrats", "CLINTON"),
        ("Person", "Location", "Location", "Person", "Organization", "NORP", "Person"),
        strict=True,
    )
]


def words(row, role):
    return [row["text"][s:e] for a in row["attributions"] for s, e in a[role]]


def test_everybody_has_another_name_and_keeps_it():
    row = swap(article(), MARKED, OTHERS, "seed")
    given_name, surname = words(row, "source")[0].split()
    assert given_name in ("Ayu", "Bilal")
    assert surname in ("Lestari", "Anwar")
    assert words(row, "source")[1] == surname
    assert surname.upper() in row["text"]
    assert not {"Hillary", "Clinton", "Ohio", "ABC", "Democrats", "CLINTON"} & {*row["text"].split()}
    assert words(row, "cue") == ["said", "told"]
    assert words(row, "content") == ["Semarang mattered", "“I like Semarang,”"]
    assert "Fijians cheered" in row["text"]


def test_a_name_that_a_border_cuts_stays():
    row = swap(article(), [(0, TEXT.index("said") + 2, "Person")], OTHERS, "seed")
    assert row["text"] == TEXT


def test_the_same_seed_gives_the_same_text():
    assert swap(article(), MARKED, OTHERS, "a") == swap(article(), MARKED, OTHERS, "a")
    texts = {swap(article(), MARKED, OTHERS, str(n))["text"] for n in range(20)}
    assert len(texts) > 1


@given(st.sets(st.sampled_from(MARKED)), st.integers(0, 99))
@settings(max_examples=60)
def test_what_is_no_name_stays(marked, seed):
    row = swap(article(), random.Random(seed).sample(sorted(marked), len(marked)), OTHERS, str(seed))
    assert words(row, "cue") == ["said", "told"]
    for said in words(row, "content"):
        assert said.endswith(("mattered", ",”"))
    untouched = [m for m in MARKED if m not in marked]
    assert all(TEXT[s:e] in row["text"] for s, e, _ in untouched)
