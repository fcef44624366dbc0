"""The annotations as JSON, for other programs and to go on later: ``read_notes`` reads it back."""

from __future__ import annotations

from datetime import datetime

from toolkit.model import Annotations
from toolkit.schema import to_json


def render(notes: Annotations, made: datetime) -> bytes:
    """The bytes of a .json, in UTF-8; ``made`` leaves no trace, so equal annotations give equal files."""
    return to_json(notes).encode("utf-8")
