"""The library: articles with their notes, an editor's decisions and versions of the text, in one SQLite file.

    from toolkit.store import Library

    with Library() as library:
        id = library.add(toolkit.annotate(article))
        kept = library.load(id)
        notes = edits.apply(kept.notes()[0], edit)
        revision = library.append(id, [notes.edits[-1]], kept.revision, by="Ana")

What a call returned from is in the file, whatever happens to the process afterwards. Every change
tells the revision that it was made on; ``toolkit.errors.Stale`` is raised where another one came
first. Kept where ``default_path`` says, for the owner's eyes only.
"""

from toolkit.store.file import default_path
from toolkit.store.library import Library
from toolkit.store.records import Entry, Found, Kept, Lost, Said, Version

__all__ = ["Entry", "Found", "Kept", "Library", "Lost", "Said", "Version", "default_path"]
