"""A folder of briefs over several runs: what is made again, what is never touched, and what faults leave."""

import errno
import json
import os
import signal
import subprocess
import sys
import time
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import toolkit
from toolkit.batch import NAME, Log
from toolkit.cli import app, files
from toolkit.export import EXPORTERS, _ending

TEXT = "The harbour will close on Monday, the port authority said.\n"
FORMATS = (".docx", ".json")


def brief(*arguments):
    """``newsdesk brief`` without a language's pipeline, which takes most of the time."""
    return CliRunner().invoke(app, ["brief", *map(str, arguments), "--language", "xx"])


def said(done):
    """The messages of a run, but the one on its language."""
    return [line for line in done.stderr.splitlines() if "read in full" not in line]


def log_of(folder):
    return [json.loads(line) for line in (folder / NAME).read_bytes().splitlines()]


def state(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.name != NAME}


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("ferry", "harbour", "quay"):
        (folder / f"{name}.txt").write_text(f"{name.title()} news. {TEXT}", encoding="utf-8")
    return folder


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


# What a second run does.


def test_a_second_run_makes_nothing_anew_and_prints_the_same_paths(inbox, out):
    first = brief(inbox, "-o", out, "--format", "docx,json")
    before, log = state(out), log_of(out)
    second = brief(inbox, "-o", out, "--format", "docx,json")
    assert first.exit_code == second.exit_code == 0
    assert first.stdout == second.stdout
    assert len(first.stdout.splitlines()) == 6
    assert (state(out), log_of(out)) == (before, log)


@pytest.mark.parametrize(
    ("change", "options", "again"),
    [
        (lambda inbox, out: (inbox / "quay.txt").write_text(TEXT), (), {"quay"}),
        (lambda inbox, out: (inbox / "quay.toml").write_text('headline = "Quay"'), (), {"quay"}),
        (lambda inbox, out: (out / "quay.json").unlink(), (), {"quay"}),
        (lambda inbox, out: None, ("--words", "9"), {"ferry", "harbour", "quay"}),
        (lambda inbox, out: None, ("--no-annotations-inside",), {"ferry", "harbour", "quay"}),
        (lambda inbox, out: None, ("--again",), {"ferry", "harbour", "quay"}),
        (lambda inbox, out: None, (), set()),
        (lambda inbox, out: os.utime(inbox / "quay.txt", (1, 1)), (), set()),
        (lambda inbox, out: (inbox / "notes.png").write_bytes(b""), (), set()),
        (lambda inbox, out: None, ("--format", "json"), set()),
    ],
)
def test_what_changed_is_made_again_and_nothing_else(inbox, out, change, options, again):
    brief(inbox, "-o", out, "--format", "docx,json")
    lines = len(log_of(out))
    change(inbox, out)
    done = brief(inbox, "-o", out, "--format", "docx,json", *options)
    assert done.exit_code == 0, done.stderr
    assert {line["name"] for line in log_of(out)[lines:]} == again
    assert set(state(out)) == {f"{name}{end}" for name in ("ferry", "harbour", "quay") for end in FORMATS}


def test_another_version_of_the_toolkit_makes_all_again(inbox, out, monkeypatch):
    brief(inbox, "-o", out, "--format", "json")
    monkeypatch.setattr(toolkit, "__version__", "99.0")
    brief(inbox, "-o", out, "--format", "json")
    assert len(log_of(out)) == 6


def test_folders_moved_together_go_on(inbox, out, tmp_path):
    brief(inbox, "-o", out, "--format", "json")
    (tmp_path / "archive").mkdir()
    inbox.rename(tmp_path / "archive" / "in")
    out.rename(tmp_path / "archive" / "out")
    brief(tmp_path / "archive" / "in", "-o", tmp_path / "archive" / "out", "--format", "json")
    assert len(log_of(tmp_path / "archive" / "out")) == 3


# Nothing of another's is replaced.


