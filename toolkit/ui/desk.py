"""The desk itself: what is where on the page, and in which order it appears.

The text is painted before it is analysed; quotes, names and summary take their places when
they are known. Everything that shows words of an article goes through ``st.html``.
"""

from __future__ import annotations

import functools
import logging
from dataclasses import replace
from importlib import resources
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import toolkit
from toolkit.brief import brief
from toolkit.errors import ToolkitError
from toolkit.export import render
from toolkit.model import Annotations, Article, Budget, BudgetUnit, Engine
from toolkit.read.slug import slugify
from toolkit.ui import front, opening, tongues
from toolkit.ui.analysis import annotated
from toolkit.ui.anchors import anchors
from toolkit.ui.margin import margin
from toolkit.ui.marked_text import marked_text
from toolkit.ui.markup import Html

log = logging.getLogger(__name__)

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# The summary's length in each unit: the least, the most, the usual, the step.
_UNITS: dict[BudgetUnit, tuple[int, int, int, int]] = {"words": (20, 300, 60, 10), "sentences": (1, 15, 3, 1)}
_SHOWN = "nd-shown"
_FAILED = "The analysis failed, and the reason is in the log; the text is shown without marks."


def show(samples: Path) -> None:
    """Draws the page. ``samples`` is a folder of articles to try; it may be missing."""
    st.set_page_config(page_title="Newsdesk", page_icon=_asset("icon.svg"), layout="wide")
    st.html(Html(f"<style>{_asset('desk.css')}</style>"))
    article = opening.article(samples)
    with st.container(key="nd-bar", horizontal=True, vertical_alignment="center"):
        st.html(front.wordmark(), width="content")
        opening.menu(samples)
        downloads = st.container(key="nd-downloads")
    if opening.problem():
        st.html(front.notice(opening.problem(), problem=True))
    if article is None:
        st.html(front.notice("Open an article: upload a file or paste a text."))
        return
    with st.container(key="nd-desk"):
        _read(article, downloads)


def _read(article: Article, downloads: DeltaGenerator) -> None:
    head, lede = st.container(key="nd-head"), st.container(key="nd-lede")
    text, beside = st.container(key="nd-text"), st.container(key="nd-margin")
    with lede:
        budget = _length()
        below, key = st.container(key="nd-summary"), st.container(key="nd-key")
        article = replace(article, language=_language(article))

    unmarked = Annotations(article, Engine(toolkit.__version__, "", ""))
    head.html(front.title(brief(unmarked), tongues.name(article.language)))
    if missing := tongues.missing(article.language):
        head.html(front.notice(missing))
    version = (article.sha256, article.language)
    if st.session_state.get(_SHOWN) != version:
        # Only for a new text: emptying a place and filling it again makes the page jump.
        places = (text, below, key, beside, downloads)
        text, below, key, beside, downloads = (place.empty() for place in places)
        text.html(_marked(unmarked))
        with beside, st.spinner("Finding names and quotes"):
            notes = _analysed(article)
    else:
        notes = _analysed(article)
    st.session_state[_SHOWN] = version
    if isinstance(notes, str):
        text.html(_marked(unmarked))
        beside.html(front.notice(notes, problem=True))
        return
    notes = _summarised(notes, budget)
    made = brief(notes)
    ties = anchors(notes, made)
    text.html(marked_text(made, ties))
    beside.html(margin(notes, made, ties))
    below.html(front.summary(made))
    key.html(front.key(made))
    with downloads.container(horizontal=True, horizontal_alignment="right"):
        _downloads(notes)


def _marked(notes: Annotations) -> Html:
    made = brief(notes)
    return marked_text(made, anchors(notes, made))


def _analysed(article: Article) -> Annotations | str:
    """The annotations, or a sentence on why there are none."""
    try:
        return annotated(article)
    except ToolkitError as error:
        return str(error)
    except Exception:
        log.exception("the analysis of %s failed", article.sha256)
        return _FAILED


def _summarised(notes: Annotations, budget: Budget) -> Annotations:
    if notes.summary and notes.summary.budget == budget:
        return notes
    if budget.unit == "words":
        return toolkit.summarize(notes, words=budget.amount)
    return toolkit.summarize(notes, sentences=budget.amount)


def _length() -> Budget:
    """The controls of the summary's length, under its heading."""
    st.html(front.heading("Summary"))
    with st.container(key="nd-length", horizontal=True):
        unit: BudgetUnit = st.segmented_control(
            "Length in",
            tuple(_UNITS),
            default="words",
            required=True,
            format_func=str.capitalize,
            label_visibility="collapsed",
            key="nd-unit",
        )
        least, most, usual, step = _UNITS[unit]
        limit = f"At most so many {unit}"
        amount = st.slider(limit, least, most, usual, step, label_visibility="collapsed", key=f"nd-{unit}")
    return Budget(unit, amount)


def _language(article: Article) -> str:
    """The code of the article's language, which the editor may set right."""
    found = tongues.name(article.language)
    automatic = f"{found} (automatic)" if article.language in tongues.names() else found
    chosen = st.selectbox(
        "Language",
        ["", *tongues.names()],
        format_func=lambda code: tongues.names().get(code, automatic),
        # Another article has another choice.
        key=f"nd-language-{article.sha256[:12]}",
    )
    return chosen or article.language


def _downloads(notes: Annotations) -> None:
    stem = slugify(notes.article.slug or notes.article.headline) or "brief"
    for label, suffix, mime in (("JSON", ".json", "application/json"), ("Download brief", ".docx", _WORD)):
        st.download_button(
            label,
            # Built on the click, of what is shown now.
            functools.partial(render, notes, suffix),
            f"{stem}{suffix}",
            mime,
            key=f"nd-download{suffix}",
            on_click="ignore",
            type="primary" if suffix == ".docx" else "tertiary",
        )


@functools.cache
def _asset(name: str) -> str:
    return (resources.files(__package__) / name).read_text(encoding="utf-8")
