"""OpenDocument text: a reader's view of the document, and no harm from a hostile one."""

import io
import sys
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import toolkit
from toolkit.errors import ToolkitError, UnreadableArticle
from toolkit.read import odt

URN = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = " ".join(
    f'xmlns:{name}="{URN}{name}:1.0"' for name in ("office", "text", "style", "table", "meta", "drawing")
) + (f' xmlns:draw="{URN}drawing:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"')
KIND = "application/vnd.oasis.opendocument.text"


@pytest.fixture(scope="module", autouse=True)
def _in_this_process():
    """For speed; that a reader runs in a process of its own is tested in test_read_limits."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules["toolkit.read"], "draft_apart", lambda _, data, name: odt.draft(data, name))
        yield


def packed(files, kind=KIND):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), kind)
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def document(body, styles="", **files):
    content = f"<?xml version='1.0' encoding='UTF-8'?><office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    return packed({"content.xml": content, **{f"{name}.xml": text for name, text in files.items()}})


def meta(inner):
    return f"<office:document-meta {SPACES}><office:meta>{inner}</office:meta></office:document-meta>"


def read(data, name="story.odt"):
    return toolkit.read(data, name=name, language="en")


def p(inner, style=""):
    return f'<text:p text:style-name="{style}">{inner}</text:p>' if style else f"<text:p>{inner}</text:p>"


@pytest.mark.parametrize("name", ["story.odt", "", "story.docx", "story.txt"])
def test_it_is_known_by_its_content(name):
    assert read(document(p("The mayor resigned.")), name).text == "The mayor resigned."


def test_paragraphs_headings_items_and_cells_in_order():
    body = (
        p("One.") + p("") + '<text:h text:outline-level="2">A subheading</text:h>'
        "<text:list><text:list-item>" + p("an item") + "</text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell>"
        + p("Ship")
        + "</table:table-cell><table:table-cell>"
        + p("3")
        + "</table:table-cell></table:table-row></table:table>"
        "<text:section>" + p("Last.") + "</text:section>"
    )
    assert read(document(body)).text == "One.\n\nA subheading\n\nan item\n\nShip\n\n3\n\nLast."


@pytest.mark.parametrize(
    ("inner", "shown"),
    [
        ("a<text:s text:c='3'/>b<text:s/>c", "a   b c"),
        ("a<text:tab/>b<text:line-break/>c", "a\tb\nc"),
        ("a\n  b", "a   b"),
        ("<text:span>a<text:span>b</text:span></text:span>c", "abc"),
        ("<text:a>link</text:a> <text:bookmark-start/>b<text:bookmark-end/>", "link b"),
        (
            "a<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>note</text:p></text:note-body></text:note>b",
            "ab",
        ),
        ("a<office:annotation><text:p>comment</text:p></office:annotation>b", "ab"),
        ("a<draw:frame><draw:text-box><text:p>box</text:p></draw:text-box></draw:frame>b", "ab"),
        ("a<text:soft-page-break/>b", "ab"),
        (
            "<text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>かん</text:ruby-text></text:ruby>b",
            "漢b",
        ),
        ("a<text:span text:style-name='T1'>hidden</text:span>b", "ab"),
        ("a<text:hidden-text>hidden</text:hidden-text>b", "ab"),
        ("«\u00a0Non\u00a0»", "«\u00a0Non\u00a0»"),
        ("a<text:s text:c='99999999999'/>b", "a" + " " * 1000 + "b"),
        ("a<text:s text:c='٣'/>b<text:s text:c='-1'/>", "a b "),
        ("&lt;script&gt; &amp;amp; &#128512;", "<script> &amp; 😀"),
    ],
)
def test_the_words_of_a_paragraph(inner, shown):
    styles = "<style:style style:name='T1'><style:text-properties text:display='none'/></style:style>"
    assert read(document(p(inner + "."), styles)).text == shown + "."


def test_deleted_words_are_out_and_inserted_ones_in():
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion>"
        + p("gone")
        + "</text:deletion></text:changed-region></text:tracked-changes>"
        + p("The mayor <text:change text:change-id='a'/><text:change-start/>has <text:change-end/>resigned.")
    )
    assert read(document(body)).text == "The mayor has resigned."


def test_a_hidden_section_is_out():
    hidden = f"<text:section text:display='none'>{p('hidden')}</text:section>"
    assert read(document(hidden + f"<text:section>{p('Shown.')}</text:section>")).text == "Shown."


def test_lists_in_lists_and_the_cells_that_others_cover():
    items = f"<text:list><text:list-item>{p('inner')}</text:list-item></text:list>"
    body = (
        f"<text:list><text:list-header>{p('head')}</text:list-header><text:list-item>{p('outer')}{items}</text:list-item></text:list>"
        f"<table:table><table:table-row><table:table-cell>{p('wide')}</table:table-cell><table:covered-table-cell/></table:table-row></table:table>"
    )
    assert read(document(body)).text == "head\n\nouter\n\ninner\n\nwide"


@pytest.mark.parametrize(
    ("body", "headline"),
    [
        (p("Bridge closed", "Title") + p("The mayor resigned."), "Bridge closed"),
        (p("Exclusive") + p("Bridge closed", "P1") + p("The mayor resigned."), "Bridge closed"),
        ('<text:h text:outline-level="1">Bridge closed</text:h>' + p("The mayor resigned."), "Bridge closed"),
        (p("Start.") + '<text:h text:outline-level="1">Later</text:h>' + p("The mayor resigned."), ""),
        ('<text:h text:outline-level="2">Second</text:h>' + p("The mayor resigned."), ""),
    ],
)
def test_the_headline(body, headline):
    styles = "<style:style style:name='P1' style:parent-style-name='Title'/>"
    article = read(document(body, styles))
    assert article.headline == headline
    assert (headline in article.text) == (not headline)


def test_a_first_line_that_can_only_be_the_headline():
    lead = "The bridge will stay closed for a month, the town said, because two of its beams are cracked."
    article = read(document(p("The bridge is closed") + p(lead)))
    assert (article.headline, article.text) == (
        "The bridge is closed",
        f"The bridge is closed\n\n{lead}",
    )


def test_the_author_counts_where_the_title_is_the_headline():
    body = p("Bridge closed", "Title") + p("The mayor resigned.")
    about = "<dc:title>{}</dc:title><meta:initial-creator>Ana Ruiz</meta:initial-creator>"
    assert read(document(body, meta=meta(about.format("Bridge closed")))).byline == "Ana Ruiz"
    assert read(document(body, meta=meta(about.format("Template 3")))).byline == ""


def flat(body, styles="", about=""):
    """As LibreOffice saves it: the parts of the archive in one root, pictures in base64 within the text."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>

