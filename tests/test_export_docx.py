"""The Word brief: the article character for character, real styles, a comment on each quote."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.shared import Mm
from handmade import MACHINE, TEXT, jaffar_express, repeated, span, stretch
from hypothesis import example, given, settings
from lxml import etree
from package import assert_valid
from strategies import FRAGMENTS, annotations, odd_texts
from tools import need

import toolkit
from toolkit import edits
from toolkit.brief import ALL_SECTIONS, Section, brief
from toolkit.checks import check
from toolkit.decision import Edit
from toolkit.errors import UnreadableArticle
from toolkit.export import export
from toolkit.export.docx import article_text, notes_in, render, starter
from toolkit.house import House, Template
from toolkit.model import (
    Annotations,
    Article,
    Budget,
    Engine,
    Figure,
    Measure,
    Quote,
    Span,
    Speaker,
    Summary,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MADE = datetime(2025, 3, 15, 10, 22, tzinfo=UTC)
ENGINE = Engine("0.1.0", "3.8.7", "en_core_web_sm")
NOTES = jaffar_express()


def plain(text: str, **article: str) -> Annotations:
    return Annotations(Article(text, **article), ENGINE)


def opened(notes: Annotations = NOTES, sections: tuple[Section, ...] = ALL_SECTIONS) -> Any:
    return docx.Document(io.BytesIO(render(notes, MADE, sections=sections)))


def paragraphs(document: Any, style: str) -> list[str]:
    return [p.text for p in document.paragraphs if p.style.name == style]


def article_lines(document: Any) -> list[Any]:
    return [p for p in document.paragraphs if p.style.name == "Article"]


def everything(document: Any) -> str:
    """All text of the body, tables too."""
    return "\n".join(t.text for t in document.element.body.iter(W + "t"))


def commented(document: Any) -> dict[int, str]:
    """The text under each comment, by its number."""
    under: dict[int, str] = {}
    active: set[int] = set()
    for element in document.element.body.iter():
        if element.tag == W + "commentRangeStart":
            active.add(int(element.get(W + "id")))
        elif element.tag == W + "commentRangeEnd":
            active.remove(int(element.get(W + "id")))
        elif element.tag == W + "t":
            for number in active:
                under[number] = under.get(number, "") + element.text
    assert not active
    return under


# The article, character for character


@given(odd_texts)
@settings(max_examples=40)
@example("")
@example("\n")
@example("\n\n \n")
@example("a\r\nb\rc\n")
@example("\x00␀\x7f␡U+FFFE\ufffeU+0085\x85")
@example("\ufffeFFFE\x85FF␀")
@example("\u0301 \u0301\n\u0301")
@example("abc שלום\u0301 (1) def\nשלום abc 1\u05b0")
@example(" leading\ttabs\t\t and trailing  ")
@example("soft\u00adhyphen\u00a0no\u2011break\u200b\ufeff")
@example("\U0001fffe\U0010ffff\ufdd0\u202e\u202d")
@example("_x000D_ &#13; &amp; ]]> <w:t/>")
def test_the_article_comes_back_character_for_character(text: str) -> None:
    assert article_text(io.BytesIO(render(plain(text), MADE))) == text


@given(annotations())
@settings(max_examples=40)
def test_marks_change_no_character(notes: Annotations) -> None:
    data = render(notes, MADE)
    assert article_text(io.BytesIO(data)) == notes.article.text
    assert_valid(data)


def test_every_character_there_is() -> None:
    """All of the first plane, the last of each other one, and a letter of each alphabet of the second."""
    codes = [*range(0xD800), *range(0xE000, 0x11000), *range(0x10000, 0x20000, 97)]
    codes += [plane + last for plane in range(0, 0x110000, 0x10000) for last in (0xFFFD, 0xFFFE, 0xFFFF)]
    text = "".join(map(chr, codes))
    assert article_text(io.BytesIO(render(plain(text), MADE))) == text


def test_lines_are_paragraphs_and_blank_ones_are_low() -> None:
    first, blank, second, third = article_lines(opened(plain("One.\n\nTwo.\nThree.")))
    assert [p.text for p in (first, blank, second, third)] == ["One.", "", "Two.", "Three."]
    assert blank.paragraph_format.line_spacing.pt == 4
    assert blank.paragraph_format.space_after == 0
    assert first.paragraph_format.line_spacing is None


def test_lines_of_a_wrapped_paragraph_stand_close() -> None:
    wrapped = (
        "The council of the town said on Monday that it\nwould close the bridge for a week, and that all\n"
    )
    lines = article_lines(opened(plain(wrapped + "traffic must go by the old road until it is done.\nEnd.")))
    assert [line.paragraph_format.space_after for line in lines[:2]] == [0, 0]


def test_what_cannot_be_printed_is_shown_in_a_style_of_its_own() -> None:
    (line,) = article_lines(opened(plain("a\x00\x1b\x7fb\ufffe\x85\u202ec␀")))
    assert [(run.text, run.style.name) for run in line.runs] == [
        ("a", "Default Paragraph Font"),
        ("␀␛␡", "Control Character"),
        ("b", "Default Paragraph Font"),
        ("U+FFFEU+0085U+202E", "Control Character"),
        ("c␀", "Default Paragraph Font"),
    ]


# What the desk reads


def test_the_parts_stand_in_order_under_real_headings() -> None:
    document = opened()
    assert [p.text for p in document.paragraphs if p.style.name in ("Title", "Heading 1", "Heading 2")] == [
        "jaffar-express",
        *("Summary", "Key facts", "Who said what", "Cast", "Other names"),
        *("Numbers and timeline", "Timeline", "For the editor", "The article"),
    ]
    assert [table.style.name for table in document.tables] == [
        "Newsdesk Facts",
        "Newsdesk Table",
        "Newsdesk Table",
    ]


def test_the_header_block_says_what_is_known() -> None:
    notes = replace(
        NOTES,
        article=replace(
            NOTES.article, headline="Train taken", byline="A. Writer", embargo="2025-03-16T06:00Z"
        ),
    )
    document = opened(notes)
    facts = [cell.text for row in document.tables[0].rows for cell in row.cells]
    assert dict(zip(facts[::2], facts[1::2], strict=True)) == {
        "Published": "March 2025",
        "Language": "English",
        "By": "A. Writer",
        "Length": "399 words",
        "Source": "Al Jazeera",
        "": "",
    }
    assert paragraphs(document, "Title") == ["Train taken"]
    assert paragraphs(document, "Embargo") == ["Embargoed until 16 March 2025, 06:00 UTC"]
    assert "Embargoed until" in document.sections[0].header.paragraphs[0].text
    made = "Made 15 March 2025, 10:22 UTC with Newsdesk Toolkit 0.1.0, spaCy 3.8.7, en_core_web_sm 3.8.0."
    assert paragraphs(document, "Remark")[0].startswith(made)
    assert paragraphs(opened(), "Embargo") == []


def test_the_summary_is_the_articles_own_sentences() -> None:
    lines = paragraphs(opened(), "Summary")
    assert [line.split("\u00a0\u00a0") for line in lines] == [
        [TEXT[: TEXT.index("\n")], "¶\u00a01"],
        [NOTES.text(stretch("At least 27", "Al Jazeera.")), "¶\u00a02"],
    ]
    assert "No summary was made." in paragraphs(opened(replace(NOTES, summary=None)), "Remark")


def test_who_said_what_is_a_table() -> None:
    table = opened().tables[1]
    assert [cell.text for cell in table.rows[0].cells] == ["What was said", "Who", "Role", "Kind", "Where"]
    rows = [[cell.text for cell in row.cells] for row in table.rows[1:]]
    assert len(rows) == 6
    assert rows[2] == [
        "the group was ready to free passengers if authorities agreed to release jailed fighters",
        "Jeeyand Baloch\nnamed in the text",
        "Spokesman, Balochistan Liberation Army",
        "Indirect\nhad said\nconfirmed",
        "¶\u00a03",
    ]
    assert rows[5][1] == "Unknown: The BLA\nthe speaker was not found"
    assert rows[5][3] == "Indirect\ntook\nmarked by Ana Núñez"
    assert not any("terrorist" in cell for row in rows for cell in row)
    assert "No statement was found." in everything(opened(plain("Rain.")))


def test_the_head_of_a_table_is_repeated_and_rows_stay_whole() -> None:
    long_quote = plain("“" + "No. " * 1000 + "”", language="en")
    long_quote = replace(long_quote, quotes=(Quote("q1", "direct", (Span(0, 4002),)),))
    for document, whole in ((opened(), True), (opened(long_quote), False)):
        rows = document.tables[1]._tbl.tr_lst
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert all((row.find(f"{W}trPr/{W}cantSplit") is not None) == whole for row in rows[1:])


def test_tables_fill_the_page_between_the_margins() -> None:
    document = opened()
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    for table in document.tables:
        width = sum(column.width for column in table.columns)
        assert abs(width - room) < Mm(1)
        for row in table.rows:
            assert [cell.width for cell in row.cells] == [column.width for column in table.columns]


def test_pieces_of_a_split_quote_are_told_apart() -> None:
    text = "“We stay,” she said. “All of us.”"
    notes = replace(
        plain(text),
        quotes=(Quote("q1", "direct", (Span(0, 10), Span(21, 33)), cue=(Span(15, 19),), flags=("split",)),),
    )
    document = opened(notes)
    assert document.tables[1].rows[1].cells[0].text == "“We stay,” … “All of us.”"
    assert commented(document) == {0: text}


# Marks, comments


def test_marks_are_styles() -> None:
    styles: dict[str, set[str]] = {}
    for line in article_lines(opened()):
        for run in line.runs:
            styles.setdefault(run.style.name, set()).add(run.text)
    assert {"Kamal Hyder", "Hyder", "Jeeyand Baloch"} == styles["Mark Person"]
    assert {"Balochistan Liberation Army", "BLA", "Al Jazeera"} == styles["Mark Organisation"]
    assert styles["Mark Quoted Words"] == {"“terrorist”"}
    assert NOTES.text(NOTES.quotes[5]) in styles["Mark Direct Quote"]
    assert "services resumed in October" not in styles["Mark Indirect Quote"]


def test_a_name_within_a_quote_has_the_look_of_both() -> None:
    name = NOTES.entities[0].mentions[0].span
    quote = Quote("q1", "direct", (Span(name.start - 5, name.end + 5),))
    document = opened(replace(NOTES, quotes=(quote,)))
    style = document.styles["Mark Person in Direct Quote"]
    assert style.base_style.name == "Mark Person"
    assert style.element.find(f"{W}rPr/{W}shd") is not None
    assert "Kamal Hyder" in [
        run.text for line in article_lines(document) for run in line.runs if run.style.name == style.name
    ]


def test_marks_differ_without_colours() -> None:
    """On paper in black and white: each kind of name its own underline, each kind of quote its own look."""
    styles = {s.name: s.element.find(W + "rPr") for s in opened().styles if s.name.startswith("Mark ")}
    underlines = [
        rpr.find(W + "u").get(W + "val") for rpr in styles.values() if rpr.find(W + "u") is not None
    ]
    assert len(underlines) == len(set(underlines)) == 9
    looks = {
        tuple(sorted(etree.QName(part).localname for part in styles[f"Mark {kind}"]))
        for kind in ("Direct Quote", "Partial Quote", "Indirect Quote", "Quoted Words")
    }
    assert len(looks) == 4


def test_the_legend_shows_the_marks_that_occur() -> None:
    legend = next(p for p in opened().paragraphs if p.style.name == "Legend")
    shown = [run.text for run in legend.runs if run.style.name.startswith("Mark ")]
    assert shown == [
        *("Person", "Organisation", "Place", "Group", "Facility", "Product"),
        *("Direct", "Indirect", "Quoted words"),
    ]
    assert paragraphs(opened(plain("Rain.")), "Legend") == []


def test_each_quote_has_a_comment_with_its_speaker() -> None:
    document = opened(sections=("article",))
    kept = sorted((q for q in NOTES.quotes if q.status != "rejected"), key=lambda q: q.content)
    assert list(commented(document).values()) == [NOTES.text(q) for q in kept]
    texts = [comment.text.split("\n") for comment in document.comments]
    assert [lines[0] for lines in texts] == [
        "Unnamed: A military spokesperson",
        "Unnamed: security sources",
        "Jeeyand Baloch",
        "Quoted words, not a statement",
        "Kamal Hyder",
        "Kamal Hyder",
        "Unknown speaker: The BLA",
    ]
    assert "Direct; 97%\u00a0sure; found by surname" in texts[5]


def test_comments_are_signed_by_who_made_the_mark() -> None:
    comments = list(opened().comments)
    assert {(c.author, c.initials) for c in comments} == {("Newsdesk Toolkit", "NT"), ("Ana Núñez", "AN")}
    assert {c.timestamp for c in comments} == {MADE}
    odd = replace(NOTES.quotes[0], origin="editor: \x00")
    assert "comments" in str(opened(replace(NOTES, quotes=(odd,))).comments.__class__).lower()


def test_a_quote_over_paragraphs_has_one_comment() -> None:
    text = "“One.\n\n“Two,” he said."
    notes = replace(plain(text), quotes=(Quote("q1", "direct", (Span(0, 5), Span(7, 13))),))
    assert commented(opened(notes)) == {0: "“One.“Two,”"}


def test_without_quotes_there_are_no_comments() -> None:
    data = render(plain("Rain."), MADE)
    assert "word/comments.xml" not in zipfile.ZipFile(io.BytesIO(data)).namelist()


def numbered(document: Any) -> list[bool]:
    """Of each line of the article, whether it has a number."""
    return [line._p.find(f"{W}pPr/{W}numPr") is not None for line in article_lines(document)]


def test_paragraphs_are_numbered_as_the_brief_calls_them_and_no_letter_is_added() -> None:
    document = opened()
    assert sum(numbered(document)) == max(line.paragraph for line in brief(NOTES).lines)
    wrapped = "The port was closed for hours on Sunday night, and none\nof the boats that were at sea could come in, so that the\ncrews slept on board.\n\n\nIt is open."  # fmt: skip
    lines = opened(plain(wrapped))
    assert numbered(lines) == [True, False, False, False, False, True]
    assert [line.text for line in article_lines(lines)] == wrapped.split("\n")


def test_the_articles_list_keeps_out_of_a_templates_lists() -> None:
    house = docx.Document()  # has lists of its own
    styles = house.styles
    styles.add_style("Article", 1).paragraph_format.left_indent = Mm(10)
    own = {each.get(W + "numId") for each in house.part.numbering_part.element.iter(W + "num")}
    written = io.BytesIO()
    house.save(written)
    data = render(NOTES, MADE, template=Template("house.docx", written.getvalue()))
    assert_valid(data)
    document = docx.Document(io.BytesIO(data))
    (used,) = {each.get(W + "val") for line in article_lines(document) for each in line._p.iter(W + "numId")}
    lists = document.part.numbering_part.element
    assert own
    assert own <= {each.get(W + "numId") for each in lists.iter(W + "num")} - {used}
    (number,) = [each for each in lists.iter(W + "num") if each.get(W + "numId") == used]
    kind = number.find(W + "abstractNumId").get(W + "val")
    (made,) = [each for each in lists.iter(W + "abstractNum") if each.get(W + "abstractNumId") == kind]
    assert int(made.find(f"{W}lvl/{W}pPr/{W}ind").get(W + "left")) == pytest.approx(567, abs=2)


# Key facts, numbers, timeline, checks


FIGURES = (
    Figure("f1", "number", span("27"), MACHINE, measures=(Measure(27),), qualifier=span("At least"), counts=span("hostages"), quote="q2"),
    Figure("f2", "date", span("August 2024"), MACHINE, date="2024-08"),
    Figure("f3", "number", span("15 million"), MACHINE, "confirmed", measures=(Measure(15e6),), counts=span("people", "15 million")),
    Figure("f4", "number", span("400"), MACHINE, "rejected"),
    Figure("f5", "relative", span("last year"), MACHINE, date="2024"),
    Figure("f6", "date", span("Tuesday"), MACHINE),
)  # fmt: skip
COUNTED = replace(
    NOTES,
    figures=FIGURES,
    sentences=(stretch("In August 2024", "in October."), stretch("“The army", "Quetta.")),
)


def tables(document: Any) -> dict[str, list[list[str]]]:
    """The rows of each table by its alternative text."""
    captions = [t._tbl.find(f"{W}tblPr/{W}tblCaption").get(W + "val") for t in document.tables]
    rows = ([[cell.text for cell in row.cells] for row in t.rows] for t in document.tables)
    return dict(zip(captions, rows, strict=True))


def test_numbers_tell_what_they_count_and_on_whose_word() -> None:
    assert tables(opened(COUNTED))["Numbers and timeline"] == [
        ["Figure", "What", "Comes to", "On whose word", "Where"],
        ["At least 27 hostages", "Count", "", "security sources", "¶\u00a02"],
        ["Tuesday", "Undated day", "", "", "¶\u00a03"],
        [
            "15 million people",
            "Count\nconfirmed by an editor",
            "15,000,000",
            "no source found",
            "¶\u00a08",
        ],
    ]


def test_the_timeline_is_in_order_of_time() -> None:
    rows = tables(opened(COUNTED))["Timeline"]
    assert [row[:2] for row in rows[1:]] == [["2024", "last year"], ["August 2024", "August 2024"]]
    assert rows[2][2] == NOTES.text(stretch("In August 2024", "in October."))
    assert rows[1][3] == "¶\u00a06"


def test_key_facts_tell_each_question_once() -> None:
    ends = re.finditer(r"\S[^\n]*?\.(?= [A-Z]|\n|$)", TEXT)
    document = opened(replace(NOTES, sentences=tuple(Span(*m.span()) for m in ends)))
    lines = [p.text.replace("\u00a0", " ") for p in document.paragraphs if p.style.name == "Key Fact"]
    asked = [line.split("\t")[0] for line in lines]
    assert len([name for name in asked if name]) == len({name for name in asked if name}) > 0
    assert all(re.search(r"\t.+¶ \d+$", line) for line in lines)


def test_checks_stand_at_their_words_too_and_dismissed_ones_nowhere() -> None:
    document = opened()
    (asked,) = [c for c in document.comments if "[here]" in c.text]
    assert asked.author == "Newsdesk Toolkit"
    assert commented(document)[asked.comment_id] == "[here]"
    assert any("[here]" in line for line in paragraphs(document, "Check"))
    finding = next(f for f in check(NOTES) if f.check == "altered-quote")
    away = opened(edits.apply(NOTES, Edit("dismiss", "text", (finding.span,), value="altered-quote")))
    assert not [line for line in paragraphs(away, "Check") if "[here]" in line]
    assert not [c for c in away.comments if "Words were put in" in c.text]
    assert not [c for c in opened(sections=("article",)).comments if "Check:" in c.text]


def test_the_desks_notes_are_comments_in_their_authors_names() -> None:
    notes = edits.apply(
        NOTES, edits.note(span("Quetta"), "Which one?\nAsk.", by="Ben Ito"), edits.note(span("Sibi"), "x")
    )
    document = opened(notes)
    by = {c.text: (c.author, commented(document)[c.comment_id]) for c in document.comments}
    assert by["Which one?\nAsk."] == ("Ben Ito", "Quetta")
    assert by["x"] == ("an editor", "Sibi")
    assert [line for line in paragraphs(document, "Check") if "Ben Ito, on Quetta" in line]


@given(annotations())
@settings(max_examples=25)
def test_all_sections_of_any_brief_are_sound(notes: Annotations) -> None:
    assert_valid(render(notes, MADE, sections=ALL_SECTIONS[::-1]))


@pytest.fixture(scope="module")
def of_samples(samples: Path) -> dict[str, Annotations]:
    """What the machine makes of each sample article."""
    files = [path for path in sorted(samples.iterdir()) if path.suffix != ".toml"]
    return {path.name: toolkit.annotate(toolkit.read(path)) for path in files}


@pytest.mark.parametrize("template", [None, Template("house.docx", starter())])
def test_the_briefs_of_all_samples_are_sound(
    of_samples: dict[str, Annotations], template: Template | None
) -> None:
    assert of_samples
    for notes in of_samples.values():
        data = render(notes, MADE, template=template)
        assert_valid(data)
        assert article_text(io.BytesIO(data)) == notes.article.text
        assert notes_in(data) == notes


def test_the_last_lines_stay_together() -> None:
    """Blank lines at the end, or the last row of a table, would else be alone on a page."""
    lines = article_lines(opened(plain("One.\nTwo.\n\n\n")))
    assert [line.paragraph_format.keep_with_next for line in lines] == [None, True, True, True, None]
    table = opened().tables[1]
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows[1:]]
    assert kept == [None] * 4 + [True, None]


@pytest.mark.parametrize(
    ("code", "tag"),
    [
        ("fr", "fr"),
        ("zh-Hant", "zh-Hant"),
        ("und", ""),
        ("", ""),
        ("x" * 40, ""),
        ("e\x00", ""),
        ("en_GB", ""),
    ],
)
def test_only_a_language_is_told_to_the_spell_checker(code: str, tag: str) -> None:
    document = opened(plain("Rain.", language=code))
    (line,) = article_lines(document)
    tongue = line._p.find(f".//{W}lang")
    assert (tongue is not None and tongue.get(W + "val")) == (tag or False)
    assert document.core_properties.language == tag


def test_links_lead_to_the_exact_words() -> None:
    document = opened(COUNTED)
    table = next(t for t in document.tables if t.rows[0].cells[0].text == "Figure")
    for row, words in zip(table.rows[1:], ["27", "Tuesday", "15 million"], strict=True):
        name = row._tr.find(f".//{W}hyperlink").get(W + "anchor")
        assert bookmarked(document, name) == words


def bookmarked(document: Any, name: str) -> str:
    """The text within a bookmark."""
    words, number = "", None
    for element in document.element.body.iter(W + "bookmarkStart", W + "bookmarkEnd", W + "t"):
        if element.get(W + "name") == name:
            number = element.get(W + "id")
        elif number is not None and element.tag == W + "bookmarkEnd" and element.get(W + "id") == number:
            break
        elif number is not None and element.tag == W + "t":
            words += element.text
    return words


# Page, properties, languages


def test_the_page_is_a4_with_numbers_and_a_running_title() -> None:
    section = opened().sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert section.header.paragraphs[0].text == "jaffar-express\t"
    assert section.first_page_header.paragraphs[0].text == ""
    for footer in (section.footer, section.first_page_footer):
        fields = [f.get(W + "instr").strip() for f in footer._element.iter(W + "fldSimple")]
        assert fields == ["PAGE", "NUMPAGES"]
        assert "".join(t.text for t in footer._element.iter(W + "t")).endswith("Page 1 of 1")


def test_document_properties() -> None:
    moment = MADE.astimezone(timezone(timedelta(hours=5)))
    properties = docx.Document(io.BytesIO(render(NOTES, moment))).core_properties
    assert (properties.title, properties.author) == ("jaffar-express", "Newsdesk Toolkit")
    assert (properties.language, properties.revision) == ("en", 1)
    assert properties.created == properties.modified == MADE


def test_nothing_of_the_template_is_left() -> None:
    names = zipfile.ZipFile(io.BytesIO(render(NOTES, MADE))).namelist()
    assert not [name for name in names if re.search(r"thumbnail|theme|stylesWithEffects|app\.xml", name)]
    assert [name for name in names if "customXml" in name] == [
        "customXml/item1.xml",
        "customXml/_rels/item1.xml.rels",
        "customXml/itemProps1.xml",
    ]


def test_files_hold_no_time_but_the_given_one() -> None:
    entries = zipfile.ZipFile(io.BytesIO(render(NOTES, MADE))).infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("code", ["en", "fr", "ar"])
def test_runs_of_the_article_carry_its_language(code: str) -> None:
    document = opened(plain("Un deux. قال Trois.", language=code))
    for line in article_lines(document):
        for run in line._p.iter(W + "r"):
            tag = run.find(f"{W}rPr/{W}lang")
            assert {tag.get(W + name) for name in ("val", "bidi", "eastAsia")} == {code}
    assert document.styles.element.find(f"{W}docDefaults//{W}lang").get(W + "val") == code
    heading = next(p for p in document.paragraphs if p.style.name == "Heading 1")
    assert heading._p.find(f".//{W}lang").get(W + "val") == "en"


@pytest.mark.parametrize("code", ["und", ""])
def test_no_spell_checker_on_a_language_that_is_not_known(code: str) -> None:
    (line,) = article_lines(opened(plain("Qrz.", language=code)))
    assert line._p.find(f".//{W}noProof") is not None
    assert line._p.find(f".//{W}lang") is None


@pytest.mark.parametrize(
    ("text", "rtl", "runs"),
    [
        ("He said no.", False, [("He said no.", False)]),
        ("12 (34)", False, [("12 (34)", False)]),
        ("قال لا (5).", True, [("قال لا (5).", True)]),
        ("قال الوزير BBC News لا.", True, [("قال الوزير ", True), ("BBC News", False), (" لا.", True)]),
        (
            "She said to שלום שלום (1).",
            False,
            [("She said to ", False), ("שלום שלום", True), (" (1).", False)],
        ),
        ("He said שלום\u05b0 x", False, [("He said ", False), ("שלום\u05b0", True), (" x", False)]),
    ],
)
def test_right_to_left(text: str, rtl: bool, runs: list[tuple[str, bool]]) -> None:
    (line,) = article_lines(opened(plain(text)))
    assert (line._p.find(f"{W}pPr/{W}bidi") is not None) == rtl
    found = [(run.text, run._r.find(f"{W}rPr/{W}rtl") is not None) for run in line.runs]
    assert found == runs


def test_words_from_right_to_left_keep_to_their_column() -> None:
    text = "“قال لا للسادة الوزراء”, said أحمد. He gave no more details to the reporters."
    said, name = Span(0, text.index(",")), Span(text.index("أحمد"), text.index(". He"))
    quote = Quote("q1", "direct", (said,), speakers=("s1",), how="named")
    notes = Annotations(
        Article(text, byline="أحمد", language="en"),
        Engine("1", "", ""),
        quotes=(quote,),
        speakers=(Speaker("s1", name),),
        summary=Summary("lead", (Span(0, text.index(" He")), Span(0, said.end)), Budget()),
    )
    document = opened(notes)
    cells = [p for table in document.tables for row in table.rows for c in row.cells for p in c.paragraphs]
    backwards = [p for p in cells if p._p.find(f"{W}pPr/{W}bidi") is not None]
    assert [p.text for p in backwards] == ["أحمد", notes.text(said), "أحمد", "أحمد"]
    assert {p._p.find(f"{W}pPr/{W}jc").get(W + "val") for p in backwards} == {"right"}
    lines = [p for p in document.paragraphs if p.style.name == "Summary"]
    assert [p._p.find(f"{W}pPr/{W}bidi") for p in lines] == [None, None]
    assert [link.text for p in lines for link in p.hyperlinks] == ["\u200e¶\u00a01", "\u200e¶\u00a01"]


@pytest.mark.parametrize("odd", [*FRAGMENTS, "x" * 5000, "two\nlines\tand a tab"])
def test_odd_metadata_does_no_harm(odd: str) -> None:
    article = Article(f"“{odd}” he", odd, odd, odd, odd, "", "", odd, odd)
    size = len(article.text)
    notes = Annotations(
        article,
        replace(ENGINE, model=odd),
        speakers=(Speaker("s1", Span(0, size), role=Span(0, size)),),
        quotes=(Quote("q1", "direct", (Span(0, size),), speakers=("s1",), origin=f"editor:{odd}"),),
    )
    data = render(notes, MADE)
    assert_valid(data)
    assert article_text(io.BytesIO(data)) == article.text


def test_a_long_article_has_all_its_comments() -> None:
    notes = repeated(NOTES, 40)
    document = opened(notes, ("statements", "article"))
    assert len(document.comments) == 7 * 40
    assert "\n".join(p.text for p in article_lines(document)) == notes.article.text


# Reading it back


@pytest.mark.parametrize("kind", ["missing", "text", "zip", "empty", "folder", "word"])
def test_what_is_no_brief_is_named(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"{kind}.docx"
    if kind == "text":
        path.write_text("no document")
    elif kind == "zip":
        with zipfile.ZipFile(path, "w") as package:
            package.writestr("readme.txt", "x")
    elif kind == "empty":
        path.write_bytes(b"")
    elif kind == "folder":
        path.mkdir()
    elif kind == "word":
        document = docx.Document()
        document.add_paragraph("Article")
        document.save(str(path))
    with pytest.raises(UnreadableArticle, match=rf"{kind}\.docx"):
        article_text(path)


def test_edits_made_in_the_document_come_back(tmp_path: Path) -> None:
    path = export(plain("One.\nTwo.\x00"), tmp_path / "brief.docx")
    document = docx.Document(str(path))
    line = article_lines(document)[0]
    line.runs[0].text = "One"
    line.add_run(" more.\nAnd").add_tab()
    document.save(str(path))
    assert article_text(str(path)) == "One more.\nAnd\t\nTwo.\x00"


# In a word processor


# LibreOffice writes "_x000D_" as "_x005F_x000D_", as spreadsheets do.
ODD = "".join(FRAGMENTS).replace("_x000D_", "")


@pytest.fixture(scope="module")
def processed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with briefs and what LibreOffice made of them: .pdf and, in again/, .docx."""
    office = need("soffice", "libreoffice")
    folder = tmp_path_factory.mktemp("office")
    export(NOTES, folder / "sample.docx", made=MADE)
    export(
        replace(plain(ODD, language="en"), quotes=(Quote("q1", "direct", (Span(0, 40),)),)),
        folder / "odd.docx",
        made=MADE,
    )
    house = House(template=Template("house.docx", starter()), sections=ALL_SECTIONS[::-1])
    export(NOTES, folder / "housed.docx", made=MADE, house=house)
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    briefs = [str(folder / f"{name}.docx") for name in ("sample", "odd", "housed")]
    for target, place in (("pdf", folder), ("docx", folder / "again")):
        subprocess.run(
            [office, profile, "--headless", "--convert-to", target, "--outdir", str(place), *briefs],
            check=True,
            capture_output=True,
            timeout=180,
        )
    yield folder
    shutil.rmtree(folder, ignore_errors=sys.platform == "win32")


