"""The errors that a caller may catch.

    ToolkitError
    ├── UnsupportedFormat     no reader or exporter for this file
    ├── UnreadableArticle     a reader exists, but this file is damaged, empty or too long
    ├── InvalidNotes          saved annotations that do not fit the model or their text
    ├── MissingModel          a language model or the encoder is not installed, or damaged
    └── UnknownChoice         a method, language or unit that does not exist

Each message is one sentence or two that names the thing, the reason and what to do.
"""


class ToolkitError(Exception):
    """Base of all errors that the toolkit raises on purpose."""


class UnsupportedFormat(ToolkitError):
    """No reader or exporter is registered for this kind of file."""


class UnreadableArticle(ToolkitError):
    """The input could not be turned into an article."""


class InvalidNotes(ToolkitError):
    """Annotations whose JSON, spans or references do not hold."""


class MissingModel(ToolkitError):
    """A language model, or the encoder's weights or libraries, are not installed or are damaged."""


class UnknownChoice(ToolkitError):
    """A named option (summary method, language, unit) that does not exist."""
