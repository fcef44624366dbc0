"""What was reckoned of the open article, remembered until it changes: a look costs nothing twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from toolkit.model import Annotations

T = TypeVar("T")

_KNOWN = "nd-reckoned"


def once(name: str, notes: Annotations, reckon: Callable[[Annotations], T]) -> T:
    """What ``reckon`` makes of ``notes``; the same object for the same notes and name. Of one article at
    a time: with other notes all is forgotten."""
    known: tuple[Annotations, dict[str, Any]] | None = st.session_state.get(_KNOWN)
    if known is None or known[0] is not notes:
        known = st.session_state[_KNOWN] = (notes, {})
    if name not in known[1]:
        known[1][name] = reckon(notes)
    found: T = known[1][name]
    return found
