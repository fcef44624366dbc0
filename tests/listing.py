"""A stand-in for the component of lists: keeps what was shown, and presses rows as a browser would."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from toolkit.ui import rows


class Lists:
    """The lists of a page's last run, by key; ``press`` is delivered in the next run."""

    def __init__(self) -> None:
        self.shown: dict[str, dict[str, Any]] = {}
        self.waiting: dict[str, dict[str, Any]] = {}
        self.sent = 0

    def __call__(self, *, key: str, data: dict[str, Any], on_press_change: Callable[[], None]) -> None:
        self.shown[key] = data
        if press := self.waiting.pop(key, None):
            st.session_state[key] = {"press": press}
            on_press_change()

    def press(self, key: str, id: str, action: str = "") -> None:
        self.sent += 1
        self.waiting[key] = {"number": self.sent, "id": id, "action": action}

    def ids(self, key: str) -> list[str]:
        return [row[0] for group in self.shown[key]["groups"] for row in group[2]]

    def titles(self, key: str) -> list[str]:
        return [row[2] for group in self.shown[key]["groups"] for row in group[2]]


def stand_in(monkeypatch: Any) -> Lists:
    """Puts a stand-in in the place of the component."""
    lists = Lists()
    monkeypatch.setattr(rows, "_mount", lists)
    return lists
