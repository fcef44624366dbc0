"""The desk itself: what is where on the page, and in which order it appears.

The text is painted before it is analysed; marks and all that stands beside it come when they are
known. What an editor does runs the desk alone and not the bar above it. Words of an article go
through ``st.html``, the marker, or what Streamlit shows as plain text; never into a label.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from concurrent.futures import wait
from importlib import resources
from pathlib import Path

import streamlit as st

import toolkit
from toolkit.brief import brief
from toolkit.errors import ToolkitError
from toolkit.model import Annotations, Engine
from toolkit.ui import (
    brief_page,
    coming_back,
    fields,
    front,
    held,
    library_page,
    opening,
    review_bar,
    review_list,
    reviewing,
    served,
    tab,
    tongues,
    work,
)
from toolkit.ui.analysis import begun
from toolkit.ui.keyboard import keyboard
from toolkit.ui.marker import marker
from toolkit.ui.markup import Html
from toolkit.ui.memory import once
from toolkit.ui.opening import Reading
from toolkit.ui.panels import cast, checks, facts, numbers, quotes, summary
from toolkit.ui.whole import unbroken, whole
from toolkit.ui.work import Work

log = logging.getLogger(__name__)

_ASKED = "nd-asked-for"  # the article that is being analysed, and what will come of it
_LOOK = 0.05  # seconds
_FAILED = "The analysis failed, and the reason is in the log; the text is shown without marks."


def show(samples: Path) -> None:
    """Draws the page. ``samples`` is a folder of articles to try; it may be missing."""
    st.set_page_config(page_title="Newsdesk", page_icon=_asset("icon.svg"), layout="wide")
    st.html(Html(f"<style>{_asset('desk.css')}\n{_asset('panels.css')}</style>"))
    if unfit := served.problem():
        st.html(front.notice(unfit, problem=True))
        return
    # Before all else: it must listen by the time that there is something to press a key for.
    keyboard()
    with unbroken():
        opening.begin(samples)
    _bar(samples)
    # A place of its own, so that what follows stays in its place.
    place = st.container(key="nd-refused")
    if opening.problem():
        place.html(front.notice(opening.problem(), problem=True))
    now, view = work.current(), tab.view()
    # The bar over the text tells it of the open article, which is drawn more often than this.
    if held.waiting() or (now and now.changes and view != "desk"):
        place.html(front.unsaved())
    if view == "library":
        library_page.show()
    elif view == "brief" and now and not opening.reading():
        brief_page.show(now)
    elif now or opening.reading():
        _desk()
    else:
        st.html(front.notice("Open an article: upload a file or paste a text."))


def _bar(samples: Path) -> None:
    with st.container(key="nd-bar", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(front.wordmark(), width="content")
        with st.container(key=f"nd-on-{tab.view()}", horizontal=True, gap=None, width="content"):
            opening.menu(samples)
            for view in ("desk", "library", "brief"):
                st.button(
                    view.capitalize(),
                    key=f"nd-to-{view}",
                    on_click=whole(tab.turn_to),
                    args=(view,),
                    type="tertiary",
                    disabled=view != "library" and not (work.current() or opening.reading()),
                )
        with st.container(key="nd-end", horizontal=True, horizontal_alignment="right", gap="small"):
            _settings()


def _settings() -> None:
    with st.popover("Settings", key="nd-settings", type="tertiary"):
        # It may have been told beside the text, or in another tab.
        st.session_state["nd-editor"] = tab.editor() if tab.editor() != tab.NOBODY else ""
        st.text_input(
            "Your name, beside each of your decisions",
            key="nd-editor",
            max_chars=60,
            on_change=whole(tab.named),
            args=("nd-editor",),
        )
        _language()


def _language() -> None:
    """The article's language, which the editor may set right."""
    now, reading = work.current(), opening.reading()
    article = reading.article if reading else now.machine.article if now else None
    if article is None:
        return
    found = tongues.name(article.language)
    # The page knows an option by its words only.
    automatic = f"{found} (as it was read)" if article.language in tongues.names() else found
    key = f"nd-language-{article.sha256[:12]}-{article.language}"
    codes: list[str] = ["", *tongues.names()]
    st.selectbox(
        "The article is in",
        codes,
        format_func=lambda code: tongues.names().get(code, automatic),
        key=key,
        on_change=whole(_language_chosen),
        args=(key,),
    )


