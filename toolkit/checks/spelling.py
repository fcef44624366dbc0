"""Names that are spelled in two ways: Kamotho and Kamoto, Erdoğan and Erdogan, al-Shabab and al Shabab.

Two people of one surname, places that only look alike (Ireland, Iceland), and a name's plural are
no misspellings. Names meet by keys, so that the work grows with their number and not with its square.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

from toolkit import languages
from toolkit.checks.finding import Finding, told
from toolkit.languages import Language
from toolkit.model import Annotations, Label, Span
from toolkit.runs import kept_mentions

_LABELS: tuple[Label, ...] = ("PERSON", "ORG", "PLACE", "GROUP", "FACILITY", "PRODUCT", "EVENT")
_JOINTS = re.compile(r"[\s\-‐‑'.]+")
_APOSTROPHES = str.maketrans("’‘ʼ", "'''")
_OWNED = re.compile(r"(?:'s|(?<=s)')\Z")
# Letters that stand for the same sound, above all in names from other scripts.
_SOUNDS = (("ph", "f"), ("ck", "k"), ("c", "k"), ("q", "k"), ("w", "v"), ("z", "s"))
_SOUNDED = str.maketrans({"e": "a", "i": "a", "y": "a", "u": "o"})
_ACRONYM = re.compile(r"[A-Z]{2,}\S*\Z")
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = "aeiouy"
_SHORTEST = 4  # letters of a name in which a slip can be told from another name
_LONG = 6  # letters from which one more, one less or two exchanged still make the same name
_LONGEST = 30
_MOST_ALIKE = 40  # names that are compared with each other; more of one sound are no slips
# An editor's article is checked after each decision, and its names hardly change.
_remembered = functools.lru_cache(maxsize=1 << 12)


@dataclass(slots=True, eq=False)
class _Form:
    """A way in which a name is written, and where. ``words`` are in small letters, without a title."""

    label: Label
    words: tuple[str, ...]
    spans: list[Span] = field(default_factory=list)
    titled: bool = False  # somewhere


class _Part(NamedTuple):
    """A word of a name that may be the one that is misspelled."""

    form: _Form
    word: str
    is_given: bool = False
    is_surname: bool = False  # of a whole name, to be met by a surname alone


def two_spellings(notes: Annotations) -> Iterator[Finding]:
    """Names that seem to be one name in two spellings."""
    forms = _forms(notes)
    likely: dict[int, _Form] = {}  # the usual spelling, by the form that may be a slip
    slips: dict[int, _Form] = {}
    for one, other in (*_joined(forms), *_misspelled(forms), *_turned(forms)):
        # The rarer is the likelier slip; of two as rare the later.
        usual, rare = sorted((one, other), key=_standing)
        slips[id(rare)] = rare
        likely[id(rare)] = min(likely.get(id(rare), usual), usual, key=_standing)
    for name, form in slips.items():
        first, *rest = form.spans
        usual = likely[name]
        message = f"{told(notes, first)} is written {told(notes, usual.spans[0])} elsewhere."
        yield Finding("two-spellings", first, message, (*rest, *usual.spans))


def _standing(form: _Form) -> tuple[int, Span]:
    return -len(form.spans), form.spans[0]


def _forms(notes: Annotations) -> list[_Form]:
    """The names by label and spelling, without titles; capitals and the shape of apostrophes don't count."""
    language = languages.get(notes.article.language)
    forms: dict[tuple[Label, tuple[str, ...]], _Form] = {}
    for entity in notes.entities:
        for mention in kept_mentions(entity) if entity.label in _LABELS else ():
            if entity.label != "PERSON" and _ACRONYM.match(notes.text(mention)):
                continue  # IIMs and AIIMS
            words = _words(notes.text(mention), language)
            form = forms.setdefault((entity.label, words), _Form(entity.label, words))
            form.spans.append(mention.span)
            form.titled |= len(notes.text(mention).split()) > len(words)
    for form in forms.values():
        form.spans.sort()
    return sorted((f for f in forms.values() if f.words), key=lambda f: (f.spans[0], f.label))


def _words(name: str, language: Language | None) -> tuple[str, ...]:
    words = _OWNED.sub("", unicodedata.normalize("NFC", name).translate(_APOSTROPHES)).split()
    while words and language and language.goes_before_name(words[0]):
        del words[0]
    return tuple(stripped for w in words if (stripped := w.strip(",.;:()[]").replace(".", "").casefold()))


def _joined(forms: Iterable[_Form]) -> Iterator[tuple[_Form, _Form]]:
    """The same letters with other hyphens, blanks or accents."""
    alike: dict[str, list[tuple[_Form, list[str]]]] = defaultdict(list)
    for form in forms:
        words = form.words
        # "Cllr Sinéad Brannigan", "Sinead Brannigan": what comes before may be a title.
        for part in {words, words[-2:]} if form.label == "PERSON" and len(words) > 2 else {words}:
            letters = _JOINTS.sub("", _bare("".join(part)))
            if len(letters) >= _SHORTEST:
                alike[letters].append((form, [_bare(word[0]) + word[1:] for word in part]))
    for group in alike.values():
        pairs = combinations(group[:_MOST_ALIKE], 2)
        yield from ((one, other) for (one, a), (other, b) in pairs if a != b)


