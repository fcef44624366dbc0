"""Reading, whatever the format: what is a path, what is a text, and what is refused."""

import importlib
import io
import os
import re
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

import toolkit
from toolkit.errors import ToolkitError, UnknownChoice, UnreadableArticle, UnsupportedFormat
from toolkit.read import READERS
from toolkit.read.draft import iso_date, one_line
from toolkit.read.slug import slugify

STORY = "The mayor said on Tuesday that the bridge would stay closed until the end of the month.\n"


def documented_normalisation(text):
    text = text.lstrip("\ufeff")
    text = re.sub("\r\n?", "\n", text)
    text = re.sub(
        "[\ud800-\udbff][\udc00-\udfff]",
        lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"),
        text,
    )
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


@settings(deadline=None, max_examples=200)
@given(st.text(st.characters(), max_size=300), st.text(st.characters(), max_size=50))
@example("\ufeff\ufeffa", "b")
def test_any_pasted_text_is_kept(before, after):
    text = f"{before}\n{after}"
    assume(documented_normalisation(text).strip())
    article = toolkit.read(text, language="en")
    assert article.text == documented_normalisation(text)
    assert article.sha256
    assert toolkit.read(article.text, language="en").text == article.text


@settings(deadline=None, max_examples=50)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300))
def test_any_text_file_is_kept(text):
    data = text.encode("utf-8")
    assume(
        documented_normalisation(text).strip() and not data.startswith((b"PK", b"%PDF-", b"{\\rtf", b"GIF8"))
    )
    assume(b"\0" not in data)  # many of them are taken for UTF-16, see test_read_encodings
    assert toolkit.read(data, name="story.txt", language="en").text == documented_normalisation(text)


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("a\r\nb\rc\n\n d \n", "a\nb\nc\n\n d \n"),
        ("\ufeffa\n\ufeffb", "a\n\ufeffb"),
        ("\ufeff\ufeffa\n", "a\n"),
        ("half \ud83d\n", "half \ufffd\n"),
        ("two halves \ud83d\ude00\n", "two halves 😀\n"),
        (
            "nul \0, e\u0301, \u202eright to left\u202c, 👩‍🚒\n",
            "nul \0, e\u0301, \u202eright to left\u202c, 👩‍🚒\n",
        ),
        ("no final newline\nhere", "no final newline\nhere"),
        ("\u2028separators\u2029\x0b\x0c\x85\n", "\u2028separators\u2029\x0b\x0c\x85\n"),
    ],
)
def test_the_normalisation_is_the_documented_one(given_text, kept):
    assert toolkit.read(given_text).text == kept


def test_offsets_are_code_points_of_the_normalised_text():
    article = toolkit.read("A 😀\r\nsaid “e\u0301t\u00e9”.\r\n")
    start = article.text.index("“")
    assert start == 9
    assert article.text[start : start + 6] == "“e\u0301t\u00e9”"


@pytest.mark.parametrize(
    "text",
    [
        "The mayor resigned.",
        "The mayor (see and/or ask the clerk) resigned.",
        "resigned",
        "Mr. Smith",
        "He wrote it in Node.js and left.",
        "the end.",
        "5.30",
        "No way!? " * 60,
        "http://example.org\nis where it was printed.",
        "story.txt\nis a file name.",
    ],
)
def test_a_string_that_names_no_file_is_the_text(text):
    article = toolkit.read(text)
    assert article.text == text
    assert (article.source, article.slug) == ("", "")


