"""The key facts of an article: the event's own, verbatim, few, and none rather than a wrong one."""

import functools
import json
from dataclasses import replace
from itertools import groupby

import pytest
from hypothesis import given, settings
from strategies import annotations
from typer.testing import CliRunner

import toolkit
from toolkit.cli import app
from toolkit.model import (
    Annotations,
    Article,
    Budget,
    Engine,
    Entity,
    Figure,
    Measure,
    Mention,
    Quote,
    Span,
    Speaker,
    Summary,
)
from toolkit.points import MOST, QUESTIONS, points

ENGINE = Engine("", "", "")


class Story:
    """Notes made by hand: sentences, and marks found by their words."""

    def __init__(self, *sentences, published="2024-05-18", language="en", **metadata):
        self.text = " ".join(sentences)
        spans = tuple(self.at(sentence) for sentence in sentences)
        article = Article(self.text, published=published, language=language, **metadata)
        summary = Summary("lead", spans[:2], Budget("sentences", 2))
        self.notes = Annotations(article, ENGINE, spans, summary=summary)

    def at(self, words, nth=0):
        start = -1
        for _ in range(nth + 1):
            start = self.text.index(words, start + 1)
        return Span(start, start + len(words))

    def behind(self, words, others):
        """Where other words stand next behind some words, or else first."""
        start = self.text.find(others, self.at(words).end)
        return Span(start, start + len(others)) if start >= 0 else self.at(others)

    def name(self, label, *forms, status="suggested"):
        mentions, place = [], 0
        for form in forms:
            place = self.text.index(form, place)
            mentions.append(Mention(Span(place, place + len(form)), "machine:m@1", status=status))
            place += len(form)
        number = f"e{len(self.notes.entities)}"
        entity = Entity(number, label, mentions[0].span, tuple(mentions))
        self.notes = replace(self.notes, entities=(*self.notes.entities, entity))
        return self

    def figure(
        self, kind, words, value=None, counts=None, qualifier=None, date="", quote=None, status="suggested"
    ):
        figure = Figure(
            f"f{len(self.notes.figures)}",
            kind,
            self.at(words),
            status=status,
            measures=() if value is None else (Measure(value),),
            counts=counts and self.behind(words, counts),
            qualifier=qualifier and self.at(qualifier),
            date=date,
            quote=quote,
        )
        self.notes = replace(self.notes, figures=(*self.notes.figures, figure))
        return self

    def said(
        self, content, cue, source, *, kind="indirect", speaker=None, anonymous=False, status="suggested"
    ):
        number, cast = len(self.notes.quotes), self.notes.speakers
        if speaker:
            cast = (*cast, Speaker(f"s{number}", self.at(speaker), anonymous=anonymous))
        quote = Quote(
            f"q{number}",
            kind,
            (self.at(content),),
            cue=(self.at(cue),),
            source=(self.at(source),),
            speakers=(f"s{number}",) if speaker else (),
            status=status,
        )
        self.notes = replace(self.notes, quotes=(*self.notes.quotes, quote), speakers=cast)
        return self


def told(notes, question):
    return [notes.text(point.span) for point in points(notes) if point.question == question]


FERRY = (
    "At least 19 people were killed when a ferry capsized in Madagascar on Monday, the port agency said.",
    "Rescuers saved 45 people, said Hanta Rakoto, the agency's head.",
    "A ferry sank in the same waters in Mozambique in December 2021, and 85 people died.",
)


def ferry():
    return (
        Story(*FERRY)
        .name("PLACE", "Madagascar")
        .name("PLACE", "Mozambique")
        .name("PERSON", "Hanta Rakoto")
        .said("At least 19 people were killed when a ferry capsized in Madagascar on Monday", "said", "the port agency", speaker="the port agency", anonymous=True)
        .said("Rescuers saved 45 people", "said", "Hanta Rakoto", speaker="Hanta Rakoto")
        .figure("number", "19", 19, "people", "At least", quote="q0")
        .figure("date", "Monday", date="2024-05-13", quote="q0")
        .figure("number", "45", 45, "people", quote="q1")
        .figure("date", "December 2021", date="2021-12")
        .figure("number", "85", 85, "people")
    )  # fmt: skip


def test_the_event_is_told_by_its_own_facts():
    notes = ferry().notes
    assert told(notes, "what") == [
        "At least 19 people were killed when a ferry capsized in Madagascar on Monday"
    ]
    assert told(notes, "where") == ["Madagascar"]
    assert told(notes, "when") == ["Monday"]
    assert told(notes, "on-whose-word") == ["the port agency", "Hanta Rakoto"]
    assert told(notes, "who") == []  # who only tells of it is no actor in it


