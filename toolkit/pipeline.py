"""spaCy pipelines: one for each language, and the only place that orders components."""

from __future__ import annotations

import functools
import importlib.util
import logging
from typing import Any

import spacy
from spacy.language import Language as Pipeline
from spacy.tokens import Doc

from toolkit import entities, languages, quotes, speakers
from toolkit.errors import MissingModel
from toolkit.languages import Language
from toolkit.paragraphs import paragraphs
from toolkit.read.dateline import find_dateline

_DATELINE_WITHIN = 2000  # characters

log = logging.getLogger(__name__)

# Named through the modules: importing them is what registers the factories.
_COMPONENTS = (entities.FACTORY, quotes.FACTORY, speakers.FACTORY)


@Pipeline.component("toolkit_paragraphs")
def paragraph_starts(doc: Doc) -> Doc:
    """Begins a sentence with each paragraph, and behind a dateline; the parser then joins neither."""
    for token in doc[:-1] if len(doc) else ():
        if token.is_space and "\n" in token.text:
            doc[token.i + 1].is_sent_start = True
    text = doc.text
    for paragraph in paragraphs(text[:_DATELINE_WITHIN])[:3]:
        if dateline := find_dateline(text[slice(*paragraph)]):
            dash = paragraph.start + len(dateline)
            after = next((t for t in doc if t.idx >= dash and any(c.isalnum() for c in t.text)), None)
            if after is not None:
                after.is_sent_start = True
    return doc


@functools.cache
def pipeline(code: str) -> Pipeline:
    """The pipeline for a language (ISO 639-1), loaded once per process.

    A language without one of its own, and ``und``, gets marks and sentences only.
    Raises ``MissingModel`` when the language is known and no model is installed.
    """
    language = languages.get(code)
    return _bare() if language is None else _with_model(language)


def model_of(code: str) -> str:
    """Name and version of the model behind a language's pipeline, "" if there is none."""
    meta = pipeline(code).meta
    return "" if meta["name"] == "sentences" else f"{meta['lang']}_{meta['name']} {meta['version']}"


def installed_model(language: Language) -> str | None:
    """The package that serves a language here: the first of its models that is installed."""
    return next((name for name in language.models if importlib.util.find_spec(name)), None)


def _with_model(language: Language) -> Pipeline:
    package = installed_model(language)
    if package is None:
        raise MissingModel(
            f"No spaCy model for {language.name} is installed; "
            f"install one of {', '.join(language.models)} with pip."
        )
    log.debug("loading %s", package)
    nlp = spacy.load(package)
    nlp.add_pipe("toolkit_paragraphs", first=True)
    for component in _COMPONENTS:
        nlp.add_pipe(component)
    return nlp


def _bare() -> Pipeline:
    """For any language: tokens at blanks and sentence ends, also where no blank parts them."""
    nlp = spacy.blank("xx")
    nlp.meta["name"] = "sentences"
    infixes = [*(nlp.Defaults.infixes or []), r"[。！？।؟۔]"]
    tokenizer: Any = nlp.tokenizer
    tokenizer.infix_finditer = spacy.util.compile_infix_regex(infixes).finditer
    nlp.add_pipe("toolkit_paragraphs")
    nlp.add_pipe("sentencizer", config={"overwrite": False})
    nlp.add_pipe(quotes.FACTORY)
    return nlp
