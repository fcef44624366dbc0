"""The JSON-LD: schema.org's words for an article and who said what, and nothing that a page could run."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from handmade import TEXT, jaffar_express
from hypothesis import given, settings
from strategies import annotations

from toolkit.export.jsonld import render
from toolkit.model import Annotations, Article, Engine, Quote, Span

MADE = datetime(2025, 3, 15, 10, 22, 7, tzinfo=UTC)
NOTES = jaffar_express()
ENGINE = Engine("0.1.0", "", "")

PROPERTIES = {
    "NewsArticle": {
        *("@type", "@id", "url", "identifier", "headline", "author", "dateline", "datePublished"),
        *("creativeWorkStatus", "inLanguage", "wordCount", "abstract", "articleBody", "mentions"),
        "sdDatePublished",
    },
    "Quotation": {"@type", "@id", "text", "spokenByCharacter", "description", "inLanguage", "isPartOf"},
    "Claim": {"@type", "@id", "text", "author", "description", "inLanguage", "isPartOf"},
    "Person": {"@type", "name", "jobTitle", "affiliation", "description"},
}
THINGS = {"Organization", "Place", "Thing", "Product", "Event", "CreativeWork", "Legislation"}


def graph(notes: Annotations = NOTES) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The article and its parts, after a look at their properties."""
    page = json.loads(render(notes, MADE))
    assert page.keys() == {"@context", "@graph"}
    assert page["@context"] == "https://schema.org"
    article, *parts = page["@graph"]
    assert article["@type"] == "NewsArticle"
    for node in page["@graph"]:
        assert node.keys() <= PROPERTIES[node["@type"]]
    for node in parts:
        assert node["isPartOf"] == {"@id": article["@id"]}
    speakers = [s for p in parts for s in listed(p.get("author", p.get("spokenByCharacter", [])))]
    for node in (*article.get("mentions", ()), *speakers):
        kind = node.get("@type")
        assert kind in THINGS or node.keys() <= PROPERTIES["Person"]
        assert node.get("name") or (kind is None and node.get("description"))
    return article, parts


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


@given(annotations())
@settings(max_examples=40)
def test_every_file_is_sound_and_safe_inside_a_script_element(notes: Annotations) -> None:
    article, parts = graph(notes)
    assert article.get("articleBody", "") == notes.article.text
    assert len({part["@id"] for part in parts}) == len(parts)
    text = render(notes, MADE).decode("utf-8")
    assert not re.search("[<>&\u2028\u2029]", text)


def test_what_would_end_the_script_element_is_written_otherwise() -> None:
    text = "</script><!-- & \u2028 <b>"
    data = render(Annotations(Article(text, headline=text), ENGINE), MADE)
    assert b"<" not in data
    assert json.loads(data)["@graph"][0]["articleBody"] == text


def test_who_said_what_in_quotation_marks_is_a_quotation() -> None:
    _, parts = graph()
    assert [part["@type"] for part in parts] == ["Claim", "Claim", "Claim", "Quotation", "Quotation", "Claim"]
    assert (
        parts[4]["text"]
        == "“People would like to have more security on those trains because they feel unsafe and they have voiced their concerns,”"
    )
    assert parts[4]["spokenByCharacter"] == {
        "@type": "Person",
        "name": "Kamal Hyder",
        "affiliation": {"@type": "Organization", "name": "Al Jazeera"},
    }
    assert parts[2]["author"]["jobTitle"] == "Spokesman"


def test_nobody_is_named_whom_the_article_does_not_name() -> None:
    _, parts = graph()
    assert parts[0]["author"] == {"description": "A military spokesperson"}
    assert "author" not in parts[5]  # not found
    assert not any("creator" in part for part in parts)


def test_an_editors_decision_is_told_from_the_machines() -> None:
    _, parts = graph()
    assert parts[2]["description"].endswith("; confirmed")
    assert parts[5]["description"].endswith("; marked by Ana Núñez")
    assert parts[4]["description"].endswith("; suggested by the machine, not checked")


@pytest.mark.parametrize("act", ["belief", "intention", "topic"])
def test_what_somebody_believes_or_plans_is_no_statement_of_theirs(act: Any) -> None:
    quote = Quote("q", "indirect", (Span(0, 9),), act=act, status="confirmed")
    assert graph(Annotations(Article(TEXT), ENGINE, quotes=(quote,)))[1] == []


def test_what_is_told_of_an_article() -> None:
    known = replace(
        NOTES.article,
        headline="Siege ends",
        byline="Reuters",
        published="2025-03-12 14:05:09+0530",
        embargo="2025-03-16",
        dateline="QUETTA, Pakistan",
        source="https://news.example/siege",
    )
    article, _ = graph(replace(NOTES, article=known))
    assert article["datePublished"] == "2025-03-12T14:05:09+05:30"
    assert article["creativeWorkStatus"] == "Embargoed until 16 March 2025"
    assert article["author"] == {"name": "Reuters"}  # an agency or a person: nobody knows
    assert (article["dateline"], article["url"]) == ("QUETTA, Pakistan", "https://news.example/siege")
    assert (article["inLanguage"], article["identifier"]) == ("en", "jaffar-express")
    assert article["abstract"].startswith("A military spokesperson")
    kinds = {(each["@type"], each["name"]) for each in article["mentions"]}
    assert {("Person", "Kamal Hyder"), ("Organization", "Al Jazeera"), ("Place", "Quetta")} <= kinds
    assert not any("spokesperson" in name for _, name in kinds)


@pytest.mark.parametrize(
    ("published", "told"),
    [
        ("2025", "2025"),
        ("2025-03", "2025-03"),
        ("2025-03-12", "2025-03-12"),
        ("2025-03-12T14:05", "2025-03-12T14:05:00"),
        ("", None),
        ("2025-13-45", None),
        ("2025-13", None),
        ("0000", None),
    ],
)
def test_a_date_is_as_precise_as_known(published: str, told: str | None) -> None:
    article, _ = graph(Annotations(Article("x", published=published), ENGINE))
    assert article.get("datePublished") == told


def test_an_empty_article_has_nothing_made_up() -> None:
    article, parts = graph(Annotations(Article("", source="story.docx"), ENGINE))
    assert article.keys() == {"@type", "@id", "wordCount", "sdDatePublished"}
    assert parts == []