def test_each_figure_says_on_whose_word():
    notes = ferry().notes
    numbers = [point for point in points(notes) if point.question == "how-many"]
    said = [(notes.text(point.span), point.source and notes.text(point.source)) for point in numbers]
    assert said == [("At least 19 people", "the port agency"), ("45 people", "Hanta Rakoto")]


def test_the_articles_own_voice_is_no_source():
    notes = (
        Story("The storm killed 12 miners in Lota on Friday.")
        .figure("number", "12", 12, "miners")
        .figure("date", "Friday", date="2024-05-17")
        .notes
    )
    assert {point.source for point in points(notes)} == {None}
    assert told(notes, "how-many") == ["12 miners"]
    assert told(notes, "on-whose-word") == []


@pytest.mark.parametrize(
    ("sentence", "words", "date", "published", "expected"),
    [
        pytest.param("The court in Lyon freed two men on Tuesday.", "Tuesday", "2024-05-14", "2024-05-18", True, id="weekday"),
        pytest.param("The court in Lyon freed two men on Tuesday.", "Tuesday", "", "", True, id="weekday-of-no-known-week"),
        pytest.param("The court in Lyon freed two men on 3 May.", "3 May", "", "", True, id="day-of-no-known-year"),
        pytest.param("The court in Lyon freed two men last week.", "last week", "", "", True, id="last-week"),
        pytest.param("The station in Lyon reopens on 14 June.", "14 June", "2024-06-14", "2024-05-18", True, id="ahead"),
        pytest.param("The court in Lyon freed two men in May.", "May", "2024-05", "2024-05-18", True, id="this-month"),
        pytest.param("The court in Lyon freed two men held over a theft of 3 May 2019.", "3 May 2019", "2019-05-03", "2024-05-18", False, id="the-crime"),
        pytest.param("The court in Lyon freed two men who fled in 2012.", "2012", "2012", "", False, id="a-year"),
        pytest.param("The court in Lyon freed two men after ten years ago they fled.", "ten years ago", "", "", False, id="years-ago"),
        pytest.param("The court in Lyon freed two men held since Tuesday.", "Tuesday", "2024-05-14", "2024-05-18", False, id="since"),
        pytest.param("The court in Lyon is shut until at least the end of next week.", "next week", "", "", False, id="until"),
        pytest.param("The court in Lyon wants to end this by 2030 if it can.", "2030", "2030", "2024-05-18", False, id="a-target"),
    ],
)  # fmt: skip
def test_a_date_is_the_events_or_none_is_given(sentence, words, date, published, expected):
    story = Story(sentence, "A lawyer in Lyon spoke of it.", published=published).name(
        "PLACE", "Lyon", "Lyon"
    )
    kind = "relative" if words.startswith(("last", "next", "ten")) else "date"
    assert told(story.figure(kind, words, date=date).notes, "when") == [words] * expected


def test_the_day_of_saying_is_not_the_events():
    story = Story("Two bridges will close in Lota, the council said on Wednesday.").figure(
        "date", "Wednesday", date="2024-05-15"
    )
    assert told(story.notes, "when") == ["Wednesday"]
    story.said("Two bridges will close in Lota", "said", "the council")
    assert told(story.notes, "when") == []


@pytest.mark.parametrize(
    ("sentence", "place", "label", "expected"),
    [
        pytest.param("A bomb went off in Quetta on Monday morning.", "Quetta", "PLACE", True, id="in"),
        pytest.param("A bomb went off in the northern city of Sari on Monday.", "Sari", "PLACE", True, id="in-the-city-of"),
        pytest.param("A bomb went off at Lota Station on Monday morning.", "Lota Station", "FACILITY", True, id="at-a-building"),
        pytest.param("Ministers spoke of sanctions on Iran on Monday morning.", "Iran", "PLACE", False, id="on"),
        pytest.param("Ministers held talks with Iran on Monday morning.", "Iran", "PLACE", False, id="with"),
        pytest.param("Ministers wrote in support of Iran on Monday morning.", "Iran", "PLACE", False, id="in-support-of"),
        pytest.param("Ministers joined in a U.S. war effort on Monday morning.", "U.S.", "PLACE", False, id="an-adjective"),
        pytest.param("Iran closed its airports and ports on Monday morning.", "Iran", "PLACE", False, id="an-actor"),
    ],
)  # fmt: skip
def test_a_place_is_one_in_which_something_is(sentence, place, label, expected):
    story = Story(sentence).name(label, place).figure("date", "Monday", date="2024-05-13")
    assert told(story.notes, "where") == [place] * expected


