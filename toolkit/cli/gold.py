"""``newsdesk export-gold``: from files of saved annotations to training data.

A file holds one article, as ``newsdesk brief --format json`` writes it, or JSON Lines, as
``newsdesk annotate`` prints them for several. One bad file or line never stops the rest.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli import terminal
from toolkit.cli.files import STDIN
from toolkit.cli.guard import complain
from toolkit.errors import InvalidNotes, ToolkitError

if TYPE_CHECKING:
    from toolkit.model import Annotations

_LINES = ".jsonl"
_SUFFIXES = (".json", _LINES)


def export_gold(
    notes: Annotated[
        list[str],
        typer.Argument(
            metavar="NOTES",
            help="Annotations as .json or .jsonl: files, folders, or - for standard input.",
            show_default=False,
        ),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Where the training data goes.")],
    share: Annotated[
        float, typer.Option(metavar="SHARE", help="Share of the articles to keep apart in dev.jsonl.")
    ] = 0.1,
    confirmed_only: Annotated[
        bool,
        typer.Option(
            "--confirmed-only",
            help="Take only what an editor has looked at: the names of an article where one has confirmed, "
            "rejected or added a name or figure, its attributions where one has a quotation.",
        ),
    ] = False,
) -> bool:
    """Write corrected annotations as training data.

    Into DIR go entities/ and attributions/, each with train.jsonl and dev.jsonl, a line an article.
    Files of an earlier export are replaced, other training data never.

    Taken is every mark that no editor has rejected, the machine's own suggestions too: names, dates
    and amounts of money, and who said, believes or intends what, where there is a verb or other cue.
    Quoted words that are nobody's statement are left out. Of articles with the same text the last one
    named counts.
    """
    from toolkit import gold

    failed: dict[str, None] = {}

    def report(file: str, error: Exception, place: str = "") -> None:
        failed[file] = None
        complain(place or file, error)

    files: list[str] = []
    for argument in notes:
        try:
            files += _inside(argument) if Path(argument).is_dir() else [argument]
        except (ToolkitError, OSError) as error:
            report(argument, error)
    files = list({Path(file).resolve() if file != "-" else file: file for file in files}.values())
    asked = len(files) + len(failed)  # a folder without annotations counts as one

    def articles() -> Iterator[Annotations]:
        for file in files:
            yield from _read(file, report)
            tick(file)

    with terminal.progress(len(files)) as tick:
        counts = gold.write(articles(), out, share=share, confirmed_only=confirmed_only)
    if counts.articles:
        terminal.put_json(asdict(counts))
    elif len(failed) < asked:
        why = (
            "no editor has confirmed, rejected or added a mark in these annotations; correct them first, "
            "or leave out --confirmed-only"
            if confirmed_only
            else "the encoder reads none of their languages; give annotations of English articles"
        )
        terminal.say(f"newsdesk: nothing was written, since {why}.")
    if failed and asked > 1:
        terminal.say(f"newsdesk: {asked - len(failed)} of {asked} files done; not done: {', '.join(failed)}")
    return bool(counts.articles) and not failed


def _inside(folder: str) -> list[str]:
    """The files of annotations in a folder, by name."""
    found = sorted(
        str(path)
        for path in Path(folder).iterdir()
        if path.suffix.lower() in _SUFFIXES and not path.name.startswith(".") and path.is_file()
    )
    if not found:
        raise InvalidNotes(
            f"{folder} holds no annotations ({', '.join(_SUFFIXES)}); "
            "newsdesk brief --format json writes them."
        )
    return found


def _read(file: str, report: Callable[[str, Exception, str], None]) -> Iterator[Annotations]:
    """The annotations in a file; what is bad is reported with its place, and the rest goes on."""
    from toolkit.schema import from_json

    try:
        data = sys.stdin.buffer.read() if file == STDIN else Path(file).read_bytes()
    except OSError as error:
        report(file, error, file)
        return
    for place, part in _parts(file, data):
        try:
            notes = from_json(part)
        except ToolkitError as error:
            report(file, error, place)
        else:
            yield notes


def _parts(file: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """The articles of a file, each with the place to report it by: the whole file, or each of its lines.

    Where the file's name doesn't tell, its first line does: that of one indented article is no
    JSON by itself.
    """
    first, _, rest = data.partition(b"\n")
    has_lines = file.lower().endswith(_LINES) or (rest.strip() and _is_json(first))
    if not has_lines or not data.strip():
        yield file, data
        return
    name = "standard input" if file == STDIN else file
    for number, line in enumerate(data.split(b"\n"), 1):
        if line.strip():
            yield f"{name}, line {number}", line


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True
