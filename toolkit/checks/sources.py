"""Whose word an article rests on: quotations of nobody, unnamed sources, a single voice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit import languages
from toolkit.checks.finding import WORD, Finding, Stretches, marked, prose, statements, told, words
from toolkit.languages import Language
from toolkit.marks import is_title
from toolkit.model import Annotations, Quote, Span, Speaker
from toolkit.runs import kept_mentions, kept_quotes

# From so many words on, a quotation is more than a name or a phrase in marks.
_QUOTATION = 5
# So many statements by one voice make a story with a single source.
_MANY = 4
_STOPS = '.!?…”"»'
_NAME_FOLLOWS = re.compile(r"\s[A-Z][a-z]")


def no_speaker(notes: Annotations) -> Iterator[Finding]:
    """Quoted sentences beside which nobody is told to speak, and nobody acts right before them."""
    text, running, sentences = notes.article.text, prose(notes), Stretches(notes.sentences)
    persons = Stretches(m.span for e in notes.entities if e.label == "PERSON" for m in kept_mentions(e))
    for quote in statements(notes):
        first, *rest = sorted(quote.content)
        paragraph = running.at(first.start)
        if "unclosed" in quote.flags:
            continue  # how far it goes is not known; the check of quotation marks tells of it
        if quote.kind == "indirect" or quote.speakers or quote.source or paragraph is None:
            continue
        lead = text[paragraph.start : first.start].rstrip()
        before = sentences.at(paragraph.start + len(lead) - 1) if lead else None
        if len(notes.text(first).split()) < _QUOTATION or (lead and lead[-1] not in _STOPS):
            continue
        if not before or not (persons.touched(before) or _has_pronoun(notes, before)):
            yield Finding("no-speaker", first, "The text does not say whose words these are.", tuple(rest))


def _has_pronoun(notes: Annotations, span: Span) -> bool:
    language = languages.get(notes.article.language)
    pronouns = language.pronouns if language else {}
    found = (pronouns.get(word) for word in WORD.findall(notes.text(span).lower()))
    return any(pronoun.person and pronoun.gender for pronoun in found if pronoun)


def unnamed_source(notes: Annotations) -> Iterator[Finding]:
    """Persons without a name on whose word alone a statement stands; bodies and documents are none."""
    language = languages.get(notes.article.language)
    if language is None or not language.checks:
        return
    unnamed = {
        s.id: s.name
        for s in notes.speakers
        if s.anonymous
        and _is_person(notes.text(s), language)
        and not _NAME_FOLLOWS.match(notes.article.text, s.name.end)
    }
    said: dict[str, list[Quote]] = {}
    for quote in statements(notes):
        if quote.speakers and all(name in unnamed for name in quote.speakers):
            said.setdefault(quote.speakers[0], []).append(quote)
    for name, quotes in said.items():
        first = unnamed[name]
        places = dict.fromkeys(min(q.source or q.content) for q in quotes)
        rests = f"{len(quotes)} statements rest" if len(quotes) > 1 else "A statement rests"
        message = f"{rests} on a source without a name: {told(notes, first)}."
        yield Finding("unnamed-source", first, message, tuple(p for p in places if not p.overlaps(first)))


def _is_person(description: str, language: Language) -> bool:
    """Whether a description means some person or persons: "a senior official in the ministry",
    "two people familiar with the matter", not "the port authority" and not "the mayor"."""
    table = language.checks
    text = " ".join(description.lower().replace("’", "'").split())
    lead = next((lead for lead in table["some_of"] if text.startswith(f"{lead} ")), "")
    if not lead and (text.split(" ", 1)[0] in table["known"] or text in table["vague"]):
        return False
    phrase: list[str] = []
    for word in WORD.findall(text[len(lead) :]):
        if phrase and word in table["ends_phrase"]:
            break
        phrase.append(word)
    several = [word for word in phrase if word in table["persons"]]
    one = [word for word in phrase if word in table["person"] or word in language.roles]
    counted = lead or text.split(" ", 1)[0] in language.indefinite  # a bare one goes on with a name
    persons = several or (one if counted else [])
    return bool(persons) and (persons[-1] == phrase[-1] or not language.bodies.intersection(phrase))


def single_source(notes: Annotations) -> Iterator[Finding]:
    """An article in which one voice alone is heard, by name or not."""
    cast = {s.id: s for s in notes.speakers}
    voices: set[str] = set()
    spans: list[Span] = []
    for quote in statements(notes):
        heard = {i for i in quote.speakers if not _is_silent(notes, cast[i])}
        if quote.speakers and not heard:
            continue
        if not heard and ((quote.kind == "direct" and not quote.source) or not _only_pronouns(notes, quote)):
            return  # somebody else may be speaking here
        voices |= heard
        spans.append(min(quote.content))
    if len(voices) == 1 and len(spans) >= _MANY and not _has_other_voice(notes):
        name = told(notes, cast[voices.pop()].name)
        message = f"All {len(spans)} statements of the article come from one source, {name}."
        yield Finding("single-source", spans[0], message, tuple(spans[1:]))


def _has_other_voice(notes: Annotations) -> bool:
    """Whether somebody may be heard of whom there is no statement: in quotation marks, or "according to"."""
    kept = list(kept_quotes(notes))
    known = Stretches(s for q in kept for s in (*q.content, *q.cue, *q.source))
    said = Stretches(s for q in kept if q.act == "speech" for s in q.content)
    for quotation in marked(notes):
        words_in_it = notes.text(quotation.inner).split()
        is_said = len(words_in_it) >= _QUOTATION and not is_title(words_in_it)
        if is_said and quotation.closed and not known.touched(quotation.span):
            return True
    cues = words(notes).get("other_voices", ())
    for sentence in notes.sentences if cues else ():
        found = f" {' '.join(WORD.findall(notes.text(sentence).lower().replace('’', chr(39))))} "
        if any(f" {cue} " in found for cue in cues) and not said.touched(sentence):
            return True
    return False


def _is_silent(notes: Annotations, speaker: Speaker) -> bool:
    """A banner or a sign says something, and is no source."""
    silent = words(notes).get("silent", ())
    return speaker.anonymous and any(w in silent for w in WORD.findall(notes.text(speaker).lower()))


def _only_pronouns(notes: Annotations, quote: Quote) -> bool:
    language = languages.get(notes.article.language)
    pronouns = language.pronouns if language else ()
    return all(notes.text(span).lower().lstrip("-") in pronouns for span in quote.source)
