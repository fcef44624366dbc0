"""Training data from corrected annotations: what is taken, what is left out, and where it goes."""

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from handmade import jaffar_express
from hypothesis import given
from strategies import annotations
from typer.testing import CliRunner

from toolkit import gold
from toolkit.cli import app
from toolkit.encoder.labels import ENTITIES, ENTITY_TAGS, ROLE_TAGS
from toolkit.errors import ToolkitError, UnknownChoice
from toolkit.model import Annotations, Article, Engine, Entity, Figure, Mention, Quote, Span
from toolkit.schema import to_json

TEXT = "On Monday the 👩‍🚒 of New York City paid $5m, said Mara Holt of the “smart” New York Post."
NAMES = sum(len(e.mentions) for e in jaffar_express().entities)  # all apart from each other
MACHINE, EDITOR = "machine:entities@0.1.0", "editor:Ana Núñez"


def span(words):
    start = TEXT.index(words)
    return Span(start, start + len(words))


def named(*marks, figures=(), quotes=(), text=TEXT):
    """Annotations with names as (words, label, status, origin) and figures as (words, kind, status)."""
    return Annotations(
        Article(text, language="en"),
        Engine("0.1.0", "", ""),
        entities=tuple(
            Entity(f"e{n}", label, span(words), (Mention(span(words), *rest[1:], *rest[:1]),))
            for n, (words, label, *rest) in enumerate(marks)
        ),
        figures=tuple(
            Figure(f"f{n}", kind, span(words), MACHINE, *status)
            for n, (words, kind, *status) in enumerate(figures)
        ),
        quotes=tuple(quotes),
    )


def mark(words, label, status="suggested", origin=MACHINE):
    return words, label, status, origin


def quote(kind="indirect", cue="said", source="Mara Holt", **more):
    return Quote(
        "q1",
        kind,
        (span("Monday"),),
        cue=(span(cue),) if cue else (),
        source=(span(source),) if source else (),
        **{"origin": MACHINE, **more},
    )


def other(number):
    """An article of its own, with a name."""
    return replace(named(mark("New York", "PLACE")), article=Article(f"{TEXT} {number}", language="en"))


def rows(path):
    with Path(path).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def words(found):
    return [(TEXT[start:end], label) for start, end, label in found]


# What is taken.


@pytest.mark.parametrize(
    ("label", "theirs"),
    [
        ("PERSON", "Person"),
        ("ORG", "Organization"),
        ("PLACE", "Location"),
        ("GROUP", "NORP"),
        ("EVENT", "Misc"),
        ("WORK", "Misc"),
        ("LAW", "Misc"),
        ("FACILITY", "Facility"),
        ("PRODUCT", "Product"),
    ],
)
def test_labels_are_the_corpus_s(label, theirs):
    assert words(gold.entities(named(mark("Mara Holt", label)))) == [("Mara Holt", theirs)]


def test_every_label_is_one_that_the_encoder_knows():
    assert {*gold.LABELS.values(), *gold.FIGURES.values()} == set(ENTITIES)


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("date", [("Monday", "Date")]),
        ("money", [("Monday", "Money")]),
        ("time", []),
        ("percent", []),
        ("quantity", []),
        ("number", []),
        ("relative", []),
    ],
)
def test_of_the_figures_dates_and_money_are_taken(kind, found):
    assert words(gold.entities(named(figures=[("Monday", kind)]))) == found
    assert gold.entities(named(figures=[("Monday", kind, "rejected")])) == []


@pytest.mark.parametrize(
    ("marks", "found"),
    [
        ([], []),
        ([mark("Mara Holt", "PERSON", "rejected")], []),
        ([mark("Mara Holt", "PERSON", "confirmed", EDITOR)], ["Mara Holt"]),
        ([mark("Mara Holt", "PERSON"), mark("New York", "PLACE")], ["New York", "Mara Holt"]),
        # One within another, and across another's border.
        ([mark("New York", "PLACE"), mark("New York City", "PLACE")], ["New York City"]),
        ([mark("New York City", "PLACE", "rejected"), mark("New York", "PLACE")], ["New York"]),
        ([mark("City paid", "ORG"), mark("New York City", "PLACE")], ["New York City"]),
        # Side by side is no overlap.
        ([mark("New ", "ORG"), mark("York", "PLACE"), mark(" City", "ORG")], ["New ", "York", " City"]),
    ],
)
def test_names_are_flat_and_in_order(marks, found):
    assert [each for each, _ in words(gold.entities(named(*marks)))] == found


