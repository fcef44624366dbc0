"""The words of a text, as summaries count and compare them, in any language.

Words as an editor counts them, for budgets; stems without stop words, for likeness, where sumy or
NLTK's Snowball knows the language. Elsewhere plain words do, and single letters where a script
parts no words by blanks.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import NamedTuple

from toolkit.size import UNPARTED

# Accents and vowels that are characters of their own; in Indic scripts half of the letters are.
_JOINED = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u0670\u0900-\u0963\u0966-\u0dff\u200c\u200d"
_LETTERS = rf"(?:[^\W_{UNPARTED}]|[{_JOINED}])++"
_WORD = re.compile(rf"[{UNPARTED}]|{_LETTERS}(?:['’]{_LETTERS})?")
_ANY_UNPARTED = re.compile(f"[{UNPARTED}]")

# By ISO 639-1: as sumy and NLTK call a language, those that sumy has stop words of, those with a stemmer.
_NAMES = {
    "ar": "arabic", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "fi": "finnish", "fr": "french", "he": "hebrew", "hu": "hungarian", "it": "italian",
    "ja": "japanese", "ko": "korean", "nb": "norwegian", "nl": "dutch", "no": "norwegian", "pl": "polish",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sk": "slovak", "sv": "swedish", "th": "thai",
    "uk": "ukrainian", "zh": "chinese",
}  # fmt: skip
_NO_STOP_WORDS = frozenset(("da", "fi", "hu", "nb", "nl", "no", "ro", "ru"))
_NO_STEMMER = frozenset(("el", "pl", "th"))  # the Greek and the Polish one want packages of their own


def words_of(text: str) -> list[str]:
    """The words of a text, case and marks left out."""
    return [w.casefold() for w in _WORD.findall(text)]


def length_of(text: str) -> int:
    """Words as an editor counts them: what stands between blanks, or letters where there are none."""
    return len(_WORD.findall(text)) if _ANY_UNPARTED.search(text) else len(text.split())


class Told(NamedTuple):
    """A sentence as its words: where each begins, in code points of the text, and its stem; and the
    stems that count, without stop words."""

    starts: list[int]
    stems: list[str]
    terms: list[str]


def telling(language: str) -> Callable[[str, int, int], Told]:
    """What gives the words of ``text[start:end]``, with stems and stop words as far as the language
    (ISO 639-1) has both."""
    known = _known(language)

    def tell(text: str, start: int, end: int) -> Told:
        found = list(_WORD.finditer(text, start, end))
        both = [known(word[0]) for word in found]
        return Told([w.start() for w in found], [s for s, _ in both], [s for s, counts in both if counts])

    return tell


def terms_of(language: str) -> Callable[[str], list[str]]:
    """Stems without stop words, as far as the language (ISO 639-1) has both; plain words elsewhere."""
    known = _known(language)
    return lambda text: [stem for stem, counts in map(known, _WORD.findall(text)) if counts]


def stems_of(language: str) -> Callable[[str], list[str]]:
    """All words without their endings, stop words too."""
    known = _known(language)
    return lambda text: [stem for stem, _ in map(known, _WORD.findall(text))]


@functools.cache
def _known(language: str) -> Callable[[str], tuple[str, bool]]:
    """The stem of a word, and whether it counts; with a memory, for articles share most of their words."""
    stop, stem = stop_words(language), stemmer(language)

    @functools.lru_cache(maxsize=1 << 16)
    def known(word: str) -> tuple[str, bool]:
        plain = word.casefold()
        return stem(plain), plain not in stop

    return known


@functools.cache
def stop_words(language: str) -> frozenset[str]:
    """sumy's stop words of a language, none where it has no list."""
    if language not in _NAMES or language in _NO_STOP_WORDS:
        return frozenset()
    from sumy.utils import get_stop_words

    found: frozenset[str] = get_stop_words(_NAMES[language])
    return found


def stemmer(language: str) -> Callable[[str], str]:
    """What takes the endings off words; off none where there is no stemmer."""
    from sumy.nlp.stemmers import Stemmer, null_stemmer

    if language not in _NAMES or language in _NO_STEMMER:
        return null_stemmer
    return Stemmer(_NAMES[language])