def test_a_word_processor_keeps_every_character(processed: Path) -> None:
    assert article_text(processed / "again" / "sample.docx") == TEXT
    assert article_text(processed / "again" / "housed.docx") == TEXT
    assert article_text(processed / "again" / "odd.docx") == ODD


@pytest.mark.parametrize("name", ["sample", "housed"])
def test_a_word_processor_keeps_comments_and_marks(processed: Path, name: str) -> None:
    before, after = (
        docx.Document(str(processed / f"{name}.docx")),
        docx.Document(str(processed / "again" / f"{name}.docx")),
    )
    assert under_comments(after) == under_comments(before)
    assert [marked(line) for line in article_lines(after)] == [marked(line) for line in article_lines(before)]
    assert after.styles["Mark Direct Quote"].element.find(f"{W}rPr/{W}shd").get(W + "fill") == "FFE08A"


def under_comments(document: Any) -> list[tuple[str, str, str]]:
    """Each comment's author and words, with the words that it is on."""
    under = commented(document)
    return sorted((c.author, c.text, under[c.comment_id]) for c in document.comments)


def marked(line: Any) -> list[tuple[str, str]]:
    """The marked stretches of a line; neighbours of one style are one."""
    stretches: list[tuple[str, str]] = []
    for run in line.runs:
        name = run.style.name if run.style.name.startswith("Mark ") else ""
        if stretches and stretches[-1][0] == name:
            stretches[-1] = (name, stretches[-1][1] + run.text)
        elif run.text:
            stretches.append((name, run.text))
    return [stretch for stretch in stretches if stretch[0]]


def test_the_printed_pages_hold_it_all(processed: Path) -> None:
    done = subprocess.run(
        [need("pdftotext"), "-layout", str(processed / "sample.pdf"), "-"], check=True, capture_output=True
    )
    pages = done.stdout.decode("utf-8").split("\f")[:-1]
    words = " ".join(done.stdout.decode("utf-8").split())
    assert [
        page for number, page in enumerate(pages, 1) if f"Page {number} of {len(pages)}" not in page
    ] == []
    for part in ("NEWSDESK BRIEF", "Summary", "Who said what", "Unknown: The BLA", "Cast", "Other names"):
        assert part in words
    for line in filter(None, TEXT.split("\n")):
        assert " ".join(line.split()[:6]) in words
