"""Word: a reader's view of the document, whatever its markup; and no harm from a hostile one."""

import io
import re
import sys
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.etree import ErrorTypes, XMLSyntaxError

import toolkit
from toolkit.errors import UnreadableArticle
from toolkit.read import word


@pytest.fixture(scope="module", autouse=True)
def _in_this_process():
    """For speed; that a reader runs in a process of its own is tested in test_read_limits."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            sys.modules["toolkit.read"], "draft_apart", lambda _, data, name: word.draft(data, name)
        )
        yield


LEAD = "The bridge will stay closed for a month, the town said, because two of its beams are cracked."


def saved(document):
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def read(document):
    return toolkit.read(saved(document), name="story.docx", language="en")


def alternate(fallback):
    """What newer programs show in another way, as Word writes emoji and text boxes."""
    space = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    return f'<mc:AlternateContent {space}><mc:Choice Requires="w16se"/><mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>'


def with_paragraph(inner):
    """A document of one paragraph with this markup inside."""
    document = docx.Document()
    document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w', 'r')}>{inner}</w:p>"))
    return document


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def sym(font, code):
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


def repacked(document, **parts):
    """The saved document with parts replaced, added or (None) removed; ``__`` stands for ``/``."""
    parts = {name.replace("__", "/"): content for name, content in parts.items()}
    source, file = zipfile.ZipFile(io.BytesIO(saved(document))), io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name in dict.fromkeys([*source.namelist(), *parts]):
            content = parts[name] if name in parts else source.read(name)
            if content is not None:
                target.writestr(name, content)
    return file.getvalue()


def test_paragraphs_headings_items_and_cells_in_order():
    document = docx.Document()
    document.add_paragraph("One.")
    document.add_paragraph("")
    document.add_paragraph("  \t ")
    document.add_heading("A subheading", level=2)
    document.add_paragraph("an item", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        [*table.rows[0].cells, *table.rows[1].cells], ["Ship", "Days", "Aurora", ""], strict=True
    ):
        cell.text = text
    inner = table.rows[1].cells[1].add_table(rows=1, cols=1)
    inner.rows[0].cells[0].text = "nested"
    document.add_paragraph("Last.")
    assert (
        read(document).text == "One.\n\nA subheading\n\nan item\n\nShip\n\nDays\n\nAurora\n\nnested\n\nLast."
    )


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (run("He ") + run("said", "<w:b/>") + run(" so."), "He said so."),
        (
            run("See ") + f'<w:hyperlink w:anchor="x">{run("the report")}</w:hyperlink>' + run("."),
            "See the report.",
        ),
        (
            run("It ") + f'<w:ins w:id="1" w:author="A">{run("really ")}</w:ins>' + run("rained."),
            "It really rained.",
        ),
        (
            run("It ")
            + '<w:del w:id="1" w:author="A"><w:r><w:delText>never</w:delText></w:r></w:del>'
            + run("rained."),
            "It rained.",
        ),
        (
            f'<w:moveFrom w:id="1" w:author="A">{run("gone ")}</w:moveFrom>'
            f'<w:moveTo w:id="2" w:author="A">{run("come ")}</w:moveTo>{run("on")}',
            "come on",
        ),
        (f"<w:sdt><w:sdtContent>{run('controlled')}</w:sdtContent></w:sdt>", "controlled"),
        (f'<w:smartTag w:element="place">{run("London")}</w:smartTag>{run(" calling")}', "London calling"),
        (f'<w:fldSimple w:instr="DATE">{run("12 March")}</w:fldSimple>', "12 March"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("shown")}'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            "shown",
        ),
        ("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:cr/><w:t>d</w:t></w:r>", "a\nb\tc\nd"),
        ('<w:r><w:t>a</w:t><w:br w:type="page"/><w:t>b</w:t></w:r>', "ab"),
        (
            "<w:r><w:t>Al</w:t><w:noBreakHyphen/><w:t>Sisi co</w:t><w:softHyphen/><w:t>op</w:t></w:r>",
            "Al-Sisi coop",
        ),
        (run("Sunny ") + f"<w:r>{alternate('<w:t>☀</w:t>')}</w:r>" + run("."), "Sunny ☀."),
        (run("a") + alternate(run("b")) + run("c"), "abc"),
        (run("a") + f"<w:r>{alternate('<w:pict><w:txbxContent><w:p>' + run('box') + '</w:p></w:txbxContent></w:pict>')}</w:r>", "a"),
        (run("so ") + f'<m:oMath {nsdecls("m")}><m:r><m:t>x=2</m:t></m:r></m:oMath>' + run(" holds"), "so x=2 holds"),
        (run("5 ") + sym("Symbol", "F0A3") + run(" 6 ") + sym("Symbol", "F06D") + run("m"), "5 ≤ 6 μm"),
        (sym("symbol", "00B1") + sym("Wingdings", "F0E0") + sym("Wingdings", "F04A"), "±→☺"),
        (sym("Segoe UI Symbol", "2713") + sym("Times New Roman", "00A9"), "✓©"),
        (sym("Webdings", "F061") + sym("Webdings", "61") + sym("Wingdings", "F061") + run("."), "\ufffd\ufffd\ufffd."),
        (sym("Symbol", "x") + sym("Arial", "0007") + sym("Arial", "D800") + run("."), "\ufffd\ufffd\ufffd."),
        (run("seen") + run(" unseen", "<w:vanish/>"), "seen"),
        (run("seen") + run(" too", '<w:vanish w:val="0"/>'), "seen too"),
        (run("noted") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run("."), "noted."),
        (run("  blanks  stay  "), "  blanks  stay  "),
        (
            run("«\u00a0Non\u00a0», e\u0301, 😀, \u202ex\u202c"),
            "«\u00a0Non\u00a0», e\u0301, 😀, \u202ex\u202c",
        ),
    ],
)  # fmt: skip
def test_what_a_reader_sees(inner, text):
    assert read(with_paragraph(inner)).text == text


def test_a_deleted_paragraph_end_joins_two_paragraphs():
    document = with_paragraph(
        '<w:pPr><w:rPr><w:del w:id="1" w:author="A"/></w:rPr></w:pPr>' + run("The mayor ")
    )
    document.add_paragraph("resigned.")
    document.add_paragraph("He left.")
    assert read(document).text == "The mayor resigned.\n\nHe left."


def test_deleted_rows_are_out_and_controlled_blocks_are_in():
    document = docx.Document()
    table = document.add_table(rows=2, cols=1)
    table.rows[0].cells[0].text, table.rows[1].cells[0].text = "kept", "deleted"
    table.rows[1]._tr.insert(0, parse_xml(f'<w:trPr {nsdecls("w")}><w:del w:id="1" w:author="A"/></w:trPr>'))
    document.element.body.insert(
        0,
        parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p>{run('a block')}</w:p></w:sdtContent></w:sdt>"),
    )
    assert read(document).text == "a block\n\nkept"


def test_a_letter_set_large_begins_its_paragraph_and_a_table_of_contents_is_out():
    document = docx.Document()
    letter = document.add_paragraph("T")
    letter._p.get_or_add_pPr().append(parse_xml(f'<w:framePr {nsdecls("w")} w:dropCap="drop" w:lines="3"/>'))
    document.add_paragraph("he mayor resigned.")
    part = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    lines = f"<w:sdtContent><w:p>{run('The mayor 1')}</w:p></w:sdtContent>"
    document.element.body.insert(0, parse_xml(f"<w:sdt {nsdecls('w')}>{part}{lines}</w:sdt>"))
    assert read(document).text == "The mayor resigned."


def test_headers_footers_and_comments_are_not_the_text():
    document = docx.Document()
    paragraph = document.add_paragraph("The text.")
    document.sections[0].header.paragraphs[0].text = "EMBARGOED"
    document.sections[0].footer.paragraphs[0].text = "Page 1"
    document.add_comment(paragraph.runs[0], text="Check this.", author="Ann")
    assert read(document).text == "The text."


@pytest.mark.parametrize(
    ("paragraphs", "headline", "text"),
    [
        ([("Closed", "Title"), ("Text.", None)], "Closed", "Text."),
        ([("KICKER", None), ("Closed", "Title"), ("Text.", None)], "Closed", "KICKER\n\nText."),
        ([("", None), ("Closed", "Heading 1"), ("Text.", None)], "Closed", "Text."),
        ([("Closed", "Heading 1"), ("A\nline", "Title"), ("Text.", None)], "A line", "Closed\n\nText."),
        ([("Text.", None), ("Later", "Heading 1")], "", "Text.\n\nLater"),
        ([("Closed", "Heading 2"), ("Text.", None)], "", "Closed\n\nText."),
        ([("The bridge is closed", None), (LEAD, None)], "The bridge is closed", f"The bridge is closed\n\n{LEAD}"),
        ([("The bridge is closed.", None), (LEAD, None)], "", f"The bridge is closed.\n\n{LEAD}"),
    ],
)  # fmt: skip
def test_the_headline_is_the_title_or_an_opening_heading_or_a_line_that_can_be_nothing_else(
    paragraphs, headline, text
):
    document = docx.Document()
    for words, style in paragraphs:
        document.add_paragraph(words, style=style)
    article = read(document)
    assert (article.headline, article.text) == (headline, text)


@pytest.mark.parametrize(
    ("title", "author", "byline"),
    [
        ("Bridge closed", "Ann Lee", "Ann Lee"),
        ("Bridge  closed ", "Ann Lee", "Ann Lee"),
        ("Bridge closed", "python-docx", ""),
        ("Bridge closed", "Microsoft Office User", ""),
        ("", "Ann Lee", ""),
        ("Another title", "Ann Lee", ""),
    ],
)
def test_the_author_is_the_byline_only_if_the_properties_are_the_articles(title, author, byline):
    document = docx.Document()
    document.core_properties.title, document.core_properties.author = title, author
    document.add_paragraph("Bridge closed", style="Title")
    document.add_paragraph("Text.")
    assert read(document).byline == byline


def test_a_heading_alone_is_no_article():
    document = docx.Document()
    document.add_paragraph("Bridge closed", style="Title")
    with pytest.raises(UnreadableArticle, match=r"story.docx holds no words"):
        read(document)


def test_word_documents_are_known_by_their_content(tmp_path):
    document = docx.Document()
    document.add_paragraph("The text.")
    assert toolkit.read(saved(document)).text == "The text."
    (tmp_path / "upload").write_bytes(saved(document))
    assert toolkit.read(tmp_path / "upload").text == "The text."


def test_a_document_that_the_memory_does_not_hold_is_not_called_damaged(monkeypatch):
    def full(_):
        raise XMLSyntaxError("unknown error", ErrorTypes.ERR_NO_MEMORY, 0, 0)

    data = saved(docx.Document())
    monkeypatch.setattr(docx, "Document", full)
    with pytest.raises(MemoryError):  # which toolkit.read.child tells as a file that needs too much
        word.draft(data, "story.docx")


def strict(data):
    """What Word's "Strict Open XML Document" has other names for."""
    source, file = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name.endswith((".xml", ".rels")):
                usual = (
                    rb'"http://schemas.openxmlformats.org/(\w+)/2006/(?=main|math|relationships/(?!metadata))'
                )
                content = re.sub(usual, rb'"http://purl.oclc.org/ooxml/\1/', content)
            target.writestr(name, content)
    return file.getvalue()


