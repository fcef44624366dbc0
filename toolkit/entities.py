"""Named entities: the mentions in ``doc.ents``, and the things they name.

A spaCy component, after the encoder or, where none reads the language, the model's own
"ner". Mentions are trimmed to the name,
possessors and nested names are parted from it ("Al Jazeera’s Kamal Hyder"), and
mentions of one thing are gathered: a surname with the full name it belongs to, an
acronym with the words it abbreviates.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.language import Language as Pipeline
from spacy.tokens import Doc
from spacy.tokens import Span as TokenSpan

from toolkit import languages, records
from toolkit.descriptions import described
from toolkit.encoder.component import IN_SPACY, tags_of
from toolkit.evidence import with_evidence
from toolkit.joining import join
from toolkit.languages import Language
from toolkit.model import Entity, Label, Span
from toolkit.namesakes import SUFFIXES, Group, Name, Register, is_honour, looks_like_person, named, plain
from toolkit.paragraphs import paragraphs

FACTORY = "toolkit_entities"
ORIGIN = "machine:entities@2"

# The labels of OntoNotes (spaCy's English models) and of WikiNER (its French ones).
_LABELS: dict[str, Label] = {
    "PERSON": "PERSON", "PER": "PERSON", "ORG": "ORG", "GPE": "PLACE", "LOC": "PLACE", "NORP": "GROUP",
    "FAC": "FACILITY", "PRODUCT": "PRODUCT", "EVENT": "EVENT", "WORK_OF_ART": "WORK", "LAW": "LAW",
}  # fmt: skip

# What can't say anything: a mention that does, and is written like a person's name, is a person.
_SPEECHLESS = ("FACILITY", "PRODUCT", "EVENT", "WORK", "LAW")

_LEAD = re.compile(r"[@#\s\"'“”‘’«»(\[\-–—]+")
_TAIL = re.compile(r"(?:['’]s?|[\s\"'“”‘’«»)\].,;:\-–—])+\Z")
_POSSESSIVE = re.compile(r"['’]s\s+(?=\S)|s['’]\s+(?=[A-Z])")
_ABBREVIATION = re.compile(r"\b(?:[A-Z]|Jr|Sr|Inc|Corp|Ltd|Co)\.\Z")
_MINUTE = re.compile(r"(?<=\w)\s+\d+['’]?\Z")  # "Holm 60" in a match report
_BREAK = re.compile(r"[\n\t<>|]|\s[-–—]\s")
_FIRST_WORD = re.compile(r"(\S+)\s+(?=\S)")
_FIRST_TWO = re.compile(r"(\S+)\s+(\S+)\s+(?=\S)")  # "Tan Sri Muhyiddin Yassin"


@Pipeline.factory(
    FACTORY,
    default_config={"language": ""},
    assigns=["doc._.entities"],
    requires=["doc.ents"],
)
def create_entities(nlp: Pipeline, name: str, language: str) -> EntityGatherer:
    """``language`` is an ISO 639-1 code; empty means the pipeline's own."""
    return EntityGatherer(language or nlp.lang or "und")


class EntityGatherer:
    """Writes ``doc._.entities``."""

    def __init__(self, language: str) -> None:
        self.language = languages.get(language)

    def __call__(self, doc: Doc) -> Doc:
        records.store(doc, "entities", gather(doc, self.language))
        return doc


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
    groups: list[Group] = []
    names = sorted(_names(doc, language), key=lambda n: n.span)
    names += _overlooked(doc, names)
    headlines = _headlines(doc)
    names = [replace(n, in_headline=any(h.contains(n.span) for h in headlines[:50])) for n in names]
    names.sort(
        key=lambda n: (n.in_headline, -len(n.words), n.span)
    )  # the fullest first: short forms find them
    register = Register(names)
    for name in names:
        group = register.home(name) or Group(name.label, name.text)
        if not group.names:
            groups.append(group)
        group.names.append(name)
        register.add(name, group)
    join(doc.text, groups, language, paragraphs(doc.text))
    groups = [g for g in groups if g.names]
    groups.sort(key=lambda g: min(n.span for n in g.names))
    entities = [g.entity(f"e{n}", ORIGIN) for n, g in enumerate(groups, 1)]
    told = described(doc, language, entities)
    return tuple(replace(e, description=d) for e, d in zip(entities, told, strict=True))


