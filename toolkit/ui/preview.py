"""The brief as it will be in the document: the very pieces of the HTML export, in the desk's colours. Pure.

Nothing in it is a link or has an id, for the desk's page has its own.
"""

from __future__ import annotations

import functools

from toolkit.brief import Brief
from toolkit.export._html_places import places
from toolkit.export._markup import element, joined, style
from toolkit.export.html import masthead, paper_sheet, parts
from toolkit.ui.markup import Html


def preview(made: Brief) -> Html:
    """The sections that the brief is to have, with the style sheet that they need."""
    paper = element(
        "section",
        element("header", masthead(made)),
        parts(made, places(made, linked=False)),
        class_="nd-paper",
        aria_label="The brief",
    )
    # All text in it was escaped where the export made it.
    return Html(joined(_sheet(), paper))


@functools.cache
def _sheet() -> str:
    """The rules of the export for the paper alone, each within it."""
    return style(f".stHtml .nd-paper {{\n{paper_sheet()}}}")
