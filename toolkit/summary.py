"""Extractive summaries: which sentences carry the story.

The default, "learned", weighs sentences and then short summaries as a whole, with weights learned
from editors' own (``toolkit.salience``, ``toolkit.choosing``). sumy's algorithms are there by name, fed
with our own sentences.
"""

from __future__ import annotations

import functools
import importlib
import re
import warnings
from collections.abc import Callable, Sequence
from typing import Any, get_args

import numpy as np

from toolkit.choosing import best, unhung
from toolkit.errors import UnknownChoice
from toolkit.lexrank import lexrank
from toolkit.model import Budget, BudgetUnit, Span, Summary
from toolkit.salience import see

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
_FEWEST_WORDS = 4  # a crosshead, a byline or a caption's end is not a sentence to send
_STOPS = tuple(".!?…。！？।؟۔")
# Thai, Lao, Burmese, Khmer, Japanese and Chinese are written without blanks: there each letter counts.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|(?:(?![{_UNSPACED}])[^\W_])+(?:['’](?:(?![{_UNSPACED}])[^\W_])+)?")
_ANY_UNSPACED = re.compile(f"[{_UNSPACED}]")


def check(method: str, budget: Budget) -> None:
    """Raises ``UnknownChoice`` unless there is such a method and such a budget."""
    if method not in METHODS:
        raise UnknownChoice(f"There is no summary method {method!r}; choose one of {', '.join(METHODS)}.")
    if budget.unit not in get_args(BudgetUnit):
        raise UnknownChoice(
            f"A summary can't be measured in {budget.unit!r}; choose {' or '.join(get_args(BudgetUnit))}."
        )
    if budget.amount < 1:
        raise UnknownChoice(
            f"A summary needs at least one of its {budget.unit}; {budget.amount} were asked for."
        )


def summarise(text: str, sentences: Sequence[Span], *, budget: Budget, method: str, language: str) -> Summary:
    """A summary of whole sentences in the order of the text, within the budget.

    With a budget in words, the best sentences are taken while they fit, and a few that don't
    are passed over; if the best one alone is longer than the budget, it is given all the same.
    Raises ``UnknownChoice`` on a method that does not exist, a budget below one, or a text too
    long for one of sumy's methods.
    """
    check(method, budget)
    if method == "lead":
        return Summary(method, tuple(fitting(text, sentences, budget, passed_over=0)), budget)
    kept = usable(text, sentences)
    if method == DEFAULT and kept:
        seen = see([text[slice(*s)] for s in kept], terms_of(language), words_of, language)
        if chosen := best(seen, budget, [length_of(text[slice(*s)]) for s in kept]):
            return Summary(method, tuple(kept[i] for i in chosen), budget)
        order = unhung(seen)
    else:
        order = _ranked(text, kept, method, language) if kept else []
    ranked = [kept[i] for i in order]
    return Summary(method, tuple(sorted(fitting(text, ranked, budget))), budget)


def usable(text: str, sentences: Sequence[Span]) -> list[Span]:
    """Whole sentences, each once: no crossheads, no captions, no halves of a quotation. Where a text
    has nothing else, they will do."""
    seen: set[str] = set()
    kept: list[Span] = []
    spare: list[Span] = []
    for span in sentences:
        sentence = text[slice(*span)]
        words = words_of(sentence)
        key = " ".join(words)
        if len(words) < _FEWEST_WORDS or key in seen:
            continue
        seen.add(key)
        (kept if _is_whole(sentence) else spare).append(span)
    return kept or spare or list(sentences[:1])


def _is_whole(sentence: str) -> bool:
    """Ends with a stop, and has no half of a quotation."""
    if sentence.rstrip("\"'”’»)] \u00a0")[-1:] not in _STOPS:
        return False
    # By number, not by shape: what opens a quotation in one language closes it in another.
    return sum(map(sentence.count, '"“”„')) % 2 == 0 and sum(map(sentence.count, "«»")) % 2 == 0


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
    text: str, ranked: Sequence[Span], budget: Budget, *, passed_over: int = _PASSED_OVER
) -> list[Span]:
    if budget.unit == "sentences":
        return list(ranked[: budget.amount])
    chosen: list[Span] = []
    left = budget.amount
    for span in ranked:
        words = length_of(text[slice(*span)])
        if words <= left:
            chosen.append(span)
            left -= words
        elif passed_over:
            passed_over -= 1
        else:
            break
    return chosen or list(ranked[:1])


def words_of(text: str) -> list[str]:
    return [w.casefold() for w in _WORD.findall(text)]


def length_of(text: str) -> int:
    """Words as an editor counts them: what stands between blanks, or letters where there are none."""
    return len(_WORD.findall(text)) if _ANY_UNSPACED.search(text) else len(text.split())


def terms_of(language: str) -> Callable[[str], list[str]]:
    """Stems without stop words, where sumy knows the language; plain words elsewhere."""
    name = _SUMY_LANGUAGES.get(language)
    if name is None:
        return words_of
    from sumy.nlp.stemmers import Stemmer
    from sumy.utils import get_stop_words

    stop, stem = get_stop_words(name), functools.cache(Stemmer(name))
    return lambda text: [stem(word) for word in words_of(text) if word not in stop]


def _by_sumy(text: str, sentences: list[Span], method: str, language: str) -> list[int]:
    """The order in which sumy would take the sentences, by asking for all of them."""
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
    from sumy.nlp.stemmers import Stemmer, null_stemmer
    from sumy.utils import get_stop_words

    class Words:
        """sumy's own tokenizer wants NLTK data that no package brings; it only needs words."""

        def to_words(self, sentence: str) -> tuple[str, ...]:
            return tuple(words_of(sentence))

    name = _SUMY_LANGUAGES.get(language)
    module, _, class_name = _SUMY[method].partition(":")
    summarizer: Any = getattr(importlib.import_module(module), class_name)(
        Stemmer(name) if name else null_stemmer
    )
    if name and hasattr(summarizer, "stop_words"):
        summarizer.stop_words = get_stop_words(name)
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


_SUMY_LANGUAGES = {
    "cs": "czech",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "pt": "portuguese",
    "sk": "slovak",
}