@pytest.mark.parametrize("above", [(), ("Mine collapses in Lota\n\n",)])
def test_the_dateline_is_a_place_and_no_part_of_the_event(above):
    story = (
        Story(
            *above,
            "LOTA, 3 May (EFE) – A mine collapsed on Friday and all men are safe.",
            dateline="LOTA, 3 May (EFE)",
        )
        .name("PLACE", "LOTA")
        .figure("date", "3 May", date="2024-05-03")
        .figure("date", "Friday", date="2024-05-17")
    )
    assert told(story.notes, "what") == ["A mine collapsed on Friday and all men are safe."]
    assert (told(story.notes, "where"), told(story.notes, "when")) == (["LOTA"], ["Friday"])


@pytest.mark.parametrize(
    ("kind", "words", "value", "counts", "expected"),
    [
        ("number", "30", 30, "sailors", ["30 sailors"]),
        ("money", "30", 30, None, ["30"]),
        ("percent", "30", 30, None, ["30"]),
        ("number", "3-1", None, None, ["3-1"]),
        ("number", "30", 30, None, []),  # an age, say
        ("quantity", "30", 30, None, []),
        ("number", "30", 3, "sailors", []),  # few, and nothing befell them
    ],
)
def test_figures_that_count(kind, words, value, counts, expected):
    story = Story("The yard in Lota took on Friday 30 sailors to sea and won 3-1.")
    story.figure("date", "Friday", date="2024-05-17").figure(kind, words, value, counts)
    assert told(story.notes, "how-many") == expected


def test_a_small_number_counts_where_it_is_a_toll():
    story = Story("Two of the crew said that three sailors drowned off Lota on Friday.")
    story.figure("date", "Friday", date="2024-05-17").figure("number", "three", 3, "sailors")
    story.figure("number", "Two", 2, "crew").said("three sailors drowned off Lota", "said", "Two of the crew")
    assert told(story.notes, "how-many") == ["three sailors"]


def test_who_is_in_the_event_and_comes_again():
    story = (
        Story("Mara Holt sacked the board of Lotaria on Friday.", "Holt had led it for years.", "Ivo Renn once led it, and Renn fell.")
        .name("PERSON", "Mara Holt", "Holt")
        .name("PERSON", "Ivo Renn", "Renn")
        .name("ORG", "Lotaria")
        .figure("date", "Friday", date="2024-05-17")
    )  # fmt: skip
    assert told(story.notes, "who") == ["Mara Holt"]


def test_what_an_editor_rejected_answers_nothing():
    made = Story("Mara Holt drowned 12 sailors in Lota on Friday.", "Holt was there, and nobody else was.")
    made.name("PERSON", "Mara Holt", "Holt", status="rejected").name("PLACE", "Lota", status="rejected")
    made.figure("date", "Friday", date="2024-05-17").figure("number", "12", 12, "sailors", status="rejected")
    assert [point.question for point in points(made.notes)] == ["what", "when"]


@pytest.mark.parametrize(
    "sentences",
    [
        pytest.param(("It is the kind of thing that you see in movies.", "But here it is true as can be."), id="no-news"),
        pytest.param(("The kettle is on in the old house where she has mended clocks since 1974.", "She is old."), id="background"),
        pytest.param(("Storm hits Lota", "By our staff"), id="headlines"),
        pytest.param(("The mayor of Lota called it “a good day for all of us.", "It is ours.”"), id="half-a-quotation"),
    ],
)  # fmt: skip
def test_an_article_that_tells_no_event_has_no_points(sentences):
    story = Story(*sentences)
    if "1974" in story.text:
        story.figure("date", "1974", date="1974")
    assert points(story.notes) == ()


def test_without_sentences_or_a_known_language_nothing_is_guessed():
    assert points(Annotations(Article(""), ENGINE)) == ()
    notes = replace(ferry().notes, sentences=(), summary=None)
    assert points(notes) == ()
    unknown = replace(ferry().notes, article=replace(ferry().notes.article, language="und"))
    assert told(unknown, "where") == []


