"""Word and back: the annotations inside a brief, and what somebody made of the document meanwhile."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import subprocess
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from handmade import TEXT, jaffar_express, span
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from strategies import annotations, decisions
from tools import need

import toolkit
from toolkit import edits, read_notes
from toolkit.decision import Edit
from toolkit.errors import InvalidNotes, ToolkitError
from toolkit.export import export, render
from toolkit.export.docx import render as docx_render
from toolkit.model import Annotations, Article, Engine, Span
from toolkit.reanchoring import reanchored
from toolkit.returning import Returned, returned
from toolkit.schema import to_json

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MADE = datetime(2025, 3, 15, 10, 22, tzinfo=UTC)
NOTES = jaffar_express()
# With a decision in it, as a desk sends it.
DECIDED = edits.apply(
    NOTES, edits.reject(NOTES.quotes[0], by="Ana Núñez"), edits.note(span("Quetta"), "Check.")
)
ITEM = "customXml/item1.xml"


def sent(notes: Annotations = NOTES) -> bytes:
    return render(notes, ".docx", made=MADE)


def plain(text: str) -> Annotations:
    return Annotations(Article(text), Engine("0.1.0", "", ""))


def opened(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def saved(document: Any) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def article_lines(document: Any) -> list[Any]:
    return [p for p in document.paragraphs if p.style.name == "Article"]


def line_with(document: Any, words: str) -> Any:
    return next(line for line in article_lines(document) if words in line.text)


def run_with(document: Any, words: str) -> Any:
    return next(run for line in article_lines(document) for run in line.runs if words in run.text)


def with_part(data: bytes, name: str, make: Callable[[bytes], bytes | None]) -> bytes:
    """The package with another content of one part; without it where that is None."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            content = make(old.read(entry)) if entry == name else old.read(entry)
            if content is not None:
                new.writestr(entry, content)
    return file.getvalue()


def element(tag: str, **attributes: str) -> Any:
    made = etree.Element(W + tag)
    for name, value in attributes.items():
        made.set(W + name, value)
    return made


# Untouched: equal annotations.


@given(st.data())
@settings(max_examples=40)
def test_annotations_come_back_equal(data: st.DataObject) -> None:
    notes = data.draw(annotations())
    if notes.article.text:
        size = len(notes.article.text)
        drawn = data.draw(decisions(notes))
        notes, _ = edits.replay(notes, [e for e in drawn if all(s.end <= size for s in (*e.at, *e.to))])
    back = returned(sent(notes))
    assert back == Returned(notes, notes)
    assert to_json(back.notes) == to_json(notes)


@pytest.mark.parametrize(
    "name", ["jaffar-express.txt", "gare-montreval.txt", "port-strike.docx", "tarnwick-water.html"]
)
def test_samples_come_back_equal(tmp_path: Path, samples: Path, name: str) -> None:
    notes = toolkit.annotate(toolkit.read(samples / name))
    path = export(notes, tmp_path / "brief.docx")
    assert read_notes(path) == notes
    assert returned(path) == Returned(notes, notes)


def test_decisions_travel(tmp_path: Path) -> None:
    path = export(DECIDED, tmp_path / "brief.docx")
    assert read_notes(path).edits == DECIDED.edits
    assert returned(path).notes == DECIDED


def test_the_name_of_the_file_may_be_written_large(tmp_path: Path) -> None:
    assert read_notes(export(NOTES, tmp_path / "BRIEF.DOCX")) == NOTES


def test_a_brief_without_its_article_has_nothing_to_compare() -> None:
    data = docx_render(NOTES, MADE, sections=("summary", "statements"))
    assert returned(data) == Returned(NOTES, NOTES)


def test_the_part_is_as_word_writes_it() -> None:
    with zipfile.ZipFile(io.BytesIO(sent())) as package:
        item = etree.fromstring(package.read(ITEM))
        relations = etree.fromstring(package.read("customXml/_rels/item1.xml.rels"))
        properties = etree.fromstring(package.read("customXml/itemProps1.xml"))
        types = package.read("[Content_Types].xml").decode()
        document = package.read("word/_rels/document.xml.rels").decode()
    assert item.tag == "{urn:newsdesk:notes:1}notes"
    content = zlib.decompress(base64.b64decode(item.text))
    assert content.decode() == to_json(NOTES)
    assert hashlib.sha256(content).hexdigest() == item.get("sha256")
    assert [r.get("Target") for r in relations] == ["itemProps1.xml"]
    assert re.fullmatch(r"\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}", properties.values()[0])
    assert [s.values() for s in properties.iter("{*}schemaRef")] == [["urn:newsdesk:notes:1"]]
    assert "officedocument.customXmlProperties+xml" in types
    assert '"../customXml/item1.xml"' in document


