"""Damaged files, odd texts and hostile decisions through the toolkit: an answer or one sentence, soon.

Each input is made again from its format, the seed and its number. They are taken through in a process
of their own, which is killed and begun again where one takes too long or takes it down.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import logging
import multiprocessing
import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from benchmarks import fuzz_damage, fuzz_library
from benchmarks.fuzz_files import FILES
from toolkit import Annotations, Article, ToolkitError, annotate, read, summarize
from toolkit.errors import UnreadableArticle
from toolkit.export import EXPORTERS, render
from toolkit.read.draft import Draft, normalise
from toolkit.schema import from_json

FORMATS = (*FILES, "text", "library")  # a text that is pasted; decisions through the library
VERDICTS = (
    *("read", "refused", "traceback", "over time", "wrong offsets", "not kept", "unclear sentence", "died"),
)
_SLOW = 10.0  # seconds of processor time for one small input
_DEAD = 120.0  # seconds after which its process is killed
_SMALL = 3_000  # characters of a text that is annotated and exported too
_EVERY = 4  # one in so many of those
_IN_A_CHILD = 25  # one in so many is read in a child, as the toolkit does; the others here, for speed


def campaign(
    formats: Sequence[str], *, seconds: float, seed: int, keep: Path | None = None
) -> Mapping[str, Counter[str]]:
    """How often each verdict came out, by format, in so many seconds for each; what fails is told on
    standard error, and kept as files in ``keep``."""
    found: dict[str, Counter[str]] = {kind: Counter() for kind in formats}
    with _Workshop(seed) as workshop:
        for kind in formats:
            number, until = 0, time.monotonic() + seconds
            while time.monotonic() < until:
                verdict, told = workshop.verdict(kind, number)
                found[kind][verdict] += 1
                if verdict not in ("read", "refused"):
                    print(f"{kind} {number}: {verdict}\n{told}", file=sys.stderr, flush=True)
                    if keep is not None:
                        keep.mkdir(parents=True, exist_ok=True)
                        (keep / f"{seed}-{number}.{kind}").write_bytes(_bytes(made(kind, seed, number)))
                number += 1
    return found


def table(found: Mapping[str, Counter[str]]) -> Iterator[str]:
    yield f"{'format':<12}{'tried':>8}" + "".join(f"{verdict:>18}" for verdict in VERDICTS)
    for kind, counts in (*found.items(), ("all", sum(found.values(), Counter()))):
        yield f"{kind:<12}{counts.total():>8,}" + "".join(f"{counts[verdict]:>18,}" for verdict in VERDICTS)


def made(kind: str, seed: int, number: int) -> bytes | str:
    """The input of a format, a seed and a number."""
    digest = hashlib.sha256(f"{kind} {seed} {number}".encode()).digest()
    rng = random.Random(digest)
    if kind == "text":
        return fuzz_damage.text(rng)
    if kind == "library":
        return digest.hex()  # all that is done there follows from it
    data = FILES[kind]()
    other = FILES[rng.choice(tuple(FILES))]() if rng.random() < 0.2 else data
    return fuzz_damage.damaged(data, rng, other)


def verdict_of(source: bytes | str, kind: str, number: int) -> tuple[str, str]:
    """What became of an input, and what there is to tell of it."""
    began = time.process_time()
    try:
        if kind == "library":
            found, told = "read", fuzz_library.through(str(source))
        else:
            found, told = _through(source, kind, number)
    except fuzz_library.NotKept:
        return "not kept", traceback.format_exc()
    except ToolkitError as error:
        found, told = _sentence(str(error))
    except Exception:
        return "traceback", traceback.format_exc()
    took = time.process_time() - began
    return (found, told) if took < _SLOW else ("over time", f"{took:.1f} s: {told}")


def _through(source: bytes | str, kind: str, number: int) -> tuple[str, str]:
    name = "" if kind == "text" or number % 10 == 0 else f"story.{kind}"
    article = read(source, name=name, language="en" if number % 2 else None)
    if article.text != normalise(article.text) or not article.text.strip():
        return "wrong offsets", "the text is not normalised"
    if len(article.text) <= _SMALL and number % _EVERY == 0:
        notes = summarize(annotate(article), words=20 + number % 40)
        if problem := _wrong(notes):
            return "wrong offsets", problem
        for suffix in EXPORTERS:
            data = render(notes, suffix)
            if suffix.endswith(("json", "jsonld")):
                json.loads(data)
            if suffix == ".json" and from_json(data) != notes:
                return "wrong offsets", "the saved notes are others"
    return "read", f"{len(article.text):,} characters"


def _wrong(notes: Annotations) -> str:
    """What the records can't check when they are made: what is empty, overlaps, or is no sentence."""
    text = notes.article.text
    spans = [span for quote in notes.quotes for span in (*quote.content, *quote.cue, *quote.source)]
    spans += [mention.span for entity in notes.entities for mention in entity.mentions]
    spans += [*notes.sentences, *(figure.span for figure in notes.figures), *(s.name for s in notes.speakers)]
    blank = next((span for span in spans if not text[slice(*span)].strip()), None)
    if blank is not None:
        return f"{blank} is blank: {text[slice(*blank)]!r}"
    ends = [0, *(sentence.end for sentence in notes.sentences)]
    if any(sentence.start < end for sentence, end in zip(notes.sentences, ends, strict=False)):
        return "sentences overlap"
    if notes.summary and not set(notes.summary.sentences) <= set(notes.sentences):
        return "the summary has what is no sentence"
    return ""


