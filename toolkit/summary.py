"""Extractive summaries: which sentences carry the story.

The default, "learned", weighs sentences, then words, and by these short summaries as a whole, with
weights learned from editors' own (``toolkit.salience``, ``toolkit.wanted``, ``toolkit.choosing``).
sumy's algorithms are there by name, fed with our own sentences.
"""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, get_args

import numpy as np

from toolkit.choosing import best, unhung
from toolkit.errors import UnknownChoice
from toolkit.lexrank import lexrank
from toolkit.marked import UNMARKED, Marked
from toolkit.model import Budget, BudgetUnit, Span, Summary
from toolkit.salience import see
from toolkit.standing import Usable, bound, usable
from toolkit.terms import length_of, stemmer, stems_of, stop_words, telling, terms_of, words_of
from toolkit.wanted import Wanted, load, sheets

DEFAULT = "learned"
_SUMY = {
    "lexrank": "sumy.summarizers.lex_rank:LexRankSummarizer",
    "lsa": "sumy.summarizers.lsa:LsaSummarizer",
    "luhn": "sumy.summarizers.luhn:LuhnSummarizer",
    "textrank": "sumy.summarizers.text_rank:TextRankSummarizer",
    "sumbasic": "sumy.summarizers.sum_basic:SumBasicSummarizer",
    "kl": "sumy.summarizers.kl:KLSummarizer",
    "reduction": "sumy.summarizers.reduction:ReductionSummarizer",
}
METHODS = (DEFAULT, "lexrank-position", "lead", *_SUMY)

# sumy's algorithms compare all pairs of sentences, KL all triples: beyond this many they would hang.
_MOST_SENTENCES = {"kl": 150}
_MOST_SENTENCES_ELSE = 600
# LexRank by position: chosen among .5, .7 and 1 on the CNN articles, each half alone agreeing.
_POSITION = 0.7
# Better sentences that may be too long for what is left before the rest is not worth having.
_PASSED_OVER = 2
_AROUND = 8  # and beside what an editor pinned, where the rest should be filled
_FEW = 5  # of the best sentences, one of which must do for a line


def check(method: str, budget: Budget) -> None:
    """Raises ``UnknownChoice`` unless there is such a method and such a budget."""
    if method not in METHODS:
        raise UnknownChoice(f"There is no summary method {method!r}; choose one of {', '.join(METHODS)}.")
    if budget.unit not in get_args(BudgetUnit):
        raise UnknownChoice(
            f"A summary can't be measured in {budget.unit!r}; choose {' or '.join(get_args(BudgetUnit))}."
        )
    if budget.unit == "percent" and budget.amount > 100:
        raise UnknownChoice(
            f"A summary of {budget.amount} percent is longer than the article; ask for 1 to 100."
        )
    if budget.amount < 1:
        raise UnknownChoice(
            f"A summary needs at least one of its {budget.unit}; {budget.amount} were asked for."
        )


def summarise(
    text: str,
    sentences: Sequence[Span],
    *,
    budget: Budget,
    method: str,
    language: str,
    pinned: Sequence[Span] = (),
    dropped: Sequence[Span] = (),
    marked: Marked = UNMARKED,
) -> Summary:
    """A summary of whole sentences in the order of the text, within the budget.

    What is ``marked`` in the text tells what matters, and what somebody says comes only with the words that
    attribute it.

    With a budget in words, the best sentences are taken while they fit, and a few that don't
    are passed over; if the best one alone is longer than the budget, it is given all the same.
    What an editor ``pinned`` is in it, even beyond the budget, and the rest is chosen around it;
    what was ``dropped`` is not. Raises ``UnknownChoice`` on a method that does not exist, a budget
    below one, or a text too long for one of sumy's methods.
    """
    check(method, budget)
    pinned, dropped = tuple(sorted(set(pinned))), tuple(sorted(set(dropped)))
    limit = _limit(text, sentences, budget)
    needs: dict[Span, Span] = {}
    if method == "lead":
        order, missed = list(sentences), 0
    else:
        attributed = bound(sentences, marked.quotes)
        standing = usable(text, sentences, language, attributed)
        kept = sorted({*standing.spans, *pinned})
        if method == DEFAULT and kept:
            found, order, needs = _learned(text, kept, limit, language, pinned, dropped, standing, marked)
            if found:
                return Summary(method, found, budget, pinned, dropped)
        else:
            order = [kept[i] for i in _ranked(text, kept, method, language)] if kept else []
        missed = _AROUND if pinned else _PASSED_OVER
    left = [s for s in order if s not in dropped and not any(map(s.overlaps, pinned))]
    if budget.unit == "line":
        chosen = list(pinned) or _line(text, [s for s in left if s not in needs] or left, budget.amount)
    else:
        chosen = fitting(text, left, limit, pinned, passed_over=missed, needs=needs)
    return Summary(method, tuple(sorted(chosen)), budget, pinned, dropped)


