"""From an article to its annotations, one and many: true offsets, same bytes, nothing lost."""

import importlib.util
import os
import re
import subprocess
import sys
import time
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from strategies import odd_texts

import toolkit
from toolkit import Annotations, Article, Budget, ToolkitError, annotate, annotate_many, summarize
from toolkit.errors import MissingModel, UnknownChoice, UnreadableArticle
from toolkit.pipeline import pipeline
from toolkit.schema import from_json, to_json

STORY = """\
PORT AVERIN, Lastria (Wire) — Mayor Mara Holt closed the harbour of Averin on Monday.

“We had no choice,” Holt said. She told reporters that the board had agreed.

“The cranes stay,” said Omar Khan, the head of the port company, which owns the harbour.
The strike cost $2 million, according to the Harbour Workers Union.
"""


def english(text):
    return annotate(Article(text, language="en"))


def quoted(notes):
    """What is said in quotation marks, and by whom."""
    return [(notes.text(q), notes.speaker(q)) for q in notes.quotes if q.kind == "direct"]


def names(notes):
    return {notes.text(entity) for entity in notes.entities}


# One article.


def test_an_article_gets_all_that_the_model_has_room_for():
    notes = english(STORY)
    assert quoted(notes) == [("“We had no choice,”", "Mara Holt"), ("“The cranes stay,”", "Omar Khan")]
    assert {"Mara Holt", "Omar Khan"} <= names(notes)
    assert {"date", "money"} <= {figure.kind for figure in notes.figures}
    assert notes.sentences
    assert notes.summary is not None
    assert set(notes.summary.sentences) <= set(notes.sentences)
    assert (notes.engine.toolkit, bool(notes.engine.model)) == (toolkit.__version__, True)


@pytest.mark.parametrize("language", ["en", "fr", "und"])
def test_two_runs_are_the_same_bytes(language):
    article = Article(STORY, language=language)
    assert to_json(annotate(article)) == to_json(annotate(article))


def test_a_process_with_another_hash_seed_writes_the_same_bytes():
    code = f"""
from toolkit import Article, annotate
from toolkit.schema import to_json
import sys
sys.stdout.reconfigure(encoding="utf-8", newline="")
print(to_json(annotate(Article({STORY!r}, language="en"))), end="")
"""
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": seed, "OMP_NUM_THREADS": "1"},
    )
    assert done.stdout == to_json(english(STORY)).encode()


def test_annotations_come_back_from_their_json():
    notes = english(STORY)
    assert from_json(to_json(notes)) == notes