def _sentence(message: str) -> tuple[str, str]:
    """One sentence or two that end with a full stop, and no long ones."""
    is_clear = message.endswith(".") and "\n" not in message and len(message) < 700
    return ("refused", message) if is_clear else ("unclear sentence", repr(message))


class _Workshop:
    """A process that takes inputs through, and is killed and begun again where one is too much for it."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def __enter__(self) -> _Workshop:
        spawn = multiprocessing.get_context("spawn")
        self.ours, theirs = spawn.Pipe()
        self.worker = spawn.Process(target=_work, args=(theirs, self.seed), daemon=True)
        self.worker.start()
        theirs.close()
        self.ours.recv()  # it is ready
        return self

    def __exit__(self, *_: object) -> None:
        self.worker.kill()
        self.worker.join()
        self.ours.close()

    def verdict(self, kind: str, number: int) -> tuple[str, str]:
        self.ours.send((kind, number))
        try:
            if self.ours.poll(_DEAD):
                answer: tuple[str, str] = self.ours.recv()
                return answer
            answer = "over time", f"killed after {_DEAD:.0f} s"
        except (EOFError, ConnectionError):
            answer = "died", "its process ended"
        self.__exit__()
        self.__enter__()
        return answer


def _work(results: Connection, seed: int) -> None:
    logging.disable(logging.CRITICAL)
    package: Any = sys.modules["toolkit.read"]
    apart = package.draft_apart
    verdict_of("He said “no” to Ana Ruiz on 12 March.", "text", 0)  # loads the models
    results.send("ready")
    while True:
        kind, number = results.recv()
        package.draft_apart = apart if number % _IN_A_CHILD == 1 else _here
        results.send(verdict_of(made(kind, seed, number), kind, number))


def _here(module: str, data: bytes, name: str) -> Draft:
    """What the child does, without one."""
    try:
        draft: Draft = importlib.import_module(module).draft(data, name)
    except (ToolkitError, MemoryError):
        raise
    except Exception as error:  # as the child tells it
        raise UnreadableArticle(f"{name} is damaged ({type(error).__name__}); paste its text.") from error
    return draft


def _bytes(source: bytes | str) -> bytes:
    return source if isinstance(source, bytes) else source.encode("utf-8", "surrogatepass")


# Texts that are long in an odd way: all of them are read, and those that may be are annotated too.
LONG: Mapping[str, tuple[str, int]] = {
    "no blank": ("x", 1_000_000),
    "quotation marks": ('"', 1_000_000),
    "opening marks": ("“", 1_000_000),
    "paragraphs of one word": ("Word.\n\n", 100_000),
    "bidi marks": ("\u202e\u2066", 500_000),
    "combining accents": ("\u0301", 1_000_000),
    "emoji": ("👩\u200d👩\u200d👧 ", 150_000),
    "sentences": ("“We will not wait,” said Ana Ruiz, 42, on 12 March. ", 19_000),
}


def long_texts(names: Sequence[str] = tuple(LONG), *, share: float = 0.02) -> Iterator[str]:
    """For each of the long texts, at a share of its length and at twice that: seconds, and their ratio."""
    _timed("He said “no” to Ana Ruiz on 12 March.")  # loads the models
    for name in names:
        unit, times = LONG[name]
        took = [_timed(unit * max(1, int(times * share * part))) for part in (1, 2)]
        (small, told), (large, _) = took
        ratio = f"{large / small:.1f} times for twice the length"
        yield f"{name:<24}{small:>8.2f} s {large:>8.2f} s   {ratio:<34}{told}"


def _timed(text: str) -> tuple[float, str]:
    began = time.process_time()
    try:
        notes = summarize(annotate(Article(read(text, language="en").text, language="en")), words=60)
        told = f"{len(notes.sentences):,} sentences, {len(notes.quotes):,} quotes"
    except ToolkitError as error:
        told = str(error)
    return time.process_time() - began, told
