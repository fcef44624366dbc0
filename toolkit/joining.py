"""Groups of names that mean the same thing in other words: acronyms, short forms, misspellings.

"BLA", "the Council", "Peabody" (for Peabody Energy), "Bornsten" (for Harold Bornstein), and
surnames that two people of the article share. Each function moves names from one group to
another and leaves those behind empty.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from toolkit.given_names import given_names
from toolkit.languages import Language
from toolkit.model import Span
from toolkit.namesakes import SUFFIXES, WORD, Group, Name

_BRACKET = re.compile(r" ?\((?:the )?([^\W\d_][^\W\d_-]*(?:-[^\W\d_]+)*)[),;]")
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
    defined: dict[str, Group] = {}
    for group in full:
        for letters in _initials(group.text, language):
            initials.setdefault(letters, group)
        for name in group.names:
            if bracket := _BRACKET.match(text, name.span.end):
                defined.setdefault(bracket[1], group)
    for group in groups:
        letters = group.text.replace("-", "")
        if not (letters.isupper() and letters.isalpha() and 2 <= len(letters) <= 7):
            continue
        home = initials.get(letters.casefold()) or _defining(group, letters, defined.get(group.text))
        # "US" is not Ulrich Schmidt: a person's initials count only for what the model calls a person.
        same_kind = home is not None and (home.label != "PERSON" or group.label == "PERSON")
        if home is not None and home is not group and home.names and same_kind:
            home.names.extend(group.names)
            group.names.clear()


def _initials(text: str, language: Language | None) -> set[str]:
    words = WORD.findall(text)
    small = language.small_words if language else frozenset()
    found: set[str] = set()
    for some in (
        words,
        [part for w in words for part in w.split("-") if part],
    ):  # "Socio-Economic": one or two
        found.add("".join(w[0] for w in some).casefold())
        found.add("".join(w[0] for w in some if w.casefold() not in small).casefold())
    return found


def _defining(group: Group, letters: str, home: Group | None) -> Group | None:
    """The name that has an acronym in brackets right behind it. That of a body needs to share no
    letter with it, but "Quetta (AFP)" and "The Guardian Weekly (UK)" define nothing."""
    if home is None:
        return None
    left = iter(home.text.casefold())
    spelt = all(c in left for c in letters.casefold())
    return home if spelt or (home.label == "ORG" and group.label not in ("PLACE", "GROUP")) else None


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
    words = {id(g): _words(g) for g in groups if g.names and g.label == "PERSON"}
    spelt: dict[tuple[str, ...], dict[int, Group]] = defaultdict(dict)
    for group in groups:
        own = words.get(id(group), ())
        for part in _spelt_nearly(own[-1]) if len(own) > 1 else ():
            spelt[(part,)][id(group)] = group  # by the surname alone
            spelt[(*own[:-1], part)][id(group)] = group
    for group in groups:
        if not group.names or group.label != "PERSON":
            continue
        own = words[id(group)]
        near = {i: g for part in _spelt_nearly(own[-1]) for i, g in spelt.get((*own[:-1], part), {}).items()}
        homes = [
            g
            for g in near.values()
            if g is not group
            and g.names
            and is_misspelt(own[-1], words[id(g)][-1])
            and (len(own) == 1 or (own[:-1] == words[id(g)][:-1] and len(group.names) <= len(g.names)))
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
    """A bare surname that two people share: by its title or pronoun, by who is named in full in the
    paragraph, or the one whom the article introduced before it began to use the surname alone.
    Where none of this tells, the surname is left for itself."""
    people: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        if group.names and group.label == "PERSON" and len(words := _words(group)) > 1:
            people[words[-1]].append(group)
    starts = [p.start for p in paragraphs]
    for group in groups:
        if group.names and _is_bare(group):
            family = people.get(group.names[0].words[0], [])
            if len(family) > 1:
                _share_out(group, family, starts)


def _share_out(group: Group, family: list[Group], starts: list[int]) -> None:
    """Gives the names of a bare surname to those of the family whom they mean."""
    pool = _eligible(group, family)
    told = [(n, g) for g in pool for n in _in_full(g) if not n.kin]
    told.sort(key=lambda pair: pair[0].span)
    places = [n.span.start for n, _ in told]
    paragraphs = [_paragraph(place, starts) for place in places]
    alone = _alone(told, paragraphs)
    genders = {id(g): _gender(g) for g in family}
    fitting = {
        gender: [g for g in pool if genders[id(g)] == gender]
        or [g for g in family if genders[id(g)] == gender]
        or [g for g in pool if not genders[id(g)]]
        for gender in "mf"
    }
    fitting[""] = pool
    first = min((n.span.start for n in group.names if not n.in_headline), default=0)
    chiefs = {gender: _chief(some, told, alone, first) for gender, some in fitting.items()}
    fits = {gender: {id(g) for g in some} for gender, some in fitting.items()}
    kept: list[Name] = []
    for name in group.names:
        gender = name.gender or name.pronoun
        last = bisect_right(places, name.span.start) - 1
        here = last >= 0 and paragraphs[last] == _paragraph(name.span.start, starts)
        found = alone[last] if here else None
        if found is None or id(found) not in fits[gender]:
            found = chiefs[gender]
        (found.names if found else kept).append(name)
    group.names[:] = kept


def _eligible(group: Group, family: list[Group]) -> list[Group]:
    """Whom the bare surname can mean: not those whom the text calls by the given name alone (as often
    as it uses the surname), nor those named only as another's relatives."""
    formal = [g for g in family if _by_given_name(g) < len(group.names)]
    pool = formal or family
    return [g for g in pool if not all(n.kin for n in _in_full(g))] or pool


def _by_given_name(group: Group) -> int:
    words = _words(group)
    return sum(n.words == (words[0],) for n in group.names) if words[0] != words[-1] else 0


def _paragraph(offset: int, starts: list[int]) -> int:
    return bisect_right(starts, offset)


def _alone(told: Sequence[tuple[Name, Group]], paragraphs: Sequence[int]) -> list[Group | None]:
    """At each full name, the one of the family whom the paragraph has named so far, None if several."""
    found: list[Group | None] = [group for _, group in told[:1]]
    for i, (before, here) in enumerate(pairwise(paragraphs), 1):
        group = told[i][1]
        found.append(group if before != here or found[-1] is group else None)
    return found


def _chief(
    people: Sequence[Group],
    told: Sequence[tuple[Name, Group]],
    alone: Sequence[Group | None],
    first: int,
) -> Group | None:
    """Who is named at least twice as often as any other; else who was in full last before the surname
    stood alone, or first after it, unless the paragraph names another as well."""
    if len(people) < 2:
        return people[0] if people else None
    counts = sorted(((len(g.names), i) for i, g in enumerate(people)), reverse=True)
    if counts[0][0] >= 2 * counts[1][0]:
        return people[counts[0][1]]
    own = {id(g) for g in people}
    sure = [
        (n.span.start, g, a)
        for (n, g), a in zip(told, alone, strict=True)
        if id(g) in own and not n.in_headline
    ]
    before = [(g, a) for start, g, a in sure if start < first]
    if before:
        group, only = before[-1]
        return group if only is group or len({id(g) for g, _ in before}) == 1 else None
    return sure[0][1] if sure else None


def _in_full(group: Group) -> Iterator[Name]:
    return (n for n in group.names if len(n.words) > 1)


def _gender(group: Group) -> str:
    """By a title or a noun of kin at the full name, else by the given name."""
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
