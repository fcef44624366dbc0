"""Named entities: the mentions that the language model finds, and the things they name.

A spaCy component, after the model's own "ner". Mentions are trimmed to the name,
possessors and nested names are parted from it ("Al Jazeera’s Kamal Hyder"), and
mentions of one thing are gathered: a surname with the full name it belongs to, an
acronym with the words it abbreviates.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from spacy.language import Language as Pipeline
from spacy.tokens import Doc
from spacy.tokens import Span as TokenSpan

from toolkit import languages, records
from toolkit.languages import Language
from toolkit.model import Entity, Figure, FigureKind, Label, Mention, Span

FACTORY = "toolkit_entities"
ORIGIN = "machine:entities@1"

# The labels of OntoNotes (spaCy's English models) and of WikiNER (its French ones).
_LABELS: dict[str, Label] = {
    "PERSON": "PERSON", "PER": "PERSON", "ORG": "ORG", "GPE": "PLACE", "LOC": "PLACE", "NORP": "GROUP",
    "FAC": "FACILITY", "PRODUCT": "PRODUCT", "EVENT": "EVENT", "WORK_OF_ART": "WORK", "LAW": "LAW",
}  # fmt: skip
_FIGURES: dict[str, FigureKind] = {
    "DATE": "date", "TIME": "time", "MONEY": "money", "PERCENT": "percent", "QUANTITY": "quantity",
    "CARDINAL": "number",
}  # fmt: skip

# What can't say anything: a mention that does, and is written like a person's name, is a person.
_SPEECHLESS = ("FACILITY", "PRODUCT", "EVENT", "WORK", "LAW")

# What the model may have taken a surname for. "In Jordan" is not Jim Jordan.
_NOT_SURNAMES = ("ORG", "PLACE", "PRODUCT", "WORK", "FACILITY", "EVENT", "LAW")

_LEAD = re.compile(r"[\s\"'“”‘’«»(\[\-–—]+")
_TAIL = re.compile(r"(?:['’]s?|[\s\"'“”‘’«»)\].,;:\-–—])+\Z")
_POSSESSIVE = re.compile(r"['’]s\s+(?=\S)|s['’]\s+(?=[A-Z])")
_ABBREVIATION = re.compile(r"\b(?:[A-Z]|Jr|Sr|Inc|Corp|Ltd|Co)\.\Z")
_FIRST_WORD = re.compile(r"(\S+)\s+(?=\S)")
_DOTTED = re.compile(r"(?:[A-Z]\.)+[A-Z]?\.?")
_SUFFIX = {"jr", "sr", "ii", "iii", "iv"}
_WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*\.?")


@Pipeline.factory(
    FACTORY,
    default_config={"language": ""},
    assigns=["doc._.entities", "doc._.figures"],
    requires=["doc.ents"],
)
def create_entities(nlp: Pipeline, name: str, language: str) -> EntityGatherer:
    """``language`` is an ISO 639-1 code; empty means the pipeline's own."""
    return EntityGatherer(language or nlp.lang or "und")


class EntityGatherer:
    """Writes ``doc._.entities`` and ``doc._.figures``."""

    def __init__(self, language: str) -> None:
        self.language = languages.get(language)

    def __call__(self, doc: Doc) -> Doc:
        records.store(doc, "entities", gather(doc, self.language))
        records.store(doc, "figures", figures(doc))
        return doc


def figures(doc: Doc) -> tuple[Figure, ...]:
    """Dates, amounts and numbers, as the model marks them."""
    found = [(e.start_char, e.end_char, _FIGURES[e.label_]) for e in doc.ents if e.label_ in _FIGURES]
    return tuple(Figure(f"f{n}", kind, Span(s, e), ORIGIN) for n, (s, e, kind) in enumerate(found, 1))


def _headlines(doc: Doc) -> list[Span]:
    """Sentences with a capital at nearly every word; a short one only if it ends without a stop."""
    found = []
    for sentence in doc.sents if doc.has_annotation("SENT_START") else ():
        words = [t.text for t in sentence if t.is_alpha]
        capital = sum(w[0].isupper() for w in words)
        small = sum(w.islower() and len(w) > 3 for w in words)
        stopped = sentence.text.rstrip("\"'”’») \n").endswith((".", "!", "?"))
        least, share = (6, 0.8) if stopped else (4, 0.7)
        if len(words) >= least and capital >= share * len(words) and small <= len(words) // 6:
            found.append(Span(sentence.start_char, sentence.end_char))
    return found


def gather(doc: Doc, language: Language | None) -> tuple[Entity, ...]:
    """The entities of a document, in the order of their first mentions."""
    groups: list[_Group] = []
    register = _Register()
    names = sorted(_names(doc, language), key=lambda n: n.span)
    names += _overlooked(doc, names)
    headlines = _headlines(doc)
    names = [replace(n, in_headline=any(h.contains(n.span) for h in headlines[:50])) for n in names]
    for name in sorted(
        names, key=lambda n: (n.in_headline, -len(n.words), n.span)
    ):  # fullest first, so that short forms find them
        group = register.home(name) or _Group(name.label, name.text)
        if not group.names:
            groups.append(group)
        group.names.append(name)
        register.add(name, group)
    _join_acronyms(doc.text, groups, language)
    groups = [g for g in groups if g.names]
    groups.sort(key=lambda g: min(n.span for n in g.names))
    return tuple(g.entity(f"e{n}") for n, g in enumerate(groups, 1))


