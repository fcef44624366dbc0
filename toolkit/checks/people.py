"""How an article introduces its people: the full name first, and who somebody is who is quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit import languages
from toolkit.checks.finding import WORD, Finding, Stretches, prose, statements, told, words
from toolkit.languages import Language
from toolkit.model import Annotations, Span
from toolkit.runs import kept_mentions, kept_quotes

# An article that names somebody so often tells of that person, if only in a clause far off.
_OFTEN = 7
_HEADLINE = 100  # characters
_NEAR = 120  # characters before a name in which its description stands
_BEFORE = re.compile(r"(?:([^\W\d_][\w.'’-]*)|([,—–]))\s*\Z")
_AFTER = re.compile(r"\s*([,(—–])?\s*([^\W_][\w'’-]*)?")
_STOP = re.compile(r"[.!?;:“”\"»«]\s|\n")


def surname_first(notes: Annotations) -> Iterator[Finding]:
    """Surnames that stand before the full name that they belong to, in running text."""
    language, known = languages.get(notes.article.language), words(notes).get("known_by_office", ())
    text, running = notes.article.text, prose(notes)
    articles = language.articles if language else frozenset()
    quoted, body = _quoted(notes), _body(notes, running)
    for entity in notes.entities:
        mentions = sorted(m.span for m in kept_mentions(entity))
        if entity.label != "PERSON" or len(mentions) < 2:
            continue
        in_prose = [s for s in mentions if running.at(s.start) and not quoted.touched(s)]
        in_prose = [s for s in in_prose if s.start >= body and not notes.text(s).isupper()]
        if not in_prose or _word_before(text, in_prose[0].start) in articles:
            continue  # "a Trump presidency" speaks of something else
        full = next((s for s in in_prose if _ends_with(notes, s, in_prose[0], language)), None)
        if full and _word_before(text, in_prose[0].start) not in known:
            first = in_prose[0]
            message = f"{told(notes, first)} stands here before the full name, {told(notes, full)}."
            yield Finding("surname-first", first, message, (full,))


def _body(notes: Annotations, running: Stretches) -> int:
    """Where the text begins. Some desks end a headline with a stop; then it is one short sentence."""
    first, *others = running.spans or [Span(0, 0)]
    is_headline = len(others) > 1 and not notes.article.headline and first.end - first.start < _HEADLINE
    return first.end if is_headline else first.start


def _quoted(notes: Annotations) -> Stretches:
    return Stretches(s for q in kept_quotes(notes) if q.kind == "direct" for s in q.content)


def _ends_with(notes: Annotations, full: Span, short: Span, language: Language | None) -> bool:
    """Whether one name is the other with something before it, that is no title."""
    long, end = _name(notes, full, language), _name(notes, short, language)
    return 0 < len(end) < len(long) and long[-len(end) :] == end


def _name(notes: Annotations, span: Span, language: Language | None) -> list[str]:
    parts = [re.sub(r"['’]s?\Z", "", w) for w in notes.text(span).split()]
    while parts and language and language.goes_before_name(parts[0]):
        del parts[0]
    return [part.casefold() for part in parts]


def _word_before(text: str, offset: int) -> str:
    match = _BEFORE.search(text, max(offset - 40, 0), offset)
    return (match[1] or "").lower() if match else ""


def no_role(notes: Annotations) -> Iterator[Finding]:
    """Persons who are quoted word for word, and nothing tells who they are."""
    language = languages.get(notes.article.language)
    if language is None or not language.checks:
        return
    entities = {e.id: e for e in notes.entities}
    quoted = {name for q in statements(notes) if q.kind == "direct" for name in q.speakers}
    cues = Stretches(s for q in kept_quotes(notes) for s in (*q.cue, *q.content))
    running, headline = prose(notes), notes.article.headline.casefold()
    names = [_name(notes, e.name, language) for e in notes.entities if e.label == "PERSON"]
    for speaker in notes.speakers:
        entity = entities.get(speaker.entity or "")
        if speaker.id not in quoted or speaker.anonymous or speaker.role or speaker.affiliation:
            continue
        if entity is None or entity.label != "PERSON" or entity.description:
            continue
        name = _name(notes, entity.name, language)
        if len(name) < 2 or any(len(one) > len(name) and one[-len(name) :] == name for one in names):
            continue  # a surname, whosever it is
        spans = sorted(m.span for m in kept_mentions(entity))
        in_headline = not all(running.at(s.start) for s in spans) or name[-1] in headline
        if in_headline or not 0 < len(spans) < _OFTEN:
            continue
        if not any(_tells(notes, s, language, cues) for s in spans):
            message = f"The article quotes {told(notes, entity.name)} and does not say who that is."
            yield Finding("no-role", spans[0], message)


def _tells(notes: Annotations, name: Span, language: Language, cues: Stretches) -> bool:
    """Whether the words beside a name tell something of the person."""
    return _tells_before(notes, name, language, cues) or _tells_after(notes, name, language)


def _tells_before(notes: Annotations, name: Span, language: Language, cues: Stretches) -> bool:
    """ "Councillor Ana Díaz", "the painter Ana Díaz", "Lyon's Ana Díaz", "the mayor, Ana Díaz"."""
    text = notes.article.text
    start = max(name.start - _NEAR, 0)
    match = _BEFORE.search(text, start, name.start)
    if not match:
        return False
    if match[1]:
        beside = Span(*match.span(1))
        return match[1].lower() not in language.checks["no_role_before"] and not cues.touched(beside)
    lead = _STOP.split(text[start : match.start()])[-1].lower()
    roles = language.roles | {*language.gendered, *language.checks["persons"]}
    return any(word in roles for word in WORD.findall(lead))


def _tells_after(notes: Annotations, name: Span, language: Language) -> bool:
    """ "Ana Díaz, a painter", "Ana Díaz (Labour)", "Ana Díaz of the union", "Ana Díaz is the …"."""
    match = _AFTER.match(notes.article.text, name.end)
    mark, word = (match[1], (match[2] or "").lower()) if match else ("", "")
    if mark == "(":
        return True
    if mark:
        return bool(word) and word not in language.checks["no_role_after"]
    return word in language.checks["role_after"]
