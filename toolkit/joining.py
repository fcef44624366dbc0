"""Groups of names that mean the same thing in other words: acronyms, short forms, misspellings.

"BLA", "the Council", "Peabody" (for Peabody Energy), "Bornsten" (for Harold Bornstein), and
surnames that two people of the article share. Each function moves names from one group to
another and leaves those behind empty.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from toolkit.given_names import given_names
from toolkit.languages import Language
from toolkit.model import Span
from toolkit.namesakes import SUFFIXES, WORD, Group, Name

_LEAST_MISSPELT = 5  # letters: short names differ by one more often than not


def join(text: str, groups: list[Group], language: Language | None, paragraphs: Sequence[Span]) -> None:
    """All that follows, in an order in which one does not take another's names."""
    join_acronyms(text, groups, language)
    if language is not None:
        join_short_forms(groups, language)
    join_misspelt(groups)
    settle_shared(groups, paragraphs)


def join_acronyms(text: str, groups: list[Group], language: Language | None) -> None:
    """BLA and Balochistan Liberation Army, by the bracket that defines it or by its initials."""
    full = [g for g in groups if len(g.names[0].words) > 1]
    initials: dict[str, Group] = {}
    for group in full:
        for letters in _initials(group.text, language):
            initials.setdefault(letters, group)
    for group in groups:
        if not (group.text.isupper() and group.text.isalpha() and 2 <= len(group.text) <= 7):
            continue
        defining = (g for g in full if g is not group and _defines(text, g, group.text))
        home = initials.get(group.text.casefold()) or next(defining, None)
        # "US" is not Ulrich Schmidt: a person's initials count only for what the model calls a person.
        same_kind = home is not None and (home.label != "PERSON" or group.label == "PERSON")
        if home is not None and home is not group and home.names and same_kind:
            home.names.extend(group.names)
            group.names.clear()


def _initials(text: str, language: Language | None) -> set[str]:
    words = WORD.findall(text)
    return {
        "".join(w[0] for w in words).casefold(),
        "".join(w[0] for w in words if not (language and w.casefold() in language.small_words)).casefold(),
    }


def _defines(text: str, group: Group, acronym: str) -> bool:
    letters = iter(group.text.casefold())
    return all(c in letters for c in acronym.casefold()) and any(
        text[n.span.end : n.span.end + len(acronym) + 4].strip().startswith(f"({acronym}")
        for n in group.names
    )


def join_short_forms(groups: list[Group], language: Language) -> None:
    """The Security Council with the United Nations Security Council, if only one full name fits.

    A single word must be a noun for a body ("the Council") or be followed by nothing but words
    such as "Energy" in the full name; the model often takes it for a surname then.
    """
    full = [g for g in groups if g.names and g.label == "ORG" and len(g.names[0].words) > 1]
    by_first: dict[str, list[Group]] = defaultdict(list)
    by_last: dict[str, list[Group]] = defaultdict(list)
    for group in full:
        by_first[group.names[0].words[0]].append(group)
        by_last[group.names[0].words[-1]].append(group)
    for group in groups:
        if not group.names or not (group.label == "ORG" or _is_bare(group)):
            continue
        words = group.names[0].words
        near = {id(g): g for g in (*by_first[words[0]], *by_last[words[-1]]) if g is not group and g.names}
        homes = [g for g in near.values() if _is_short(words, g.names[0], language)]
        if len(homes) > 1:  # the one that was introduced before
            first = min(n.span for n in group.names)
            homes = [g for g in homes if min(n.span for n in g.names) < first]
        if len(homes) == 1:
            _move(group, homes[0])


def _is_short(words: tuple[str, ...], whole: Name, language: Language) -> bool:
    full, count = whole.words, len(words)
    if count >= len(full):
        return False
    is_body = words[0] in language.bodies
    if full[:count] == words:
        # "Ministry of Health", "Conseil constitutionnel": what small letters go on with.
        goes_on = is_body and WORD.findall(whole.text)[count].islower()
        return goes_on or all(w in language.firm_tails for w in full[count:])
    return full[-count:] == words and (count > 1 or is_body)


