"""``newsdesk check``: a line a finding, and nothing in an article that drives the terminal."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from toolkit.checks import CHECKS
from toolkit.cli import app

CHECKED = Path(__file__).parent / "checked"
FERRY = CHECKED / "san-isidro-ferry.txt"
CLEAN = "The harbour will close on Monday, the port authority said.\n"
UNCLOSED = "“The quay [here] is sinking, said Mara Holt, the harbourmaster.\n"


def run(*arguments, stdin=None):
    return CliRunner().invoke(app, [str(each) for each in arguments], input=stdin)


def test_a_line_a_finding_names_the_file_the_paragraph_and_the_check():
    done = run("check", FERRY, "--only", "altered-quote", "--only", "two-spellings")
    assert done.exit_code == 0
    assert done.stderr == ""
    altered, spelling = done.stdout.splitlines()
    assert altered.startswith(f"{FERRY}, paragraph 9: altered-quote: ")
    assert spelling.startswith(f"{FERRY}, paragraph 13: two-spellings: ")
    assert "“Rafael Buencamnio”" in spelling


def test_json_lines_carry_true_spans():
    text = FERRY.read_text(encoding="utf-8")
    records = [json.loads(line) for line in run("check", FERRY, "--json").stdout.splitlines()]
    assert {"two-spellings", "altered-quote", "unnamed-source"} <= {each["check"] for each in records}
    for each in records:
        assert each["file"] == str(FERRY)
        assert each["message"]
        assert text[slice(*each["span"])] == each["words"]
        assert all(text[start:end] for start, end in each["more"])
    assert records == sorted(records, key=lambda each: each["span"])


def test_a_check_is_left_out():
    every, fewer = (run("check", FERRY, *more).stdout for more in ((), ("--without", "altered-quote")))
    assert [line for line in every.splitlines() if ": altered-quote: " not in line] == fewer.splitlines()
    assert every != fewer


def test_nothing_found_prints_nothing():
    done = run("check", "-", stdin=CLEAN)
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "")


def test_the_list_needs_no_file():
    done = run("check", "--list")
    assert done.exit_code == 0
    assert all(name in done.stdout for name in CHECKS)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["check", "-", "--only", "spelling"], 1, "two-spellings"),
        (["check", "-", "--without", "spelling"], 1, "two-spellings"),
        (["check", "-", "--language", "english"], 1, "two letters"),
        (["check", "absent.txt"], 1, "absent.txt"),
        (["check"], 2, "FILE"),
    ],
)
def test_what_cannot_be_done_is_said_in_words(arguments, code, words):
    done = run(*arguments, stdin=CLEAN)
    assert done.exit_code == code
    assert done.stdout == ""
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_bad_file_is_reported_and_the_rest_is_checked(tmp_path):
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "good.txt").write_text(UNCLOSED, encoding="utf-8")
    done = run("check", tmp_path)
    assert done.exit_code == 1
    assert "quote-marks" in done.stdout
    assert "empty.txt" in done.stderr


def test_article_text_cannot_drive_the_terminal():
    hostile = UNCLOSED.replace("The quay", "The\x1b[2J quay\u202e").replace("here", "he\x9b31mre")
    for more in ((), ("--json",)):
        done = run("check", "-", "--language", "en", *more, stdin=hostile)
        assert done.exit_code == 0
        assert "quote-marks" in done.stdout
        assert not set("\x1b\x9b\x07\u202e") & set(done.stdout)
