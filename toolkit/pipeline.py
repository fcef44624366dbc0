"""spaCy pipelines: one for each language, and the only place that orders components."""

from __future__ import annotations

import functools
import logging
import re
from bisect import bisect_left
from itertools import pairwise
from typing import Any

import spacy
from spacy.language import Language as Pipeline
from spacy.tokens import Doc

from toolkit import entities, figures, languages, quotes, speakers
from toolkit.encoder import component as encoder
from toolkit.encoder.session import load
from toolkit.errors import MissingModel, UnreadableArticle
from toolkit.figures.dating import PUBLISHED
from toolkit.languages import Language, installed_model
from toolkit.paragraphs import paragraphs
from toolkit.read.dateline import find_dateline
from toolkit.read.draft import MAX_CHARACTERS

_OPENING = frozenset("\"“”„‟«»‹‘'([¿¡「『《")
_DATELINE_WITHIN = 2000  # characters
_MOST_TOKENS = 250_000
_PIECE_TOKENS = 10_000  # what the model reads at a time: about 200 MB in it
_AROUND = 32  # tokens; the model sees four to each side, and the parser a few of the next sentence
_UNBROKEN, _PIECE = re.compile(r"\S{500,}"), 100  # characters

log = logging.getLogger(__name__)

# Named through the modules: importing them is what registers the factories.
_COMPONENTS = (entities.FACTORY, quotes.FACTORY, figures.FACTORY, speakers.FACTORY)


@Pipeline.component("toolkit_paragraphs")
def paragraph_starts(doc: Doc) -> Doc:
    """Begins a sentence with each paragraph, and behind a dateline; the parser then joins neither."""
    text, offsets = doc.text, doc.to_array("IDX").tolist()
    parts = paragraphs(text)
    starts = {bisect_left(offsets, paragraph.start) for paragraph in parts}
    for paragraph in parts[:3]:
        if paragraph.start < _DATELINE_WITHIN and (dateline := find_dateline(text[slice(*paragraph)])):
            after = bisect_left(offsets, paragraph.start + len(dateline))
            starts.add(next((t.i for t in doc[after:] if any(c.isalnum() for c in t.text)), len(doc)))
    # In one go: each ``token.is_sent_start = True`` looks through the whole document.
    marks = doc.to_array("SENT_START")
    marks[sorted(starts - {len(doc)})] = 1
    return doc.from_array(["SENT_START"], marks)  # type: ignore[arg-type]


@Pipeline.component("toolkit_openings")
def opening_marks(doc: Doc) -> Doc:
    """Gives a mark that opens a sentence to that sentence; the sentencizer leaves it to the one before."""
    marks = doc.to_array("SENT_START")
    for token in doc[1:]:
        start = token.i
        while (
            start > 1
            and marks[start] == 1
            and doc[start - 1].text in _OPENING
            and not doc[start - 1].whitespace_
        ):
            before = doc[start - 2]
            if doc[start - 1].text not in "「『《" and not (before.whitespace_ or before.is_space):
                break
            marks[start], marks[start - 1], start = 0, 1, start - 1
    return doc.from_array(["SENT_START"], marks)  # type: ignore[arg-type]


@functools.cache
def pipeline(code: str) -> Pipeline:
    """The pipeline for a language (ISO 639-1), loaded once per process.

    A language without one of its own, and ``und``, gets marks and sentences only.
    Raises ``MissingModel`` when the language is known and no model is installed, or the
    encoder that reads it is missing or damaged.
    """
    language = languages.get(code)
    return _bare() if language is None else _with_model(language)


def analyse(code: str, text: str, published: str = "") -> Doc:
    """The document of a text, read by the pipeline for a language.

    ``published`` is the day that its dates are told from, ISO 8601 and as precise as known.
    Raises ``UnreadableArticle`` when it is more than an editor's machine can hold.
    """
    if len(text) > MAX_CHARACTERS:
        raise UnreadableArticle(
            f"The article has {len(text):,} characters and at most {MAX_CHARACTERS:,} are read; "
            "split it into articles."
        )
    nlp = pipeline(code)
    doc = _tokens(nlp, text)
    if len(doc) > _MOST_TOKENS:
        raise UnreadableArticle(
            f"The article has {len(doc):,} words and marks and at most {_MOST_TOKENS:,} are analysed; "
            "split it into articles."
        )
    doc.user_data[PUBLISHED] = published
    return nlp(doc) if len(doc) <= _PIECE_TOKENS else _by_pieces(nlp, doc)


