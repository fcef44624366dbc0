"""Records on a spaCy document: the toolkit's dataclasses in ``doc._``, safe to send and save.

spaCy carries ``doc.user_data`` between processes and to disk as msgpack, which knows no
dataclasses. So the plain JSON form lies in ``user_data`` and the getters make records of
it. (``Span._`` would not do: it is keyed by offsets, and two quotes may share theirs.)
"""

from __future__ import annotations

import dataclasses
from typing import Any

from spacy.tokens import Doc

from toolkit.model import Entity, Figure, Measure, Mention, Quote, Span, Speaker

_KINDS: dict[str, type] = {"entities": Entity, "quotes": Quote, "speakers": Speaker, "figures": Figure}
_KEY = "toolkit_"


def store(doc: Doc, name: str, found: tuple[Any, ...]) -> None:
    """Puts records where ``doc._.<name>`` finds them, and their spans into ``doc.spans``."""
    doc.user_data[_KEY + name] = [dataclasses.astuple(record) for record in found]
    if name == "quotes":
        spans = (
            doc.char_span(start, end, label=quote.kind, alignment_mode="expand")
            for quote in found
            for start, end in quote.content
        )
        doc.spans["quotes"] = [span for span in spans if span is not None]


def _load(doc: Doc, name: str) -> tuple[Any, ...]:
    return tuple(_record(_KINDS[name], values) for values in doc.user_data.get(_KEY + name, ()))


def _record(kind: type, values: Any) -> Any:
    made = []
    for field, value in zip(dataclasses.fields(kind), values, strict=True):
        made.append(_value(field.name, value))
    return kind(*made)


_SPANS = {"content", "cue", "source"}
_SPAN = {"name", "span", "description", "role", "affiliation", "qualifier", "counts"}
_RECORDS: dict[str, type] = {"mentions": Mention, "measures": Measure}


def _value(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _SPANS:
        return tuple(Span(*v) for v in value)
    if name in _SPAN:
        return Span(*value)
    if name in _RECORDS:
        return tuple(_record(_RECORDS[name], v) for v in value)
    return tuple(value) if isinstance(value, list) else value


def _getter(name: str) -> Any:
    return lambda doc: _load(doc, name)


for _name in _KINDS:
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, getter=_getter(_name))
