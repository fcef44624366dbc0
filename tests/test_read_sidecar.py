"""The metadata that an editor writes beside an article."""

import pytest

import toolkit
from toolkit.errors import UnknownChoice, UnreadableArticle

STORY = "LONDON — The mayor said on Tuesday that the bridge would stay closed until the month’s end.\n"


@pytest.fixture
def story(tmp_path):
    def write(sidecar, *, name="bridge.txt", text=STORY):
        (tmp_path / name).write_text(text, encoding="utf-8")
        (tmp_path / "bridge.toml").write_text(sidecar, encoding="utf-8")
        return toolkit.read(tmp_path / name)

    return write


def test_all_keys(story):
    article = story("""
        headline = "Bridge stays closed"
        byline = "Ann Lee"
        slug = "BRIDGE"
        dateline = "GREENWICH"
        published = "2025-03-12T07:40"
        embargo = "2025-03-13"
        language = "en-GB"
        source = "The Bridge Courier"
        note = "Checked."
    """)
    assert (article.headline, article.byline, article.slug) == ("Bridge stays closed", "Ann Lee", "BRIDGE")
    assert (article.dateline, article.source, article.language) == ("GREENWICH", "The Bridge Courier", "en")
    assert (article.published, article.embargo) == ("2025-03-12T07:40", "2025-03-13")
    assert article.text == STORY


def test_what_it_does_not_say_comes_from_the_file(story):
    article = story('byline = "Ann Lee"\nheadline = ""\n', name="bridge.md", text=f"# Bridge\n\n{STORY}")
    assert (article.headline, article.byline, article.dateline) == ("Bridge", "Ann Lee", "LONDON")
    assert (article.slug, article.source, article.language) == ("bridge", "bridge.md", "en")


def test_it_overrides_the_file(story):
    article = story('headline = "Closed"', name="bridge.md", text=f"# Bridge\n\n{STORY}")
    assert article.headline == "Closed"
    assert "Bridge" not in article.text


def test_the_caller_overrides_it(story, tmp_path):
    story('language = "fr"')
    assert toolkit.read(tmp_path / "bridge.txt").language == "fr"
    assert toolkit.read(tmp_path / "bridge.txt", language="de").language == "de"


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("published = 2025-03-12", "2025-03-12"),
        ("published = 2025-03-12T07:40:00Z", "2025-03-12T07:40:00+00:00"),
        ("published = 2025-03-12 07:40:00", "2025-03-12T07:40:00"),
        ("published = 2025", "2025"),
        ('published = "2025-03"', "2025-03"),
        ('published = ""', ""),
    ],
)
def test_dates_may_be_written_as_toml_dates(story, line, kept):
    assert story(line).published == kept


@pytest.mark.parametrize(
    ("sidecar", "words"),
    [
        ("head = 'x'", "unknown key 'head'; the keys are headline, byline"),
        ("text = 'x'", "unknown key 'text'"),
        ("[headline]\nx = 1", "which is not text"),
        ("byline = ['Ann', 'Bob']", "which is not text"),
        ("note = 3", "which is not text"),
        ("published = '12 March 2025'", "which is no date; write it as 2025-03-12"),
        ("published = '2025-02-30'", "which is no date"),
        ("published = 12", "which is no date"),
        ("published = true", "which is no date"),
        ("embargo = 07:40:00", "which is no date"),
        ("headline = ", "not valid TOML"),
        ("headline = unquoted", "not valid TOML"),
        ("#" * 100_001, "too long"),
    ],
)
def test_mistakes_are_named(story, sidecar, words):
    with pytest.raises(UnreadableArticle, match=words) as caught:
        story(sidecar)
    assert str(caught.value).startswith("bridge.toml")


def test_a_wrong_language_is_named(story):
    with pytest.raises(UnknownChoice, match="'english'"):
        story("language = 'english'")


def test_a_sidecar_that_is_not_utf8_is_refused(tmp_path):
    (tmp_path / "bridge.txt").write_text(STORY)
    (tmp_path / "bridge.toml").write_bytes('byline = "José"'.encode("latin-1"))
    with pytest.raises(UnreadableArticle, match="not valid TOML"):
        toolkit.read(tmp_path / "bridge.txt")


def test_uploads_have_none(tmp_path, monkeypatch):
    (tmp_path / "bridge.toml").write_text('byline = "Ann Lee"')
    monkeypatch.chdir(tmp_path)
    assert toolkit.read(STORY.encode(), name="bridge.txt").byline == ""
