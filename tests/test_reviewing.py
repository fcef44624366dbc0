"""The queue of the review: where it goes on after an act of the text, and where its items lead."""

from dataclasses import replace

import pytest

from tests.test_work import NOTES, Window, choose, now, send
from toolkit.model import Annotations, Article, Engine, Entity, Figure, Mention, Quote, Span
from toolkit.ui import reviewing, work
from toolkit.ui.places import Places


@pytest.fixture(autouse=True)
def desk(monkeypatch, tmp_path):
    monkeypatch.setenv("NEWSDESK_LIBRARY", str(tmp_path / "library.sqlite"))
    window = Window(monkeypatch).enter()
    work.open_notes(NOTES)
    return window


def marks() -> list[reviewing.Item]:
    return [item for item in reviewing.items(now().notes) if item.of != "text"]


@pytest.mark.parametrize(("by", "to"), [(1, 0), (-1, -1)])
def test_what_a_field_has_settled_leaves_its_place_to_the_next(by, to):
    """Of a queue in which the editor has come to the second."""
    left = reviewing.items(now().notes)
    asked = next(item for item in left[1:] if item.of == "quote")
    at = left.index(asked)
    reviewing.show(asked)
    mark = now().focus
    send("speaker", mark)
    choose("Jeeyand Baloch")
    after = reviewing.items(now().notes)
    assert asked.key not in [item.key for item in after]
    assert reviewing.shown(now()) == after[at % len(after)]
    assert now().focus == mark, "the editor sees what was chosen"
    reviewing.step(by)
    assert reviewing.shown(now()) == after[(at + to) % len(after)], "and nothing is skipped"


def test_the_bar_tells_when_something_else_is_selected():
    first, doubtful = marks()[0], reviewing.doubtful(NOTES)
    reviewing.show(first)
    assert not reviewing.is_apart(now())
    send("select", next(quote.id for quote in NOTES.quotes if quote.id not in doubtful))
    assert reviewing.is_apart(now())
    send("select", "")
    assert not reviewing.is_apart(now()), "nothing is selected"


@pytest.mark.parametrize(
    ("words", "mark"),
    [
        ("A harbour guide", "q"),  # whose words they are, though a place is named in them
        ("harbour", "e:2-9"),
        ("two", "f"),
        ("walls", "f"),  # nothing of its own: what begins nearest
    ],
)
def test_words_lead_to_their_mark_or_to_what_they_are_the_source_of(words, mark):
    text = "A harbour guide says the quay is safe. It has two walls."
    at = {
        name: Span(text.index(name), text.index(name) + len(name))
        for name in ("A harbour guide", "harbour", "two")
    }
    notes = Annotations(
        Article(text),
        Engine("0", "", ""),
        entities=(Entity("e", "PLACE", at["harbour"], (Mention(at["harbour"], "machine:x@0"),)),),
        quotes=(Quote("q", "indirect", (Span(21, 37),), source=(at["A harbour guide"],)),),
        figures=(Figure("f", "number", at["two"]),),
    )
    start = text.index(words)
    assert Places(notes).near((Span(start, start + len(words)),)) == mark
    assert Places(replace(notes, entities=(), quotes=(), figures=())).near((Span(0, 1),)) == ""
