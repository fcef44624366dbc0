"""House style: sections of a small TOML file, a desk's own template, and what a brief may leave out."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.shared import Mm
from handmade import jaffar_express, span
from hypothesis import given, settings
from package import assert_valid
from strategies import annotations
from typer.testing import CliRunner

from toolkit import edits
from toolkit.brief import ALL_SECTIONS
from toolkit.cli import app
from toolkit.errors import InvalidNotes, ToolkitError, UnknownChoice, UnsupportedFormat
from toolkit.export import render
from toolkit.export._docx_house_styles import style_names
from toolkit.export._docx_starter import purposes
from toolkit.export.docx import article_text, missing_styles, notes_in, starter
from toolkit.house import House, Template, read_house, read_template
from toolkit.model import Annotations, Span
from toolkit.returning import returned

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MADE = datetime(2025, 3, 15, 10, 22, tzinfo=UTC)
NOTES = jaffar_express()
STARTER = Template("house.docx", starter())
_SENTENCES = tuple(Span(*m.span()) for m in re.finditer(r"\S[^\n]*?\.(?= [A-Z]|\n|$)", NOTES.article.text))
SOUND = render(replace(NOTES, sentences=_SENTENCES), ".docx", made=MADE)


def written(folder: Path, toml: str) -> Path:
    path = folder / "house.toml"
    path.write_text(toml, encoding="utf-8")
    return path


def made(house: House, notes: Annotations = NOTES) -> bytes:
    return render(notes, ".docx", made=MADE, house=house)


def on(template: bytes, notes: Annotations = NOTES, **house: Any) -> bytes:
    return made(House(template=Template("house.docx", template), **house), notes)


def opened(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def headings(data: bytes) -> list[str]:
    return [p.text for p in opened(data).paragraphs if p.style.name == "Heading 1"]


def saved(document: Any) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def changed(data: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """The package with another content of one part."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for entry in old.namelist():
            content = old.read(entry)
            new.writestr(entry, change(content.decode()).encode() if entry == name else content)
    return file.getvalue()


def with_files(data: bytes, files: dict[str, bytes]) -> bytes:
    file = io.BytesIO(data)
    with zipfile.ZipFile(file, "a") as package:
        for name, content in files.items():
            package.writestr(name, content)
    return file.getvalue()


# The TOML file


def test_sections_are_those_named_in_their_order_and_under_their_titles(tmp_path: Path) -> None:
    house = read_house(
        written(tmp_path, 'sections = ["cast", "summary", "article"]\n[titles]\nsummary = "In  short"\n')
    )
    assert headings(made(house)) == ["Cast", "In short", "The article"]
    for suffix, heading in ((".html", r"<h2[^>]*>(.*?)</h2>"), (".md", "(?m)^## (.*)")):
        page = render(NOTES, suffix, made=MADE, house=house).decode()
        assert re.findall(heading, page) == ["Cast", "In short", "The article"]
    assert render(NOTES, ".csv", made=MADE, house=house) == render(NOTES, ".csv", made=MADE)


def test_an_empty_house_changes_nothing(tmp_path: Path) -> None:
    assert read_house(written(tmp_path, "# nothing\n")) == House()
    assert made(House()) == render(NOTES, ".docx", made=MADE)
    assert House().sections == ALL_SECTIONS