def test_a_strict_document_is_read_as_the_usual_one():
    words = 'The namespace is "http://purl.oclc.org/ooxml/wordprocessingml/main" <a> in strict files.'
    document = with_paragraph(run("seen") + run(" unseen", '<w:vanish w:val="true"/>'))
    document.add_heading("Bridge closed", level=0)
    document.add_heading("A subheading", level=2)
    document.add_paragraph(words)
    document.core_properties.title, document.core_properties.author = "Bridge closed", "Ana Ruiz"
    data = strict(saved(document))
    assert b"purl.oclc.org" in zipfile.ZipFile(io.BytesIO(data)).read("_rels/.rels")
    article = toolkit.read(data, name="story.docx", language="en")
    assert (article.headline, article.byline) == ("Bridge closed", "Ana Ruiz")
    assert article.text == f"seen\n\nA subheading\n\n{words}"


def test_damaged_files_are_refused():
    document = docx.Document()
    document.add_paragraph("The text.")
    good = saved(document)
    for bad in [
        b"not a zip at all",
        b"PK\x03\x04" + b"\0" * 100,
        good[: len(good) // 2],
        good[:-30],
        repacked(document, word__document__xml=None, **{"word/document.xml": None}),
        repacked(document, **{"word/document.xml": b"<w:document"}),
        repacked(document, **{"word/document.xml": b"<other/>"}),
        repacked(document, **{"[Content_Types].xml": None}),
        repacked(document, **{"_rels/.rels": b"<Relationships/>"}),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    ]:
        with pytest.raises(UnreadableArticle, match=r"^story.docx (is|declares)") as caught:
            toolkit.read(bad, name="story.docx")
        assert "save it" in str(caught.value)


def test_one_flipped_byte_is_read_or_refused():
    document = docx.Document()
    document.add_paragraph("The text.")
    good = saved(document)
    for place in range(0, len(good), 997):
        bad = good[:place] + bytes([good[place] ^ 0xFF]) + good[place + 1 :]
        try:
            text = toolkit.read(bad, name="story.docx").text
        except UnreadableArticle:
            continue
        assert text == "The text."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "docProps/core.xml", "_rels/.rels"])