@pytest.mark.parametrize("turn", [1, -1])
def test_of_two_labels_on_the_same_words_the_editor_s_is_taken(turn):
    both = [mark("Mara Holt", "ORG"), mark("Mara Holt", "PERSON", "confirmed", EDITOR)][::turn]
    assert words(gold.entities(named(*both))) == [("Mara Holt", "Person")]


@pytest.mark.parametrize(
    ("said", "is_taken"),
    [
        (quote(), True),
        (quote("direct"), True),
        (quote("mixed"), True),
        (quote(source=""), True),  # somebody, the text doesn't tell who
        (quote(act="belief"), True),  # the corpus counts what is believed and intended
        (quote(act="intention"), True),
        (quote(status="confirmed"), True),
        (quote(cue=""), False),
        (quote("direct", cue=""), False),
        (quote("scare"), False),
        (quote("scare", status="confirmed"), False),
        (quote(status="rejected"), False),
        (quote(status="rejected", origin=EDITOR), False),
    ],
)
def test_quotations_with_a_cue_are_taken(said, is_taken):
    found = gold.attributions(named(quotes=[said]))
    expected = {"source": list(said.source), "cue": [span("said")], "content": [span("Monday")]}
    assert found == ([expected] if is_taken else [])


def test_attributions_of_an_article_come_in_the_order_of_the_text():
    notes = jaffar_express()
    found = gold.attributions(replace(notes, quotes=notes.quotes[::-1]))
    assert found == gold.attributions(notes)
    assert [notes.text(row["source"]) for row in found] == [
        "A military spokesperson",
        "security sources",
        "Spokesman Jeeyand Baloch",
        "Al Jazeera’s Kamal Hyder",
        "Hyder",
        "The BLA",
    ]


@given(annotations())
def test_whatever_is_marked_the_names_are_apart_and_the_json_holds(notes):
    found = gold.entities(notes)
    assert all(0 <= start < end <= len(notes.article.text) for start, end, _ in found)
    assert all(before[1] <= after[0] for before, after in pairwise(found))
    allowed = {(*m.span, gold.LABELS[e.label]) for e in notes.entities for m in e.mentions}
    allowed |= {(*f.span, gold.FIGURES[f.kind]) for f in notes.figures if f.kind in gold.FIGURES}
    assert set(found) <= allowed
    assert all(row["cue"] and row["content"] for row in gold.attributions(notes))


# Where it goes.


def test_each_part_has_a_line_an_article(tmp_path):
    counts = gold.write([jaffar_express(), other(1)], tmp_path, share=0)
    assert counts == gold.Counts(articles=2, dev=0, names=NAMES + 1, dates_and_amounts=0, attributions=6)
    names, said = (rows(tmp_path / part / "train.jsonl") for part in ("entities", "attributions"))
    assert [list(row) for row in names] == [["id", "text", "entities"]] * 2
    assert [list(row) for row in said] == [["id", "text", "attributions"]] * 2
    assert [row["id"] for row in names] == [row["id"] for row in said]
    assert len({row["id"] for row in names}) == 2
    assert [row["text"] for row in said] == [jaffar_express().article.text, f"{TEXT} 1"]
    start, end, label = names[1]["entities"][0]
    assert (names[1]["text"][start:end], label) == ("New York", "Location")
    assert said[1]["attributions"] == []


def test_the_split_is_by_the_text_and_the_same_for_both_parts(tmp_path):
    many = [other(n) for n in range(60)]
    gold.write(many, tmp_path / "a", share=0.3)
    gold.write([*many[::-1], jaffar_express()], tmp_path / "b", share=0.3)
    dev = {row["id"] for row in rows(tmp_path / "a/entities/dev.jsonl")}
    assert 8 <= len(dev) <= 28
    train = {row["id"] for row in rows(tmp_path / "a/entities/train.jsonl")}
    assert len(dev | train) == 60
    assert {row["id"] for row in rows(tmp_path / "a/attributions/dev.jsonl")} == dev
    again = {row["id"] for row in rows(tmp_path / "b/entities/dev.jsonl")}
    assert dev <= again
    assert not train & again


