"""A reader in a process of its own, which can be killed and may use only so much memory.

For binary formats (PDF, Word, .msg…), whose parsers are large and whose files come from strangers, and for
large files of all formats: whatever a file does to its parser, the desk goes on. The child is a
plain new Python, so that it works the same on every system and under every server; it gets the file
on standard input and answers in JSON, never in pickle. It imports the one reader and none of the
language models.
"""

from __future__ import annotations

import dataclasses
import importlib
import json
import logging
import os
import subprocess
import sys
from typing import Any

from toolkit import errors
from toolkit.errors import ToolkitError, UnreadableArticle
from toolkit.read import limits
from toolkit.read.draft import Draft

_ADVICE = "open it in the program that made it, copy the article and paste it as text."


def draft_apart(module: str, data: bytes, name: str) -> Draft:
    """What ``module.draft(data, name)`` makes of a file, in a child process; what it logs is logged here.

    Raises what that raises, and ``UnreadableArticle`` if the child had to be killed or died.
    """
    header = json.dumps({"module": module, "name": name}).encode("ascii") + b"\n"
    # The child finds the toolkit where this process found it, also when it is not installed.
    path = os.pathsep.join(map(os.path.abspath, sys.path))
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", __name__],
            input=header + data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.MAX_WAIT,
            env={**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired:
        raise UnreadableArticle(
            f"{name} was not read after {limits.MAX_WAIT} seconds, which no article takes; {_ADVICE}"
        ) from None
    except OSError as error:
        raise UnreadableArticle(
            f"{name} can't be read, for no process can be started for it ({error.strerror}); "
            "close other programs and try again."
        ) from None
    return _answer(done.stdout, name)


def _answer(output: bytes, name: str) -> Draft:
    try:
        answer: dict[str, Any] = json.loads(output)
    except ValueError:
        # Killed by the system: out of memory or of time, or the parser itself broke down.
        raise UnreadableArticle(_much(name, "is damaged, or ")) from None
    for logger, level, message in answer["log"]:
        logging.getLogger(logger).log(level, "%s", message)
    if "error" in answer:
        kind: type[ToolkitError] = getattr(errors, answer["error"], UnreadableArticle)
        raise kind(answer["message"])
    return Draft(**answer["draft"])


def _much(name: str, what: str = "") -> str:
    most = f"{limits.MAX_MEMORY // 1_000_000:,} MB or {limits.MAX_SECONDS} seconds"
    return f"{name} {what}needs more than {most} to read; {_ADVICE}"


def _limit_this_process() -> None:
    try:
        import resource
    except ImportError:  # Windows has none; the time limit holds there too
        return
    for which, most in (
        ("RLIMIT_AS", limits.MAX_MEMORY),
        ("RLIMIT_CPU", limits.MAX_SECONDS),  # also when the parent is gone and can't kill it
        ("RLIMIT_CORE", 0),
        ("RLIMIT_FSIZE", 0),  # it has no file to write
    ):
        try:
            number = getattr(resource, which)
            hard = resource.getrlimit(number)[1]
            resource.setrlimit(number, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
        except (AttributeError, OSError, ValueError):
            continue  # not every system has, or keeps, each of them


class _Kept(logging.Handler):
    """The records of the toolkit's own modules, to hand over with the answer."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.records: list[tuple[str, int, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append((record.name, record.levelno, record.getMessage()))


def _main() -> None:
    _limit_this_process()
    kept, own = _Kept(), logging.getLogger("toolkit")
    own.addHandler(kept)
    own.setLevel(logging.INFO)
    own.propagate = False
    request = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    name = request["name"]
    answer: dict[str, Any] = {"log": kept.records}
    try:
        found: Draft = importlib.import_module(request["module"]).draft(data, name)
        limits.refuse_long(found.text, name)
        answer["draft"] = dataclasses.asdict(found)
    except ToolkitError as error:
        answer |= {"error": type(error).__name__, "message": str(error)}
    except MemoryError:
        answer = {"log": [], "error": "UnreadableArticle", "message": _much(name)}
    except Exception as error:  # a damaged file may fail anywhere in a library
        answer |= {
            "error": "UnreadableArticle",
            "message": f"{name} is damaged ({type(error).__name__}); {_ADVICE}",
        }
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    _main()
