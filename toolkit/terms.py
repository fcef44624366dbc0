"""The words of a text, as summaries count and compare them, in any language.

Words as an editor counts them, for budgets; stems without stop words, for likeness, where sumy or
NLTK's Snowball knows the language. Elsewhere plain words do, and single letters where a script
parts no words by blanks.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

# Thai, Lao, Burmese, Khmer, Japanese and Chinese are written without blanks: there each letter counts.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
# Accents and vowels that are characters of their own; in Indic scripts half of the letters are.
_JOINED = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u0670\u0900-\u0963\u0966-\u0dff\u200c\u200d"
_LETTERS = rf"(?:(?![{_UNSPACED}])(?:[^\W_]|[{_JOINED}]))+"
_WORD = re.compile(rf"[{_UNSPACED}]|{_LETTERS}(?:['’]{_LETTERS})?")
_ANY_UNSPACED = re.compile(f"[{_UNSPACED}]")

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
    return len(_WORD.findall(text)) if _ANY_UNSPACED.search(text) else len(text.split())


def terms_of(language: str) -> Callable[[str], list[str]]:
    """Stems without stop words, as far as the language (ISO 639-1) has both; plain words elsewhere."""
    stop, stem = stop_words(language), _stem(language)
    return lambda text: [stem(word) for word in words_of(text) if word not in stop]


def stems_of(language: str) -> Callable[[str], list[str]]:
    """All words without their endings, stop words too."""
    stem = _stem(language)
    return lambda text: [stem(word) for word in words_of(text)]


@functools.cache
def _stem(language: str) -> Callable[[str], str]:
    """The stemmer with a memory: articles share most of their words."""
    return functools.lru_cache(maxsize=1 << 16)(stemmer(language))


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
