"""What this tab knows beside its article: the library, the editor's name, and which page is shown."""

from __future__ import annotations

import logging
from typing import Literal, TypeAlias

import streamlit as st
from streamlit import context

from toolkit.errors import LibraryError
from toolkit.store import Library, default_path

View: TypeAlias = Literal["desk", "library", "brief"]

_log = logging.getLogger(__name__)

_PATIENCE = 2.0  # seconds that an act of the editor waits for another program; then it is tried again later
NOBODY = "editor"  # who gives no name

_UNKEPT, _SETTINGS = "nd-unkept", "nd-set"
_EDITOR, _ASKED = "editor", "asked for a name"  # names of settings
_LONGEST_NAME = 60


def library() -> Library | None:
    """The library, one for all tabs. None where it can't be opened; ``unkept`` tells why."""
    try:
        found = _opened(str(default_path()))
    except LibraryError as error:
        if str(error) != unkept():
            _log.warning("%s", error)
        st.session_state[_UNKEPT] = str(error)
        return None
    st.session_state.pop(_UNKEPT, None)
    return found


def opened() -> Library:
    """The library. Raises ``LibraryError`` where it can't be opened."""
    found = library()
    if found is None:
        raise LibraryError(unkept())
    return found


def unkept() -> str:
    """Why no library is open, in a sentence; "" where one is."""
    return str(st.session_state.get(_UNKEPT, ""))


def editor() -> str:
    """The editor's name, which stands in every decision: that of the page's address ("by"), so that several
    may share a desk, else the library's own."""
    return _one_line(st.query_params.get("by", "")) or _setting(_EDITOR) or NOBODY


def call_editor(name: str) -> None:
    """Set the editor's name; "" for none. The library remembers it, or where several share that, the page's
    address."""
    st.query_params.pop("by", None)
    if is_shared() and _one_line(name):
        st.query_params["by"] = _one_line(name)
    _set(_EDITOR, _one_line(name))


def named(key: str) -> None:
    """Set the editor's name to what was typed into the field of that key."""
    call_editor(st.session_state[key])


def asks_for_name() -> bool:
    """Whether the editor has no name yet and was not asked for it."""
    return editor() == NOBODY and not _setting(_ASKED)


def ask_no_more() -> None:
    """The editor wants no name."""
    _set(_ASKED, "yes")


def is_shared() -> bool:
    """Whether the page is seen from another machine: then others work with the same library, and a name that
    it remembers may be anybody's."""
    told = (context.ip_address, context.headers.get("X-Forwarded-For"))
    return any(isinstance(each, str) and each for each in told)  # in a test they are stand-ins


def _one_line(name: str) -> str:
    return " ".join(name.split())[:_LONGEST_NAME]


def _setting(name: str) -> str:
    """A setting of the library, read once for this tab; of this tab alone where the library is shared."""
    known: dict[str, str] = st.session_state.setdefault(_SETTINGS, {})
    if name not in known:
        try:
            shelf = None if is_shared() else library()
            known[name] = shelf.setting(name) if shelf else ""
        except LibraryError as error:
            _log.warning("%s", error)
            known[name] = ""
    return known[name]


def _set(name: str, value: str) -> None:
    st.session_state.setdefault(_SETTINGS, {})[name] = value
    try:
        if not is_shared() and (shelf := library()):
            shelf.set(name, value)
    except LibraryError as error:
        _log.warning("%s", error)  # it holds for this tab


def view() -> View:
    """Which page is shown."""
    match st.query_params.get("view"):
        case "library":
            return "library"
        case "brief":
            return "brief"
    return "desk"


def turn_to(view: View) -> None:
    """Show another page."""
    if view == "desk":
        st.query_params.pop("view", None)
    else:
        st.query_params["view"] = view


@st.cache_resource(show_spinner=False)
def _opened(path: str) -> Library:
    return Library(path, patience=_PATIENCE)
