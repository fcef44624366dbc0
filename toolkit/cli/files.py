"""From the FILE arguments to annotations, and from annotations to names of output files.

One bad file never stops a run: it is reported with its reason, and the rest goes on.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from toolkit.cli import terminal
from toolkit.cli.guard import complain
from toolkit.errors import ToolkitError, UnreadableArticle

if TYPE_CHECKING:
    from toolkit.model import Annotations, Article, Budget

STDIN = "-"

# What ``newsdesk --allow-network`` allows, for this run.
_allowed: set[str] = set()

Report: TypeAlias = Callable[[str, Exception], None]

# Every process loads spaCy and a model first. On two free cores they are even with one at about ten articles
# of 800 words, and take three quarters of its time at twenty.
_WORTH_SPREADING = 20
_LONGEST = 100  # bytes of a file name's stem; file systems stop at 255, with suffix and number
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}


def each(
    arguments: Sequence[str],
    show: Callable[[str, Annotations], None],
    *,
    language: str | None = None,
    budget: Budget | None = None,
    method: str | None = None,
    headed: bool = False,
    report: Report = complain,
    done: Callable[[str], bool] = lambda file: False,
) -> bool:
    """Reads and annotates all files, in order, and hands each with its name to ``show``.

    ``headed`` puts the name of each file above what is shown of it, if there are several; of which
    ``done`` is true is left out. Returns False when a file could not be done, which was then reported.
    """
    failed: list[str] = []

    def fail(file: str, error: Exception) -> None:
        failed.append(file)
        report(file, error)

    files = expand(arguments, fail)
    asked = len(files) + len(failed)  # a folder without articles counts as one
    with terminal.progress(len(files)) as tick:
        left = []
        for file in files:
            if done(file):
                tick(file)
            else:
                left.append(file)
        for number, (file, notes) in enumerate(_annotated(left, language, budget, method, fail)):
            try:
                if headed and len(files) > 1:
                    terminal.put(f"{'' if number == 0 else chr(10)}{terminal.shown(file)}")
                show(file, notes)
            except BrokenPipeError:
                raise
            except Exception as error:  # one article never breaks a run, whatever is wrong with it or with us
                fail(file, error)
            tick(file)
    if failed and asked > 1:
        terminal.say(f"newsdesk: {asked - len(failed)} of {asked} files done; not done: {', '.join(failed)}")
    return not failed


def expand(arguments: Iterable[str], report: Report) -> list[str]:
    """The files to read: a folder stands for the files in it that can be read, by name."""
    files: list[str] = []
    for argument in arguments:
        if argument == STDIN or not os.path.isdir(argument):
            files.append(argument)
            continue
        try:
            files += _inside(argument)
        except (ToolkitError, OSError) as error:
            report(argument, error)
    return files


def _inside(folder: str) -> list[str]:
    from toolkit.read import READERS, SUPPORTED

    found = sorted(
        str(path)
        for path in Path(folder).iterdir()
        if path.suffix.lower() in READERS and not path.name.startswith((".", "~$")) and path.is_file()
    )
    if not found:
        raise UnreadableArticle(f"{folder} holds no article; supported are {SUPPORTED}.")
    return found


def allow_network(wanted: bool) -> None:
    """Whether web addresses may be among the files from now on."""
    _allowed.clear()
    if wanted:
        _allowed.add("network")


def is_address(file: str) -> bool:
    """Whether an argument is a web address and may be one."""
    return bool(_allowed) and file.lower().startswith(("http://", "https://"))


def _read(file: str, language: str | None) -> Article:
    if is_address(file):
        from toolkit.fetching import fetch

        return fetch(file, language=language)
    import toolkit

    if file == STDIN:
        return toolkit.read(sys.stdin.buffer.read(), language=language)
    return toolkit.read(file if "://" in file else Path(file), language=language)


def _annotated(
    files: Sequence[str], language: str | None, budget: Budget | None, method: str | None, report: Report
) -> Iterator[tuple[str, Annotations]]:
    import toolkit

    waiting: list[tuple[str, Article]] = []

    def articles() -> Iterator[Article]:
        for file in files:
            try:
                article = _read(file, language)
            except Exception as error:
                report(file, error)
            else:
                waiting.append((file, article))
                yield article

    def name_of(article: object) -> str:
        # Two articles are equal only if text and source are, and then either name is right.
        place = next(i for i, (_, one) in enumerate(waiting) if one == article)
        return waiting.pop(place)[0]

    many = toolkit.annotate_many(
        articles(),
        processes=None if len(files) >= _WORTH_SPREADING else 1,
        budget=budget,
        method=method,
        on_error=lambda article, error: report(name_of(article), error),
    )
    for notes in many:
        yield name_of(notes.article), notes


def stem(file: str, slug: str) -> str:
    """What the briefs of an article are called, before their endings: after its slug, else its file."""
    return safe_stem(slug) or safe_stem("" if file == STDIN else Path(file).stem) or "article"


def safe_stem(text: str) -> str:
    """Text as a file name's stem on any system: letters, digits and ``-_.``; "" if none are left."""
    text = unicodedata.normalize("NFC", text)
    text = "".join(
        char if char.isalnum() or char in "-_." or unicodedata.combining(char) else " " for char in text
    )
    text = "-".join(text.split()).strip("-_.")
    text = text.encode("utf-8")[:_LONGEST].decode("utf-8", errors="ignore").rstrip("-_.")
    return f"{text}-article" if text.split(".")[0].casefold() in _RESERVED else text
