"""What the readable formats tell alike: lines and cells made of a brief's records and the house's words.

HTML and Markdown differ in their marks, never in what they say.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from toolkit.brief import Brief, Header, Statement
from toolkit.cast import Member
from toolkit.particulars import Dated, Number
from toolkit.wording import EMBARGO, OWN_WORDS, UNKNOWN, UNNAMED


def facts(header: Header) -> list[tuple[str, str]]:
    """What is known of the article, each with its label."""
    known = {
        "Slug": header.slug if header.slug != header.title else "",
        "Published": header.published,
        "By": header.byline,
        "Dateline": header.dateline,
        "Source": header.source,
        "Language": header.language,
        "Length": header.length,
    }
    return [(label, value) for label, value in known.items() if value.strip()]


def embargo(header: Header) -> str:
    """The line that no reader may miss; "" without an embargo."""
    return EMBARGO.format(header.embargo) if header.embargo else ""


def made_with(header: Header) -> str:
    """When and with what this brief was made, and whose words it holds."""
    when = f"Made {header.made} with" if header.made else "Made with"
    return f"{when} {header.versions}. {OWN_WORDS}"


def reviews(brief: Brief) -> Mapping[str, str]:
    """Of each quote, whether an editor decided on it or the machine alone, in words."""
    return {note.quote: note.lines[-1] for note in brief.notes}


def who(statement: Statement) -> tuple[str, str]:
    """ "Unknown" where the speaker was not found, and the words for who it is."""
    if statement.standing != "unknown":
        return "", statement.speaker
    return UNKNOWN + (": " if statement.speaker else ""), statement.speaker


def remarks(statement: Statement) -> list[str]:
    """What is to be known of a statement beside its kind, but who has checked it."""
    return [remark for remark in (statement.cue, statement.sure, *statement.flags) if remark]


def words(brief: Brief, told: Number | Dated) -> str:
    """A figure with what it counts, or the words of a date, in the article's words."""
    words = [brief.text(told.words[0])]
    for left, span in pairwise(told.words):
        words += [brief.gap(left, span), brief.text(span)]
    return "".join(words)


def what(member: Member) -> str:
    """What one of the cast is."""
    return UNNAMED if member.unnamed else member.label


def role(member: Member) -> str:
    """What somebody does, and for whom."""
    return ", ".join(part for part in (member.role, member.affiliation) if part)


def times(name: str, mentions: int) -> str:
    """A name and how often it stands in the text, if more than once."""
    return f"{name} ×{mentions}" if mentions > 1 else name


def where(paragraph: int) -> str:
    """ "¶ 3"; "" for nowhere."""
    return f"¶\u00a0{paragraph}" if paragraph else ""
