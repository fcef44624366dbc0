"""The encoder: what it sees, how it reads long texts, which tags it allows, where its spans lie."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit import encoder
from toolkit.encoder import decode, features, labels
from toolkit.encoder.session import WEIGHTS, load
from toolkit.encoder.windows import OVERLAP, SIZE, cover
from toolkit.errors import MissingModel, ToolkitError
from toolkit.weights import sealed

NEWS = (
    "QUETTA, Pakistan – Gunmen attacked the Jaffar Express in Balochistan on Tuesday.\n\n"
    "“We are searching for survivors,” said Shahid Rind, a spokesperson for the government, "
    "who added that more than 400 people had been on board.\n\n"
    "The United States condemned the attack, and Prime Minister Shehbaz Sharif said it would not weaken the country.\n"
)
TEXTS = st.text(
    alphabet=st.one_of(
        st.sampled_from("aBc é'’“”\"-–\n.,👩🏽\u200d🚀\u0301中東\xa0\xad5"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=80,
)


@pytest.fixture(scope="module")
def tokenizer():
    return load().tokenizer


# What it sees


def seen(tokenizer, text):
    p = features.pieces(tokenizer, text)
    code = features.GAPS * features.QUOTES
    return [
        (text[s:e], f // code, f // features.QUOTES % features.GAPS, f % features.QUOTES)
        for s, e, f in zip(p.starts.tolist(), p.ends.tolist(), p.features.tolist(), strict=True)
    ]


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("rain", 1),
        ("Rain", 2),
        ("NATO", 3),
        ("A", 4),
        ("McCain", 5),
        ("iPhone", 5),
        ("2025", 6),
        ("5th", 7),
        (",", 8),
        ("中", 9),
    ],
)
def test_shape(tokenizer, word, shape):
    assert {s for _, s, _, _ in seen(tokenizer, word)} == {shape}


def test_gaps(tokenizer):
    found = [(w, gap) for w, _, gap, _ in seen(tokenizer, "Rain, again\nBalochistan")]
    assert found[:4] == [("Rain", 2), (",", 0), ("again", 1), (found[3][0], 2)]
    assert {gap for _, gap in found[4:]} == {3}


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ('a "b" c', [0, 2, 1, 3, 0]),
        ("a “b” c", [0, 2, 1, 3, 0]),
        ("“b\nc", [2, 1, 0]),  # a line starts outside, whatever was left open
        ("it’s b", [0, 0, 0, 0]),  # an apostrophe opens nothing
        ("b” c", [0, 3, 0]),
    ],
)
def test_quotation(tokenizer, text, states):
    assert [q for *_, q in seen(tokenizer, text)] == states


@given(TEXTS)
def test_plain_keeps_every_offset(text):
    assert len(features.plain(text)) == len(text)


@settings(deadline=None)
@given(TEXTS)
def test_pieces_lie_in_the_text_in_order(text):
    p = features.pieces(load().tokenizer, text)
    assert all(0 <= s < e <= len(text) for s, e in zip(p.starts, p.ends, strict=True))
    assert (np.diff(p.starts) >= 0).all()
    assert set(np.diff(p.words).tolist()) <= {0, 1}
    assert ((p.features >= 0) & (p.features < features.FEATURES)).all()


# Long texts


@given(st.integers(0, 20_000))
def test_windows_cover_every_piece_once(count):
    windows = cover(count)
    assert [n for w in windows for n in range(w.first, w.last)] == list(range(count))
    assert all(w.start <= w.first < w.last <= w.stop <= count for w in windows)
    assert all(w.stop - w.start <= SIZE for w in windows)
    assert len({w.stop - w.start for w in windows}) <= 1
    assert all(a.stop - b.start >= OVERLAP - 1 for a, b in pairwise(windows))


@given(st.integers(SIZE + 1, 20_000))
def test_a_counting_piece_stands_away_from_the_window_ends(count):
    windows = cover(count)
    assert all(w.first - w.start >= OVERLAP // 2 - 1 for w in windows[1:])
    assert all(w.stop - w.last >= OVERLAP // 2 - 1 for w in windows[:-1])


# Decoding

SCORES = st.integers(0, 30).flatmap(
    lambda n: st.lists(st.lists(st.floats(-9, 9, width=32), min_size=7, max_size=7), min_size=n, max_size=n)
)


@given(SCORES)
def test_a_path_is_well_formed(rows):
    scores = np.array(rows, np.float32).reshape(-1, 7)
    path = decode.best_path(scores, decode.barriers(7)).tolist()
    for before, tag in zip([0, *path], path, strict=False):
        assert tag == 0 or tag % 2 == 1 or before in (tag - 1, tag)


@given(SCORES.filter(lambda rows: 0 < len(rows) <= 4))
def test_no_allowed_path_is_better(rows):
    scores = np.array(rows, np.float32)
    steps = decode.barriers(7) + np.float32(0.1)

    def worth(paths):
        starts = np.where((paths[:, 0] > 0) & (paths[:, 0] % 2 == 0), -np.inf, 0)
        return starts + scores[np.arange(len(rows)), paths].sum(1) + steps[paths[:, :-1], paths[:, 1:]].sum(1)

    every = np.indices((7,) * len(rows)).reshape(len(rows), -1).T
    assert worth(decode.best_path(scores, steps)[None])[0] >= worth(every).max() - 1e-3


@given(SCORES)
def test_runs_are_the_path(rows):
    scores = (
        decode.log_softmax(np.array(rows, np.float32).reshape(-1, 7))
        if rows
        else np.zeros((0, 7), np.float32)
    )
    path = decode.best_path(scores, decode.barriers(7))
    again = np.zeros(len(path), int)
    for start, stop, label, certainty in decode.runs(path, scores):
        assert 0 <= certainty <= 1
        again[start:stop] = 2 + 2 * label
        again[start] -= 1
    assert again.tolist() == path.tolist()


def test_a_word_is_one_vote():
    scores = np.log(np.array([[0.2, 0.7, 0.1], [0.3, 0.1, 0.6], [0.8, 0.1, 0.1]], np.float32))
    by_word = np.exp(decode.by_word(scores, np.array([0, 0, 1])))
    assert by_word.argmax(axis=1).tolist() == [1, 0]
    assert decode.runs(decode.best_path(by_word, decode.barriers(3)), np.log(by_word))[0][:3] == (0, 1, 0)


# Spans


def test_names_and_attributions():
    tags = encoder.tag([NEWS])[0]
    names = {(NEWS[m.start : m.end], m.label) for m in tags.entities}
    assert {("Shahid Rind", "Person"), ("Balochistan", "Location"), ("Shehbaz Sharif", "Person")} <= names
    assert not {w for w, _ in names} & {"said", "Gunmen", "country", "survivors"}
    roles = {(NEWS[m.start : m.end].strip(" ,."), m.label) for m in tags.roles}
    assert ("said", "cue") in roles
    assert any(label == "source" and "Shahid Rind" in words for words, label in roles)
    assert not any(label == "cue" and ("Express" in words or "Sharif" in words) for words, label in roles)


def test_emoji_and_curly_marks_do_not_move_offsets():
    moved = encoder.tag(["👩🏽‍🚀 🚂\n\n" + NEWS])[0]
    words = {("👩🏽‍🚀 🚂\n\n" + NEWS)[m.start : m.end] for m in moved.entities}
    assert {"Shahid Rind", "Balochistan"} <= words


@settings(deadline=None, max_examples=40)
@given(TEXTS, TEXTS)
def test_spans_lie_in_the_text_apart_and_in_order(before, after):
    text = f"{before}“No,” said Ana Pérez of Café\u0301 Noir.{after}"
    tags = encoder.tag([text])[0]
    for marks in (tags.entities, tags.roles):
        assert all(0 <= m.start < m.end <= len(text) and 0 <= m.probability <= 1 for m in marks)
        assert all(a.end <= b.start for a, b in pairwise(marks))
        assert not any(text[m.end : m.end + 1] == "\u0301" for m in marks)


@pytest.mark.parametrize("text", ["", " \n", "\u200b\xad", "\x00"])
def test_nothing_to_read(text):
    assert encoder.tag([text]) == [encoder.Tags()]


def test_same_text_same_tags_alone_or_in_company_on_any_threads():
    long = NEWS * 8
    alone = encoder.tag([long])
    assert encoder.tag([NEWS, long, "", NEWS], threads=2)[1:2] == alone == encoder.tag([long], threads=3)


def test_a_text_of_many_windows_is_read_to_its_end():
    text = NEWS * 40
    found = encoder.tag([text], threads=2)[0].entities
    names = [m for m in found if text[m.start : m.end] == "Shahid Rind"]
    assert len(names) >= 38
    assert names[-1].start > len(NEWS) * 38


# The weights


def copied(tmp_path):
    return shutil.copytree(WEIGHTS, tmp_path / "weights")


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_other_bytes_are_refused(tmp_path, name):
    folder = copied(tmp_path)
    (folder / name).write_bytes((folder / name).read_bytes()[:-1])
    with pytest.raises(MissingModel, match=name):
        load(folder)


@pytest.mark.parametrize("wrong", [{"bias": [1]}, {"transitions": []}, {"slope": "x"}, {"labels": ["cue"]}])
def test_settings_that_do_not_fit_are_refused(tmp_path, wrong):
    folder = copied(tmp_path)
    told = json.loads((folder / "tagger.json").read_text(encoding="utf-8"))
    told["roles"] |= wrong
    (folder / "tagger.json").write_text(sealed(told), encoding="utf-8")
    with pytest.raises(MissingModel, match=r"tagger\.json"):
        load(folder)


@pytest.mark.parametrize("change", [lambda text: text + " ", lambda text: text.replace("0.6,", "0.7,", 1)])
def test_settings_that_somebody_changed_are_refused(tmp_path, change):
    folder = copied(tmp_path)
    told = (folder / "tagger.json").read_text(encoding="utf-8")
    assert sealed(json.loads(told)) == told != change(told)
    (folder / "tagger.json").write_text(change(told), encoding="utf-8")
    with pytest.raises(MissingModel, match=r"tagger\.json"):
        load(folder)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "tagger.json"])
def test_a_missing_file_is_named(tmp_path, name):
    folder = copied(tmp_path)
    (folder / name).unlink()
    with pytest.raises(ToolkitError, match=name):
        load(folder)


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"sha256": 3}', '{"sha256": {}}', "[" * 99_999, "\ufeff{}"]
)
def test_damaged_settings(tmp_path, content):
    folder = copied(tmp_path)
    (folder / "tagger.json").write_text(content)
    with pytest.raises(MissingModel, match=r"tagger\.json"):
        load(folder)


def test_the_package_stays_small():
    assert sum(f.stat().st_size for f in WEIGHTS.iterdir()) < 30_000_000
    assert json.loads((WEIGHTS / "tagger.json").read_text())["entities"]["labels"] == list(labels.ENTITIES)


def test_heavy_libraries_wait_for_the_first_text():
    code = "import sys, toolkit.encoder; sys.exit(bool({'onnxruntime', 'tokenizers', 'torch'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
