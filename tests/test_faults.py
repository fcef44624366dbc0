"""What the machine does to a run: a disk that is really full or read-only, a kill, no memory, a clock that
goes backwards, a changed byte."""

import os
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

import toolkit
from toolkit import doctor
from toolkit.cli import files as filing
from toolkit.cli.guard import sentence
from toolkit.encoder.session import WEIGHTS, load
from toolkit.errors import LibraryError, MissingModel, ToolkitError
from toolkit.export import EXPORTERS, export
from toolkit.model import Annotations, Article, Engine, Span
from toolkit.store import Library, library

NOTES = Annotations(
    Article("Mara Holt spoke. " * 2_000, language="en"), Engine("0.1.0", "", ""), sentences=(Span(0, 16),)
)


@pytest.fixture
def disk(tmp_path):
    """A disk of 64 kB, where the rights of whoever runs the tests allow one."""
    yield from _mounted(tmp_path / "disk", "64k")


@pytest.fixture
def roomy(tmp_path):
    """A disk of 1 MB, on which a library has room."""
    yield from _mounted(tmp_path / "disk", "1m")


def _mounted(place, size):
    place.mkdir()
    made = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    try:
        if subprocess.run(made, capture_output=True, check=False).returncode:
            pytest.skip("no disk can be mounted here")
    except FileNotFoundError:
        pytest.skip("there is no mount")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.parametrize("suffix", EXPORTERS)
def test_a_disk_that_is_full_keeps_what_it_has(disk, suffix):
    target = disk / f"story{suffix}"
    target.write_text("old")
    _filled(disk)
    with pytest.raises(ToolkitError, match="No space left on device"):
        export(NOTES, target)
    assert target.read_text() == "old"
    assert sorted(path.name for path in disk.iterdir()) == ["filler", target.name]


@pytest.mark.parametrize("suffix", EXPORTERS)
def test_a_disk_that_is_read_only_is_one_sentence(disk, suffix):
    (disk / "kept").write_text("old")
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    with pytest.raises(ToolkitError, match="Read-only file system"):
        export(NOTES, disk / f"story{suffix}")
    assert [path.name for path in disk.iterdir()] == ["kept"]


def _filled(disk):
    (disk / "filler").write_bytes(b"x" * (os.statvfs(disk).f_bavail * os.statvfs(disk).f_bsize))


def test_a_library_on_a_full_disk_keeps_what_it_has(roomy):
    path = roomy / "library.sqlite"
    with Library(path) as kept:
        first = kept.add(NOTES)
        _filled(roomy)
        text = f"New. {NOTES.article.text * 30}"  # more than the log has room for
        with pytest.raises(LibraryError, match="the disk is full; make room") as error:
            kept.add(replace(NOTES, article=Article(text, language="en")))
        assert str(error.value).startswith(f"The library {path}: ")
        assert kept.load(first).machine == NOTES
    (roomy / "filler").unlink()
    with Library(path) as kept:
        assert kept.load(first).machine == NOTES
        assert kept.add(replace(NOTES, article=Article("There is room again.", language="en"))) > first


def test_a_library_on_a_disk_that_is_read_only_is_one_sentence(roomy):
    path = roomy / "library.sqlite"
    with Library(path) as kept:
        kept.add(NOTES)
    before = path.read_bytes()
    subprocess.run(["mount", "-o", "remount,ro", str(roomy)], check=True)
    with pytest.raises(LibraryError, match=r"Read-only file system|can't be written") as error:
        Library(path)
    assert str(error.value).count(". ") == 0
    assert path.read_bytes() == before


def test_the_doctor_tells_of_a_disk_that_is_full_or_read_only(disk, monkeypatch):
    def faults():
        return {c.what: f"{c.fault}; {c.remedy}" for c in doctor.checks(disk) if c.failed}

    monkeypatch.setenv("NEWSDESK_LIBRARY", str(disk / "library.sqlite"))
    assert not faults()
    _filled(disk)
    found = faults()
    assert set(found) == {"library", "folder of briefs"}
    assert all("No space left on device" in fault and "df -h " in fault for fault in found.values())
    (disk / "filler").unlink()
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    assert all("Read-only file system" in fault for fault in faults().values())