def _limit(text: str, sentences: Sequence[Span], budget: Budget) -> Budget:
    """A budget in percent as one in words; any other as it is."""
    if budget.unit != "percent":
        return budget
    words = sum(length_of(text[slice(*s)]) for s in sentences)
    return Budget("words", max(1, round(words * budget.amount / 100)))


def _learned(
    text: str,
    kept: list[Span],
    limit: Budget,
    language: str,
    pinned: Sequence[Span],
    dropped: Sequence[Span],
    standing: Usable,
    marked: Marked,
) -> tuple[tuple[Span, ...], list[Span], dict[Span, Span]]:
    """The best set of sentences; where sets are not compared none, but all the sentences, the best
    first, and for each that hangs the one that it hangs on."""
    hung = {i for i, span in enumerate(kept) if i and span in standing.hanging}
    tell = telling(language)
    told = [tell(text, *span) for span in kept]
    seen = see([text[slice(*s)] for s in kept], told, language, hanging=hung)
    places = {span: i for i, span in enumerate(kept)}
    words = [length_of(text[slice(*s)]) for s in kept]
    pins = [places[s] for s in pinned]
    drops = [
        i for s, i in places.items()
        if s in dropped or (s not in pinned and any(map(s.overlaps, pinned)))
    ]  # fmt: skip
    marks = marked.rows([start for one in told for start in one.starts])
    wanted = Wanted(sheets(seen, marks, stems_of(language)), load())
    chosen = best(seen, wanted, limit, words, pinned=pins, dropped=drops)
    if chosen:
        return tuple(kept[i] for i in chosen), [], {}
    needs = {kept[i]: kept[i - 1] for i, hangs in enumerate(seen.hanging) if hangs and i}
    return (), [kept[i] for i in unhung(seen)], needs


def _line(text: str, ranked: Sequence[Span], words: int) -> list[Span]:
    """The best sentence that is short enough, or the shortest of the best few."""
    short = (s for s in ranked if length_of(text[slice(*s)]) <= words)
    few = ranked[:_FEW]
    return (
        [found]
        if (found := next(short, None) or min(few, key=lambda s: s.end - s.start, default=None))
        else []
    )


def _ranked(text: str, sentences: list[Span], method: str, language: str) -> list[int]:
    """Indices of the sentences, the best first."""
    if method == "lexrank-position":
        terms = terms_of(language)
        places = 1 + np.arange(len(sentences))
        scores = lexrank([terms(text[slice(*s)]) for s in sentences]) * places**-_POSITION
        return [int(i) for i in np.argsort(-scores, kind="stable")]
    most = _MOST_SENTENCES.get(method, _MOST_SENTENCES_ELSE)
    if len(sentences) > most:
        raise UnknownChoice(
            f"The method {method!r} compares all sentences with each other, "
            f"and this text has {len(sentences)}, more than {most}; use {DEFAULT!r}, which takes any length."
        )
    return _by_sumy(text, sentences, method, language)


def fitting(
    text: str,
    ranked: Sequence[Span],
    budget: Budget,
    pinned: Sequence[Span] = (),
    *,
    passed_over: int = _PASSED_OVER,
    needs: Mapping[Span, Span] = MappingProxyType({}),
) -> list[Span]:
    """What is ``pinned``, and of the others, the best first, as many as the budget leaves room for;
    one that ``needs`` another only with it."""
    chosen = dict.fromkeys(pinned)
    in_words = budget.unit == "words"
    left = budget.amount - sum(length_of(text[slice(*s)]) if in_words else 1 for s in pinned)
    for span in ranked:
        if left <= 0:
            break
        if span in needs and needs[span] not in chosen:
            continue
        cost = length_of(text[slice(*span)]) if in_words else 1
        if cost <= left:
            chosen[span] = None
            left -= cost
        elif passed_over:
            passed_over -= 1
        else:
            break
    return list(chosen) or list(ranked[:1])


def _by_sumy(text: str, sentences: list[Span], method: str, language: str) -> list[int]:
    """The order in which sumy would take the sentences, by asking for all of them."""
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

    class Words:
        """sumy's own tokenizer wants NLTK data that no package brings; it only needs words."""

        def to_words(self, sentence: str) -> tuple[str, ...]:
            return tuple(words_of(sentence))

    module, _, class_name = _SUMY[method].partition(":")
    summarizer: Any = getattr(importlib.import_module(module), class_name)(stemmer(language))
    if hasattr(summarizer, "stop_words"):
        summarizer.stop_words = stop_words(language)
    made = [Sentence(text[slice(*s)], Words()) for s in sentences]
    place = {id(sentence): i for i, sentence in enumerate(made)}
    ranked: list[int] = []

    def keep_order(rated: Sequence[Any]) -> Sequence[Any]:
        # sumy gives the chosen back in the order of the text; the "count" it takes sees them by rating.
        ranked.extend(place[id(one.sentence)] for one in rated)
        return rated

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a text without content words, which has no ranking
        summarizer(ObjectDocumentModel([Paragraph(made)]), keep_order)
    return list(dict.fromkeys((*ranked, *range(len(made)))))
