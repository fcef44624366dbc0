"""How many sentences of summaries hang on one that is not there: a check for measuring, in English.

It reads the parse, which the ranker's own rule (``toolkit.standing``) never sees. A sentence whose
neighbour in the article stands before it in the summary has what it needs, and the first of an
article needs nothing. Of any other it is asked whether it goes on from something, has a pronoun or a
demonstrative without an antecedent in the sentence, or is a quotation without its speaker. Counted
apart, since a reader mostly guesses them: persons called by the surname before they are introduced,
and a subject like "the group" that the article has told of before and the summary has not.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from toolkit import Annotations, Article, Budget, Span, annotate, languages
from toolkit.marks import quotations
from toolkit.model import Entity
from toolkit.pipeline import analyse

_GOES_ON = frozenset(
    (
        *(
            "but",
            "and",
            "so",
            "or",
            "yet",
            "however",
            "meanwhile",
            "instead",
            "nor",
            "moreover",
            "furthermore",
        ),
        *("nevertheless", "nonetheless", "otherwise", "therefore", "thus", "besides", "then", "indeed"),
        *("consequently", "additionally", "similarly", "likewise", "still", "others", "another", "yes"),
    )
)
_HE = frozenset(("he", "him", "his", "himself", "she", "her", "hers", "herself"))
_THEY = frozenset(("they", "them", "their", "theirs", "themselves"))
_IT = frozenset(("it", "its", "itself"))
_THIS = frozenset(("this", "that", "these", "those", "such"))
_NOW = frozenset(  # "this week" needs nothing before it
    (
        *("day", "week", "weekend", "month", "year", "morning", "afternoon", "evening", "night", "spring"),
        *("summer", "fall", "autumn", "winter", "season", "century", "decade", "time", "article", "story"),
    )
)
_LATER = frozenset(("later", "afterward", "afterwards", "thereafter"))
_DATES = frozenset(w for kind in ("month", "weekday") for w in languages.get("en").dates[kind])  # type: ignore[union-attr]
HANGS = ("goes on", "pronoun", "demonstrative", "no speaker")
APART = ("surname", "definite")


def table(gold: Path, *, articles: int, budgets: Sequence[Budget], show: bool = False) -> Iterator[str]:
    """Lines that tell the share of sentences, and of summaries with such a sentence."""
    with gold.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for _, line in zip(range(articles), lines, strict=False)]
    for budget in budgets:
        counts: Counter[str] = Counter()
        for number, text in enumerate(texts):
            notes = annotate(Article(text, language="en"), budget=budget)
            found = hanging(notes, analyse("en", text))
            counts["sentences"] += len(found)
            counts["summaries"] += any(set(kinds) & set(HANGS) for kinds in found.values())
            counts["hanging"] += sum(bool(set(kinds) & set(HANGS)) for kinds in found.values())
            counts.update(kind for kinds in found.values() for kind in set(kinds))
            if show:
                yield from (f"{number}: {', '.join(k)}: {notes.text(s)}" for s, k in found.items() if k)
        every = counts["sentences"] or 1
        yield (
            f"{budget.amount} {budget.unit}: {counts['hanging']} of {every} sentences hang "
            f"({counts['hanging'] / every:.1%}), in {counts['summaries']} of {len(texts)} summaries"
        )
        yield "  " + ", ".join(f"{kind} {counts[kind]}" for kind in (*HANGS, *APART))


def hanging(notes: Annotations, doc: Doc) -> dict[Span, list[str]]:
    """The sentences of a summary, each with the ways in which it hangs."""
    chosen = notes.summary.sentences if notes.summary else ()
    place = {span: i for i, span in enumerate(notes.sentences)}
    found: dict[Span, list[str]] = {}
    for span in chosen:
        i = place[span]
        tokens = doc.char_span(*span, alignment_mode="expand")
        assert tokens is not None
        follows = i == 0 or notes.sentences[i - 1] in chosen
        kinds = [] if follows else list(_kinds(tokens, _said(notes.article.text, span)))
        earlier = [s for s in chosen if s < span]
        kinds += ["surname"] * _without_introduction(notes, span, earlier)
        if i:
            kinds += ["definite"] * _without_antecedent(notes, tokens, earlier)
        found[span] = kinds
    return found


def _said(text: str, span: Span) -> list[Span]:
    """The stretches of a sentence between double marks, as offsets of the text."""
    inside = quotations(text[slice(*span)])
    return [Span(span.start + q.span.start, span.start + q.span.end) for q in inside if q.mark in '"“']


def _kinds(tokens: TokenSpan, said: Sequence[Span]) -> Iterator[str]:
    own = [t for t in tokens if not any(s.start <= t.idx < s.end for s in said) and t.text.isalnum()]
    if not own:
        yield "no speaker"
        return
    words = [t for t in tokens if t.text.isalnum()]
    if words[0].lower_ in _GOES_ON or own[0].lower_ in _GOES_ON or _also(own) or _later(tokens):
        yield "goes on"
    if any(_has_no_antecedent(t, own) for t in (words[0], *own)) or _is_bare_number(own[0]):
        yield "pronoun"
    if any(_points_back(t) for t in own[:4]):
        yield "demonstrative"


def _also(own: Sequence[Token]) -> bool:
    return any(t.lower_ in ("also", "too") and t.head.dep_ == "ROOT" for t in own)


def _later(tokens: TokenSpan) -> bool:
    """ "Five decades later, …"."""
    return any(t.lower_ in _LATER and t.nbor().text == "," for t in tokens[:6] if t.i + 1 < len(t.doc))


def _is_bare_number(token: Token) -> bool:
    """ "Three were sentenced": three of whom?"""
    return token.like_num and token.dep_ in ("nsubj", "nsubjpass") and not list(token.children)


def _has_no_antecedent(token: Token, own: Sequence[Token]) -> bool:
    """A pronoun of the third person before anything that it could stand for."""
    if token.tag_ not in ("PRP", "PRP$"):
        return False
    things = [t for t in own if t.pos_ in ("NOUN", "PROPN") and t.lower_ not in _DATES]
    near = [t for t in things if t.i < token.i]
    # "In his speech, Mr Obama …": what is fronted may be told by the subject behind it.
    root = own[0].sent.root
    if token.i < root.i and token.head is not root:
        near += [t for t in things if t.i > token.i and t.head is root and t.dep_ in ("nsubj", "nsubjpass")]
    if token.lower_ in _HE:
        return not any(t.tag_ in ("NN", "NNP", "NNPS") and _is_somebody(t) for t in near)
    if token.lower_ in _THEY:
        return not near
    return token.lower_ in _IT and not near and not _is_expletive(token)


def _is_somebody(noun: Token) -> bool:
    english = languages.get("en")
    assert english is not None
    known = english.roles | frozenset(english.gendered) | frozenset(english.checks["person"])
    return noun.pos_ == "PROPN" or noun.lower_ in known or noun.dep_ in ("nsubj", "nsubjpass")


def _is_expletive(token: Token) -> bool:
    """ "It is unclear whether", "It was a day when"."""
    if token.dep_ == "expl":
        return True
    clauses = ("ccomp", "xcomp", "advcl", "relcl", "acl", "csubj", "csubjpass")
    behind = any(t.i > token.head.i and t.dep_ in clauses for t in token.head.subtree)
    return token.lower_ == "it" and token.head.lemma_ in ("be", "take", "seem") and behind


def _points_back(token: Token) -> bool:
    if token.lower_ not in _THIS or token.tag_ not in ("DT", "PDT", "JJ"):
        return False
    if token.dep_ in ("det", "amod", "predet"):
        return token.head.lemma_.lower() not in _NOW
    return not any(t.dep_ in ("relcl", "acl", "prep") for t in token.children)


def _without_introduction(notes: Annotations, span: Span, earlier: Sequence[Span]) -> bool:
    """A person is called by a part of the name, and the summary has had no longer one."""
    return any(
        _first_in(entity, span, earlier, notes) for entity in notes.entities if entity.label == "PERSON"
    )


def _first_in(entity: Entity, span: Span, earlier: Sequence[Span], notes: Annotations) -> bool:
    here = [m.span for m in entity.mentions if span.contains(m.span)]
    before = [m.span for m in entity.mentions if any(s.contains(m.span) for s in earlier)]
    full = notes.text(entity.name)
    return bool(here) and " " in full and not any(" " in notes.text(s) for s in (*before, here[0]))


def _without_antecedent(notes: Annotations, tokens: TokenSpan, earlier: Sequence[Span]) -> bool:
    """The subject is "the" and a noun alone, which the article has before and the summary has not."""
    span = Span(tokens.start_char, tokens.end_char)
    told = {w for s in earlier for w in re.findall(r"\w+", notes.text(s).lower())}
    article = {t.lemma_.lower() for t in tokens.doc[: tokens.start]}
    for noun in tokens.noun_chunks:
        words = [t.lower_ for t in noun]
        subject = noun.root.dep_ in ("nsubj", "nsubjpass") and noun.root.head.i >= tokens.start
        alone = subject and words[0] == "the" and len(words) < 4 and noun.root.pos_ == "NOUN"
        alone = alone and not any(t.dep_ in ("prep", "relcl", "acl") for t in noun.root.children)
        if alone and noun.root.lemma_.lower() in article and noun.root.lower_ not in told:
            return span.start > 0
    return False
