"""Paragraphs: each line is one, unless the text is hard-wrapped."""

import pytest
from hypothesis import given, settings
from strategies import odd_texts

from toolkit.paragraphs import paragraphs

WRAPPED = (
    "The mayor of the town told the council on Monday that the bridge will\n"
    "stay closed until the end of the summer and that nobody can cross it\n"
    "before the piers are mended."
)
LONG = (
    "The mayor of the town told the council on Monday that the bridge will stay closed until the end of "
    "the summer and that nobody can cross it before the piers are mended by the builders of the county."
)

CASES = [
    ("one", "The bridge is closed.", ["The bridge is closed."]),
    ("blank-line", "One.\n\nTwo.", ["One.", "Two."]),
    ("blank-lines", "One.\n\n\n \nTwo.", ["One.", "Two."]),
    ("lines", "One.\nTwo.\nThree.", ["One.", "Two.", "Three."]),
    ("indented", "  One.  \n\n\tTwo.\t", ["One.", "Two."]),
    ("no-break-space-indent", "\u00a0One.\n\u3000Two.", ["One.", "Two."]),
    ("no-final-newline", "One.\nTwo", ["One.", "Two"]),
    ("line-ends-of-old-files", "One.\r\n\r\nTwo.\r\n", ["One.", "Two."]),
    ("empty", "", []),
    ("blank", " \n\t\n\u00a0\n", []),
    ("hard-wrapped", WRAPPED, [WRAPPED]),
    ("hard-wrapped-twice", f"{WRAPPED}\n\n{WRAPPED}", [WRAPPED, WRAPPED]),
    ("hard-wrapped-below-a-headline", f"Bridge closed\n\n{WRAPPED}", ["Bridge closed", WRAPPED]),
    # Not wrapped: no measure, full sentences, lists, dialogue.
    ("headline-and-first-line", "Bridge closed\nThe town waits.", ["Bridge closed", "The town waits."]),
    ("short-lines", "Bridge\nclosed\nfor\nthe summer", ["Bridge", "closed", "for", "the summer"]),
    ("long-lines", f"{LONG}\n{LONG}\n{LONG}", [LONG, LONG, LONG]),
    (
        "list",
        "- The bridge over the river is closed until the end of June\n"
        "- The ferry takes no more than sixty people on each crossing\n"
        "- The buses of the county go around by the northern motorway",
        [
            "- The bridge over the river is closed until the end of June",
            "- The ferry takes no more than sixty people on each crossing",
            "- The buses of the county go around by the northern motorway",
        ],
    ),
    (
        "dialogue",
        "“We have waited for the ferry since seven in the morning.”\n"
        "“The ferry does not go while the wind is from the north.”\n"
        "“Nobody told us so when we bought the tickets yesterday.”",
        [
            "“We have waited for the ferry since seven in the morning.”",
            "“The ferry does not go while the wind is from the north.”",
            "“Nobody told us so when we bought the tickets yesterday.”",
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"), [pytest.param(text, expected, id=name) for name, text, expected in CASES]
)
def test_paragraphs(text, expected):
    assert [text[slice(*p)] for p in paragraphs(text)] == expected


@settings(max_examples=100)
@given(odd_texts)
def test_paragraphs_lie_in_order_hold_all_words_and_begin_and_end_with_one(text):
    found = paragraphs(text)
    end = 0
    for paragraph in found:
        assert end <= paragraph.start < paragraph.end <= len(text)
        words = text[slice(*paragraph)]
        assert words == words.strip()
        assert not text[end : paragraph.start].strip()
        end = paragraph.end
    assert not text[end:].strip()