def test_the_same_annotations_make_the_same_file() -> None:
    assert sent() == sent()


def test_a_part_that_was_renamed_is_found() -> None:
    document = opened(sent())
    part = next(p for p in document.part.package.iter_parts() if p.partname == f"/{ITEM}")
    part.partname = docx.opc.packuri.PackURI("/customXml/item27.xml")
    assert returned(saved(document)).notes == NOTES


def test_each_row_of_who_said_what_leads_to_its_quote() -> None:
    document = opened(sent())
    table = next(t for t in document.tables if t.rows[0].cells[0].text == "What was said")
    anchors = [r._tr.find(f".//{W}hyperlink").get(W + "anchor") for r in table.rows[1:]]
    under: dict[str, str] = {}
    names: dict[str, str] = {}
    for each in document.element.body.iter():
        if each.tag == W + "bookmarkStart":
            assert each.get(W + "id") not in names
            names[each.get(W + "id")] = each.get(W + "name")
        elif each.tag == W + "bookmarkEnd":
            under.setdefault(names[each.get(W + "id")], "")
            names[each.get(W + "id")] = ""
        elif each.tag == W + "t":
            for name in filter(None, names.values()):
                under[name] = under.get(name, "") + each.text
    said = [row.cells[0].text for row in table.rows[1:]]
    assert len(said) == 6
    assert [under[name] for name in anchors] == said
    assert "".join(under["article"].split()) == "".join(TEXT.split())


# Edited in Word.


def test_formatting_and_other_parts_of_the_document_are_no_change() -> None:
    document = opened(sent(DECIDED))
    for line in article_lines(document):
        for run in line.runs:
            run.bold = True
    document.paragraphs[1].add_run(" A new title")
    document.tables[1].rows[1].cells[0].paragraphs[0].add_run(" more words")
    back = returned(saved(document))
    assert (back.changed, back.notes, back.unfit, back.lost) == (False, DECIDED, (), ())


def test_a_changed_word_keeps_the_marks_that_still_fit() -> None:
    document = opened(sent(DECIDED))
    run_with(document, "their concerns").text = "“The army has no quotation any more,”"
    line = article_lines(document)[0]
    line.insert_paragraph_before("KARACHI — A new first line.", style="Article")
    back = returned(saved(document))
    assert back.changed
    assert back.sent == DECIDED
    assert back.text.startswith("KARACHI — A new first line.\n")
    assert [q.id for q in back.notes.quotes] == ["q1", "q2", "q3", "q4", "q5", "q7", "q8"]
    assert any(re.search("^The quote “.*People would", each) for each in back.lost)
    old = {q.id: DECIDED.text(q) for q in DECIDED.quotes}
    assert all(back.notes.text(q) == old[q.id] for q in back.notes.quotes)
    moved = len("KARACHI — A new first line.\n")
    assert back.notes.edits[0].at == tuple(Span(s.start + moved, s.end + moved) for s in DECIDED.edits[0].at)
    assert back.unfit == ()


def test_a_decision_whose_words_are_gone_is_listed() -> None:
    document = opened(sent(DECIDED))
    line_with(document, "attackers were killed").text = "Nothing is left of it."
    back = returned(saved(document))
    assert [(u.edit.act, u.edit.of) for u in back.unfit] == [("reject", "quote")]
    assert "no longer stand there" in back.unfit[0].reason
    assert "q1" not in [q.id for q in back.notes.quotes]


def test_a_paragraph_of_another_style_within_the_article_belongs_to_it() -> None:
    data = sent(plain("One.\nTwo.\nThree."))
    document = opened(data)
    article_lines(document)[1].style = document.styles["Normal"]
    article_lines(document)[1].insert_paragraph_before("Pasted.", style="Normal")
    assert returned(saved(document)).text == "One.\nTwo.\nPasted.\nThree."


