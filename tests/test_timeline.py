"""The timeline: what an article dates, in order of time, each with its sentence."""

import json

import pytest
from hypothesis import given
from strategies import annotations
from typer.testing import CliRunner

from toolkit.cli import app
from toolkit.model import Annotations, Article, Engine, Figure, Quote, Span
from toolkit.timeline import moments, timeline

TEXT = "It fell. It was old. It was built in time."
SENTENCES = (Span(0, 8), Span(9, 20), Span(21, 42))
ENGINE = Engine("", "", "")


def notes(*dates, status="suggested"):
    """Annotations with a figure of one character for each date, in the order of the text."""
    figures = (
        Figure(f"f{n}", "date", Span(n, n + 1), status=status, date=date) for n, date in enumerate(dates)
    )
    return Annotations(Article(TEXT), ENGINE, SENTENCES, figures=tuple(figures))


def dates(*given):
    return [event.date for event in timeline(notes(*given))]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(("2025-03-12", "2024-08-05", "1999-12-31"), ["1999-12-31", "2024-08-05", "2025-03-12"], id="days"),
        pytest.param(("2024-02", "2023", "2024-01-31"), ["2023", "2024-01-31", "2024-02"], id="precisions"),
        pytest.param(("2024-08-06", "2024-08-05/2024-08-11"), ["2024-08-05/2024-08-11", "2024-08-06"], id="by-start"),
        pytest.param(("1995", "1990/1999"), ["1990/1999", "1995"], id="decade"),
        pytest.param(("2024-08-05T21:10", "2024-08-05T07:30", "2024-08-05"), ["2024-08-05", "2024-08-05T07:30", "2024-08-05T21:10"], id="times"),
        pytest.param(("2024-01-01", "2024", "2024-01"), ["2024-01-01", "2024", "2024-01"], id="ties-in-text-order"),
        pytest.param(("2024", "2024-01", "2024-01-01"), ["2024", "2024-01", "2024-01-01"], id="ties-in-text-order-too"),
        pytest.param(("", "2024", ""), ["2024"], id="undated"),
        pytest.param((), [], id="none"),
    ],
)  # fmt: skip
def test_events_are_in_order_of_time(given, expected):
    assert dates(*given) == expected


def test_an_event_has_its_figure_and_its_sentence():
    first, second = timeline(notes("2025", *[""] * 9, "2024"))
    assert (first.date, first.figure.id, first.sentence) == ("2024", "f10", SENTENCES[1])
    assert (second.date, second.figure.id, second.sentence) == ("2025", "f0", SENTENCES[0])


def test_what_an_editor_rejected_is_left_out():
    assert timeline(notes("2025", status="rejected")) == ()
    assert len(timeline(notes("2025", status="confirmed"))) == 1


def test_outside_the_sentences_the_figure_stands_for_itself():
    made = Annotations(
        Article(TEXT),
        ENGINE,
        SENTENCES,
        figures=(
            Figure("f1", "date", Span(7, 11), date="2024"),
            Figure("f2", "date", Span(20, 21), date="2025"),
        ),
    )
    assert [event.sentence for event in timeline(made)] == [Span(7, 11), Span(20, 21)]


LEAD = "Oslo, 3 May 2025 (Desk) - The port, shut since 2019, will open on Monday, 12 May, the mayor, Ana Holt, said, and close in 2026."


def told(text, *dated, dateline="", quotes=()):
    """What is read of a text of one sentence whose dates are these words."""
    figures = []
    for number, (words, date) in enumerate(dated):
        start = text.index(words)
        figures.append(Figure(f"f{number}", "date", Span(start, start + len(words)), date=date))
    spoken = tuple(
        Quote(f"q{n}", "direct", (Span(text.index(words), text.index(words) + len(words)),))
        for n, words in enumerate(quotes)
    )
    made = Annotations(
        Article(text, dateline=dateline), ENGINE, (Span(0, len(text)),), figures=tuple(figures), quotes=spoken
    )
    return [
        (m.date, " | ".join(text[slice(*span)] for span in m.words), text[slice(*m.told)])
        for m in moments(made)
    ]


def test_a_sentence_of_several_dates_is_told_in_whole_once_and_then_in_clauses():
    dates = [("3 May 2025", "2025-05-03"), ("2019", "2019"), ("Monday", "2025-05-12"), ("12 May", "2025-05-12"), ("2026", "2026")]  # fmt: skip
    whole = LEAD.partition(" - ")[2]
    assert told(LEAD, *dates, dateline="Oslo, 3 May 2025 (Desk)") == [
        ("2019", "2019", whole),
        ("2025-05-12", "Monday | 12 May", "will open on Monday, 12 May, the mayor, Ana Holt"),
        ("2026", "2026", "the mayor, Ana Holt, said, and close in 2026."),
    ]