<office:document {SPACES} office:version="1.3" office:mimetype="{KIND}">
 <office:meta>{about}</office:meta>
 <office:automatic-styles>{styles}</office:automatic-styles>
 <office:body><office:text>{body}</office:text></office:body></office:document>""".encode()


@pytest.mark.parametrize("name", ["story.fodt", "story.odt", ""])
def test_a_flat_document_is_read_as_a_packed_one(name):
    styles = (
        "<style:style style:name='P1' style:parent-style-name='Title'/>"
        "<style:style style:name='T1'><style:text-properties text:display='none'/></style:style>"
    )
    picture = "<draw:frame><draw:image><office:binary-data>iVBORw0KGgo=</office:binary-data></draw:image></draw:frame>"
    body = (
        p("Bridge closed", "P1")
        + p(f"The mayor{picture} resigned.")
        + p("No<text:span text:style-name='T1'>hidden</text:span>.")
    )
    about = "<dc:title>Bridge closed</dc:title><meta:initial-creator>Ana Ruiz</meta:initial-creator>"
    article = read(flat(body, styles, about), name)
    assert (article.headline, article.byline) == ("Bridge closed", "Ana Ruiz")
    assert article.text == "The mayor resigned.\n\nNo."


def test_a_flat_document_of_megabytes_is_one_that_holds_pictures():
    picture = f"<office:binary-data>{'iVBORw0K' * 1_500_000}</office:binary-data>"
    body = p(f"The mayor<draw:frame><draw:image>{picture}</draw:image></draw:frame> resigned.")
    assert read(flat(body), "story.fodt").text == "The mayor resigned."


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (flat(p("Words."))[:-30], "damaged"),
        (flat(p(" ")), "holds no words"),
        (flat("").replace(b"office:text>", b"office:spreadsheet>"), "no text document"),
        (flat(p("Words.")).replace(KIND.encode(), b"application/x"), "isn't one"),
        (b"<a>Words.</a>", "isn't one"),
        (flat(p("&a;")).replace(b"<office:document ", b"<!DOCTYPE a [<!ENTITY a 'b'>]><office:document "), "declares XML entities"),
        (flat("<text:section>" * 300 + p("Words.") + "</text:section>" * 300), "nested more than"),
    ],
)  # fmt: skip
def test_a_flat_document_that_cannot_be_read(data, words):
    with pytest.raises(UnreadableArticle, match=words):
        read(data, "story.fodt")


@pytest.mark.parametrize("name", ["story.txt", "story.md"])
def test_a_text_that_shows_a_flat_document_is_a_text(name):
    assert "mayor" in read(flat(p("The mayor resigned.")), name).text
    assert toolkit.read(b"See <office:document> in " + KIND.encode()).text.startswith("See <office")


LOCKED = "<m:manifest xmlns:m='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"plain text", "isn't one"),
        (packed({"content.xml": "<a"}), "damaged"),
        (packed({"content.xml": "<a/>"}), "no text document"),
        (packed({}), "damaged"),
        (packed({"content.xml": b"\x80\x81", "META-INF/manifest.xml": LOCKED}), "under a password"),
        (document(p("Words."))[:-30], "damaged"),
        (document(p(" ")), "holds no words"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_sentence(data, words):
    with pytest.raises(UnreadableArticle, match=words) as caught:
        read(data)
    assert str(caught.value).startswith("story.odt ")
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


GOOD = document(
    p("Bridge closed", "Title") + p("The <text:span>mayor</text:span> resigned.") * 5,
    meta=meta("<dc:title>x</dc:title>"),
)


@settings(deadline=None, max_examples=200)
@given(
    st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=10),
    st.integers(0, 50),
)
def test_mutated_archives_are_read_or_refused(changes, cut):
    data = bytearray(GOOD)
    for place, value in changes:
        data[place] = value
    try:
        article = read(bytes(data[: len(data) - cut]))
    except ToolkitError:
        return
    assert article.text.strip()


BODY = p("Bridge closed", "Title") + p("The <text:span>mayor</text:span><text:s text:c='2'/> resigned.") * 3


@settings(deadline=None, max_examples=200)
@given(
    st.lists(
        st.tuples(st.integers(0, len(BODY) - 1), st.sampled_from("<>/&'\"=:;x1\0 ")), min_size=1, max_size=8
    )
)
def test_mutated_xml_is_read_or_refused(changes):
    body = list(BODY)
    for place, char in changes:
        body[place] = char
    try:
        article = read(document("".join(body)))
    except ToolkitError:
        return
    assert article.text.strip()