def put_above(document: Any, words: str, style: str, at: int = 0) -> None:
    """A paragraph of its own above the first line of the article, ``at`` more of the document's above it."""
    first = next(n for n, p in enumerate(document.paragraphs) if p.style.name == "Article")
    document.paragraphs[first - at].insert_paragraph_before(words, style=style)


@pytest.mark.parametrize(
    ("at", "style"), [(0, "Normal"), (1, "Normal"), (0, "Legend"), (0, "Heading 1"), (0, "Key Fact")]
)
def test_what_was_written_above_the_article_comes_back(at: int, style: str) -> None:
    document = opened(sent())
    put_above(document, "", style, at)
    put_above(document, "KARACHI: a new first line.", style, at)
    put_above(document, " ", "Normal", at)
    back = returned(saved(document))
    assert back.text.strip().startswith("KARACHI: a new first line.\n")
    assert back.text.endswith(TEXT)
    assert len(back.notes.quotes) == len(NOTES.quotes)


def test_a_table_that_was_put_above_the_article_comes_back_by_its_cells() -> None:
    document = opened(sent())
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "One", "Two"
    article_lines(document)[0]._element.addprevious(table._element)
    assert returned(saved(document)).text == f"One\nTwo\n{TEXT}"


@pytest.mark.parametrize("notes", [NOTES, plain("One.\nTwo.")], ids=["marks", "no marks"])
def test_what_was_written_below_the_article_comes_back(notes: Annotations) -> None:
    document = opened(sent(notes))
    document.add_paragraph("The line was repaired.", style="Normal")
    document.add_paragraph("", style="Normal")
    assert returned(saved(document)).text == f"{notes.article.text}\nThe line was repaired."


def in_a_control(paragraph: Any) -> None:
    """Put a paragraph into a content control, as a form has them."""
    control, content = element("sdt"), element("sdtContent")
    paragraph._element.addprevious(control)
    control.append(content)
    content.append(paragraph._element)


def written(document: Any, what: str) -> Any:
    """Something at the document's end that is no plain paragraph."""
    match what.split():
        case ["table"]:
            table = document.add_table(1, 2)
            table.cell(0, 0).text, table.cell(0, 1).text = "One", "Two"
            return table
        case ["control"]:
            paragraph = document.add_paragraph("In a field.")
            in_a_control(paragraph)
            return paragraph
        case ["hidden"]:
            paragraph = document.add_paragraph()
            paragraph.add_run("To be seen by nobody.").font.hidden = True
            return paragraph
        case ["moved"]:
            paragraph = document.add_paragraph("Gone to another place.")
            gone = element("moveFrom", id="90", author="Ana")
            gone.extend(run._element for run in paragraph.runs)
            paragraph._element.append(gone)
            return paragraph
        case [*_, number]:
            return document.add_paragraph("What the law says", style=f"Heading {number}")
    raise AssertionError(what)


@pytest.mark.parametrize(
    ("what", "lines"),
    [
        ("heading 2", "What the law says\nThe line was repaired."),
        ("heading 1", "What the law says\nThe line was repaired."),
        ("table", "One\nTwo\nThe line was repaired."),
        ("control", "In a field.\nThe line was repaired."),
    ],
)
@pytest.mark.parametrize(
    "sections", [("checks", "article"), ("article", "checks", "cast"), ("article", "summary")]
)
@pytest.mark.parametrize("notes", [NOTES, plain("One.\nTwo.")], ids=["marks", "no marks"])
def test_whatever_was_written_below_the_article_comes_back(
    notes: Annotations, sections: Any, what: str, lines: str
) -> None:
    document = opened(docx_render(notes, MADE, sections=sections))
    last = article_lines(document)[-1]._element
    end = len(document.element.body)
    written(document, what)
    document.add_paragraph("The line was repaired.", style="Normal")
    for block in reversed(document.element.body[end - 1 : -1]):
        last.addnext(block)
    assert returned(saved(document)).text == f"{notes.article.text}\n{lines}"


@pytest.mark.parametrize("what", ["hidden", "moved"])
def test_what_nobody_sees_below_the_article_is_no_change(what: str) -> None:
    document = opened(sent())
    written(document, what)
    assert not returned(saved(document)).changed


