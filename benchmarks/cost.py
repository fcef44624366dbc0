"""What the toolkit costs, as ratios taken in one run: against a bare spaCy pass and a bare import."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import spacy

from toolkit import Article, annotate, languages


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


def help_against_import(rounds: int) -> float:
    """Time of ``newsdesk --help`` over that of ``import spacy``, whole processes in turn."""
    ratios = []
    for _ in range(rounds + 1):
        ours = _timed(lambda: _run("-m", "toolkit.cli", "--help"))
        theirs = _timed(lambda: _run("-c", "import spacy"))
        ratios.append(ours / theirs)
    return statistics.median(ratios[1:])


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)


def _timed(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    start = clock()
    work()
    return clock() - start
