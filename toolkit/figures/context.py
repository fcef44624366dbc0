"""What stands around a figure: its qualifier, what it counts, and whose words it is in.

A qualifier is told by the words beside the figure ("at least", "or more"); a few of them are
also prepositions ("over", "about"), and then the words before them and the parse decide. What is
counted is read from tags and parse: the noun that the number belongs to, with its closest
modifiers. Every look goes over a bounded number of words, whatever the text is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc, Token

from toolkit.figures.measures import any_of
from toolkit.languages import Language
from toolkit.model import FigureKind, Measure, Quote, Span

_BEFORE = 40  # characters that are looked at before a figure
_YEAR = re.compile(r"19\d\d|20[0-4]\d")
_NOUNS = ("NOUN", "PROPN")
_SMALL = ("DET", "PRON", "PUNCT", "SYM", "SPACE")
_PLURALS = ("NNS", "NNPS")
_MOST_WORDS = 6  # from a figure to the noun that it counts
_SHORT = 4  # words of what is counted
_HYPHENED = re.compile(r"-[^\W\d_]")


class Surroundings:
    """What stands around the figures of a document. ``text`` is its text, folded; ``times`` are the
    units of time, which something goes on over."""

    def __init__(self, doc: Doc, text: str, language: Language, times: frozenset[str]) -> None:
        self.doc, self.text, self.language, self.times = doc, text, language, times
        self.offsets = doc.to_array("IDX").tolist()
        self.parsed = doc.has_annotation("DEP") and doc.has_annotation("TAG")
        senses = [language.values.get(n, {}) for n in ("qualifiers", "qualifiers_behind")]
        before, behind = (any_of(w for words in each.values() for w in words) for each in senses)
        self.before = re.compile(rf"(?<![\w-])(?i:{before}) ?\Z")
        self.behind = re.compile(rf" ?(?i:{behind})(?!\w)")

    def qualifier(self, span: Span, kind: FigureKind, measures: Sequence[Measure]) -> Span | None:
        """The words that make the figure a bound or a rough one, before it or right behind."""
        head = self.text[max(0, span.start - _BEFORE) : span.start]
        if match := self.before.search(head):
            start = span.start - len(head) + match.start()
            words = match[0].rstrip()
            end = start + len(words)
            is_close = end < span.start or not words[-1].isalnum()
            if is_close and self._qualifies(start, words.lower(), span, kind, measures):
                return Span(start, end)
        if match := self.behind.match(self.text, span.end):
            words = match[0]
            return Span(match.start() + len(words) - len(words.lstrip(" -")), match.end())
        return None

    def _qualifies(
        self, start: int, words: str, span: Span, kind: FigureKind, measures: Sequence[Measure]
    ) -> bool:
        """Whether words are a qualifier there and no preposition."""
        if words in self.language.figures.get("level_qualifiers", ()):
            return kind in ("money", "percent", "quantity")
        if words not in self.language.figures.get("weak_qualifiers", ()):
            verb = self._before(start)
            return verb is None or not self._takes(verb, words)  # "edged up to 5 percent"
        if not self.parsed:
            return False
        first, last = self._token(start), self._token(start + words.rfind(" ") + 1)
        if first is None or last is None:
            return False
        is_preposition = last.dep_ in self.language.syntax.preposition
        by_parse = not is_preposition or span.start <= last.head.idx < span.end
        before = self._before(start)
        if before is not None and before.pos_ == "ADP":  # in under 30 minutes
            return True
        if before is None or before.is_punct or before.is_space or before.pos_ in ("SCONJ", "CCONJ"):
            return by_parse or not self._is_time(measures)
        if self._is_time(measures) and not by_parse:
            return False
        if before.pos_ == "VERB":
            is_measured = kind == "quantity" or self._is_subject(span)
            return not self._takes(before, words) or (by_parse and is_measured)
        if before.pos_ == "AUX":
            return kind != "number" or (by_parse and not self._tells(before))
        if before.pos_ in (*_NOUNS, "PRON"):
            return by_parse and (kind != "number" or before.ent_type_ == "DATE" or self._is_day(before))
        return by_parse

    def _before(self, offset: int) -> Token | None:
        token = self._token(offset)
        return token.nbor(-1) if token is not None and token.i else None

    def _takes(self, verb: Token, words: str) -> bool:
        """Whether a verb takes such words as its preposition: talked about, flew over, went up to."""
        return verb.lemma_.lower() in self.language.values.get("prepositional", {}).get(words, ())

    def _is_time(self, measures: Sequence[Measure]) -> bool:
        return any(m.unit in self.times for m in measures)

    def _is_subject(self, span: Span) -> bool:
        """Whether what the figure counts is the subject of a clause: "said about 300 people fled"."""
        token = self._token(span.end)
        if token is None:
            return False
        subjects = self.language.syntax.subject
        return any(t.dep_ in subjects for t in (token, token.head))

    def _is_day(self, token: Token) -> bool:
        words = self.language.figures
        return token.text in (*words.get("weekdays", ()), *words.get("months", ()), *words.get("days", ()))

    def _tells(self, verb: Token) -> bool:
        """Whether the subject of "is about" is something that is told: a film, a question."""
        tellings = self.language.figures.get("tellings", ())
        before = (self.doc[i] for i in range(max(0, verb.i - _MOST_WORDS), verb.i))
        return any(t.lower_ in tellings and t.head == verb for t in before)

    def may_be_year(self, span: Span) -> bool:
        """Whether a number may be a year: what "2019 tickets" are, only the writer knows. 2000 is one
        behind "the" or a name, as in "the 2000 elections"."""
        words = self.text[slice(*span)]
        if not _YEAR.fullmatch(words):
            return False
        token = self._token(span.start)
        before = token.nbor(-1) if token is not None and token.i else None
        is_named = before is not None and before.pos_ in ("DET", "PART", "PRON", "PROPN", "ADJ")
        return is_named or not words.endswith("00")

    # What is counted

    def counts(self, span: Span, kind: FigureKind, *, one: bool) -> Span | None:
        """What there are so many of; ``one`` tells that it is one, whose noun is in the singular."""
        if not self.parsed or kind not in ("number", "percent", "quantity"):
            return None
        if of_what := self._of(span, kind):
            return of_what
        if kind != "number":
            return None
        end = self._without_qualifier(span.end)
        if end == span.end and _HYPHENED.match(self.text, end):  # a 33-seater bus
            return None
        return self._noun_behind(end, one=one)

    def _without_qualifier(self, end: int) -> int:
        match = self.behind.match(self.text, end)
        return match.end() if match else end

    def _noun_behind(self, end: int, *, one: bool) -> Span | None:
        """The noun that the words behind a number lead to: "300 armed police officers"."""
        words: list[Token] = []
        for token in self._tokens(end):
            if not (token.pos_ in (*_NOUNS, "ADJ") or self._is_state(token) or self._modifies(token)):
                break
            words.append(token)
            if self._is_counted(token, one=one):
                return self._phrase(words)
        if words and self._is_state(words[0]) and not self._has_object(words[0]):  # 12 dead and 30 injured
            return Span(words[0].idx, words[0].idx + len(words[0]))
        return None

    def _is_counted(self, token: Token, *, one: bool) -> bool:
        """Whether a noun is what is counted, and does not only modify the one behind it."""
        if token.pos_ not in _NOUNS or self._uncounted(token.lower_):
            return False
        is_plural = token.tag_ in _PLURALS or "Plur" in token.morph.get("Number", [])
        if endings := self.language.figures.get("plural_endings"):  # "trois grièvement" counts nothing
            is_plural = is_plural and token.lower_.endswith(endings)
        is_many = is_plural or token.lower_ in self.language.figures.get("counted_singular", ())
        following = token.nbor() if token.i + 1 < len(self.doc) else None
        if following is not None and token.whitespace_ and following.pos_ in _NOUNS:
            modifies_next = token.dep_ in ("compound", "amod", "nmod") and token.head.i > token.i
            if modifies_next or not is_many:
                return False
        return is_many or one

    def _modifies(self, token: Token) -> bool:
        """Whether a participle, or an adverb with one, stands before a noun: "300 newly built homes"."""
        return token.dep_ in ("amod", "advmod") and token.head.i > token.i and token.pos_ in ("VERB", "ADV")

    def _has_object(self, token: Token) -> bool:
        following = token.nbor() if token.i + 1 < len(self.doc) else None
        return following is not None and following.pos_ in ("DET", "NUM", "PRON")

    def _is_state(self, token: Token) -> bool:
        return token.lower_ in self.language.figures.get("counted_states", ())

    def _uncounted(self, word: str) -> bool:
        return word.lower() in self.language.figures.get("uncounted", ())

    def _of(self, span: Span, kind: FigureKind) -> Span | None:
        """What a share or an amount is of: "percent of Pakistan's population", "27 of the hostages"."""
        of, *tokens = [*self._tokens(span.end, _MOST_WORDS + _SHORT), None]
        table = self.language.figures
        elided = (
            kind == "number" and of is not None and of.lower_.replace("’", "'") in table.get("of_elided", ())
        )
        if of is None or not (of.lower_ in table["of"] or elided) or not tokens:
            return None
        objects = self.language.syntax.agent_object
        hung = of.head if kind == "number" and of.dep_ == "case" else None  # as the universal trees have it
        noun = next((t for t in tokens if t and (t == hung or (t.dep_ in objects and t.head == of))), None)
        if noun is None or noun.pos_ not in _NOUNS:
            return None
        phrase = [t for t in tokens if t and noun.left_edge.i <= t.i <= noun.i]
        is_definite = bool(phrase) and phrase[0].lower_ in self.language.definite
        if kind == "quantity" and (is_definite or noun.pos_ == "PROPN"):  # 5 km of the border
            return None
        return self._phrase(phrase)

    def _phrase(self, words: Sequence[Token]) -> Span | None:
        """Words up to a noun, kept short: without articles, numbers, pronouns and "more" before it,
        and the last part only where they are many."""
        left_out = self.language.figures.get("before_counted", ())
        kept = list(words)
        for i, token in enumerate(words):
            is_number = token.pos_ == "NUM" or token.like_num
            is_small = token.pos_ in _SMALL or token.lower_ in left_out
            is_mark = token.is_quote or token.is_bracket
            if is_number or is_mark or (is_small and len(kept) == len(words) - i):
                kept = list(words[i + 1 :])
        if len(kept) > _SHORT:
            kept = [t for t in kept[-_SHORT:] if t.dep_ == "compound" or t is kept[-1]]
        return Span(kept[0].idx, kept[-1].idx + len(kept[-1])) if kept else None

    def _token(self, offset: int) -> Token | None:
        """The token that begins at an offset, or the first behind it that is no blank."""
        return next(self._tokens(offset, 1), None)

    def _tokens(self, offset: int, most: int = _MOST_WORDS) -> Iterator[Token]:
        """The tokens from an offset on, in its sentence."""
        at, left = bisect_left(self.offsets, offset), most
        while at < len(self.doc) and self.doc[at].is_space:
            at += 1
        for i in range(at, min(at + left, len(self.doc))):
            if i > at and self.doc[i].is_sent_start:
                return
            yield self.doc[i]


def told_in(quotes: Iterable[Quote], spans: Sequence[Span]) -> list[str | None]:
    """For each span, in their order, the id of the smallest statement whose content holds it: the
    words are somebody's. None for one in no statement that was found."""
    pieces = sorted(
        (piece, sum(s.end - s.start for s in quote.content), quote.id)
        for quote in quotes
        if quote.kind != "scare"
        for piece in quote.content
    )
    found: list[str | None] = []
    open_pieces: list[tuple[Span, int, str]] = []
    at = 0
    for span in spans:
        while at < len(pieces) and pieces[at][0].start <= span.start:
            open_pieces.append(pieces[at])
            at += 1
        open_pieces = [piece for piece in open_pieces if piece[0].end > span.start]
        around = [(size, name) for piece, size, name in open_pieces if piece.contains(span)]
        found.append(min(around)[1] if around else None)
    return found
