"""Safari's web archive: the page in it as Safari shows it."""

import plistlib

import pytest

import toolkit
from toolkit.errors import UnreadableArticle
from toolkit.read import webarchive

LEAD = (
    "The mayor of Port Averin said on Tuesday that the bridge would stay closed until the end of the month."
)
PAGE = (
    "<html><head><title>Bridge closed</title><meta name='author' content='Ana Ruiz'></head><body><h1>Bridge closed</h1>"
    f"<article><p>{LEAD}</p><p>“It can’t bear it,” she said of the bridge that was built in 1911.</p></article></body></html>"
)


def archive(page=PAGE, kind="text/html", charset="UTF-8", encoding="utf-8", fmt=plistlib.FMT_BINARY, **more):
    main = {
        "WebResourceData": page.encode(encoding) if isinstance(page, str) else page,
        "WebResourceMIMEType": kind,
    }
    main |= {
        "WebResourceTextEncodingName": charset,
        "WebResourceURL": "https://example.org/",
        "WebResourceFrameName": "",
    }
    return plistlib.dumps({"WebMainResource": main, **more}, fmt=fmt)


@pytest.mark.parametrize("name", ["bridge.webarchive", "", "bridge.txt"])
def test_it_is_known_by_its_content(name):
    article = toolkit.read(archive(), name=name)
    assert article.text.startswith(LEAD)
    assert (article.headline, article.byline) == ("Bridge closed", "Ana Ruiz")


def text(data):
    return webarchive.draft(data, "bridge.webarchive").text


def test_its_word_for_the_encoding_goes_before_the_pages():
    old = PAGE.replace("<head>", "<head><meta charset='utf-8'>").replace("bear it", "bear it – “é”")
    assert "bear it – “é”" in text(archive(old, charset="windows-1252", encoding="cp1252"))
    assert "bear it – “é”" in text(archive(old, charset=None or ""))


def test_the_pictures_and_frames_beside_the_page_are_not_its_text():
    frame = {
        "WebMainResource": {
            "WebResourceData": b"<p>An advertisement.</p>",
            "WebResourceMIMEType": "text/html",
        }
    }
    picture = {"WebResourceData": b"\x89PNG", "WebResourceMIMEType": "image/png", "WebResourceURL": "a.png"}
    found = text(archive(WebSubresources=[picture] * 30, WebSubframeArchives=[frame]))
    assert found == text(archive())


def test_a_page_that_is_a_fragment():
    assert text(archive(f"<p>{LEAD}</p>")) == LEAD


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (archive(b"%PDF-1.7", kind="application/pdf"), "holds no web page"),
        (archive(b"\x89PNG", kind="image/png"), "holds no web page"),
        (archive("<p>Menu</p>"), "no main text"),
        (archive()[:200], "damaged or no web archive"),
        (archive(fmt=plistlib.FMT_XML), "damaged or no web archive"),
        (plistlib.dumps({"WebMainResource": ["a"]}, fmt=plistlib.FMT_BINARY), "damaged or no web archive"),
        (plistlib.dumps(["WebMainResource"], fmt=plistlib.FMT_BINARY), "damaged or no web archive"),
        (archive(b"a" * 10_000_001), "larger than 10 MB"),
    ],
)
def test_what_is_no_page_is_told_in_one_sentence(data, words):
    with pytest.raises(UnreadableArticle, match=words) as caught:
        text(data)
    assert str(caught.value).startswith("bridge.webarchive ")
    assert str(caught.value).endswith(".")
