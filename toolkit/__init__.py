"""Newsdesk Toolkit: who is in an article, who said what, what it comes down to.

    import toolkit

    article = toolkit.read("story.docx")
    notes = toolkit.annotate(article)
    toolkit.export(notes, "exports/story.docx")

The names below are the public ones; all else may change. spaCy, the readers and the
exporters are loaded by the functions that need them, so that ``import toolkit`` is quick.
"""

__version__ = "0.1.0"

# Imported here and not on first use: three of these functions have the name of the module
# they live in, and a module that is loaded later would take the name from the function.
from toolkit.annotate import annotate, annotate_many, summarize
from toolkit.errors import ToolkitError
from toolkit.export import export, read_notes
from toolkit.languages.detection import detect
from toolkit.model import Annotations, Article, Budget, Span
from toolkit.read import read

__all__ = [
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
