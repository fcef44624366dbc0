"""The page's own keys, outside of the text: ``browser/early.js`` and ``browser/keyboard.js`` listen, and send
nothing to Python."""

from __future__ import annotations

import functools

import streamlit as st

from toolkit.ui import served
from toolkit.ui.markup import Html


def keyboard() -> None:
    """Mounts what listens."""
    # Of the desk's own code alone; no word of an article is in it.
    st.html(_early(), unsafe_allow_javascript=True)
    served.mount("keyboard", key="nd-keyboard")


@functools.cache
def _early() -> Html:
    return Html(f"<script>{(served.FOLDER / 'early.js').read_text(encoding='utf-8')}</script>")
