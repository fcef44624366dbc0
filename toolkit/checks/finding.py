"""What a check finds, and what several checks ask of an article.

A finding points at its words; whoever shows it takes them from the text.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from toolkit import languages
from toolkit.marks import Quotation, quotations
from toolkit.model import Annotations, Quote, Span
from toolkit.paragraphs import paragraphs
from toolkit.runs import kept_quotes

WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")

_LONGEST = 70  # characters of the article's words in a message
_ENDS_SENTENCE = re.compile(r"[.!?…:;。！？][\"'\u201d\u2019»)\]\s]*\Z")
_HEADLINE = 140  # characters; a longer paragraph is prose even without a stop


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at.

    ``check`` is the name of the check, ``span`` where to look, ``message`` one sentence for an
    editor, and ``more`` the other places that it is about.
    """

    check: str
    span: Span
    message: str
    more: tuple[Span, ...] = ()


def words(notes: Annotations) -> Mapping[str, tuple[str, ...]]:
    """The words that the article's language brings for the checks; empty where it brings none."""
    language = languages.get(notes.article.language)
    return language.checks if language else {}


def told(notes: Annotations, span: Span) -> str:
    """The article's words in quotation marks, cut short after a word where they are long."""
    text = notes.text(span)
    if len(text) <= _LONGEST:
        return f"“{text}”"
    cut = text.rfind(" ", 1, _LONGEST)
    return f"“{notes.text(Span(span.start, span.start + (cut if cut > 0 else _LONGEST)))} …”"


def listed(names: Iterable[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def statements(notes: Annotations) -> tuple[Quote, ...]:
    """What is said in the article, in its order: no beliefs, and no words that are only set off."""
    return tuple(q for q in kept_quotes(notes) if q.act == "speech" and q.kind != "scare")


class Stretches:
    """Spans to look a place up in; those that overlap are one."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans: list[Span] = []
        for span in sorted(spans):
            if self.spans and span.start < self.spans[-1].end:
                self.spans[-1] = Span(self.spans[-1].start, max(self.spans[-1].end, span.end))
            else:
                self.spans.append(span)
        self._starts = [span.start for span in self.spans]

    def touched(self, span: Span) -> bool:
        """Whether a span overlaps one of them."""
        i = bisect_right(self._starts, max(span.end - 1, span.start)) - 1
        return i >= 0 and self.spans[i].overlaps(span)

    def at(self, offset: int) -> Span | None:
        """The one that an offset lies in."""
        i = bisect_right(self._starts, offset) - 1
        return self.spans[i] if i >= 0 and offset < self.spans[i].end else None


def marked(notes: Annotations) -> tuple[Quotation, ...]:
    """What stands between quotation marks."""
    language = languages.get(notes.article.language)
    return _marked(notes.article.text, language is not None and language.dialogue_dash)


@functools.lru_cache(maxsize=4)
def _marked(text: str, dash: bool) -> tuple[Quotation, ...]:
    """Kept, for several checks ask, and an editor's article is checked after each decision."""
    return tuple(quotations(text, dialogue_dash=dash))


def prose(notes: Annotations) -> Stretches:
    """The paragraphs of running text: no headlines, bylines, captions or rows of a table."""
    text = notes.article.text
    return Stretches(p for p in paragraphs(text) if _is_prose(text[slice(*p)]))


def _is_prose(paragraph: str) -> bool:
    if len(paragraph) > _HEADLINE:
        return True
    long = [word for word in WORD.findall(paragraph) if len(word) > 3]
    in_capitals = len(long) > 3 and sum(word[0].isupper() for word in long) >= 0.8 * len(long)
    return bool(_ENDS_SENTENCE.search(paragraph)) and not in_capitals
