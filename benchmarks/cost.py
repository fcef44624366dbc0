"""What the toolkit costs, as ratios taken in one run: against a bare spaCy pass and a bare import."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import spacy

from toolkit import Article, annotate, languages
from toolkit.pipeline import installed_model, pipeline


def annotate_against_spacy(gold: Path, *, articles: int, rounds: int) -> float:
    """Time of ``annotate`` over that of the language model alone, on the same texts in turn."""
    with gold.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for _, line in zip(range(articles), lines, strict=False)]
    language = languages.get("en")
    assert language is not None
    bare = spacy.load(installed_model(language) or "")
    pipeline("en")
    ratios = []
    for _ in range(rounds + 1):
        ours = _timed(lambda: [annotate(Article(t, language="en")) for t in texts])
        theirs = _timed(lambda: [bare(t) for t in texts])
        ratios.append(ours / theirs)
    return statistics.median(ratios[1:])


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


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
