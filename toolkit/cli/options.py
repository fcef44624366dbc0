"""Arguments and options that several commands share, said once."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import typer

Files: TypeAlias = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE", help="Articles: files, folders, or - for standard input.", show_default=False
    ),
]
Language: TypeAlias = Annotated[
    str | None,
    typer.Option(
        metavar="CODE", help="Language of the articles (en, fr); found from the text when not given."
    ),
]
AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="JSON Lines instead of a table.")]
