"""Predictions for the scorers: their format, from texts alone, and what the command says."""

import ast
import json
import subprocess
import sys
from typing import get_args

import pytest

from toolkit.model import Label

STORIES = {
    "harbour": (
        "Mayor Mara Holt closed the harbour of Averin on Monday.\n\n"
        "“We had no choice,” Holt said. The “historic” strike cost $2 million, she told reporters.\n\n"
        "“Nobody asked us.” The port company expects losses, according to a military spokesperson."
    ),
    "odd": "The 👩🏽\u200d🚒 crew of A\u0301vila came.\n\n“Yes, we can,” Omar Khan said.",
    "empty": "",
}
LABELS = {*get_args(Label), "DATE", "MONEY"}
TASKS = ("attributions", "entities", "speakers", "summaries")


def rows(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def write(path, records):
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def gold(tmp_path_factory):
    """Texts without any labels."""
    records = [{"id": name, "text": text} for name, text in STORIES.items()]
    return write(tmp_path_factory.mktemp("gold") / "gold.jsonl", records)


@pytest.fixture(scope="module")
def command(root):
    def run(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "benchmarks", *map(str, arguments)],
            capture_output=True,
            text=True,
            cwd=root,
            timeout=120,
        )

    return run


@pytest.fixture(scope="module")
def predicted(gold, tmp_path_factory):
    """Predictions for a task, made in this process; each once."""
    from benchmarks.predict import predict
    from toolkit import Budget

    folder, made = tmp_path_factory.mktemp("out"), {}

    def get(task, method=None, budget=None):
        key = (task, method, budget)
        if key not in made:
            out = folder / f"{len(made)}.jsonl"
            count = predict(task, gold, out, method=method, budget=budget or Budget(), language="en")
            assert count == len(STORIES)
            made[key] = rows(out)
        return made[key]

    return get


@pytest.fixture(autouse=True)
def _here(monkeypatch, root):
    """The benchmarks aren't installed, and these tests want one process."""
    monkeypatch.syspath_prepend(str(root))
    import toolkit.annotate  # noqa: F401 - the module, behind the function of that name

    monkeypatch.setattr(sys.modules["toolkit.annotate"], "_cores", lambda: 1)


@pytest.mark.parametrize("task", TASKS)
def test_every_article_has_its_row_in_order(predicted, task):
    assert [row["id"] for row in predicted(task)] == list(STORIES)


def spans_hold(text, spans):
    assert all(0 <= start < end <= len(text) for start, end in spans)
    return [text[start:end] for start, end in spans]


def test_attributions_have_sources_cues_and_contents(predicted):
    found = []
    for row in predicted("attributions"):
        for each in row["attributions"]:
            assert set(each) == {"source", "cue", "content"}
            pieces = {role: spans_hold(STORIES[row["id"]], each[role]) for role in each}
            assert pieces["content"]
            assert pieces["source"] or pieces["cue"]
            found.append((row["id"], pieces["source"], pieces["cue"], pieces["content"]))
    assert ("harbour", ["Holt"], ["said"], ["“We had no choice,”"]) in found
    assert ("odd", ["Omar Khan"], ["said"], ["“Yes, we can,”"]) in found
    assert not any(content == ["“historic”"] for *_, content in found)


def test_entities_have_labels_the_scorer_knows(predicted):
    found = set()
    for row in predicted("entities"):
        for start, end, label in row["entities"]:
            assert label in LABELS
            found.add((*spans_hold(STORIES[row["id"]], [(start, end)]), label))
    assert {("Mara Holt", "PERSON"), ("Holt", "PERSON"), ("Monday", "DATE"), ("Omar Khan", "PERSON")} <= found
    assert any(label == "MONEY" for _, label in found)


def test_speakers_are_full_names_or_null(predicted):
    said = {}
    for row in predicted("speakers"):
        assert set(row) == {"id", "quotes"}
        for quote in row["quotes"]:
            assert quote["speaker"] is None or quote["speaker"]
            said[" … ".join(spans_hold(STORIES[row["id"]], quote["content"]))] = quote["speaker"]
    assert said["“We had no choice,”"] == "Mara Holt"
    assert said["“Yes, we can,”"] == "Omar Khan"
    assert "a military spokesperson" not in said.values()


