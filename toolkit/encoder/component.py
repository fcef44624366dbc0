"""The encoder as a spaCy component: its marks on a document, and its names as ``doc.ents``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.language import Language as Pipeline
from spacy.tokens import Doc
from spacy.util import filter_spans, minibatch

from toolkit.encoder import Mark, Tags, tag
from toolkit.paragraphs import paragraphs

FACTORY = "toolkit_encoder"
KEY = "toolkit_tags"

# Its labels in those of spaCy's English models; Misc is mostly events, then titles and laws.
IN_SPACY = {
    "Person": "PERSON", "Organization": "ORG", "Location": "GPE", "NORP": "NORP", "Misc": "EVENT",
    "Date": "DATE", "Money": "MONEY", "Facility": "FAC", "Product": "PRODUCT",
}  # fmt: skip


@Pipeline.factory(FACTORY, default_config={"threads": None}, assigns=["doc._.tags", "doc.ents"])
def create_encoder(nlp: Pipeline, name: str, threads: int | None) -> Encoder:
    """``threads``: see ``toolkit.encoder.tag``."""
    return Encoder(threads)


class Encoder:
    """Writes ``doc._.tags`` (``Tags``) and takes the place of spaCy's own "ner"."""

    def __init__(self, threads: int | None) -> None:
        self.threads = threads

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = 16) -> Iterator[Doc]:
        """Reads ``batch_size`` documents at once."""
        for docs in minibatch(stream, batch_size):
            batch = list(docs)
            texts = [unwrapped(doc.text) for doc in batch]
            for doc, tags in zip(batch, tag(texts, threads=self.threads), strict=True):
                store(doc, tags)
                yield doc


def unwrapped(text: str) -> str:
    """The text with the line ends inside its paragraphs as blanks, as long as before: the encoder
    has learned that a line is a paragraph, and mail is wrapped."""
    pieces, at = [], 0
    for start, end in paragraphs(text):
        pieces += [text[at:start], text[start:end].replace("\n", " ")]
        at = end
    return "".join([*pieces, text[at:]])


def store(doc: Doc, tags: Tags) -> None:
    """Puts marks on a document. In ``user_data`` they are plain lists: spaCy packs it as msgpack."""
    doc.user_data[KEY] = {"entities": [[*m] for m in tags.entities], "roles": [[*m] for m in tags.roles]}
    spans = (
        doc.char_span(m.start, m.end, label=IN_SPACY[m.label], alignment_mode="expand")
        for m in tags.entities
        if m.label in IN_SPACY
    )
    doc.set_ents(filter_spans(span for span in spans if span is not None))


def tags_of(doc: Doc) -> Tags | None:
    """What the encoder found in a document, None if it has not read it."""
    found = doc.user_data.get(KEY)
    if found is None:
        return None
    return Tags(*(tuple(Mark(*m) for m in found[head]) for head in ("entities", "roles")))


if not Doc.has_extension("tags"):
    Doc.set_extension("tags", getter=tags_of)
