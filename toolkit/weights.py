"""The encoder's files: where they are, which bytes belong there, and the command that brings them back.

``tagger.json`` holds the checksums of the other two files, and one of its own: that of its text with
nothing in the place of that checksum. So no byte of the three can change unseen. Imports no library,
for ``newsdesk doctor`` looks at the files of a half-installed toolkit.
"""

from __future__ import annotations

import hashlib
import json
import shlex
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

from toolkit.errors import MissingModel

PROJECT = "newsdesk-toolkit"
WEIGHTS = Path(__file__).parent / "encoder" / "weights"
SETTINGS = "tagger.json"
OTHERS = ("model.onnx", "tokenizer.json")


def whole(folder: Path) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The settings, and the other files' bytes by their names.

    Raises ``MissingModel`` if a file is missing or is not the one that belongs there.
    """
    settings, files, wrong = _read(folder)
    if wrong:
        raise MissingModel(f"The encoder's file {wrong}; mend it with: {remedy()}")
    return settings, files


def fault(folder: Path) -> str:
    """What is wrong with the files, "" if nothing is: "model.onnx is missing"."""
    return _read(folder)[2]


def _read(folder: Path) -> tuple[dict[str, Any], dict[str, bytes], str]:
    try:
        told = (folder / SETTINGS).read_bytes()
        files = {name: (folder / name).read_bytes() for name in OTHERS}
    except FileNotFoundError as error:
        return {}, {}, f"{Path(error.filename).name} is missing"
    except OSError as error:
        return {}, {}, f"{Path(error.filename or folder).name} can't be read ({error.strerror})"
    try:
        settings = json.loads(told.decode("utf-8"))
        sums = {name: str(settings["sha256"][name]) for name in (SETTINGS, *OTHERS)}
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}, {}, f"{SETTINGS} is damaged"
    own = sums[SETTINGS].encode("utf-8", "replace")
    found = {SETTINGS: told.replace(own, b"") if own else told, **files}
    for name, data in found.items():
        if _sum(data) != sums[name]:
            return {}, {}, f"{name} is damaged"
    return settings, files, ""


def sealed(settings: dict[str, Any]) -> str:
    """The text of ``tagger.json`` for settings, with its own checksum in it."""
    checksum = ""
    for _ in range(2):  # first with none, which is what it is the checksum of
        sums = {**settings["sha256"], SETTINGS: checksum}
        text = json.dumps({**settings, "sha256": sums}, indent=1) + "\n"
        checksum = _sum(text.encode("ascii"))
    return text


def remedy() -> str:
    """The command that brings the weights back: from the checkout, or from where the toolkit was
    installed from."""
    root = Path(__file__).parents[1]
    if (root / ".git").exists():
        place = WEIGHTS.relative_to(root).as_posix()
        return f"git -C {shlex.quote(str(root))} checkout -- {place}"
    return f"{shlex.quote(sys.executable)} -m pip install --force-reinstall --no-deps {_source()}"


def _source() -> str:
    try:
        told = metadata.distribution(PROJECT).read_text("direct_url.json")
        return shlex.quote(json.loads(told)["url"]) if told else PROJECT
    except (metadata.PackageNotFoundError, ValueError, KeyError, TypeError):
        return PROJECT


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
