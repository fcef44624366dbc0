"""The page's own keys, outside of the text: ``browser/keyboard.js`` listens, and sends nothing to Python."""

from __future__ import annotations

from toolkit.ui import served


def keyboard() -> None:
    """Mounts what listens."""
    served.mount("keyboard", key="nd-keyboard")
