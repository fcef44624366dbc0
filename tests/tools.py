"""Programs that a few tests need and that pip does not bring (LibreOffice, Poppler, a browser).

Without them such a test is skipped and says so; with ``NEWSDESK_REQUIRE_TOOLS=1``, which the
continuous checks set, it fails instead, so that nothing is skipped there by accident.
"""

from __future__ import annotations

import os
import shutil

import pytest


def need(program: str, *others: str) -> str:
    """The path of a program, or of the first found of its other names; else skip or fail."""
    for name in (program, *others):
        if path := shutil.which(name):
            return path
    reason = f"{' or '.join((program, *others))} is not installed"
    if os.environ.get("NEWSDESK_REQUIRE_TOOLS") == "1":
        pytest.fail(f"{reason}, and NEWSDESK_REQUIRE_TOOLS=1 asks for it")
    pytest.skip(reason)