def test_a_title_is_hostile_text(tmp_path: Path) -> None:
    house = read_house(written(tmp_path, '[titles]\nsummary = "<b>*In* short</b>"\n'))
    assert headings(made(house))[0] == "<b>*In* short</b>"
    assert "&lt;b&gt;*In* short&lt;/b&gt;" in render(NOTES, ".html", made=MADE, house=house).decode()
    assert "## &lt;b&gt;\\*In\\* short" in render(NOTES, ".md", made=MADE, house=house).decode()


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ("section = []", "there is no 'section'; choose from sections, titles, template, annotations-inside"),
        ('sections = ["summary", "quotes"]', "sections: there is no 'quotes'; choose from summary, points, statements"),
        ('sections = ["summary", ["cast"]]', "sections: there is no \\['cast'\\]; choose from"),
        ('sections = "summary"', "sections must be a list"),
        ('sections = ["cast", "cast"]', "names 'cast' twice"),
        ('[titles]\nlead = "x"', "titles: there is no 'lead'; choose from"),
        ("titles = 3", "titles must be a table"),
        ("[titles]\nsummary = 3", "the title of summary must be a text"),
        ('[titles]\nsummary = " "', "the title of summary must be a text"),
        (f'[titles]\nsummary = "{"x" * 121}"', "of 1 to 120 letters"),
        ('[titles]\nsummary = "Su\\u0001m"', "without control characters"),
        ('[titles]\nsummary = "Su\\u202em"', "without control characters"),
        ("template = 1", "template must be the name of a .docx"),
        ('annotations-inside = "no"', "annotations-inside must be true or false"),
        ("sections = [", "is no TOML"),
        ("x = " + "[" * 5000, "is no TOML"),
    ],
)  # fmt: skip
def test_what_a_house_may_not_say_is_one_sentence(tmp_path: Path, toml: str, words: str) -> None:
    with pytest.raises(UnknownChoice, match=rf"^[^\n]*house\.toml.*{words}"):
        read_house(written(tmp_path, toml))


def test_a_house_that_is_not_there_or_no_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(ToolkitError, match=r"Can't read .*none\.toml"):
        read_house(tmp_path / "none.toml")
    (tmp_path / "house.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UnknownChoice, match=r"house\.toml is no TOML"):
        read_house(tmp_path / "house.toml")
    with pytest.raises(ToolkitError, match=r"Can't read .*none\.docx"):
        read_house(written(tmp_path, 'template = "none.docx"'))


def test_a_template_lies_beside_its_house(tmp_path: Path) -> None:
    (tmp_path / "desk.docx").write_bytes(starter())
    house = read_house(written(tmp_path, 'template = "desk.docx"\nannotations-inside = false'))
    assert house.template == Template(str(tmp_path / "desk.docx"), starter())
    assert not house.annotations_inside


# What stays out of the file


def test_without_annotations_inside_a_brief_holds_what_it_shows() -> None:
    notes = edits.apply(
        NOTES,
        edits.reject(NOTES.quotes[1], by="Secret Editor"),
        edits.note(span("Quetta"), "A printed note", by="Ben Ito"),
    )
    data = made(House(annotations_inside=False, sections=("summary", "statements", "article")), notes)
    assert_valid(data)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        everything = b"".join(package.read(name) for name in package.namelist()).decode("utf-8", "replace")
        assert not [name for name in package.namelist() if "customXml" in name]
    assert "Secret Editor" not in everything
    assert "A printed note" not in everything  # its section is left out
    assert "Ana Núñez" in everything  # who marked a statement is printed
    with pytest.raises(InvalidNotes, match="holds no annotations"):
        notes_in(data)
    assert article_text(io.BytesIO(data)) == notes.article.text


# The checks themselves: a test that would never fail proves nothing.


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("word/document.xml", '<w:commentRangeEnd w:id="3"/>', ""),
        ("word/document.xml", '<w:bookmarkEnd w:id="2"/>', ""),
        ("word/document.xml", 'w:anchor="quote_1"', 'w:anchor="quote_99"'),
        ("word/document.xml", 'w:val="KeyFact"', 'w:val="Nothing"'),
        ("word/document.xml", '<w:pStyle w:val="Kicker"/>', '<w:spacing/><w:pStyle w:val="Kicker"/>'),
        ("word/styles.xml", '<w:b/><w:bCs/>', '<w:bCs/><w:b/>'),
        ("word/comments.xml", 'w:id="1"', 'w:id="0"'),
        ("word/_rels/document.xml.rels", "header1.xml", "header9.xml"),
        ("[Content_Types].xml", 'PartName="/word/comments.xml"', 'PartName="/word/remarks.xml"'),
    ],
)  # fmt: skip
def test_a_broken_package_is_seen(part: str, old: str, new: str) -> None:
    data = changed(SOUND, part, lambda xml: xml.replace(old, new, 1))
    assert data != changed(SOUND, part, lambda xml: xml)
    with pytest.raises(AssertionError):
        assert_valid(data)