@pytest.mark.parametrize("sections", [("article", "checks", "cast"), ("checks", "cast", "article")])
@pytest.mark.parametrize("notes", [NOTES, plain("One.\nTwo.")], ids=["marks", "no marks"])
@pytest.mark.parametrize("goes", ["", "Heading 1", "Legend"])
def test_the_briefs_own_words_are_none_of_the_article(notes: Annotations, sections: Any, goes: str) -> None:
    document = opened(docx_render(notes, MADE, sections=sections))
    for line in [p for p in document.paragraphs if p.style.name == goes]:
        line._element.getparent().remove(line._element)
    document.add_paragraph("", style="Normal")
    assert not returned(saved(document)).changed


def test_without_its_bookmark_the_article_is_known_by_its_style() -> None:
    document = opened(sent(plain("One.\nTwo.")))
    for mark in list(document.element.body.iter(W + "bookmarkStart", W + "bookmarkEnd")):
        mark.getparent().remove(mark)
    assert not returned(saved(document)).changed


def test_tracked_changes_count_as_accepted() -> None:
    document = opened(sent(plain("One two.\nThree.")))
    first, second = article_lines(document)
    deleted, inserted = element("del", id="90", author="Ana"), element("ins", id="91", author="Ana")
    run = first.runs[0]._element
    run.addprevious(inserted)
    inserted.append(etree.fromstring(etree.tostring(run).replace(b"One two.", b"Zero.")))
    run.addprevious(deleted)
    deleted.append(run)
    run.find(W + "t").tag = W + "delText"
    second.add_run(" hidden").font.hidden = True
    assert returned(saved(document)).text == "Zero.\nThree."
    properties = first._element.find(W + "pPr")
    properties.append(element("rPr"))
    properties[-1].append(element("del", id="92", author="Ana"))
    assert returned(saved(document)).text == "Zero.Three."


def test_an_article_that_was_taken_out_is_said() -> None:
    document = opened(sent())
    for line in article_lines(document):
        line._element.getparent().remove(line._element)
    with pytest.raises(InvalidNotes, match="upload: the article was taken out of the document"):
        returned(saved(document), name="upload")
    assert returned(sent()).notes == NOTES


def test_an_article_whose_words_were_taken_out_is_said() -> None:
    document = opened(sent())
    for line in article_lines(document):
        for each in line._element.iter(W + "t"):
            each.text = " "
    with pytest.raises(InvalidNotes, match="upload: the article was taken out of the document"):
        returned(saved(document), name="upload")


# Comments.


def commented(make: Callable[[Any], Any], notes: Annotations = NOTES, author: str = "Ana Núñez") -> Returned:
    document = opened(sent(notes))
    document.add_comment(make(document), text="Is that so?\nAsk Quetta.", author=author, initials="A")
    return returned(saved(document))


def test_a_new_comment_is_a_note_at_its_place() -> None:
    back = commented(lambda document: run_with(document, "their concerns"))
    start = TEXT.index("“People would like")
    [note] = back.comments
    assert (note.act, note.of, note.value, note.by) == (
        "note",
        "text",
        "Is that so?\nAsk Quetta.",
        "Ana Núñez",
    )
    assert note.at[0].start == start
    assert NOTES.text(note.at).endswith("their concerns,”")
    assert (back.changed, back.notes, back.unfit) == (False, NOTES, ())
    assert edits.apply(back.notes, *back.comments).edits == back.comments


def test_comments_are_a_step_of_their_own_and_lie_in_the_changed_text() -> None:
    def change(document: Any) -> Any:
        article_lines(document)[0].insert_paragraph_before("Before.", style="Article")
        return run_with(document, "their concerns")

    back = commented(change, DECIDED)
    [note] = back.comments
    assert back.text[slice(*note.at[0])].startswith("“People would like")
    assert note.step == edits.last_step(DECIDED.edits) + 1


def test_a_comment_over_lines_and_one_on_a_point() -> None:
    document = opened(sent(plain("One two.\n\nThree four.")))
    first, _, last = article_lines(document)
    document.add_comment([first.runs[0], last.runs[0]], text="Both", author="B", initials="B")
    document.add_comment(last.runs[0], text="Point", author="C", initials="C")
    for mark in list(last._element.iter(W + "commentRangeStart", W + "commentRangeEnd")):
        if mark.get(W + "id") == "1":
            mark.getparent().remove(mark)
    back = returned(saved(document))
    text = back.text
    assert [(note.value, text[slice(*note.at[0])]) for note in back.comments] == [
        ("Both", text),
        ("Point", "Three four."),
    ]