def _names(doc: Doc, language: Language | None) -> Iterator[Name]:
    text = doc.text  # spaCy joins the tokens anew each time that it is asked
    tags = tags_of(doc)
    marks = tags.entities if tags else ()
    starts = [m.start for m in marks]
    for ent in doc.ents:
        mark = marks[bisect_left(starts, ent.end_char) - 1] if marks else None
        if mark and not (mark.end > ent.start_char and IN_SPACY.get(mark.label) == ent.label_):
            mark = None  # a name that another component has put there
        if label := _LABELS.get(ent.label_):
            if label != "PERSON" and _is_titled(ent, language):
                label = "PERSON"
            if label in _SPEECHLESS and _speaks(ent, language) and looks_like_person(_owned(ent.text)):
                label = "PERSON"
            for start, end, kind in _parted(text, ent, label):
                if kind == "PERSON" and (minute := _MINUTE.search(text, start, end)):
                    end = minute.start()
                span = _trimmed(text, start, end, language, titled=kind == "PERSON")
                if span and not _is_title(text, span, language):
                    score = mark.probability if mark else None
                    name = named(text, span, kind, located=_is_located(doc, ent), score=score)
                    yield with_evidence(name, doc, ent, language) if language else name


def _is_title(text: str, span: Span, language: Language | None) -> bool:
    """ "Cllr" of "Cllr. Jane Roe"; "King" may be a surname."""
    dotted = text[span.start : span.end + 1]
    return language is not None and dotted.endswith(".") and dotted.lower() in language.titles


def _is_located(doc: Doc, ent: TokenSpan) -> bool:
    """Behind a preposition, or before a noun that it tells the kind of: "in Jordan", "Baloch people"."""
    before = ent.start > 0 and doc[ent.start - 1].pos_ == "ADP"
    return before or (ent.end < len(doc) and doc[ent.end].pos_ == "NOUN")


def _overlooked(doc: Doc, names: list[Name]) -> list[Name]:
    """Later mentions that the model missed: a person's surname and whole names, letter for letter."""
    text = doc.text
    known: dict[tuple[str, ...], Name] = {}
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
    found: list[Name] = []
    i = 0
    while i < len(doc):
        match = next((t for t in by_first.get(doc[i].text, ()) if _stands(doc, i, t, taken)), None)
        if match:
            span = Span(doc[i].idx, doc[i + len(match) - 1].idx + len(doc[i + len(match) - 1]))
            found.append(named(text, span, known[match].label))
        i += len(match) if match else 1
    return found


def _surname(name: TokenSpan) -> tuple[str, ...]:
    """The tokens of the last word that is not "Jr"; a hyphen does not part a word."""
    last = len(name)
    while last > 1 and plain(name[last - 1].text) in SUFFIXES:
        last -= 1
    while last > 2 and is_honour(name[last - 1].text) and not name.text.isupper():
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


def _parted(text: str, ent: TokenSpan, label: Label) -> Iterator[tuple[int, int, Label]]:
    """ "Al Jazeera’s Kamal Hyder" is two names; what runs over a line's end or a cell's is cut there."""
    text, start = text[ent.start_char : ent.end_char], ent.start_char
    if label == "PERSON":  # "Torres met Rao. Rao left."
        stop = next((t for t in ent[1:-1] if t.text == "." and t.nbor().is_sent_start), None)
        if stop is not None:
            yield start, stop.idx, label
            start, text = stop.nbor().idx, text[stop.nbor().idx - start :]
    text = _BREAK.split(text, maxsplit=1)[0]
    cut = _POSSESSIVE.search(text)
    if cut and label in ("PERSON", "ORG") and looks_like_person(text[cut.end() :]):
        owner = text[: cut.start()].split()[-1:]
        yield start, start + cut.start(), "ORG" if owner and is_honour(owner[0]) else label
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


def _trimmed(text: str, start: int, end: int, language: Language | None, *, titled: bool) -> Span | None:
    """Without articles, possessive endings and marks, and where it is ``titled`` (a person's) without
    titles: "General Motors" and "St. Louis" have none."""
    lead = _LEAD.match(text, start, end)
    start = lead.end() if lead else start
    while language and (word := _before_name(text, start, end, language, titled)):
        start = word.end()
    bracket = text.find("(", start, end)
    if bracket > start and text.find(")", bracket, end) < 0:  # "Chamber of Commerce (CCI"
        end = bracket
    tail = _TAIL.search(text[start:end])
    if tail and not _ABBREVIATION.search(text[start:end]):
        end = start + tail.start()
    return Span(start, end) if start < end and any(c.isalpha() for c in text[start:end]) else None


def _before_name(text: str, start: int, end: int, language: Language, titled: bool) -> re.Match[str] | None:
    two, one = _FIRST_TWO.match(text, start, end), _FIRST_WORD.match(text, start, end)
    if two and titled and f"{two[1]} {two[2]}".lower() in language.titles:
        return two
    goes = one and (language.goes_before_name(one[1]) if titled else one[1].lower() in language.articles)
    return one if goes else None


def by_offset(entities: Iterable[Entity]) -> list[tuple[Span, Entity]]:
    """All mentions with their entities, in the order of the text."""
    return sorted((m.span, e) for e in entities for m in e.mentions)
