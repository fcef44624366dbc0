"""The queue holds what is doubtful, the least certain first, and nothing that an editor has settled."""

from __future__ import annotations

from dataclasses import replace

import pytest
from handmade import jaffar_express, span
from hypothesis import given, settings
from strategies import annotations

from toolkit import Article, annotate, edits, review
from toolkit.checks import check
from toolkit.model import Annotations, Quote

NOTES = jaffar_express()


def changed(name: str, **parts) -> Annotations:
    """The notes with another quote, of which nothing else is doubtful."""
    return replace(NOTES, quotes=tuple(replace(q, **parts) if q.id == name else q for q in NOTES.quotes))


def item_of(notes: Annotations, name: str) -> review.Item | None:
    content = next(q.content for q in notes.quotes if q.id == name)
    return next((i for i in review.queue(notes) if i.of == "quote" and i.at == content), None)


DOUBTFUL = [
    ("its words are doubtful", {"score": 0.5}, 0.5),
    ("whom it means is doubtful", {"score": 0.9, "speaker_score": 0.75}, 0.75),
    ("the lesser of two counts", {"score": 0.6, "speaker_score": 0.3}, 0.3),
    ("nobody was found", {"score": 0.97, "speakers": (), "how": "unknown"}, 0.97),
    ("quoted words", {"kind": "scare", "score": None, "speakers": ()}, None),
]


@pytest.mark.parametrize(("parts", "score"), [d[1:] for d in DOUBTFUL], ids=[d[0] for d in DOUBTFUL])
def test_a_doubtful_quote_needs_a_look(parts, score):
    item = item_of(changed("q5", **parts), "q5")
    assert item
    assert item.score == score
    assert item.reason
    assert item.check == ""


SETTLED = [
    ("sure", {"score": 0.9, "speaker_score": 0.9}),
    ("sure, by somebody without a name", {"speakers": ("s1",), "how": "unnamed", "speaker_score": None}),
    ("confirmed", {"score": 0.1, "status": "confirmed"}),
    ("rejected", {"score": 0.1, "status": "rejected"}),
    ("nobody, as the editor says", {"speakers": (), "how": "editor", "status": "confirmed"}),
    ("a topic in nobody's words", {"kind": "indirect", "act": "topic", "score": 0.1}),
]


@pytest.mark.parametrize("parts", [s[1] for s in SETTLED], ids=[s[0] for s in SETTLED])
def test_what_is_sure_or_settled_needs_none(parts):
    assert item_of(changed("q5", **parts), "q5") is None


def test_an_entity_is_looked_at_once_at_its_least_certain_mention():
    hyder = NOTES.entities[0]
    doubtful = tuple(replace(m, score=s) for m, s in zip(hyder.mentions, (0.6, 0.4), strict=True))
    notes = replace(NOTES, entities=(replace(hyder, mentions=doubtful), *NOTES.entities[1:]))
    (item,) = (i for i in review.queue(notes) if i.of == "entity")
    assert (item.at, item.score) == ((doubtful[1].span,), 0.4)
    assert item.reason == "Perhaps one mark of this name is wrong, or its kind (person) is"
    once = replace(notes, entities=(replace(notes.entities[0], mentions=doubtful[:1]), *NOTES.entities[1:]))
    (item,) = (i for i in review.queue(once) if i.of == "entity")
    assert item.reason == "Perhaps this is no name, or its kind (person) is wrong"
    after = edits.apply(notes, edits.confirm(doubtful[1]))
    assert [i.at for i in review.queue(after) if i.of == "entity"] == [(doubtful[0].span,)]
    assert not [i for i in review.queue(edits.apply(notes, edits.reject(hyder))) if i.of == "entity"]


def test_the_findings_of_the_checks_are_in_the_queue_until_they_are_dismissed():
    found = check(NOTES)
    asked = {(i.check, i.at[0]): i for i in review.queue(NOTES) if i.of == "text"}
    assert found
    assert set(asked) == {(f.check, f.span) for f in found}
    assert asked[found[0].check, found[0].span].reason == found[0].message
    after = edits.apply(NOTES, edits.dismiss(found[0].span, found[0].check))
    assert review.remaining(after) == review.remaining(NOTES) - 1
    other = edits.apply(NOTES, edits.dismiss(found[0].span, "two-spellings"))
    assert review.queue(other) == review.queue(NOTES)
    back = edits.apply(after, replace(after.edits[-1], act="reset"))
    assert review.queue(back) == review.queue(NOTES)