@pytest.mark.parametrize(
    ("number", "share", "dev"), [(1, 0.99, 0), (3, 1 - 1e-12, 0), (30, 0, 0), (30, 0.0001, 0)]
)
def test_something_is_always_left_to_train_on(tmp_path, number, share, dev):
    counts = gold.write(map(other, range(number)), tmp_path, share=share)
    assert (counts.articles, counts.dev) == (number, dev)
    assert len(rows(tmp_path / "entities/train.jsonl")) == number
    assert rows(tmp_path / "attributions/dev.jsonl") == []


@pytest.mark.parametrize("share", [-0.1, 1, 10, float("nan")])
def test_a_share_out_of_range_is_refused(tmp_path, share):
    with pytest.raises(UnknownChoice, match=r"such as 0\.1"):
        gold.write([other(1)], tmp_path / "out", share=share)
    assert not (tmp_path / "out").exists()


def test_of_articles_with_one_text_the_last_counts(tmp_path):
    first, last = named(mark("Mara Holt", "ORG")), named(mark("Mara Holt", "PERSON"))
    assert gold.write([first, other(1), last], tmp_path, share=0).articles == 2
    row, _ = rows(tmp_path / "entities/train.jsonl")
    assert words(row["entities"]) == [("Mara Holt", "Person")]


@pytest.mark.parametrize(
    ("notes", "names", "said"),
    [
        (named(mark("Mara Holt", "PERSON"), quotes=[quote()]), False, False),
        (named(), False, False),
        (named(mark("Mara Holt", "PERSON", "confirmed"), quotes=[quote()]), True, False),
        (named(mark("Mara Holt", "PERSON", "rejected"), quotes=[quote()]), True, False),
        (named(mark("Mara Holt", "PERSON", "suggested", EDITOR)), True, False),
        (named(figures=[("Monday", "date", "confirmed")]), True, False),
        (named(mark("Mara Holt", "PERSON"), quotes=[quote(status="confirmed")]), False, True),
        (named(mark("Mara Holt", "PERSON"), quotes=[quote(status="rejected")]), False, True),
        (named(quotes=[quote(origin=EDITOR)]), False, True),
        (jaffar_express(), False, True),
    ],
)
def test_confirmed_only_takes_the_part_that_an_editor_has_looked_at(tmp_path, notes, names, said):
    counts = gold.write([notes], tmp_path, confirmed_only=True)
    assert counts.articles == (names or said)
    if counts.articles:
        assert len(rows(tmp_path / "entities/train.jsonl")) == names
        assert len(rows(tmp_path / "attributions/train.jsonl")) == said
    else:
        assert list(tmp_path.iterdir()) == []


def test_confirmed_only_prefers_what_was_looked_at_to_a_later_run_of_the_machine(tmp_path):
    looked_at, later = named(mark("Mara Holt", "PERSON", "confirmed")), named(mark("Mara Holt", "ORG"))
    gold.write([looked_at, later], tmp_path, confirmed_only=True)
    (row,) = rows(tmp_path / "entities/train.jsonl")
    assert words(row["entities"]) == [("Mara Holt", "Person")]


def test_a_second_export_replaces_the_first_and_leaves_nothing_beside(tmp_path):
    gold.write(map(other, range(40)), tmp_path, share=0.5)
    gold.write([other(1)], tmp_path)
    for part in ("entities", "attributions"):
        assert sorted(path.name for path in (tmp_path / part).iterdir()) == ["dev.jsonl", "train.jsonl"]
        assert len(rows(tmp_path / part / "train.jsonl")) == 1
        assert (tmp_path / part / "dev.jsonl").read_bytes() == b""


def test_a_corpus_of_another_origin_is_never_replaced(tmp_path):
    corpus = tmp_path / "attributions/dev.jsonl"
    corpus.parent.mkdir()
    corpus.write_text('{"id": "af_1", "text": "", "attributions": []}\n')
    with pytest.raises(ToolkitError, match=r"dev\.jsonl.*choose another folder"):
        gold.write([other(1)], tmp_path)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [corpus]


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ToolkitError, match=r"Can't write .*another folder"):
        gold.write([other(1)], tmp_path / "file")


