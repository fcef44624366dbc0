"""Words of the article stand between one pair of quotation marks, not two."""

import pytest

from toolkit.ui import front
from toolkit.ui.quoting import quoted

CASES = [
    ("the bridge", "“the bridge”"),
    ("don’t", "“don’t”"),
    ("", "“”"),
    ("a “safe” bridge", "‘a “safe” bridge’"),
    ("“Go,” he said", "‘“Go,” he said’"),
    ("he said: “Go”", "‘he said: “Go”’"),
    # These have their own.
    ("“Go home,”", "“Go home,”"),
    ("“Go,” … “and stay”", "“Go,” … “and stay”"),
    ("« Non »", "« Non »"),
    ('"Go"', '"Go"'),
    ("„Nein“", "„Nein“"),
    # A cut took the second.
    ("“Go home …", "“Go home …”"),
]


@pytest.mark.parametrize(("words", "told"), CASES)
def test_words_between_quotation_marks(words, told):
    assert quoted(words) == told


def test_the_bar_has_one_pair():
    assert "“Go home,”" in front.review(1, "Why", "“Go home,”")
    assert "<q" not in front.review(1, "Why", "“Go home,”")
