"""Opening an article: by upload, by paste, or one of the samples. The last one opened is shown."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from toolkit.errors import ToolkitError
from toolkit.model import Article
from toolkit.read import READERS, SUPPORTED, read
from toolkit.ui import front

log = logging.getLogger(__name__)

_ARTICLE, _PROBLEM, _MENU, _UPLOAD, _PASTE = "nd-article", "nd-problem", "nd-menu", "nd-upload", "nd-paste"
_FIRST = "jaffar-express.txt"
_WEB_ADDRESS = re.compile(r"\s*https?://\S+\s*\Z", re.IGNORECASE)


def article(samples: Path) -> Article | None:
    """The article to show: what was opened last, at first a sample; None when there is none."""
    if _ARTICLE not in st.session_state:
        files = _samples(samples)
        first = next((file for file in files if file.name == _FIRST), files[0] if files else None)
        st.session_state[_ARTICLE] = None
        if first:
            _open(lambda: read(first))
    found: Article | None = st.session_state[_ARTICLE]
    return found


def problem() -> str:
    """Why the last thing that was opened can't be shown, "" if it is."""
    return str(st.session_state.get(_PROBLEM, ""))


def menu(samples: Path) -> None:
    """The button that opens the three ways in."""
    with st.popover("Open", key=_MENU, on_change="rerun", type="secondary"):
        st.file_uploader(f"A file ({SUPPORTED})", key=_UPLOAD, on_change=_uploaded)
        st.text_area("Or a text", key=_PASTE, height=160, placeholder="Paste the article here")
        st.button("Read this text", on_click=_pasted)
        if files := _samples(samples):
            st.html(front.label("Or a sample"))
            with st.container(horizontal=True, gap="small", key="nd-samples"):
                for file in files:
                    st.button(
                        _label(file), key=f"nd-sample-{file.name}", on_click=_open, args=(_reader(file),)
                    )


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
    if (upload := st.session_state[_UPLOAD]) is not None:
        _open(lambda: read(upload.getvalue(), name=upload.name))


def _pasted() -> None:
    text = st.session_state[_PASTE]
    # A last newline keeps the words from being taken for the name of a file on this machine;
    # a bare web address goes without, to be told what to do.
    _open(lambda: read(text if _WEB_ADDRESS.match(text) else f"{text}\n", name=""))


def _open(reader: Callable[[], Article]) -> None:
    try:
        st.session_state[_ARTICLE] = reader()
    except ToolkitError as error:
        st.session_state[_PROBLEM] = str(error)
    except Exception:
        log.exception("an article can't be opened")
        st.session_state[_PROBLEM] = (
            "This can't be opened, and the reason is in the log; try it as .docx or .txt."
        )
    else:
        st.session_state[_PROBLEM] = ""
    st.session_state[_MENU] = False
