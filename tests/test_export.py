"""Writing annotations to files and reading them back: the right format, whole or not at all."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from handmade import jaffar_express
from hypothesis import HealthCheck, given, settings
from strategies import annotations
from typer.testing import CliRunner

from toolkit.cli import app
from toolkit.errors import InvalidNotes, ToolkitError, UnsupportedFormat
from toolkit.export import EXPORTERS, export, read_notes, render
from toolkit.model import Annotations
from toolkit.schema import to_json

NOTES = jaffar_express()
MADE = datetime(2025, 3, 15, 10, 22, tzinfo=UTC)


@given(annotations())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_json_files_give_back_equal_annotations(tmp_path: Path, notes: Annotations) -> None:
    path = export(notes, tmp_path / "notes.json")
    assert read_notes(path) == notes
    assert path.read_bytes() == to_json(notes).encode()


@pytest.mark.parametrize("suffix", EXPORTERS)
def test_the_same_annotations_and_moment_give_the_same_bytes(suffix: str) -> None:
    first, second = (render(NOTES, suffix, made=MADE) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("suffix", EXPORTERS)
@pytest.mark.parametrize("name", ["brief{}", "in/new/folders/brief{}", "Élection — “été” 东京{}", "a.b{}"])
def test_files_land_where_they_are_wanted(tmp_path: Path, name: str, suffix: str) -> None:
    wanted = tmp_path / name.format(suffix.upper())
    assert export(NOTES, str(wanted), made=MADE) == wanted
    assert wanted.read_bytes() == render(NOTES, suffix, made=MADE)
    assert [path.name for path in wanted.parent.iterdir()] == [wanted.name]


def test_a_file_that_is_there_is_replaced_and_keeps_its_place(tmp_path: Path) -> None:
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    real.write_text("old")
    link.symlink_to(real)
    export(NOTES, link)
    assert link.is_symlink()
    assert read_notes(real) == NOTES


@pytest.mark.skipif(os.name == "nt", reason="POSIX rights")
def test_the_desk_can_read_what_one_of_it_wrote(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        assert export(NOTES, tmp_path / "notes.json").stat().st_mode & 0o777 == 0o644
    finally:
        os.umask(before)


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("story.csv", ".csv"),
        ("story.quotes.csv", ".csv"),
        ("story.entities.csv", ".entities.csv"),
        ("Story.Entities.CSV", ".entities.csv"),
        ("entities.csv", ".csv"),
        ("story.ninjs.json", ".ninjs.json"),
        ("ninjs.json", ".json"),
        ("story.json", ".json"),
        ("a.html.md", ".md"),
    ],
)
def test_the_longest_ending_that_fits_picks_the_format(tmp_path: Path, name: str, suffix: str) -> None:
    assert export(NOTES, tmp_path / name, made=MADE).read_bytes() == render(NOTES, suffix, made=MADE)


def test_formats_differ_and_all_but_word_are_text_with_the_article_in_it() -> None:
    made = {suffix: render(NOTES, suffix, made=MADE) for suffix in EXPORTERS}
    assert len(set(made.values())) == len(EXPORTERS)
    for suffix in EXPORTERS.keys() - {".docx"}:
        assert "Kamal Hyder" in made[suffix].decode("utf-8")
        assert b"\0" not in made[suffix]


def test_the_command_knows_each_format_by_its_first_name(tmp_path: Path, samples: Path) -> None:
    names = "docx,json,html,md,csv,entities,ninjs,jsonld"
    story = samples / "jaffar-express.txt"
    done = CliRunner().invoke(app, ["brief", str(story), "-o", str(tmp_path), "--format", names])
    assert done.exit_code == 0, done.stderr
    assert done.stdout.splitlines() == [str(tmp_path / f"jaffar-express{each}") for each in EXPORTERS]
    assert read_notes(tmp_path / "jaffar-express.json").article.slug == "jaffar-express"


@pytest.mark.parametrize("name", ["brief.pdf", "brief", "brief.docx.bak", ".docx", "brief.doc", "json"])
def test_other_formats_are_refused_by_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnsupportedFormat, match=rf"{name}.*\.docx, \.json"):
        export(NOTES, tmp_path / "new" / name)
    assert not list(tmp_path.iterdir())


def full_disk(*_: Any) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_leaves_the_old_file_and_no_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "notes.json"
    path.write_text("old")
    monkeypatch.setattr(os, "replace", full_disk)
    with pytest.raises(ToolkitError, match=r"notes\.json: No space left on device.*another folder"):
        export(NOTES, path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["file/notes.json", "folder.json", "x" * 300 + ".json", "nul\0.json"])
def test_what_cannot_be_written_is_one_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("a file, no folder")
    (tmp_path / "folder.json").mkdir()
    before = sorted(tmp_path.iterdir())
    with pytest.raises(ToolkitError, match=r"(?s)Can't write .*\.json: .*choose another folder\.$"):
        export(NOTES, tmp_path / name)
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the rights of folders don't bind root")
def test_a_read_only_folder_is_one_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(ToolkitError, match="Permission denied"):
            export(NOTES, tmp_path / "notes.json")
    finally:
        tmp_path.chmod(0o755)


@pytest.mark.parametrize(
    ("name", "content", "error", "message"),
    [
        ("notes.json", b"", InvalidNotes, r"notes\.json: These are not saved annotations"),
        ("notes.json", b"\xff\xfe", InvalidNotes, r"notes\.json: These are not saved annotations"),
        ("notes.json", b'{"schema": 9}', InvalidNotes, r"notes\.json: These annotations have schema 9"),
        ("notes.docx", b"PK", InvalidNotes, r"notes\.docx: The document is damaged or not a Word document"),
        ("notes.csv", b"a", UnsupportedFormat, r"notes\.csv: only \.json and \.docx files hold them"),
        ("notes.ninjs.json", b"{}", UnsupportedFormat, r"notes\.ninjs\.json: only \.json"),
        ("missing.json", None, ToolkitError, r"missing\.json: No such file or directory\. Check"),
        (".", None, UnsupportedFormat, r"only \.json"),
    ],
)
def test_what_cannot_be_read_is_named(
    tmp_path: Path, name: str, content: bytes | None, error: type[ToolkitError], message: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(error, match=message):
        read_notes(tmp_path / name)


def test_no_format_is_loaded_before_it_is_used() -> None:
    heavy = "{'docx', 'lxml', 'pydantic'}"
    code = f"import sys, toolkit.export; sys.exit(str({heavy} & set(sys.modules) or '') or 0)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
