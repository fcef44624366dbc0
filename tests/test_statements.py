"""What kind of act a cue is."""

from __future__ import annotations

import pytest

from tests.test_linking import read
from toolkit import languages
from toolkit.encoder import Tags
from toolkit.pipeline import pipeline
from toolkit.statements import statements

ACTS = [
    ("{s Rao} {q said} {c it had rained}.", "speech"),
    ("{s Rao} {q has repeatedly denied} {c taking bribes}.", "speech"),
    ("{q According to} {s Rao}, {c it had rained}.", "speech"),
    ("{q A statement} by {s the ministry} said {c that the dam had held}.", "speech"),
    ("{s Rao} {q promised} {c to resign}.", "speech"),
    ("{s Rao} {q believes} {c the dam will hold}.", "belief"),
    ("{s Villagers} {q fear} {c that the dam will burst}.", "belief"),
    ("{s Rao} {q is confident} {c that the dam will hold}.", "belief"),
    ("{s Rao} {q hopes} {c that it will rain}.", "belief"),
    ("{s Rao} {q plans} {c to resign}.", "intention"),
    ("{s Rao} {q wants} {c to resign}.", "intention"),
    ("{s Rao} {q decided to} {c resign}.", "intention"),
    ("{s The union} {q intends} {c to strike}.", "intention"),
    ("{s The minister} {q declined} {c to give details}.", "intention"),
    # Of a thing nothing is said, but some verbs say something with no more than an object.
    ("{s Police} {q charged} {c two men with theft}.", "topic"),
    ("{s The firm} {q reported} {c a loss of two million dollars}.", "topic"),
    ("{s The state} {q banned} {c the group}.", "topic"),
    ("{s The group} {q claimed} {c responsibility for the attack}.", "speech"),
    ("{s Rao} {q told} {c the court the scheme had been cleared}.", "speech"),
    # The same words, another complement
    ("{s Rao} {q agreed} {c that it had rained}.", "speech"),
    ("{s Rao} {q agreed} {c to resign}.", "intention"),
]


@pytest.mark.parametrize(("marked", "act"), ACTS)
def test_acts(marked, act):
    nlp = pipeline("en")
    keep = [name for name in nlp.pipe_names if not name.startswith("toolkit_")]
    text, marks = read(marked)
    with nlp.select_pipes(enable=keep):
        doc = nlp(text)
    found = list(statements(doc, Tags((), tuple(marks)), languages.get("en")))
    assert [clause.act for clause, _ in found] == [act]


def test_an_article_alone_is_no_source():
    nlp = pipeline("en")
    keep = [name for name in nlp.pipe_names if not name.startswith("toolkit_")]
    text, marks = read("{s The} {q so-called} {c “peace tax”} is late.")
    with nlp.select_pipes(enable=keep):
        doc = nlp(text)
    found = [clause for clause, _ in statements(doc, Tags((), tuple(marks)), languages.get("en"))]
    assert [clause.source for clause in found] == [()]
