"""What the desk's fields offer, and in which order."""

import pytest

from toolkit.model import Annotations, Article, Engine, Entity, Mention, Quote, Span, Speaker
from toolkit.ui import choices
from toolkit.ui.marker import mention_id

TEXT = (
    "Ana Ruiz spoke first. “One,” Ruiz said. “Two,” Ruiz said.\n\n"
    "The Harbour Board met.\n\n"
    "Ben Ruiz asked Cara Holt. “Three,” she said, of Ana Ruiz."
)


def at(words: str, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words))


def named(id: str, label: str, *spans: Span) -> Entity:
    return Entity(id, label, spans[0], tuple(Mention(span, "machine:x@0") for span in spans))


def said(id: str, words: str, *speakers: str, source: tuple[Span, ...] = ()) -> Quote:
    return Quote(id, "direct", (at(words),), speakers=speakers, source=source)


def notes(speaker: str = "") -> Annotations:
    return Annotations(
        Article(TEXT),
        Engine("0", "", ""),
        entities=(
            named("ana", "PERSON", at("Ana Ruiz"), at("Ana Ruiz", 1)),
            named("board", "ORG", at("Harbour Board")),
            named("ben", "PERSON", at("Ben Ruiz")),
            named("cara", "PERSON", at("Cara Holt")),
        ),
        speakers=(
            Speaker("s-ana", at("Ana Ruiz"), entity="ana"),
            Speaker("s-cara", at("Cara Holt"), entity="cara"),
        ),
        quotes=(
            said("q1", "“One,”", "s-ana", source=(at("Ruiz", 1),)),
            said("q2", "“Two,”", "s-ana", source=(at("Ruiz", 2),)),
            said("q3", "“Three,”", *filter(None, (speaker,))),
        ),
    )


@pytest.mark.parametrize(
    ("speaker", "names"),
    [
        # Not who says most, but who is named nearest, whether she has spoken or not; organisations after them.
        ("", ["Cara Holt", "Ana Ruiz", "Ben Ruiz", "Harbour Board", choices.NOBODY]),
        # Who is the speaker already is not what one opens the field for.
        ("s-cara", ["Ana Ruiz", "Ben Ruiz", "Cara Holt", "Harbour Board", choices.NOBODY]),
    ],
)
def test_who_is_named_nearest_is_offered_first(speaker, names):
    assert [choice.words for choice in choices.of(notes(speaker), "speaker", "q3")] == names


def test_a_name_within_the_quote_tells_nothing_of_its_speaker():
    text = Article("“Ana Ruiz left,” said Ben Ruiz. Cara Holt too.")
    ana, ben = Span(1, 9), Span(22, 30)
    found = Annotations(
        text,
        Engine("0", "", ""),
        entities=(named("ana", "PERSON", ana), named("ben", "PERSON", ben)),
        quotes=(Quote("q", "direct", (Span(0, 16),)),),
    )
    assert [choice.words for choice in choices.of(found, "speaker", "q")] == [
        "Ben Ruiz",
        "Ana Ruiz",
        choices.NOBODY,
    ]


def test_names_that_share_a_word_are_offered_first_as_the_same():
    mark = mention_id(notes().entities[2], at("Ben Ruiz"))
    names = [choice.words for choice in choices.of(notes(), "merge", mark)]
    assert names == ["Ana Ruiz", "Cara Holt", "Harbour Board"]
    assert choices.of(notes(), "note", mark) == []
