"""The limits of what is read: each is told in one sentence, and no file takes the desk down."""

import contextlib
import io
import os
import subprocess
import sys
import time
import zipfile

import pytest
from test_read_pdf import STORY, WHOLE, column, document

import toolkit
from toolkit.errors import MissingModel, ToolkitError, UnreadableArticle
from toolkit.read import child, limits, trees
from toolkit.read.draft import Draft

SENTENCE = "The mayor said on Tuesday that the bridge would stay closed until the end of the month."


def told(data, name):
    """The message with which a file is refused."""
    with pytest.raises(UnreadableArticle) as caught:
        toolkit.read(data, name=name, language="en")
    message = str(caught.value)
    assert message.startswith(name), "it names the file"
    assert message.endswith("."), "it is a sentence"
    assert "; " in message, "it says what to do"
    assert "\n" not in message
    return message


def archive(kind, **parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        if kind == "odt":
            target.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.text")
        for part, content in parts.items():
            target.writestr(part.replace("__", "/").replace("_xml", ".xml"), content)
    return file.getvalue()


@pytest.mark.parametrize(("kind", "part"), [("docx", "word__document_xml"), ("odt", "content_xml")])
def test_a_zip_bomb_is_not_unpacked(kind, part):
    data = archive(kind, **{part: b" " * 70_000_000})
    started = time.monotonic()
    assert "would unpack to 70 MB" in told(data, f"bomb.{kind}")
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    ("name", "wrapped"),
    [
        ("story.xml", lambda xml: xml),
        ("story.odt", lambda xml: archive("odt", content_xml=xml)),
    ],
)
@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">',
        '<!ENTITY a SYSTEM "file:///etc/passwd">',
        '<!ENTITY % a SYSTEM "http://127.0.0.1:9/x.dtd"> %a;',
    ],
    ids=["bomb", "file", "network"],
)
def test_entities_are_refused_in_xml(name, wrapped, declared):
    xml = f"<?xml version='1.0'?><!DOCTYPE nitf [{declared}]><nitf><body><body.content><p>&a;</p></body.content></body></nitf>"
    assert "declares XML entities" in told(wrapped(xml.encode()), name)


def nested(depth):
    return f"<nitf><body>{'<block>' * depth}<p>{SENTENCE}</p>{'</block>' * depth}</body></nitf>".encode()


def mail_in_mail(depth):
    return b"Subject: x\nFrom: a@example.org\nContent-Type: message/rfc822\n\n" * depth + SENTENCE.encode()


@pytest.mark.parametrize("depth", [201, 50_000])
@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("story.rtf", lambda depth: b"{\\rtf1 " + b"{" * depth + SENTENCE.encode() + b"}" * depth + b"}"),
        ("story.xml", nested),
        ("story.odt", lambda depth: archive("odt", content_xml=nested(depth))),
        ("story.ninjs", lambda depth: b'{"type":"text","body_text":' + b"[" * depth + b"]" * depth + b"}"),
        ("story.eml", mail_in_mail),
        ("story.json", lambda depth: b'{"type":"text","body_html":"' + b"<div>" * depth + b'Words."}'),
    ],
)
def test_what_is_nested_too_deep_is_refused(name, made, depth):
    told(made(depth), name)


def test_too_many_elements_and_parts(monkeypatch):
    monkeypatch.setattr(trees, "MAX_ELEMENTS", 100)
    assert "more than 100 XML elements" in told(b"<nitf>" + b"<p/>" * 100 + b"</nitf>", "story.xml")
    parts = b"".join(b"--x\nContent-Type: text/plain\n\nWords.\n" for _ in range(limits.MAX_MESSAGE_PARTS))
    data = (
        b"Subject: s\nFrom: a@example.org\nContent-Type: multipart/mixed; boundary=x\n\n" + parts + b"--x--\n"
    )
    assert "more than 500 parts" in told(data, "story.eml")


@pytest.mark.parametrize("name", ["story.txt", "story.xml", "story.ninjs", "story.html"])
def test_a_text_file_may_have_ten_megabytes(name):
    assert "larger than 10 MB" in told(b"<" + b"a" * limits.MAX_TEXT_BYTES, name)


@pytest.mark.parametrize("name", ["story.pdf", "story.eml", "story.rtf", "story.odt", "story.msg"])
def test_a_file_that_may_hold_pictures_has_fifty(name):
    assert "larger than 50 MB" in told(b"a" * (limits.MAX_BYTES + 1), name)


def test_a_long_rtf_is_refused():
    assert "1,100,000 characters" in told(b"{\\rtf1 " + b"words words" * 100_000 + b"}", "story.rtf")


# Stand-ins for a reader, each a module that the child can import.
READER = """
from toolkit.errors import *
from toolkit.read.draft import Draft
def draft(data, name):
    {body}
"""


@pytest.fixture
def reader(tmp_path, monkeypatch):
    """Makes a reader of some Python; ``draft_apart`` runs it in the child."""

    def make(body):
        (tmp_path / "stand_in.py").write_text(READER.format(body=body))
        monkeypatch.syspath_prepend(tmp_path)
        return lambda: child.draft_apart("stand_in", b"some data", "story.pdf")

    return make


def test_the_child_hands_over_what_it_read(reader):
    found = reader("return Draft(data.decode() + ' \\ud800 \\u20ac', headline=name)")()
    assert (found.text, found.headline) == ("some data \ud800 €", "story.pdf")


