"""What the words right beside the marks decide against the encoder's clauses."""

from __future__ import annotations

import time

import pytest

from tests.test_linking import read
from toolkit import languages, records
from toolkit.encoder import Tags
from toolkit.encoder.component import store
from toolkit.pipeline import pipeline
from toolkit.quotes import find_quotes


def quotes(marked):
    """Source, cue and pieces of each quote of a text, whose marks are written as for the linker."""
    text, marks = read(marked)
    nlp = pipeline("en")
    keep = [name for name in nlp.pipe_names if not name.startswith("toolkit_")]
    with nlp.select_pipes(enable=["toolkit_paragraphs", *keep]):
        doc = nlp(text)
    store(doc, Tags((), tuple(marks)))
    records.store(doc, "entities", ())

    def words(spans):
        return [text[slice(*span)] for span in spans]

    found = [q for q in find_quotes(doc, languages.get("en")) if q.kind != "scare"]
    return [(*words(q.source), *words(q.cue), words(q.content)) for q in found]


def said_by(marked):
    """Who is given for each piece between marks, in the order of the text; the first where two are."""
    found = {}
    for source, *_, pieces in quotes(marked):
        for piece in pieces:
            if "“" in piece:
                found.setdefault(piece[piece.index("“") :], source)
    return list(found.values())


SETTLED = {
    "behind": (
        "{s Rao} {q told} {c police about the reports. “I had breakfast with Lee,”} Maria Holt wrote in a letter.",
        ["Maria Holt"],
    ),
    "inverted": (
        "{s Several observers} {q said} {c it was odd. “I never saw it coming,”} said Lee.",
        ["Lee"],
    ),
    "as she put it": (
        "{s Members} {q echo} {c her worries, since the fund needs a “lawful source of income,”} "
        "as a ministry memo put it.",
        ["a ministry memo"],
    ),
    "inside a sentence": (
        "{s Rao} {q was planning} {c to sell the house with “a full view of the bay,”} a spokeswoman said.",
        ["a spokeswoman"],
    ),
    "footage": (
        "{s The advert} {q ends with footage of} {c Rao saying last week, “That makes me smart.”}",
        ["Rao"],
    ),
    "who declared": (
        "{s Rao} {q scored} {c a second win with Lee, who declared, “We are ready for the race.”}",
        ["who"],
    ),
    "signed": (
        "{c “We like it.”} {q —} {s Ann Poe}\n\n{c “We do not.” That is all. “Never again.”} — Carla Sanchez",
        ["Ann Poe", "Carla Sanchez", "Carla Sanchez"],
    ),
    "negated": (
        "{c “We were hurt,”} {s Rao} {q said}. {s He} {q did not suggest} {c revenge}. {c “Our goal is peace for all.”}",
        ["Rao", "Rao"],
    ),
    "a sentence in capitals": (
        "{c “They are two,”} {s Lee} {q said}. “That’s Anil Rao and Maria Holt.”",
        ["Lee", "Lee"],
    ),
    # Left to the clauses
    "according to": (
        "“We are ready for the race,” Rao said, {q according to} {s CNN}.",
        ["Rao"],
    ),
    "citing": (
        "{s Two lawmakers} {q argue} {c that “there is reason to act now,”} citing a case of May.",
        ["Two lawmakers"],
    ),
    "cited paper": (
        "{c “We are ready for the race,” Rao said}, {q according to} {s CNN}.",
        ["CNN"],
    ),
    "another clause behind": (
        "{s Voters} {q agreed} {c that Rao is in “good enough health,”} while some said he is not.",
        ["Voters"],
    ),
    "her own words": (
        "{s Holt} {q pledges} {c to “make the town work for all,”} as she put it in May.",
        ["Holt"],
    ),
    "she recalled": (
        "{s Holt} {q recalled} {c Rao saying, “We are ready for the race.”}",
        ["Holt"],
    ),
    "a verb with more to say": (
        "{s Lee} {q tweeted} {c that Rao, who proposed a ban, is out: “Your plan is to spend billions.”}",
        ["Lee"],
    ),
    "somebody cited in a letter": (
        "{c “We like it,”} {s Rao} {q said}. “We do not.” — Carla Sanchez",
        ["Rao", "Carla Sanchez"],
    ),
}


@pytest.mark.parametrize(("marked", "speakers"), SETTLED.values(), ids=SETTLED.keys())
def test_who_says_it(marked, speakers):
    assert said_by(marked) == speakers


# id, text, its quotes where a clause has no source of its own.
SOURCES = {
    "lent over a preposition": (
        "After {q saying} {c her foot was “too swollen to walk on,” she was taken home}.",
        [("she", "saying", ["her foot was “too swollen to walk on,”"])],
    ),
    "lent by the verb before": (
        "Rao clashed with the firm and {q posted on a website} {c that it “never had to pay taxes.”}",
        [("Rao", "posted on a website", ["that it “never had to pay taxes.”"])],
    ),
    "a word of what is said is no source": (
        "For {q saying} {c that green tea was a “magic cure for all,”} there was a price.",
        [("saying", ["that green tea was a “magic cure for all,”"])],
    ),
    "the first word of what is said stays": (
        "{s Rao} {q said} {c he “was born on the bridge and lives on it.”}",
        [("Rao", "said", ["he “was born on the bridge and lives on it.”"])],
    ),
    "a pronoun for a quotation goes": (
        "{s Rao} {q put} {c it, “a danger to every family.”}",
        [("Rao", "put", ["“a danger to every family.”"])],
    ),
}


@pytest.mark.parametrize(("marked", "expected"), SOURCES.values(), ids=SOURCES.keys())
def test_missing_sources_and_borders(marked, expected):
    assert quotes(marked) == expected


def test_a_transcript_is_not_said_by_its_heading():
    text = "{s A partial transcript} {q follows:}\n\n{c “RAO: Let us start with the news of the day.}\n\n“HOLT: Yes.\n\n“RAO: Good.”"
    assert [source for source, *_ in quotes(text)] == ["RAO", "HOLT", "RAO"]


def test_many_letters_take_no_longer_each_than_a_few():
    story = "{c “We like it.”} {q —} {s Ann Poe}\n\n{c “It rained on Monday,”} Lee said.\n\n"
    times = []
    for count in (40, 320):
        start = time.process_time()
        quotes(story * count)
        times.append((time.process_time() - start) / count)
    assert times[1] < 3 * times[0]