def test_a_brief_that_somebody_edited_is_kept(inbox, out):
    brief(inbox, "-o", out, "--format", "md")
    (out / "quay.md").write_text("my own words")
    brief(inbox, "-o", out, "--format", "md")  # nothing new: nothing to do
    assert set(state(out)) == {"ferry.md", "harbour.md", "quay.md"}
    (inbox / "quay.txt").write_text(f"The quay is open again. {TEXT}")
    brief(inbox, "-o", out, "--format", "md")
    assert (out / "quay.md").read_text() == "my own words"
    assert "open again" in (out / "quay-2.md").read_text()


def test_a_file_from_elsewhere_is_kept(inbox, out):
    out.mkdir()
    (out / "quay.md").write_text("from elsewhere")
    for _ in range(2):
        brief(inbox, "-o", out, "--format", "md")
    assert (out / "quay.md").read_text() == "from elsewhere"
    assert set(state(out)) == {"ferry.md", "harbour.md", "quay.md", "quay-2.md"}


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize("twin", ["quay.txt", "QUAY.txt", "quay.md"])
def test_two_sources_of_one_name_have_a_brief_each(inbox, out, tmp_path, twin, together):
    other = tmp_path / "more" / twin
    other.parent.mkdir()
    other.write_text("The ferry sank, the coastguard said.\n")
    mine = inbox / "quay.txt"
    for _ in range(2):
        for given_together in [[mine, other]] if together else [[mine], [other]]:
            brief(*given_together, "-o", out, "--format", "json")
    assert sorted(state(out)) == ["quay-2.json", "quay.json"]
    assert toolkit.read_notes(out / "quay-2.json").article.text.startswith("The ferry")


@given(st.lists(st.sampled_from(["a", "A", "a-2", "b", "ä", "a.ninjs", "a-ninjs"]), max_size=8))
def test_names_of_one_run_are_all_different(tmp_path_factory, slugs):
    with Log(tmp_path_factory.mktemp("out"), None) as log:
        names = [log.name(f"{i}.txt", slug, FORMATS).casefold() for i, slug in enumerate(slugs)]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("suffix", EXPORTERS)
@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("port.ninjs", "port-ninjs"),
        ("port.entities", "port-entities"),
        ("Port.NINJS", "Port-NINJS"),
        ("a.ninjs.entities", "a.ninjs-entities"),
        ("ninjs", "ninjs"),
        ("port.json", "port.json"),
        ("port.ninjs.old", "port.ninjs.old"),
        ("port-ninjs", "port-ninjs"),
        ("v1.2", "v1.2"),
    ],
)
def test_a_slug_never_picks_the_format(tmp_path, stem, name, suffix):
    with Log(tmp_path, None) as log:
        assert log.name("x.txt", stem, [suffix]) == name
    assert _ending(tmp_path / f"{name}{suffix}") == suffix


def test_a_slug_that_ends_like_a_format_can_be_read_back(inbox, out):
    (inbox / "quay.toml").write_text('slug = "quay.ninjs"')
    brief(inbox / "quay.txt", "-o", out, "--format", "json,ninjs,csv,entities")
    (made,) = (path for path in out.glob("*.json") if not path.name.endswith(".ninjs.json"))
    assert toolkit.read_notes(made).article.text.startswith("Quay news")


# Failures are told.


def test_failures_are_in_a_table_and_in_the_log(inbox, out):
    (inbox / "empty.txt").write_text("")
    (inbox / "broken.docx").write_bytes(b"no zip file")
    done = brief(inbox, "-o", out, "--format", "json")
    assert done.exit_code == 1
    assert len(state(out)) == 3
    assert "3 of 5 files done" in done.stderr
    assert done.stderr.index("Not done") < done.stderr.index("broken.docx", done.stderr.index("Not done"))
    failed = {line["source"]: line["error"] for line in log_of(out) if "error" in line}
    assert set(failed) == {"../in/broken.docx", "../in/empty.txt"}
    assert all(reason.endswith(".") for reason in failed.values())


