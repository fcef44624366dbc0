"""The ninjs file, field by field as the IPTC's schema of version 3.1 has them, and what it must not claim."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from handmade import TEXT, jaffar_express
from hypothesis import given, settings
from strategies import annotations

from toolkit import edits
from toolkit.desk_note import noting
from toolkit.export.ninjs import render
from toolkit.model import Annotations, Article, Engine, Entity, Mention, Span, Speaker

MADE = datetime(2025, 3, 15, 10, 22, 7, tzinfo=UTC)
NOTES = jaffar_express()
ENGINE = Engine("0.1.0", "", "")


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _uri(value: Any) -> bool:
    return _text(value) and bool(
        re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[\w.~:/?#\[\]@!$&'()*+,;=%-]+", value, re.ASCII)
    )


def _moment(value: Any) -> bool:
    zoned = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"
    return _text(value) and bool(re.fullmatch(zoned, value)) and bool(datetime.fromisoformat(value))


def _number(value: Any) -> bool:
    return type(value) is int


def _one_of(*words: str) -> Callable[[Any], bool]:
    return lambda value: value in words


# The names and types of ninjs 3.1, as far as this exporter may need them, after the schema that the IPTC
# publishes under CC BY 4.0 and MIT. A name that is in none of these tables is none of the standard.
NAMED = {"name": _text, "rel": _text, "uri": _uri, "literal": _text}
VALUED = {"role": _text, "contentType": _text, "value": _text}
OBJECTS: dict[str, dict[str, Callable[[Any], bool]]] = {
    "headlines": VALUED,
    "descriptions": VALUED,
    "bodies": {**VALUED, "charCount": _number, "wordCount": _number},
    "people": NAMED,
    "organisations": NAMED,
    "places": NAMED,
    "objects": NAMED,
    "events": {**NAMED, "id": _text},
    "subjects": {**NAMED, "creator": _text, "relevance": _number, "confidence": _number},
    "infoSources": {"name": _text, "role": _text, "uri": _uri, "literal": _text},
    "altIds": {"role": _text, "value": _text},
}
FIELDS: dict[str, Callable[[Any], bool]] = {
    "uri": _uri,
    "type": _one_of("text"),
    "representationType": _one_of("full", "partial"),
    "versionCreated": _moment,
    "firstCreated": _moment,
    "contentCreated": _moment,
    "embargoedUntil": _moment,
    "pubStatus": _one_of("usable", "withheld", "canceled"),
    "edNote": _text,
    "language": _text,
    "slugline": _text,
    "by": _text,
    "located": _text,
    "standard": lambda value: value.keys() == {"name", "version", "schema"} and _uri(value["schema"]),
}
VALUE_NEEDED = {"headlines", "descriptions", "bodies"}


def item(notes: Annotations = NOTES, made: datetime = MADE) -> dict[str, Any]:
    """The item, after a look at each of its fields."""
    found: dict[str, Any] = json.loads(render(notes, made))
    assert "uri" in found
    for name, value in found.items():
        assert name in FIELDS or name in OBJECTS, f"ninjs 3.1 has no {name}"
        if name in FIELDS:
            assert FIELDS[name](value), (name, value)
            continue
        assert isinstance(value, list)
        assert value
        for each in value:
            assert each.keys() <= OBJECTS[name].keys(), (name, each)
            assert all(OBJECTS[name][key](part) for key, part in each.items()), (name, each)
            assert "value" in each or name not in VALUE_NEEDED
    return found


@given(annotations())
@settings(max_examples=40)
def test_every_item_fits_the_standard_and_holds_the_text(notes: Annotations) -> None:
    found = item(notes)
    (body,) = found["bodies"]
    assert body["value"] == notes.article.text
    assert body["charCount"] == len(notes.article.text)
    assert body["contentType"] == "text/plain"


def test_what_is_told_of_an_article() -> None:
    article = replace(
        NOTES.article,
        headline="Siege ends",
        byline="Kamal Hyder",
        published="2025-03-12T14:05+05:00",
        embargo="2025-03-12T16:00:00Z",
        dateline="QUETTA, Pakistan (Al Jazeera)",
    )
    found = item(replace(NOTES, article=article))
    assert found["standard"]["version"] == "3.1"
    assert found["versionCreated"] == "2025-03-15T10:22:07+00:00"
    assert found["contentCreated"] == "2025-03-12T14:05:00+05:00"
    assert found["embargoedUntil"] == "2025-03-12T16:00:00+00:00"
    assert found["headlines"] == [{"role": "main", "value": "Siege ends"}]
    assert (found["slugline"], found["by"], found["language"]) == ("jaffar-express", "Kamal Hyder", "en")
    assert [each["role"] for each in found["descriptions"]] == ["summary", "dateline"]
    assert found["descriptions"][0]["value"].startswith("A military spokesperson said")
    assert found["infoSources"] == [{"literal": "Al Jazeera"}]
    assert found["altIds"] == [{"role": "sha256", "value": NOTES.article.sha256}]
    assert "pubStatus" not in found


def test_who_and_what_is_named() -> None:
    found = item()
    assert found["people"] == [{"name": n, "rel": "mentions"} for n in ("Jeeyand Baloch", "Kamal Hyder")]
    assert [each["name"] for each in found["organisations"]] == ["Balochistan Liberation Army", "Al Jazeera"]
    assert {"Quetta", "Quetta railway station", "Bolan"} <= {each["name"] for each in found["places"]}
    assert [each["name"] for each in found["objects"]] == ["Jaffar Express"]
    assert [each["name"] for each in found["subjects"]] == ["Baloch people"]


def test_an_unnamed_source_and_a_rejected_name_are_in_no_list() -> None:
    text = json.dumps({name: item()[name] for name in OBJECTS if name in item() and name != "bodies"})
    assert "security sources" not in text.replace(NOTES.text(NOTES.summary), "")  # type: ignore[arg-type]
    words = Span(0, 10)
    notes = Annotations(
        Article(TEXT),
        ENGINE,
        entities=(Entity("e", "PERSON", words, (Mention(words, "machine:entities@1", "rejected"),)),),
        speakers=(Speaker("s", words, entity="e"),),
    )
    assert not OBJECTS.keys() & item(notes).keys() - {"bodies", "altIds"}


@pytest.mark.parametrize("published", ["", "2025", "2025-03", "2025-03-12", "2025-03-12T14:05", "2025-13-45"])
def test_a_date_that_is_not_a_moment_is_left_out(published: str) -> None:
    assert "contentCreated" not in item(Annotations(Article("x", published=published), ENGINE))


@pytest.mark.parametrize("embargo", ["2025", "2025-03-12", "2025-03-12T14:05", "2025-13-45"])
def test_an_embargo_is_never_lost(embargo: str) -> None:
    notes = Annotations(Article("x", embargo=embargo), ENGINE)
    found = item(edits.apply(notes, noting(notes, "Call the desk.")))
    assert "embargoedUntil" not in found
    assert found["pubStatus"] == "withheld"
    assert re.fullmatch(r"Embargoed until .+\nCall the desk\.", found["edNote"])


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("https://news.example/a?b=1", {"uri": "https://news.example/a?b=1"}),
        ("story.docx", {"literal": "story.docx"}),
        ("https://news.example/a b", {"literal": "https://news.example/a b"}),
        ("javascript:alert(1)", {"literal": "javascript:alert(1)"}),
    ],
)
def test_the_source_is_an_address_or_words(source: str, told: dict[str, str]) -> None:
    assert item(Annotations(Article("x", source=source), ENGINE))["infoSources"] == [told]


def test_an_empty_article_has_an_empty_body_and_nothing_made_up() -> None:
    found = item(Annotations(Article(""), ENGINE))
    assert found.keys() == {
        *("standard", "uri", "type", "representationType", "versionCreated", "bodies", "altIds"),
    }
    assert found["bodies"][0]["value"] == ""


def test_the_same_text_has_the_same_name_whoever_made_the_item() -> None:
    again = replace(NOTES, article=replace(NOTES.article, headline="Other"), quotes=(), summary=None)
    assert item()["uri"] == item(again, MADE.replace(year=2026))["uri"]
    assert item()["uri"] != item(Annotations(Article(TEXT + "."), ENGINE))["uri"]


def test_a_moment_without_a_zone_is_taken_for_utc() -> None:
    assert item(NOTES, MADE.replace(tzinfo=None))["versionCreated"] == "2025-03-15T10:22:07+00:00"
