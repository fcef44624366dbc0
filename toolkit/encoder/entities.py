"""Names in the toolkit's own labels, as the entities component takes them from the encoder."""

from __future__ import annotations

from toolkit.encoder import Tags, tag
from toolkit.model import Label, Span

# Misc is mostly events, then titles and laws; facilities and products are too unevenly marked in
# the training texts to be shown, dates and amounts are figures.
LABELS: dict[str, Label] = {
    "Person": "PERSON",
    "Organization": "ORG",
    "Location": "PLACE",
    "NORP": "GROUP",
    "Misc": "EVENT",
}


def entity_spans(text: str) -> list[tuple[Span, Label, float]]:
    """The names of a text in its order, each with its label and probability."""
    return from_tags(tag([text])[0])


def from_tags(tags: Tags) -> list[tuple[Span, Label, float]]:
    """The same for a text that is tagged already."""
    return [
        (Span(m.start, m.end), LABELS[m.label], m.probability) for m in tags.entities if m.label in LABELS
    ]
