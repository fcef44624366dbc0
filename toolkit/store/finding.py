"""Full-text search: what a user typed as a query that can't be wrong, and what was found as places.

Words are compared without accents and case. All must occur; "words in quotation marks" stand one
after the other; of the last word the beginning will do, since it may still be being typed. Scripts
that put no spaces between words (Chinese, Thai) are found by whole runs only.
"""

from __future__ import annotations

import json
import re
import secrets
import sqlite3
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from itertools import islice

from toolkit.model import Annotations, Article, Span
from toolkit.store.records import Found, Said

_WORD = re.compile(r'"([^"]*)"|([^\s"]+)')
_MOST_WORDS = 32
_EXCERPT = 240  # code points
_BEFORE = 60


def known(db: sqlite3.Connection, article: Article) -> int:
    """The first article that has this text, in this language, as its newest; 0 for none."""
    found = db.execute(
        "SELECT id FROM article WHERE sha256 = ? AND language = ? ORDER BY id LIMIT 1",
        (article.sha256, article.language),
    ).fetchone()
    return int(found[0]) if found else 0


def query(words: str, column: str = "") -> str:
    """What a user typed in the language of FTS5, "" if it holds no word: every word is quoted, so
    that nothing in it is an operator. Beyond 32 words the others are left out."""
    # NUL would end the query for SQLite, and half a character can't be encoded.
    typed = words.replace("\0", " ").encode("utf-8", "replace").decode("utf-8").replace("“", '"')
    parts = []
    last = ""
    for match in islice(_WORD.finditer(typed.replace("”", '"')), _MOST_WORDS):
        phrase, word = match.groups()
        told = phrase if phrase is not None else word
        if any(unicodedata.category(c)[0] in "LN" for c in told):
            last = "" if phrase is not None else "*"
            parts.append(f'"{told}"')
    if not parts:
        return ""
    joined = f"{' '.join(parts)}{last}"
    return f"{column} : ({joined})" if column else joined


def searchable(text: str) -> str:
    """The text as it is indexed: of the same length, without what SQLite takes for the text's end."""
    return text.replace("\0", " ")


def quotes_of(notes: Annotations) -> list[tuple[tuple[Span, ...], str, str]]:
    """What is searched among the quotes: content, words and speaker of all that somebody said.
    Rejected ones and words only set apart by quotation marks are left out."""
    return [
        (quote.content, searchable(notes.text(quote)), searchable(notes.speaker(quote)))
        for quote in notes.quotes
        if quote.status != "rejected" and quote.kind != "scare"
    ]


def articles(db: sqlite3.Connection, words: str, limit: int) -> tuple[Found, ...]:
    """The articles that have all the words, the best first."""
    wanted, marker = query(words), _Marker()
    if not wanted:
        return ()
    # Ordered by nothing else, so that SQLite marks only the texts that are shown.
    hits = db.execute(
        "SELECT rowid, title, highlight(story_words, 3, ?, ?) FROM story_words(?) ORDER BY rank LIMIT ?",
        (marker.start, marker.end, wanted, limit),
    )
    found = []
    for id, title, marked in hits:
        body, places = marker.read(marked)
        piece, marks = excerpt(body, places)
        found.append(Found(id, title, body[piece.start : piece.end], piece.start, marks))
    return tuple(found)


def quotes(db: sqlite3.Connection, words: str, speaker: str, limit: int) -> tuple[Said, ...]:
    """The quotes that have all the words, by speakers that have all those of ``speaker``."""
    asked = [(query(typed, column), typed) for typed, column in ((words, "said"), (speaker, "speaker"))]
    wanted = [f"({part})" for part, typed in asked if typed.strip()]
    if not wanted or "()" in wanted:
        return ()
    marker = _Marker()
    hits = db.execute(
        "SELECT article.id, article.title, highlight(quote_words, 0, ?, ?), speaker, place "
        "FROM quote_words(?) JOIN quotation ON quotation.id = quote_words.rowid "
        "JOIN article ON article.id = quotation.article "
        f"ORDER BY {'rank' if words.strip() else 'article.changed DESC'}, quotation.id LIMIT ?",
        (marker.start, marker.end, " AND ".join(wanted), limit),
    )
    return tuple(
        Said(id, title, text, name, tuple(Span(*ends) for ends in json.loads(place)), marks)
        for id, title, marked, name, place in hits
        for text, marks in (marker.read(marked),)
    )


class _Marker:
    """The signs by which SQLite tells where it found words. Made anew for each search, so that no text
    can hold them."""

    def __init__(self) -> None:
        sign = secrets.token_hex(8)
        self.start, self.end = f"[{sign}:", f":{sign}]"
        self._either = re.compile(f"{re.escape(self.start)}|{re.escape(self.end)}")

    def read(self, marked: str) -> tuple[str, tuple[Span, ...]]:
        """The text without the signs, and the places that they enclosed."""
        pieces = self._either.split(marked)
        places, at = [], 0
        for number, piece in enumerate(pieces):
            if number % 2:
                places.append(Span(at, at + len(piece)))
            at += len(piece)
        return "".join(pieces), tuple(places)


def excerpt(text: str, marks: Sequence[Span]) -> tuple[Span, tuple[Span, ...]]:
    """The stretch of a text with the most marks, from word to word, and the marks as places in it."""
    first = 0
    if marks:
        ends = [mark.end for mark in marks]
        fits = [bisect_right(ends, mark.start + _EXCERPT - _BEFORE) - i for i, mark in enumerate(marks)]
        first = marks[fits.index(max(fits))].start
    start = max(0, first - _BEFORE)
    if start:
        space = re.compile(r"\s\b|\s(?=\S)").search(text, start, first)
        start = space.end() if space else first
    end = min(len(text), start + _EXCERPT)
    inside = [mark for mark in marks if start <= mark.start and mark.end <= end]
    if end < len(text):
        least = inside[-1].end if inside else start
        end = next((i for i in range(end, least, -1) if text[i].isspace()), end)
    return Span(start, end), tuple(Span(m.start - start, m.end - start) for m in inside)
