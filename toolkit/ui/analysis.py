"""Annotations for the page: made once for each text, language and engine, one at a time.

What is known already is there at once, whoever else waits for an analysis.
"""

from __future__ import annotations

import functools
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

import streamlit as st

from toolkit.annotate import annotate
from toolkit.model import Annotations, Article

# Two tabs must not load a model twice, nor fight over the cores.
_ONE_AT_A_TIME = threading.Lock()
_WAITING = ThreadPoolExecutor(16, "analysis")  # one for each tab that waits


def begun(article: Article) -> Future[Annotations]:
    """What ``annotated`` gives, made beside the page, which answers its editor meanwhile."""
    return _WAITING.submit(annotated, article)


def annotated(article: Article) -> Annotations:
    """The article's annotations, at once if its text is known. Raises what ``toolkit.annotate`` raises."""
    # Dates are told from the day of publication.
    known = (article.sha256, article.language, article.published, _model_of(article.language))
    notes = _annotated(known, article)
    # The same text may have come before under another headline.
    return notes if notes.article == article else replace(notes, article=article)


@functools.cache
def _model_of(language: str) -> str:
    # Imported here: the page is painted before spaCy is loaded.
    from toolkit.pipeline import model_of

    with _ONE_AT_A_TIME:
        return model_of(language)


@st.cache_resource(show_spinner=False, max_entries=64)
def _annotated(known: tuple[str, ...], _article: Article) -> Annotations:
    # Streamlit has the same text wait for the one analysis of it.
    with _ONE_AT_A_TIME:
        return annotate(_article)