def test_a_question_about_a_quote_is_settled_with_the_quote():
    name = "altered-quote"
    assert name in {i.check for i in review.queue(NOTES)}
    q5 = next(q for q in NOTES.quotes if q.id == "q5")
    assert name not in {i.check for i in review.queue(edits.apply(NOTES, edits.confirm(q5)))}


def test_a_quote_of_nobody_is_asked_for_once():
    text = NOTES.article.text + "\n\n“We were never told about any of this by anybody.”"
    start = text.index("“We were never")
    orphan = Quote(
        "q9", "direct", (edits.grow(text, span("hostages"), "end", 0)._replace(start=start, end=len(text)),)
    )
    notes = replace(
        NOTES, article=replace(NOTES.article, text=text, sha256=""), quotes=(*NOTES.quotes, orphan)
    )
    assert "no-speaker" in {f.check for f in check(notes)}
    assert [i.of for i in review.queue(notes) if i.at[0] == orphan.content[0]] == ["quote"]


def test_the_least_certain_stands_first():
    notes = changed("q2", score=0.2)
    notes = replace(notes, quotes=tuple(replace(q, score=0.4) if q.id == "q6" else q for q in notes.quotes))
    scores = [i.score for i in review.queue(notes) if i.score is not None]
    assert scores[:2] == [0.2, 0.4]
    assert scores == sorted(scores)


def test_what_is_sure_is_confirmed_in_one_step():
    scored = changed("q5", speaker_score=0.97)
    scored = edits.apply(scored, edits.reject(NOTES.quotes[0]))
    sure = review.sure(scored, by="Ana")
    assert [(e.of, e.at) for e in sure] == [("quote", next(q.content for q in NOTES.quotes if q.id == "q5"))]
    assert {(e.step, e.by) for e in sure} == {(2, "Ana")}
    low = review.sure(scored, above=0.9)
    assert len(low) == 1 + sum(len(e.mentions) for e in NOTES.entities)  # names have .93
    after = edits.apply(scored, *low)
    assert review.sure(after, above=0.9) == ()
    assert edits.undone(after.edits)[0] == scored.edits


@settings(max_examples=50)
@given(annotations())
def test_keys_differ_and_nothing_settled_is_asked_for(notes):
    items = review.queue(notes)
    assert review.remaining(notes) == len(items)
    open_quotes = {q.content for q in notes.quotes if q.status == "suggested" or edits.is_proposed(q)}
    assert all(i.at in open_quotes for i in items if i.of == "quote")
    assert all(0 <= s.start < s.end <= len(notes.article.text) for i in items for s in i.at)


def test_a_proposed_speaker_is_asked_for_until_it_is_confirmed_or_changed():
    content, name = (
        (span("The last major attack on the train took place in November"),),
        NOTES.speakers[0].name,
    )
    notes = edits.apply(NOTES, edits.add_quote(content, "indirect"), edits.propose(content, (name,)))
    added = next(q for q in notes.quotes if q.content == content)
    (item,) = (i for i in review.queue(notes) if i.of == "quote" and i.at == content)
    assert "proposal" in item.reason
    assert item.score == added.speaker_score < review.DOUBTFUL_SPEAKER
    assert content not in {e.at for e in review.sure(notes, above=0.1)}
    for made in (edits.confirm(added), edits.speaker(added, (NOTES.speakers[1].name,)), edits.reject(added)):
        after = edits.apply(notes, made)
        assert content not in {i.at for i in review.queue(after)}
    assert next(q for q in after.quotes if q.content == content).status == "rejected"


def test_a_surname_of_two_people_is_confirmed_place_by_place():
    text = (
        "Anna Halvorsen, the mayor of Ashby, opened the bridge on Monday.\n\n"
        "Thomas Halvorsen, an engineer, came as well and praised the work of the town.\n\n"
        "The bridge was closed for years. Halvorsen left on Tuesday. The town paid Halvorsen well."
    )
    notes = annotate(Article(text, language="en"))
    asked = [i for i in review.queue(notes) if "may be" in i.reason]
    assert asked
    assert all(i.alone for i in asked)
    assert not any(i.alone for i in review.queue(NOTES))
    mention = next(m for e in notes.entities for m in e.mentions if m.span == asked[0].at[0])
    after = edits.apply(notes, edits.confirm(mention))
    confirmed = [m.span for e in after.entities for m in e.mentions if m.status == "confirmed"]
    assert confirmed == [asked[0].at[0]]
