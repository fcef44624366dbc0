"""What the toolkit costs, as ratios taken in one run: against a bare spaCy pass and a bare import."""

from __future__ import annotations

import itertools
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import spacy

from toolkit import Annotations, Article, Budget, Span, annotate, annotate_many, languages
from toolkit.export import render
from toolkit.marked import Marked
from toolkit.summary import DEFAULT, summarise


def annotate_against_spacy(gold: Path, *, articles: int, rounds: int) -> float:
    """Processor time of ``annotate`` over that of the language model alone, article by article in turn."""
    with gold.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for _, line in zip(range(articles), lines, strict=False)]
    language = languages.get("en")
    assert language is not None
    bare = spacy.load(languages.installed_model(language) or "")
    annotate(Article(texts[0], language="en"))
    ratios = []
    for _ in range(rounds):
        ours = theirs = 0.0
        for text in texts:
            ours += _timed(partial(annotate, Article(text, language="en")), time.process_time)
            theirs += _timed(partial(bare, text), time.process_time)
        ratios.append(ours / theirs)
    return statistics.median(ratios)


def throughput(gold: Path, *, articles: int) -> float:
    """Articles a second on two processes over that on one, start of the processes not counted."""
    with gold.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for _, line in zip(range(articles), lines, strict=False)]
    stories = [Article(text, language="en") for text in texts]
    rates = []
    for processes in (1, 2):
        # The first few articles load the models, in each process.
        stream = annotate_many(stories[: 4 * processes] + stories, processes=processes)
        for _ in range(4 * processes):
            next(stream)
        rates.append(len(stories) / _timed(lambda stream=stream: [*stream]))  # type: ignore[misc]
    return rates[1] / rates[0]


def memory_against_spacy(gold: Path, *, articles: int) -> float:
    """Peak of resident memory of a process that annotates over that of one that runs the language model."""
    peaks = [
        int(_run("-c", code, str(gold), str(articles)).split()[-1]) for code in (_ANNOTATES, _RUNS_THE_MODEL)
    ]
    return peaks[0] / peaks[1]


_TEXTS = """
import json, resource, sys
lines = open(sys.argv[1], encoding="utf-8").readlines()[: int(sys.argv[2])]
texts = [json.loads(line)["text"] for line in lines]
"""
_PEAK = "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
_ANNOTATES = f"""{_TEXTS}
from toolkit import Article, annotate
for text in texts: annotate(Article(text, language="en"))
{_PEAK}"""
_RUNS_THE_MODEL = f"""{_TEXTS}
import spacy
from toolkit import languages
nlp = spacy.load(languages.installed_model(languages.get("en")))
for text in texts: nlp(text)
{_PEAK}"""


def against_length(gold: Path, sizes: Sequence[int] = (1_000, 10_000, 100_000)) -> list[tuple[int, float]]:
    """Microseconds of processor time a word, for texts of so many words put together from articles."""
    found = []
    annotate(_long_article(gold, 100))  # loads the models
    for size in sizes:
        article = _long_article(gold, size)
        words = len(article.text.split())
        found.append((words, 1e6 * _timed(partial(annotate, article), time.process_time) / words))
    return found


def exports_against_annotate(
    gold: Path, suffixes: Sequence[str] = (".docx", ".html", ".md"), sizes: Sequence[int] = (1_000, 50_000)
) -> list[tuple[str, int, float, float]]:
    """For each format and size of article, in words: the processor time of its export over that of
    ``annotate`` on the same article, and milliseconds per thousand words."""
    for suffix in suffixes:
        render(annotate(_long_article(gold, 100)), suffix)  # loads the models and the exporters
    found = []
    for size in sizes:
        article = _long_article(gold, size)
        words = len(article.text.split())
        start = time.process_time()
        notes = annotate(article)
        ours = time.process_time() - start
        for suffix in suffixes:
            rounds = [_timed(partial(render, notes, suffix), time.process_time) for _ in range(3)]
            theirs = statistics.median(rounds)
            found.append((suffix, words, theirs / ours, 1e6 * theirs / words))
    return found


def _long_article(gold: Path, size: int) -> Article:
    """An article of so many words or a few more, put together from the paragraphs of others."""
    paragraphs = [
        part
        for line in gold.read_text(encoding="utf-8").splitlines()
        for part in json.loads(line)["text"].split("\n")
        if part.strip()
    ]
    chosen: list[str] = []
    words = 0
    for part in itertools.cycle(paragraphs):
        chosen.append(part)
        words += len(part.split())
        if words >= size:
            break
    return Article("\n\n".join(chosen), language="en")


def summaries_against_spacy(
    gold: Path, sizes: Sequence[int] = (100, 500, 2_000, 10_000)
) -> list[tuple[int, float]]:
    """Processor time of the default summary of so many sentences, put together from articles, over that of
    the language model on the same articles one by one (as one document they would not fit in memory)."""
    language = languages.get("en")
    assert language is not None
    bare = spacy.load(languages.installed_model(language) or "")
    texts = [json.loads(line)["text"] for line in gold.read_text(encoding="utf-8").splitlines()]
    text, model, budget = "", 0.0, Budget("words", 60)
    sentences: list[Span] = []
    marked = Marked()
    found = []
    stream = itertools.cycle(texts)
    summarise("One is none.", [Span(0, 12)], budget=budget, method=DEFAULT, language="en")  # loads the words
    for size in sizes:
        while len(sentences) < size:
            article = Article(next(stream), language="en")
            offset = len(text)
            notes = annotate(article)
            sentences += _moved(notes.sentences, offset)
            here = _marks(notes, offset)
            marked = Marked(
                [*marked.entities, *here.entities],
                [*marked.quotes, *here.quotes],
                [*marked.figures, *here.figures],
            )
            text += article.text + "\n\n"
            model += _timed(partial(bare, article.text), time.process_time)
        # The last article may bring a few sentences more; the share is told of what both have read.
        default = partial(summarise, budget=budget, method=DEFAULT, language="en", marked=marked)
        ours = _timed(partial(default, text, sentences), time.process_time)
        found.append((len(sentences), ours / model))
    return found


def _moved(spans: Iterable[Span], offset: int) -> tuple[Span, ...]:
    return tuple(Span(span.start + offset, span.end + offset) for span in spans)


def _marks(notes: Annotations, offset: int) -> Marked:
    """What is marked in an article, where the article stands in a longer text."""
    return Marked(
        [
            replace(e, mentions=tuple(replace(m, span=_moved([m.span], offset)[0]) for m in e.mentions))
            for e in notes.entities
        ],
        [
            replace(
                q,
                content=_moved(q.content, offset),
                cue=_moved(q.cue, offset),
                source=_moved(q.source, offset),
            )
            for q in notes.quotes
        ],
        [replace(f, span=_moved([f.span], offset)[0]) for f in notes.figures],
    )


def help_against_import(rounds: int) -> float:
    """Time of ``newsdesk --help`` over that of ``import spacy``, whole processes in turn."""
    ratios = []
    for _ in range(rounds + 1):
        ours = _timed(lambda: _run("-m", "toolkit.cli", "--help"))
        theirs = _timed(lambda: _run("-c", "import spacy"))
        ratios.append(ours / theirs)
    return statistics.median(ratios[1:])


def _run(*arguments: str) -> str:
    done = subprocess.run([sys.executable, *arguments], check=True, capture_output=True, text=True)
    return done.stdout


def _timed(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    start = clock()
    work()
    return clock() - start
