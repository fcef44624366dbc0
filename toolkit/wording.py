"""Plain words for what the model calls by short names, and dates and counts in words.

Said once, so that the page, the documents and the command line speak alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from toolkit.model import FigureKind, Flag, How, Label, QuoteKind, Span

KINDS: Mapping[QuoteKind, str] = {
    "direct": "Direct",
    "mixed": "Partly quoted",
    "indirect": "Indirect",
    "scare": "Quoted words",
}
HOW: Mapping[How, str] = {
    "named": "named in the text",
    "surname": "found by surname",
    "pronoun": "found through a pronoun",
    "role": "found through a role",
    "organisation": "an organisation speaks",
    "continued": "continues the quote before",
    "unnamed": "not named in the text",
    "unknown": "the speaker was not found",
    "editor": "set by the editor",
}
PROPOSED = "proposed, not confirmed"  # how a speaker was found whom an editor's new quote was given
FLAGS: Mapping[Flag, str] = {
    "unclosed": "no closing mark",
    "altered": "altered: brackets or an ellipsis",
    "split": "in several pieces",
}
LABELS: Mapping[Label, str] = {
    "PERSON": "Person",
    "ORG": "Organisation",
    "PLACE": "Place",
    "GROUP": "Group",
    "FACILITY": "Facility",
    "PRODUCT": "Product",
    "EVENT": "Event",
    "WORK": "Work",
    "LAW": "Law",
}
DOUBTS: Mapping[str, str] = {
    "quote": "Perhaps not all of this was said, or something else was",
    "speaker": "Nobody was found who said this",
    "who": "Perhaps somebody else said this",
    "scare": "In quotation marks, but taken for nobody’s statement",
    "name": "Perhaps this is no name, or its kind ({}) is wrong",
    "names": "Perhaps one mark of this name is wrong, or its kind ({}) is",
}
QUESTIONS: Mapping[str, str] = {
    "who": "Who",
    "what": "What",
    "where": "Where",
    "when": "When",
    "how-many": "How many",
    "on-whose-word": "On whose word",
}
FIGURES: Mapping[FigureKind, str] = {
    "money": "Money",
    "percent": "Share",
    "quantity": "Measure",
    "number": "Count",
    "time": "Time of day",
    "date": "Undated day",
    "relative": "Undated time",
}
NO_SOURCE = "no source found"
SOMEBODY = "somebody unknown"
AN_EDITOR = "an editor"
SURE_BY_EDITOR = "confirmed by an editor"
SAID_BY = "said by"
# What a brief calls its parts, whatever the format.
HEADINGS: Mapping[str, str] = {
    "summary": "Summary",
    "points": "Key facts",
    "statements": "Who said what",
    "cast": "Cast",
    "names": "Other names",
    "figures": "Numbers and timeline",
    "timeline": "Timeline",
    "checks": "For the editor",
    "remarks": "Notes",
    "article": "The article",
}
NOTHING: Mapping[str, str] = {
    "summary": "No summary was made.",
    "points": "No key facts were found; the article may tell no single event.",
    "statements": "No statement was found.",
    "cast": "No speaker and no person was found.",
    "figures": "No number was found.",
    "timeline": "Nothing has a date.",
    "checks": "The checks have nothing to ask.",
    "article": "The article has no text.",
}
ASIDES = "In quotation marks, but nobody’s statement:"
DESK_NOTE = "Desk note"
EMBARGO = "Embargoed until {}"
UNKNOWN = "Unknown"
UNNAMED = "Unnamed source"
BY_EDITOR = "confirmed or marked by an editor"
OWN_WORDS = (
    "Quotations, names and summary are the article’s own words; the marks are the machine’s "
    "suggestions unless an editor is named or they are confirmed."
)
UNTITLED = "Article without a headline"
UNDETERMINED = "undetermined"
MARKS_ALONE = "{} (only quotation marks were read)"

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def date(iso: str) -> str:
    """An ISO 8601 date of any precision in words; as it is where no calendar has such a day."""
    try:
        if len(iso) > 7:
            when = datetime.fromisoformat(iso)
            return moment(when) if len(iso) > 10 else _day(when)
        return f"{_MONTHS[int(iso[5:]) - 1]} {iso[:4]}" if len(iso) == 7 and iso[5:] > "00" else iso
    except (ValueError, IndexError):
        return iso


def moment(when: datetime) -> str:
    """A date and time in words, with its zone if it has one: "12 March 2025, 14:05 UTC"."""
    zone = when.tzname() or ""
    return f"{_day(when)}, {when:%H:%M}{zone and ' '}{zone}"


def _day(when: datetime) -> str:
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def count(amount: int, one: str, many: str) -> str:
    """ "1 word", "2 words"."""
    return f"{amount:,} {one if amount == 1 else many}"


def cuts(part: Span, whole: Span) -> tuple[str, str]:
    """What to write before and behind a part of a sentence that stands for the whole."""
    return "… " if part.start > whole.start else "", " …" if part.end < whole.end else ""
