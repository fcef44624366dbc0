"""A Word brief that comes back to the desk: its decisions, what was written into its article, its comments.

Only a document that holds our annotations is taken for one; any other Word file is an article to read.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

from toolkit import returning
from toolkit.decision import Edit
from toolkit.errors import InvalidNotes
from toolkit.model import Article
from toolkit.returning import Returned
from toolkit.ui import work
from toolkit.wording import count

_HEAD = 1000  # bytes at the beginning of a part, in which its root element tells whose it is
_OURS = b"urn:newsdesk:notes:"


def is_brief(data: bytes, name: str) -> bool:
    """Whether an upload is a Word document with annotations of ours inside."""
    if not name.lower().endswith(".docx"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for part in package.namelist():
                if not part.lower().startswith("customxml/item") or "props" in part.lower():
                    continue
                with package.open(part) as opened:
                    if _OURS in opened.read(_HEAD):
                        return True
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, ValueError):
        pass  # the reader says what is wrong with it
    return False


def came_back(data: bytes, name: str) -> Returned:
    """What a brief holds. Raises ``ToolkitError``."""
    return returning.returned(data, name=name)


def restore(back: Returned) -> Article | None:
    """Open the article of a brief with all that was decided in it: as the library has it, if it has it, with
    what it lacks. Where the text was changed in the document, the article to be read as its update; the
    comments wait for that (``comment``). Raises ``InvalidNotes`` for annotations that do not hold."""
    work.open_notes(back.sent)
    now = work.current()
    if now is None:
        raise InvalidNotes("The brief's article can't be opened; read it as an article instead.")
    known = {_plain(each) for each in (*now.machine.edits, *now.edits, *now.undone, *now.dismissed)}
    known |= {_plain(lost.edit) for lost in now.lost}
    work.bring(each for each in back.sent.edits if _plain(each) not in known)
    if not back.changed:
        comment(back)
        return None
    now = work.current() or now
    return replace(now.notes.article, text=back.text, sha256="")


def comment(back: Returned) -> None:
    """Make the new comments of a brief notes on the open article, and list those that are on no part of
    it. Such as came before are left out."""
    now = work.current()
    if now is None:
        return
    known = {_plain(each) for each in (*now.machine.edits, *now.edits, *(lost.edit for lost in now.lost))}
    known |= {_plain(each) for each in now.dismissed}
    new = [each for each in back.comments if _plain(each) not in known]
    made = work.bring(new)
    elsewhere = [each for each in back.unfit if not each.edit.at and _plain(each.edit) not in known]
    if now := work.current():
        work.lose(elsewhere, now.notes.article.text, now.version)
    if (now := work.current()) and not now.problem:
        work.say(told=_told(back, made))


def _told(back: Returned, comments: int) -> str:
    """What came back, in a sentence or two."""
    what = ["a changed text"] if back.changed else []
    what += [count(comments, "comment", "comments")] if comments else []
    if not what:
        return "The brief came back as it was sent."
    stands = " Comments stand as notes under Review." if comments else ""
    return f"The brief came back with {' and '.join(what)}.{stands}"


def _plain(edit: Edit) -> Edit:
    """A decision without its step, which tells nothing of what was decided."""
    return replace(edit, step=0)
