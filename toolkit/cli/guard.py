"""How every command ends: a clear exit code, and one sentence instead of a traceback.

0 when all was done, 1 when some was not, 2 when the command was written wrongly, 130 after
Ctrl-C, 141 when the reader of the output went away (``| head``), as after the signals that
stand behind these numbers.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup

from toolkit.cli import terminal
from toolkit.errors import ToolkitError

log = logging.getLogger(__name__)

# The error of every command that is written wrongly; typer gives no name to it.
_Misused: Any = typer.BadParameter.__base__


class Commands(TyperGroup):
    """The commands. What is wrong with an argument is told in its own words, made harmless: a shell puts
    the names of files there, which are other people's."""

    def make_context(self, *args: Any, **kwargs: Any) -> Any:
        with _harmless():
            return super().make_context(*args, **kwargs)

    def invoke(self, *args: Any, **kwargs: Any) -> Any:
        with _harmless():
            return super().invoke(*args, **kwargs)


@contextmanager
def _harmless() -> Iterator[None]:
    try:
        yield
    except _Misused as error:
        error.message = "\n".join(map(terminal.shown, error.message.split("\n")))
        raise


def guarded(function: Callable[..., bool | None]) -> Callable[..., None]:
    """A command that ends as this module says. The function returns False when some work was not done."""

    @functools.wraps(function)
    def command(*args: Any, **kwargs: Any) -> None:
        if code := _run(functools.partial(function, *args, **kwargs)):
            raise typer.Exit(code)

    return command


def _run(function: Callable[[], bool | None]) -> int:
    try:
        return 1 if function() is False else 0
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        terminal.silence_stdout()
        return 141
    except (typer.Exit, typer.BadParameter):
        raise
    except Exception as error:
        complain("", error)
        return 1


def complain(file: str, error: Exception) -> None:
    """One sentence on standard error that names the file; the traceback only with --debug."""
    terminal.say(f"newsdesk: {sentence(file, error)}")
    log.debug("the error above came from here", exc_info=error)


def sentence(file: str, error: Exception) -> str:
    """What went wrong with a file, in one sentence that names it."""
    match error:
        case ToolkitError():
            message = str(error)
        case MemoryError():
            message = "there is not enough memory for it; close other programs, or split it."
        case OSError(strerror=str(reason)):
            file = str(error.filename or file)
            message = f"{reason}."
        case _:
            message = (
                f"an error of the toolkit itself ({type(error).__name__}: {error}); "
                "run `newsdesk --debug` with the same command to see where, and report it."
            )
    if file == "-":
        file = "standard input"
    return f"{file}: {message}" if file and Path(file).name not in message else message