def test_a_proposal_is_made_as_if_the_quote_had_been_missed(tmp_path, monkeypatch):
    text = "“We had no choice,” Mara Holt said. “Nobody asked us.”"
    said = [
        [text.index(words), text.index(words) + len(words)]
        for words in ("“We had no choice,”", "“Nobody asked us.”")
    ]
    labels = [{"content": [span], "source": None, "speaker": "Nobody"} for span in said]
    gold, out = (
        write(tmp_path / "gold.jsonl", [{"id": "a", "text": text, "speakers": labels}]),
        tmp_path / "out",
    )
    assert _main(monkeypatch, ("predict", "speakers", "GOLD", "OUT", "--proposed"), gold, out) == 0
    (row,) = rows(out)
    assert row["quotes"] == [{"content": [span], "speaker": "Mara Holt"} for span in said]


def test_direct_quotes_come_first(predicted):
    """The scorer takes the first of those that overlap a quotation most."""
    (row,) = (row for row in predicted("speakers") if row["id"] == "harbour")
    contents = [spans_hold(STORIES["harbour"], quote["content"]) for quote in row["quotes"]]
    assert contents[0] == ["“We had no choice,”"]
    assert len(contents) > 2


def test_summaries_are_sentences_of_the_article(predicted):
    from toolkit import Budget

    counts = {
        row["id"]: len(spans_hold(STORIES[row["id"]], row["sentences"]))
        for row in predicted("summaries", "lead", Budget("sentences", 2))
    }
    assert counts == {"harbour": 2, "odd": 2, "empty": 0}
    (first, *_) = predicted("summaries", "lead", Budget("words", 12))
    assert spans_hold(STORIES["harbour"], first["sentences"]) == [STORIES["harbour"].split("\n")[0]]


def test_labels_are_not_read(predicted, tmp_path):
    from benchmarks.predict import predict
    from toolkit import Budget

    nonsense = dict.fromkeys((*TASKS, "attributions", "title", "sentences"), "must not be looked at")
    labelled = write(
        tmp_path / "gold.jsonl", [{"id": i, "text": text, **nonsense} for i, text in STORIES.items()]
    )
    for task in TASKS:
        predict(task, labelled, tmp_path / "out.jsonl", method=None, budget=Budget(), language="en")
        assert rows(tmp_path / "out.jsonl") == predicted(task)


def test_the_code_reads_nothing_but_id_and_text_of_a_gold_row(root):
    keys = {
        node.slice.value
        for node in ast.walk(ast.parse((root / "benchmarks" / "predict.py").read_text(encoding="utf-8")))
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant)
    }
    assert keys == {"id", "text"}


# The command.


def test_the_command_writes_predictions_and_counts_on_stderr(command, gold, predicted, tmp_path):
    out = tmp_path / "out.jsonl"
    done = command("predict", "summaries", gold, out, "--method", "lead", "--words", 12)
    from toolkit import Budget

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "3 articles\n")
    assert rows(out) == predicted("summaries", "lead", Budget("words", 12))
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ((), 2, "usage"),
        (("predict", "verbs", "GOLD", "OUT"), 2, "invalid choice"),
        (("predict", "summaries", "GOLD", "OUT", "--method", "magic"), 2, "invalid choice"),
        (("predict", "summaries", "GOLD", "OUT", "--words", "9", "--sentences", "2"), 2, "not allowed"),
        (("predict", "summaries", "missing.jsonl", "OUT"), 1, "missing.jsonl"),
        (("predict", "summaries", "GOLD", "OUT", "--words", "0"), 1, "at least one"),
        (("predict", "entities", "GOLD", "OUT", "--proposed"), 1, "task speakers"),
        (("predict", "speakers", "GOLD", "OUT", "--proposed"), 1, "no labelled speakers"),
        (("predict", "speakers", "GOLD", "OUT", "--proposed", "--gold-spans"), 2, "not allowed"),
    ],
)
def test_exit_codes(monkeypatch, capsys, gold, tmp_path, arguments, code, says):
    out = tmp_path / "out.jsonl"
    assert _main(monkeypatch, arguments, gold, out) == code
    shown = capsys.readouterr()
    assert says in shown.err
    assert shown.out == ""
    assert "Traceback" not in shown.err
    assert not out.exists()