def test_records_stand_in_the_order_of_the_text_with_ids_that_differ():
    notes = english(STORY)
    firsts = [min(q.content) for q in notes.quotes]
    assert firsts == sorted(firsts)
    starts = [min(m.span for m in e.mentions) for e in notes.entities]
    assert starts == sorted(starts)
    spans = [f.span for f in notes.figures]
    assert spans == sorted(spans)
    ids = [r.id for r in (*notes.quotes, *notes.entities, *notes.figures, *notes.speakers)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("budget", [Budget("words", 15), Budget("sentences", 2), None])
@pytest.mark.parametrize("method", ["lead", None])
def test_the_summary_is_as_asked_for(budget, method):
    found = annotate(Article(STORY, language="en"), budget=budget, method=method).summary
    assert found.budget == (budget or Budget("words", 60))
    assert found.method == (method or "learned")


@pytest.mark.parametrize("options", [{"method": "magic"}, {"budget": Budget("words", 0)}])
def test_a_choice_that_does_not_exist_is_refused(options):
    with pytest.raises(UnknownChoice):
        annotate(Article(STORY, language="en"), **options)


@pytest.mark.parametrize("language", ["und", "de", "zh", "xx", "", "tlh"])
def test_a_language_without_a_pipeline_is_read_by_its_marks(language):
    notes = annotate(Article(STORY, language=language))
    assert [notes.text(q) for q in notes.quotes] == ["“We had no choice,”", "“The cranes stay,”"]
    assert all(q.speakers == () and q.how == "unknown" for q in notes.quotes)
    assert (notes.entities, notes.speakers, notes.engine.model) == ((), (), "")
    assert notes.summary.sentences


@pytest.mark.parametrize(
    ("language", "text", "quotes"),
    [
        ("zh", "东京警方说：“我们没有选择。”发言人表示。", ["“我们没有选择。”"]),
        ("ja", "市長は「選択の余地はない」と述べた。", ["「選択の余地はない」"]),
        ("ar", "قال الوزير: «لم يكن لدينا خيار».", ["«لم يكن لدينا خيار»"]),
        ("hi", "मंत्री ने कहा, “हमारे पास कोई विकल्प नहीं था।”", ["“हमारे पास कोई विकल्प नहीं था।”"]),
        ("de", "„Wir hatten keine Wahl“, sagte Holt.", ["„Wir hatten keine Wahl“"]),
    ],
)
def test_marks_of_other_scripts(language, text, quotes):
    notes = annotate(Article(text, language=language))
    assert [notes.text(q) for q in notes.quotes] == quotes


@pytest.mark.parametrize("text", ["", " ", "\n", "\n\n \t\n", "\x00", "\ufeff", "…", "“”", '""', "''", "“"])
@pytest.mark.parametrize("language", ["en", "fr", "und"])
def test_a_text_without_words_has_no_findings(text, language):
    notes = annotate(Article(text, language=language))
    assert (notes.entities, notes.quotes, notes.speakers) == ((), (), ())


@pytest.mark.parametrize("language", ["en", "und"])
def test_a_text_beyond_the_limit_is_refused(language):
    with pytest.raises(UnreadableArticle, match="1,000,000"):
        annotate(Article("word " * 200_001, language=language))


def test_a_run_of_marks_does_not_hang():
    article = Article("(" * 4_000, language="und")
    annotate(Article("Loads the pipeline.", language="und"))
    start = time.process_time()
    annotate(article)
    assert time.process_time() - start < 1


# Offsets.

ODD = {
    "emoji": ("👩🏽\u200d🚒🇵🇰 Fire! ", ""),
    "astral": ("𝔊𐍈 report. ", ""),
    "combining accents": ("Une de\u0301cision a\u0300 Paris. ", ""),
    "NUL": ("\x00\x00 ", "\x00"),
    "control characters": ("\x07\x1b[0m\x85 ", "\x0b\x0c"),
    "bidi marks": ("\u202eabc\u202c \u2066x\u2069 ", "\u200f"),
    "zero width": ("\u200b\u2060\ufeff ", "\u200b"),
    "CR": ("Head\r\nline\r", "\r\n"),
    "line separators": ("Head\u2028line\u2029", "\u2028"),
    "no final newline": ("", ""),
    "many newlines": ("\n\n\n", "\n\n\n\n"),
    "no-break spaces": ("Prix\u00a0:\u202f5\u2009€. ", "\u00a0"),
    "ligatures that grow in capitals": ("ﬁnal Straße İstanbul. ", "ŉ"),
}


@pytest.mark.parametrize(("before", "after"), ODD.values(), ids=ODD.keys())
def test_offsets_are_code_points_of_the_very_text(before, after):
    core = "\n“We had no choice,” Mara Holt said on Monday."
    text = before + core + after
    notes = english(text)
    assert notes.article.text == text
    assert ("“We had no choice,”", "Mara Holt") in quoted(notes)
    (quote,) = (q for q in notes.quotes if notes.text(q) == "“We had no choice,”")
    assert quote.content[0].start == len(before) + 1
    assert [notes.text(c) for c in quote.cue] == ["said"]


@pytest.mark.parametrize(
    "text",
    [
        "“We didn’t go,” Mara O’Brien said on Monday. It wasn’t the mayor’s choice.",
        "“We didn't go,” Mara O'Brien said on Monday. It wasn't the mayor's choice.",
        "“We\u00a0didn’t\u00a0go,” Mara\u00a0O’Brien\u00a0said on\u202fMonday.",
    ],
)
def test_curly_apostrophes_and_no_break_spaces_are_kept_and_read_as_plain_ones(text):
    notes = english(text)
    (said,) = (q for q in notes.quotes if q.kind == "direct")
    assert notes.text(said) == text[: text.index("”") + 1]
    assert notes.speaker(said) == re.search(r"Mara.O.Brien", text)[0]


def test_french_with_no_break_spaces_inside_the_marks():
    text = "« Nous n’avions pas le choix », a déclaré Mme\u00a0Anne Roux. «\u202fC’est fini\u202f», a-t-elle ajouté."
    notes = annotate(Article(text, language="fr"))
    assert [notes.text(q) for q in notes.quotes] == [
        "« Nous n’avions pas le choix »",
        "«\u202fC’est fini\u202f»",
    ]
    assert "Anne Roux" in notes.speaker(notes.quotes[0])


def test_sentences_are_trimmed_in_order_and_within_a_paragraph():
    text = "\n  The port will close. Nobody was hurt.  \n\n\tMore to come\n"
    notes = english(text)
    assert [notes.text(s) for s in notes.sentences] == [
        "The port will close.",
        "Nobody was hurt.",
        "More to come",
    ]


def check(notes: Annotations, text: str) -> None:
    """What holds for the annotations of any text."""
    assert notes.article.text == text
    assert from_json(to_json(notes)) == notes
    at = 0
    for sentence in notes.sentences:
        assert sentence.start >= at
        assert notes.text(sentence) == notes.text(sentence).strip() != ""
        at = sentence.end
    assert all(m.span in {m.span for m in e.mentions} for e in notes.entities for m in e.mentions)
    for entity in notes.entities:
        assert entity.name in {mention.span for mention in entity.mentions}
        assert notes.text(entity).strip()
    for quote in notes.quotes:
        assert list(quote.content) == sorted(quote.content)
        assert all(a.end <= b.start for a, b in zip(quote.content, quote.content[1:], strict=False))
        assert any(c.isalnum() for c in notes.text(quote))
        pieces = (*quote.cue, *quote.source)
        assert not any(piece.overlaps(span) for piece in pieces for span in quote.content)
    assert {i for q in notes.quotes for i in q.speakers} == {s.id for s in notes.speakers}
    assert set(notes.summary.sentences) <= set(notes.sentences)


@settings(max_examples=40)
@given(odd_texts)
@example("“a”" * 30)
@example("he said, " * 30)
@example("‘“’”" * 20)
@example("A\u0301" * 50 + "\n— “x” — Carla Sanchez\n")
def test_any_text_gets_annotations_that_hold(text):
    for language in ("en", "fr", "und"):
        check(annotate(Article(text, language=language)), text)


@settings(max_examples=25)
@given(odd_texts)
def test_a_text_read_and_annotated_gets_annotations_or_a_clear_error(text):
    try:
        article = toolkit.read(text.encode("utf-8"), name="odd.txt", language="en")
    except ToolkitError:
        return
    check(annotate(article), article.text)


def test_decomposed_accents_are_left_as_they_are():
    text = unicodedata.normalize("NFD", "« C’était prévu », a déclaré Zoé Lévêque à Orléans.")
    notes = annotate(Article(text, language="fr"))
    assert notes.article.text == text
    assert notes.text(notes.quotes[0]) == text[: text.index("»") + 1]


# Another summary.


def test_summarize_changes_the_summary_and_nothing_else(monkeypatch):
    notes = english(STORY)
    monkeypatch.setattr("toolkit.pipeline.pipeline", None)  # nothing is analysed again
    other = summarize(notes, sentences=1, method="lead")
    assert other.summary.sentences == notes.sentences[:1]
    assert other.summary.budget == Budget("sentences", 1)
    assert replace(other, summary=notes.summary) == notes
    assert other.article is notes.article


@pytest.mark.parametrize(
    ("options", "method", "budget"),
    [
        ({}, "lead", Budget("sentences", 2)),
        ({"words": 30}, "lead", Budget("words", 30)),
        ({"sentences": 1}, "lead", Budget("sentences", 1)),
        ({"method": "lsa"}, "lsa", Budget("sentences", 2)),
    ],
)
def test_summarize_keeps_what_is_not_asked_for(options, method, budget):
    notes = annotate(Article(STORY, language="en"), budget=Budget("sentences", 2), method="lead")
    found = summarize(notes, **options).summary
    assert (found.method, found.budget) == (method, budget)


@pytest.mark.parametrize(
    "options", [{"words": 10, "sentences": 1}, {"words": 0}, {"sentences": -1}, {"method": "magic"}]
)
def test_summarize_refuses_what_makes_no_sense(options):
    with pytest.raises(UnknownChoice):
        summarize(english(STORY), **options)


def test_summarize_gives_a_summary_to_annotations_without_one():
    bare = replace(english(STORY), summary=None)
    assert summarize(bare).summary == english(STORY).summary
    assert summarize(replace(bare, sentences=())).summary.sentences == ()


def test_editing_a_summary_back_gives_the_first_one():
    notes = english(STORY)
    assert summarize(summarize(notes, sentences=3), words=60) == notes


# Missing models.


@pytest.fixture
def no_models(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    pipeline.cache_clear()
    yield
    pipeline.cache_clear()


@pytest.mark.usefixtures("no_models")
def test_a_missing_model_is_a_clear_error():
    with pytest.raises(MissingModel, match=r"English.*en_core_web_.*newsdesk doctor") as raised:
        english(STORY)
    assert isinstance(raised.value, ToolkitError)


@pytest.mark.usefixtures("no_models")
def test_without_models_other_languages_still_open():
    assert len(annotate(Article(STORY, language="und")).quotes) == 2


@pytest.mark.usefixtures("no_models")
def test_without_a_model_many_articles_go_on():
    failed = []
    sources = [Article(STORY, language="en"), Article(STORY, language="und")]
    found = list(annotate_many(sources, processes=1, on_error=lambda s, e: failed.append((s, type(e)))))
    assert [notes.article.language for notes in found] == ["und"]
    assert failed == [(sources[0], MissingModel)]


# Many articles.


@pytest.fixture
def folder(tmp_path):
    """Eleven files: eight good ones of different lengths, and three that can't be read."""
    for number in range(8):
        text = (
            f"Mayor Mara Holt closed harbour {number} on Monday.\n\n“We had no choice {number},” Holt said.\n"
        )
        (tmp_path / f"story{number}.txt").write_text(text * (1 + number % 3), encoding="utf-8")
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "sheet.xlsx").write_bytes(b"PK\x03\x04")
    (tmp_path / "broken.docx").write_bytes(b"not a zip")
    return tmp_path


@pytest.mark.parametrize("processes", [1, 2])
def test_many_come_in_order_and_bad_ones_are_reported(folder, processes):
    paths = [*sorted(folder.iterdir()), folder / "missing.txt", str(folder / "story0.txt")]
    bad = ["broken.docx", "empty.txt", "sheet.xlsx", "missing.txt"]
    failed = []
    found = list(annotate_many(paths, processes=processes, on_error=lambda s, e: failed.append((s, e))))
    assert [os.path.basename(source) for source, _ in failed] == bad
    for source, error in failed:
        assert isinstance(error, ToolkitError)
        assert os.path.basename(source) in str(error)
    assert [n.article.source for n in found] == [f"story{i}.txt" for i in (*range(8), 0)]
    assert [to_json(n) for n in found[:8]] == [
        to_json(annotate(toolkit.read(path))) for path in sorted(folder.glob("story*.txt"))
    ]


def test_many_take_the_budget_and_the_method(folder):
    (notes,) = annotate_many(
        [folder / "story0.txt"], processes=1, budget=Budget("sentences", 1), method="lead"
    )
    assert (notes.summary.method, notes.summary.budget) == ("lead", Budget("sentences", 1))


@pytest.mark.parametrize("processes", [1, 2])
def test_input_is_taken_as_output_is_asked_for(processes):
    taken = []

    def articles():
        for number in range(200):
            taken.append(number)
            yield Article(f"Harbour {number} will close on Monday.", language="und")

    stream = annotate_many(articles(), processes=processes)
    assert taken == []
    assert "Harbour 0 " in next(stream).article.text
    assert len(taken) <= 1 + 4 * processes
    assert "Harbour 1 " in next(stream).article.text
    stream.close()
    assert len(taken) <= 2 + 4 * processes


@pytest.mark.parametrize("processes", [1, 2])
def test_no_articles_give_none(processes):
    assert list(annotate_many([], processes=processes)) == []


def test_without_a_report_bad_articles_go_to_the_log(folder, caplog):
    assert list(annotate_many([folder / "empty.txt"], processes=1)) == []
    assert "empty.txt" in caplog.text


def test_what_on_error_raises_ends_the_run(folder):
    def stop(source, error):
        raise error

    with pytest.raises(ToolkitError, match=r"empty\.txt"):
        list(annotate_many([folder / "empty.txt", folder / "story0.txt"], processes=1, on_error=stop))


@pytest.mark.parametrize("has_affinity", [True, False])
def test_one_process_means_this_one(monkeypatch, has_affinity):
    if not has_affinity:
        monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", None)
    assert len(list(annotate_many([Article("One.", language="und")], processes=1))) == 1


def test_an_unforeseen_error_of_one_article_does_not_end_the_run(monkeypatch):
    def sentences(doc, really=toolkit.annotate.__globals__["_sentences"]):
        return really(doc) if "Two" not in doc.text else 1 / 0

    monkeypatch.setitem(toolkit.annotate.__globals__, "_sentences", sentences)
    failed = []
    sources = [Article(text, language="und", source=text) for text in ("One.", "Two.", "Three.")]
    found = list(annotate_many(sources, processes=1, on_error=lambda s, e: failed.append((s, e))))
    assert [notes.article.text for notes in found] == ["One.", "Three."]
    ((source, error),) = failed
    assert source is sources[1]
    assert isinstance(error, ToolkitError)
    assert "Two." in str(error)


# In a language without a model, for what is asked here is how processes begin.
SCRIPT = """
import toolkit
given = [toolkit.read(name, language="xx") for name in ("a.txt", "b.txt")]
for notes in toolkit.annotate_many(given, processes=2):
    print(notes.article.source, len(notes.quotes))
"""


@pytest.mark.parametrize("way", ["file", "standard input"])
def test_a_script_needs_no_main_guard(tmp_path, way):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("“We had no choice,” Mara Holt said on Monday in the harbour.\n")
    (tmp_path / "script.py").write_text(SCRIPT)
    arguments, given = (["script.py"], None) if way == "file" else (["-"], SCRIPT)
    done = subprocess.run(
        [sys.executable, *arguments], input=given, capture_output=True, text=True, cwd=tmp_path, timeout=60
    )
    assert (done.stdout, done.returncode) == ("a.txt 1\nb.txt 1\n", 0), done.stderr
