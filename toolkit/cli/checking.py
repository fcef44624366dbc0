"""``newsdesk check``: what a desk editor would ask of copy, one line a finding.

A finding is a question to an editor and no error: the exit code is 0 with findings and without,
and 1, as for every command, when a file could not be done.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from toolkit.cli import files as filing
from toolkit.cli import terminal
from toolkit.cli.options import Files, Language

if TYPE_CHECKING:
    from toolkit.model import Annotations


def _list(wanted: bool) -> None:
    if wanted:
        from toolkit.checks import CHECKS

        terminal.put_table(("Check", "What it points at"), [(name, c.asks) for name, c in CHECKS.items()])
        raise typer.Exit


def check(
    files: Files,
    only: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Run this check only; may be given again.")
    ] = None,
    without: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Leave this check out; may be given again.")
    ] = None,
    listing: Annotated[
        bool, typer.Option("--list", callback=_list, is_eager=True, help="Show the checks and exit.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON Lines instead of text.")] = False,
    language: Language = None,
) -> bool:
    """Point at what an editor may want to ask about.

    One line a finding: the file, the paragraph, the check, and what it is about. Findings are
    worth a look, and no verdict: the exit code is 0 with and without them.
    """
    from toolkit.checks import check as check_notes
    from toolkit.checks import chosen
    from toolkit.cli import reading
    from toolkit.runs import Paragraphs

    names = chosen(only or None, without or ())  # a wrong name is told before any file is read

    def show(file: str, notes: Annotations) -> None:
        places = Paragraphs(notes.article.text)
        for finding in check_notes(notes, only=names):
            where = places.number(finding.span.start)
            if as_json:
                record: dict[str, Any] = {"file": file, "paragraph": where, **asdict(finding)}
                terminal.put_json({**record, "words": notes.text(finding.span)})
            else:
                line = f"{file}, paragraph {where}: {finding.check}: {finding.message}"
                terminal.put(terminal.shown(line))

    return filing.each(files, show, **reading(language))