def test_a_comment_elsewhere_is_listed_and_not_placed() -> None:
    back = commented(lambda document: document.paragraphs[1].runs[0])
    assert back.comments == ()
    assert [(u.edit.value, u.edit.by, u.reason) for u in back.unfit] == [
        (
            "Is that so?\nAsk Quetta.",
            "Ana Núñez",
            "The comment is on a part of the document that is not the article.",
        )
    ]


def test_what_the_brief_says_itself_is_no_new_comment() -> None:
    back = returned(sent(DECIDED))  # an editor's mark is told in a comment that bears the editor's name
    assert "Ana Núñez" in {c.author for c in opened(sent(DECIDED)).comments}
    assert (back.comments, back.unfit) == ((), ())
    assert commented(lambda document: run_with(document, "risk"), author="Newsdesk Toolkit").comments == ()


# Re-anchoring by itself.


@given(st.data())
@settings(max_examples=40)
@example(None)
def test_what_is_kept_has_its_words_and_what_is_not_is_told(data: st.DataObject | None) -> None:
    if data is None:
        notes, text = DECIDED, TEXT.replace("Hyder", "Haider")
    else:
        notes = data.draw(annotations())
        size = len(notes.article.text)
        a, b = sorted((data.draw(st.integers(0, size)), data.draw(st.integers(0, size))))
        text = notes.article.text[:a] + data.draw(st.text("ab “.\n", max_size=9)) + notes.article.text[b:]
    moved, unfit, lost = reanchored(notes, text)
    assert moved.article.text == text
    assert len(moved.edits) + len(unfit) == len(notes.edits)
    before = {each.id: each for each in (*notes.quotes, *notes.figures)}
    for each in (*moved.quotes, *moved.figures):
        assert moved.text(each) == notes.text(before[each.id])
    missing = len(before) - len(moved.quotes) - len(moved.figures)
    missing += len(notes.entities) - len(moved.entities) + len(notes.speakers) - len(moved.speakers)
    assert len(lost) >= missing
    assert (text != notes.article.text) or (moved, unfit, lost) == (notes, (), ())


def test_a_name_that_lost_its_fullest_form_has_the_fullest_left() -> None:
    moved, _, lost = reanchored(NOTES, TEXT.replace("Kamal Hyder", "Kemal H."))
    entity = next(e for e in moved.entities if e.id == "e0")
    assert moved.text(entity) == "Hyder"
    assert [q.speakers for q in moved.quotes if q.id == "q6"] == [("s4",)]
    assert "A mention of “Kamal Hyder”, “Kamal Hyder” no longer stands there." in lost


def found(notes: Annotations, id: str) -> Any:
    return next(each for each in (*notes.quotes, *notes.entities) if each.id == id)


def said_by(words: str) -> Edit:
    return edits.speaker(found(NOTES, "q7"), (span(words),), by="Ana")


RENAMED = TEXT.replace("Kamal Hyder", "Kemal H.")


@pytest.mark.parametrize(
    ("made", "text", "id", "status", "speaker"),
    [
        # The words stand, and the name that was confirmed with them is gone.
        ([edits.confirm(found(NOTES, "q6"))], RENAMED, "q6", "suggested", ""),
        ([said_by("Kamal Hyder")], RENAMED, "q7", "suggested", ""),
        ([said_by("Kamal Hyder"), edits.kind(found(NOTES, "q7"), "mixed")], RENAMED, "q7", "suggested", ""),
        # Decided again, by a name that stands.
        ([said_by("Kamal Hyder"), said_by("Jeeyand Baloch")], RENAMED, "q7", "confirmed", "Jeeyand Baloch"),
        ([edits.confirm(found(NOTES, "q6")), said_by("Jeeyand Baloch")], TEXT + " More.", "q6", "confirmed",
         "Kamal Hyder"),
        ([edits.reject(found(NOTES, "q6"))], RENAMED, "q6", "rejected", "Hyder"),
        # Nobody decided; the machine's reading stays a suggestion.
        ([], RENAMED, "q6", "suggested", "Hyder"),
        # Confirmed for all its places, at one that is gone.
        ([edits.confirm(found(NOTES, "e0"))], RENAMED, "e0", "suggested", None),
        ([edits.confirm(found(NOTES, "e0"))], TEXT.replace("” Hyder said", "” he said"), "e0", "confirmed", None),
    ],
)  # fmt: skip
def test_what_a_decision_that_fits_no_more_made_is_no_more_decided(
    made: list[Edit], text: str, id: str, status: str, speaker: str | None
) -> None:
    moved, _, lost = reanchored(edits.apply(NOTES, *made), text)
    mark = found(moved, id)
    statuses = {mark.status} if speaker is not None else {m.status for m in mark.mentions}
    assert statuses == {status}
    if speaker is not None:
        assert moved.speaker(mark) == speaker
    if text == RENAMED:
        told = "The speaker “Kamal Hyder” is now told as “Hyder”, for the other name no longer stands there."
        assert told in lost


