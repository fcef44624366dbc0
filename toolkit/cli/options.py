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
Network: TypeAlias = Annotated[
    bool,
    typer.Option("--allow-network", help="A FILE may be a web address; without this, nothing is fetched."),
]
AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="JSON Lines instead of a table.")]
Words: TypeAlias = Annotated[
    int | None, typer.Option(min=1, metavar="N", help="Summary of at most N words; 60 by default.")
]
Sentences: TypeAlias = Annotated[
    int | None, typer.Option(min=1, metavar="N", help="Summary of N sentences instead.")
]
Percent: TypeAlias = Annotated[
    int | None, typer.Option(min=1, max=100, metavar="N", help="Summary of at most N percent of the words.")
]
Line: TypeAlias = Annotated[
    int | None, typer.Option(min=1, metavar="N", help="One sentence, of at most N words if there is one.")
]
Method: TypeAlias = Annotated[
    str | None, typer.Option(metavar="NAME", help="How the summary is chosen, such as lead or lsa.")
]