@dataclass(frozen=True, slots=True)
class _Name:
    span: Span
    label: Label
    text: str
    words: tuple[str, ...]
    in_headline: bool = False
    located: bool = False  # behind a preposition, as places are


@dataclass(slots=True, eq=False)
class _Group:
    label: Label
    text: str
    names: list[_Name] = field(default_factory=list)

    def entity(self, name: str) -> Entity:
        spans = sorted(n.span for n in self.names)
        # The fullest form is the name; of equally full ones the first.
        # A headline capitalises all its words, and the model takes its verbs into the name ("Obama Says").
        fullest = min(self.names, key=lambda n: (n.in_headline, -len(n.words), -len(n.text), n.span))
        votes = Counter(n.label for n in self.names)
        label = max(votes, key=lambda v: (v == self.label == "PERSON", votes[v], v == fullest.label))
        return Entity(name, label, fullest.span, tuple(Mention(s, ORIGIN) for s in spans))


def _names(doc: Doc, language: Language | None) -> Iterator[_Name]:
    text = doc.text  # spaCy joins the tokens anew each time that it is asked
    for ent in doc.ents:
        if label := _LABELS.get(ent.label_):
            if label != "PERSON" and _is_titled(ent, language):
                label = "PERSON"
            if label in _SPEECHLESS and _speaks(ent, language) and _looks_like_person(_owned(ent.text)):
                label = "PERSON"
            for start, end, kind in _parted(text, ent, label):
                if span := _trimmed(text, start, end, language):
                    located = ent.start > 0 and doc[ent.start - 1].pos_ == "ADP"
                    yield replace(_name(text, span, kind), located=located)


def _overlooked(doc: Doc, names: list[_Name]) -> list[_Name]:
    """Later mentions that the model missed: a person's surname and whole names, letter for letter."""
    text = doc.text
    known: dict[tuple[str, ...], _Name] = {}
    for name in names:
        words = doc.char_span(*name.span, alignment_mode="expand")
        if words is None or not name.text[0].isupper():
            continue
        tokens = tuple(t.text for t in words)
        known.setdefault(tokens, name)
        if name.label == "PERSON" and len(tokens) > 1:
            surname = _surname(words)
            if len(surname[0]) > 2 and surname[0][0].isupper():
                known.setdefault(surname, name)
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for tokens in sorted(known, key=len, reverse=True):
        by_first.setdefault(tokens[0], []).append(tokens)
    taken = {i for e in doc.ents for i in range(e.start, e.end)}
    found: list[_Name] = []
    i = 0
    while i < len(doc):
        match = next((t for t in by_first.get(doc[i].text, ()) if _stands(doc, i, t, taken)), None)
        if match:
            span = Span(doc[i].idx, doc[i + len(match) - 1].idx + len(doc[i + len(match) - 1]))
            found.append(_name(text, span, known[match].label))
        i += len(match) if match else 1
    return found


def _surname(name: TokenSpan) -> tuple[str, ...]:
    """The tokens of the last word that is not "Jr"; a hyphen does not part a word."""
    last = len(name)
    while last > 1 and _plain(name[last - 1].text) in _SUFFIX:
        last -= 1
    first = last - 1
    while first > 0 and not name[first - 1].whitespace_:
        first -= 1
    return tuple(t.text for t in name[first:last])


def _stands(doc: Doc, start: int, tokens: tuple[str, ...], taken: set[int]) -> bool:
    """Whether the words stand there as a name of their own: not inside another name, nor
    before a noun that they only modify ("Baloch separatists")."""
    end = start + len(tokens)
    if tuple(t.text for t in doc[start:end]) != tokens or taken.intersection(range(start, end)):
        return False
    return doc[start].pos_ == "PROPN" and (end == len(doc) or doc[end].pos_ not in ("NOUN", "PROPN", "ADJ"))


def _name(text: str, span: Span, label: Label) -> _Name:
    words = text[slice(*span)]
    return _Name(span, label, words, tuple(_plain(w) for w in _WORD.findall(words)))


def _parted(text: str, ent: TokenSpan, label: Label) -> Iterator[tuple[int, int, Label]]:
    """ "Al Jazeera’s Kamal Hyder" is two names, and so is a name that runs over a line's end."""
    text, start = text[ent.start_char : ent.end_char], ent.start_char
    if "\n" in text:
        text = text[: text.index("\n")]
    cut = _POSSESSIVE.search(text)
    if cut and label in ("PERSON", "ORG") and _looks_like_person(text[cut.end() :]):
        yield start, start + cut.start(), "ORG" if label == "ORG" else label
        yield start + cut.end(), start + len(text), "PERSON"
    else:
        yield start, start + len(text), label


