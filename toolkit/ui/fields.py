"""The fields that an action of the text opens: who said it, the same as whom, a name, a note.

A field stands in the place of the review bar (``browser/field.js``), takes the focus, and goes when something
is chosen or Escape is pressed. What can be chosen are words of the article; they reach the page as
text. What comes back is checked as if a stranger had sent it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import streamlit as st

from toolkit import edits
from toolkit.errors import UnfitEdit
from toolkit.model import Annotations, Quote, Span
from toolkit.ui import choices, reviewing, served, work
from toolkit.ui.acting import edits_of, mention, named, quote
from toolkit.ui.choices import NOBODY as NOBODY
from toolkit.ui.choices import Choice
from toolkit.ui.marker import Action
from toolkit.ui.places import mention_named
from toolkit.ui.quoting import quoted
from toolkit.ui.whole import whole
from toolkit.ui.work import Work

Name: TypeAlias = Literal["speaker", "merge", "move", "rename", "note"]

NAMES: frozenset[str] = frozenset(get_args(Name))
LONGEST_NOTE = 5000  # characters
LONGEST_NAME = 200
_FIELD, _NUMBER, _ANSWERED = "nd-field", "nd-fields", "nd-field-answered"
_HINTS: dict[str, str] = {
    "speaker": "Somebody else? Select the name in the text and press P.",
    "rename": "Any words of the article: type them, or select them in the text and press P.",
}


@dataclass(frozen=True, slots=True)
class Field:
    """An open field: ``number`` tells it from the one before on the same mark. It belongs to one
    ``article`` (its ``Work.place``) at one ``revision``: what it offers is told by its place in the list."""

    name: Name
    mark: str
    number: int
    article: str
    revision: int


def opened() -> Field | None:
    """The field that is open; one that was opened on another state of the article is closed, and so is one
    whose mark the editor has left for another."""
    now = work.current()
    field: Field | None = st.session_state.get(_FIELD)
    if field and now and not _still_holds(now, field):
        close()
        return None
    return field if now else None


def _still_holds(now: Work, field: Field) -> bool:
    is_same = (field.article, field.revision) == (now.place, now.revision)
    return is_same and now.focus in ("", field.mark)


def open_field(name: Name, mark: str) -> None:
    """Open a field for a mark, or say why there is none."""
    now = work.current()
    if now is None:
        return
    field = Field(name, mark, st.session_state.get(_NUMBER, 0) + 1, now.place, now.revision)
    try:
        choices_of(now.notes, field)
        named(now.notes, mark)
    except UnfitEdit as error:
        work.say(str(error))
        return
    st.session_state[_NUMBER], st.session_state[_FIELD] = field.number, field


def close() -> None:
    """Close the field; nothing is changed."""
    st.session_state.pop(_FIELD, None)


def act(now: Work, action: Action) -> None:
    """Does what an action of the text asks for. A name that is marked while the field for a speaker is
    open is that of the speaker; while that for a name is open, it is how the name is written."""
    field = opened()
    if field and field.name == "rename" and action.name == "add-mention":
        close()
        _rename(now, field, action.spans[0])
        return
    try:
        made = edits_of(now.notes, action)
    except UnfitEdit as error:
        work.say(str(error))
        return
    if field and field.name == "speaker" and action.name == "add-mention":
        close()
        said = quote(now.notes, field.mark)
        if work.do(*made, edits.speaker(said, action.spans)):
            work.chose(said.id)
    elif made:
        if work.do(*made) and action.name == "add-quote" and (after := work.current()):
            reviewing.stand_at(after.focus)  # its speaker may be a proposal
    else:
        work.say()


def show(now: Work, field: Field) -> None:
    """Draws the field."""
    data = {
        "number": field.number,
        "kind": "note" if field.name == "note" else "choose",
        "takes_words": field.name == "rename",
        "heading": _HEADINGS[field.name],
        "words": quoted(_words(now.notes, field.mark, is_here=field.name == "move")),
        "hint": _HINTS.get(field.name, ""),
        "placeholder": _now(now.notes, field),
        "value": note_on(now.notes, field.mark) if field.name == "note" else "",
        "options": [[choice.words, choice.more] for choice in choices_of(now.notes, field)],
    }
    key = f"nd-field-{field.number}"

    def received() -> None:
        _done(st.session_state[key].get("done"), field)

    served.mount("field", key=key, data=data, on_done_change=whole(received))


def choices_of(notes: Annotations, field: Field) -> list[Choice]:
    """What a field offers, the likeliest first. Raises ``UnfitEdit`` where its mark is of another kind."""
    return choices.of(notes, field.name, field.mark)


def note_on(notes: Annotations, mark: str) -> str:
    """What the last note on a mark says, "" where there is none."""
    told = edits.note(named(notes, mark), "")
    said = [e.value for e in notes.edits if e.act == "note" and (e.of, e.at) == (told.of, told.at)]
    return said[-1] if said else ""


def _done(sent: object, field: Field) -> None:
    """Does what was chosen; anything that was not offered only closes the field.

    What was chosen or written counts though a button was pressed behind it: Streamlit tells of both at
    once, and of the button first.
    """
    now = work.current()
    if now is None or not _awaits(now, field):
        return
    st.session_state[_ANSWERED] = field.number
    is_left = opened() != field
    if not is_left:
        close()
    answer = sent if isinstance(sent, dict) and sent.get("number") == field.number else {}
    choice, words = answer.get("choice"), answer.get("words")
    if field.name == "note":
        if isinstance(words, str):
            _note(now, field.mark, words.strip()[:LONGEST_NOTE])
    elif type(choice) is int and 0 <= choice < len(offered := choices_of(now.notes, field)):
        work.do(offered[choice].edit)
    elif field.name == "rename" and isinstance(words, str) and words.strip():
        if span := place_of(now.notes, words[:LONGEST_NAME]):
            _rename(now, field, span)
        else:
            work.say("These words don’t stand in the article, and a name is written in its own words.")
    if is_left:
        work.chose(now.focus)


def _awaits(now: Work, field: Field) -> bool:
    """Whether a field has not answered yet, and what it offered still holds; a note may always be made."""
    is_new = st.session_state.get(_ANSWERED, 0) < field.number
    is_same = field.name == "note" or field.revision == now.revision
    return is_new and is_same and field.article == now.place


def _note(now: Work, mark: str, words: str) -> None:
    try:
        is_new, about = words != note_on(now.notes, mark), named(now.notes, mark)
    except UnfitEdit as error:
        work.say(str(error))
        return
    if is_new and work.do(edits.note(about, words)) and (after := work.current()) and not after.changes:
        work.say(told="The note is kept.")


def place_of(notes: Annotations, typed: str) -> Span | None:
    """Where the article first has the words that an editor typed, whatever their case and blanks, rather
    letter for letter; whole words only. None where it has them nowhere."""
    words = [re.escape(word) for word in typed.split()]
    if not words:
        return None
    wanted = r"\s+".join(words)
    for pattern, flags in ((rf"(?<!\w){wanted}(?!\w)", 0), (rf"(?<!\w){wanted}(?!\w)", re.I)):
        if found := re.search(pattern, notes.article.text, flags):
            return Span(*found.span())
    return None


def _rename(now: Work, field: Field, span: Span) -> None:
    try:
        own, _ = mention(now.notes, field.mark)
    except UnfitEdit as error:
        work.say(str(error))
        return
    if work.do(edits.rename(own, span)):
        work.chose(field.mark)


_HEADINGS: dict[Name, str] = {
    "speaker": "Who said",
    "merge": "Who is the same as",
    "move": "Who is meant here by",
    "rename": "How to write",
    "note": "A note on",
}
_PLACEHOLDERS: dict[Name, str] = {
    "merge": "Another name of the article",
    "move": "Another name of the article",
    "rename": "Any words of the article",
}


def _now(notes: Annotations, field: Field) -> str:
    """What holds now, as the field's pale words."""
    if field.name == "speaker":
        return notes.speaker(quote(notes, field.mark)) or "Nobody yet"
    return _PLACEHOLDERS.get(field.name, "")


def _words(notes: Annotations, mark: str, *, is_here: bool = False) -> str:
    """The words of a mark, or of the name that it belongs to."""
    found = mention_named(notes, mark)
    thing = (found[1] if is_here else found[0]) if found else named(notes, mark)
    words = notes.text(thing)
    return words if isinstance(thing, Quote) else " ".join(words.split())
