"""The Markdown brief: read by a CommonMark reader, it says what the article says and nothing becomes markup."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby

import pytest
from handmade import jaffar_express, span
from hypothesis import example, given, settings
from markdown_it import MarkdownIt
from strategies import annotations, odd_texts

from toolkit import edits
from toolkit.brief import brief
from toolkit.desk_note import noting
from toolkit.export._unprintable import shown
from toolkit.export.markdown import escaped, render
from toolkit.model import Annotations, Article, Engine, Figure, Quote, Span, Speaker

MADE = datetime(2025, 3, 15, 10, 22, tzinfo=UTC)
NOTES = jaffar_express()
ENGINE = Engine("0.1.0", "3.8.7", "")
# CommonMark alone, and with what many renderers add; both would pass HTML through.
READERS = [MarkdownIt("commonmark"), MarkdownIt("commonmark").enable(["table", "strikethrough"])]
ALLOWED = {"h1", "h2", "h3", "p", "ul", "ol", "li", "strong", "em", "a", "blockquote", "hr"}
HOSTILE = (
    "<script>alert(1)</script> &amp; [x](javascript:alert(1)) ![i](http://a.b/c.png) `code` **b** _i_ ~~s~~ "
    "| a | b | https://evil.example www.evil.example a@b.example :smile: $x$ ^1^ [^1] {.cls} \\* #1"
)
OPENINGS = (
    *(
        "# heading",
        "## h ##",
        "- item",
        "+ item",
        "* item",
        "1. one",
        "12) twelve",
        "> quote",
        "---",
        "===",
        "***",
    ),
    *(
        "```",
        "~~~ sh",
        "    code",
        "\tcode",
        "| a | b |\n|---|---|",
        "[a]: http://b",
        ": term",
        "-",
        "1.",
        "<div>",
    ),
    *("Setext\n---", "Setext\n===", "text  \nbreak", "text\\\nbreak", "  ", "", "#", "!\n[a](b)"),
)


def rendered(data: bytes, reader: MarkdownIt = READERS[0]) -> str:
    page: str = reader.render(data.decode("utf-8"))
    assert set(re.findall(r"</?([a-z0-9]+)", page)) <= ALLOWED
    return page


def plain(text: str, **article: str) -> Annotations:
    return Annotations(Article(text, **article), ENGINE)


def items(page: str, heading: str) -> list[str]:
    """The texts of the numbered list below a heading."""
    part = re.split(r"<h2>|<hr />", page.split(f"<h2>{heading}</h2>")[1])[0]
    return [
        html.unescape(re.sub(r"<[^>]+>", "", item).strip("\n"))
        for item in re.findall(r"(?s)<li>(.*?)</li>", part)
    ]


def paragraphs(notes: Annotations) -> list[str]:
    """What a reader is to see of each paragraph."""
    groups = groupby(brief(notes).lines, key=lambda line: line.paragraph)
    return [
        shown("\n".join(notes.article.text[line.span.start : line.span.end] for line in lines))
        for number, lines in groups
        if number
    ]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("text", [*OPENINGS, HOSTILE, f"{HOSTILE}\n\n{HOSTILE}"])
def test_words_that_look_like_markup_stay_words(text: str, reader: MarkdownIt) -> None:
    notes = plain(f"{text}\n\nAn end.", headline=text)
    page = rendered(render(notes, MADE), reader)
    assert items(page, "The article") == paragraphs(notes)


@given(odd_texts)
@settings(max_examples=60)
@example("a\r\nb\rc")
@example(" \u00a0x\u3000\n\ty\u2003")
@example("\n".join("It was a very long line of an old mail that breaks off in the" for _ in range(4)))
def test_each_paragraph_is_an_item_of_the_articles_list(text: str) -> None:
    notes = plain(text)
    assert items(rendered(render(notes, MADE)), "The article") == paragraphs(notes)


@given(odd_texts)
@settings(max_examples=80)
@example("**a** \\")
@example("&#10;&amp;")
def test_any_text_in_one_line_is_shown_letter_for_letter(text: str) -> None:
    line = escaped(text)
    assert "\n" not in line
    assert READERS[0].renderInline(line) == html.escape(shown(text)).replace("&#x27;", "'")


@given(annotations())
@settings(max_examples=40)
def test_any_brief_is_made_of_headings_lists_and_paragraphs(notes: Annotations) -> None:
    page = rendered(render(notes, MADE))
    assert items(page, "The article") == paragraphs(notes)
    assert len(items(page, "Who said what")) >= len(brief(notes).statements)
    assert page.count("<h1>") == 1
    assert page.count("<h2>") == 7
    assert set(re.findall(r'href="([^"]*)"', page)) == {
        *("#summary", "#key-facts", "#who-said-what", "#cast"),
        *("#numbers-and-timeline", "#for-the-editor", "#the-article"),
    }


def test_each_statement_tells_who_said_it_and_who_checked_it() -> None:
    said = items(rendered(render(NOTES, MADE)), "Who said what")
    assert len(said) == 6 + 1
    assert said[4].endswith(
        "concerns,”\nKamal Hyder · Al Jazeera · Direct · found by surname · 97%\u00a0sure · "
        "suggested by the machine, not checked · ¶\u00a07"
    )
    assert "Unknown: The BLA" in said[5]
    assert "marked by Ana Núñez" in said[5]
    assert said[6] == "“terrorist” ¶\u00a05"
    assert "**Jeeyand Baloch** · Spokesman" in render(NOTES, MADE).decode()


def test_the_paragraph_that_is_told_is_the_item_of_that_number() -> None:
    page = rendered(render(NOTES, MADE))
    assert items(page, "The article")[7 - 1].startswith("“People would like")


def test_embargo_and_desk_note_come_first() -> None:
    notes = replace(NOTES, article=replace(NOTES.article, embargo="2025-03-16"))
    text = render(edits.apply(notes, noting(notes, "*Hold* for\nphotos.")), MADE).decode()
    order = ["**Embargoed until 16 March 2025**", "> **Desk note** \\*Hold\\* for&#10;photos.", "## Summary"]
    assert sorted(order, key=text.index) == order


def test_an_empty_article_says_what_there_is_not() -> None:
    text = render(plain(""), MADE).decode()
    for words in (
        "No summary was made.",
        "No statement was found.",
        "No speaker",
        "The article has no text.",
    ):
        assert words in text


def test_only_the_sections_that_are_wanted() -> None:
    text = render(NOTES, MADE, sections=("summary",)).decode()
    assert re.findall("(?m)^## (.*)", text) == ["Summary"]
    assert "The article" not in text


def test_hostile_speakers_and_editors_stay_words() -> None:
    whole = Span(0, len(HOSTILE))
    notes = Annotations(
        Article(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, source=HOSTILE),
        Engine(HOSTILE, HOSTILE, HOSTILE),
        speakers=(Speaker("s", whole, whole, whole),),
        quotes=(
            Quote("q", "mixed", (whole,), "speech", (whole,), (whole,), ("s",), origin=f"editor:{HOSTILE}"),
        ),
    )
    for reader in READERS:
        assert html.escape(HOSTILE).replace("&#x27;", "'") in rendered(render(notes, MADE), reader)


def test_numbers_dates_checks_and_notes_are_told() -> None:
    figures = (
        Figure("f1", "number", span("27"), qualifier=span("At least"), counts=span("hostages"), quote="q2"),
        Figure("f2", "date", span("August 2024"), date="2024-08"),
    )
    notes = edits.apply(replace(NOTES, figures=figures), edits.note(span("Quetta"), "*Which?*", by="Ben Ito"))
    text = render(notes, MADE).decode()
    assert "- **At least 27 hostages** · Count · security sources · ¶\u00a02" in text
    assert "- **August 2024** · August 2024 · August 2024 · ¶\u00a011" in text
    assert "“\\[here\\]” and “…”. ¶\u00a06" in text
    assert "- \\*Which?\\* · Ben Ito · Quetta · ¶\u00a04" in text