def test_a_log_of_rubbish_stops_nothing(inbox, out):
    out.mkdir()
    (out / NAME).write_bytes(b'{"source": 1, "files": 3}\nnull\n[1]\n\xff\xfe\n{"files": {}}\n{"source": "x')
    assert brief(inbox, "-o", out, "--format", "json").exit_code == 0
    assert len(state(out)) == 3
    lines = (out / NAME).read_bytes().splitlines()
    assert [json.loads(line)["name"] for line in lines[6:]] == ["ferry", "harbour", "quay"]


@pytest.mark.parametrize("name", ["a" * 300 + ".txt", "no\0thing.txt", "absent.txt", "in"])
def test_a_name_that_is_no_file_costs_no_other_article(inbox, out, name):
    done = brief(inbox / "quay.txt", inbox / name, inbox / "ferry.txt", "-o", out, "--format", "json")
    assert done.exit_code == 1
    assert set(state(out)) == {"quay.json", "ferry.json"}
    assert "Traceback" not in done.stderr


# Faults.


def test_two_runs_in_one_folder_are_refused(inbox, out):
    with Log(out, None):
        done = brief(inbox, "-o", out)
    assert (done.exit_code, len(said(done))) == (1, 1)
    assert "Another run" in done.stderr
    assert brief(inbox, "-o", out).exit_code == 0


@pytest.mark.parametrize("reason", [errno.EROFS, errno.EACCES, errno.ENOSPC])
def test_a_folder_that_cannot_be_written_is_one_sentence_before_any_work(inbox, out, monkeypatch, reason):
    def refuse(*arguments, **options):
        raise OSError(reason, os.strerror(reason))

    monkeypatch.setattr("pathlib.Path.open", refuse)
    monkeypatch.setattr(toolkit, "annotate_many", lambda *a, **o: pytest.fail("it worked for nothing"))
    done = brief(inbox, "-o", out)
    assert (done.exit_code, len(said(done))) == (1, 1)
    assert os.strerror(reason) in done.stderr