@pytest.mark.parametrize(
    ("text", "dated", "expected"),
    [
        pytest.param("It fell in January last year.", [("January", "2024-01"), ("last year", "2024")], [("2024-01", "January | last year")], id="a year beside its month"),
        pytest.param("On Monday at 9pm it fell.", [("Monday", "2024-01-01"), ("9pm", "2024-01-01T21:00")], [("2024-01-01", "Monday"), ("2024-01-01T21:00", "9pm")], id="apart"),
        pytest.param("It fell in May 2024.", [("May", "2023-05"), ("2024", "2024")], [("2023-05", "May"), ("2024", "2024")], id="another year"),
        pytest.param("It fell in May, then in 2024.", [("May", "2024-05"), ("2024", "2024")], [("2024", "2024"), ("2024-05", "May")], id="not beside it"),
    ],
)  # fmt: skip
def test_a_year_beside_its_month_is_no_moment_of_its_own(text, dated, expected):
    assert [moment[:2] for moment in told(text, *dated)] == expected


def test_the_figures_of_a_moment_stand_in_the_order_of_the_text():
    month, year = (
        Figure("f1", "date", Span(3, 9), date="2024-08"),
        Figure("f2", "date", Span(10, 14), date="2024"),
    )
    made = Annotations(Article("In August 2024."), ENGINE, (Span(0, 15),), figures=(year, month))
    assert [moment.figures for moment in moments(made)] == [(month, year)]


def test_neither_a_quotation_nor_a_bracket_is_cut():
    text = "“We met in May, then in June, twice, and it was good for all of us,” she said (in July, at sea, and so on)."
    made = told(text, ("May", "2024-05"), ("July", "2024-07"), quotes=["“We met in May, then in June, twice, and it was good for all of us,”"])  # fmt: skip
    assert [words for *_, words in made] == [text, text]


@given(annotations())
def test_any_annotations_have_moments_within_their_sentences(made):
    for moment in moments(made):
        assert moment.sentence.contains(moment.told)
        assert [figure.span for figure in moment.figures] == sorted(figure.span for figure in moment.figures)
        assert moment.words[0].start == moment.figures[0].span.start
        assert all(moment.sentence.contains(span) for span in moment.words)
    dates = {moment.date for moment in moments(made)}
    assert dates <= {event.date for event in timeline(made)}


@given(annotations())
def test_any_annotations_have_a_timeline(made):
    events = timeline(made)
    assert events == timeline(made)
    kept = [figure for figure in made.figures if figure.date and figure.status != "rejected"]
    assert sorted(event.figure.id for event in events) == sorted(figure.id for figure in kept)
    for event in events:
        assert event.date == event.figure.date
        assert event.sentence.contains(event.figure.span)
        assert event.sentence in (*made.sentences, event.figure.span)


# The command.

STORY = "The bridge fell on 3 March 2024. It had been built in 1931. The quay “opens next week,” they said.\n"


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "bridge.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


def run(*arguments):
    return CliRunner().invoke(app, ["timeline", *map(str, arguments)])


def test_the_command_prints_a_table_in_order_of_time(story):
    done = run(story, "--language", "en")
    assert (done.exit_code, done.stderr) == (0, "")
    lines = [line for line in done.stdout.splitlines() if line[:4].isdecimal()]
    assert [line.split()[0] for line in lines] == ["1931", "2024-03-03"]
    assert "It had been built in 1931." in lines[0]


def test_the_command_prints_json_lines_with_true_spans(story):
    records = [json.loads(line) for line in run(story, "--json", "--language", "en").stdout.splitlines()]
    assert [(each["date"], each["words"]) for each in records] == [
        ("1931", "1931"),
        ("2024-03-03", "3 March 2024"),
    ]
    for each in records:
        assert each["file"] == str(story)
        assert STORY[slice(*each["span"])] == each["words"]
        assert STORY[slice(*each["sentence_span"])] == each["sentence"]


def test_the_day_of_publication_tells_what_is_told_from_it(story):
    story.with_suffix(".toml").write_text('published = "2025-03-12"\n')
    records = [json.loads(line) for line in run(story, "--json", "--language", "en").stdout.splitlines()]
    assert [each["date"] for each in records] == ["1931", "2024-03-03", "2025-03-17/2025-03-23"]


def test_a_story_without_dates_and_one_that_cannot_be_read(tmp_path):
    path = tmp_path / "plain.txt"
    path.write_text("The mayor said the bridge is safe. Nobody was hurt.\n")
    assert run(path, "--json").stdout == ""
    done = run(path, tmp_path / "missing.txt", "--json")
    assert done.exit_code == 1
    assert "missing.txt" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("--language", "en"), "nothing in it is dated"), (("--language", "en", "--json"), "nothing in it is dated"), ((), "--language")],
)  # fmt: skip
def test_a_story_in_which_nothing_is_dated_is_told_on_stderr(tmp_path, arguments, said):
    path = tmp_path / "plain.txt"
    path.write_text("Ok.\n")
    done = run(path, *arguments)
    assert (done.exit_code, done.stdout) == (0, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
