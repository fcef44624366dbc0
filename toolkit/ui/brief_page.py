"""The brief page: what stands on top of the document, what goes into it, how it will look, and the files.

What is written here is kept as the editor leaves a field. What is told of an article beside its text
is no decision on a mark: it stands in the article's own record; the desk note is a decision.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, date, datetime

import streamlit as st

from toolkit.brief import ALL_SECTIONS, Section, brief
from toolkit.desk_note import desk_note, noting
from toolkit.errors import InvalidNotes, ToolkitError
from toolkit.export import EXPORTERS, render
from toolkit.model import Annotations, Article
from toolkit.read.draft import iso_date
from toolkit.read.slug import slugify
from toolkit.ui import front, opening, windows
from toolkit.ui.markup import element
from toolkit.ui.preview import preview
from toolkit.ui.whole import whole
from toolkit.ui.work import Work, current, describe, do
from toolkit.wording import HEADINGS
from toolkit.wording import date as in_words

FIELDS = {"slug": "Slug", "headline": "Headline", "byline": "Byline", "dateline": "Dateline"}
DATES = ("published", "embargo")
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_KINDS = {
    ".docx": ("Download Word", _WORD),
    ".html": ("Web page", "text/html"),
    ".md": ("Markdown", "text/markdown"),
    ".csv": ("Quotes as CSV", "text/csv"),
    ".entities.csv": ("Names as CSV", "text/csv"),
    ".json": ("JSON", "application/json"),
    ".ninjs.json": ("ninjs", "application/json"),
    ".jsonld": ("JSON for search engines", "application/ld+json"),
}
_WITH_SECTIONS = (".docx", ".html", ".md")
_SECTIONS, _PROBLEMS = "nd-sections", "nd-field-problems"
_REDATE = "redate"
# Which day "yesterday" was hangs on the parse of its sentence, which is not kept.
_STALE_DATES = "The dates in the text, such as “yesterday”, are told from this day once it is read again."
_NO_DATE = "“{}” is no date; write it as 2025-03-12, or with a time as 2025-03-12 18:00."
_LONGEST, _LONGEST_NOTE = 300, 4000
_LONGEST_STEM = 60


def show(work: Work) -> None:
    """The page: fields and files at one side, the document at the other."""
    with st.container(key="nd-brief"):
        side, paper = st.container(key="nd-brief-side"), st.container(key="nd-brief-paper")
        with side:
            windows.notice(work)
            if work.problem:
                st.html(front.notice(work.problem, problem=True))
            elif work.told:
                st.html(front.notice(work.told))
            _fields(work)
            sections = _included()
            downloads(work.notes, "nd-brief", sections)
        paper.html(preview(brief(work.notes, sections=sections)))


# What is told of the article.


def _fields(work: Work) -> None:
    article = work.notes.article
    for name, label in FIELDS.items():
        key = _key(work, name)
        _follow(key, getattr(article, name))
        st.text_input(label, key=key, max_chars=_LONGEST, on_change=whole(_described), args=(name, key))
    _date_field(work, "published", "Published")
    if st.session_state.get(_key(work, _REDATE)):
        st.html(element("p", _STALE_DATES, class_="nd-remark"))
        st.button("Read it again", key="nd-redate", on_click=whole(_read_again))
    _date_field(work, "embargo", "Embargo")
    if article.embargo and not _problem_at(_key(work, "embargo")):
        st.html(element("p", f"Until {in_words(article.embargo)}", class_="nd-remark"))
    key = _key(work, "note")
    _follow(key, desk_note(work.notes))
    st.text_area(
        "Desk note", key=key, max_chars=_LONGEST_NOTE, height=110, on_change=whole(_noted), args=(key,)
    )


def _date_field(work: Work, name: str, label: str) -> None:
    """A date with or without a time, and what is wrong with what was typed."""
    key = _key(work, name)
    _follow(key, getattr(work.notes.article, name))
    st.text_input(
        label,
        key=key,
        max_chars=40,
        placeholder="2025-03-12 18:00",
        on_change=whole(_described),
        args=(name, key),
    )
    if problem := _problem_at(key):
        st.html(front.notice(problem, problem=True))


def _problem_at(key: str) -> str:
    """What is wrong with what stands in this field."""
    return _problems().get(key, "")


def _problems() -> dict[str, str]:
    """By the keys of fields."""
    found: dict[str, str] = st.session_state.setdefault(_PROBLEMS, {})
    return found


def _key(work: Work, name: str) -> str:
    return f"nd-field-{name}-{work.place}-{work.notes.article.sha256[:12]}"


def _follow(key: str, value: str) -> None:
    """Fill a field anew when what is kept has changed, in another window or by undoing; else leave in it
    what was typed."""
    base = f"{key}-of"
    if key not in st.session_state or st.session_state.get(base) != value:
        st.session_state[key] = st.session_state[base] = value
        _problems().pop(key, None)


def _described(name: str, key: str) -> None:
    work = current()
    if work is None or key != _key(work, name):
        return
    try:
        article = described(work.notes.article, name, st.session_state[key])
    except ToolkitError as error:
        _problems()[key] = str(error)
        return
    _problems().pop(key, None)
    if article.published != work.notes.article.published:
        st.session_state[_key(work, _REDATE)] = True
    describe(article)


def _read_again() -> None:
    work = current()
    if work:
        st.session_state.pop(_key(work, _REDATE), None)
        opening.read_again(work.notes.article.language)


def described(article: Article, name: str, value: str) -> Article:
    """The article with another field. Raises ``InvalidNotes`` for an embargo or a publication that no
    calendar has."""
    if name not in (*FIELDS, *DATES):
        raise ValueError(name)
    value = " ".join(value.split())
    if name in DATES and value and not _is_date(value):
        raise InvalidNotes(_NO_DATE.format(value))
    return replace(article, **{name: value})


def _is_date(value: str) -> bool:
    """Whether a calendar has that day, and a clock that time."""
    try:
        return bool(iso_date(value)) and (len(value) <= 10 or bool(datetime.fromisoformat(value)))
    except ValueError:  # a zone that is none
        return False


def _noted(key: str) -> None:
    work = current()
    words = st.session_state[key].strip()
    if work and key == _key(work, "note") and words != desk_note(work.notes):
        do(noting(work.notes, words))


# What goes into the document, and the files.


def _included() -> tuple[Section, ...]:
    """The sections that the editor wants; a choice of this tab."""
    kept: dict[Section, bool] = st.session_state.setdefault(_SECTIONS, dict.fromkeys(ALL_SECTIONS, True))
    st.html(front.label("The brief holds"))
    for section in ALL_SECTIONS:
        kept[section] = st.checkbox(HEADINGS[section], kept[section], key=f"nd-section-{section}")
    return tuple(section for section in ALL_SECTIONS if kept[section])


def downloads(notes: Annotations, key: str, sections: Collection[Section] = ALL_SECTIONS) -> None:
    """A button for each format, the Word document first. The files are built on the click."""
    stem = file_stem(notes.article)
    with st.container(horizontal=True, gap="small", key=f"{key}-files"):
        for suffix in sorted(EXPORTERS, key=[*_KINDS].index):
            name, mime = _KINDS[suffix]
            st.download_button(
                name,
                functools.partial(_file, notes, suffix, tuple(sections)),
                f"{stem}{suffix}",
                mime,
                key=f"{key}{suffix}",
                on_click="ignore",
                type="primary" if suffix == ".docx" else "tertiary",
            )


def _file(notes: Annotations, suffix: str, sections: Collection[Section]) -> bytes:
    if suffix not in _WITH_SECTIONS:
        return render(notes, suffix)
    # Imported here: the page is painted before Word's library is loaded.
    module = importlib.import_module(EXPORTERS[suffix])
    data: bytes = module.render(notes, datetime.now(UTC), sections=sections)
    return data


def file_stem(article: Article, *, today: date | None = None) -> str:
    """A name for files that any disk takes: slug and date, "port-strike-2025-03-12". The date is that of
    publication, as precise as known, else today's."""
    name = next((s for s in map(slugify, (article.slug, article.headline, article.source)) if s), "brief")
    day = article.published[:10] or (today or date.today()).isoformat()
    # Bytes are what disks count.
    while len(name.encode("utf-8")) > _LONGEST_STEM:
        name = name[:-1]
    return f"{name.strip('-')}-{day}"
