"""Annotations as JSON, and the JSON Schema of it."""

from __future__ import annotations

import functools
import json
from typing import Any

from toolkit.errors import InvalidNotes
from toolkit.model import AGAIN, SCHEMA, Annotations


@functools.cache
def _adapter() -> Any:
    # Imported here: pydantic is not needed to annotate, and costs start-up time.
    from pydantic import ConfigDict, TypeAdapter, with_config

    return TypeAdapter(with_config(ConfigDict(extra="forbid"))(Annotations))


def to_json(notes: Annotations) -> str:
    """The annotations as JSON: indented, UTF-8, the same bytes for equal annotations."""
    text: str = _adapter().dump_json(notes, indent=1).decode("utf-8")
    return text + "\n"


def from_json(data: str | bytes) -> Annotations:
    """Annotations from their JSON. Raises ``InvalidNotes`` on anything that does not fit."""
    from pydantic import ValidationError

    try:
        version = json.loads(data).get("schema")
    except (ValueError, AttributeError, RecursionError):
        raise InvalidNotes(f"These are not saved annotations (no JSON object was found); {AGAIN}") from None
    if version != SCHEMA:
        raise InvalidNotes(
            f"These annotations have schema {version!r} and this version reads {SCHEMA}; "
            "annotate the article again, or use the version of the toolkit that wrote them."
        )
    try:
        notes: Annotations = _adapter().validate_json(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise InvalidNotes(
            f"The annotations don't fit the schema at {place} ({first['msg']}); {AGAIN}"
        ) from None
    return notes


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of what ``to_json`` writes."""
    schema: dict[str, Any] = _adapter().json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
