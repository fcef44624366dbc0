"""What the commands print, end to end: nothing in an article, a file's name or an argument steers a terminal."""

import json
import unicodedata
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

import toolkit
from toolkit import cli
from toolkit.cli import terminal

EVIL = "\x1b[2J\x1b]0;mine\x07\x9b31m\u202egnirts\u2066\u2028"
NAME = f"evil{EVIL.replace('/', '')}.txt"
STORY = (
    f"Mayor Mara{EVIL} Holt closed the harbour of Averin{EVIL} on 12 March 2025.\n\n"
    f"“We had no{EVIL} choice,” Mara Holt{EVIL} said. The strike cost $2 million.\n\n"
    f"“Nobody asked us, said Omar{EVIL} Khan, and 40 people left on Monday.\n"
)
WHOLE = 'headline = "{0}Port"\nbyline = "By {0}Ana"\nslug = "port{0}"\nsource = "{0}"\n'
PRINTING = ("annotate", "quotes", "entities", "summary", "points", "check", "timeline")
# Commands that need no article, and those that print as other commands are tested to.
OTHERS = ("brief", "doctor", "export-gold", "languages", "schema", "template", "app")


def run(*arguments: object):
    return CliRunner().invoke(cli.app, [str(each) for each in arguments])


def harmful(text: str) -> set[str]:
    """The characters that a terminal would obey, or that turn text around."""
    kinds = ("Cc", "Zl", "Zp", "Cs")
    turning = {chr(n) for n in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
    return {c for c in text if (unicodedata.category(c) in kinds and c != "\n") or c in turning}


@pytest.fixture(scope="module")
def evil(tmp_path_factory) -> Path:
    """An article that means to steer, under such a name, with such metadata beside it."""
    path = tmp_path_factory.mktemp("evil") / NAME
    path.write_text(STORY, encoding="utf-8")
    quoted = json.dumps(EVIL)[1:-1].replace("\\u007f", "")
    path.with_suffix(".toml").write_text(WHOLE.format(quoted), encoding="utf-8")
    return path


def test_every_command_is_here():
    assert set(get_command(cli.app).commands) == {*PRINTING, *OTHERS}


@pytest.mark.parametrize("command", PRINTING)
@pytest.mark.parametrize("more", [(), ("--json",)])
def test_what_is_printed_of_an_article(evil, command, more):
    if more and command in ("annotate", "summary"):
        pytest.skip("prints in one way only")
    done = run(command, evil, evil, *more)
    assert done.exit_code == 0, done.stderr
    assert done.stdout or command == "points"  # which may find none
    assert harmful(done.stdout) == harmful(done.stderr) == set()
    if more or command == "annotate":
        assert all(json.loads(line) for line in done.stdout.splitlines())


def test_a_brief_of_it(evil, tmp_path):
    done = run("brief", evil, "-o", tmp_path / f"out{EVIL}", "--format", "json")
    assert done.exit_code == 0, done.stderr
    assert "\\x1b" in done.stdout
    assert harmful(done.stdout + done.stderr) == set()


@pytest.mark.parametrize(
    "arguments",
    [
        ("quotes", f"missing{EVIL}.txt"),
        ("brief", f"missing{EVIL}.txt", f"also{EVIL}.txt"),
        ("summary", f"story{EVIL}.xyz"),
        ("quotes", f"https://example.org/{EVIL}"),
        ("--allow-network", "quotes", f"http://127.0.0.1:1/{EVIL}"),
        ("check", "--only", EVIL, "EVIL"),
        ("check", "--without", EVIL, "EVIL"),
        ("annotate", "--method", EVIL, "EVIL"),
        ("annotate", "--language", EVIL, "EVIL"),
        ("annotate", "--language", "zz", "EVIL"),
        ("summary", "--words", EVIL, "EVIL"),
        ("brief", "--format", EVIL, "EVIL"),
        ("brief", "--house", f"missing{EVIL}.toml", "EVIL"),
        ("brief", "-o", "EVIL", "EVIL"),
        ("export-gold", f"missing{EVIL}.json"),
        ("export-gold", "EVIL"),
        ("template", f"missing{EVIL}/x.docx"),
        (EVIL,),
        ("quotes", f"--{EVIL}"),
        ("quotes", f"-{EVIL}", "EVIL"),
    ],
)  # fmt: skip
def test_what_is_said_of_what_cannot_be_done(evil, arguments):
    done = run(*(evil if each == "EVIL" else each for each in arguments))
    assert harmful(done.stdout + done.stderr) == set()
    assert "Traceback" not in done.stderr


def test_a_table_told_to_the_user(capfd):
    terminal.say_table(("File", "Why"), [(EVIL, EVIL)])
    terminal.say(EVIL)
    terminal.put_table(("File", "Why"), [(EVIL, EVIL)])
    out, err = capfd.readouterr()
    assert harmful(out + err) == set()


def test_the_doctor_tells_of_a_library_with_such_a_name(tmp_path, monkeypatch):
    path = tmp_path / f"library{EVIL}.sqlite"
    path.write_bytes(b"no database at all" * 100)
    monkeypatch.setenv("NEWSDESK_LIBRARY", str(path))
    for more in ((), ("--json",)):
        done = run("doctor", *more)
        assert done.exit_code == 1
        assert harmful(done.stdout + done.stderr) == set()


def test_what_is_harmless_stays_as_it_is():
    text = "Zoë said “naïve” – 中東, שלום, 👩🏽\u200d🚒, A\u0301vila\u00a0…"
    assert terminal.shown(text) == text
    assert toolkit.Article(text).text == text
