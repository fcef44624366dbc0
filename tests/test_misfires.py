"""Misfires of one head on the other corpus, with and without the names that stand in gold cues."""

import json

import pytest

from toolkit import ToolkitError


@pytest.fixture(autouse=True)
def _here(monkeypatch, root):
    """The benchmarks aren't installed."""
    monkeypatch.syspath_prepend(str(root))


def write(path, *rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


TEXT = "Rao told Maria Holt in Averin that the train was late."


@pytest.fixture
def files(tmp_path):
    cue = [4, 29]  # "told Maria Holt in Averin"
    attribution = {"source": [[0, 3]], "cue": [cue], "content": [[30, 53]]}
    return (
        write(tmp_path / "attributions.jsonl", {"id": "a", "text": TEXT, "attributions": [attribution]}),
        write(tmp_path / "entities.jsonl", {"id": "b", "text": TEXT, "entities": [[9, 19, "Person"]]}),
    )


def counts(lines):
    """Hits and words of each line."""
    return [(int(words[-5]), int(words[-3])) for words in (line.split() for line in lines)]


def test_names_in_a_cue_are_counted_apart(files, tmp_path):
    from benchmarks.misfires import report

    names = write(tmp_path / "names.jsonl", {"id": "a", "names": [[9, 19, "Person"], [23, 29, "Location"]]})
    raw, true, cues, both, both_true = counts(report(*files, names))
    assert raw[1] == 5  # told Maria Holt in Averin
    assert raw[0] > 0
    assert true == (0, 2)  # told, in
    assert cues == (0, 2)
    assert both == (raw[0], 7)
    assert both_true == (0, 4)


def test_a_name_that_was_not_read_stays_a_misfire(files, tmp_path):
    from benchmarks.misfires import report

    names = write(tmp_path / "names.jsonl", {"id": "a", "names": [[23, 29, "Location"]]})
    _, true, *_ = counts(report(*files, names))
    assert true == (2, 4)


@pytest.mark.parametrize(
    "row", [{"id": "other", "names": [[9, 19, "Person"]]}, {"id": "a", "names": [[40, 45, "Person"]]}]
)
def test_names_of_other_articles_are_refused(files, tmp_path, row):
    from benchmarks.misfires import report

    with pytest.raises(ToolkitError, match="was not made for these articles"):
        list(report(*files, write(tmp_path / "names.jsonl", row)))


def test_the_names_are_offsets_and_labels_only():
    from benchmarks.misfires import NAMES

    rows = [json.loads(line) for line in NAMES.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == sorted({row["id"] for row in rows})
    for row in rows:
        assert set(row) == {"id", "names"}
        ends = [offset for start, end, _ in row["names"] for offset in (start, end)]
        assert ends == sorted(ends)