def test_words_that_stand_twice_are_not_guessed() -> None:
    at = Span(0, 4)
    notes = replace(plain("Yes. No."), edits=(Edit("note", "text", (at,), value="x"),))
    _, unfit, _ = reanchored(notes, "He: Yes? She: Yes? No.")
    assert [u.edit.at for u in unfit] == [(at,)]


# What is no brief, or a hostile one.


def packed(content: bytes, digest: str | None = None) -> bytes:
    text = base64.b64encode(zlib.compress(content, 1)).decode()
    digest = digest or hashlib.sha256(content).hexdigest()
    return f'<notes xmlns="urn:newsdesk:notes:1" sha256="{digest}">{text}</notes>'.encode()


ENTITIES = (
    b'<!DOCTYPE n [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><notes xmlns="urn:newsdesk:notes:1">&b;</notes>'
)
OUTSIDE = (
    b'<!DOCTYPE n [<!ENTITY a SYSTEM "file:///etc/hostname">]><notes xmlns="urn:newsdesk:notes:1">&a;</notes>'
)
HOSTILE: dict[str, tuple[Callable[[bytes], bytes | None], str]] = {
    "no part": (lambda _: None, "holds no annotations"),
    "no XML": (lambda _: b"no xml", "holds no annotations"),
    "another part": (lambda _: b"<notes/>", "holds no annotations"),
    "another version": (lambda x: x.replace(b"notes:1", b"notes:2"), "holds no annotations"),
    "no sum": (lambda x: re.sub(rb' sha256="\w+"', b"", x), "don't match their SHA-256"),
    "a wrong sum": (lambda _: packed(to_json(NOTES).encode(), "0" * 64), "don't match their SHA-256"),
    "no base64": (lambda x: x.replace(b'">', b'">*'), "are damaged"),
    "no letters": (lambda x: x.replace(b'">', '">é'.encode()), "are damaged"),
    "no zlib": (lambda x: re.sub(rb">[\w+/=]+<", b">AAAA<", x), "are damaged"),
    "nothing": (lambda x: re.sub(rb">[\w+/=]+<", b"><", x), "break off"),
    "half": (lambda x: re.sub(rb">([\w+/=]{400})[\w+/=]+<", rb">\1<", x), "break off"),
    "a bomb": (lambda _: packed(b" " * 100_000_001), "more than any article needs"),
    "a small bomb": (lambda _: packed(b" " * 30_000_000), "more than any article needs"),
    "no JSON": (lambda _: packed(b"hello"), "no JSON object"),
    "deep JSON": (lambda _: packed(b"[" * 100_000), "no JSON object"),
    "another schema": (lambda _: packed(b'{"schema": 9}'), "have schema 9"),
    "a span outside": (
        lambda _: packed(to_json(NOTES).replace('"text": "', '"text": "x').encode()),
        "",
    ),
    "entities": (lambda _: ENTITIES, "declares XML entities in customXml/item1.xml"),
    "an outer entity": (lambda _: OUTSIDE, "declares XML entities in customXml/item1.xml"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_can_not_be_trusted_is_one_sentence(tmp_path: Path, kind: str) -> None:
    make, message = HOSTILE[kind]
    path = tmp_path / "brief.docx"
    path.write_bytes(with_part(sent(), ITEM, make))
    for read in (read_notes, returned):
        with pytest.raises(InvalidNotes, match=rf"brief\.docx: .*{re.escape(message)}") as caught:
            read(path)
        assert len(str(caught.value)) < 400 + len(str(tmp_path))
        assert "\n" not in str(caught.value)


def test_two_briefs_in_one_document_are_not_chosen_between() -> None:
    document = opened(sent())
    other = with_part(sent(DECIDED), ITEM, lambda x: x)
    with zipfile.ZipFile(io.BytesIO(other)) as package:
        part = docx.opc.part.Part(
            docx.opc.packuri.PackURI("/customXml/item2.xml"),
            "application/xml",
            package.read(ITEM),
            document.part.package,
        )
    document.part.relate_to(part, docx.opc.constants.RELATIONSHIP_TYPE.CUSTOM_XML)
    with pytest.raises(InvalidNotes, match="several briefs"):
        returned(saved(document))


def test_a_document_that_nobody_sent_is_said(samples: Path) -> None:
    with pytest.raises(InvalidNotes, match=r"port-strike\.docx: The document holds no annotations"):
        read_notes(samples / "port-strike.docx")


@pytest.mark.parametrize(
    "data", [b"", b"PK", b"text", b"PK\x03\x04" + bytes(50)], ids=["empty", "PK", "text", "head"]
)
def test_what_is_no_document_is_said(data: bytes) -> None:
    with pytest.raises(InvalidNotes, match=r"upload\.docx: The document is "):
        returned(data, name="upload.docx")


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ToolkitError, match=r"gone\.docx: No such file"):
        returned(tmp_path / "gone.docx")


@pytest.mark.parametrize("part", ["word/document.xml", "word/comments.xml", "word/styles.xml"])
@pytest.mark.parametrize("content", [b"", b"<a/>", b"<a"], ids=["empty", "other", "broken"])
def test_a_damaged_document_is_said_and_its_notes_are_still_there(
    tmp_path: Path, part: str, content: bytes
) -> None:
    path = tmp_path / "brief.docx"
    path.write_bytes(with_part(sent(), part, lambda _: content))
    if part != "word/document.xml" or content:
        assert read_notes(path) == NOTES
    try:
        back = returned(path)
    except InvalidNotes as error:
        assert "brief.docx: The " in str(error)  # noqa: PT017
    else:
        assert back.notes == NOTES


def test_marks_that_lie_nowhere_in_order_do_no_harm() -> None:
    document = opened(sent(plain("One two.")))
    line = article_lines(document)[0]._element
    for tag in ("commentRangeEnd", "commentRangeStart", "commentRangeEnd", "bookmarkEnd"):
        line.append(element(tag, id="7"))
    line.append(element("bookmarkStart", id="x", name="article"))
    line.append(etree.Comment("odd"))
    line.append(etree.ProcessingInstruction("odd", "x"))
    assert returned(saved(document)) == Returned(plain("One two."), plain("One two."))


# In a word processor.


@pytest.fixture(scope="module")
def processed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What LibreOffice made of a brief with an editor's comment in it."""
    office = need("soffice", "libreoffice")
    folder = tmp_path_factory.mktemp("office")
    document = opened(sent(DECIDED))
    document.add_comment(run_with(document, "their concerns"), text="Is it?", author="Ben Ito", initials="B")
    (folder / "brief.docx").write_bytes(saved(document))
    subprocess.run(
        [
            office,
            f"-env:UserInstallation=file://{folder / 'profile'}",
            "--headless",
            "--convert-to",
            "docx",
            "--outdir",
            str(folder / "again"),
            str(folder / "brief.docx"),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return folder / "again" / "brief.docx"


def test_a_word_processor_keeps_the_annotations_and_the_article(processed: Path) -> None:
    assert read_notes(processed) == DECIDED
    back = returned(processed)
    assert (back.changed, back.notes, back.unfit, back.lost) == (False, DECIDED, (), ())


def test_a_word_processor_keeps_the_place_of_a_comment(processed: Path) -> None:
    [note] = returned(processed).comments
    assert (note.value, note.by) == ("Is it?", "Ben Ito")
    assert TEXT[slice(*note.at[0])].startswith(TEXT[slice(*span("“People would like"))])
