"""What reaches the terminal: text made harmless, JSON, tables, talk and progress.

Data goes to standard output and talk to standard error. Article text is hostile: an
escape sequence in it could rewrite the editor's screen, a bidi override could turn a
name around. Both are shown as what they are (``\\x1b``, ``\\u202e``).
"""

from __future__ import annotations

import functools
import io
import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

# DEL and C1 controls; the separators that some programs take for line ends; bidi embeddings,
# overrides and isolates; halves of characters, as odd file names hold them.
_HARMFUL = "\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
_IN_TEXT = re.compile(f"[\x00-\x1f{_HARMFUL}]")
_IN_JSON = re.compile(f"[{_HARMFUL}]")  # JSON escapes C0 controls itself
_BREAKS = re.compile(r"[\t\r\n]+")
_WIDTH = 100  # columns of a table that goes into a file or a pipe


def shown(text: str) -> str:
    """Text for one line of a terminal: breaks and tabs become blanks, the harmful is escaped."""
    return _IN_TEXT.sub(lambda match: _escape(ord(match[0])), _BREAKS.sub(" ", text))


def _escape(code: int) -> str:
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def harmless_json(text: str) -> str:
    """JSON with what a terminal would obey written as ``\\uXXXX``: the same data."""
    return _IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def put(line: str) -> None:
    """Print a line of data."""
    sys.stdout.write(line + "\n")


def put_json(record: Any) -> None:
    """Print a record as a line of JSON Lines."""
    put(harmless_json(json.dumps(record, ensure_ascii=False)))


def put_table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table of plain text; its last column takes the room that is left."""
    put(_table(titles, rows))


def say_table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Tell the user a table, on standard error."""
    _talk().print(_table(titles, rows), markup=False, highlight=False, soft_wrap=True)


def _table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    width = shutil.get_terminal_size((_WIDTH, 24)).columns
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for title in titles[:-1]:
        table.add_column(title, overflow="fold", max_width=max(8, width // 3))
    table.add_column(titles[-1], overflow="fold")
    for row in rows:
        table.add_row(*(Text(shown(cell)) for cell in row))
    page = io.StringIO()
    Console(file=page, width=width).print(table)
    return "\n".join(line.rstrip() for line in page.getvalue().splitlines())


def say(message: str) -> None:
    """Tell the user something, in one line on standard error."""
    _talk().print(shown(message), markup=False, highlight=False, soft_wrap=True)


@contextmanager
def progress(total: int) -> Iterator[Callable[[str], None]]:
    """A progress bar on standard error: call what it gives with the name of each file done.

    There is none for a single file, nor when nobody watches.
    """
    if total < 2 or not _talk().is_terminal:
        yield lambda name: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False),
    )
    # Data printed meanwhile goes above the bar where both share a screen, else untouched to its file.
    with Progress(*columns, console=_talk(), transient=True, redirect_stdout=sys.stdout.isatty()) as bar:
        task = bar.add_task("", total=total)
        yield lambda name: bar.update(task, advance=1, description=shown(name))


@functools.cache
def _talk() -> Console:
    # One console, so that a message while the bar is up goes above the bar.
    from rich.console import Console

    return Console(stderr=True)


def silence_stdout() -> None:
    """After a broken pipe: let the interpreter flush its last bytes into nothing."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
