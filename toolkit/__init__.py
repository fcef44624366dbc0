"""Newsdesk Toolkit: who is in an article, who said what, what it comes down to.

    import toolkit

    article = toolkit.read("story.docx")
    notes = toolkit.annotate(article)
    toolkit.export(notes, "exports/story.docx")

The names below are the public ones; all else may change. They are loaded on first use,
so that ``import toolkit`` costs nothing.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toolkit.annotate import annotate, annotate_many, summarize
    from toolkit.errors import ToolkitError
    from toolkit.export import export, read_notes
    from toolkit.languages.detection import detect
    from toolkit.model import Annotations, Article, Budget, Span
    from toolkit.read import read

__version__ = "0.1.0"

_HOMES = {
    "Annotations": "toolkit.model",
    "Article": "toolkit.model",
    "Budget": "toolkit.model",
    "Span": "toolkit.model",
    "ToolkitError": "toolkit.errors",
    "annotate": "toolkit.annotate",
    "annotate_many": "toolkit.annotate",
    "detect": "toolkit.languages.detection",
    "export": "toolkit.export",
    "read": "toolkit.read",
    "read_notes": "toolkit.export",
    "summarize": "toolkit.annotate",
}

__all__ = [  # noqa: RUF022 - sorted as _HOMES is
    "Annotations",
    "Article",
    "Budget",
    "Span",
    "ToolkitError",
    "annotate",
    "annotate_many",
    "detect",
    "export",
    "read",
    "read_notes",
    "summarize",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'toolkit' has no attribute {name!r}")
    value = getattr(importlib.import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
