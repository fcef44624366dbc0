"""Article in, annotations out: the only bridge between spaCy's documents and the model.

spaCy is imported when the first article is annotated, not before.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, TypeAlias

from toolkit.errors import ToolkitError, UnknownChoice
from toolkit.model import (
    Annotations,
    Article,
    Budget,
    BudgetUnit,
    Engine,
    Entity,
    Figure,
    Quote,
    Span,
    Summary,
)
from toolkit.read import read

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

    from spacy.tokens import Doc

# The models were trained on straight apostrophes and plain blanks: they take "n’" for a name and
# "Mme Sundaram" with a no-break space for one word. One character for one, so that offsets hold.
AS_TRAINED = str.maketrans({"’": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " "})

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")

Source: TypeAlias = "str | Path | Article"

_ENDS = ".!?…:;。！？।؟۔"

log = logging.getLogger(__name__)


def annotate(article: Article, *, budget: Budget | None = None, method: str | None = None) -> Annotations:
    """Finds entities, figures, quotes and speakers, and summarises.

    The language is the article's; one without a pipeline is read by its marks alone.
    Raises ``MissingModel``, or ``UnknownChoice`` for a summary method that does not exist.
    """
    from toolkit.pipeline import analyse
    from toolkit.summary import DEFAULT, check

    budget, method = budget or Budget(), method or DEFAULT
    check(method, budget)  # before the work, not after it
    doc = analyse(article.language, article.text.translate(AS_TRAINED), article.published)
    return _notes(article, doc, budget, method)


def summarize(
    notes: Annotations,
    *,
    words: int | None = None,
    sentences: int | None = None,
    percent: int | None = None,
    line: int | None = None,
    method: str | None = None,
) -> Annotations:
    """The same annotations with another summary; nothing is analysed again.

    Its length is one of ``words``, ``sentences``, ``percent`` of the article's words, or a ``line`` of
    so many words; without any, it is as long as before. What an editor pinned and dropped stays so.
    Raises ``UnknownChoice``.
    """
    asked: dict[BudgetUnit, int | None]
    asked = {"words": words, "sentences": sentences, "percent": percent, "line": line}
    given = [Budget(unit, amount) for unit, amount in asked.items() if amount is not None]
    if len(given) > 1:
        raise UnknownChoice(
            "A summary is measured in one way; give one of words, sentences, percent and line."
        )
    old = notes.summary or Summary("", (), Budget())
    budget = given[0] if given else old.budget
    method = method or old.method
    marks = notes.entities, notes.quotes, notes.figures
    summary = _summary(notes.article, notes.sentences, marks, budget, method, old)
    return replace(notes, summary=summary)


def annotate_many(
    sources: Iterable[Source],
    *,
    processes: int | None = None,
    budget: Budget | None = None,
    method: str | None = None,
    on_error: Callable[[Source, ToolkitError], None] | None = None,
) -> Iterator[Annotations]:
    """Reads and annotates many articles, in order, on ``processes`` cores (all of them by default).

    An article that can't be read or annotated goes to ``on_error`` (the log, by default)
    and the rest goes on. Results stream: at most a few articles a process are in memory.
    """
    report = on_error or _log_error
    count = processes or _cores()
    listed = iter(sources)
    if count <= 1:
        for source in listed:
            result = _one(source, budget or Budget(), method)
            if isinstance(result, ToolkitError):
                report(source, result)
            else:
                yield result
        return
    yield from _parallel(listed, count, budget or Budget(), method, report)


def _parallel(
    sources: Iterator[Source],
    count: int,
    budget: Budget,
    method: str | None,
    report: Callable[[Source, ToolkitError], None],
) -> Iterator[Annotations]:
    """Results in order. A process that is killed (for want of memory, mostly) takes its whole pool along
    and nobody tells which article it was at: those that were lost are read again, each alone, until
    the one is found that kills its process alone too. That one is reported, and the rest goes on."""
    from collections import deque
    from concurrent.futures import Future
    from concurrent.futures.process import BrokenProcessPool
    from itertools import islice

    waiting: deque[tuple[Source, Future[Annotations | ToolkitError]]] = deque()
    pool = _pool(count)

    def sent(source: Source) -> Future[Annotations | ToolkitError]:
        try:
            with _apart_from_main():  # the pool starts its processes as work comes in
                return pool.submit(_one, source, budget, method)
        except BrokenProcessPool as error:
            lost: Future[Annotations | ToolkitError] = Future()
            lost.set_exception(error)
            return lost

    def is_lost(future: Future[Annotations | ToolkitError]) -> bool:
        return future.done() and isinstance(future.exception(), BrokenProcessPool)

    try:
        waiting.extend((source, sent(source)) for source in islice(sources, 4 * count))
        whole = True  # not while the lost are read one by one
        while waiting:
            source, future = waiting.popleft()
            result: Annotations | ToolkitError | None
            try:
                result = future.result()
            except BrokenProcessPool:
                if whole:
                    pool.shutdown()  # every other lost future knows it then
                    pool = _pool(1)
                try:
                    result = sent(source).result()
                except BrokenProcessPool:
                    result = None
                whole = result is None or not any(is_lost(other) for _, other in waiting)
                if whole:
                    pool.shutdown()
                    pool = _pool(count)
                    again = [(s, sent(s) if is_lost(other) else other) for s, other in waiting]
                    waiting = deque(again)
            if whole:
                waiting.extend((s, sent(s)) for s in islice(sources, 4 * count - len(waiting)))
            match result:
                case None:
                    report(source, _killed(source))
                case ToolkitError():
                    report(source, result)
                case _:
                    yield result
    finally:
        pool.shutdown(cancel_futures=True)


def _pool(count: int) -> ProcessPoolExecutor:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # "spawn": a forked child would inherit locks of threads that it does not have.
    return ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_begin)


def _killed(source: Source) -> ToolkitError:
    return ToolkitError(
        f"{_named(source)}: the process that annotated it was killed, most likely for want of memory; "
        "close other programs, or split the article."
    )


@contextmanager
def _apart_from_main() -> Iterator[None]:
    """Processes started here import nothing of the caller's script: it needs no ``__name__`` guard,
    and may come from standard input. A process a core is enough: NumPy's own threads, which wait
    for work by spinning, would take a sixth of the cores from each other."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    unset = [name for name in _THREADS if name not in os.environ]
    os.environ.update(dict.fromkeys(unset, "1"))
    try:
        yield
    finally:
        sys.modules["__main__"] = main
        for name in unset:
            del os.environ[name]


