"""Which language a text is in: one honest guess, or ``und``.

langdetect knows 53 languages and is sure of itself whatever it is given: a headline
of four words, a Serbian text (it knows no Serbian), half English and half Arabic. So it
is asked only about texts that are long enough and in one script that it knows, and its
answer is checked against the alphabet of the language it names. Chinese, Japanese and
Korean are told by their scripts: it takes Chinese in traditional characters for Korean.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

UNDETERMINED = "und"

_LOOKED_AT = 3_000  # characters: enough to be sure, and a long archive file costs no more
_NO_WORD = re.compile(r"[!-~]{61,}")  # an address, a key, a line of one letter: no language has such a word
_ENOUGH = 60  # letters; under it, one in thirty English sentences is taken for another language
_SURE = 0.9  # probability of the winner
_MARGIN = 0.5  # and its lead over the next
_ONE_SCRIPT = 0.75  # share of the letters in the leading script
_FOREIGN = 0.01  # share of letters that the winner's language is never written with

# Scripts that are mixed within one language count as one, and one letter of them says
# as much as three of an alphabet.
_KANA, _HANGUL = {"HIRAGANA", "KATAKANA"}, {"HANGUL"}
_EAST_ASIAN = {"CJK", "BOPOMOFO", *_KANA, *_HANGUL}
_EAST_ASIAN_WEIGHT = 3
_BY_SCRIPT = 0.99  # probability of what the script alone tells

_KNOWN = frozenset(
    {"ARABIC", "BENGALI", "CYRILLIC", "DEVANAGARI", "GREEK", "GUJARATI", "GURMUKHI", "HEBREW"}
    | {"KANNADA", "LATIN", "MALAYALAM", "TAMIL", "TELUGU", "THAI"}
)


@dataclass(frozen=True, slots=True)
class Detection:
    """A language and how sure the guess is.

    ``code`` is ISO 639-1, or ``und`` when the text doesn't tell; ``probability`` is
    langdetect's, 0 to 1, or 0.99 where the script tells, and 0 for ``und``.
    """

    code: str
    probability: float


def detect(text: str) -> Detection:
    """The language of ``text``, judged by its first 3,000 characters, without what is no word.

    ``und`` for a short text (under 60 letters; 20 Chinese, Japanese or Korean ones), for
    mixed scripts, and when no language clearly wins. Never raises; the same text has the
    same answer, whatever was asked before.
    """
    words = _NO_WORD.sub(" ", text[: 10 * _LOOKED_AT])
    sample = unicodedata.normalize("NFC", words[:_LOOKED_AT])
    letters = Counter(c for c in sample if unicodedata.category(c)[0] in "LM")
    if sum(n for c, n in letters.items() if c.isupper()) > letters.total() / 2:
        # langdetect passes over words in capitals, and some wires write nothing else.
        sample = sample.lower()
    scripts = Counter[str]()
    for letter, count in letters.items():
        scripts[_script(letter)] += count
    script = _leading(scripts)
    if script == "EAST ASIAN":
        return _east_asian(scripts)
    if script not in _KNOWN:
        return Detection(UNDETERMINED, 0.0)
    ranking = _ranking(sample)
    if not ranking:
        return Detection(UNDETERMINED, 0.0)
    (winner, best), *rest = ranking
    second = rest[0][1] if rest else 0.0
    if best < _SURE or best - second < _MARGIN or _foreign_share(sample, script, winner) > _FOREIGN:
        return Detection(UNDETERMINED, 0.0)
    # Rounded: the last digits differ between machines' arithmetic.
    return Detection(winner, round(best, 4))


def _leading(scripts: Counter[str]) -> str:
    """The script that nearly all letters are in, "" for a mixture or for too few letters."""
    weights = Counter({s: n for s, n in scripts.items() if s not in _EAST_ASIAN})
    weights["EAST ASIAN"] = _EAST_ASIAN_WEIGHT * sum(scripts[s] for s in _EAST_ASIAN)
    script, weight = min(weights.items(), key=lambda item: (-item[1], item[0]))
    enough = weights.total() >= _ENOUGH and weight >= _ONE_SCRIPT * weights.total()
    return script if enough else ""


def _east_asian(scripts: Counter[str]) -> Detection:
    total = sum(scripts[s] for s in _EAST_ASIAN)
    kana, hangul = (sum(scripts[s] for s in group) / total for group in (_KANA, _HANGUL))
    if hangul > 0.5:
        return Detection("ko", _BY_SCRIPT)
    if kana > 0.1:
        return Detection("ja", _BY_SCRIPT)
    if kana + hangul < 0.03:
        return Detection("zh", _BY_SCRIPT)
    return Detection(UNDETERMINED, 0.0)


@functools.lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    # The standard library has no script property; a letter's name begins with it.
    return unicodedata.name(unicodedata.normalize("NFKC", letter)[0], "?").split()[0]


@functools.cache
def _factory() -> Any:
    """langdetect's profiles, loaded once (about half a second), in an order of our own.

    Its module-level factory takes them as the file system lists them and draws from an
    unseeded generator, which makes the answer depend on the machine and the moment.
    """
    from langdetect import detector_factory

    factory = detector_factory.DetectorFactory()
    profiles = sorted(p for p in Path(detector_factory.PROFILES_DIRECTORY).iterdir() if p.name[0].isalpha())
    factory.load_json_profile([p.read_text(encoding="utf-8") for p in profiles])
    factory.set_seed(0)
    return factory


def _ranking(sample: str) -> list[tuple[str, float]]:
    """langdetect's languages with probabilities, best first."""
    from langdetect.lang_detect_exception import LangDetectException

    detector = _factory().create()
    # Half a character breaks langdetect's tables; it says nothing about the language.
    detector.append(sample.encode("utf-8", "replace").decode("utf-8"))
    try:
        found = detector.get_probabilities()
    except LangDetectException:
        return []
    return sorted(
        ((language.lang, language.prob) for language in found), key=lambda item: (-item[1], item[0])
    )


def _foreign_share(sample: str, script: str, winner: str) -> float:
    """The share of the script's letters that never occur in the winner's profile."""
    from langdetect.utils.ngram import NGram

    factory = _factory()
    index = factory.langlist.index(winner)
    known = factory.word_lang_prob_map
    letters = [NGram.normalize(c) for c in sample if c.isalpha() and _script(c) == script]
    foreign = sum(1 for letter in letters if letter not in known or not known[letter][index])
    return foreign / max(1, len(letters))