def test_the_training_reads_it(tmp_path):
    corpus = pytest.importorskip("training.corpus")
    from toolkit.encoder.session import load

    gold.write([jaffar_express()], tmp_path)
    tokenizer = load().tokenizer
    (row,) = corpus.rows(tmp_path / "entities/train.jsonl")
    tags = [ENTITY_TAGS[tag] for tag in corpus.entity_article(tokenizer, row).entities]
    begun = [tag for tag in tags if tag.startswith("B-")]
    assert begun == [f"B-{label}" for *_, label in row["entities"]]
    (row,) = corpus.rows(tmp_path / "attributions/train.jsonl")
    tags = [ROLE_TAGS[tag] for tag in corpus.attribution_article(tokenizer, row, [], {}, 0.5).roles]
    assert [tags.count(f"B-{role}") for role in gold.ROLES] == [6, 6, 6]


# The command.


@pytest.fixture
def folder(tmp_path):
    """Two articles, two files that hold none, and files to leave alone."""
    place = tmp_path / "notes"
    place.mkdir()
    (place / "a.json").write_text(to_json(jaffar_express()), encoding="utf-8")
    (place / "b.json").write_text("{}")
    (place / "c.json").write_bytes(b"\xff\xfe no JSON")
    (place / "d.jsonl").write_text(json.dumps(json.loads(to_json(other(1)))) + "\n")
    (place / ".hidden.json").write_text("{}")
    (place / "story.txt").write_text("The mayor said so.")
    return place


def run(*arguments, stdin=None):
    return CliRunner().invoke(app, ["export-gold", *map(str, arguments)], input=stdin)


def test_the_command_writes_and_counts(folder, tmp_path):
    done = run(folder / "a.json", "-o", tmp_path / "gold")
    assert (done.exit_code, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {
        "articles": 1,
        "dev": 0,
        "names": NAMES,
        "dates_and_amounts": 0,
        "attributions": 6,
    }
    assert rows(tmp_path / "gold/entities/train.jsonl")[0]["text"] == jaffar_express().article.text


def test_bad_files_are_reported_and_the_rest_is_written(folder, tmp_path):
    done = run(folder, tmp_path / "absent.json", "-o", tmp_path / "gold", "--share", 0)
    assert done.exit_code == 1
    assert json.loads(done.stdout)["articles"] == 2
    *errors, last = done.stderr.splitlines()
    assert [error.split(": ")[1].rpartition("/")[2] for error in errors] == [
        "b.json",
        "c.json",
        "absent.json",
    ]
    assert "2 of 5 files done" in last


@pytest.mark.parametrize("name", ["all.jsonl", "all.json", "-"])
def test_json_lines_are_articles_and_a_bad_one_is_named(tmp_path, name):
    lines = [json.dumps(json.loads(to_json(other(n)))) for n in range(3)]
    text = "\n".join([lines[0], lines[1][:-5], "", lines[2]]) + "\n"
    (tmp_path / "all.jsonl").write_text(text)
    (tmp_path / "all.json").write_text(text)
    done = run(name if name == "-" else tmp_path / name, "-o", tmp_path / "gold", stdin=text)
    assert done.exit_code == 1
    assert json.loads(done.stdout)["articles"] == 2
    assert done.stderr.count("\n") == 1
    assert f"{'standard input' if name == '-' else name}, line 2: " in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["absent.json"], "absent.json"),
        (["empty.jsonl"], "empty.jsonl"),
        (["."], "b.json"),
        (["nothing"], "holds no annotations"),
        (["ok/a.json", "--share", "1"], "out of range"),
        (["ok/a.json", "--confirmed-only"], "no editor has confirmed"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    Path("nothing").mkdir()
    Path("ok").mkdir()
    Path("ok/a.json").write_text(to_json(other(1)))
    Path("b.json").write_text("[]")
    Path("empty.jsonl").write_text("\n")
    done = run(*arguments, "-o", "gold")
    assert (done.exit_code, done.stdout) == (1, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not Path("gold").exists()
