"""Opening an article: by upload, by paste, or one of the samples.

What was opened is read at once and waits for its analysis, so that the text is on the page first.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import streamlit as st

from toolkit.errors import ToolkitError, UnreadableArticle
from toolkit.model import Article
from toolkit.read import READERS, SUPPORTED, read
from toolkit.read.slug import slugify
from toolkit.read.text import headline_of
from toolkit.returning import Returned
from toolkit.ui import coming_back, front, held, saving, tab, work
from toolkit.ui.whole import whole

log = logging.getLogger(__name__)

_READING, _BEGUN = "nd-reading", "nd-begun"
_MENU, _UPLOAD, _PASTE, _UPDATE = "nd-menu", "nd-upload", "nd-paste", "nd-update"
_FIRST = "jaffar-express.txt"
_WEB_ADDRESS = re.compile(r"\s*https?://\S+\s*\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """An article that waits for its analysis. ``replaces`` is the key of the article that it is another
    language or version of, None for one of its own. ``failed`` is why it could not be analysed. ``back`` is
    the Word brief that it comes from."""

    article: Article
    replaces: int | str | None = None
    failed: str = ""
    back: Returned | None = None


def begin(samples: Path) -> None:
    """What this tab works on at first: what its address names, else what was worked on last, where nobody
    else works, else a sample. Later: what the address names, if that is another."""
    is_first = not st.session_state.get(_BEGUN)
    st.session_state[_BEGUN] = True
    problem = saving.recall() if is_first else ""
    waiting, before = reading(), work.current()
    if waiting is None or waiting.failed:
        problem = " ".join(filter(None, (problem, work.open_addressed())))
        if work.current() is not before:
            forget()
    if problem:
        held.refuse(problem)
    held.address()
    if not is_first or work.current() or reading():
        return
    shelf = tab.library()
    try:
        newest = shelf.entries(limit=1) if shelf and not tab.is_shared() else ()
    except ToolkitError as error:
        log.warning("%s", error)
        newest = ()
    if newest and not work.open_kept(newest[0].id):
        return
    files = _samples(samples)
    if files:
        open_article(_reader(next((file for file in files if file.name == _FIRST), files[0])))


def reading() -> Reading | None:
    """The article that waits for its analysis."""
    found: Reading | None = st.session_state.get(_READING)
    return found


def done(failed: str = "") -> None:
    """The analysis is made, or failed for a reason."""
    now = reading()
    st.session_state[_READING] = replace(now, failed=failed) if now and failed else None


def forget() -> None:
    """Another article was opened: what failed or was refused is shown no more. One that waits is finished."""
    held.refuse("")
    now = reading()
    if now and now.failed:
        done()


def give_up(id: int) -> None:
    """The article was deleted: what was to replace it is read no more."""
    now = reading()
    if now and now.replaces == id:
        done()


def read_again(language: str) -> None:
    """Read the open article as one in another language."""
    now, waiting = work.current(), reading()
    if waiting:
        st.session_state[_READING] = replace(
            waiting, article=replace(waiting.article, language=language), failed=""
        )
    elif now:
        article = replace(now.machine.article, language=language)
        st.session_state[_READING] = Reading(article, replaces=now.key)


def problem() -> str:
    """Why the last thing that was opened can't be shown, "" if it is."""
    return held.refused()


def menu(samples: Path) -> None:
    """The button that opens the three ways in."""
    with st.popover("Open", key=_MENU, on_change="rerun", type="tertiary"):
        st.file_uploader(f"A file ({SUPPORTED})", key=_UPLOAD, on_change=whole(_uploaded))
        st.text_area("Or a text", key=_PASTE, height=160, placeholder="Paste the article here")
        if work.current():
            st.checkbox("This is an update of the open article", key=_UPDATE)
        st.button("Read this text", on_click=whole(_pasted))
        if files := _samples(samples):
            st.html(front.label("Or a sample"))
            with st.container(horizontal=True, gap="small", key="nd-samples"):
                for file in files:
                    st.button(
                        _label(file),
                        key=f"nd-sample-{file.name}",
                        on_click=whole(open_article),
                        args=(_reader(file),),
                    )


def open_article(reader: Callable[[], Article], *, replaces: bool = False) -> None:
    """Read an article and have it analysed. ``replaces``: as the new version of the open one."""

    def opened() -> None:
        article = reader()
        if not any(unicodedata.category(each)[0] in "LNPS" for each in article.text):
            raise UnreadableArticle("The text holds no words; paste an article.")
        now = work.current()
        is_other = now is not None and now.notes.article.sha256 != article.sha256
        st.session_state[_READING] = Reading(article, now.key if now and replaces and is_other else None)

    _shown(opened)


def _shown(opened: Callable[[], None]) -> None:
    """Open something, or say why that can't be; then the menu closes."""
    try:
        opened()
    except ToolkitError as error:
        held.refuse(str(error))
    except Exception:
        log.exception("an article can't be opened")
        held.refuse("This can't be opened, and the reason is in the log; try it as .docx or .txt.")
    else:
        held.refuse("")
        st.session_state[_UPDATE] = False  # the next one is another story, unless told again
        tab.turn_to("desk")
    st.session_state[_MENU] = False


def _samples(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(file for file in folder.iterdir() if file.suffix.lower() in READERS and file.is_file())


def _label(file: Path) -> str:
    # A label is Markdown: only letters, digits and blanks are sure to mean themselves.
    return re.sub(r"[\W_]+", " ", file.stem).strip().capitalize()


def _reader(file: Path) -> Callable[[], Article]:
    return lambda: read(file)


def _uploaded() -> None:
    if (upload := st.session_state[_UPLOAD]) is None:
        return
    data, name = upload.getvalue(), upload.name
    if coming_back.is_brief(data, name):
        _shown(lambda: _returned(data, name))
    else:
        open_article(lambda: read(data, name=name), replaces=_is_update())


def _returned(data: bytes, name: str) -> None:
    """Open what came back in a Word brief; where its text was changed, have it read again."""
    back = coming_back.came_back(data, name)
    st.session_state[_READING] = None
    changed = coming_back.restore(back)
    now = work.current()
    if changed and now:
        st.session_state[_READING] = Reading(changed, now.key, back=back)


def _pasted() -> None:
    text = st.session_state[_PASTE]
    open_article(lambda: pasted(text), replaces=_is_update())


def pasted(text: str) -> Article:
    """A text as the article in a .txt file would be read. Raises ``ToolkitError``."""
    # A last newline keeps the words from being taken for the name of a file on this machine;
    # a bare web address goes without, to be told what to do.
    article = read(text if _WEB_ADDRESS.match(text) else f"{text}\n", name="")
    headline = article.headline or headline_of(article.text)
    return replace(article, headline=headline, slug=article.slug or slugify(headline))


def _is_update() -> bool:
    return bool(st.session_state.get(_UPDATE))