@pytest.mark.parametrize("step", ["write", "fsync", "replace"])
def test_a_full_disk_loses_nothing_and_the_next_run_goes_on(inbox, out, monkeypatch, step):
    brief(inbox, "-o", out, "--format", "json")
    before = state(out)
    (inbox / "quay.txt").write_text(f"The quay is open again. {TEXT}")

    class Full:
        def __init__(self, file):
            self.file = file

        def __enter__(self):
            return self

        def __exit__(self, *_):
            self.file.close()

        def write(self, data):
            self.file.write(data[: len(data) // 2])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def refuse(*arguments):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        if step == "write":
            module = sys.modules["toolkit.export"]  # the name in the package is the function's
            patch.setattr(module, "open", lambda *a: Full(open(*a)), raising=False)  # noqa: SIM115
        else:
            patch.setattr(os, step, refuse)
        done = brief(inbox, "-o", out, "--format", "json")
    assert done.exit_code == 1
    assert os.strerror(errno.ENOSPC) in " ".join(done.stderr.split())
    assert state(out) == before
    assert brief(inbox, "-o", out, "--format", "json").exit_code == 0
    assert toolkit.read_notes(out / "quay.json").article.text.startswith("The quay is open")
    assert len(state(out)) == 3


@pytest.mark.parametrize("seconds", [-1e9, 1e9])
def test_a_clock_that_jumps_changes_nothing(inbox, out, monkeypatch, seconds):
    brief(inbox, "-o", out)
    before, now = state(out), time.time
    (inbox / "quay.txt").write_text(TEXT)
    monkeypatch.setattr(time, "time", lambda: now() + seconds)
    assert brief(inbox, "-o", out).exit_code == 0
    assert {name for name, data in state(out).items() if data != before[name]} == {"quay.docx"}


def test_what_a_killed_run_left_half_written_is_swept(inbox, out):
    out.mkdir()
    stale, fresh, other = ("." + 16 * "a" + ".tmp", "." + 16 * "b" + ".tmp", ".mine.tmp")
    for name in (stale, fresh, other):
        (out / name).write_bytes(b"half")
    os.utime(out / stale, (1, 1))
    brief(inbox, "-o", out, "--format", "json")
    assert {fresh, other} < set(state(out))
    assert stale not in state(out)


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize(("how", "whole"), [(signal.SIGKILL, 12), (signal.SIGINT, 1)])
def test_a_run_that_is_killed_leaves_whole_files_and_the_next_goes_on(inbox, out, monkeypatch, how, whole):
    for number in range(27):
        (inbox / f"story{number}.txt").write_text(f"Story {number}. {TEXT}" * 8)
    command = [sys.executable, "-m", "toolkit.cli", "brief", inbox, "-o", out, "--language", "xx"]
    command += ["--format", "docx,json"]
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    until = time.monotonic() + 60
    while len(list(out.glob("*.json"))) < whole and process.poll() is None and time.monotonic() < until:
        time.sleep(0.01)
    process.send_signal(how)
    assert process.wait(60) == (130 if how == signal.SIGINT else -how)
    for path in out.glob("*.json"):
        toolkit.read_notes(path)
    for path in out.glob("*.docx"):
        assert zipfile.ZipFile(path).testzip() is None
    made = {line["source"] for line in log_of(out)}
    assert whole <= len(made) < 30
    monkeypatch.setattr(files, "_WORTH_SPREADING", 99)  # what is left goes faster without processes
    assert brief(inbox, "-o", out, "--format", "docx,json").exit_code == 0
    assert len(list(out.glob("*.docx"))) == len(list(out.glob("*.json"))) == 30


# Processes that die.


class Deadly:
    """A source that kills the process that takes it up, as the system does for want of memory."""

    def __reduce__(self):
        return os._exit, (9,)

    def __str__(self):
        return "deadly.pdf"


@pytest.mark.parametrize("place", [4])
def test_a_killed_process_costs_one_article_and_one_sentence(place):
    sources = [toolkit.Article(f"Story {n}. {TEXT}", language="xx") for n in range(9)]
    sources.insert(place, Deadly())
    failed = []
    done = list(
        toolkit.annotate_many(sources, processes=2, on_error=lambda source, error: failed.append(str(error)))
    )
    assert [notes.article for notes in done] == [each for each in sources if not isinstance(each, Deadly)]
    assert len(failed) == 1
    assert failed[0].startswith("deadly.pdf: the process that annotated it was killed")


@pytest.mark.skipif(not os.path.isdir("/proc"), reason="the processes of Linux")
def test_the_processes_of_a_killed_run_do_not_stay_behind(tmp_path):
    script = tmp_path / "many.py"
    script.write_text(
        "import multiprocessing, toolkit\n"
        "many = toolkit.annotate_many((toolkit.Article('One.', language='xx') for _ in range(99)), processes=2)\n"
        "next(many)\n"
        "print(*(child.pid for child in multiprocessing.active_children()), flush=True)\n"
        "input()\n"
    )
    process = subprocess.Popen([sys.executable, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    children = process.stdout.readline().split()
    process.kill()
    process.wait()
    assert children
    until = time.monotonic() + 20
    while (left := [pid for pid in children if _runs(int(pid))]) and time.monotonic() < until:
        time.sleep(0.1)
    assert left == []


def _runs(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_the_stem_of_an_article_is_its_slug_or_its_file():
    assert files.stem("in/harbour.txt", "port strike") == "port-strike"
    assert files.stem("in/harbour.txt", "") == "harbour"
    assert files.stem("-", "...") == "article"


def test_an_article_that_is_edited_while_it_is_made_again_is_made_once_more(inbox, out, monkeypatch):
    source = inbox / "quay.txt"
    brief(source, "-o", out, "--format", "json")
    write = Log.write

    def edited_meanwhile(*given):
        source.write_text(f"Corrected. {TEXT}", encoding="utf-8")
        return write(*given)

    with monkeypatch.context() as patched:
        patched.setattr(Log, "write", edited_meanwhile)
        assert brief(source, "-o", out, "--format", "json", "--again").exit_code == 0
    assert "Corrected." not in (out / "quay.json").read_text(encoding="utf-8")
    brief(source, "-o", out, "--format", "json")
    assert "Corrected." in (out / "quay.json").read_text(encoding="utf-8")