def _by_pieces(nlp: Pipeline, doc: Doc, most: int | None = None) -> Doc:
    """Reads a long text with the model piece by piece, for the model's memory is that of the longest
    piece; what is ours reads the whole. A piece ends with a paragraph, where no sentence goes on, and is
    read with a few tokens around it, for the model looks at neighbours."""
    parts = [pipe for name, pipe in nlp.pipeline if not name.startswith("toolkit_")]
    doc = paragraph_starts(doc)
    published = doc.user_data[PUBLISHED]
    starts = [t.i for t in doc if t.is_sent_start == 1]
    cuts = [0]
    for here, following in pairwise((*starts, len(doc))):
        if following - cuts[-1] > (most or _PIECE_TOKENS) and here > cuts[-1]:
            cuts.append(here)
    pieces = []
    for start, end in pairwise((*cuts, len(doc))):
        first, last = max(0, start - _AROUND), min(len(doc), end + _AROUND)
        piece = doc[first:last].as_doc()
        for part in parts:
            piece = part(piece)
        piece.tensor = piece.tensor[:0]  # nobody reads it, and it is most of what a document holds
        pieces.append(piece[start - first : end - first].as_doc())
    whole = Doc.from_docs(pieces, ensure_whitespace=False)
    whole.user_data[PUBLISHED] = published
    for name, pipe in nlp.pipeline:
        if name.startswith("toolkit_") and name != "toolkit_paragraphs":
            whole = pipe(whole)
    return whole


def _tokens(nlp: Pipeline, text: str) -> Doc:
    """The tokens of a text. What has no blank in it is cut into pieces first, for the tokenizer
    takes the square of its length."""
    cuts = [cut for run in _UNBROKEN.finditer(text) for cut in range(*run.span(), _PIECE)[1:]]
    if not cuts:
        return nlp.make_doc(text)
    pieces = [nlp.make_doc(text[start:end]) for start, end in pairwise((0, *cuts, len(text)))]
    return Doc.from_docs(pieces, ensure_whitespace=False)


def model_of(code: str) -> str:
    """Name and version of the models behind a language's pipeline, "" if there is none: that of
    spaCy, and the encoder's by the start of its checksum."""
    nlp = pipeline(code)
    if nlp.meta["name"] == "sentences":
        return ""
    name = f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}"
    return f"{name}, encoder {load().version}" if encoder.FACTORY in nlp.pipe_names else name


def _with_model(language: Language) -> Pipeline:
    package = installed_model(language)
    if package is None:
        raise MissingModel(
            f"No spaCy model for {language.name} is installed ({', '.join(language.models)}); "
            "newsdesk doctor tells the command that gets one."
        )
    log.debug("loading %s", package)
    nlp = spacy.load(package, exclude=["ner"] if language.encoder else [])
    tokenizer: Any = nlp.tokenizer
    for title in (t.capitalize() for t in language.titles if t.endswith(".")):
        tokenizer.add_special_case(title, [{"ORTH": title}])  # "Smt. Rao" is no sentence's end
    nlp.add_pipe("toolkit_paragraphs", first=True)
    if language.encoder:
        load()  # what is missing is told now, not with the first article
    for component in _COMPONENTS if not language.encoder else (encoder.FACTORY, *_COMPONENTS):
        nlp.add_pipe(component)
    return nlp


def _bare() -> Pipeline:
    """For any language: tokens at blanks and sentence ends, also where no blank parts them."""
    nlp = spacy.blank("xx")
    nlp.meta["name"] = "sentences"
    infixes = [*(nlp.Defaults.infixes or []), r"[。！？।؟۔「」『』《》]"]
    tokenizer: Any = nlp.tokenizer
    tokenizer.infix_finditer = spacy.util.compile_infix_regex(infixes).finditer
    nlp.add_pipe("toolkit_paragraphs")
    nlp.add_pipe("sentencizer", config={"overwrite": False})
    nlp.add_pipe("toolkit_openings")
    nlp.add_pipe(quotes.FACTORY)
    return nlp
