"""The page's own keys, outside of the text: ``keyboard.js`` listens, and sends nothing to Python."""

from __future__ import annotations

import functools
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer


def keyboard() -> None:
    """Mounts what listens."""
    _component()(key="nd-keyboard")


@functools.cache
def _component() -> ComponentRenderer:
    import streamlit as st

    js = (resources.files(__package__) / "keyboard.js").read_text("utf-8")
    return st.components.v2.component("newsdesk_keyboard", js=js, isolate_styles=False)