def test_what_the_child_logs_is_logged_here(reader, caplog):
    with caplog.at_level("INFO", "toolkit"):
        reader(
            "import logging; logging.getLogger('toolkit.read.x').info('%s is not read', name); return Draft('a')"
        )()
    assert [(r.name, r.getMessage()) for r in caplog.records] == [("toolkit.read.x", "story.pdf is not read")]


@pytest.mark.parametrize(
    ("name", "is_apart"),
    [
        *((name, True) for name in ("s.pdf", "s.docx", "s.odt", "s.msg", "s.webarchive")),
        *((name, False) for name in ("s.txt", "s.html", "s.eml", "s.rtf", "s.xml", "s.ninjs", "s.md")),
    ],
)
def test_binary_formats_and_large_files_are_read_apart(name, is_apart, monkeypatch):
    apart = []
    monkeypatch.setattr(
        sys.modules["toolkit.read"],
        "draft_apart",
        lambda module, data, name: apart.append(name) or Draft(SENTENCE),
    )
    for size in (10, limits.APART_FROM + 1):
        with contextlib.suppress(ToolkitError):
            toolkit.read(SENTENCE.encode() + b" " * (size - len(SENTENCE)), name=name, language="en")
    assert len(apart) == (2 if is_apart else 1)


def test_a_large_file_is_read_like_a_small_one():
    text = f"{SENTENCE}\n\n" * 3_000
    assert toolkit.read(text.encode(), name="story.txt").text == text
    rtf = b"{\\rtf1 {\\pict " + b"89504e47" * 50_000 + b"}" + SENTENCE.encode() + b"}"
    assert toolkit.read(rtf, name="story.rtf").text == SENTENCE


def test_a_mail_of_parts_in_parts_is_refused_before_it_is_read():
    """A line is compared with the boundaries of all that it stands in, by the library."""
    head = b"Subject: s\nFrom: a@example.org\n"
    parts = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(60))
    assert "too many headers or parts" in told(head + parts + b"\n" + b"a\n" * 50_000, "story.eml")


def test_a_list_of_parts_that_is_too_long_to_read_is_not_read():
    started = time.monotonic()
    assert "holds no word/document.xml" in told(b"PK\x03\x04" + b"PK\x01\x02" * 1_000_000, "story.docx")
    assert time.monotonic() - started < 5


def test_a_child_that_never_ends_is_killed(reader, monkeypatch):
    monkeypatch.setattr(limits, "MAX_WAIT", 1)
    started = time.monotonic()
    with pytest.raises(
        UnreadableArticle, match=r"story\.pdf was not read after 1 seconds.*paste it as text\.$"
    ):
        reader("import time; time.sleep(60)")()
    assert time.monotonic() - started < 10


@pytest.mark.skipif(sys.platform != "linux", reason="the limit of memory is the system's")
@pytest.mark.parametrize(
    "body",
    [
        "bytearray(3_000_000_000)",
        "import ctypes; ctypes.memset(ctypes.create_string_buffer(3_000_000_000), 1, 3_000_000_000)",
    ],
)
def test_a_child_that_wants_too_much_memory_is_refused_it(reader, body):
    with pytest.raises(UnreadableArticle, match=r"needs more than 1,000 MB|damaged"):
        reader(body)()


@pytest.mark.parametrize(
    "body",
    [
        "import os; os.abort()",
        "import os; os._exit(0)",
        "print('no JSON'); import os; os._exit(1)",
        "raise KeyError(name)",
        "import ctypes; ctypes.string_at(0)",
        "def f(): return f()\n    f()",
    ],
)
def test_a_child_that_breaks_down_is_one_sentence(reader, body):
    with pytest.raises(UnreadableArticle, match=r"^story\.pdf is damaged.*\.$"):
        reader(body)()


def test_an_error_of_the_toolkit_comes_back_as_itself(reader):
    with pytest.raises(MissingModel, match=r"^no model$"):
        reader("raise MissingModel('no model')")()


@pytest.mark.skipif(os.name != "posix", reason="the limit of files is the system's")
def test_a_child_writes_no_file(reader, tmp_path):
    with pytest.raises(UnreadableArticle):
        reader(
            f"f = open({str(tmp_path / 'left')!r}, 'w'); f.write('x' * 100000); f.flush(); return Draft('read')"
        )()
    assert (tmp_path / "left").stat().st_size == 0


def test_the_child_is_quick_to_start_and_knows_no_model():
    code = (
        "import sys, toolkit.read.child, toolkit.read.pdf, toolkit.read.msg;"
        "print(*{'spacy', 'streamlit', 'numpy', 'docx', 'trafilatura', 'onnxruntime', 'pydantic'}.intersection(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_it_works_from_any_folder_and_in_workers(tmp_path, monkeypatch):
    path = tmp_path / "story.pdf"
    path.write_bytes(document(column(50, 100, STORY)))
    (tmp_path / "json.py").write_text("raise SystemExit('a module of the working folder was loaded')")
    monkeypatch.chdir(tmp_path)
    assert toolkit.read("story.pdf").text == WHOLE


@pytest.mark.parametrize(
    "suffix", ["", ".pdf", ".msg", ".odt", ".rtf", ".eml", ".xml", ".ninjs", ".json", ".mht"]
)
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0",
        b"{",
        b"<",
        b"\xff\xfe",
        b"PK\x03\x04",
        b"%PDF-",
        b"{\\rtf",
        b"Subject:",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    ],
)
def test_scraps_are_refused_or_read(suffix, data):
    try:
        article = toolkit.read(data, name=f"story{suffix}", language="en")
    except ToolkitError:
        return
    assert article.text.strip()