# The starter


def test_the_starter_shows_and_tells_every_style() -> None:
    assert_valid(STARTER.data)
    assert missing_styles(STARTER) == ()
    told = {(name, kind) for kind, uses in purposes().items() for name in uses}
    assert told == set(style_names())
    text = "\n".join(p.text for p in opened(STARTER.data).paragraphs)
    assert all(name in text for name, kind in style_names() if kind != "table")


def test_a_brief_on_the_starter_looks_as_without_it() -> None:
    plain, housed = opened(render(NOTES, ".docx", made=MADE)), opened(made(House(template=STARTER)))
    assert [p.text for p in housed.paragraphs] == [p.text for p in plain.paragraphs]
    assert [p.style.name for p in housed.paragraphs] == [p.style.name for p in plain.paragraphs]
    assert [t._tbl.xml for t in housed.tables] == [t._tbl.xml for t in plain.tables]
    assert [p.text for p in housed.sections[0].header.paragraphs] == ["jaffar-express\t"]


# A desk's own template


def letterhead() -> Any:
    """A template that a desk may have: another page, a logo and a line in the header, none of our styles."""
    document = docx.Document()
    document.add_paragraph("Dear reader, this is old text.").add_run(" More.")
    section = document.sections[0]
    section.left_margin = section.right_margin = Mm(35)
    line = section.header.paragraphs[0]
    line.text = "THE HERALD | {slug} | {embargo}{title}"
    line.add_run().add_picture(str(Path(__file__).parents[1] / "docs" / "brief.png"), width=Mm(12))
    document.styles["Heading 1"].font.name = "Georgia"
    document.core_properties.author = "Somebody Private"
    document.add_comment(document.paragraphs[0].runs[0], text="internal", author="Somebody Private")
    return document


LETTERHEAD = saved(letterhead())


@given(annotations())
@settings(max_examples=15)
def test_any_brief_on_a_template_is_valid_and_keeps_the_article(notes: Annotations) -> None:
    data = on(LETTERHEAD, notes)
    assert_valid(data)
    assert article_text(io.BytesIO(data)) == notes.article.text
    assert notes_in(data) == notes


def test_a_templates_styles_header_and_logo_are_kept_and_its_text_is_not() -> None:
    data = on(LETTERHEAD)
    document = opened(data)
    assert document.styles["Heading 1"].font.name == "Georgia"
    header = document.sections[0].header
    assert header.paragraphs[0].text.strip() == "THE HERALD | jaffar-express | jaffar-express"
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert [name for name in names if name.startswith("word/media/")] == ["word/media/image1.png"]
    parts = zipfile.ZipFile(io.BytesIO(data))
    everything = b"".join(parts.read(name) for name in names if name.endswith(".xml"))
    assert b"old text" not in everything
    assert b"Somebody Private" not in everything
    assert b"internal" not in everything
    footer = document.sections[0].footer._element
    assert [f.get(W + "instr").strip() for f in footer.iter(W + "fldSimple")] == ["PAGE", "NUMPAGES"]


def test_a_brief_on_a_template_comes_back_and_is_the_same_each_time() -> None:
    data = on(LETTERHEAD)
    assert on(LETTERHEAD) == data
    back = returned(data)
    assert (back.sent, back.changed, back.comments, back.unfit, back.lost) == (NOTES, False, (), (), ())


def test_styles_that_a_template_lacks_are_told_and_brought() -> None:
    template = Template("letterhead.docx", LETTERHEAD)
    missing = missing_styles(template)
    assert {"Summary", "Article", "Newsdesk Table", "Mark Person"} <= set(missing)
    assert not {"Normal", "heading 1", "Title"} & set(missing)
    document = opened(on(LETTERHEAD))
    assert {name.lower() for name in missing} <= {style.name.lower() for style in document.styles}
    assert document.styles["Summary"].font.name is None  # in the desk's own letters


