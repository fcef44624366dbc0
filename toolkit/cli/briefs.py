"""``newsdesk brief``: briefs of articles, or of a folder of them, in every format that was asked for.

A run goes on where an earlier one ended (``toolkit.batch``): the paths of what is there already are
printed like those of what was made.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli import files as filing
from toolkit.cli import house, terminal
from toolkit.cli.guard import complain, sentence
from toolkit.cli.options import Files, Language, Line, Method, Percent, Sentences, Words
from toolkit.errors import UnsupportedFormat

if TYPE_CHECKING:
    from toolkit.model import Annotations


def brief(
    files: Files,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Where the briefs go.")] = Path(
        "exports"
    ),
    formats: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="NAMES",
            help="One or more, parted by commas: docx, json, html, md, csv (quotes), entities (csv), "
            "ninjs, jsonld.",
        ),
    ] = "docx",
    house_file: house.HouseFile = None,
    template: house.TemplateFile = None,
    inside: house.Inside = None,
    words: Words = None,
    sentences: Sentences = None,
    percent: Percent = None,
    line: Line = None,
    method: Method = None,
    language: Language = None,
    again: Annotated[
        bool, typer.Option("--again", help="Make also what is there already and unchanged.")
    ] = False,
) -> bool:
    """Write a brief of each article and print its path.

    A brief is named after the article's slug or file. One that is there is made again only when its
    article, the options or the toolkit changed; one that somebody edited since, and any file that this
    command did not make, is never replaced: the new one gets a number. DIR/briefs.jsonl tells what was
    made of what, and what failed.
    """
    from toolkit.batch import Log
    from toolkit.cli import reading
    from toolkit.export import render

    suffixes = _suffixes(formats)
    style = house.house_of(house_file, template, inside)
    options = reading(language, method, words=words, sentences=sentences, percent=percent, line=line)
    several = len(files) > 1 or os.path.isdir(files[0])
    failures: list[tuple[str, str]] = []

    with Log(out, (options, style)) as log:
        given = filing.expand(files, lambda *_: None)
        log.inputs = {os.path.realpath(file) for file in given if os.path.exists(file)}

        def report(file: str, error: Exception) -> None:
            reason = sentence(file, error)
            log.fail(file, reason)
            if several:
                failures.append((file, reason))
            else:
                complain(file, error)

        def done(file: str) -> bool:
            # Asked in any case: what is written later goes by the source as it is now, before it is read.
            if not log.is_done(file, suffixes) or again:
                return False
            _put(log.paths(file, suffixes))
            return True

        def write(file: str, notes: Annotations) -> None:
            # What comes by standard input or from the web has no place by which it could be known again.
            no_place = file == filing.STDIN or filing.is_address(file)
            source = f"{file} {notes.article.sha256[:16]}" if no_place else file
            name = log.name(source, filing.stem(file, notes.article.slug), suffixes)
            made = {suffix: render(notes, suffix, house=style) for suffix in suffixes}
            _put(log.write(source, name, made))

        try:
            return filing.each(files, write, report=report, done=done, **options)
        finally:  # also after an interrupt
            if failures:
                terminal.say_table(("Not done", "Why"), failures)


def _put(paths: list[Path]) -> None:
    for path in paths:
        terminal.put(terminal.shown(str(path)))


def _suffixes(formats: str) -> list[str]:
    from toolkit.export import EXPORTERS

    suffixes = []
    for name in (each.strip().lower().removeprefix(".") for each in formats.split(",")):
        # A format goes by its whole ending, or by the first part of it: "ninjs" for .ninjs.json.
        fitting = [suffix for suffix in EXPORTERS if f"{suffix}.".startswith(f".{name}.")]
        if name and not fitting:
            known = ", ".join(suffix.split(".")[1] for suffix in EXPORTERS)
            raise UnsupportedFormat(f"There is no format {name!r}; choose from {known}.")
        suffixes += fitting[:1] if name else []
    if not suffixes:
        raise UnsupportedFormat("No format was named; write --format docx.")
    return list(dict.fromkeys(suffixes))
