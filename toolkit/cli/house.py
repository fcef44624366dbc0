"""House style at the command line: the options of ``newsdesk brief``, and ``newsdesk template``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from toolkit.cli import terminal
from toolkit.errors import UnknownChoice

if TYPE_CHECKING:
    from toolkit.house import House

HouseFile: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--house",
        metavar="FILE",
        help="House style: a .toml of sections, titles and a template.",
    ),
]
TemplateFile: TypeAlias = Annotated[
    Path | None,
    typer.Option("--template", metavar="FILE", help="A .docx whose styles, header and logo the brief gets."),
]
Inside: TypeAlias = Annotated[
    bool | None,
    typer.Option(
        "--annotations-inside/--no-annotations-inside",
        help="Whether a .docx carries all annotations, to be read back. Without them nothing is hidden; "
        "what it shows stays: the comments with their authors, and the editors' names beside their marks.",
        show_default=False,
    ),
]


def house_of(file: Path | None, template: Path | None, inside: bool | None) -> House | None:
    """The house that the options tell, of which each goes before the file; None where they tell nothing.
    What is wrong with it is raised before any article is read."""
    if file is None and template is None and inside is None:
        return None
    from toolkit.house import House, read_house, read_template

    house = read_house(file) if file else House()
    if template:
        house = replace(house, template=read_template(template))
    if inside is not None:
        house = replace(house, annotations_inside=inside)
    if house.template:
        from toolkit.export.docx import missing_styles

        if missing := missing_styles(house.template):
            terminal.say(
                f"newsdesk: {house.template.name} lacks {len(missing)} of a brief's styles; these come in "
                f"the toolkit's look: {', '.join(missing)}."
            )
    return house


def template(
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="FILE", help="Where the template goes; a .docx.")
    ] = Path("house.docx"),
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Write a template to begin with, and print its path.

    It holds all styles of a brief, each shown in itself, and a header and footer to change. Use it with
    newsdesk brief --template.
    """
    from toolkit.export import write_whole
    from toolkit.export.docx import starter

    if out.suffix.lower() != ".docx":
        raise UnknownChoice(f"A template is a Word document, so {out} must end in .docx.")
    if out.exists() and not force:
        raise UnknownChoice(f"{out} is there already; choose another name, or add --force to replace it.")
    write_whole(out, starter())
    terminal.put(terminal.shown(str(out)))