def join_misspelt(groups: list[Group]) -> None:
    """ "Bornsten" with Harold Bornstein: one letter more, less, other or out of place, in the surname
    alone or with the same given name."""
    people = [g for g in groups if g.names and g.label == "PERSON" and len(_words(g)) > 1]
    spelt: dict[str, list[Group]] = defaultdict(list)
    for group in people:
        for part in _spelt_nearly(_words(group)[-1]):
            spelt[part].append(group)
    for group in groups:
        if not group.names or group.label != "PERSON":
            continue
        words = _words(group)
        near = {id(g): g for part in _spelt_nearly(words[-1]) for g in spelt.get(part, ())}
        homes = [
            g
            for g in near.values()
            if g is not group
            and g.names
            and is_misspelt(words[-1], _words(g)[-1])
            and (len(words) == 1 or words[:-1] == _words(g)[:-1])
            and (len(words) == 1 or len(group.names) <= len(g.names))
        ]
        if len(homes) == 1:
            _move(group, homes[0])


def is_misspelt(one: str, other: str) -> bool:
    """Whether two words of some length are one slip apart; "Clintons" is no slip."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < _LEAST_MISSPELT or one[0] != other[0] or longer in (shorter, shorter + "s"):
        return False
    if len(shorter) == len(longer):
        differ = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        swapped = len(differ) == 2 and differ[1] == differ[0] + 1
        return len(differ) == 1 or (
            swapped and one[differ[0]] == other[differ[1]] and one[differ[1]] == other[differ[0]]
        )
    return len(longer) == len(shorter) + 1 and any(
        longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer))
    )


def _spelt_nearly(word: str) -> set[str]:
    """A word, and it without each of its letters: two words that are one slip apart share one of these."""
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))} if len(word) < 40 else set()


def settle_shared(groups: list[Group], paragraphs: Sequence[Span]) -> None:
    """A bare surname that two people share: by its title, by who is named in full in the paragraph,
    or the one whom the article introduced before it began to use the surname alone."""
    people: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        if group.names and group.label == "PERSON" and len(_words(group)) > 1:
            people[_words(group)[-1]].append(group)
    starts = [p.start for p in paragraphs]
    for group in groups:
        if not (group.names and _is_bare(group)):
            continue
        namesakes = people.get(group.names[0].words[0], [])
        if len(namesakes) < 2:
            continue
        whole = sorted(((n, g) for g in namesakes for n in _in_full(g)), key=lambda pair: pair[0].span)
        chief = _chief(group.names, namesakes, whole)
        kept: list[Name] = []
        for name in group.names:
            start = starts[bisect_right(starts, name.span.start) - 1] if starts else 0
            here = {id(g): g for n, g in whole if start <= n.span.start < name.span.start}
            fitting = [g for g in namesakes if name.gender in ("", _gender(g)) or not _gender(g)]
            found = next(iter(here.values())) if len(here) == 1 else chief
            if found not in fitting:
                found = fitting[0] if len(fitting) == 1 else None
            (found.names if found else kept).append(name)
        group.names[:] = kept


def _chief(
    bare: Iterable[Name], namesakes: Sequence[Group], whole: Sequence[tuple[Name, Group]]
) -> Group | None:
    """Who is named at least twice as often as any other of the name; else who was named in full
    last before the surname stood alone, or first after it."""
    most, second = sorted(namesakes, key=lambda g: -len(g.names))[:2]
    if len(most.names) >= 2 * len(second.names):
        return most
    first = min((n.span.start for n in bare if not n.in_headline), default=0)
    told = [(n.span.start, g) for n, g in whole if not n.in_headline]
    before = [g for start, g in told if start < first]
    return before[-1] if before else told[0][1] if told else None


def _in_full(group: Group) -> Iterator[Name]:
    return (n for n in group.names if len(n.words) > 1)


def _gender(group: Group) -> str:
    """By a title at the full name, else by the given name."""
    titled = {n.gender for n in _in_full(group) if n.gender}
    return titled.pop() if len(titled) == 1 else given_names().get(_words(group)[0], "")


def _is_bare(group: Group) -> bool:
    return group.label == "PERSON" and all(len(n.words) == 1 for n in group.names)


def _words(group: Group) -> list[str]:
    """The words of a group's fullest name, without "Jr"; in a headline a verb may stand among them."""
    fullest = min(group.names, key=lambda n: (n.in_headline, -len(n.words), n.span))
    words = [w for w in fullest.words if w not in SUFFIXES]
    return words or list(fullest.words)


def _move(group: Group, home: Group) -> None:
    home.names.extend(group.names)
    group.names.clear()