def test_tables_fit_between_a_templates_margins() -> None:
    document = opened(on(LETTERHEAD))
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    for table in document.tables:
        assert abs(sum(column.width for column in table.columns) - room) < Mm(1)
        for row in table.rows:
            assert [cell.width for cell in row.cells] == [column.width for column in table.columns]


def test_a_gutter_is_no_room() -> None:
    document = letterhead()
    section = document.sections[0]
    section.gutter = Mm(10)
    data = on(saved(document))
    room = section.page_width - section.left_margin - section.right_margin - section.gutter
    assert all(abs(sum(c.width for c in table.columns) - room) < Mm(1) for table in opened(data).tables)
    section.gutter = Mm(30)
    with pytest.raises(UnsupportedFormat, match="leaves 116 mm between its margins"):
        on(saved(document))


def test_styles_are_known_by_name_whatever_their_ids() -> None:
    """Word in other languages has other ids; and somebody may use one of ours for something else."""
    document = letterhead()
    for style, key in (("Heading 1", "berschrift1"), ("Heading 2", "Summary"), ("Title", "Titel")):
        document.styles[style].element.set(W + "styleId", key)
    data = on(saved(document))
    assert_valid(data)
    assert headings(data)[0] == "Summary"
    assert opened(data).styles["Heading 1"].font.name == "Georgia"
    assert [p.text for p in opened(data).paragraphs if p.style.name == "Heading 2"] == [
        "Other names",
        "Timeline",
    ]


def test_a_style_of_another_kind_is_one_sentence() -> None:
    document = letterhead()
    document.styles.add_style("Article", 2)
    with pytest.raises(
        UnsupportedFormat, match=r"house\.docx: its style 'Article' must be a paragraph style"
    ):
        on(saved(document))


def test_a_page_without_room_is_one_sentence() -> None:
    document = letterhead()
    document.sections[0].left_margin = Mm(120)
    with pytest.raises(UnsupportedFormat, match=r"house\.docx leaves 61 mm between its margins"):
        on(saved(document))


def test_hyperlinks_to_pages_stay_and_nothing_else_leads_outside() -> None:
    document = letterhead()
    part = document.sections[0].header.part
    part.relate_to("https://herald.example/", f"{R}/hyperlink", is_external=True)
    assert_valid(on(saved(document)))
    document.part.relate_to("file:///etc/passwd", f"{R}/attachedTemplate", is_external=True)
    document.part.relate_to("http://elsewhere.example/x", f"{R}/image", is_external=True)
    document.part._settings_part.relate_to("file:///etc/passwd", f"{R}/attachedTemplate", is_external=True)
    data = on(saved(document))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert not [name for name in package.namelist() if b"elsewhere.example" in package.read(name)]
        assert not [name for name in package.namelist() if b"passwd" in package.read(name)]


HEADER = "word/header1.xml"
FIELD = "<w:p><w:r><w:instrText>{}</w:instrText></w:r><w:r><w:instrText>{}</w:instrText></w:r></w:p></w:hdr>"


def linked(kind: str, target: str, external: bool = True) -> bytes:
    document = letterhead()
    document.sections[0].header.part.relate_to(target, f"{R}/{kind}", is_external=external)
    return saved(document)


