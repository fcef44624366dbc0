"""The command line: what goes where, what it answers, and that nothing breaks it."""

import contextlib
import functools
import json
import os
import signal
import subprocess
import sys
import threading
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import toolkit
from toolkit import cli
from toolkit.cli import app, files, terminal
from toolkit.schema import json_schema, to_json

NEWS = """The harbour will close on Monday, the port authority said.

“We had no choice,” said Mara Holt, the harbourmaster. “The quay is sinking.”

Three cranes were moved last week. Holt said the port would open again in May.
"""
NEWSDESK = [sys.executable, "-m", "toolkit.cli"]


def run(*arguments, stdin=None):
    """A command in this process; its result has exit_code, stdout and stderr."""
    return CliRunner().invoke(app, [str(each) for each in arguments], input=stdin)


def start(*arguments, **options):
    """A command in a process of its own."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
    return subprocess.Popen([*NEWSDESK, *map(str, arguments)], **pipes)


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "harbour.txt"
    path.write_text(NEWS, encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path, story):
    """A folder of two good articles, two that cannot be read, and files to leave alone."""
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "broken.docx").write_bytes(b"no zip file")
    (tmp_path / "other.txt").write_text("The mayor said the bridge is safe. Nobody was hurt.\n")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / ".hidden.txt").write_text(NEWS)
    (tmp_path / "~$harbour.docx").write_bytes(b"a lock file of Word")
    (tmp_path / "sub.txt").mkdir()
    return tmp_path


# The commands.


def test_quotes_shows_speaker_kind_and_quote(story):
    done = run("quotes", story)
    assert done.exit_code == 0
    assert done.stderr == ""
    assert "Mara Holt" in done.stdout
    assert "Direct" in done.stdout
    assert "“We had no choice,”" in done.stdout


def test_quotes_as_json_lines_carry_true_spans(story):
    records = [json.loads(line) for line in run("quotes", story, "--json").stdout.splitlines()]
    assert any(each["speaker"] == "Mara Holt" and each["kind"] == "direct" for each in records)
    for each in records:
        assert each["file"] == str(story)
        assert each["quote"] == " … ".join(NEWS[start:end] for start, end in each["spans"])


def test_entities_as_a_table_and_as_json(story):
    assert "Mara Holt" in run("entities", story).stdout
    records = [json.loads(line) for line in run("entities", story, "--json").stdout.splitlines()]
    (holt,) = (each for each in records if each["name"] == "Mara Holt")
    assert holt["label"] == "PERSON"
    assert NEWS[slice(*holt["spans"][0])] == "Mara Holt"


def test_annotate_prints_the_json_of_the_model(story):
    done = run("annotate", story)
    assert done.stdout == to_json(toolkit.annotate(toolkit.read(story)))


@pytest.mark.parametrize("several", [lambda story: [story, story], lambda story: [story.parent]])
def test_annotate_prints_json_lines_for_several_and_for_a_folder(story, several):
    lines = run("annotate", *several(story)).stdout.splitlines()
    assert [toolkit.schema.from_json(line).article.text for line in lines] == [NEWS] * len(several(story))


@pytest.mark.parametrize(
    ("options", "unit", "amount"),
    [
        ((), "words", 60),
        (("--words", 12), "words", 12),
        (("--sentences", 2), "sentences", 2),
        (("--sentences", 1, "--method", "lead"), "sentences", 1),
    ],
)
def test_summary_keeps_to_its_budget(story, options, unit, amount):
    sentences = run("summary", story, *options).stdout.splitlines()
    assert sentences
    assert all(sentence in NEWS for sentence in sentences)
    assert len(sentences) == amount if unit == "sentences" else len(" ".join(sentences).split()) <= amount
    if "lead" in options:
        assert sentences == ["The harbour will close on Monday, the port authority said."]


def test_several_files_are_headed_by_their_names(folder):
    done = run("summary", folder / "harbour.txt", folder / "other.txt", "--sentences", 1)
    assert done.stdout.count("\n\n") == 1
    assert done.stdout.startswith(f"{folder / 'harbour.txt'}\n")
    assert f"\n\n{folder / 'other.txt'}\n" in done.stdout


def test_the_language_that_is_stated_is_taken(story):
    notes = json.loads(run("annotate", story, "--language", "xx").stdout)
    assert notes["article"]["language"] == "xx"
    assert notes["engine"]["model"] == ""


@pytest.mark.parametrize(
    ("code", "is_told"),
    [("xx", True), ("enn", True), ("zh-Hant", True), ("en", False), ("en_GB", False), ("FR", False)],
)
def test_a_language_that_is_not_read_in_full_is_told_once(code, is_told, tmp_path):
    for n in range(2):
        (tmp_path / f"{n}.txt").write_text("The bridge is closed.", encoding="utf-8")
    done = run("summary", tmp_path, "--language", code)
    assert done.exit_code == 0
    told = [line for line in done.stderr.splitlines() if code in line]
    assert len(told) == is_told
    assert all(line.startswith("newsdesk: ") and "en, fr" in line for line in told)


def test_standard_input_is_an_article():
    done = run("annotate", "-", stdin=NEWS)
    assert json.loads(done.stdout)["article"]["text"] == NEWS


def test_languages_names_the_installed_model():
    done = run("languages")
    (line,) = (line for line in done.stdout.splitlines() if line.startswith("en "))
    assert line.split()[:2] == ["en", "English"]
    assert line.split()[2].startswith("en_core_web")
    assert "any other language" in done.stderr


def test_schema_is_the_model_s():
    assert run("schema").stdout == json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n"


def test_the_desk_starts_on_loopback_and_passes_options_on(monkeypatch):
    called = []
    monkeypatch.setattr(subprocess, "call", lambda command: called.append(command) or 0)
    assert run("app", "--server.port", "8600").exit_code == 0
    (command,) = called
    assert command[1:4] == ["-m", "streamlit", "run"]
    assert Path(command[4]).name == "streamlit_app.py"
    assert "--server.address=127.0.0.1" in command
    assert "--browser.gatherUsageStats=false" in command
    assert command[-2:] == ["--server.port", "8600"]


# Briefs and their names. What a second run does with them is in test_batch.


def _made(folder):
    return sorted(path.name for path in folder.iterdir() if path.name != "briefs.jsonl")


def test_brief_writes_each_format_and_prints_the_paths(story, tmp_path):
    out = tmp_path / "new" / "out"
    done = run("brief", story, "-o", out, "--format", "docx,json")
    assert done.stdout.splitlines() == [str(out / "harbour.docx"), str(out / "harbour.json")]
    assert _made(out) == ["harbour.docx", "harbour.json"]
    assert toolkit.read_notes(out / "harbour.json").article.text == NEWS
    assert toolkit.read(out / "harbour.docx").text


def test_brief_goes_to_exports_by_default(story, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert run("brief", story).stdout == f"{Path('exports/harbour.docx')}\n"
    assert (tmp_path / "exports/harbour.docx").is_file()


def test_two_articles_of_one_name_get_two_briefs(story, tmp_path):
    (tmp_path / "more").mkdir()
    twin = tmp_path / "more" / "Harbour.txt"
    twin.write_text("The ferry sank, the coastguard said. Two people were saved.\n")
    out = tmp_path / "out"
    run("brief", story, twin, "-o", out, "--format", "json")
    assert _made(out) == ["harbour-2.json", "harbour.json"]
    assert toolkit.read_notes(out / "harbour-2.json").article.text.startswith("The ferry")


def test_a_second_run_replaces_the_first_brief(story, tmp_path):
    for _ in range(2):
        run("brief", story, "-o", tmp_path / "out")
    assert _made(tmp_path / "out") == ["harbour.docx"]


def test_a_brief_never_replaces_an_input(samples, tmp_path):
    story = tmp_path / "port-strike.docx"
    before = (samples / "port-strike.docx").read_bytes()
    story.write_bytes(before)
    for given_as in (story, tmp_path):  # by name, and found in the folder
        run("brief", given_as, "-o", tmp_path)
        assert story.read_bytes() == before
    assert (tmp_path / "port-strike-2.docx").is_file()


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        ("Port strike", "Port-strike"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\windows\\x", "C-windows-x"),
        (".bashrc", "bashrc"),
        ("con", "con-article"),
        ("Lpt1.story", "Lpt1.story-article"),
        ("console", "console"),
        ("gare d'été", "gare-d-été"),
        ("evil\u202ecod.exe", "evil-cod.exe"),
        ("a\x1b[2Jb\x00", "a-2Jb"),
        ("ニュース速報", "ニュース速報"),
        ("...", ""),
        ("", ""),
    ],
)
def test_stems_are_safe(text, stem):
    assert files.safe_stem(text) == stem


@given(st.text())
def test_any_text_gives_a_safe_stem(text):
    stem = files.safe_stem(text)
    assert len(stem.encode()) <= 110
    assert not stem.startswith((".", "-"))
    assert not stem.endswith(".")
    assert all(unicodedata.category(char)[0] in "LNMP" for char in stem)
    assert not set(stem) & set('/\\:*?"<>|')


# One bad file, wrong choices, and errors.


def test_one_bad_file_is_reported_and_the_rest_is_done(folder):
    done = run("annotate", folder, folder / "absent.txt")
    assert done.exit_code == 1
    assert [json.loads(line)["article"]["source"] for line in done.stdout.splitlines()] == [
        "harbour.txt",
        "other.txt",
    ]
    *errors, last = done.stderr.splitlines()
    assert [next(name for name in ("broken", "empty", "absent") if name in error) for error in errors] == [
        "broken",
        "empty",
        "absent",
    ]
    assert all(error.startswith("newsdesk: ") for error in errors)
    assert "2 of 5 files done" in last


def test_the_files_of_a_folder_come_by_name_and_only_those_that_can_be_read(folder):
    assert files.expand([str(folder)], pytest.fail) == [
        str(folder / name) for name in ("broken.docx", "empty.txt", "harbour.txt", "other.txt")
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["quotes", "absent.txt"], 1, "absent.txt"),
        (["quotes", "."], 1, "holds no article"),
        (["quotes", "-"], 1, "standard input"),
        (["summary", "-", "--method", "magic"], 1, "lexrank"),
        (["summary", "-", "--language", "english"], 1, "two letters"),
        (["brief", "-", "--format", "pdf"], 1, "docx, json"),
        (["brief", "-", "--format", ","], 1, "--format docx"),
        (["summary", "-", "--words", "5", "--sentences", "5"], 2, "exclude each other"),
        (["summary", "-", "--words", "0"], 2, "--words"),
        (["quotes"], 2, "FILE"),
        (["frobnicate"], 2, "frobnicate"),
    ],
)
def test_what_cannot_be_done_is_said_in_words(arguments, code, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run(*arguments, stdin="")
    assert done.exit_code == code
    assert done.stdout == ""
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    if code == 1:
        assert done.stderr.startswith("newsdesk: ")
        assert done.stderr.count("\n") == 1


def test_an_output_folder_that_cannot_be_made_is_said(story):
    done = run("brief", story, "-o", story)  # a file stands there
    assert done.exit_code == 1
    assert "harbour" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_error_of_our_own_is_one_sentence_and_debug_tells_the_rest(story, monkeypatch):
    def fail(*arguments, **options):
        raise KeyError("no such lemma")

    monkeypatch.setattr(toolkit, "annotate_many", fail)
    done = run("quotes", story)
    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
    assert "KeyError" in done.stderr
    assert "--debug" in done.stderr
    assert "Traceback" in run("--debug", "quotes", story).stderr


# What reaches the terminal.

HOSTILE = "“Stop\x1b[2J it\x9b31m now \u202egnirts\u2066,” said Mara\x07 Holt of the harbour office.\n"


@pytest.mark.parametrize("command", ["quotes", "entities", "summary", "annotate"])
def test_article_text_cannot_drive_the_terminal(command):
    done = run(command, "-", "--language", "en", stdin=HOSTILE)
    assert done.exit_code == 0
    assert not set("\x1b\x9b\x07\x7f\u202e\u2066") & set(done.stdout)
    if command == "annotate":
        assert json.loads(done.stdout)["article"]["text"] == HOSTILE


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("plain – “text” é 한 👩‍👩‍👧 עברית", "plain – “text” é 한 👩‍👩‍👧 עברית"),
        ("two\r\nlines\tand\n\nmore", "two lines and more"),
        ("\x1b]0;title\x07", "\\x1b]0;title\\x07"),
        ("\x00\x7f\x85\u2028\u202a\u2069", "\\x00\\x7f\\x85\\u2028\\u202a\\u2069"),
        ("name\udcff.txt", "name\\udcff.txt"),
        ("[bold]no markup[/]", "[bold]no markup[/]"),
    ],
)
def test_text_is_shown_in_one_harmless_line(text, line):
    assert terminal.shown(text) == line


@given(st.text())
def test_harmless_json_is_the_same_data(text):
    made = terminal.harmless_json(json.dumps([text], ensure_ascii=False))
    assert json.loads(made) == [text]
    assert not any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in made)


def test_a_file_name_cannot_drive_the_terminal(tmp_path):
    done = run("quotes", tmp_path / "evil\x1b[2J.txt")
    assert done.exit_code == 1
    assert "\x1b" not in done.stderr


# Real processes: start-up, streams, signals.


def test_data_and_talk_are_parted_and_json_is_utf_8_everywhere(folder):
    environment = os.environ | {"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
    process = start("quotes", folder / "harbour.txt", folder / "absent.txt", "--json", env=environment)
    out, err = process.communicate()
    assert process.returncode == 1
    assert any(
        "“We had no choice,”" in json.loads(line)["quote"] for line in out.decode("utf-8").splitlines()
    )
    assert err.decode("utf-8").startswith("newsdesk: ")
    assert b"Traceback" not in err


def test_a_reader_that_goes_away_is_no_error(samples):
    process = start("annotate", samples / "jaffar-express.txt")
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 141


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_ctrl_c_is_quiet():
    # What a shell starts in the background ignores the signal, and so would its children.
    listening = functools.partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    process = start("annotate", "-", preexec_fn=listening)  # waits for its input
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=20) == 130
    assert (process.stdout.read(), process.stderr.read()) == (b"", b"")


@pytest.mark.skipif(os.name == "nt", reason="terminals of POSIX")
def test_the_progress_bar_goes_to_the_terminal_and_not_into_the_data(folder):
    screen, terminal_side = os.openpty()
    names = [folder / "harbour.txt", folder / "empty.txt", folder / "other.txt"]
    process = start("summary", *names, stderr=terminal_side, env=os.environ | {"TERM": "xterm"})
    os.close(terminal_side)
    seen: list[bytes] = []
    watching = threading.Thread(target=lambda: seen.extend(_read_to_end(screen)))
    watching.start()
    out, _ = process.communicate()
    watching.join()
    assert b"\x1b" not in out
    assert out.count(b"harbour.txt") == 1
    assert b"0/3" in b"".join(seen)
    assert b"empty.txt is empty" in b"".join(seen)


def _read_to_end(screen):
    # The system says that a terminal's other side is gone by an error.
    with contextlib.suppress(OSError):
        while part := os.read(screen, 4096):
            yield part


def test_help_costs_at_most_a_quarter_of_importing_spacy():
    def seconds(*command):
        begin = time.perf_counter()
        subprocess.run([sys.executable, *command], check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - begin

    # The least of a few: what else the machine does only ever adds.
    spacy = min(seconds("-c", "import spacy") for _ in range(2))
    ours = min(seconds("-m", "toolkit.cli", "--help") for _ in range(4))
    assert ours <= spacy / 4


def test_a_web_address_is_fetched_only_when_that_is_allowed(monkeypatch, capsys):
    asked = []

    def fetch(address, *, language=None):
        asked.append(address)
        return toolkit.Article("The bridge is closed, the mayor said.", language="en", source=address)

    monkeypatch.setattr("toolkit.fetching.fetch", fetch)
    for arguments, code in ((["summary"], 1), (["--allow-network", "summary"], 0), (["summary"], 1)):
        monkeypatch.setattr("sys.argv", ["newsdesk", *arguments, "https://paper.example/bridge"])
        with pytest.raises(SystemExit) as raised:
            cli.main()
        assert raised.value.code == code
        assert ("--allow-network" in capsys.readouterr().err) is (code == 1)
    assert asked == ["https://paper.example/bridge"]
