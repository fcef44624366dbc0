"""The errors that a caller may catch.

    ToolkitError
    ├── UnsupportedFormat     no reader or exporter for this file
    ├── UnreadableArticle     a reader exists, but this file is damaged, empty or too long
    ├── InvalidNotes          saved annotations that do not fit the model or their text
    ├── MissingModel          a language model or the encoder is not installed, or damaged
    ├── UnknownChoice         a method, language or unit that does not exist
    ├── UnfitEdit             an editor's decision that fits nothing in the annotations
    └── LibraryError          the library's file, or an article in it, can't be read or written
        ├── Gone              the article is not in the library, or not any more
        └── Stale             another window changed the article first

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


class UnfitEdit(ToolkitError):
    """An editor's decision that fits nothing: its target is gone, or what it asks for can't be."""


class LibraryError(ToolkitError):
    """The library's file can't be read or written, or holds no such article."""


class Gone(LibraryError):
    """An article that the library does not hold, or not any more."""


class Stale(LibraryError):
    """A change of an article that was changed meanwhile, in another window or program.

    ``yours`` is the revision that the change was made on, ``theirs`` the one that is kept.
    """

    def __init__(self, yours: int, theirs: int) -> None:
        super().__init__(
            f"This article was changed in another window (it is at revision {theirs}, this window at "
            f"{yours}), so nothing was saved; load it again to see both."
        )
        self.yours = yours
        self.theirs = theirs