def test_entities_are_refused_before_the_file_is_opened(part, encoding, monkeypatch):
    bomb = f"""<?xml version="1.0" encoding="{encoding}"?>
    <!-- a long comment {"." * 3000} -->
    <!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/hostname">]>
    <x>&b;&c;</x>"""
    monkeypatch.setattr(docx, "Document", lambda file: pytest.fail("it was opened"))
    document = docx.api.Document()
    with pytest.raises(UnreadableArticle, match=r"declares XML entities in"):
        toolkit.read(repacked(document, **{part: bomb.encode(encoding)}), name="story.docx")


def test_zip_bombs_are_refused_before_they_are_unpacked(monkeypatch):
    good = saved(docx.Document())
    bombs = []
    for parts in (
        {"word/document2.xml": 70_000_000},
        {"a.bin": 45_000_000},
        {f"x{i}": 0 for i in range(5_001)},
    ):
        file = io.BytesIO(good)
        with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as target:
            for name, size in parts.items():
                target.writestr(name, b"\0" * size)
        bombs.append(file.getvalue())
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *args, **kwargs: pytest.fail("it was unpacked"))
    for bomb in bombs:
        with pytest.raises(UnreadableArticle, match=r"story.docx would unpack to [\d,]+ MB"):
            toolkit.read(bomb, name="story.docx")


def test_photographs_are_no_zip_bomb():
    document = docx.Document()
    document.add_paragraph("The text.")
    file = io.BytesIO(saved(document))
    with zipfile.ZipFile(file, "a") as target:
        target.writestr("word/media/photo.bin", bytes(range(256)) * 100_000)
    assert toolkit.read(file.getvalue(), name="story.docx").text == "The text."


@settings(deadline=None, max_examples=25)
@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1),
        min_size=1,
        max_size=3,
    )
)
def test_any_paragraphs_come_out_as_they_went_in(paragraphs):
    paragraphs = ["x" + p for p in paragraphs if "\ufffe" not in p and "\uffff" not in p] or ["x"]
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    assert word.draft(saved(document), "story.docx").text == "\n\n".join(paragraphs)
