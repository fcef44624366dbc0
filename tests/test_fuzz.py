"""Any text at all, from reading to every file: an answer or one sentence, and no offset that is wrong."""

import json
import sys
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import toolkit
from benchmarks import fuzzing
from toolkit.errors import ToolkitError
from toolkit.export import EXPORTERS, render
from toolkit.schema import from_json
from toolkit.store import rows

MADE = datetime(2025, 3, 12, tzinfo=UTC)
ODD = "\0\x1b\x7f\x85\xad\u200b\u200e\u202e\u2028\u2066\ufeff\ufffe\ud800\udfff\U0001f468\U000e0041\U0010ffff"


def check(text: str) -> None:
    """Takes a text through all that the toolkit does, which checks its own spans as it makes records."""
    try:
        article = toolkit.read(text, language="en")
        notes = toolkit.summarize(toolkit.annotate(article), words=20)
    except ToolkitError:
        return
    for suffix in EXPORTERS:
        data = render(notes, suffix, made=MADE)
        if suffix.endswith(("json", "jsonld")):
            json.loads(data)
        if suffix == ".json":
            assert from_json(data) == notes


@settings(max_examples=25)
@given(st.text(st.one_of(st.characters(codec=None), st.sampled_from(ODD)), max_size=200))
def test_any_characters(text):
    check(text)


@settings(max_examples=25)
@given(st.lists(st.sampled_from([*ODD, '"', "“", "”", "said", "Mara Holt", " ", "\n\n", "."]), max_size=60))
def test_odd_characters_among_words(parts):
    check("".join(parts))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x" * 100_000, id="no-space"),
        pytest.param('"' * 2_000, id="quotation-marks"),
        pytest.param("“" * 2_000, id="opening-marks"),
        pytest.param("Word.\n\n" * 500, id="paragraphs-of-one-word"),
    ],
)
def test_long_ones(text):
    check(text)


@pytest.mark.parametrize("kind", fuzzing.FORMATS)
def test_the_first_inputs_of_the_campaign(kind, monkeypatch):
    """``python -m benchmarks fuzz`` takes many more through; these tell that it still does."""
    monkeypatch.setattr(sys.modules["toolkit.read"], "draft_apart", fuzzing._here)
    for number in range(1, 4):
        source = fuzzing.made(kind, 0, number)
        assert source == fuzzing.made(kind, 0, number), "it can be made again"
        verdict, told = fuzzing.verdict_of(source, kind, number)
        assert verdict in ("read", "refused"), told


@pytest.mark.parametrize("fault", ["put_lost", "withdraw", "put_edits"])
def test_a_library_that_loses_decisions_is_found_out(fault, monkeypatch):
    if fault == "withdraw":
        drop = "DELETE FROM edit WHERE article = ? AND version = ? AND undone"
        monkeypatch.setattr(rows, fault, lambda db, place: db.execute(drop, place))
    else:
        monkeypatch.setattr(rows, fault, lambda *arguments, **options: None)
    found = (fuzzing.verdict_of(fuzzing.made("library", 0, n), "library", n)[0] for n in range(40))
    assert "not kept" in found
