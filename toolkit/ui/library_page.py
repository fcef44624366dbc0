"""The library page: the articles that are kept, and a search of them and of what was said in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

import streamlit as st

from toolkit.errors import Gone, ToolkitError
from toolkit.store import Entry, Found, Library, Said
from toolkit.store.records import title_of
from toolkit.ui import front, held, opening, saving, tab, tongues, versions, windows
from toolkit.ui.brief_page import downloads
from toolkit.ui.markup import element
from toolkit.ui.panels.leading import nothing
from toolkit.ui.places import mark_at
from toolkit.ui.rows import Group, Press, Row, found, row_of, rows
from toolkit.ui.tab import library, turn_to, unkept
from toolkit.ui.versions import changed
from toolkit.ui.whole import whole
from toolkit.ui.work import close, current, go, open_kept
from toolkit.wording import count

_MOST = 100  # articles in the list
_HITS = 50
_WORDS, _SPEAKER = "nd-search", "nd-search-speaker"
_ASKED, _PROBLEM = "nd-library-asked", "nd-library-problem"
_ACTIONS = {"versions": "Versions", "copy": "Duplicate", "export": "Export", "delete": "Delete"}


def show() -> None:
    """The page."""
    shelf = library()
    if shelf is None:
        st.html(front.notice(unkept(), problem=True))
        return
    windows.again()
    with st.container(key="nd-library"):
        with st.container(key="nd-library-search", horizontal=True):
            words = _searched("Search the articles", _WORDS, "Words, or “a phrase”")
            speaker = _searched("Said by", _SPEAKER, "A speaker")
        place = st.container(key="nd-library-problem")
        try:
            _ask(shelf)
        except ToolkitError as error:  # it was deleted in another window, or is damaged
            _done()
            _tell(str(error))
        try:
            _list(shelf, words.strip(), speaker.strip())
        except ToolkitError as error:
            _tell(str(error))
        if problem := st.session_state.pop(_PROBLEM, ""):
            place.html(front.notice(problem, problem=True))


def _searched(label: str, key: str, placeholder: str) -> str:
    """A field of the search. Fields forget while another page is shown; the tab does not."""
    typed = f"{key}-typed"
    st.session_state.setdefault(key, st.session_state.get(typed, ""))
    words: str = st.text_input(label, key=key, placeholder=placeholder)
    st.session_state[typed] = words
    return words


def _list(shelf: Library, words: str, speaker: str) -> None:
    if not words and not speaker:
        kept = shelf.entries(limit=_MOST)
        listed = entries(kept, datetime.now().astimezone(), _waiting())
        all_ = (Group(apart(kept), "In this window only"), Group(listed, _all(len(kept))))
        _groups("nd-entries", all_, "The library is empty. What you open on the desk is kept here.")
        return
    articles = shelf.search(words, limit=_HITS) if words and not speaker else ()
    quotes = shelf.search_quotes(words, speaker=speaker, limit=_HITS)
    _groups("nd-hits", hits(articles, quotes), "Nothing in the library has these words.")


def _groups(key: str, groups: Iterable[Group], none: str) -> None:
    """The groups that hold anything; where there is ``none``, that in a sentence."""
    if found := tuple(group for group in groups if group.rows):
        _rows(key, found)
    else:
        nothing(none)


def _all(number: int) -> str:
    return f"The {_MOST} changed last" if number == _MOST else count(number, "article", "articles")


# Rows. Their ids tell what they are of: "article:3", "quote:3:12-40,52-60", "waiting:KEY".


def apart(kept: Iterable[Entry]) -> tuple[Row, ...]:
    """A row for each article of which changes wait in this window and that the library does not list: it was
    deleted in another window, or could not be written."""
    listed = {entry.id for entry in kept}
    return tuple(
        Row(
            f"waiting:{work.key}",
            title=title_of(work.notes.article),
            detail=f"{count(work.changes, 'change', 'changes')} not saved",
        )
        for work in held.waiting().values()
        if work.id not in listed
    )


def _waiting() -> dict[int, int]:
    """How many changes wait in this window to be saved, by articles."""
    now = current()
    works = (*held.waiting().values(), *((now,) if now else ()))
    return {work.id: work.changes for work in works if work.id and work.changes}


def entries(
    kept: Iterable[Entry], now: datetime, waiting: Mapping[int, int] | None = None
) -> tuple[Row, ...]:
    """A row for each article, to be opened, duplicated, exported and deleted; ``waiting`` tells by ids how
    many changes are not saved."""
    unsaved = waiting or {}
    return tuple(
        Row(
            f"article:{entry.id}",
            title=entry.title or "Without a headline",
            aside=changed(entry.changed, now),
            detail=" · ".join(
                part
                for part in (
                    entry.slug if entry.slug != entry.title else "",
                    entry.source,
                    tongues.name(entry.language),
                    count(entry.words, "word", "words"),
                    count(entry.edits, "edit", "edits") if entry.edits else "not edited",
                    f"{count(unsaved[entry.id], 'change', 'changes')} not saved"
                    if entry.id in unsaved
                    else "",
                )
                if part
            ),
            # Of a text that never changed there is one version, which the desk shows.
            actions=tuple(action for action in _ACTIONS if action != "versions" or entry.version > 1),
        )
        for entry in kept
    )


def hits(articles: Iterable[Found], quotes: Iterable[Said]) -> tuple[Group, Group]:
    """What a search found, with its words set off: articles, then quotes."""
    stories = tuple(
        Row(f"article:{hit.id}", title=hit.title, words=(found(hit.excerpt, hit.marks),)) for hit in articles
    )
    said = tuple(
        Row(
            f"quote:{hit.id}:{','.join(f'{s.start}-{s.end}' for s in hit.content)}",
            title=hit.speaker or "Unknown",
            words=(found(hit.text, hit.marks),),
            remark=hit.title,
            alarm=not hit.speaker,
            at=hit.content,
        )
        for hit in quotes
    )
    return (
        Group(stories, count(len(stories), "article", "articles")),
        Group(said, count(len(said), "quote", "quotes")),
    )


def _rows(key: str, groups: tuple[Group, ...]) -> None:
    def pressed(press: Press) -> None:
        row = row_of(groups, press.id)
        of, _, key = press.id.partition(":")
        if of == "waiting":
            saving.come_to(next((each for each in held.waiting() if str(each) == key), 0))
            opening.forget()
            turn_to("desk")
            return
        id = int(key.split(":")[0])
        if press.action == "copy":
            _duplicate(id)
        elif press.action:
            st.session_state[_ASKED] = (press.action, id, row.title)
            versions.close()
        else:
            opened(id, row)

    rows(key, groups, actions=_ACTIONS, label="Library", on_press=pressed)


# What is done with an article.


def opened(id: int, row: Row) -> None:
    """Open an article on the desk, at the quote of the row if it is one."""
    work = current()
    problem = _gone(id) if work and work.id == id else open_kept(id)
    if problem:
        _tell(problem)
        return
    opening.forget()
    turn_to("desk")
    if row.at and (work := current()):
        go(mark_at(work.notes, row.at, "quote"))


def _gone(id: int) -> str:
    """Why an article is not in the library, "" where it is."""
    try:
        if shelf := library():
            shelf.revision(id)
    except ToolkitError as error:
        return str(error)
    return ""


def _duplicate(id: int) -> None:
    shelf = library()
    try:
        if shelf:
            shelf.duplicate(id)
    except ToolkitError as error:
        _tell(str(error))


def delete(id: int) -> None:
    """Take an article out of the library; if it is on the desk, out of there too."""
    _done()
    try:
        tab.opened().delete(id)
    except Gone as error:  # another window was first
        _tell(str(error))
    except ToolkitError as error:
        _tell(str(error))
        return
    held.give_up(id)
    opening.give_up(id)
    work = current()
    if work and work.id == id:
        close()


def _ask(shelf: Library) -> None:
    """The question before an article is deleted, or the files of one."""
    action, id, title = st.session_state.get(_ASKED, ("", 0, ""))
    if not action:
        return
    shelf.revision(id)  # nothing is asked about one that is gone
    with st.container(key="nd-library-asked"):
        if action == "delete":
            _question("Delete", title, "for good? It can’t be brought back.")
            with st.container(horizontal=True, gap="small"):
                st.button("Delete", type="primary", key="nd-delete", on_click=whole(delete), args=(id,))
                st.button("Keep", key="nd-keep", on_click=whole(_done))
        elif action == "versions":
            versions.show(shelf, id, title)
            st.button("Done", key="nd-versions-done", type="tertiary", on_click=whole(_done))
        else:
            _question("Export", title, "")
            work = current()
            # The tab's own is at hand, with the summary at the length that the editor chose.
            notes = work.notes if work and work.id == id else shelf.load(id).notes()[0]
            downloads(notes, "nd-export")
            st.button("Done", key="nd-exported", type="tertiary", on_click=whole(_done))


def _question(what: str, title: str, warning: str) -> None:
    st.html(element("p", f"{what} ", element("b", title, dir="auto"), f" {warning}", class_="nd-asked"))


def _done() -> None:
    st.session_state.pop(_ASKED, None)
    versions.close()


def _tell(problem: str) -> None:
    st.session_state[_PROBLEM] = problem
