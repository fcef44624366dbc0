"""What the machine does to a run: a disk that is really full or read-only, a clock that goes backwards."""

import os
import shutil
import subprocess
from datetime import UTC, datetime, timedelta

import pytest

from toolkit.encoder.session import WEIGHTS, load
from toolkit.errors import MissingModel, ToolkitError
from toolkit.export import EXPORTERS, export
from toolkit.model import Annotations, Article, Engine, Span
from toolkit.store import Library, library

NOTES = Annotations(
    Article("Mara Holt spoke. " * 2_000, language="en"), Engine("0.1.0", "", ""), sentences=(Span(0, 16),)
)


@pytest.fixture
def disk(tmp_path):
    """A disk of 64 kB, where the rights of whoever runs the tests allow one."""
    place = tmp_path / "disk"
    place.mkdir()
    made = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)]
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
    (disk / "filler").write_bytes(b"x" * (os.statvfs(disk).f_bavail * os.statvfs(disk).f_bsize))
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


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
@pytest.mark.parametrize("share", [0.0, 0.37, 1.0])
def test_one_changed_byte_of_the_weights_is_refused(tmp_path, name, share):
    folder = shutil.copytree(WEIGHTS, tmp_path / "weights")
    data = bytearray((folder / name).read_bytes())
    data[int(share * (len(data) - 1))] ^= 1
    (folder / name).write_bytes(data)
    with pytest.raises(MissingModel, match=name):
        load(folder)
