"""The browser's half of the desk's components: files in ``browser``, which the page fetches once and keeps.

Given to Streamlit as strings, a component's code would travel with each run of the page. Streamlit serves
files instead where a component's folder is declared. It looks for the declaration beside installed packages
that are called as their project is, which this one is not; so it is made here, and a checkout, an installed
package and a test are served alike. The files are modules of the browser: they import each other by their
relative addresses, and need no build.
"""

from __future__ import annotations

import functools
import logging
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import toolkit

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

FOLDER = Path(__file__).parent / "browser"
_PROJECT = "newsdesk"  # the beginning of the components' names, which stand in the addresses of their files
_DECLARING = threading.Lock()
_UNFIT = (
    "The installed Streamlit {} can’t serve the desk’s files, and the reason is in the log; "
    "install the one that is locked: pip install -r requirements.lock"
)

log = logging.getLogger(__name__)


def problem() -> str:
    """Why the Streamlit that is installed can't show the desk, "" where it can. What it is asked for here is
    not among what it documents, so another version may have it no more."""
    import streamlit as st

    try:
        _declare("keyboard")
    except (ImportError, AttributeError, TypeError):
        log.exception("Streamlit %s takes no declaration of a component's folder", st.__version__)
        return _UNFIT.format(st.__version__)
    return ""


def mount(name: str, **options: Any) -> Any:
    """Mounts the component whose code is ``browser/NAME.js``, with ``browser/NAME.css`` if there is one.

    ``options`` are those of a component of ``st.components.v2``: its key, its data, what is called.
    """
    _declare(name)
    return _component(name)(**options)


def _declare(name: str) -> None:
    """Tells the Streamlit that is running now where the component's files are; each test runs its own."""
    from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
    from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

    manager = get_bidi_component_manager()
    with _DECLARING:
        if manager.get_component_asset_root(f"{_PROJECT}.{name}") is None:
            one = ComponentConfig(name, FOLDER.name)
            manager.register_from_manifest(
                ComponentManifest(_PROJECT, toolkit.__version__, [one]), FOLDER.parent
            )


@functools.cache
def _component(name: str) -> ComponentRenderer:
    import streamlit as st

    css = f"{name}.css" if (FOLDER / f"{name}.css").is_file() else None
    # Not isolated: a selection inside a shadow root can't be read in every browser, and lists and fields must
    # see what holds the focus.
    return st.components.v2.component(f"{_PROJECT}.{name}", js=f"{name}.js", css=css, isolate_styles=False)
