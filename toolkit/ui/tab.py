"""What this tab knows beside its article: the library, the editor's name, and which page is shown."""

from __future__ import annotations

import logging
from typing import Literal, TypeAlias

import streamlit as st

from toolkit.errors import LibraryError
from toolkit.store import Library, default_path

View: TypeAlias = Literal["desk", "library", "brief"]

_log = logging.getLogger(__name__)

NOBODY = "editor"  # who gives no name

_UNKEPT = "nd-unkept"
_LONGEST_NAME = 60


def library() -> Library | None:
    """The library, one for all tabs. None where it can't be opened; ``unkept`` tells why."""
    try:
        found = _opened(str(default_path()))
    except LibraryError as error:
        set_unkept(str(error))
        return None
    st.session_state.pop(_UNKEPT, None)
    return found


def unkept() -> str:
    """Why nothing is kept, in a sentence; "" where it is."""
    return str(st.session_state.get(_UNKEPT, ""))


def set_unkept(reason: str) -> None:
    """Remember why nothing is kept."""
    if reason != unkept():
        _log.warning("%s", reason)
    st.session_state[_UNKEPT] = reason


def editor() -> str:
    """The editor's name, which stands in every decision. It is kept in the page's address."""
    return " ".join(st.query_params.get("by", "").split())[:_LONGEST_NAME] or NOBODY


def call_editor(name: str) -> None:
    """Set the editor's name; "" for none."""
    name = " ".join(name.split())[:_LONGEST_NAME]
    if name:
        st.query_params["by"] = name
    else:
        st.query_params.pop("by", None)


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
    return Library(path)
