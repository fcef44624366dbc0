"""A template to begin with: the brief's own look, and each of its styles shown in itself.

A house changes the styles, the page, header and footer, and puts its logo there; the text of a
template is never printed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime
from importlib import resources
from typing import Any

from toolkit.brief import Header
from toolkit.export import _docx_page
from toolkit.export._docx_cells import add_head, add_row, cell_of, heading, new_table
from toolkit.export._docx_house_styles import style_names
from toolkit.export._docx_text import W, paragraph, write

# The same bytes each time.
_MADE = datetime(2025, 1, 1)
_TOLD = (
    "This is a template for briefs, in the look that they have without one. Change its styles, its page, "
    "header and footer in Word, add a logo there, and save it as .docx; then: newsdesk brief story.txt "
    "--template house.docx",
    "In header and footer, {title}, {slug}, {embargo} and {made} stand for those of each brief, if they are "
    "typed in one go. The text on this page is never printed.",
    "The styles that a brief uses are below, each shown in itself. They are known by their names, so don't "
    "rename them. A style that is deleted comes back in the toolkit's look.",
)
_COLUMNS = {"Style": 3200, "What it is for": 6438}


def starter() -> bytes:
    """The bytes of the template."""
    header = Header(
        **dict.fromkeys(("headline", "byline", "dateline", "published", "embargo", "source"), ""),
        title="{title}",
        slug="{embargo}",
        language="English",
        length="",
        made="{made}",
        versions="",
    )
    document = _docx_page.new_document(header, _MADE, "en")
    body = document.element.body
    page = body.sectPr
    body.remove(page)
    write(paragraph(body, "Title"), "House template")
    for told in _TOLD:
        write(paragraph(body, "Remark"), told)
    uses = purposes()
    ids = {s.find(W + "name").get(W + "val"): s.get(W + "styleId") for s in _styles(document)}
    heading(body, "Paragraphs")
    for name, use in uses["paragraph"].items():
        write(paragraph(body, ids[name]), f"{name}: {use}")
    heading(body, "Words within a paragraph")
    for name, use in uses["character"].items():
        line = paragraph(body, "TableText")
        write(line, name, style=ids[name])
        write(line, f": {use}")
    heading(body, "Tables")
    for name, use in uses["table"].items():
        table = new_table(body, ids[name], _COLUMNS.values(), name)
        add_head(table, _COLUMNS)
        add_row(table, [cell_of(name), cell_of(use)])
        paragraph(body, "Normal")
    body.append(page)
    _docx_page.set_properties(document.core_properties, header, _MADE, "en")
    document.core_properties.title = "House template"
    return _docx_page.packed(document)


def purposes() -> Mapping[str, Mapping[str, str]]:
    """What each style is for, by its kind and name."""
    told = resources.files(__package__).joinpath("docx_style_names.toml").read_text(encoding="utf-8")
    uses = tomllib.loads(told)
    return {kind: {n: uses[kind][n] for n, k in style_names() if k == kind} for kind in uses}


def _styles(document: Any) -> Any:
    return document.styles.element.iter(W + "style")
