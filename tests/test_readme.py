"""The README: its commands exist, its examples run and its outputs are the real ones.

``make readme`` writes the outputs anew; look at the difference before you keep it.
"""

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import pytest
from typer.testing import CliRunner

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WIDTH = "90"  # columns of the outputs


class Example(NamedTuple):
    """Something to run, and the output that the page shows for it, which lies at ``span``."""

    kind: str
    source: str
    output: str
    span: tuple[int, int]


def examples(page: str) -> list[Example]:
    """Commands with their output below them, and Python with its output in the next block."""
    found = []
    blocks = list(BLOCK.finditer(page))
    for block, after in zip(blocks, [*blocks[1:], None], strict=True):
        language, body = block.groups()
        if language == "console":
            command, _, output = body.partition("\n")
            found.append(
                Example("sh", command.removeprefix("$ "), output, (block.end(2) - len(output), block.end(2)))
            )
        elif language == "python":
            assert after is not None
            assert after[1] == "text", "an example in Python is followed by its output"
            found.append(Example("python", body, after[2], after.span(2)))
    return found


def run(example: Example) -> str:
    """What the example prints, in a folder that holds the samples and nothing else.

    What needs a shell has one; the rest shares this process, where the models are loaded once.
    """
    with (
        tempfile.TemporaryDirectory() as folder,
        contextlib.chdir(folder),
        pytest.MonkeyPatch.context() as to,
    ):
        Path("sample_articles").symlink_to(ROOT / "sample_articles")
        to.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
        to.setenv("COLUMNS", WIDTH)
        if example.kind == "python":
            with contextlib.redirect_stdout(io.StringIO()) as printed:
                exec(compile(example.source, "example.py", "exec"), {"__name__": "__main__"})
            return printed.getvalue()
        program, *words = shlex.split(example.source, comments=True)
        if program == "newsdesk" and not set("|<>;&*") & set(example.source):
            from toolkit.cli import app

            done = CliRunner().invoke(app, words)
            assert done.exit_code == 0, done.stderr
            return done.stdout
        ran = subprocess.run(["sh", "-c", example.source], capture_output=True, check=False)
        assert ran.returncode == 0, ran.stderr.decode()
        return ran.stdout.decode()


PAGE = README.read_text(encoding="utf-8")
EXAMPLES = [pytest.param(example, id=example.source.splitlines()[0]) for example in examples(PAGE)]


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_prints_what_the_page_shows(example):
    assert run(example) == example.output, "if it is right as it is now: make readme"


def test_each_command_it_names_exists_and_has_help():
    from toolkit.cli import app

    named = set(re.findall(r"(?:`|\$ |^)newsdesk ([a-z-]+)", PAGE, re.MULTILINE))
    assert {"brief", "annotate", "quotes", "summary", "entities", "languages", "doctor", "app"} <= named
    assert "export-gold" in named
    for command in named:
        done = CliRunner().invoke(app, [command, "--help"])
        assert done.exit_code == 0, command
        assert len(done.stdout.splitlines()) > 5


def test_each_target_of_make_that_it_names_exists():
    named = set(re.findall(r"(?:`|^)make ([a-z]+)", PAGE, re.MULTILINE))
    assert {"app", "brief", "test"} <= named
    assert named <= set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def test_each_file_it_names_exists():
    named = set(re.findall(r"\]\(([^):]+)\)", PAGE)) | set(re.findall(r"[\w-]+\.lock", PAGE))
    assert {"docs/desk.png", "docs/brief.png", "LICENSE", "requirements.lock"} <= named
    assert [name for name in sorted(named) if not (ROOT / name).is_file()] == []


def write_outputs() -> None:
    """Puts what the examples print now into the page."""
    page = PAGE
    for example in reversed(examples(page)):
        start, end = example.span
        page = page[:start] + run(example) + page[end:]
    README.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    write_outputs()