@pytest.mark.parametrize(
    ("source", "error", "words"),
    [
        ("missing.txt", UnreadableArticle, "There is no file missing.txt"),
        ("my missing story.docx", UnreadableArticle, "There is no file my missing story.docx"),
        ("stories/missing", UnreadableArticle, "There is no file"),
        ("missing.pdf", UnreadableArticle, "There is no file"),
        (Path("missing"), UnreadableArticle, "There is no file"),
        (Path("missing.txt\n"), UnreadableArticle, "There is no file"),
        (Path("mis\0sing.txt"), UnreadableArticle, "missing|mis"),
        ("https://example.org/story", UnsupportedFormat, "save the page as .html"),
        ("HTTP://EXAMPLE.ORG/story.html", UnsupportedFormat, "save the page as .html"),
        ("", UnreadableArticle, "holds no words"),
        (" \n\t\u3000\n", UnreadableArticle, "holds no words"),
        (b"", UnreadableArticle, "is empty"),
        (b" \n ", UnreadableArticle, "holds no words"),
        (b"%PDF-1.7 ...", UnreadableArticle, "can't be read as a PDF"),
        (b"{\\rtf1 }", UnreadableArticle, "holds no words"),
        (b"PK\x03\x04 not a zip after all", UnsupportedFormat, "zip archive"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on",
            UnsupportedFormat,
            r"save it as an unprotected \.docx",
        ),
        (b"\x89PNG\r\n\x1a\n", UnsupportedFormat, "a picture"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_clear_sentence(source, error, words):
    with pytest.raises(error, match=words) as caught:
        toolkit.read(source)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value).replace(str(source), "")


@pytest.mark.parametrize("suffix", [".toml", ".xyz"])
def test_other_formats_name_the_supported_ones(tmp_path, suffix):
    path = tmp_path / f"story{suffix}"
    path.write_text(STORY)
    with pytest.raises(UnsupportedFormat) as caught:
        toolkit.read(path)
    assert all(supported in str(caught.value) for supported in READERS)


def zipped(*names, medium=""):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        if medium:
            archive.writestr("mimetype", medium)
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


def compound(stream):
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + stream.encode("utf-16-le") + bytes(100)


@pytest.mark.parametrize(
    ("name", "data", "kind", "advice"),
    [
        ("Story.DOC", b"\xd0\xcf\x11\xe0", "Word's old format", "save it as .docx"),
        ("story.doc", compound("WordDocument"), "Word's old format", "save it as .docx"),
        ("", compound("WordDocument"), "Word's old format", "save it as .docx"),
        ("story.docm", b"x", "with macros", "save it as .docx"),
        ("story.docx", compound("EncryptedPackage"), "under a password", "save it as an unprotected .docx"),
        ("", compound("EncryptedPackage"), "under a password", "save it as .docx without one"),
        ("", compound("Unknown"), "before 2007", "unprotected .docx"),
        ("story.wpd", b"\xffWPC", "WordPerfect", "save it as .docx"),
        ("story.txt", b"\xffWPC\x10\0", "WordPerfect", "save it as .docx"),
        ("story.pages", b"x", "Apple Pages", "export it to Word (.docx) or PDF"),
        ("story.txt", zipped("Index/Document.iwa"), "Apple Pages", "export it to Word"),
        ("table.xls", b"x", "a spreadsheet", "copy the text out of it"),
        ("table.txt", compound("Workbook"), "a spreadsheet", "copy the text out of it"),
        ("", zipped("[Content_Types].xml", "xl/workbook.xml"), "a spreadsheet", "copy the text out of it"),
        ("", zipped(medium="application/vnd.oasis.opendocument.spreadsheet"), "a spreadsheet", "copy the text"),
        ("talk.ppt", b"x", "a presentation", "copy the text out of it"),
        ("talk.txt", compound("PowerPoint Document"), "a presentation", "copy the text out of it"),
        ("", zipped("ppt/presentation.xml"), "a presentation", "copy the text out of it"),
        ("book.epub", b"x", "an e-book", "copy the article"),
        ("book.txt", zipped("OEBPS/a.xhtml", medium="application/epub+zip"), "an e-book", "copy the article"),
        ("all.zip", b"x", "a zip archive", "unpack it"),
        ("all.txt", zipped("story.txt"), "a zip archive", "unpack it"),
        ("all.txt", b"PK\x03\x04" + b"PK\x01\x02" * 20_000, "a zip archive", "unpack it"),
        ("all.rar", b"Rar!\x1a\x07", "an archive", "unpack it"),
        ("scan.jpg", b"x", "a picture", "recognise its text (OCR)"),
        ("scan.txt", b"\xff\xd8\xff\xe0", "a picture", "recognise its text (OCR)"),
        ("scan.txt", b"\0\0\0\x18ftypheic", "a picture", "recognise its text (OCR)"),
        ("talk.mp3", b"x", "a sound recording", "transcribe it"),
        ("talk.txt", b"ID3\x04\0", "a sound recording", "transcribe it"),
        ("talk.txt", b"\0\0\0\x18ftypmp42", "a video", "transcribe it"),
        ("story.gdoc", b"{}", "a link to a Google document", "download it as .docx"),
        ("setup.txt", b"MZ\x90\0\x03", "a program", "ask the sender"),
    ],
)  # fmt: skip
def test_other_formats_are_named_with_what_to_do(tmp_path, name, data, kind, advice):
    with pytest.raises(ToolkitError) as caught:
        toolkit.read(data, name=name)
    message = str(caught.value)
    assert message.startswith(name or "The file")
    assert kind in message
    assert advice in message
    assert message.endswith(".")
    assert message.count(". ") == 0, "it is one sentence"
    if name:
        (tmp_path / name).write_bytes(data)
        with pytest.raises(ToolkitError, match=re.escape(message)):
            toolkit.read(tmp_path / name)


@pytest.mark.parametrize(
    "text",
    [
        "ID3 tags are told in the first bytes of a recording.",
        "Rar! The bear of Tarbeg is back.",
        "MZ-2 is the number of the boat.",
        "GIF89a is a format of pictures.",
        "%!PS is how PostScript begins.",
        "RIFF and WEBP are formats.",
        "SQLite format 3 is a format of files.",
        "PK Holt won the race in Tarbeg.",
        "bplist00 and WebMainResource are words.",
        "Яуза вышла из берегов, сообщили в мэрии.".encode("cp1251"),
    ],
)
def test_a_text_that_begins_like_another_format_is_a_text(text):
    data = text if isinstance(text, bytes) else text.encode()
    assert toolkit.read(data, name="story.txt").text


def test_a_document_that_is_a_folder_is_named_too(tmp_path):
    (tmp_path / "story.pages").mkdir()
    with pytest.raises(UnsupportedFormat, match="Apple Pages"):
        toolkit.read(tmp_path / "story.pages")


def test_a_folder_is_refused(tmp_path):
    for source in (tmp_path, str(tmp_path)):
        with pytest.raises(UnreadableArticle, match="is a folder"):
            toolkit.read(source)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(UnreadableArticle, match="not an ordinary file"):
        toolkit.read(tmp_path / "pipe.txt")


def test_a_file_that_may_not_be_read_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "story.txt"
    path.write_text(STORY)

    def forbid(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", forbid)
    with pytest.raises(UnreadableArticle, match="Permission denied"):
        toolkit.read(path)


def test_the_limits(tmp_path, monkeypatch):
    just = "a " * 500_000
    assert len(toolkit.read(just, language="en").text) == 1_000_000
    with pytest.raises(UnreadableArticle, match="at most 1,000,000 are read"):
        toolkit.read(just + "a")
    with pytest.raises(UnreadableArticle, match="larger than 10 MB"):
        toolkit.read(b"a" * 10_000_001, name="long.txt")
    with pytest.raises(UnreadableArticle, match="larger than 50 MB"):
        toolkit.read(b"a" * 50_000_001)
    path = tmp_path / "huge.docx"
    with path.open("wb") as file:
        file.truncate(50_000_001)
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("a huge file was read"))
    with pytest.raises(UnreadableArticle, match="larger than 50 MB"):
        toolkit.read(path)


def test_a_path_may_be_a_string_or_a_path_and_only_its_name_is_kept(tmp_path):
    path = tmp_path / "Port Strike.TXT"
    path.write_text(STORY)
    for source in (path, str(path), os.fspath(path)):
        article = toolkit.read(source)
        assert article.text == STORY
        assert (article.source, article.slug, article.language) == ("Port Strike.TXT", "port-strike", "en")


def test_a_file_without_a_suffix_is_read_by_its_content(tmp_path):
    path = tmp_path / "wire_feed"
    path.write_text(STORY)
    assert toolkit.read(path).text == STORY
    path.write_text(
        f"<!DOCTYPE html><html><body><article><p>{STORY}</p><p>No boats.</p></article></body></html>"
    )
    assert toolkit.read(path).text == f"{STORY.strip()}\n\nNo boats."


def test_bytes_go_by_their_name():
    markdown = b"# Bridge closed\n\nThe mayor *resigned*.\n"
    assert toolkit.read(markdown).text.startswith("# Bridge")
    article = toolkit.read(markdown, name="uploads/bridge.md")
    assert (article.text, article.headline) == ("The mayor resigned.", "Bridge closed")
    assert (article.source, article.slug) == ("bridge.md", "bridge")


def test_a_text_that_shows_html_is_a_text():
    text = "He typed <p> into the form.\n"
    assert toolkit.read(text).text == text
    assert toolkit.read(text.encode()).text == text


@pytest.mark.parametrize(
    ("given_code", "kept"), [("fr", "fr"), ("FR", "fr"), ("fr-CA", "fr"), ("und", "und")]
)
def test_the_language_that_is_said_wins(given_code, kept):
    assert toolkit.read(STORY, language=given_code).language == kept


@pytest.mark.parametrize("wrong", ["", "english", "e", "12", "e n"])
def test_a_language_that_is_no_code_is_refused(wrong):
    with pytest.raises(UnknownChoice, match="not a language code"):
        toolkit.read(STORY, language=wrong)


def draft_here(module, data, name):
    try:
        return importlib.import_module(module).draft(data, name)
    except (KeyError, OSError):  # olefile's own, which the child tells as damage
        raise UnreadableArticle(name) from None


def test_a_short_text_is_of_no_known_language():
    assert toolkit.read("Mayor resigns\n").language == "und"


@settings(deadline=None, max_examples=80)
@given(st.binary(max_size=200), st.sampled_from(["", *READERS]))
def test_any_bytes_are_read_or_refused(data, suffix):
    try:
        with pytest.MonkeyPatch.context() as patch:
            # For speed; that the binary ones run in a process of their own is tested in test_read_limits.
            patch.setattr(sys.modules["toolkit.read"], "draft_apart", draft_here)
            article = toolkit.read(data, name=f"story{suffix}", language="en")
    except ToolkitError:
        return
    assert article.text.strip()


@settings(deadline=None, max_examples=80)
@given(st.text(st.characters(), max_size=60))
def test_any_string_is_read_or_refused(text):
    try:
        article = toolkit.read(text, language="en")
    except ToolkitError:
        return
    assert article.text == documented_normalisation(text)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Port Strike (final) v2", "port-strike-final-v2"),
        ("  L’État, c’est moi !  ", "letat-cest-moi"),
        ("Łódź–Gdańsk straße Ærø", "lodz-gdansk-strasse-aero"),
        ("Балтика: итоги", "балтика-итоги"),
        ("港のストライキ", "港のストライキ"),
        ("मुंबई में बारिश", "मुंबई-में-बारिश"),
        ("a" * 60, "a" * 40),
        ("one two three four five six seven eight nine ten", "one-two-three-four-five-six-seven-eight"),
        ("../../etc/passwd", "etc-passwd"),
        ("…", ""),
        ("", ""),
    ],
)
def test_slugs(name, slug):
    assert slugify(name) == slug


