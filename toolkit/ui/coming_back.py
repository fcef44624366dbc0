"""A Word brief that comes back to the desk: its decisions, what was written into its article, its comments.

Only a document that holds our annotations is taken for one; any other Word file is an article to read.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import replace

from toolkit import returning
from toolkit.decision import Edit
from toolkit.edits import Decided, merged, plain
from toolkit.errors import InvalidNotes, LibraryError, ToolkitError
from toolkit.model import Article
from toolkit.read.archive import DAMAGED
from toolkit.returning import Returned
from toolkit.ui import saving, tab, work
from toolkit.ui.work import Work
from toolkit.wording import count

_HEAD = 1000  # bytes at the beginning of a part, in which its root element tells whose it is
_OURS = b"urn:newsdesk:notes:"
_BEHIND = "Another window changed this article meanwhile; choose which holds, then open the brief again."
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # no Word document has others


def is_brief(data: bytes, name: str) -> bool:
    """Whether an upload is a Word document with annotations of ours inside."""
    if not name.lower().endswith(".docx"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for part in package.namelist():
                if not part.lower().startswith("customxml/item") or "props" in part.lower():
                    continue
                if package.getinfo(part).compress_type not in _PACKED:
                    continue
                with package.open(part) as opened:
                    if _OURS in opened.read(_HEAD):
                        return True
    except DAMAGED:
        pass  # the reader says what is wrong with it
    return False


def came_back(data: bytes, name: str) -> Returned:
    """What a brief holds. Raises ``ToolkitError``."""
    return returning.returned(data, name=name)


def restore(back: Returned) -> Article | None:
    """Open the article of a brief, of whichever version of its text it was made, with all that was decided in
    it: as the library has it, if it has it, with what it lacks. What was taken back or decided otherwise here
    since is listed. Where the text was changed in the document and has not come back before, the article to
    be read as its update; the comments wait for that (``comment``). Raises ``ToolkitError`` where that can't
    be."""
    now, version = _opened(back)
    changed = replace(now.notes.article, text=back.text, sha256="")
    seen = _known(now, changed) if back.changed else version
    # New here, or somebody went back to an older text.
    is_update = back.changed and seen <= version
    # Made before the machine reads the text, while the marks are there that they are about; what fits
    # nothing now may fit the text that comes.
    made, listed = _merge(
        back.sent.edits, _then(now, version, back.sent.article), version, lists=not is_update
    )
    if is_update:
        return changed
    brought = [count(made, "decision", "decisions")] if made else []
    if back.changed:
        brought.insert(0, f"the text of version {seen}, which is here already")
    _comment(back, _then(now, seen, back.notes.article), seen, brought, listed)
    return None


def comment(back: Returned) -> None:
    """Make the decisions of a brief whose text was changed that fit only now, and its new comments notes on
    the open article, and list what fits no part of it. Such as came before are left out. Where that can't be
    kept, the editor is told why."""
    try:
        if now := work.current():
            older = _known(now, back.sent.article)
            version = older or now.version
            made, listed = _merge(back.sent.edits, _then(now, version, back.sent.article), version)
            brought = ["a changed text", *([count(made, "decision", "decisions")] if made else [])]
            _comment(back, Decided(back.text), now.version, brought, listed, older=older)
    except ToolkitError as error:
        work.say(str(error))


def _comment(
    back: Returned, then: Decided, version: int, brought: list[str], listed: int = 0, older: int = 0
) -> None:
    comments, withdrawn = _merge(back.comments, then, version)
    now = _current()
    known = set(map(plain, work.kept_of(now).decided().told))
    elsewhere = [each for each in back.unfit if not each.edit.at and plain(each.edit) not in known]
    work.lose(elsewhere, now.notes.article.text, now.version)
    _kept()
    is_older = 0 < older < _current().version - 1
    work.say(told=_told(brought, comments, listed + withdrawn, older if is_older else 0))


def _opened(back: Returned) -> tuple[Work, int]:
    """The article of a brief, opened, and the version of its text that the brief was made of."""
    shelf, now = tab.library(), work.current()
    place = shelf.whose(back.sent.article, rather=now.id if now else 0) if shelf else None
    if place:
        if problem := work.open_kept(place[0]):
            raise LibraryError(problem)
    elif now is None or now.id or not any(_known(now, each.article) for each in (back.sent, back.notes)):
        work.open_notes(back.sent)
    now = _current()
    if now.is_stale:
        raise LibraryError(saving.CHOOSE)
    return now, place[1] if place else _known(now, back.sent.article)


def _merge(edits: Iterable[Edit], then: Decided, version: int, *, lists: bool = True) -> tuple[int, int]:
    """Make the edits that may be made and, if it ``lists`` them, list the others, whose places count in the
    text of ``then``, that of a version of the article. How many were made, and how many listed."""
    work.say()
    now = _current()
    fitting, unfit = merged(edits, then, work.kept_of(now).decided(), now.notes)
    made = work.bring(fitting, lists=lists)
    _kept()
    if lists:
        work.lose(unfit, then.text, version)
        _kept()
    return made, len(unfit)


def _kept() -> None:
    """Raises ``LibraryError`` where the last of a brief was not kept: what comes next would hide that."""
    now = _current()
    if now.is_stale or now.problem:
        raise LibraryError(_BEHIND if now.is_stale else now.problem)


def _known(now: Work, article: Article) -> int:
    """The version of the open article that has this text, 0 for none."""
    if not now.id:
        return now.version if now.notes.article.sha256 == article.sha256 else 0
    shelf = tab.library()
    place = shelf.whose(article, rather=now.id) if shelf else None
    return place[1] if place and place[0] == now.id else 0


def _then(now: Work, version: int, article: Article) -> Decided:
    """What this desk decided on the text that a brief was made of, if that is an older one."""
    shelf = tab.library()
    if shelf is None or not now.id or version == now.version:
        return Decided(article.text)
    return shelf.load(now.id, version=version).decided()


def _current() -> Work:
    now = work.current()
    if now is None:
        raise InvalidNotes("The brief's article can't be opened; read it as an article instead.")
    return now


def _told(brought: list[str], comments: int, listed: int, older: int) -> str:
    """What came back, in a sentence or a few. ``older`` is the version that a changed text was made of where
    there was a newer one, else 0."""
    what = [*brought, count(comments, "comment", "comments")] if comments else brought
    said = [f"The brief came back with {_listing(what)}." if what else "The brief came back as it was sent."]
    if older:
        said.append(f"It was made of version {older} of the text; newer ones are kept in the library.")
    if comments:
        said.append("Comments stand as notes under Review.")
    if listed:
        are = "is" if listed == 1 else "are"
        said.append(f"{count(listed, 'decision', 'decisions')} of it {are} not made but listed under Review.")
    return " ".join(said)


def _listing(what: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(what[:-1]), what[-1])))
