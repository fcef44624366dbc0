"""Given names that tell he or she for nearly all bearers: weak evidence, and no more than that."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib import resources


@functools.cache
def given_names() -> Mapping[str, str]:
    """ "m" or "f" by the name in small letters; the file tells its source."""
    lines = (resources.files("toolkit") / "given_names.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if not line.startswith("#"))