@given(st.text())
def test_slugs_are_short_and_stay_as_they_are(name):
    slug = slugify(name)
    assert len(slug) <= 40
    assert not re.search(r"[\s/\\.]|--|^-|-$", slug)


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("2025", "2025"),
        ("2025-03", "2025-03"),
        (" 2025-03-12 ", "2025-03-12"),
        ("2025-03-12 07:40", "2025-03-12T07:40"),
        ("2025-03-12T07:40:00Z", "2025-03-12T07:40:00Z"),
        ("2025-03-12 07:40:00 +0100", "2025-03-12T07:40:00+0100"),
        ("2025-13", ""),
        ("2025-02-30", ""),
        ("2025-03-12T25:00", ""),
        ("20250312", ""),
        ("2025-W10-3", ""),
        ("12 March 2025", ""),
        ("٢٠٢٥", ""),
        ("", ""),
    ],
)
def test_dates_are_iso_or_nothing(value, kept):
    assert iso_date(value) == kept


def test_metadata_is_one_line():
    assert one_line(" A\r\n headline\t\x00of  two\u2028lines ") == "A headline of two lines"
    assert one_line("«\u00a0Non\u00a0»") == "«\u00a0Non\u00a0»"


@pytest.mark.parametrize("piece", [b"<!---->", b"<!-- a --> ", b"<?xml ?>", b"<?xml-stylesheet ?>"])
def test_many_comments_before_a_text_cost_no_more_than_their_number(piece):
    """Forty would have taken hours: each could be passed in two ways."""
    assert "harbour" in toolkit.read(piece * 2000 + b" The harbour of Tarbeg is closed.").text


@pytest.mark.parametrize(
    "before", [b"<!---->", b"<!-- a --><!-- b -->", b"<?xml version='1.0'?>\n<!-- a -->"]
)
def test_a_page_behind_comments_is_a_page(before):
    page = b"<html><body><article><p>The harbour of Tarbeg closed on Monday.</p></article></body></html>"
    assert "<" not in toolkit.read(before + page).text