@_remembered
def _bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("ı", "i").replace("'", "")


def _misspelled(forms: list[_Form]) -> Iterator[tuple[_Form, _Form]]:
    """Names of one kind that differ in one word, and that one by its sound or by a slip."""
    meeting: dict[tuple[str, ...], list[_Part]] = defaultdict(list)
    for part, place in _parts(forms):
        for key in {_sound(part.word), *_slips(part.word)}:
            meeting[(*place, key)].append(part)
    for parts in meeting.values():
        for one, other in combinations(parts[:_MOST_ALIKE], 2):
            if _is_variant(one, other):
                yield one.form, other.form


def _parts(forms: list[_Form]) -> Iterator[tuple[_Part, tuple[str, ...]]]:
    """Each word of each name, with the place in which another must stand to be compared with it."""
    persons = [f for f in forms if f.label == "PERSON"]
    in_full = {word for form in persons if len(form.words) > 1 for word in form.words}
    for form in forms:
        is_person, alone = form.label == "PERSON", len(form.words) == 1
        if is_person and alone and form.words[0] in in_full:
            continue  # the surname or the given name of somebody who is named in full
        for i, word in enumerate(form.words):
            if _SHORTEST <= len(word) <= _LONGEST and not any(c.isdigit() for c in word):
                others = (*form.words[:i], "*", *form.words[i + 1 :])
                yield _Part(form, word, is_given=is_person and not alone and i == 0), (form.label, *others)
        if is_person and not alone and _SHORTEST <= len(form.words[-1]) <= _LONGEST:
            yield _Part(form, form.words[-1], is_surname=True), ("PERSON", "*")


def _is_variant(one: _Part, other: _Part) -> bool:
    """Whether two words are one name, written by two hands."""
    short, long = sorted((_bare(one.word), _bare(other.word)), key=len)
    is_person = one.form.label == "PERSON"
    if short == long:
        return one.word[1:] != other.word[1:]  # Keïta and Keita
    if one.is_surname and other.is_surname:
        return False  # two people
    tail = long[len(short) :] if long.startswith(short) else ""
    longer = one.form if _bare(one.word) == long else other.form
    is_plural = tail in ("s", "es") and not (is_person and (longer.titled or len(longer.words) > 1))
    if is_plural or (tail and not is_person and tail != short[-1]):
        return False  # the Clintons; Pakistan and Pakistani
    given = one.is_given or other.is_given
    if given and short[-1] != long[-1] and (short[-1] in _VOWELS or long[-1] in _VOWELS):
        return False  # Mario and Maria
    edits = _edits(short, long)
    if _sound(short) == _sound(long):
        return edits <= (2 if len(short) >= _LONG else 1)
    replaced = len(short) == len(long) and sorted(short) != sorted(long)
    if given or (len(short) < _LONG and len(tail) != 1) or short[0] != long[0]:
        return False
    return edits == 1 and (is_person or not replaced)  # Ireland and Iceland


def _turned(forms: list[_Form]) -> Iterator[tuple[_Form, _Form]]:
    """Two names of a person in the other order: Yazid Abubakar, Abubakar Yazeed."""
    by_last: dict[str, list[_Form]] = defaultdict(list)
    pairs = [form for form in forms if form.label == "PERSON" and len(form.words) == 2]
    for form in pairs:
        by_last[_bare(form.words[1])].append(form)
    for form in pairs:
        first, last = map(_bare, form.words)
        for other in by_last[first][:_MOST_ALIKE] if len(first) >= _SHORTEST else ():
            turned = _bare(other.words[0])
            alike = _sound(turned) == _sound(last) and _edits(turned, last) <= 2
            if other is not form and len(turned) >= _SHORTEST and first != last and alike:
                yield form, other


@_remembered
def _sound(word: str) -> str:
    """A key that spellings of one sound share: Mohammed, Muhamad; Hyder, Haidar."""
    word = _bare(word)
    for letters, sound in _SOUNDS:
        word = word.replace(letters, sound)
    word = word[:1] + word[1:].replace("h", "")
    return _DOUBLED.sub(r"\1", word.translate(_SOUNDED))


@_remembered
def _slips(word: str) -> frozenset[str]:
    """Keys that two words share if one edit parts them: the word, and it without each of its letters."""
    word = _bare(word)
    return frozenset((f"-{word}", *(f"-{word[:i]}{word[i + 1 :]}" for i in range(len(word)))))


@_remembered
def _edits(one: str, other: str) -> int:
    """Letters put in, left out, replaced, or exchanged with their neighbour."""
    above: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, above, row = above, row, [i]
        for j, b in enumerate(other, 1):
            least = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                least = min(least, before[j - 2] + 1)
            row.append(least)
    return row[-1]