@pytest.mark.parametrize(
    ("sample", "question", "expected"),
    [
        ("jaffar-express.txt", "when", ["Wednesday"]),
        ("jaffar-express.txt", "how-many", ["33 attackers", "At least 27 hostages", "one paramilitary soldier"]),
        ("jaffar-express.txt", "on-whose-word", ["A military spokesperson", "security sources", "Fighters belonging to the Balochistan Liberation Army (BLA)"]),
        ("jaffar-express.txt", "who", ["Balochistan Liberation Army"]),
        ("port-strike.docx", "when", ["Tuesday"]),
        ("port-strike.docx", "where", ["PORT AVERIN", "Lastria"]),
        ("tarnwick-water.html", "when", []),
    ],
)  # fmt: skip
def test_the_samples(annotated, sample, question, expected):
    assert told(annotated(sample), question) == expected


@pytest.fixture(scope="module")
def annotated(samples):
    """A sample by its name, annotated once."""
    return functools.cache(lambda name: toolkit.annotate(toolkit.read(samples / name)))


def test_a_french_article_is_told_by_the_words_of_its_language():
    story = Story(
        "LISSE, 3 mars (Fil Exemple) – La gare de Montréval, fermée depuis 2003, rouvrira le 14 avril, a annoncé lundi le conseil régional.",
        published="2025-03-03", language="fr", dateline="LISSE, 3 mars (Fil Exemple)",
    )  # fmt: skip
    story.name("PLACE", "Montréval").figure("date", "3 mars", date="2025-03-03")
    story.figure("date", "2003", date="2003").figure("date", "14 avril", date="2025-04-14")
    story.figure("date", "lundi", date="2025-03-03")
    story.said("La gare de Montréval, fermée depuis 2003, rouvrira le 14 avril", "annoncé", "le conseil régional", speaker="le conseil régional", anonymous=True)  # fmt: skip
    assert told(story.notes, "when") == ["14 avril"]
    assert told(story.notes, "on-whose-word") == ["le conseil régional"]


def test_a_court_story_keeps_to_its_own_day_and_sum():
    text = (
        "A former bank clerk who stole £1.2m from elderly customers was jailed for six years on Thursday.\n\n"
        "Daniel Okoro-Finch, 43, pleaded guilty in March to 17 counts of fraud committed between 2009 and "
        "2016, Leeds Crown Court heard.\n"
    )
    notes = toolkit.annotate(replace(toolkit.read(text, language="en"), published="2024-05-18"))
    assert (told(notes, "when"), told(notes, "how-many")) == (["Thursday"], ["£1.2m"])


@settings(max_examples=30)
@given(annotations())
def test_any_annotations_give_verbatim_points_few_and_the_same_again(made):
    found = points(made)
    assert found == points(made)
    order = [QUESTIONS.index(point.question) for point in found]
    assert order == sorted(order)
    for question, group in groupby(found, key=lambda point: point.question):
        each = list(group)
        assert len(each) <= (1 if question == "what" else MOST)
        assert len({point.span for point in each}) == len(each)
    for point in found:
        assert 0 <= point.sentence.start < point.sentence.end <= len(made.article.text)
        assert point.span.start < point.span.end
        assert point.sentence.contains(point.span)


# The command.

STORY = "“We had no choice,” said Mara Holt, the mayor. The bridge in Lota killed 12 miners when it fell on 3 March 2024, Holt said.\n"


def run(*arguments):
    return CliRunner().invoke(app, ["points", *map(str, arguments)])


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "bridge.txt"
    path.write_text(STORY, encoding="utf-8")
    path.with_suffix(".toml").write_text('published = "2024-03-04"\n')
    return path


def test_the_command_prints_a_table(story):
    done = run(story, "--language", "en")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "How many" in done.stdout
    assert "12 miners" in done.stdout


def test_the_command_prints_json_lines_with_true_spans(story):
    records = [json.loads(line) for line in run(story, "--json", "--language", "en").stdout.splitlines()]
    assert {each["question"] for each in records} >= {"what", "when", "how-many"}
    for each in records:
        assert each["file"] == str(story)
        assert STORY[slice(*each["span"])] == each["words"]
        assert STORY[slice(*each["sentence_span"])] == each["sentence"]
        assert (each["source"] is None) == (each["source_span"] is None)


def test_a_story_without_points_is_told_on_stderr(tmp_path):
    path = tmp_path / "plain.txt"
    path.write_text("Ok.\n")
    done = run(path, "--language", "en")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "no key facts" in done.stderr
    assert done.stderr.count("\n") == 1
