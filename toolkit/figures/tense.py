"""Whether the text tells of a date as past or as still to come, from the parse.

The verb that governs the date tells, with its auxiliaries; a preposition may tell more ("since
Tuesday"), and what stands with a noun may tell less: "Tuesday's attack will be debated" is none
of the future. Where it can go both ways the answer is "".
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import islice, pairwise, takewhile
from typing import Literal, TypeAlias

from spacy.tokens import Doc, Token

from toolkit.figures.calendar import Tense
from toolkit.languages import Language
from toolkit.model import Span

_Told: TypeAlias = Literal["past", "present", "future", ""]

_VERBS, _NOUNS = ("VERB", "AUX"), ("NOUN", "PROPN", "PRON", "ADJ", "NUM")
_DEEPEST = 12  # steps up the tree


class Tenses:
    """The tenses of one document. Where there is no parse nothing is told."""

    def __init__(self, doc: Doc, language: Language) -> None:
        self.doc, self.syntax, self.words, self.cues = doc, language.syntax, language.dates, language.cues
        self.links = language.syntax.auxiliary | language.dates.get("copula", {}).keys()
        self._starts = doc.to_array("IDX").tolist() if doc.has_annotation("DEP") else []

    def of(self, span: Span) -> Tense:
        """Past, future or "", for a date at a span (code points)."""
        head = self._head(span)
        if head is None:
            return ""
        if (verb := self._verb_before(head, span)) is not None:
            return self._told(self._of_verb(verb), self._before(head))
        path = self._path(head)
        if not self._is_verb(path[-1]):
            return ""
        if (cue := self._cue_before(path[-1], span)) is not None:
            return self._told(self._of_verb(cue), self._way(path))
        way = self._way(path)
        return self._told(self._of_verb(path[-1]) if way else self._through(path), way)

    def is_timeless(self, span: Span) -> bool:
        """Whether the verb is in the plain present, in which "today" may mean these days."""
        found = self.verb(span)
        if found is None or self._of_verb(verb := self.doc[found]) != "present":
            return False
        return not self._goes_on(verb) and verb.lemma_.lower() not in self.words["planned"]

    def verb(self, span: Span) -> int | None:
        """The verb that a date belongs to, by its number, None where there is none."""
        head = self._head(span)
        if head is None:
            return None
        over = self._path(head)[-1]
        found = self._verb_before(head, span) or self._cue_before(over, span) or over
        return found.i if self._is_verb(found) else None

    def stands_aside(self, span: Span, other: Span) -> bool:
        """Whether a date belongs to a participle or relative clause, and another to what that is an
        aside to ("born in 1962, she died on 3 January")."""
        head, main = self._head(span), self._head(other)
        if head is None or main is None:
            return False
        over = {main.i, *(token.i for token in islice(main.ancestors, _DEEPEST))}
        above = takewhile(lambda token: token.i not in over, islice(head.ancestors, _DEEPEST))
        return any(self._is_aside(token) for token in above)

    def _is_aside(self, token: Token) -> bool:
        if token.dep_ == "advcl":  # not "after she was born in 1962"
            return not any(t.dep_ in self.links or t.dep_ == "mark" for t in token.children)
        return token.dep_.startswith(("acl", "relcl", "appos"))

    def is_of_saying(self, span: Span) -> bool:
        """Whether something was said then, and the verb tells so."""
        verb = self.verb(span)
        return verb is not None and self.doc[verb].lemma_ in self.cues

    def is_named(self, span: Span) -> bool:
        """Whether a name runs into the date, as in "Fox News Sunday"."""
        before = self._first(span) - 1
        if not 0 <= before < len(self._starts) - 1 or self.doc[before].pos_ != "PROPN":
            return False
        return before < self.doc[before].head.i < bisect_left(self._starts, span.end)

    def counts_a_noun(self, span: Span) -> bool:
        """Whether the date stands before a noun, as in "a Tuesday statement"."""
        head = self._head(span)
        return head is not None and head.head.i > head.i and head.head.pos_ in ("NOUN", "PROPN")

    def counts_many(self, span: Span) -> bool:
        """Whether a number counts the noun behind it, by the parse or as that is a plural."""
        at = bisect_left(self._starts, span.end)
        if not 0 < at < len(self._starts):
            return False
        noun = self.doc[at]
        is_plural = noun.tag_ == "NNS" or (noun.pos_ == "NOUN" and "Plur" in _feature(noun, "Number"))
        return is_plural or self.counts_a_noun(span)

    def _first(self, span: Span) -> int:
        """The number of the token in which a span begins."""
        return max(bisect_right(self._starts, span.start) - 1, 0)

    def _head(self, span: Span) -> Token | None:
        """The word of a phrase by which it hangs in the tree."""
        first = self._first(span)
        last = bisect_left(self._starts, span.end)
        if first >= last:
            return None
        phrase = range(first, last)
        return next((t for t in self.doc[first:last] if t.head.i not in phrase), self.doc[first])

    def _verb_before(self, head: Token, span: Span) -> Token | None:
        """The verb that a date follows at once ("said late on Tuesday"), whatever the parse makes of it."""
        if head.head.i > head.i and head.head.pos_ in ("NOUN", "PROPN"):
            return None
        at = self._joined(span) - 1
        return (
            self.doc[at] if at >= 0 and self.doc[at].pos_ == "VERB" and not self.doc[at].is_sent_end else None
        )

    def _cue_before(self, verb: Token, span: Span) -> Token | None:
        """The verb of saying, where the date stands between it and what is said, and the parse gives it
        to the latter ("told them Tuesday he would go")."""
        is_said = verb.dep_ in self.syntax.clause and verb.head.i < self._joined(span) <= verb.left_edge.i
        return verb.head if is_said and self._is_verb(verb.head) else None

    def _joined(self, span: Span) -> int:
        """The number of the first token of a date, with words such as "late on" before it."""
        at = self._first(span)
        while at > 1 and self.doc[at - 1].lower_ in self.words["joining"]:
            at -= 1
        return at

    def _path(self, head: Token) -> list[Token]:
        """From the head of a phrase up to the verb over it, or as far as the tree goes."""
        path = [head]
        for _ in range(_DEEPEST):
            token = path[-1]
            is_verb = self._is_verb(token) and token.lower_ not in self.words["before"]  # "following"
            if is_verb or token.head.i == token.i:
                break
            path.append(token.head)
        return path

    def _way(self, path: list[Token]) -> int | None:
        """Which way the first preposition above a date points: to what it governs, or, of those that
        point back, to the noun that the date is with ("since the attack on Tuesday")."""
        is_far = False
        for below, token in pairwise((path[0], *path[:-1])):
            is_far = is_far or (token.pos_ in _NOUNS and below.i > token.i)
            way = self._before(token)
            if way is not None and (way < 0 or not is_far):
                return way
        return None

    def _before(self, token: Token) -> int | None:
        """Which way a preposition points, that this word is or that stands with it: back (-1), ahead (1)
        or, as "for", in either (0); None where there is no such word."""
        ways = self.words["before"]
        first = next((child for child in token.lefts if child.lower_ in ways and child.pos_ != "VERB"), token)
        return int(ways[first.lower_]) if first.lower_ in ways else None

    def _told(self, tense: _Told, way: int | None) -> Tense:
        """What a verb's tense becomes behind "since" or "until": what is told in the past "ahead of
        Tuesday's vote" may have come since, or not."""
        if way == -1:
            return "past" if tense in ("past", "present") else ""
        if tense == "past":
            return "past" if way is None else ""
        return "future" if tense else ""

    def _through(self, path: list[Token]) -> _Told:
        """The tense of the verb at the end of a path, less what a noun between takes from it."""
        tense = self._of_verb(path[-1])
        nouns = [i for i, token in enumerate(path[1:-1], 1) if token.pos_ in _NOUNS]
        if tense == "past" and any(token.lower_ in self.words["planned"] for token in path[1:-1]):
            return ""  # the talks, due on Friday, were put off
        if not nouns or tense == "past":
            return tense
        stands_before = path[nouns[0] - 1].i < path[nouns[0]].i
        is_subject = any(path[i].dep_ in self.syntax.subject for i in nouns)
        return "" if stands_before or is_subject or tense == "present" else tense

    def _is_verb(self, token: Token) -> bool:
        """Whether it is a verb, or has one for a copula ("la gare est belle")."""
        return token.pos_ in _VERBS or bool(self._auxiliaries(token))

    def _auxiliaries(self, token: Token) -> list[Token]:
        return [t for t in token.lefts if t.pos_ == "AUX" and t.dep_ in self.links]

    def _of_verb(self, verb: Token, depth: int = _DEEPEST) -> _Told:
        if depth == 0:
            return ""
        auxiliaries = self._auxiliaries(verb)
        finite = next((t for t in (*auxiliaries, verb) if "Fin" in _feature(t, "VerbForm")), None)
        is_perfect = (
            finite in auxiliaries
            and (finite.dep_ not in self.syntax.passive or self._is_perfect_with_be(verb))
            and any(_is_participle(t) for t in (*auxiliaries, verb))
            and not self._goes_on(verb)
        )
        if any(t.lower_ in self.words["ahead"] for t in auxiliaries):
            return "" if len(auxiliaries) > 1 and "Inf" in _feature(auxiliaries[1], "VerbForm") else "future"
        if finite is None:
            return self._of_infinite(verb, depth)
        if "Fut" in _feature(finite, "Tense") or "Cnd" in _feature(finite, "Mood"):
            return "future"
        if not is_perfect and not {"Past", "Imp"} & set(_feature(finite, "Tense")):
            return "present"
        return "" if verb.lemma_.lower() in self.words["planned"] else "past"

    def _is_perfect_with_be(self, verb: Token) -> bool:
        """Whether "to be" makes a perfect of a participle ("elle est morte"); parsers see a passive."""
        return verb.lower_.removesuffix("s").removesuffix("e") in self.words.get("perfect_with_be", ())

    def _goes_on(self, verb: Token) -> bool:
        """Whether something is going on ("is meeting", "is being held")."""
        return "Prog" in _feature(verb, "Aspect") or any(
            "Ger" in _feature(t, "VerbForm") for t in self._auxiliaries(verb)
        )

    def _of_infinite(self, verb: Token, depth: int) -> _Told:
        """Of an infinitive or participle without an auxiliary: what the verb above it makes of it."""
        above = next((t for t in islice(verb.ancestors, _DEEPEST) if t.pos_ in _VERBS), None)
        if verb.dep_ == "conj" and above is not None:
            return self._of_verb(above, depth - 1)
        is_planned = verb.lemma_.lower() in self.words["planned"]
        if _is_participle(verb) and not is_planned:
            return "past"
        tense = self._of_verb(above, depth - 1) if above is not None else ""
        is_infinitive = "Inf" in _feature(verb, "VerbForm")
        if tense == "present" and (is_infinitive or is_planned):
            return "future"  # plans to meet; a vote scheduled for Friday
        if tense != "past" or above is None:
            return tense
        if not is_infinitive:
            return "" if is_planned else "past"
        lemma = above.lemma_.lower()
        is_open = (
            lemma in self.words["open"]
            or lemma in self.words["planned"]
            or "infinitive" in self.cues.get(lemma, ())
        )
        return "" if is_open or verb.head.i != above.i else "past"


def _is_participle(token: Token) -> bool:
    is_past = "Part" in _feature(token, "VerbForm") and "Past" in _feature(token, "Tense")
    return is_past and token.pos_ in _VERBS


def _feature(token: Token, name: str) -> list[str]:
    return token.morph.get(name, [])