def _is_titled(ent: TokenSpan, language: Language | None) -> bool:
    """ "M. Roubaix", "Mrs Marsh": a title of he or she stands before it."""
    if language is None or ent.start == 0:
        return False
    return language.titles.get(ent.doc[ent.start - 1].lower_) in ("m", "f")


def _speaks(ent: TokenSpan, language: Language | None) -> bool:
    root = ent.root
    if language is None or root.dep_ not in language.syntax.subject:
        return False
    return "speech" in language.cues.get(root.head.lemma_.lower(), {}).values()


def _owned(text: str) -> str:
    """What stands behind a possessor, if there is one."""
    cut = _POSSESSIVE.search(text)
    return text[cut.end() :] if cut else text


def _looks_like_person(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= 4 and all(w[:1].isupper() and w[1:].islower() for w in words)


def _trimmed(text: str, start: int, end: int, language: Language | None) -> Span | None:
    """Without articles, titles, possessive endings and marks."""
    lead = _LEAD.match(text, start, end)
    start = lead.end() if lead else start
    while (word := _FIRST_WORD.match(text, start, end)) and language and language.goes_before_name(word[1]):
        start = word.end()
    bracket = text.find("(", start, end)
    if bracket > start and text.find(")", bracket, end) < 0:  # "Chamber of Commerce (CCI"
        end = bracket
    tail = _TAIL.search(text[start:end])
    if tail and not _ABBREVIATION.search(text[start:end]):
        end = start + tail.start()
    return Span(start, end) if start < end and any(c.isalpha() for c in text[start:end]) else None


def _plain(word: str) -> str:
    if _DOTTED.fullmatch(word):  # U.S. is US
        word = word.replace(".", "")
    return word.replace("’", "'").rstrip(".").casefold()


class _Register:
    """The groups by whole names, and by the shorter forms under which a name is found again."""

    def __init__(self) -> None:
        self._whole: dict[str, _Group] = {}
        self._short: dict[str, list[_Group]] = {}

    def add(self, name: _Name, group: _Group) -> None:
        whole = " ".join(name.words)
        for key in (f"{name.label}:{whole}", whole):
            self._whole.setdefault(key, group)
        for form in _short_forms(name):
            groups = self._short.setdefault(form, [])
            if group not in groups:
                groups.append(group)

    def home(self, name: _Name) -> _Group | None:
        """The group that a name belongs to. A surname that two people share belongs to neither."""
        whole = " ".join(name.words)
        if group := self._whole.get(f"{name.label}:{whole}") or self._whole.get(whole):
            return group
        people = self._short.get(whole, [])
        may_be_surname = len(name.words) == 1 and name.label in _NOT_SURNAMES and not name.located
        if name.label != "PERSON" and not may_be_surname:
            return None
        if name.label == "PERSON" and not people:
            # A person's surname stands alone elsewhere: then the full name is a person's as well.
            people = self._short.get(f"?{whole}", [])[:1]
        if len(people) != 1:
            return None
        people[0].label = "PERSON"
        return people[0]


def _short_forms(name: _Name) -> set[str]:
    words = [w for w in name.words if w not in _SUFFIX]
    if name.label == "PERSON" and len(words) > 1:
        return {words[0], words[-1], " ".join(words[-2:]), f"{words[0]} {words[-1]}"} - {" ".join(name.words)}
    if name.label in ("ORG", "PLACE") and len(words) in (2, 3) and _looks_like_person(name.text):
        return {f"?{words[-1]}"}
    return set()


def _join_acronyms(text: str, groups: list[_Group], language: Language | None) -> None:
    """BLA and Balochistan Liberation Army, by the bracket that defines it or by its initials."""
    full = [g for g in groups if len(g.names[0].words) > 1]
    initials: dict[str, _Group] = {}
    for group in full:
        for letters in _initials(group.text, language):
            initials.setdefault(letters, group)
    for group in groups:
        if not (group.text.isupper() and group.text.isalpha() and 2 <= len(group.text) <= 7):
            continue
        defining = (g for g in full if g is not group and _defines(text, g, group.text))
        home = initials.get(group.text.casefold()) or next(defining, None)
        if home is not None and home is not group:
            home.names.extend(group.names)
            group.names.clear()


def _initials(text: str, language: Language | None) -> set[str]:
    words = _WORD.findall(text)
    return {
        "".join(w[0] for w in words).casefold(),
        "".join(w[0] for w in words if not (language and w.casefold() in language.small_words)).casefold(),
    }


def _defines(text: str, group: _Group, acronym: str) -> bool:
    letters = iter(group.text.casefold())
    return all(c in letters for c in acronym.casefold()) and any(
        text[n.span.end : n.span.end + len(acronym) + 4].strip().startswith(f"({acronym}")
        for n in group.names
    )


def by_offset(entities: Iterable[Entity]) -> list[tuple[Span, Entity]]:
    """All mentions with their entities, in the order of the text."""
    return sorted((m.span, e) for e in entities for m in e.mentions)