def embedded() -> bytes:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    document = letterhead()
    part = document.sections[0].header.part
    made = Part(PackURI("/word/embeddings/oleObject1.bin"), "application/x-ole", b"x", part.package)
    part.relate_to(made, f"{R}/oleObject")
    return saved(document)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (linked("image", "http://elsewhere.example/pixel.png"), "something from elsewhere"),
        (linked("hyperlink", "file:///C:/x.exe"), "something from elsewhere"),
        (linked("hyperlink", "\\\\server\\share"), "something from elsewhere"),
        (linked("oleObject", "http://elsewhere.example/x"), "something from elsewhere"),
        (embedded(), r"an embedded object \(oleObject\)"),
        (changed(LETTERHEAD, HEADER, lambda x: x.replace("</w:hdr>", FIELD.format("INCLUDE", "PICTURE http://x"))), "INCLUDEPICTURE"),
        (changed(LETTERHEAD, HEADER, lambda x: x.replace("</w:hdr>", FIELD.format(" ddeauto ", "cmd"))), "DDEAUTO"),
        (changed(LETTERHEAD, HEADER, lambda x: x.replace("</w:hdr>", '<w:p><w:fldSimple w:instr="MACROBUTTON x"/></w:p></w:hdr>')), "MACROBUTTON"),
        (changed(LETTERHEAD, HEADER, lambda x: x[:-20]), "is damaged"),
        (changed(LETTERHEAD, "word/styles.xml", lambda x: "<x/>"), "is damaged"),
        (changed(LETTERHEAD, "word/styles.xml", lambda x: x.replace('<w:name w:val="Title"/>', '<w:name w:val="Title"/><w:basedOn w:val="Title"/>').replace('<w:basedOn w:val="Normal"/>', "")), "is damaged"),
        (changed(LETTERHEAD, "word/document.xml", lambda x: x.replace("w:body", "w:nobody")), "is damaged"),
        (changed(LETTERHEAD, "word/_rels/document.xml.rels", lambda x: "<x>"), "is damaged"),
        (changed(STARTER.data, "[Content_Types].xml", lambda x: x.replace("document.main", "template.main")), "is damaged or no Word document"),
        (b"no document", "is damaged"),
    ],
)  # fmt: skip
def test_what_would_reach_elsewhere_or_is_damaged_is_one_sentence(data: bytes, words: str) -> None:
    with pytest.raises(UnsupportedFormat, match=rf"^house\.docx .*{words}[^\n]*$"):
        missing_styles(Template("house.docx", data))


MARK = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
BEGIN, SEPARATE, END = map(MARK.format, ("begin", "separate", "end"))


def code(*pieces: str) -> str:
    return "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)


def field(*pieces: str) -> str:
    return f"{BEGIN}{code(*pieces)}{SEPARATE}<w:r><w:t>1</w:t></w:r>{END}"


def with_fields(fields: str) -> Template:
    data = changed(LETTERHEAD, HEADER, lambda xml: xml.replace("</w:hdr>", f"<w:p>{fields}</w:p></w:hdr>"))
    return Template("house.docx", data)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (field("PAGE") + field("INCLUDETEXT http://x"), "INCLUDETEXT"),
        (field("PAGE") + field("INCLUDE", "TEXT http://x"), "INCLUDETEXT"),
        (field("PAGE") + "</w:p><w:p>" + field("include", "text http://x"), "INCLUDETEXT"),
        (BEGIN + code("IF 1 = 1 ") + field("DDEAUTO cmd") + code(" no") + END, "DDEAUTO"),
        (BEGIN + code("PAGE") + SEPARATE + field("LINK x") + END, "LINK"),
        (BEGIN + code("PAGE") + SEPARATE + code("INCLUDETEXT http://x") + END, "INCLUDETEXT"),
        (BEGIN + code("INCLUDETEXT http://x"), "INCLUDETEXT"),
        (BEGIN + field("REF half") + code("TEXT http://x") + END, "a field named by another"),
        (BEGIN + code("INCL") + field("REF half") + code(" http://x") + END, "a field named by another"),
        ('<w:fldSimple w:instr=" DATABASE \\d x"/>', "DATABASE"),
        (field("HYPERLINK &quot;file:///etc/passwd&quot;"), "HYPERLINK"),
        (field("HYPERLINK \\l here &quot;\\\\server\\x&quot;"), "HYPERLINK"),
    ],
)  # fmt: skip
def test_a_field_that_reaches_out_is_refused_however_it_is_cut(fields: str, told: str) -> None:
    with pytest.raises(UnsupportedFormat, match=rf"fetches or runs something \({told}\)"):
        missing_styles(with_fields(fields))