_WRITES = """
import sys
from pathlib import Path
from toolkit.export import write_whole
print("ready", flush=True)
while True:
    for letter in b"ab":
        write_whole(Path(sys.argv[1]), bytes([letter]) * 3_000_000)
"""


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_file_whose_writer_is_killed_is_the_old_one_or_the_new(tmp_path):
    target = tmp_path / "story.docx"
    target.write_bytes(b"a" * 3_000_000)
    for n in range(6):
        with subprocess.Popen([sys.executable, "-c", _WRITES, target], stdout=subprocess.PIPE) as writer:
            assert writer.stdout.readline() == b"ready\n"
            time.sleep(0.003 * (n + 1))
            writer.kill()
        assert target.read_bytes() in (b"a" * 3_000_000, b"b" * 3_000_000)


@pytest.mark.parametrize("place", ["toolkit.pipeline.analyse", "toolkit.summary.summarise"])
def test_an_article_for_which_memory_does_not_suffice_is_one_sentence(monkeypatch, place):
    import toolkit.pipeline
    import toolkit.summary

    whole = toolkit.annotate(Article("One.", language="xx"))

    def no_memory(*arguments, **options):
        raise MemoryError

    failed = []
    sources = [Article(f"Story {n}.", language="xx", source=f"{n}.txt") for n in range(3)]
    with monkeypatch.context() as patched:
        patched.setattr(place, no_memory)
        many = toolkit.annotate_many(
            sources, processes=1, on_error=lambda _, error: failed.append(str(error))
        )
        assert list(many) == []
    assert failed == [
        f"{n}.txt: there is not enough memory to annotate it; close other programs, or split the article."
        for n in range(3)
    ]
    assert toolkit.annotate(Article("One.", language="xx")) == whole


@pytest.mark.parametrize("fault", [MemoryError, RuntimeError, RecursionError])
def test_a_fault_of_one_article_never_breaks_a_run(tmp_path, monkeypatch, fault):
    """Wherever it comes from: the reader, or what is made of the notes."""
    files = [tmp_path / f"{n}.txt" for n in range(3)]
    for file in files:
        file.write_text("The port is open, the mayor said on Monday.\n")
    real, shown = toolkit.read, []

    def read(source, **options):
        if str(source).endswith("0.txt"):
            raise fault("deep inside")
        return real(source, **options)

    def show(file, notes):
        if file.endswith("1.txt"):
            raise fault("deep inside")
        shown.append(file)

    failed = []
    monkeypatch.setattr(toolkit, "read", read)
    report = lambda file, error: failed.append(sentence(file, error))  # noqa: E731
    assert filing.each([str(f) for f in files], show, language="xx", report=report) is False
    assert shown == [str(files[2])]
    assert [each.split(": ")[0] for each in failed] == [str(files[0]), str(files[1])]


def test_a_clock_that_goes_backwards_loses_no_article(tmp_path, monkeypatch):
    now = datetime(2025, 3, 12, tzinfo=UTC)

    class Backwards(datetime):
        @classmethod
        def now(cls, tz=None):
            nonlocal now
            now -= timedelta(hours=7)
            return now.astimezone(tz)

    monkeypatch.setattr(library, "datetime", Backwards)
    with Library(tmp_path / "library.sqlite") as kept:
        ids = [
            kept.add(Annotations(Article(f"Story {n}.", language="en"), Engine("0.1.0", "", "")))
            for n in range(5)
        ]
    with Library(tmp_path / "library.sqlite") as kept:
        assert [kept.load(id).machine.article.text for id in ids] == [f"Story {n}." for n in range(5)]
        assert {entry.id for entry in kept.entries()} == set(ids)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "tagger.json"])
@pytest.mark.parametrize("share", [0.0, 0.37, 1.0])
def test_one_changed_byte_of_the_weights_is_refused(tmp_path, name, share):
    folder = shutil.copytree(WEIGHTS, tmp_path / "weights")
    data = bytearray((folder / name).read_bytes())
    data[int(share * (len(data) - 1))] ^= 1
    (folder / name).write_bytes(data)
    with pytest.raises(MissingModel, match=name):
        load(folder)