def _language_chosen(key: str) -> None:
    if code := st.session_state[key]:
        opening.read_again(code)


def _read(reading: Reading) -> None:
    """The text without its marks, then the analysis, then the page with them."""
    article = reading.article
    bare = Annotations(article, Engine(toolkit.__version__, "", ""))
    with st.container(key="nd-desk"):
        with st.container(key="nd-main"):
            _head(bare)
            with st.container(key="nd-review", gap=None):
                if reading.failed:
                    st.html(front.notice(reading.failed, problem=True))
                else:
                    st.html(front.waiting())
            _text(bare, revision=0)
        side = st.container(key="nd-side")
    if reading.failed:
        return
    with side, st.spinner("Finding names, quotes and numbers"):
        notes = _analysed(reading)
    with unbroken():
        if isinstance(notes, str):
            opening.done(failed=notes)
        else:
            _take_up(notes, reading)
    st.rerun()


def _take_up(notes: Annotations, reading: Reading) -> None:
    if reading.replaces is None:
        work.open_notes(notes)
    else:
        origin = "returned" if reading.back else "update"
        if work.replaced(notes, reading.replaces, origin=origin) and reading.back:
            coming_back.comment(reading.back)
    reviewing.begin()
    opening.done()


@st.fragment
def _desk() -> None:
    """The text and what stands beside it. A text that waits for its analysis is drawn here too: in another
    place of the page its marker would be another one."""
    held.address()
    if reading := opening.reading():
        _read(reading)
    elif now := work.current():
        _work(now)
    else:
        st.rerun()  # it was closed, and this is no place any more


def _work(now: Work) -> None:
    field = fields.opened()
    with st.container(key="nd-desk"):
        with st.container(key="nd-main"):
            _head(now.notes)
            review_bar.show(now)
            _text(
                now.notes,
                revision=now.revision,
                focus=now.focus,
                jump=now.jump,
                doubtful=reviewing.doubtful(now.notes),
                figures=True,
                field=field.number if field else 0,
                on_action=review_bar.received,
            )
        with st.container(key="nd-side"):
            _beside(now)


def _head(notes: Annotations) -> None:
    article = notes.article
    # The marks say nothing here, and there may be thousands.
    bare = Annotations(article, notes.engine)
    with st.container(key="nd-head", gap="small"):
        st.html(once("title", notes, lambda _: front.title(brief(bare), tongues.name(article.language))))
        if missing := tongues.missing(article.language):
            st.html(front.notice(missing))


def _text(notes: Annotations, **options: object) -> None:
    with st.container(key="nd-text"):
        # One key for all articles: another would stand beside the old one until the analysis is made.
        marker(notes, key="nd-article", **options)  # type: ignore[arg-type]


def _story(now: Work) -> None:
    """What it comes down to: the summary, and the key facts."""
    summary.show(now)
    st.html(front.heading("Key facts"))
    facts.show(now)


_PANELS: dict[str, Callable[[Work], None]] = {
    "Review": review_list.show,
    "Quotes": quotes.show,
    "Cast": cast.show,
    "Numbers": numbers.show,
    "Summary": _story,
    "Checks": checks.show,
}


def _beside(now: Work) -> None:
    """The panels, of which only the open one is drawn."""
    tabs = st.tabs(list(_PANELS), key=review_bar.PANELS, on_change="rerun")
    for (name, panel), place in zip(_PANELS.items(), tabs, strict=True):
        if place.open:
            with place, st.container(key=f"nd-panel-{name.lower()}"):
                panel(now)


def _analysed(reading: Reading) -> Annotations | str:
    """The annotations, or a sentence on why there are none."""
    asked, made = st.session_state.get(_ASKED, (None, None))
    if asked is not reading or made is None:
        made = begun(reading.article)
    # Here Streamlit looks whether the editor has done something else meanwhile.
    st.session_state[_ASKED] = reading, made
    while not wait((made,), _LOOK).done:
        st.session_state[_ASKED] = reading, made
    st.session_state.pop(_ASKED)
    try:
        return made.result()
    except ToolkitError as error:
        return str(error)
    except Exception:
        log.exception("the analysis of %s failed", reading.article.sha256)
        return _FAILED


@functools.cache
def _asset(name: str) -> str:
    return (resources.files(__package__) / name).read_text(encoding="utf-8")