@pytest.mark.parametrize(
    "fields",
    [
        field("PAGE") + field("NUMPAGES"),
        field(" STYLEREF &quot;Pull Quote&quot; \\* MERGEFORMAT "),
        '<w:fldSimple w:instr="STYLEREF &quot;Pull Quote&quot;"/>',
        BEGIN + code("IF ") + field("PAGE") + code(" = 1 &quot;LINK&quot; &quot;&quot;") + SEPARATE + END,
        field("HYPERLINK &quot;https://herald.example/&quot; \\o &quot;The desk: home&quot;"),
        field("HYPERLINK \\l &quot;article&quot;"),
        END + SEPARATE,
    ],
)  # fmt: skip
def test_a_field_that_stays_in_the_page_is_kept(fields: str) -> None:
    assert missing_styles(with_fields(fields))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is damaged or not a Word document"),
        (b"{\\rtf1}", "is damaged or not a Word document"),
        (with_files(LETTERHEAD, {"word/vbaProject.bin": b"x"}), "holds macros"),
        (changed(LETTERHEAD, "[Content_Types].xml", lambda x: x.replace("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", "application/vnd.ms-word.template.macroEnabledTemplate.main+xml")), "holds macros"),
        (changed(LETTERHEAD, "word/styles.xml", lambda x: '<!DOCTYPE x [<!ENTITY a "b">]>' + x), "declares XML entities"),
        (with_files(LETTERHEAD, {f"word/{n}.xml": b"" for n in range(5001)}), "would unpack to"),
    ],
)  # fmt: skip
def test_a_hostile_template_is_refused_before_it_is_opened(tmp_path: Path, data: bytes, words: str) -> None:
    (tmp_path / "house.docx").write_bytes(data)
    with pytest.raises(UnsupportedFormat, match=rf"house\.docx .*{words}"):
        read_template(tmp_path / "house.docx")


def test_bookmarks_and_comments_of_a_header_do_not_run_into_ours() -> None:
    mark = '<w:p><w:bookmarkStart w:id="0" w:name="article"/><w:bookmarkEnd w:id="0"/></w:p></w:hdr>'
    data = on(changed(LETTERHEAD, HEADER, lambda x: x.replace("</w:hdr>", mark)))
    assert_valid(data)
    assert article_text(io.BytesIO(data)) == NOTES.article.text


# At the command line


def test_a_template_is_written_and_used(tmp_path: Path, samples: Path) -> None:
    house, out = tmp_path / "house.docx", tmp_path / "out"
    done = CliRunner().invoke(app, ["template", "-o", str(house)])
    assert (done.exit_code, done.stdout) == (0, f"{house}\n")
    assert house.read_bytes() == starter()
    again = CliRunner().invoke(app, ["template", "-o", str(house)])
    assert again.exit_code == 1
    assert "is there already" in again.stderr
    assert CliRunner().invoke(app, ["template", "-o", str(house), "--force"]).exit_code == 0
    assert "must end in .docx" in CliRunner().invoke(app, ["template", "-o", "house.dotm"]).stderr
    story = str(samples / "jaffar-express.txt")
    options = ["--template", str(house), "--house", str(written(tmp_path, 'sections = ["summary"]'))]
    done = CliRunner().invoke(app, ["brief", story, "-o", str(out), *options, "--no-annotations-inside"])
    assert (done.exit_code, done.stderr) == (0, "")
    data = (out / "jaffar-express.docx").read_bytes()
    assert headings(data) == ["Summary"]
    assert "customXml" not in str(zipfile.ZipFile(io.BytesIO(data)).namelist())


def test_a_bad_house_stops_the_command_before_any_article(tmp_path: Path, samples: Path) -> None:
    house = written(tmp_path, "colour = 1")
    done = CliRunner().invoke(
        app, ["brief", str(samples), "-o", str(tmp_path / "out"), "--house", str(house)]
    )
    assert done.exit_code == 1
    assert "house.toml: there is no 'colour'; choose from" in done.stderr
    assert not (tmp_path / "out").exists()
    (tmp_path / "plain.docx").write_bytes(LETTERHEAD)
    options = ["--template", str(tmp_path / "plain.docx"), "-o", str(tmp_path / "out")]
    done = CliRunner().invoke(app, ["brief", str(samples / "jaffar-express.txt"), *options])
    assert done.exit_code == 0
    assert "plain.docx lacks" in done.stderr
