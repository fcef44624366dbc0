"""The tags of the encoder's two heads: BIO over what the corpora mark."""

from __future__ import annotations

ENTITIES = ("Person", "Organization", "Location", "NORP", "Misc", "Facility", "Product", "Date", "Money")
ROLES = ("source", "cue", "content")


def tags(labels: tuple[str, ...]) -> tuple[str, ...]:
    """O first, then B and I of each label: the label of tag ``t`` is ``labels[(t - 1) // 2]``."""
    return ("O", *(f"{prefix}-{label}" for label in labels for prefix in "BI"))


ENTITY_TAGS = tags(ENTITIES)
ROLE_TAGS = tags(ROLES)