def _begin() -> None:
    """How a process of the pool begins. An interrupt is for the parent, which then lets no further
    article begin; and where the parent is killed, its processes, with a model each, don't stay behind."""
    from multiprocessing import parent_process
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()

    def follow() -> None:
        if parent:
            parent.join()
            os._exit(1)

    Thread(target=follow, daemon=True).start()


def _one(source: Source, budget: Budget, method: str | None) -> Annotations | ToolkitError:
    try:
        article = source if isinstance(source, Article) else read(source)
        return annotate(article, budget=budget, method=method)
    except ToolkitError as error:
        return error
    except MemoryError:
        return ToolkitError(
            f"{_named(source)}: there is not enough memory to annotate it; close other programs, or split "
            "the article."
        )
    except Exception as error:  # one article never breaks a run, whatever is wrong with it or with us
        log.debug("annotating failed", exc_info=True)
        return ToolkitError(
            f"{_named(source)}: annotating it failed ({type(error).__name__}: {error}); "
            "this is a fault of the toolkit, please report it with the article."
        )


def _named(source: Source) -> str:
    return source.source or source.slug or "a text" if isinstance(source, Article) else str(source)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _log_error(source: Source, error: ToolkitError) -> None:
    log.error("%s", error)


def _notes(article: Article, doc: Doc, budget: Budget, method: str | None) -> Annotations:
    from importlib.metadata import version

    from toolkit import __version__
    from toolkit.pipeline import model_of

    sentences = _sentences(doc)
    marks = doc._.entities, doc._.quotes, doc._.figures
    return Annotations(
        article=article,
        engine=Engine(__version__, version("spacy"), model_of(article.language)),
        sentences=sentences,
        entities=doc._.entities,
        speakers=doc._.speakers,
        quotes=doc._.quotes,
        figures=doc._.figures,
        summary=_summary(article, sentences, marks, budget, method),
    )


def _summary(
    article: Article,
    sentences: tuple[Span, ...],
    marks: tuple[Sequence[Entity], Sequence[Quote], Sequence[Figure]],
    budget: Budget,
    method: str | None,
    old: Summary | None = None,
) -> Summary:
    from toolkit.marked import Marked
    from toolkit.summary import DEFAULT, summarise

    return summarise(
        article.text,
        sentences,
        budget=budget,
        method=method or DEFAULT,
        language=article.language,
        pinned=old.pinned if old else (),
        dropped=old.dropped if old else (),
        marked=Marked(*marks),
    )


def _sentences(doc: Doc) -> tuple[Span, ...]:
    """Sentences without the blanks around them; they never run over a paragraph's end.

    The parser also breaks at brackets and dots inside quotations: what ends without a stop,
    or goes on in small letters, is joined to what follows in its paragraph.
    """
    text = doc.text
    found: list[Span] = []
    for sentence in doc.sents:
        span = _trimmed(text, Span(sentence.start_char, sentence.end_char))
        if span is None:
            continue
        if found and "\n" not in text[found[-1].end : span.start] and _breaks_off(text, found[-1], span):
            span = Span(found.pop().start, span.end)
        found.append(span)
    return tuple(found)


def _breaks_off(text: str, left: Span, right: Span) -> bool:
    ended = text[max(left.start, left.end - 6) : left.end].rstrip("\"'”’»)]\u00a0 ")
    begins = text[right.start : right.end].lstrip("\"'“‘«([…. ")
    return not ended or ended[-1] not in _ENDS or begins[:1].islower() or not any(c.isalnum() for c in begins)


def _trimmed(text: str, span: Span) -> Span | None:
    words = text[slice(*span)]
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, span.start + len(words.rstrip())) if words.strip() else None
