"""What the questions look up in an article's annotations again and again, and the form of an answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Literal, TypeAlias, get_args

from toolkit import languages
from toolkit.checks.finding import Stretches, prose, statements
from toolkit.dateline import dateline_span
from toolkit.languages import Language
from toolkit.model import Annotations, Figure, Quote, Span
from toolkit.runs import kept_mentions

Question: TypeAlias = Literal["who", "what", "where", "when", "how-many", "on-whose-word"]
QUESTIONS: tuple[Question, ...] = get_args(Question)
MOST = 3  # points of a question; there is one "what"

_LEADS = 4  # sentences of running text at the head, of which one tells the event in most of news
_FEWEST_WORDS = 7  # of one that does
_COMMON = 5  # names so many places down the list of the commonest are what the article is about
_STOPS = (".", "!", "…", "。", "।", "؟")


@dataclass(frozen=True, slots=True)
class Point:
    """An answer. ``span`` are its words and ``sentence`` the sentence that they stand in.

    ``source`` are the words for who vouches for it, which may stand elsewhere; None where it stands in
    no statement that was found, or nothing tells whose that is. ``date`` is that of a "when", as in
    ``Figure.date``, "" where it can't be told. ``mark`` is the id of the entity, the figure or the quote that
    it was read from, "" for a whole sentence.
    """

    question: Question
    span: Span
    sentence: Span
    source: Span | None = None
    date: str = ""
    mark: str = ""


class Story:
    """The annotations of an article, without what an editor rejected."""

    def __init__(self, notes: Annotations) -> None:
        self.notes, self.article, self.text = notes, notes.article, notes.text
        self.language: Language | None = languages.get(notes.article.language)
        self.sentences = Stretches(notes.sentences)
        self.running = prose(notes)
        self.said: tuple[Quote, ...] = statements(notes)
        self.figures: tuple[Figure, ...] = tuple(f for f in notes.figures if f.status != "rejected")
        self.mentions = {e.id: tuple(m.span for m in kept_mentions(e)) for e in notes.entities}

    def words_for(self, kind: str) -> Mapping[str, str]:
        """The language's words of dates of a kind, with what they mean."""
        return self.language.dates.get(kind, {}) if self.language else {}

    def around(self, span: Span) -> Span | None:
        """The sentence that holds a span."""
        sentence = self.sentences.at(span.start)
        return sentence if sentence and sentence.contains(span) else None

    @cached_property
    def summary(self) -> tuple[Span, ...]:
        chosen = frozenset(self.notes.summary.sentences if self.notes.summary else ())
        return tuple(s for s in self.sentences.spans if s in chosen)

    @cached_property
    def leads(self) -> tuple[Span, ...]:
        """The first sentences of running text, without headlines and the like."""
        whole = (s for s in self.sentences.spans if self.running.at(s.start) and self._is_whole(s))
        return tuple(islice(whole, _LEADS))

    def _is_whole(self, sentence: Span) -> bool:
        words = self.text(sentence)
        if sum(map(words.count, '"“”„')) % 2 or sum(map(words.count, "«»")) % 2:
            return False  # half of a quotation
        return len(words.split()) >= _FEWEST_WORDS and words.rstrip("\"'”’»)] \u00a0").endswith(_STOPS)

    @cached_property
    def dateline(self) -> Span:
        """Where the dateline stands, its dash with it; empty where there is none."""
        return dateline_span(self.article)

    @cached_property
    def weight(self) -> Mapping[str, int]:
        """In how many sentences each entity is named."""
        return {
            name: len({self.sentences.at(span.start) for span in spans})
            for name, spans in self.mentions.items()
        }

    @cached_property
    def common(self) -> tuple[str, ...]:
        """The entities that the article is about: named in several sentences, the commonest first."""
        several = [name for name, weight in self.weight.items() if weight > 1]
        return tuple(sorted(several, key=lambda name: -self.weight[name])[:_COMMON])

    def is_named(self, entity: str, sentence: Span) -> bool:
        return any(sentence.contains(span) for span in self.mentions[entity])

    def said_in(self, sentence: Span) -> Iterator[Quote]:
        """The statements that stand in a sentence, at least in part."""
        for quote in self.said:
            if any(sentence.overlaps(s) for s in (*quote.content, *quote.source)):
                yield quote


@dataclass(frozen=True, slots=True)
class Scene:
    """An article with the sentence of its main event, None where it tells none that is known, and the
    sentences that tell the story, the event's first."""

    story: Story
    event: Span | None
    focus: tuple[Span, ...]