def test_a_budget_of_no_sentences_is_refused(monkeypatch, gold, tmp_path):
    arguments = ("predict", "summaries", "GOLD", "OUT", "--sentences", "0")
    assert _main(monkeypatch, arguments, gold, tmp_path / "out.jsonl") == 1


def test_a_run_that_fails_leaves_nothing_behind(monkeypatch, gold, tmp_path):
    _main(monkeypatch, ("predict", "summaries", "GOLD", "OUT", "--words", "0"), gold, tmp_path / "out.jsonl")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("line", ["not json", '{"text": "no id"}', '{"id": "no text"}', "[1]", ""])
def test_a_bad_line_of_the_gold_file_is_named(monkeypatch, capsys, tmp_path, line):
    gold = tmp_path / "gold.jsonl"
    gold.write_text(f'{{"id": "a", "text": "One."}}\n{line}\n')
    assert _main(monkeypatch, ("predict", "summaries", "GOLD", "OUT"), gold, tmp_path / "out.jsonl") == 1
    assert "2" in capsys.readouterr().err


def test_a_run_that_fails_keeps_the_predictions_of_the_run_before(monkeypatch, gold, tmp_path):
    out = tmp_path / "out.jsonl"
    out.write_text("before\n")
    assert _main(monkeypatch, ("predict", "summaries", "GOLD", "OUT", "--words", "0"), gold, out) == 1
    assert out.read_text() == "before\n"


def test_the_language_can_be_stated(monkeypatch, gold, tmp_path):
    out = tmp_path / "out.jsonl"
    arguments = ("predict", "attributions", "GOLD", "OUT", "--language", "xx")
    assert _main(monkeypatch, arguments, gold, out) == 0
    assert all(row["attributions"] == [] for row in rows(out))


def _main(monkeypatch, arguments, gold, out):
    """The command's exit code, run in this process."""
    from benchmarks.__main__ import main

    places = {"GOLD": str(gold), "OUT": str(out)}
    monkeypatch.setattr(sys, "argv", ["benchmarks", *(places.get(a, a) for a in arguments)])
    try:
        return main()
    except SystemExit as exit:
        return exit.code


# Cost against length, and the load of many editors.


def test_texts_grow_and_new_stories_bring_new_names():
    from benchmarks.lengths import text_of

    for kind in ("again", "new"):
        for words in (300, 900):
            assert words <= len(text_of(words, kind).split()) < words + 200
    names = [set(text_of(2_000, kind).split()) for kind in ("again", "new")]
    assert len(names[1]) > 2 * len(names[0])


def test_every_part_has_its_cost(monkeypatch):
    from benchmarks import lengths
    from benchmarks.lengths import Costs, measure, table, text_of
    from toolkit.checks import CHECKS
    from toolkit.export import EXPORTERS

    monkeypatch.setattr(lengths, "_ROUNDS", 1)
    found = Costs()
    measure(text_of(150, "new"), 150, found)
    parts = {"read", "toolkit_encoder", "spaCy's model", "brief", "page: marks", "one edit"}
    parts |= {f"export {suffix}" for suffix in EXPORTERS} | {f"check {name}" for name in CHECKS}
    assert parts <= set(found.by_part)
    lines = list(table(found))
    assert len(lines) == 1 + len(found.by_part)
    assert all(seconds >= 0 for sizes in found.by_part.values() for seconds in sizes.values())


@pytest.mark.parametrize(
    ("sizes", "exponent"),
    [
        ({1: 1.0, 10: 10.0, 100: 100.0}, 1.0),
        ({10: 1.0, 100: 100.0}, 2.0),
        ({1: 9.0, 10: 1.0, 100: 1.0}, 0.0),
        ({10: 0.001, 100: 0.004}, None),
        ({10: 1.0}, None),
    ],
)
def test_the_exponent_is_the_slope_of_the_logarithms(sizes, exponent):
    from benchmarks.lengths import Costs

    found = Costs({"part": sizes}).exponent("part")
    assert found is None if exponent is None else abs(found - exponent) < 1e-9


def test_each_editors_article_has_a_word_of_its_own():
    from benchmarks.load import article, marker_word

    texts = [article(number, words=200) for number in range(20)]
    for number, text in enumerate(texts):
        assert [n for n, other in enumerate(texts) if marker_word(number) in other] == [number]
        assert text.count(marker_word(number)) > 1
