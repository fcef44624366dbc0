"""A server for many editors at once: what an act costs them, whether they see each other's text, and memory.

The desk is served on loopback, with a library of its own. Each session opens another article, in which
one word occurs that no other has, and decides on its marks at an editor's pace.
"""

from __future__ import annotations

import contextlib
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks.lengths import story
from benchmarks.visitor import Visitor

ROOT = Path(__file__).parents[1]
WORDS = 600  # in an article
PAUSE = 1.0  # seconds between two acts of one editor


@dataclass(frozen=True, slots=True)
class Stay:
    """What one session saw: seconds to open its article and for each act, acts that were not kept, and
    how often it was sent another's word."""

    opened: float
    acts: tuple[float, ...]
    lost: int
    foreign: int


@dataclass(frozen=True, slots=True)
class Desk:
    """A server that runs: its address, and its process."""

    address: str
    process: int

    def memory(self) -> float:
        """Resident megabytes."""
        status = Path(f"/proc/{self.process}/status").read_text(encoding="ascii")
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        assert found
        return int(found[1]) / 1024


@contextlib.contextmanager
def desk(script: str = "streamlit_app.py") -> Iterator[Desk]:
    """The desk, or another page, served on a free port of loopback."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.headless=true"]
    with tempfile.TemporaryDirectory() as folder:
        where = {**os.environ, "NEWSDESK_LIBRARY": str(Path(folder, "library.sqlite"))}
        options = [f"--server.port={port}", "--server.address=127.0.0.1"]
        with subprocess.Popen(
            [*command, *options], cwd=ROOT, env=where, stdout=subprocess.DEVNULL
        ) as process:
            try:
                _wait(f"http://127.0.0.1:{port}/_stcore/health")
                yield Desk(f"127.0.0.1:{port}", process.pid)
            finally:
                process.terminate()


def _wait(url: str) -> None:
    for _ in range(300):
        with contextlib.suppress(URLError, OSError), urlopen(url, timeout=1):
            return
        time.sleep(0.2)
    raise OSError("The desk did not start in a minute; start it by hand to see why.")


def marker_word(number: int) -> str:
    """The word that only one article has."""
    return f"Zyx{'abcdefghij'[number // 10 % 10]}{'abcdefghij'[number % 10]}wort"


def article(number: int, words: int = WORDS) -> str:
    """An article of about so many words, with its own word in every story of it."""
    parts: list[str] = []
    while sum(len(part.split()) for part in parts) < words:
        parts.append(story(1_000 * number + len(parts)) + f"{marker_word(number)} is near the harbour.\n\n")
    return "".join(parts)


def stays(desk: Desk, sessions: int, acts: int, *, pause: float = PAUSE) -> list[Stay]:
    """So many sessions at once. All have opened their articles before the first decides on anything."""
    ready = threading.Barrier(sessions)
    with ThreadPoolExecutor(sessions) as pool:
        return list(pool.map(lambda n: _stay(desk, n, sessions, acts, pause, ready), range(sessions)))


def _stay(desk: Desk, number: int, sessions: int, acts: int, pause: float, ready: threading.Barrier) -> Stay:
    try:
        with Visitor(desk.address) as visitor:
            visitor.sent.clear()  # a new tab shows the article of the library that was worked on last
            opened = visitor.paste(article(number))
            ready.wait()
            time.sleep(pause * number / sessions)
            took, lost = [], 0
            for turn in range(acts):
                before = visitor.marker["revision"]
                marks = [mark for mark in visitor.marker["marks"] if mark[7] == "suggested"]
                if turn % 5 == 4 or not marks:
                    took.append(visitor.act("undo"))
                else:
                    took.append(visitor.act("confirm" if turn % 2 else "reject", marks[0][0]))
                lost += visitor.marker["revision"] == before
                time.sleep(pause)
            others = (marker_word(n).encode() for n in range(sessions) if n != number)
            foreign = sum(visitor.sent.count(word) for word in others)
            if marker_word(number) not in visitor.marker["text"]:
                foreign += 1
            return Stay(opened, tuple(took), lost, foreign)
    except BaseException:
        ready.abort()  # the others must not wait for it
        raise


def memory_over(
    desk: Desk, articles: int, *, at_once: int = 2, every: int = 20
) -> Iterator[tuple[int, float]]:
    """Megabytes of the server after so many articles: each in a session of its own, which opens it, decides
    on five marks and leaves."""
    yield 0, desk.memory()
    with ThreadPoolExecutor(at_once) as pool:
        for first in range(0, articles, every):
            numbers = range(first, min(first + every, articles))
            list(pool.map(lambda number: _visit(desk, number), numbers))
            yield numbers.stop, desk.memory()


def _visit(desk: Desk, number: int) -> None:
    with Visitor(desk.address) as visitor:
        visitor.paste(article(100 + number))
        for _ in range(5):
            marks = [mark for mark in visitor.marker["marks"] if mark[7] == "suggested"]
            visitor.act("confirm", marks[0][0])


def table(sessions: int, acts: int, pause: float) -> Iterator[str]:
    """A line for one session alone, and one for all of them, on one server."""
    yield "sessions | open, median s | act, median ms | 95th percentile | acts | not kept | foreign word | MB"
    with desk() as running:
        _visit(running, 0)  # loads the models
        for count in (1, sessions):
            found = stays(running, count, acts if count > 1 else acts * 2, pause=pause)
            took = sorted(seconds for stay in found for seconds in stay.acts)
            cells = (
                f"{count:>8}",
                f"{statistics.median(stay.opened for stay in found):>14.2f}",
                f"{1000 * statistics.median(took):>14.0f}",
                f"{1000 * took[int(0.95 * (len(took) - 1))]:>15.0f}",
                f"{len(took):>4}",
                f"{sum(stay.lost for stay in found):>8}",
                f"{sum(stay.foreign for stay in found):>12}",
                f"{running.memory():.0f}",
            )
            yield " | ".join(cells)


def memory_table(articles: int) -> Iterator[str]:
    """A line for each twenty articles."""
    with desk() as running:
        for count, megabytes in memory_over(running, articles):
            yield f"{count:>6} articles {megabytes:>7.0f} MB"
